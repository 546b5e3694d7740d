//! What a recurrent layer remembers: states, memory and gates over time, one unit over the sequence, and how far the
//! gradient reaches back.
//!
//! Not responsible for the example (`ui::panels::inside::example`) nor for any number of the network (the worker's).

mod compare;
mod gradient;
mod shown;
mod strip;
mod unit;

use super::fold::Fold;
use super::layered::{at_step, layer_choice, nothing_yet};
use super::{Panel, PanelProps};
use crate::i18n::{Lang, Text, states as words};
use crate::protocol::{FrameRequest, LookRequest, Objective, Want};
use crate::ui::form::NumberField;
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::hooks::{use_look, use_pin};
use crate::ui::inside::answer::Nothing;
use crate::ui::inside::states::layout::UNITS_FIRST;
use crate::ui::inside::states::{Part, RecurrentAt, recurrences, step_targets};
use crate::ui::inside::tokens;
use crate::ui::plots::controls::choice;
use crate::ui::plots::reading::Hand;
use crate::ui::plots::{color, number};
use crate::ui::same::Same;
use crate::ui::testid;
use compare::{Question, use_compare};
use gradient::Gradient;
use shown::Shown;
use std::rc::Rc;
use strip::{Large, Parts};
use unit::Over;
use yew::prelude::*;

/// What a part of a cell is called.
fn part_word(part: Part) -> Text {
    match part {
        Part::State => words::STATE,
        Part::Memory => words::MEMORY,
        Part::Input => words::INPUT_GATE,
        Part::Forget => words::FORGET_GATE,
        Part::Candidate | Part::New => words::CANDIDATE,
        Part::Output => words::OUTPUT_GATE,
        Part::Reset => words::RESET_GATE,
        Part::Update => words::UPDATE_GATE,
    }
}

/// The panel; nothing where the network has no recurrent layer.
#[component]
pub fn HiddenStatePanel(props: &PanelProps) -> Html {
    let any = use_memo(Same(props.state.edit.experiment.clone()), |e| !recurrences(&e.0).is_empty());
    if *any {
        html! { <Inner ..props.clone() /> }
    } else {
        Html::default()
    }
}

#[component]
fn Inner(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let known = use_memo(Same(state.edit.experiment.clone()), |e| (recurrences(&e.0), step_targets(&e.0)));
    let (all, steps) = (&known.0, known.1);
    let (layer, reverse) = (use_state_eq(|| 0), use_state_eq(|| false));
    // Chosen by the learner; until then the last step, where each has a loss of its own.
    let loss = use_state_eq(|| None::<Objective>);
    let compare = use_compare();
    let data = use_look(state, testid::PANEL_HIDDEN_STATE);
    let at = all.get(*layer).or(all.first()).cloned();
    let reversed = *reverse && at.as_ref().is_some_and(|a| a.bidirectional);
    let at_end = use_memo(Same(state.edit.experiment.clone()), |e| tokens::stand_at_end(&e.0));
    let deps = (data.map(Same), at.clone(), reversed, Same(state.run.data.clone()), *at_end);
    let shown = use_memo(deps, |(data, at, reverse, loaded, at_end)| {
        let at = at.as_ref().ok_or(Nothing::Missing)?;
        let data = data.as_ref().map(|d| &d.0);
        let tokens = &loaded.0.loaded.tokens;
        Shown::new(data, testid::PANEL_HIDDEN_STATE, at, *reverse, tokens, *at_end).map(|s| Same(Rc::new(s)))
    });
    let Some(at) = at else { return Html::default() };
    let of = objective((*loss).clone(), steps);
    let example = (*state.view.example).clone();
    let values = at.wanted();
    let key = testid::PANEL_HIDDEN_STATE.to_string();
    let look = LookRequest { key, example: example.clone(), values, of: of.clone() };
    let wants = FrameRequest::of([Want::Look(look)]);
    let body = match &*shown {
        Err(nothing) => nothing_yet(*nothing, words::TOO_LARGE, lang),
        Ok(shown) => {
            let question =
                Question { experiment: state.edit.experiment.clone(), at: at.clone(), reverse: reversed, example, of };
            let set = loss.setter();
            html! {<>
                <Strips shown={shown.clone()} at={at.clone()} {lang} />
                <Gradient shown={shown.clone()} {question} step_targets={steps} {compare} {lang}
                    onloss={Callback::from(move |of| set.set(Some(of)))} />
            </>}
        }
    };
    let directions = at.bidirectional.then(|| {
        let set = reverse.setter();
        let names =
            [(words::FORWARD.get(lang), testid::STATES_FORWARD), (words::REVERSE.get(lang), testid::STATES_REVERSE)];
        choice(words::DIRECTION.get(lang), &names, usize::from(reversed), Callback::from(move |i| set.set(i == 1)))
    });
    let names: Vec<&str> = all.iter().map(|a| a.prefix.as_str()).collect();
    html! {
        <Panel id={testid::PANEL_HIDDEN_STATE} title={words::TITLE.get(lang)} {wants} what={words::WHAT.get(lang)} enlarge=true
            export=true tools={directions.unwrap_or_default()}>
            <div class="inside-controls">
                { for layer_choice(state, &names, *layer, testid::hidden_state("layer"), layer.setter()) }
                { for shown.as_ref().as_ref().ok().map(|s| at_step(s.0.step, words::AT_STEP, testid::hidden_state("step"), lang)) }
            </div>
            { body }
        </Panel>
    }
}

/// What is differentiated: what was chosen, as far as the data has it.
fn objective(chosen: Option<Objective>, steps: Option<usize>) -> Objective {
    match (chosen, steps) {
        (Some(Objective::LossAt(t)), Some(n)) => Objective::LossAt(t.min(n.saturating_sub(1))),
        (None, Some(n)) => Objective::LossAt(n.saturating_sub(1)),
        _ => Objective::Loss,
    }
}

#[derive(Clone, PartialEq, Properties)]
struct StripsProps {
    shown: Same<Shown>,
    at: RecurrentAt,
    lang: Lang,
}

/// Parts small, one part large, one unit over the sequence.
#[component]
fn Strips(props: &StripsProps) -> Html {
    let (lang, shown) = (props.lang, &props.shown.0);
    let part = use_state_eq(|| Part::State);
    let (unit, most) = (use_state_eq(|| 0), use_state_eq(|| UNITS_FIRST));
    let pin = use_pin::<(usize, usize)>();
    // What the cell has, should the learner have changed its type.
    let strip = shown.strip(*part);
    let (part_now, units) = (strip.part, strip.units.min(*most));
    let unit_now = (*unit).min(strip.units - 1);
    let set_part = part.setter();
    let set_unit = unit.setter();
    // A click keeps the value, and its unit is the one that is followed.
    let keep = pin.does(Hand::Pick);
    let onpick = {
        let (set_unit, keep) = (set_unit.clone(), keep.clone());
        Callback::from(move |at: Option<(usize, usize)>| {
            at.iter().for_each(|at| set_unit.set(at.0));
            keep.emit(at);
        })
    };
    // A token of the text is a step of the unit that colours it.
    let onstep = pin.does(move |t: Option<usize>| Hand::Point(t.map(|t| (unit_now, t))));
    let onkeep = keep.reform(move |t: usize| Some((unit_now, t)));
    let onunit = Callback::from(move |v: f64| set_unit.set((v as usize).saturating_sub(1)));
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + UNITS_FIRST))
    };
    let rest = strip.units - units;
    let all = strip.units as f64;
    let title = words::TABLE.with(lang, &[("u", &(unit_now + 1).to_string())]);
    html! {<>
        if shown.strips.len() > 1 {
            <Parts shown={props.shown.clone()} part={part_now} onpick={Callback::from(move |p| set_part.set(p))} {lang} />
        }
        if shown.cut { <p class="plot-note">{ words::SOME_TOO_LARGE.get(lang) }</p> }
        <Large shown={props.shown.clone()} part={part_now} {units} unit={unit_now} at={pin.at()} pinned={pin.pinned()}
            onhover={pin.does(Hand::Point)} {onpick} onrelease={pin.onrelease()} {lang} />
        { legend(shown, part_now, pin.at(), pin.mark(&testid::hidden_state("strip"), lang), lang) }
        if rest > 0 {
            <button type="button" class="quiet small" data-testid={testid::hidden_state("more")} onclick={more}>
                { words::MORE.with(lang, &[("n", &rest.min(UNITS_FIRST).to_string()), ("all", &strip.units.to_string())]) }
            </button>
        }
        <div class="unit-row">
            <Over shown={props.shown.clone()} part={part_now} unit={unit_now} at={pin.at().map(|at| at.1)} onhover={onstep} onpick={onkeep} {lang} />
            <div class="unit-side">
                <NumberField id={testid::hidden_state("unit")} {lang} label={words::UNIT.get(lang)} help={words::UNIT_HELP.get(lang)}
                    value={unit_now as f64 + 1.0} limits={Limits::whole(1.0, all)}
                    scale={Some(Scale::Linear { min: 1.0, max: all, step: 1.0 })} onchange={onunit} />
                <Fold id={testid::hidden_state("table")} {title}>{ unit::table(shown, part_now, unit_now, lang) }</Fold>
            </div>
        </div>
    </>}
}

/// The colour scale with its range, and the cell under the pointer.
fn legend(shown: &Shown, part: Part, at: Option<(usize, usize)>, mark: Html, lang: Lang) -> Html {
    let (strip, ink) = (shown.strip(part), crate::ui::plots::ink::Ink::now());
    let (low, high) = strip::range_words(strip);
    let stop = |i: i32| {
        let v = i as f32 / 4.0;
        let v = if part.is_gate() { (v + 1.0) / 2.0 } else { v };
        color::hex(strip::tint(part, v, 1.0, ink.zero))
    };
    let ramp = format!("background: linear-gradient(90deg, {})", (-4..=4).map(stop).collect::<Vec<_>>().join(", "));
    let read = at.and_then(|(u, t)| {
        let v = number::short(f64::from(strip.at(u, t)?));
        let args = [
            ("u", &*(u + 1).to_string()),
            ("t", &(t + 1).to_string()),
            ("token", shown.label(t)),
            ("part", part.letter()),
            ("v", &v),
        ];
        Some(words::READ.with(lang, &args))
    });
    html! {
        <p class="legend">
            <span>{ low }<i class="ramp" style={ramp}></i>{ high }</span>
            <span class="read" data-testid={testid::hidden_state("readout")}>
                { read.unwrap_or_else(|| words::HINT.get(lang).into()) }
            </span>
            { mark }
        </p>
    }
}
