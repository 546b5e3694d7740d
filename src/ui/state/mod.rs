//! Everything the page knows, and the only place where it changes: [`update`] is a pure function from a message to the
//! next state and the effects to carry out.
//!
//! Not responsible for carrying effects out (`ui::app`), nor for drawing.

mod adapt;
mod edit;
mod incoming;
mod layers;
mod msg;
mod run;
mod update;

use crate::i18n::Lang;
use crate::protocol::{CurvePoint, Example, Frame, GradientRow, Loaded, Look, Status, Until};
use crate::spec::{Experiment, Problem};
use crate::ui::doctor::Doctor;
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

/// A frame and its arrays, decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrameData {
    /// The structured part.
    pub frame: Frame,
    /// Its arrays, by the indices that the frame names.
    pub arrays: Vec<Rc<[f32]>>,
}

impl FrameData {
    /// The array with that index; empty if the worker sent none (a frame of an older request).
    pub fn array(&self, index: usize) -> &[f32] {
        self.arrays.get(index).map_or(&[], |a| a)
    }

    /// What the panel with that key has looked at, if this frame carries it.
    pub fn look(&self, key: &str) -> Option<&Look> {
        self.frame.looks.iter().find(|l| l.key == key)
    }

    /// A value of a [`Look`], with its shape.
    pub fn looked<'a>(&'a self, look: &'a Look, name: &str) -> Option<(&'a [usize], &'a [f32])> {
        let v = look.values.iter().find(|v| v.name == name)?;
        Some((&v.shape, self.array(v.buffer)))
    }

    /// The parameter of that name, to be kept.
    pub fn weight_shared(&self, name: &str) -> Option<Rc<[f32]>> {
        let w = self.frame.weights.iter().find(|w| w.name == name)?;
        self.arrays.get(w.buffer).cloned()
    }

    /// The parameter of that name with its shape, if this frame carries it.
    pub fn weight(&self, name: &str) -> Option<(&[usize], &[f32])> {
        let w = self.frame.weights.iter().find(|w| w.name == name)?;
        Some((&w.shape, self.array(w.buffer)))
    }
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
}

/// A finished or abandoned run whose curves stay for comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptRun {
    /// A short description: the model text.
    pub label: String,
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
    /// Metric (accuracy, R²) instead of loss.
    pub metric: bool,
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
    /// The link was copied.
    LinkCopied,
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
    /// Whether a model edit keeps the parameters that still fit.
    pub keep_weights: bool,
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
    /// What was measured of the run, and what is wrong with it.
    pub doctor: Doctor,
    /// To be read.
    pub notice: Option<Notice>,
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
        State {
            lang,
            theme,
            problems: Rc::new(experiment.problems()),
            experiment: Rc::new(experiment),
            undo: Vec::new(),
            redo: Vec::new(),
            keep_weights: true,
            data: Rc::default(),
            fetching: None,
            frame: Rc::default(),
            status: Rc::default(),
            marks: Rc::default(),
            curves: Rc::default(),
            curves_before: Rc::default(),
            restoring: false,
            gradients: Rc::default(),
            kept: Rc::default(),
            playing: true,
            steps_per_s: Some(FIRST_SPEED),
            until: None,
            curve_view: CurveView { log: false, smoothing: 0.0, metric: false },
            output_view: OutputView::default(),
            picked: None,
            example: Rc::new(Example::default()),
            doctor: Doctor::default(),
            notice: None,
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

    /// The run whose data the panels show, and the run whose numbers.
    pub fn runs_shown(&self) -> [u32; 2] {
        [self.data.loaded.run, self.frame.frame.status.run]
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
