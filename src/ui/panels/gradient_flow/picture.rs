//! Heat-map (layers × time) and bars (now) on one canvas, so that their rows line up.
//!
//! Not responsible for arranging the numbers (`ui::plots::flow`).

use crate::i18n::{Lang, gradient as words, truth};
use crate::ui::plots::color::{self, NOT_FINITE, Rgb};
use crate::ui::plots::flow::{COLUMNS_MAX, Cell, Flow};
use crate::ui::plots::ink::Ink;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface, grown};

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The numbers.
    pub flow: Flow,
    /// `3 dense`, one a row.
    pub labels: Vec<String>,
}

/// About how wide a letter of a row's name is, and one that is as wide as high.
const LETTER_PX: f64 = 6.4;
const SQUARE_PX: f64 = 12.0;

impl Shown {
    /// Room that the longest name would like to have, before anything grows for a projector.
    fn names_width(&self) -> f64 {
        let width = |s: &String| s.chars().map(|c| if c < '\u{2e80}' { LETTER_PX } else { SQUARE_PX }).sum::<f64>();
        self.labels.iter().map(width).fold(0.0, f64::max) + 14.0
    }
}

/// Room for the titles above and the axis below.
const HEAD_PX: f64 = 16.0;
const FOOT_PX: f64 = 20.0;

/// Height of the canvas: rows as high as they like while they are few, then ever flatter.
pub fn height(layers: usize) -> u32 {
    (layers as u32 * 36).clamp(90, 270) + (HEAD_PX + FOOT_PX) as u32
}

/// Colour of what is exactly zero: neither the ground nor any gradient.
pub fn zero_color(ink: &Ink) -> Rgb {
    if ink.dark { [0x4a, 0x55, 0x62] } else { [0xc3, 0xc9, 0xd1] }
}

/// A place to be read: a row, and its column's step; on the bars no step but now, whenever that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    layer: usize,
    step: Option<u64>,
}

impl Spot {
    /// Row and column; `None` where the picture has no such place (any more).
    pub fn cell(self, flow: &Flow) -> Option<(usize, usize)> {
        let moment = match self.step {
            Some(step) => flow.steps.iter().position(|s| *s == step)?,
            None => flow.moments().checked_sub(1)?,
        };
        (self.layer < flow.names.len()).then_some((self.layer, moment))
    }

    /// Row, step and what is known of it.
    pub fn read(self, flow: &Flow) -> Option<(usize, u64, Cell)> {
        let (layer, moment) = self.cell(flow)?;
        Some(match self.step {
            Some(step) => (layer, step, flow.cell(layer, moment)),
            None => (layer, flow.step_now()?, flow.now(layer)),
        })
    }
}

/// Places on the canvas.
pub struct Layout {
    heat: Rect,
    bars: Rect,
    row: f64,
    layers: usize,
    moments: usize,
}

impl Layout {
    /// For a canvas of this size.
    pub fn new(shown: &Shown, width: f64, height: f64) -> Layout {
        let layers = shown.labels.len().max(1);
        let grown = grown(width);
        let (left, gap) = if width < 420.0 {
            (shown.names_width().clamp(66.0, width * 0.27), 12.0)
        } else {
            (grown * shown.names_width().clamp(92.0, 150.0), 20.0)
        };
        let bars_w = ((width - left) * 0.3).clamp(70.0, 190.0);
        let (head, foot) = (HEAD_PX * grown, FOOT_PX * grown);
        let h = (height - head - foot).max(20.0);
        // Numbers at the ends of the bars need a little room to the right.
        let heat = Rect { x: left, y: head, w: (width - left - gap - bars_w - 8.0).max(20.0), h };
        let bars = Rect { x: heat.x + heat.w + gap, y: head, w: bars_w, h };
        Layout { heat, bars, row: h / layers as f64, layers, moments: shown.flow.moments() }
    }

    /// Height of what is drawn in a row; a gap stays while rows are high.
    fn thick(&self) -> f64 {
        if self.row >= 10.0 { self.row * 0.82 } else { self.row }
    }

    fn top(&self, layer: usize) -> f64 {
        self.heat.y + self.row * layer as f64 + (self.row - self.thick()) / 2.0
    }

    /// Width of a moment: narrow ones fill up from the left until there are as many as fit.
    fn column(&self) -> f64 {
        self.heat.w / self.moments.clamp(40, COLUMNS_MAX) as f64
    }

    /// What is read at a point; on the bars: what is now.
    pub fn spot_at(&self, flow: &Flow, (x, y): (f64, f64)) -> Option<Spot> {
        let layer = ((y - self.heat.y) / self.row).floor();
        if !(0.0..self.layers as f64).contains(&layer) || self.moments == 0 {
            return None;
        }
        let layer = layer as usize;
        if x >= self.bars.x {
            return Some(Spot { layer, step: None });
        }
        let moment = ((x - self.heat.x) / self.column()).floor();
        let step = *flow.steps.get(moment as usize).filter(|_| moment >= 0.0)?;
        Some(Spot { layer, step: Some(step) })
    }
}

/// Everything but the crosshair.
pub fn draw(s: &Surface, shown: &Shown, lang: Lang) {
    let at = Layout::new(shown, s.width, s.height);
    names(s, shown, &at);
    heat(s, shown, &at);
    time_axis(s, shown, &at, lang);
    bars(s, shown, &at, lang);
    if let Some(moment) = shown.flow.moment_then() {
        let x = at.heat.x + at.column() * (moment as f64 + 1.0);
        s.line((x, at.heat.y - 4.0), (x, at.heat.y + at.heat.h), &s.ink.ink, 1.0);
    }
}

/// As many names as have room.
fn names(s: &Surface, shown: &Shown, at: &Layout) {
    let every = ((s.text_px() + 2.0) / at.row).ceil().max(1.0) as usize;
    for (i, label) in shown.labels.iter().enumerate().step_by(every) {
        let label = s.fitted(label, at.heat.x - 8.0);
        s.text(&label, at.heat.x - 8.0, at.top(i) + at.thick() / 2.0, Align::End, &s.ink.dim);
    }
}

fn heat(s: &Surface, shown: &Shown, at: &Layout) {
    let (flow, n) = (&shown.flow, shown.flow.moments());
    let zero = zero_color(&s.ink);
    let mut rgba = Vec::with_capacity(4 * flow.cells.len());
    for cell in &flow.cells {
        let [r, g, b] = flow.color(*cell, s.ink.bg, zero);
        rgba.extend([r, g, b, 255]);
    }
    let w = at.column() * n as f64;
    if at.thick() == at.row {
        s.map(&rgba, n, at.layers, Rect { w, ..at.heat }, false);
        return;
    }
    for (layer, row) in rgba.chunks_exact(4 * n.max(1)).enumerate() {
        s.map(row, n, 1, Rect { x: at.heat.x, y: at.top(layer), w, h: at.thick() }, false);
    }
}

fn time_axis(s: &Surface, shown: &Shown, at: &Layout, lang: Lang) {
    let (steps, y) = (&shown.flow.steps, at.heat.y + at.heat.h + 12.0 * grown(s.width));
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return };
    let end = at.heat.x + at.column() * steps.len() as f64;
    let start = format!("{} {}", words::STEP.get(lang), number::integer(*first));
    s.text(&start, at.heat.x, y, Align::Start, &s.ink.dim);
    let text = number::integer(*last);
    let start_end = at.heat.x + s.text_width(&start);
    let w = s.text_width(&text);
    if end - w > start_end + 8.0 {
        s.text(&text, end, y, Align::End, &s.ink.dim);
    }
    if steps.len() > 2 && end - start_end > 260.0 {
        let middle = number::integer(steps[steps.len() / 2]);
        s.text(&middle, (at.heat.x + end) / 2.0, y, Align::Middle, &s.ink.dim);
    }
}

fn bars(s: &Surface, shown: &Shown, at: &Layout, lang: Lang) {
    let (flow, b) = (&shown.flow, at.bars);
    let then = flow.then.as_ref().map(|(step, _)| truth::THEN.with(lang, &[("n", &number::integer(*step))]));
    s.text(then.as_deref().unwrap_or(words::NOW.get(lang)), b.x, b.y / 2.0 - 1.0, Align::Start, &s.ink.dim);
    let mut free_from = f64::NEG_INFINITY;
    for (tick, label) in &flow.scale.ticks {
        let x = b.x + b.w * flow.scale.tick_share(*tick);
        s.line((x, b.y), (x, b.y + b.h + 3.0), &s.ink.rule, 1.0);
        let width = s.text_width(label);
        let left = (x - width / 2.0).clamp(b.x, s.width - width - 1.0);
        if left > free_from {
            s.text(label, left, b.y + b.h + 12.0 * grown(s.width), Align::Start, &s.ink.dim);
            free_from = left + width + 4.0;
        }
    }
    let color = if flow.quantity.is_gradient() { s.ink.grad.clone() } else { color::hex(color::viridis(0.45)) };
    let thin = at.thick() * if at.row >= 10.0 { 0.6 } else { 0.8 };
    for layer in 0..shown.labels.len() {
        let y = at.top(layer) + (at.thick() - thin) / 2.0;
        match flow.now(layer) {
            Cell::Value(v) => {
                let share = flow.scale.share(v).unwrap_or(0.0).clamp(0.0, 1.0);
                // A sliver even for what is off the scale's lower end: there is a gradient, however weak.
                s.fill(Rect { x: b.x, y, w: (b.w * share).max(1.5), h: thin }, &color);
            }
            Cell::Missing => {}
            mark @ (Cell::Zero | Cell::NotFinite) => {
                let rgb = if mark == Cell::Zero { zero_color(&s.ink) } else { NOT_FINITE };
                s.fill(Rect { x: b.x, y, w: 6.0, h: thin }, &color::hex(rgb));
                if at.row >= s.text_px() {
                    let (word, ink) =
                        if mark == Cell::Zero { ("0", s.ink.dim.clone()) } else { ("NaN / ∞", color::hex(rgb)) };
                    s.text(word, b.x + 10.0, y + thin / 2.0, Align::Start, &ink);
                }
            }
        }
    }
}

/// A frame around a cell, and a line through its moment; a bar is framed itself. What is pinned has a pin's head.
pub fn draw_cross(s: &Surface, shown: &Shown, spot: Spot, pinned: bool) {
    let at = Layout::new(shown, s.width, s.height);
    let Some((layer, moment)) = spot.cell(&shown.flow) else { return };
    let (x, w) = match spot.step {
        Some(_) => (at.heat.x + at.column() * moment as f64, at.column()),
        None => (at.bars.x, at.bars.w),
    };
    if spot.step.is_some() {
        s.line((x + w / 2.0, at.heat.y), (x + w / 2.0, at.heat.y + at.heat.h), &s.ink.dim, 0.5);
    }
    s.outline(Rect { x: x - 1.0, y: at.top(layer) - 0.5, w: w + 2.0, h: at.thick() + 1.0 }, &s.ink.ink, 1.2);
    if pinned {
        s.pin((if spot.step.is_some() { x + w / 2.0 } else { x }, at.top(layer)));
    }
}
