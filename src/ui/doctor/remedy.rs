//! Remedies: one edit of the experiment each, carried out by the page's reducer, so that undo takes it back; or a way back
//! in the run itself.
//!
//! Not responsible for when one is offered (`rules`) nor for what becomes of it (`course`).

use super::surgery;
use crate::spec::csv_table::CsvTable;
use crate::spec::random::Shifted;
use crate::spec::{
    Activation, ClassWeights, Experiment, Field, Init, InitKind, LayerKind, Loss, OptimizerSpec, Target, TaskKind,
    shape,
};
use crate::ui::inside::states::{Cell, with_cell};

/// An edit that should help.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Another learning rate, on the same network or from the start.
    Rate {
        /// The new one.
        lr: f64,
        /// Whether the present weights are beyond help.
        anew: bool,
    },
    /// Clip the gradient to this norm, from the start.
    Clip {
        /// Largest Euclidean norm.
        norm: f64,
    },
    /// Other first weights, and other activations where given, from the start.
    Weights {
        /// How weights of hidden layers start.
        init: InitKind,
        /// What hidden layers' bending activations become; `None` leaves them.
        activation: Option<Activation>,
    },
    /// Shortcuts round pairs of layers, from the start.
    Shortcuts,
    /// A norm before every activation, from the start.
    Normalise,
    /// Layer norm in the place of batch norm, from the start.
    LayerNorms,
    /// Batches of so many rows.
    Batch {
        /// Rows.
        rows: usize,
    },
    /// Recurrent layers with this cell, from the start.
    Cell(Cell),
    /// Features of mean 0 and deviation 1, from the start.
    Standardise,
    /// A penalty on large weights, and dropout behind hidden layers that are wide enough, from the start.
    Regularise {
        /// Largest share of values set to zero; 0 where all layers are too narrow.
        dropout: f32,
        /// Weight of Σw².
        l2: f32,
    },
    /// Neither dropout nor penalties, from the start.
    Unregularise,
    /// So many rows, where fewer are used than there are or can be made, from the start.
    MoreData {
        /// How many.
        rows: usize,
    },
    /// Generated data with less noise, from the start.
    LessNoise {
        /// How much is left.
        noise: f32,
    },
    /// Back to the step at which the test loss was lowest, and a rest there: early stopping.
    GoBack {
        /// Which.
        step: u64,
    },
    /// Every class counts as much as any other.
    ClassWeights,
    /// More hidden layers, from the start.
    AddLayers {
        /// How many.
        n: usize,
        /// Units of each.
        units: usize,
        /// Their activation.
        activation: Activation,
    },
    /// Hidden layers so many times as wide, from the start.
    Widen {
        /// How many times.
        times: usize,
    },
    /// No penalty on weights any more, from the start.
    NoPenalty,
    /// The learner's own table without that column, from the start.
    LeaveOut {
        /// Its name.
        column: String,
    },
    /// The same task with another setting, from the start.
    Task(TaskKind),
    /// Squared error as loss, from the start.
    SquaredError,
    /// No activation behind the last layer, from the start.
    LinearOutput,
    /// Pictures as numbers from 0 to 1, from the start.
    FromZeroToOne,
    /// Less of the past in each step's direction (β₁), from the start.
    Beta1(f64),
    /// Each step of a random sequence is asked for the next step, from the start.
    NextStep,
    /// A network that sees no later step than the one it answers at, from the start.
    OneWay,
}

/// One significant digit: 0.0032 → 0.003.
pub fn one_digit(x: f64) -> f64 {
    format!("{x:.0e}").parse().unwrap_or(x)
}

/// A tenth of the rate in force at most; the further that is above the optimizer's own default, the more it is drawn towards
/// it: by a third of the way in decades. (By half, a spiral was learned four times as slowly as need be.)
pub fn lower_rate(optimizer: &OptimizerSpec) -> f64 {
    let usual = OptimizerSpec::new(optimizer.kind).get(Field::Lr);
    let tenth = optimizer.get(Field::Lr) / 10.0;
    one_digit(tenth.min((tenth * tenth * usual).cbrt()))
}

impl Remedy {
    /// Whether the network starts anew with it: kept weights would keep what is wrong.
    pub fn is_anew(&self) -> bool {
        match self {
            Remedy::Rate { anew, .. } => *anew,
            Remedy::GoBack { .. } | Remedy::ClassWeights | Remedy::Batch { .. } => false,
            Remedy::Clip { .. }
            | Remedy::Weights { .. }
            | Remedy::Shortcuts
            | Remedy::Normalise
            | Remedy::LayerNorms
            | Remedy::Cell(_)
            | Remedy::Standardise
            | Remedy::Regularise { .. }
            | Remedy::Unregularise
            | Remedy::MoreData { .. }
            | Remedy::LessNoise { .. }
            | Remedy::AddLayers { .. }
            | Remedy::Widen { .. }
            | Remedy::NoPenalty
            | Remedy::LeaveOut { .. }
            | Remedy::Task(_)
            | Remedy::SquaredError
            | Remedy::LinearOutput
            | Remedy::FromZeroToOne
            | Remedy::Beta1(_)
            | Remedy::NextStep
            | Remedy::OneWay => true,
        }
    }

    /// The experiment after it.
    pub fn apply(&self, to: &Experiment) -> Experiment {
        let mut e = to.clone();
        match self.clone() {
            Remedy::Rate { lr, .. } => e.optimizer.lr = Some(lr),
            Remedy::Clip { norm } => e.optimizer.clip_norm = Some(norm),
            Remedy::Weights { init, activation } => {
                let init = Init::new(init, None);
                let last = e.model.layers.len().saturating_sub(1);
                let (hidden, output) = e.model.layers.split_at_mut(last);
                surgery::reset(hidden, init, activation);
                // The output layer has no activation to fit: the usual start suits it.
                surgery::reset(output, Init::default(), None);
            }
            Remedy::Shortcuts => e.model.layers = surgery::with_shortcuts(&e.model.layers),
            Remedy::Normalise => e.model.layers = surgery::with_norms(&e.model.layers),
            Remedy::LayerNorms => surgery::with_layer_norms(&mut e.model.layers),
            Remedy::Batch { rows } => e.training.batch = rows,
            Remedy::Cell(cell) => {
                e = with_cell(&e, cell);
                surgery::usual_cells(&mut e.model.layers);
            }
            Remedy::Standardise => e.data.standardize = Some(true),
            Remedy::Regularise { l2, .. } => {
                // A penalty that did not help is made stronger.
                e.training.l2 = if e.training.l2 < l2 { l2 } else { (3.0 * e.training.l2).min(10.0) };
                e.model.layers = surgery::with_dropout(&e.model.layers).0;
            }
            Remedy::Unregularise => {
                without_penalties(&mut e);
                e.model.layers = surgery::without_dropout(&e.model.layers);
            }
            Remedy::MoreData { rows } => {
                let all = e.data.set_info().is_some_and(|s| s.samples == rows);
                e.data.samples = (!all).then_some(rows);
            }
            Remedy::LessNoise { noise } => e.data.noise = noise,
            // The network stays as it is.
            Remedy::GoBack { .. } => {}
            Remedy::ClassWeights => weigh_classes(&mut e),
            Remedy::AddLayers { n, units, activation } => {
                e.model.layers = surgery::with_layers(&e.model.layers, n, units, activation);
            }
            Remedy::Widen { times } => e.model.layers = surgery::widened(&e.model.layers, times),
            Remedy::NoPenalty => without_penalties(&mut e),
            Remedy::Task(task) => e.task.kind = task,
            Remedy::Beta1(beta) => {
                let own = [&mut e.optimizers.generator, &mut e.optimizers.discriminator].into_iter().flatten();
                let has = |o: &&mut OptimizerSpec| o.kind.fields().iter().any(|f| f.field == Field::Beta1);
                [&mut e.optimizer].into_iter().chain(own).filter(has).for_each(|o| o.set(Field::Beta1, beta));
            }
            Remedy::NextStep => e.data.shifted = e.data.shifted.map(|_| Shifted::Step),
            Remedy::OneWay => surgery::look_back_only(&mut e.model.layers),
            Remedy::SquaredError => e.task.loss = Some(Loss::Mse),
            Remedy::LinearOutput => surgery::end_straight(&mut e.model.layers),
            Remedy::FromZeroToOne => e.data.raw = false,
            Remedy::LeaveOut { column } => {
                if let Some(csv) = &mut e.data.csv
                    && let Ok(table) = CsvTable::remembered(&csv.text, csv.header)
                {
                    csv.inputs = csv.input_names(&table).into_iter().filter(|name| *name != column).collect();
                }
            }
        }
        // Which part of several a new layer would belong to, this operation does not know.
        if !e.model.parts.is_empty() && e.model.layers.len() != to.model.layers.len() { to.clone() } else { e }
    }

    /// Whether it changes anything about this experiment, into one that can be trained.
    pub fn works(&self, e: &Experiment) -> bool {
        if matches!(self, Remedy::GoBack { .. }) {
            return true;
        }
        let after = self.apply(e);
        after != *e && after.problems().is_empty()
    }
}

/// Those of them that can be applied, in their order.
pub fn offers(e: &Experiment, remedies: impl IntoIterator<Item = Remedy>) -> Vec<Remedy> {
    let mut out: Vec<Remedy> = Vec::new();
    for r in remedies.into_iter().filter(|r| r.works(e)) {
        if !out.contains(&r) {
            out.push(r);
        }
    }
    out
}

fn without_penalties(e: &mut Experiment) {
    (e.training.l1, e.training.l2) = (0.0, 0.0);
    if e.optimizer.given(Field::WeightDecay).is_some() {
        e.optimizer.set(Field::WeightDecay, 0.0);
    }
}

/// Only cross-entropy knows classes: a single output for two of them becomes one for each.
fn weigh_classes(e: &mut Experiment) {
    e.training.class_weights = Some(ClassWeights::Balanced);
    let classes = matches!(e.data_info().map(|i| i.target), Some(Target::Classes { .. }));
    if classes && !matches!(e.task.loss(), Loss::CrossEntropy { .. }) {
        e.task.loss = None;
        if let Some(LayerKind::Dense(d)) = e.model.layers.last_mut().map(|l| &mut l.kind) {
            d.units = None;
        }
    }
}

/// More rows: all of a set of which less than half is used, or four times as many where they are made.
pub fn more_rows(e: &Experiment) -> Option<Remedy> {
    let set = e.data.set_info().filter(|s| s.samples > 0)?;
    let now = e.data.sample_count();
    let rows = if set.files.is_empty() { (4 * now).max(set.samples).min(set.max_samples) } else { set.samples };
    (2 * now <= rows).then_some(Remedy::MoreData { rows })
}

/// A third of the noise of generated data.
pub fn less_noise(e: &Experiment) -> Option<Remedy> {
    let noise = f64::from(e.data.noise);
    let enough = e.data.sample_count() >= NOISE_ROWS;
    (e.data.set_info()?.noise && noise > 0.0 && enough)
        .then(|| Remedy::LessNoise { noise: one_digit(noise / 3.0) as f32 })
}

/// A penalty and dropout of the size of the network: the more numbers it learns for each row, the stronger the penalty.
pub fn regularise(e: &Experiment, rows: usize) -> Remedy {
    let (_, dropout) = surgery::with_dropout(&e.model.layers);
    let params = e.data_info().map_or(0, |info| shape::infer(e, &info).n_params);
    let each = params as f64 / rows.max(1) as f64;
    let l2 = (L2_NARROW * each).min(L2 * each.sqrt()).clamp(L2_RANGE.0, L2_RANGE.1);
    Remedy::Regularise { dropout, l2: one_digit(l2) as f32 }
}

/// Weight of Σw² where as many numbers are learned as there are rows: small beside a loss of a half, even where a hundred
/// weights are of size one.
const L2: f64 = 0.0015;
/// The same for a narrow network, whose few weights must stay large: 0.001 took eight units from 98 % to 60 %.
const L2_NARROW: f64 = 0.0007;
/// Least and most of it.
const L2_RANGE: (f64, f64) = (0.0003, 0.005);
/// Fewer rows are learned by heart without any noise.
const NOISE_ROWS: usize = 200;
