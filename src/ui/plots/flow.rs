//! Norms per layer over time, arranged for a heat-map and bars: rows are the layers of now, in data order; columns are
//! moments, oldest first.
//!
//! Not responsible for drawing. Pure, tested natively.

use super::axis::Axis;
use super::color::{self, Rgb};
use crate::protocol::{GradientLayer, GradientRow};
use std::rc::Rc;

/// Most moments shown.
pub const COLUMNS_MAX: usize = crate::ui::history::ROWS_MAX;

/// Which number of a [`GradientLayer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quantity {
    /// L2 norm of the parameters' gradient.
    #[default]
    DParams,
    /// Root mean square of the output's gradient.
    DActivation,
    /// Root mean square of the output.
    Activation,
    /// L2 norm of the parameters.
    Params,
    /// Size of the latest update over the size of the parameters, `|Δw|/|w|`.
    UpdateRatio,
}

impl Quantity {
    /// All, in the order they are offered.
    pub const ALL: [Quantity; 5] =
        [Quantity::DParams, Quantity::DActivation, Quantity::Activation, Quantity::Params, Quantity::UpdateRatio];

    /// The number, where it was measured.
    pub fn of(self, layer: &GradientLayer) -> Option<f32> {
        match self {
            Quantity::DParams => Some(layer.d_params),
            Quantity::DActivation => Some(layer.d_activation),
            Quantity::Activation => Some(layer.activation),
            Quantity::Params => Some(layer.params),
            Quantity::UpdateRatio => layer.update.filter(|_| layer.params > 0.0).map(|u| u / layer.params),
        }
    }

    /// Whether it is a gradient: those are magenta everywhere, other magnitudes viridis.
    pub fn is_gradient(self) -> bool {
        match self {
            Quantity::DParams | Quantity::DActivation => true,
            Quantity::Activation | Quantity::Params | Quantity::UpdateRatio => false,
        }
    }

    /// Colour for a share of the scale, 0 to 1. `ground` is the page's, which a gradient fades into.
    pub fn color(self, share: f32, ground: Rgb) -> Rgb {
        // Even the weakest gradient differs from "nothing measured", which is the bare ground.
        if self.is_gradient() { color::gradient(0.06 + 0.94 * share.max(0.0), ground) } else { color::viridis(share) }
    }
}

/// What is known of one layer at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// The layer did not exist then.
    Missing,
    /// Exactly zero: nothing passes.
    Zero,
    /// NaN or infinite.
    NotFinite,
    /// A positive number.
    Value(f64),
}

impl Cell {
    fn new(v: f32) -> Cell {
        match v {
            v if !v.is_finite() => Cell::NotFinite,
            0.0 => Cell::Zero,
            v => Cell::Value(f64::from(v.abs())),
        }
    }

    /// The number, if it is one to be drawn.
    pub fn value(self) -> Option<f64> {
        match self {
            Cell::Value(v) => Some(v),
            Cell::Missing | Cell::Zero | Cell::NotFinite => None,
        }
    }
}

/// The picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Which number.
    pub quantity: Quantity,
    /// Names of the rows, `layers.2`.
    pub names: Vec<String>,
    /// Steps of the columns.
    pub steps: Vec<u64>,
    /// `(layers, moments)`, row-major.
    pub cells: Vec<Cell>,
    /// Whole decades around all numbers.
    pub scale: Axis,
    /// While the learner looks back: that step, and the cells of it.
    pub then: Option<(u64, Vec<Cell>)>,
}

impl Flow {
    /// The rows, at most the last [`COLUMNS_MAX`], for the layers of the latest.
    pub fn new(rows: &[Rc<GradientRow>], quantity: Quantity) -> Flow {
        let rows = &rows[rows.len().saturating_sub(COLUMNS_MAX)..];
        let names: Vec<String> =
            rows.last().map(|r| r.layers.iter().map(|l| l.name.clone()).collect()).unwrap_or_default();
        let steps = rows.iter().map(|r| r.step).collect();
        let mut cells = Vec::with_capacity(names.len() * rows.len());
        for (i, name) in names.iter().enumerate() {
            cells.extend(rows.iter().map(|row| {
                // Nearly always at the same place; only rows from before an edit of the model need the search.
                let here = row.layers.get(i).filter(|l| l.name == *name);
                let layer = here.or_else(|| row.layers.iter().find(|l| l.name == *name));
                layer.and_then(|l| quantity.of(l)).map_or(Cell::Missing, Cell::new)
            }));
        }
        let scale = Axis::decades(cells.iter().filter_map(|c| c.value()), 6);
        Flow { quantity, names, steps, cells, scale, then: None }
    }

    /// The same while the learner looks back at a step, whose norms are `row` where they are known.
    #[must_use]
    pub fn looking_back(self, step: u64, row: Option<&GradientRow>) -> Flow {
        let known = row.filter(|r| r.step == step);
        let cell = |(i, name): (usize, &String)| match known {
            Some(row) => {
                let layer = row.layers.iter().find(|l| l.name == *name);
                layer.and_then(|l| self.quantity.of(l)).map_or(Cell::Missing, Cell::new)
            }
            None => self.steps.iter().position(|s| *s == step).map_or(Cell::Missing, |moment| self.cell(i, moment)),
        };
        let cells = self.names.iter().enumerate().map(cell).collect();
        Flow { then: Some((step, cells)), ..self }
    }

    /// The column of the step looked back at: the last one at or before it.
    pub fn moment_then(&self) -> Option<usize> {
        let (step, _) = self.then.as_ref()?;
        self.steps.partition_point(|s| s <= step).checked_sub(1)
    }

    /// The step of what [`Flow::now`] gives.
    pub fn step_now(&self) -> Option<u64> {
        self.then.as_ref().map(|t| t.0).or_else(|| self.steps.last().copied())
    }

    /// Columns.
    pub fn moments(&self) -> usize {
        self.steps.len()
    }

    /// One cell; `Missing` outside.
    pub fn cell(&self, layer: usize, moment: usize) -> Cell {
        if moment >= self.moments() {
            return Cell::Missing;
        }
        self.cells.get(layer * self.moments() + moment).copied().unwrap_or(Cell::Missing)
    }

    /// The latest cell of a layer, or that of the step looked back at.
    pub fn now(&self, layer: usize) -> Cell {
        if let Some((_, cells)) = &self.then {
            return cells.get(layer).copied().unwrap_or(Cell::Missing);
        }
        self.moments().checked_sub(1).map_or(Cell::Missing, |last| self.cell(layer, last))
    }

    /// Colour of a cell.
    pub fn color(&self, cell: Cell, ground: Rgb, zero: Rgb) -> Rgb {
        match cell {
            Cell::Missing => ground,
            Cell::Zero => zero,
            Cell::NotFinite => color::NOT_FINITE,
            Cell::Value(v) => self.quantity.color(self.scale.share(v).unwrap_or(0.0) as f32, ground),
        }
    }

    /// Whether any cell is such.
    pub fn has(&self, cell: Cell) -> bool {
        self.cells.contains(&cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(step: u64, norms: &[f32]) -> Rc<GradientRow> {
        let layer = |(i, v): (usize, &f32)| GradientLayer {
            name: format!("layers.{i}"),
            d_params: *v,
            activation: 1.0,
            ..GradientLayer::default()
        };
        Rc::new(GradientRow { step, layers: norms.iter().enumerate().map(layer).collect() })
    }

    #[test]
    fn rows_are_the_layers_of_now_and_columns_the_last_moments() {
        let mut rows: Vec<_> = (0..500).map(|s| row(s, &[0.1])).collect();
        rows.push(row(500, &[0.1, 0.002]));
        let flow = Flow::new(&rows, Quantity::DParams);
        assert_eq!((flow.names.len(), flow.moments()), (2, COLUMNS_MAX));
        assert_eq!(flow.cell(1, 0), Cell::Missing);
        assert_eq!(flow.now(1), Cell::Value(f64::from(0.002_f32)));
        assert_eq!((flow.scale.low, flow.scale.high), (-3.0, 0.0));
    }

    #[test]
    fn zero_and_not_finite_are_marked_not_hidden() {
        let flow = Flow::new(&[row(0, &[0.0, f32::NAN, f32::INFINITY, 0.5])], Quantity::DParams);
        assert!(flow.has(Cell::Zero) && flow.has(Cell::NotFinite));
        let (ground, zero) = ([255; 3], [1; 3]);
        let colors: Vec<_> = (0..4).map(|l| flow.color(flow.now(l), ground, zero)).collect();
        assert_eq!(colors[..3], [zero, color::NOT_FINITE, color::NOT_FINITE]);
        assert_ne!(colors[3], ground);
    }

    #[test]
    fn looking_back_shows_that_step_and_no_other() {
        let rows: Vec<_> = [10, 20, 30].map(|s| row(s, &[s as f32, 1.0])).to_vec();
        let flow = || Flow::new(&rows, Quantity::DParams);
        assert_eq!((flow().now(0), flow().step_now(), flow().moment_then()), (Cell::Value(30.0), Some(30), None));
        let back = flow().looking_back(25, Some(&row(25, &[7.0, 2.0])));
        assert_eq!((back.now(0), back.now(1), back.step_now()), (Cell::Value(7.0), Cell::Value(2.0), Some(25)));
        assert_eq!(back.moment_then(), Some(1), "marked at the column before it");
        // The norms that a frame of before brought are not those of now.
        let unknown = flow().looking_back(25, Some(&row(30, &[7.0, 2.0])));
        assert_eq!(unknown.now(0), Cell::Missing);
        assert_eq!(flow().looking_back(20, None).now(0), Cell::Value(20.0), "it was measured when it was there");
        assert_eq!(flow().looking_back(3, None).moment_then(), None);
    }

    #[test]
    fn nothing_measured_is_no_trouble() {
        let flow = Flow::new(&[], Quantity::Activation);
        assert_eq!((flow.names.len(), flow.moments(), flow.now(0)), (0, 0, Cell::Missing));
        assert!(flow.scale.high > flow.scale.low);
    }

    #[test]
    fn other_magnitudes_are_not_magenta() {
        for q in Quantity::ALL {
            assert_eq!(q.color(1.0, [255; 3]) == color::GRADIENT, q.is_gradient());
        }
    }
}
