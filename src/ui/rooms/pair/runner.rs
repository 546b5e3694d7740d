//! One half's worker: loads its experiment, takes steps, shows what is wanted.
//!
//! Not responsible for what the answers do to the page (`state`).

use super::state::PairMsg;
use crate::protocol::{Command, FrameRequest, Reply};
use crate::spec::{Code, Experiment};
use crate::ui::frame_data::FrameData;
use crate::ui::link::side::{Side, SideError, SideWorker};
use crate::ui::rooms::lab::setup::Which;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// The worker of one half; it ends with this value.
pub struct Runner {
    which: Which,
    worker: RefCell<Option<SideWorker>>,
    emit: Callback<PairMsg>,
}

impl Runner {
    /// A half whose worker starts with the first experiment.
    pub fn new(which: Which, emit: Callback<PairMsg>) -> Runner {
        Runner { which, worker: RefCell::default(), emit }
    }

    /// Loads an experiment in that round, in a fresh worker: whatever the old one was at is ended.
    pub fn load(&self, experiment: Rc<Experiment>, round: u32) {
        let worker = SideWorker::start();
        let side = worker.handle();
        *self.worker.borrow_mut() = Some(worker);
        let (which, emit) = (self.which, self.emit.clone());
        spawn_local(async move {
            let progress = |got, all| emit.emit(PairMsg::Fetching(which, got, all));
            match side.run(&experiment, false, &progress).await {
                Ok((loaded, _)) => emit.emit(PairMsg::Loaded(which, round, Rc::new(loaded))),
                Err(error) => fail(&emit, which, round, error),
            }
        });
    }

    /// Takes steps, then shows what is wanted.
    pub fn train(&self, steps: u32, want: FrameRequest, round: u32) {
        let Some(side) = self.worker.borrow().as_ref().map(SideWorker::handle) else { return };
        let (which, emit) = (self.which, self.emit.clone());
        spawn_local(async move {
            match beat(&side, steps, want).await {
                Ok((step_ms, data)) => emit.emit(PairMsg::Came(which, round, step_ms, Rc::new(data))),
                Err(error) => fail(&emit, which, round, error),
            }
        });
    }
}

fn fail(emit: &Callback<PairMsg>, which: Which, round: u32, error: SideError) {
    // The page has put it away by itself: nothing to be said.
    if error != SideError::Stopped {
        emit.emit(PairMsg::Failed(which, round, error));
    }
}

async fn beat(side: &Side, steps: u32, want: FrameRequest) -> Result<(f64, FrameData), SideError> {
    let step_ms = match side.ask(Command::Train { steps }, &[]).await {
        Ok((Reply::Trained(t), _)) => t.step_ms,
        Ok(_) => 0.0,
        // The frame says so.
        Err(SideError::Refused(f)) if f.problems.iter().any(|p| p.code == Code::Diverged) => 0.0,
        Err(error) => return Err(error),
    };
    match side.ask(Command::Frame { want }, &[]).await? {
        (Reply::Frame(frame), arrays) => Ok((step_ms, FrameData { frame: *frame, arrays })),
        _ => Err(SideError::Died(String::new())),
    }
}
