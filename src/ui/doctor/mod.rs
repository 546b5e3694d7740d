//! The doctor: which failure of training shows in what was measured, the evidence, and a remedy.
//!
//! Pure: frames go in ([`Doctor::hear`]), findings come out. Not responsible for the words (`i18n::doctor`), for drawing
//! (`ui::panels::doctor`) nor for applying a remedy to the page (`ui::state`).

pub mod course;
mod ears;
mod evidence;
pub mod leak;
pub mod limits;
pub mod looked;
pub mod remedy;
mod rules;
pub mod signs;
mod surgery;
pub mod vitals;

use crate::protocol::loaded::Contained;
use crate::protocol::{CurvePoint, FrameRequest, Want};
use crate::spec::{Experiment, Target};
use crate::ui::frame_data::FrameData;
pub use course::{Course, Relapse, Treated};
pub use ears::Ears;
pub use evidence::{Evidence, Measure, Role, Side};
pub use remedy::Remedy;
pub use signs::Signs;
use std::rc::Rc;
pub use surgery::is_straight;
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
    /// The same answer to everything.
    ConstantOutput,
    /// The same target everywhere.
    ConstantTargets,
    /// A column of the learner's own table gives the answer away.
    LabelLeak,
    /// Learned by heart: the test loss rises while the training loss falls.
    Overfitting,
    /// Batch norm over batches of a single row.
    SingleRow,
    /// A rare class is never named.
    Imbalance,
    /// The network cannot do what the data allow.
    Underfitting,
    /// A generator leaves out part of the data.
    ModeCollapse,
    /// A discriminator that is hardly ever wrong.
    DiscriminatorTooStrong,
    /// A code that says nothing.
    PosteriorCollapse,
    /// Targets for which the loss has no lowest place.
    TargetBeyondLoss,
    /// Targets that the last activation does not reach.
    OutOfReach,
    /// Targets of a sequence that stand in its input.
    TargetInInput,
    /// Targets between 0 and 1 where binary cross-entropy wants labels.
    TargetsBetween,
    /// Pictures that come as their bytes.
    RawInputs,
    /// Inputs that say nothing about the classes.
    Unrelated,
}

impl Kind {
    /// All, gravest first.
    pub const ALL: [Kind; 25] = [
        Kind::Diverged,
        Kind::SingleRow,
        Kind::ExplodingTime,
        Kind::Exploding,
        Kind::RateTooHigh,
        Kind::DeadRelu,
        Kind::Saturated,
        Kind::VanishingTime,
        Kind::Vanishing,
        Kind::RateTooLow,
        Kind::Imbalance,
        Kind::ConstantTargets,
        Kind::ConstantOutput,
        Kind::LabelLeak,
        Kind::Overfitting,
        Kind::Underfitting,
        Kind::DiscriminatorTooStrong,
        Kind::ModeCollapse,
        Kind::PosteriorCollapse,
        Kind::TargetBeyondLoss,
        Kind::OutOfReach,
        Kind::TargetInInput,
        Kind::TargetsBetween,
        Kind::RawInputs,
        Kind::Unrelated,
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
            Kind::ConstantTargets => "constant-targets",
            Kind::LabelLeak => "label-leak",
            Kind::Overfitting => "overfitting",
            Kind::SingleRow => "single-row",
            Kind::Imbalance => "imbalance",
            Kind::Underfitting => "underfitting",
            Kind::ModeCollapse => "mode-collapse",
            Kind::DiscriminatorTooStrong => "discriminator-too-strong",
            Kind::PosteriorCollapse => "posterior-collapse",
            Kind::TargetBeyondLoss => "target-beyond-loss",
            Kind::OutOfReach => "out-of-reach",
            Kind::TargetInInput => "target-in-input",
            Kind::TargetsBetween => "targets-between",
            Kind::RawInputs => "raw-inputs",
            Kind::Unrelated => "unrelated",
        }
    }
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
    /// Of a class that is never named, which.
    pub passed_over: Option<PassedOver>,
    /// What would help, the best first; each can be applied to the experiment. May be empty.
    pub remedies: Vec<Remedy>,
}

/// A rare class that the network never names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PassedOver {
    /// Its index.
    pub class: usize,
    /// The commonest class.
    pub commonest: usize,
    /// Share of that one.
    pub share: f64,
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
    /// What takes a frame.
    pub ears: Ears,
    /// Whether it examines: asks the worker for what it needs and shows what it finds.
    pub open: bool,
    /// What was measured.
    pub vitals: Rc<Vitals>,
    /// What is wrong, gravest first.
    pub findings: Rc<Vec<Finding>>,
    /// The latest remedy.
    pub treated: Option<Treated>,
    /// A remedy that was taken back.
    pub relapse: Option<Relapse>,
    /// Training rows that there are, once they are loaded.
    pub rows: usize,
    /// Smallest and largest target, likewise.
    pub targets: Option<[f32; 2]>,
    /// What binary cross-entropy costs at best with targets from 0 to 1, likewise.
    pub floor: Option<f32>,
    /// How far targets of a sequence stand in its input, likewise.
    pub contained: Option<Rc<Contained>>,
    /// The run had stopped; it goes on when the treated network is loaded.
    pub resume: bool,
    watched: Vec<Watch>,
    /// What did not help, and the experiment that it did not help.
    tried: Vec<(Rc<Experiment>, Remedy)>,
    judged_at: Option<u64>,
}

impl Default for Doctor {
    fn default() -> Self {
        Doctor {
            ears: Ears::default(),
            open: true,
            vitals: Rc::default(),
            findings: Rc::default(),
            treated: None,
            relapse: None,
            rows: 0,
            targets: None,
            floor: None,
            contained: None,
            tried: Vec::new(),
            resume: false,
            watched: Vec::new(),
            judged_at: None,
        }
    }
}

impl Doctor {
    /// Another network: everything measured is forgotten.
    pub fn new_run(&mut self) {
        let was = std::mem::take(self);
        *self = Doctor {
            ears: was.ears,
            open: was.open,
            treated: was.treated,
            relapse: was.relapse,
            rows: was.rows,
            targets: was.targets,
            floor: was.floor,
            contained: was.contained,
            tried: was.tried,
            ..Doctor::default()
        };
    }

    /// The same network goes on with another set-up from this step on.
    pub fn changed(&mut self, step: u64) {
        let mut vitals = Vitals::clone(&self.vitals);
        vitals.changed(step);
        self.new_run();
        self.vitals = Rc::new(vitals);
    }

    /// Takes a frame and judges anew. `curves` are those of the run, this frame's points included.
    pub fn hear(&mut self, data: &FrameData, curves: &Rc<Vec<CurvePoint>>, experiment: &Rc<Experiment>) {
        let vitals = Rc::make_mut(&mut self.vitals);
        let was_diverged = vitals.diverged.is_some();
        vitals.hear(data, curves, experiment);
        vitals.rows = self.rows;
        vitals.targets = self.targets;
        vitals.floor = self.floor;
        vitals.contained.clone_from(&self.contained);
        let step = data.frame.status.step;
        // A resting run is judged once.
        if self.judged_at == Some(step) && was_diverged == vitals.diverged.is_some() {
            return;
        }
        self.judged_at = Some(step);
        let found = |kind| self.watched.iter().any(|w| w.kind == kind && w.found);
        let mut findings = rules::judge(&self.vitals, experiment, &found);
        self.watch(&mut findings, step);
        findings.retain(|f| self.watched.iter().any(|w| w.kind == f.kind && w.found));
        rules::roots(&mut findings);
        let applied = self.treated.as_mut().filter(|t| Rc::ptr_eq(&t.experiment, experiment));
        if let Some(treated) = applied {
            treated.follow(&self.vitals, experiment);
            if let Remedy::GoBack { step: to } = treated.remedy {
                // It was taken back to this step on purpose: nothing has gone wrong since.
                findings.retain(|_| step > to);
                // Trained on from there, what lay after it is gone.
                if data.frame.status.step_max < treated.before.step {
                    self.treated = None;
                }
            }
        }
        for f in &mut findings {
            f.remedies.retain(|r| !self.tried.iter().any(|(e, tried)| tried == r && **e == **experiment));
        }
        self.findings = Rc::new(findings);
    }

    /// Counts how long each condition has held; what is gone is forgotten.
    fn watch(&mut self, findings: &mut [Finding], step: u64) {
        self.watched.retain(|w| findings.iter().any(|f| f.kind == w.kind));
        for f in findings {
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
    }

    /// What to ask the worker for while it examines.
    pub fn wants(&self, experiment: &Experiment) -> FrameRequest {
        if !self.open {
            return FrameRequest::default();
        }
        let target = experiment.data_info().map(|info| info.target);
        let v = &self.vitals;
        // The test part is run through the network only when that can tell something.
        let stuck = rules::makes_no_progress(v, experiment);
        let age = v.age();
        // Otherwise now and then: the longer it trains, the rarer.
        let due = |last: Option<u64>| last.is_none_or(|l| v.from + age > l + age / LOOK_EVERY);
        let looks = age >= limits::AGE_MIN / 4 && (due(v.looks.latest()) || stuck);
        let answered = v.answers.as_ref();
        let suspicious = stuck || answered.is_some_and(|(_, a)| a.passes_over().is_some());
        let answers = due(answered.map(|(step, _)| *step)) || suspicious || self.treats(Kind::Imbalance);
        let counted = answers && matches!(target, Some(Target::Classes { .. }));
        let paired = (answered.is_none() || stuck)
            && target.is_some_and(|t| matches!(t, Target::Values { .. }) && t.width() == 1);
        let neighbours = v.neighbours.is_none() && rules::wants_neighbours(v, experiment);
        let now_and_then = [(counted, Want::Confusion), (paired, Want::Scatter), (neighbours, Want::Neighbours)];
        let looks = if looks { looked::requests(experiment, v.looks.turn) } else { Vec::new() };
        let always = [Want::GradientFlow, Want::Updates, Want::Spread { bins: BINS }];
        let rest = now_and_then.into_iter().filter_map(|(due, want)| due.then_some(want));
        FrameRequest::of(always.into_iter().chain(rest).chain(looks.into_iter().map(Want::Look)))
    }

    fn treats(&self, kind: Kind) -> bool {
        self.treated.as_ref().is_some_and(|t| t.kind == kind && matches!(t.course, Course::Watched { .. }))
    }

    /// The remedy offered first against that, if it is found.
    pub fn against(&self, kind: Kind) -> Option<Remedy> {
        self.findings.iter().find(|f| f.kind == kind).and_then(|f| f.remedies.first().cloned())
    }

    /// Begins a treatment of `sick`; the experiment after it is set when there is one.
    pub fn begin(&self, kind: Kind, remedy: Remedy, sick: &Rc<Experiment>) -> Treated {
        let known = self.findings.iter().find(|f| f.kind == kind).map(|f| f.remedies.clone());
        let again = || self.relapse.as_ref().filter(|r| r.kind == kind).map(|r| r.others.clone());
        let mut others = known.or_else(again).unwrap_or_default();
        others.retain(|r| *r != remedy);
        Treated::new(kind, remedy, others, sick.clone(), course::Figures::of(&self.vitals, sick))
    }

    /// The remedy just applied, while the page's experiment is what it made.
    pub fn applied(&self, experiment: &Rc<Experiment>) -> Option<&Treated> {
        self.treated.as_ref().filter(|t| Rc::ptr_eq(&t.experiment, experiment))
    }

    /// The remedy just applied, when it has turned out not to help.
    pub fn failed(&self, experiment: &Rc<Experiment>) -> Option<&Treated> {
        self.applied(experiment).filter(|t| matches!(t.course, Course::Failed(_)))
    }

    /// Notes that a remedy did not help and was taken back to `sick`.
    pub fn took_back(&mut self, treated: Treated, sick: &Rc<Experiment>) {
        let Course::Failed(change) = treated.course else { return };
        // Nobody goes back in a run that is gone.
        let stands = |r: &Remedy| !matches!(r, Remedy::GoBack { .. }) && r.works(sick);
        let others: Vec<Remedy> = treated.others.into_iter().filter(stands).collect();
        self.tried.push((sick.clone(), treated.remedy.clone()));
        self.treated = None;
        let (kind, remedy) = (treated.kind, treated.remedy);
        self.relapse = Some(Relapse { kind, remedy, change, others, sick: sick.clone() });
    }

    /// The remedy that was taken back, while the page's experiment is the one it did not help.
    pub fn relapsed(&self, experiment: &Rc<Experiment>) -> Option<&Relapse> {
        self.relapse.as_ref().filter(|r| Rc::ptr_eq(&r.sick, experiment))
    }
}
