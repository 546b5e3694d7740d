//! Batch norm over batches of one row: their mean is the row itself, so nothing but zeros comes out.
//!
//! PyTorch refuses to train so. Not responsible for units that are dead (`inside`).

use super::super::limits::NORM_ROWS;
use super::super::remedy::offers;
use super::super::surgery::norms_rows;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Side};
use super::{Case, finding};

/// Batches shown of an epoch.
const SHOWN: usize = 40;
/// Rows of a batch of which means can be taken.
const USUAL: usize = 32;

/// Every batch, or the last of each epoch, has a single row.
pub fn norm(c: &Case) -> Option<Finding> {
    let rows = c.v.rows;
    let batch = c.e.training.batch.min(rows);
    if rows < 2 || !norms_rows(&c.e.model.layers) || least(rows, batch) >= NORM_ROWS {
        return None;
    }
    let n = rows.div_ceil(batch);
    let last = |i: usize| if i + 1 < n { batch } else { rows - batch * (n - 1) };
    let points = (n.saturating_sub(SHOWN)..n).map(|i| (i as f64 + 1.0, last(i) as f64)).collect();
    let evidence = Evidence {
        measure: Measure::BatchRows,
        names: Vec::new(),
        lines: vec![(Role::Value, points)],
        value: least(rows, batch) as f64,
        // One row is too few, two are the least.
        limit: Some(NORM_ROWS as f64 - 1.0),
        side: Side::Below,
        log: false,
    };
    let from = if batch < NORM_ROWS { USUAL.min(rows) } else { batch };
    let enough = (from..=rows).find(|b| least(rows, *b) >= NORM_ROWS.max(USUAL.min(rows) / 8));
    let other = enough.map(|rows| Remedy::Batch { rows });
    Some(finding(Kind::SingleRow, evidence, offers(c.e, other.into_iter().chain([Remedy::LayerNorms]))))
}

/// Rows of the smallest batch of an epoch.
fn least(rows: usize, batch: usize) -> usize {
    if rows.is_multiple_of(batch.max(1)) { batch } else { rows % batch.max(1) }
}
