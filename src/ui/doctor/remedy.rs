//! Remedies: one edit of the experiment each, carried out by the page's reducer, so that undo takes it back.
//!
//! Not responsible for when one is offered (`rules`).

use crate::spec::csv_table::CsvTable;
use crate::spec::model::Dropout;
use crate::spec::{Activation, DataSpec, Experiment, Field, Init, InitKind, Layer, LayerKind, OptimizerSpec, preset};
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
    /// Recurrent layers with this cell, from the start.
    Cell(Cell),
    /// Features of mean 0 and deviation 1, from the start.
    Standardise,
    /// Dropout behind hidden dense and recurrent layers and a penalty on large weights, from the start.
    Regularise {
        /// Share of values set to zero.
        dropout: f32,
        /// Weight of Σw².
        l2: f32,
    },
    /// All rows of a set of which the learner uses a few, from the start.
    MoreData {
        /// How many there are.
        rows: usize,
    },
    /// No penalty on weights any more, from the start.
    NoPenalty,
    /// The learner's own table without that column, from the start.
    LeaveOut {
        /// Its name.
        column: String,
    },
    /// Data whose targets differ.
    OtherData,
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
            Remedy::Clip { .. }
            | Remedy::Weights { .. }
            | Remedy::Cell(_)
            | Remedy::Standardise
            | Remedy::Regularise { .. }
            | Remedy::MoreData { .. }
            | Remedy::NoPenalty
            | Remedy::LeaveOut { .. }
            | Remedy::OtherData => true,
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
                reset(hidden, init, activation);
                // The output layer has no activation to fit: the usual start suits it.
                reset(output, Init::default(), None);
            }
            Remedy::Cell(cell) => {
                e = with_cell(&e, cell);
                usual_cells(&mut e.model.layers);
            }
            Remedy::Standardise => e.data.standardize = Some(true),
            Remedy::Regularise { dropout, l2 } => {
                // A penalty that did not help is made stronger.
                e.training.l2 = if e.training.l2 < l2 { l2 } else { (3.0 * e.training.l2).min(10.0) };
                e.model.layers = with_dropout(&e.model.layers, dropout);
            }
            Remedy::MoreData { .. } => e.data.samples = None,
            Remedy::NoPenalty => {
                (e.training.l1, e.training.l2) = (0.0, 0.0);
                if e.optimizer.given(Field::WeightDecay).is_some() {
                    e.optimizer.set(Field::WeightDecay, 0.0);
                }
            }
            Remedy::LeaveOut { column } => {
                if let Some(csv) = &mut e.data.csv
                    && let Ok(table) = CsvTable::parse(&csv.text, csv.header)
                {
                    csv.inputs = csv.input_names(&table).into_iter().filter(|name| *name != column).collect();
                }
            }
            Remedy::OtherData => {
                let fresh = preset::for_data(DataSpec::of("spiral"), e.seed);
                // What the learner built stays if it can be used there.
                let own = Experiment { data: fresh.data.clone(), task: fresh.task.clone(), ..e.clone() };
                e = if own.problems().is_empty() { own } else { fresh };
            }
        }
        e
    }
}

/// The first of these that changes the experiment into one that can be trained; a lower rate where none does.
pub fn pick(e: &Experiment, remedies: impl IntoIterator<Item = Remedy>) -> Remedy {
    let works = |r: &Remedy| {
        let after = r.apply(e);
        after != *e && after.problems().is_empty()
    };
    let lower = || Remedy::Rate { lr: lower_rate(&e.optimizer), anew: true };
    remedies.into_iter().find(works).unwrap_or_else(lower)
}

/// All rows, where a set has at least twice as many as are used and nobody has to make them up.
pub fn unused_rows(e: &Experiment) -> Option<Remedy> {
    let set = e.data.set_info().filter(|s| !s.files.is_empty())?;
    (2 * e.data.sample_count() <= set.samples).then_some(Remedy::MoreData { rows: set.samples })
}

/// Whether an activation bends: everything but the identity.
pub fn bends(a: Activation) -> bool {
    a != Activation::Linear
}

/// Sets first weights, and activations that bend, in these layers and those inside.
fn reset(layers: &mut [Layer], init: Init, activation: Option<Activation>) {
    let swap = |a: &mut Activation| {
        if let Some(new) = activation.filter(|_| bends(*a)) {
            *a = new;
        }
    };
    for layer in layers {
        match &mut layer.kind {
            LayerKind::Dense(d) => {
                d.init = init;
                swap(&mut d.activation);
            }
            LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => {
                c.init = init;
                swap(&mut c.activation);
            }
            LayerKind::Activation(a) => swap(&mut a.kind),
            LayerKind::Residual(r) => reset(&mut r.layers, init, activation),
            // Recurrent cells have initialisers of their own scale: the default fits them.
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.init = Init::default(),
            _ => {}
        }
    }
}

/// Cells start in the usual way: gates do not mend weights that are far too large.
fn usual_cells(layers: &mut [Layer]) {
    for layer in layers {
        match &mut layer.kind {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.init = Init::default(),
            LayerKind::Residual(r) => usual_cells(&mut r.layers),
            _ => {}
        }
    }
}

/// The layers with dropout behind each hidden dense or recurrent layer that has none yet, unless its name is used by a later layer.
fn with_dropout(layers: &[Layer], rate: f32) -> Vec<Layer> {
    let mut out = Vec::with_capacity(2 * layers.len());
    for (i, layer) in layers.iter().enumerate() {
        out.push(layer.clone());
        let hidden = match &layer.kind {
            LayerKind::Dense(d) => bends(d.activation),
            LayerKind::Rnn(_) | LayerKind::Lstm(_) | LayerKind::Gru(_) => true,
            _ => false,
        };
        let is_hidden = hidden && i + 1 < layers.len();
        let has = layers.get(i + 1).is_some_and(|l| matches!(l.kind, LayerKind::Dropout(_)));
        let joined = layer.name.is_some() || layers.get(i + 1).is_some_and(|l| l.from.is_some());
        if is_hidden && !has && !joined {
            out.push(LayerKind::Dropout(Dropout { rate }).into());
        }
    }
    out
}

/// The initialiser of the first layer whose weights do not start in the usual way, if there is one.
pub fn first_weights(layers: &[Layer]) -> Option<InitKind> {
    layers.iter().find_map(|layer| {
        let init = match &layer.kind {
            LayerKind::Dense(d) => Some(d.init),
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => Some(r.init),
            other => other.conv().map(|c| c.init),
        };
        let own = init.filter(|i| !i.is_default()).map(Init::kind);
        own.or_else(|| first_weights(layer.kind.children()))
    })
}
