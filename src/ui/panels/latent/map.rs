//! The plane (or line) of codes: test rows as points, the decoder's pictures behind them, the prior's circles, the way between
//! two places; to be pointed at.
//!
//! Not responsible for what is beside it (`made.rs`).

use super::{class_name, written};
use crate::i18n::{coder as words, sentences};
use crate::ui::inside::codes::{Codes, Place};
use crate::ui::light::Light;
use crate::ui::panels::data::draw_picture;
use crate::ui::panels::inside::example::InsideProps;
use crate::ui::panels::output::tile::is_picture;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::{self, Marker};
use crate::ui::plots::controls::point_sample;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface, grown};
use crate::ui::same::Same;
use crate::ui::testid;
use std::f64::consts::TAU;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// How strongly the pictures behind the points are drawn.
const BEHIND: f64 = 0.65;

/// Properties of [`Map`].
#[derive(Clone, PartialEq, Properties)]
pub struct MapProps {
    pub inside: InsideProps,
    pub codes: Same<Codes>,
    /// The decoder's answers to a grid, row-major from the top left; empty where they are no pictures.
    pub grid: Same<[f32]>,
    /// Of the way.
    pub ends: [Place; 2],
    pub at: Place,
    pub pinned: Option<Place>,
    pub onpoint: Callback<Option<Place>>,
    pub onpick: Callback<Option<Place>>,
    pub onrelease: Option<Callback<()>>,
    /// Whether there is a prior.
    pub vae: bool,
}

/// From places to the canvas and back.
struct Area {
    f: Rect,
    reach: f64,
    line: bool,
}

impl Area {
    fn new((w, h): (f64, f64), codes: &Codes) -> Area {
        let grown = grown(w);
        let (left, bottom, air) = (30.0 * grown, 22.0 * grown, 6.0);
        let line = codes.width == 1;
        let side = (w - left - air).min(h - bottom - air).max(1.0);
        let (w, h) = if line { (w - left - air, h - bottom - air) } else { (side, side) };
        Area { f: Rect { x: left, y: air, w: w.max(1.0), h: h.max(1.0) }, reach: codes.reach(), line }
    }

    fn point(&self, (x, y): Place) -> (f64, f64) {
        let f = self.f;
        let across = f.w * (x / self.reach + 1.0) / 2.0;
        (f.x + across, f.y + f.h * (1.0 - y / self.reach) / 2.0)
    }

    /// The place at a point, in hundredths of the map.
    fn place(&self, (x, y): (f64, f64)) -> Option<Place> {
        let (px, py) = (2.0 * (x - self.f.x) / self.f.w - 1.0, 1.0 - 2.0 * (y - self.f.y) / self.f.h);
        let round = |v: f64| (v * 100.0).round() / 100.0 * self.reach;
        let inside = (-1.0..=1.0).contains(&px) && (-1.0..=1.0).contains(&py);
        inside.then(|| (round(px), if self.line { 0.0 } else { round(py) }))
    }
}

/// See the module.
#[component]
pub fn Map(props: &MapProps) -> Html {
    let MapProps { inside, codes, onpoint, onpick, onrelease, .. } = props.clone();
    let (lang, node) = (inside.state.page.lang, use_node_ref());
    let deps = (
        codes.clone(),
        props.grid.clone(),
        props.ends,
        props.vae,
        inside.net.clone(),
        Same(inside.state.run.data.clone()),
    );
    let base = use_callback(deps, |s: Surface, (codes, grid, ends, vae, net, data)| {
        let area = Area::new((s.width, s.height), &codes.0);
        s.ctx.save();
        s.ctx.begin_path();
        s.ctx.rect(area.f.x, area.f.y, area.f.w, area.f.h);
        s.ctx.clip();
        if is_picture(&net.data.input) {
            pictures(&s, &area, &grid.0, &net.data.input, &Light::of(&data.0));
        }
        if *vae {
            circles(&s, &area);
        }
        s.dash(&[4.0, 3.0]);
        s.line(area.point(ends[0]), area.point(ends[1]), &s.ink.ink, 1.2);
        s.dash(&[]);
        points(&s, &area, &codes.0);
        s.ctx.restore();
        axes(&s, &area);
    });
    let deps = (codes.clone(), props.at, props.pinned);
    let over = use_callback(deps, |s: Surface, (codes, at, pinned)| {
        let area = Area::new((s.width, s.height), &codes.0);
        s.marker(Marker::Circle, area.point(*at), 6.0, &s.ink.card, &s.ink.ink, 2.0);
        pinned.iter().for_each(|p| s.pin(area.point(*p)));
    });
    let find = {
        let (node, codes) = (node.clone(), codes.clone());
        move |at: (f64, f64)| {
            let canvas = node.cast::<HtmlCanvasElement>()?;
            Area::new((f64::from(canvas.client_width()), f64::from(canvas.client_height())), &codes.0).place(at)
        }
    };
    let point = find.clone();
    let onhover = onpoint.reform(move |at: Option<(f64, f64)>| at.and_then(&point));
    let onpick = onpick.reform(find);
    let name = |class: usize| class_name(&inside.net.data, class);
    let centres: Vec<String> = codes
        .centres()
        .into_iter()
        .map(|(class, at)| words::CENTRE.with(lang, &[("name", &name(class)), ("at", &written(at, codes.width))]))
        .collect();
    let rows = codes.places().count().to_string();
    let args = [("n", &*rows), ("r", &number::short(codes.reach())), ("centres", &sentences(lang, &centres))];
    let label = words::MAP_LABEL.with(lang, &args);
    let key = |(class, _): (usize, Place)| {
        html! {
            <span>{ point_sample(Marker::of_class(class), color::class(class), false) }{ name(class) }</span>
        }
    };
    let class = classes!("plot-stack", "latent-plane", (codes.width == 1).then_some("line"));
    html! {<>
        <div {class}>
            <Canvas draw={base} {node} {label} weight={3.0} testid={testid::latent("map")} />
            <Canvas draw={over} class="over pickable" weight={0.2} {onhover} {onpick} {onrelease} />
        </div>
        <p class="legend">{ for codes.centres().into_iter().map(key) }</p>
    </>}
}

/// One picture around each place of the grid.
fn pictures(s: &Surface, area: &Area, grid: &[f32], shape: &[usize], light: &Light) {
    let (size, shape) =
        (shape.iter().product::<usize>().max(1), [shape[0], shape[1], shape.get(2).copied().unwrap_or(1)]);
    let n = grid.len() / size;
    let columns = if area.line { n } else { (n as f64).sqrt().round() as usize };
    if columns == 0 {
        return;
    }
    let (w, h) = (area.f.w / columns as f64, area.f.h / (n / columns).max(1) as f64);
    let side = w.min(h);
    s.ctx.set_global_alpha(BEHIND);
    for (i, pixels) in grid.chunks_exact(size).enumerate() {
        let (x, y) = (area.f.x + w * (i % columns) as f64, area.f.y + h * (i / columns) as f64);
        let to = Rect { x: x + (w - side) / 2.0, y: y + (h - side) / 2.0, w: side, h: side };
        draw_picture(s, pixels, shape, light, to);
    }
    s.ctx.set_global_alpha(1.0);
}

/// One and two deviations of the prior.
fn circles(s: &Surface, area: &Area) {
    for sigma in [1.0, 2.0] {
        let ((x, y), (right, _)) = (area.point((0.0, 0.0)), area.point((sigma, 0.0)));
        if area.line {
            for x in [right, 2.0 * x - right] {
                s.line((x, area.f.y), (x, area.f.y + area.f.h), &s.ink.dim, 1.2);
            }
            continue;
        }
        s.ctx.begin_path();
        // Fails only for a negative radius.
        let _ = s.ctx.arc(x, y, right - x, 0.0, TAU);
        s.ctx.set_stroke_style_str(&s.ink.dim);
        s.ctx.set_line_width(1.2);
        s.ctx.stroke();
    }
}

/// The codes; on a line each class has a height of its own.
fn points(s: &Surface, area: &Area, codes: &Codes) {
    let classes = codes.labels.iter().copied().max().map_or(1, |m| usize::from(m) + 1);
    for (place, class) in codes.places() {
        let (x, mut y) = area.point(place);
        if area.line {
            y = area.f.y + area.f.h * (class.unwrap_or(0) as f64 + 0.5) / classes as f64;
        }
        let (form, rgb) = class.map_or((Marker::Circle, s.ink.zero), |c| (Marker::of_class(c), color::class(c)));
        let fill = if class.is_some() { color::hex(rgb) } else { s.ink.pos.clone() };
        s.marker(form, (x, y), 2.6, &fill, "#ffffff", 0.7);
    }
}

fn axes(s: &Surface, area: &Area) {
    let (f, axis) = (area.f, Axis::between(-area.reach, area.reach, 4));
    s.outline(f, &s.ink.rule, 1.0);
    for (tick, label) in &axis.ticks {
        let share = axis.tick_share(*tick);
        let (x, y) = (f.x + f.w * share, f.y + f.h * (1.0 - share));
        s.text(label, x, f.y + f.h + 12.0 * grown(s.width), Align::Middle, &s.ink.dim);
        if !area.line {
            s.text(label, f.x - 5.0, y.clamp(f.y + 5.0, f.y + f.h - 5.0), Align::End, &s.ink.dim);
        }
    }
}
