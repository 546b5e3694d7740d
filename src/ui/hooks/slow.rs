//! A value that follows another twice a second while that one changes all the time, for what is read and not watched.
//!
//! Not responsible for anything that is drawn.

use crate::ui::page;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// Time between two versions while the value changes all the time.
const EVERY_MS: f64 = 500.0;
/// And between two such values of the page: all in one displayed frame would be a long task.
const APART_MS: f64 = 40.0;

thread_local! {
    static LATEST_MS: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// `now`, or what it was up to half a second ago while `running`; at rest always `now`.
#[hook]
pub fn use_slow<T: 'static>(now: &Rc<T>, running: bool) -> Rc<T> {
    let kept = use_mut_ref(|| (f64::NEG_INFINITY, now.clone()));
    let mut kept = kept.borrow_mut();
    let at = page::now_ms();
    let due = at - kept.0 > EVERY_MS && at - LATEST_MS.get() > APART_MS;
    if due {
        LATEST_MS.set(at);
    }
    if !running || due {
        *kept = (at, now.clone());
    }
    kept.1.clone()
}
