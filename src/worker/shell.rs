//! Connects the reactor to a Web Worker: mailbox, clock, transfers, the lock that shows it is alive, the panic hook.
//!
//! Who sets `gradariumHost` gets the engine into its own worker: an object that stands for the worker's scope, with
//! `postMessage`, `onmessage`, `performance`, `setTimeout`, `location`, `navigator`, and `closed` once it is done with.
//! Not responsible for any decision (`reactor`).

use super::buffer::Buffer;
use super::reactor::{Next, Outgoing, Reactor};
use crate::protocol::{Event, PROTOCOL_VERSION, Reply};
use js_sys::{Array, Float32Array, Function, Object, Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, Performance};

struct Shell {
    reactor: Reactor,
    scope: DedicatedWorkerGlobalScope,
    clock: Option<Performance>,
    /// Posting to ourselves lets waiting messages go first; a timer of 0 ms would wait 4.
    to_self: Option<MessageChannel>,
    /// A tick is already in the mailbox.
    ticking: bool,
    /// Raised to make timers that are still waiting void.
    timer: u32,
    out: Vec<Outgoing>,
}

thread_local! {
    static SHELL: RefCell<Option<Shell>> = const { RefCell::new(None) };
    /// The scope, or who stands for it.
    static HOST: DedicatedWorkerGlobalScope = host();
}

fn host() -> DedicatedWorkerGlobalScope {
    let global = js_sys::global();
    let host = Reflect::get(&global, &"gradariumHost".into()).unwrap_or(JsValue::UNDEFINED);
    if host.is_object() { host.unchecked_into() } else { global.unchecked_into() }
}

fn now(clock: Option<&Performance>) -> f64 {
    clock.map_or_else(js_sys::Date::now, Performance::now)
}

/// Starts listening. Called once, from the worker's `main`.
#[cfg(not(feature = "webgpu"))]
pub fn start() {
    listen(Reactor::new());
}

/// The same, once it is known whether there is a card: whoever greets the worker waits for its first word anyway.
#[cfg(feature = "webgpu")]
pub fn start() {
    // Who stands for the scope does so only while this function runs.
    HOST.with(|_| ());
    wasm_bindgen_futures::spawn_local(async { listen(Reactor::with(crate::backend::Backends::request().await)) });
}

fn listen(reactor: Reactor) {
    let scope = HOST.with(Clone::clone);
    std::panic::set_hook(Box::new(|info| {
        HOST.with(|scope| post(scope, 0, &Event::Panic { message: info.to_string() }, &Array::new()));
    }));
    hold_lock(&scope);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|e: MessageEvent| with(|s| s.receive(&e.data())));
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let to_self = MessageChannel::new().ok();
    if let Some(channel) = &to_self {
        let on_tick = Closure::<dyn FnMut(MessageEvent)>::new(|_| with(Shell::tick));
        channel.port2().set_onmessage(Some(on_tick.as_ref().unchecked_ref()));
        on_tick.forget();
    }
    post(&scope, 0, &Event::Ready { protocol: PROTOCOL_VERSION }, &Array::new());
    let clock = scope.performance();
    let shell = Shell { reactor, scope, clock, to_self, ticking: false, timer: 0, out: Vec::new() };
    SHELL.with(|cell| *cell.borrow_mut() = Some(shell));
}

fn with(f: impl FnOnce(&mut Shell)) {
    SHELL.with(|cell| {
        if let Some(shell) = cell.borrow_mut().as_mut() {
            f(shell);
        }
    });
}

impl Shell {
    fn receive(&mut self, data: &JsValue) {
        let get = |key: &str| Reflect::get(data, &key.into()).unwrap_or(JsValue::UNDEFINED);
        let id = get("id").as_f64().unwrap_or(0.0) as u32;
        let json = get("json").as_string().unwrap_or_default();
        let buffers = get("buffers").dyn_into::<Array>().map(|list| list.iter().map(|b| bytes(&b)).collect());
        let clock = self.clock.clone();
        self.reactor.message(id, &json, buffers.unwrap_or_default(), &|| now(clock.as_ref()), &mut self.out);
        self.flush();
        if !self.ticking {
            let next = self.reactor.next();
            self.schedule(next);
        }
    }

    fn tick(&mut self) {
        self.ticking = false;
        let clock = self.clock.clone();
        let next = self.reactor.tick(&|| now(clock.as_ref()), &mut self.out);
        self.flush();
        self.schedule(next);
    }

    fn schedule(&mut self, next: Next) {
        self.timer += 1;
        if Reflect::get(&self.scope, &"closed".into()).is_ok_and(|closed| closed.is_truthy()) {
            return;
        }
        match (next, &self.to_self) {
            (Next::Idle, _) => {}
            (Next::Now, Some(channel)) => self.ticking = channel.port1().post_message(&JsValue::NULL).is_ok(),
            (Next::Now, None) => self.after(0.0),
            (Next::At(at), _) => {
                let wait = at - now(self.clock.as_ref());
                self.after(wait);
            }
        }
    }

    fn after(&mut self, ms: f64) {
        let timer = self.timer;
        let tick = Closure::once_into_js(move || {
            with(|s| {
                if s.timer == timer {
                    s.tick();
                }
            });
        });
        let ms = ms.clamp(0.0, 10_000.0).ceil() as i32;
        // A worker scope always has timers.
        let _id = self.scope.set_timeout_with_callback_and_timeout_and_arguments_0(tick.unchecked_ref(), ms);
    }

    fn flush(&mut self) {
        for o in self.out.drain(..) {
            let buffers = Array::new();
            for b in &o.buffers {
                buffers.push(&match b {
                    Buffer::F32(values) => Float32Array::from(values.as_slice()).buffer().into(),
                    Buffer::Bytes(values) => JsValue::from(Uint8Array::from(values.as_slice()).buffer()),
                });
            }
            post::<Reply>(&self.scope, o.id, &o.reply, &buffers);
        }
    }
}

fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

/// Sends `{id, json, buffers}`; the arrays are transferred, not copied.
fn post<T: serde::Serialize>(scope: &DedicatedWorkerGlobalScope, id: u32, message: &T, buffers: &Array) {
    let o = Object::new();
    // Protocol types are plain data with string keys: serialising cannot fail.
    let json = serde_json::to_string(message).unwrap_or_default();
    for (key, value) in [("id", JsValue::from(id)), ("json", JsValue::from(json)), ("buffers", buffers.into())] {
        // Setting a property of a fresh plain object cannot fail.
        let _set = Reflect::set(&o, &key.into(), &value);
    }
    // Posting fails only when the page is gone, and then nobody is left to tell.
    let _sent = scope.post_message_with_transfer(&o, buffers);
}

/// Holds the lock named in the worker's URL for as long as it lives: who gets the lock next knows that it died.
fn hold_lock(scope: &DedicatedWorkerGlobalScope) {
    let search = scope.location().search();
    let Some(name) = search.trim_start_matches('?').split('&').find_map(|p| p.strip_prefix("lock=")) else { return };
    let locks = Reflect::get(&scope.navigator(), &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let Ok(request) = Reflect::get(&locks, &"request".into()).and_then(|f| f.dyn_into::<Function>()) else { return };
    let forever = Closure::once_into_js(|| Promise::new(&mut |_, _| {}));
    // A refused lock only means that the page falls back to its watchdog.
    let _promise = request.call2(&locks, &name.into(), &forever);
}
