//! Trains the cells of a sweep, one after the other, in a worker of its own; dropping it is how a sweep is cancelled.
//!
//! Not responsible for which cells there are nor for what they mean (`sweep.rs`).

use super::state::LabMsg;
use super::sweep::{Cell, Plan, Sweep};
use crate::protocol::{Command, Reply};
use crate::spec::Code;
use crate::ui::link::side::{Side, SideError, SideWorker};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// A sweep under way.
pub struct Sweeper(#[allow(dead_code, reason = "the sweep ends with it")] SideWorker);

impl Sweeper {
    /// Begins.
    pub fn start(plan: Plan, emit: Callback<LabMsg>) -> Sweeper {
        let worker = SideWorker::start();
        let side = worker.handle();
        spawn_local(async move {
            for (turn, cell) in Sweep::order().into_iter().enumerate() {
                emit.emit(LabMsg::SweepCell(cell, Cell::Running));
                // Data are kept from the first network on.
                match train(&side, &plan, cell, turn > 0).await {
                    Ok(done) => emit.emit(LabMsg::SweepCell(cell, done)),
                    Err(SideError::Refused(failure)) => {
                        let diverged = failure.problems.iter().any(|p| p.code == Code::Diverged);
                        let news = if diverged { Cell::Diverged } else { Cell::Refused };
                        emit.emit(LabMsg::SweepCell(cell, news));
                    }
                    Err(SideError::Stopped) => return,
                    Err(error) => return emit.emit(LabMsg::SweepFailed(error)),
                }
            }
            emit.emit(LabMsg::SweepDone);
        });
        Sweeper(worker)
    }
}

async fn train(side: &Side, plan: &Plan, cell: usize, update: bool) -> Result<Cell, SideError> {
    let experiment = plan.setup(cell).experiment(plan.shared);
    side.run(&experiment, update, &|_, _| ()).await?;
    let before = loss(side).await?;
    side.ask(Command::Train { steps: plan.steps }, &[]).await?;
    let after = loss(side).await?;
    Ok(if before.is_finite() && after.is_finite() { Cell::Done { before, after } } else { Cell::Diverged })
}

/// On the test part.
async fn loss(side: &Side) -> Result<f32, SideError> {
    match side.ask(Command::Evaluate, &[]).await? {
        (Reply::Metrics { loss, .. }, _) => Ok(loss),
        (other, _) => Err(SideError::Died(format!("{other:?}"))),
    }
}
