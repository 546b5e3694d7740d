//! The matrix product: C (= or +=) A·B with any strides on A and B, and bias and ReLU folded into the last store.
//!
//! A transposed operand is a pair of strides, nothing is transposed in memory. The work is cut into register tiles
//! (`tile`), a column panel of B at a time, packed (`pack`) only where its own layout would not stream; products whose
//! operands both have k contiguous and that are long or narrow go through dot products instead (`dot`).
//! Not responsible for parallelism: one core.

mod pack;
mod tile;

use pack::NR;
use tile::{Tile, Walk};

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
/// A row-major B whose rows together span fewer floats than this is read where it lies.
const DIRECT: usize = 4096;

/// `C[m, n] (= or +=) A[m, k] · B[k, n]`, C row-major with `ldc` floats to a row.
///
/// With `accumulate` C is added to, else overwritten. NaN and ∞ propagate as IEEE says. Sums run over k in order in
/// blocks of [`KC`] per element (or in four interleaved sums for dot products), in every build the same.
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
        a: a.data.as_ptr(),
        ars: a.rs,
        acs: a.cs,
        b: b.data.as_ptr(),
        brs: b.rs,
        bcs: if n == 1 { 1 } else { b.cs },
        c: c.as_mut_ptr(),
        ldc,
        bias: bias.map_or(std::ptr::null(), <[f32]>::as_ptr),
        relu,
    };
    // SAFETY: the asserts above are the promises `blocks` asks for.
    unsafe { blocks(&job, k, accumulate, scratch) }
}

/// A checked product; pointers valid for the shape.
#[derive(Clone, Copy)]
struct Job {
    m: usize,
    n: usize,
    a: *const f32,
    ars: usize,
    acs: usize,
    b: *const f32,
    brs: usize,
    bcs: usize,
    c: *mut f32,
    ldc: usize,
    bias: *const f32,
    relu: bool,
}

/// Cuts the product into blocks of A that fit the second-level cache.
///
/// # Safety
/// The pointers of `job` must cover its shape with `k`.
unsafe fn blocks(job: &Job, k: usize, accumulate: bool, scratch: &mut Scratch) {
    if k <= KC && job.m <= MC {
        // SAFETY: passed on.
        return unsafe { panels(job, k, accumulate, scratch) };
    }
    for row in (0..job.m).step_by(MC) {
        let mut p = 0;
        while p < k {
            let depth = KC.min(k - p);
            let (first, last) = (p == 0, p + depth == k);
            // SAFETY: row < m and p < k, so the sub-block lies inside the operands.
            unsafe {
                let block = Job {
                    m: MC.min(job.m - row),
                    a: job.a.add(row * job.ars + p * job.acs),
                    b: job.b.add(p * job.brs),
                    c: job.c.add(row * job.ldc),
                    bias: if first { job.bias } else { std::ptr::null() },
                    relu: job.relu && last,
                    ..*job
                };
                panels(&block, depth, accumulate || !first, scratch);
            }
            p += depth;
        }
    }
}

/// One block: column panels of B, and for each all row tiles.
///
/// # Safety
/// As for [`blocks`]; `k <= KC`.
unsafe fn panels(job: &Job, k: usize, accumulate: bool, scratch: &mut Scratch) {
    // SAFETY: columns stay below n: a panel starts at most at n - width; narrower products are packed with padding.
    unsafe {
        let n = job.n;
        if n < 4 {
            let out = scratch.panel(4 * k);
            pack::narrow(k, n, job.b, job.brs, job.bcs, out);
            return column(job, k, 4, 0, out, 4, 0, n, accumulate);
        }
        let direct = job.bcs == 1 && (job.m <= 8 || k * job.brs <= DIRECT);
        let mut j = 0;
        if direct && job.m < 3 {
            let wide = if job.m == 1 { 32 } else { 16 };
            while j + wide <= n {
                column(job, k, wide, j, job.b.add(j), job.brs, 0, wide, accumulate);
                j += wide;
            }
        }
        while j < n {
            // The last panel is moved left to be whole; the columns it shares with its neighbour are not added twice.
            let left = n - j;
            let width = if left > 4 && n >= NR { NR } else { 4 };
            let start = if left < width { n - width } else { j };
            let from = j - start;
            if direct {
                column(job, k, width, start, job.b.add(start), job.brs, from, width, accumulate);
            } else {
                let out = scratch.panel(NR * k);
                pack::panel(k, width, job.b.add(start * job.bcs), job.brs, job.bcs, out);
                column(job, k, width, start, out, width, from, width, accumulate);
            }
            j = start + width;
        }
    }
}

/// All row tiles of one column panel.
///
/// # Safety
/// `b` must hold `k` rows of `width` floats, `ldb` apart; the rest as for [`blocks`].
#[inline]
unsafe fn column(
    job: &Job,
    k: usize,
    width: usize,
    j: usize,
    b: *const f32,
    ldb: usize,
    col_from: usize,
    col_to: usize,
    accumulate: bool,
) {
    // SAFETY: i + rows of the tile <= m, because the last tile of four is moved up to be whole.
    unsafe {
        let mut t = Tile {
            k,
            a: job.a,
            rs: job.ars,
            cs: job.acs,
            b,
            ldb,
            c: job.c.add(j),
            ldc: job.ldc,
            bias: if job.bias.is_null() { job.bias } else { job.bias.add(j) },
            accumulate,
            relu: job.relu,
            row_from: 0,
            col_from,
            col_to,
        };
        if job.m < 4 {
            return short(job.m, width, &t);
        }
        let run = match (
            if job.acs == 1 {
                Walk::Rows
            } else if job.ars == 1 {
                Walk::Columns
            } else {
                Walk::Any
            },
            width,
        ) {
            (Walk::Rows, 8) => tile::run::<4, 2, { Walk::Rows as u8 }>,
            (Walk::Columns, 8) => tile::run::<4, 2, { Walk::Columns as u8 }>,
            (Walk::Any, 8) => tile::run::<4, 2, { Walk::Any as u8 }>,
            (Walk::Rows, _) => tile::run::<4, 1, { Walk::Rows as u8 }>,
            (Walk::Columns, _) => tile::run::<4, 1, { Walk::Columns as u8 }>,
            (Walk::Any, _) => tile::run::<4, 1, { Walk::Any as u8 }>,
        };
        let mut i = 0;
        while i < job.m {
            let start = i.min(job.m - 4);
            t.row_from = i - start;
            t.a = job.a.add(start * job.ars);
            t.c = job.c.add(start * job.ldc + j);
            run(&t);
            i = start + 4;
        }
    }
}

/// A tile of fewer than four rows: more vectors to a row instead, so that sums do not wait for each other.
///
/// # Safety
/// As for [`tile::run`].
unsafe fn short(m: usize, width: usize, t: &Tile) {
    const ANY: u8 = Walk::Any as u8;
    let run = match (m, width) {
        (1, 32) => tile::run::<1, 8, ANY>,
        (1, 8) => tile::run::<1, 2, ANY>,
        (1, _) => tile::run::<1, 1, ANY>,
        (2, 16) => tile::run::<2, 4, ANY>,
        (2, 8) => tile::run::<2, 2, ANY>,
        (2, _) => tile::run::<2, 1, ANY>,
        (_, 8) => tile::run::<3, 2, ANY>,
        (_, _) => tile::run::<3, 1, ANY>,
    };
    // SAFETY: passed on.
    unsafe { run(t) }
}

#[cfg(test)]
mod tests;
