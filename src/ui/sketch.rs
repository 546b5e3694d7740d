//! A tiny drawing of each generated data set, computed from its formula, for the gallery: SVG path data in a square of
//! [`SIDE`] units. Always the same, drawn before any data exist.
//!
//! Not responsible for the data themselves (`engine::data`): these points only look like theirs.

use super::plots::color::{self, Rgb};
use std::f32::consts::{PI, TAU};

/// Side of the drawing.
pub const SIDE: f32 = 40.0;
/// Points of a drawing.
const POINTS: usize = 80;
/// Squares along a side of a drawn surface.
const CELLS: usize = 24;
/// Shades between −1 and 1 of a drawn surface.
const SHADES: usize = 13;

/// Marks of one colour: `path` is a row of zero-length strokes, drawn by its line caps.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Colour.
    pub color: Rgb,
    /// 0 to 1; the ground shows through, so that zero looks like zero by day and by night.
    pub opacity: f32,
    /// SVG path data.
    pub path: String,
}

/// A drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// Whether marks are dots (round caps) or tiles (square caps).
    pub dots: bool,
    /// Size of a mark.
    pub width: f32,
    /// The marks by colour.
    pub marks: Vec<Marks>,
}

/// The drawing of the set with that name; `None` where it would not show the data (tables, pictures, own data).
pub fn sketch(set: &str) -> Option<Sketch> {
    let shape: fn(usize) -> (f32, f32, usize) = match set {
        "circle" => |i| polar(i, if i % 2 == 1 { spread(i, 0.0, 0.5) } else { spread(i, 0.68, 0.95) }),
        "gauss" => |i| {
            let (r, a) = (0.2 * (-2.0 * halton(i / 2 + 1, 2).ln()).sqrt().min(2.2), TAU * halton(i / 2 + 1, 3));
            let side = if i % 2 == 1 { -0.45 } else { 0.45 };
            (side + r * a.cos(), side + r * a.sin(), i % 2)
        },
        "spiral" => |i| {
            let along = (i / 2) as f32 / (POINTS / 2) as f32;
            let a = TAU * (1.75 * along + 0.5 * (i % 2) as f32);
            (0.95 * along * a.sin(), 0.95 * along * a.cos(), i % 2)
        },
        "moons" => |i| {
            let a = PI * (i / 2) as f32 / (POINTS / 2 - 1) as f32;
            let wobble = 0.16 * (halton(i, 3) - 0.5);
            let (x, y) = if i % 2 == 0 { (a.cos(), a.sin()) } else { (1.0 - a.cos(), 0.5 - a.sin()) };
            ((x - 0.5) / 1.6 + wobble, (y - 0.25) / 1.6 + wobble, i % 2)
        },
        "rings" => |i| polar(i, 0.95 * (((i % 2) as f32 + 0.5) / 2.0 + spread(i, -0.12, 0.12))),
        // Where every place is near a point, regions show more than points would.
        "xor" => return Some(regions(|x, y| x * y > 0.0)),
        "checkerboard" => {
            let cell = |v: f32| ((v + 1.0) * 2.0) as usize;
            return Some(regions(|x, y| (cell(x) + cell(y)) % 2 == 1));
        }
        "ring" => |i| {
            let a = TAU * (i % 8) as f32 / 8.0;
            let (r, b) = (0.09 * halton(i + 1, 2), TAU * halton(i + 1, 3));
            (0.75 * a.sin() + r * b.cos(), 0.75 * a.cos() + r * b.sin(), i % 2)
        },
        "grid" => |i| {
            let place = |k: usize| (k as f32 - 2.0) * 0.4;
            (place(i % 5) + 0.06 * spread(i, -1.0, 1.0), place(i / 5 % 5) + 0.06 * (halton(i + 1, 3) - 0.5), i % 2)
        },
        "heart" => {
            return Some(regions(|x, y| {
                let (u, v) = (x / 0.77, (y + 0.08) / 0.77);
                (u * u + v * v - 1.0).powi(3) < u * u * v * v * v
            }));
        }
        "formula" => return Some(regions(|x, y| y > 0.5 * (3.0 * x).sin())),
        "plane" => return Some(tiles(|x, y| (x + y) / 2.0)),
        "waves" => return Some(tiles(|x, y| (4.0 * x).sin() * (3.0 * y).cos())),
        "multi_gauss" => return Some(tiles(hills)),
        _ => return None,
    };
    Some(dots(shape))
}

/// A point of ring or disc number `i mod 2` at a radius.
fn polar(i: usize, radius: f32) -> (f32, f32, usize) {
    let a = TAU * 0.618_034 * i as f32;
    (radius * a.sin(), radius * a.cos(), i % 2)
}

/// Evenly spread numbers from `low` to `high`, denser outwards as an even disc needs.
fn spread(i: usize, low: f32, high: f32) -> f32 {
    low + (high - low) * halton(i, 2).sqrt()
}

fn hills(x: f32, y: f32) -> f32 {
    let cone = |cx: f32, cy: f32| (1.0 - 3.0 * (x - cx).hypot(y - cy)).max(0.0);
    cone(-0.66, 0.42) - cone(0.0, 0.42) + cone(0.66, 0.42) - cone(-0.66, -0.42) + cone(0.0, -0.42) - cone(0.66, -0.42)
}

/// Halton's sequence: fills `0..1` evenly without looking regular.
fn halton(i: usize, base: usize) -> f32 {
    let (mut i, mut part, mut out) = (i + 1, 1.0, 0.0);
    while i > 0 {
        part /= base as f32;
        out += part * (i % base) as f32;
        i /= base;
    }
    out
}

/// From `[-1, 1]`, y upwards, to the drawing, with a margin of one unit.
pub fn place(v: f32) -> f32 {
    1.0 + (v.clamp(-1.0, 1.0) + 1.0) / 2.0 * (SIDE - 2.0)
}

/// A mark for every point, in the colours of their classes.
pub fn marks(points: impl Iterator<Item = (f32, f32, usize)>) -> Vec<Marks> {
    let mut marks: Vec<Marks> = Vec::new();
    for (x, y, class) in points {
        while marks.len() <= class {
            marks.push(Marks { color: color::class(marks.len()), opacity: 1.0, path: String::new() });
        }
        marks[class].path += &format!("M{:.2} {:.2}h0", place(x), place(-y));
    }
    marks
}

fn dots(point: fn(usize) -> (f32, f32, usize)) -> Sketch {
    Sketch { dots: true, width: 2.7, marks: marks((0..POINTS).map(point)) }
}

/// Class 1 where `inside`, paler than values are.
fn regions(inside: impl Fn(f32, f32) -> bool) -> Sketch {
    const PALE: f32 = 2.0 / 3.0;
    tiles(|x, y| if inside(x, y) { PALE } else { -PALE })
}

fn tiles(value: impl Fn(f32, f32) -> f32) -> Sketch {
    let shade = |s: usize| s as f32 / (SHADES - 1) as f32 * 2.0 - 1.0;
    let mut marks: Vec<Marks> = (0..SHADES)
        .map(|s| Marks {
            color: color::diverging(shade(s).signum(), [0; 3]),
            opacity: shade(s).abs(),
            path: String::new(),
        })
        .collect();
    let size = SIDE / CELLS as f32;
    let at = |i: usize| (i as f32 + 0.5) * size;
    for row in 0..CELLS {
        for column in 0..CELLS {
            let (x, y) = (at(column) / SIDE * 2.0 - 1.0, 1.0 - at(row) / SIDE * 2.0);
            let s = ((value(x, y).clamp(-1.0, 1.0) + 1.0) / 2.0 * (SHADES - 1) as f32).round() as usize;
            marks[s].path += &format!("M{} {}h0", at(column), at(row));
        }
    }
    marks.retain(|m| !m.path.is_empty());
    Sketch { dots: false, width: size, marks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::sets::{SetKind, sets};

    #[test]
    fn every_generated_set_has_a_drawing_with_both_classes_or_signs() {
        for set in sets() {
            let drawn = sketch(set.name);
            match set.kind {
                SetKind::Shape(_) | SetKind::Surface(_) | SetKind::Formula => {
                    let marks = drawn.map(|s| s.marks).unwrap_or_default();
                    let filled = marks.iter().filter(|m| m.path.len() > 100).count();
                    assert!(filled >= 2, "{}", set.name);
                }
                _ => assert_eq!(drawn, None, "{}", set.name),
            }
        }
    }

    #[test]
    fn a_drawing_is_always_the_same() {
        assert_eq!(sketch("spiral"), sketch("spiral"));
    }
}
