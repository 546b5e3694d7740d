//! The curve of an activation function, its slope, and where a layer's own values stand on them.
//!
//! Not responsible for drawing (`panels::network::curve`).

use crate::spec::Activation;
use crate::spec::activation::phi;

/// Most values that stand as marks of their own; more are a histogram.
pub const MARKS_MAX: usize = 48;
/// Points of a curve.
const POINTS: usize = 161;
/// Bars of the histogram.
pub const BARS: usize = 41;
/// A slope below this passes next to nothing of a gradient back.
pub const FLAT: f64 = 0.1;

/// One of the layer's values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Which unit (channel), from 0.
    pub unit: usize,
    /// What comes into the function.
    pub z: f64,
    /// f(z).
    pub f: f64,
    /// f′(z).
    pub slope: f64,
}

impl Mark {
    /// Unit `unit` at `z`.
    pub fn new(act: Activation, unit: usize, z: f64) -> Self {
        Mark { unit, z, f: phi::value(act, z), slope: phi::derivative(act, z) }
    }
}

/// All that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The function.
    pub act: Activation,
    /// z runs from −half to half.
    pub half: f64,
    /// Lowest and highest number drawn.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// z, f(z) and f′(z) along the axis.
    pub points: Vec<(f64, f64, f64)>,
    /// The layer's values, at most [`MARKS_MAX`]; none where there are more.
    pub marks: Vec<Mark>,
    /// Values under each of [`BARS`] equal parts of the axis; empty where they are marks.
    pub bars: Vec<usize>,
    /// How many values there are, the smallest, the median and the largest; `None` without any.
    pub spread: Option<Spread>,
}

/// Values in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many.
    pub count: usize,
    /// The smallest.
    pub min: f64,
    /// Half of them are not larger.
    pub median: f64,
    /// The largest.
    pub max: f64,
    /// Share of them where the slope's size is below [`FLAT`].
    pub flat: f64,
}

impl Curve {
    /// The curve of `act` with the values `z`, whose last axis has `units`.
    pub fn new(act: Activation, z: &[f32], units: usize) -> Curve {
        let all: Vec<(usize, f64)> = z
            .iter()
            .enumerate()
            .map(|(i, z)| (i % units.max(1), f64::from(*z)))
            .filter(|(_, z)| z.is_finite())
            .collect();
        let spread = spread(act, all.iter().map(|(_, z)| *z).collect());
        let most = spread.map_or(0.0, |s| s.min.abs().max(s.max.abs()));
        let half = half(most);
        let at = |i: usize| half * (2.0 * i as f64 / (POINTS - 1) as f64 - 1.0);
        let points: Vec<(f64, f64, f64)> =
            (0..POINTS).map(at).map(|x| (x, phi::value(act, x), phi::derivative(act, x))).collect();
        let ends = points.iter().flat_map(|(_, f, s)| [*f, *s]).chain([0.0]);
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let few = all.len() <= MARKS_MAX;
        let marks = if few { all.iter().map(|(u, z)| Mark::new(act, *u, *z)).collect() } else { Vec::new() };
        let mut bars = vec![0; if few { 0 } else { BARS }];
        if !few {
            for (_, z) in &all {
                let bar = ((z + half) / (2.0 * half) * BARS as f64) as usize;
                bars[bar.min(BARS - 1)] += 1;
            }
        }
        Curve { act, half, low, high, points, marks, bars, spread }
    }

    /// What is read at `z`: the mark that stands there, within a fiftieth of the axis, else the curve itself.
    pub fn read(&self, z: f64) -> (Option<usize>, Mark) {
        let near = self.marks.iter().min_by(|a, b| (a.z - z).abs().total_cmp(&(b.z - z).abs()));
        match near.filter(|m| (m.z - z).abs() <= self.half / 25.0) {
            Some(mark) => (Some(mark.unit), *mark),
            None => (None, Mark::new(self.act, 0, z)),
        }
    }
}

/// Half of an axis that holds `most`, a finite `f32`: 5, 10, 20, 50 …, so that it rarely moves.
fn half(most: f64) -> f64 {
    let mut power = 1.0;
    loop {
        for step in [5.0, 10.0, 20.0] {
            if step * power >= most {
                return step * power;
            }
        }
        power *= 10.0;
    }
}

fn spread(act: Activation, mut all: Vec<f64>) -> Option<Spread> {
    crate::spec::order::sort_by(&mut all, f64::total_cmp);
    let (min, max) = (*all.first()?, *all.last()?);
    let flat = all.iter().filter(|z| phi::derivative(act, **z).abs() < FLAT).count() as f64 / all.len() as f64;
    Some(Spread { count: all.len(), min, median: all[(all.len() - 1) / 2], max, flat })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn few_values_are_marks_and_many_are_bars() {
        let c = Curve::new(Activation::Tanh, &[0.5, -7.0, f32::NAN, 1.0], 2);
        assert_eq!((c.half, c.marks.len(), c.bars.len()), (10.0, 3, 0));
        assert_eq!(c.marks.iter().map(|m| m.unit).collect::<Vec<_>>(), [0, 1, 1]);
        assert!((c.marks[0].f - 0.5f64.tanh()).abs() < 1e-12);
        let s = c.spread.unwrap();
        assert_eq!((s.count, s.min, s.median, s.max), (3, -7.0, 0.5, 1.0));
        assert!((s.flat - 1.0 / 3.0).abs() < 1e-12);
        let many: Vec<f32> = (0..200).map(|i| i as f32 / 100.0 - 1.0).collect();
        let c = Curve::new(Activation::Relu, &many, 8);
        assert_eq!((c.half, c.marks.len(), c.bars.iter().sum::<usize>()), (5.0, 0, 200));
        assert_eq!(Curve::new(Activation::Sin, &[], 3).spread, None);
    }

    #[test]
    fn a_place_near_a_mark_is_read_as_that_unit() {
        let c = Curve::new(Activation::Sigmoid, &[0.0, 2.0], 2);
        assert_eq!(c.read(1.9).0, Some(1));
        let (unit, at) = c.read(-3.0);
        assert_eq!(unit, None);
        assert!((at.slope - at.f * (1.0 - at.f)).abs() < 1e-12);
    }

    #[test]
    fn every_function_is_drawn_with_finite_numbers_at_any_size_of_values() {
        for act in Activation::ALL {
            for z in [[0.0f32, 0.0], [1e-3, -3.0], [80.0, -1e4], [3e38, -3e38]] {
                let c = Curve::new(act, &z, 2);
                assert!(c.half >= f64::from(z[1].abs()), "{}: {}", act.name(), c.half);
                let all = c.points.iter().flat_map(|(x, f, s)| [*x, *f, *s]);
                assert!(all.chain([c.low, c.high]).all(f64::is_finite), "{} at {z:?}", act.name());
            }
        }
    }
}
