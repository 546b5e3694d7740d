//! The browser around the page: address, memory of language and theme, clipboard, attributes of `<html>`.
//!
//! Every one of these may be refused (private windows, embedded frames); the page then goes on without.

use super::route::{self, theme_name};
use super::state::Theme;
use crate::i18n::Lang;
use gloo::timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Storage, Window};

/// How long something stays marked that is pointed to.
const POINTED_MS: u32 = 2400;
const LANG: &str = "gradarium.lang";
const THEME: &str = "gradarium.theme";

fn window() -> Option<Window> {
    web_sys::window()
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// The address from `#` on, and what this page knows of it: an address that it neither wrote nor read yet is a link that
/// the browser is about to announce, and writing over it would lose the link.
#[derive(Default)]
pub struct AddressBar {
    known: String,
}

impl AddressBar {
    /// What stands there now.
    pub fn read(&mut self) -> String {
        self.known = hash();
        self.known.clone()
    }

    /// Puts `address` there without a history entry, unless a link has come that nobody has read.
    pub fn write(&mut self, address: &str) {
        if hash() != self.known {
            return;
        }
        if let Some(history) = window().and_then(|w| w.history().ok()) {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
        }
        // As the browser spells it.
        self.known = hash();
    }
}

fn hash() -> String {
    window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// Calls `f` before the next displayed frame; at once where there are none.
pub fn next_paint(f: impl FnOnce() + 'static) {
    let Some(window) = window() else { return f() };
    let call = wasm_bindgen::closure::Closure::once_into_js(f);
    // Refused only for what is no function.
    let _ = window.request_animation_frame(wasm_bindgen::JsCast::unchecked_ref(&call));
}

/// Lays the page out now, in the task that asks for it; the next displayed frame finds it done.
pub fn lay_out() {
    if let Some(body) = window().and_then(|w| w.document()?.body()) {
        let _ = body.offset_height();
    }
}

/// The language remembered, else the first of the browser's that the page speaks, else English.
pub fn preferred_lang() -> Lang {
    let remembered = storage().and_then(|s| s.get_item(LANG).ok().flatten());
    let wished = window().map(|w| w.navigator().languages().iter().filter_map(|l| l.as_string()).collect::<Vec<_>>());
    let tags = remembered.into_iter().chain(wished.unwrap_or_default());
    tags.into_iter().find_map(|t| Lang::from_tag(&t)).unwrap_or_default()
}

/// The theme remembered, else the system's.
pub fn preferred_theme() -> Theme {
    let remembered = storage().and_then(|s| s.get_item(THEME).ok().flatten());
    remembered.and_then(|t| route::theme(&t)).unwrap_or_default()
}

/// Remembers both for the next visit.
pub fn remember(lang: Lang, theme: Theme) {
    if let Some(s) = storage() {
        let _ = s.set_item(LANG, lang.tag());
        let _ = s.set_item(THEME, theme_name(theme));
    }
}

/// Tells `<html>` the language, the theme and the size of type, which the style sheet and readers go by.
pub fn dress(lang: Lang, theme: Theme, projector: bool) {
    let Some(root) = window().and_then(|w| w.document()?.document_element()) else { return };
    let _ = root.set_attribute("lang", lang.tag());
    let _ = if projector { root.set_attribute("data-projector", "") } else { root.remove_attribute("data-projector") };
    let _ = match theme {
        Theme::Auto => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme_name(theme)),
    };
}

/// Names the tab.
pub fn title(title: &str) {
    if let Some(document) = window().and_then(|w| w.document()) {
        document.set_title(title);
    }
}

/// The address without what stands behind `#`.
pub fn base() -> String {
    let address = window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_string()
}

/// Copies the page's address; where the clipboard is closed to us, shows it to be copied by hand.
pub fn copy_address() {
    if let Some(address) = window().and_then(|w| w.location().href().ok()) {
        copy(&address);
    }
}

/// Copies a text; where the clipboard is closed to us, shows it to be copied by hand.
pub fn copy(text: &str) {
    let (Some(window), text) = (window(), text.to_string()) else { return };
    spawn_local(async move {
        let navigator = window.navigator();
        // Missing outside secure contexts.
        let open = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object());
        let copied = open && JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok();
        if !copied {
            let _ = window.prompt_with_message_and_default("Gradarium", &text);
        }
    });
}

/// How often an element is looked for whose code is still on its way, and how long for.
const FOCUS_EVERY_MS: u32 = 50;
const FOCUS_TRIES: u32 = 200;

/// Moves the focus to the element with that id, or test id; as soon as it is there, unless the focus has gone elsewhere by then.
pub fn focus(id: &'static str) {
    focus_from(id, focused(), FOCUS_TRIES);
}

fn focus_from(id: &'static str, from: Option<web_sys::Element>, tries: u32) {
    use wasm_bindgen::JsCast;
    let element = window().and_then(|w| w.document()?.get_element_by_id(id)).or_else(|| find(id));
    match element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        Some(e) => _ = e.focus(),
        None if tries == 0 || focused() != from => {}
        None => _ = Timeout::new(FOCUS_EVERY_MS, move || focus_from(id, from, tries - 1)).forget(),
    }
}

fn focused() -> Option<web_sys::Element> {
    window()?.document()?.active_element()
}

/// The first element with that test id.
pub fn find(testid: &str) -> Option<web_sys::Element> {
    window()?.document()?.query_selector(&format!("[data-testid=\"{testid}\"]")).ok().flatten()
}

/// Brings the element with that test id into view and marks it for a moment.
pub fn point_to(testid: &str) {
    let height = window().and_then(|w| w.inner_height().ok()?.as_f64()).unwrap_or(0.0);
    if let Some(e) = find(testid) {
        let at = e.get_bounding_client_rect();
        // What is in view already stays where it is.
        if at.top() < 0.0 || at.bottom() > height {
            e.scroll_into_view();
        }
    }
    mark(testid);
}

/// Marks the element with that test id for a moment.
pub fn mark(testid: &str) {
    let Some(e) = find(testid) else { return };
    let _ = e.set_attribute("data-pointed", "");
    gloo::timers::callback::Timeout::new(POINTED_MS, move || _ = e.remove_attribute("data-pointed")).forget();
}

/// Milliseconds since the page was opened.
pub fn now_ms() -> f64 {
    window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// Whether the system asks for little motion.
pub fn is_still() -> bool {
    let query = window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|q| q.matches())
}

/// The last words of the page itself: what happened goes to the console, what to do to the learner. Nothing here may use
/// the page's own components: they are what failed.
pub fn crashed(message: &str) {
    let console = Reflect::get(&js_sys::global(), &"console".into());
    let error = console.as_ref().ok().and_then(|c| Reflect::get(c, &"error".into()).ok());
    if let (Ok(console), Some(error)) = (console, error) {
        let _ = js_sys::Function::from(error).call1(&console, &message.into());
    }
    let Some(document) = window().and_then(|w| w.document()) else { return };
    if let (Some(body), Ok(note)) = (document.body(), document.create_element("p")) {
        note.set_class_name("starting");
        note.set_attribute("role", "alert").ok();
        note.set_text_content(Some("Something in this page failed. Reload it; the address holds your experiment. 页面出错了，请重新载入；地址中保存着你的实验。"));
        let _ = body.prepend_with_node_1(&note);
    }
}
