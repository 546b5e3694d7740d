//! One head step by step, computed again by the page from queries, keys and values: scores `q·kᵀ/√W`, mask, softmax,
//! mean of the values.
//!
//! Not responsible for additive attention, whose scores come from a small network of their own.

use super::heads::Heads;

/// Most products for which all rows are computed anew with a frame; longer sequences get the chosen row only.
const WORK_MAX: usize = 2_000_000;

/// Queries, keys and values of one attention.
#[derive(Clone, Copy, Debug)]
pub struct Joint<'a> {
    /// `(T, 3D)`: queries, keys, values side by side.
    pub asking: &'a [f32],
    /// `(S, 3D)`: whose keys and values are used; the same in self-attention.
    pub asked: &'a [f32],
    /// H.
    pub heads: usize,
    /// D = H · W.
    pub units: usize,
}

impl<'a> Joint<'a> {
    /// `None` if the numbers do not have these shapes.
    pub fn new(asking: &'a [f32], asked: &'a [f32], heads: usize, joint_width: usize) -> Option<Joint<'a>> {
        let units = joint_width / 3;
        let fits = |x: &[f32]| !x.is_empty() && x.len().is_multiple_of(joint_width);
        let whole = heads > 0 && units > 0 && joint_width == 3 * units && units.is_multiple_of(heads);
        (whole && fits(asking) && fits(asked)).then_some(Joint { asking, asked, heads, units })
    }

    /// W, the width of a head.
    pub fn width(&self) -> usize {
        self.units / self.heads
    }

    fn part(&self, all: &'a [f32], part: usize, place: usize, head: usize) -> &'a [f32] {
        let at = place * 3 * self.units + part * self.units + head * self.width();
        all.get(at..at + self.width()).unwrap_or(&[])
    }

    /// `(W)`.
    pub fn query(&self, t: usize, head: usize) -> &'a [f32] {
        self.part(self.asking, 0, t, head)
    }

    /// `(W)`.
    pub fn key(&self, s: usize, head: usize) -> &'a [f32] {
        self.part(self.asked, 1, s, head)
    }

    /// `(W)`.
    pub fn value(&self, s: usize, head: usize) -> &'a [f32] {
        self.part(self.asked, 2, s, head)
    }

    /// `q·k`, before it is divided by `√W`.
    pub fn product(&self, t: usize, s: usize, head: usize) -> f64 {
        self.query(t, head).iter().zip(self.key(s, head)).map(|(q, k)| f64::from(*q) * f64::from(*k)).sum()
    }
}

/// One place that asks, through all stages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// `q·k/√W` for every place shown, hidden ones too.
    pub scores: Vec<f64>,
    /// Softmax over the places seen, 0 elsewhere.
    pub weights: Vec<f64>,
    /// `(W)`: the mean of the values by those weights.
    pub mix: Vec<f64>,
}

/// One row of one head.
pub fn row(joint: &Joint, heads: &Heads, head: usize, t: usize) -> Row {
    let scale = (joint.width() as f64).sqrt().recip();
    let scores: Vec<f64> = (0..heads.keys).map(|s| joint.product(t, s, head) * scale).collect();
    let weights = softmax(&scores, |s| !heads.is_masked(t, s));
    let mut mix = vec![0.0; joint.width()];
    for (s, p) in weights.iter().enumerate() {
        mix.iter_mut().zip(joint.value(s, head)).for_each(|(y, v)| *y += p * f64::from(*v));
    }
    Row { scores, weights, mix }
}

/// Every row of a head; `None` where that would be too much work to do with every frame.
pub fn rows(joint: &Joint, heads: &Heads, head: usize) -> Option<Vec<Row>> {
    let work = heads.queries.checked_mul(heads.keys)?.checked_mul(2 * joint.width())?;
    (work <= WORK_MAX).then(|| (0..heads.queries).map(|t| row(joint, heads, head, t)).collect())
}

/// `exp(x) / Σ exp` over the places seen, 0 elsewhere.
pub fn softmax(scores: &[f64], seen: impl Fn(usize) -> bool) -> Vec<f64> {
    let of_seen = || scores.iter().enumerate().filter(|(s, _)| seen(*s)).map(|(_, v)| *v);
    let max = of_seen().fold(f64::NEG_INFINITY, |a, v| if v > a || v.is_nan() { v } else { a });
    let sum: f64 = of_seen().map(|v| (v - max).exp()).sum();
    scores.iter().enumerate().map(|(s, v)| if seen(s) { (v - max).exp() / sum } else { 0.0 }).collect()
}

/// The greatest difference between what was computed here and what the network computed; NaN if either is NaN.
pub fn gap(ours: impl Iterator<Item = f64>, theirs: impl Iterator<Item = f32>) -> f64 {
    ours.zip(theirs).map(|(a, b)| (a - f64::from(b)).abs()).fold(0.0, |m, d| if d > m || d.is_nan() { d } else { m })
}

#[cfg(test)]
mod tests {
    use super::super::AttentionAt;
    use super::*;

    fn heads(causal: bool, shape: [usize; 3], values: Vec<f32>) -> Heads {
        let at = AttentionAt { heads: shape[0], causal, ..AttentionAt::default() };
        Heads::new(&at, &shape, values.into(), 0).unwrap()
    }

    /// Two places, two heads of width 1: q, k, v of head 0, head 1.
    const JOINT: [f32; 12] = [1.0, 0.0, 2.0, 0.0, 5.0, 7.0, 3.0, 1.0, -1.0, 4.0, 6.0, 8.0];

    #[test]
    fn the_stages_of_a_row_are_those_of_the_paper() {
        let joint = Joint::new(&JOINT, &JOINT, 2, 6).unwrap();
        let h = heads(true, [2, 2, 2], vec![0.0; 8]);
        let last = row(&joint, &h, 0, 1);
        assert_eq!(last.scores, [6.0, -3.0]);
        let p = 1.0 / (1.0 + (-9f64).exp());
        assert!((last.weights[0] - p).abs() < 1e-12);
        assert!((last.mix[0] - (5.0 * p + 6.0 * (1.0 - p))).abs() < 1e-12);
        let first = row(&joint, &h, 1, 0);
        assert_eq!((first.weights, first.mix), (vec![1.0, 0.0], vec![7.0]));
    }

    #[test]
    fn a_score_is_divided_by_the_root_of_the_width() {
        let joint = Joint::new(&JOINT, &JOINT, 1, 6).unwrap();
        let h = heads(false, [1, 2, 2], vec![0.0; 4]);
        // q = (1, 0), k = (2, 0): 2 / √2.
        assert!((row(&joint, &h, 0, 0).scores[0] - 2f64.sqrt()).abs() < 1e-12);
        assert_eq!(rows(&joint, &h, 0).map(|r| r.len()), Some(2));
    }

    #[test]
    fn numbers_of_another_shape_are_refused() {
        assert!(Joint::new(&JOINT, &JOINT, 2, 5).is_none());
        assert!(Joint::new(&JOINT, &JOINT, 3, 6).is_none());
        assert!(Joint::new(&JOINT[1..], &JOINT, 2, 6).is_none());
        assert!(Joint::new(&[], &[], 2, 6).is_none());
    }

    #[test]
    fn large_scores_do_not_overflow_and_nan_is_not_hidden() {
        assert_eq!(softmax(&[1000.0, 0.0, 2000.0], |s| s < 2), [1.0, 0.0, 0.0]);
        assert!(softmax(&[f64::NAN, 0.0], |_| true)[1].is_nan());
        assert!(gap([1.0, f64::NAN].into_iter(), [1.0, 1.0].into_iter()).is_nan());
        assert!((gap([0.5].into_iter(), [0.25].into_iter()) - 0.25).abs() < 1e-12);
    }
}
