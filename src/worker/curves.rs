//! The curves of a run: one point per so many steps, thinned by halves so that any run fits.
//!
//! Not responsible for measuring (`run`).

use crate::protocol::CurvePoint;

/// Most points kept; beyond, every other one goes and the interval doubles.
const POINTS_MAX: usize = 1600;

/// See the module.
#[derive(Clone, Debug)]
pub struct Curves {
    points: Vec<CurvePoint>,
    interval: u64,
    loss_sum: f64,
    loss_n: u32,
    /// The page's copy is no longer a prefix of ours.
    rewritten: bool,
}

impl Curves {
    /// Before the first step.
    pub fn new() -> Self {
        Curves { points: Vec::new(), interval: 1, loss_sum: 0.0, loss_n: 0, rewritten: true }
    }

    /// One step's loss. Returns whether a point is due at this step.
    pub fn step(&mut self, step: u64, loss: f32) -> bool {
        self.loss_sum += f64::from(loss);
        self.loss_n += 1;
        step.is_multiple_of(self.interval)
    }

    /// Mean loss since the last point.
    pub fn mean(&self) -> Option<f32> {
        (self.loss_n > 0).then(|| (self.loss_sum / f64::from(self.loss_n)) as f32)
    }

    /// Adds a point; its `train_loss` is taken from the steps since the last one.
    pub fn push(&mut self, mut point: CurvePoint) {
        let Some(mean) = self.mean() else { return };
        point.train_loss = mean;
        (self.loss_sum, self.loss_n) = (0.0, 0);
        self.points.push(point);
        if self.points.len() > POINTS_MAX {
            self.interval *= 2;
            let interval = self.interval;
            self.points.retain(|p| p.step.is_multiple_of(interval));
            self.rewritten = true;
        }
    }

    /// Forgets everything after `step` (a fork).
    pub fn cut(&mut self, step: u64) {
        self.points.retain(|p| p.step <= step);
        (self.loss_sum, self.loss_n) = (0.0, 0);
        self.rewritten = true;
    }

    /// The latest point's mean loss.
    pub fn last_loss(&self) -> Option<f32> {
        self.points.last().map(|p| p.train_loss)
    }

    /// Points from index `since` on, or all of them if earlier ones changed; with the index of the first.
    pub fn since(&mut self, since: usize) -> (usize, Vec<CurvePoint>) {
        let from = if std::mem::take(&mut self.rewritten) { 0 } else { since.min(self.points.len()) };
        (from, self.points[from..].to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_stay_small_and_keep_means() {
        let mut c = Curves::new();
        for step in 1..=100_000u64 {
            if c.step(step, step as f32) {
                c.push(CurvePoint { step, ..CurvePoint::default() });
            }
        }
        let (from, points) = c.since(5);
        assert_eq!(from, 0, "the page's copy was rewritten");
        assert!(points.len() <= POINTS_MAX && points.len() > POINTS_MAX / 4, "{}", points.len());
        assert!(points.windows(2).all(|w| w[0].step < w[1].step));
        assert_eq!(c.since(7).0, 7);
        c.cut(50_000);
        let (from, points) = c.since(7);
        assert!(from == 0 && points.iter().all(|p| p.step <= 50_000));
    }
}
