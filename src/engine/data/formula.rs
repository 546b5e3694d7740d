//! Points above (class 1) and below (class 0) the curve that the learner typed.
//!
//! Not responsible for reading the formula: `spec::formula` is.

use super::Rows;
use crate::engine::rng::Rng;
use crate::spec::formula::Formula;

/// Deviation of the points at noise 1.
const JITTER: f32 = 0.25;
/// How often a point of the wanted class is looked for before any point is taken: a curve may leave one side empty.
const TRIES: usize = 200;

/// Draws `n` points in `[-1, 1]²`, half of them above the curve where it leaves room for that. Where the formula has no
/// value, a point is below. Noise moves points after they got their class.
pub fn draw(formula: &Formula, n: usize, noise: f32, rng: &mut Rng) -> Rows {
    let mut rows = Rows::default();
    // A side that was looked for in vain once is not looked for again: `y > 5` would take 200 times as long.
    let mut empty = [false; 2];
    for i in 0..n {
        let wanted = i % 2;
        let mut tries = 0;
        let (x, y, class) = loop {
            let (x, y) = (rng.range(-1.0, 1.0), rng.range(-1.0, 1.0));
            let class = usize::from(f64::from(y) > formula.eval(f64::from(x)));
            tries += 1;
            empty[wanted] |= tries >= TRIES && class != wanted;
            if class == wanted || empty[wanted] {
                break (x, y, class);
            }
        };
        rows.x.extend([x + noise * JITTER * rng.normal(), y + noise * JITTER * rng.normal()]);
        rows.y.push(class as f32);
    }
    rows
}
