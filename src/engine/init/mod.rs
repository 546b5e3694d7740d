//! Draws the first weights of a layer.
//!
//! Formulas and their PyTorch and Keras names are in `spec::init`. Not responsible for which layer uses which, nor for
//! the seed: a generator is handed in.

mod orthogonal;

use super::rng::Rng;
use crate::spec::Init;

pub use orthogonal::orthonormal;

/// The sizes that an initialiser looks at, for a weight stored `(rows, cols)` row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fans {
    /// Numbers that each output is computed from.
    pub fan_in: usize,
    /// Numbers that each input goes into.
    pub fan_out: usize,
    /// First axis of the weight: outputs.
    pub rows: usize,
    /// All other axes together.
    pub cols: usize,
}

impl Fans {
    /// A dense weight `(out, in)`.
    pub fn dense(inputs: usize, outputs: usize) -> Fans {
        Fans { fan_in: inputs, fan_out: outputs, rows: outputs, cols: inputs }
    }
}

/// Fills a weight `(rows, cols)`. Overwrites `out`, whose length must be `rows · cols`.
pub fn fill(init: &Init, fans: Fans, rng: &mut Rng, out: &mut [f32]) {
    let (fan_in, fan_out) = (fans.fan_in.max(1) as f64, fans.fan_out.max(1) as f64);
    let both = fan_in + fan_out;
    match *init {
        Init::Torch => uniform(1.0 / fan_in.sqrt(), rng, out),
        Init::Zeros => out.fill(0.0),
        Init::Constant { value } => out.fill(value as f32),
        Init::Uniform { limit } => uniform(limit, rng, out),
        Init::Normal { std } => normal(std, rng, out),
        Init::XavierUniform { gain } => uniform(gain * (6.0 / both).sqrt(), rng, out),
        Init::XavierNormal { gain } => normal(gain * (2.0 / both).sqrt(), rng, out),
        Init::HeUniform { gain } => uniform(gain * (6.0 / fan_in).sqrt(), rng, out),
        Init::HeNormal { gain } => normal(gain * (2.0 / fan_in).sqrt(), rng, out),
        Init::LecunUniform { gain } => uniform(gain * (3.0 / fan_in).sqrt(), rng, out),
        Init::LecunNormal { gain } => normal(gain / fan_in.sqrt(), rng, out),
        Init::Orthogonal { gain } => {
            let q = orthonormal(fans.rows, fans.cols, rng);
            for (o, q) in out.iter_mut().zip(q) {
                *o = (gain * q) as f32;
            }
        }
    }
}

/// Fills a bias: zero, but for `torch`, which draws it within ±1/√fan_in like the weight. Overwrites `out`.
pub fn fill_bias(init: &Init, fan_in: usize, rng: &mut Rng, out: &mut [f32]) {
    match init {
        Init::Torch => uniform(1.0 / (fan_in.max(1) as f64).sqrt(), rng, out),
        Init::Zeros
        | Init::Constant { .. }
        | Init::Uniform { .. }
        | Init::Normal { .. }
        | Init::XavierUniform { .. }
        | Init::XavierNormal { .. }
        | Init::HeUniform { .. }
        | Init::HeNormal { .. }
        | Init::LecunUniform { .. }
        | Init::LecunNormal { .. }
        | Init::Orthogonal { .. } => out.fill(0.0),
    }
}

fn uniform(limit: f64, rng: &mut Rng, out: &mut [f32]) {
    let limit = limit as f32;
    for x in out {
        *x = rng.range(-limit, limit);
    }
}

fn normal(std: f64, rng: &mut Rng, out: &mut [f32]) {
    let std = std as f32;
    for x in out {
        *x = std * rng.normal();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::InitKind;

    fn draw(init: Init, fans: Fans, seed: u64) -> Vec<f32> {
        let mut out = vec![f32::NAN; fans.rows * fans.cols];
        fill(&init, fans, &mut Rng::new(seed, 3), &mut out);
        out
    }

    #[test]
    fn spread_is_as_documented() {
        let fans = Fans::dense(200, 300);
        // Standard deviation of each kind, by its formula; a uniform within ±a has a/√3.
        let expected = |kind| match kind {
            InitKind::Torch => (1.0 / 200.0 / 3.0f64).sqrt(),
            InitKind::Zeros | InitKind::Constant => 0.0,
            InitKind::Uniform => 0.3 / 3f64.sqrt(),
            InitKind::Normal => 0.3,
            InitKind::XavierUniform | InitKind::XavierNormal => 0.3 * (2.0 / 500.0f64).sqrt(),
            InitKind::HeUniform | InitKind::HeNormal => 0.3 * (2.0 / 200.0f64).sqrt(),
            InitKind::LecunUniform | InitKind::LecunNormal => 0.3 * (1.0 / 200.0f64).sqrt(),
            // 200 orthonormal columns of length 300: mean square 200/(200·300).
            InitKind::Orthogonal => 0.3 * (1.0 / 300.0f64).sqrt(),
        };
        for kind in InitKind::ALL {
            let w = draw(Init::new(kind, Some(0.3)), fans, 11);
            let n = w.len() as f64;
            let mean = w.iter().map(|x| f64::from(*x)).sum::<f64>() / n;
            let std = (w.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / n).sqrt();
            let want = expected(kind);
            // 60 000 draws: the standard error of the standard deviation is below 0.3 %.
            assert!((std - want).abs() <= 0.012 * want + 1e-7, "{kind:?}: {std} for {want}");
            let want_mean = if kind == InitKind::Constant { 0.3 } else { 0.0 };
            assert!((mean - want_mean).abs() <= 0.02 * want + 1e-7, "{kind:?}: mean {mean}");
        }
    }

    #[test]
    fn same_seed_same_bits() {
        for kind in InitKind::ALL {
            let init = Init::new(kind, None);
            let (a, b, c) =
                (draw(init, Fans::dense(5, 7), 1), draw(init, Fans::dense(5, 7), 1), draw(init, Fans::dense(5, 7), 2));
            assert_eq!(a, b);
            assert_eq!(a == c, matches!(kind, InitKind::Zeros | InitKind::Constant), "{kind:?}");
        }
    }

    #[test]
    fn only_torch_draws_biases() {
        let mut bias = [9.0f32; 64];
        fill_bias(&Init::HeNormal { gain: 1.0 }, 16, &mut Rng::new(1, 1), &mut bias);
        assert_eq!(bias, [0.0; 64]);
        fill_bias(&Init::Torch, 16, &mut Rng::new(1, 1), &mut bias);
        assert!(bias.iter().all(|b| b.abs() <= 0.25) && bias.iter().any(|b| b.abs() > 0.2));
    }
}
