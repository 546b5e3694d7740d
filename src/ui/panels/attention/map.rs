//! The matrix of a head: a cell for each pair of places, labels on both sides, row and column lit.
//!
//! Not responsible for where cells stand (`ui::inside::attention::layout`).

use super::Focus;
use super::shown::Shown;
use crate::ui::inside::attention::heads::Pixels;
use crate::ui::inside::attention::layout::Grid;
use crate::ui::inside::axis_labels::{Label, Lanes};
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::ink::Ink;
use crate::ui::plots::surface::{Align, Rect, Surface};

/// Most pixels a side of the large picture; longer sequences show the largest of several weights.
pub const SIDE_MAX: usize = 1024;

/// What is hidden: neither the ground nor any magnitude.
pub fn hidden_color(ink: &Ink) -> Rgb {
    if ink.dark { [0x2c, 0x32, 0x3a] } else { [0xe6, 0xe3, 0xdb] }
}

/// Coloured pixels of a head, from 0 to `max`.
pub fn rgba(pixels: &Pixels, max: f32, ink: &Ink) -> Vec<u8> {
    let hidden = hidden_color(ink);
    let mut out = Vec::with_capacity(4 * pixels.values.len());
    for v in &pixels.values {
        let [r, g, b] = v.map_or(hidden, |v| color::viridis(v / max));
        out.extend([r, g, b, 255]);
    }
    out
}

/// The grid of `shown` on a surface.
pub fn grid(shown: &Shown, width: f64, height: f64) -> Grid {
    Grid::new(width, height, shown.label, shown.heads.queries, shown.heads.keys)
}

/// Cells and labels.
pub fn draw(s: &Surface, shown: &Shown, head: usize) {
    let at = grid(shown, s.width, s.height);
    let pixels = shown.heads.pixels(head, SIDE_MAX);
    let area = Rect { x: at.x, y: at.y, w: at.cell * at.cols as f64, h: at.cell * at.rows as f64 };
    s.map(&rgba(&pixels, shown.heads.largest(head), &s.ink), pixels.cols, pixels.rows, area, false);
    labels(s, shown, &at, None);
}

/// Labels of all places that have room, or of the lit ones.
fn labels(s: &Surface, shown: &Shown, at: &Grid, lit: Option<Focus>) {
    let every = |lanes: Lanes| if lit.is_some() { 1 } else { lanes.every };
    let color = if lit.is_some() { &s.ink.ink } else { &s.ink.dim };
    let show = |one: Option<usize>, i: usize| lit.is_none() || one == Some(i);
    let asks = shown.asks.iter().enumerate().step_by(every(at.at_rows));
    for (t, label) in asks.filter(|(t, _)| show(lit.map(|f| f.t), *t)) {
        let x = at.row_label_x(t, shown.label);
        let label = s.fitted(label, x - 1.0);
        s.text_sized(&label, x, at.y + at.cell * (t as f64 + 0.5), Align::End, color, shown.label.size_px, false);
    }
    let asked = shown.asked.iter().enumerate().step_by(every(at.at_cols));
    for (i, label) in asked.filter(|(i, _)| show(lit.and_then(|f| f.s), *i)) {
        let (x, y) = (at.x + at.cell * (i as f64 + 0.5), at.col_label_y(i, shown.label));
        if at.upright {
            s.text_sized(label, x, y, Align::Middle, color, shown.label.size_px, false);
        } else {
            turned(s, &s.fitted(label, y - 1.0), (x, y), color, shown.label);
        }
    }
}

/// Text that runs upwards from a point.
fn turned(s: &Surface, text: &str, (x, y): (f64, f64), color: &str, label: Label) {
    s.ctx.save();
    // Neither can fail: the numbers are finite.
    let _ = s.ctx.translate(x, y);
    let _ = s.ctx.rotate(-std::f64::consts::FRAC_PI_2);
    s.text_sized(text, 0.0, 0.0, Align::Start, color, label.size_px, false);
    s.ctx.restore();
}

/// Row and column of the focus.
pub fn draw_focus(s: &Surface, shown: &Shown, focus: Focus) {
    let at = grid(shown, s.width, s.height);
    if focus.t >= at.rows {
        return;
    }
    let (w, h) = (at.cell * at.cols as f64, at.cell * at.rows as f64);
    let ground = color::hex(s.ink.bg);
    // Light on dark violet and dark on yellow: two lines, one of them is seen.
    let frame = |r: Rect| {
        s.outline(r, &ground, 3.0);
        s.outline(r, &s.ink.ink, 1.2);
    };
    frame(Rect { x: at.x, y: at.y + at.cell * focus.t as f64, w, h: at.cell });
    if let Some(col) = focus.s.filter(|c| *c < at.cols) {
        frame(Rect { x: at.x + at.cell * col as f64, y: at.y, w: at.cell, h });
    }
    label_boxes(&at, focus, shown.label).into_iter().for_each(|r| s.fill(r, &ground));
    labels(s, shown, &at, Some(focus));
}

/// Places of the lit labels, cleared so that no neighbour shows through.
fn label_boxes(at: &Grid, focus: Focus, label: Label) -> Vec<Rect> {
    let size = at.cell.max(label.size_px + 2.0);
    let y = at.y + at.cell * (focus.t as f64 + 0.5) - size / 2.0;
    let left = Rect { x: 0.0, y, w: at.x - 3.0, h: size };
    let top = focus.s.map(|c| {
        let x = at.x + at.cell * (c as f64 + 0.5) - size / 2.0;
        Rect { x, y: 0.0, w: size, h: at.y - 3.0 }
    });
    std::iter::once(left).chain(top).collect()
}
