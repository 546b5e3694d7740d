//! What the doctor has measured of the run: a bounded history made from frames, and the few summaries that rules judge
//! by.
//!
//! Not responsible for judging (`rules`), nor for measuring (the worker does).

use super::leak::{self, Columns};
use super::limits::NORM_ROWS;
use super::looked::{self, Looks};
use super::surgery::norms_rows;
use crate::protocol::loaded::Contained;
use crate::protocol::{Best, CurvePoint, Diverged, GradientRow};
use crate::spec::Experiment;
use crate::ui::frame_data::FrameData;
use crate::ui::history::{self, Measured};
use std::rc::Rc;

/// Most samples kept; when full, every other goes and the interval doubles, so that any run fits.
const SAMPLES_MAX: usize = 96;
/// Rules look at the median of this many latest samples: one odd batch decides nothing.
pub const RECENT: usize = 5;
/// Parts that a curve is cut into for its trend: a mean over each, so that single batches do not count.
const TREND_PARTS: usize = 16;
/// Rows whose mean loss is "the loss at the start" …
const START_ROWS: usize = 128;
/// … or this many, if the loss jumps at once: the first step may already be too long.
const FIRST_ROWS: usize = 32;
/// What counts as a jump.
const JUMPS: f64 = 1.1;
/// Points of the curve whose mean is a peak.
const PEAK_POINTS: usize = 8;

/// Everything measured at one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// When.
    pub step: u64,
    /// Norms per layer.
    pub row: GradientRow,
    /// Units per layer, where they were measured.
    pub units: Vec<Units>,
    /// Rows of the batch.
    pub rows: usize,
}

impl Measured for Sample {
    fn step(&self) -> u64 {
        self.step
    }
}

/// How the units of one layer do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Units {
    /// Such as `layers.2`.
    pub name: String,
    /// Share that answered 0 to every row of the batch.
    pub dead: f32,
    /// Share of numbers in the flat ends of the activation function.
    pub saturated: Option<f32>,
}

/// What the network answers on the test part, set against what is wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// Rows per class.
    Classes {
        /// Wanted.
        targets: Vec<u32>,
        /// Given.
        answers: Vec<u32>,
        /// Given where wanted.
        right: Vec<u32>,
    },
    /// Standard deviations, in the target's units.
    Numbers {
        /// Of what is wanted.
        targets: f64,
        /// Of what is given.
        answers: f64,
    },
}

/// How the loss on training batches has moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Mean of the first points of the run.
    pub start: f64,
    /// Mean of the last part since the set-up last changed.
    pub now: f64,
    /// Highest mean of a few neighbouring points since the set-up last changed.
    pub peak: f64,
}

impl Trend {
    /// Share of the first loss that has gone, 0–1; negative when it has risen.
    pub fn fallen(&self) -> f64 {
        1.0 - self.now / self.start
    }
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vitals {
    /// Oldest first, thinned evenly.
    samples: Vec<Rc<Sample>>,
    /// The step since which the present set-up is in force; samples of before are gone.
    pub from: u64,
    /// Curves of the run.
    pub curves: Rc<Vec<CurvePoint>>,
    /// The lowest test loss of the run.
    pub best: Option<Best>,
    /// The loss at the start, read while the curve still has a point for each of the first steps.
    start: Option<f64>,
    /// The latest answers, if any were asked for, and their step.
    pub answers: Option<(u64, Answers)>,
    /// What single examples showed.
    pub looks: Looks,
    /// What the columns of the learner's own table say by themselves, once measured; the inner `None` for other data.
    pub columns: Option<Option<Columns>>,
    /// What the nearest neighbours reach on the training part, once it was asked for.
    pub neighbours: Option<f64>,
    /// Training rows that there are; 0 before that is known.
    pub rows: usize,
    /// Smallest and largest target, where they are numbers.
    pub targets: Option<[f32; 2]>,
    /// What binary cross-entropy costs at best with targets from 0 to 1.
    pub floor: Option<f32>,
    /// How far targets of a sequence stand in its input.
    pub contained: Option<Rc<Contained>>,
    /// Set when a number has left the finite range.
    pub diverged: Option<Diverged>,
}

impl Vitals {
    /// Steps taken with the present set-up.
    pub fn age(&self) -> u64 {
        self.last_step().saturating_sub(self.from)
    }

    fn last_step(&self) -> u64 {
        let sampled = self.latest().map_or(0, |s| s.step);
        sampled.max(self.curves.last().map_or(0, |p| p.step))
    }

    /// Another set-up from this step on, on the same network.
    pub fn changed(&mut self, step: u64) {
        *self = Vitals {
            from: step,
            curves: self.curves.clone(),
            best: self.best,
            start: self.start,
            neighbours: self.neighbours,
            ..Vitals::default()
        };
    }

    /// Takes what a frame brings. Nothing while the learner looks back at an earlier step.
    pub fn hear(&mut self, data: &FrameData, curves: &Rc<Vec<CurvePoint>>, e: &Experiment) {
        let (frame, status) = (&data.frame, &data.frame.status);
        self.diverged.clone_from(&status.diverged);
        self.curves = curves.clone();
        self.best = status.best;
        self.start = self.start.or_else(|| {
            let enough = START_ROWS.div_ceil(e.training.batch.max(1)).max(TREND_PARTS);
            start(curves.get(..enough)?, e.training.batch)
        });
        if status.step < status.step_max {
            return;
        }
        // Trained on from an earlier step: what lay after it is another run's.
        self.samples.retain(|s| s.step <= status.step);
        self.from = self.from.min(status.step);
        if let Some(row) = frame.gradient_flow() {
            let rows = frame.spread().first().map_or(e.training.batch, |s| s.rows);
            let normed = rows < NORM_ROWS && norms_rows(&e.model.layers);
            // Batch norm makes nothing but zeros of a single row: that says nothing about units.
            let units = frame.spread().iter().filter(|_| !normed);
            let units =
                units.map(|s| Units { name: s.name.clone(), dead: s.dead, saturated: s.saturated }).collect::<Vec<_>>();
            self.add(Sample { step: status.step, row: row.clone(), units, rows });
        }
        if self.columns.is_none() {
            self.columns = Some(leak::columns(&e.data));
        }
        self.neighbours = frame.neighbours().map(f64::from).or(self.neighbours);
        if let Some(answers) = answers(data) {
            // Answers may be older than the frame that brings them.
            let step = data.frame.confusion().map_or(status.step, |c| c.step);
            self.answers = Some((step, answers));
        }
        if let Some(looked) = looked::read(data, e) {
            self.looks.add(looked);
        }
    }

    fn add(&mut self, sample: Sample) {
        // The same step again may know more.
        self.samples.retain(|s| s.step < sample.step);
        history::remember(&mut self.samples, Rc::new(sample), SAMPLES_MAX);
    }

    /// Oldest first.
    pub fn samples(&self) -> impl DoubleEndedIterator<Item = &Sample> {
        self.samples.iter().map(|s| &**s)
    }

    /// The latest.
    pub fn latest(&self) -> Option<&Sample> {
        self.samples.last().map(|s| &**s)
    }

    /// The median of `of` over the latest samples; `None` while fewer than [`RECENT`] have it.
    pub fn recent(&self, of: impl Fn(&Sample) -> Option<f64>) -> Option<f64> {
        median(self.samples().rev().take(RECENT).filter_map(of))
    }

    /// `of` over all steps at which it was measured.
    pub fn series(&self, of: impl Fn(&Sample) -> Option<f64>) -> Vec<(f64, f64)> {
        self.samples().filter_map(|s| Some((s.step as f64, of(s)?))).collect()
    }

    /// Of a share measured on the test part: on a hundred rows two more mistakes are chance. 0 where targets are numbers.
    pub fn standard_error(&self, share: f64) -> f64 {
        match &self.answers {
            Some((_, Answers::Classes { targets, .. })) => {
                (share * (1.0 - share) / f64::from(targets.iter().sum::<u32>().max(1))).sqrt()
            }
            Some((_, Answers::Numbers { .. })) | None => 0.0,
        }
    }

    /// How the training loss has moved with batches of so many rows; `None` before there are points enough of the present
    /// set-up.
    pub fn trend(&self, batch: usize) -> Option<Trend> {
        let start = self.start.or_else(|| start(&self.curves, batch))?;
        let own = &self.curves[self.curves.partition_point(|p| p.step <= self.from)..];
        if own.len() < TREND_PARTS {
            return None;
        }
        let part = (own.len() / TREND_PARTS).max(TREND_PARTS / 2);
        let now = mean_loss(&own[own.len() - part..])?;
        let peak = own.chunks_exact(PEAK_POINTS).filter_map(mean_loss).fold(now, f64::max);
        Some(Trend { start, now, peak })
    }
}

/// Of the training batches; what is not finite left out.
fn mean_loss(part: &[CurvePoint]) -> Option<f64> {
    mean(part.iter().map(|p| f64::from(p.train_loss)).filter(|l| l.is_finite()))
}

/// The loss of the first rows of a curve.
fn start(points: &[CurvePoint], batch: usize) -> Option<f64> {
    let begin = |rows: usize| mean_loss(&points[..(rows / batch.max(1)).max(1).min(points.len())]);
    let (first, start) = (begin(FIRST_ROWS)?, begin(START_ROWS)?);
    Some(if start > JUMPS * first { first } else { start })
}

/// The median of the first [`RECENT`]; `None` of fewer.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.take(RECENT).collect();
    crate::spec::order::sort_by(&mut values, f64::total_cmp);
    (values.len() == RECENT).then(|| values[RECENT / 2])
}

/// Mean; `None` of nothing.
pub fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0u32, 0.0), |(n, sum), v| (n + 1, sum + v));
    (n > 0).then(|| sum / f64::from(n))
}

/// What a confusion matrix or pairs of true and predicted numbers say.
fn answers(data: &FrameData) -> Option<Answers> {
    if let Some(c) = data.frame.confusion() {
        let targets = c.counts.iter().map(|row| row.iter().sum()).collect();
        let column = |j: usize| c.counts.iter().filter_map(|row| row.get(j)).sum();
        let right = c.counts.iter().enumerate().map(|(i, row)| row.get(i).copied().unwrap_or(0)).collect();
        return Some(Answers::Classes { targets, answers: (0..c.counts.len()).map(column).collect(), right });
    }
    let pairs = data.array(data.frame.scatter()?.buffer);
    let side = |k: usize| {
        let values = || pairs.iter().skip(k).step_by(2).map(|v| f64::from(*v));
        let center = mean(values())?;
        Some(mean(values().map(|v| (v - center).powi(2)))?.sqrt())
    };
    Some(Answers::Numbers { targets: side(0)?, answers: side(1)? })
}
