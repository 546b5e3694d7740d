//! The rows of a heat-map over a whole run in bounded memory: what is too close to its neighbours goes, so that columns stay
//! evenly spaced in steps however long the run is.
//!
//! Pure. Not responsible for cutting off an abandoned future (the states do).

use crate::protocol::GradientRow;
use std::rc::Rc;

/// Most rows kept.
pub const ROWS_MAX: usize = 400;

/// Adds the newest row, whose step is after all others. The first stays, and the newest is always there; in between, rows
/// are at least [`gap`] steps apart.
pub fn remember(rows: &mut Vec<Rc<GradientRow>>, row: Rc<GradientRow>) {
    let (before, now) = (gap(rows), row.step);
    rows.push(row);
    let gap = gap(rows);
    if gap > before {
        thin(rows, gap);
    } else if let [.., earlier, last, _] = rows.as_slice()
        && last.step - earlier.step < gap
    {
        rows.remove(rows.len() - 2);
    }
    debug_assert!(rows.last().is_some_and(|r| r.step == now), "the newest is kept");
}

/// Least distance in steps: the smallest power of two with which the span of the rows fits.
fn gap(rows: &[Rc<GradientRow>]) -> u64 {
    let span = rows.first().zip(rows.last()).map_or(0, |(a, b)| b.step.saturating_sub(a.step));
    // Two more than the gaps: the first row, and a newest one that is not a whole gap away.
    span.div_ceil(ROWS_MAX as u64 - 2).next_power_of_two()
}

fn thin(rows: &mut Vec<Rc<GradientRow>>, gap: u64) {
    let last = rows.len().saturating_sub(1);
    let (mut at, mut kept) = (0, None::<u64>);
    rows.retain(|r| {
        let keep = at == last || kept.is_none_or(|k| r.step - k >= gap);
        at += 1;
        if keep {
            kept = Some(r.step);
        }
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(steps: impl Iterator<Item = u64>) -> Vec<u64> {
        let mut rows = Vec::new();
        for step in steps {
            remember(&mut rows, Rc::new(GradientRow { step, layers: Vec::new() }));
            assert!(rows.len() <= ROWS_MAX, "{} rows at step {step}", rows.len());
            assert_eq!(rows.last().map(|r| r.step), Some(step));
        }
        rows.iter().map(|r| r.step).collect()
    }

    #[test]
    fn a_short_run_is_kept_whole() {
        assert_eq!(run(1..300), (1..300).collect::<Vec<_>>());
    }

    #[test]
    fn a_long_run_is_there_from_its_first_step_evenly() {
        let steps = run(1..100_000);
        assert_eq!(steps[0], 1);
        assert!(steps.len() > ROWS_MAX / 3, "{}", steps.len());
        let gaps: Vec<u64> = steps.windows(2).map(|w| w[1] - w[0]).collect();
        let (inner, newest) = gaps.split_at(gaps.len() - 2);
        assert!(inner.iter().all(|g| *g == inner[0]), "{inner:?}");
        assert!(newest.iter().all(|g| *g <= inner[0]));
    }

    #[test]
    fn frames_at_any_pace_fit() {
        // Slow at first, then flat out, then slow again, as a learner may run it.
        let steps = run((1..500).chain((500..900_000).step_by(4_321)).chain(900_000..900_700));
        assert_eq!(steps[0], 1);
    }
}
