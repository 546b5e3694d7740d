//! Seeded noise of any shape, for benchmarks and for showing that a network can learn rows by heart.
//!
//! Not responsible for limits: the spec has checked them.

use super::Rows;
use crate::engine::rng::Rng;
use crate::spec::data::{DataInfo, Target};

/// Draws `n` rows: standard normal inputs (or uniform tokens), uniform classes or standard normal values.
pub fn draw(info: &DataInfo, n: usize, rng: &mut Rng) -> Rows {
    let width: usize = info.input.iter().product();
    let x = (0..n * width).map(|_| match info.tokens {
        Some(count) => rng.below(count as u32) as f32,
        None => rng.normal(),
    });
    let x = x.collect();
    let y = (0..n * info.target.width()).map(|_| match &info.target {
        Target::Classes { count } | Target::Steps { count, .. } => rng.below(*count as u32) as f32,
        Target::Values { .. } => rng.normal(),
    });
    Rows { x, y: y.collect(), ..Rows::default() }
}
