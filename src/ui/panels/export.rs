//! A panel as a file: what it shows is gathered from the page, every canvas and every line of text at its place, and
//! handed out as SVG or, painted from that, as PNG.
//!
//! Controls stay out; so does whatever carries `data-no-export`. Not responsible for the file's text (`plots::scene`).

use crate::ui::plots::download;
use crate::ui::plots::scene::{Item, Line, Place, Scene, gradient_colors};
use crate::ui::plots::surface;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CssStyleDeclaration, DomRect, Element, HtmlCanvasElement, HtmlImageElement, HtmlInputElement, HtmlSelectElement,
    Node, Range,
};

/// What is not part of the picture.
const CONTROLS: &str = ".panel-tools, .net-add, .net-tools, .button, .quiet, .choice, .check, .smoothing, input, textarea, .visually-hidden, \
                        [data-no-export]";
/// Pixels of a PNG for every CSS pixel.
const SCALE: f64 = 2.0;

/// Which file of a panel is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Pixels.
    Png,
    /// Lines and text.
    Svg,
}

/// Offers the panel as such a file.
pub fn save(panel: &Element, name: &str, how: Picture) {
    match how {
        Picture::Png => save_png(panel, name),
        Picture::Svg => save_svg(panel, name),
    }
}

/// Offers the panel as `<name>.svg`.
fn save_svg(panel: &Element, name: &str) {
    if let Some(scene) = gather(panel) {
        // A browser that refuses a download says so itself.
        let _ = download::text(&format!("{name}.svg"), "image/svg+xml", &scene.svg());
    }
}

/// Offers the panel as `<name>.png`.
fn save_png(panel: &Element, name: &str) {
    let (Some(scene), name) = (gather(panel), format!("{name}.png")) else { return };
    spawn_local(async move {
        // As above; a picture that cannot be painted leaves the page as it was.
        let _ = paint(&scene, &name).await;
    });
}

async fn paint(scene: &Scene, name: &str) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    let text = js_sys::encode_uri_component(&scene.svg());
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", String::from(text)));
    JsFuture::from(image.decode()).await?;
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    let (w, h) = ((SCALE * scene.width.ceil()) as u32, (SCALE * scene.height.ceil()) as u32);
    canvas.set_width(w);
    canvas.set_height(h);
    let ctx = surface::context(&canvas).ok_or(JsValue::NULL)?;
    ctx.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, f64::from(w), f64::from(h))?;
    download::picture(name, &canvas)
}

fn style_of(element: &Element) -> Option<CssStyleDeclaration> {
    web_sys::window()?.get_computed_style(element).ok().flatten()
}

fn get(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}

fn gather(panel: &Element) -> Option<Scene> {
    let body = web_sys::window()?.document()?.body()?;
    let frame = panel.get_bounding_client_rect();
    // An enlarged panel may be longer than the window it fills.
    let height = frame.height().max(f64::from(panel.scroll_height()));
    let ground = get(&style_of(&body)?, "background-color");
    let origin = (frame.left(), frame.top() - f64::from(panel.scroll_top()));
    let mut gathered = Gathered { origin, right: frame.width(), items: Vec::new() };
    gathered.children(panel);
    Some(Scene { width: gathered.right, height, ground, items: gathered.items })
}

struct Gathered {
    /// The panel's top left, in the window.
    origin: (f64, f64),
    /// How far to the right it goes: further than the panel where something in it scrolls sideways.
    right: f64,
    items: Vec<Item>,
}

impl Gathered {
    fn place(&self, r: &DomRect) -> Place {
        Place { x: r.left() - self.origin.0, y: r.top() - self.origin.1, w: r.width(), h: r.height() }
    }

    fn children(&mut self, of: &Element) {
        let mut child = of.first_child();
        while let Some(node) = child {
            match node.node_type() {
                Node::ELEMENT_NODE => self.element(node.unchecked_ref()),
                Node::TEXT_NODE => self.text(&node, of),
                _ => {}
            }
            child = node.next_sibling();
        }
    }

    fn element(&mut self, e: &Element) {
        let Some(style) = style_of(e) else { return };
        let hidden =
            get(&style, "display") == "none" || get(&style, "visibility") == "hidden" || get(&style, "opacity") == "0";
        // What a field says belongs to the picture, the field does not.
        if let Some(field) = e.dyn_ref::<HtmlInputElement>().filter(|f| !hidden && f.type_() == "number") {
            let at = self.place(&e.get_bounding_client_rect());
            return self.line(&field.value(), Place { x: at.x + 7.0, ..at }, &style);
        }
        if hidden || e.matches(CONTROLS).unwrap_or(false) {
            return;
        }
        // What is folded away is not part of the picture, although the browser knows its place.
        if e.matches("details:not([open])").unwrap_or(false) {
            if let Some(summary) = e.query_selector(":scope > summary").ok().flatten() {
                self.children(&summary);
            }
            return;
        }
        let at = self.place(&e.get_bounding_client_rect());
        if e.scroll_width() > e.client_width() + 1 && get(&style, "overflow-x") == "auto" {
            self.right = self.right.max(at.x + f64::from(e.scroll_width()) + 20.0);
        }
        if let Some(canvas) = e.dyn_ref::<HtmlCanvasElement>() {
            if let Ok(href) = canvas.to_data_url() {
                self.items.push(Item::Picture(at, href, get(&style, "image-rendering") == "pixelated"));
            }
            return;
        }
        if let Some(select) = e.dyn_ref::<HtmlSelectElement>() {
            let chosen = select.selected_options().item(0).and_then(|o| o.text_content()).unwrap_or_default();
            self.line(&chosen, Place { x: at.x + 4.0, ..at }, &style);
            return;
        }
        let background = get(&style, "background-color");
        if let Some(colors) = gradient_colors(&get(&style, "background-image")) {
            self.items.push(Item::Ramp(at, colors));
        } else if background != "rgba(0, 0, 0, 0)" && background != "transparent" {
            self.items.push(Item::Fill(at, background));
        }
        if e.tag_name().eq_ignore_ascii_case("svg") {
            self.items.push(Item::Drawing(at, drawing(e)));
            return;
        }
        self.children(e);
    }

    /// A text as the browser has broken it into lines.
    fn text(&mut self, node: &Node, parent: &Element) {
        let text = node.text_content().unwrap_or_default();
        let (Ok(range), Some(style)) = (Range::new(), style_of(parent)) else { return };
        let upwards = is_upwards(&style);
        let mut line: Option<(String, Place)> = None;
        for (from, to) in words(&text) {
            // Offsets lie in the text: neither can fail.
            let (_, _) = (range.set_start(node, from), range.set_end(node, to));
            let at = self.place(&range.get_bounding_client_rect());
            if at.w == 0.0 {
                continue;
            }
            let word: String =
                String::from_utf16_lossy(&text.encode_utf16().collect::<Vec<_>>()[from as usize..to as usize]);
            match &mut line {
                Some((said, place)) if upwards && (place.x - at.x).abs() < 2.0 => {
                    said.push_str(&word);
                    (place.y, place.h) = (at.y, place.y + place.h - at.y);
                }
                Some((said, place)) if !upwards && (place.y - at.y).abs() < 2.0 => {
                    said.push_str(&word);
                    place.w = at.x + at.w - place.x;
                }
                _ => {
                    if let Some((said, place)) = line.replace((word, at)) {
                        self.line(&said, place, &style);
                    }
                }
            }
        }
        if let Some((said, place)) = line {
            self.line(&said, place, &style);
        }
    }

    fn line(&mut self, text: &str, at: Place, style: &CssStyleDeclaration) {
        if text.trim().is_empty() || at.w == 0.0 {
            return;
        }
        let size_px = get(style, "font-size").trim_end_matches("px").parse().unwrap_or(14.0);
        // The base line of common fonts lies this far below the middle.
        let below = 0.35 * size_px;
        let upwards = is_upwards(style);
        let (x, y) = if upwards { (at.x + at.w / 2.0 + below, at.y + at.h) } else { (at.x, at.y + at.h / 2.0 + below) };
        self.items.push(Item::Text(Line {
            x,
            y,
            upwards,
            size_px,
            weight: get(style, "font-weight"),
            color: get(style, "color"),
            family: get(style, "font-family"),
            text: text.trim_end().replace('\n', " "),
        }));
    }
}

/// Whether a text is read from below upwards: the style sheets turn every vertical text that way.
fn is_upwards(style: &CssStyleDeclaration) -> bool {
    get(style, "writing-mode").starts_with("vertical")
}

/// Pieces of a text that are not broken, as ranges of UTF-16 units: words with the space after them, single characters
/// where there are no spaces.
fn words(text: &str) -> Vec<(u32, u32)> {
    let (mut out, mut from, mut at): (Vec<(u32, u32)>, u32, u32) = (Vec::new(), 0, 0);
    for c in text.chars() {
        at += c.len_utf16() as u32;
        if c.is_whitespace() || c as u32 >= 0x2e80 {
            out.push((from, at));
            from = at;
        }
    }
    if at > from {
        out.push((from, at));
    }
    out
}

/// The elements inside an SVG element, with the style sheet's colours written into them.
fn drawing(svg: &Element) -> String {
    const STYLES: [&str; 9] = [
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "opacity",
        "font-size",
        "text-anchor",
    ];
    let Some(copy) = svg.clone_node_with_deep(true).ok().and_then(|n| n.dyn_into::<Element>().ok()) else {
        return String::new();
    };
    let parts = "path, line, circle, ellipse, polygon, polyline, rect, text";
    if let (Ok(old), Ok(new)) = (svg.query_selector_all(parts), copy.query_selector_all(parts)) {
        for i in 0..old.length() {
            let old = old.get(i).and_then(|n| n.dyn_into::<Element>().ok());
            let new = new.get(i).and_then(|n| n.dyn_into::<Element>().ok());
            if let Some((style, new)) = old.and_then(|o| style_of(&o)).zip(new) {
                let css: Vec<String> = STYLES.iter().map(|s| format!("{s}:{}", get(&style, s))).collect();
                // Fails only for a name that is none.
                let _ = new.set_attribute("style", &css.join(";"));
            }
        }
    }
    // The inner document keeps its own coordinates.
    let (_, _) = (copy.remove_attribute("class"), copy.remove_attribute("data-testid"));
    copy.outer_html()
}
