//! One worker's life as the page sees it: started, heard, found dead.
//!
//! Not responsible for what it says (`link/mod.rs`).

use super::{Link, Waiting, alive};
use crate::spec::{Experiment, preset};
use crate::ui::worker_start;
use js_sys::{Array, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker};

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

/// A living worker with its listeners.
pub(super) struct Running {
    pub worker: Worker,
    pub lock: String,
    /// Which worker of this page it is; what an older one says late is not heard.
    pub generation: u32,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(ErrorEvent)>,
}

impl Link {
    /// Which worker of this page is the present one; 0 when there is none.
    pub(super) fn generation(&self) -> u32 {
        self.0.worker.borrow().as_ref().map_or(0, |r| r.generation)
    }

    /// Starts a worker. Returns whether it is loading `first` already.
    pub(super) fn spawn(&self, first: Option<&Rc<Experiment>>) -> bool {
        let generation = self.0.next_id.get();
        self.0.next_id.set(generation.wrapping_add(1).max(IDS_FROM));
        let Some(Found { worker, lock, said, greeted }) = early().or_else(fresh) else {
            self.0.emit.emit(super::Msg::WorkerDied(PROGRAM.into()));
            return false;
        };
        let first = first.filter(|e| greeted && ***e == preset::first()).cloned();
        let loading = first.is_some();
        if greeted {
            let mut waiting = self.0.waiting.borrow_mut();
            waiting.insert(HELLO_ID, Waiting::Hello);
            waiting.insert(STEP_ID, Waiting::Other);
            // Unless it is wanted, what it loads is only looked at.
            let load = first.map_or(Waiting::Other, |experiment| Waiting::Load { experiment, restore: false });
            waiting.insert(LOAD_ID, load);
            self.0.busy.set(loading);
        }
        let link = self.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |e: MessageEvent| {
            if link.generation() == generation {
                link.hear(&e.data());
            }
        });
        let link = self.clone();
        let failed = Closure::<dyn Fn(ErrorEvent)>::new(move |e: ErrorEvent| {
            if link.generation() == generation {
                // A worker whose file is missing sends a plain event without words.
                let message = Reflect::get(&e, &"message".into()).ok().and_then(|m| m.as_string());
                link.died(message.unwrap_or_default());
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let running = Running { worker, lock, generation, _heard: heard, _failed: failed };
        *self.0.worker.borrow_mut() = Some(running);
        said.iter().for_each(|data| self.hear(&data));
        loading
    }

    /// Has the present worker watched, once it is known to be up.
    pub(super) fn watch(&self) {
        let Some((lock, generation)) = self.0.worker.borrow().as_ref().map(|r| (r.lock.clone(), r.generation)) else {
            return;
        };
        let (link, clock) = (self.clone(), self.clone());
        let died = move || {
            if link.generation() == generation {
                link.died(String::new());
            }
        };
        alive::watch(lock, Rc::new(died), Rc::new(move || clock.watch_clock(generation)));
    }

    /// Puts the worker away and tells the page.
    pub(super) fn died(&self, message: String) {
        let Some(running) = self.0.worker.borrow_mut().take() else { return };
        running.worker.set_onmessage(None);
        running.worker.set_onerror(None);
        running.worker.terminate();
        // This may run inside one of its listeners, which must outlive the call.
        gloo::timers::callback::Timeout::new(0, move || drop(running)).forget();
        // Taken out first: who waits is told, and may ask again.
        drop(std::mem::take(&mut *self.0.waiting.borrow_mut()));
        self.0.greeted.set(false);
        self.0.busy.set(false);
        self.0.files_sent.borrow_mut().clear();
        self.0.seek_next.set(None);
        self.0.seeking.set(false);
        self.0.pump.idle();
        self.0.emit.emit(super::Msg::WorkerDied(message));
    }
}

pub(super) struct Found {
    pub worker: Worker,
    pub lock: String,
    /// What it has said so far.
    said: Array,
    /// Whether it has been greeted and given the first experiment.
    greeted: bool,
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
pub(super) fn fresh() -> Option<Found> {
    let lock = format!("gradarium-worker-{:x}", (js_sys::Math::random() * 1e15) as u64);
    let module = web_sys::window().and_then(|w| Reflect::get(&w, &MODULE.into()).ok()?.dyn_into::<Promise>().ok());
    let asks = if module.is_some() { "module&" } else { "" };
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
