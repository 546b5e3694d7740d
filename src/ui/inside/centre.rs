//! A drawing brought to where the pictures of its data set lie: MNIST's digits fill a square of 20 pixels, and their centre
//! of mass is the middle of 28. A digit drawn in a corner is something that the network has never seen.
//!
//! What a set's habit is, its own pictures tell. Pure. Not responsible for drawing (`pad`).

use super::pad::Inks;

/// Where the ink of a set's pictures lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habit {
    /// Column and row of the centre of mass, pixel centres at halves.
    pub centre: (f64, f64),
    /// The longer side of the box around the ink.
    pub long: f64,
}

/// Fewest pictures from which a habit is told.
const FEW: usize = 20;
/// How far centres of mass stray at most, of a side, where a set has that habit.
const STRAY: f64 = 0.03;
/// Ink below this share of full ink is not counted to the box.
const FAINT: f64 = 0.15;
/// A drawing that is off by less than this many pixels, or by less than this share in size, stays as it is.
const NEAR: f64 = 0.75;
/// See [`NEAR`].
const LIKE: f64 = 0.12;

/// Ink of a one-channel picture, from 0 (paper) to 1.
fn ink(x: &[f32], inks: &Inks) -> Vec<f64> {
    let (low, high) = (f64::from(inks.low[0]), f64::from(inks.high[0]));
    let span = (high - low).max(1e-9);
    let dark = f64::from(inks.paper[0]) - low > span / 2.0;
    x.iter().map(|v| (f64::from(*v) - low) / span).map(|v| if dark { 1.0 - v } else { v }.clamp(0.0, 1.0)).collect()
}

/// Centre of mass and box (left, top, right, bottom) of the ink; `None` where there is none.
fn lies(ink: &[f64], w: usize) -> Option<((f64, f64), [f64; 4])> {
    let (mut sum, mut cx, mut cy) = (0.0, 0.0, 0.0);
    let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for (i, v) in ink.iter().enumerate().filter(|(_, v)| **v >= FAINT) {
        let (x, y) = ((i % w) as f64, (i / w) as f64);
        sum += v;
        cx += v * (x + 0.5);
        cy += v * (y + 0.5);
        bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x + 1.0), bounds[3].max(y + 1.0)];
    }
    (sum > 0.0).then(|| ((cx / sum, cy / sum), bounds))
}

fn long(bounds: [f64; 4]) -> f64 {
    (bounds[2] - bounds[0]).max(bounds[3] - bounds[1])
}

impl Habit {
    /// The habit of pictures `(n, H, W, 1)`; `None` if they lie anywhere or are not of one channel.
    pub fn of(pictures: &[f32], [h, w, c]: [usize; 3], inks: &Inks) -> Option<Habit> {
        if c != 1 || h * w == 0 {
            return None;
        }
        let seen: Vec<((f64, f64), [f64; 4])> =
            pictures.chunks_exact(h * w).take(400).filter_map(|x| lies(&ink(x, inks), w)).collect();
        if seen.len() < FEW {
            return None;
        }
        let n = seen.len() as f64;
        type Seen = ((f64, f64), [f64; 4]);
        let mean = |f: &dyn Fn(&Seen) -> f64| seen.iter().map(f).sum::<f64>() / n;
        let (cx, cy) = (mean(&|s| s.0.0), mean(&|s| s.0.1));
        let stray = mean(&|s| (s.0.0 - cx).powi(2)).sqrt().max(mean(&|s| (s.0.1 - cy).powi(2)).sqrt());
        let mut sides: Vec<f64> = seen.iter().map(|s| long(s.1)).collect();
        crate::spec::order::sort_by(&mut sides, f64::total_cmp);
        (stray <= STRAY * h.max(w) as f64).then(|| Habit { centre: (cx, cy), long: sides[sides.len() / 2] })
    }

    /// The drawing moved and scaled to where the set's pictures lie; `None` if it lies there, or nothing is drawn.
    pub fn centred(&self, x: &[f32], [h, w, _]: [usize; 3], inks: &Inks) -> Option<Vec<f32>> {
        let inked = ink(x, inks);
        let (centre, bounds) = lies(&inked, w)?;
        let scale = (self.long / long(bounds)).clamp(0.25, 4.0);
        let off = (centre.0 - self.centre.0).hypot(centre.1 - self.centre.1);
        if off < NEAR && (scale - 1.0).abs() < LIKE {
            return None;
        }
        let paper = f64::from(inks.paper[0]);
        let full = if paper - f64::from(inks.low[0]) > f64::from(inks.high[0] - inks.low[0]) / 2.0 {
            f64::from(inks.low[0])
        } else {
            f64::from(inks.high[0])
        };
        let from = |x: f64, y: f64| (centre.0 + (x - self.centre.0) / scale, centre.1 + (y - self.centre.1) / scale);
        let pixel = |i: usize| {
            // The mean of nine places in each pixel: a drawing that is made smaller keeps its thin lines.
            let mut sum = 0.0;
            for k in 0..9 {
                let (dx, dy) = ((f64::from(k % 3) + 0.5) / 3.0, (f64::from(k / 3) + 0.5) / 3.0);
                let (sx, sy) = from((i % w) as f64 + dx, (i / w) as f64 + dy);
                sum += between(&inked, (h, w), sx - 0.5, sy - 0.5);
            }
            (paper + (full - paper) * sum / 9.0) as f32
        };
        Some((0..h * w).map(pixel).collect())
    }
}

/// Bilinear between pixel centres; nothing outside.
fn between(ink: &[f64], (h, w): (usize, usize), x: f64, y: f64) -> f64 {
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let at = |x: f64, y: f64| {
        let inside = x >= 0.0 && y >= 0.0 && x < w as f64 && y < h as f64;
        if inside { ink[y as usize * w + x as usize] } else { 0.0 }
    };
    let row = |y: f64| at(left, y) * (1.0 - fx) + at(left + 1.0, y) * fx;
    row(top) * (1.0 - fy) + row(top + 1.0) * fy
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::inside::pad::Pad;
    use crate::ui::light::Light;

    const SHAPE: [usize; 3] = [28, 28, 1];

    fn inks() -> Inks {
        Inks { paper: vec![-0.4], low: vec![-0.4], high: vec![2.8], light: Light::Span(-0.4, 2.8) }
    }

    /// A bar of ink from one place to another.
    fn bar(from: (f64, f64), to: (f64, f64)) -> Vec<f32> {
        let mut pad = Pad::blank(SHAPE, &inks());
        pad.stroke(from, to, 1.0, &[2.8]);
        pad.x
    }

    fn middle() -> Habit {
        Habit { centre: (14.0, 14.0), long: 20.0 }
    }

    #[test]
    fn a_drawing_in_a_corner_comes_to_the_middle_at_full_size() {
        let small = bar((4.0, 3.0), (4.0, 9.0));
        let moved = middle().centred(&small, SHAPE, &inks()).unwrap();
        let (centre, bounds) = lies(&ink(&moved, &inks()), 28).unwrap();
        assert!((centre.0 - 14.0).abs() < 0.3 && (centre.1 - 14.0).abs() < 0.3, "{centre:?}");
        assert!((long(bounds) - 20.0).abs() <= 2.0, "{bounds:?}");
        assert!(moved.iter().all(|v| (-0.41..=2.81).contains(v)));
        assert_eq!(middle().centred(&moved, SHAPE, &inks()), None, "once is enough");
    }

    #[test]
    fn what_lies_there_and_what_is_empty_stay() {
        assert_eq!(middle().centred(&bar((14.0, 5.0), (14.0, 23.0)), SHAPE, &inks()), None);
        assert_eq!(middle().centred(&Pad::blank(SHAPE, &inks()).x, SHAPE, &inks()), None);
    }

    #[test]
    fn dark_ink_on_light_paper_is_ink_as_well() {
        let inks = Inks { paper: vec![1.0], low: vec![0.0], high: vec![1.0], light: Light::Plain };
        let mut pad = Pad::blank(SHAPE, &inks);
        pad.stroke((4.0, 4.0), (4.0, 10.0), 1.0, &[0.0]);
        let moved = middle().centred(&pad.x, SHAPE, &inks).unwrap();
        assert!(moved[0] > 0.99 && moved[14 * 28 + 14] < 0.5);
    }

    #[test]
    fn only_centred_sets_have_the_habit() {
        let centred: Vec<f32> =
            (0..40).flat_map(|i| bar((14.0, 5.0 + f64::from(i % 3)), (14.0, 23.0 - f64::from(i % 3)))).collect();
        let habit = Habit::of(&centred, SHAPE, &inks()).unwrap();
        assert!((habit.centre.0 - 14.0).abs() < 0.3 && (habit.long - 20.0).abs() < 3.0, "{habit:?}");
        let strewn: Vec<f32> =
            (0..40).flat_map(|i| bar((3.0 + f64::from(i % 20), 4.0), (3.0 + f64::from(i % 20), 12.0))).collect();
        assert_eq!(Habit::of(&strewn, SHAPE, &inks()), None);
        assert_eq!(Habit::of(&centred[..784], SHAPE, &inks()), None, "one picture is no habit");
        assert_eq!(Habit::of(&centred, [28, 28, 3], &inks()), None);
    }
}
