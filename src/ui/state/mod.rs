//! Everything the page knows, and the only place where it changes: [`update`] is a pure function from a message to the
//! next state and the effects to carry out.
//!
//! Not responsible for carrying effects out (`ui::app`), nor for drawing.

mod adapt;
pub mod brought;
pub mod card;
mod carry;
mod edit;
pub mod files;
mod groups;
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
use crate::protocol::{CurvePoint, Loaded};
use crate::spec::code::Pasted;
use crate::spec::{Experiment, Problem};
use crate::ui::doctor::Doctor;
pub use groups::{Edit, Page, Run, View};
pub use job::Job;
pub use msg::{DoctorMsg, EditMsg, Effect, Msg, PageMsg, RunMsg, ViewMsg};
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
    /// The graphics card stopped, and SIMD goes on: why, in the protocol's words.
    CardLost(Rc<str>),
    /// Something given (file, link, CSV, command) was refused.
    Refused(Vec<Problem>),
    /// Code was read: what it was, and in what the network differs.
    Pasted(Rc<Pasted>),
    /// An ONNX file was read.
    Onnx {
        /// How many layers it has.
        layers: usize,
        /// In what the network differs from it.
        notes: Rc<[crate::export::onnx::read::Note]>,
    },
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
    /// What belongs to the page itself.
    pub page: Page,
    /// What the learner edits.
    pub edit: Edit,
    /// What the worker trains.
    pub run: Run,
    /// How it is drawn.
    pub view: View,
    /// What was measured of the run, and what is wrong with it.
    pub doctor: Doctor,
}

impl State {
    /// The page on arrival: this experiment, about to train.
    pub fn new(experiment: Experiment, lang: Lang, theme: Theme) -> State {
        let edit = Edit::new(experiment);
        State {
            page: Page::new(lang, theme),
            run: Run::new(edit.experiment.clone()),
            edit,
            view: View::default(),
            doctor: Doctor::default(),
        }
    }

    /// Whether the worker died so often that none is started by itself.
    pub fn is_dead(&self) -> bool {
        self.run.deaths >= incoming::DEATHS_MAX
    }

    /// Whether the worker has anything to train.
    pub fn is_loaded(&self) -> bool {
        !self.run.data.loaded.backend.is_empty()
    }

    /// The page as panels of the run see it: with the experiment that runs, where another one is edited that cannot run yet
    /// or is still on its way to the worker.
    pub fn of_run(self: &Rc<State>) -> Rc<State> {
        match &self.run.data.runs {
            Some(runs) if !Rc::ptr_eq(runs, &self.edit.experiment) && **runs != *self.edit.experiment => {
                let mut of_run = State::clone(self);
                of_run.edit.experiment = runs.clone();
                Rc::new(of_run)
            }
            Some(_) | None => self.clone(),
        }
    }

    /// What still runs while what is edited cannot.
    pub fn behind(&self) -> Option<&Experiment> {
        self.run.data.runs.as_deref().filter(|_| !self.edit.problems.is_empty())
    }

    /// The step that the learner looks back at: everything shown belongs to it, and the run has been further.
    pub fn looked_back(&self) -> Option<u64> {
        let s = &self.run.status;
        (!self.run.playing && !s.running && s.step < s.step_max).then_some(s.step)
    }

    /// Pixels a side of a map over the plane: `wanted`, fewer where the network is so large that they would hold it up. A frame
    /// is followed by seventeen times its own time of training: what takes long to show is shown rarely.
    pub fn map_px(&self, wanted: usize) -> usize {
        // A step goes forward, and back for inputs and for weights.
        let row = self.run.data.loaded.flops_per_step / (3 * self.edit.experiment.training.batch.max(1)) as f64;
        let most = (MAP_FLOPS / row.max(1.0)).sqrt() as usize;
        wanted.min(most.max(MAP_PX_MIN))
    }
}
