//! Rotation: pictures turned by quarters, and how many quarters it was.

use super::labels;
use crate::engine::data::{Dataset, Standardizer};
use crate::engine::graph::Graph;
use crate::engine::nn::{Build, LOSS};
use crate::engine::ops::{Op, loss::LossOp};
use crate::engine::rng::Rng;
use crate::spec::model::PartName;
use crate::spec::tasks::rotation::TURNS;
use crate::spec::{DataInfo, Experiment};

/// Input, features, which turn, loss.
pub(super) fn graph(mut b: Build, exp: &Experiment, info: &DataInfo) -> Graph {
    let (input, target) = b.rows(info);
    let features = b.part(exp, info, PartName::Trunk, input, PartName::Trunk.name());
    let output = b.part(exp, info, PartName::Head, features, PartName::Head.name());
    let op = LossOp { loss: exp.task.loss(), width: TURNS, weights: Vec::new() };
    let loss = b.graph.op(Op::Loss(op), &[output, target], LOSS);
    b.graph.output = Some(output);
    b.graph.loss = Some(loss);
    b.graph
}

/// Overwrites `to` with the square picture `from (n, n, C)` turned left by so many quarters. What was standardised pixel by
/// pixel is turned in its own levels.
fn turn(from: &[f32], channels: usize, quarters: usize, scale: Option<&Standardizer>, to: &mut [f32]) {
    let n = (from.len() / channels.max(1)).isqrt();
    for (at, to) in to.iter_mut().enumerate() {
        let (i, j) = (at / channels / n, at / channels % n);
        let (i, j) = match quarters {
            0 => (i, j),
            1 => (j, n - 1 - i),
            2 => (n - 1 - i, n - 1 - j),
            _ => (n - 1 - j, i),
        };
        let of = (i * n + j) * channels + at % channels;
        *to = match scale {
            Some(s) => (from[of] * s.std[of] + s.mean[of] - s.mean[at]) / s.std[at],
            None => from[of],
        };
    }
}

/// A picture of the data, turned as drawn; its turn is the answer.
fn draw(data: &Dataset, row: usize, rng: &mut Rng, x: &mut [f32]) -> f32 {
    let (width, quarters) = (x.len(), rng.below(TURNS as u32) as usize);
    let channels = data.info.input.last().copied().unwrap_or(1);
    turn(&data.origin[row * width..][..width], channels, quarters, data.scale.as_ref(), x);
    quarters as f32
}

/// Pictures whose turns are always the same, for measuring; the pictures themselves stay beside them.
pub(super) fn data(exp: &Experiment, data: Dataset) -> Dataset {
    let (labels, width) = (labels(&data), data.x_width());
    let (mut x, y) = (vec![0.0; data.x.len()], vec![0.0; data.len()]);
    let info = exp.task.kind.info(data.info);
    let (origin, later) = (data.x, Vec::new());
    let mut all = Dataset { origin, x: later, y, info, labels, target_scale: None, baselines: Vec::new(), ..data };
    let mut rng = Rng::new(u64::from(exp.seed), super::STREAM_MEASURED);
    for (row, x) in x.chunks_exact_mut(width).enumerate() {
        all.y[row] = draw(&all, row, &mut rng, x);
    }
    Dataset { x, ..all }
}

/// The same for the pictures of a step, turned anew.
pub(super) fn feed(data: &Dataset, rows: &[u32], rng: &mut Rng, x: &mut [f32], y: &mut [f32]) {
    for ((row, x), y) in rows.iter().zip(x.chunks_exact_mut(data.x_width())).zip(y) {
        *y = draw(data, *row as usize, rng, x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarters_are_none() {
        let from: Vec<f32> = (0..18).map(|v| v as f32).collect();
        let turned = |quarters: usize, from: &[f32]| {
            let mut to = vec![0.0; 18];
            turn(from, 2, quarters, None, &mut to);
            to
        };
        // The upper right corner comes to the upper left.
        assert_eq!(&turned(1, &from)[..2], &[4.0, 5.0]);
        let mut on = from.clone();
        for quarters in 1..=4 {
            on = turned(1, &on);
            assert_eq!(on, turned(quarters % 4, &from), "{quarters}");
        }
        assert_eq!(turned(0, &from), from);
    }
}
