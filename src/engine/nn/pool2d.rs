//! Layers that make images smaller or larger with nothing to learn: pooling and upsampling.

use super::{Build, ValueId};
use crate::engine::ops::{
    Op,
    global_avg_pool::GlobalAvgPool,
    pool2d::{Pool2d, Reduce},
    upsample2d::Upsample2d,
};
use crate::spec::model::Pool;
use crate::spec::window::{Pair, Window};

/// Emits `max_pool2d` or `avg_pool2d` over `x (H, W, C)`.
pub(super) fn emit(b: &mut Build, p: &Pool, reduce: Reduce, name: &str, x: ValueId) -> ValueId {
    let [h, w, channels] = super::image(&b.graph[x].dims);
    match Window::new([h, w], p.size, p.steps(), Pair::square(1), p.padding) {
        Some(window) => b.graph.op(Op::Pool2d(Pool2d { window, channels, reduce }), &[x], name),
        None => x,
    }
}

/// Emits `max_pool1d` over `x (T, C)`, an image one high.
pub(super) fn emit_line(b: &mut Build, p: &Pool, name: &str, x: ValueId) -> ValueId {
    let [_, t, channels] = super::image(&b.graph[x].dims);
    match Window::line(t, p.size, p.steps(), Pair::square(1), p.padding) {
        Some(window) => b.graph.op(Op::Pool2d(Pool2d { window, channels, reduce: Reduce::Max }), &[x], name),
        None => x,
    }
}

/// Emits `upsample2d` over `x (H, W, C)`.
pub(super) fn upsample(b: &mut Build, factor: usize, name: &str, x: ValueId) -> ValueId {
    let [h, w, channels] = super::image(&b.graph[x].dims);
    b.graph.op(Op::Upsample2d(Upsample2d { input: [h, w], channels, factor }), &[x], name)
}

/// Emits the mean of every channel of `x (…, C)`.
pub(super) fn global(b: &mut Build, name: &str, x: ValueId) -> ValueId {
    let channels = b.graph[x].dims.last().copied().unwrap_or(1);
    b.graph.op(Op::GlobalAvgPool(GlobalAvgPool { channels }), &[x], name)
}
