//! The header: brand, undo, files, share link, language, theme.
//!
//! Not responsible for reading the opened file (`ui::files`).

use super::icons::{Sign, icon};
use super::state::{EditMsg, Msg, PageMsg, Theme};
use super::testid;
use super::{files, help};
use crate::i18n::{Lang, Text, guide, lab, shell};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Header`]: slices, so that it is not drawn again with every frame.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HeaderProps {
    /// Language of the page.
    pub lang: Lang,
    /// Theme of the page.
    pub theme: Theme,
    /// Whether there is an edit to undo.
    pub can_undo: bool,
    /// Whether there is an edit to redo.
    pub can_redo: bool,
    /// Whether the laboratory is what is seen: it has neither undo nor files.
    pub lab: bool,
    /// Whether a broken link stands in place of the experiment: there is nothing to save or to share.
    pub broken: bool,
    /// Whether type is large.
    pub projector: bool,
    /// Where the link to the other page leads.
    pub nav: AttrValue,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// The header.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let HeaderProps { lang, theme, emit, .. } = props.clone();
    let chooser = use_node_ref();
    let open = {
        let chooser = chooser.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = chooser.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let chosen = {
        let emit = emit.clone();
        Callback::from(move |e: Event| {
            let input: HtmlInputElement = e.target_unchecked_into();
            if let Some(file) = input.files().and_then(|f| f.get(0)) {
                files::read(file, emit.clone());
            }
            // The same file may be chosen again.
            input.set_value("");
        })
    };
    let send = |msg: Msg| {
        let emit = emit.clone();
        Callback::from(move |_: MouseEvent| emit.emit(msg.clone()))
    };
    let sign_only = |id, sign, label: Text, disabled, onclick: Callback<MouseEvent>| {
        let label = label.get(lang);
        html! {
            <button type="button" class="quiet" data-testid={id} aria-label={label} title={label} {disabled} {onclick}>
                { icon(sign) }
            </button>
        }
    };
    let with_word = |id, sign, word: Text, help: Text, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="quiet" data-testid={id} title={help.get(lang)} {onclick}>
                { icon(sign) }<span class="word">{ word.get(lang) }</span>
            </button>
        }
    };
    let (sign, label, next) = match theme {
        Theme::Auto => (Sign::Half, shell::THEME_AUTO, Theme::Light),
        Theme::Light => (Sign::Sun, shell::THEME_LIGHT, Theme::Dark),
        Theme::Dark => (Sign::Moon, shell::THEME_DARK, Theme::Auto),
    };
    html! {
        <header class="top" aria-label={shell::HEADER.get(lang)}>
            <h1 class="brand">{ shell::BRAND.get(lang) }</h1>
            { nav(props) }
            <span class="gap"></span>
            if !props.lab && !props.broken {
                { sign_only(testid::UNDO, Sign::Undo, shell::UNDO, !props.can_undo, send(Msg::Edit(EditMsg::Undo))) }
                { sign_only(testid::REDO, Sign::Redo, shell::REDO, !props.can_redo, send(Msg::Edit(EditMsg::Redo))) }
                <span class="gap"></span>
            }
            if !props.lab {
                { with_word(testid::OPEN_FILE, Sign::Open, shell::OPEN, shell::OPEN_HELP, open) }
            }
            if !props.lab && !props.broken {
                { with_word(testid::SAVE_FILE, Sign::Save, shell::SAVE, shell::SAVE_HELP, send(Msg::Page(PageMsg::Save))) }
            }
            if props.lab || !props.broken {
            { with_word(testid::SHARE_LINK, Sign::Share, shell::SHARE, shell::SHARE_HELP, send(Msg::Page(PageMsg::Share))) }
            }
            <span class="gap"></span>
            <span class="langs" role="group" aria-label={shell::LANGUAGE.get(lang)}>
                { language(testid::LANG_EN, "EN", Lang::En, lang, &emit) }
                { language(testid::LANG_ZH, "中文", Lang::Zh, lang, &emit) }
            </span>
            <button type="button" class="quiet" data-testid={testid::PROJECTOR} aria-pressed={props.projector.to_string()}
                aria-label={guide::PROJECTOR.get(lang)} title={guide::PROJECTOR.get(lang)} onclick={send(Msg::Page(PageMsg::Projector(!props.projector)))}>
                { icon(Sign::Screen) }
            </button>
            { sign_only(testid::THEME, sign, label, false, send(Msg::Page(PageMsg::Theme(next)))) }
            <button type="button" class="quiet" data-testid={testid::HELP} aria-label={guide::HELP.get(lang)} title={guide::HELP.get(lang)}
                aria-haspopup="dialog" onclick={|_: MouseEvent| help::open()}>{ "?" }</button>
            <input ref={chooser} type="file" accept=".json,.safetensors,.onnx,.csv,.tsv,.txt,application/json,text/csv,image/*" hidden=true tabindex="-1"
                data-testid={testid::OPEN_FILE_INPUT} aria-label={shell::OPEN_HELP.get(lang)} onchange={chosen} />
        </header>
    }
}

/// The link to the other page.
fn nav(props: &HeaderProps) -> Html {
    let (id, sign, word, help) = if props.lab {
        (testid::NAV_PLAY, Sign::Back, lab::NAV_PLAY, lab::NAV_PLAY_HELP)
    } else {
        (testid::NAV_LAB, Sign::Fading, lab::NAV, lab::NAV_HELP)
    };
    html! {
        <a class="quiet nav" href={props.nav.clone()} data-testid={id} title={help.get(props.lang)}>
            { icon(sign) }<span class="word">{ word.get(props.lang) }</span>
        </a>
    }
}

fn language(id: &'static str, word: &'static str, to: Lang, now: Lang, emit: &Callback<Msg>) -> Html {
    let emit = emit.clone();
    let onclick = move |_| emit.emit(Msg::Page(PageMsg::Lang(to)));
    html! {
        <button type="button" class="quiet" data-testid={id} lang={to.tag()} aria-pressed={(to == now).to_string()} {onclick}>
            { word }
        </button>
    }
}
