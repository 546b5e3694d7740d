//! Two-dimensional regression: a value in `[-1, 1]` over the square `[-1, 1]²`.
//!
//! `plane` and `multi_gauss` after TensorFlow Playground (`dataset.ts`, there on `[-6, 6]²`).
//! Not responsible for the split.

use super::Rows;
use crate::engine::rng::Rng;
use crate::spec::sets::Surface;

/// Deviation of the value at noise 1.
pub const JITTER: f32 = 0.3;

/// Draws `n` points uniformly and takes their values, with noise.
pub fn draw(surface: Surface, n: usize, noise: f32, rng: &mut Rng) -> Rows {
    let mut rows = Rows::default();
    for _ in 0..n {
        let (x, y) = (rng.range(-1.0, 1.0), rng.range(-1.0, 1.0));
        rows.x.extend([x, y]);
        rows.y.push(value(surface, x, y) + noise * JITTER * rng.normal());
    }
    rows
}

/// The surface at a point, without noise.
pub fn value(surface: Surface, x: f32, y: f32) -> f32 {
    match surface {
        Surface::Plane => (x + y) / 2.0,
        Surface::Waves => (4.0 * x).sin() * (3.0 * y).cos(),
        Surface::MultiGauss => multi_gauss(x, y),
    }
}

/// Six cones with alternating sign; the one that is strongest at a point counts. Radius 1/3, as 2 of 6 there.
fn multi_gauss(x: f32, y: f32) -> f32 {
    const CENTRES: [(f32, f32, f32); 6] = [
        (-0.66, 0.42, 1.0),
        (0.0, 0.42, -1.0),
        (0.66, 0.42, 1.0),
        (-0.66, -0.42, -1.0),
        (0.0, -0.42, 1.0),
        (0.66, -0.42, -1.0),
    ];
    let cone = |&(cx, cy, sign): &(f32, f32, f32)| sign * (1.0 - 3.0 * (x - cx).hypot(y - cy)).max(0.0);
    CENTRES.iter().map(cone).fold(0.0, |best: f32, v| if v.abs() > best.abs() { v } else { best })
}
