//! A series beside its forecasts, over time and in its own units.
//!
//! Rows are forecast by windows that do not overlap: each row once, with what was known when its window ended. Not
//! responsible for how good the forecasts are (`metrics`).

use crate::engine::data::Dataset;
use crate::worker::run::Run;

/// Most rows shown: the training part's last ones, and the test part's first ones.
const ROWS_MAX: usize = 800;
/// Of these, training rows before the test part.
const TRAIN_MAX: usize = 300;

/// Rows of a series with their forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecasts {
    /// The first row, counted from 0.
    pub from: usize,
    /// The first row of the test part; the end of the series without one.
    pub test_from: usize,
    /// How far ahead the furthest forecast looks.
    pub ahead: usize,
    /// The rows themselves.
    pub truth: Vec<f32>,
    /// Their forecasts; NaN where there is none.
    pub forecast: Vec<f32>,
}

/// How windows lie along a series.
#[derive(Clone, Copy, Debug)]
struct Windows {
    /// Rows of the series, and of its training part.
    rows: usize,
    train: usize,
    context: usize,
    horizon: usize,
    every_step: bool,
}

impl Windows {
    /// Rows forecast by the window at `at`: from the first on, so many.
    fn ahead(&self, at: usize) -> (usize, usize) {
        // At every step only the last one's forecast is made with the whole window in view.
        if self.every_step { (at + self.context - 1 + self.horizon, 1) } else { (at + self.context, self.horizon) }
    }

    /// The window of the series that is row `row` of the data set.
    fn of_row(&self, row: usize, n_train: usize) -> usize {
        let before = if self.every_step { self.context - 1 + self.horizon } else { self.context };
        if row < n_train { row } else { self.train.saturating_sub(before) + row - n_train }
    }
}

/// The series of the running experiment; `None` for other data.
pub fn forecasts(run: &mut Run) -> Option<Forecasts> {
    let spec = run.session.experiment().data.clone();
    let rows = spec.series_rows()?;
    let w = Windows {
        rows,
        train: spec.train_rows(rows),
        context: spec.context_len(),
        horizon: spec.horizon_len(),
        every_step: spec.every_step,
    };
    let from = w.train.saturating_sub(TRAIN_MAX);
    let shown = from..rows.min(from + ROWS_MAX);
    let (data, step) = (run.session.data(), if w.every_step { 1 } else { w.horizon });
    let is_shown = |row: &usize| {
        let (first, n) = w.ahead(w.of_row(*row, data.n_train));
        first >= shown.start && first + n <= shown.end
    };
    // From the test part's first window on, and backwards from the training part's last one.
    let train = (0..data.n_train).rev().step_by(step);
    let test = (data.n_train..data.len()).step_by(step);
    let picked: Vec<usize> = train.chain(test).filter(is_shown).collect();
    let truth = truth(&w, data, shown.clone());
    let x: Vec<f32> = picked.iter().flat_map(|row| data.x_row(*row)).copied().collect();
    let n_train = data.n_train;
    let mut out = run.session.predict(&x);
    let width = run.session.output_width().max(1);
    if let Some(scale) = &run.session.data().target_scale {
        scale.invert(&mut out);
    }
    let mut forecast = vec![f32::NAN; truth.len()];
    for (row, out) in picked.into_iter().zip(out.chunks_exact(width)) {
        let (first, n) = w.ahead(w.of_row(row, n_train));
        for (i, value) in out[width - n.min(width)..].iter().enumerate() {
            if let Some(place) = (first + i).checked_sub(from).and_then(|at| forecast.get_mut(at)) {
                *place = *value;
            }
        }
    }
    let test_from = w.train.min(w.rows);
    Some(Forecasts { from, test_from, ahead: w.horizon, truth, forecast })
}

/// The series itself, put together from its windows.
fn truth(w: &Windows, data: &Dataset, shown: std::ops::Range<usize>) -> Vec<f32> {
    let mut out = vec![f32::NAN; shown.len()];
    let columns = data.info.input.get(1).copied().unwrap_or(1).max(1);
    let mut put = |row: usize, value: f32| {
        if let Some(place) = row.checked_sub(shown.start).and_then(|at| out.get_mut(at)) {
            *place = value;
        }
    };
    for row in 0..data.len() {
        let at = w.of_row(row, data.n_train);
        if at + w.context + w.horizon < shown.start || at >= shown.end {
            continue;
        }
        let mut x = data.x_row(row).to_vec();
        let mut y = data.y_row(row).to_vec();
        if let (Some(scale), Some(target)) = (&data.scale, &data.target_scale) {
            scale.invert(&mut x);
            target.invert(&mut y);
        }
        let last = row + 1 == data.n_train || row + 1 == data.len();
        let seen = if last { w.context } else { 1 };
        x.chunks_exact(columns).take(seen).enumerate().for_each(|(i, x)| put(at + i, x[0]));
        let first = if w.every_step { at + w.horizon } else { at + w.context };
        y.iter().enumerate().for_each(|(i, y)| put(first + i, *y));
    }
    out
}
