//! Several tasks on one trunk: a loss for each head, and what the heads are asked of a picture.

use super::labels;
use crate::engine::data::{Dataset, Standardizer};
use crate::engine::graph::{Graph, ParamInit, ValueId};
use crate::engine::nn::{Build, LOSS};
use crate::engine::ops::concat::Concat;
use crate::engine::ops::uncertainty::Uncertainty;
use crate::engine::ops::{Op, loss::LossOp, slice::Slice, weighted_sum::WeightedSum};
use crate::spec::model::PartName;
use crate::spec::tasks::several::{HEADS, Several, Weighting, loss_of, number_of};
use crate::spec::{DataInfo, Experiment};

/// Name of the learned numbers s, one for each head: wₖ = exp(−sₖ).
pub const LOG_VARIANCE: &str = "weighting.log_variance";

/// Trunk, heads, a loss for each (`loss.digit` …) and their weighted sum. The answer is that of all heads, side by side.
pub(super) fn graph(mut b: Build, task: &Several, exp: &Experiment, info: &DataInfo) -> Graph {
    let (answers, costs) = heads(&mut b, exp, info);
    b.graph.loss = Some(match task.weighting {
        Weighting::Fixed => {
            let sum = WeightedSum { weights: task.weights().to_vec() };
            b.graph.op(Op::WeightedSum(sum), &costs, LOSS)
        }
        Weighting::Uncertainty => {
            let s = b.graph.param(LOG_VARIANCE.into(), &[HEADS.len()], ParamInit::Fill(0.0), false);
            let ins: Vec<ValueId> = std::iter::once(s).chain(costs).collect();
            b.graph.op(Op::Uncertainty(Uncertainty { losses: HEADS.len() }), &ins, LOSS)
        }
    });
    let widths = answers.iter().map(|v| b.graph[*v].size()).collect();
    b.graph.output = Some(b.graph.op(Op::Concat(Concat { widths }), &answers, "answers"));
    b.graph
}

/// The same with the loss of one head only.
pub(crate) fn one_head(mut b: Build, head: usize, exp: &Experiment, info: &DataInfo) -> Graph {
    let (_, costs) = heads(&mut b, exp, info);
    b.graph.loss = costs.get(head).copied();
    b.graph
}

/// Answer and loss of each head.
fn heads(b: &mut Build, exp: &Experiment, info: &DataInfo) -> (Vec<ValueId>, Vec<ValueId>) {
    let (input, target) = b.rows(info);
    let features = b.part(exp, info, PartName::Trunk, input, PartName::Trunk.name());
    let one = |(k, head): (usize, &PartName)| {
        let name = head.name();
        let slice = Slice { start: k, length: 1, steps: HEADS.len(), width: 1 };
        let asked = b.graph.op(Op::Slice(slice), &[target], &format!("target.{name}"));
        let answer = b.part(exp, info, *head, features, name);
        let width = b.graph[answer].size();
        let op = LossOp { loss: loss_of(*head), width, weights: Vec::new() };
        let cost = b.graph.op(Op::Loss(op), &[answer, asked], &format!("loss.{name}"));
        (answer, cost)
    };
    HEADS.iter().enumerate().map(one).unzip()
}

/// Rows with what is asked of each: its class, 1 where that is odd, and the standardised thickness of its strokes.
pub(super) fn data(exp: &Experiment, data: Dataset) -> Dataset {
    let labels = labels(&data);
    let (n_train, width) = (data.n_train, data.x_width());
    let mut pictures = data.x.clone();
    if let Some(scale) = &data.scale {
        scale.invert(&mut pictures);
    }
    let thick: Vec<f32> = pictures.chunks_exact(width.max(1)).map(|x| thickness(x, &data.info.input)).collect();
    let of = Standardizer::fit(&thick[..n_train], 1);
    let scale = Standardizer { mean: vec![0.0, 0.0, of.mean[0]], std: vec![1.0, 1.0, of.std[0]], offset: Vec::new() };
    let odd = |class: f32| number_of(&data.info, class as usize).map_or(0.0, |n| (n % 2) as f32);
    let mut y: Vec<f32> = labels.iter().zip(&thick).flat_map(|(c, t)| [*c, odd(*c), *t]).collect();
    scale.apply(&mut y);
    let info = exp.task.kind.info(data.info);
    Dataset { y, target_scale: Some(scale), baselines: Vec::new(), labels, info, ..data }
}

/// Mean width of the strokes of a picture `(H, W, C)`, in pixels: `2·A/P`. The area A is the sum of the ink; the outline P is
/// the sum of its slopes |∇ink|, which is the mean length of the outlines of all levels (coarea formula). A stroke much
/// longer than wide, of width w and length l, has A = w·l and P ≈ 2·l.
///
/// Ink is how far the mean of the channels is from the paper's level: 0, or 1 where the border is light.
pub(crate) fn thickness(x: &[f32], shape: &[usize]) -> f32 {
    let [h, w, c] = shape[..] else { return 0.0 };
    let level: Vec<f32> = x.chunks_exact(c).map(|p| p.iter().sum::<f32>() / c as f32).collect();
    let at = |i: usize, j: usize| level[i * w + j];
    let border = (0..h).flat_map(|i| [at(i, 0), at(i, w - 1)]).chain((0..w).flat_map(|j| [at(0, j), at(h - 1, j)]));
    let light = border.sum::<f32>() > (h + w) as f32;
    // One place beyond every edge is paper.
    let ink = |i: usize, j: usize| match (i, j) {
        (1.., 1..) if i <= h && j <= w => {
            let v = at(i - 1, j - 1);
            if light { 1.0 - v } else { v }
        }
        _ => 0.0,
    };
    let (mut area, mut outline) = (0.0, 0.0);
    for i in 0..=h {
        for j in 0..=w {
            let here = ink(i, j);
            area += here;
            outline += (ink(i, j + 1) - here).hypot(ink(i + 1, j) - here);
        }
    }
    if outline > 0.0 { 2.0 * area / outline } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar of so many pixels across, with soft edges where that is no whole number.
    fn bar(width: f32, upright: bool, light: bool) -> Vec<f32> {
        let across = |k: usize| (0.5 * width - (k as f32 - 15.5).abs() + 0.5).clamp(0.0, 1.0);
        let along = |k: usize| if (2..30).contains(&k) { 1.0 } else { 0.0 };
        let ink = |i: usize, j: usize| if upright { along(i) * across(j) } else { along(j) * across(i) };
        let level = |k: usize| if light { 1.0 - ink(k / 32, k % 32) } else { ink(k / 32, k % 32) };
        (0..32 * 32).map(level).collect()
    }

    #[test]
    fn a_bar_is_as_thick_as_it_is() {
        for width in [2.0_f32, 3.0, 4.0, 5.0] {
            // The ends belong to the outline: 2·w·l / (2·l + 2·w).
            let expected = width * 28.0 / (28.0 + width);
            for (upright, light) in [(true, false), (false, false), (true, true)] {
                let got = thickness(&bar(width, upright, light), &[32, 32, 1]);
                assert!((got - expected).abs() < 0.1 * expected, "{width} {upright} {light}: {got} {expected}");
            }
        }
        assert_eq!(thickness(&[0.0; 16], &[4, 4, 1]), 0.0);
        let colours: Vec<f32> = bar(3.0, true, false).iter().flat_map(|v| [*v; 3]).collect();
        let (three, one) = (thickness(&colours, &[32, 32, 3]), thickness(&bar(3.0, true, false), &[32, 32, 1]));
        assert!((three - one).abs() < 1e-4, "{three} {one}");
    }
}
