//! Heads on one trunk: figures of each, the angles between their gradients, and their answers to the example that is chosen.
//!
//! Not responsible for any number of the network (the worker's).

use super::PartProps;
use super::tile::Tile;
use crate::i18n::{Lang, Text, heads as words, output};
use crate::protocol::{Example, Head, Heads};
use crate::spec::model::PartName;
use crate::ui::light::Light;
use crate::ui::panels::bars::Bars;
use crate::ui::plots::number;
use crate::ui::state::{Msg, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Cosines nearer to 0 than this (angles beyond 60°) are called neither for nor against.
const UNRELATED: f32 = 0.5;
/// The pairs of heads, in the order of their cosines.
const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];

/// See the module.
#[component]
pub fn HeadsView(props: &PartProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let Some(found) = state.run.frame.frame.heads() else {
        return html! { <p class="plot-empty" data-testid={testid::HEADS}>{ output::WAITING.get(lang) }</p> };
    };
    let of = [("n", &*number::integer(found.measured as u64)), ("m", &number::integer(found.rows as u64))];
    html! {
        <div class="heads" data-testid={testid::HEADS}>
            { table(found, lang) }
            <p class="plot-note">{ words::OF_ROWS.with(lang, &of) }</p>
            { angles(found, lang) }
            { answers(props, found) }
        </div>
    }
}

fn short(v: Option<f32>) -> String {
    v.map_or_else(|| "–".into(), |v| number::short(f64::from(v)))
}

fn pixels(v: f32, lang: Lang) -> String {
    words::PIXELS.with(lang, &[("n", &number::fixed(f64::from(v), 2))])
}

fn table(found: &Heads, lang: Lang) -> Html {
    let columns = [words::HEAD, words::TRAIN, words::TEST, words::RIGHT, words::WEIGHT];
    let one = |head: &Head| {
        let name = head.name.name();
        let cell = |figure: &str, text: String| {
            html! { <td class="value" data-testid={testid::head_figure(name, figure)}>{ text }</td> }
        };
        let metric = head.metric.map_or_else(
            || "–".into(),
            |m| if head.name == PartName::Thickness { pixels(m, lang) } else { number::percent(f64::from(m)) },
        );
        html! {
            <tr key={name}>
                <th scope="row">{ words::name(name).get(lang) }</th>
                { cell("train", short(head.train_loss)) }
                { cell("loss", short(head.loss)) }
                { cell("metric", metric) }
                { cell("weight", short(head.weight)) }
                { cell("pull", short(head.pull)) }
            </tr>
        }
    };
    html! {
        <div class="rows-scroll" tabindex="0" role="region" aria-label={words::TABLE.get(lang)}>
            <table class="scores rows" data-testid={testid::heads("table")}>
                <thead><tr>
                    { for columns.map(|c| html! { <th scope="col">{ c.get(lang) }</th> }) }
                    <th scope="col" title={words::PULL_HINT.get(lang)}>{ words::PULL.get(lang) }</th>
                </tr></thead>
                <tbody>{ for found.heads.iter().map(one) }</tbody>
            </table>
        </div>
    }
}

/// What a cosine means.
fn meaning(cosine: f32) -> Text {
    if cosine > UNRELATED {
        words::TOGETHER
    } else if cosine < -UNRELATED {
        words::AGAINST
    } else {
        words::APART
    }
}

fn angles(found: &Heads, lang: Lang) -> Html {
    let one = |((a, b), cosine): (&(usize, usize), &Option<f32>)| {
        let [a, b] = [found.heads.get(*a)?, found.heads.get(*b)?].map(|h| h.name.name());
        let pair = words::PAIR.with(lang, &[("a", words::name(a).get(lang)), ("b", words::name(b).get(lang))]);
        let said = match cosine {
            Some(c) => {
                let degrees = f64::from(c.clamp(-1.0, 1.0)).acos().to_degrees();
                let args = [("cos", &*number::fixed(f64::from(*c), 2)), ("deg", &number::fixed(degrees, 0))];
                format!("{} · {}", words::ANGLE.with(lang, &args), meaning(*c).get(lang))
            }
            None => words::NO_ANGLE.get(lang).to_string(),
        };
        let value = cosine.map_or_else(String::new, |c| c.to_string());
        Some(html! {
            <tr key={pair.clone()}>
                <th scope="row">{ pair }</th>
                <td data-testid={testid::heads_cosine(a, b)} data-value={value}>{ said }</td>
            </tr>
        })
    };
    html! {
        <table class="scores rows" data-testid={testid::heads("angles")}>
            <caption>{ words::ANGLES.get(lang) }</caption>
            <tbody>{ for PAIRS.iter().zip(&found.cosines).filter_map(one) }</tbody>
        </table>
    }
}

/// The example, and what each head says of it.
fn answers(props: &PartProps, found: &Heads) -> Html {
    let (state, lang, info) = (&props.panel.state, props.panel.state.page.lang, &props.info);
    let loaded = &state.run.data.loaded;
    let (picture, all) = (state.run.frame.array(found.picture.buffer), state.run.frame.array(found.answers.buffer));
    let Some((probs, [odd, thick])) = all.split_at_checked(all.len().saturating_sub(2)) else { return html! {} };
    let number_of = |n: usize| number::integer(n as u64 + 1);
    let title = match found.row {
        Some(row) if row >= loaded.n_train => words::ANSWERS.with(lang, &[("n", &number_of(row - loaded.n_train))]),
        Some(row) => words::ANSWERS_TRAIN.with(lang, &[("n", &number_of(row))]),
        None => words::ANSWERS_OWN.get(lang).to_string(),
    };
    let says_odd = words::SAYS_ODD.with(lang, &[("share", &number::percent(f64::from(*odd)))]);
    let says_thick = words::SAYS_THICK.with(lang, &[("n", &number::fixed(f64::from(*thick), 2))]);
    let is = found.truth.map(|[_, odd, thick]| {
        let thick = words::IS_THICK.with(lang, &[("n", &number::fixed(f64::from(thick), 2))]);
        [if odd > 0.5 { words::IS_ODD } else { words::IS_EVEN }.get(lang).to_string(), thick]
    });
    let [is_odd, is_thick] = is.unwrap_or_default();
    let size = |i: usize| info.input.get(i).copied().unwrap_or(0).to_string();
    let label = words::PICTURE.with(lang, &[("h", &size(0)), ("w", &size(1))]);
    html! {
        <div class="example-shown" data-testid={testid::heads("answers")}>
            <p class="example-choose">
                <span class="example-name">{ title }</span>
                if loaded.n_test > 0 { { step(props, found, false) }{ step(props, found, true) } }
            </p>
            <span role="img" aria-label={label}>
                <Tile values={Rc::<[f32]>::from(picture)} shape={info.input.clone()} light={Light::of(&state.run.data)} />
            </span>
            <Bars id={testid::heads("digit")} names={Rc::<[String]>::from(info.class_names.clone())}
                probs={Rc::<[f32]>::from(probs)} truth={found.truth.map(|t| t[0] as usize)} {lang} />
            <p class="example-says" data-testid={testid::heads("odd")}>{ says_odd }{ " " }<span class="dim">{ is_odd }</span></p>
            <p class="example-says" data-testid={testid::heads("thick")}>{ says_thick }{ " " }<span class="dim">{ is_thick }</span></p>
        </div>
    }
}

/// To the test row before or behind.
fn step(props: &PartProps, found: &Heads, next: bool) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let (train, rows) = (state.run.data.loaded.n_train, state.run.data.loaded.n_test);
    let at = found.row.and_then(|row| row.checked_sub(train));
    let to = match (at, next) {
        (Some(at), true) => (at + 1) % rows.max(1),
        (Some(at), false) => at.checked_sub(1).unwrap_or(rows.saturating_sub(1)),
        (None, _) => 0,
    };
    let (name, sign, id) = if next { (words::NEXT, "›", "next") } else { (words::PREVIOUS, "‹", "previous") };
    let onclick = props.panel.emit.reform(move |_: MouseEvent| Msg::View(ViewMsg::LookAt(Example::Test(to))));
    html! {
        <button type="button" class="quiet small" aria-label={name.get(lang)} title={name.get(lang)}
            data-testid={testid::heads(id)} {onclick}>{ sign }</button>
    }
}
