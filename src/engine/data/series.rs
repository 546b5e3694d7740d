//! Time series as windows of rows, with what comes after them as the target, and the naive forecasts they have to beat.
//!
//! Split by time: the last part is tested, with inputs that may reach back into the training part, as they would on the
//! day. Scaled per column by the training part. Not responsible for fetching.

use super::scale::add;
use super::{Baseline, File, Rows, Standardizer, broken, file};
use crate::engine::metrics::r2::R2;
use crate::spec::csv_series::SeriesSelection;
use crate::spec::data::DataSpec;
use crate::spec::problem::Problem;
use crate::spec::sequences::Series;
use crate::spec::sets::SetInfo;

/// Reads the file and cuts it into windows: training windows first, then test windows.
///
/// # Errors
/// `DataDecode` when the file is not what the registry says.
pub fn read(spec: &DataSpec, set: &SetInfo, series: &Series, files: &[File]) -> Result<Rows, Problem> {
    let path = set.files.first().map_or("", |f| f.path);
    let mut table = parse(series, file(set, files, path)?).map_err(|reason| broken(set, path, reason))?;
    let shape = Shape { width: series.columns.len(), rows: series.rows, season: series.season };
    Ok(scaled_windows(spec, shape, &mut table))
}

/// Cuts the learner's own series into windows.
pub fn own(spec: &DataSpec, series: &SeriesSelection) -> Rows {
    let shape = Shape { width: series.names.len(), rows: series.rows, season: 0 };
    let mut values = series.values.clone();
    if !spec.standardized() {
        add(&mut values, &series.offsets);
        return scaled_windows(spec, shape, &mut values);
    }
    let mut rows = scaled_windows(spec, shape, &mut values);
    if let (Some((x, y)), Some(first)) = (&mut rows.scale, series.offsets.first()) {
        x.offset = series.offsets.repeat(x.mean.len() / shape.width.max(1));
        y.offset = vec![*first; y.mean.len()];
    }
    rows
}

/// Size of a series in memory.
#[derive(Clone, Copy)]
struct Shape {
    /// Columns, the forecast one first.
    width: usize,
    rows: usize,
    /// See [`Series::season`].
    season: usize,
}

fn scaled_windows(spec: &DataSpec, shape: Shape, table: &mut [f32]) -> Rows {
    let train = spec.train_rows(shape.rows);
    let scale = spec.standardized().then(|| Standardizer::fit(&table[..train * shape.width], shape.width));
    if let Some(scale) = &scale {
        scale.apply(table);
    }
    windows(spec, shape, table, scale)
}

/// The used columns `(rows, columns)`.
fn parse(series: &Series, bytes: &[u8]) -> Result<Vec<f32>, String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|e| e.to_string())?;
    if !header.iter().eq(series.header.iter().copied()) {
        return Err(format!("unexpected header {header:?}"));
    }
    let mut table = Vec::with_capacity(series.rows * series.columns.len());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| e.to_string())? {
        for &column in series.columns {
            let cell = record.get(column).unwrap_or("");
            let number = cell.parse::<f32>().ok().filter(|n| n.is_finite());
            table.push(number.ok_or_else(|| format!("{}: {cell:?}", series.header[column]))?);
        }
    }
    match table.len() == series.rows * series.columns.len() {
        true => Ok(table),
        false => Err(format!("{} rows, expected {}", table.len() / series.columns.len(), series.rows)),
    }
}

/// Windows of the scaled table.
fn windows(spec: &DataSpec, series: Shape, table: &[f32], scale: Option<Standardizer>) -> Rows {
    let (context, horizon, width) = (spec.context_len(), spec.horizon_len(), series.width);
    let train = spec.train_rows(series.rows);
    let value = |row: usize| table[row * width];
    let mut rows = Rows::default();
    let last = (series.rows + 1).saturating_sub(context + horizon);
    // The first predicted row decides; a window whose targets lie on both sides belongs to neither part.
    let first_ahead = |at: usize| if spec.every_step { at + context - 1 + horizon } else { at + context };
    let ends = |at: usize| at + context + horizon;
    let is_train = |at: &usize| ends(*at) <= train;
    let is_test = |at: &usize| first_ahead(*at) >= train;
    let mut naive = Naive::new(series.season, if spec.every_step { context } else { horizon });
    for at in (0..last).filter(is_train).chain((0..last).filter(is_test)) {
        rows.x.extend_from_slice(&table[at * width..(at + context) * width]);
        let before = rows.y.len();
        if spec.every_step {
            rows.y.extend((at..at + context).map(|row| value(row + horizon)));
        } else {
            rows.y.extend((0..horizon).map(|h| value(at + context + h)));
        }
        if is_test(&at) {
            rows.given_test += 1;
            // What each predicted row's latest known row is.
            let known = |i: usize| if spec.every_step { at + i } else { at + context - 1 };
            let row = |i: usize| if spec.every_step { at + i + horizon } else { at + context + i };
            naive.add(&rows.y[before..], |i| (row(i), known(i)), value);
        }
    }
    rows.baselines = naive.finish();
    let targets = rows.y.len() / (rows.x.len() / (context * width).max(1)).max(1);
    let first = |s: &Standardizer| Standardizer { mean: vec![s.mean[0]], std: vec![s.std[0]], offset: Vec::new() };
    rows.scale = scale.map(|s| (tiled(&s, context), tiled(&first(&s), targets)));
    rows
}

fn tiled(scale: &Standardizer, times: usize) -> Standardizer {
    Standardizer { mean: scale.mean.repeat(times), std: scale.std.repeat(times), offset: Vec::new() }
}

/// Forecasts that need no learning, measured as the network is.
struct Naive {
    season: usize,
    /// Squared error and R² of repeating the last value, and of repeating the last season.
    sums: [(f64, R2); 2],
    count: usize,
}

impl Naive {
    fn new(season: usize, width: usize) -> Naive {
        Naive { season, sums: [(0.0, R2::new(width)), (0.0, R2::new(width))], count: 0 }
    }

    /// One window: its targets, for each the predicted row and the latest known one, and the series.
    fn add(&mut self, y: &[f32], rows: impl Fn(usize) -> (usize, usize), value: impl Fn(usize) -> f32) {
        self.count += y.len();
        for (kind, (sum, r2)) in self.sums.iter_mut().enumerate() {
            let forecast = |i: usize| {
                let (row, known) = rows(i);
                let seasons = (row - known).div_ceil(self.season.max(1)) * self.season;
                // Before there is a season to look back on, the last value has to do.
                if kind == 0 || seasons > row { value(known) } else { value(row - seasons) }
            };
            let out: Vec<f32> = (0..y.len()).map(forecast).collect();
            *sum += out.iter().zip(y).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum::<f64>();
            r2.add(&out, y);
        }
    }

    fn finish(self) -> Vec<Baseline> {
        let count = self.count.max(1) as f64;
        let used = if self.season > 0 { 2 } else { 1 };
        let names = ["repeat_last", "seasonal_naive"];
        let one =
            |((sum, r2), name): ((f64, R2), &'static str)| Baseline { name, mse: (sum / count) as f32, r2: r2.value() };
        self.sums.into_iter().zip(names).take(used).map(one).collect()
    }
}
