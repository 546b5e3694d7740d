//! A second worker beside the page's own: for comparisons, sweeps and whatever must leave the page's run alone.
//!
//! It is asked and answers; it ends when its [`SideWorker`] is dropped, and that is how a long job is cancelled. Not
//! responsible for starting another where one died: who asked is told, and shows it.

use super::fetch::Files;
use super::spawn::{self, Found};
use super::{alive, wire};
use crate::i18n::{Lang, side as words};
use crate::protocol::{Command, Event, Loaded, PROTOCOL_VERSION, Reply};
use crate::spec::{Experiment, Problem, read};
use crate::ui::form::say;
pub use crate::ui::side_error::SideError;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Reflect};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{ErrorEvent, MessageEvent, Worker};

impl SideError {
    /// The reason as a sentence.
    pub fn words(&self, lang: Lang) -> String {
        let all = |problems: &[Problem]| problems.iter().map(|p| say(p, lang)).collect::<Vec<_>>().join(" ");
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
pub struct SideWorker(Rc<Inner>);

/// A way to ask a [`SideWorker`] that does not keep it alive.
#[derive(Clone)]
pub struct Side(Weak<Inner>);

struct Inner {
    /// `None` once it is gone.
    running: RefCell<Option<Running>>,
    /// Why it is gone.
    ended: RefCell<SideError>,
    /// Whether the greeting was answered; what is asked before waits in `queue`.
    greeted: Cell<bool>,
    queue: RefCell<Vec<(u32, Command, Array)>>,
    next_id: Cell<u32>,
    waiting: RefCell<HashMap<u32, Rc<RefCell<Slot>>>>,
    /// The data set whose files the worker has.
    files_sent: RefCell<String>,
}

struct Running {
    worker: Worker,
    lock: String,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(ErrorEvent)>,
}

thread_local! {
    /// Files fetched for side workers, shared by all of them.
    static FILES: Rc<Files> = Rc::default();
}

impl SideWorker {
    /// Starts one. Where the browser refuses, every question is answered with [`SideError::NotStarted`].
    pub fn start() -> SideWorker {
        let inner = Rc::new(Inner {
            running: RefCell::default(),
            ended: RefCell::new(SideError::NotStarted),
            greeted: Cell::new(false),
            queue: RefCell::default(),
            next_id: Cell::new(spawn::IDS_FROM),
            waiting: RefCell::default(),
            files_sent: RefCell::default(),
        });
        if let Some(Found { worker, lock, .. }) = spawn::fresh() {
            let me = Rc::downgrade(&inner);
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |e: MessageEvent| {
                if let Some(inner) = me.upgrade() {
                    inner.hear(&e.data());
                }
            });
            let me = Rc::downgrade(&inner);
            let failed = Closure::<dyn Fn(ErrorEvent)>::new(move |e: ErrorEvent| {
                if let Some(inner) = me.upgrade() {
                    // A worker whose file is missing sends a plain event without words.
                    let message = Reflect::get(&e, &"message".into()).ok().and_then(|m| m.as_string());
                    inner.end(SideError::Died(message.unwrap_or_default()));
                }
            });
            worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
            *inner.running.borrow_mut() = Some(Running { worker, lock, _heard: heard, _failed: failed });
        }
        SideWorker(inner)
    }

    /// A handle that does not keep the worker alive, for tasks that ask many times.
    pub fn handle(&self) -> Side {
        Side(Rc::downgrade(&self.0))
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
        self.0.end(SideError::Stopped);
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
        let has = self.0.upgrade().is_some_and(|inner| *inner.files_sent.borrow() == experiment.data.set);
        let files = match set.filter(|_| !has) {
            Some(set) => {
                let files = FILES.with(Rc::clone);
                files.of(set, progress).await.map_err(SideError::Fetch)?
            }
            None => Array::new(),
        };
        if let Some(inner) = self.0.upgrade().filter(|_| files.length() > 0) {
            inner.files_sent.borrow_mut().clone_from(&experiment.data.set);
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
        match self.0.upgrade() {
            Some(inner) => inner.post(command, buffers, &slot),
            None => slot.borrow_mut().answer(Err(SideError::Stopped)),
        }
        Waiting(slot)
    }
}

impl Inner {
    fn post(&self, command: Command, buffers: Array, slot: &Rc<RefCell<Slot>>) {
        let running = self.running.borrow();
        let Some(running) = running.as_ref() else {
            return slot.borrow_mut().answer(Err(self.ended.borrow().clone()));
        };
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1).max(spawn::IDS_FROM));
        self.waiting.borrow_mut().insert(id, slot.clone());
        if self.greeted.get() {
            wire::send(&running.worker, id, &command, &buffers);
        } else {
            self.queue.borrow_mut().push((id, command, buffers));
        }
    }

    fn hear(self: &Rc<Self>, data: &wasm_bindgen::JsValue) {
        let Some(message) = wire::read(data) else { return };
        if message.id == 0 {
            return match read::text::<Event>(&message.json) {
                Ok(Event::Ready { .. }) => self.greet(),
                Ok(Event::Panic { message }) => self.end(SideError::Died(message)),
                Err(p) => self.end(SideError::Died(wire::unreadable(&p))),
            };
        }
        let reply = match read::text::<Reply>(&message.json) {
            Ok(reply) => reply,
            // An answer that cannot be read comes from a worker of another version: nothing it says can be trusted.
            Err(p) => return self.end(SideError::Died(wire::unreadable(&p))),
        };
        if message.id == spawn::HELLO_ID {
            return self.open(reply);
        }
        let Some(slot) = self.waiting.borrow_mut().remove(&message.id) else { return };
        let arrays = message.buffers.iter().map(wire::floats).collect();
        let answer = match reply {
            Reply::Failed(failure) => Err(SideError::Refused(failure)),
            reply => Ok((reply, arrays)),
        };
        slot.borrow_mut().answer(answer);
    }

    fn greet(&self) {
        if let Some(running) = self.running.borrow().as_ref() {
            let lang = Lang::En.tag().to_string();
            let hello = Command::Hello { protocol: PROTOCOL_VERSION, lang };
            wire::send(&running.worker, spawn::HELLO_ID, &hello, &Array::new());
        }
    }

    /// The greeting was answered: what waited goes out, and from now on its death is noticed.
    fn open(self: &Rc<Self>, reply: Reply) {
        if let Reply::Failed(failure) = reply {
            return self.end(SideError::Refused(failure));
        }
        self.greeted.set(true);
        let queued: Vec<_> = self.queue.borrow_mut().drain(..).collect();
        let Some(lock) = self.running.borrow().as_ref().map(|running| {
            queued.iter().for_each(|(id, command, buffers)| wire::send(&running.worker, *id, command, buffers));
            running.lock.clone()
        }) else {
            return;
        };
        let me = Rc::downgrade(self);
        let died = move || {
            if let Some(inner) = me.upgrade() {
                inner.end(SideError::Died(String::new()));
            }
        };
        // Where the browser has no locks, a silent death is not noticed: the answer does not come, and the learner stops it.
        alive::watch(lock, Rc::new(died), Rc::new(|| ()));
    }

    /// Puts the worker away and tells everybody who waits; only the first reason counts.
    fn end(&self, why: SideError) {
        let Some(running) = self.running.borrow_mut().take() else { return };
        *self.ended.borrow_mut() = why.clone();
        running.worker.set_onmessage(None);
        running.worker.set_onerror(None);
        running.worker.terminate();
        // This may run inside one of its listeners, which must outlive the call.
        Timeout::new(0, move || drop(running)).forget();
        self.queue.borrow_mut().clear();
        let waiting: Vec<_> = self.waiting.borrow_mut().drain().collect();
        waiting.iter().for_each(|(_, slot)| slot.borrow_mut().answer(Err(why.clone())));
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
