//! Measuring: loss and metrics on the test or training part, confusion matrix, wrong samples, predictions.
//!
//! Not responsible for when to measure.

use super::super::data::Dataset;
use super::super::exec::At;
use super::super::metrics;
use super::super::metrics::energy::Clouds;
use super::weights::weight_of;
use super::{EVAL, Session};
use crate::engine::rng::Rng;
use crate::engine::tasks;
use crate::spec::data::IGNORED;
use crate::spec::task::Metric;
use crate::spec::{Loss, Target};

/// A part of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it trains on.
    Train,
    /// What it never sees.
    Test,
}

/// Numbers of made rows that are compared with real ones …
const CLOUD_NUMBERS: usize = 60_000;
/// … in so many rows at least and at most: every row is compared with every other.
const CLOUD_ROWS: (usize, usize) = (64, 256);

/// What was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Mean loss.
    pub loss: f32,
    /// Share of right answers, for classes; of positions, where there is a class at each.
    pub accuracy: Option<f32>,
    /// Coefficient of determination, for numbers.
    pub r2: Option<f32>,
    /// How far what is made is from the data, where a task makes rows.
    pub clouds: Option<Clouds>,
    /// Samples measured on.
    pub samples: usize,
}

impl Metrics {
    /// Accuracy or R², whichever there is: the more, the better.
    pub fn score(&self) -> Option<f32> {
        self.accuracy.or(self.r2)
    }

    /// The score; where there is none, the energy distance, which is to fall.
    pub fn metric(&self) -> Option<f32> {
        self.score().or(self.clouds.map(|c| c.energy))
    }
}

impl Session {
    fn part(&self, part: Part) -> std::ops::Range<usize> {
        match part {
            Part::Train => self.data.train(),
            Part::Test => self.data.test(),
        }
    }

    /// Runs the evaluation plan over rows of the data set and hands `(rows, outputs)` of each chunk to `see`; returns
    /// the chunks' mean loss, weighted by rows, or as the loss weighs its classes and positions.
    fn run_rows(
        &mut self,
        range: std::ops::Range<usize>,
        mut see: impl FnMut(std::ops::Range<usize>, &[f32], &Dataset),
    ) -> f64 {
        let (x, y) = (self.eval.locs[0], self.eval.locs[1]);
        let out_size = y.size;
        let by_class = self.data.info.target.classes() > 0;
        let (mut total, mut counted) = (0.0, 0.0);
        let mut at = range.start;
        while at < range.end {
            let rows = self.eval.capacity.min(range.end - at);
            let weight = if self.exp.task.kind.contrasts() {
                let [one, other] = self.measured_views(at..at + rows);
                self.exec.write(At { plan: EVAL, loc: x, rows }, &one);
                self.exec.write(At { plan: EVAL, loc: y, rows }, &other);
                rows as f64
            } else {
                self.write_measured(At { plan: EVAL, loc: x, rows }, at..at + rows);
                let targets = &self.data.y[at * out_size..(at + rows) * out_size];
                self.exec.write(At { plan: EVAL, loc: y, rows }, targets);
                if by_class { weight_of(targets, &self.class_weights) } else { rows as f64 }
            };
            self.forward_eval(rows);
            total += f64::from(self.eval_loss()) * weight;
            counted += weight;
            if let Some(out) = self.eval.graph.output {
                see(at..at + rows, self.seen(EVAL, self.eval.locs[out.0], rows), &self.data);
            }
            at += rows;
        }
        if counted > 0.0 { total / counted } else { 0.0 }
    }

    /// Rows of the data as the network is measured on them: what a task does to its inputs is the same every time.
    pub(super) fn write_measured(&mut self, to: At, rows: std::ops::Range<usize>) {
        if !tasks::corrupts(&self.exp) {
            let width = to.loc.size;
            return self.exec.write(to, &self.data.x[rows.start * width..rows.end * width]);
        }
        let x = self.measured_rows(rows);
        self.exec.write(to, &x);
    }

    /// Rows of the data as the network is measured on them.
    pub fn measured_rows(&self, rows: std::ops::Range<usize>) -> Vec<f32> {
        let width = self.data.x_width();
        let mut x = self.data.x[rows.start * width..rows.end * width].to_vec();
        if !tasks::corrupts(&self.exp) {
            return x;
        }
        for (row, x) in rows.zip(x.chunks_exact_mut(width)) {
            let seed = u64::from(self.exp.seed).wrapping_add((row as u64) << 32);
            let rng = &mut Rng::new(seed, tasks::STREAM_MEASURED);
            tasks::corrupt(&self.exp, &self.data.info.input, rng, x);
        }
        x
    }

    /// Two views of each of these rows; the same every time.
    fn measured_views(&self, rows: std::ops::Range<usize>) -> [Vec<f32>; 2] {
        let (width, mut augment) = (self.data.x_width(), self.augment.clone());
        let plain = &self.data.x[rows.start * width..rows.end * width];
        let mut both = [plain.to_vec(), plain.to_vec()];
        for (k, row) in rows.enumerate() {
            let seed = u64::from(self.exp.seed).wrapping_add((row as u64) << 32);
            augment.rng = Rng::new(seed, tasks::STREAM_MEASURED);
            both.iter_mut().for_each(|x| augment.view(&mut x[k * width..][..width], self.data.scale.as_ref()));
        }
        both
    }

    pub(super) fn forward_eval(&mut self, rows: usize) {
        self.exec.forward(EVAL, rows, self.draws());
    }

    fn eval_loss(&self) -> f32 {
        self.eval.graph.loss.map_or(f32::NAN, |v| self.seen(EVAL, self.eval.locs[v.0], 1)[0])
    }

    /// Loss and metrics on at most `limit` rows of a part, from its start; an empty part gives `None`.
    pub fn evaluate(&mut self, part: Part, limit: usize) -> Option<Metrics> {
        self.evaluate_with(part, limit, &mut |_, _, _| {})
    }

    /// The same, and hands every measured row of the data set to `see` with the network's output for it: whoever needs
    /// both has them of one moment, in one pass.
    pub fn evaluate_with(
        &mut self,
        part: Part,
        limit: usize,
        see: &mut dyn FnMut(usize, &[f32], &Dataset),
    ) -> Option<Metrics> {
        let mut range = self.part(part);
        range.end = range.end.min(range.start.saturating_add(limit));
        let contrasts = self.exp.task.kind.contrasts();
        if contrasts && range.len() > self.eval.capacity {
            // Among fewer, a view is found more easily: only whole groups are measured.
            range.end -= range.len() % self.eval.capacity;
        }
        let n = range.len();
        if n == 0 {
            return None;
        }
        let classes = self.data.info.target.classes();
        // Of several tasks on one trunk, the first is counted.
        let first_of = self.exp.task.kind.several().map(|_| self.data.info.class_names.len());
        let by_sign = self.exp.task.loss() == Loss::Bce && !self.exp.task.kind.makes_its_target();
        let counts_right = classes > 0 || by_sign || first_of.is_some();
        let compares = self.exp.task.kind.metric() == Metric::Energy;
        let explains = !counts_right && !compares && !contrasts;
        // The sigmoid is in the loss: what is compared with targets comes after it.
        let logits = self.exp.task.loss() == Loss::Bce;
        let mut shares = Vec::new();
        let by_step = matches!(self.data.info.target, Target::Steps { .. });
        let width = self.output_width();
        let (mut right, mut asked, mut r2) = (0usize, 0usize, metrics::r2::R2::new(width));
        let target = self.eval.locs[1].size;
        let most = if compares { (CLOUD_NUMBERS / width.max(1)).clamp(CLOUD_ROWS.0, CLOUD_ROWS.1) * width } else { 0 };
        let (mut real, mut made) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let loss = self.run_rows(range, |rows, out, data| {
            if contrasts {
                let (found, of) = metrics::views::found(out, width / 2);
                (right, asked) = (right + found, asked + of);
                return rows.zip(out.chunks_exact(width)).for_each(|(i, out)| see(i, out, data));
            }
            for (i, out) in rows.zip(out.chunks_exact(width)) {
                see(i, out, data);
                let y = &data.y[i * target..(i + 1) * target];
                let (out, y) = first_of.map_or((out, y), |n| (&out[..n], &y[..1]));
                if by_step {
                    for (out, y) in out.chunks_exact(classes).zip(y).filter(|(_, y)| **y != IGNORED) {
                        right += usize::from(metrics::accuracy::class_of(out) == *y as usize);
                        asked += 1;
                    }
                } else if counts_right {
                    asked += 1;
                    right += usize::from(metrics::accuracy::is_right(out, y));
                } else if explains && logits {
                    shares.clear();
                    shares.extend(out.iter().map(|z| 1.0 / (1.0 + (-z).exp())));
                    r2.add(&shares, y);
                } else if explains {
                    r2.add(out, y);
                } else if real.len() < most {
                    real.extend_from_slice(data.x_row(i));
                    made.extend_from_slice(out);
                }
            }
        });
        Some(Metrics {
            loss: loss as f32,
            accuracy: (counts_right || contrasts).then(|| right as f32 / asked.max(1) as f32),
            r2: if explains { r2.value() } else { None },
            clouds: if compares { metrics::energy::compare(&real, &made, width) } else { None },
            samples: n,
        })
    }

    /// Numbers per row of the network's output.
    pub fn output_width(&self) -> usize {
        self.eval.graph.output.map_or(1, |v| self.eval.locs[v.0].size)
    }

    /// Outputs for inputs that are not in the data set, `x` row by row; its length must be a multiple of the input's.
    pub fn predict(&mut self, x: &[f32]) -> Vec<f32> {
        let (loc, width) = (self.eval.locs[0], self.output_width());
        let mut all = Vec::with_capacity(x.len() / loc.size * width);
        // The loss is computed too and ignored; targets must only be valid classes.
        self.exec.fill(At { plan: EVAL, loc: self.eval.locs[1], rows: self.eval.capacity }, 0.0);
        for chunk in x.chunks(self.eval.capacity * loc.size) {
            let rows = chunk.len() / loc.size;
            self.exec.write(At { plan: EVAL, loc, rows }, &chunk[..rows * loc.size]);
            self.forward_eval(rows);
            if let Some(out) = self.eval.graph.output {
                all.extend_from_slice(self.seen(EVAL, self.eval.locs[out.0], rows));
            }
        }
        all
    }
}
