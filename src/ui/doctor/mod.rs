//! The doctor: which failure of training shows in what was measured, the evidence, and a remedy.
//!
//! Pure: frames go in ([`Doctor::hear`]), findings come out. Not responsible for the words (`i18n::doctor`), for drawing
//! (`ui::panels::doctor`) nor for applying a remedy to the page (`ui::state`).

pub mod leak;
pub mod limits;
pub mod looked;
pub mod remedy;
mod rules;
pub mod signs;
pub mod vitals;

use crate::protocol::{CurvePoint, FrameRequest};
use crate::spec::{Experiment, Target};
use crate::ui::state::FrameData;
pub use remedy::Remedy;
pub use signs::Signs;
use std::rc::Rc;
pub use vitals::{Answers, Sample, Vitals};

/// A condition must hold for this many steps before it is a finding …
pub const PATIENCE_STEPS: u64 = 20;
/// … and at this many looks in a row, so that one odd batch is no alarm.
const PATIENCE_LOOKS: u32 = 3;
/// Bins of the histograms asked for: only dead and saturated shares are read, so as few as make sense.
const BINS: usize = 16;

/// Single examples are looked at again after this part of the run's age.
const LOOK_EVERY: u64 = 5;

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number left the finite range.
    Diverged,
    /// Gradients far beyond what steps can use.
    Exploding,
    /// The learning rate is so high that the loss rises or jumps about.
    RateTooHigh,
    /// A layer whose ReLUs answer nothing but 0.
    DeadRelu,
    /// A layer in the flat ends of its activation function, and no progress.
    Saturated,
    /// The first layers get next to no gradient.
    Vanishing,
    /// The first steps of a sequence get a gradient far beyond the last one's.
    ExplodingTime,
    /// The first steps of a sequence get next to no gradient.
    VanishingTime,
    /// The learning rate is so low that the weights hardly move.
    RateTooLow,
    /// The same answer to everything, or the same target everywhere.
    ConstantOutput,
    /// A column of the learner's own table gives the answer away.
    LabelLeak,
    /// Learned by heart: the test loss rises while the training loss falls.
    Overfitting,
}

impl Kind {
    /// All, gravest first.
    pub const ALL: [Kind; 12] = [
        Kind::Diverged,
        Kind::ExplodingTime,
        Kind::Exploding,
        Kind::RateTooHigh,
        Kind::DeadRelu,
        Kind::Saturated,
        Kind::VanishingTime,
        Kind::Vanishing,
        Kind::RateTooLow,
        Kind::ConstantOutput,
        Kind::LabelLeak,
        Kind::Overfitting,
    ];

    /// Its name in test ids and in `i18n`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Diverged => "diverged",
            Kind::Exploding => "exploding",
            Kind::RateTooHigh => "rate-too-high",
            Kind::DeadRelu => "dead-relu",
            Kind::Saturated => "saturated",
            Kind::Vanishing => "vanishing",
            Kind::ExplodingTime => "exploding-time",
            Kind::VanishingTime => "vanishing-time",
            Kind::RateTooLow => "rate-too-low",
            Kind::ConstantOutput => "constant-output",
            Kind::LabelLeak => "label-leak",
            Kind::Overfitting => "overfitting",
        }
    }
}

/// What a plot of evidence shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Loss over steps.
    Loss,
    /// Norm of the whole gradient over steps.
    GradientNorm,
    /// Norm of each layer's weight gradient now.
    LayerGradient,
    /// Share of a layer's units that are 0 on every row, over steps.
    DeadShare,
    /// Share of a layer's numbers in the flat ends, over steps.
    SaturatedShare,
    /// The largest layer's step over its weights, over steps.
    LargestUpdate,
    /// The whole step over the whole of the weights, over steps.
    Update,
    /// Rows of each class, wanted and answered.
    ClassShare,
    /// Places in the examples looked at, of each class, wanted and answered.
    PlaceShare,
    /// Standard deviation of what is wanted and of what is answered.
    AnswerSpread,
    /// How far the answers to two examples are apart, over what is usual, over steps.
    Apart,
    /// Gradient of each time step's state.
    TimeGradient,
    /// How much of the target each column of a table says by itself.
    ColumnTells,
}

/// What a line of a plot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The measure itself.
    Value,
    /// Of the training batches.
    Train,
    /// Of the test part.
    Test,
    /// What is wanted.
    Targets,
    /// What the network says.
    Answers,
}

/// The numbers that a finding was judged by.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What they are.
    pub measure: Measure,
    /// Names of the places along the axis (layers); empty where it is steps or classes.
    pub names: Vec<String>,
    /// Lines: place (step, index) and value.
    pub lines: Vec<(Role, Vec<(f64, f64)>)>,
    /// The number judged.
    pub value: f64,
    /// Where trouble begins.
    pub limit: Option<f64>,
    /// On a logarithmic axis.
    pub log: bool,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// The step at which it began to show.
    pub since: u64,
    /// The layer concerned, such as `layers.2`, where it is one.
    pub layer: Option<String>,
    /// What it was judged by; the first is what decided.
    pub evidence: Vec<Evidence>,
    /// What would help.
    pub remedy: Remedy,
}

/// A remedy that has been applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Treated {
    /// Against what.
    pub kind: Kind,
    /// With what.
    pub remedy: Remedy,
    /// The experiment after it; as long as it is the page's, the remedy can be taken back.
    pub experiment: Rc<Experiment>,
}

/// A condition that holds, and for how long.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Watch {
    kind: Kind,
    since: u64,
    looks: u32,
    found: bool,
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Doctor {
    /// Whether it examines: asks the worker for what it needs and shows what it finds.
    pub open: bool,
    /// What was measured.
    pub vitals: Rc<Vitals>,
    /// What is wrong, gravest first.
    pub findings: Rc<Vec<Finding>>,
    /// The latest remedy.
    pub treated: Option<Treated>,
    /// The run had stopped; it goes on when the treated network is loaded.
    pub resume: bool,
    watched: Vec<Watch>,
    judged_at: Option<u64>,
}

impl Default for Doctor {
    fn default() -> Self {
        Doctor {
            open: true,
            vitals: Rc::default(),
            findings: Rc::default(),
            treated: None,
            resume: false,
            watched: Vec::new(),
            judged_at: None,
        }
    }
}

impl Doctor {
    /// Another network: everything measured is forgotten.
    pub fn new_run(&mut self) {
        *self = Doctor { open: self.open, treated: self.treated.take(), ..Doctor::default() };
    }

    /// The same network goes on with another set-up from this step on.
    pub fn changed(&mut self, step: u64) {
        let mut vitals = Vitals::clone(&self.vitals);
        vitals.changed(step);
        self.new_run();
        self.vitals = Rc::new(vitals);
    }

    /// Takes a frame and judges anew. `curves` are those of the run, this frame's points included.
    pub fn hear(&mut self, data: &FrameData, curves: &Rc<Vec<CurvePoint>>, experiment: &Experiment) {
        let vitals = Rc::make_mut(&mut self.vitals);
        let was_diverged = vitals.diverged.is_some();
        vitals.hear(data, curves, experiment);
        let step = data.frame.status.step;
        // A resting run is judged once.
        if self.judged_at == Some(step) && was_diverged == vitals.diverged.is_some() {
            return;
        }
        self.judged_at = Some(step);
        let found = |kind| self.watched.iter().any(|w| w.kind == kind && w.found);
        let mut findings = rules::judge(&self.vitals, experiment, &found);
        self.watched.retain(|w| findings.iter().any(|f| f.kind == w.kind));
        for f in &mut findings {
            if !self.watched.iter().any(|w| w.kind == f.kind) {
                self.watched.push(Watch { kind: f.kind, since: step, looks: 0, found: false });
            }
            let Some(watch) = self.watched.iter_mut().find(|w| w.kind == f.kind) else { continue };
            watch.looks += 1;
            f.since = watch.since;
            let patient = watch.looks >= PATIENCE_LOOKS && step >= watch.since + PATIENCE_STEPS;
            // The run has stopped: there is nothing to wait for.
            watch.found |= patient || f.kind == Kind::Diverged;
        }
        findings.retain(|f| self.watched.iter().any(|w| w.kind == f.kind && w.found));
        rules::roots(&mut findings);
        self.findings = Rc::new(findings);
    }

    /// What to ask the worker for while it examines.
    pub fn wants(&self, experiment: &Experiment) -> FrameRequest {
        if !self.open {
            return FrameRequest::default();
        }
        let target = experiment.data_info().map(|info| info.target);
        // The test part is run through the network only when that can tell something.
        let suspicious = self.vitals.answers.is_none() || rules::makes_no_progress(&self.vitals, experiment);
        // Single examples too, and now and then: the longer it trains, the rarer.
        let age = self.vitals.age();
        let due = self.vitals.looks.latest().is_none_or(|l| self.vitals.from + age > l + age / LOOK_EVERY);
        let looks = age >= limits::AGE_MIN / 4 && (due || rules::makes_no_progress(&self.vitals, experiment));
        FrameRequest {
            gradient_flow: true,
            updates: true,
            spread: Some(BINS),
            confusion: suspicious && matches!(target, Some(Target::Classes { .. })),
            scatter: suspicious && target.is_some_and(|t| matches!(t, Target::Values { .. }) && t.width() == 1),
            looks: if looks { looked::requests(experiment, self.vitals.looks.turn) } else { Vec::new() },
            ..FrameRequest::default()
        }
    }

    /// The remedy offered against that, if it is found.
    pub fn against(&self, kind: Kind) -> Option<Remedy> {
        self.findings.iter().find(|f| f.kind == kind).map(|f| f.remedy.clone())
    }

    /// The remedy just applied, while the page's experiment is what it made.
    pub fn applied(&self, experiment: &Rc<Experiment>) -> Option<&Treated> {
        self.treated.as_ref().filter(|t| Rc::ptr_eq(&t.experiment, experiment))
    }
}
