//! A B operand packed once for many products: the weights of a recurrence, which meet a new A at every step.
//!
//! Not responsible for the products that pack as they go (`super::gemm`).

use super::pack::{self, NR};
use super::tile::{Job, Strip};
use super::{KC, MC, Mat, ROOM, strip};

/// `B (k, n)` as column panels, one block of at most [`KC`] rows after another. Keeps its memory when packed anew.
#[derive(Clone, Debug, Default)]
pub struct Packed {
    k: usize,
    n: usize,
    data: Vec<f32>,
}

impl Packed {
    /// Columns of a panel.
    fn width(&self) -> usize {
        if self.n < NR { 4 } else { NR }
    }

    /// First column of panel `q`: the last panel is moved left to be whole.
    fn start(&self, q: usize) -> usize {
        (q * self.width()).min(self.n.saturating_sub(self.width()))
    }

    /// Takes `b[k, n]` in.
    ///
    /// # Panics
    /// If `b` is too short for its shape.
    pub fn pack(&mut self, k: usize, n: usize, b: Mat) {
        assert!(b.holds(k, n), "operand of gemm too short");
        (self.k, self.n) = (k, n);
        let width = self.width();
        let panels = n.div_ceil(width);
        let len = panels * width * k;
        if self.data.len() < len {
            self.data.resize(len, 0.0);
        }
        let mut out = self.data.as_mut_ptr();
        for row in (0..k).step_by(KC) {
            let depth = KC.min(k - row);
            for q in 0..panels {
                // SAFETY: the panel's rows and columns are inside `b` (asserted), and `data` has room for every panel.
                unsafe {
                    let from = b.data.as_ptr().add(row * b.rs + self.start(q) * b.cs);
                    if n < 4 {
                        pack::narrow(depth, n, from, b.rs, b.cs, out);
                    } else {
                        pack::panel(depth, width, from, b.rs, b.cs, out);
                    }
                    out = out.add(depth * width);
                }
            }
        }
    }

    /// `C[m, n] (= or +=) A[m, k] · B`, C with `ldc` floats to a row.
    ///
    /// # Panics
    /// If A or C is too short for its shape, or rows of C overlap.
    pub fn product(&self, m: usize, a: Mat, c: &mut [f32], ldc: usize, accumulate: bool) {
        let (k, n, width) = (self.k, self.n, self.width());
        if m == 0 || n == 0 {
            return;
        }
        assert!(a.holds(m, k), "operand of gemm too short");
        assert!((m == 1 || ldc >= n) && (m - 1) * ldc + n <= c.len(), "C of gemm too short");
        let panels = n.div_ceil(width);
        for i in (0..m).step_by(MC) {
            for row in (0..k).step_by(KC) {
                let depth = KC.min(k - row);
                // SAFETY: i < m and row < k, so the block lies inside A and C, and `data` holds its panels from there.
                unsafe {
                    let job = Job {
                        m: MC.min(m - i),
                        n,
                        k: depth,
                        a: a.data.as_ptr().add(i * a.rs + row * a.cs),
                        ars: a.rs,
                        acs: a.cs,
                        b: std::ptr::null(),
                        brs: 0,
                        bcs: 0,
                        c: c.as_mut_ptr().add(i * ldc),
                        ldc,
                        bias: std::ptr::null(),
                        accumulate: accumulate || row > 0,
                        relu: false,
                    };
                    self.block(&job, self.data.as_ptr().add(row * panels * width));
                }
            }
        }
    }

    /// One block, its panels from `b` on; a few panels at a time stay in the first-level cache while the rows run.
    ///
    /// # Safety
    /// `job` must be valid but for its B.
    unsafe fn block(&self, job: &Job, b: *const f32) {
        let width = self.width();
        let (whole, step) = (job.n / width, width * job.k);
        let group = (ROOM / step.max(1)).max(1);
        let mut q = 0;
        while q < whole {
            let panels = group.min(whole - q);
            let at = Strip {
                j: q * width,
                panels,
                b: b.wrapping_add(q * step),
                ldb: width,
                step,
                col_from: 0,
                col_to: width,
            };
            // SAFETY: whole panels end at n at most.
            unsafe { strip(job, width, &at) };
            q += panels;
        }
        if whole * width < job.n {
            let j = self.start(whole);
            let (col_from, col_to) = (whole * width - j, width.min(job.n));
            let at = Strip { j, panels: 1, b: b.wrapping_add(whole * step), ldb: width, step, col_from, col_to };
            // SAFETY: the last panel starts at n - width at most, or is narrow and says so.
            unsafe { strip(job, width, &at) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Epilogue, Scratch, gemm};
    use super::*;
    use crate::engine::rng::Rng;

    #[test]
    fn agrees_with_the_product_that_packs_as_it_goes() {
        let mut rng = Rng::new(8, 0);
        let (mut packed, mut scratch) = (Packed::default(), Scratch::new());
        for (m, n, k) in
            [(1, 1, 1), (2, 3, 5), (3, 4, 4), (5, 6, 7), (4, 8, 3), (33, 30, 19), (300, 9, 40), (7, 21, 600)]
        {
            let mut numbers = |n: usize| -> Vec<f32> { (0..n).map(|_| rng.range(-1.0, 1.0)).collect() };
            let (a, b, start) = (numbers(m * (k + 2)), numbers(n * k), numbers(m * (n + 3)));
            for (accumulate, b) in [(false, Mat::rows(&b, n)), (true, Mat::transposed(&b, k))] {
                let (mut got, mut want) = (start.clone(), start.clone());
                packed.pack(k, n, b);
                packed.product(m, Mat::rows(&a, k + 2), &mut got, n + 3, accumulate);
                let a = Mat::rows(&a, k + 2);
                gemm(m, n, k, a, b, &mut want, n + 3, accumulate, Epilogue::None, &mut scratch);
                for (j, (got, want)) in got.iter().zip(&want).enumerate() {
                    // Sums of 600 products in another order.
                    assert!((got - want).abs() < 2e-5, "{m}×{n}×{k} {accumulate} [{j}]: {got} for {want}");
                }
            }
        }
    }
}
