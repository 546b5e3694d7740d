//! Gradient clipping, in place, before the update.
//!
//! PyTorch's `clip_grad_value_` and `clip_grad_norm_`. Not responsible for what the threshold should be.

use super::Hyper;
use crate::engine::real::Real;
use std::ops::Range;

/// Cuts every entry to `±limit`. NaN stays NaN, as in PyTorch, so that it is noticed.
pub fn by_value<T: Real>(g: &mut [T], limit: f64) {
    let limit = T::from_f64(limit);
    for x in g {
        if *x > limit {
            *x = limit;
        } else if *x < -limit {
            *x = -limit;
        }
    }
}

/// Euclidean norm over all entries, summed in `f64` (PyTorch sums each tensor in its own precision).
pub fn norm<T: Real>(g: &[T]) -> f64 {
    g.iter().map(|x| x.to_f64() * x.to_f64()).sum::<f64>().sqrt()
}

/// Scales the gradient down to the norm `max_norm` when it is longer (Pascanu 2012); returns the norm before.
pub fn by_norm<T: Real>(g: &mut [T], max_norm: f64) -> f64 {
    let before = norm(g);
    shorten(g, before, max_norm);
    before
}

/// Part of a gradient whose norm is `before`, scaled so that the whole is no longer than `max_norm`.
fn shorten<T: Real>(g: &mut [T], before: f64, max_norm: f64) {
    // 1e-6 as in PyTorch. Written so that a NaN norm makes every entry NaN instead of hiding it.
    let scale = max_norm / (before + 1e-6);
    if scale < 1.0 || scale.is_nan() {
        let scale = T::from_f64(scale);
        for x in g {
            *x *= scale;
        }
    }
}

/// Applies what `h` asks for: first by value, then by norm.
pub fn apply<T: Real>(g: &mut [T], h: &Hyper) {
    let all = 0..g.len();
    within(g, &[all], h);
}

/// [`apply`] to some ranges, which are one gradient: its norm is that of all of them together.
pub fn within<T: Real>(g: &mut [T], runs: &[Range<usize>], h: &Hyper) {
    if let Some(limit) = h.clip_value {
        runs.iter().for_each(|run| by_value(&mut g[run.clone()], limit));
    }
    if let Some(max_norm) = h.clip_norm {
        let square = |x: &T| x.to_f64() * x.to_f64();
        let before = runs.iter().flat_map(|run| &g[run.clone()]).map(square).sum::<f64>().sqrt();
        runs.iter().for_each(|run| shorten(&mut g[run.clone()], before, max_norm));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_cut_and_neither_hides_a_nan() {
        let mut g = [3.0f32, -4.0, 0.5];
        by_value(&mut g, 1.0);
        assert_eq!(g, [1.0, -1.0, 0.5]);
        let mut g = [3.0f64, -4.0];
        assert_eq!(by_norm(&mut g, 10.0), 5.0);
        assert_eq!(g, [3.0, -4.0]);
        by_norm(&mut g, 1.0);
        assert!((norm(&g) - 1.0).abs() < 1e-6, "{g:?}");
        let mut g = [f32::NAN, 2.0];
        by_value(&mut g, 1.0);
        assert!(g[0].is_nan() && g[1] == 1.0);
        by_norm(&mut g, 1.0);
        assert!(g[1].is_nan());
    }
}
