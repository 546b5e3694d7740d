//! Everything the page knows, and the only place where it changes: [`update`] is a pure function from a message to the
//! next state and the effects to carry out.
//!
//! Not responsible for carrying effects out (`ui::app`), nor for drawing.

mod adapt;
mod carry;
mod edit;
pub mod files;
mod incoming;
mod job;
pub mod kept;
mod layers;
mod msg;
mod notice;
pub mod offline;
pub mod queries;
pub mod rate;
mod run;
mod update;

use crate::i18n::Lang;
use crate::protocol::{CurvePoint, Example, GradientRow, Loaded, Status, Until};
use crate::spec::code::Pasted;
use crate::spec::{Experiment, Problem};
use crate::ui::doctor::Doctor;
use crate::ui::frame_data::FrameData;
use crate::ui::guide::Trial;
pub use job::Job;
pub use msg::{Effect, Msg};
use std::rc::Rc;
pub use update::update;

/// What a map over the plane may cost: about a tenth of a second.
const MAP_FLOPS: f64 = 2e9;
/// Fewer pixels a side show nothing.
const MAP_PX_MIN: usize = 8;

/// Paper or night; `Auto` follows the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Paper-white.
    Light,
    /// True dark.
    Dark,
}

/// What the worker said about the loaded data, with the preview decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadedData {
    /// The structured part.
    pub loaded: Loaded,
    /// Preview inputs, `(N, …input)` in the network's (standardised) units.
    pub x: Vec<f32>,
    /// Preview targets: class, or first number.
    pub y: Vec<f32>,
    /// Means, then deviations of standardised pictures; else empty.
    pub scale: Rc<[f32]>,
    /// The experiment that the worker runs since then.
    pub runs: Option<Rc<Experiment>>,
}

/// A finished or abandoned run whose curves stay for comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptRun {
    /// A short description: the model text.
    pub label: String,
    /// The name given to it; empty: made of what differs.
    pub name: String,
    /// What ran.
    pub experiment: Option<Rc<Experiment>>,
    /// Its curves.
    pub curves: Rc<Vec<CurvePoint>>,
    /// Whether it is drawn.
    pub shown: bool,
}

/// How the curves are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveView {
    /// Logarithmic loss axis.
    pub log: bool,
    /// Exponential smoothing, 0 (none) to 0.99.
    pub smoothing: f32,
    /// Which numbers.
    pub show: CurveShow,
}

/// Which numbers curves are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CurveShow {
    /// Loss.
    #[default]
    Loss,
    /// What the task measures beside it: accuracy, R², energy distance.
    Metric,
    /// Numbers that the loss is made of, where there are several.
    Terms,
}

/// How the output is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutputView {
    /// Only the winning class, without shades of certainty.
    pub hard: bool,
    /// Show test points too.
    pub test_points: bool,
}

/// What the learner has picked to see large or to edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Picked {
    /// The weight from unit `from` into unit `to` of the dense layer `layer`.
    Edge {
        /// Top-level layer index.
        layer: usize,
        /// Unit of the layer before.
        from: usize,
        /// Unit of this layer.
        to: usize,
    },
    /// One unit of a layer (`None`: an input feature).
    Unit {
        /// Top-level layer index; `None` is the input.
        layer: Option<usize>,
        /// Which.
        unit: usize,
    },
    /// A cell of the confusion matrix.
    Cell {
        /// True class.
        target: usize,
        /// Predicted class.
        predicted: usize,
    },
}

/// Something that the learner should read, shown until dismissed; the words are `i18n`'s.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The run left the finite range and was taken back.
    Diverged(crate::protocol::Diverged),
    /// The worker failed and a fresh one goes on at this step.
    WorkerRestarted {
        /// Step of the checkpoint.
        step: u64,
        /// What the program said, if it could.
        message: String,
    },
    /// Something given (file, link, CSV, command) was refused.
    Refused(Vec<Problem>),
    /// Code was read: what it was, and in what the network differs.
    Pasted(Rc<Pasted>),
    /// The link was copied.
    LinkCopied,
    /// It was, and whoever opens it gets another run: this one did not begin with the first weights of its seed.
    LinkStartsAfresh,
}

/// Steps a second on arrival: fast enough not to bore, slow enough that the way can be watched and not the end alone.
pub const FIRST_SPEED: f32 = 300.0;

/// Everything the page knows. Big parts are behind `Rc`, so that a clone per message is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Language of the page.
    pub lang: Lang,
    /// Paper or night.
    pub theme: Theme,
    /// What the learner edits; may have problems.
    pub experiment: Rc<Experiment>,
    /// Its problems; while there are any, the run under way goes on with the last good experiment.
    pub problems: Rc<Vec<Problem>>,
    /// Earlier experiments, latest last.
    pub undo: Vec<Rc<Experiment>>,
    /// Experiments undone, latest last.
    pub redo: Vec<Rc<Experiment>>,
    /// The experiment that runs; it differs from the edited one while that has problems or is being loaded.
    pub runs: Rc<Experiment>,
    /// Whether a model edit keeps the parameters that still fit.
    pub keep_weights: bool,
    /// Whether other data keep them too.
    pub carry_weights: bool,
    /// What the worker runs, once it has loaded something.
    pub data: Rc<LoadedData>,
    /// Progress of fetching data files, bytes so far and in all.
    pub fetching: Option<(u64, u64)>,
    /// The latest whole frame.
    pub frame: Rc<FrameData>,
    /// Where the run is, by the latest frame, brief ones too.
    pub status: Rc<Status>,
    /// Steps that the timeline can go back to.
    pub marks: Rc<Vec<u64>>,
    /// Curves of this run.
    pub curves: Rc<Vec<CurvePoint>>,
    /// The beginning of `curves` that came from a worker that died; the present one knows only what follows.
    pub curves_before: Rc<Vec<CurvePoint>>,
    /// A fresh worker is being taken to the last checkpoint.
    pub restoring: bool,
    /// Norms of this run, one row per frame, oldest first.
    pub gradients: Rc<Vec<Rc<GradientRow>>>,
    /// While the learner looks back at an earlier step: the norms of that step.
    pub gradient_then: Option<Rc<GradientRow>>,
    /// Runs kept for comparison.
    pub kept: Rc<Vec<KeptRun>>,
    /// Whether the learner wants it to train.
    pub playing: bool,
    /// Steps per second; `None` is flat out.
    pub steps_per_s: Option<f32>,
    /// Pause by itself.
    pub until: Option<Until>,
    /// How curves are drawn.
    pub curve_view: CurveView,
    /// How the output is drawn.
    pub output_view: OutputView,
    /// What is picked.
    pub picked: Option<Picked>,
    /// The example that the panels inside the network follow; a row that went with the samples gives way to the last one.
    pub example: Rc<Example>,
    /// What the learner has asked for by name.
    pub queries: Rc<Vec<queries::Open>>,
    /// What was measured of the run, and what is wrong with it.
    pub doctor: Doctor,
    /// What is saved, put aside, opened.
    pub files: files::Files,
    /// What the browser keeps of the site.
    pub offline: offline::Offline,
    /// To be read.
    pub notice: Option<Notice>,
    /// What was tried last of what the page offers: where to look is said until something else is done.
    pub tried: Option<Trial>,
    /// Large type, for a projector.
    pub projector: bool,
    /// Learning rates that the learner set by hand, latest last.
    pub own_rates: Rc<Vec<f64>>,
    /// What became of the rate when the optimizer was chosen.
    pub rate_note: Option<rate::RateNote>,
    /// Whether the next edit follows the last one so closely (a slider being dragged) that both are one step of undo.
    pub merge_edits: bool,
    /// JSON path of the number that the last edit changed, if it changed nothing else.
    pub edited_path: Option<String>,
    /// Step of the latest checkpoint the page holds, from which a fresh worker can go on.
    pub saved_step: u64,
    /// Workers that died since the last frame: a worker that dies at once is not started for ever.
    pub deaths: u8,
}

impl State {
    /// The page on arrival: this experiment, about to train.
    pub fn new(experiment: Experiment, lang: Lang, theme: Theme) -> State {
        let (problems, experiment) = (Rc::new(experiment.problems()), Rc::new(experiment));
        State {
            lang,
            theme,
            problems,
            runs: experiment.clone(),
            experiment,
            undo: Vec::new(),
            redo: Vec::new(),
            keep_weights: true,
            carry_weights: false,
            data: Rc::default(),
            fetching: None,
            frame: Rc::default(),
            status: Rc::default(),
            marks: Rc::default(),
            curves: Rc::default(),
            curves_before: Rc::default(),
            restoring: false,
            gradients: Rc::default(),
            gradient_then: None,
            kept: Rc::default(),
            playing: true,
            steps_per_s: Some(FIRST_SPEED),
            until: None,
            curve_view: CurveView { log: false, smoothing: 0.0, show: CurveShow::Loss },
            output_view: OutputView::default(),
            picked: None,
            example: Rc::new(Example::default()),
            queries: Rc::default(),
            doctor: Doctor::default(),
            files: files::Files::default(),
            offline: offline::Offline::default(),
            notice: None,
            tried: None,
            projector: false,
            own_rates: Rc::default(),
            rate_note: None,
            merge_edits: false,
            edited_path: None,
            saved_step: 0,
            deaths: 0,
        }
    }

    /// Whether the worker died so often that none is started by itself.
    pub fn is_dead(&self) -> bool {
        self.deaths >= incoming::DEATHS_MAX
    }

    /// Whether the worker has anything to train.
    pub fn is_loaded(&self) -> bool {
        !self.data.loaded.backend.is_empty()
    }

    /// The page as panels of the run see it: with the experiment that runs, where another one is edited that cannot run yet
    /// or is still on its way to the worker.
    pub fn of_run(self: &Rc<State>) -> Rc<State> {
        match &self.data.runs {
            Some(runs) if !Rc::ptr_eq(runs, &self.experiment) && **runs != *self.experiment => {
                Rc::new(State { experiment: runs.clone(), ..State::clone(self) })
            }
            Some(_) | None => self.clone(),
        }
    }

    /// What still runs while what is edited cannot.
    pub fn behind(&self) -> Option<&Experiment> {
        self.data.runs.as_deref().filter(|_| !self.problems.is_empty())
    }

    /// The step that the learner looks back at: everything shown belongs to it, and the run has been further.
    pub fn looked_back(&self) -> Option<u64> {
        let s = &self.status;
        (!self.playing && !s.running && s.step < s.step_max).then_some(s.step)
    }

    /// Pixels a side of a map over the plane: `wanted`, fewer where the network is so large that they would hold it up. A frame
    /// is followed by seventeen times its own time of training: what takes long to show is shown rarely.
    pub fn map_px(&self, wanted: usize) -> usize {
        // A step goes forward, and back for inputs and for weights.
        let row = self.data.loaded.flops_per_step / (3 * self.experiment.training.batch.max(1)) as f64;
        let most = (MAP_FLOPS / row.max(1.0)).sqrt() as usize;
        wanted.min(most.max(MAP_PX_MIN))
    }
}
