//! A head as lines from the places that ask to those that are asked, as wide as the weights.
//!
//! Not responsible for where places stand (`ui::inside::attention::layout`).

use super::Focus;
use super::shown::Shown;
use crate::i18n::{Lang, attention as words};
use crate::ui::inside::attention::layout::{Ribbons, Token};
use crate::ui::inside::axis_labels::Lanes;
use crate::ui::plots::color;
use crate::ui::plots::surface::{Align, Surface};

/// Most lines drawn.
pub const LINES_MAX: usize = 500;
/// Weaker ones are not worth a line.
const WEAKEST: f32 = 0.005;

/// Places on a surface.
pub fn places(shown: &Shown, width: f64, height: f64) -> Ribbons {
    Ribbons::new(width, height, shown.label, shown.heads.queries, shown.heads.keys)
}

/// Lines and labels; with a focus the lines of its place alone are strong.
pub fn draw(s: &Surface, shown: &Shown, head: usize, focus: Option<Focus>, lang: Lang) {
    let at = places(shown, s.width, s.height);
    s.text(words::ASKS.get(lang), at.left + 2.0, 8.0, Align::Start, &s.ink.dim);
    s.text(words::ASKED.get(lang), at.right - 2.0, 8.0, Align::End, &s.ink.dim);
    let rgb = color::hex(color::viridis(if s.ink.dark { 0.6 } else { 0.3 }));
    let thick = at.row_left.min(at.row_right).clamp(2.0, 11.0);
    for (t, k, p) in shown.heads.strongest(head, None, LINES_MAX) {
        if p < WEAKEST {
            continue;
        }
        let lit = match focus.map(|f| (f.token, f.t)) {
            None => true,
            Some((Some(Token::Asked(s)), _)) => s == k,
            Some((_, from)) => from == t,
        };
        let alpha = if lit { 0.18 + 0.8 * f64::from(p) } else { 0.05 };
        line(s, &at, (t, k), thick * f64::from(p), alpha, &rgb);
    }
    s.ctx.set_global_alpha(1.0);
    let (asks, asked) = match focus.map(|f| (f.token, f.t)) {
        None => (None, None),
        Some((Some(Token::Asked(s)), _)) => (None, Some(s)),
        Some((_, from)) => (Some(from), None),
    };
    let label = shown.label;
    let asks_x = |t: usize| (at.left - 6.0 - Ribbons::lane_px(at.lanes_left.lane(t), label), at.from_y(t));
    column(s, (&shown.asks, label.size_px), Align::End, (at.row_left, at.lanes_left), asks_x, asks);
    let asked_x = |k: usize| (at.right + 6.0 + Ribbons::lane_px(at.lanes_right.lane(k), label), at.to_y(k));
    column(s, (&shown.asked, label.size_px), Align::Start, (at.row_right, at.lanes_right), asked_x, asked);
}

fn line(s: &Surface, at: &Ribbons, (t, k): (usize, usize), width: f64, alpha: f64, rgb: &str) {
    let (a, b) = ((at.left, at.from_y(t)), (at.right, at.to_y(k)));
    let middle = (a.0 + b.0) / 2.0;
    s.ctx.set_global_alpha(alpha.min(1.0));
    s.ctx.begin_path();
    s.ctx.move_to(a.0, a.1);
    s.ctx.bezier_curve_to(middle, a.1, middle, b.1, b.0, b.1);
    s.ctx.set_stroke_style_str(rgb);
    s.ctx.set_line_width(width.max(0.6));
    s.ctx.stroke();
}

/// The labels of one side; near the lit one those give way that would touch it.
fn column(
    s: &Surface,
    (labels, size_px): (&[String], f64),
    align: Align,
    (row, lanes): (f64, Lanes),
    at: impl Fn(usize) -> (f64, f64),
    lit: Option<usize>,
) {
    let crowded = |i: usize| lit.is_some_and(|l| l != i && (l.abs_diff(i) as f64) * row < size_px);
    for (i, label) in labels.iter().enumerate() {
        let is_lit = lit == Some(i);
        if !is_lit && (!i.is_multiple_of(lanes.every) || (lanes.every > 1 && crowded(i))) {
            continue;
        }
        let (x, y) = at(i);
        let room = if align == Align::End { x } else { s.width - x };
        let ink = if is_lit { &s.ink.ink } else { &s.ink.dim };
        s.text_sized(&s.fitted(label, room - 1.0), x, y, align, ink, size_px, is_lit);
    }
}
