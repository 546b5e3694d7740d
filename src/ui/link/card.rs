//! From one worker to another: the program with a graphics card takes a run over where it stands.
//!
//! Once there, the run stays in that program, which has SIMD as well. Not responsible for the choice (`ui::state::card`).

use super::client::Client;
use super::spawn::Program;
use super::{Job, Link, Waiting};
use crate::protocol::{Command, Failure};
use crate::spec::{Backend, Code, Experiment, Problem};
use crate::ui::card;
use crate::ui::state::card::CardMsg;
use crate::ui::state::{Msg, RunMsg};
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen_futures::spawn_local;

impl Link {
    /// Whether a job asks for a card that the present worker's program does not know.
    pub(super) fn needs_another_worker(&self, job: &Job) -> bool {
        let program = self.0.worker.borrow().as_ref().map(Client::program);
        job.backend == Backend::Webgpu && program != Some(Program::Card)
    }

    /// Begins with what may be refused while the old run still goes on: whether there is a card at all.
    pub(super) fn change_worker(&self, job: Job) {
        let link = self.clone();
        let generation = self.generation();
        spawn_local(async move {
            let there = card::adapter().await.is_some();
            if generation != link.generation() {
                return;
            }
            if !there {
                link.0.busy.set(false);
                let problems = vec![Problem::new("backend", Code::NoCard).arg("why", "no_adapter")];
                link.0.emit.emit(Msg::Run(RunMsg::Failed(Failure { problems, words: Vec::new() })));
                return link.start_next();
            }
            let same = |e: &Experiment| {
                Experiment { backend: job.experiment.backend, ..e.clone() } == *job.experiment && job.update
            };
            if link.0.runs.borrow().as_ref().is_some_and(|e| same(e)) {
                link.post(Command::Checkpoint, Array::new(), Waiting::Moving(job));
            } else {
                link.move_on(job, None);
            }
        });
    }

    /// The run's last numbers are here, if it goes on.
    pub(super) fn move_on(&self, job: Job, checkpoint: Option<&ArrayBuffer>) {
        if let Some(bytes) = checkpoint {
            *self.0.checkpoint.borrow_mut() = Some(bytes.clone());
            self.0.moving.set(true);
            self.0.emit.emit(Msg::Run(RunMsg::Card(CardMsg::Moving)));
        }
        self.put_away();
        let newer = self.0.next.take();
        *self.0.next.borrow_mut() = Some(newer.unwrap_or(job));
        self.spawn_program(Program::Card, None);
    }
}
