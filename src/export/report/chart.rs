//! Curves as an SVG picture within the page.

use super::number;
use super::page::Page;
use crate::i18n::{Lang, report as words};
use std::fmt::Write as _;

/// A curve: its name and its points.
pub(super) type Curve<'a> = (&'a str, &'a [(f64, f64)]);

const WIDE: f64 = 720.0;
const HIGH: f64 = 260.0;
/// Room for numbers at the left, and around.
const LEFT: f64 = 70.0;
const RIM: f64 = 24.0;
/// Told apart by those who see red and green alike, too.
const COLORS: [&str; 4] = ["#1f77b4", "#d95f02", "#1b9e77", "#8c6bb1"];
/// About how wide a letter is, and one that is as wide as high.
const LETTER: f64 = 7.0;
const SQUARE: f64 = 13.0;
/// Between two names.
const BETWEEN: f64 = 24.0;
/// A loss that falls by more than this is drawn by its logarithm.
const LOG_FROM: f64 = 50.0;

/// From the smallest to the largest number.
fn range(all: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    if low < high { (low, high) } else { (low - 0.5, low + 0.5) }
}

/// Curves over the same steps, under a title that says so where the axis is logarithmic.
pub(super) fn draw(p: &mut Page, title: &str, curves: &[Curve<'_>], lang: Lang) {
    let points = || curves.iter().flat_map(|(_, points)| points.iter().copied());
    let (from, to) = range(points().map(|(x, _)| x));
    let (low, high) = range(points().map(|(_, y)| y));
    let log = low > 0.0 && high / low > LOG_FROM;
    let title = &if log { words::LOG.with(lang, &[("what", title)]) } else { title.to_string() };
    let scale = |y: f64| if log { y.ln() } else { y };
    let x_of = |x: f64| LEFT + (x - from) / (to - from) * (WIDE - LEFT - RIM);
    let y_of = |y: f64| HIGH - RIM - (scale(y) - scale(low)) / (scale(high) - scale(low)) * (HIGH - 2.0 * RIM);
    p.element("<figure><figcaption>", title, "</figcaption>\n<svg viewBox=\"0 0 720 260\" role=\"img\" aria-label=\"");
    let said = curves.iter().filter_map(|(name, points)| Some(format!("{name} {}", number(points.last()?.1))));
    p.text(&format!("{title}: {}", said.collect::<Vec<_>>().join(", ")));
    p.markup("\">\n");
    for y in [low, if log { (low * high).sqrt() } else { (low + high) / 2.0 }, high] {
        p.element(
            "<line stroke=\"#8a94a1\" stroke-opacity=\".4\" x1=\"70\" x2=\"696\" y1=\"",
            &coordinate(y_of(y)),
            "\" y2=\"",
        );
        p.element("", &coordinate(y_of(y)), "\"/><text x=\"62\" text-anchor=\"end\" y=\"");
        p.element("", &coordinate(y_of(y) + 4.0), "\">");
        p.element("", &number(y), "</text>\n");
    }
    for (x, anchor) in
        [(from, "<text text-anchor=\"start\" y=\"254\" x=\""), (to, "<text text-anchor=\"end\" y=\"254\" x=\"")]
    {
        p.element(anchor, &coordinate(x_of(x)), "\">");
        p.element("", &number(x), "</text>\n");
    }
    let mut left = LEFT;
    for ((name, points), color) in curves.iter().zip(COLORS.iter().cycle()) {
        let mut path = String::new();
        for (x, y) in *points {
            // Writing to a String cannot fail.
            _ = write!(path, "{},{} ", coordinate(x_of(*x)), coordinate(y_of(*y)));
        }
        p.element("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"", color, "\" points=\"");
        p.element("", path.trim_end(), "\"/><text y=\"16\" x=\"");
        p.element("", &coordinate(left), "\" style=\"fill:");
        p.element("", color, "\">");
        p.element("", name, "</text>\n");
        left += BETWEEN + name.chars().map(|c| if c < '\u{2e80}' { LETTER } else { SQUARE }).sum::<f64>();
    }
    p.markup("</svg></figure>\n");
}

fn coordinate(x: f64) -> String {
    format!("{x:.1}")
}
