//! A second worker beside the page's own: for comparisons, sweeps and whatever must leave the page's run alone.
//!
//! It is asked and answers; it ends when its [`SideWorker`] is dropped, and that is how a long job is cancelled. Not
//! responsible for starting another where one died: who asked is told, and shows it.

use super::client::{Client, Heard, Told};
use super::fetch::Files;
use super::{spawn, wire};
use crate::i18n::{Lang, sentences, side as words};
use crate::protocol::{Command, Loaded, Reply};
use crate::spec::{Experiment, Problem};
use crate::ui::form::say;
pub use crate::ui::side_error::SideError;
use js_sys::Array;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

impl SideError {
    /// The reason as a sentence.
    pub fn words(&self, lang: Lang) -> String {
        let all = |problems: &[Problem]| sentences(lang, &problems.iter().map(|p| say(p, lang)).collect::<Vec<_>>());
        match self {
            SideError::NotStarted => words::NOT_STARTED.get(lang).into(),
            SideError::Died(why) => words::DIED.with(lang, &[("why", why)]),
            SideError::Stopped => words::STOPPED.get(lang).into(),
            SideError::Refused(failure) => all(&failure.problems),
            SideError::Fetch(problem) => all(std::slice::from_ref(problem)),
        }
    }
}

/// An answer: the reply and its arrays.
pub type Answered = Result<(Reply, Vec<Rc<[f32]>>), SideError>;

/// The worker; it ends with this value.
pub struct SideWorker(Result<Client, SideError>);

/// A way to ask a [`SideWorker`] that does not keep it alive.
#[derive(Clone)]
pub struct Side(Result<Client, SideError>);

thread_local! {
    /// Files fetched for side workers, shared by all of them.
    static FILES: Rc<Files> = Rc::default();
}

impl SideWorker {
    /// Starts one. Where the browser refuses, every question is answered with [`SideError::NotStarted`].
    pub fn start() -> SideWorker {
        SideWorker::of(spawn::Program::Worker)
    }

    /// One with a graphics card.
    pub fn with_card() -> SideWorker {
        SideWorker::of(spawn::Program::Card)
    }

    fn of(program: spawn::Program) -> SideWorker {
        // Where the browser has no locks, a silent death is not noticed: no answer comes, and the learner stops it.
        let told = Told { opened: Box::new(|| ()), unwatched: Rc::new(|| ()), ended: Box::new(|_| ()) };
        let found = spawn::fresh(program).ok_or(SideError::NotStarted);
        SideWorker(found.map(|found| Client::new(found, program, told, Vec::new())))
    }

    /// A handle that does not keep the worker alive, for tasks that ask many times.
    pub fn handle(&self) -> Side {
        Side(self.0.clone())
    }

    /// Sends a command; arrays go beside it. The future borrows nothing: it ends with [`SideError::Stopped`] when the
    /// worker is dropped meanwhile.
    ///
    /// # Errors
    /// See [`SideError`]; a refusal ([`Reply::Failed`]) is one.
    pub fn ask(&self, command: Command, arrays: &[Rc<[f32]>]) -> impl Future<Output = Answered> + use<> {
        self.handle().ask(command, arrays)
    }
}

impl Drop for SideWorker {
    fn drop(&mut self) {
        if let Ok(client) = &self.0 {
            client.stop();
        }
    }
}

impl Side {
    /// As [`SideWorker::ask`].
    ///
    /// # Errors
    /// As there.
    pub fn ask(&self, command: Command, arrays: &[Rc<[f32]>]) -> impl Future<Output = Answered> + use<> {
        let buffers: Array = arrays.iter().map(|a| wire::buffer(a)).collect();
        self.post(command, buffers)
    }

    /// Starts an experiment (`update`: changes what runs to it, keeping the run where only hyper-parameters differ, see
    /// [`Command::Update`]), fetching the files of its data set first where needed. `progress` hears bytes so far and in
    /// all.
    ///
    /// # Errors
    /// See [`SideError`].
    pub async fn run(
        &self,
        experiment: &Experiment,
        update: bool,
        progress: &dyn Fn(u64, u64),
    ) -> Result<(Loaded, Vec<Rc<[f32]>>), SideError> {
        let set = experiment.data.set_info();
        let client = self.0.clone()?;
        let has = *client.files_sent().borrow() == experiment.data.set;
        let files = match set.filter(|_| !has) {
            Some(set) => {
                let files = FILES.with(Rc::clone);
                files.of(set, progress).await.map_err(SideError::Fetch)?
            }
            None => Array::new(),
        };
        if files.length() > 0 {
            client.files_sent().borrow_mut().clone_from(&experiment.data.set);
        }
        // Plain data with string keys: serialising cannot fail.
        let json = serde_json::to_value(experiment).unwrap_or_default();
        let command = if update {
            Command::Update { experiment: json, keep: false, carry: false }
        } else {
            Command::Load { experiment: json }
        };
        match self.post(command, files).await? {
            (Reply::Loaded(loaded), arrays) => Ok((*loaded, arrays)),
            (other, _) => Err(SideError::Died(format!("{other:?}"))),
        }
    }

    fn post(&self, command: Command, buffers: Array) -> impl Future<Output = Answered> + use<> {
        let slot = Rc::new(RefCell::new(Slot::default()));
        match &self.0 {
            Ok(client) => {
                let slot = slot.clone();
                client.ask(command, buffers, Box::new(move |heard| slot.borrow_mut().answer(answered(heard))));
            }
            Err(why) => slot.borrow_mut().answer(Err(why.clone())),
        }
        Waiting(slot)
    }
}

/// A reply as the page's code takes it: arrays copied out, a refusal an error.
pub(super) fn answered(heard: Heard) -> Answered {
    match heard? {
        (Reply::Failed(failure), _) => Err(SideError::Refused(failure)),
        (reply, buffers) => Ok((reply, buffers.iter().map(wire::floats).collect())),
    }
}

/// Where an answer is put, and who is woken then.
#[derive(Default)]
struct Slot {
    answer: Option<Answered>,
    waker: Option<Waker>,
}

impl Slot {
    fn answer(&mut self, answer: Answered) {
        self.answer = Some(answer);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

struct Waiting(Rc<RefCell<Slot>>);

impl Future for Waiting {
    type Output = Answered;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Answered> {
        let mut slot = self.0.borrow_mut();
        match slot.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => {
                slot.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}
