//! How long a notice is true: what is said of a run goes with it, what is said of something given goes with the next thing
//! that the learner does about the experiment.
//!
//! Not responsible for raising notices.

use super::files::FileMsg;
use super::{DoctorMsg, EditMsg, Msg, Notice, PageMsg, RunMsg};
use crate::protocol::Status;

/// Whether it speaks of the run under way, and is nothing to another one.
pub(super) fn is_of_run(notice: &Notice) -> bool {
    match notice {
        Notice::Diverged(_) | Notice::WorkerRestarted { .. } | Notice::CardLost(_) => true,
        Notice::Refused(_)
        | Notice::Pasted(_)
        | Notice::Onnx { .. }
        | Notice::LinkCopied
        | Notice::LinkStartsAfresh => false,
    }
}

/// Whether what the learner does ends it.
pub(super) fn is_over(notice: &Notice, msg: &Msg) -> bool {
    match notice {
        // Another experiment, other data, another seed, or the run from its beginning.
        Notice::Diverged(_) | Notice::WorkerRestarted { .. } | Notice::CardLost(_) => starts_anew(msg),
        Notice::Refused(_) | Notice::Pasted(_) | Notice::Onnx { .. } => starts_anew(msg) || edits(msg),
        // The copied link is of the experiment as it was.
        Notice::LinkCopied | Notice::LinkStartsAfresh => starts_anew(msg),
    }
}

/// Whether the run has left behind what is said of it.
pub(super) fn is_past(notice: &Notice, status: &Status) -> bool {
    match notice {
        Notice::Diverged(d) => status.diverged.is_none() && status.running && status.step > d.back_to,
        Notice::WorkerRestarted { .. }
        | Notice::CardLost(_)
        | Notice::Refused(_)
        | Notice::Pasted(_)
        | Notice::Onnx { .. }
        | Notice::LinkCopied
        | Notice::LinkStartsAfresh => false,
    }
}

fn starts_anew(msg: &Msg) -> bool {
    use EditMsg::{ChooseTask, Data, Open, Seed, Task};
    match msg {
        Msg::Page(PageMsg::Files(msg)) => {
            matches!(msg, FileMsg::Open(..) | FileMsg::Onnx(..) | FileMsg::Link(..) | FileMsg::BringBack)
        }
        Msg::Edit(msg) => matches!(msg, Open(_) | Data(_) | Seed(_) | Task(_) | ChooseTask(_)),
        Msg::Run(msg) => matches!(msg, RunMsg::Reset),
        Msg::Page(_) | Msg::View(_) | Msg::Doctor(_) => false,
    }
}

/// Whether it makes another experiment of the present one, or goes back to an earlier one.
fn edits(msg: &Msg) -> bool {
    match msg {
        Msg::Edit(EditMsg::KeepWeights(_) | EditMsg::CarryWeights(_)) => false,
        Msg::Edit(_) | Msg::Doctor(DoctorMsg::Remedy(..)) => true,
        Msg::Page(_) | Msg::Run(_) | Msg::View(_) | Msg::Doctor(_) => false,
    }
}
