//! A series and its forecasts.
//!
//! Not responsible for how rows are forecast (`worker::show::forecast`).

use serde::{Deserialize, Serialize};

/// A part of a series around the beginning of its test part, with forecasts, in the series' own units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Index of the first row.
    pub from: usize,
    /// Index of the first row that is tested.
    pub test_from: usize,
    /// How many rows ahead the furthest forecast looks.
    pub ahead: usize,
    /// Buffer of the values.
    pub truth: usize,
    /// Buffer of their forecasts, NaN where there is none.
    pub forecast: usize,
}
