//! A part's first appearance in stages: all of it at once would be one long task.
//!
//! Not responsible for what comes when (`ui::queue`), nor for whole panels (`ui::turns`).

use crate::ui::queue;
use yew::prelude::*;

/// How far the part has come: 0 when it appears, then one more whenever its turn comes, up to `last`.
#[hook]
pub fn use_stages(last: usize) -> usize {
    let stage = use_state_eq(|| 0);
    let set = stage.setter();
    use_effect_with((*stage).min(last), move |&now| {
        if now < last {
            queue::later(move || set.set(now + 1));
        }
    });
    (*stage).min(last)
}
