//! How wide an element is, for pictures whose height depends on it.
//!
//! Not responsible for drawing (`plots::canvas` follows sizes by itself).

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Width of the element's content in whole CSS pixels; until it is measured, `first`.
#[hook]
pub fn use_width(node: &NodeRef, first: f64) -> f64 {
    let width = use_state_eq(|| first);
    let set = width.setter();
    use_effect_with(node.clone(), move |node| {
        let watcher = node.cast::<Element>().and_then(|e| Watcher::start(e, set));
        move || drop(watcher)
    });
    *width
}

struct Watcher {
    observer: ResizeObserver,
    _told: Closure<dyn Fn()>,
}

impl Watcher {
    fn start(element: Element, set: UseStateSetter<f64>) -> Option<Watcher> {
        let e = element.clone();
        let told = Closure::<dyn Fn()>::new(move || set.set(f64::from(e.client_width()).max(1.0)));
        let observer = ResizeObserver::new(told.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Watcher { observer, _told: told })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
