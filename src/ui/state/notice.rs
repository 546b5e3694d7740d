//! How long a notice is true: what is said of a run goes with it, what is said of something given goes with the next thing
//! that the learner does about the experiment.
//!
//! Not responsible for raising notices.

use super::files::FileMsg;
use super::{Msg, Notice};
use crate::protocol::Status;

/// Whether it speaks of the run under way, and is nothing to another one.
pub(super) fn is_of_run(notice: &Notice) -> bool {
    match notice {
        Notice::Diverged(_) | Notice::WorkerRestarted { .. } => true,
        Notice::Refused(_) | Notice::Pasted(_) | Notice::LinkCopied | Notice::LinkStartsAfresh => false,
    }
}

/// Whether what the learner does ends it.
pub(super) fn is_over(notice: &Notice, msg: &Msg) -> bool {
    match notice {
        // Another experiment, other data, another seed, or the run from its beginning.
        Notice::Diverged(_) | Notice::WorkerRestarted { .. } => starts_anew(msg),
        Notice::Refused(_) | Notice::Pasted(_) => starts_anew(msg) || edits(msg),
        // The copied link is of the experiment as it was.
        Notice::LinkCopied | Notice::LinkStartsAfresh => starts_anew(msg),
    }
}

/// Whether the run has left behind what is said of it.
pub(super) fn is_past(notice: &Notice, status: &Status) -> bool {
    match notice {
        Notice::Diverged(d) => status.diverged.is_none() && status.running && status.step > d.back_to,
        Notice::WorkerRestarted { .. }
        | Notice::Refused(_)
        | Notice::Pasted(_)
        | Notice::LinkCopied
        | Notice::LinkStartsAfresh => false,
    }
}

fn starts_anew(msg: &Msg) -> bool {
    let opens = matches!(msg, Msg::Files(FileMsg::Open(..) | FileMsg::Link(..) | FileMsg::BringBack));
    opens || matches!(msg, Msg::Open(_) | Msg::Data(_) | Msg::Seed(_) | Msg::Reset | Msg::Task(_) | Msg::ChooseTask(_))
}

fn edits(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::AddLayer { .. }
            | Msg::RemoveLayer(_)
            | Msg::MoveLayer { .. }
            | Msg::SetLayer { .. }
            | Msg::Freeze { .. }
            | Msg::SetLayers(_)
            | Msg::SetModel(_)
            | Msg::Paste(_)
            | Msg::Fix(_)
            | Msg::Remedy(..)
            | Msg::Optimizer(_)
            | Msg::OptimizerKind(_)
            | Msg::UsualRate
            | Msg::Training(_)
            | Msg::Undo
            | Msg::Redo
    )
}
