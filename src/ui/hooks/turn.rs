//! A value that reaches the parts of a page one after the other: all at once would be one long task.
//!
//! Not responsible for what comes when (`ui::queue`), nor for the playground's parts (`ui::turns`).

use crate::ui::queue;
use yew::prelude::*;

/// `now`, at first and after every change when the part's turn has come; nothing before that at first, then what it was.
/// The first part does not wait.
#[hook]
pub fn use_turn<T: Copy + PartialEq + 'static>(now: T, is_first: bool) -> Option<T> {
    let shown = use_state_eq(|| None);
    let set = shown.setter();
    use_effect_with(now, move |&now| {
        if !is_first {
            queue::later(move || set.set(Some(now)));
        }
    });
    if is_first { Some(now) } else { *shown }
}
