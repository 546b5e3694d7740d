//! The matrix product: C (= or +=) A·B with any strides on A and B, and bias and ReLU folded into the last store.
//!
//! A transposed operand is a pair of strides, nothing is transposed in memory. The work is cut into register tiles
//! (`tile`), a column panel of B at a time, packed (`pack`) only where its own layout would not stream; products whose
//! operands both have k contiguous and that are long or narrow go through dot products instead (`dot`).
//! Not responsible for parallelism: one core.

mod dot;
mod pack;
mod packed;
mod tile;

pub use packed::Packed;

use pack::NR;
use tile::{Job, Strip, sweep};

/// A matrix operand: element `(row, column)` is `data[row·rs + column·cs]`.
#[derive(Clone, Copy, Debug)]
pub struct Mat<'a> {
    /// The numbers; may be longer than the matrix.
    pub data: &'a [f32],
    /// Floats between rows.
    pub rs: usize,
    /// Floats between columns.
    pub cs: usize,
}

impl<'a> Mat<'a> {
    /// A row-major matrix with `columns` floats to a row.
    pub fn rows(data: &'a [f32], columns: usize) -> Self {
        Mat { data, rs: columns, cs: 1 }
    }

    /// The transpose of a row-major matrix with `columns` floats to a row.
    pub fn transposed(data: &'a [f32], columns: usize) -> Self {
        Mat { data, rs: 1, cs: columns }
    }

    fn holds(&self, rows: usize, columns: usize) -> bool {
        rows == 0 || columns == 0 || (rows - 1) * self.rs + (columns - 1) * self.cs < self.data.len()
    }
}

/// What is added or applied when C is stored.
#[derive(Clone, Copy, Debug)]
pub enum Epilogue<'a> {
    /// Nothing.
    None,
    /// `C += bias[column]`, once.
    Bias(&'a [f32]),
    /// ReLU of C (after the bias, if there is one, and after accumulation).
    Relu(Option<&'a [f32]>),
}

/// Room for one packed panel; grows to at most 16 KiB and is then reused, so a step allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    panel: Vec<f32>,
}

impl Scratch {
    /// Scratch for any product.
    pub fn new() -> Self {
        Self::default()
    }

    #[inline]
    fn panel(&mut self, len: usize) -> *mut f32 {
        if self.panel.len() < len {
            self.panel.resize(len, 0.0);
        }
        self.panel.as_mut_ptr()
    }
}

/// Steps of k per block: a packed panel of this depth is 16 KiB, a third of a common first-level cache.
const KC: usize = 512;
/// Rows of A per block, so that a block of A (at most 512 KiB) stays in the second-level cache while panels change.
const MC: usize = 256;
/// Floats of packed B kept at once; also the most B may have for row tiles to be the outer loop.
const ROOM: usize = KC * NR;

/// `C[m, n] (= or +=) A[m, k] · B[k, n]`, C row-major with `ldc` floats to a row.
///
/// With `accumulate` C is added to, else overwritten. NaN and ∞ propagate as IEEE says. How an element is summed (in
/// order of k, or as four interleaved sums) depends on the shape and strides only, so every build gives the same bits.
///
/// # Panics
/// If an operand, the bias or C is too short for its shape, or rows of C overlap.
pub fn gemm(
    m: usize,
    n: usize,
    k: usize,
    a: Mat,
    b: Mat,
    c: &mut [f32],
    ldc: usize,
    accumulate: bool,
    epilogue: Epilogue,
    scratch: &mut Scratch,
) {
    if m == 0 || n == 0 {
        return;
    }
    let (bias, relu) = match epilogue {
        Epilogue::None => (None, false),
        Epilogue::Bias(b) => (Some(b), false),
        Epilogue::Relu(b) => (b, true),
    };
    assert!(a.holds(m, k) && b.holds(k, n), "operand of gemm too short");
    assert!((m == 1 || ldc >= n) && (m - 1) * ldc + n <= c.len(), "C of gemm too short");
    assert!(bias.is_none_or(|b| b.len() >= n), "bias of gemm too short");
    let job = Job {
        m,
        n,
        k,
        a: a.data.as_ptr(),
        ars: a.rs,
        acs: a.cs,
        b: b.data.as_ptr(),
        brs: b.rs,
        bcs: b.cs,
        c: c.as_mut_ptr(),
        ldc,
        bias: bias.map_or(std::ptr::null(), <[f32]>::as_ptr),
        accumulate,
        relu,
    };
    // SAFETY: the asserts above are the promises a job makes.
    unsafe {
        if is_dots(&job) {
            dot::sweep(&job);
        } else if k <= KC && m <= MC {
            block(&job, scratch);
        } else {
            blocks(&job, scratch);
        }
    }
}

/// Whether the product goes through dot products: both operands have k contiguous, and one has so few rows that packing
/// the other would not pay. Measured in wasm, n 64: at k 784 packed tiles take 1.06 times as long with 32 rows, 1.2 times
/// with 16, twice with 4; at k 128 dot products take 1.1 times as long with 32 rows.
fn is_dots(job: &Job) -> bool {
    let few = job.n < 4 || job.m < 3 || job.k >= 12 * job.m;
    job.acs == 1 && job.brs == 1 && job.k >= 4 && few && job.m.max(job.n) >= 4
}

/// Cuts the product into blocks of A that fit the second-level cache.
///
/// # Safety
/// `job` must be valid.
unsafe fn blocks(job: &Job, scratch: &mut Scratch) {
    for row in (0..job.m).step_by(MC) {
        for p in (0..job.k).step_by(KC) {
            let k = KC.min(job.k - p);
            // SAFETY: row < m and p < k, so the block lies inside the operands.
            unsafe {
                let part = Job {
                    m: MC.min(job.m - row),
                    k,
                    a: job.a.add(row * job.ars + p * job.acs),
                    b: job.b.add(p * job.brs),
                    c: job.c.add(row * job.ldc),
                    bias: if p == 0 { job.bias } else { std::ptr::null() },
                    accumulate: job.accumulate || p > 0,
                    relu: job.relu && p + k == job.k,
                    ..*job
                };
                block(&part, scratch);
            }
        }
    }
}

/// One block. Whole panels first, then what is left: a panel moved left to be whole, whose columns shared with its
/// neighbour are not added twice; products narrower than a vector are packed with padding.
///
/// # Safety
/// `job` must be valid, with `k <= KC`.
unsafe fn block(job: &Job, scratch: &mut Scratch) {
    // SAFETY: panels start at n - width at most.
    unsafe {
        let (n, k) = (job.n, job.k);
        if n < 4 {
            let b = scratch.panel(4 * k);
            pack::narrow(k, n, job.b, job.brs, job.bcs, b);
            return strip(job, 4, &Strip { j: 0, panels: 1, b, ldb: 4, step: 0, col_from: 0, col_to: n });
        }
        let direct = job.bcs == 1 && (job.m <= 8 || k * job.brs <= ROOM || k <= 64);
        let whole = n / NR;
        let mut j = 0;
        if direct && job.m < 3 {
            let width = if job.m == 1 { 32 } else { 16 };
            let panels = n / width;
            let wide = Strip { j, panels, b: job.b, ldb: job.brs, step: width, col_from: 0, col_to: width };
            strip(job, width, &wide);
            j = panels * width;
        }
        let room = if direct { std::ptr::null_mut() } else { scratch.panel(ROOM.min(NR * k * whole.max(1))) };
        // How many panels are packed together, so that row tiles can be the outer loop and C is written in order.
        let group = if direct { whole } else { (ROOM / (NR * k).max(1)).max(1) };
        while j + NR <= n {
            let panels = ((n - j) / NR).min(group);
            let mut s = Strip { j, panels, b: job.b.add(j), ldb: job.brs, step: NR, col_from: 0, col_to: NR };
            if !direct {
                for q in 0..panels {
                    pack::panel(k, NR, job.b.add((j + q * NR) * job.bcs), job.brs, job.bcs, room.add(q * NR * k));
                }
                (s.b, s.ldb, s.step) = (room, NR, NR * k);
            }
            strip(job, NR, &s);
            j += panels * NR;
        }
        while j < n {
            let width = if n - j > 4 && n >= NR { NR } else { 4 };
            let start = j.min(n - width);
            let mut s = Strip {
                j: start,
                panels: 1,
                b: job.b.add(start * job.bcs),
                ldb: job.brs,
                step: 0,
                col_from: j - start,
                col_to: width,
            };
            if !direct {
                pack::panel(k, width, s.b, job.brs, job.bcs, room);
                (s.b, s.ldb) = (room, width);
            }
            strip(job, width, &s);
            j = start + width;
        }
    }
}

/// Picks the tile for a strip: fewer than four rows take more vectors to a row, so that sums do not wait for each other.
///
/// # Safety
/// As for [`sweep`]; `width` is a panel's width.
unsafe fn strip(job: &Job, width: usize, strip: &Strip) {
    let run = match (job.m, width, job.ars == 1) {
        (1, 32, _) => sweep::<1, 8, false>,
        (1, 8, _) => sweep::<1, 2, false>,
        (1, _, _) => sweep::<1, 1, false>,
        (2, 16, _) => sweep::<2, 4, false>,
        (2, 8, _) => sweep::<2, 2, false>,
        (2, _, _) => sweep::<2, 1, false>,
        (3, 8, _) => sweep::<3, 2, false>,
        (3, _, _) => sweep::<3, 1, false>,
        (8.., 4, false) => sweep::<8, 1, false>,
        (8.., 4, true) => sweep::<8, 1, true>,
        (_, 8, false) => sweep::<4, 2, false>,
        (_, _, false) => sweep::<4, 1, false>,
        (_, 8, true) => sweep::<4, 2, true>,
        (_, _, true) => sweep::<4, 1, true>,
    };
    // SAFETY: passed on.
    unsafe { run(job, strip) }
}

#[cfg(test)]
mod tests;
