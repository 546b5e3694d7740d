//! What part of a sideways-scrolling element is in view: a hook that follows its width and position.
//!
//! Not responsible for what is in it.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// What is in view, in CSS pixels of the content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Left edge.
    pub left: f64,
    /// Width.
    pub width: f64,
    /// Everything counts as seen, wherever it is.
    pub all: bool,
}

impl View {
    /// Whether anything between `from` and `to` can be seen, or nearly.
    pub fn sees(&self, from: f64, to: f64) -> bool {
        self.all || to > self.left - 40.0 && from < self.left + self.width + 40.0
    }

    /// Whether it is in view or within half a width of it.
    pub fn is_near(&self, from: f64, to: f64) -> bool {
        self.all || to > self.left - 0.5 * self.width && from < self.left + 1.5 * self.width
    }
}

/// Follows the element; until it is measured, a width that suits most screens.
#[hook]
pub fn use_view(node: &NodeRef) -> View {
    let view = use_state_eq(|| View { left: 0.0, width: 760.0, all: false });
    let set = view.setter();
    use_effect_with(node.clone(), move |node| {
        let watcher = node.cast::<Element>().and_then(|e| Watcher::start(e, set));
        move || drop(watcher)
    });
    *view
}

struct Watcher {
    element: Element,
    observer: ResizeObserver,
    told: Closure<dyn Fn()>,
}

impl Watcher {
    fn start(element: Element, set: UseStateSetter<View>) -> Option<Watcher> {
        let e = element.clone();
        let told = Closure::<dyn Fn()>::new(move || {
            let (left, width) = (f64::from(e.scroll_left()), f64::from(e.client_width()));
            set.set(View { left, width, all: false });
        });
        let observer = ResizeObserver::new(told.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        element.add_event_listener_with_callback("scroll", told.as_ref().unchecked_ref()).ok()?;
        Some(Watcher { element, observer, told })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.observer.disconnect();
        // Fails only for a listener that is not there.
        let _ = self.element.remove_event_listener_with_callback("scroll", self.told.as_ref().unchecked_ref());
    }
}
