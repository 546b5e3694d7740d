//! Findings, evidence and remedies in words.
//!
//! Not responsible for the texts themselves (`i18n::doctor`).

use crate::i18n::doctor::remedy as cures;
use crate::i18n::{Lang, Text, doctor as words, task};
use crate::spec::tasks::GanLoss;
use crate::spec::{Experiment, LayerKind, TaskKind};
use crate::ui::doctor::course::{Change, Figure};
use crate::ui::doctor::{Evidence, Measure, Remedy, Role};
use crate::ui::plots::number;

/// What a plot shows.
pub fn measure(m: Measure) -> Text {
    match m {
        Measure::Loss => words::measure::LOSS,
        Measure::PeakLoss => words::measure::PEAK_LOSS,
        Measure::Recall => words::measure::RECALL,
        Measure::BatchRows => words::measure::BATCH_ROWS,
        Measure::TrainMetric => words::measure::TRAIN_METRIC,
        Measure::TestMetric => words::measure::TEST_METRIC,
        Measure::GradientNorm => words::measure::GRADIENT_NORM,
        Measure::LayerGradient => words::measure::LAYER_GRADIENT,
        Measure::DeadShare => words::measure::DEAD,
        Measure::SaturatedShare => words::measure::SATURATED,
        Measure::LargestUpdate => words::measure::LARGEST_UPDATE,
        Measure::Update => words::measure::UPDATE,
        Measure::ClassShare => words::measure::CLASS_SHARE,
        Measure::PlaceShare => words::measure::PLACE_SHARE,
        Measure::AnswerSpread => words::measure::SPREAD,
        Measure::Apart => words::measure::APART,
        Measure::TimeGradient => words::measure::TIME_GRADIENT,
        Measure::ColumnTells => words::measure::COLUMN_TELLS,
        Measure::Coverage => words::measure::COVERAGE,
        Measure::DiscriminatorLoss => words::measure::DISCRIMINATOR_LOSS,
        Measure::GeneratorLoss => words::measure::GENERATOR_LOSS,
        Measure::Kl => words::measure::KL,
        Measure::FarthestTarget => words::measure::FARTHEST,
        Measure::TargetTold => words::measure::TARGET_TOLD,
    }
}

/// What lies along a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// Training steps.
    Steps,
    /// Steps of a sequence.
    TimeSteps,
    /// Hidden layers, first to last.
    Layers,
    /// Classes of the target.
    Classes,
    /// Columns of the learner's table.
    Columns,
    /// Batches of an epoch.
    Batches,
    /// What is wanted beside what is answered.
    Roles,
}

impl Along {
    /// Of a measure's plot.
    pub fn of(m: Measure) -> Self {
        match m {
            Measure::Loss
            | Measure::PeakLoss
            | Measure::TrainMetric
            | Measure::TestMetric
            | Measure::GradientNorm
            | Measure::DeadShare
            | Measure::SaturatedShare
            | Measure::LargestUpdate
            | Measure::Update
            | Measure::Coverage
            | Measure::DiscriminatorLoss
            | Measure::GeneratorLoss
            | Measure::Kl
            | Measure::Apart => Along::Steps,
            Measure::TimeGradient => Along::TimeSteps,
            Measure::LayerGradient => Along::Layers,
            Measure::ClassShare | Measure::PlaceShare | Measure::Recall => Along::Classes,
            Measure::BatchRows => Along::Batches,
            Measure::ColumnTells | Measure::TargetTold => Along::Columns,
            Measure::AnswerSpread | Measure::FarthestTarget => Along::Roles,
        }
    }

    /// Whether places are numbers on a scale; else they are counted from one.
    pub fn is_steps(self) -> bool {
        match self {
            Along::Steps | Along::TimeSteps | Along::Batches => true,
            Along::Layers | Along::Classes | Along::Columns | Along::Roles => false,
        }
    }

    /// Its name, where it has one.
    pub fn word(self) -> Option<Text> {
        match self {
            Along::Steps => Some(words::STEP),
            Along::TimeSteps => Some(words::TIME_STEP),
            Along::Batches => Some(words::BATCH_AXIS),
            Along::Layers => Some(words::LAYER_AXIS),
            Along::Classes => Some(words::CLASS_AXIS),
            Along::Columns => Some(words::COLUMN_AXIS),
            Along::Roles => None,
        }
    }
}

/// What a line is, where there are several.
pub fn role_word(role: Role) -> Option<Text> {
    match role {
        Role::Value => None,
        Role::Train => Some(words::measure::TRAIN),
        Role::Test => Some(words::measure::TEST),
        Role::Targets => Some(words::measure::TARGETS),
        Role::Answers => Some(words::measure::ANSWERS),
    }
}

/// Whether it is a share of something.
pub fn is_share(m: Measure) -> bool {
    match m {
        Measure::DeadShare
        | Measure::SaturatedShare
        | Measure::ClassShare
        | Measure::Recall
        | Measure::TestMetric
        | Measure::PlaceShare
        | Measure::Apart
        | Measure::Coverage
        | Measure::TargetTold
        | Measure::ColumnTells => true,
        Measure::Loss
        | Measure::PeakLoss
        | Measure::BatchRows
        | Measure::TrainMetric
        | Measure::GradientNorm
        | Measure::LayerGradient
        | Measure::LargestUpdate
        | Measure::Update
        | Measure::TimeGradient
        | Measure::DiscriminatorLoss
        | Measure::GeneratorLoss
        | Measure::Kl
        | Measure::FarthestTarget
        | Measure::AnswerSpread => false,
    }
}

/// A number of that kind.
pub fn number_word(v: f64, m: Measure) -> String {
    if is_share(m) { number::percent(v) } else { number::short(v) }
}

/// A share that is gone, as a sign of life: what has grown beyond twice its size is only said to have grown.
pub fn gone_word(share: f64) -> String {
    if share < -1.0 { format!("< {}", number::percent(-1.0)) } else { number::percent(share) }
}

/// The number judged, with its limit where it has one.
pub fn value_word(e: &Evidence, lang: Lang) -> String {
    let (value, limit, what) = match (e.measure, e.limit) {
        // The limit is a share of the last one's gradient, drawn as a height.
        (Measure::LayerGradient | Measure::TimeGradient, Some(_)) => {
            let what = if e.measure == Measure::TimeGradient { words::measure::BACK } else { words::measure::FLOW };
            (e.value, e.limit_of_value(), Some(what))
        }
        (Measure::LayerGradient, None) => return String::new(),
        // What is only shown beside what was judged.
        (Measure::ClassShare, None) => return String::new(),
        (Measure::Loss, limit) if e.lines.len() > 1 => (e.value, limit, Some(words::measure::TEST)),
        (Measure::ClassShare | Measure::PlaceShare, limit) => (e.value, limit, Some(words::measure::COMMONEST)),
        (_, limit) => (e.value, limit, None),
    };
    let value = number_word(value, e.measure);
    let said = match limit {
        Some(l) => words::JUDGED.with(lang, &[("value", &value), ("limit", &number_word(l, e.measure))]),
        None => value,
    };
    what.map_or(said.clone(), |w| format!("{} {said}", w.get(lang)))
}

/// A figure before and after.
pub fn change(c: &Change, lang: Lang) -> [(&'static str, String); 3] {
    let name = match c.figure {
        Figure::TrainLoss => "train",
        Figure::TestLoss => "test",
        Figure::Recall => "recall",
        Figure::Energy => "energy",
        Figure::Coverage => "coverage",
        Figure::Kl => "kl",
    };
    let number = |v: f64| match c.figure {
        _ if !v.is_finite() => cures::BLEW_UP.get(lang).to_string(),
        Figure::Recall | Figure::Coverage => number::percent(v),
        Figure::TrainLoss | Figure::TestLoss | Figure::Energy | Figure::Kl => number::short(v),
    };
    [("figure", cures::figure(name).get(lang).to_string()), ("before", number(c.before)), ("after", number(c.after))]
}

/// What a remedy does, and why that helps; `after` is the experiment it makes.
pub fn remedy(r: &Remedy, after: &Experiment, lang: Lang) -> (String, &'static str) {
    let short = |v: f64| number::short(v);
    let count = |n: usize| number::integer(n as u64);
    let (what, why) = match r {
        Remedy::Rate { lr, anew: true } => (cures::RATE_ANEW.with(lang, &[("lr", &short(*lr))]), "rate-lower"),
        Remedy::Rate { lr, anew: false } => (cures::RATE.with(lang, &[("lr", &short(*lr))]), "rate-higher"),
        Remedy::Clip { norm } => (cures::CLIP.with(lang, &[("norm", &short(*norm))]), "clip"),
        Remedy::Weights { init, activation: None } => (cures::WEIGHTS.with(lang, &[("init", init.name())]), "weights"),
        Remedy::Weights { init, activation: Some(a) } => {
            let names = [("init", init.name()), ("activation", a.name())];
            (cures::WEIGHTS_ACTIVATION.with(lang, &names), "activation")
        }
        Remedy::Shortcuts => (cures::SHORTCUTS.get(lang).into(), "shortcuts"),
        Remedy::Normalise => (cures::NORMALISE.get(lang).into(), "normalise"),
        Remedy::LayerNorms => (cures::LAYER_NORMS.get(lang).into(), "layer-norms"),
        Remedy::Batch { rows } => (cures::BATCH.with(lang, &[("n", &count(*rows))]), "batch"),
        Remedy::Cell(cell) => (cures::CELL.with(lang, &[("cell", cell.name())]), "cell"),
        Remedy::Standardise => (cures::STANDARDISE.get(lang).into(), "standardise"),
        Remedy::Regularise { dropout, .. } => {
            let l2 = short(f64::from(after.training.l2));
            match *dropout > 0.0 && after.model.layers.iter().any(|l| matches!(l.kind, LayerKind::Dropout(_))) {
                true => {
                    let facts = [("rate", short(f64::from(*dropout))), ("l2", l2)];
                    (cures::REGULARISE.with(lang, &facts.each_ref().map(|(k, v)| (*k, v.as_str()))), "regularise")
                }
                false => (cures::PENALTY.with(lang, &[("l2", &l2)]), "penalty"),
            }
        }
        Remedy::Unregularise => (cures::UNREGULARISE.get(lang).into(), "unregularise"),
        Remedy::MoreData { rows } => (cures::MORE_DATA.with(lang, &[("n", &count(*rows))]), "more-data"),
        Remedy::LessNoise { noise } => {
            (cures::LESS_NOISE.with(lang, &[("noise", &short(f64::from(*noise)))]), "less-noise")
        }
        Remedy::GoBack { step } => (cures::GO_BACK.with(lang, &[("step", &number::integer(*step))]), "go-back"),
        Remedy::ClassWeights => (cures::CLASS_WEIGHTS.get(lang).into(), "class-weights"),
        Remedy::AddLayers { n, units, activation } => {
            let (n, units) = (count(*n), count(*units));
            let facts = [("n", n.as_str()), ("units", units.as_str()), ("activation", activation.name())];
            (cures::ADD_LAYERS.with(lang, &facts), "add-layers")
        }
        Remedy::Widen { times } => (cures::WIDEN.with(lang, &[("n", &count(*times))]), "widen"),
        Remedy::Beta1(beta) => (cures::BETA1.with(lang, &[("beta", &short(*beta))]), "beta1"),
        Remedy::SquaredError => (cures::SQUARED_ERROR.get(lang).into(), "squared-error"),
        Remedy::FromZeroToOne => (cures::FROM_ZERO_TO_ONE.get(lang).into(), "from-zero-to-one"),
        Remedy::LinearOutput => (cures::LINEAR_OUTPUT.get(lang).into(), "linear-output"),
        Remedy::NextStep => (cures::NEXT_STEP.get(lang).into(), "next-step"),
        Remedy::OneWay => (cures::ONE_WAY.get(lang).into(), "one-way"),
        Remedy::NoPenalty => (cures::NO_PENALTY.get(lang).into(), "no-penalty"),
        Remedy::Task(TaskKind::Gan(task)) => {
            let why = if matches!(task.loss, GanLoss::Wasserstein | GanLoss::WassersteinGp) {
                "wasserstein"
            } else {
                "least-squares"
            };
            let name = task::gan_loss(task.loss.name()).0;
            (cures::GAN_LOSS.with(lang, &[("loss", name.get(lang))]), why)
        }
        Remedy::Task(TaskKind::Vae(task)) => {
            let facts = [("beta", short(f64::from(task.beta))), ("free", short(f64::from(task.free_bits)))];
            (cures::VAE.with(lang, &facts.each_ref().map(|(k, v)| (*k, v.as_str()))), "vae")
        }
        // Of other tasks no rule changes a setting.
        Remedy::Task(
            TaskKind::Classification
            | TaskKind::Regression
            | TaskKind::LanguageModel
            | TaskKind::Autoencoder(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Several(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_),
        ) => (String::new(), "vae"),
        Remedy::LeaveOut { column } => (cures::LEAVE_OUT.with(lang, &[("column", column)]), "leave-out"),
    };
    (what, cures::why(why).get(lang))
}
