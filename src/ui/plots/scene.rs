//! A panel as a picture without the page: places of fills, colour scales, texts and bitmaps, written as SVG.
//!
//! Pure, so that it is tested natively. Not responsible for finding what a panel shows (`panels::export`).

use std::fmt::Write;

/// A rectangle in CSS pixels from the panel's top left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// One thing to be seen; later ones lie on top.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A rectangle in a CSS colour.
    Fill(Place, String),
    /// A colour scale from left to right: CSS colours at equal distances.
    Ramp(Place, Vec<String>),
    /// One line of text.
    Text(Line),
    /// A bitmap under a `data:` address; `true` keeps its pixels sharp.
    Picture(Place, String, bool),
    /// SVG elements as they stand in the page, with their own size.
    Drawing(Place, String),
}

/// One line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Left end.
    pub x: f64,
    /// Base line.
    pub y: f64,
    /// CSS pixels.
    pub size_px: f64,
    /// CSS weight, such as `600`.
    pub weight: String,
    /// CSS colour.
    pub color: String,
    /// CSS font family.
    pub family: String,
    /// Whether it is read from below upwards, as the names of many layers are; `x` and `y` are then its lower end.
    pub upwards: bool,
    /// What it says.
    pub text: String,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
    /// CSS colour of the ground.
    pub ground: String,
    /// From back to front.
    pub items: Vec<Item>,
}

impl Scene {
    /// A complete SVG document.
    pub fn svg(&self) -> String {
        let (w, h) = (self.width.ceil(), self.height.ceil());
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
            escaped(&self.ground)
        );
        for (i, item) in self.items.iter().enumerate() {
            // Writing into a string cannot fail.
            let _ = write_item(&mut out, i, item);
        }
        out.push_str("</svg>\n");
        out
    }
}

fn write_item(out: &mut String, index: usize, item: &Item) -> std::fmt::Result {
    let place = |p: &Place| format!("x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\"", p.x, p.y, p.w, p.h);
    match item {
        Item::Fill(at, color) => writeln!(out, "<rect {} fill=\"{}\"/>", place(at), escaped(color)),
        Item::Ramp(at, colors) => {
            let last = colors.len().saturating_sub(1).max(1) as f64;
            write!(out, "<linearGradient id=\"ramp{index}\">")?;
            for (i, color) in colors.iter().enumerate() {
                write!(out, "<stop offset=\"{:.4}\" stop-color=\"{}\"/>", i as f64 / last, escaped(color))?;
            }
            writeln!(out, "</linearGradient><rect {} fill=\"url(#ramp{index})\"/>", place(at))
        }
        Item::Text(t) => writeln!(
            out,
            "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\" font-weight=\"{}\" font-family=\"{}\" fill=\"{}\" \
             xml:space=\"preserve\"{}>{}</text>",
            t.x,
            t.y,
            t.size_px,
            escaped(&t.weight),
            escaped(&t.family),
            escaped(&t.color),
            if t.upwards { format!(" transform=\"rotate(-90 {:.2} {:.2})\"", t.x, t.y) } else { String::new() },
            escaped(&t.text)
        ),
        Item::Picture(at, href, sharp) => {
            let style = if *sharp { " style=\"image-rendering:pixelated\"" } else { "" };
            let href = escaped(href);
            writeln!(out, "<image {} preserveAspectRatio=\"none\"{style} href=\"{href}\"/>", place(at))
        }
        // HTML knows more named characters than XML does; of those only this one is ever written for text.
        Item::Drawing(at, svg) => {
            writeln!(out, "<svg {} overflow=\"visible\">{}</svg>", place(at), svg.replace("&nbsp;", "&#160;"))
        }
    }
}

/// Text as XML wants it; characters that XML forbids are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The colours of a CSS `linear-gradient(…)` as browsers compute it, stops at equal distances; `None` for other images.
pub fn gradient_colors(css: &str) -> Option<Vec<String>> {
    let inside = css.trim().strip_prefix("linear-gradient(")?;
    let mut colors = Vec::new();
    let mut rest = inside;
    while let Some(at) = rest.find("rgb") {
        let end = rest[at..].find(')')? + at;
        colors.push(rest[at..=end].to_string());
        rest = &rest[end + 1..];
    }
    (colors.len() > 1).then_some(colors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_in_the_document_and_nothing_breaks_out_of_it() {
        let at = Place { x: 1.0, y: 2.0, w: 30.0, h: 4.5 };
        let text = Line { text: "a < b & \"c\"\u{7}".into(), weight: "600".into(), ..Line::default() };
        let items = vec![
            Item::Fill(at, "rgb(1, 2, 3)".into()),
            Item::Ramp(at, vec!["red".into(), "blue".into()]),
            Item::Text(text),
            Item::Text(Line { x: 3.0, y: 4.0, upwards: true, text: "up".into(), ..Line::default() }),
            Item::Picture(at, "data:image/png;base64,AA==".into(), true),
            Item::Drawing(at, "<text>1&nbsp;%</text>".into()),
        ];
        let svg = Scene { width: 99.2, height: 50.0, ground: "#fff".into(), items }.svg();
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\""));
        assert!(svg.contains("a &lt; b &amp; &quot;c&quot; </text>"));
        assert!(svg.contains("<rect x=\"1.00\" y=\"2.00\" width=\"30.00\" height=\"4.50\" fill=\"rgb(1, 2, 3)\"/>"));
        assert!(svg.contains("<stop offset=\"1.0000\" stop-color=\"blue\"/>"));
        assert!(svg.contains("href=\"data:image/png;base64,AA==\"") && svg.contains("image-rendering:pixelated"));
        assert!(svg.contains("transform=\"rotate(-90 3.00 4.00)\">up</text>"));
        assert!(svg.contains("1&#160;%"));
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
    }

    #[test]
    fn a_gradient_is_read_as_browsers_write_it() {
        let css = "linear-gradient(90deg, rgb(1, 2, 3), rgb(4, 5, 6) 50%, rgba(7, 8, 9, 0.5))";
        let colors = gradient_colors(css).unwrap();
        assert_eq!(colors, ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgba(7, 8, 9, 0.5)"]);
        assert_eq!(gradient_colors("none"), None);
    }
}
