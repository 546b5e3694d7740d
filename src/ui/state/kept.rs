//! Kept runs: named, brought from elsewhere, opened again.
//!
//! Not responsible for the names that differences give them (`ui::kept_names`), nor for their files (`ui::kept_file`).

use super::run::KEPT_MAX;
use super::{KeptRun, State};
use std::rc::Rc;

/// Longest name.
pub const NAME_MAX: usize = 60;

/// What the learner does with kept runs.
#[derive(Clone, Debug, PartialEq)]
pub enum KeptMsg {
    /// The run with that index gets a name; an empty one is made of what differs again.
    Rename(usize, String),
    /// A run from a file.
    Bring(Box<KeptRun>),
}

pub(super) fn apply(s: &mut State, msg: KeptMsg) {
    let kept = Rc::make_mut(&mut s.run.kept);
    match msg {
        KeptMsg::Rename(i, name) => {
            if let Some(run) = kept.get_mut(i) {
                run.name = name.trim().chars().take(NAME_MAX).collect();
            }
        }
        KeptMsg::Bring(run) => {
            kept.push(*run);
            if kept.len() > KEPT_MAX {
                kept.remove(0);
            }
        }
    }
}
