//! The curves of a run: one point per so many steps, thinned by halves so that any run fits.
//!
//! Every point but the newest is of equally many steps, so that no part of a curve looks noisier than another; what the mean
//! hides is in the smallest and largest loss of its batches. Not responsible for measuring (`run`).

use crate::engine::session::Metrics;
use crate::protocol::{Best, CurvePoint};

/// Most points kept; beyond, neighbours become one and the interval doubles.
const POINTS_MAX: usize = 1600;

/// See the module.
#[derive(Clone, Debug)]
pub struct Curves {
    points: Vec<CurvePoint>,
    /// The losses of each point.
    losses: Vec<Losses>,
    interval: u64,
    /// Since the last point.
    open: Losses,
    /// Index of the first point that the page's copy lacks or has otherwise.
    changed: usize,
    /// The lowest test loss.
    best: Option<Best>,
}

/// Losses of some steps.
#[derive(Clone, Debug)]
struct Losses {
    sum: f64,
    n: u32,
    min: f32,
    max: f32,
    /// Sum and number of each term of the loss.
    terms: Vec<(f64, u32)>,
}

impl Losses {
    const NONE: Losses = Losses { sum: 0.0, n: 0, min: f32::INFINITY, max: f32::NEG_INFINITY, terms: Vec::new() };

    fn add(&mut self, loss: f32, terms: &[f32]) {
        self.join(&Losses { sum: f64::from(loss), n: 1, min: loss, max: loss, terms: Vec::new() });
        self.terms.resize(terms.len(), (0.0, 0));
        for (sum, term) in self.terms.iter_mut().zip(terms).filter(|(_, t)| t.is_finite()) {
            *sum = (sum.0 + f64::from(*term), sum.1 + 1);
        }
    }

    fn join(&mut self, other: &Losses) {
        self.sum += other.sum;
        self.n += other.n;
        (self.min, self.max) = (self.min.min(other.min), self.max.max(other.max));
        self.terms.resize(self.terms.len().max(other.terms.len()), (0.0, 0));
        for (a, b) in self.terms.iter_mut().zip(&other.terms) {
            *a = (a.0 + b.0, a.1 + b.1);
        }
    }

    fn mean(&self) -> Option<f32> {
        (self.n > 0).then(|| (self.sum / f64::from(self.n)) as f32)
    }

    /// Writes what is known into a point.
    fn tell(&self, p: &mut CurvePoint) {
        p.terms.clear();
        p.terms.extend(self.terms.iter().map(|(sum, n)| (sum / f64::from(*n)) as f32));
        p.train_loss = self.mean().unwrap_or(f32::NAN);
        (p.train_min, p.train_max) = if self.n > 1 { (Some(self.min), Some(self.max)) } else { (None, None) };
    }
}

impl Curves {
    /// Before the first step.
    pub fn new() -> Self {
        Curves { points: Vec::new(), losses: Vec::new(), interval: 1, open: Losses::NONE, changed: 0, best: None }
    }

    /// One step's loss and what it is made of. Returns whether a point is due at this step.
    pub fn step(&mut self, step: u64, loss: f32, terms: &[f32]) -> bool {
        self.open.add(loss, terms);
        step.is_multiple_of(self.interval)
    }

    /// Adds a point; its training loss is that of the steps since the last one. A point before its time, made for a
    /// measurement, becomes one with it.
    pub fn push(&mut self, point: CurvePoint) {
        if self.open.n == 0 {
            return;
        }
        let open = std::mem::replace(&mut self.open, Losses::NONE);
        let before = self.points.len();
        match self.points.last().filter(|last| self.shares(last, &point)) {
            Some(_) => self.changed = self.changed.min(before - 1),
            None => self.changed = self.changed.min(before),
        }
        join(&mut self.points, &mut self.losses, point, open, self.interval);
        if self.points.len() > POINTS_MAX {
            self.thin();
        }
    }

    fn shares(&self, last: &CurvePoint, point: &CurvePoint) -> bool {
        shares(last, point, self.interval)
    }

    /// What was measured at `step`, on the training part too if that was: at its point, or at one of its own.
    pub fn measured(&mut self, step: u64, test: &Metrics, train: Option<f32>) {
        let last = self.points.len().saturating_sub(1);
        match self.points.last_mut().filter(|p| p.step >= step) {
            Some(p) if p.step == step && p.test_loss.is_none() => {
                tested(p, test);
                p.train_metric = train.or(p.train_metric);
                self.changed = self.changed.min(last);
            }
            Some(_) => {}
            None => {
                let mut point = CurvePoint { step, train_metric: train, ..CurvePoint::default() };
                tested(&mut point, test);
                self.push(point);
            }
        }
    }

    /// Remembers what was measured at `step` if nothing better was: thinning keeps only the latest of neighbours.
    pub fn saw(&mut self, step: u64, test: &Metrics) {
        let found = Best { step, loss: test.loss, metric: test.metric() };
        self.best = better(self.best, found);
    }

    /// Forgets a best among these steps: its weights were changed by hand, or cannot be reached any more.
    pub fn forget_best(&mut self, steps: std::ops::RangeInclusive<u64>) {
        self.best = self.best.filter(|b| !steps.contains(&b.step));
    }

    /// The lowest test loss so far; of a run that was cut back as near as its points tell.
    pub fn best(&self) -> Option<Best> {
        self.best
    }

    /// The step after `step` gave a loss that is no number: the curve ends there, with a point that says so.
    pub fn broke(&mut self, step: u64) {
        self.push(CurvePoint { step, ..CurvePoint::default() });
        self.points.push(CurvePoint { step: step + 1, train_loss: f32::NAN, ..CurvePoint::default() });
        self.losses.push(Losses { sum: f64::NAN, n: 1, ..Losses::NONE });
    }

    /// Doubles the interval. Points that now share one become one.
    fn thin(&mut self) {
        self.interval *= 2;
        let (points, losses) = (std::mem::take(&mut self.points), std::mem::take(&mut self.losses));
        for (point, of) in points.into_iter().zip(losses) {
            join(&mut self.points, &mut self.losses, point, of, self.interval);
        }
        self.changed = 0;
    }

    /// Whether there is anything after `step`.
    pub fn goes_beyond(&self, step: u64) -> bool {
        self.points.last().is_some_and(|p| p.step > step)
    }

    /// Forgets everything after `step` (a fork).
    pub fn cut(&mut self, step: u64) {
        self.points.retain(|p| p.step <= step);
        self.losses.truncate(self.points.len());
        self.open = Losses::NONE;
        self.changed = 0;
        if self.best.is_some_and(|b| b.step > step) {
            let all = self.points.iter();
            let measured = all.filter_map(|p| Some(Best { step: p.step, loss: p.test_loss?, metric: p.test_metric }));
            self.best = measured.fold(None, better);
        }
    }

    /// The latest point's mean loss.
    pub fn last_loss(&self) -> Option<f32> {
        self.points.iter().rev().map(|p| p.train_loss).find(|l| l.is_finite())
    }

    /// The training loss as it was at `step`: of the steps since the last point, or of the point that it belongs to.
    pub fn loss_at(&self, step: u64) -> Option<f32> {
        let at = self.points.partition_point(|p| p.step < step);
        match self.points.get(at) {
            _ if step == 0 => None,
            Some(p) => Some(p.train_loss).filter(|l| l.is_finite()),
            None => self.open.mean().or_else(|| self.last_loss()),
        }
    }

    /// Points from index `since` on, or from the first that changed; with the index of the first.
    pub fn since(&mut self, since: usize) -> (usize, Vec<CurvePoint>) {
        let n = self.points.len();
        let from = since.min(std::mem::replace(&mut self.changed, n)).min(n);
        (from, self.points[from..].to_vec())
    }
}

/// Writes what was measured on the test part into a point.
pub fn tested(point: &mut CurvePoint, test: &Metrics) {
    (point.test_loss, point.test_metric) = (Some(test.loss), test.metric());
    point.test_coverage = test.clouds.map(|c| c.coverage);
}

fn better(best: Option<Best>, found: Best) -> Option<Best> {
    best.filter(|b| b.loss <= found.loss).or((found.step > 0 && found.loss.is_finite()).then_some(found))
}

fn shares(last: &CurvePoint, point: &CurvePoint, interval: u64) -> bool {
    let bucket = |p: &CurvePoint| p.step.div_ceil(interval);
    bucket(last) == bucket(point) && last.train_loss.is_finite()
}

/// Adds a point, or makes it one with the last where both share an interval: the mean of all losses, their smallest and
/// largest, and the latest measurement, because a run that is slow to measure has few and none may be lost.
fn join(points: &mut Vec<CurvePoint>, losses: &mut Vec<Losses>, mut point: CurvePoint, of: Losses, interval: u64) {
    if let (Some(last), Some(all)) = (points.last_mut(), losses.last_mut())
        && shares(last, &point, interval)
        && of.sum.is_finite()
    {
        all.join(&of);
        let fresh = point.test_loss.or(point.train_metric).is_some();
        let step = point.step;
        if fresh {
            *last = point;
        }
        last.step = step;
        all.tell(last);
        return;
    }
    of.tell(&mut point);
    points.push(point);
    losses.push(of);
}

#[cfg(test)]
mod tests;
