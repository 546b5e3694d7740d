//! How far the slopes of a critic are from 1.
//!
//! Formulas are those of [`crate::engine::ops::gradient_penalty`].

use super::{Call, Kernel};
use crate::engine::ops::gradient_penalty::GradientPenalty;

impl Kernel for GradientPenalty {
    fn forward(&self, c: &mut Call) {
        let (g, norms) = (c.input(0), c.output(1));
        let rows = norms.len().max(1);
        let mut sum = 0.0;
        for (g, norm) in g.chunks_exact(g.len() / rows).zip(norms) {
            *norm = g.iter().map(|g| g * g).sum::<f32>().sqrt();
            sum += (*norm - 1.0) * (*norm - 1.0);
        }
        c.output(0)[0] = sum / rows as f32;
    }

    fn backward(&self, c: &mut Call) {
        let Some((d_g, add)) = c.gradient(0) else { return };
        let (g, norms) = (c.input(0), c.saved(1));
        let rows = norms.len().max(1);
        let (width, scale) = (g.len() / rows, c.d_out()[0] * 2.0 / rows as f32);
        for ((g, d_g), norm) in g.chunks_exact(width).zip(d_g.chunks_exact_mut(width)).zip(norms) {
            let factor = if *norm == 0.0 { 0.0 } else { scale * (norm - 1.0) / norm };
            for (g, d) in g.iter().zip(d_g) {
                *d = factor * g + if add { *d } else { 0.0 };
            }
        }
    }
}
