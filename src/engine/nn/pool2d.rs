//! Pooling layers: windows over an image, or the mean of all of it. Nothing to learn.

use super::{Build, ValueId};
use crate::engine::ops::{
    Op,
    global_avg_pool::GlobalAvgPool,
    pool2d::{Pool2d, Reduce},
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

/// Emits the mean of every channel of `x (…, C)`.
pub(super) fn global(b: &mut Build, name: &str, x: ValueId) -> ValueId {
    let channels = b.graph[x].dims.last().copied().unwrap_or(1);
    b.graph.op(Op::GlobalAvgPool(GlobalAvgPool { channels }), &[x], name)
}
