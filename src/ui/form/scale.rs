//! From slider positions to values and back, what may be typed, and numbers as a field shows them.
//!
//! Not responsible for reading what is typed (`read.rs`) nor for numbers that are only read (`ui::plots::number`).

use std::rc::Rc;

/// What the positions of a slider stand for.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// Evenly spaced values.
    Linear {
        /// At the left end.
        min: f64,
        /// At the right end.
        max: f64,
        /// From one position to the next.
        step: f64,
    },
    /// These values, rising.
    Stops(Rc<[f64]>),
}

impl Scale {
    /// Rates and penalties: four values per power of ten from `10^low` up to `10^high`; 0 first where it means "off".
    pub fn decades(low: i32, high: i32, zero: bool) -> Scale {
        let start = if zero { vec![0.0] } else { Vec::new() };
        // Parsed rather than computed: 10^-3 · 3 need not be the number 0.003.
        let stops = (low..high).flat_map(|e| ["1", "2", "3", "5"].map(|m| format!("{m}e{e}")));
        let stops = stops.chain([format!("1e{high}")]).filter_map(|text| text.parse().ok());
        Scale::Stops(start.into_iter().chain(stops).collect())
    }

    /// Powers of two from `low` to `high`, as batches are counted.
    pub fn doubling(low: usize, high: usize) -> Scale {
        Scale::Stops(
            std::iter::successors(Some(low), |n| Some(n * 2)).take_while(|n| *n <= high).map(|n| n as f64).collect(),
        )
    }

    /// The last position; the first is 0.
    pub fn last(&self) -> u32 {
        match self {
            Scale::Linear { min, max, step } => ((max - min) / step).round() as u32,
            Scale::Stops(stops) => stops.len().saturating_sub(1) as u32,
        }
    }

    /// The value at a position.
    pub fn value(&self, position: u32) -> f64 {
        match self {
            // Rounded to what the step can express, so that 0.1 + 0.2 is 0.3.
            Scale::Linear { min, max, step } => {
                let raw = min + f64::from(position) * step;
                let digits = (-step.log10().floor()).clamp(0.0, 9.0) as usize + 1;
                format!("{raw:.digits$}").parse::<f64>().unwrap_or(raw).min(*max)
            }
            Scale::Stops(stops) => stops.get(position as usize).or(stops.last()).copied().unwrap_or(0.0),
        }
    }

    /// The position nearest to a value.
    pub fn position(&self, value: f64) -> u32 {
        match self {
            Scale::Linear { min, step, .. } => (((value - min) / step).round().max(0.0) as u32).min(self.last()),
            Scale::Stops(stops) => {
                // Compared as ratios, because stops grow by ratios; 0 is its own stop.
                let far = |stop: f64| {
                    if stop <= 0.0 || value <= 0.0 { (stop - value).abs() * 1e12 } else { (stop / value).ln().abs() }
                };
                let nearest = stops.iter().enumerate().min_by(|a, b| far(*a.1).total_cmp(&far(*b.1)));
                nearest.map_or(0, |(i, _)| i as u32)
            }
        }
    }
}

/// What may be typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Smallest.
    pub min: f64,
    /// Largest.
    pub max: f64,
    /// Whole numbers only.
    pub whole: bool,
}

impl Limits {
    /// Real numbers from `min` to `max`.
    pub const fn real(min: f64, max: f64) -> Limits {
        Limits { min, max, whole: false }
    }

    /// Whole numbers from `min` to `max`.
    pub const fn whole(min: f64, max: f64) -> Limits {
        Limits { min, max, whole: true }
    }
}

/// A number as one would type it: the shortest text that reads back as the same number.
pub fn show(value: f64) -> String {
    let plain = value.to_string();
    let short = format!("{value:e}");
    if value != 0.0 && (value.abs() < 1e-4 || plain.len() > 9) && short.len() < plain.len() { short } else { plain }
}

/// A number that changes by itself as a field shows it: five digits after the point at most.
pub fn brief(v: f64) -> String {
    let text = format!("{v:.5}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if v != 0.0 && v.abs() < 1e-4 { format!("{v:.2e}") } else { short.to_string() }
}

/// The next value upwards or downwards, for the arrow keys: the slider's next stop, or the next whole number.
pub fn next(value: f64, up: bool, scale: Option<&Scale>, limits: Limits) -> Option<f64> {
    let to = match scale {
        Some(Scale::Linear { step, .. }) => {
            let digits = (-step.log10().floor()).clamp(0.0, 9.0) as usize + 1;
            let raw = if up { value + step } else { value - step };
            format!("{raw:.digits$}").parse().unwrap_or(raw)
        }
        Some(Scale::Stops(stops)) if up => *stops.iter().find(|s| **s > value * (1.0 + 1e-9))?,
        Some(Scale::Stops(stops)) => *stops.iter().rev().find(|s| **s < value * (1.0 - 1e-9))?,
        None if limits.whole => value + if up { 1.0 } else { -1.0 },
        None => return None,
    };
    Some(to.clamp(limits.min, limits.max))
}

/// An `f32` as the decimal it was written as: 0.1, not 0.10000000149.
pub fn exact(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_values_agree() {
        let scales = [
            Scale::Linear { min: 0.0, max: 1.0, step: 0.05 },
            Scale::Linear { min: 2.0, max: 6.0, step: 1.0 },
            Scale::decades(-5, 1, true),
            Scale::decades(-6, 0, false),
            Scale::doubling(1, 1024),
        ];
        for scale in scales {
            for position in 0..=scale.last() {
                assert_eq!(scale.position(scale.value(position)), position, "{scale:?}");
            }
        }
    }

    #[test]
    fn stops_are_the_numbers_one_would_type() {
        assert_eq!(Scale::decades(-3, -2, true), Scale::Stops([0.0, 0.001, 0.002, 0.003, 0.005, 0.01].into()));
        assert_eq!(Scale::Linear { min: 0.0, max: 1.0, step: 0.1 }.value(3), 0.3);
        let rates = Scale::decades(-5, 1, false);
        assert_eq!(rates.value(rates.position(0.0042)), 0.005);
    }

    #[test]
    fn arrow_keys_go_to_the_next_value() {
        let rates = Scale::decades(-5, 1, true);
        let real = Limits::real(0.0, 10.0);
        assert_eq!(next(0.004, true, Some(&rates), real), Some(0.005));
        assert_eq!(next(0.003, false, Some(&rates), real), Some(0.002));
        assert_eq!(next(0.00001, false, Some(&rates), real), Some(0.0));
        assert_eq!(next(0.0, true, Some(&rates), real), Some(0.00001));
        assert_eq!(next(10.0, true, Some(&rates), real), None);
        let noise = Scale::Linear { min: 0.0, max: 1.0, step: 0.05 };
        assert_eq!(next(0.1, true, Some(&noise), Limits::real(0.0, 1.0)), Some(0.15));
        assert_eq!(next(0.0, false, Some(&noise), Limits::real(0.0, 1.0)), Some(0.0));
        assert_eq!(next(8.0, true, None, Limits::whole(1.0, 9.0)), Some(9.0));
        assert_eq!(next(9.0, true, None, Limits::whole(1.0, 9.0)), Some(9.0));
        assert_eq!(next(0.5, true, None, real), None);
    }

    #[test]
    fn numbers_are_shown_as_one_would_type_them() {
        for (value, wanted) in
            [(0.003, "0.003"), (1e-8, "1e-8"), (0.0, "0"), (32.0, "32"), (1e9, "1e9"), (0.999_999, "0.999999")]
        {
            assert_eq!(show(value), wanted);
        }
        assert_eq!(exact(0.1), 0.1);
    }
}
