//! Pulling frames: the next one is asked for when the last one has been painted, and names only what can be seen.
//!
//! Nothing is asked for while nothing changes. Not responsible for how long the worker takes over an answer.

use super::{Link, Msg, RunMsg, Waiting, wire};
use crate::protocol::{Command, Reply, Want};
use crate::ui::frame_data::FrameData;
use crate::ui::plots::canvas;
use crate::ui::side_error::SideError;
use gloo::timers::callback::Interval;
use js_sys::{Array, ArrayBuffer};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Between two checkpoints that the page takes while training.
const CHECKPOINT_MS: f64 = 2000.0;
/// Silence after which a worker counts as dead where locks cannot tell.
const SILENCE_MS: f64 = 10_000.0;

/// Where the next frame is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Phase {
    /// Nobody asked for one.
    #[default]
    Idle,
    /// It will be asked for before the next paint.
    Scheduled,
    /// It has been asked for at that time.
    Asked(f64),
}

/// The state of the pump.
#[derive(Default)]
pub(super) struct Pump {
    phase: Cell<Phase>,
    /// Something has changed since the last frame was asked for.
    dirty: Cell<bool>,
    /// Counts commands after which a frame asked for earlier is out of date.
    stale: Cell<u32>,
    /// A frame was thrown away, and with it perhaps a rewritten curve: the next one must bring all of it.
    whole: Cell<bool>,
    /// Curve points of the worker's that the page has.
    pub curves: Cell<usize>,
    checkpoint_ms: Cell<f64>,
    training: Cell<bool>,
    clock: RefCell<Option<Interval>>,
}

impl Pump {
    /// Forgets what was under way: the worker is gone.
    pub(super) fn idle(&self) {
        self.phase.set(Phase::Idle);
        self.training.set(false);
        *self.clock.borrow_mut() = None;
    }
}

fn now_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

impl Link {
    /// Something has changed that a frame may show.
    pub(super) fn look(&self) {
        self.0.pump.dirty.set(true);
        if self.0.pump.phase.get() == Phase::Idle {
            self.schedule();
        }
    }

    /// A frame on its way shows what was, not what is.
    pub(super) fn outdate(&self) {
        self.0.pump.stale.set(self.0.pump.stale.get().wrapping_add(1));
    }

    fn schedule(&self) {
        if self.0.runs.borrow().is_none() || !self.is_greeted() {
            return;
        }
        let Some(window) = web_sys::window() else { return };
        let link = self.clone();
        let generation = self.generation();
        let ask = Closure::once_into_js(move || {
            if link.generation() != generation {
                return;
            }
            // The last frame is not yet on the screen: another one would only push it out.
            if canvas::is_behind() { link.schedule() } else { link.ask() }
        });
        if window.request_animation_frame(ask.unchecked_ref()).is_ok() {
            self.0.pump.phase.set(Phase::Scheduled);
        }
    }

    fn ask(&self) {
        let pump = &self.0.pump;
        let now = now_ms();
        let mut want = self.0.wants.merged();
        // Curves are always kept up: they cost little, and a gap could not be filled later.
        want.curves_since = Some(if pump.whole.take() { 0 } else { pump.curves.get() });
        want.brief = true;
        let due = pump.training.get() && now - pump.checkpoint_ms.get() > CHECKPOINT_MS;
        want.wants.extend(due.then_some(Want::Checkpoint));
        pump.dirty.set(false);
        pump.phase.set(Phase::Asked(now));
        self.post(Command::Frame { want }, Array::new(), Waiting::Frame(pump.stale.get()));
    }

    /// The worker's answer to [`Link::ask`].
    pub(super) fn frame(&self, reply: Reply, buffers: &[ArrayBuffer], stale: u32) {
        let pump = &self.0.pump;
        pump.phase.set(Phase::Idle);
        let Reply::Frame(frame) = reply else { return };
        if stale != pump.stale.get() {
            pump.whole.set(true);
            return self.look();
        }
        pump.training.set(frame.status.running);
        if let Some(bytes) = frame.checkpoint().and_then(|i| buffers.get(i)) {
            *self.0.checkpoint.borrow_mut() = Some(bytes.clone());
            pump.checkpoint_ms.set(now_ms());
        }
        let array = |(i, b): (usize, &ArrayBuffer)| {
            if frame.checkpoint() == Some(i) { Rc::from([]) } else { wire::floats(b) }
        };
        let arrays = buffers.iter().enumerate().map(array).collect();
        let running = frame.status.running;
        self.0.emit.emit(Msg::Run(RunMsg::Frame(Rc::new(FrameData { frame: *frame, arrays }))));
        if (running || pump.dirty.get()) && pump.phase.get() == Phase::Idle {
            self.schedule();
        }
    }

    /// Without locks: an answer that does not come within [`SILENCE_MS`] means death.
    pub(super) fn watch_clock(&self, generation: u32) {
        let link = self.clone();
        let tick = Interval::new(1000, move || {
            let silent = matches!(link.0.pump.phase.get(), Phase::Asked(since) if now_ms() - since > SILENCE_MS);
            let hidden = web_sys::window().and_then(|w| w.document()).is_some_and(|d| d.hidden());
            if silent && !hidden && !link.0.busy.get() && link.generation() == generation {
                let client = link.0.worker.borrow().clone();
                client.into_iter().for_each(|c| c.die(SideError::Died(String::new())));
            }
        });
        *self.0.pump.clock.borrow_mut() = Some(tick);
    }
}
