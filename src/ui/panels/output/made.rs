//! What networks make of noise: points in the plane beside the real ones, with the discriminator's field behind them;
//! pictures as tiles.
//!
//! Not responsible for what is computed (`worker::show::part`).

mod mesh;
mod opinion;
mod scores;

use super::points;
use super::tile::Tile;
use crate::i18n::{Lang, made as words, sentences};
use crate::protocol::{FrameRequest, Named, PartRequest, PartRows, Want};
use crate::spec::model::PartName;
use crate::spec::tasks::GanLoss;
use crate::spec::{DataInfo, TaskKind};
use crate::ui::light::Light;
use crate::ui::panels::PanelProps;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::{self, Marker};
use crate::ui::plots::controls::check;
use crate::ui::plots::number;
use crate::ui::plots::surface::Surface;
use crate::ui::same::Same;
use crate::ui::state::State;
use crate::ui::testid;
use opinion::Opinion;
use std::rc::Rc;
use yew::prelude::*;

/// Points made at once.
const POINTS: usize = 200;
/// Pictures shown at once.
const PICTURES: usize = 16;
/// Pictures that flow at once: each takes as many passes as there are steps.
const FLOWING: usize = 8;
/// Places a side of the discriminator's field.
const FIELD: usize = 48;
/// Rows whose scores are counted, real and made.
const SCORED: usize = 300;
/// The outermost places: the middles of the outermost cells of the square from −1 to 1.
const HALF: f32 = 1.0 - 1.0 / FIELD as f32;

/// What a learner chose to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Seed of the noise.
    pub seed: u32,
    /// Real points.
    pub real: bool,
    /// Made points.
    pub made: bool,
    /// The generator as a warped mesh.
    pub mesh: bool,
    /// The field behind points.
    pub field: bool,
    /// Where made points are pushed.
    pub push: bool,
}

impl Default for Chosen {
    fn default() -> Self {
        Chosen { seed: 1, real: true, made: true, mesh: true, field: true, push: true }
    }
}

/// What must be computed.
pub fn wants(state: &State, info: &DataInfo, chosen: Chosen) -> FrameRequest {
    let part = |part, rows| Want::Part(PartRequest { part, rows });
    let (plane, seed) = (info.plane, chosen.seed);
    let list = match state.edit.experiment.task.kind {
        TaskKind::Gan(_) if plane => {
            let field = part(PartName::Discriminator, PartRows::Grid { side: FIELD, half: HALF });
            let made = part(PartName::Generator, PartRows::Noise { n: POINTS, seed });
            let mesh = part(PartName::Generator, mesh::ROWS);
            let more = [(chosen.field, field), (chosen.mesh, mesh), (chosen.push, Want::Pushed)];
            let more = more.into_iter().filter(|(on, _)| *on).map(|(_, w)| w);
            std::iter::once(made).chain(more).chain(scored(seed)).collect()
        }
        TaskKind::Gan(_) => {
            let made = part(PartName::Generator, PartRows::Noise { n: PICTURES, seed });
            std::iter::once(made).chain(scored(seed)).collect()
        }
        TaskKind::Diffusion(_) => vec![Want::Flow { n: if plane { POINTS } else { FLOWING }, seed }],
        TaskKind::Classification
        | TaskKind::Regression
        | TaskKind::LanguageModel
        | TaskKind::Autoencoder(_)
        | TaskKind::Vae(_)
        | TaskKind::Several(_)
        | TaskKind::Rotation
        | TaskKind::Contrastive(_) => Vec::new(),
    };
    FrameRequest::of(list)
}

/// Scores of real rows and of made ones.
fn scored(seed: u32) -> [Want; 2] {
    [PartRows::Test { n: SCORED }, PartRows::Made { n: SCORED, seed }]
        .map(|rows| Want::Part(PartRequest { part: PartName::Discriminator, rows }))
}

/// Numbers by name, from the latest frame.
fn numbers(state: &State, named: &Named) -> Rc<[f32]> {
    state.run.frame.array(named.buffer).into()
}

/// Properties of [`Made`].
#[derive(Clone, PartialEq, Properties)]
pub struct MadeProps {
    /// The panel's own.
    pub panel: PanelProps,
    /// What the data are.
    pub info: DataInfo,
    /// What is to be seen.
    pub chosen: Chosen,
    /// Chooses something else.
    pub choose: Callback<Chosen>,
}

/// See the module.
#[component]
pub fn Made(props: &MadeProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let at = use_state_eq(|| None::<usize>);
    let scene = Scene::of(state, *at);
    let Some(scene) = scene else {
        return html! { <div class="plot-stack plane"><p class="plot-empty">{ words::WAITING.get(lang) }</p></div> };
    };
    let label = scene.said(state, lang);
    let body = if props.info.plane {
        html! { <Points panel={props.panel.clone()} scene={Rc::new(scene.clone())} label={label.clone()} chosen={props.chosen} /> }
    } else {
        pictures(props, &scene)
    };
    html! {
        <div class="made" data-testid={testid::MADE}>
            { controls(props, lang) }
            if let Some(last) = scene.last {
                <label class="made-time">
                    <span>{ words::TIME.get(lang) }</span>
                    <input type="range" min="0" max={last.to_string()} value={at.unwrap_or(last).min(last).to_string()}
                        data-testid={testid::MADE_TIME} aria-label={words::TIME.get(lang)} oninput={{
                            let at = at.clone();
                            move |e: InputEvent| {
                                let input = e.target_dyn_into::<web_sys::HtmlInputElement>();
                                at.set(input.and_then(|i| i.value().parse().ok()).filter(|i| *i < last));
                            }
                        }} />
                    <output>{ number::fixed(at.unwrap_or(last).min(last) as f64 / last.max(1) as f64, 2) }</output>
                </label>
            }
            { body }
            <p class="legend" data-testid={testid::MADE_SAID}>{ label }</p>
            if let Some(bins) = scores::Scores::of(state) { <scores::Histogram {bins} {lang} /> }
        </div>
    }
}

fn controls(props: &MadeProps, lang: Lang) -> Html {
    let (chosen, choose) = (props.chosen, &props.choose);
    let kind = props.panel.state.edit.experiment.task.kind;
    let noise = choose.reform(move |_: MouseEvent| Chosen { seed: chosen.seed % 999 + 1, ..chosen });
    html! {
        <div class="made-tools">
            <button type="button" class="quiet small" data-testid={testid::MADE_NOISE} onclick={noise}>{ words::NOISE.get(lang) }</button>
            if matches!(kind, TaskKind::Gan(_)) && props.info.plane {
                { check(words::REAL.get(lang), words::REAL_HINT.get(lang), testid::MADE_REAL, chosen.real,
                    choose.reform(move |real| Chosen { real, ..chosen })) }
                { check(words::MADE.get(lang), words::MADE_HINT.get(lang), testid::MADE_MADE, chosen.made,
                    choose.reform(move |made| Chosen { made, ..chosen })) }
                { check(words::MESH.get(lang), words::MESH_HINT.get(lang), testid::MADE_MESH, chosen.mesh,
                    choose.reform(move |mesh| Chosen { mesh, ..chosen })) }
                { check(words::FIELD.get(lang), words::FIELD_HINT.get(lang), testid::MADE_FIELD, chosen.field,
                    choose.reform(move |field| Chosen { field, ..chosen })) }
                { check(words::PUSH.get(lang), words::PUSH_HINT.get(lang), testid::MADE_PUSH, chosen.push,
                    choose.reform(move |push| Chosen { push, ..chosen })) }
            }
        </div>
    }
}

/// Everything that the picture shows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Scene {
    /// Made rows, and how many.
    made: Rc<[f32]>,
    rows: usize,
    /// Scores over the plane, and what they are scores of.
    field: Rc<[f32]>,
    loss: GanLoss,
    /// The generator's answers to the grid of its noise.
    mesh: Rc<[f32]>,
    /// Rows of the latest batch, and where they are pushed.
    pushed: (Rc<[f32]>, Rc<[f32]>),
    /// Last of the times that made rows come through.
    last: Option<usize>,
}

impl Scene {
    fn of(state: &State, at: Option<usize>) -> Option<Scene> {
        let frame = &state.run.frame.frame;
        if let Some(flow) = frame.flow() {
            let (all, times) = (state.run.frame.array(flow.buffer), *flow.shape.first()?);
            let rows = all.len().checked_div(times)?;
            let last = times.checked_sub(1)?;
            let made = all.get(at.unwrap_or(last).min(last) * rows..)?.get(..rows)?.into();
            let rows = flow.shape.get(1).copied().unwrap_or(0);
            return Some(Scene { made, rows, last: Some(last), ..Scene::default() });
        }
        let of = |part, rows: fn(&PartRows) -> bool| {
            frame.parts().find(|p| p.request.part == part && rows(&p.request.rows)).map(|p| &p.values)
        };
        let is_grid = |rows: &PartRows| matches!(rows, PartRows::Grid { .. });
        let generated = of(PartName::Generator, |rows| matches!(rows, PartRows::Noise { .. }))?;
        let mesh = of(PartName::Generator, is_grid).map(|v| numbers(state, v)).unwrap_or_default();
        let (made, rows) = (numbers(state, generated), generated.shape.first().copied().unwrap_or(0));
        let field = of(PartName::Discriminator, is_grid).map(|v| numbers(state, v)).unwrap_or_default();
        let pushed = frame.pushed().map(|p| (numbers(state, &p.made), numbers(state, &p.push))).unwrap_or_default();
        let loss = opinion::played(state);
        Some(Scene { made, rows, field, mesh, pushed, loss, last: None })
    }

    /// What there is to see, in words and numbers.
    fn said(&self, state: &State, lang: Lang) -> String {
        if state.run.data.x.len() != 2 * state.run.data.y.len() || state.run.data.x.is_empty() {
            let mean = self.made.iter().sum::<f32>() / self.made.len().max(1) as f32;
            let n = self.rows.to_string();
            return words::PICTURES.with(lang, &[("n", &n), ("mean", &number::fixed(f64::from(mean), 3))]);
        }
        let (real, made) = (&state.run.data.x, &self.made);
        let [covered, near] = [share_near(real, made), share_near(made, real)].map(number::percent);
        let said = words::POINTS.with(lang, &[("n", &self.rows.to_string()), ("covered", &covered), ("near", &near)]);
        let most = longest(&self.pushed.1);
        if most <= 0.0 {
            return said;
        }
        sentences(lang, &[said, words::PUSHED.with(lang, &[("most", &number::short(f64::from(most)))])])
    }
}

/// Points this close count as the same place.
const CLOSE: f32 = 0.12;

/// Share of these points that have one of those near them.
fn share_near(of: &[f32], to: &[f32]) -> f64 {
    let close = |p: &&[f32]| to.chunks_exact(2).any(|q| (p[0] - q[0]).hypot(p[1] - q[1]) < CLOSE);
    of.chunks_exact(2).filter(close).count() as f64 / (of.len() / 2).max(1) as f64
}

/// Length of the longest of these arrows; 0 where there are none, or none that is a number.
fn longest(arrows: &[f32]) -> f32 {
    let most = arrows.chunks_exact(2).map(|d| d[0].hypot(d[1])).fold(0.0_f32, f32::max);
    if most.is_finite() { most } else { 0.0 }
}

/// Properties of [`Points`].
#[derive(Clone, PartialEq, Properties)]
struct PointsProps {
    panel: PanelProps,
    scene: Rc<Scene>,
    label: String,
    chosen: Chosen,
}

/// The plane with real and made points.
#[component]
fn Points(props: &PointsProps) -> Html {
    let deps = (Same(props.panel.state.run.data.clone()), props.scene.clone(), props.chosen);
    let draw = use_callback(deps, |s: Surface, (data, scene, chosen)| paint(&s, &data.0.x, scene, *chosen));
    let lang = props.panel.state.page.lang;
    html! {<>
        <div class="plot-stack plane"><Canvas {draw} testid={testid::MADE_PLANE} label={props.label.clone()} /></div>
        <p class="legend made-legend">{ for legend(&props.scene, props.chosen, lang) }</p>
    </>}
}

/// What is drawn, each beside its look.
fn legend(scene: &Scene, chosen: Chosen, lang: Lang) -> Vec<Html> {
    let flows = scene.last.is_some();
    let all = [
        ("real", words::REAL, chosen.real || flows),
        ("made", words::MADE, chosen.made || flows),
        ("field", words::FIELD_LEGEND, chosen.field && !scene.field.is_empty()),
        ("mesh", words::MESH_LEGEND, chosen.mesh && !scene.mesh.is_empty()),
        ("push", words::PUSH_LEGEND, chosen.push && longest(&scene.pushed.1) > 0.0),
    ];
    let entry = |(class, word, _): (&str, crate::i18n::Text, bool)| {
        html! { <span><i class={format!("made-{class}")}></i>{ word.get(lang) }</span> }
    };
    all.into_iter().filter(|(_, _, on)| *on).map(entry).collect()
}

fn paint(s: &Surface, real: &[f32], scene: &Scene, chosen: Chosen) {
    let f = points::frame(s.width, s.height);
    let (green, violet) = opinion::inks(s);
    if chosen.field && scene.field.len() == FIELD * FIELD {
        let real = color::parse_hex(green).unwrap_or_default();
        let made = color::parse_hex(violet).unwrap_or_default();
        let opinion = Opinion::of(&scene.field, scene.loss);
        let pixel = |score: &f32| {
            let lean = opinion.lean(*score);
            let side = if lean > 0.0 { real } else { made };
            let [r, g, b] = color::mix(s.ink.zero, side, lean.abs() * 0.45);
            [r, g, b, 255]
        };
        let rgba: Vec<u8> = scene.field.iter().flat_map(pixel).collect();
        s.map(&rgba, FIELD, FIELD, f, true);
    }
    points::draw_axes(s, f);
    s.ctx.save();
    s.ctx.begin_path();
    s.ctx.rect(f.x, f.y, f.w, f.h);
    s.ctx.clip();
    let place = |p: &[f32]| points::from_plane((f64::from(p[0]), f64::from(p[1])), f);
    if chosen.mesh {
        mesh::draw(s, &scene.mesh, violet, place);
    }
    // Without a generator there is nothing to switch off.
    let has_layers = !scene.mesh.is_empty() || !scene.field.is_empty() || scene.last.is_none();
    if chosen.real || !has_layers {
        real.chunks_exact(2).for_each(|p| s.marker(Marker::Circle, place(p), 2.6, green, "#ffffff", 0.7));
    }
    if chosen.made || !has_layers {
        for p in scene.made.chunks_exact(2) {
            s.marker(Marker::Diamond, place(p), 3.2, violet, "#ffffff", 0.8);
        }
    }
    if chosen.push {
        arrows(s, scene, place);
    }
    s.ctx.restore();
}

/// Where made points of the latest batch are pushed; the longest is a tenth of the picture.
fn arrows(s: &Surface, scene: &Scene, place: impl Fn(&[f32]) -> (f64, f64)) {
    let (made, push) = &scene.pushed;
    let most = longest(push);
    if most <= 0.0 {
        return;
    }
    for (p, d) in made.chunks_exact(2).zip(push.chunks_exact(2)) {
        let end = [p[0] + 0.2 * d[0] / most, p[1] + 0.2 * d[1] / most];
        s.line(place(p), place(&end), &s.ink.grad, 1.4);
        s.marker(Marker::Circle, place(&end), 1.6, &s.ink.grad, &s.ink.grad, 0.0);
    }
}

/// Pictures, a tile each.
fn pictures(props: &MadeProps, scene: &Scene) -> Html {
    let shape = props.info.input.clone();
    let size = shape.iter().product::<usize>().max(1);
    let light = Light::of(&props.panel.state.run.data);
    let one = |(i, values): (usize, &[f32])| {
        let values = Rc::<[f32]>::from(values);
        html! { <li key={i}><Tile {values} shape={shape.clone()} light={light.clone()} /></li> }
    };
    html! { <ul class="tiles made-tiles">{ for scene.made.chunks_exact(size).enumerate().map(one) }</ul> }
}
