//! A value that reaches the parts of a page one after the other: all in one displayed frame would be one long task.
//!
//! Not responsible for the order of the parts, nor for the playground's (`ui::turns`).

use crate::ui::page;
use yew::prelude::*;

/// `now`, at first and after every change as many displayed frames late as there are parts `before` this one; nothing
/// before that at first, then what it was.
#[hook]
pub fn use_turn<T: Copy + PartialEq + 'static>(now: T, before: usize) -> Option<T> {
    let shown = use_state_eq(|| None);
    let set = shown.setter();
    use_effect_with(now, move |&now| page::after_paints(before, move || set.set(Some(now))));
    if before == 0 { Some(now) } else { *shown }
}
