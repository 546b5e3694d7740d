//! What is being typed into a field whose text comes back from the page a moment after typing rests.
//!
//! Not responsible for what makes a text usable, nor for saying why one is not.

use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// See [`use_typed`].
#[derive(Clone)]
pub struct Typed {
    shown: UseStateHandle<String>,
    rest: Rc<RefCell<Option<Timeout>>>,
    own: Rc<RefCell<String>>,
    take: Rc<RefCell<Callback<String>>>,
}

impl Typed {
    /// What stands in the field.
    pub fn text(&self) -> &str {
        &self.shown
    }

    /// Shows what was typed now, and hands it on after `rest_ms` without another word, from here or elsewhere; with `None`
    /// it is only shown.
    pub fn put(&self, text: String, rest_ms: Option<u32>) {
        self.shown.set(text.clone());
        let (own, take) = (self.own.clone(), self.take.clone());
        *self.rest.borrow_mut() = rest_ms.map(|ms| {
            Timeout::new(ms, move || {
                own.borrow_mut().clone_from(&text);
                // What was asked for last: the rest of the experiment may have changed since the key.
                let take = take.borrow().clone();
                take.emit(text);
            })
        });
    }
}

/// A field's text while it is typed. `in_force` is what the page has: where it changes to another text than the one handed on
/// last (undo, a link), that replaces what stands here, and what waited is dropped; the own text coming back does not, so that
/// no key pressed meanwhile is lost. An empty text is none. `take` gets what was typed.
#[hook]
pub fn use_typed(in_force: &str, take: Callback<String>) -> Typed {
    let typed = Typed {
        shown: use_state_eq(|| in_force.to_owned()),
        rest: use_mut_ref(|| None),
        own: use_mut_ref(|| in_force.to_owned()),
        take: use_mut_ref(Callback::noop),
    };
    *typed.take.borrow_mut() = take;
    let now = typed.clone();
    use_effect_with(in_force.to_owned(), move |text| {
        if !text.is_empty() && *now.own.borrow() != *text {
            *now.rest.borrow_mut() = None;
            now.own.borrow_mut().clone_from(text);
            now.shown.set(text.clone());
        }
    });
    typed
}
