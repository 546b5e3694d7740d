//! One side's worker as the laboratory uses it: loads experiments, passes commands on, pulls frames.
//!
//! Not responsible for what the answers do to the page (`state`).

use super::setup::Which;
use super::state::LabMsg;
use crate::protocol::{Command, FrameRequest, Reply, Want};
use crate::spec::{Code, Experiment};
use crate::ui::frame_data::FrameData;
use crate::ui::link::side::{Side, SideError, SideWorker};
use crate::ui::plots::canvas;
use crate::ui::state::LoadedData;
use crate::ui::wants::Wants;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// The worker of one side; it ends with this value.
pub struct Runner(Rc<Inner>);

struct Inner {
    which: Which,
    worker: RefCell<Option<SideWorker>>,
    wants: Wants,
    emit: Callback<LabMsg>,
    /// What is to be loaded next, and whether a run may go on; a newer wish replaces it.
    next: RefCell<Option<(Rc<Experiment>, bool)>>,
    loading: Cell<bool>,
    /// Whether there is a network to look at.
    loaded: Cell<bool>,
    /// Whether a frame was asked for that has not come.
    asked: Cell<bool>,
    /// Whether something has happened since.
    dirty: Cell<bool>,
    /// Curve points that the page has.
    curves: Cell<usize>,
    /// Whether it takes steps now.
    training: Cell<bool>,
    /// Whether more steps are on their way.
    more: Cell<bool>,
}

impl Runner {
    /// A side whose worker starts with the first experiment.
    pub fn new(which: Which, wants: Wants, emit: Callback<LabMsg>) -> Runner {
        Runner(Rc::new(Inner {
            which,
            worker: RefCell::default(),
            wants,
            emit,
            next: RefCell::default(),
            loading: Cell::new(false),
            loaded: Cell::new(false),
            asked: Cell::new(false),
            dirty: Cell::new(false),
            curves: Cell::new(0),
            training: Cell::new(false),
            more: Cell::new(false),
        }))
    }

    /// Loads an experiment; those that come faster than the worker can follow are skipped, but for the last.
    pub fn load(&self, experiment: Rc<Experiment>, update: bool) {
        let anew = self.0.next.borrow().as_ref().is_some_and(|(_, update)| !update);
        *self.0.next.borrow_mut() = Some((experiment, update && !anew));
        self.0.load_next();
    }

    /// Sends a command, steps to be taken above all, and has the side looked at.
    pub fn send(&self, command: Command) {
        let Some(side) = self.0.side() else { return };
        let trains = matches!(command, Command::Train { .. });
        self.0.training.set(trains || self.0.training.get());
        let inner = Rc::downgrade(&self.0);
        spawn_local(async move {
            let answered = side.ask(command, &[]).await;
            let Some(inner) = inner.upgrade() else { return };
            if trains {
                inner.training.set(false);
            }
            match answered {
                Ok((Reply::Trained(t), _)) => inner.emit.emit(LabMsg::Trained(inner.which, t.step_ms)),
                Ok(_) => {}
                // The frame says so.
                Err(SideError::Refused(f)) if f.problems.iter().any(|p| p.code == Code::Diverged) => {}
                Err(error) => inner.fail(error),
            }
            inner.load_next();
        });
        self.0.look();
    }

    /// Has the side looked at.
    pub fn look(&self) {
        self.0.look();
    }

    /// Has the side looked at again, as long as it lives: what is shown has changed.
    pub fn looker(&self) -> Rc<dyn Fn()> {
        let weak = Rc::downgrade(&self.0);
        Rc::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.look();
            }
        })
    }

    /// How many curve points the page has, and whether more steps are on their way.
    pub fn follow(&self, curves: usize, more: bool) {
        self.0.curves.set(curves);
        self.0.more.set(more);
    }
}

impl Inner {
    fn side(&self) -> Option<Side> {
        self.worker.borrow().as_ref().map(SideWorker::handle)
    }

    fn fail(&self, error: SideError) {
        // The page has put it away by itself: nothing to be said.
        if error == SideError::Stopped {
            return;
        }
        self.loaded.set(false);
        if matches!(error, SideError::Died(_) | SideError::NotStarted) {
            // The next experiment starts another.
            *self.worker.borrow_mut() = None;
        }
        self.emit.emit(LabMsg::Failed(self.which, error));
    }

    fn load_next(self: &Rc<Self>) {
        // A network that is put away takes its steps first: they must not be taken by the next one.
        if self.loading.get() || self.training.get() {
            return;
        }
        let Some((experiment, update)) = self.next.borrow_mut().take() else { return };
        self.loading.set(true);
        let side = self.worker.borrow_mut().get_or_insert_with(SideWorker::start).handle();
        let (weak, which, emit) = (Rc::downgrade(self), self.which, self.emit.clone());
        spawn_local(async move {
            let progress = |got, all| emit.emit(LabMsg::Fetching(which, got, all));
            let done = side.run(&experiment, update, &progress).await;
            let Some(inner) = weak.upgrade() else { return };
            inner.loading.set(false);
            let newer = inner.next.borrow().is_some();
            match done {
                // What is loaded is not what is wanted any more.
                Ok(_) if newer => {}
                Ok((loaded, arrays)) => {
                    let array =
                        |i: Option<usize>| i.and_then(|i| arrays.get(i)).map(|a| a.to_vec()).unwrap_or_default();
                    let (x, y) = (array(loaded.preview_x), array(loaded.preview_y));
                    inner.loaded.set(true);
                    emit.emit(LabMsg::Loaded(which, Rc::new(LoadedData { loaded, x, y, ..LoadedData::default() })));
                    inner.look();
                }
                Err(error) => inner.fail(error),
            }
            inner.load_next();
        });
    }

    /// Asks for a frame before the next paint, unless one is on its way.
    fn look(self: &Rc<Self>) {
        self.dirty.set(true);
        if self.asked.get() || !self.loaded.get() {
            return;
        }
        let Some(window) = web_sys::window() else { return };
        let weak = Rc::downgrade(self);
        let ask = Closure::once_into_js(move || {
            let Some(inner) = weak.upgrade() else { return };
            inner.asked.set(false);
            // The last frame is not yet on the screen: another one would only push it out.
            if canvas::is_behind() { inner.look() } else { inner.ask() }
        });
        self.asked.set(window.request_animation_frame(ask.unchecked_ref()).is_ok());
    }

    fn ask(self: &Rc<Self>) {
        let Some(side) = self.side() else { return };
        let mut want = self.wants.merged();
        want.curves_since = Some(self.curves.get());
        // The first step is what theory speaks about: its norms are taken even where nobody looks yet. And who asks for
        // updates has the next step measured: asked before the first, it is the first.
        if self.curves.get() <= 1 {
            want.join(&FrameRequest::of([Want::GradientFlow, Want::Updates]));
        }
        want.between = self.more.get();
        self.dirty.set(false);
        self.asked.set(true);
        let weak = Rc::downgrade(self);
        spawn_local(async move {
            let answered = side.ask(Command::Frame { want }, &[]).await;
            let Some(inner) = weak.upgrade() else { return };
            inner.asked.set(false);
            match answered {
                Ok((Reply::Frame(frame), arrays)) => {
                    inner.emit.emit(LabMsg::Frame(inner.which, Rc::new(FrameData { frame: *frame, arrays })));
                    if inner.dirty.get() {
                        inner.look();
                    }
                }
                Ok(_) => {}
                Err(error) => inner.fail(error),
            }
        });
    }
}
