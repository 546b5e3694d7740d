//! Over the plane: decision regions, a regression surface or one unit's response, with the data's points and axes.
//!
//! The map and the points lie on two canvases: points change rarely, maps with every frame. Not responsible for colours
//! of numbers (`ui::plots::regions`).

use super::{is_classes, points};
use crate::i18n::{Lang, output as words};
use crate::spec::DataInfo;
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::panels::PanelProps;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::{self, Marker, Rgb};
use crate::ui::plots::controls::point_sample;
use crate::ui::plots::ink::Ink;
use crate::ui::plots::names::model_label;
use crate::ui::plots::number;
use crate::ui::plots::reading::snapped;
use crate::ui::plots::regions::{self, Scale};
use crate::ui::plots::surface::Surface;
use crate::ui::same::Same;
use crate::ui::state::State;
use crate::ui::testid;
use yew::prelude::*;

/// Layer (`None`: the input) and unit.
pub type Unit = (Option<usize>, usize);

/// Properties of [`Plane`].
#[derive(Clone, PartialEq, Properties)]
pub struct PlaneProps {
    /// The panel's own.
    pub panel: PanelProps,
    /// Show this unit instead of the output.
    pub unit: Option<Unit>,
    /// What the data are.
    pub info: DataInfo,
}

/// Numbers over the plane, and what they are.
#[derive(Clone, Debug, PartialEq)]
struct Map {
    px: usize,
    /// Numbers at each place.
    width: usize,
    v: Vec<f32>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Classes,
    Numbers(Scale),
}

impl Map {
    fn new(state: &State, unit: Option<Unit>, info: &DataInfo) -> Option<Map> {
        match unit {
            Some((None, feature)) => Some(Map::of_input(feature)),
            Some((Some(layer), unit)) => Map::of_unit(state, layer, unit),
            None => Map::of_output(state, info),
        }
    }

    /// An input as a map of itself.
    fn of_input(feature: usize) -> Map {
        let px = 64;
        let at = |i: usize| 2.0 * (i as f32 + 0.5) / px as f32 - 1.0;
        let v = (0..px * px).map(|i| if feature == 0 { at(i % px) } else { -at(i / px) }).collect();
        Map { px, width: 1, v, kind: Kind::Numbers(Scale::over(-1.0, 1.0)) }
    }

    fn of_unit(state: &State, layer: usize, unit: usize) -> Option<Map> {
        // The network's panel may have asked for a smaller one.
        let found = state.run.frame.frame.neurons().filter(|m| m.layer == layer && unit < m.shown);
        let maps = found.max_by_key(|m| m.px)?;
        let n = maps.px * maps.px;
        let v = state.run.frame.array(maps.buffer).get(unit * n..(unit + 1) * n)?.to_vec();
        let kind = Kind::Numbers(Scale::around_zero(&v));
        Some(Map { px: maps.px, width: 1, v, kind })
    }

    fn of_output(state: &State, info: &DataInfo) -> Option<Map> {
        let out = state.run.frame.frame.output()?;
        let [px, _, width] = out.shape[..] else { return None };
        let v = state.run.frame.array(out.buffer);
        if v.len() != px * px * width || v.is_empty() {
            return None;
        }
        if !is_classes(info) {
            let [low, high] = state.run.data.loaded.target_range.unwrap_or([-1.0, 1.0]);
            return Some(Map { px, width, v: v.to_vec(), kind: Kind::Numbers(Scale::over(low, high)) });
        }
        // One logistic output says the probability of class 1 only.
        let (v, width) =
            if width == 1 { (v.iter().flat_map(|p| [1.0 - p, *p]).collect(), 2) } else { (v.to_vec(), width) };
        Some(Map { px, width, v, kind: Kind::Classes })
    }

    fn pixels(&self, hard: bool, zero: Rgb) -> Vec<u8> {
        match self.kind {
            Kind::Classes => regions::classes(&self.v, self.width, hard, zero),
            Kind::Numbers(scale) => regions::values(&self.v, self.width, scale, zero),
        }
    }

    fn at(&self, x: f64, y: f64) -> Option<&[f32]> {
        let i = regions::place(x, y, self.px)? * self.width;
        self.v.get(i..i + self.width)
    }
}

/// See the module.
#[component]
pub fn Plane(props: &PlaneProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let pin = use_pin::<(f64, f64)>();
    let node = use_node_ref();
    let deps = (Same(state.run.frame.clone()), Same(state.run.data.clone()), props.unit, props.info.clone());
    let map = use_memo(deps, |(_, _, unit, info)| Map::new(state, *unit, info));
    let hard = state.view.output_view.hard;
    let draw_map = use_callback((Same(map.clone()), hard), |s: Surface, (map, hard)| {
        if let Some(map) = map.0.as_ref() {
            s.map(&map.pixels(*hard, s.ink.zero), map.px, map.px, points::frame(s.width, s.height), true);
        }
    });
    let with_classes = is_classes(&props.info);
    // Points would hide what a single unit does; its axes stay.
    let shown = props.unit.is_none().then_some(state.view.output_view.test_points);
    let deps = (Same(state.run.data.clone()), shown, with_classes, axis_names(&props.info));
    let draw_points = use_callback(deps, |s: Surface, (data, shown, with_classes, names)| {
        points::draw(&s, &data.0, *shown, *with_classes, names);
    });
    let Hands { onhover, onpick, onrelease } = {
        let kept = pin.pinned();
        pin.hands(&node, move |at, (w, h)| {
            let kept = kept.map(|k| (k, points::from_plane(k, points::frame(w, h))));
            snapped(points::to_plane(at, w, h), at, kept)
        })
    };
    let draw_pin = use_callback(pin.pinned(), |s: Surface, at| {
        at.iter().for_each(|at| s.pin(points::from_plane(*at, points::frame(s.width, s.height))));
    });
    let name = props.unit.map(|u| unit_name(u, state, &props.info, lang));
    html! {<>
        { for name.iter().map(|n| html! { <h3 class="plane-title">{ n }</h3> }) }
        <div class="plot-stack plane">
            <Canvas draw={draw_map} {node} testid={testid::OUTPUT_PLANE} label={label(props, map.as_ref().as_ref(), name.as_deref())} />
            <Canvas draw={draw_points} class="over" />
            <Canvas draw={draw_pin} class="over" weight={0.1} {onhover} {onpick} {onrelease} />
        </div>
        { for map.as_ref().as_ref().map(|m| legend(props, m)) }
        <p class="legend readout" data-testid={testid::OUTPUT_READOUT}>
            { if map.is_some() { readout(pin.at(), map.as_ref().as_ref(), props) } else { words::WAITING.get(lang).into() } }
            { " " }{ pin.mark(testid::OUTPUT_PLANE, lang) }
        </p>
    </>}
}

fn unit_name((layer, unit): Unit, state: &State, info: &DataInfo, lang: Lang) -> String {
    match layer {
        None => words::FEATURE.with(lang, &[("name", info.feature_names.get(unit).map_or("", |n| n))]),
        Some(layer) => {
            let name = model_label(&state.edit.experiment.model.value_name(layer), &state.edit.experiment.model, lang);
            words::UNIT.with(lang, &[("layer", &name), ("unit", &(unit + 1).to_string())])
        }
    }
}

/// What the two inputs are called, as in the network's picture.
fn axis_names(info: &DataInfo) -> [String; 2] {
    [0, 1].map(|i| info.feature_names.get(i).cloned().unwrap_or_else(|| format!("x{}", i + 1)))
}

fn class_word(info: &DataInfo, class: usize, lang: Lang) -> String {
    let name = info.class_names.get(class).cloned().unwrap_or_else(|| class.to_string());
    words::CLASS.with(lang, &[("name", &name)])
}

/// The picture in words.
fn label(props: &PlaneProps, map: Option<&Map>, name: Option<&str>) -> String {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let Some(map) = map else { return words::WAITING.get(lang).into() };
    let points = number::integer(state.run.data.y.len() as u64);
    match map.kind {
        Kind::Classes => {
            let shares = regions::shares(&map.v, map.width).into_iter().enumerate();
            let shares = shares.map(|(c, s)| format!("{} {}", class_word(&props.info, c, lang), number::percent(s)));
            words::PLANE_LABEL.with(lang, &[("shares", &shares.collect::<Vec<_>>().join(", ")), ("points", &points)])
        }
        Kind::Numbers(_) => {
            let values = map.v.iter().step_by(map.width).map(|v| f64::from(*v));
            let (low, high) = crate::ui::plots::axis::extent(values).unwrap_or((f64::NAN, f64::NAN));
            let (low, high) = (number::short(low), number::short(high));
            let text = if name.is_some() { words::UNIT_LABEL } else { words::SURFACE_LABEL };
            text.with(lang, &[("name", name.unwrap_or("")), ("low", &low), ("high", &high), ("points", &points)])
        }
    }
}

fn readout(at: Option<(f64, f64)>, map: Option<&Map>, props: &PlaneProps) -> String {
    let lang = props.panel.state.page.lang;
    let Some(((x, y), v)) = at.and_then(|(x, y)| Some(((x, y), map?.at(x, y)?))) else {
        return words::HOVER_HINT.get(lang).into();
    };
    let said = match (map.map(|m| m.kind), props.unit) {
        (Some(Kind::Classes), _) => {
            let (best, p) = regions::winner(v);
            let name = props.info.class_names.get(best).cloned().unwrap_or_else(|| best.to_string());
            words::READ_CLASS.with(lang, &[("name", &name), ("p", &number::percent(f64::from(p)))])
        }
        (_, unit) => {
            let text = if unit.is_some() { words::READ_UNIT } else { words::READ_VALUE };
            text.with(lang, &[("v", &number::short(f64::from(v[0])))])
        }
    };
    let [a, b] = axis_names(&props.info);
    format!("{a} {}   {b} {}   {said}", number::fixed(x, 2), number::fixed(y, 2))
}

/// The colour scale with its range, and what the points are.
fn legend(props: &PlaneProps, map: &Map) -> Html {
    let (state, lang, ink) = (&props.panel.state, props.panel.state.page.lang, Ink::now());
    let ramp = |strength: f32| {
        let stop = |i: i32| color::hex(color::diverging(strength * (i as f32 / 4.0 - 1.0), ink.zero));
        let stops: Vec<String> = (0..=8).map(stop).collect();
        html! { <i class="ramp" style={format!("background: linear-gradient(90deg, {})", stops.join(", "))}></i> }
    };
    let hard = state.view.output_view.hard;
    let name = |c: usize| class_word(&props.info, c, lang);
    let sample = |c: usize| point_sample(Marker::of_class(c), color::class(c), false);
    let scale = match map.kind {
        Kind::Classes if map.width == 2 && !hard => html! {
            <span>{ sample(0) }{ name(0) }{ ramp(regions::REGION_STRENGTH) }{ name(1) }{ sample(1) }</span>
        },
        Kind::Classes => {
            let one = |c: usize| html! { <span>{ sample(c) }{ name(c) }</span> };
            let fade = format!("background: linear-gradient(90deg, {}, {})", color::hex(ink.zero), ink.dim);
            html! {<>
                { for (0..map.width).map(one) }
                if !hard {
                    <span>{ words::UNSURE.get(lang) }<i class="ramp short" style={fade}></i>{ words::SURE.get(lang) }</span>
                }
            </>}
        }
        Kind::Numbers(s) => html! {
            <span>{ number::short(f64::from(s.low)) }{ ramp(1.0) }{ number::short(f64::from(s.high)) }</span>
        },
    };
    let dim = color::parse_hex(&ink.dim).unwrap_or([128; 3]);
    let show_points = props.unit.is_none();
    let test_sample = match map.kind {
        Kind::Classes => point_sample(Marker::Circle, dim, true),
        Kind::Numbers(_) => point_sample(points::TEST_NUMBER, dim, false),
    };
    html! {
        <p class="legend">
            { scale }
            if show_points {
                <span class="at-end">{ point_sample(Marker::Circle, dim, false) }{ words::TRAIN.get(lang) }
                    if state.view.output_view.test_points { { test_sample }{ words::TEST.get(lang) } }
                </span>
            }
        </p>
    }
}
