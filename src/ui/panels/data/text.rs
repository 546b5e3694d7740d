//! The editor of the learner's own text: pasted, dropped or chosen as a file; with the context that it is read in, so that a
//! short text can be used as well.
//!
//! What is too short or too long is said under it, and the run goes on with the last text that could be used. Not
//! responsible for what makes a text usable (`spec::sequences`).

use super::text_file::TextFile;
use crate::i18n::{Lang, data as words};
use crate::spec::sequences::{MAX_TEXT, characters};
use crate::spec::{Code, DataSpec, Problem};
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::form::{NumberField, problems, say};
use crate::ui::hooks::use_typed;
use crate::ui::plots::number::integer;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Rest after a key before the text is taken.
const REST_MS: u32 = 600;
/// What a decoder leaves of bytes that are no text.
const NO_TEXT: [char; 2] = ['\u{fffd}', '\0'];

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
    // Once a text is in force, the context is a setting like any other (`controls`).
    let context = use_state_eq(|| None::<usize>);
    let waiting = props.data.text.is_none();
    let data = DataSpec { context: context.filter(|_| waiting).or(props.data.context), ..props.data.clone() };
    let typed = {
        let (data, emit) = (data.clone(), props.emit.clone());
        let take = move |text| emit.emit(Msg::Edit(EditMsg::Data(DataSpec { text: Some(text), ..data.clone() })));
        use_typed(&in_force, Callback::from(take))
    };
    let take = {
        let (typed, refused, data) = (typed.clone(), refused.setter(), data.clone());
        Callback::from(move |(text, ms): (String, u32)| {
            refused.set(None);
            let usable = DataSpec { text: Some(text.clone()), ..data.clone() }.info().is_ok();
            typed.put(text, usable.then_some(ms));
        })
    };
    let file = use_state_eq(|| None::<TextFile>);
    let decode = {
        let (take, refused, file) = (take.clone(), refused.setter(), file.setter());
        Callback::from(move |found: TextFile| {
            match found.text() {
                Ok(text) => match text.lines().position(|l| l.contains(NO_TEXT)) {
                    Some(at) => refused.set(Some(Problem::new("data.text", Code::TextEncoding).arg("row", at + 1))),
                    None => take.emit((text, 0)),
                },
                Err(kind) => refused.set(Some(Problem::new("data.text", Code::TextNoText).arg("kind", kind))),
            }
            file.set(Some(found));
        })
    };
    let read = {
        let (decode, refused) = (decode.clone(), refused.setter());
        Callback::from(move |file: File| {
            let (decode, refused) = (decode.clone(), refused.clone());
            let most = 4 * MAX_TEXT;
            if file.size() > most as f64 {
                let problem = Problem::new("data.text", Code::TextTooLong).arg("got", file.size());
                return refused.set(Some(problem.arg("max", MAX_TEXT)));
            }
            spawn_local(async move {
                match TextFile::read(file, most).await {
                    Some(file) => decode.emit(file),
                    None => refused.set(Some(Problem::new("data.text", Code::TextEncoding).arg("row", 1))),
                }
            });
        })
    };
    {
        let read = read.clone();
        use_effect_with(props.file.clone(), move |file| file.iter().cloned().for_each(|f| read.emit(f)));
    }
    let oninput = {
        let file = file.setter();
        take.reform(move |e: InputEvent| {
            file.set(None);
            (e.target_unchecked_into::<HtmlTextAreaElement>().value(), REST_MS)
        })
    };
    let encoding = (*file).as_ref().map(|f| {
        let (f, decode) = (f.clone(), decode.clone());
        f.clone().view_encoding(testid::TEXT_ENCODING, lang, decode.reform(move |name: String| f.read_as(&name)))
    });
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
            let found = with(&data, typed.text()).info().err().unwrap_or_default();
            found.iter().filter(|p| p.path == "data.text").map(|p| say(p, lang).into()).collect()
        }
    };
    let set_context = {
        let (context, emit, data, text) = (context.setter(), props.emit.clone(), data.clone(), typed.text().to_owned());
        Callback::from(move |n: usize| {
            context.set(Some(n));
            let data = DataSpec { context: Some(n), ..with(&data, &text) };
            if data.info().is_ok() {
                emit.emit(Msg::Edit(EditMsg::Data(data)));
            }
        })
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
            { for encoding }
            if waiting { { view_context(&data, &set_context, lang) } }
            if said.is_empty() { { view_count(&data, typed.text(), lang) } }
            { problems(testid::TEXT_OWN, &said) }
            { view_fix(&data, typed.text(), &set_context, lang) }
        </div>
    }
}

fn with(data: &DataSpec, text: &str) -> DataSpec {
    DataSpec { text: Some(text.to_owned()), ..data.clone() }
}

/// The context, while no text is in force.
fn view_context(data: &DataSpec, set: &Callback<usize>, lang: Lang) -> Html {
    let Some((_, min, max)) = data.set_info().and_then(|s| s.context) else { return Html::default() };
    let (min, max) = (min as f64, max as f64);
    html! {
        <NumberField id={testid::TEXT_CONTEXT} {lang} label={words::CONTEXT.get(lang)} help={words::CONTEXT_HELP.get(lang)}
            value={data.context_len() as f64} limits={Limits::whole(min, max)}
            scale={Scale::Stops([4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 256.0, 512.0].into())}
            onchange={set.reform(|v: f64| v as usize)} />
    }
}

/// How much text there is, and how much is needed.
fn view_count(data: &DataSpec, text: &str, lang: Lang) -> Html {
    let facts = [characters(text).count(), data.context_len(), data.rows_needed()].map(|n| integer(n as u64));
    let said = words::TEXT_COUNT.with(lang, &[("got", &facts[0]), ("context", &facts[1]), ("min", &facts[2])]);
    html! { <p role="status" data-testid={testid::TEXT_COUNT}>{ said }</p> }
}

/// Where a shorter context would do.
fn view_fix(data: &DataSpec, text: &str, set: &Callback<usize>, lang: Lang) -> Html {
    let count = characters(text).count();
    let fits = data.longest_context(count).filter(|n| *n < data.context_len());
    let Some(n) = fits.filter(|n| DataSpec { context: Some(*n), ..with(data, text) }.info().is_ok()) else {
        return Html::default();
    };
    let onclick = set.reform(move |_: MouseEvent| n);
    html! {
        <button type="button" class="button small" data-testid={testid::TEXT_CONTEXT_FIX} {onclick}>
            { words::TEXT_CONTEXT_FIX.with(lang, &[("n", &integer(n as u64))]) }
        </button>
    }
}
