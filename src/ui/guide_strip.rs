//! The strip under the transport bar: which experiment this is, what to look for in it, and three things to try, each of
//! which then says where to look.
//!
//! Not responsible for which things there are (`ui::guide`).

use super::guide::{self, Trial};
use super::page;
use super::panels::PanelProps;
use super::state::{Msg, PageMsg};
use super::{testid, trained};
use crate::i18n::{Lang, guide as words, presets, sets};
use crate::spec::Experiment;
use crate::spec::preset::ready::{self, Group, Ready};
use crate::ui::same::Same;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of the strip's inside: slices, so that it is not drawn again with every frame.
#[derive(Clone, PartialEq, Properties)]
struct StripProps {
    experiment: Same<Experiment>,
    tried: Option<Trial>,
    lang: Lang,
    emit: Callback<Msg>,
}

/// The strip.
#[component]
pub fn Guide(props: &PanelProps) -> Html {
    let state = &props.state;
    html! {
        <Strip experiment={Same(state.edit.experiment.clone())} tried={state.page.tried} lang={state.page.lang} emit={props.emit.clone()} />
    }
}

#[component]
fn Strip(props: &StripProps) -> Html {
    let StripProps { experiment, tried, lang, emit } = props;
    let lang = *lang;
    let found = use_memo(experiment.clone(), |e| ready::all().iter().find(|r| r.is(&e.0)));
    let tries = use_memo(experiment.clone(), |e| guide::tries(&e.0));
    // What can be tried goes on to what is there when it is tried; while something does not fit nothing is offered anew.
    let last = use_mut_ref(Vec::new);
    if !tries.is_empty() {
        (*tries).clone_into(&mut last.borrow_mut());
    }
    let chosen = found.map_or("", |r| r.name);
    let button = |(i, trial): (usize, &Trial)| {
        let (emit, trial) = (emit.clone(), *trial);
        let onclick = Callback::from(move |_: MouseEvent| {
            emit.emit(Msg::Page(PageMsg::Try(trial)));
            gloo::timers::callback::Timeout::new(80, move || page::mark(trial.panel())).forget();
        });
        html! {
            <button type="button" class="button try" data-testid={testid::guide_try(i + 1)} {onclick}>
                { trial.label(&experiment.0, lang) }
            </button>
        }
    };
    html! {
        <section class="guide" data-testid={testid::GUIDE} aria-label={words::GUIDE.get(lang)} lang={lang.tag()}>
            <Choice {chosen} {lang} emit={emit.clone()} />
            <div class="guide-says">
                { match tried { Some(trial) => hint(*trial, lang, emit), None => says(*found, &experiment.0, lang) } }
            </div>
            <div class="tries" role="group" aria-label={words::TRY.get(lang)}>
                <span class="dim">{ words::TRY.get(lang) }</span>
                { for last.borrow().iter().enumerate().map(button) }
            </div>
        </section>
    }
}

/// What this is, and what to look for.
fn says(found: Option<&'static Ready>, e: &Rc<Experiment>, lang: Lang) -> Html {
    if let Some(t) = found.and_then(|r| words::ready_text(r.name)) {
        return html! {
            <>
                <p data-testid={testid::GUIDE_WHAT}>{ t.what.get(lang) }</p>
                <p class="dim" data-testid={testid::GUIDE_LOOK_FOR}>{ t.look.get(lang) }</p>
            </>
        };
    }
    let set = sets::set_text(&e.data.set);
    let name = set.map_or(e.data.set.as_str(), |t| t.name.get(lang));
    let what = words::what(e.task.kind.name()).with(lang, &[("n", &e.model.layers.len().to_string()), ("set", name)]);
    html! {
        <>
            <p data-testid={testid::GUIDE_WHAT}>{ what }</p>
            <p class="dim">{ set.map_or("", |t| t.about.get(lang)) }</p>
        </>
    }
}

/// Where to look after something was tried.
fn hint(trial: Trial, lang: Lang, emit: &Callback<Msg>) -> Html {
    let show = Callback::from(move |_: MouseEvent| page::point_to(trial.panel()));
    let done = emit.reform(|_: MouseEvent| Msg::Page(PageMsg::HintRead));
    html! {
        <div class="guide-hint" role="status" data-testid={testid::GUIDE_HINT}>
            <span>{ words::look(trial.name()).get(lang) }</span>
            <button type="button" class="net-link" data-testid={testid::GUIDE_SHOW} onclick={show}>{ words::SHOW.get(lang) }</button>
            <button type="button" class="quiet" data-testid={testid::GUIDE_DONE} aria-label={words::DONE.get(lang)}
                title={words::DONE.get(lang)} onclick={done}>{ "×" }</button>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ChoiceProps {
    chosen: &'static str,
    lang: Lang,
    emit: Callback<Msg>,
}

/// The name of the experiment, which is also the choice of another.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let ChoiceProps { chosen, lang, emit } = props.clone();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect(move || {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(chosen);
            }
        });
    }
    let onchange = Callback::from(move |e: Event| {
        let name = e.target_unchecked_into::<HtmlSelectElement>().value();
        if let Some(ready) = ready::find(&name) {
            trained::open(ready, emit.clone());
        }
    });
    let groups = Group::ALL.iter().map(|group| {
        let members = ready::all().iter().filter(|r| r.group == *group);
        let option = |r: &Ready| {
            html! { <option key={r.name} value={r.name}>{ presets::preset_text(r.name).map_or(r.name, |t| t.get(lang)) }</option> }
        };
        html! { <optgroup label={presets::group_text(group.name()).get(lang)}>{ for members.map(option) }</optgroup> }
    });
    html! {
        <select ref={node} class="guide-name" id={testid::READY} data-testid={testid::READY} {onchange}
            aria-label={presets::READY.get(lang)} title={presets::READY_HELP.get(lang)}>
            <option value="" hidden={!chosen.is_empty()}>{ words::OWN.get(lang) }</option>
            { for groups }
        </select>
    }
}
