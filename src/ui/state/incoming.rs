//! What the worker says: something is loaded, a frame, a refusal, its own death.
//!
//! Not responsible for decoding (`ui::link`).

use super::carry;
use super::update::keep_run;
use super::{Effect, LoadedData, Notice, Picked, State, edit, notice, run};
use crate::protocol::{Example, Failure, Frame, GradientRow, Loaded};
use crate::spec::{Backend, Code, Problem};
use crate::ui::frame_data::FrameData;
use crate::ui::plots::history;
use std::rc::Rc;

/// A worker that dies this often without showing anything is not started again by itself.
pub const DEATHS_MAX: u8 = 3;

pub(super) fn loaded(s: &mut State, data: Rc<LoadedData>) -> Vec<Effect> {
    s.fetching = None;
    let restored = std::mem::take(&mut s.restoring);
    s.runs = data.runs.clone().unwrap_or_else(|| s.experiment.clone());
    s.playing |= std::mem::take(&mut s.doctor.resume);
    s.doctor.rows = data.loaded.n_train;
    s.doctor.targets = data.loaded.target_range.or(s.doctor.targets.filter(|_| !data.loaded.restarted));
    let step = s.status.step.max(data.loaded.step);
    if data.loaded.restarted {
        s.doctor.new_run()
    } else {
        s.doctor.changed(step)
    }
    if data.loaded.restarted || data.loaded.run != s.data.loaded.run {
        if !restored && s.notice.as_ref().is_some_and(notice::is_of_run) {
            s.notice = None;
        }
        s.frame = Rc::default();
        s.status = Rc::default();
        s.marks = Rc::default();
        s.gradient_then = None;
        if !restored {
            s.curves = Rc::default();
            s.gradients = Rc::default();
            s.saved_step = 0;
        }
        s.curves_before = s.curves.clone();
    }
    let same_data = data.loaded.input == s.data.loaded.input && data.loaded.tokens == s.data.loaded.tokens;
    if data.loaded.restarted && !same_data && s.is_loaded() {
        s.example = Rc::default();
    }
    s.data = if data.loaded.restarted { data } else { Rc::new(with_old_preview(&data, &s.data)) };
    if let Some(there) = row_there(&s.example, &s.data.loaded) {
        s.example = Rc::new(there);
    }
    let layers = s.experiment.model.layers.len();
    let gone = match s.picked {
        Some(Picked::Edge { layer, .. }) | Some(Picked::Unit { layer: Some(layer), .. }) => layer >= layers,
        Some(Picked::Unit { layer: None, .. }) | None => false,
        Some(Picked::Cell { .. }) => s.data.loaded.restarted,
    };
    if gone {
        s.picked = None;
    }
    if s.playing { vec![run::play(s)] } else { Vec::new() }
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
    s.fetching = None;
    let set = |p: &Problem| p.args.iter().find(|(name, _)| name == "set").map(|(_, set)| set.clone());
    let lost = failure.problems.iter().find_map(|p| {
        if matches!(p.code, Code::DataFetch | Code::DataDecode) {
            return set(p).map(Lost::Data);
        }
        (p.code == Code::NoBackend).then_some(Lost::Backend)
    });
    s.notice = Some(Notice::Refused(failure.problems));
    match lost {
        Some(Lost::Data(set)) => edit::take_back(s, |e| e.data.set != set),
        Some(Lost::Backend) => {
            let asked = s.experiment.backend;
            edit::take_back(s, |e| e.backend != asked || asked == Backend::Auto)
        }
        None => Vec::new(),
    }
}

pub(super) fn frame(s: &mut State, data: &Rc<FrameData>) {
    let frame = &data.frame;
    if frame.status.run != s.data.loaded.run {
        return;
    }
    // A run that was started again and fails in the same way has failed again, even if no frame came between.
    let news = s.playing || frame.status.diverged != s.status.diverged;
    let diverged = frame.status.diverged.clone().filter(|_| news);
    curves(s, frame, diverged.is_some());
    let back = !frame.status.running && frame.status.step < frame.status.step_max;
    let row = frame.gradient_flow();
    s.gradient_then = row.filter(|_| back).map(|r| Rc::new(r.clone()));
    if let Some(row) = row.filter(|_| !back) {
        gradient_row(s, row, frame.status.running);
    }
    // While problems are typed the worker trains another experiment than the page's. The doctor compares what frames say
    // of units with what they say of layers: it needs whole ones.
    // Until an edit has reached the worker its frames are of the network before it.
    let is_of_edit = Rc::ptr_eq(&s.runs, &s.experiment) || s.runs == s.experiment;
    if !frame.brief && s.problems.is_empty() && is_of_edit {
        s.doctor.hear(data, &s.curves, &s.experiment);
    }
    // The worker pauses by itself when a goal is reached or a number left the finite range.
    s.playing &= frame.status.running && diverged.is_none();
    if let Some(d) = diverged {
        s.notice = Some(Notice::Diverged(d));
    } else if s.notice.as_ref().is_some_and(|n| notice::is_past(n, &frame.status)) {
        s.notice = None;
    }
    if frame.checkpoint().is_some() {
        s.saved_step = frame.status.step;
    }
    s.deaths = 0;
    s.status = Rc::new(frame.status.clone());
    s.marks = Rc::new(frame.timeline.clone());
    if !frame.brief {
        s.frame = carry::over(&s.frame, data);
    }
}

/// A run that goes on does not send its data again.
fn with_old_preview(new: &LoadedData, old: &LoadedData) -> LoadedData {
    let Loaded { preview_x, preview_y, preview_train, x_scale, target_range, ref scale, ref typical, .. } = old.loaded;
    let (scale, typical) = (scale.clone(), typical.clone());
    let preview = Loaded { preview_x, preview_y, preview_train, x_scale, target_range, ..new.loaded.clone() };
    let loaded = Loaded { scale, typical, ..preview };
    LoadedData { loaded, x: old.x.clone(), y: old.y.clone(), scale: old.scale.clone(), runs: new.runs.clone() }
}

/// Adds new points. A curve comes anew from its first point after it was thinned, and after a fork: then the abandoned
/// one is kept for comparison.
fn curves(s: &mut State, frame: &Frame, rolled_back: bool) {
    let before = s.curves_before.len();
    let have = s.curves.len() - before;
    if frame.curves_from > have || (frame.curves_from == have && frame.curves.is_empty()) {
        return;
    }
    if frame.curves_from < have && !rolled_back && forked(s, frame) {
        keep_run(s);
    }
    let curves = Rc::make_mut(&mut s.curves);
    curves.truncate(before + frame.curves_from);
    curves.extend_from_slice(&frame.curves);
}

/// Whether the learner has trained on from an earlier step since the last frame.
fn forked(s: &State, frame: &Frame) -> bool {
    let (was, is) = (&*s.status, &frame.status);
    let looked_back = was.step < was.step_max;
    let cut = s.curves.last().is_some_and(|p| p.step > is.step_max);
    cut || (looked_back && is.step == is.step_max && is.step_max != was.step_max)
}

/// Adds a row. While the learner only looks back at an earlier step, nothing is cut; once she trains on from there, the
/// rows of the abandoned future go.
fn gradient_row(s: &mut State, row: &GradientRow, running: bool) {
    let last = s.gradients.last().map(|r| r.step);
    if last == Some(row.step) || (last.is_some_and(|l| l > row.step) && !running) {
        return;
    }
    let rows = Rc::make_mut(&mut s.gradients);
    rows.retain(|r| r.step < row.step);
    history::remember(rows, Rc::new(row.clone()));
}

pub(super) fn worker_died(s: &mut State, message: String) -> Vec<Effect> {
    s.deaths = s.deaths.saturating_add(1);
    s.fetching = None;
    s.notice = Some(Notice::WorkerRestarted { step: s.saved_step, message });
    // What lies after the checkpoint is lost with the worker.
    let saved = s.saved_step;
    Rc::make_mut(&mut s.curves).retain(|p| p.step <= saved);
    Rc::make_mut(&mut s.gradients).retain(|r| r.step <= saved);
    s.curves_before = s.curves.clone();
    s.restoring = true;
    if s.is_dead() {
        s.playing = false;
        return Vec::new();
    }
    vec![Effect::Restart]
}
