//! One worker and the wire to it: greeted, asked, heard, found dead. The page's own link and every side worker have one.
//!
//! Not responsible for what is asked, nor for starting another worker where one died.

use super::spawn::{self, Found, Program};
use super::{alive, wire};
use crate::i18n::Lang;
use crate::protocol::{Command, Event, PROTOCOL_VERSION, Reply};
use crate::spec::read;
use crate::ui::side_error::SideError;
use gloo::timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer, Reflect};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker};

/// A reply with its buffers, or why there is none; a refusal is a reply.
pub(super) type Heard = Result<(Reply, Vec<ArrayBuffer>), SideError>;
/// Who waits for a reply; always told, and once.
pub(super) type Then = Box<dyn FnOnce(Heard)>;

/// What the owner of a worker is told of its life.
pub(super) struct Told {
    /// The greeting was answered.
    pub opened: Box<dyn Fn()>,
    /// The browser has no locks that would show its death: the owner has to watch.
    pub unwatched: Rc<dyn Fn()>,
    /// It is gone, and nobody has stopped it.
    pub ended: Box<dyn Fn(SideError)>,
}

/// A handle on the worker; clones share it. The worker lives until [`Client::stop`] or its own death.
#[derive(Clone)]
pub(super) struct Client(Rc<Inner>);

struct Inner {
    program: Program,
    /// `None` once it is gone.
    running: RefCell<Option<Running>>,
    /// Why it is gone.
    why: RefCell<SideError>,
    told: Told,
    /// Whether the greeting was answered; what is asked before waits in `queue`.
    greeted: Cell<bool>,
    queue: RefCell<Vec<(u32, Command, Array)>>,
    next_id: Cell<u32>,
    waiting: RefCell<HashMap<u32, Then>>,
    /// The data set whose files the worker has.
    files_sent: RefCell<String>,
}

struct Running {
    worker: Worker,
    lock: String,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(ErrorEvent)>,
}

impl Client {
    /// A worker that has been started. `asked` are replies that are due already: `index.html` greets and asks before this
    /// code is there. What such a worker has said so far is still to be heard ([`Client::hear`]).
    pub(super) fn new(found: Found, program: Program, told: Told, asked: Vec<(u32, Then)>) -> Client {
        let Found { worker, lock, greeted, .. } = found;
        let client = Client(Rc::new(Inner {
            program,
            running: RefCell::default(),
            why: RefCell::new(SideError::Stopped),
            told,
            greeted: Cell::new(false),
            queue: RefCell::default(),
            next_id: Cell::new(spawn::IDS_FROM),
            waiting: RefCell::new(asked.into_iter().collect()),
            files_sent: RefCell::default(),
        }));
        if greeted {
            client.expect_greeting();
        }
        let me = Rc::downgrade(&client.0);
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |e: MessageEvent| {
            if let Some(inner) = me.upgrade() {
                Client(inner).hear(&e.data());
            }
        });
        let me = Rc::downgrade(&client.0);
        let failed = Closure::<dyn Fn(ErrorEvent)>::new(move |e: ErrorEvent| {
            if let Some(inner) = me.upgrade() {
                // A worker whose file is missing sends a plain event without words.
                let message = Reflect::get(&e, &"message".into()).ok().and_then(|m| m.as_string());
                Client(inner).die(SideError::Died(message.unwrap_or_default()));
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        *client.0.running.borrow_mut() = Some(Running { worker, lock, _heard: heard, _failed: failed });
        client
    }

    /// Which program it runs.
    pub(super) fn program(&self) -> Program {
        self.0.program
    }

    /// Whether the greeting was answered.
    pub(super) fn is_greeted(&self) -> bool {
        self.0.greeted.get()
    }

    /// The data set whose files the worker has; empty: none.
    pub(super) fn files_sent(&self) -> &RefCell<String> {
        &self.0.files_sent
    }

    /// Sends a command, once the greeting is answered; the buffers are transferred.
    pub(super) fn ask(&self, command: Command, buffers: Array, then: Then) {
        let running = self.0.running.borrow();
        let Some(running) = running.as_ref() else {
            let why = self.0.why.borrow().clone();
            return then(Err(why));
        };
        let id = self.0.next_id.get();
        self.0.next_id.set(id.wrapping_add(1).max(spawn::IDS_FROM));
        self.0.waiting.borrow_mut().insert(id, then);
        if self.0.greeted.get() {
            wire::send(&running.worker, id, &command, &buffers);
        } else {
            self.0.queue.borrow_mut().push((id, command, buffers));
        }
    }

    /// A message from the worker.
    pub(super) fn hear(&self, data: &JsValue) {
        let Some(message) = wire::read(data) else { return };
        if message.id == 0 {
            return match read::text::<Event>(&message.json) {
                Ok(Event::Ready { .. }) => self.greet(),
                Ok(Event::Panic { message }) => self.die(SideError::Died(message)),
                Err(p) => self.die(SideError::Died(wire::unreadable(&p))),
            };
        }
        let Some(then) = self.0.waiting.borrow_mut().remove(&message.id) else { return };
        match read::text::<Reply>(&message.json) {
            Ok(reply) => then(Ok((reply, message.buffers))),
            // An answer that cannot be read comes from a worker of another version: nothing it says can be trusted.
            Err(p) => {
                let why = SideError::Died(wire::unreadable(&p));
                then(Err(why.clone()));
                self.die(why);
            }
        }
    }

    fn greet(&self) {
        // `index.html` greets the worker that it starts.
        if self.0.waiting.borrow().contains_key(&spawn::HELLO_ID) {
            return;
        }
        self.expect_greeting();
        if let Some(running) = self.0.running.borrow().as_ref() {
            let lang = Lang::En.tag().to_string();
            let hello = Command::Hello { protocol: PROTOCOL_VERSION, lang };
            wire::send(&running.worker, spawn::HELLO_ID, &hello, &Array::new());
        }
    }

    fn expect_greeting(&self) {
        let me = Rc::downgrade(&self.0);
        let then = move |heard: Heard| {
            let Some(client) = me.upgrade().map(Client) else { return };
            match heard {
                Ok((Reply::Failed(failure), _)) => client.die(SideError::Refused(failure)),
                Ok(_) => client.open(),
                Err(_) => {}
            }
        };
        self.0.waiting.borrow_mut().insert(spawn::HELLO_ID, Box::new(then));
    }

    /// What waited goes out, and from now on its death is noticed.
    fn open(&self) {
        self.0.greeted.set(true);
        let queued: Vec<_> = self.0.queue.borrow_mut().drain(..).collect();
        let Some(lock) = self.0.running.borrow().as_ref().map(|running| {
            queued.iter().for_each(|(id, command, buffers)| wire::send(&running.worker, *id, command, buffers));
            running.lock.clone()
        }) else {
            return;
        };
        let me = Rc::downgrade(&self.0);
        let died = move || {
            if let Some(inner) = me.upgrade() {
                Client(inner).die(SideError::Died(String::new()));
            }
        };
        alive::watch(lock, Rc::new(died), self.0.told.unwatched.clone());
        (self.0.told.opened)();
    }

    /// Puts the worker away, tells everybody who waits, and the owner.
    pub(super) fn die(&self, why: SideError) {
        if self.end(&why) {
            (self.0.told.ended)(why);
        }
    }

    /// Puts the worker away and tells everybody who waits.
    pub(super) fn stop(&self) {
        self.end(&SideError::Stopped);
    }

    /// Whether there was one; only the first reason counts.
    fn end(&self, why: &SideError) -> bool {
        let Some(running) = self.0.running.borrow_mut().take() else { return false };
        *self.0.why.borrow_mut() = why.clone();
        running.worker.set_onmessage(None);
        running.worker.set_onerror(None);
        running.worker.terminate();
        // This may run inside one of its listeners, which must outlive the call.
        Timeout::new(0, move || drop(running)).forget();
        self.0.greeted.set(false);
        self.0.queue.borrow_mut().clear();
        // Taken out first: who waits is told, and may ask again.
        let waiting: Vec<_> = self.0.waiting.borrow_mut().drain().collect();
        waiting.into_iter().for_each(|(_, then)| then(Err(why.clone())));
        true
    }
}
