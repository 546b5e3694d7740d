//! Attention of every head and its gradient: products straight from the joint projection by strides, softmax in place.
//!
//! Formulas and layout are those of [`crate::engine::ops::attention`]. Queries go in blocks, so that places hidden by
//! the causal mask cost nothing beyond the block's own triangle. Not responsible for additive scores (`additive`).

mod additive;

use super::{Call, Kernel, reserved};
use crate::backend::simd::kernels::gemm::{Epilogue, Mat, Scratch, gemm};
use crate::backend::simd::kernels::lanes::{load, load_part, splat, store, store_part, sum};
use crate::backend::simd::kernels::math::exp;
use crate::backend::simd::kernels::{map, reduce};
use crate::engine::ops::attention::Attention;

impl Kernel for Attention {
    fn forward(&self, c: &mut Call) {
        forward(self, inputs(self, c), c.output(0), c.output(1), &mut c.room.gemm);
    }

    fn backward(&self, c: &mut Call) {
        let mut kept = std::mem::take(&mut c.room.kept);
        let [x, second, third] = &mut kept;
        let (m, v) = if self.cross { (Some(second), third) } else { (None, second) };
        let d_v = if self.additive { c.always(self.v_input(), v) } else { &mut [] };
        let mut grads = Gradients { d_x: c.always(0, x), d_m: m.map(|m| c.always(1, m)), d_v };
        let (ins, outs) = (inputs(self, c), Outputs { y: c.saved(0), weights: c.saved(1), d_y: c.d_out() });
        let d_scores = reserved(&mut c.room.d_scores, self.len * self.keys);
        backward(self, ins, outs, &mut grads, d_scores, &mut c.room.gemm);
        c.room.kept = kept;
        c.add_kept();
    }
}

fn inputs<'v>(op: &Attention, c: &Call<'_, 'v>) -> Inputs<'v> {
    let at = |k: usize, given: bool| if given { c.input(k) } else { &[] };
    let (v, tokens) = (at(op.v_input(), op.additive), at(op.tokens_input(), op.padding));
    Inputs { x: at(0, true), m: at(op.memory(), true), v, tokens }
}

/// Queries (or keys) to a block.
const BLOCK: usize = 32;

/// Blocks `(first, end)` of `0..len`.
fn blocks(len: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..len).step_by(BLOCK).map(move |at| (at, len.min(at + BLOCK)))
}

/// What both directions read: queries' input, keys' and values' input, and `v` of additive scores.
#[derive(Clone, Copy)]
struct Inputs<'a> {
    /// `(B, T, 3D)`.
    x: &'a [f32],
    /// `(B, S, 3D)`; x itself unless keys are another sequence's.
    m: &'a [f32],
    /// `(D)`, empty unless scores are additive.
    v: &'a [f32],
    /// `(B, S)`, empty unless padding is hidden.
    tokens: &'a [f32],
}

/// `p[..seen] ← softmax(scale · p[..seen])`, the rest 0.
fn softmax_row(p: &mut [f32], seen: usize, scale: f32) {
    let (p, hidden) = p.split_at_mut(seen);
    hidden.fill(0.0);
    let (shift, scale, n) = (splat(reduce::max(p)), splat(scale), p.len());
    let mut total = splat(0.0);
    // SAFETY: i + 4 <= n in the loops, n - i floats in the tails.
    unsafe {
        let p = p.as_mut_ptr();
        let mut i = 0;
        while i + 4 <= n {
            let e = exp((load(p.add(i)) - shift) * scale);
            store(p.add(i), e);
            total += e;
            i += 4;
        }
        if i < n {
            // Lanes beyond the row become exp(−∞) = 0.
            let e = exp((load_part(p.add(i), n - i, f32::NEG_INFINITY) - shift) * scale);
            store_part(p.add(i), e, 0, n - i);
            total += e;
        }
        let factor = splat(1.0 / sum(total));
        i = 0;
        while i + 4 <= n {
            store(p.add(i), load(p.add(i)) * factor);
            i += 4;
        }
        store_part(p.add(i), load_part(p.add(i), n - i, 0.0) * factor, 0, n - i);
    }
}

/// Hides the scores `p` of keys that are padding; where all are, no weight is left, and nothing to do: false.
fn hide(p: &mut [f32], tokens: &[f32]) -> bool {
    let mut any = false;
    for (p, token) in p.iter_mut().zip(tokens) {
        any |= *token != 0.0;
        if *token == 0.0 {
            *p = f32::NEG_INFINITY;
        }
    }
    any
}

/// `d ← p·(d − mean)·scale` over a row.
fn score_gradient(p: &[f32], mean: f32, scale: f32, d: &mut [f32]) {
    let (mean, scale) = (splat(mean), splat(scale));
    map::zip_in_place(p, d, |p, d| p * (d - mean) * scale);
}

/// Overwrites `y (B, T, D)` and `weights (B, heads, T, S)`.
///
/// # Panics
/// If a slice is too short for the shapes of `op`, as every function of this file does.
fn forward(op: &Attention, ins: Inputs, y: &mut [f32], weights: &mut [f32], scratch: &mut Scratch) {
    let (w, d3, keys, units) = (op.width(), 3 * op.units, op.keys, op.units);
    let scale = 1.0 / (w as f32).sqrt();
    for (head, p) in weights.chunks_exact_mut(op.len * keys).enumerate() {
        let (b, h) = (head / op.heads, head % op.heads);
        let x = &ins.x[b * op.len * d3 + h * w..];
        let m = &ins.m[b * keys * d3 + units + h * w..];
        let y = &mut y[b * op.len * units + h * w..];
        for (from, to) in blocks(op.len) {
            let (rows, seen) = (to - from, op.seen(to - 1));
            let p = &mut p[from * keys..to * keys];
            if op.additive {
                additive::scores(op, from, &x[from * d3..], m, &ins.v[h * w..][..w], p);
            } else {
                let (q, k) = (Mat::rows(&x[from * d3..], d3), Mat::transposed(m, d3));
                gemm(rows, seen, w, q, k, p, keys, false, Epilogue::None, scratch);
            }
            for (t, p) in p.chunks_exact_mut(keys).enumerate() {
                let seen = op.seen(from + t);
                if op.padding && !hide(&mut p[..seen], &ins.tokens[b * keys..]) {
                    p.fill(0.0);
                    continue;
                }
                softmax_row(p, seen, if op.additive { 1.0 } else { scale });
            }
            let v = Mat::rows(&m[units..], d3);
            gemm(rows, w, seen, Mat::rows(p, keys), v, &mut y[from * units..], units, false, Epilogue::None, scratch);
        }
    }
}

/// Where gradients go; all are overwritten.
struct Gradients<'a> {
    /// Of x.
    d_x: &'a mut [f32],
    /// Of m, where it is not x.
    d_m: Option<&'a mut [f32]>,
    /// Of v, where scores are additive.
    d_v: &'a mut [f32],
}

/// What forward left.
#[derive(Clone, Copy)]
struct Outputs<'a> {
    /// The result.
    y: &'a [f32],
    /// The weights.
    weights: &'a [f32],
    /// Gradient of the result.
    d_y: &'a [f32],
}

/// `d_scores` is room for `(T, S)` floats.
fn backward(
    op: &Attention,
    ins: Inputs,
    outs: Outputs,
    grads: &mut Gradients,
    d_scores: &mut [f32],
    scratch: &mut Scratch,
) {
    let (w, d3, keys, units) = (op.width(), 3 * op.units, op.keys, op.units);
    let scale = if op.additive { 1.0 } else { 1.0 / (w as f32).sqrt() };
    if let Some(d_m) = &mut grads.d_m {
        // Of the joint projections only the parts that are read get a gradient below.
        grads.d_x.fill(0.0);
        d_m.fill(0.0);
    }
    grads.d_v.fill(0.0);
    for (head, p) in outs.weights.chunks_exact(op.len * keys).enumerate() {
        let (b, h) = (head / op.heads, head % op.heads);
        let (x_at, m_at) = (b * op.len * d3 + h * w, b * keys * d3 + units + h * w);
        let (x, m) = (&ins.x[x_at..], &ins.m[m_at..]);
        let y_at = b * op.len * units + h * w;
        let (y, d_y) = (&outs.y[y_at..], &outs.d_y[y_at..]);
        for (from, to) in blocks(op.len) {
            let (rows, seen) = (to - from, op.seen(to - 1));
            let d_s = &mut d_scores[from * keys..to * keys];
            let (d_out, v) = (Mat::rows(&d_y[from * units..], units), Mat::transposed(&m[units..], d3));
            gemm(rows, seen, w, d_out, v, d_s, keys, false, Epilogue::None, scratch);
            for (r, d_s) in d_s.chunks_exact_mut(keys).enumerate() {
                let at = (from + r) * units;
                // Σ_s p d_p = Σ_s p (d_y · v) = d_y · y.
                let mean = reduce::dot(&y[at..at + w], &d_y[at..at + w]);
                score_gradient(&p[(from + r) * keys..][..seen], mean, scale, &mut d_s[..seen]);
                if op.len < keys {
                    // Blocks of keys then do not end where blocks of queries do.
                    d_s[seen..].fill(0.0);
                }
            }
            if !op.additive {
                let (a, k) = (Mat::rows(d_s, keys), Mat::rows(m, d3));
                let d_q = &mut grads.d_x[x_at + from * d3..];
                gemm(rows, w, seen, a, k, d_q, d3, false, Epilogue::None, scratch);
            }
        }
        for (from, to) in blocks(keys) {
            let rows = to - from;
            // The first place that sees any of these keys; without one nothing reaches them.
            let first = if op.causal { from.min(op.len) } else { 0 };
            let d_kv = match &mut grads.d_m {
                Some(d_m) => &mut d_m[m_at + from * d3..],
                None => &mut grads.d_x[m_at + from * d3..],
            };
            // Weights and their gradients of these keys, from that place on, transposed.
            let (left, at) = (op.len - first, first * keys + from);
            let below = |data: &'_ [f32]| -> usize { if left > 0 { at } else { data.len() } };
            let a = Mat { data: &p[below(p)..], rs: 1, cs: keys };
            let d_out = Mat::rows(&d_y[first * units * usize::from(left > 0)..], units);
            gemm(rows, w, left, a, d_out, &mut d_kv[units..], d3, false, Epilogue::None, scratch);
            if !op.additive {
                let a = Mat { data: &d_scores[below(d_scores)..], rs: 1, cs: keys };
                let q = Mat::rows(&x[first * d3 * usize::from(left > 0)..], d3);
                gemm(rows, w, left, a, q, d_kv, d3, false, Epilogue::None, scratch);
            }
        }
        if op.additive {
            let d_m = grads.d_m.as_deref_mut().map(|d_m| &mut d_m[m_at..]);
            let v = &ins.v[h * w..][..w];
            additive::backward(op, (x, m, v), d_scores, &mut grads.d_x[x_at..], d_m, &mut grads.d_v[h * w..][..w]);
        }
    }
}
