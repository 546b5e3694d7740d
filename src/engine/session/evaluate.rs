//! Measuring: loss and metrics on the test or training part, confusion matrix, wrong samples, predictions.
//!
//! Not responsible for when to measure.

use super::super::data::Dataset;
use super::super::exec::Memory;
use super::super::metrics;
use super::Session;
use crate::spec::data::IGNORED;
use crate::spec::{Loss, Target};

/// A part of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it trains on.
    Train,
    /// What it never sees.
    Test,
}

/// What was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Mean loss.
    pub loss: f32,
    /// Share of right answers, for classes; of positions, where there is a class at each.
    pub accuracy: Option<f32>,
    /// Coefficient of determination, for numbers.
    pub r2: Option<f32>,
    /// Samples measured on.
    pub samples: usize,
}

impl Metrics {
    /// Accuracy or R², whichever there is.
    pub fn metric(&self) -> Option<f32> {
        self.accuracy.or(self.r2)
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
    /// the chunks' mean loss, weighted by rows (by the positions that count, where there is a class at each).
    fn run_rows(
        &mut self,
        range: std::ops::Range<usize>,
        mut see: impl FnMut(std::ops::Range<usize>, &[f32], &Dataset),
    ) -> f64 {
        let (x, y) = (self.eval.locs[0], self.eval.locs[1]);
        let (in_size, out_size) = (x.size, y.size);
        let by_step = matches!(self.data.info.target, Target::Steps { .. });
        let (mut total, mut counted) = (0.0, 0);
        let mut at = range.start;
        while at < range.end {
            let rows = self.eval.capacity.min(range.end - at);
            self.eval_values[x.off..x.off + rows * in_size]
                .copy_from_slice(&self.data.x[at * in_size..(at + rows) * in_size]);
            let targets = &self.data.y[at * out_size..(at + rows) * out_size];
            self.eval_values[y.off..y.off + rows * out_size].copy_from_slice(targets);
            let weight = if by_step { targets.iter().filter(|t| **t != IGNORED).count() } else { rows };
            self.forward_eval(rows);
            total += f64::from(self.eval_loss()) * weight as f64;
            counted += weight;
            if let Some(out) = self.eval.graph.output {
                let loc = self.eval.locs[out.0];
                see(at..at + rows, &self.eval_values[loc.off..loc.off + loc.len(rows)], &self.data);
            }
            at += rows;
        }
        total / counted.max(1) as f64
    }

    pub(super) fn forward_eval(&mut self, rows: usize) {
        let mut memory = Memory { store: &mut self.store, values: &mut self.eval_values };
        // Evaluation graphs draw nothing: a copy keeps the run's own stream untouched.
        let mut rng = self.rng;
        self.exec.forward(&self.eval, &mut memory, rows, &mut rng);
    }

    fn eval_loss(&self) -> f32 {
        self.eval.graph.loss.map_or(f32::NAN, |v| self.eval_values[self.eval.locs[v.0].off])
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
        let n = range.len();
        if n == 0 {
            return None;
        }
        let classes = self.data.info.target.classes();
        let counts_right = classes > 0 || self.exp.task.loss() == Loss::Bce;
        let by_step = matches!(self.data.info.target, Target::Steps { .. });
        let width = self.output_width();
        let (mut right, mut asked, mut r2) = (0usize, 0usize, metrics::r2::R2::new(width));
        let target = self.eval.locs[1].size;
        let loss = self.run_rows(range, |rows, out, data| {
            for (i, out) in rows.zip(out.chunks_exact(width)) {
                see(i, out, data);
                let y = &data.y[i * target..(i + 1) * target];
                if by_step {
                    for (out, y) in out.chunks_exact(classes).zip(y).filter(|(_, y)| **y != IGNORED) {
                        right += usize::from(metrics::accuracy::class_of(out) == *y as usize);
                        asked += 1;
                    }
                } else if counts_right {
                    asked += 1;
                    right += usize::from(metrics::accuracy::is_right(out, y));
                } else {
                    r2.add(out, y);
                }
            }
        });
        Some(Metrics {
            loss: loss as f32,
            accuracy: counts_right.then(|| right as f32 / asked.max(1) as f32),
            r2: if counts_right { None } else { r2.value() },
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
        let y = self.eval.locs[1];
        self.eval_values[y.off..y.off + y.len(self.eval.capacity)].fill(0.0);
        for chunk in x.chunks(self.eval.capacity * loc.size) {
            let rows = chunk.len() / loc.size;
            self.eval_values[loc.off..loc.off + chunk.len()].copy_from_slice(chunk);
            self.forward_eval(rows);
            if let Some(out) = self.eval.graph.output {
                let out = self.eval.locs[out.0];
                all.extend_from_slice(&self.eval_values[out.off..out.off + out.len(rows)]);
            }
        }
        all
    }
}
