//! Numbers over the plane turned into pixels: decision regions, regression surfaces, responses of single units.
//!
//! Not responsible for points and axes drawn over them. Pure, tested natively.

use super::color::{self, Rgb};

/// How strong the colour of a certain answer is: points of the full colour must still stand out on it.
pub const REGION_STRENGTH: f32 = 0.78;

/// How numbers map to the diverging scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Value at the orange end.
    pub low: f32,
    /// Value at the blue end.
    pub high: f32,
}

impl Scale {
    /// Symmetric around 0 where the range holds 0 (white is then zero), else from smallest to largest.
    pub fn over(low: f32, high: f32) -> Scale {
        let (low, high) = if low.is_finite() && high.is_finite() && low <= high { (low, high) } else { (-1.0, 1.0) };
        if low < 0.0 && high > 0.0 {
            let far = high.max(-low);
            Scale { low: -far, high: far }
        } else if high > low {
            Scale { low, high }
        } else {
            Scale { low: low - 1.0, high: high + 1.0 }
        }
    }

    /// Symmetric around 0, as far as the farthest finite value.
    pub fn around_zero(values: &[f32]) -> Scale {
        let far = values.iter().filter(|v| v.is_finite()).fold(0.0_f32, |m, v| m.max(v.abs()));
        Scale::over(-far, far)
    }

    /// −1 at the orange end, 1 at the blue end.
    pub fn share(self, v: f32) -> f32 {
        2.0 * (v - self.low) / (self.high - self.low) - 1.0
    }

    /// The colour of a value.
    pub fn color(self, v: f32, zero: Rgb) -> Rgb {
        color::diverging(self.share(v), zero)
    }
}

/// Index and probability of the likeliest class; ties go to the first, NaN never wins.
pub fn winner(probabilities: &[f32]) -> (usize, f32) {
    let better = |best: (usize, f32), (i, &p): (usize, &f32)| if p > best.1 { (i, p) } else { best };
    probabilities.iter().enumerate().fold((0, f32::NEG_INFINITY), better)
}

/// How sure the likeliest of `n` classes is: 0 when all are equally likely, 1 when there is no doubt.
pub fn certainty(p: f32, n: usize) -> f32 {
    let even = 1.0 / n.max(2) as f32;
    ((p - even) / (1.0 - even)).clamp(0.0, 1.0)
}

/// Colour of one place with these class probabilities: orange ↔ blue by `p₁ − p₀` for two classes, else the likeliest
/// class's colour, paler where it is less sure. `hard` shows the winner only.
pub fn class_color(probabilities: &[f32], hard: bool, zero: Rgb) -> Rgb {
    if probabilities.iter().any(|p| p.is_nan()) {
        return color::NOT_FINITE;
    }
    if let [p0, p1] = probabilities {
        let v = if hard { (p1 - p0).signum() } else { p1 - p0 };
        return color::diverging(REGION_STRENGTH * v, zero);
    }
    let (best, p) = winner(probabilities);
    let t = if hard { 1.0 } else { certainty(p, probabilities.len()) };
    color::mix(zero, color::class(best), REGION_STRENGTH * t)
}

/// RGBA pixels of class probabilities `(…, n_classes)`.
pub fn classes(probabilities: &[f32], n_classes: usize, hard: bool, zero: Rgb) -> Vec<u8> {
    pixels(probabilities.chunks_exact(n_classes.max(1)).map(|p| class_color(p, hard, zero)), probabilities.len())
}

/// RGBA pixels of the first of `width` numbers at every place.
pub fn values(v: &[f32], width: usize, scale: Scale, zero: Rgb) -> Vec<u8> {
    pixels(v.chunks_exact(width.max(1)).map(|v| scale.color(v[0], zero)), v.len())
}

fn pixels(colors: impl Iterator<Item = Rgb>, about: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(4 * about);
    for [r, g, b] in colors {
        out.extend([r, g, b, 255]);
    }
    out
}

/// Share of places won by each class, for a text that stands for the picture.
pub fn shares(probabilities: &[f32], n_classes: usize) -> Vec<f64> {
    let mut won = vec![0usize; n_classes];
    let places = probabilities.chunks_exact(n_classes.max(1));
    let total = places.len().max(1);
    for p in places {
        won[winner(p).0] += 1;
    }
    won.into_iter().map(|n| n as f64 / total as f64).collect()
}

/// Place of a number in a map of `px × px` for a point of the plane `[−1, 1]²`, `y` upwards; `None` outside.
pub fn place(x: f64, y: f64, px: usize) -> Option<usize> {
    let inside = (-1.0..=1.0).contains(&x) && (-1.0..=1.0).contains(&y) && px > 0;
    let cell = |v: f64| (((v + 1.0) / 2.0 * px as f64) as usize).min(px - 1);
    inside.then(|| cell(-y) * px + cell(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Rgb = [255, 255, 255];

    #[test]
    fn two_classes_meet_in_white() {
        assert_eq!(class_color(&[0.5, 0.5], false, PAPER), PAPER);
        assert_eq!(class_color(&[1.0, 0.0], false, PAPER), color::diverging(-REGION_STRENGTH, PAPER));
        assert_eq!(class_color(&[0.49, 0.51], true, PAPER), class_color(&[0.0, 1.0], false, PAPER));
    }

    #[test]
    fn many_classes_fade_with_doubt() {
        let sure = class_color(&[0.0, 0.0, 1.0], false, PAPER);
        assert_eq!(sure, color::mix(PAPER, color::class(2), REGION_STRENGTH));
        let third = 1.0 / 3.0;
        assert_eq!(class_color(&[third, third, third], false, PAPER), PAPER);
        assert_eq!(class_color(&[0.3, 0.3, 0.4], true, PAPER), sure);
    }

    #[test]
    fn what_is_not_a_number_is_marked() {
        assert_eq!(class_color(&[f32::NAN, 0.5], false, PAPER), color::NOT_FINITE);
        assert_eq!(Scale::over(0.0, 1.0).color(f32::NAN, PAPER), color::NOT_FINITE);
        assert_eq!(winner(&[f32::NAN, 0.1]).0, 1);
    }

    #[test]
    fn a_scale_is_white_at_zero_where_there_is_a_zero() {
        assert_eq!(Scale::over(-1.0, 3.0), Scale { low: -3.0, high: 3.0 });
        assert_eq!(Scale::over(2.0, 6.0).share(4.0), 0.0);
        assert_eq!(Scale::over(5.0, 5.0).share(5.0), 0.0);
        assert_eq!(Scale::over(f32::NAN, 1.0), Scale { low: -1.0, high: 1.0 });
        assert_eq!(Scale::around_zero(&[0.5, -2.0, f32::NAN]), Scale { low: -2.0, high: 2.0 });
    }

    #[test]
    fn maps_have_four_bytes_a_pixel_whatever_is_left_over() {
        assert_eq!(classes(&[0.2; 7], 3, false, PAPER).len(), 8);
        assert_eq!(values(&[0.2; 6], 2, Scale::over(0.0, 1.0), PAPER).len(), 12);
        assert!(classes(&[], 0, true, PAPER).is_empty());
    }

    #[test]
    fn shares_and_places() {
        assert_eq!(shares(&[0.9, 0.1, 0.2, 0.8, 0.7, 0.3, 0.6, 0.4], 2), [0.75, 0.25]);
        assert_eq!(place(-1.0, 1.0, 10), Some(0));
        assert_eq!(place(1.0, -1.0, 10), Some(99));
        assert_eq!(place(1.1, 0.0, 10), None);
    }
}
