//! A value that follows another twice a second while that one changes all the time, for what is read and not watched.
//!
//! Not responsible for anything that is drawn.

use crate::ui::page;
use std::rc::Rc;
use yew::prelude::*;

/// Time between two versions while the value changes all the time.
const EVERY_MS: f64 = 500.0;

/// `now`, or what it was up to half a second ago while `running`; at rest always `now`.
#[hook]
pub fn use_slow<T: 'static>(now: &Rc<T>, running: bool) -> Rc<T> {
    let kept = use_mut_ref(|| (f64::NEG_INFINITY, now.clone()));
    let mut kept = kept.borrow_mut();
    let at = page::now_ms();
    if !running || at - kept.0 > EVERY_MS {
        *kept = (at, now.clone());
    }
    kept.1.clone()
}
