//! The top of the laboratory: stories, and what moves both networks at once.
//!
//! Not responsible for a side's own settings (`side.rs`).

use super::LabProps;
use crate::i18n::{Text, lab as words, sets, setup, transport};
use crate::ui::form::scale::Limits;
use crate::ui::form::{Choice, Item, NumberField};
use crate::ui::icons::{Sign, icon};
use crate::ui::rooms::lab::setup::{SEED_MAX, SETS, Shared};
use crate::ui::rooms::lab::state::{LabMsg, SPEEDS};
use crate::ui::rooms::lab::story::Story;
use crate::ui::testid;
use yew::prelude::*;

/// See the module.
#[component]
pub fn Bar(props: &LabProps) -> Html {
    let LabProps { state, lang, .. } = props;
    let lang = *lang;
    let shown = Story::ALL.into_iter().find(|s| s.settings(state.settings.shared) == state.settings);
    let story = |s: Story| {
        let onclick = props.emit.reform(move |_: MouseEvent| LabMsg::Story(s));
        html! {
            <button type="button" class="button" data-testid={testid::lab_story(s.name())}
                aria-pressed={(shown == Some(s)).to_string()} {onclick}>{ words::story(s.name()).0.get(lang) }</button>
        }
    };
    html! {<>
        <div class="lab-head">
            <h2 class="lab-title">{ words::TITLE.get(lang) }</h2>
            <p class="lab-lead">{ words::LEAD.get(lang) }</p>
            <div class="lab-stories" role="group" aria-label={words::STORIES.get(lang)}>
                { for Story::ALL.into_iter().map(story) }
            </div>
            { for shown.map(|s| html! { <p class="lab-lead" role="status">{ words::story(s.name()).1.get(lang) }</p> }) }
            if !state.refused.is_empty() {
                <p class="lab-trouble" role="alert" data-testid={testid::LAB_REFUSED}>
                    { words::REFUSED.with(lang, &[("what", &state.refused.join(", "))]) }
                </p>
            }
        </div>
        <div class="lab-bar" role="group" aria-label={words::BAR.get(lang)}>
            { moves(props) }
            { speed(props) }
            <SharedFields ..props.clone() />
        </div>
    </>}
}

fn moves(props: &LabProps) -> Html {
    let LabProps { state, emit, lang } = props;
    let send = |msg: LabMsg| emit.reform(move |_: MouseEvent| msg.clone());
    let (id, sign, label) = if state.playing {
        (testid::LAB_PAUSE, Sign::Pause, transport::PAUSE.get(*lang))
    } else {
        (testid::LAB_PLAY, Sign::Play, transport::PLAY.get(*lang))
    };
    let button = |id, word: Text, help: Text, msg| {
        html! {
            <button type="button" class="button" data-testid={id} title={help.get(*lang)} onclick={send(msg)}>
                { word.get(*lang) }
            </button>
        }
    };
    html! {<>
        <button type="button" class="play" data-testid={id} aria-label={label} title={label}
            onclick={send(LabMsg::TogglePlay)}>{ icon(sign) }</button>
        <div class="moves">
            { button(testid::LAB_STEP, transport::STEP, transport::STEP_HELP, LabMsg::Step) }
            { button(testid::LAB_RESET, transport::RESET, transport::RESET_HELP, LabMsg::Reset) }
        </div>
    </>}
}

fn speed(props: &LabProps) -> Html {
    let LabProps { state, emit, lang } = props;
    let name = |n: f32| transport::SPEED_N.with(*lang, &[("n", &n.to_string())]);
    let mut items: Vec<Item> = SPEEDS.iter().map(|n| Item::new(n.to_string(), name(*n))).collect();
    items.push(Item::new("max", transport::SPEED_MAX.get(*lang)));
    let value = state.steps_per_s.map_or("max".to_string(), |n| n.to_string());
    let onchange = emit.reform(|value: String| LabMsg::Speed(value.parse().ok()));
    html! {
        <Choice id={testid::LAB_SPEED} label={words::SPEED.get(*lang)} help={words::SPEED_HELP.get(*lang)} {items} {value}
            {onchange} />
    }
}

/// Data set and seed.
#[component]
fn SharedFields(props: &LabProps) -> Html {
    let LabProps { state, emit, lang } = props;
    let (lang, shared) = (*lang, state.settings.shared);
    let items: Vec<Item> =
        SETS.iter().map(|set| Item::new(*set, sets::set_text(set).map_or(*set, |text| text.name.get(lang)))).collect();
    let onset = emit.reform(move |name: String| {
        let set = SETS.iter().find(|known| **known == name).copied().unwrap_or(shared.set);
        LabMsg::Shared(Shared { set, ..shared })
    });
    let onseed = emit.reform(move |v: f64| LabMsg::Shared(Shared { seed: v as u32, ..shared }));
    html! {<>
        <Choice id={testid::LAB_SET} label={words::SET.get(lang)} help={words::SET_HELP.get(lang)} {items}
            value={shared.set} onchange={onset} />
        <NumberField id={testid::LAB_SEED} {lang} label={setup::SEED.label.get(lang)} help={setup::SEED.help.get(lang)}
            value={f64::from(shared.seed)} limits={Limits::whole(0.0, f64::from(SEED_MAX))} onchange={onseed} />
    </>}
}
