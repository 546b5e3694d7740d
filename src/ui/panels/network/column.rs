//! One column's units on a canvas: each a picture of its inside, to hover and to click.
//!
//! Not responsible for the card above (`card.rs`) nor for the enlarged picture (`look.rs`).

use super::live::{Arr, Channels, Maps, Param};
use super::tiles::{self, Grid, Ramp};
use crate::i18n::{Lang, network as words};
use crate::ui::light::Light;
use crate::ui::netmap::layout::{Column, Picture};
use crate::ui::netmap::robust_max;
use crate::ui::panels::data::draw_picture;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// What there is to see in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Inside {
    /// Nothing yet, or nothing at all.
    Nothing,
    /// Responses over the plane.
    Maps(Maps),
    /// Incoming weights, one row per unit.
    Weights(Param),
    /// What an example makes of the layer.
    Channels(Channels),
    /// The whole input of one example.
    Sample(Arr, Light),
    /// Names of input features.
    Names(Rc<Vec<String>>),
    /// A shape with too many values to draw one by one.
    Shape(Rc<str>),
}

impl Inside {
    /// Numbers of one unit and how they are laid out, if its picture is made of numbers.
    pub fn unit(&self, u: usize, picture: Picture) -> Option<(&[f32], Grid)> {
        match self {
            Inside::Maps(m) => {
                let v = m.unit(u);
                (!v.is_empty()).then_some((v, Grid { cols: m.px, rows: m.px, channels: 1, smooth: true }))
            }
            Inside::Weights(p) => {
                let n = *p.shape.get(1)?;
                let row = p.values.get(u * n..(u + 1) * n)?;
                let grid = match picture {
                    Picture::Weights([h, w, c]) if h * w * c == n => {
                        Grid { cols: w, rows: h, channels: c, smooth: false }
                    }
                    _ => Grid { cols: n, rows: 1, channels: 1, smooth: false },
                };
                Some((row, grid))
            }
            Inside::Channels(c) => {
                let (cols, rows, n) = match picture {
                    Picture::Channel([h, w]) => (w, h, h * w),
                    Picture::Times([channels, steps]) => (steps, channels, channels * steps),
                    _ => return None,
                };
                let values = c.values.get(u * n..(u + 1) * n)?;
                Some((values, Grid { cols, rows, channels: 1, smooth: false }))
            }
            Inside::Nothing | Inside::Sample(..) | Inside::Names(_) | Inside::Shape(_) => None,
        }
    }

    /// All numbers that share one colour scale.
    pub fn all(&self) -> &[f32] {
        match self {
            Inside::Maps(m) => &m.values,
            Inside::Weights(p) => &p.values,
            Inside::Channels(c) => &c.values,
            Inside::Sample(a, _) => a,
            Inside::Nothing | Inside::Names(_) | Inside::Shape(_) => &[],
        }
    }
}

/// Properties of [`Units`].
#[derive(Clone, PartialEq, Properties)]
pub struct UnitsProps {
    /// Where the column stands.
    pub column: Column,
    /// What is inside.
    pub inside: Inside,
    /// Outlined unit.
    pub marked: Option<usize>,
    /// Name of the layer, for the label.
    pub name: AttrValue,
    /// Language of the label.
    pub lang: Lang,
    /// A unit is under the pointer: column (0 is the input) and unit.
    pub onhover: Callback<Option<(usize, usize)>>,
    /// A unit was clicked.
    pub onpick: Callback<(usize, usize)>,
}

/// Room around the tiles for outlines.
const EDGE: f64 = 3.0;

/// What one tile costs to paint.
const TILE_MS: f64 = 0.08;

/// See the module.
#[component]
pub fn Units(props: &UnitsProps) -> Html {
    let UnitsProps { column, inside, marked, name, lang, .. } = props;
    let draw = use_callback((column.clone(), inside.clone(), *marked), |s: Surface, (c, inside, marked)| {
        draw(&s, c, inside, *marked);
    });
    let label = use_memo((inside.clone(), name.clone(), column.units, *lang), |(inside, name, units, lang)| {
        describe(inside, name, *units, *lang)
    });
    let at = column.layer.map_or(0, |l| l + 1);
    let place = column.clone();
    let unit_at = Rc::new(move |(x, y): (f64, f64)| place.unit_at(x + place.body_x - EDGE, y + place.top - EDGE));
    let pickable = column.picture.is_units();
    let onhover = {
        let (unit_at, emit) = (unit_at.clone(), props.onhover.clone());
        Callback::from(move |p: Option<(f64, f64)>| emit.emit(p.and_then(|p| unit_at(p)).map(|u| (at, u))))
    };
    let onpick = {
        let emit = props.onpick.clone();
        Callback::from(move |p| {
            if let Some(u) = unit_at(p) {
                emit.emit((at, u));
            }
        })
    };
    let (w, h) = (column.body_w + 2.0 * EDGE, column.body_h() + 2.0 * EDGE);
    let style = format!("left:{}px;top:{}px;width:{w}px;height:{h}px", column.body_x - EDGE, column.top - EDGE);
    let testid = testid::units(&column.layer.map_or("input".to_string(), |l| l.to_string()));
    html! {
        <Canvas {draw} label={(*label).clone()} class={classes!("net-units", pickable.then_some("net-pickable"))} {style} {testid}
            weight={0.3 + column.shown as f64 * TILE_MS} onhover={pickable.then_some(onhover)} onpick={pickable.then_some(onpick)} />
    }
}

fn describe(inside: &Inside, name: &str, units: usize, lang: Lang) -> AttrValue {
    let all = inside.all();
    if let Inside::Names(names) = inside {
        return format!("{name}: {}", names.join(", ")).into();
    }
    if let Inside::Shape(shape) = inside {
        return format!("{name}: {shape}").into();
    }
    let (low, high) = range(all);
    let n = units.to_string();
    let (min, max) = (number::short(low), number::short(high));
    if all.is_empty() {
        return format!("{name}: {n}").into();
    }
    words::UNITS_LABEL.with(lang, &[("n", &n), ("layer", name), ("min", &min), ("max", &max)]).into()
}

/// Smallest and largest finite value.
pub fn range(values: &[f32]) -> (f64, f64) {
    let finite = values.iter().filter(|v| v.is_finite());
    let (low, high) = finite.fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
    if low > high { (0.0, 0.0) } else { (f64::from(low), f64::from(high)) }
}

fn draw(s: &Surface, c: &Column, inside: &Inside, marked: Option<usize>) {
    let ramp = Ramp::new(s.ink.zero);
    let max = robust_max(inside.all());
    for u in 0..c.shown {
        let (x, y) = c.tile_at(u);
        let at = Rect { x: x - c.body_x + EDGE, y: y - c.top + EDGE, w: c.tile.0, h: c.tile.1 };
        match (inside, inside.unit(u, c.picture)) {
            (_, Some((values, grid))) => tiles::tile(s, values, grid, at, &ramp, max),
            (Inside::Sample(values, light), None) => sample(s, values, light, c.picture, at),
            (Inside::Shape(shape), None) => feature(s, shape, at),
            (Inside::Names(names), None) => feature(s, names.get(u).map_or("", |n| n), at),
            (Inside::Nothing | Inside::Maps(_) | Inside::Weights(_) | Inside::Channels(_), None) => tiles::blank(s, at),
        }
        if marked == Some(u) {
            tiles::frame(s, Rect { x: at.x - 1.5, y: at.y - 1.5, w: at.w + 3.0, h: at.h + 3.0 }, 5.0, &s.ink.ink, 2.0);
        }
    }
}

/// A named input: a quiet cell with its name.
fn feature(s: &Surface, name: &str, at: Rect) {
    tiles::blank(s, at);
    s.text(&s.fitted(name, at.w - 8.0), at.x + at.w / 2.0, at.y + at.h / 2.0 + 0.5, Align::Middle, &s.ink.ink);
}

/// An example's picture as the data panel shows it.
fn sample(s: &Surface, values: &[f32], light: &Light, picture: Picture, at: Rect) {
    let Picture::Sample(shape) = picture else { return };
    draw_picture(s, values, shape, light, at);
    tiles::frame(s, at, 3.0, &s.ink.rule, 1.0);
}
