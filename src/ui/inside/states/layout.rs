//! Where the cells of a strip stand: units downwards, steps of the sequence to the right.
//!
//! Not responsible for colours or text.

/// Units shown before the learner asks for more, and how many come with each request.
pub const UNITS_FIRST: usize = 48;
/// Room for the numbers of units.
const LEFT: f64 = 34.0;
/// Room for the tokens, in one lane.
const BELOW: f64 = 20.0;
/// Room for each further lane.
pub const LANE: f64 = 13.0;
/// No step is wider.
const STEP_MAX: f64 = 44.0;

/// Places on a canvas, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripGrid {
    /// Left edge of the first step.
    pub x: f64,
    /// Width of a step.
    pub step: f64,
    /// Height of a unit.
    pub unit: f64,
    /// Units shown.
    pub units: usize,
    /// Steps.
    pub steps: usize,
}

/// Lanes that are kept free for the tokens of so many steps.
pub fn lanes(steps: usize) -> usize {
    match steps {
        0..=16 => 1,
        17..=48 => 2,
        _ => 3,
    }
}

fn below(steps: usize) -> f64 {
    BELOW + LANE * (lanes(steps) - 1) as f64
}

impl StripGrid {
    /// For a canvas of this size.
    pub fn new(width: f64, height: f64, units: usize, steps: usize) -> StripGrid {
        let step = ((width - LEFT - 2.0) / steps.max(1) as f64).clamp(0.05, STEP_MAX);
        let unit = ((height - below(steps)) / units.max(1) as f64).max(0.5);
        StripGrid { x: LEFT, step, unit, units, steps }
    }

    /// Height that suits so many units.
    pub fn height(units: usize, steps: usize) -> f64 {
        let n = units.max(1) as f64;
        below(steps) + n * (420.0 / n).clamp(6.0, 18.0)
    }

    /// Width that the steps would like to have at most.
    pub fn width_max(steps: usize) -> f64 {
        LEFT + 2.0 + STEP_MAX * steps.max(1) as f64
    }

    /// Right edge of the last step.
    pub fn right(&self) -> f64 {
        self.x + self.step * self.steps as f64
    }

    /// Middle of the first line of tokens; each further one is a [`LANE`] below.
    pub fn tokens_y(&self) -> f64 {
        self.unit * self.units as f64 + BELOW / 2.0
    }

    /// Unit and step under a point.
    pub fn cell_at(&self, (x, y): (f64, f64)) -> Option<(usize, usize)> {
        let index = |v: f64, n: usize| (v >= 0.0 && v < n as f64).then_some(v as usize);
        Some((index(y / self.unit, self.units)?, index((x - self.x) / self.step, self.steps)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_finds_its_unit_and_step() {
        let g = StripGrid::new(336.0, 133.0, 10, 30);
        assert_eq!((g.step, g.unit), (10.0, 10.0));
        assert_eq!(g.cell_at((LEFT + 25.0, 35.0)), Some((3, 2)));
        assert_eq!(g.cell_at((10.0, 35.0)), None);
        assert_eq!(g.cell_at((LEFT + 25.0, 101.0)), None);
        assert!(g.right() <= 336.0 && g.tokens_y() < 120.0 && lanes(30) == 2);
    }

    #[test]
    fn any_number_of_units_and_steps_has_a_picture() {
        assert!(StripGrid::height(1, 9) < 60.0 && StripGrid::height(UNITS_FIRST, 64) < 500.0);
        assert!(StripGrid::height(512, 9) < 4000.0);
        let g = StripGrid::new(300.0, 400.0, 48, 5000);
        assert!(g.right() <= 301.0);
        assert!(StripGrid::width_max(4) < 300.0);
    }
}
