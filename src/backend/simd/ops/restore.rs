//! What was seen stands as it was.
//!
//! Formulas are those of [`crate::engine::ops::restore`].

use super::{Call, Kernel};
use crate::engine::ops::restore::Restore;

impl Kernel for Restore {
    fn forward(&self, c: &mut Call) {
        let rows = c.input(0).iter().zip(c.input(1)).zip(c.input(2)).zip(c.output(0));
        for (((p, x), t), y) in rows {
            *y = if x == t { *t } else { *p };
        }
    }

    fn backward(&self, c: &mut Call) {
        let Some((d_p, add)) = c.gradient(0) else { return };
        for (((d_p, d_y), x), t) in d_p.iter_mut().zip(c.d_out()).zip(c.input(1)).zip(c.input(2)) {
            let d = if x == t { 0.0 } else { *d_y };
            *d_p = d + if add { *d_p } else { 0.0 };
        }
    }
}
