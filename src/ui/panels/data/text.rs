//! The editor of the learner's own text: pasted, dropped or chosen as a file.
//!
//! What is too short or too long is said under it, and the run goes on with the last text that could be used. Not
//! responsible for what makes a text usable (`spec::sequences`).

use crate::i18n::{Lang, data as words};
use crate::spec::csv_table::decode_text;
use crate::spec::sequences::MAX_TEXT;
use crate::spec::{Code, DataSpec, Problem};
use crate::ui::form::{problems, say};
use crate::ui::hooks::use_typed;
use crate::ui::state::Msg;
use crate::ui::testid;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Rest after a key before the text is taken.
const REST_MS: u32 = 600;

/// Properties of [`TextEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct TextProps {
    /// Language.
    pub lang: Lang,
    /// The set `text`, with the text in force or without one.
    pub data: DataSpec,
    /// A file that was dropped.
    #[prop_or_default]
    pub file: Option<File>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn TextEditor(props: &TextProps) -> Html {
    let lang = props.lang;
    let in_force = props.data.text.clone().unwrap_or_default();
    let refused = use_state_eq(|| None::<Problem>);
    let typed = {
        let (data, emit) = (props.data.clone(), props.emit.clone());
        let take = move |text| emit.emit(Msg::Data(DataSpec { text: Some(text), ..data.clone() }));
        use_typed(&in_force, Callback::from(take))
    };
    let take = {
        let (typed, refused, data) = (typed.clone(), refused.setter(), props.data.clone());
        Callback::from(move |(text, ms): (String, u32)| {
            refused.set(None);
            let usable = DataSpec { text: Some(text.clone()), ..data.clone() }.info().is_ok();
            typed.put(text, usable.then_some(ms));
        })
    };
    let read = {
        let (take, refused) = (take.clone(), refused.setter());
        Callback::from(move |file: File| {
            let (take, refused) = (take.clone(), refused.clone());
            if file.size() > 4.0 * MAX_TEXT as f64 {
                let problem = Problem::new("data.text", Code::TextTooLong).arg("got", file.size());
                return refused.set(Some(problem.arg("max", MAX_TEXT)));
            }
            spawn_local(async move {
                let bytes = JsFuture::from(file.array_buffer()).await.map(|b| js_sys::Uint8Array::new(&b).to_vec());
                match decode_text(&bytes.unwrap_or_default()) {
                    Ok(text) => take.emit((text, 0)),
                    Err(problem) => refused.set(Some(Problem { code: Code::TextEncoding, ..problem })),
                }
            });
        })
    };
    {
        let read = read.clone();
        use_effect_with(props.file.clone(), move |file| file.iter().cloned().for_each(|f| read.emit(f)));
    }
    let oninput = take.reform(|e: InputEvent| (e.target_unchecked_into::<HtmlTextAreaElement>().value(), REST_MS));
    let onchange = Callback::from(move |e: Event| {
        let input = e.target_unchecked_into::<HtmlInputElement>();
        let file = input.files().and_then(|files| files.get(0));
        // So that the same file, mended, can be chosen again.
        input.set_value("");
        file.into_iter().for_each(|f| read.emit(f));
    });
    let said: Vec<AttrValue> = match (&*refused, typed.text().is_empty()) {
        (Some(problem), _) => vec![say(problem, lang).into()],
        (None, true) => Vec::new(),
        (None, false) => {
            let tried = DataSpec { text: Some(typed.text().to_owned()), ..props.data.clone() };
            let found = tried.info().err().unwrap_or_default();
            found.iter().filter(|p| p.path == "data.text").map(|p| say(p, lang).into()).collect()
        }
    };
    html! {
        <div class={classes!("own-text", (!said.is_empty()).then_some("field-bad"))}>
            <label for={testid::TEXT_OWN}>{ words::OWN_TEXT.get(lang) }</label>
            <textarea id={testid::TEXT_OWN} data-testid={testid::TEXT_OWN} rows="5" spellcheck="false" autocomplete="off"
                placeholder={words::OWN_TEXT_HINT.get(lang)} value={typed.text().to_owned()}
                aria-describedby={format!("{}-problem", testid::TEXT_OWN)} {oninput} />
            <label class="button csv-file">
                { words::TEXT_FILE.get(lang) }
                <input type="file" accept=".txt,.md,text/plain" data-testid={testid::TEXT_FILE} {onchange} />
            </label>
            { problems(testid::TEXT_OWN, &said) }
        </div>
    }
}
