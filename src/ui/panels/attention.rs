//! What every head of every attention layer looks at: small pictures of all heads, one head large as a matrix, as
//! ribbons or step by step, and what it looks at in numbers.
//!
//! Not responsible for the example (`ui::panels::inside::example`) nor for any weight (the worker's).

mod head_row;
mod large;
mod map;
mod ribbons;
mod shown;
mod side;
mod steps;
mod trained;
pub mod writing;

use super::fold::Fold;
use super::layered::{at_step, layer_choice, nothing_yet};
use super::{Panel, PanelProps};
use crate::i18n::{Lang, attention as words};
use crate::protocol::{FrameRequest, LookRequest, Want};
use crate::ui::form::NumberField;
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::hooks::{Pin, pin_mark, use_look, use_pin, use_slow};
use crate::ui::inside::answer::Nothing;
use crate::ui::inside::attention::layout::Token;
use crate::ui::inside::attention::{AttentionAt, attentions};
use crate::ui::inside::tokens;
use crate::ui::plots::controls::choice;
use crate::ui::plots::ink::Ink;
use crate::ui::plots::reading::Hand;
use crate::ui::plots::{color, number};
use crate::ui::same::Same;
use crate::ui::testid;
use head_row::HeadRow;
use large::{Lines, Map};
use shown::Shown;
use std::rc::Rc;
use steps::Steps;
use yew::prelude::*;

/// How a head is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Map,
    Ribbons,
    Stages,
}

impl View {
    const ALL: [View; 3] = [View::Map, View::Ribbons, View::Stages];
}

/// The places that are lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    /// The place that asks.
    pub t: usize,
    /// The place that is asked.
    pub s: Option<usize>,
    /// The token that was pointed at, if it was not a cell.
    pub token: Option<Token>,
}

/// The panel; nothing where the network has no attention.
#[component]
pub fn AttentionPanel(props: &PanelProps) -> Html {
    let any = use_memo(Same(props.state.edit.experiment.clone()), |e| !attentions(&e.0).is_empty());
    if *any {
        html! { <Inner ..props.clone() /> }
    } else {
        Html::default()
    }
}

#[component]
fn Inner(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let all = use_memo(Same(state.edit.experiment.clone()), |e| attentions(&e.0));
    let (layer, head, view) = (use_state_eq(|| 0), use_state_eq(|| 0), use_state_eq(|| View::Map));
    let pin = use_pin::<Focus>();
    let data = use_look(state, testid::PANEL_ATTENTION);
    let at = all.get(*layer).or(all.first()).cloned();
    let at_end = use_memo(Same(state.edit.experiment.clone()), |e| tokens::stand_at_end(&e.0));
    let deps = (data.map(Same), at.clone(), Same(state.run.data.clone()), *at_end);
    let shown = use_memo(deps, |(data, at, loaded, at_end)| {
        let at = at.as_ref().ok_or(Nothing::Missing)?;
        let data = data.as_ref().map(|d| &d.0);
        Shown::new(data, testid::PANEL_ATTENTION, at, &loaded.0.loaded.tokens, *at_end).map(|s| Same(Rc::new(s)))
    });
    // What is read changes twice a second: words that change with every frame cost layout and nobody reads them.
    let calm = use_slow(&shown, state.run.playing);
    let Some(at) = at else { return Html::default() };
    let mut values = at.map_values();
    if *view == View::Stages {
        values.extend(at.stage_values());
    }
    let (key, example) = (testid::PANEL_ATTENTION.to_string(), (*state.view.example).clone());
    let look = LookRequest { key, example, values, ..LookRequest::default() };
    let wants = FrameRequest::of([Want::Look(look)]);
    let body = match &*shown {
        Err(nothing) => nothing_yet(*nothing, words::TOO_LARGE, lang),
        Ok(shown) => {
            let heads = &shown.0.heads;
            let head_at = (*head).min(heads.heads - 1);
            let inside = |f: &Focus| f.t < heads.queries && f.s.is_none_or(|s| s < heads.keys);
            let pinned = pin.pinned().filter(inside);
            let same =
                |s: &&Same<Shown>| s.0.at == shown.0.at && s.0.asks == shown.0.asks && s.0.asked == shown.0.asked;
            let calm = calm.as_ref().as_ref().ok().filter(same).unwrap_or(shown).clone();
            let view = Picture {
                shown: shown.clone(),
                calm: calm.clone(),
                head: head_at,
                view: *view,
                rest: pinned.unwrap_or(Focus { t: heads.queries - 1, s: None, token: None }),
                lit: pin.at().filter(inside).or(pinned),
                pinned: pinned.is_some(),
                lang,
            };
            let onpick = head.setter();
            html! {<>
                <HeadRow shown={shown.clone()} {calm} head={head_at} onpick={Callback::from(move |h| onpick.set(h))} {lang} />
                { view.html(&pin) }
            </>}
        }
    };
    let names: Vec<&str> = all.iter().map(AttentionAt::layer).collect();
    let layers = layer_choice(state, &names, *layer, testid::attention("layer"), layer.setter());
    let set_view = {
        let view = view.setter();
        Callback::from(move |i: usize| view.set(View::ALL[i.min(2)]))
    };
    let names = [
        (words::MAP.get(lang), testid::ATTENTION_VIEW_MAP),
        (words::RIBBONS.get(lang), testid::ATTENTION_VIEW_RIBBONS),
        (words::STAGES.get(lang), testid::ATTENTION_VIEW_STAGES),
    ];
    let chosen = View::ALL.iter().position(|v| *v == *view).unwrap_or(0);
    html! {
        <Panel id={testid::PANEL_ATTENTION} title={words::TITLE.get(lang)} {wants} what={words::WHAT.get(lang)} enlarge=true
            export=true tools={choice(words::VIEW.get(lang), &names, chosen, set_view)}>
            <div class="inside-controls">
                { for layers }
                { for shown.as_ref().as_ref().ok().map(|s| at_step(s.0.step, words::AT_STEP, testid::attention("step"), lang)) }
            </div>
            { trained::view(props) }
            { body }
        </Panel>
    }
}

/// One head, large.
struct Picture {
    shown: Same<Shown>,
    /// The same up to half a second ago.
    calm: Same<Shown>,
    head: usize,
    view: View,
    /// What is read when nothing is pointed at: the pinned pair, or the last place.
    rest: Focus,
    /// What is pointed at, or else pinned.
    lit: Option<Focus>,
    pinned: bool,
    lang: Lang,
}

impl Picture {
    fn html(&self, pin: &Pin<Focus>) -> Html {
        let (shown, head, lang, lit) = (&self.shown.0, self.head, self.lang, self.lit);
        let focus = lit.unwrap_or(self.rest);
        let pinned = self.pinned.then_some(self.rest);
        let (onhover, onrelease) = (pin.does(Hand::Point), pin.onrelease());
        let onpick = pin.does(Hand::Pick);
        let picture = match self.view {
            View::Map => html! {
                <Map shown={self.shown.clone()} {head} {lit} {pinned} {lang} {onhover} {onpick} {onrelease} />
            },
            View::Ribbons => html! {
                <Lines shown={self.shown.clone()} {head} {lit} {pinned} {lang} {onhover} {onpick} {onrelease} />
            },
            View::Stages => {
                let cell =
                    onhover.reform(|at: Option<(usize, usize)>| at.map(|(t, s)| Focus { t, s: Some(s), token: None }));
                let onpick = onpick.reform(|(t, s): (usize, usize)| Some(Focus { t, s: Some(s), token: None }));
                html! { <Steps shown={self.shown.clone()} {head} {focus} onhover={cell} {onpick} {onrelease} {lang} /> }
            }
        };
        let max = shown.heads.largest(head);
        let n = (self.rest.t + 1).to_string();
        let title = words::TABLE.with(lang, &[("n", &n), ("t", shown.ask_label(self.rest.t))]);
        let onplace = pin.does(|v: f64| Hand::Keep(Focus { t: (v as usize).saturating_sub(1), s: None, token: None }));
        let queries = shown.heads.queries as f64;
        html! {
            <div class={classes!("attention-body", (self.view == View::Stages).then_some("staged"))}>
                <div class="attention-main">
                    { picture }
                    { self.legend(max, pin_mark(pin.onrelease().filter(|_| self.pinned), &testid::attention("map"), lang)) }
                </div>
                <div class="attention-side">
                    { side::summary(&self.calm.0, head, lang) }
                    <NumberField id={testid::attention("place")} {lang} label={words::PLACE.get(lang)} help={words::PLACE_HELP.get(lang)}
                        value={self.rest.t as f64 + 1.0} limits={Limits::whole(1.0, queries)}
                        scale={Some(Scale::Linear { min: 1.0, max: queries, step: 1.0 })} onchange={onplace} />
                    <Fold id={testid::attention("table")} {title}>
                        { side::table(shown, head, self.rest.t, lang) }
                    </Fold>
                </div>
            </div>
        }
    }

    /// The colour scale with its range, and the pair under the pointer; ribbons have widths instead of colours.
    fn legend(&self, max: f32, mark: Html) -> Html {
        let (shown, lang, ink) = (&self.shown.0, self.lang, Ink::now());
        let stops: Vec<String> = (0..=8).map(|i| color::hex(color::viridis(i as f32 / 8.0))).collect();
        let ramp = format!("background: linear-gradient(90deg, {})", stops.join(", "));
        let hidden = format!("background: {}", color::hex(map::hidden_color(&ink)));
        let read = self.lit.map_or_else(|| words::HINT.get(lang).to_string(), |f| reading(shown, self.head, f, lang));
        html! {
            <p class="legend">
                if self.view != View::Ribbons {
                    <span>{ words::WEIGHT.get(lang) }{ " 0" }<i class="ramp" style={ramp}></i>{ number::short(f64::from(max)) }</span>
                    if shown.heads.hides() {
                        <span><i class="key" style={hidden}></i>{ if shown.heads.causal { words::HIDDEN } else { words::HIDDEN_PADDING }.get(lang) }</span>
                    }
                }
                <span class="read" data-testid={testid::attention("readout")}>{ read }</span>
                { mark }
            </p>
        }
    }
}

/// Places named where a token is pointed at.
const NAMED: usize = 3;

fn reading(shown: &Shown, head: usize, f: Focus, lang: Lang) -> String {
    let takes = |t: usize| {
        let all = shown.heads.strongest(head, Some(t), NAMED);
        let list =
            all.iter().rev().map(|(_, s, p)| format!("“{}” {}", shown.asked_label(*s), number::short(f64::from(*p))));
        let list = list.collect::<Vec<_>>().join(", ");
        words::TAKES_MOST.with(lang, &[("t", shown.ask_label(t)), ("i", &(t + 1).to_string()), ("list", &list)])
    };
    let asked = |s: usize| {
        let all = shown.heads.askers(head, s, NAMED);
        let list = all.iter().map(|(t, p)| format!("“{}” {}", shown.ask_label(*t), number::short(f64::from(*p))));
        let list = list.collect::<Vec<_>>().join(", ");
        words::ASKED_MOST.with(lang, &[("s", shown.asked_label(s)), ("j", &(s + 1).to_string()), ("list", &list)])
    };
    match (f.token, f.s) {
        (Some(Token::Asks(t)), None) => return takes(t),
        (Some(Token::Asked(s)), _) if shown.heads.cross => return asked(s),
        // One sequence: the token asks and is asked.
        (Some(Token::Asks(i) | Token::Asked(i)), _) => return format!("{}; {}", takes(i), asked(i)),
        (None, _) => {}
    }
    let Some(s) = f.s else { return takes(f.t) };
    let p = shown.heads.weight(head, f.t, s).unwrap_or(f32::NAN);
    let hidden = shown.heads.is_masked(f.t, s);
    let text = if hidden { words::READ_HIDDEN } else { words::READ };
    text.with(
        lang,
        &[
            ("t", shown.ask_label(f.t)),
            ("i", &(f.t + 1).to_string()),
            ("p", &number::short(f64::from(p))),
            ("s", shown.asked_label(s)),
            ("j", &(s + 1).to_string()),
        ],
    )
}
