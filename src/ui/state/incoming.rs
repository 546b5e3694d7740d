//! What the worker says: something is loaded, a frame, a refusal, its own death.
//!
//! Not responsible for decoding (`ui::link`).

use super::carry;
use super::run::keep_run;
use super::{Effect, LoadedData, Notice, Picked, State, edit, notice, run};
use crate::protocol::{Example, Failure, Frame, GradientRow, Loaded};
use crate::spec::{Backend, Code, Problem};
use crate::ui::frame_data::FrameData;
use crate::ui::history::{self, ROWS_MAX};
use std::rc::Rc;

/// A worker that dies this often without showing anything is not started again by itself.
pub const DEATHS_MAX: u8 = 3;

pub(super) fn loaded(s: &mut State, data: Rc<LoadedData>) -> Vec<Effect> {
    s.run.fetching = None;
    let restored = std::mem::take(&mut s.run.restoring);
    s.run.experiment = data.runs.clone().unwrap_or_else(|| s.edit.experiment.clone());
    s.run.playing |= std::mem::take(&mut s.doctor.resume);
    s.doctor.rows = data.loaded.n_train;
    s.doctor.targets = data.loaded.target_range.or(s.doctor.targets.filter(|_| !data.loaded.restarted));
    s.doctor.floor = data.loaded.target_floor.or(s.doctor.floor.filter(|_| !data.loaded.restarted));
    s.doctor.contained = match &data.loaded.contained {
        Some(told) => Some(Rc::new(told.as_ref().clone())),
        None => s.doctor.contained.take().filter(|_| !data.loaded.restarted),
    };
    let step = s.run.status.step.max(data.loaded.step);
    if data.loaded.restarted {
        s.doctor.new_run()
    } else {
        s.doctor.changed(step)
    }
    if data.loaded.restarted || data.loaded.run != s.run.data.loaded.run {
        if !restored && s.page.notice.as_ref().is_some_and(notice::is_of_run) {
            s.page.notice = None;
        }
        s.run.pca = None;
        s.run.frame = Rc::default();
        s.run.status = Rc::default();
        s.run.marks = Rc::default();
        s.run.gradient_then = None;
        if !restored {
            s.run.curves = Rc::default();
            s.run.gradients = Rc::default();
            s.run.saved_step = 0;
        }
        s.run.curves_before = s.run.curves.clone();
    }
    let same_data = data.loaded.input == s.run.data.loaded.input && data.loaded.tokens == s.run.data.loaded.tokens;
    if data.loaded.restarted && !same_data && s.is_loaded() {
        s.view.example = Rc::default();
    }
    s.run.data = if data.loaded.restarted { data } else { Rc::new(with_old_preview(&data, &s.run.data)) };
    if let Some(there) = row_there(&s.view.example, &s.run.data.loaded) {
        s.view.example = Rc::new(there);
    }
    let layers = s.edit.experiment.model.layers.len();
    let gone = match s.view.picked {
        Some(Picked::Edge { layer, .. }) | Some(Picked::Unit { layer: Some(layer), .. }) => layer >= layers,
        Some(Picked::Unit { layer: None, .. }) | None => false,
        Some(Picked::Cell { .. }) => s.run.data.loaded.restarted,
    };
    if gone {
        s.view.picked = None;
    }
    if s.run.playing { vec![run::play(s)] } else { Vec::new() }
}

/// The last row that there is, where the one that panels follow went with the samples.
fn row_there(example: &Example, loaded: &Loaded) -> Option<Example> {
    match *example {
        Example::Train(row) if row >= loaded.n_train.max(1) => Some(Example::Train(loaded.n_train.saturating_sub(1))),
        Example::Test(_) if loaded.n_test == 0 => Some(Example::default()),
        Example::Test(row) if row >= loaded.n_test => Some(Example::Test(loaded.n_test - 1)),
        Example::Train(_) | Example::Test(_) | Example::Own(_) | Example::Text(_) => None,
    }
}

/// What an experiment asked for and could not have.
enum Lost {
    Data(String),
    Backend,
}

pub(super) fn failed(s: &mut State, failure: Failure) -> Vec<Effect> {
    s.run.fetching = None;
    let set = |p: &Problem| p.args.iter().find(|(name, _)| name == "set").map(|(_, set)| set.clone());
    let lost = failure.problems.iter().find_map(|p| {
        if matches!(p.code, Code::DataFetch | Code::DataDecode) {
            return set(p).map(Lost::Data);
        }
        matches!(p.code, Code::NoBackend | Code::NoCard).then_some(Lost::Backend)
    });
    s.page.notice = Some(Notice::Refused(failure.problems));
    match lost {
        Some(Lost::Data(set)) => edit::take_back(s, |e| e.data.set != set),
        Some(Lost::Backend) => {
            let asked = s.edit.experiment.backend;
            edit::take_back(s, |e| e.backend != asked || asked == Backend::Auto)
        }
        None => Vec::new(),
    }
}

pub(super) fn frame(s: &mut State, data: &Rc<FrameData>) {
    let frame = &data.frame;
    if frame.status.run != s.run.data.loaded.run {
        return;
    }
    // A run that was started again and fails in the same way has failed again, even if no frame came between.
    let news = s.run.playing || frame.status.diverged != s.run.status.diverged;
    let diverged = frame.status.diverged.clone().filter(|_| news);
    curves(s, frame, diverged.is_some());
    let back = !frame.status.running && frame.status.step < frame.status.step_max;
    let row = frame.gradient_flow();
    s.run.gradient_then = row.filter(|_| back).map(|r| Rc::new(r.clone()));
    if let Some(row) = row.filter(|_| !back) {
        gradient_row(s, row, frame.status.running);
    }
    // While problems are typed the worker trains another experiment than the page's. The doctor compares what frames say
    // of units with what they say of layers: it needs whole ones.
    // Until an edit has reached the worker its frames are of the network before it.
    let is_of_edit = Rc::ptr_eq(&s.run.experiment, &s.edit.experiment) || s.run.experiment == s.edit.experiment;
    if !frame.brief
        && s.edit.problems.is_empty()
        && is_of_edit
        && let Some(hear) = s.doctor.ears.0
    {
        hear(&mut s.doctor, data, &s.run.curves, &s.edit.experiment);
    }
    // The worker pauses by itself when a goal is reached or a number left the finite range.
    s.run.playing &= frame.status.running && diverged.is_none();
    if let Some(d) = diverged {
        s.page.notice = Some(Notice::Diverged(d));
    } else if s.page.notice.as_ref().is_some_and(|n| notice::is_past(n, &frame.status)) {
        s.page.notice = None;
    }
    if let Some(why) = frame.status.lost.as_ref().filter(|_| s.run.status.lost.is_none()) {
        s.page.notice = Some(Notice::CardLost(why.as_str().into()));
    }
    s.run.pca = frame.pca().cloned().or(s.run.pca.take());
    if frame.checkpoint().is_some() {
        s.run.saved_step = frame.status.step;
    }
    s.run.deaths = 0;
    s.run.status = Rc::new(frame.status.clone());
    s.run.marks = Rc::new(frame.timeline.clone());
    if !frame.brief {
        s.run.frame = carry::over(&s.run.frame, data);
    }
}

/// A run that goes on does not send its data again.
fn with_old_preview(new: &LoadedData, old: &LoadedData) -> LoadedData {
    let Loaded {
        preview_x, preview_y, preview_train, x_scale, target_range, target_floor, ref scale, ref typical, ..
    } = old.loaded;
    let (scale, typical) = (scale.clone(), typical.clone());
    let preview =
        Loaded { preview_x, preview_y, preview_train, x_scale, target_range, target_floor, ..new.loaded.clone() };
    let loaded = Loaded { scale, typical, ..preview };
    LoadedData { loaded, x: old.x.clone(), y: old.y.clone(), scale: old.scale.clone(), runs: new.runs.clone() }
}

/// Adds new points. A curve comes anew from its first point after it was thinned, and after a fork: then the abandoned
/// one is kept for comparison.
fn curves(s: &mut State, frame: &Frame, rolled_back: bool) {
    let before = s.run.curves_before.len();
    let have = s.run.curves.len() - before;
    if frame.curves_from > have || (frame.curves_from == have && frame.curves.is_empty()) {
        return;
    }
    if frame.curves_from < have && !rolled_back && forked(s, frame) {
        keep_run(s);
    }
    let curves = Rc::make_mut(&mut s.run.curves);
    curves.truncate(before + frame.curves_from);
    curves.extend_from_slice(&frame.curves);
}

/// Whether the learner has trained on from an earlier step since the last frame.
fn forked(s: &State, frame: &Frame) -> bool {
    let (was, is) = (&*s.run.status, &frame.status);
    let looked_back = was.step < was.step_max;
    let cut = s.run.curves.last().is_some_and(|p| p.step > is.step_max);
    cut || (looked_back && is.step == is.step_max && is.step_max != was.step_max)
}

/// Adds a row. While the learner only looks back at an earlier step, nothing is cut; once she trains on from there, the
/// rows of the abandoned future go.
fn gradient_row(s: &mut State, row: &GradientRow, running: bool) {
    let last = s.run.gradients.last().map(|r| r.step);
    if last == Some(row.step) || (last.is_some_and(|l| l > row.step) && !running) {
        return;
    }
    let rows = Rc::make_mut(&mut s.run.gradients);
    rows.retain(|r| r.step < row.step);
    history::remember(rows, Rc::new(row.clone()), ROWS_MAX);
}

pub(super) fn worker_died(s: &mut State, message: String) -> Vec<Effect> {
    s.run.deaths = s.run.deaths.saturating_add(1);
    s.run.fetching = None;
    s.page.notice = Some(Notice::WorkerRestarted { step: s.run.saved_step, message });
    // What lies after the checkpoint is lost with the worker.
    let saved = s.run.saved_step;
    Rc::make_mut(&mut s.run.curves).retain(|p| p.step <= saved);
    Rc::make_mut(&mut s.run.gradients).retain(|r| r.step <= saved);
    s.run.curves_before = s.run.curves.clone();
    s.run.restoring = true;
    if s.is_dead() {
        s.run.playing = false;
        return Vec::new();
    }
    vec![Effect::Restart]
}
