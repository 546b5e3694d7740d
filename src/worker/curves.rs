//! The curves of a run: one point per so many steps, thinned by halves so that any run fits.
//!
//! Not responsible for measuring (`run`).

use crate::protocol::CurvePoint;

/// Most points kept; beyond, neighbours become one and the interval doubles.
const POINTS_MAX: usize = 1600;

/// See the module.
#[derive(Clone, Debug)]
pub struct Curves {
    points: Vec<CurvePoint>,
    /// How many steps the mean loss of each point is of.
    steps: Vec<u32>,
    interval: u64,
    loss_sum: f64,
    loss_n: u32,
    /// The page's copy is no longer a prefix of ours.
    rewritten: bool,
    /// How many points the page has.
    sent: usize,
}

impl Curves {
    /// Before the first step.
    pub fn new() -> Self {
        Curves {
            points: Vec::new(),
            steps: Vec::new(),
            interval: 1,
            loss_sum: 0.0,
            loss_n: 0,
            rewritten: true,
            sent: 0,
        }
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
        self.points.push(point);
        self.steps.push(self.loss_n);
        (self.loss_sum, self.loss_n) = (0.0, 0);
        if self.points.len() > POINTS_MAX {
            self.thin();
        }
    }

    /// What was measured at `step`: at its point, or at one of its own if there is none yet.
    pub fn measured(&mut self, step: u64, test_loss: f32, test_metric: Option<f32>) {
        let sent = self.points.len() <= self.sent;
        match self.points.last_mut().filter(|p| p.step >= step) {
            Some(p) if p.step == step && p.test_loss.is_none() && !sent => {
                (p.test_loss, p.test_metric) = (Some(test_loss), test_metric)
            }
            Some(_) => {}
            None => self.push(CurvePoint { step, test_loss: Some(test_loss), test_metric, ..CurvePoint::default() }),
        }
    }

    /// Doubles the interval. Points that now share one become one: the mean of all its losses, and the latest
    /// measurement, because a run that is slow to measure has few and none may be lost.
    fn thin(&mut self) {
        self.interval *= 2;
        let bucket = |p: &CurvePoint| p.step.div_ceil(self.interval);
        let mut kept: Vec<CurvePoint> = Vec::with_capacity(self.points.len());
        let mut steps: Vec<u32> = Vec::with_capacity(self.points.len());
        for (point, n) in self.points.drain(..).zip(self.steps.drain(..)) {
            match (kept.last_mut(), steps.last_mut()) {
                (Some(last), Some(m)) if bucket(last) == bucket(&point) => {
                    let sum = f64::from(last.train_loss) * f64::from(*m) + f64::from(point.train_loss) * f64::from(n);
                    *m += n;
                    let fresh = point.test_loss.or(point.train_metric).is_some();
                    let measured = if fresh { point } else { *last };
                    *last = CurvePoint { step: point.step, train_loss: (sum / f64::from(*m)) as f32, ..measured };
                }
                (_, _) => {
                    kept.push(point);
                    steps.push(n);
                }
            }
        }
        (self.points, self.steps) = (kept, steps);
        (self.rewritten, self.sent) = (true, 0);
    }

    /// Forgets everything after `step` (a fork).
    pub fn cut(&mut self, step: u64) {
        self.points.retain(|p| p.step <= step);
        self.steps.truncate(self.points.len());
        (self.loss_sum, self.loss_n) = (0.0, 0);
        (self.rewritten, self.sent) = (true, 0);
    }

    /// The latest point's mean loss.
    pub fn last_loss(&self) -> Option<f32> {
        self.points.last().map(|p| p.train_loss)
    }

    /// Points from index `since` on, or all of them if earlier ones changed; with the index of the first.
    pub fn since(&mut self, since: usize) -> (usize, Vec<CurvePoint>) {
        let from = if std::mem::take(&mut self.rewritten) { 0 } else { since.min(self.points.len()) };
        self.sent = self.points.len();
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

    /// MNIST's test part takes so long to measure that few points have a measurement, at steps that no interval divides.
    #[test]
    fn thinning_loses_neither_measurements_nor_losses() {
        let mut c = Curves::new();
        let (mut measured, mut sum) = (Vec::new(), 0.0);
        for step in 1..=100_000u64 {
            sum += (step % 7) as f64;
            if c.step(step, (step % 7) as f32) {
                let test_loss =
                    (step % 1001 < 64 && measured.last().is_none_or(|m| step > m + 900)).then_some(step as f32);
                measured.extend(test_loss.map(|_| step));
                c.push(CurvePoint { step, test_loss, ..CurvePoint::default() });
            }
        }
        let (_, points) = c.since(0);
        let kept: Vec<u64> = points.iter().filter_map(|p| p.test_loss.map(|l| l as u64)).collect();
        assert_eq!(kept, measured);
        assert!(kept[0] < 100 && kept.len() > 50, "{kept:?}");
        let interval = points[1].step - points[0].step;
        for p in points.iter().filter(|p| p.test_loss.is_some()) {
            let at = p.test_loss.map_or(0, |l| l as u64);
            assert!(at <= p.step && p.step - at < interval, "measured at {at}, shown at {}", p.step);
        }
        let n = points.last().map_or(0, |p| p.step) as f64;
        let mean = points.iter().map(|p| f64::from(p.train_loss)).sum::<f64>() / points.len() as f64;
        assert!((mean - sum / n).abs() < 0.01, "{mean} for {}", sum / n);
    }

    #[test]
    fn a_measurement_is_at_its_step_and_never_at_a_point_that_was_sent() {
        let mut c = Curves::new();
        c.measured(0, 2.0, None);
        assert_eq!(c.since(0).1, [], "nothing was trained");
        let point = |c: &mut Curves, step| {
            c.step(step, 1.0);
            c.push(CurvePoint { step, ..CurvePoint::default() });
        };
        point(&mut c, 1);
        c.measured(1, 0.5, Some(0.9));
        let (_, points) = c.since(0);
        assert_eq!((points.len(), points[0].test_loss, points[0].test_metric), (1, Some(0.5), Some(0.9)));
        point(&mut c, 2);
        assert_eq!(c.since(1).1.len(), 1);
        c.measured(2, 0.4, None);
        assert_eq!(c.since(2), (2, Vec::new()));
        // Between two points: one of its own, with the losses since the last.
        c.step(3, 3.0);
        c.measured(3, 0.3, None);
        let (from, points) = c.since(2);
        assert_eq!((from, points[0].step, points[0].test_loss, points[0].train_loss), (2, 3, Some(0.3), 3.0));
        // Back in time, with what came after still there.
        c.step(3, 1.0);
        c.measured(2, 0.2, None);
        assert_eq!(c.since(3), (3, Vec::new()));
    }
}
