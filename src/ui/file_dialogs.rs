//! What the page says and asks about files and links: the dialogs that save and share, notes, and the page in place of a
//! broken link.
//!
//! Not responsible for what any of it does (`ui::state::files`).

use super::exports::{Exports, library};
use super::icons::{Sign, icon};
use super::later::later;
use super::notices::found;
use super::parts::tools::Tools;
use super::plots::number;
use super::share::ShareProps;
use super::state::files::{Dialog, FileMsg, Note, is_trained};
use super::state::{Msg, PageMsg, State};
use super::testid;
use crate::export::Format;
use crate::i18n::{Lang, export, files as words, report, shell};
use crate::spec::Problem;
use std::rc::Rc;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

/// Properties of [`FileDialogs`].
#[derive(Clone, PartialEq, Properties)]
pub struct FileDialogsProps {
    /// The page.
    pub state: Rc<State>,
    /// Whether the laboratory is what is seen.
    pub lab: bool,
    /// Its address, or the playground's without what says how it starts.
    pub address: AttrValue,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn FileDialogs(props: &FileDialogsProps) -> Html {
    let FileDialogsProps { state, lab, address, emit } = props.clone();
    let lang = state.page.lang;
    html! {<>
        {
            match state.page.files.dialog {
                Some(Dialog::Save) if is_trained(&state) => later(Tools::Save(SaveProps { state: state.clone(), emit: emit.clone() })),
                Some(Dialog::Save) | None => html! {},
                Some(Dialog::Share) => {
                    let (until, speed, emit) = (state.run.until, state.run.steps_per_s, emit.clone());
                    later(Tools::Share(ShareProps { lang, lab, address, until, speed, emit }))
                }
            }
        }
        if let (Some(note), false) = (&state.page.files.note, lab) {
            <div class="notices file-notes" role="status">{ note_text(note, lang, &emit) }</div>
        }
    </>}
}

/// Opens a dialog once it is there.
#[hook]
pub fn use_modal() -> NodeRef {
    let node = use_node_ref();
    let dialog = node.clone();
    use_effect_with((), move |()| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        }
    });
    node
}

/// Properties of [`Save`].
#[derive(Clone, PartialEq, Properties)]
pub struct SaveProps {
    /// The page.
    pub state: Rc<State>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// The dialog that saves what is trained.
#[component]
pub fn Save(props: &SaveProps) -> Html {
    let SaveProps { state, emit } = props;
    let lang = state.page.lang;
    let node = use_modal();
    let with = use_state_eq(|| true);
    let format = use_state_eq(|| Format::Pytorch);
    let send = |msg: FileMsg| emit.reform(move |_: MouseEvent| Msg::Page(PageMsg::Files(msg.clone())));
    let ontick = {
        let with = with.clone();
        Callback::from(move |e: Event| with.set(e.target_unchecked_into::<HtmlInputElement>().checked()))
    };
    let onclose = emit.reform(|_: Event| Msg::Page(PageMsg::Files(FileMsg::Close)));
    let n = state.run.data.loaded.n_params as u64;
    // Four bytes a number, and base64 makes a third more.
    let kb = (n * 4 * 4 / 3).div_ceil(1024).max(1);
    let facts =
        [("step", number::integer(state.run.status.step)), ("n", number::integer(n)), ("kb", number::integer(kb))];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let help = if *with { words::WEIGHTS_HELP } else { words::BARE_HELP };
    let save = if *with { FileMsg::SaveTrained } else { FileMsg::SaveBare };
    html! {
        <dialog ref={node} class="sheet ask" data-testid={testid::SAVE_DIALOG} aria-labelledby="save-title" {onclose}>
            <h2 id="save-title">{ words::SAVE_TITLE.get(lang) }</h2>
            <label class="check">
                <input type="checkbox" checked={*with} data-testid={testid::SAVE_WEIGHTS} onchange={ontick} />
                { words::WITH_WEIGHTS.get(lang) }
            </label>
            <p class="dim">{ words::WEIGHTS_ARE.with(lang, &facts) }</p>
            <p>{ help.get(lang) }</p>
            <h3>{ export::OTHERS.get(lang) }</h3>
            { library(lang, *format, { let set = format.setter(); Callback::from(move |f| set.set(f)) }) }
            <Exports key={format.name()} {lang} disabled={false} format={*format} />
            <div class="actions">
                <button type="button" class="button primary" data-testid={testid::SAVE_NOW} onclick={send(save)}>
                    { words::SAVE_FILE.get(lang) }
                </button>
                <button type="button" class="button" data-testid={testid::EXPORT_REPORT} title={report::SAVE_HELP.get(lang)}
                    onclick={send(FileMsg::SaveReport)}>{ report::SAVE.get(lang) }</button>
                <button type="button" class="button" data-testid={testid::SAVE_CANCEL} onclick={send(FileMsg::Close)}>
                    { words::CANCEL.get(lang) }
                </button>
            </div>
        </dialog>
    }
}

fn note_text(note: &Note, lang: Lang, emit: &Callback<Msg>) -> Html {
    let step = |n: &u64| number::integer(*n);
    let send = |msg: FileMsg| emit.reform(move |_: MouseEvent| Msg::Page(PageMsg::Files(msg.clone())));
    let body = match note {
        Note::Aside { set, step: n } => html! {<>
            { words::ASIDE.with(lang, &[("set", &words::set(lang, set)), ("step", &step(n))]) }
            <div class="actions">
                <button type="button" class="button" data-testid={testid::BRING_BACK} onclick={send(FileMsg::BringBack)}>
                    { words::BRING_BACK.get(lang) }
                </button>
            </div>
        </>},
        Note::Opened(n) => html! { { words::OPENED.with(lang, &[("step", &step(n))]) } },
        Note::Link(problems) => html! {<>{ words::LINK_PARTS.get(lang) }{ found(lang, problems) }</>},
    };
    let label = shell::DISMISS.get(lang);
    html! {
        <div class="notice" data-testid={testid::FILE_NOTE}>
            { icon(Sign::Info) }
            <div class="notice-body">{ body }</div>
            <button type="button" class="quiet" data-testid={testid::FILE_NOTE_DISMISS} aria-label={label} title={label}
                onclick={send(FileMsg::NoteRead)}>{ icon(Sign::Cross) }</button>
        </div>
    }
}

/// What stands in place of the experiment when its link cannot be used. `back`: whether another one was open before.
pub fn broken(lang: Lang, problems: &[Problem], back: bool, emit: &Callback<Msg>) -> Html {
    let leave = emit.reform(|_: MouseEvent| Msg::Page(PageMsg::Files(FileMsg::LeaveBroken)));
    let word = if back { words::GO_BACK } else { words::OPEN_FIRST };
    html! {
        <main id="lab" class="broken-link" tabindex="-1" role="alert" data-testid={testid::BROKEN_LINK}>
            <h2>{ icon(Sign::Warning) }{ words::BROKEN_TITLE.get(lang) }</h2>
            { found(lang, problems) }
            <p class="dim">{ words::BROKEN_HELP.get(lang) }</p>
            <button type="button" class="button primary" data-testid={testid::BROKEN_LEAVE} onclick={leave}>
                { word.get(lang) }
            </button>
        </main>
    }
}
