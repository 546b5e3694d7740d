//! Leaving the page with a trained, unsaved run asks first.
//!
//! Not responsible for when a run counts as unsaved (`ui::state::files`).

use super::state::{State, files};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;

/// The listener; it goes when this is dropped.
pub struct Leaving {
    asks: Rc<Cell<bool>>,
    _listener: Option<EventListener>,
}

impl Leaving {
    /// Listens. Inside another page (`embed`) nobody is asked.
    pub fn new(embed: bool) -> Leaving {
        let asks = Rc::new(Cell::new(false));
        let heard = asks.clone();
        let active = EventListenerOptions::enable_prevent_default();
        let listener = web_sys::window().filter(|_| !embed).map(|w| {
            EventListener::new_with_options(&w, "beforeunload", active, move |e| {
                if heard.get() {
                    e.prevent_default();
                }
            })
        });
        Leaving { asks, _listener: listener }
    }

    /// What counts from now on.
    pub fn follow(&self, state: &State) {
        self.asks.set(files::is_unsaved(state));
    }
}
