//! Timing both on a copy, in a worker of its own: the learner's run goes on.
//!
//! Not responsible for what follows from it (`ui::state::card`).

use crate::protocol::{Command, Reply, Trained};
use crate::spec::{Backend, Code, Experiment};
use crate::ui::card;
use crate::ui::link::side::{Side, SideWorker};
use crate::ui::side_error::SideError;
use crate::ui::state::card::{CardMsg, Race};
use crate::ui::state::{Msg, RunMsg};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Each is timed for about this long, after steps that make its programs.
const TIMED_MS: f64 = 700.0;
/// Steps before the clock counts.
const WARM_UP: u32 = 4;

/// A race, and how to begin one.
pub struct Racing {
    /// Whether it is on.
    pub running: bool,
    /// Why there was none.
    pub error: Option<SideError>,
    /// Begins: with what, and whether only a real card is worth it.
    pub start: Callback<(Rc<Experiment>, bool)>,
}

/// Races in a side worker that ends with the panel.
#[hook]
pub fn use_race(emit: Callback<Msg>) -> Racing {
    let running = use_state_eq(|| false);
    let error = use_state_eq(|| None::<SideError>);
    let worker = use_mut_ref(|| None::<SideWorker>);
    let start = {
        let (running, error) = (running.setter(), error.setter());
        use_callback(emit, move |(experiment, only_real): (Rc<Experiment>, bool), emit| {
            begin(&worker, experiment, only_real, (running.clone(), error.clone()), emit.clone());
        })
    };
    Racing { running: *running, error: (*error).clone(), start }
}

type Shown = (UseStateSetter<bool>, UseStateSetter<Option<SideError>>);

fn begin(
    worker: &Rc<RefCell<Option<SideWorker>>>,
    experiment: Rc<Experiment>,
    only_real: bool,
    (running, error): Shown,
    emit: Callback<Msg>,
) {
    if worker.borrow().is_some() {
        return;
    }
    let worker = worker.clone();
    spawn_local(async move {
        if only_real && card::adapter().await.is_none_or(|a| a.software) {
            return;
        }
        let side = worker.borrow_mut().insert(SideWorker::with_card()).handle();
        running.set(true);
        error.set(None);
        match race(&side, experiment).await {
            Ok(race) => emit.emit(Msg::Run(RunMsg::Card(CardMsg::Raced(Rc::new(race))))),
            // The panel is gone.
            Err(SideError::Stopped) => return,
            Err(e) => error.set(Some(e)),
        }
        running.set(false);
        *worker.borrow_mut() = None;
    });
}

async fn race(side: &Side, of: Rc<Experiment>) -> Result<Race, SideError> {
    let asked = serde_json::Value::from("webgpu");
    let (adapter, software) = match side.ask(Command::Backend { asked }, &[]).await {
        Ok((Reply::Backend { adapter, software, .. }, _)) => (adapter.unwrap_or_default(), software),
        Ok((other, _)) => return Err(SideError::Died(format!("{other:?}"))),
        Err(e) => return Err(e),
    };
    let simd = rate(side, &of, Backend::Simd).await?;
    let card = match rate(side, &of, Backend::Webgpu).await {
        Ok(rate) => Ok(rate),
        Err(SideError::Refused(failure)) => match failure.problems.iter().find(|p| p.code == Code::NoCard) {
            Some(problem) => Err(problem.clone()),
            None => return Err(SideError::Refused(failure)),
        },
        Err(e) => return Err(e),
    };
    Ok(Race { of, simd, card, adapter, software })
}

/// Steps a second of an experiment on one of the two.
pub(super) async fn rate(side: &Side, experiment: &Experiment, backend: Backend) -> Result<f64, SideError> {
    let experiment = Experiment { backend, ..experiment.clone() };
    side.run(&experiment, false, &|_, _| ()).await?;
    let first = train(side, WARM_UP).await?;
    // The first steps of a card make its programs.
    let warm = if backend == Backend::Webgpu { train(side, WARM_UP).await? } else { first };
    let steps = (TIMED_MS / warm.step_ms.max(1e-3)).clamp(4.0, 20_000.0) as u32;
    Ok(1000.0 / train(side, steps).await?.step_ms.max(1e-6))
}

async fn train(side: &Side, steps: u32) -> Result<Trained, SideError> {
    match side.ask(Command::Train { steps }, &[]).await? {
        (Reply::Trained(trained), _) => Ok(trained),
        (other, _) => Err(SideError::Died(format!("{other:?}"))),
    }
}
