//! The rules: each looks at what was measured and says whether one kind of trouble shows.
//!
//! A rule has two limits: one beyond which trouble is found, and a milder one that must be passed again before a finding
//! goes (hysteresis). Not responsible for patience ([`super::Doctor`]) nor for the limits themselves (`limits`).

mod answers;
mod code;
mod contained;
mod fit;
mod imbalance;
mod inside;
mod leak;
mod loss;
mod made;
mod reach;
mod single_row;
mod through_time;
mod unrelated;

use super::limits::{AGE_MIN, JUMP};
use super::vitals::{Trend, Vitals};
use super::{Evidence, Finding, Kind, Measure, Remedy, Role, Sample, Side};
use crate::spec::{Experiment, TaskKind};
pub use fit::wants_neighbours;
pub use inside::{first_over_last, worst_now};
pub use loss::{makes_no_progress, update};

/// Everything that shows now, gravest first. `found` says which kinds are found already.
pub fn judge(v: &Vitals, e: &Experiment, found: &dyn Fn(Kind) -> bool) -> Vec<Finding> {
    if let Some(d) = &v.diverged {
        return vec![loss::diverged(v, d, e)];
    }
    if let Some(f) = answers::constant_targets(v, e).filter(|_| applies(Kind::ConstantTargets, &e.task.kind)) {
        return vec![f];
    }
    if v.age() < AGE_MIN {
        return Vec::new();
    }
    let case = Case { v, e, trend: v.trend(e.training.batch), learned: loss::learned(v, e) };
    let rule = |kind: &Kind| {
        let known = found(*kind);
        match kind {
            Kind::Diverged | Kind::ConstantTargets => None,
            Kind::Exploding => inside::exploding(&case, known),
            Kind::RateTooHigh => loss::rate_too_high(&case, known),
            Kind::DeadRelu => inside::dead(&case, known),
            Kind::Saturated => inside::saturated(&case, known),
            Kind::Vanishing => inside::vanishing(&case, known),
            Kind::ExplodingTime => through_time::exploding(&case, known),
            Kind::VanishingTime => through_time::vanishing(&case, known),
            Kind::RateTooLow => loss::rate_too_low(&case, known),
            Kind::ConstantOutput => answers::constant(&case, known),
            Kind::LabelLeak => leak::label(&case),
            Kind::Overfitting => fit::over(&case, known),
            Kind::SingleRow => single_row::norm(&case),
            Kind::Imbalance => imbalance::passed_over(&case),
            Kind::Underfitting => fit::under(&case, known),
            Kind::ModeCollapse => made::mode_collapse(&case, known),
            Kind::DiscriminatorTooStrong => made::too_strong(&case, known),
            Kind::PosteriorCollapse => code::collapsed(&case, known),
            Kind::TargetBeyondLoss => reach::beyond_loss(&case),
            Kind::OutOfReach => reach::out_of_reach(&case),
            Kind::TargetInInput => contained::target(&case),
            Kind::TargetsBetween => reach::between(&case),
            Kind::RawInputs => reach::bytes(&case),
            Kind::Unrelated => unrelated::nothing_to_learn(&case),
        }
    };
    let all = Kind::ALL.iter().filter(|kind| applies(**kind, &e.task.kind));
    all.filter_map(rule).filter_map(held_to_its_limits).collect()
}

/// Whether a kind of trouble can be told by its rule in such a task: a generator's loss may rise while all is well, and what
/// is drawn for every step is never learned by heart.
fn applies(kind: Kind, task: &TaskKind) -> bool {
    let whatever = matches!(kind, Kind::Diverged | Kind::SingleRow);
    let of_targets = matches!(kind, Kind::TargetBeyondLoss | Kind::OutOfReach);
    match task {
        TaskKind::Classification | TaskKind::Regression | TaskKind::LanguageModel => true,
        // An autoencoder is asked for its input: that is its task.
        TaskKind::Autoencoder(_) | TaskKind::Several(_) | TaskKind::Rotation => {
            !matches!(kind, Kind::Underfitting | Kind::TargetInInput | Kind::TargetsBetween | Kind::Unrelated)
        }
        TaskKind::Vae(_) => {
            whatever
                || of_targets
                || matches!(kind, Kind::Exploding | Kind::RateTooHigh | Kind::DeadRelu | Kind::PosteriorCollapse)
        }
        TaskKind::Diffusion(_) | TaskKind::Contrastive(_) => {
            whatever || matches!(kind, Kind::Exploding | Kind::RateTooHigh | Kind::DeadRelu)
        }
        TaskKind::Gan(_) => whatever || matches!(kind, Kind::ModeCollapse | Kind::DiscriminatorTooStrong),
    }
}

/// What decided must lie on the side of trouble of the very limit that is shown; what else is shown does so too, or is left
/// out.
fn held_to_its_limits(mut f: Finding) -> Option<Finding> {
    if !f.evidence.first()?.holds() {
        return None;
    }
    f.evidence.retain(Evidence::holds);
    Some(f)
}

/// Of trouble that showed within so many steps of each other, the gravest is the root.
const TOGETHER: u64 = 200;

/// Whether it may follow from something else that is wrong: without a gradient nothing moves, and answers stay as they are.
fn is_symptom(kind: Kind) -> bool {
    matches!(kind, Kind::RateTooLow | Kind::ConstantOutput | Kind::Underfitting)
}

/// Whether it is a matter of the data, whatever else is wrong.
fn stands_alone(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Overfitting
            | Kind::LabelLeak
            | Kind::Imbalance
            | Kind::TargetBeyondLoss
            | Kind::OutOfReach
            | Kind::TargetInInput
            | Kind::TargetsBetween
            | Kind::RawInputs
            | Kind::Unrelated
    )
}

/// Leaves the root of the trouble, what showed first: dead units do not learn because they are dead, and saying so twice
/// helps nobody. Over-fitting and a leak have no such root.
pub fn roots(findings: &mut Vec<Finding>) {
    let causes = || findings.iter().filter(|f| !stands_alone(f.kind) && !is_symptom(f.kind));
    let first = causes().map(|f| f.since).min().unwrap_or(0);
    let cause = causes().find(|f| f.since <= first + TOGETHER);
    let root = cause.or_else(|| findings.iter().find(|f| is_symptom(f.kind))).map(|f| f.kind);
    findings.retain(|f| Some(f.kind) == root || stands_alone(f.kind));
}

/// What rules look at.
struct Case<'a> {
    v: &'a Vitals,
    e: &'a Experiment,
    trend: Option<Trend>,
    /// See [`loss::learned`].
    learned: Option<f64>,
}

impl Case<'_> {
    /// Whether the loss has been far above the first one.
    fn has_jumped(&self) -> bool {
        self.trend.is_some_and(|t| t.peak > JUMP * t.start)
    }
}

/// A finding with one piece of evidence.
fn finding(kind: Kind, evidence: Evidence, remedies: Vec<Remedy>) -> Finding {
    Finding { kind, since: 0, layer: None, evidence: vec![evidence], passed_over: None, remedies }
}

/// Evidence over steps with one line.
fn over_steps(
    measure: Measure,
    points: Vec<(f64, f64)>,
    value: f64,
    (limit, side): (f64, Side),
    log: bool,
) -> Evidence {
    Evidence { measure, names: Vec::new(), lines: vec![(Role::Value, points)], value, limit: Some(limit), side, log }
}

/// Euclidean norm of one number of every layer; `None` where a layer has none, or there is no layer.
fn total(s: &Sample, of: impl Fn(&crate::protocol::GradientLayer) -> Option<f32>) -> Option<f64> {
    let squares = s.row.layers.iter().map(|l| of(l).map(|x| f64::from(x).powi(2))).sum::<Option<f64>>()?;
    (!s.row.layers.is_empty()).then(|| squares.sqrt())
}
