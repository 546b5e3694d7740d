//! What the decoder makes: of the place that is read, large; of the way between two places, as a film; of noise from the prior.
//!
//! Pictures as tiles, points over the plane with the decoded grid, tables as numbers.

use super::{Answers, written};
use crate::i18n::coder as words;
use crate::ui::inside::codes::Place;
use crate::ui::light::Light;
use crate::ui::panels::inside::example::InsideProps;
use crate::ui::panels::output::points::{draw, frame, from_plane};
use crate::ui::panels::output::tile::{Tile, is_picture};
use crate::ui::plots::axis::extent;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::Marker;
use crate::ui::plots::number;
use crate::ui::plots::surface::Surface;
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Most numbers shown of a row.
const FEATURES_MAX: usize = 24;

/// Properties of [`Made`].
#[derive(Clone, PartialEq, Properties)]
pub struct MadeProps {
    pub inside: InsideProps,
    pub answers: Same<Answers>,
    /// Numbers of a code.
    pub width: usize,
    /// Of the way.
    pub ends: [Place; 2],
    /// Of the noise.
    pub seed: u32,
    pub onother: Callback<MouseEvent>,
    /// Whether there is a prior.
    pub vae: bool,
}

impl MadeProps {
    /// The code that the large answer is of.
    fn at(&self) -> String {
        let code = self.answers.asked.first().map_or(&[][..], |c| c);
        let number = |i: usize| code.get(i).copied().map_or(0.0, f64::from);
        written((number(0), number(1)), self.width)
    }

    /// Answers to the place and then to the way.
    fn given(&self) -> impl Iterator<Item = &[f32]> {
        self.answers.given.chunks_exact(self.inside.net.data.input.iter().product::<usize>().max(1))
    }
}

fn mean(v: &[f32]) -> String {
    number::fixed(v.iter().map(|v| f64::from(*v)).sum::<f64>() / v.len().max(1) as f64, 3)
}

/// See the module.
#[component]
pub fn Made(props: &MadeProps) -> Html {
    let (lang, info) = (props.inside.state.page.lang, &props.inside.net.data);
    let [a, b] = props.ends.map(|p| written(p, props.width));
    let (pictures, at) = (is_picture(&info.input), props.at());
    let light = Light::of(&props.inside.state.run.data);
    let tile = |values: &[f32]| {
        html! {
            <Tile values={Rc::<[f32]>::from(values)} shape={info.input.clone()} light={light.clone()} />
        }
    };
    let said = |values: &[f32]| {
        let (low, high) = extent(values.iter().map(|v| f64::from(*v))).unwrap_or_default();
        let [low, high] = [low, high].map(number::short);
        words::ANSWER_LABEL.with(lang, &[("at", &at), ("mean", &mean(values)), ("low", &low), ("high", &high)])
    };
    let Some(first) = props.given().next() else { return html! {} };
    let answer = if pictures {
        html! { <div class="latent-large" role="img" aria-label={said(first)} data-testid={testid::latent("answer")}>{ tile(first) }</div> }
    } else if info.plane {
        html! { <Mesh ..props.clone() /> }
    } else {
        let named = |i: usize| info.feature_names.get(i).cloned().unwrap_or_else(|| format!("x{}", i + 1));
        let number =
            |(i, v): (usize, &f32)| html! {<><dt>{ named(i) }</dt><dd>{ number::short(f64::from(*v)) }</dd></>};
        html! { <dl class="latent-numbers" data-testid={testid::latent("answer")}>{ for first.iter().take(FEATURES_MAX).enumerate().map(number) }</dl> }
    };
    let film = |values: &[f32]| html! { <li>{ tile(values) }</li> };
    let samples = &props.answers.noise;
    let n = samples.len() / first.len().max(1);
    let args = [("n", &*n.to_string()), ("seed", &props.seed.to_string()), ("mean", &mean(samples))];
    let label = words::SAMPLES_LABEL.with(lang, &args);
    html! {
        <div class="latent-made">
            <h3>{ words::AT.with(lang, &[("at", &at)]) }</h3>
            { answer }
            if pictures || info.plane {
                <h3>{ words::FILM.with(lang, &[("a", &a), ("b", &b)]) }</h3>
                if pictures {
                    <ul class="tiles latent-film" role="img" aria-label={words::FILM.with(lang, &[("a", &a), ("b", &b)])}
                        data-testid={testid::latent("film")}>{ for props.given().skip(1).map(film) }</ul>
                }
                <p class="plot-note">{ words::FILM_HINT.get(lang) }</p>
            }
            if props.vae && n > 0 {
                <h3>{ words::SAMPLES.get(lang) }
                    <button type="button" class="quiet small" data-testid={testid::latent("again")} onclick={props.onother.clone()}>
                        { words::AGAIN.get(lang) }
                    </button>
                </h3>
                if pictures {
                    <ul class="tiles latent-film" role="img" aria-label={label} data-testid={testid::latent("samples")}>
                        { for samples.chunks_exact(first.len()).map(film) }
                    </ul>
                } else {
                    <p class="plot-note" data-testid={testid::latent("samples")}>{ label }</p>
                }
            }
        </div>
    }
}

/// The plane with the decoded grid, samples of the prior, the way, and the answer to the place that is read.
#[component]
fn Mesh(props: &MadeProps) -> Html {
    let (state, lang, info) = (&props.inside.state, props.inside.state.page.lang, &props.inside.net.data);
    let names = [0, 1].map(|i| info.feature_names.get(i).cloned().unwrap_or_else(|| format!("x{}", i + 1)));
    let deps = (props.answers.clone(), Same(state.run.data.clone()), names, props.width == 1);
    let paint = use_callback(deps, |s: Surface, (answers, data, names, line)| {
        draw(&s, &data.0, None, false, names);
        let f = frame(s.width, s.height);
        s.ctx.save();
        s.ctx.begin_path();
        s.ctx.rect(f.x, f.y, f.w, f.h);
        s.ctx.clip();
        let places = |v: &[f32]| -> Vec<(f64, f64)> {
            v.chunks_exact(2).map(|p| from_plane((f64::from(p[0]), f64::from(p[1])), f)).collect()
        };
        let grid = places(&answers.grid);
        let side = if *line { grid.len() } else { (grid.len() as f64).sqrt().round() as usize };
        for (i, at) in grid.iter().enumerate() {
            let right = (i + 1) % side.max(1) != 0;
            for to in [right.then(|| grid.get(i + 1)).flatten(), grid.get(i + side)].into_iter().flatten() {
                s.line(*at, *to, &s.ink.dim, 0.8);
            }
        }
        for at in places(&answers.noise) {
            s.marker(Marker::Circle, at, 1.8, &s.ink.pos, &s.ink.pos, 0.0);
        }
        let given = places(&answers.given);
        for pair in given.get(1..).unwrap_or_default().windows(2) {
            s.line(pair[0], pair[1], &s.ink.neg, 2.0);
        }
        given.first().iter().for_each(|at| s.marker(Marker::Circle, **at, 6.0, &s.ink.card, &s.ink.ink, 2.0));
        s.ctx.restore();
    });
    let first = props.given().next().unwrap_or_default();
    let number = |i: usize| number::fixed(first.get(i).copied().map_or(f64::NAN, f64::from), 3);
    let label = words::MESH_LABEL.with(lang, &[("at", &props.at()), ("x", &number(0)), ("y", &number(1))]);
    html! { <div class="plot-stack plane latent-mesh"><Canvas draw={paint} {label} testid={testid::latent("answer")} /></div> }
}
