//! Which layers moved: a bar for each layer and run.
//!
//! Not responsible for the measure (`spec::transfer::moved`).

use super::chart::{rgb, sample};
use super::state::{Run, TransferState};
use crate::i18n::{Lang, transfer as words};
use crate::spec::model::Layer;
use crate::spec::transfer::Mode;
use crate::spec::{ModelSpec, text};
use crate::ui::plots::{color, number};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Moves`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MovesProps {
    /// Everything the page knows.
    pub state: Rc<TransferState>,
    /// Language.
    pub lang: Lang,
}

/// A layer as the network's text has it, such as `dense 64 relu`, behind its name in the weights.
fn named(state: &TransferState, name: &str) -> String {
    let at = name.strip_prefix("layers.").and_then(|n| n.parse::<usize>().ok());
    let layer = state.runs.first().zip(at).and_then(|(run, at)| run.experiment.model.layers.get(at));
    // Which layers are frozen differs from run to run, the layer does not.
    let said = layer.map(|l| text::write(&ModelSpec::of(vec![Layer { frozen: false, ..l.clone() }])));
    said.map_or_else(|| name.to_string(), |said| format!("{name} · {said}"))
}

/// See the module. Each bar says its number as text, so nothing hangs on colour or length.
#[component]
pub fn Moves(props: &MovesProps) -> Html {
    let (state, lang) = (&props.state, props.lang);
    let moved: Vec<Vec<(String, f64)>> =
        state.runs.iter().map(|r| Run::latest(r).map(|b| b.moved.clone()).unwrap_or_default()).collect();
    let layers: Vec<&str> = moved.iter().max_by_key(|m| m.len()).into_iter().flatten().map(|m| m.0.as_str()).collect();
    if layers.is_empty() {
        return html! { <p class="dim">{ words::NOT_YET.get(lang) }</p> };
    }
    let most = moved.iter().flatten().map(|m| m.1).filter(|v| v.is_finite()).fold(1e-9, f64::max);
    let bar = |mode: Mode, at: usize| {
        let way = moved.get(mode.index()).and_then(|m| m.get(at)).map(|m| m.1);
        // What has not moved has no bar: the narrowest would be seen.
        let width = way.filter(|v| *v > 0.0).map(|v| 100.0 * v / most);
        let bar = width.map(|w| format!("width: {w:.1}%; background: {}", color::hex(rgb(mode))));
        let id = format!("{}-{at}", testid::transfer_run("moved", mode.name()));
        html! {
            <li data-testid={id} data-value={way.map(|v| v.to_string())}>
                <span class="bar-name">{ words::run(mode.name()).get(lang) }</span>
                <span class="bar-track" aria-hidden="true">{ for bar.map(|style| html! { <i {style}></i> }) }</span>
                <span class="bar-share">{ way.map_or("–".into(), number::short) }</span>
            </li>
        }
    };
    let layer = |(at, name): (usize, &&str)| {
        let head = at + 1 == layers.len();
        let name = named(state, name);
        let title = if head { words::HEAD.with(lang, &[("layer", &name)]) } else { name };
        html! {
            <div class="transfer-layer">
                <h4>{ title.clone() }</h4>
                <ul aria-label={title}>{ for Mode::ALL.into_iter().map(|mode| bar(mode, at)) }</ul>
            </div>
        }
    };
    html! {<>
        <p class="small dim">{ words::MOVES_UNIT.get(lang) }</p>
        <div class="bars transfer-ways">{ for layers.iter().enumerate().map(layer) }</div>
        <p class="legend" aria-hidden="true">
            { for Mode::ALL.into_iter().map(|m| html! { <span>{ sample(m) }{ words::run(m.name()).get(lang) }</span> }) }
        </p>
    </>}
}
