//! Hidden states taken apart: which layers keep one, its strips over time, the gradient through time, and the same
//! experiment with another cell.
//!
//! Not responsible for drawing (`ui::panels::states`). Pure, tested natively.

pub mod layout;

use super::attention::each_layer;
use crate::spec::model::Recurrent;
use crate::spec::target::Target;
use crate::spec::{Experiment, Layer, LayerKind};
use std::rc::Rc;

/// A kind of recurrent cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Elman's.
    Rnn,
    /// Long short-term memory.
    Lstm,
    /// Gated recurrent unit.
    Gru,
}

impl Cell {
    /// All, in the order in which they are compared.
    pub const ALL: [Cell; 3] = [Cell::Rnn, Cell::Lstm, Cell::Gru];

    /// JSON type name of its layer.
    pub fn name(self) -> &'static str {
        match self {
            Cell::Rnn => "rnn",
            Cell::Lstm => "lstm",
            Cell::Gru => "gru",
        }
    }

    fn of(kind: &LayerKind) -> Option<Cell> {
        match kind {
            LayerKind::Rnn(_) => Some(Cell::Rnn),
            LayerKind::Lstm(_) => Some(Cell::Lstm),
            LayerKind::Gru(_) => Some(Cell::Gru),
            _ => None,
        }
    }

    /// The layer of this cell with the settings of another's; those that only one cell has stay with that one.
    fn with(self, r: Recurrent) -> LayerKind {
        match self {
            Cell::Rnn => LayerKind::Rnn(Recurrent { forget_bias: 0.0, ..r }),
            Cell::Lstm => LayerKind::Lstm(Recurrent { activation: None, ..r }),
            Cell::Gru => LayerKind::Gru(Recurrent { activation: None, forget_bias: 0.0, ..r }),
        }
    }
}

/// What can be seen of a cell, one number a unit and step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// h.
    State,
    /// c of an LSTM.
    Memory,
    /// Input gate i.
    Input,
    /// Forget gate f.
    Forget,
    /// Candidate g of an LSTM.
    Candidate,
    /// Output gate o.
    Output,
    /// Reset gate r of a GRU.
    Reset,
    /// Update gate z of a GRU.
    Update,
    /// Candidate n of a GRU.
    New,
}

impl Part {
    /// What a cell has, in the order in which it is shown.
    pub fn all(cell: Cell) -> &'static [Part] {
        use Part::{Candidate, Forget, Input, Memory, New, Output, Reset, State, Update};
        match cell {
            Cell::Rnn => &[State],
            Cell::Lstm => &[State, Memory, Input, Forget, Candidate, Output],
            Cell::Gru => &[State, Reset, Update, New],
        }
    }

    /// The letter in the formulas, also its name in test ids.
    pub fn letter(self) -> &'static str {
        match self {
            Part::State => "h",
            Part::Memory => "c",
            Part::Input => "i",
            Part::Forget => "f",
            Part::Candidate => "g",
            Part::Output => "o",
            Part::Reset => "r",
            Part::Update => "z",
            Part::New => "n",
        }
    }

    /// Whether it is a gate, between 0 (closed) and 1 (open); the others have a sign.
    pub fn is_gate(self) -> bool {
        match self {
            Part::Input | Part::Forget | Part::Output | Part::Reset | Part::Update => true,
            Part::State | Part::Memory | Part::Candidate | Part::New => false,
        }
    }

    /// The value that holds it, and which of the parts side by side in it (PyTorch's order: i, f, g, o; r, z, n).
    fn place(self) -> (&'static str, usize) {
        match self {
            Part::State => ("states", 0),
            Part::Memory => ("cell", 0),
            Part::Input | Part::Reset => ("gates", 0),
            Part::Forget | Part::Update => ("gates", 1),
            Part::Candidate | Part::New => ("gates", 2),
            Part::Output => ("gates", 3),
        }
    }
}

/// One recurrent layer of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurrentAt {
    /// Its values' names begin with it: `layers.1`.
    pub prefix: String,
    /// Its cell.
    pub cell: Cell,
    /// H.
    pub units: usize,
    /// Whether a second cell reads from the end.
    pub bidirectional: bool,
    /// Where in the input its steps begin, if they stand for tokens there.
    pub from: Option<usize>,
}

impl RecurrentAt {
    /// Name of a value, of the second direction if `reverse`.
    pub fn value(&self, part: &str, reverse: bool) -> String {
        format!("{}.{part}{}", self.prefix, if reverse { "_reverse" } else { "" })
    }

    /// Names of all values that a direction has, the states first.
    pub fn values(&self, reverse: bool) -> Vec<String> {
        let parts: &[&str] = match self.cell {
            Cell::Rnn => &["states"],
            Cell::Lstm => &["states", "cell", "gates"],
            Cell::Gru => &["states", "gates"],
        };
        parts.iter().map(|p| self.value(p, reverse)).collect()
    }

    /// What the panel asks for, both directions of a bidirectional layer, so that changing between them shows the other
    /// at once. The most important first: an answer that would be too large leaves out the rest.
    pub fn wanted(&self) -> Vec<String> {
        let directions = || [false, true].into_iter().take(if self.bidirectional { 2 } else { 1 });
        let first = directions().flat_map(|r| [self.value("states", r), self.gradient(r)]);
        let rest = directions().flat_map(|r| self.values(r).into_iter().skip(1));
        std::iter::once("input".to_string()).chain(first).chain(rest).collect()
    }

    /// Name of the gradient of the states.
    pub fn gradient(&self, reverse: bool) -> String {
        format!("{}.grad", self.value("states", reverse))
    }

    /// Name of the value that holds `part`.
    pub fn holds(&self, part: Part, reverse: bool) -> String {
        self.value(part.place().0, reverse)
    }
}

/// Every recurrent layer of the experiment's network, in data order.
pub fn recurrences(experiment: &Experiment) -> Vec<RecurrentAt> {
    let mut found = Vec::new();
    each_layer(experiment, &mut |layer, name, [from, _]| {
        let (Some(cell), Some(r)) = (Cell::of(&layer.kind), layer.kind.recurrent()) else { return };
        let (prefix, units) = (name.to_string(), r.units);
        found.push(RecurrentAt { prefix, cell, units, bidirectional: r.bidirectional, from });
    });
    found
}

/// Steps at which the loss has a term of its own; `None` where the whole sequence has one target.
pub fn step_targets(experiment: &Experiment) -> Option<usize> {
    match experiment.data.info().ok()?.target {
        Target::Steps { len, .. } => Some(len),
        Target::Classes { .. } | Target::Values { .. } => None,
    }
}

/// One number a unit and step, seen as units × time.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// H.
    pub units: usize,
    /// T, without what stands behind a short text.
    pub steps: usize,
    /// Which part.
    pub part: Part,
    /// Numbers of a step in `values`.
    width: usize,
    /// Where the part begins among them.
    from: usize,
    values: Rc<[f32]>,
}

impl Strip {
    /// From the value that [`RecurrentAt::holds`] names, of shape `(T, k·H)`; `counted` steps are the example's own (0:
    /// all). `None` if the numbers do not have that shape.
    pub fn new(part: Part, units: usize, shape: &[usize], values: Rc<[f32]>, counted: usize) -> Option<Strip> {
        let [all, width] = *shape else { return None };
        let from = part.place().1 * units;
        if units == 0 || from + units > width || values.len() != all * width || all == 0 {
            return None;
        }
        let steps = if (1..all).contains(&counted) { counted } else { all };
        Some(Strip { units, steps, part, width, from, values })
    }

    /// One number; `None` outside.
    pub fn at(&self, unit: usize, step: usize) -> Option<f32> {
        if unit >= self.units || step >= self.steps {
            return None;
        }
        self.values.get(step * self.width + self.from + unit).copied()
    }

    /// One unit over time.
    pub fn unit(&self, unit: usize) -> Vec<f32> {
        (0..self.steps).filter_map(|t| self.at(unit, t)).collect()
    }

    /// The largest size of a number, for a common scale; gates and what passed a tanh have 1.
    pub fn range(&self) -> f32 {
        match self.part {
            Part::Input | Part::Forget | Part::Output | Part::Reset | Part::Update | Part::Candidate | Part::New => 1.0,
            Part::State | Part::Memory => {
                let own = (0..self.steps).flat_map(|t| (0..self.units).filter_map(move |u| self.at(u, t)));
                let max = own.filter(|v| v.is_finite()).fold(0.0, |m: f32, v| m.max(v.abs()));
                // Rises in a few steps, so that colours do not flicker while the network learns.
                [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0].into_iter().find(|r| max <= *r).unwrap_or(max)
            }
        }
    }
}

/// `|∂loss/∂h_t|`, the L2 norm over the units, for each step shown; from a gradient of shape `(T, H)`.
pub fn norms(shape: &[usize], d_states: &[f32], counted: usize) -> Vec<f64> {
    let [all, width] = *shape else { return Vec::new() };
    if width == 0 || d_states.len() != all * width {
        return Vec::new();
    }
    let steps = if (1..all).contains(&counted) { counted } else { all };
    let norm = |row: &[f32]| row.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
    d_states.chunks_exact(width).take(steps).map(norm).collect()
}

/// By which factor a gradient changes for each step that it goes back, in the geometric mean between its first and its
/// last positive norm; `None` where there are no two.
pub fn factor_per_step(norms: &[f64]) -> Option<f64> {
    let usable = |v: &f64| v.is_finite() && *v > 0.0;
    let first = norms.iter().position(usable)?;
    let last = norms.iter().rposition(usable)?;
    (last > first).then(|| (norms[first] / norms[last]).powf(1.0 / (last - first) as f64))
}

/// The same experiment with every recurrent layer of this cell; same seed, sizes and directions.
pub fn with_cell(experiment: &Experiment, cell: Cell) -> Experiment {
    fn change(layers: &mut [Layer], cell: Cell) {
        for layer in layers {
            let settings = layer.kind.recurrent().copied();
            if let Some(r) = settings {
                layer.kind = cell.with(r);
            } else if let LayerKind::Residual(inner) = &mut layer.kind {
                change(&mut inner.layers, cell);
            }
        }
    }
    let mut other = experiment.clone();
    change(&mut other.model.layers, cell);
    other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::preset::ready::find;
    use crate::spec::text::{parse, write};

    fn on(set: &str, model: &str) -> Experiment {
        Experiment { model: parse(model).unwrap(), ..find(set).unwrap().experiment().unwrap() }
    }

    #[test]
    fn every_recurrent_layer_is_found() {
        let exp = on(
            "char_rnn",
            "embedding 8 | lstm 8 return_sequences bidirectional | residual(gru 16 return_sequences) | dense",
        );
        let found = recurrences(&exp);
        assert_eq!(
            found[0].values(true),
            ["layers.1.states_reverse", "layers.1.cell_reverse", "layers.1.gates_reverse"]
        );
        assert_eq!(found[1].prefix, "layers.2.layers.0");
        assert_eq!(found[1].gradient(false), "layers.2.layers.0.states.grad");
        assert_eq!(found[0].wanted().len(), 1 + 2 * 4);
        assert_eq!(found[1].wanted()[..3], ["input", "layers.2.layers.0.states", "layers.2.layers.0.states.grad"]);
        assert!(found[0].bidirectional && found[1].cell == Cell::Gru);
        assert!(recurrences(&on("char_rnn", "embedding 8 | dense")).is_empty());
    }

    #[test]
    fn only_a_target_at_each_step_has_a_loss_of_one_step() {
        assert!(step_targets(&find("char_rnn").unwrap().experiment().unwrap()).is_some());
        assert_eq!(step_targets(&find("adding_rnn").unwrap().experiment().unwrap()), None);
    }

    #[test]
    fn gates_lie_side_by_side_in_pytorchs_order() {
        // Two steps, one unit: i, f, g, o.
        let gates: Rc<[f32]> = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8].into();
        let strip = |part| Strip::new(part, 1, &[2, 4], gates.clone(), 0).unwrap();
        assert_eq!(strip(Part::Forget).unit(0), [0.2, 0.6]);
        assert_eq!(strip(Part::Output).at(0, 1), Some(0.8));
        assert_eq!(strip(Part::Output).at(0, 2), None);
        assert_eq!(strip(Part::Candidate).range(), 1.0);
        assert_eq!(Strip::new(Part::Input, 1, &[2, 4], gates.clone(), 1).unwrap().steps, 1);
        assert!(Strip::new(Part::Output, 2, &[2, 4], gates, 0).is_none());
    }

    #[test]
    fn the_scale_of_states_rises_in_steps_and_ignores_what_is_not_finite() {
        let strip = |v: f32| Strip::new(Part::State, 1, &[2, 1], [v, f32::NAN].into(), 0).unwrap();
        assert_eq!((strip(-0.3).range(), strip(0.01).range(), strip(40.0).range()), (0.5, 0.1, 40.0));
    }

    #[test]
    fn norms_and_the_factor_between_them() {
        let n = norms(&[3, 2], &[3.0, 4.0, 0.0, 10.0, 0.0, 20.0], 0);
        assert_eq!(n, [5.0, 10.0, 20.0]);
        assert!((factor_per_step(&n).unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(norms(&[3, 2], &[1.0; 5], 0), Vec::<f64>::new());
        assert_eq!(factor_per_step(&[0.0, 3.0]), None);
        assert_eq!(factor_per_step(&[f64::NAN, 0.0]), None);
    }

    #[test]
    fn the_same_experiment_with_another_cell_is_one_that_runs() {
        let exp = on(
            "char_rnn",
            "embedding 8 | lstm 8 return_sequences forget_bias=1 | rnn 8 activation=relu return_sequences | dense",
        );
        for cell in Cell::ALL {
            let other = with_cell(&exp, cell);
            assert_eq!(other.problems(), [], "{}", write(&other.model));
            assert!(recurrences(&other).iter().all(|r| r.cell == cell && r.units == 8));
            assert_eq!(other.seed, exp.seed);
        }
        let lstm = with_cell(&exp, Cell::Lstm);
        assert_eq!(lstm.model.layers[1], exp.model.layers[1]);
    }
}
