//! A head as lines from the places that ask to those that are asked, as wide as the weights.
//!
//! Not responsible for where places stand (`ui::inside::attention::layout`).

use super::Focus;
use super::shown::Shown;
use crate::i18n::{Lang, attention as words};
use crate::ui::inside::attention::layout::{Ribbons, Token};
use crate::ui::plots::color;
use crate::ui::plots::surface::{Align, Surface, TEXT_PX};

/// Most lines drawn.
pub const LINES_MAX: usize = 500;
/// Weaker ones are not worth a line.
const WEAKEST: f32 = 0.005;

/// Places on a surface.
pub fn places(shown: &Shown, width: f64, height: f64) -> Ribbons {
    Ribbons::new(width, height, shown.label_px, shown.heads.queries, shown.heads.keys)
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
    column(s, &shown.asks, at.left - 6.0, Align::End, at.row_left, |t| at.from_y(t), asks);
    column(s, &shown.asked, at.right + 6.0, Align::Start, at.row_right, |k| at.to_y(k), asked);
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

fn column(
    s: &Surface,
    labels: &[String],
    x: f64,
    align: Align,
    row: f64,
    y: impl Fn(usize) -> f64,
    lit: Option<usize>,
) {
    let size = row.clamp(8.0, TEXT_PX + 1.0);
    let every = ((size + 0.5) / row).ceil().max(1.0) as usize;
    let room = if align == Align::End { x } else { s.width - x };
    let crowded = |i: usize| lit.is_some_and(|l| l != i && (y(l) - y(i)).abs() < size);
    for (i, label) in labels.iter().enumerate() {
        let is_lit = lit == Some(i);
        if !is_lit && (!i.is_multiple_of(every) || (every > 1 && crowded(i))) {
            continue;
        }
        let ink = if is_lit { &s.ink.ink } else { &s.ink.dim };
        s.text_sized(&s.fitted(label, room - 2.0), x, y(i), align, ink, size, is_lit);
    }
}
