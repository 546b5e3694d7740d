//! Keys that work everywhere on the page, and files dropped anywhere on it.
//!
//! Not responsible for keys inside a control: whatever types, chooses or slides keeps its own.

use super::files;
use super::state::Msg;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, KeyboardEvent};
use yew::Callback;

/// The listeners; they go when this is dropped.
pub struct Everywhere(#[allow(dead_code, reason = "held for their life only")] Vec<EventListener>);

/// Listens. `dragging` hears whether a file hangs over the page.
pub fn listen(emit: &Callback<Msg>, dragging: Callback<bool>) -> Everywhere {
    let Some(window) = web_sys::window() else { return Everywhere(Vec::new()) };
    let active = EventListenerOptions::enable_prevent_default();
    let on = |name: &'static str, f: Box<dyn Fn(&web_sys::Event)>| {
        EventListener::new_with_options(&window, name, active, move |e| f(e))
    };
    let keys = emit.clone();
    let drop = emit.clone();
    let (over, left, dropped) = (dragging.clone(), dragging.clone(), dragging);
    Everywhere(vec![
        on(
            "keydown",
            Box::new(move |e| {
                if let Some(e) = e.dyn_ref() {
                    key(e, &keys)
                }
            }),
        ),
        on(
            "dragover",
            Box::new(move |e| {
                if let Some(e) = e.dyn_ref::<DragEvent>().filter(|e| carries_file(e)) {
                    e.prevent_default();
                    over.emit(true);
                }
            }),
        ),
        on(
            "dragleave",
            Box::new(move |e| {
                // Only leaving the window counts, not moving from one element to the next.
                if e.dyn_ref::<DragEvent>().is_some_and(|e| e.related_target().is_none()) {
                    left.emit(false);
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |e| {
                dropped.emit(false);
                let Some(e) = e.dyn_ref::<DragEvent>() else { return };
                // A panel that took the file (a table, pictures) has said so.
                if e.default_prevented() || !carries_file(e) {
                    return;
                }
                e.prevent_default();
                if let Some(file) = e.data_transfer().and_then(|d| d.files()).and_then(|f| f.get(0)) {
                    files::read(file, drop.clone());
                }
            }),
        ),
    ])
}

fn carries_file(e: &DragEvent) -> bool {
    e.data_transfer().is_some_and(|d| d.types().iter().any(|t| t.as_string().as_deref() == Some("Files")))
}

/// Space, →, R, Ctrl+Z, Ctrl+Shift+Z (or Ctrl+Y).
fn key(e: &KeyboardEvent, emit: &Callback<Msg>) {
    if e.default_prevented() || e.alt_key() {
        return;
    }
    let within = |selector: &str| {
        let target = e.target().and_then(|t| t.dyn_into::<Element>().ok());
        target.is_some_and(|t| t.closest(selector).ok().flatten().is_some())
    };
    let typing = || within("input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true]");
    let pressing =
        || within("button, a, input, select, textarea, summary, [role=button], [role=menuitem], [role=option]");
    let moving = || {
        within("input, select, textarea, [role=slider], [role=menu], [role=listbox], [role=grid], [role=radiogroup]")
    };
    let msg = if e.ctrl_key() || e.meta_key() {
        match (e.key().to_ascii_lowercase().as_str(), e.shift_key()) {
            _ if typing() => return,
            ("z", false) => Msg::Undo,
            ("z", true) | ("y", false) => Msg::Redo,
            _ => return,
        }
    } else {
        match e.key().as_str() {
            " " if !pressing() => Msg::TogglePlay,
            "ArrowRight" if !moving() => Msg::Step,
            "r" | "R" if !typing() && !within("select") => Msg::Reset,
            _ => return,
        }
    };
    e.prevent_default();
    emit.emit(msg);
}
