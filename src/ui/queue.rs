//! What the page draws when it arrives comes part by part, in the order in which it was announced, each in a task of its
//! own. Two of them follow each displayed frame; the frame itself has enough to do with painting. A panel and a stage of
//! another in one task would be a long one, and so would a panel and the layout it causes, while the browser still
//! compiles the page and looks up its fonts: the first of the two is laid out in a task of its own.
//!
//! Not responsible for what the parts are (`ui::turns`, `hooks::use_stages`).

use super::page;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

thread_local! {
    static WAITING: RefCell<VecDeque<Box<dyn FnOnce()>>> = RefCell::default();
    static CALLED: Cell<bool> = const { Cell::new(false) };
}

/// Calls `f` soon, when everything announced before it has been drawn.
pub fn later(f: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|w| w.push_back(Box::new(f)));
    if !CALLED.replace(true) {
        task(first);
    }
}

fn behind_paint() {
    page::next_paint(|| task(first));
}

fn first() {
    serve(|| {
        task(|| {
            page::lay_out();
            task(second);
        });
    });
}

fn second() {
    serve(behind_paint);
}

fn task(f: fn()) {
    Timeout::new(0, f).forget();
}

/// The next one; `then` sees to those that wait behind it.
fn serve(then: fn()) {
    let next = WAITING.with_borrow_mut(VecDeque::pop_front);
    next.into_iter().for_each(|f| f());
    // It may have announced more.
    CALLED.set(WAITING.with_borrow(|w| !w.is_empty()));
    if CALLED.get() {
        then();
    }
}
