//! A part's first appearance in stages, one every other displayed frame: all of it at once would be one long task.
//!
//! Not responsible for what comes when, nor for whole panels (`ui::turns`).

use crate::ui::page;
use yew::prelude::*;

/// How far the part has come: 0 when it appears, then one more every other displayed frame, up to `last`.
#[hook]
pub fn use_stages(last: usize) -> usize {
    let stage = use_state_eq(|| 0);
    let set = stage.setter();
    use_effect_with((*stage).min(last), move |&now| {
        if now < last {
            // What the stage drew is painted in the frame between.
            page::next_paint(move || page::next_paint(move || set.set(now + 1)));
        }
    });
    (*stage).min(last)
}
