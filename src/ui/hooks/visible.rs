//! Whether an element can be seen, so that nothing is computed for what is scrolled away.
//!
//! Not responsible for hidden tabs: no frames are asked for there at all.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::prelude::*;

/// Context: for this many CSS pixels beyond the window's edges things count as seen, so that who scrolls finds pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ahead(pub u32);

/// `true` while any part of the element is in the viewport, or [`Ahead`] of it (and until the browser has said otherwise).
#[hook]
pub fn use_visible(node: &NodeRef) -> bool {
    let visible = use_state_eq(|| true);
    let set = visible.setter();
    let Ahead(margin_px) = use_context::<Ahead>().unwrap_or_default();
    use_effect_with(node.clone(), move |node| {
        let watcher =
            node.cast::<Element>().and_then(|element| Watcher::start(&element, margin_px, move |v| set.set(v)));
        move || drop(watcher)
    });
    *visible
}

struct Watcher {
    observer: IntersectionObserver,
    _told: Closure<dyn Fn(js_sys::Array)>,
}

impl Watcher {
    fn start(element: &Element, margin_px: u32, tell: impl Fn(bool) + 'static) -> Option<Watcher> {
        let told = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The last entry is the latest state.
            if let Ok(entry) = entries.get(entries.length().saturating_sub(1)).dyn_into::<IntersectionObserverEntry>() {
                tell(entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(&format!("{margin_px}px 0px"));
        let observer = IntersectionObserver::new_with_options(told.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Watcher { observer, _told: told })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
