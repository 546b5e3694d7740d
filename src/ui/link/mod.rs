//! The page's end of the wire: starts the worker, sends commands, turns its answers into messages, pulls frames, and
//! notices when the worker dies.
//!
//! Not responsible for what messages do (`ui::state`) nor for when a dead worker is replaced: `ui::app` is told so.

mod alive;
mod ask;
mod card;
mod client;
mod fetch;
pub mod file;
mod frames;
pub mod side;
mod spawn;
pub mod weights;
mod wire;

use super::side_error::SideError;
use super::state::{Job, LoadedData, Msg, RunMsg};
use super::wants::Wants;
use crate::protocol::{Command, Failure, Loaded, Reply};
use crate::spec::Experiment;
pub use ask::Asker;
use ask::Question;
use client::{Client, Heard, Then};
use fetch::Files;
use frames::Pump;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use weights::Taker;
use yew::Callback;

/// A handle on the link; clones share it.
#[derive(Clone)]
pub struct Link(Rc<Inner>);

/// An experiment with the weights that it began with.
type Opened = (Rc<Experiment>, Rc<[u8]>);

struct Inner {
    emit: Callback<Msg>,
    wants: Wants,
    worker: RefCell<Option<Client>>,
    /// Workers started so far.
    spawned: Cell<u32>,
    /// The experiment to be started next; a newer one replaces it.
    next: RefCell<Option<Job>>,
    /// Whether an experiment is being fetched or loaded.
    busy: Cell<bool>,
    /// What the worker runs.
    runs: RefCell<Option<Rc<Experiment>>>,
    files: Files,
    /// Where the timeline was dragged to while the worker was still busy with an earlier place.
    seek_next: Cell<Option<u64>>,
    seeking: Cell<bool>,
    /// The latest checkpoint of what runs.
    checkpoint: RefCell<Option<ArrayBuffer>>,
    /// The weights that it began with, for a fresh worker before there is a checkpoint.
    opened: RefCell<Option<Opened>>,
    pump: Pump,
    /// The run is on its way to another worker, and goes on there.
    moving: Cell<bool>,
}

/// What a reply is for.
enum Waiting {
    Load {
        experiment: Rc<Experiment>,
        restore: bool,
    },
    /// The count of [`Pump::stale`] when it was asked for.
    Frame(u32),
    Seek,
    /// A panel's.
    Asked(Question),
    /// Whoever keeps what was learned.
    Learned(Taker),
    /// A checkpoint of the run that moves to another worker, with what is to be done there.
    Moving(Job),
    /// Whoever saves a file.
    Filed(file::Taker),
    Other,
}

impl Link {
    /// Starts the worker with `experiment`, or takes over the worker that `index.html` has started already.
    pub fn start(emit: Callback<Msg>, wants: Wants, experiment: Rc<Experiment>) -> Link {
        let link = Link(Rc::new(Inner {
            emit,
            wants: wants.clone(),
            worker: RefCell::default(),
            spawned: Cell::new(0),
            next: RefCell::default(),
            busy: Cell::new(false),
            runs: RefCell::default(),
            files: Files::default(),
            seek_next: Cell::new(None),
            seeking: Cell::new(false),
            checkpoint: RefCell::default(),
            opened: RefCell::default(),
            pump: Pump::default(),
            moving: Cell::new(false),
        }));
        let me = link.clone();
        wants.on_change(Rc::new(move || me.look()));
        if !link.spawn(Some(&experiment)) {
            link.run(Job::afresh(experiment));
        }
        link
    }

    /// Starts or updates the run, fetching data first where needed. Edits that come faster than the worker can follow are
    /// skipped, but for the last.
    pub fn run(&self, job: Job) {
        let earlier = self.0.next.take();
        *self.0.next.borrow_mut() = Some(earlier.map_or(job.clone(), |e| job.instead_of(&e)));
        if self.0.worker.borrow().is_none() {
            self.spawn(None);
        }
        self.start_next();
    }

    /// Starts the experiment with trained weights.
    pub fn open(&self, experiment: Rc<Experiment>, weights: Rc<[u8]>) {
        *self.0.next.borrow_mut() = Some(Job { weights: Some(weights), ..Job::afresh(experiment) });
        if self.0.worker.borrow().is_none() {
            self.spawn(None);
        }
        self.start_next();
    }

    /// A fresh worker at the last checkpoint. `experiment` is used if nothing ran before.
    pub fn restart(&self, experiment: Rc<Experiment>) {
        let experiment = self.0.runs.borrow().clone().unwrap_or(experiment);
        let is_of = |e: &Experiment| e.model == experiment.model && e.data.same_rows(&experiment.data);
        let opened = self.0.opened.borrow().clone().filter(|o| is_of(&o.0) && self.0.checkpoint.borrow().is_none());
        let weights = opened.map(|o| o.1);
        *self.0.next.borrow_mut() = Some(Job { weights, ..Job::again(experiment) });
        if self.0.worker.borrow().is_none() {
            self.spawn(None);
        }
        self.start_next();
    }

    /// Sends a command whose reply needs no more than to be looked at.
    pub fn send(&self, command: &Command, arrays: &[Rc<[f32]>]) {
        if let Command::Seek { step } = command {
            return self.seek(*step);
        }
        if let Some(step) = self.0.seek_next.take() {
            self.post(Command::Seek { step }, Array::new(), Waiting::Other);
        }
        if matches!(command, Command::Reset) {
            *self.0.opened.borrow_mut() = None;
        }
        if matches!(command, Command::Play { .. } | Command::Epoch | Command::Reset) {
            // A frame on its way was asked for before this and would show the state of before.
            self.outdate();
        }
        let buffers: Array = arrays.iter().map(|a| wire::buffer(a)).collect();
        self.post(command.clone(), buffers, Waiting::Other);
        self.look();
    }

    /// Goes to a step; while the worker is still on its way to an earlier one, only the last wish counts.
    fn seek(&self, step: u64) {
        if self.0.seeking.replace(true) {
            self.0.seek_next.set(Some(step));
        } else {
            self.post(Command::Seek { step }, Array::new(), Waiting::Seek);
            self.look();
        }
    }

    /// How many curve points of the worker's the page has.
    pub fn set_curves_len(&self, len: usize) {
        self.0.pump.curves.set(len);
    }

    fn post(&self, command: Command, buffers: Array, waiting: Waiting) {
        let client = self.0.worker.borrow().clone();
        match client {
            Some(client) => client.ask(command, buffers, self.then(waiting)),
            None => self.answered(waiting, Err(SideError::Stopped)),
        }
    }

    /// What is to be done with a reply.
    fn then(&self, waiting: Waiting) -> Then {
        let link = self.clone();
        Box::new(move |heard| link.answered(waiting, heard))
    }

    fn is_greeted(&self) -> bool {
        self.0.worker.borrow().as_ref().is_some_and(Client::is_greeted)
    }

    /// Begins the next job, unless one is under way or the worker is not there yet.
    fn start_next(&self) {
        if self.0.busy.get() || !self.is_greeted() {
            return;
        }
        let Some(job) = self.0.next.borrow_mut().take() else { return };
        self.0.busy.set(true);
        if self.needs_another_worker(&job) {
            return self.change_worker(job);
        }
        let link = self.clone();
        let generation = self.generation();
        spawn_local(async move {
            let progress = |got, all| link.0.emit.emit(Msg::Run(RunMsg::Fetching(got, all)));
            let client = link.0.worker.borrow().clone();
            let has = client.is_some_and(|c| *c.files_sent().borrow() == job.experiment.data.set);
            let files = match job.experiment.data.set_info().filter(|_| !has) {
                Some(set) => link.0.files.of(set, &progress).await,
                None => Ok(Array::new()),
            };
            if generation != link.generation() {
                return;
            }
            let skipped = link.0.next.borrow().is_some();
            match files {
                Ok(files) if !skipped => link.load(job, files),
                Err(problem) if !skipped => {
                    link.0.busy.set(false);
                    link.0.emit.emit(Msg::Run(RunMsg::Failed(Failure { problems: vec![problem], words: Vec::new() })));
                }
                Ok(_) | Err(_) => {
                    link.0.busy.set(false);
                    let next = link.0.next.take().map(|next| next.instead_of(&job));
                    *link.0.next.borrow_mut() = next;
                    link.start_next();
                }
            }
        });
    }

    fn load(&self, job: Job, files: Array) {
        let client = self.0.worker.borrow().clone();
        if let Some(client) = client.filter(|_| files.length() > 0) {
            client.files_sent().borrow_mut().clone_from(&job.experiment.data.set);
        }
        if !job.update {
            *self.0.opened.borrow_mut() = job.weights.clone().map(|w| (job.experiment.clone(), w));
        }
        let job = Job { restore: job.restore || self.0.moving.get(), ..job };
        let command = job.command(self.0.runs.borrow().is_some());
        if let Some(weights) = &job.weights {
            files.push(&Uint8Array::from(&**weights).buffer());
        }
        self.post(command, files, Waiting::Load { experiment: job.experiment, restore: job.restore });
    }

    /// What the worker has answered; of one that is gone the page hears elsewhere, but for who has asked.
    fn answered(&self, waiting: Waiting, heard: Heard) {
        if let Waiting::Asked(question) = waiting {
            return question(side::answered(heard));
        }
        let Ok((reply, buffers)) = heard else { return };
        match (waiting, reply) {
            (Waiting::Moving(job), _) => self.move_on(job, buffers.first()),
            (Waiting::Learned(taker), reply) => taker.take(reply, &buffers),
            (Waiting::Filed(taker), reply) => taker.take(reply, &buffers),
            // Told above.
            (Waiting::Asked(_), _) => {}
            (Waiting::Frame(stale), reply) => self.frame(reply, &buffers, stale),
            (Waiting::Load { experiment, restore }, Reply::Loaded(loaded)) => {
                self.0.busy.set(false);
                self.loaded(experiment, restore, *loaded, &buffers);
            }
            (Waiting::Load { .. }, reply) => {
                self.0.busy.set(false);
                if let Reply::Failed(failure) = reply {
                    self.0.emit.emit(Msg::Run(RunMsg::Failed(failure)));
                }
                self.start_next();
            }
            (Waiting::Seek, reply) => {
                self.0.seeking.set(false);
                if let Some(step) = self.0.seek_next.take() {
                    self.seek(step);
                } else if let Reply::Failed(failure) = reply {
                    self.0.emit.emit(Msg::Run(RunMsg::Failed(failure)));
                } else {
                    self.look();
                }
            }
            (Waiting::Other, Reply::Failed(failure)) => self.0.emit.emit(Msg::Run(RunMsg::Failed(failure))),
            // A reset starts the same experiment as a new run.
            (Waiting::Other, Reply::Loaded(loaded)) => {
                let runs = self.0.runs.borrow().clone();
                if let Some(experiment) = runs {
                    self.loaded(experiment, false, *loaded, &buffers);
                }
            }
            (Waiting::Other, _) => self.look(),
        }
    }

    fn loaded(&self, experiment: Rc<Experiment>, restore: bool, loaded: Loaded, buffers: &[ArrayBuffer]) {
        let array = |index: Option<usize>| {
            index.and_then(|i| buffers.get(i)).map(|b| wire::floats(b).to_vec()).unwrap_or_default()
        };
        *self.0.runs.borrow_mut() = Some(experiment.clone());
        self.0.moving.set(false);
        self.outdate();
        if restore {
            // The page keeps its copy, in case this worker dies too.
            if let Some(bytes) = self.0.checkpoint.borrow().as_ref() {
                self.post(Command::Restore, Array::of1(&bytes.slice(0)), Waiting::Other);
            }
        } else if loaded.restarted {
            *self.0.checkpoint.borrow_mut() = None;
        }
        let (x, y, scale) = (array(loaded.preview_x), array(loaded.preview_y), array(loaded.x_scale).into());
        self.0.emit.emit(Msg::Run(RunMsg::Loaded(Rc::new(LoadedData { loaded, x, y, scale, runs: Some(experiment) }))));
        self.look();
        self.start_next();
    }
}
