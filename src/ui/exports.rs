//! Buttons that save the run as files for other programs.
//!
//! Not responsible for the files (`export`) nor for asking for them (`ui::link`).

use super::link::Asker;
use super::link::file::{Wanted, made};
use super::notices::found;
use super::plots::{controls, download};
use super::testid;
use crate::export::{FileKind, Format};
use crate::i18n::{Lang, Text, export as words};
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
    /// What script and weights are for.
    pub format: Format,
}

/// The libraries that scripts are written for.
const LIBRARIES: [(Format, &str); 2] = [(Format::Pytorch, testid::CODE_PYTORCH), (Format::Keras, testid::CODE_KERAS)];

/// The choice of a library.
pub fn library(lang: Lang, chosen: Format, choose: Callback<Format>) -> Html {
    let names = LIBRARIES.map(|(format, id)| (format.name(), id));
    let at = LIBRARIES.iter().position(|(format, _)| *format == chosen).unwrap_or(0);
    controls::choice(words::LIBRARY.get(lang), &names, at, choose.reform(|i: usize| LIBRARIES[i].0))
}

type Button = (Wanted, Text, &'static str);

/// The files, with what they are called and their test ids.
fn files(format: Format) -> [Button; 4] {
    let [script, weights] = match format {
        Format::Keras => [
            (Wanted::Made(FileKind::Keras), words::SCRIPT, testid::EXPORT_KERAS),
            (Wanted::Made(FileKind::KerasWeights), words::WEIGHTS, testid::EXPORT_KERAS_WEIGHTS),
        ],
        Format::Pytorch | Format::Onnx => [
            (Wanted::Made(FileKind::Pytorch), words::SCRIPT, testid::EXPORT_PYTORCH),
            (Wanted::Made(FileKind::Weights), words::WEIGHTS, testid::EXPORT_WEIGHTS),
        ],
    };
    let rows = (Wanted::Rows, words::ROWS, testid::EXPORT_ROWS);
    [script, weights, rows, (Wanted::Made(FileKind::Onnx), words::ONNX, testid::EXPORT_ONNX)]
}

/// See the module.
#[component]
pub fn Exports(props: &ExportsProps) -> Html {
    let ExportsProps { lang, disabled, format } = *props;
    let asker = use_context::<Asker>();
    let refused = use_state_eq(|| None::<Rc<Vec<Problem>>>);
    let button = |(kind, word, id): Button| {
        let (asker, set) = (asker.clone(), refused.setter());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (Some(asker), set) = (asker.clone(), set.clone()) else { return };
            asker.file(kind, made, move |written| match written {
                Ok(file) => {
                    set.set(None);
                    // A browser that refuses a download says so itself.
                    let _ = download::bytes(
                        &file.name,
                        file.mime,
                        &js_sys::Uint8Array::from(file.bytes.as_slice()).buffer(),
                    );
                }
                Err(problems) => set.set(Some(Rc::new(problems))),
            });
        });
        html! {
            <button type="button" class="button" data-testid={id} {disabled} {onclick}>{ word.get(lang) }</button>
        }
    };
    html! {<>
        <div class="actions exports" data-no-export="">{ for files(format).into_iter().map(button) }</div>
        if let Some(problems) = (*refused).clone() { <div role="alert">{ found(lang, &problems) }</div> }
    </>}
}
