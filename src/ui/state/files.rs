//! What becomes of a trained run: saved in a file, put aside when another experiment takes its place, brought back by undo,
//! opened from a file. And what a link says beside its experiment.
//!
//! [`update`](super::update) passes here what every message does to these. Not responsible for reading and offering files
//! (`ui::files`).

use super::brought::{Brought, OnnxReader, Ours, WeightsReader};
use super::{EditMsg, Effect, Msg, Notice, PageMsg, RunMsg, State, edit, kept, run};
use crate::export;
use crate::protocol::{Command, CurvePoint};
use crate::spec::{Experiment, Problem, Weights};
use crate::ui::route::Start;
use std::rc::Rc;

/// Steps that the learner has trained and not saved, from which on leaving the page asks.
pub const UNSAVED_STEPS: u64 = 500;
/// Runs put aside at most, and their weights in all.
const ASIDE_MAX: usize = 6;
const ASIDE_BYTES: usize = 64 << 20;

/// A dialog about files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Save, with weights or without.
    Save,
    /// The link with its ticks and its QR code.
    Share,
}

/// Something to be read about files and links.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// The trained run is put aside.
    Aside {
        /// Its data set.
        set: String,
        /// Its step.
        step: u64,
    },
    /// A trained network was opened, or brought back, at this step.
    Opened(u64),
    /// Fields of the link that could not be read.
    Link(Vec<Problem>),
}

/// A run that was replaced before it was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// What ran.
    pub experiment: Rc<Experiment>,
    /// What it had learned, as safetensors.
    pub weights: Rc<[u8]>,
    /// Its step.
    pub step: u64,
    /// Its curves.
    pub curves: Rc<Vec<CurvePoint>>,
}

/// What is known of files; a part of [`State`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    /// Whether the learner has had the run trained, not the page by itself.
    pub own: bool,
    /// Run and step of the latest file with weights.
    pub saved: (u32, u64),
    /// Runs put aside, latest last.
    pub aside: Vec<Aside>,
    /// Whether the run that is put aside next is told of.
    telling: bool,
    /// What is open.
    pub dialog: Option<Dialog>,
    /// To be read.
    pub note: Option<Note>,
    /// The link of the address cannot be used: this stands in place of the experiment.
    pub broken: Option<Rc<Vec<Problem>>>,
    /// While trained weights are being opened: their step, the experiment of before, and whether they come from a file.
    opening: Option<(u64, Rc<Experiment>, bool)>,
}

/// What the learner does with files and links.
#[derive(Clone, Debug, PartialEq)]
pub enum FileMsg {
    /// A file with trained weights.
    Open(Box<Experiment>, Rc<[u8]>),
    /// A file of weights alone, for the network that is there: under our names, or as one of its scripts has them.
    Weights(Rc<[u8]>, Brought<WeightsReader>),
    /// An ONNX file: its network takes the place of the one that is there, trained as it is.
    /// Its reader comes along, since most pages never need one.
    Onnx(Rc<[u8]>, Brought<OnnxReader>),
    /// An experiment from the address, with what is said beside it.
    Link(Box<Experiment>, Box<Start>),
    /// An address whose experiment cannot be used.
    Broken(Vec<Problem>),
    /// Away from the broken link: to what was there before.
    LeaveBroken,
    /// Save with weights.
    SaveTrained,
    /// Save the set-up alone.
    SaveBare,
    /// Save a report of the run.
    SaveReport,
    /// The file was offered; the step of its weights.
    Saved(u64),
    /// The worker gave what is put aside.
    Aside(Box<Aside>),
    /// Brings back what was put aside last.
    BringBack,
    /// The address carries no experiment now; what of it could not be read.
    Bare(Vec<Problem>),
    /// A dialog goes.
    Close,
    /// A note was read.
    NoteRead,
    /// What becomes of kept runs.
    Kept(kept::KeptMsg),
}

/// What `ui::app` has carried out about files.
#[derive(Clone, Debug, PartialEq)]
pub enum FileJob {
    /// Start the experiment with these weights.
    Open(Rc<[u8]>),
    /// Ask the worker for the run's weights, to be put aside with these curves.
    Aside(Rc<Vec<CurvePoint>>),
    /// Ask for them, to offer them as a file.
    Save,
    /// Write the report and offer it.
    Report,
}

/// Whether leaving would lose steps that the learner had trained.
pub fn is_unsaved(s: &State) -> bool {
    let base = if s.page.files.saved.0 == s.run.status.run { s.page.files.saved.1 } else { 0 };
    s.page.files.own && s.run.status.step >= base + UNSAVED_STEPS
}

/// Whether there is anything learned that could be saved, and belongs to the experiment that is seen.
pub fn is_trained(s: &State) -> bool {
    s.is_loaded() && s.run.status.step > 0 && s.edit.problems.is_empty()
}

/// Whether a message is heard at all: beside a broken link nothing trains, and nothing can be saved or undone.
pub(super) fn hears(s: &State, msg: &Msg) -> bool {
    let concerns = matches!(
        msg,
        Msg::Run(
            RunMsg::TogglePlay | RunMsg::Step | RunMsg::Epoch | RunMsg::Reset | RunMsg::Seek(_) | RunMsg::Until(_)
        ) | Msg::Edit(EditMsg::Undo | EditMsg::Redo)
            | Msg::Page(PageMsg::Save | PageMsg::Share)
    );
    s.page.files.broken.is_none() || !concerns
}

fn starts_run(e: &Effect) -> bool {
    matches!(e, Effect::Run { .. } | Effect::Files(FileJob::Open(_)))
}

/// What `msg`, which led from `was` to `s` with these effects, means for files.
pub(super) fn follow(was: &State, s: &mut State, msg: &Msg, effects: &mut Vec<Effect>) {
    match msg {
        Msg::Page(PageMsg::Share) => s.page.files.dialog = Some(Dialog::Share),
        Msg::Run(RunMsg::Loaded(data)) => {
            if let Some((step, _, from_file)) = s.page.files.opening.take() {
                s.page.files.saved = if from_file { (data.loaded.run, step) } else { s.page.files.saved };
                // What was read is told already.
                let told = matches!(s.page.notice, Some(Notice::Onnx { .. }));
                s.page.files.note = (!told).then_some(Note::Opened(step));
            }
        }
        Msg::Run(RunMsg::Failed(failure)) => {
            let misfit = failure.problems.iter().any(|p| p.path == "weights");
            if let Some((_, before, _)) = s.page.files.opening.take().filter(|_| misfit) {
                // The worker still runs what it ran.
                s.edit.undo.pop_if(|e| **e == *before);
                s.edit.problems = Rc::new(before.problems());
                s.edit.experiment = before;
                s.run.restoring = false;
                *effects = vec![Effect::Hash];
            }
        }
        _ => {}
    }
    let trains = |e: &Effect| {
        let command = matches!(e, Effect::Send(Command::Play { .. } | Command::Step { .. } | Command::Epoch, _));
        command || starts_run(e)
    };
    // How fast and until when says nothing of whether.
    let pace =
        matches!(msg, Msg::Run(RunMsg::Speed(_) | RunMsg::Until(_)) | Msg::Page(PageMsg::Files(FileMsg::LeaveBroken)));
    if !msg.is_from_worker() && !pace && effects.iter().any(trains) {
        s.page.files.own = true;
    }
    let Some(at) = effects.iter().position(starts_run) else { return };
    s.page.files.broken = None;
    if matches!(msg, Msg::Edit(EditMsg::Undo | EditMsg::Redo)) {
        back_in_time(s, effects, at);
    } else {
        // The same experiment begun anew is another run.
        let now = s.edit.experiment.clone();
        s.page.files.aside.retain(|a| *a.experiment != *now);
    }
    let (old, new) = (&was.edit.experiment, &s.edit.experiment);
    let other = old.seed != new.seed || !old.data.same_rows(&new.data);
    let replaced = other || matches!(msg, Msg::Edit(EditMsg::Open(_)) | Msg::Page(PageMsg::Files(_)));
    if replaced && is_unsaved(was) && was.edit.problems.is_empty() && was.is_loaded() {
        s.page.files.telling =
            matches!(msg, Msg::Edit(EditMsg::Open(_)) | Msg::Page(PageMsg::Files(_)) | Msg::Edit(EditMsg::Data(_)));
        effects.insert(0, Effect::Files(FileJob::Aside(was.run.curves.clone())));
    }
}

/// Undo and redo bring a run back as it was put aside.
fn back_in_time(s: &mut State, effects: &mut Vec<Effect>, at: usize) {
    let Some(found) = s.page.files.aside.iter().rposition(|a| *a.experiment == *s.edit.experiment) else { return };
    let aside = s.page.files.aside.remove(found);
    effects.remove(at);
    let more = bring(s, aside);
    effects.extend(more);
}

fn bring(s: &mut State, aside: Aside) -> Vec<Effect> {
    s.page.files.opening = Some((aside.step, s.edit.experiment.clone(), false));
    s.run.curves = aside.curves;
    s.run.gradients = Rc::default();
    s.run.restoring = true;
    s.run.saved_step = 0;
    open(s, aside.weights)
}

/// It opens at its step and waits there.
fn open(s: &mut State, weights: Rc<[u8]>) -> Vec<Effect> {
    let pause = std::mem::take(&mut s.run.playing).then(|| Effect::Send(Command::Pause, Vec::new()));
    pause.into_iter().chain([Effect::Files(FileJob::Open(weights))]).collect()
}

/// What a message about files does.
pub(super) fn apply(s: &mut State, msg: FileMsg) -> Vec<Effect> {
    match msg {
        FileMsg::Open(experiment, weights) => return open_file(s, *experiment, weights),
        FileMsg::Weights(bytes, read) => match (read.0)(&s.edit.experiment, &bytes) {
            Ok(weights) => return open_file(s, Experiment::clone(&s.edit.experiment), weights),
            Err(problems) => s.page.notice = Some(Notice::Refused(problems)),
        },
        FileMsg::Onnx(bytes, read) => match (read.0)(&bytes, &s.edit.experiment) {
            Ok(read) => {
                let effects = open_file(s, read.experiment, read.weights.write().into());
                s.page.notice = Some(Notice::Onnx { layers: read.layers, notes: read.notes.into() });
                return effects;
            }
            Err(problems) => s.page.notice = Some(Notice::Refused(problems)),
        },
        FileMsg::Link(experiment, start) => return follow_link(s, experiment, &start),
        FileMsg::Broken(problems) => {
            s.page.files.broken = Some(Rc::new(problems));
            if std::mem::take(&mut s.run.playing) && s.is_loaded() {
                return vec![Effect::Send(Command::Pause, Vec::new())];
            }
        }
        FileMsg::Bare(faults) => {
            if !faults.is_empty() {
                s.page.files.note = Some(Note::Link(faults));
            }
            if s.page.files.broken.take().is_some() {
                s.run.playing = true;
                let play = s.is_loaded().then(|| run::play(s));
                return play.into_iter().collect();
            }
        }
        FileMsg::LeaveBroken => {
            s.page.files.broken = None;
            s.run.playing = true;
            let play = s.is_loaded().then(|| run::play(s));
            return play.into_iter().chain([Effect::Hash]).collect();
        }
        FileMsg::SaveTrained => {
            s.page.files.dialog = None;
            return vec![Effect::Files(FileJob::Save)];
        }
        FileMsg::SaveBare => {
            s.page.files.dialog = None;
            return vec![Effect::SaveFile];
        }
        FileMsg::SaveReport => return vec![Effect::Files(FileJob::Report)],
        FileMsg::Saved(step) => s.page.files.saved = (s.run.status.run, step),
        FileMsg::Aside(aside) => put_aside(s, *aside),
        FileMsg::BringBack => {
            let Some(aside) = s.page.files.aside.pop() else { return Vec::new() };
            s.page.files.note = None;
            become_this(s, Experiment::clone(&aside.experiment));
            let mut effects = bring(s, aside);
            effects.push(Effect::Hash);
            return effects;
        }
        FileMsg::Close => s.page.files.dialog = None,
        FileMsg::NoteRead => s.page.files.note = None,
        FileMsg::Kept(msg) => kept::apply(s, msg),
    }
    Vec::new()
}

/// Save was pressed: with weights there is something to choose.
pub(super) fn save(s: &mut State) -> Vec<Effect> {
    if is_trained(s) {
        s.page.files.dialog = Some(Dialog::Save);
        return Vec::new();
    }
    vec![Effect::SaveFile]
}

fn put_aside(s: &mut State, aside: Aside) {
    if std::mem::take(&mut s.page.files.telling) {
        s.page.files.note = Some(Note::Aside { set: aside.experiment.data.set.clone(), step: aside.step });
    }
    let all = &mut s.page.files.aside;
    all.retain(|a| *a.experiment != *aside.experiment);
    all.push(aside);
    while all.len() > ASIDE_MAX || (all.len() > 1 && all.iter().map(|a| a.weights.len()).sum::<usize>() > ASIDE_BYTES) {
        all.remove(0);
    }
}

/// The experiment takes the place of the present one, which undo brings back.
fn become_this(s: &mut State, e: Experiment) {
    if e == *s.edit.experiment {
        return;
    }
    s.edit.undo.push(s.edit.experiment.clone());
    let extra = s.edit.undo.len().saturating_sub(edit::UNDO_MAX);
    s.edit.undo.drain(..extra);
    s.edit.redo.clear();
    s.edit.edited_path = None;
    s.edit.problems = Rc::new(e.problems());
    s.edit.experiment = Rc::new(e);
}

/// The weights under our names.
///
/// # Errors
/// What is no file of weights, or of another network.
pub fn ours(experiment: &Experiment, bytes: &[u8]) -> Ours {
    let weights = Weights::read(bytes).map_err(|p| vec![p])?;
    Ok(export::from_weights(experiment, weights)?.write().into())
}

fn open_file(s: &mut State, e: Experiment, weights: Rc<[u8]>) -> Vec<Effect> {
    let step = Weights::read(&weights).map_or(0, |w| w.step);
    let before = s.edit.experiment.clone();
    become_this(s, e);
    s.page.files.opening = Some((step, before, true));
    let mut effects = open(s, weights);
    effects.push(Effect::Hash);
    effects
}

fn follow_link(s: &mut State, experiment: Box<Experiment>, start: &Start) -> Vec<Effect> {
    let was_broken = s.page.files.broken.take().is_some();
    let mut effects = edit::edit(s, EditMsg::Open(experiment));
    let same = effects.is_empty();
    // What was said of the experiment before is said no more.
    s.page.notice = None;
    if let Some(until) = start.until {
        effects.extend(run::until(s, Some(until)));
    }
    if let Some(speed) = start.speed {
        effects.extend(run::speed(s, speed));
    }
    if start.paused && same {
        // The exercise waits at step 0.
        effects.extend(run::reset(s));
    } else if start.paused && std::mem::take(&mut s.run.playing) {
        effects.insert(0, Effect::Send(Command::Pause, Vec::new()));
    } else if was_broken && !s.run.playing {
        s.run.playing = true;
        if same && s.is_loaded() {
            effects.push(run::play(s));
        }
    }
    if !start.faults.is_empty() {
        s.page.files.note = Some(Note::Link(start.faults.clone()));
    }
    effects
}

#[cfg(test)]
mod tests;
