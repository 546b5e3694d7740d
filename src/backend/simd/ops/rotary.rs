//! Queries and keys turned by their place.
//!
//! Formulas are those of [`crate::engine::ops::rotary`].

use super::{Call, Kernel};
use crate::engine::ops::rotary::Rotary;

impl Kernel for Rotary {
    fn forward(&self, c: &mut Call) {
        turn(self, c.input(0), false, c.output(0));
    }

    fn backward(&self, c: &mut Call) {
        if let Some(d_x) = c.kept(0) {
            turn(self, c.d_out(), true, d_x);
            c.add_kept();
        }
    }
}

/// Turns by the place, or `back`. Overwrites `y`.
fn turn(op: &Rotary, x: &[f32], back: bool, y: &mut [f32]) {
    y.copy_from_slice(x);
    op.each_pair(x.len() / (3 * op.units), |a, b, k| {
        let [cos, mut sin] = op.table[k];
        if back {
            sin = -sin;
        }
        (y[a], y[b]) = (x[a] * cos - x[b] * sin, x[b] * cos + x[a] * sin);
    });
}
