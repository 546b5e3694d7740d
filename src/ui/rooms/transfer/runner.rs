//! One worker of a transfer: loads its experiment, begins with the weights it should, takes steps, measures, answers.
//!
//! Not responsible for what the answers do to the page (`state`).

use super::state::{Beat, TransferMsg, Who};
use crate::protocol::{Command, Reply};
use crate::spec::transfer::{self, Mode};
use crate::spec::{Code, Experiment, Weights};
use crate::ui::link::side::{Side, SideError, SideWorker};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// The worker; it ends with this value.
pub struct Runner {
    who: Who,
    worker: RefCell<Option<SideWorker>>,
    /// Where it began.
    start: Rc<RefCell<Weights>>,
    emit: Callback<TransferMsg>,
}

impl Runner {
    /// A worker that starts with the first experiment.
    pub fn new(who: Who, emit: Callback<TransferMsg>) -> Runner {
        Runner { who, worker: RefCell::default(), start: Rc::default(), emit }
    }

    /// Puts the worker away, whatever it was at.
    pub fn stop(&self) {
        *self.worker.borrow_mut() = None;
    }

    /// Loads an experiment in that round, in a fresh worker; one of the three begins where its mode and the source say.
    pub fn load(&self, experiment: Rc<Experiment>, source: Option<Rc<Weights>>, round: u32) {
        let worker = SideWorker::start();
        let side = worker.handle();
        *self.worker.borrow_mut() = Some(worker);
        let (who, emit, start) = (self.who, self.emit.clone(), self.start.clone());
        spawn_local(async move {
            let progress = |got, all| emit.emit(TransferMsg::Fetching(who, got, all));
            let begun = async {
                side.run(&experiment, false, &progress).await?;
                let first = weights(&side).await?;
                let from = match (who, source) {
                    (Who::Run(mode), Some(source)) => open(&side, &experiment, mode, &first, &source).await?,
                    (Who::Run(_), None) | (Who::Source, _) => first,
                };
                *start.borrow_mut() = from;
                measured(&side, Beat::default()).await
            };
            answer(&emit, who, round, begun.await.map(|beat| TransferMsg::Came(who, round, beat)));
        });
    }

    /// Takes steps and measures.
    pub fn train(&self, steps: u32, round: u32) {
        let (who, start) = (self.who, self.start.clone());
        self.with(round, move |side| async move {
            let beat = match side.ask(Command::Train { steps }, &[]).await {
                Ok((Reply::Trained(t), _)) => Beat { step: t.steps, train_loss: Some(t.loss), ..Beat::default() },
                Ok(_) => Beat::default(),
                Err(SideError::Refused(f)) if f.problems.iter().any(|p| p.code == Code::Diverged) => {
                    Beat { diverged: true, ..Beat::default() }
                }
                Err(error) => return Err(error),
            };
            let mut beat = measured(&side, beat).await?;
            if let Who::Run(_) = who {
                let now = weights(&side).await?;
                beat.moved = transfer::moved(&start.borrow(), &now);
                beat.step = now.step;
            }
            Ok(TransferMsg::Came(who, round, beat))
        });
    }

    /// Hands over what was learned.
    pub fn take(&self, round: u32) {
        self.with(round, move |side| async move { Ok(TransferMsg::Taken(round, Rc::new(weights(&side).await?))) });
    }

    /// Answers a picture.
    pub fn ask(&self, x: Rc<[f32]>, tries: u32, round: u32) {
        let Who::Run(mode) = self.who else { return };
        self.with(round, move |side| async move {
            match side.ask(Command::Predict { natural: false }, &[x]).await? {
                (Reply::Predicted { .. }, arrays) => {
                    let scores = arrays.first().cloned().unwrap_or_else(|| Rc::from([]));
                    Ok(TransferMsg::Answered(mode, tries, transfer::shares(&scores).into()))
                }
                (other, _) => Err(strange(&other)),
            }
        });
    }

    fn with<F>(&self, round: u32, job: impl FnOnce(Side) -> F + 'static)
    where
        F: Future<Output = Result<TransferMsg, SideError>> + 'static,
    {
        let Some(side) = self.worker.borrow().as_ref().map(SideWorker::handle) else { return };
        let (who, emit) = (self.who, self.emit.clone());
        spawn_local(async move { answer(&emit, who, round, job(side).await) });
    }
}

fn answer(emit: &Callback<TransferMsg>, who: Who, round: u32, result: Result<TransferMsg, SideError>) {
    match result {
        Ok(msg) => emit.emit(msg),
        // The page has put it away by itself: nothing to be said.
        Err(SideError::Stopped) => {}
        Err(error) => emit.emit(TransferMsg::Failed(who, round, error)),
    }
}

fn strange(reply: &Reply) -> SideError {
    SideError::Died(format!("{reply:?}"))
}

async fn measured(side: &Side, beat: Beat) -> Result<Beat, SideError> {
    match side.ask(Command::Evaluate, &[]).await? {
        (Reply::Metrics { loss, accuracy, .. }, _) => Ok(Beat { test_loss: loss, accuracy, ..beat }),
        (other, _) => Err(strange(&other)),
    }
}

/// What a worker has learned. The file's length is a multiple of four, so that it passes as an array.
async fn weights(side: &Side) -> Result<Weights, SideError> {
    let (reply, arrays) = side.ask(Command::Weights, &[]).await?;
    let bytes: Vec<u8> = arrays.first().into_iter().flat_map(|a| a.iter().flat_map(|x| x.to_le_bytes())).collect();
    Weights::read(&bytes).map_err(|_| strange(&reply))
}

/// Begins with the source's trunk; returns where it begins.
async fn open(
    side: &Side,
    e: &Experiment,
    mode: Mode,
    first: &Weights,
    source: &Weights,
) -> Result<Weights, SideError> {
    let from = transfer::begin(mode, first, source);
    let array: Vec<f32> = from.write().chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
    // Plain data with string keys: serialising cannot fail.
    let experiment = serde_json::to_value(e).unwrap_or_default();
    match side.ask(Command::Open { experiment }, &[array.into()]).await? {
        (Reply::Loaded(_), _) => Ok(from),
        (other, _) => Err(strange(&other)),
    }
}
