//! Buttons that save the run as files for other programs.
//!
//! Not responsible for the files (`export`, written by the worker).

use super::link::Asker;
use super::notices::found;
use super::plots::download;
use super::testid;
use crate::i18n::{Lang, export as words};
use crate::protocol::FileKind;
use crate::spec::Problem;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Exports`].
#[derive(Clone, PartialEq, Properties)]
pub struct ExportsProps {
    /// Language.
    pub lang: Lang,
    /// Whether nothing runs that could be saved as it is seen.
    pub disabled: bool,
}

/// The files, with what they are called and their test ids.
const FILES: [(FileKind, crate::i18n::Text, &str); 4] = [
    (FileKind::Pytorch, words::SCRIPT, testid::EXPORT_PYTORCH),
    (FileKind::Weights, words::WEIGHTS, testid::EXPORT_WEIGHTS),
    (FileKind::Rows, words::ROWS, testid::EXPORT_ROWS),
    (FileKind::Onnx, words::ONNX, testid::EXPORT_ONNX),
];

/// See the module.
#[component]
pub fn Exports(props: &ExportsProps) -> Html {
    let ExportsProps { lang, disabled } = *props;
    let asker = use_context::<Asker>();
    let refused = use_state_eq(|| None::<Rc<Vec<Problem>>>);
    let button = |(kind, word, id): &(FileKind, crate::i18n::Text, &'static str)| {
        let (asker, set, kind) = (asker.clone(), refused.setter(), *kind);
        let onclick = Callback::from(move |_: MouseEvent| {
            let (Some(asker), set) = (asker.clone(), set.clone()) else { return };
            asker.file(kind, move |written| match written {
                Ok(file) => {
                    set.set(None);
                    // A browser that refuses a download says so itself.
                    let _ = download::bytes(&file.name, &file.mime, &file.bytes);
                }
                Err(failure) => set.set(Some(Rc::new(failure.problems))),
            });
        });
        html! {
            <button type="button" class="button" data-testid={*id} {disabled} {onclick}>{ word.get(lang) }</button>
        }
    };
    html! {<>
        <div class="actions exports" data-no-export="">{ for FILES.iter().map(button) }</div>
        if let Some(problems) = (*refused).clone() { <div role="alert">{ found(lang, &problems) }</div> }
    </>}
}
