//! The lines of the profile: which there are, how they are drawn, and what they say under the pointer.
//!
//! Not responsible for axes and canvases (`ui::plots`).

use super::super::layer_name;
use super::Shown;
use crate::i18n::{Lang, Text, lab as words};
use crate::ui::plots::axis::Axis;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::ink::Ink;
use crate::ui::plots::number;
use crate::ui::plots::series;
use crate::ui::plots::surface::{Align, Surface};
use crate::ui::rooms::lab::profile::{Now, Theory};
use yew::prelude::*;

/// A measured line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Gradient at a layer's outputs.
    DActivation,
    /// Gradient of its parameters.
    DParams,
    /// Its outputs.
    Activation,
    /// How far a step moves its parameters.
    Update,
}

impl Line {
    /// All, the most important first.
    pub const ALL: [Line; 4] = [Line::DActivation, Line::DParams, Line::Activation, Line::Update];

    fn of(self, now: &Now) -> Option<f32> {
        match self {
            Line::DActivation => now.d_activation,
            Line::DParams => now.d_params,
            Line::Activation => now.activation,
            Line::Update => now.update,
        }
    }

    /// The numbers, layer by layer.
    pub fn values(self, now: &[Now]) -> Vec<Option<f64>> {
        now.iter().map(|n| self.of(n).map(f64::from)).collect()
    }

    /// What it is called.
    pub fn word(self) -> Text {
        match self {
            Line::DActivation => words::D_ACTIVATION,
            Line::DParams => words::D_PARAMS,
            Line::Activation => words::ACTIVATION,
            Line::Update => words::UPDATE,
        }
    }

    /// The sign at the end of the line.
    fn sign(self) -> &'static str {
        match self {
            Line::DActivation => "∂a",
            Line::DParams => "∂θ",
            Line::Activation => "a",
            Line::Update => "Δθ",
        }
    }

    /// Gradients are magenta, magnitudes viridis, steps the page's ink.
    fn rgb(self, ink: &Ink) -> Rgb {
        let page = |css: &str| color::parse_hex(css).unwrap_or([0x68, 0x72, 0x7f]);
        match self {
            Line::DActivation => page(&ink.grad),
            Line::DParams => color::mix(page(&ink.grad), ink.bg, 0.45),
            Line::Activation => color::viridis(0.5),
            Line::Update => page(&ink.dim),
        }
    }
}

fn pieces(values: &[Option<f64>]) -> Vec<Vec<(f64, f64)>> {
    let points: Vec<_> = values.iter().enumerate().map(|(l, v)| ((l + 1) as f64, v.unwrap_or(f64::NAN))).collect();
    series::pieces(&points, |y| (y > 0.0 && y.is_finite()).then(|| y.log10())).0
}

fn x_axis(shown: &Shown) -> Axis {
    let last = (shown.now.len() as f64).max(2.0);
    layer_axis(last)
}

/// Layers from 1, whole numbers only.
pub fn layer_axis(last: f64) -> Axis {
    let mut axis = Axis::between(1.0, last, 6);
    axis.ticks.retain(|t| t.0.fract() == 0.0);
    axis.ticks.iter_mut().for_each(|t| t.1 = number::integer(t.0 as u64));
    axis
}

/// Everything but the crosshair.
pub fn draw(s: &Surface, shown: &Shown) {
    let mut strokes = Vec::new();
    for line in Line::ALL.iter().rev() {
        let width_px = if *line == Line::DActivation { 2.4 } else { 1.6 };
        let pieces = pieces(&line.values(&shown.now));
        strokes.push(Stroke { pieces, rgb: line.rgb(&s.ink), alpha: 1.0, width_px, dashed: false });
    }
    let later = shown.step > 1;
    for line in [Line::DActivation, Line::Activation].iter().filter(|_| later) {
        let pieces = pieces(&line.values(&shown.first));
        strokes.push(Stroke { pieces, rgb: line.rgb(&s.ink), alpha: 0.4, width_px: 1.0, dashed: false });
    }
    if let Ok(t) = &*shown.theory {
        let ink = color::parse_hex(&s.ink.ink).unwrap_or([0, 0, 0]);
        for predicted in [&t.d_activation, &t.activation] {
            let values: Vec<_> = predicted.iter().map(|v| Some(*v)).collect();
            strokes.push(Stroke { pieces: pieces(&values), rgb: ink, alpha: 0.85, width_px: 1.2, dashed: true });
        }
    }
    let x = x_axis(shown);
    if let Err(message) =
        chart::draw(s, &x, &shown.y, words::LAYER.get(shown.lang), words::SIZE.get(shown.lang), &strokes)
    {
        return s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
    }
    signs(s, shown, &x);
}

/// The lines' signs, near the input where they part most, none upon another.
fn signs(s: &Surface, shown: &Shown, x: &Axis) {
    let plot = chart::plot_rect(s.width, s.height);
    let at = shown.now.len() / 8;
    let place = |l: &Line| {
        let v = l.values(&shown.now).get(at).copied().flatten()?;
        let y = shown.y.share(v).filter(|y| (-0.02..=1.02).contains(y))?;
        Some((*l, plot.y + plot.h * (1.0 - y) - 9.0))
    };
    let mut all: Vec<(Line, f64)> = Line::ALL.iter().filter_map(place).collect();
    crate::spec::order::sort_by(&mut all, |a, b| a.1.total_cmp(&b.1));
    let mut free = f64::NEG_INFINITY;
    let left = plot.x + plot.w * x.share((at + 1) as f64).unwrap_or(0.0);
    for (line, y) in all {
        let y = y.max(free);
        s.text_on_lines(line.sign(), left + 6.0, y, Align::Start, &color::hex(line.rgb(&s.ink)));
        free = y + 13.0;
    }
}

/// A line through the layer that is read, with its points.
pub fn draw_cross(s: &Surface, shown: &Shown, layer: usize, pinned: bool) {
    let plot = chart::plot_rect(s.width, s.height);
    let Some(share) = x_axis(shown).share((layer + 1) as f64) else { return };
    let x = plot.x + plot.w * share;
    s.line((x, plot.y), (x, plot.y + plot.h), &s.ink.dim, 1.0);
    if pinned {
        s.pin((x, plot.y));
    }
    for line in Line::ALL {
        let value = line.values(&shown.now).get(layer).copied().flatten();
        if let Some(y) = value.and_then(|v| shown.y.share(v)).filter(|y| (-0.01..=1.01).contains(y)) {
            let rgb = color::hex(line.rgb(&s.ink));
            s.marker(color::Marker::Circle, (x, plot.y + plot.h * (1.0 - y)), 3.5, &rgb, &s.ink.card, 1.0);
        }
    }
}

/// Theory's numbers of a layer: gradient and outputs.
pub fn predicted(shown: &Shown, layer: usize) -> (Option<f64>, Option<f64>) {
    let of = |f: fn(&Theory) -> &Vec<f64>| Result::as_ref(&shown.theory).ok().and_then(|t| f(t).get(layer)).copied();
    (of(|t| &t.d_activation), of(|t| &t.activation))
}

/// A layer's numbers in words.
pub fn readout(shown: &Shown, layer: usize) -> String {
    let lang = shown.lang;
    let theory = predicted(shown, layer);
    let value = |line: &Line| {
        let v = line.values(&shown.now).get(layer).copied().flatten()?;
        let predicted = match line {
            Line::DActivation => theory.0,
            Line::Activation => theory.1,
            Line::DParams | Line::Update => None,
        };
        let beside =
            predicted.map_or(String::new(), |t| format!(" ({} {})", words::THEORY.get(lang), number::short(t)));
        Some(format!("{} {}{beside}", line.sign(), number::short(v)))
    };
    let values = Line::ALL.iter().filter_map(value).collect::<Vec<_>>().join(" · ");
    words::READ.with(lang, &[("layer", &layer_name(layer, shown.now.len(), lang)), ("values", &values)])
}

/// What the lines are.
pub fn legend(lang: Lang) -> Html {
    let ink = Ink::now();
    let entry = |line: &Line| {
        let rgb = color::hex(line.rgb(&ink));
        html! { <span>{ line_sample(rgb.into(), false) }<b>{ line.sign() }</b>{ line.word().get(lang) }</span> }
    };
    html! {
        <p class="legend">
            { for Line::ALL.iter().map(entry) }
            <span>{ line_sample("var(--ink)".into(), true) }{ words::THEORY.get(lang) }</span>
            <span class="lab-faint">{ line_sample("var(--grad)".into(), false) }{ words::AT_FIRST.get(lang) }</span>
        </p>
    }
}
