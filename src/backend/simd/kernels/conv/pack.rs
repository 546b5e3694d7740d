//! What a convolution copies: the image with its padding, weights into panels, and back.
//!
//! Not responsible for products: see [`super`].

use super::super::elementwise::add_assign;
use super::Shape;
use crate::spec::window::Window;

/// Panels of at most eight columns that cover `n`: first column, columns, and floats to a row of the packed panel.
pub(super) fn panels(n: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..n).step_by(8).map(move |start| {
        let columns = (n - start).min(8);
        (start, columns, if columns <= 4 { 4 } else { 8 })
    })
}

/// Columns of all panels, the empty ones included.
pub(super) fn padded(n: usize) -> usize {
    n / 8 * 8
        + match n % 8 {
            0 => 0,
            1..=4 => 4,
            _ => 8,
        }
}

/// Height and width of the image that windows run over, padding included, and whether that is the image itself.
pub(super) fn canvas(w: &Window) -> ([usize; 2], bool) {
    let reach = [w.reach(0), w.reach(1)];
    let inside = w.pad == [0, 0] && (0..2).all(|a| reach[a] <= w.input[a]);
    (if inside { w.input } else { reach }, inside)
}

/// The image's own columns on the canvas: where they begin there, in the image, and how many there are. (Windows that do
/// not reach the last columns leave them off the canvas.)
fn overlap(w: &Window, axis: usize) -> usize {
    w.input[axis].min(w.reach(axis).saturating_sub(w.pad[axis]))
}

/// Copies an image `(H, W, C)` onto its canvas, zeros around it. Overwrites `out`.
pub(super) fn pad(w: &Window, channels: usize, x: &[f32], out: &mut Vec<f32>) {
    let ([high, wide], _) = canvas(w);
    let (rows, columns) = (overlap(w, 0), overlap(w, 1));
    out.clear();
    out.resize(high * wide * channels, 0.0);
    for row in 0..rows {
        let to = ((row + w.pad[0]) * wide + w.pad[1]) * channels;
        let from = row * w.input[1] * channels;
        out[to..to + columns * channels].copy_from_slice(&x[from..from + columns * channels]);
    }
}

/// Copies (or adds) the image's part of a canvas back.
pub(super) fn unpad(w: &Window, channels: usize, canvas_of: &[f32], x: &mut [f32], add: bool) {
    let ([_, wide], _) = canvas(w);
    let (rows, columns) = (overlap(w, 0), overlap(w, 1));
    if !add && (rows < w.input[0] || columns < w.input[1]) {
        x.fill(0.0);
    }
    for row in 0..rows {
        let from = ((row + w.pad[0]) * wide + w.pad[1]) * channels;
        let to = row * w.input[1] * channels;
        let (x, new) = (&mut x[to..to + columns * channels], &canvas_of[from..from + columns * channels]);
        if add { add_assign(x, new) } else { x.copy_from_slice(new) }
    }
}

/// Weights `(O, I/G, kh, kw)` for sums over patches: per group, per panel of outputs, rows `(tap, channel)`.
pub(super) fn by_output(s: &Shape, w: &[f32], out: &mut Vec<f32>) {
    let (i_g, o_g, taps) = (s.inputs / s.groups, s.outputs / s.groups, s.window.taps());
    let k = taps * i_g;
    out.clear();
    out.resize(s.groups * padded(o_g) * k, 0.0);
    for (g, to) in out.chunks_exact_mut((padded(o_g) * k).max(1)).enumerate() {
        for (start, columns, width) in panels(o_g) {
            for lane in 0..columns {
                let from = &w[(g * o_g + start + lane) * k..][..k];
                let to = &mut to[start * k + lane..];
                for (c, from) in from.chunks_exact(taps).enumerate() {
                    for (tap, x) in from.iter().enumerate() {
                        to[(tap * i_g + c) * width] = *x;
                    }
                }
            }
        }
    }
}

/// Weights for spreading outputs over patches: per group, per segment of a patch, per panel of its columns, rows of
/// outputs. A segment's columns are `(tap, channel)`.
pub(super) fn by_patch(s: &Shape, w: &[f32], segments: usize, out: &mut Vec<f32>) {
    let (i_g, o_g, taps) = (s.inputs / s.groups, s.outputs / s.groups, s.window.taps());
    let length = taps * i_g / segments.max(1);
    let each = padded(length) * o_g;
    out.clear();
    out.resize(s.groups * segments * each, 0.0);
    for (q, to) in out.chunks_exact_mut(each.max(1)).enumerate() {
        let (g, segment) = (q / segments, q % segments);
        for (start, columns, width) in panels(length) {
            for lane in 0..columns {
                let column = segment * length + start + lane;
                let (tap, c) = (column / i_g, column % i_g);
                for o in 0..o_g {
                    to[start * o_g + o * width + lane] = w[((g * o_g + o) * i_g + c) * taps + tap];
                }
            }
        }
    }
}

/// Gradients `(G, (tap, channel), O/G)` into the weights' order; adds or overwrites.
pub(super) fn d_weight(s: &Shape, from: &[f32], d_w: &mut [f32], add: bool) {
    let (i_g, o_g, taps) = (s.inputs / s.groups, s.outputs / s.groups, s.window.taps());
    for o in 0..s.outputs {
        for c in 0..i_g {
            for tap in 0..taps {
                let new = from[((o / o_g * taps + tap) * i_g + c) * o_g + o % o_g];
                let old = &mut d_w[(o * i_g + c) * taps + tap];
                *old = if add { *old + new } else { new };
            }
        }
    }
}
