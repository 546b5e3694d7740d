//! Mean-field theory of a plain deep network at its first step: how large activations become layer by layer, and how
//! gradients shrink or grow on their way back.
//!
//! With weights of variance `σ_w²/fan_in` and biases of variance `σ_b²`, a wide layer's pre-activations are Gaussian with
//! variance `q`, and `q ← σ_w² E[φ(√q z)²] + σ_b²` from one layer to the next (Poole et al. 2016, eq. 3). A gradient's
//! mean square is multiplied by `χ = σ_w² E[φ′(√q z)²]` on its way back through a layer (Schoenholz et al. 2017, eq. 8),
//! so that it decays or grows exponentially unless `χ = 1`. Exact in the limit of infinite width; orthogonal matrices
//! agree to leading order (Pennington et al. 2017). A skip connection adds its input's mean square (and, where `φ` has a
//! mean, twice the product of the means) on the way forward and 1 to `χ` on the way back (Yang and Schoenholz 2017); layer
//! normalisation makes `q = σ_w² + σ_b²` and divides `χ` by the variance of what it normalises. Says nothing about batch
//! normalisation, which ties the samples of a batch together, nor about networks that have been trained.

use crate::spec::activation::phi;
use crate::spec::{Activation, Init};

/// Nodes of the midpoint rule over `±Z_MAX` standard deviations, even in the cube root: dense around 0, where functions
/// that saturate do all their bending when `q` is large; an even number, so that the kink of a ReLU lies between two.
const NODES: usize = 256;
const Z_MAX: f64 = 8.0;
/// The maps are tabulated over `ln q` in this range and carried on as power laws beyond.
const LN_Q: (f64, f64) = (-18.0, 18.0);
const TABLE: usize = 361;
/// Iterations within which the variance has settled, or never will (ReLU at its critical gain keeps what it had).
const SETTLE: usize = 4000;
/// Range in which [`Maps::critical_gain`] looks.
const GAINS: (f64, f64) = (1e-2, 1e2);

/// Added to the variance by layer normalisation, as in PyTorch.
const NORM_EPS: f64 = 1e-5;

/// Mean square of `φ` and of `φ′`, and mean of `φ`, for Gaussian input, as functions of its variance.
#[derive(Clone, Debug, PartialEq)]
pub struct Maps {
    /// `ln E[φ²]` at even steps of `ln q`.
    square: Vec<f64>,
    /// `ln E[φ′²]`.
    slope: Vec<f64>,
    /// `E[φ]/√E[φ²]`.
    bias: Vec<f64>,
}

/// How every hidden layer but the first meets its input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// It normalises it over the layer's units (Ba et al. 2016).
    pub layer_norm: bool,
    /// It is added to it (He et al. 2015).
    pub skip: bool,
}

/// Variances that an initialiser gives one layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// `σ_w²`: variance of a weight times `fan_in`.
    pub weight: f64,
    /// `σ_b²`: variance of a bias.
    pub bias: f64,
}

impl Spread {
    /// What `init` means for a dense layer; `None` where nothing is drawn at random (`zeros`, `constant`).
    pub fn of(init: Init, fan_in: usize, fan_out: usize) -> Option<Spread> {
        let (n_in, n_out) = (fan_in.max(1) as f64, fan_out.max(1) as f64);
        let weight = |w| Some(Spread { weight: w, bias: 0.0 });
        match init {
            Init::Torch => Some(Spread { weight: 1.0 / 3.0, bias: 1.0 / (3.0 * n_in) }),
            Init::Zeros | Init::Constant { .. } => None,
            Init::Uniform { limit } => weight(n_in * limit * limit / 3.0),
            Init::Normal { std } => weight(n_in * std * std),
            Init::XavierUniform { gain } | Init::XavierNormal { gain } => {
                weight(gain * gain * 2.0 * n_in / (n_in + n_out))
            }
            Init::HeUniform { gain } | Init::HeNormal { gain } => weight(2.0 * gain * gain),
            Init::LecunUniform { gain } | Init::LecunNormal { gain } => weight(gain * gain),
            // Orthonormal rows or columns, whichever are fewer: each entry has variance 1/max(rows, columns).
            Init::Orthogonal { gain } => weight(gain * gain * n_in / n_in.max(n_out)),
        }
    }
}

/// What is predicted for one hidden layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// Root mean square of its output.
    pub activation: f64,
    /// Root mean square of its output's gradient as a share of the last hidden layer's.
    pub d_activation: f64,
    /// Factor on a gradient's root mean square from this layer's output back to its input, per unit: `√χ`.
    pub decay: f64,
}

impl Maps {
    /// Tabulates them for an activation: some milliseconds.
    pub fn new(act: Activation) -> Maps {
        let h = 2.0 / NODES as f64;
        let nodes: Vec<(f64, f64)> = (0..NODES)
            .map(|i| -1.0 + (i as f64 + 0.5) * h)
            .map(|t| (Z_MAX * t * t * t, 3.0 * Z_MAX * t * t * h))
            .map(|(z, dz)| (z, dz * (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt()))
            .collect();
        let mean = |f: &dyn Fn(f64) -> f64, q: f64| -> f64 {
            nodes.iter().map(|(z, weight)| weight * f(q.sqrt() * z).powi(2)).sum()
        };
        let middle = |q: f64| -> f64 { nodes.iter().map(|(z, weight)| weight * phi::value(act, q.sqrt() * z)).sum() };
        let at = |i: usize| (LN_Q.0 + (LN_Q.1 - LN_Q.0) * i as f64 / (TABLE - 1) as f64).exp();
        let table = |f: &dyn Fn(f64) -> f64| -> Vec<f64> {
            // No activation has mean square 0; the smallest number keeps the logarithm finite all the same.
            (0..TABLE).map(|i| mean(f, at(i)).max(f64::MIN_POSITIVE).ln()).collect()
        };
        let (square, slope) = (table(&|x| phi::value(act, x)), table(&|x| phi::slope(act, x)));
        let bias = square.iter().enumerate().map(|(i, ln)| middle(at(i)) / (0.5 * ln).exp()).collect();
        Maps { square, slope, bias }
    }

    /// `E[φ(√q z)]`.
    pub fn mean(&self, q: f64) -> f64 {
        let (i, part) = place(q.max(f64::MIN_POSITIVE));
        let bias = self.bias[i] + part.clamp(0.0, 1.0) * (self.bias[i + 1] - self.bias[i]);
        bias * self.square(q).sqrt()
    }

    /// `E[φ(√q z)²]`.
    pub fn square(&self, q: f64) -> f64 {
        look_up(&self.square, q)
    }

    /// `E[φ′(√q z)²]`.
    pub fn slope(&self, q: f64) -> f64 {
        look_up(&self.slope, q)
    }

    /// The variance that `q` settles at, from 1; `∞` or 0 where it grows or shrinks for ever.
    pub fn fixed_point(&self, s: Spread) -> f64 {
        let mut q = 1.0;
        for _ in 0..SETTLE {
            let next = s.weight * self.square(q) + s.bias;
            if next.is_nan() || next >= 1e300 {
                return f64::INFINITY;
            }
            if next < 1e-300 {
                return 0.0;
            }
            if (next - q).abs() <= 1e-12 * q {
                return next;
            }
            q = next;
        }
        q
    }

    /// `χ` at a variance.
    pub fn chi(&self, s: Spread, q: f64) -> f64 {
        s.weight * self.slope(q)
    }

    /// The gain at which `χ = 1` at the fixed point, for hidden layers of `width` started by `with_gain(gain)`: between
    /// vanishing and exploding. `None` where no gain in 0.01–100 is critical.
    pub fn critical_gain(&self, width: usize, with_gain: &dyn Fn(f64) -> Init) -> Option<f64> {
        let chi = |ln_gain: f64| {
            let s = Spread::of(with_gain(ln_gain.exp()), width, width)?;
            Some(self.chi(s, self.fixed_point(s).clamp(1e-280, 1e280)))
        };
        let (mut low, mut high) = (GAINS.0.ln(), GAINS.1.ln());
        if chi(low)? > 1.0 || chi(high)? < 1.0 {
            return None;
        }
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if chi(middle)? < 1.0 { low = middle } else { high = middle }
        }
        Some((0.5 * (low + high)).exp())
    }

    /// All hidden layers of `widths` units, first to last, for inputs of `inputs` numbers whose mean squares are
    /// `input_squares`, one a sample: samples of different length take different ways, and are averaged. `None` where
    /// `init` draws nothing; what grows out of range ends the list.
    pub fn layers(
        &self,
        init: Init,
        inputs: usize,
        input_squares: &[f64],
        widths: &[usize],
        way: Way,
    ) -> Option<Vec<Layer>> {
        let fan_in = |l: usize| if l == 0 { inputs } else { widths[l - 1] };
        let spreads: Vec<Spread> =
            widths.iter().enumerate().map(|(l, w)| Spread::of(init, fan_in(l), *w)).collect::<Option<_>>()?;
        let n = widths.len();
        let (mut squares, mut gradients, mut chis) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        for input in input_squares {
            // Mean square and mean of what the next layer meets.
            let (mut square, mut mean) = (*input, 0.0);
            let mut chi = vec![0.0; n];
            for (l, s) in spreads.iter().enumerate() {
                let inner = l > 0;
                let variance = (square - mean * mean).max(0.0);
                let scale = if way.layer_norm && inner { 1.0 / (variance + NORM_EPS) } else { 1.0 };
                let seen = if way.layer_norm && inner { variance * scale } else { square };
                let q = s.weight * seen + s.bias;
                let (out, out_mean) = (self.square(q), self.mean(q));
                squares[l] += out;
                chi[l] = self.chi(*s, q) * scale;
                if way.skip && inner {
                    chi[l] += 1.0;
                    square += 2.0 * mean * out_mean + out;
                    mean += out_mean;
                } else {
                    (square, mean) = (out, out_mean);
                }
            }
            let mut gradient = 1.0;
            for l in (0..n).rev() {
                gradients[l] += gradient;
                chis[l] += chi[l];
                // Each unit's gradient gathers from `widths[l]` outputs, while χ counts `fan_in` of them.
                gradient *= chi[l] * widths[l] as f64 / fan_in(l).max(1) as f64;
            }
        }
        let rms = |sum: f64| (sum / input_squares.len().max(1) as f64).sqrt();
        let layer =
            |l: usize| Layer { activation: rms(squares[l]), d_activation: rms(gradients[l]), decay: rms(chis[l]) };
        let in_range = |l: &Layer| l.activation.is_finite() && l.d_activation.is_finite();
        let layers: Vec<Layer> = (0..n).map(layer).collect();
        // A gradient that cannot be followed to the first layer leaves nothing to compare.
        Some(if layers.iter().all(|l| l.d_activation.is_finite()) {
            layers.into_iter().take_while(in_range).collect()
        } else {
            Vec::new()
        })
    }
}

/// Linear in the logarithms; at the ends the last slope goes on, which is what the functions do there (powers of `q`).
fn look_up(table: &[f64], q: f64) -> f64 {
    if q <= 0.0 {
        // The limit: φ(0)² where that is not 0, else 0 (the table falls towards it).
        return if table[1] - table[0] > 1e-3 { 0.0 } else { table[0].exp() };
    }
    let (i, part) = place(q);
    (table[i] + part * (table[i + 1] - table[i])).exp()
}

/// Where `q` lies in the tables: the entry before it, and the part of the way to the next.
fn place(q: f64) -> (usize, f64) {
    let at = (q.ln() - LN_Q.0) / (LN_Q.1 - LN_Q.0) * (TABLE - 1) as f64;
    let i = (at.max(0.0) as usize).min(TABLE - 2);
    (i, at - i as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, within: f64) {
        assert!((a - b).abs() <= within * b.abs().max(1e-12), "{a} is not {b}");
    }

    #[test]
    fn relu_and_linear_have_closed_forms() {
        let (relu, linear) = (Maps::new(Activation::Relu), Maps::new(Activation::Linear));
        for q in [1e-20, 1e-9, 1e-3, 1.0, 37.0, 1e8, 1e15] {
            near(relu.square(q), q / 2.0, 2e-3);
            near(relu.slope(q), 0.5, 2e-3);
            near(linear.square(q), q, 1e-6);
            near(linear.slope(q), 1.0, 1e-6);
        }
    }

    #[test]
    fn critical_gains_are_the_known_ones() {
        // He et al. 2015: ReLU keeps its signal at He's variance, which is gain √2 on LeCun's.
        let he = |gain| Init::HeNormal { gain };
        let lecun = |gain| Init::LecunNormal { gain };
        near(Maps::new(Activation::Relu).critical_gain(64, &he).unwrap(), 1.0, 2e-3);
        near(Maps::new(Activation::Relu).critical_gain(64, &lecun).unwrap(), 2f64.sqrt(), 2e-3);
        // Poole et al. 2016: tanh turns chaotic at σ_w = 1 without biases.
        near(Maps::new(Activation::Tanh).critical_gain(64, &lecun).unwrap(), 1.0, 1e-2);
        // A logistic function's slope is at most a quarter: its gain must be above 4.
        assert!(Maps::new(Activation::Sigmoid).critical_gain(64, &lecun).is_none_or(|g| g > 4.0));
    }

    #[test]
    fn selu_keeps_variance_one() {
        // Klambauer et al. 2017: mean 0 and variance 1 is SELU's fixed point with LeCun's variance.
        let selu = Maps::new(Activation::Selu);
        near(selu.fixed_point(Spread { weight: 1.0, bias: 0.0 }), 1.0, 5e-3);
    }

    #[test]
    fn initialisers_mean_their_variances() {
        let s = |init| Spread::of(init, 50, 200).unwrap();
        near(s(Init::XavierNormal { gain: 2.0 }).weight, 4.0 * 2.0 * 50.0 / 250.0, 1e-12);
        near(s(Init::Normal { std: 0.1 }).weight, 0.5, 1e-12);
        near(s(Init::Orthogonal { gain: 1.0 }).weight, 0.25, 1e-12);
        near(s(Init::Torch).bias, 1.0 / 150.0, 1e-12);
        assert_eq!(Spread::of(Init::Zeros, 3, 3), None);
    }

    #[test]
    fn sigmoids_vanish_and_tanh_of_gain_two_explodes() {
        let sigmoid = Maps::new(Activation::Sigmoid);
        let layers = sigmoid.layers(Init::XavierNormal { gain: 1.0 }, 2, &[0.5], &[32; 50], Way::default()).unwrap();
        assert!(layers[0].d_activation < 1e-28, "{}", layers[0].d_activation);
        let tanh = Maps::new(Activation::Tanh);
        let layers = tanh.layers(Init::LecunNormal { gain: 2.0 }, 2, &[0.5], &[32; 50], Way::default()).unwrap();
        assert!(layers[0].d_activation > 1e2, "{}", layers[0].d_activation);
    }

    #[test]
    fn what_leaves_the_finite_range_is_not_predicted() {
        let linear = Maps::new(Activation::Linear);
        let layers = linear.layers(Init::LecunNormal { gain: 1e3 }, 2, &[1.0], &[8; 100], Way::default()).unwrap();
        assert!(layers.iter().all(|l| l.activation.is_finite() && l.d_activation.is_finite()));
        assert_eq!(linear.fixed_point(Spread { weight: 4.0, bias: 0.0 }), f64::INFINITY);
        assert_eq!(linear.fixed_point(Spread { weight: 0.25, bias: 0.0 }), 0.0);
    }
}
