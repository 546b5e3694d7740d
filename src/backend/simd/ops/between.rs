//! A place on the line between two rows.
//!
//! Formulas are those of [`crate::engine::ops::between`].

use super::{Call, Kernel};
use crate::engine::ops::between::Between;

impl Kernel for Between {
    fn forward(&self, c: &mut Call) {
        let (a, b, y, shares) = (c.input(0), c.input(1), c.output(0), c.output(1));
        self.shares(c.draw(), shares);
        let width = a.len() / shares.len().max(1);
        let rows = a.chunks_exact(width).zip(b.chunks_exact(width)).zip(y.chunks_exact_mut(width));
        for (((a, b), y), share) in rows.zip(shares) {
            for ((a, b), y) in a.iter().zip(b).zip(y) {
                *y = *share * a + (1.0 - *share) * b;
            }
        }
    }

    fn backward(&self, c: &mut Call) {
        let (shares, d_y) = (c.saved(1), c.d_out());
        let width = d_y.len() / shares.len().max(1);
        for which in 0..2 {
            let Some((d, add)) = c.gradient(which) else { continue };
            for ((d, d_y), share) in d.chunks_exact_mut(width).zip(d_y.chunks_exact(width)).zip(shares) {
                let share = if which == 0 { *share } else { 1.0 - share };
                for (d, d_y) in d.iter_mut().zip(d_y) {
                    *d = share * d_y + if add { *d } else { 0.0 };
                }
            }
        }
    }
}
