//! Colours that carry meaning, the same in every panel: weights and decision regions (orange ↔ blue), magnitudes
//! (viridis), gradients (magenta), classes. Nothing is told by colour alone: classes have a [`Marker`] too.
//!
//! Not responsible for the page's own colours (`www/css`), only for numbers turned into colours.

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// Negative values, class 0.
pub const NEGATIVE: Rgb = [0xd9, 0x77, 0x2b];
/// Positive values, class 1.
pub const POSITIVE: Rgb = [0x2b, 0x6c, 0xb0];
/// Gradients.
pub const GRADIENT: Rgb = [0xb5, 0x17, 0x6f];
/// What is not a number, wherever a map has to show one: a red that no scale contains.
pub const NOT_FINITE: Rgb = [0xd6, 0x1f, 0x1f];

/// The colour `t` of the way from `a` to `b`; `t` outside 0–1 is clamped, NaN counts as 0.
pub fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    let t = if t > 0.0 { t.min(1.0) } else { 0.0 };
    let mut out = a;
    for (o, (&x, &y)) in out.iter_mut().zip(a.iter().zip(&b)) {
        *o = (f32::from(x) + (f32::from(y) - f32::from(x)) * t).round() as u8;
    }
    out
}

/// Orange for −1, `zero` (paper by day, near-black by night) for 0, blue for 1; clamped beyond, [`NOT_FINITE`] for NaN.
pub fn diverging(v: f32, zero: Rgb) -> Rgb {
    if v.is_nan() {
        NOT_FINITE
    } else if v < 0.0 {
        mix(zero, NEGATIVE, -v)
    } else {
        mix(zero, POSITIVE, v)
    }
}

/// Magenta for 1, the background for 0: how strong a gradient is.
pub fn gradient(t: f32, background: Rgb) -> Rgb {
    if t.is_nan() { NOT_FINITE } else { mix(background, GRADIENT, t) }
}

/// Viridis (Smith and van der Walt, matplotlib), sampled at ninths: perceptually even, readable in grey.
const VIRIDIS: [Rgb; 10] = [
    [68, 1, 84],
    [72, 40, 120],
    [62, 73, 137],
    [49, 104, 142],
    [38, 130, 142],
    [31, 158, 137],
    [53, 183, 121],
    [109, 205, 89],
    [180, 222, 44],
    [253, 231, 37],
];

/// Magnitudes from 0 (dark violet) to 1 (yellow); clamped beyond, [`NOT_FINITE`] for NaN.
pub fn viridis(t: f32) -> Rgb {
    if t.is_nan() {
        return NOT_FINITE;
    }
    let at = t.clamp(0.0, 1.0) * (VIRIDIS.len() - 1) as f32;
    let low = (at as usize).min(VIRIDIS.len() - 2);
    mix(VIRIDIS[low], VIRIDIS[low + 1], at - low as f32)
}

/// Ten classes, apart in lightness as well as in hue (after Okabe and Ito's palette for colour blindness).
const CLASSES: [Rgb; 10] = [
    NEGATIVE,
    POSITIVE,
    [0x1f, 0x9e, 0x77],
    [0xe3, 0xbd, 0x3c],
    [0xc4, 0x5c, 0xa2],
    [0x6c, 0xb8, 0xe6],
    [0x8a, 0x35, 0x24],
    [0x7b, 0x83, 0x8d],
    [0x5d, 0x4a, 0x9c],
    [0x6f, 0x80, 0x22],
];

/// Colour of a class; more than ten classes go round again, which labels then tell apart.
pub fn class(index: usize) -> Rgb {
    CLASSES[index % CLASSES.len()]
}

/// The form of a class's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Up,
    /// ◆
    Diamond,
    /// ▼
    Down,
    /// ✚
    Plus,
    /// ✖
    Cross,
    /// ⬟
    Pentagon,
    /// ★
    Star,
    /// ⬢
    Hexagon,
}

const MARKERS: [Marker; 10] = [
    Marker::Circle,
    Marker::Square,
    Marker::Up,
    Marker::Diamond,
    Marker::Down,
    Marker::Plus,
    Marker::Cross,
    Marker::Pentagon,
    Marker::Star,
    Marker::Hexagon,
];

impl Marker {
    /// The form of a class.
    pub fn of_class(index: usize) -> Marker {
        MARKERS[index % MARKERS.len()]
    }

    /// Corners around the origin for radius 1, y downwards; empty for the circle.
    pub fn corners(self) -> Vec<(f64, f64)> {
        let ring = |n: usize, r: f64, turn: f64| -> Vec<(f64, f64)> {
            (0..n)
                .map(|i| (i as f64 + turn) * std::f64::consts::TAU / n as f64)
                .map(|a| (r * a.sin(), -r * a.cos()))
                .collect()
        };
        let cross = |turn: f64| -> Vec<(f64, f64)> {
            const W: f64 = 0.4;
            let (s, c) = turn.sin_cos();
            [(W, -1.0), (W, -W), (1.0, -W), (1.0, W), (W, W), (W, 1.0), (-W, 1.0), (-W, W), (-1.0, W), (-1.0, -W)]
                .into_iter()
                .chain([(-W, -W), (-W, -1.0)])
                .map(|(x, y)| (1.1 * (c * x - s * y), 1.1 * (s * x + c * y)))
                .collect()
        };
        match self {
            Marker::Circle => Vec::new(),
            Marker::Square => ring(4, 1.25, 0.5),
            Marker::Up => ring(3, 1.35, 0.0),
            Marker::Diamond => ring(4, 1.3, 0.0),
            Marker::Down => ring(3, 1.35, 0.5),
            Marker::Plus => cross(0.0),
            Marker::Cross => cross(std::f64::consts::FRAC_PI_4),
            Marker::Pentagon => ring(5, 1.2, 0.0),
            Marker::Star => {
                let (far, near) = (ring(5, 1.45, 0.0), ring(5, 0.65, 0.5));
                far.into_iter().zip(near).flat_map(|(a, b)| [a, b]).collect()
            }
            Marker::Hexagon => ring(6, 1.2, 0.5),
        }
    }
}

/// `#rrggbb` or `#rgb`, as stylesheets write colours.
pub fn parse_hex(text: &str) -> Option<Rgb> {
    let hex = text.trim().strip_prefix('#')?;
    let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    match digits[..] {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, rr, g, gg, b, bb] => Some([r * 16 + rr, g * 16 + gg, b * 16 + bb]),
        _ => None,
    }
}

/// `#rrggbb`.
pub fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Whether dark text reads better on this colour than light text (relative luminance, WCAG 2.2).
pub fn wants_dark_text(c: Rgb) -> bool {
    let [r, g, b] = c.map(|v| {
        let s = f32::from(v) / 255.0;
        if s <= 0.04045 { s / 12.92 } else { ((s + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Rgb = [255, 255, 255];

    #[test]
    fn scales_hit_their_ends_and_clamp() {
        assert_eq!(diverging(-1.0, PAPER), NEGATIVE);
        assert_eq!(diverging(0.0, PAPER), PAPER);
        assert_eq!(diverging(7.0, PAPER), POSITIVE);
        assert_eq!(diverging(f32::NEG_INFINITY, PAPER), NEGATIVE);
        assert_eq!(gradient(1.0, PAPER), GRADIENT);
        assert_eq!(gradient(-3.0, PAPER), PAPER);
        assert_eq!(viridis(0.0), VIRIDIS[0]);
        assert_eq!(viridis(2.0), VIRIDIS[9]);
    }

    #[test]
    fn what_is_not_a_number_is_never_mistaken_for_a_value() {
        for c in [diverging(f32::NAN, PAPER), gradient(f32::NAN, PAPER), viridis(f32::NAN)] {
            assert_eq!(c, NOT_FINITE);
        }
    }

    #[test]
    fn first_two_classes_are_the_diverging_pair_and_all_ten_differ() {
        assert_eq!((class(0), class(1)), (NEGATIVE, POSITIVE));
        for a in 0..10 {
            for b in 0..a {
                let distance: i32 =
                    class(a).iter().zip(class(b)).map(|(x, y)| (i32::from(*x) - i32::from(y)).abs()).sum();
                assert!(distance > 60, "classes {a} and {b} look alike");
                assert_ne!(Marker::of_class(a), Marker::of_class(b));
            }
        }
        assert_eq!(class(10), class(0));
    }

    #[test]
    fn markers_stay_near_their_radius() {
        for i in 0..10 {
            for (x, y) in Marker::of_class(i).corners() {
                assert!(x.hypot(y) < 1.5);
            }
        }
    }

    #[test]
    fn hex_colours_are_read_as_stylesheets_write_them() {
        assert_eq!(parse_hex(" #d9772b"), Some(NEGATIVE));
        assert_eq!(parse_hex("#fff"), Some(PAPER));
        assert_eq!(parse_hex("white"), None);
        assert_eq!(parse_hex("#ééé"), None);
        assert_eq!(hex(NEGATIVE), "#d9772b");
    }

    #[test]
    fn text_contrasts_with_what_it_stands_on() {
        assert!(wants_dark_text(PAPER));
        assert!(!wants_dark_text(POSITIVE));
    }
}
