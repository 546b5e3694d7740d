//! Attention while a text is written: the learner steps through a written text, and sees for each token what the network
//! took from the tokens before.
//!
//! The text is held still, for the network writes another one all the time; the weights are those of the network as it is
//! now. Not responsible for writing (`panels::output::samples`).

use super::shown::Shown;
use crate::i18n::{Lang, attention as words, panel};
use crate::protocol::{Example, FrameRequest, LookRequest, Sample};
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::form::{Choice, Item, NumberField};
use crate::ui::hooks::{use_look, use_wants};
use crate::ui::inside::attention::{AttentionAt, attentions};
use crate::ui::inside::tokens;
use crate::ui::panels::fold::Fold;
use crate::ui::plots::canvas::ByPtr;
use crate::ui::plots::color;
use crate::ui::plots::names::layer_label;
use crate::ui::plots::number;
use crate::ui::state::State;
use crate::ui::testid;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// Rest on a token while playing.
const REST_MS: u32 = 500;
/// Tokens before the one that is written, shown at most.
const SHOWN: usize = 300;
/// Places named in the sentence.
const NAMED: usize = 3;

/// Properties of [`Writing`].
#[derive(Clone, Properties)]
pub struct WritingProps {
    /// Everything the page knows.
    pub state: Rc<State>,
    /// What the text goes on from.
    pub prompt: String,
}

impl PartialEq for WritingProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.prompt == other.prompt
    }
}

/// A text that is held still.
#[derive(Clone, Debug, PartialEq)]
struct Held {
    prompt: String,
    sample: Sample,
}

impl Held {
    /// Everything before token `i`, as a text; an empty prompt counts as token 0.
    fn before(&self, i: usize, vocabulary: &[String]) -> String {
        let written = tokens::typed(self.sample.tokens.iter().take(i).map(|t| *t as usize), vocabulary);
        let prompt = if self.prompt.is_empty() { vocabulary.first().map_or("", |t| t) } else { &self.prompt };
        let glue = if written.is_empty() { "" } else { tokens::glue(vocabulary) };
        format!("{prompt}{glue}{written}")
    }
}

/// See the module; nothing where the network has no attention.
#[component]
pub fn Writing(props: &WritingProps) -> Html {
    let lang = props.state.lang;
    let all = use_memo(ByPtr(props.state.experiment.clone()), |e| attentions(&e.0));
    if all.is_empty() {
        return Html::default();
    }
    html! {
        <Fold id={testid::writing("fold")} title={words::WRITING.get(lang)}>
            <Walk ..props.clone() />
        </Fold>
    }
}

#[component]
fn Walk(props: &WritingProps) -> Html {
    let (state, lang) = (&props.state, props.state.lang);
    let vocabulary = &state.data.loaded.tokens;
    let all = use_memo(ByPtr(state.experiment.clone()), |e| attentions(&e.0));
    let at_end = use_memo(ByPtr(state.experiment.clone()), |e| tokens::stand_at_end(&e.0));
    let (layer, head) = (use_state_eq(|| 0), use_state_eq(|| None::<usize>));
    let held = use_state_eq(|| None::<Held>);
    let at = use_state_eq(|| 0);
    let playing = use_state_eq(|| false);
    {
        // Another run has other tokens.
        let (held, at) = (held.setter(), at.setter());
        use_effect_with(state.data.loaded.run, move |_| {
            held.set(None);
            at.set(0);
        });
    }
    let latest = state.frame.frame.sample.clone().filter(|s| !s.tokens.is_empty());
    {
        let (held, latest, prompt) = (held.clone(), latest.clone(), props.prompt.clone());
        use_effect(move || {
            if let (None, Some(sample)) = (&*held, latest) {
                held.set(Some(Held { prompt, sample }));
            }
        });
    }
    let count = held.as_ref().map_or(0, |h| h.sample.tokens.len());
    let i = (*at).min(count.saturating_sub(1));
    use_play(&playing, &at, i, count);
    let layer_at = all.get(*layer).or(all.first()).cloned();
    let node = use_node_ref();
    let request = held.as_ref().zip(layer_at.as_ref()).filter(|_| i < count).map(|(h, a)| LookRequest {
        key: testid::WRITING.into(),
        example: Example::Text(h.before(i, vocabulary)),
        values: a.map_values(),
        ..LookRequest::default()
    });
    use_wants(testid::WRITING, &node, FrameRequest { looks: request.into_iter().collect(), ..FrameRequest::default() });
    let data = use_look(state, testid::WRITING);
    let shown = layer_at.as_ref().map(|a| Shown::new(data.as_ref(), testid::WRITING, a, vocabulary, *at_end));
    let body = match (&*held, shown) {
        (Some(held), Some(Ok(shown))) if i < count => {
            let head = head.filter(|h| *h < shown.heads.heads);
            text(held, i, &shown, head, vocabulary, lang)
        }
        _ => html! { <p class="plot-empty">{ panel::WAITING.get(lang) }</p> },
    };
    let take = {
        let (held, at, prompt) = (held.setter(), at.setter(), props.prompt.clone());
        Callback::from(move |_: MouseEvent| {
            held.set(latest.clone().map(|sample| Held { prompt: prompt.clone(), sample }));
            at.set(0);
        })
    };
    let go = |to: usize, id: &str, word: &'static str, off: bool| {
        let (at, playing) = (at.setter(), playing.setter());
        let onclick = move |_: MouseEvent| {
            playing.set(false);
            at.set(to);
        };
        html! {
            <button type="button" class="button" disabled={off} {onclick} data-testid={testid::writing(id)}>{ word }</button>
        }
    };
    let toggle = {
        let playing = playing.clone();
        Callback::from(move |_: MouseEvent| playing.set(!*playing))
    };
    let onat = {
        let at = at.setter();
        Callback::from(move |v: f64| at.set((v as usize).saturating_sub(1)))
    };
    let watch = if *playing { words::HOLD } else { words::WATCH };
    let last = count.max(1) as f64;
    html! {
        <div ref={node} class="writing">
            <p class="plot-note">{ words::WRITING_HINT.get(lang) }</p>
            { choices(state, &all, (*layer, layer.setter()), (*head, head.setter())) }
            { body }
            <div class="writing-moves">
                { go(i.saturating_sub(1), "before", words::BEFORE.get(lang), i == 0) }
                { go(i + 1, "next", words::NEXT.get(lang), i + 1 >= count) }
                <button type="button" class="button" onclick={toggle} disabled={i + 1 >= count} data-testid={testid::writing("play")}>
                    { watch.get(lang) }
                </button>
                <button type="button" class="quiet small" onclick={take} data-testid={testid::writing("take")}>{ words::TAKE.get(lang) }</button>
            </div>
            <NumberField id={testid::writing("at")} {lang} label={words::WRITING_AT.get(lang)} help={words::WRITING_AT_HELP.get(lang)} value={i as f64 + 1.0}
                limits={Limits::whole(1.0, last)} onchange={onat}
                scale={Some(Scale::Linear { min: 1.0, max: last, step: 1.0 })} />
        </div>
    }
}

/// Goes on by itself, to the end of the text.
#[hook]
fn use_play(playing: &UseStateHandle<bool>, at: &UseStateHandle<usize>, i: usize, count: usize) {
    let (on, stop, at) = (**playing, playing.setter(), at.setter());
    use_effect_with((on, i, count), move |(on, i, count)| {
        let (i, count) = (*i, *count);
        let timer =
            on.then(|| Timeout::new(REST_MS, move || if i + 1 < count { at.set(i + 1) } else { stop.set(false) }));
        move || drop(timer)
    });
}

fn choices(
    state: &State,
    all: &[AttentionAt],
    (layer, set_layer): (usize, UseStateSetter<usize>),
    (head, set_head): (Option<usize>, UseStateSetter<Option<usize>>),
) -> Html {
    let (lang, layers) = (state.lang, &state.experiment.model.layers);
    let item = |(i, a): (usize, &AttentionAt)| Item::new(i.to_string(), layer_label(a.layer(), layers, lang));
    let items: Vec<Item> = all.iter().enumerate().map(item).collect();
    let heads = all.get(layer).map_or(1, |a| a.heads);
    let one = |h: usize| Item::new(h.to_string(), words::HEAD.with(lang, &[("n", &(h + 1).to_string())]));
    let head_items: Vec<Item> =
        std::iter::once(Item::new("", words::ALL_HEADS.get(lang))).chain((0..heads).map(one)).collect();
    let head_value = head.filter(|h| *h < heads).map_or(String::new(), |h| h.to_string());
    let onlayer = Callback::from(move |v: String| set_layer.set(v.parse().unwrap_or(0)));
    let onhead = Callback::from(move |v: String| set_head.set(v.parse().ok()));
    html! {
        <div class="inside-controls">
            if all.len() > 1 {
                <Choice id={testid::writing("layer")} label={panel::LAYER.get(lang)} {items} value={layer.to_string()} onchange={onlayer} />
            }
            if heads > 1 {
                <Choice id={testid::writing("head")} label={words::HEADS.get(lang)} items={head_items} value={head_value} onchange={onhead} />
            }
        </div>
    }
}

/// What the last place took from each place before: of one head, or the mean of all.
fn taken(shown: &Shown, head: Option<usize>) -> Vec<f64> {
    let last = shown.heads.queries.saturating_sub(1);
    let heads = head.map_or(0..shown.heads.heads, |h| h..h + 1);
    let n = heads.len().max(1) as f64;
    let mut sum = vec![0.0; shown.heads.keys];
    for h in heads {
        sum.iter_mut().zip(shown.heads.row(h, last)).for_each(|(to, p)| *to += f64::from(*p) / n);
    }
    sum
}

fn text(held: &Held, i: usize, shown: &Shown, head: Option<usize>, vocabulary: &[String], lang: Lang) -> Html {
    let weights = taken(shown, head);
    let max = weights.iter().copied().filter(|v| v.is_finite()).fold(1e-9, f64::max);
    let glue = tokens::glue(vocabulary);
    let break_after = |label: &str| if label == "↵" { "\n" } else { glue };
    let one = |(label, p): (&String, &f64)| {
        let rgb = color::viridis((p / max) as f32);
        let ink = if color::wants_dark_text(rgb) { "#1d232b" } else { "#fff" };
        let style = format!("background: {}; color: {ink}", color::hex(rgb));
        html! { <><span {style} title={number::short(*p)}>{ label }</span>{ break_after(label) }</> }
    };
    let token =
        |k: usize| held.sample.tokens.get(k).and_then(|t| vocabulary.get(*t as usize)).map_or("", |t| tokens::shown(t));
    let written = token(i);
    let hidden = shown.asks.len().saturating_sub(SHOWN);
    let rest: Vec<&str> = (i + 1..held.sample.tokens.len()).map(token).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
    let named = order.iter().take(NAMED).map(|k| format!("“{}” {}", shown.ask_label(*k), number::percent(weights[*k])));
    let list = named.collect::<Vec<_>>().join(", ");
    let who = head
        .map_or_else(|| words::ALL_HEADS.get(lang).into(), |h| words::HEAD.with(lang, &[("n", &(h + 1).to_string())]));
    html! {<>
        <p class="token-text" data-testid={testid::writing("text")}>
            if hidden > 0 { <span class="dim">{ "… " }</span> }
            { for shown.asks.iter().zip(&weights).skip(hidden).map(one) }
            <span class="next">{ written }</span>{ break_after(written) }
            <span class="dim">{ rest.join(glue) }</span>
        </p>
        <p class="legend readout" data-testid={testid::writing("wrote")}>
            { words::WROTE.with(lang, &[("c", written), ("who", &who), ("list", &list)]) }
        </p>
    </>}
}
