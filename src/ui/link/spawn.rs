//! Starting a worker, or taking over the one that `index.html` has started; and what the page does when it is gone.
//!
//! Not responsible for the wire to it (`client.rs`).

use super::client::{Client, Told};
use super::{Link, Msg, RunMsg, Waiting};
use crate::spec::{Experiment, preset};
use crate::ui::side_error::SideError;
use crate::ui::worker_start;
use js_sys::{Array, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Worker;

/// The worker's program, beside the page.
const PROGRAM: &str = "worker_loader.js";
/// Where `index.html` leaves the promise of the worker's compiled program.
const MODULE: &str = "gradariumModule";
/// Where `index.html` leaves the worker that it starts before this code has arrived.
const EARLY: &str = "gradariumWorker";

/// The commands that `index.html` sends to it: greeting, first experiment, first steps.
pub(super) const HELLO_ID: u32 = 1;
const LOAD_ID: u32 = 2;
const STEP_ID: u32 = 3;
/// Ids of this code's own commands begin here.
pub(super) const IDS_FROM: u32 = 16;

/// Which program a worker runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Program {
    /// The processor's.
    #[default]
    Worker,
    /// The same with a graphics card: larger, and loaded only where one is asked for.
    Card,
}

impl Link {
    /// Which worker of this page is the present one; 0 when there is none.
    pub(super) fn generation(&self) -> u32 {
        self.0.worker.borrow().as_ref().map_or(0, |_| self.0.spawned.get())
    }

    /// Starts a worker. Returns whether it is loading `first` already.
    pub(super) fn spawn(&self, first: Option<&Rc<Experiment>>) -> bool {
        self.spawn_program(Program::Worker, first)
    }

    /// The same of any program.
    pub(super) fn spawn_program(&self, program: Program, first: Option<&Rc<Experiment>>) -> bool {
        let found = match program {
            Program::Worker => early().or_else(|| fresh(program)),
            Program::Card => fresh(program),
        };
        let Some(found) = found else {
            self.0.emit.emit(Msg::Run(RunMsg::WorkerDied(PROGRAM.into())));
            return false;
        };
        let first = first.filter(|e| found.greeted && ***e == preset::first()).cloned();
        let (loading, said) = (first.is_some(), found.said.clone());
        let mut asked = Vec::new();
        if found.greeted {
            asked.push((STEP_ID, self.then(Waiting::Other)));
            // Unless it is wanted, what it loads is only looked at.
            let load = first.map_or(Waiting::Other, |experiment| Waiting::Load { experiment, restore: false });
            asked.push((LOAD_ID, self.then(load)));
            self.0.busy.set(loading);
        }
        let generation = self.0.spawned.get().wrapping_add(1).max(1);
        self.0.spawned.set(generation);
        let client = Client::new(found, program, self.told(generation), asked);
        *self.0.worker.borrow_mut() = Some(client.clone());
        said.iter().for_each(|data| client.hear(&data));
        loading
    }

    fn told(&self, generation: u32) -> Told {
        let (opened, clock, ended) = (self.clone(), self.clone(), self.clone());
        Told {
            opened: Box::new(move || opened.start_next()),
            unwatched: Rc::new(move || clock.watch_clock(generation)),
            ended: Box::new(move |why| {
                if ended.generation() == generation && ended.put_away() {
                    let message = match why {
                        SideError::Refused(failure) => RunMsg::Failed(failure),
                        SideError::Died(message) => RunMsg::WorkerDied(message),
                        SideError::NotStarted | SideError::Stopped | SideError::Fetch(_) => {
                            RunMsg::WorkerDied(String::new())
                        }
                    };
                    ended.0.emit.emit(Msg::Run(message));
                }
            }),
        }
    }

    /// Puts the worker away; whether there was one.
    pub(super) fn put_away(&self) -> bool {
        let Some(client) = self.0.worker.borrow_mut().take() else { return false };
        client.stop();
        self.0.busy.set(false);
        self.0.seek_next.set(None);
        self.0.seeking.set(false);
        self.0.pump.idle();
        true
    }
}

pub(super) struct Found {
    pub worker: Worker,
    pub lock: String,
    /// What it has said so far.
    said: Array,
    /// Whether it has been greeted and given the first experiment.
    pub greeted: bool,
}

/// The worker that `index.html` started; only once.
fn early() -> Option<Found> {
    let window = web_sys::window()?;
    let early = Reflect::get(&window, &EARLY.into()).ok().filter(JsValue::is_object)?;
    let _ = Reflect::set(&window, &EARLY.into(), &JsValue::NULL);
    let get = |name: &str| Reflect::get(&early, &name.into()).ok();
    if get("failed")?.is_truthy() {
        return None;
    }
    Some(Found {
        worker: get("worker")?.dyn_into().ok()?,
        lock: get("lock")?.as_string()?,
        said: get("queue")?.dyn_into().ok()?,
        greeted: get("greeted")?.is_truthy(),
    })
}

/// A module worker: a failed start of a classic one would not reach the page.
pub(super) fn fresh(program: Program) -> Option<Found> {
    let lock = format!("gradarium-worker-{:x}", (js_sys::Math::random() * 1e15) as u64);
    let module = web_sys::window()
        .filter(|_| program == Program::Worker)
        .and_then(|w| Reflect::get(&w, &MODULE.into()).ok()?.dyn_into::<Promise>().ok());
    let asks = match program {
        Program::Card => "card&",
        Program::Worker if module.is_some() => "module&",
        Program::Worker => "",
    };
    let worker = worker_start::start(&format!("{PROGRAM}?{asks}lock={lock}"), true)?;
    if let Some(module) = module {
        let worker = worker.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let message = Object::new();
            let module = JsFuture::from(module).await.unwrap_or(JsValue::NULL);
            // Setting a field of a plain object cannot fail; a worker that is gone hears nothing.
            let _ = Reflect::set(&message, &"module".into(), &module);
            let _ = worker.post_message(&message);
        });
    }
    Some(Found { worker, lock, said: Array::new(), greeted: false })
}
