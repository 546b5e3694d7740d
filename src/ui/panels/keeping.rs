//! What is kept for use without a network, and the button that has all of it kept: a part of the panel about the program.
//!
//! Not responsible for keeping (`ui::offline`).

use crate::i18n::{Lang, offline as words};
use crate::ui::plots::number;
use crate::ui::state::offline::{Kept, Offline, OfflineMsg};
use crate::ui::state::{Msg, PageMsg};
use crate::ui::testid;
use yew::prelude::*;

/// The part.
pub fn view(lang: Lang, offline: Offline, emit: &Callback<Msg>) -> Html {
    let ontoggle = emit.reform(|_: Event| Msg::Page(PageMsg::Offline(OfflineMsg::Ask)));
    let says = |text: String| html! { <p data-testid={testid::OFFLINE_KEPT} role="status">{ text }</p> };
    html! {
        <details class="fold" {ontoggle}>
            <summary data-testid={testid::OFFLINE}><span>{ words::TITLE.get(lang) }</span></summary>
            { match offline.kept {
                None => says(words::NOTHING.get(lang).into()),
                Some(kept) if kept.bytes >= kept.all_bytes => says(words::KEPT_ALL.with(lang, &[("all", &mb(kept.all_bytes))])),
                Some(kept) => html! {<>
                    { says(words::KEPT.with(lang, &[("kept", &mb(kept.bytes)), ("all", &mb(kept.all_bytes))])) }
                    { keep(lang, offline, kept, emit) }
                </>},
            } }
        </details>
    }
}

fn keep(lang: Lang, offline: Offline, kept: Kept, emit: &Callback<Msg>) -> Html {
    let onclick = emit.reform(|_: MouseEvent| Msg::Page(PageMsg::Offline(OfflineMsg::KeepAll)));
    html! {<>
        if offline.failed { <p role="alert">{ words::FAILED.get(lang) }</p> }
        if offline.keeping {
            <progress data-testid={testid::OFFLINE_PROGRESS} aria-label={words::KEEPING.get(lang)}
                value={kept.bytes.to_string()} max={kept.all_bytes.to_string()} />
        } else {
            <button type="button" class="button" data-testid={testid::OFFLINE_KEEP} {onclick}>{ words::KEEP_ALL.get(lang) }</button>
        }
    </>}
}

/// Megabytes with one decimal.
fn mb(bytes: u64) -> String {
    number::fixed(bytes as f64 / 1e6, 1)
}
