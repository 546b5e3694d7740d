//! Normalised temperature-scaled cross-entropy (NT-Xent, Chen et al. 2020, eq. 1): two views of each of B rows, `a (B, D)` and
//! `b (B, D)`, make 2·B directions `u = z/√(‖z‖² + ε²)`; each is to be told its partner among all others by their cosines
//! `s = u·u′`: `loss = 1/(2B) Σᵢ [ln Σ_{j≠i} exp(sᵢⱼ/τ) − sᵢₚ/τ]`, where p is i's partner.
//!
//! ε keeps the direction of a zero row finite; PyTorch's `normalize` cuts the norm off instead.

use super::{Backward, Forward, OpRule, Output};
use crate::engine::graph::Role;
use crate::engine::real::Real;

/// ε².
pub const EPSILON_SQUARED: f64 = 1e-8;

/// Parameters of the op. Inputs: the first views, the second ones. Outputs: loss; the directions, a row's two side by side;
/// and ln Σ of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NtXent {
    /// D.
    pub width: usize,
    /// τ.
    pub temperature: f32,
}

fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    a.iter().zip(b).map(|(a, b)| *a * *b).sum()
}

fn length<T: Real>(z: &[T]) -> T {
    (dot(z, z) + T::from_f64(EPSILON_SQUARED)).sqrt()
}

impl OpRule for NtXent {
    fn outputs(&self, _: &[(&[usize], bool)]) -> Vec<Output> {
        let loss = Output { suffix: "", dims: Vec::new(), batched: false, role: Role::Loss };
        vec![loss, Output::saved("directions", vec![2 * self.width], true), Output::saved("sums", vec![2], true)]
    }

    /// View `v` is row `v / 2` of input `v % 2`; its partner is `v ^ 1`.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
        let (d, views) = (self.width, 2 * c.rows);
        for v in 0..views {
            let z = &c.ins[v % 2][v / 2 * d..][..d];
            let r = length(z);
            c.outs[1][v * d..][..d].iter_mut().zip(z).for_each(|(u, z)| *u = *z / r);
        }
        let by = T::from_f64(1.0 / f64::from(self.temperature));
        let mut loss = T::ZERO;
        for v in 0..views {
            let u = |k: usize| &c.outs[1][k * d..][..d];
            let others = (0..views).filter(|o| *o != v).map(|o| dot(u(v), u(o)) * by);
            let most = others.clone().fold(T::from_f64(f64::NEG_INFINITY), |a, s| a.max(s));
            let sum = most + others.map(|s| (s - most).exp()).sum::<T>().ln();
            loss += sum - dot(u(v), u(v ^ 1)) * by;
            c.outs[2][v] = sum;
        }
        c.outs[0][0] = loss * T::from_f64(1.0 / views as f64);
    }

    /// With `wᵢⱼ = d/(2B·τ)·(pᵢⱼ + pⱼᵢ − 2·[j is i's partner])`, `pᵢⱼ = exp(sᵢⱼ/τ − ln Σᵢ)`:
    /// `d_zᵢ = Σⱼ wᵢⱼ·(uⱼ − sᵢⱼ·uᵢ)/√(‖zᵢ‖² + ε²)`.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
        let (d, views) = (self.width, 2 * c.rows);
        let by = T::from_f64(1.0 / f64::from(self.temperature));
        let scale = c.d_out[0] * by * T::from_f64(1.0 / views as f64);
        let (units, sums) = (c.outs[1], c.outs[2]);
        let u = |k: usize| &units[k * d..][..d];
        for v in 0..views {
            let at = v / 2 * d;
            let r = length(&c.ins[v % 2][at..at + d]);
            let Some(d_z) = &mut c.d_ins[v % 2] else { continue };
            for o in (0..views).filter(|o| *o != v) {
                let s = dot(u(v), u(o));
                let partner = T::from_f64(if o == v ^ 1 { 2.0 } else { 0.0 });
                let w = scale * ((s * by - sums[v]).exp() + (s * by - sums[o]).exp() - partner) / r;
                for (d_z, (a, b)) in d_z[at..at + d].iter_mut().zip(u(o).iter().zip(u(v))) {
                    *d_z += w * (*a - s * *b);
                }
            }
        }
    }
}
