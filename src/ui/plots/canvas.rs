//! A canvas that is always as sharp as the screen, and redrawn, once per displayed frame at most, when its data, its
//! size or the page's colours changed; it says what is pointed at, with a pointer or with keys. All canvases of the page
//! share a budget per displayed frame: what does not fit is painted in the next one, so that no task of the page grows
//! with the network.
//!
//! Not responsible for what is drawn: that is the `draw` property, made with `use_callback` over the data it shows.

use super::ink::{self, Ink};
use super::surface::{Surface, context};
use crate::i18n::{Lang, panel as words};
use crate::ui::page;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// What may be painted in one displayed frame, in the unit of [`CanvasProps::weight`].
const BUDGET: f64 = 10.0;
/// And so long at most, by the clock: while the browser still compiles the page, painting takes several times as long.
const BUDGET_MS: f64 = 8.0;

/// What a panel's canvas has of CSS pixels at most, unless it is enlarged: that paints as many times more.
const USUAL_PX: f64 = 700.0 * 400.0;

/// Properties of [`Canvas`].
#[derive(Clone, PartialEq, Properties)]
pub struct CanvasProps {
    /// Draws everything, on a cleared surface. A new callback means new data, so make it with `use_callback`.
    pub draw: Callback<Surface>,
    /// What is to be seen, in words and numbers; empty when a text beside the canvas says it.
    #[prop_or_default]
    pub label: AttrValue,
    /// CSS classes; the size on the page comes from there or from `style`.
    #[prop_or_default]
    pub class: Classes,
    /// CSS, for sizes that depend on data.
    #[prop_or_default]
    pub style: Option<AttrValue>,
    /// For tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// Where the pointer is, in CSS pixels from the top left of the canvas; `None` when it leaves.
    #[prop_or_default]
    pub onhover: Option<Callback<Option<(f64, f64)>>>,
    /// A click, in CSS pixels from the top left. Such a canvas can be worked by keys as well: arrows move the place that
    /// is pointed at, Enter clicks there; Space is the page's.
    #[prop_or_default]
    pub onpick: Option<Callback<(f64, f64)>>,
    /// Esc, while there is something to let go of.
    #[prop_or_default]
    pub onrelease: Option<Callback<()>>,
    /// How far an arrow key moves to the right and down, CSS pixels; with Shift one pixel.
    #[prop_or((8.0, 8.0))]
    pub stride: (f64, f64),
    /// What painting costs, in about milliseconds of a slow machine without a graphics processor.
    #[prop_or(1.0)]
    pub weight: f64,
    /// For those who need the element itself (downloading a picture).
    #[prop_or_default]
    pub node: Option<NodeRef>,
}

/// See the module.
#[component]
pub fn Canvas(props: &CanvasProps) -> Html {
    let own = use_node_ref();
    let node = props.node.clone().unwrap_or(own);
    let painter = use_memo((), |()| Painter::default());
    *painter.draw.borrow_mut() = Some(props.draw.clone());
    *painter.node.borrow_mut() = node.clone();
    painter.weight.set(props.weight);
    {
        let painter = painter.clone();
        use_effect_with(node.clone(), move |node| {
            let observer = observe(node, &painter);
            let again = Rc::downgrade(&painter);
            let theme = ink::on_change(Callback::from(move |()| request(&again)));
            move || {
                drop(theme);
                drop(observer);
                painter.queued.set(false);
            }
        });
    }
    {
        let painter = painter.clone();
        use_effect_with(props.draw.clone(), move |_| request(&Rc::downgrade(&painter)));
    }
    let lang = use_context::<Lang>().unwrap_or_default();
    // A finger that only taps moves nothing, so pressing reads values as well.
    let onpointermove = props.onhover.clone().map(|c| {
        let painter = painter.clone();
        Callback::from(move |e: PointerEvent| {
            painter.at.set(Some(offset(&e)));
            c.emit(Some(offset(&e)));
        })
    });
    let onpointerdown = onpointermove.clone();
    let onpointerleave = props.onhover.clone().map(|c| Callback::from(move |_: PointerEvent| c.emit(None)));
    let onblur = props.onhover.clone().map(|c| Callback::from(move |_: FocusEvent| c.emit(None)));
    let onclick = props.onpick.clone().map(|c| Callback::from(move |e: MouseEvent| c.emit(offset(&e))));
    let onkeydown = props.onpick.is_some().then(|| {
        let props = props.clone();
        Callback::from(move |e: KeyboardEvent| key(&e, &painter, &props))
    });
    let worked = onkeydown.is_some();
    let label = if props.label.is_empty() && worked { words::POINTING.get(lang).into() } else { props.label.clone() };
    let (role, hidden) = match (worked, label.is_empty()) {
        // Readers hand arrow keys to an application, not to a picture.
        (true, _) => (Some("application"), None),
        (false, true) => (None, Some("true")),
        (false, false) => (Some("img"), None),
    };
    html! {
        <canvas ref={node} class={props.class.clone()} style={props.style.clone()} tabindex={worked.then_some("0")}
            data-testid={props.testid.clone()} {role} aria-hidden={hidden}
            aria-label={(!label.is_empty()).then_some(label)}
            aria-description={(worked && !props.label.is_empty()).then(|| words::POINTING.get(lang))}
            {onpointermove} {onpointerdown} {onpointerleave} {onblur} {onclick} {onkeydown} />
    }
}

/// Keys do what a pointer does; what is not theirs goes on to the page.
fn key(e: &KeyboardEvent, painter: &Painter, props: &CanvasProps) {
    if e.ctrl_key() || e.meta_key() || e.alt_key() {
        return;
    }
    let (w, h) = painter.size.get();
    let (x, y) = painter.at.get().unwrap_or((w / 2.0, h / 2.0));
    let (right, down) = if e.shift_key() { (1.0, 1.0) } else { props.stride };
    let to = match e.key().as_str() {
        "ArrowLeft" => (x - right, y),
        "ArrowRight" => (x + right, y),
        "ArrowUp" => (x, y - down),
        "ArrowDown" => (x, y + down),
        "Enter" => (x, y),
        "Escape" => match &props.onrelease {
            Some(release) => {
                e.prevent_default();
                return release.emit(());
            }
            None => return,
        },
        _ => return,
    };
    e.prevent_default();
    let to = (to.0.clamp(0.0, w), to.1.clamp(0.0, h));
    painter.at.set(Some(to));
    if let Some(hover) = &props.onhover {
        hover.emit(Some(to));
    }
    if let (false, Some(pick)) = (e.key().starts_with("Arrow"), &props.onpick) {
        pick.emit(to);
    }
}

fn offset(e: &MouseEvent) -> (f64, f64) {
    (f64::from(e.offset_x()), f64::from(e.offset_y()))
}

#[derive(Default)]
struct Painter {
    node: RefCell<NodeRef>,
    draw: RefCell<Option<Callback<Surface>>>,
    /// CSS pixels, as the observer said; reading it from the element would force a layout.
    size: Cell<(f64, f64)>,
    weight: Cell<f64>,
    queued: Cell<bool>,
    /// What was pointed at last, for keys to go on from.
    at: Cell<Option<(f64, f64)>>,
}

impl Painter {
    /// What painting costs at this size.
    fn cost(&self) -> f64 {
        let (width, height) = self.size.get();
        self.weight.get() * (width * height / USUAL_PX).max(1.0)
    }

    fn paint(&self) {
        let (width, height) = self.size.get();
        let Some(canvas) = self.node.borrow().cast::<HtmlCanvasElement>() else { return };
        let Some(draw) = self.draw.borrow().clone() else { return };
        if width < 1.0 || height < 1.0 {
            return;
        }
        let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio()).clamp(1.0, 4.0);
        let (w, h) = ((width * ratio).round() as u32, (height * ratio).round() as u32);
        let Some(ctx) = context(&canvas) else { return };
        if (canvas.width(), canvas.height()) != (w, h) {
            canvas.set_width(w);
            canvas.set_height(h);
        }
        // None of these can fail: the numbers are finite.
        let _ = ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        ctx.clear_rect(0.0, 0.0, f64::from(w), f64::from(h));
        let _ = ctx.scale(f64::from(w) / width, f64::from(h) / height);
        draw.emit(Surface { ctx, width, height, ratio, ink: Ink::now() });
    }
}

/// Canvases that wait to be painted, in the order they were asked for.
#[derive(Default)]
struct Queue {
    waiting: RefCell<VecDeque<Weak<Painter>>>,
    /// Sum of their weights.
    load: Cell<f64>,
    scheduled: Cell<bool>,
    tick: RefCell<Option<Closure<dyn FnMut()>>>,
}

thread_local! {
    static QUEUE: Queue = Queue::default();
}

/// Whether more waits than the next displayed frame can take.
pub fn is_behind() -> bool {
    QUEUE.with(|q| q.load.get() > BUDGET)
}

/// Paints before one of the next displayed frames; several requests in between are one.
fn request(painter: &Weak<Painter>) {
    let Some(p) = painter.upgrade() else { return };
    if p.queued.replace(true) {
        return;
    }
    QUEUE.with(|q| {
        q.waiting.borrow_mut().push_back(painter.clone());
        q.load.set(q.load.get() + p.cost());
        q.schedule();
    });
}

impl Queue {
    fn schedule(&self) {
        let Some(window) = web_sys::window().filter(|_| !self.scheduled.get()) else { return };
        let mut tick = self.tick.borrow_mut();
        let closure = tick.get_or_insert_with(|| Closure::new(|| QUEUE.with(Queue::paint)));
        self.scheduled.set(window.request_animation_frame(closure.as_ref().unchecked_ref()).is_ok());
    }

    fn paint(&self) {
        self.scheduled.set(false);
        let (begun, mut spent) = (page::now_ms(), 0.0);
        loop {
            // Taken out first: painting may ask for more.
            let next = self.waiting.borrow_mut().pop_front();
            let Some(next) = next else { break };
            let Some(p) = next.upgrade().filter(|p| p.queued.get()) else { continue };
            // The first is painted whatever it costs.
            if spent > 0.0 && (spent + p.cost() > BUDGET || page::now_ms() - begun > BUDGET_MS) {
                self.waiting.borrow_mut().push_front(next);
                break;
            }
            p.queued.set(false);
            spent += p.cost();
            p.paint();
        }
        let left = self.waiting.borrow().iter().filter_map(Weak::upgrade).map(|p| p.cost()).sum();
        self.load.set(left);
        if !self.waiting.borrow().is_empty() {
            self.schedule();
        }
    }
}

/// Stops observing when dropped.
struct Observer(web_sys::ResizeObserver, #[expect(dead_code, reason = "kept alive for the observer")] OnResize);
type OnResize = Closure<dyn FnMut(js_sys::Array)>;

impl Drop for Observer {
    fn drop(&mut self) {
        self.0.disconnect();
    }
}

fn observe(node: &NodeRef, painter: &Rc<Painter>) -> Option<Observer> {
    let canvas = node.cast::<HtmlCanvasElement>()?;
    let painter = Rc::downgrade(painter);
    let on_resize: OnResize = Closure::new(move |entries: js_sys::Array| {
        let Ok(entry) = entries.get(0).dyn_into::<web_sys::ResizeObserverEntry>() else { return };
        let Some(p) = painter.upgrade() else { return };
        let size = (entry.content_rect().width(), entry.content_rect().height());
        if p.size.replace(size) != size {
            request(&Rc::downgrade(&p));
        }
    });
    let observer = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
    observer.observe(&canvas);
    Some(Observer(observer, on_resize))
}
