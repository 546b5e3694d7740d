//! The page's own colours and font, read from its stylesheet, for what is drawn on canvas; and word when they change.
//!
//! Not responsible for colours that stand for numbers (`color.rs`), which are the same by day and by night.

use super::color::{self, Rgb};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use yew::Callback;

/// Colours by meaning, as CSS text (or numbers where maps blend towards them), and the font.
#[derive(Clone, Debug, PartialEq)]
pub struct Ink {
    /// Ground of the page.
    pub bg: Rgb,
    /// Zero of diverging maps: paper, or near-black.
    pub zero: Rgb,
    /// Text.
    pub ink: String,
    /// Labels of axes.
    pub dim: String,
    /// Hairlines.
    pub rule: String,
    /// What stands on the page.
    pub card: String,
    /// Negative, class 0.
    pub neg: String,
    /// Positive, class 1.
    pub pos: String,
    /// Gradients.
    pub grad: String,
    /// Training curves.
    pub train: String,
    /// Test curves.
    pub test: String,
    /// Font family of the page.
    pub font: String,
    /// Whether the ground is dark.
    pub dark: bool,
}

impl Ink {
    /// Ground of the page as CSS text.
    pub fn bg_hex(&self) -> String {
        color::hex(self.bg)
    }

    /// The colours of the page as it looks now; cheap unless the look has changed since the last call.
    pub fn now() -> Rc<Ink> {
        CACHE.with(|cache| {
            let at = WATCH.with(|w| w.changes.get());
            if let Some((seen, ink)) = &*cache.borrow()
                && *seen == at
            {
                return ink.clone();
            }
            watch();
            let ink = Rc::new(read());
            *cache.borrow_mut() = Some((WATCH.with(|w| w.changes.get()), ink.clone()));
            ink
        })
    }
}

thread_local! {
    static CACHE: RefCell<Option<(u32, Rc<Ink>)>> = const { RefCell::new(None) };
    static WATCH: Watch = const { Watch::new() };
}

struct Watch {
    started: Cell<bool>,
    changes: Cell<u32>,
    next_id: Cell<u32>,
    listeners: RefCell<Vec<(u32, Callback<()>)>>,
}

impl Watch {
    const fn new() -> Self {
        Watch {
            started: Cell::new(false),
            changes: Cell::new(0),
            next_id: Cell::new(0),
            listeners: RefCell::new(Vec::new()),
        }
    }
}

/// Ends a subscription of [`on_change`] when dropped.
pub struct Subscription(u32);

impl Drop for Subscription {
    fn drop(&mut self) {
        WATCH.with(|w| w.listeners.borrow_mut().retain(|(id, _)| *id != self.0));
    }
}

/// Calls `callback` whenever the theme or the window's size or scale has changed.
pub fn on_change(callback: Callback<()>) -> Subscription {
    watch();
    WATCH.with(|w| {
        let id = w.next_id.get();
        w.next_id.set(id + 1);
        w.listeners.borrow_mut().push((id, callback));
        Subscription(id)
    })
}

fn changed() {
    WATCH.with(|w| w.changes.set(w.changes.get().wrapping_add(1)));
    let listeners: Vec<_> = WATCH.with(|w| w.listeners.borrow().iter().map(|(_, c)| c.clone()).collect());
    listeners.iter().for_each(|c| c.emit(()));
}

/// One observer for the whole page, kept for its lifetime: the attribute that names the theme, the system's preference,
/// and the window's scale. Where it begins the browser works out every style: cheap while the page is still empty.
pub fn watch() {
    if WATCH.with(|w| w.started.replace(true)) {
        return;
    }
    let Some(window) = web_sys::window() else { return };
    let on_event = Closure::<dyn FnMut()>::new(changed).into_js_value();
    let on_event: &js_sys::Function = on_event.unchecked_ref();
    // A browser that refuses one of these shows the old colours until the next reload, which is no failure.
    let _ = window.add_event_listener_with_callback("resize", on_event);
    if let Ok(Some(query)) = window.match_media("(prefers-color-scheme: dark)") {
        let _ = query.add_event_listener_with_callback("change", on_event);
        // The listener lives as long as its list does.
        std::mem::forget(query);
    }
    let root = window.document().and_then(|d| d.document_element());
    if let (Some(root), Ok(observer)) = (root, web_sys::MutationObserver::new(on_event)) {
        let what = web_sys::MutationObserverInit::new();
        what.set_attributes(true);
        let _ = observer.observe_with_options(&root, &what);
        std::mem::forget(observer);
    }
}

fn read() -> Ink {
    let style = web_sys::window().and_then(|w| {
        let root = w.document()?.document_element()?;
        w.get_computed_style(&root).ok().flatten()
    });
    let read = |name: &str, or: &str| {
        let value = style.as_ref().and_then(|s| s.get_property_value(name).ok()).unwrap_or_default();
        if value.trim().is_empty() { or.to_string() } else { value.trim().to_string() }
    };
    let rgb = |name: &str, or: &str| {
        let fallback = color::parse_hex(or).unwrap_or([255; 3]);
        color::parse_hex(&read(name, or)).unwrap_or(fallback)
    };
    super::surface::ask_text_px(read("--chart-px", "11").trim_end_matches("px").parse().unwrap_or(11.0));
    let bg = rgb("--bg", "#fbfaf7");
    let font = web_sys::window().and_then(|w| {
        let body = w.document()?.body()?;
        let font = w.get_computed_style(&body).ok()??.get_property_value("font-family").ok()?;
        (!font.is_empty()).then_some(font)
    });
    Ink {
        bg,
        zero: rgb("--zero", "#ffffff"),
        ink: read("--ink", "#1d232b"),
        dim: read("--dim", "#68727f"),
        rule: read("--rule", "#e3e0d8"),
        card: read("--card", "#ffffff"),
        neg: read("--neg", "#d9772b"),
        pos: read("--pos", "#2b6cb0"),
        grad: read("--grad", "#b5176f"),
        train: read("--train", "#3f6a94"),
        test: read("--test", "#b7791f"),
        font: font.unwrap_or_else(|| "system-ui, sans-serif".into()),
        dark: !color::wants_dark_text(bg),
    }
}
