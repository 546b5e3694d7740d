//! An axis: the range it shows, its scale, and ticks that people read easily.
//!
//! Not responsible for drawing it. Pure, tested natively.

use super::number;

/// How many decades the axis of a curve spans at most: below, everything is "as good as nothing" beside the largest.
const CURVE_DECADES_MAX: f64 = 12.0;
/// How many decades [`Axis::decades`] spans at most: all that `f32` can tell from zero, because how far a gradient has
/// vanished is the very thing to be seen.
const DECADES_MAX: f64 = 45.0;

/// A range with ticks. Positions are values, or exponents of ten where `log` is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Position of the start.
    pub low: f64,
    /// Position of the end; above `low`.
    pub high: f64,
    /// Whether positions are exponents of ten.
    pub log: bool,
    /// Positions and labels, in order.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// A linear axis around all finite `values`, with a little air; 0 … 1 if there are none.
    pub fn linear(values: impl Iterator<Item = f64>, ticks: usize) -> Axis {
        let (low, high) = extent(values).unwrap_or((0.0, 1.0));
        let (low, high) = if high > low {
            let air = 0.04 * (high - low);
            // A range that starts near zero starts at zero: a loss that has vanished should look so.
            (if low >= 0.0 && low < 0.35 * high { 0.0 } else { low - air }, high + air)
        } else {
            around(low)
        };
        Axis::between(low, high, ticks)
    }

    /// A linear axis of exactly this range.
    pub fn between(low: f64, high: f64, ticks: usize) -> Axis {
        // A single tick would not say how far the next one is, nor with how many digits it is true.
        let tried = [1, 2, 4].map(|finer| number::ticks(low, high, finer * ticks));
        let at = tried.into_iter().find(|at| at.len() > 1).unwrap_or_default();
        let step = at.get(1).map_or(1.0, |b| b - at[0]);
        let big = low.abs().max(high.abs()) >= 9999.5;
        // More decimals than the margin of a plot has room for.
        let tiny = step < 1e-3 && low.abs().max(high.abs()) < 0.1;
        let decimals = (-step.log10()).ceil().clamp(0.0, 6.0) as usize;
        let label = |v: f64| match (big, tiny) {
            (true, _) => number::si(v),
            (false, true) => number::short(v),
            (false, false) if decimals == 0 => number::grouped(&number::fixed(v, 0)),
            (false, false) => number::fixed(v, decimals),
        };
        Axis { low, high, log: false, ticks: at.into_iter().map(|v| (v, label(v))).collect() }
    }

    /// A logarithmic axis around all positive finite `values`; 10⁻³ … 1 if there are none.
    pub fn log(values: impl Iterator<Item = f64>, ticks: usize) -> Axis {
        let exponents = values.filter(|v| *v > 0.0 && v.is_finite()).map(f64::log10);
        let (low, high) = extent(exponents).unwrap_or((-3.0, 0.0));
        let low = low.max(high - CURVE_DECADES_MAX);
        let air = 0.03 * (high - low).max(0.3);
        let (low, high) = (low - air, high + air);
        let whole = number::log_ticks(low, high, ticks);
        let ticks = if whole.len() >= 2 {
            whole.into_iter().map(|e| (f64::from(e), number::power_of_ten(e))).collect()
        } else {
            fine_log_ticks(low, high, ticks)
        };
        Axis { low, high, log: true, ticks }
    }

    /// A logarithmic axis over whole decades that hold all positive finite `values`: it moves only when it must, as a
    /// picture that changes many times a second needs.
    pub fn decades(values: impl Iterator<Item = f64>, ticks: usize) -> Axis {
        let exponents = values.filter(|v| *v > 0.0 && v.is_finite()).map(f64::log10);
        let (low, high) = extent(exponents).unwrap_or((-3.0, 0.0));
        let high = high.ceil();
        let low = low.floor().max(high - DECADES_MAX).min(high - 1.0);
        let at = number::log_ticks(low, high, ticks);
        let ticks = at.into_iter().map(|e| (f64::from(e), number::power_of_ten(e))).collect();
        Axis { low, high, log: true, ticks }
    }

    /// Where a value lies, 0 at the start and 1 at the end, unclamped; `None` for what has no place on this axis (not
    /// finite; zero or negative on a logarithmic one).
    pub fn share(&self, value: f64) -> Option<f64> {
        let at = if self.log { (value > 0.0).then(|| value.log10())? } else { value };
        at.is_finite().then(|| (at - self.low) / (self.high - self.low))
    }

    /// The value at that share of the axis.
    pub fn value(&self, share: f64) -> f64 {
        let at = self.low + share * (self.high - self.low);
        if self.log { 10f64.powf(at) } else { at }
    }

    /// Share of a tick.
    pub fn tick_share(&self, at: f64) -> f64 {
        (at - self.low) / (self.high - self.low)
    }
}

/// Smallest and largest finite value.
pub fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.filter(|v| v.is_finite()).fold(None, |range, v| match range {
        None => Some((v, v)),
        Some((low, high)) => Some((low.min(v), high.max(v))),
    })
}

fn around(v: f64) -> (f64, f64) {
    if v == 0.0 { (0.0, 1.0) } else { (v - 0.5 * v.abs(), v + 0.5 * v.abs()) }
}

/// Ticks at 1, 2 and 5 times powers of ten, for ranges within a decade or two; round numbers in still narrower ones.
fn fine_log_ticks(low: f64, high: f64, count: usize) -> Vec<(f64, String)> {
    let decades = (low.floor() as i32)..=(high.ceil() as i32);
    let steps = decades.flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * 10f64.powi(e)));
    let label = |v: f64| (v.log10(), number::short(v));
    let coarse: Vec<_> = steps.filter(|v| (low..=high).contains(&v.log10())).map(label).collect();
    if coarse.len() >= 2 {
        return coarse;
    }
    number::ticks(10f64.powf(low), 10f64.powf(high), count).into_iter().filter(|v| *v > 0.0).map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_holds_its_values_and_ignores_what_is_not_finite() {
        let axis = Axis::linear([0.1, f64::NAN, 0.7, f64::INFINITY].into_iter(), 5);
        assert_eq!(axis.low, 0.0);
        assert!(axis.high > 0.7 && axis.high < 0.8);
        assert_eq!(axis.ticks[1].1, "0.2");
        assert_eq!(axis.share(f64::NAN), None);
    }

    /// Plots of the doctor labelled 0.3 as 0 and 1.5 as 2, where that was the only tick.
    #[test]
    fn every_label_is_its_tick_in_every_range() {
        for low in [-3.7, 0.0, 0.213, 0.96, 14.2, 160.0] {
            for span in [0.013, 0.172, 0.5, 0.99, 1.7, 12.0, 640.0] {
                for ticks in 1..=6 {
                    let axis = Axis::between(low, low + span, ticks);
                    assert!(axis.ticks.len() > 1, "{low} {span} {ticks}");
                    for (at, label) in &axis.ticks {
                        let read: f64 = label.replace('\u{2212}', "-").replace(',', "").parse().unwrap();
                        assert!((read - at).abs() < 1e-6 * (1.0 + at.abs()), "{at} is labelled {label}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_value_or_none_still_makes_an_axis() {
        for values in [vec![], vec![0.0], vec![3.0], vec![-2e-7], vec![f64::NAN]] {
            for axis in [
                Axis::linear(values.iter().copied(), 5),
                Axis::log(values.iter().copied(), 5),
                Axis::decades(values.iter().copied(), 5),
            ] {
                assert!(axis.high > axis.low, "{values:?}: {axis:?}");
                assert!(!axis.ticks.is_empty(), "{values:?}: {axis:?}");
            }
        }
    }

    #[test]
    fn a_log_axis_marks_powers_of_ten_or_finer_steps_in_a_narrow_range() {
        let wide = Axis::log([1e-5, 1.0].into_iter(), 6);
        assert!(wide.ticks.iter().any(|t| t.1 == "10⁻³"));
        let narrow = Axis::log([0.2, 0.6].into_iter(), 6);
        assert!(narrow.ticks.iter().any(|t| t.1 == "0.5"));
        let hair = Axis::log([0.301, 0.302].into_iter(), 6);
        assert!(hair.ticks.len() >= 2, "{hair:?}");
        assert_eq!(narrow.share(0.0), None);
    }

    #[test]
    fn decades_are_whole_and_at_most_all_of_f32() {
        let axis = Axis::decades([3e-30, 4e-3, 0.0].into_iter(), 4);
        assert_eq!((axis.low, axis.high), (-30.0, -2.0));
        let axis = Axis::decades([1e-60, 1.0].into_iter(), 4);
        assert_eq!(axis.low, -45.0);
        assert!(axis.share(1e-60).is_some_and(|s| s < 0.0));
        let one = Axis::decades([1.0].into_iter(), 4);
        assert_eq!((one.low, one.high), (-1.0, 0.0));
    }

    #[test]
    fn value_undoes_share() {
        let axis = Axis::log([1e-4, 10.0].into_iter(), 5);
        let share = axis.share(0.02).unwrap();
        assert!((axis.value(share) - 0.02).abs() < 1e-9);
    }

    #[test]
    fn tick_labels_have_the_decimals_they_need() {
        let labels = |a: Axis| a.ticks.into_iter().map(|t| t.1).collect::<Vec<_>>();
        assert_eq!(labels(Axis::between(-1.0, 1.0, 4)), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
        assert_eq!(labels(Axis::between(0.0, 30_000.0, 3)), ["0", "10k", "20k", "30k"]);
        assert_eq!(labels(Axis::between(0.0, 3000.0, 3)), ["0", "1,000", "2,000", "3,000"]);
        assert_eq!(labels(Axis::between(0.0, 4.0, 4)), ["0", "1", "2", "3", "4"]);
        assert_eq!(labels(Axis::between(0.0, 9e-5, 4)), ["0", "5e−5"]);
        // What stands left of a plot has room for six signs.
        assert!(labels(Axis::between(0.0, 3.1e-4, 6)).iter().all(|l| l.chars().count() <= 6));
    }
}
