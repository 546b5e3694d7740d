//! Rows of the test part and what an autoencoder makes of them: pictures beside each other, points of the plane joined to
//! where they came to lie, or rows of numbers; the first, or those with the largest error.
//!
//! Not responsible for choosing rows (the worker does).

use super::PartProps;
use super::points::{draw, frame, from_plane};
use super::tile::{Tile, is_picture};
use crate::i18n::{Lang, coder as words, output};
use crate::protocol::{FrameRequest, Reconstructions, Want};
use crate::spec::TaskKind;
use crate::ui::frame_data::FrameData;
use crate::ui::hooks::{Hands, use_pin, use_wants};
use crate::ui::light::Light;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::Marker;
use crate::ui::plots::controls::choice;
use crate::ui::plots::number;
use crate::ui::plots::surface::Surface;
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Rows shown as pictures or numbers.
const ROWS: usize = 12;
/// Points shown in the plane.
const POINTS: usize = 60;
/// Most numbers shown of a row.
const FEATURES_MAX: usize = 12;
/// How far from a point it can still be pointed at.
const REACH_PX: f64 = 24.0;

/// See the module.
#[component]
pub fn ReconstructionRows(props: &PartProps) -> Html {
    let (state, lang, info) = (&props.panel.state, props.panel.state.page.lang, &props.info);
    let (node, worst) = (use_node_ref(), use_state_eq(|| false));
    let pictures = is_picture(&info.input);
    let rows = if info.plane { POINTS } else { ROWS };
    use_wants(testid::RECONSTRUCTIONS, &node, FrameRequest::of([Want::Reconstructions { rows, worst: *worst }]));
    let set = worst.setter();
    let kinds = [
        (words::FIRST.get(lang), testid::RECONSTRUCTIONS_FIRST),
        (words::WORST.get(lang), testid::RECONSTRUCTIONS_WORST),
    ];
    let switch =
        choice(words::WHICH.get(lang), &kinds, usize::from(*worst), Callback::from(move |i: usize| set.set(i == 1)));
    let body = match state.run.frame.frame.reconstructions() {
        None => html! { <p class="plot-empty">{ output::WAITING.get(lang) }</p> },
        Some(found) => {
            let mean = mean(&found.errors);
            let of = words::OF_ROWS.with(lang, &[("n", &found.rows.len().to_string())]);
            html! {<>
                <p class="headline">
                    <span><b data-testid={testid::reconstructions("error")}>{ number::short(mean) }</b>{ " " }{ words::ERROR.get(lang) }</span>
                    <span class="dim">{ of }</span>
                </p>
                if info.plane {
                    <Joined ..props.clone() />
                } else if pictures {
                    { tiles(props, found, corrupts(props)) }
                } else {
                    { table(props, found, corrupts(props)) }
                }
            </>}
        }
    };
    html! { <div ref={node} class="reconstructions" data-testid={testid::RECONSTRUCTIONS}>{ switch }{ body }</div> }
}

/// Whether the network reads something else than it is asked for.
fn corrupts(props: &PartProps) -> bool {
    match &props.panel.state.edit.experiment.task.kind {
        TaskKind::Autoencoder(t) => t.spoils(),
        TaskKind::Classification
        | TaskKind::Regression
        | TaskKind::LanguageModel
        | TaskKind::Vae(_)
        | TaskKind::Gan(_)
        | TaskKind::Diffusion(_)
        | TaskKind::Several(_)
        | TaskKind::Rotation
        | TaskKind::Contrastive(_) => false,
    }
}

fn mean(v: &[f32]) -> f64 {
    v.iter().map(|v| f64::from(*v)).sum::<f64>() / v.len().max(1) as f64
}

fn short(v: f32) -> String {
    number::short(f64::from(v))
}

/// What is asked for, what is read, and what comes of it, each in equal parts.
struct Rows<'a>([&'a [f32]; 3], usize);

impl<'a> Rows<'a> {
    fn of(frame: &'a FrameData, found: &Reconstructions) -> Rows<'a> {
        let all = [&found.wanted, &found.seen, &found.made].map(|n| frame.array(n.buffer));
        Rows(all, all[0].len() / found.rows.len().max(1))
    }

    fn row(&self, i: usize) -> Option<[&'a [f32]; 3]> {
        let [wanted, seen, made] = self.0.map(|all| all.get(i * self.1..(i + 1) * self.1));
        Some([wanted?, seen?, made?])
    }
}

fn tiles(props: &PartProps, found: &Reconstructions, corrupts: bool) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let (rows, light) = (Rows::of(&state.run.frame, found), Light::of(&state.run.data));
    let tile = |values: &[f32]| {
        html! { <Tile values={Rc::<[f32]>::from(values)} shape={props.info.input.clone()} light={light.clone()} /> }
    };
    let one = |(i, row): (usize, &usize)| {
        let [wanted, seen, made] = rows.row(i)?;
        let (e, level) = (short(*found.errors.get(i)?), |v: &[f32]| number::fixed(mean(v), 3));
        let args = [("row", &*row.to_string()), ("e", &e), ("a", &level(wanted)), ("b", &level(made))];
        let label = words::ROW_LABEL.with(lang, &args);
        Some(html! {
            <li key={*row} title={label.clone()}>
                <span class="pair" aria-hidden="true">{ tile(wanted) }if corrupts { { tile(seen) } }{ tile(made) }</span>
                <span aria-hidden="true">{ e }</span>
                <span class="visually-hidden">{ label }</span>
            </li>
        })
    };
    let sides = if corrupts { words::SIDES_SEEN } else { words::SIDES };
    html! {<>
        <p class="plot-note">{ sides.get(lang) }</p>
        <ul class={classes!("tiles", "pairs", corrupts.then_some("threes"))}>{ for found.rows.iter().enumerate().filter_map(one) }</ul>
    </>}
}

fn table(props: &PartProps, found: &Reconstructions, corrupts: bool) -> Html {
    let lang = props.panel.state.page.lang;
    let rows = Rows::of(&props.panel.state.run.frame, found);
    let width = rows.1.min(FEATURES_MAX);
    let named = |i: usize| props.info.feature_names.get(i).cloned().unwrap_or_else(|| format!("x{}", i + 1));
    let line = |head: Html, word: crate::i18n::Text, values: &[f32]| {
        html! { <tr>{ head }<th scope="row">{ word.get(lang) }</th>
        { for values[..width].iter().map(|v| html! { <td class="value">{ number::fixed(f64::from(*v), 2) }</td> }) }</tr> }
    };
    let one = |(i, row): (usize, &usize)| {
        let [wanted, seen, made] = rows.row(i)?;
        let lines = if corrupts { "3" } else { "2" };
        let head =
            html! {<><td rowspan={lines}>{ row }</td><td rowspan={lines}>{ short(*found.errors.get(i)?) }</td></>};
        Some(html! {<>
            { line(head, words::INPUT, wanted) }
            if corrupts { { line(html! {}, words::SEEN, seen) } }
            { line(html! {}, words::MADE, made) }
        </>})
    };
    let more = (rows.1 > width).then(|| format!("… +{}", rows.1 - width));
    html! {
        <div class="rows-scroll" tabindex="0" role="region" aria-label={words::SIDES.get(lang)}>
            <table class="scores rows">
                <thead><tr>
                    <th scope="col">{ words::ROW.get(lang) }</th><th scope="col">{ words::ERROR.get(lang) }</th><td></td>
                    { for (0..width).map(|i| html! { <th scope="col">{ named(i) }</th> }) }
                    { for more.map(|m| html! { <th scope="col">{ m }</th> }) }
                </tr></thead>
                <tbody>{ for found.rows.iter().enumerate().filter_map(one) }</tbody>
            </table>
        </div>
    }
}

/// The points of a row: where it is, and where it came to lie.
fn ends(frame: &FrameData, i: usize) -> Option<[(f64, f64); 2]> {
    let found = frame.frame.reconstructions()?;
    let [wanted, _, made] = Rows::of(frame, found).row(i)?;
    let at = |v: &[f32]| Some((f64::from(*v.first()?), f64::from(*v.get(1)?)));
    Some([at(wanted)?, at(made)?])
}

/// Points of the plane, joined to what was made of them.
#[component]
fn Joined(props: &PartProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let (pin, node) = (use_pin::<usize>(), use_node_ref());
    let names = [0, 1].map(|i| props.info.feature_names.get(i).cloned().unwrap_or_else(|| format!("x{}", i + 1)));
    let deps = (Same(state.run.frame.clone()), Same(state.run.data.clone()), names);
    let paint = use_callback(deps, |s: Surface, (now, data, names)| {
        draw(&s, &data.0, None, false, names);
        let f = frame(s.width, s.height);
        let n = now.0.frame.reconstructions().map_or(0, |r| r.rows.len());
        for ends in (0..n).filter_map(|i| ends(&now.0, i)) {
            let [a, b] = ends.map(|p| from_plane(p, f));
            s.line(a, b, &s.ink.dim, 1.0);
            s.marker(Marker::Circle, a, 3.0, &s.ink.card, &s.ink.dim, 1.4);
            s.marker(Marker::Circle, b, 3.0, &s.ink.pos, &s.ink.card, 0.8);
        }
    });
    let deps = (Same(state.run.frame.clone()), pin.at(), pin.pinned());
    let over = use_callback(deps, |s: Surface, (now, at, pinned)| {
        let place = |i: &Option<usize>| Some(from_plane(ends(&now.0, (*i)?)?[0], frame(s.width, s.height)));
        place(at).iter().for_each(|at| s.marker(Marker::Circle, *at, 5.0, &s.ink.pos, &s.ink.ink, 1.5));
        place(pinned).iter().for_each(|at| s.pin(*at));
    });
    let Hands { onhover, onpick, onrelease } = {
        let now = state.run.frame.clone();
        pin.hands(&node, move |at, (w, h)| {
            let n = now.frame.reconstructions()?.rows.len();
            let far = |i: usize| {
                let (x, y) = from_plane(ends(&now, i)?[0], frame(w, h));
                Some((i, (x - at.0).hypot(y - at.1)))
            };
            let near = (0..n).filter_map(far).filter(|(_, far)| *far < REACH_PX);
            near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
        })
    };
    let Some(found) = state.run.frame.frame.reconstructions() else { return html! {} };
    let worst = found.errors.iter().copied().fold(0.0, f32::max);
    let args =
        [("n", &*found.rows.len().to_string()), ("e", &number::short(mean(&found.errors))), ("worst", &short(worst))];
    let label = words::POINTS_LABEL.with(lang, &args);
    html! {<>
        <div class="plot-stack plane">
            <Canvas draw={paint} {node} {label} testid={testid::reconstructions("picture")} />
            <Canvas draw={over} class="over" weight={0.2} {onhover} {onpick} {onrelease} />
        </div>
        <p class="legend readout" data-testid={testid::reconstructions("readout")}>
            { pin.at().and_then(|i| read(&state.run.frame, found, i, lang)).unwrap_or_else(|| words::POINT_HINT.get(lang).into()) }
            { " " }{ pin.mark(&testid::reconstructions("picture"), lang) }
        </p>
    </>}
}

fn read(frame: &FrameData, found: &Reconstructions, i: usize, lang: Lang) -> Option<String> {
    let [a, b] = ends(frame, i)?;
    let [a, b, c, d] = [a.0, a.1, b.0, b.1].map(|v| number::fixed(v, 2));
    let (row, e) = (found.rows.get(i)?.to_string(), short(*found.errors.get(i)?));
    Some(words::POINT.with(lang, &[("row", &row), ("a", &a), ("b", &b), ("c", &c), ("d", &d), ("e", &e)]))
}
