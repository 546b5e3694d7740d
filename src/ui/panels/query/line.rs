//! The line that a query is typed into, with the network's own names below it.
//!
//! Not responsible for what a query means (`names.rs`) nor for which names are offered (`complete.rs`).

use super::complete::{Offer, complete};
use super::fault::shape;
use super::names::{Known, Role, ask};
use crate::i18n::{Lang, query as words};
use crate::ui::same::Same;
use crate::ui::state::queries::{QUERIES_MAX, QueryMsg};
use crate::ui::state::{Msg, ViewMsg};
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`LineField`].
#[derive(Clone, PartialEq, Properties)]
pub struct LineProps {
    pub lang: Lang,
    /// What can be asked for; `None` until the worker has said it.
    pub names: Option<Same<Vec<Known>>>,
    /// Queries that are open.
    pub open: usize,
    pub emit: Callback<Msg>,
}

/// What is being typed.
#[derive(Clone, Default, PartialEq)]
struct Typing {
    text: String,
    /// The list is shown.
    listed: bool,
    /// Which of it is marked.
    at: Option<usize>,
    /// Why what was typed is not shown.
    fault: Option<String>,
}

/// See the module.
#[component]
pub fn LineField(props: &LineProps) -> Html {
    let lang = props.lang;
    let typing = use_state_eq(Typing::default);
    let empty = Vec::new();
    let names: &Vec<Known> = props.names.as_deref().unwrap_or(&empty);
    let offers = if typing.listed { complete(&typing.text, names) } else { Vec::new() };
    let submit = {
        let (typing, props) = (typing.setter(), props.clone());
        move |text: String| match refused(&text, &props) {
            None => {
                props.emit.emit(Msg::View(ViewMsg::Query(QueryMsg::Open(text))));
                typing.set(Typing::default());
            }
            fault => typing.set(Typing { text, fault, ..Typing::default() }),
        }
    };
    let oninput = {
        let typing = typing.setter();
        Callback::from(move |e: InputEvent| {
            let input: HtmlInputElement = e.target_unchecked_into();
            typing.set(Typing { text: input.value(), listed: true, ..Typing::default() });
        })
    };
    let set = |change: fn(Typing) -> Typing| {
        let typing = typing.clone();
        Callback::from(move |_: FocusEvent| typing.set(change((*typing).clone())))
    };
    let onkeydown = keys(&typing, &offers, submit.clone());
    let onsubmit = {
        let (typing, submit) = (typing.clone(), submit.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            submit(typing.text.clone());
        })
    };
    let marked = typing.at.filter(|i| *i < offers.len());
    html! {
        <div class="query-ask">
            <form class="query-line" {onsubmit}>
                <input type="text" value={typing.text.clone()} spellcheck="false" autocomplete="off" autocapitalize="off"
                    role="combobox" aria-autocomplete="list" aria-controls="query-names" placeholder={words::PLACEHOLDER.get(lang)}
                    aria-expanded={(!offers.is_empty()).to_string()} aria-label={words::FIELD.get(lang)}
                    aria-activedescendant={marked.map(testid::query_name)} aria-invalid={typing.fault.as_ref().map(|_| "true")}
                    aria-describedby={typing.fault.as_ref().map(|_| "query-fault")} data-testid={testid::QUERY_LINE}
                    {oninput} {onkeydown} onblur={set(|t| Typing { listed: false, at: None, ..t })}
                    onfocus={set(|t| Typing { listed: true, ..t })} />
                <button type="submit" class="button" data-testid={testid::QUERY_SHOW}>{ words::SHOW.get(lang) }</button>
                { list(&offers, marked, lang, submit.clone()) }
            </form>
            if let Some(fault) = &typing.fault {
                <p id="query-fault" class="query-fault" role="alert" data-testid={testid::QUERY_FAULT}>{ fault }</p>
            } else if props.open == 0 {
                { tries(names, lang, submit) }
            }
        </div>
    }
}

/// Why a text opens no panel.
fn refused(text: &str, props: &LineProps) -> Option<String> {
    let lang = props.lang;
    if props.open >= QUERIES_MAX {
        return Some(words::FULL.with(lang, &[("n", &QUERIES_MAX.to_string())]));
    }
    let Some(names) = &props.names else { return Some(words::WAITING_NAMES.get(lang).into()) };
    let (fault, of) = ask(text, names).err()?;
    Some(fault.say(of.as_ref().map(|(name, shape)| (name.as_str(), shape.as_slice())), lang))
}

/// Arrows mark a name, Enter shows it, Tab only writes it down, so that a slice can follow; Esc puts the list away.
fn keys(
    typing: &UseStateHandle<Typing>,
    offers: &[Offer],
    submit: impl Fn(String) + 'static,
) -> Callback<KeyboardEvent> {
    let (typing, texts) = (typing.clone(), offers.iter().map(|o| o.text.clone()).collect::<Vec<_>>());
    Callback::from(move |e: KeyboardEvent| {
        // An input method's own Enter chooses a character.
        if e.is_composing() || e.ctrl_key() || e.meta_key() || e.alt_key() {
            return;
        }
        let n = texts.len();
        let now = (*typing).clone();
        let mark = |at: Option<usize>| typing.set(Typing { at, ..now.clone() });
        let marked = now.at.and_then(|i| texts.get(i)).cloned();
        match (e.key().as_str(), marked) {
            ("ArrowDown", _) if n > 0 => mark(Some(now.at.map_or(0, |i| (i + 1) % n))),
            ("ArrowUp", _) if n > 0 => mark(Some(now.at.map_or(n - 1, |i| (i + n - 1) % n))),
            ("ArrowDown", _) => typing.set(Typing { listed: true, ..now }),
            ("Enter", Some(text)) => submit(text),
            ("Tab", Some(text)) if !e.shift_key() => typing.set(Typing { text, listed: true, ..Typing::default() }),
            ("Escape", _) if now.listed && n > 0 => typing.set(Typing { listed: false, at: None, ..now }),
            _ => return,
        }
        e.prevent_default();
    })
}

fn list(offers: &[Offer], marked: Option<usize>, lang: Lang, submit: impl Fn(String) + Clone + 'static) -> Html {
    let one = |(i, offer): (usize, &Offer)| {
        let (submit, text) = (submit.clone(), offer.text.clone());
        // Pressing must not take the focus from the line: that would put the list away.
        let keep = Callback::from(|e: PointerEvent| e.prevent_default());
        let keep_mouse = Callback::from(|e: MouseEvent| e.prevent_default());
        let id = testid::query_name(i);
        html! {
            <li key={i} id={id.clone()} role="option" data-testid={id} aria-selected={(marked == Some(i)).to_string()}
                onpointerdown={keep} onmousedown={keep_mouse} onclick={move |_: MouseEvent| submit(text.clone())}>
                <code>{ &offer.text }</code><span class="dim">{ shape(&offer.shape) }</span>
            </li>
        }
    };
    html! {
        <ul id="query-names" class="query-names" role="listbox" data-testid={testid::QUERY_NAMES} hidden={offers.is_empty()}
            aria-label={words::NAMES.get(lang)}>{ for offers.iter().enumerate().map(one) }</ul>
    }
}

/// Three queries that this network can answer, to be clicked.
fn tries(names: &[Known], lang: Lang, submit: impl Fn(String) + Clone + 'static) -> Html {
    let weight = names.iter().find(|k| k.role == Role::Parameter && k.shape.len() > 1).map(|k| k.name.clone());
    let grad = weight.as_ref().map(|name| format!("{name} grad"));
    let output = names.iter().find(|k| k.name == "output").map(|k| k.name.clone());
    let all: Vec<String> = [weight, grad, output].into_iter().flatten().collect();
    if all.is_empty() {
        return Html::default();
    }
    let one = |(i, text): (usize, String)| {
        let (submit, shown) = (submit.clone(), text.clone());
        html! {
            <button type="button" class="quiet small" data-testid={testid::query_try(i)} onclick={move |_: MouseEvent| submit(text.clone())}>
                <code>{ shown }</code></button>
        }
    };
    html! { <p class="query-tries small dim">{ words::TRY.get(lang) }{ " " }{ for all.into_iter().enumerate().map(one) }</p> }
}
