//! Histograms of every layer's activations and gradients.
//!
//! Not responsible for counting (`engine::session`).

use crate::engine::session::{Bins, LayerSpread};
use crate::protocol::{Histogram, Spread};
use crate::worker::run::Run;

/// Most bins.
const BINS_MAX: usize = 256;

/// Histograms, as asked.
pub fn of(run: &Run, bins: usize) -> Vec<Spread> {
    let histogram = |b: Bins| Histogram { low: b.low, high: b.high, counts: b.counts, mean: b.mean, std: b.std };
    let one = |l: LayerSpread| Spread {
        name: l.name,
        activation: histogram(l.activation),
        d_activation: l.d_activation.map(histogram),
        rows: run.session.rows(),
        dead: l.dead,
        saturated: l.saturated,
    };
    run.session.spread(bins.min(BINS_MAX)).into_iter().map(one).collect()
}
