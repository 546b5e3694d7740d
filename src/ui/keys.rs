//! Keys that work everywhere on the page, and files dropped anywhere on it.
//!
//! Not responsible for keys inside a control: whatever types, chooses or slides keeps its own.

use super::panels::data::take_dropped;
use super::state::{EditMsg, Msg, RunMsg};
use super::{files, help, page, testid};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, HtmlElement, KeyboardEvent};
use yew::Callback;

thread_local! {
    /// Whether the focus came where it is by the Tab key: then Space is the control's own key.
    static BY_TAB: Cell<bool> = const { Cell::new(false) };
    /// Whether the Space that is held down was the page's.
    static TAKEN: Cell<bool> = const { Cell::new(false) };
}

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
        on("pointerdown", Box::new(|_| BY_TAB.with(|t| t.set(false)))),
        // Browsers that press a button when the key comes up again would press it all the same.
        on(
            "keyup",
            Box::new(|e| {
                let space = e.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == " ");
                if space && TAKEN.with(|t| t.replace(false)) {
                    e.prevent_default();
                }
            }),
        ),
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
                if take_dropped(e) {
                    return;
                }
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

/// Space, →, R, Ctrl+Z, Ctrl+Shift+Z (or Ctrl+Y); `/`, G and `?` lead to the model text, the gallery, the list of keys.
fn key(e: &KeyboardEvent, emit: &Callback<Msg>) {
    if e.key() == "Tab" {
        BY_TAB.with(|t| t.set(true));
    }
    if e.default_prevented() || e.alt_key() {
        return;
    }
    let within = |selector: &str| {
        let target = e.target().and_then(|t| t.dyn_into::<Element>().ok());
        target.is_some_and(|t| t.closest(selector).ok().flatten().is_some())
    };
    let typing =
        || within("input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]");
    let choosing = || within("select");
    // A control that was reached by Tab has Space for itself; one that was clicked has not.
    let pressing =
        || BY_TAB.with(Cell::get) && within("button, a, input, select, summary, [role=button], [role=option]");
    let in_dialog = || within("dialog, [role=menu], [role=menuitem], [role=listbox]");
    let moving = || {
        within(
            "input, select, textarea, dialog, [role=slider], [role=menu], [role=listbox], [role=grid], [role=radiogroup]",
        )
    };
    let msg = if e.ctrl_key() || e.meta_key() {
        match (e.key().to_ascii_lowercase().as_str(), e.shift_key()) {
            _ if typing() || choosing() => return,
            ("z", false) => Msg::Edit(EditMsg::Undo),
            ("z", true) | ("y", false) => Msg::Edit(EditMsg::Redo),
            _ => return,
        }
    } else {
        match e.key().as_str() {
            " " if !typing() && !in_dialog() && !pressing() => {
                TAKEN.with(|t| t.set(true));
                Msg::Run(RunMsg::TogglePlay)
            }
            "ArrowRight" if !moving() => Msg::Run(RunMsg::Step),
            _ if typing() || choosing() || in_dialog() => return,
            "r" | "R" => Msg::Run(RunMsg::Reset),
            other => {
                if leads(other) {
                    e.prevent_default();
                }
                return;
            }
        }
    };
    e.prevent_default();
    emit.emit(msg);
}

/// Keys that lead somewhere; whether this is one.
fn leads(key: &str) -> bool {
    match key {
        "?" | "？" => help::open(),
        "/" => page::focus(testid::MODEL_TEXT),
        "g" | "G" => {
            let button = page::find(testid::GALLERY_OPEN).and_then(|e| e.dyn_into::<HtmlElement>().ok());
            let Some(button) = button else { return false };
            button.click();
        }
        _ => return false,
    }
    true
}
