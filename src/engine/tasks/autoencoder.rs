//! Autoencoder: loss between the input and what the decoder makes of its code.

use crate::engine::graph::Graph;
use crate::engine::nn::{Build, LOSS};
use crate::engine::ops::{Op, loss::LossOp, restore::Restore};
use crate::engine::rng::Rng;
use crate::spec::model::PartName;
use crate::spec::tasks::Autoencoder;
use crate::spec::{DataInfo, Experiment};

/// What a hidden place reads where only these are counted: no brightness, so that it can be told from what is seen.
const HIDDEN: f32 = -1.0;

/// Input, code, reconstruction, loss. Where only hidden places count, the answer has the others as they were.
pub(super) fn graph(mut b: Build, exp: &Experiment, info: &DataInfo) -> Graph {
    let (input, target) = b.rows(info);
    let code = b.part(exp, info, PartName::Encoder, input, PartName::Encoder.name());
    let output = b.part(exp, info, PartName::Decoder, code, PartName::Decoder.name());
    let output = if exp.task.kind.counts_hidden_only() {
        b.graph.op(Op::Restore(Restore), &[output, input, target], "restored")
    } else {
        output
    };
    let op = LossOp { loss: exp.task.loss(), width: 1, weights: Vec::new() };
    let loss = b.graph.op(Op::Loss(op), &[output, target], LOSS);
    b.graph.output = Some(output);
    b.graph.loss = Some(loss);
    b.graph
}

/// Adds noise, and hides places of rows of this shape; what the task says.
pub(super) fn corrupt(task: &Autoencoder, shape: &[usize], rng: &mut Rng, x: &mut [f32]) {
    let hidden = if task.hidden_only { HIDDEN } else { 0.0 };
    let squares = if let [h, w, c] = *shape { Some([h, w, c]).filter(|_| task.patch > 1) } else { None };
    for x in x.iter_mut() {
        if task.noise > 0.0 {
            *x += task.noise * rng.normal();
        }
        if squares.is_none() && task.mask > 0.0 && rng.uniform() < task.mask {
            *x = hidden;
        }
    }
    let Some(shape) = squares.filter(|_| task.mask > 0.0) else { return };
    for picture in x.chunks_exact_mut(shape.iter().product()) {
        hide(task, shape, rng, hidden, picture);
    }
}

/// Hides squares of one picture, always the same number of them, any choice as likely as any other (Knuth's algorithm S).
fn hide(task: &Autoencoder, [h, w, channels]: [usize; 3], rng: &mut Rng, hidden: f32, picture: &mut [f32]) {
    let side = task.patch;
    let (down, across) = (h.div_ceil(side), w.div_ceil(side));
    let all = down * across;
    let mut left = ((task.mask * all as f32).round() as usize).clamp(1, all);
    for square in 0..all {
        if rng.below((all - square) as u32) as usize >= left {
            continue;
        }
        left -= 1;
        let (row, column) = (square / across * side, square % across * side);
        for i in row..(row + side).min(h) {
            picture[(i * w + column) * channels..(i * w + (column + side).min(w)) * channels].fill(hidden);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_are_hidden_as_many_as_the_share_says() {
        let task = Autoencoder { mask: 0.5, patch: 3, hidden_only: true, ..Autoencoder::default() };
        let mut x = vec![0.25; 20 * 8 * 7 * 2];
        corrupt(&task, &[8, 7, 2], &mut Rng::new(3, 1), &mut x);
        let mut places = vec![0; 9];
        for picture in x.chunks_exact(8 * 7 * 2) {
            let mut squares = [false; 9];
            for (at, v) in picture.iter().enumerate() {
                let square = at / 14 / 3 * 3 + at / 2 % 7 / 3;
                let is_hidden = *v == HIDDEN;
                assert!(is_hidden || *v == 0.25);
                // The first number of a square speaks for all of it.
                if at / 14 % 3 == 0 && at / 2 % 7 % 3 == 0 && at % 2 == 0 {
                    squares[square] = is_hidden;
                }
                assert_eq!(squares[square], is_hidden, "{at}");
            }
            // Half of nine, rounded.
            assert_eq!(squares.iter().filter(|s| **s).count(), 5);
            squares.iter().zip(&mut places).for_each(|(s, n)| *n += usize::from(*s));
        }
        assert!(places.iter().all(|n| (4..19).contains(n)), "{places:?}");
    }
}
