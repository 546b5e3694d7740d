//! What was measured and is not a curve: which classes are taken for which, and what comes out over the plane.
//!
//! Not responsible for measuring: the page hands in what it shows.

use super::page::Page;
use crate::i18n::{Lang, report as words};

/// How the classes were told apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confusion {
    /// `counts[target][predicted]`.
    pub counts: Vec<Vec<u32>>,
    /// What the classes are called.
    pub names: Vec<String>,
    /// On the test part, or else on the training part.
    pub test: bool,
    /// After this many steps.
    pub step: u64,
}

/// What comes out over the plane, as the page colours it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// Places along each side.
    pub px: usize,
    /// A colour for each place, row by row from the top.
    pub colors: Vec<[u8; 3]>,
    /// What lies to the right, and upwards.
    pub axes: [String; 2],
}

/// Most classes of a matrix that still can be read on paper.
const CLASSES_MAX: usize = 26;
/// Most places along a side: each run of one colour becomes an element of the page.
const SIDE_MAX: usize = 64;
/// How strongly a cell that holds its whole row is coloured.
const STRONG: f64 = 0.6;

/// The matrix, rows by true class.
pub(super) fn confusion(p: &mut Page, of: &Confusion, lang: Lang) {
    let n = of.counts.len();
    if n < 2 || of.counts.iter().any(|row| row.len() != n) {
        return;
    }
    p.heading(words::CONFUSION.get(lang));
    let part = if of.test { words::TEST } else { words::TRAIN }.get(lang);
    p.paragraph(&words::CONFUSION_HELP.with(lang, &[("part", part), ("step", &of.step.to_string())]));
    if n > CLASSES_MAX {
        let said = [("n", n.to_string()), ("max", CLASSES_MAX.to_string())];
        p.paragraph(&words::TOO_MANY_CLASSES.with(lang, &said.each_ref().map(|(k, v)| (*k, v.as_str()))));
        return;
    }
    let name = |c: usize| of.names.get(c).cloned().unwrap_or_else(|| c.to_string());
    p.markup("<table class=\"matrix\">\n<tr><td></td>");
    (0..n).for_each(|c| p.element("<th scope=\"col\">", &name(c), "</th>"));
    p.markup("</tr>\n");
    for (t, row) in of.counts.iter().enumerate() {
        p.element("<tr><th scope=\"row\">", &name(t), "</th>");
        let all = row.iter().map(|c| f64::from(*c)).sum::<f64>().max(1.0);
        for (c, count) in row.iter().enumerate() {
            // As on the page: right answers blue, mistakes orange, by the root of the share so that few can be seen.
            p.markup(if c == t {
                "<td style=\"background:rgb(43 108 176/"
            } else {
                "<td style=\"background:rgb(217 119 43/"
            });
            p.text(&format!("{:.2}", STRONG * (f64::from(*count) / all).sqrt()));
            p.element(")\">", &count.to_string(), "</td>");
        }
        p.markup("</tr>\n");
    }
    p.markup("</table>\n");
}

/// The plane, with the names of its axes.
pub(super) fn map(p: &mut Page, of: &Map, lang: Lang) {
    if of.px == 0 || of.colors.len() != of.px * of.px {
        return;
    }
    let side = of.px.min(SIDE_MAX);
    // Fewer shades make longer runs: 32 of each colour, white and black among them.
    let shade = |c: u8| c / 8 * 8 + c / 32;
    let at = |x: usize, y: usize| of.colors[y * of.px / side * of.px + x * of.px / side].map(shade);
    p.heading(words::PLANE.get(lang));
    let [right, up] = &of.axes;
    let said = words::PLANE_HELP.with(lang, &[("x", right), ("y", up)]);
    p.element(
        "<figure><svg class=\"plane\" role=\"img\" shape-rendering=\"crispEdges\" viewBox=\"0 0 ",
        &side.to_string(),
        " ",
    );
    p.element("", &side.to_string(), "\" aria-label=\"");
    p.text(&said);
    p.markup("\">\n");
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let color = at(x, y);
            let wide = (x..side).take_while(|i| at(*i, y) == color).count();
            p.element("<rect height=\"1\" width=\"", &wide.to_string(), "\" x=\"");
            p.element("", &x.to_string(), "\" y=\"");
            p.element("", &y.to_string(), "\" fill=\"rgb(");
            p.element("", &color.map(|c| c.to_string()).join(" "), ")\"/>\n");
            x += wide;
        }
    }
    p.element("</svg><figcaption class=\"dim\">", &said, "</figcaption></figure>\n");
}
