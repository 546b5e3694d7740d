//! What was shown of a run at many steps, in bounded memory: what is too close to its neighbours goes, so that what is left
//! is evenly spaced in steps however long the run is.
//!
//! Pure. Not responsible for cutting off an abandoned future (the states do), nor for curves: their points are means of
//! what they replace (`worker/curves.rs`).

use crate::protocol::GradientRow;
use std::rc::Rc;

/// Most columns of a heat-map.
pub const ROWS_MAX: usize = 400;

/// Something that was measured at one step.
pub trait Measured {
    /// Which.
    fn step(&self) -> u64;
}

impl Measured for GradientRow {
    fn step(&self) -> u64 {
        self.step
    }
}

/// Adds the newest, whose step is after all others, and keeps `most` in all. The first stays, and the newest is always
/// there; in between they are at least [`gap`] steps apart.
pub fn remember<T: Measured>(kept: &mut Vec<Rc<T>>, newest: Rc<T>, most: usize) {
    let (before, now) = (gap(kept, most), newest.step());
    kept.push(newest);
    let gap = gap(kept, most);
    if gap > before {
        thin(kept, gap);
    } else if let [.., earlier, last, _] = kept.as_slice()
        && last.step() - earlier.step() < gap
    {
        kept.remove(kept.len() - 2);
    }
    debug_assert!(kept.last().is_some_and(|r| r.step() == now), "the newest is kept");
}

/// Least distance in steps: the smallest power of two with which the span fits.
fn gap<T: Measured>(kept: &[Rc<T>], most: usize) -> u64 {
    let span = kept.first().zip(kept.last()).map_or(0, |(a, b)| b.step().saturating_sub(a.step()));
    // Two more than the gaps: the first, and a newest one that is not a whole gap away.
    span.div_ceil(most as u64 - 2).next_power_of_two()
}

fn thin<T: Measured>(kept: &mut Vec<Rc<T>>, gap: u64) {
    let last = kept.len().saturating_sub(1);
    let (mut at, mut before) = (0, None::<u64>);
    kept.retain(|r| {
        let keep = at == last || before.is_none_or(|b| r.step() - b >= gap);
        at += 1;
        if keep {
            before = Some(r.step());
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
            remember(&mut rows, Rc::new(GradientRow { step, layers: Vec::new() }), ROWS_MAX);
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
