//! The vital signs shown while nothing is wrong: the same numbers that rules judge, at the latest measurement.
//!
//! Not responsible for judging them (`rules`).

use super::Vitals;
use super::rules::{first_over_last, update, worst_now};
use crate::spec::Experiment;

/// Each as it was last measured, where it was.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// Share of the first loss that is gone.
    pub fallen: Option<f64>,
    /// First layer's weight gradient over the last one's.
    pub flow: Option<f64>,
    /// The whole step over the whole of the weights.
    pub update: Option<f64>,
    /// Greatest share of dead ReLUs in a layer.
    pub dead: Option<f64>,
    /// Greatest share of numbers of a layer in the flat ends.
    pub saturated: Option<f64>,
}

impl Signs {
    /// Reads them.
    pub fn of(v: &Vitals, e: &Experiment) -> Signs {
        let fallen = v.trend(e.training.batch).map(|t| t.fallen());
        let Some(now) = v.latest() else { return Signs { fallen, ..Signs::default() } };
        let (dead, saturated) = worst_now(now, e);
        Signs { fallen, flow: first_over_last(now), update: update(now), dead, saturated }
    }
}
