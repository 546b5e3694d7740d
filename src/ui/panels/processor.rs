//! What runs the experiment: the processor or the graphics card, which of them is faster for this network, and from which
//! size on the card pays.
//!
//! Not responsible for timing (`race.rs`) nor for moving a run (`ui::link`).

mod race;
mod sizes;

use super::{Panel, PanelProps};
use crate::i18n::{Lang, card as words};
use crate::spec::Backend;
use crate::ui::card;
use crate::ui::form::{Choice, Item, say};
use crate::ui::plots::number;
use crate::ui::state::card::{CardMsg, Race, WORTH};
use crate::ui::state::{Msg, RunMsg};
use crate::ui::testid;
use race::use_race;
use yew::prelude::*;

/// Below this a step is over before a card has begun: some ten operations of 8 µs each, at 10 GFLOP/s on the processor.
const FLOPS_MIN: f64 = 2e7;
/// Before the race, the learner's own run has its first steps.
const STEPS_BEFORE: u64 = 30;

/// See the module.
#[component]
pub fn ProcessorPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let race = use_race(props.emit.clone());
    let known = state.run.card.race.clone().filter(|r| r.is_of(&state.edit.experiment));
    let large = state.run.data.loaded.flops_per_step > FLOPS_MIN && state.run.status.step > STEPS_BEFORE;
    let by_itself =
        large && state.edit.experiment.backend == Backend::Auto && known.is_none() && state.edit.problems.is_empty();
    {
        let (start, experiment) = (race.start.clone(), state.edit.experiment.clone());
        use_effect_with(by_itself, move |by_itself| {
            if *by_itself {
                start.emit((experiment, true));
            }
        });
    }
    let chosen = match state.edit.experiment.backend {
        Backend::Auto => "auto",
        Backend::Simd | Backend::Reference => "simd",
        Backend::Webgpu => "webgpu",
    };
    let items = [("auto", words::AUTO), ("simd", words::SIMD), ("webgpu", words::WEBGPU)];
    let onchange = props.emit.reform(|name: String| {
        Msg::Run(RunMsg::Card(CardMsg::Choose(match name.as_str() {
            "simd" => Backend::Simd,
            "webgpu" => Backend::Webgpu,
            _ => Backend::Auto,
        })))
    });
    let onrace = {
        let (start, experiment) = (race.start.clone(), state.edit.experiment.clone());
        Callback::from(move |_: MouseEvent| start.emit((experiment.clone(), false)))
    };
    let there = card::is_there();
    html! {
        <Panel id={testid::PANEL_PROCESSOR} title={words::TITLE.get(lang)} what={words::RUNS_ON_HINT.get(lang)}>
            <div class="processor">
                <div class="processor-choice">
                    <Choice id={testid::RUNS_ON} label={words::RUNS_ON.get(lang)} value={chosen} {onchange}
                        items={items.map(|(name, text)| Item::new(name, text.get(lang))).to_vec()} />
                    <div data-testid={testid::RUNS_ON_SAYS} role="status">
                        if !there {
                            <p class="dim">{ words::NONE.get(lang) }</p>
                        } else if race.running {
                            <p class="dim">{ words::RACING.get(lang) }</p>
                        } else if let Some(known) = &known {
                            { result(known, lang) }
                        } else if let Some(error) = &race.error {
                            <p class="dim">{ error.words(lang) }</p>
                        }
                    </div>
                    if there {
                        <button class="button" data-testid={testid::RACE} title={words::RACE_HINT.get(lang)} onclick={onrace}
                            disabled={race.running || !state.edit.problems.is_empty()}>
                            { words::RACE.get(lang) }
                        </button>
                    }
                </div>
                if there { <sizes::Sizes {lang} /> }
            </div>
        </Panel>
    }
}

/// Who was faster, and by how much.
pub fn sentence(race: &Race, lang: Lang) -> String {
    let rate = |x: f64| number::si(number::rounded(x));
    match &race.card {
        Err(problem) => say(problem, lang),
        Ok(card) => {
            let (text, x, a, b) = if *card > WORTH * race.simd {
                (words::CARD_WINS, card / race.simd, *card, race.simd)
            } else if race.simd > WORTH * card {
                (words::SIMD_WINS, race.simd / card, race.simd, *card)
            } else {
                (words::EVEN, 1.0, race.simd, *card)
            };
            text.with(lang, &[("x", &number::fixed(x, 1)), ("a", &rate(a)), ("b", &rate(b))])
        }
    }
}

/// The same, and which card it was.
fn result(race: &Race, lang: Lang) -> Html {
    let adapter = match (race.software, race.adapter.as_str()) {
        (true, _) => words::SOFTWARE.get(lang).to_string(),
        (false, "") => String::new(),
        (false, name) => words::ADAPTER.with(lang, &[("name", name)]),
    };
    html! {
        <>
            <p>{ sentence(race, lang) }</p>
            if race.card.is_ok() && !adapter.is_empty() { <p class="dim small">{ adapter }</p> }
        </>
    }
}
