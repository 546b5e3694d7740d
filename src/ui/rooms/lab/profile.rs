//! What is measured in every dense layer of one side, first to last, and what theory says beside it.
//!
//! Pure arithmetic over frames. Not responsible for drawing.

use super::mean_field::{Maps, Way};
use super::setup::{Norm, Setup};
use crate::protocol::{Frame, GradientLayer, GradientRow, Spread};
use crate::spec::InitKind;
use std::collections::HashMap;

/// Numbers of one layer now; `None` where not measured (yet).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Now {
    /// Root mean square of its output.
    pub activation: Option<f32>,
    /// Root mean square of its output's gradient.
    pub d_activation: Option<f32>,
    /// L2 norm of its parameters' gradient.
    pub d_params: Option<f32>,
    /// Size of the latest update over the size of the parameters.
    pub update: Option<f32>,
    /// Share of units that were 0 on every sample of the batch.
    pub dead: Option<f32>,
    /// Share of outputs in the flat ends of the activation function.
    pub saturated: Option<f32>,
}

/// Why no prediction is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTheory {
    /// Batch normalisation: samples of a batch depend on each other.
    BatchNorm,
    /// The weights are not drawn at random.
    NotRandom,
    /// Numbers that no computer can hold.
    OutOfRange,
    /// Nothing is measured yet.
    NotYet,
}

/// Theory beside the measurement, hidden layers only.
#[derive(Clone, Debug, PartialEq)]
pub struct Theory {
    /// Root mean square of the outputs.
    pub activation: Vec<f64>,
    /// Root mean square of their gradients, level with the first measurement at the last hidden layer.
    pub d_activation: Vec<f64>,
    /// `√χ` from the middle layer to the one before: the factor a gradient takes on its way back.
    pub decay: f64,
    /// Whether the initialiser is one that theory describes to leading order only (orthogonal).
    pub leading_order: bool,
}

/// Whether it is a plain chain, the only one that has a critical gain.
pub fn is_plain(s: &Setup) -> bool {
    s.norm == Norm::None && !s.skip
}

/// Numbers of the layers `names` in a row of norms and a frame.
pub fn now(names: &[String], row: Option<&GradientRow>, frame: &Frame) -> Vec<Now> {
    let norms: HashMap<&str, &GradientLayer> =
        row.map(|r| r.layers.iter().map(|l| (l.name.as_str(), l)).collect()).unwrap_or_default();
    let spread: HashMap<&str, &Spread> = frame.spread().iter().map(|s| (s.name.as_str(), s)).collect();
    let one = |name: &String| {
        let (l, s) = (norms.get(name.as_str()), spread.get(name.as_str()));
        Now {
            activation: l.map(|l| l.activation),
            d_activation: l.map(|l| l.d_activation),
            d_params: l.map(|l| l.d_params),
            update: l.and_then(|l| update_ratio(l)),
            dead: s.map(|s| s.dead),
            saturated: s.and_then(|s| s.saturated),
        }
    };
    names.iter().map(one).collect()
}

/// `|Δw|/|w|`; none where there are no weights yet to compare with.
pub fn update_ratio(l: &GradientLayer) -> Option<f32> {
    l.update.filter(|_| l.params > 0.0).map(|u| u / l.params)
}

/// What theory predicts for `setup` at its first weights, for inputs of `inputs` numbers and these mean squares; `first`
/// is the gradient of the last hidden layer at the first step.
///
/// # Errors
/// Why there is no prediction.
pub fn theory(
    setup: &Setup,
    maps: &Maps,
    inputs: usize,
    input_squares: &[f64],
    first: Option<f32>,
) -> Result<Theory, NoTheory> {
    if setup.norm == Norm::Batch {
        return Err(NoTheory::BatchNorm);
    }
    let Some(first) = first.filter(|_| !input_squares.is_empty()) else { return Err(NoTheory::NotYet) };
    let widths = vec![setup.width; setup.depth];
    let way = Way { layer_norm: setup.norm == Norm::Layer, skip: setup.skip };
    let layers = maps.layers(setup.init, inputs, input_squares, &widths, way).ok_or(NoTheory::NotRandom)?;
    if layers.len() < setup.depth {
        return Err(NoTheory::OutOfRange);
    }
    Ok(Theory {
        activation: layers.iter().map(|l| l.activation).collect(),
        d_activation: layers.iter().map(|l| l.d_activation * f64::from(first)).collect(),
        decay: layers[setup.depth / 2].decay,
        leading_order: setup.init.kind() == InitKind::Orthogonal,
    })
}

/// Mean squares of up to `count` inputs of `width` numbers each, spread evenly over the rows of `x`.
pub fn input_squares(x: &[f32], width: usize, count: usize) -> Vec<f64> {
    let rows = x.len() / width.max(1);
    let step = (rows / count.max(1)).max(1);
    let square = |row: &[f32]| row.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / width.max(1) as f64;
    x.chunks_exact(width.max(1)).step_by(step).take(count).map(square).collect()
}

/// At most `count` of `n` layers, first and last among them, evenly spaced.
pub fn some_of(n: usize, count: usize) -> Vec<usize> {
    if n <= count || count < 2 {
        return (0..n.min(count.max(1))).collect();
    }
    (0..count).map(|i| (i * (n - 1) + (count - 1) / 2) / (count - 1)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::protocol::Shown;
    use crate::spec::{Activation, Init};

    #[test]
    fn numbers_are_found_by_name_and_missing_ones_are_missing() {
        let layer = GradientLayer { name: "layers.1".into(), params: 2.0, update: Some(0.5), ..Default::default() };
        let row = GradientRow { step: 1, layers: vec![layer] };
        let spread = vec![Spread { name: "layers.0".into(), dead: 0.25, ..Spread::default() }];
        let frame = Frame { shown: vec![Shown::Spread(spread)], ..Frame::default() };
        let all = now(&["layers.0".into(), "layers.1".into()], Some(&row), &frame);
        assert_eq!((all[0].dead, all[0].update), (Some(0.25), None));
        assert_eq!((all[1].update, all[1].dead), (Some(0.25), None));
    }

    #[test]
    fn theory_starts_at_the_measured_end_and_says_when_it_is_silent() {
        let maps = Maps::new(Activation::Tanh);
        let setup = Setup { depth: 10, init: Init::XavierNormal { gain: 2.0 }, ..Setup::default() };
        let t = theory(&setup, &maps, 2, &[0.3, 0.5], Some(0.01)).unwrap();
        assert_eq!((t.activation.len(), t.d_activation[9]), (10, f64::from(0.01_f32)));
        assert!(t.d_activation[0] > t.d_activation[9] && t.decay > 1.0);
        let why = |s: Setup| theory(&s, &maps, 2, &[0.3], Some(0.01)).unwrap_err();
        assert_eq!(why(Setup { norm: Norm::Batch, ..setup }), NoTheory::BatchNorm);
        assert_eq!(why(Setup { init: Init::Zeros, ..setup }), NoTheory::NotRandom);
        assert_eq!(theory(&setup, &maps, 2, &[0.3], None).unwrap_err(), NoTheory::NotYet);
    }

    #[test]
    fn some_layers_hold_first_and_last() {
        for n in [1, 5, 12, 13, 51, 101] {
            let some = some_of(n, 12);
            assert!(some.len() <= 12 && some[0] == 0 && some[some.len() - 1] == n - 1, "{n}: {some:?}");
            assert!(some.windows(2).all(|w| w[0] < w[1]), "{n}: {some:?}");
        }
    }

    #[test]
    fn inputs_are_sampled_evenly() {
        let x: Vec<f32> = (0..20).map(|i| i as f32).collect();
        assert_eq!(input_squares(&x, 2, 2), [0.5, (100.0 + 121.0) / 2.0]);
        assert_eq!(input_squares(&[], 2, 8), Vec::<f64>::new());
    }
}
