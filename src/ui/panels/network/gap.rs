//! Connections between two columns: a curve per weight, its width and strength the weight's size, its colour the sign.
//!
//! Not responsible for editing a weight (`weights.rs`).

use super::live::Param;
use crate::i18n::{Lang, network as words};
use crate::ui::netmap::edges::{self, Edge};
use crate::ui::netmap::layout::Column;
use crate::ui::netmap::robust_max;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::surface::Surface;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// What runs through a gap.
#[derive(Clone, Debug, PartialEq)]
pub enum Wires {
    /// A weight each.
    Weights(Param),
    /// Weights that have not arrived yet.
    Waiting,
    /// One line per unit.
    OneToOne,
    /// Everything to everything, or shapes that are no row of units.
    Ribbon,
}

/// Which connections stand out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Focus {
    /// The picked or hovered one, `(from, to)`.
    pub edge: Option<(usize, usize)>,
    /// Those out of this unit.
    pub from: Option<usize>,
    /// Those into this unit.
    pub to: Option<usize>,
}

impl Focus {
    fn dims(&self, e: &Edge) -> bool {
        self.from.is_some_and(|u| u != e.from) || self.to.is_some_and(|u| u != e.to)
    }
}

/// A connection under the pointer: into which layer, which, and where in the strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At {
    /// Layer that the weight belongs to.
    pub layer: usize,
    /// The connection.
    pub edge: Edge,
    /// Pointer, in the strip.
    pub x: f64,
    /// Pointer, in the strip.
    pub y: f64,
}

/// Properties of [`Gap`].
#[derive(Clone, PartialEq, Properties)]
pub struct GapProps {
    /// Left column.
    pub from: Column,
    /// Right column.
    pub to: Column,
    /// Layer that the connections belong to.
    pub layer: usize,
    /// What runs here.
    pub wires: Wires,
    /// Most curves to draw.
    pub max: usize,
    /// What stands out.
    pub focus: Focus,
    /// Name of the right layer, for the label.
    pub name: AttrValue,
    /// Language of the label.
    pub lang: Lang,
    /// A connection is under the pointer.
    pub onhover: Callback<Option<At>>,
    /// A connection was clicked.
    pub onpick: Callback<At>,
}

/// Widths and strengths in steps, so that few strokes draw many curves.
const STEPS: usize = 8;

/// What one curve costs to paint.
const CURVE_MS: f64 = 0.01;

/// See the module.
#[component]
pub fn Gap(props: &GapProps) -> Html {
    let GapProps { from, to, wires, focus, layer, .. } = props;
    let found =
        use_memo((wires.clone(), from.shown, to.shown, props.max), |(wires, shown_in, shown_out, max)| match wires {
            Wires::Weights(p) => {
                let n_in = p.shape.get(1).copied().unwrap_or(0);
                Some((edges::strongest(&p.values, n_in, *shown_in, *shown_out, *max).0, robust_max(&p.values)))
            }
            Wires::Waiting | Wires::OneToOne | Wires::Ribbon => None,
        });
    let place = use_memo((from.clone(), to.clone()), |(from, to)| Place::new(from, to));
    let draw = use_callback(
        (found.clone(), place.clone(), wires.clone(), *focus),
        |s: Surface, (found, place, wires, focus)| {
            draw(&s, found.as_ref().as_ref(), place, wires, focus);
        },
    );
    let label =
        use_memo((found.clone(), props.name.clone(), props.lang), |(found, name, lang)| describe(found, name, *lang));
    let find = {
        let (found, place, layer) = (found.clone(), place.clone(), *layer);
        Rc::new(move |(x, y): (f64, f64)| {
            let (all, _) = found.as_ref().as_ref()?;
            let edge =
                edges::nearest(all, x / place.w, y + place.y, |u| place.from.anchor_y(u), |u| place.to.anchor_y(u))?;
            Some(At { layer, edge, x: x + place.x, y: y + place.y })
        })
    };
    let onhover = {
        let (find, emit) = (find.clone(), props.onhover.clone());
        Callback::from(move |p: Option<(f64, f64)>| emit.emit(p.and_then(|p| find(p))))
    };
    let onpick = {
        let emit = props.onpick.clone();
        Callback::from(move |p| {
            if let Some(at) = find(p) {
                emit.emit(at);
            }
        })
    };
    let live = matches!(wires, Wires::Weights(_));
    let weight = found.as_ref().as_ref().map_or(0.5, |(all, _)| 0.5 + all.len() as f64 * CURVE_MS);
    let style = format!("left:{}px;top:{}px;width:{}px;height:{}px", place.x, place.y, place.w, place.h);
    let class = classes!("net-gap", live.then_some("net-pickable"));
    html! {
        <Canvas {draw} label={(*label).clone()} {class} {style} {weight} testid={testid::edges(*layer)}
            onhover={live.then_some(onhover)} onpick={live.then_some(onpick)} />
    }
}

/// The gap's rectangle in the strip, with its two columns.
struct Place {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    from: Column,
    to: Column,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.from == other.from && self.to == other.to
    }
}

impl Place {
    fn new(from: &Column, to: &Column) -> Place {
        let y = from.top.min(to.top) - 2.0;
        let bottom = (from.top + from.body_h()).max(to.top + to.body_h()) + 2.0;
        let (x, right) = (from.body_right() + 1.0, to.body_x - 1.0);
        Place { x, y, w: (right - x).max(1.0), h: bottom - y, from: from.clone(), to: to.clone() }
    }

    /// Adds the curve from unit `a` to unit `b` to the path.
    fn curve(&self, s: &Surface, a: usize, b: usize) {
        let (y0, y1) = (self.from.anchor_y(a) - self.y, self.to.anchor_y(b) - self.y);
        let mid = self.w / 2.0;
        s.ctx.move_to(0.0, y0);
        s.ctx.bezier_curve_to(mid, y0, mid, y1, self.w, y1);
    }
}

fn describe(found: &Option<(Vec<Edge>, f32)>, name: &str, lang: Lang) -> AttrValue {
    let Some((last, n)) = found.as_ref().and_then(|(all, _)| Some((all.last()?, all.len()))) else { return "".into() };
    let unit = |u: usize| words::UNIT.with(lang, &[("u", &(u + 1).to_string())]);
    let (n, w) = (n.to_string(), number::short(f64::from(last.weight)));
    let (from, to) = (unit(last.from), unit(last.to));
    words::EDGES_LABEL.with(lang, &[("n", &n), ("layer", name), ("w", &w), ("from", &from), ("to", &to)]).into()
}

fn draw(s: &Surface, found: Option<&(Vec<Edge>, f32)>, place: &Place, wires: &Wires, focus: &Focus) {
    match (wires, found) {
        (Wires::Weights(_), Some((all, max))) => curves(s, all, *max, place, focus),
        (Wires::OneToOne, _) => {
            s.ctx.begin_path();
            (0..place.from.shown.min(place.to.shown)).for_each(|u| place.curve(s, u, u));
            stroke(s, &s.ink.dim, 1.0, 0.45);
        }
        (Wires::Ribbon, _) => ribbon(s, place),
        (Wires::Waiting | Wires::Weights(_), _) => {}
    }
}

fn curves(s: &Surface, all: &[Edge], max: f32, place: &Place, focus: &Focus) {
    // A thousand curves at full strength are a grey block.
    let crowd = (200.0 / all.len().max(1) as f64).sqrt().clamp(0.45, 1.0);
    let step_of = |e: &Edge| ((e.weight.abs() / max).min(1.0) * (STEPS - 1) as f32).round() as usize;
    let mut rest = all;
    // Weakest first, so every step is one run of the list.
    while let Some(first) = rest.first() {
        let step = step_of(first);
        let end = rest.iter().position(|e| step_of(e) != step).unwrap_or(rest.len());
        let (run, later) = rest.split_at(end);
        rest = later;
        let size = step as f64 / (STEPS - 1) as f64;
        for (positive, dim) in [(false, true), (true, true), (false, false), (true, false)] {
            s.ctx.begin_path();
            let mut any = false;
            for e in run.iter().filter(|e| (e.weight >= 0.0) == positive && focus.dims(e) == dim) {
                place.curve(s, e.from, e.to);
                any = true;
            }
            if any {
                let color = if positive { &s.ink.pos } else { &s.ink.neg };
                let alpha = if dim { 0.07 } else { (0.18 + 0.72 * size) * crowd };
                stroke(s, color, 0.5 + 2.9 * size * crowd, alpha);
            }
        }
    }
    if let Some(e) = focus.edge.and_then(|(from, to)| all.iter().find(|e| (e.from, e.to) == (from, to))) {
        s.ctx.begin_path();
        place.curve(s, e.from, e.to);
        let size = f64::from((e.weight.abs() / max).min(1.0));
        stroke(s, &s.ink.ink, 4.5 + 2.9 * size, 0.9);
        stroke(s, if e.weight >= 0.0 { &s.ink.pos } else { &s.ink.neg }, 2.0 + 2.9 * size, 1.0);
    }
}

/// A band from all of one column to all of the other.
fn ribbon(s: &Surface, place: &Place) {
    let ends = |c: &Column| (c.top - place.y, c.top + c.body_h() - place.y);
    let ((a0, a1), (b0, b1)) = (ends(&place.from), ends(&place.to));
    let mid = place.w / 2.0;
    s.ctx.begin_path();
    s.ctx.move_to(0.0, a0);
    s.ctx.bezier_curve_to(mid, a0, mid, b0, place.w, b0);
    s.ctx.line_to(place.w, b1);
    s.ctx.bezier_curve_to(mid, b1, mid, a1, 0.0, a1);
    s.ctx.close_path();
    s.ctx.set_global_alpha(0.6);
    s.ctx.set_fill_style_str(&s.ink.rule);
    s.ctx.fill();
    s.ctx.set_global_alpha(1.0);
}

fn stroke(s: &Surface, color: &str, width: f64, alpha: f64) {
    s.ctx.set_global_alpha(alpha);
    s.ctx.set_stroke_style_str(color);
    s.ctx.set_line_width(width);
    s.ctx.stroke();
    s.ctx.set_global_alpha(1.0);
}
