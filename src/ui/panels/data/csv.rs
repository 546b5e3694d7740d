//! The dialog for the learner's own table: paste, drop or choose it, pick columns, read what is wrong, use it.
//!
//! Not responsible for what makes a table usable (`ui::table_draft`).

use super::csv_view;
use crate::i18n::{Lang, csv as words};
use crate::spec::csv_table::MAX_BYTES;
use crate::spec::{Code, CsvSpec, CsvTask, Problem};
use crate::ui::table_draft::TableDraft;
use crate::ui::testid;
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, HtmlDialogElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Rest after a key before the text is read.
const REST_MS: u32 = 250;

/// Properties of [`CsvEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct CsvProps {
    /// Language.
    pub lang: Lang,
    /// The table in use, or an empty one.
    pub spec: CsvSpec,
    /// A file that was dropped before the dialog opened.
    #[prop_or_default]
    pub file: Option<File>,
    /// Train on this.
    pub onuse: Callback<CsvSpec>,
    /// Away with the dialog.
    pub onclose: Callback<()>,
}

/// What happens in the dialog.
pub enum CsvMsg {
    /// The text was changed.
    Typed(String),
    /// It is time to read it.
    Read,
    /// A file was chosen or dropped.
    File(File),
    /// Its content; `None` when the browser could not read it.
    Bytes(Option<Vec<u8>>),
    /// First row names the columns.
    Header(bool),
    /// Rows with missing cells are left out.
    SkipMissing(bool),
    /// Column to predict.
    Target(String),
    /// Classes or quantities.
    Task(String),
    /// A column is an input or not.
    Input(String, bool),
    /// A file hovers over the dialog.
    Hover(bool),
    /// Use the table.
    Use,
}

/// See the module.
pub struct CsvEditor {
    draft: TableDraft,
    /// What stands in the text area; read after a rest.
    text: String,
    rest: Option<Timeout>,
    hover: bool,
    dialog: NodeRef,
}

impl CsvEditor {
    fn read_file(ctx: &Context<Self>, file: &File) {
        let link = ctx.link().clone();
        let buffer = JsFuture::from(file.array_buffer());
        spawn_local(async move {
            let bytes = buffer.await.ok().map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
            link.send_message(CsvMsg::Bytes(bytes));
        });
    }

    fn view_source(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let link = ctx.link();
        let oninput =
            link.callback(|e: InputEvent| CsvMsg::Typed(e.target_unchecked_into::<HtmlTextAreaElement>().value()));
        let onchange = link.batch_callback(|e: Event| {
            let input = e.target_unchecked_into::<HtmlInputElement>();
            let file = input.files().and_then(|files| files.get(0));
            // So that the same file, mended, can be chosen again.
            input.set_value("");
            file.map(CsvMsg::File)
        });
        html! {
            <div class="csv-source">
                <label for={testid::CSV_TEXT}>{ words::PASTE.get(lang) }</label>
                <textarea id={testid::CSV_TEXT} data-testid={testid::CSV_TEXT} rows="8" spellcheck="false" autocomplete="off"
                    placeholder={words::PLACEHOLDER.get(lang)} value={self.text.clone()} {oninput} />
                <label class="button csv-file">
                    { words::FILE.get(lang) }
                    <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" data-testid={testid::CSV_FILE} {onchange} />
                </label>
            </div>
        }
    }

    fn view_buttons(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let close = ctx.props().onclose.reform(|_: MouseEvent| ());
        html! {
            <div class="csv-buttons">
                <button type="button" class="button" data-testid={testid::CSV_CANCEL} onclick={close}>{ words::CANCEL.get(lang) }</button>
                <button type="button" class="button primary" data-testid={testid::CSV_USE} disabled={self.draft.ready().is_none()}
                    onclick={ctx.link().callback(|_: MouseEvent| CsvMsg::Use)}>
                    { words::USE.get(lang) }
                </button>
            </div>
        }
    }
}

/// The file that a drag carries.
pub fn dropped(e: &DragEvent) -> Option<File> {
    e.data_transfer()?.files()?.get(0)
}

impl Component for CsvEditor {
    type Message = CsvMsg;
    type Properties = CsvProps;

    fn create(ctx: &Context<Self>) -> Self {
        if let Some(file) = ctx.props().file.clone() {
            ctx.link().send_message(CsvMsg::File(file));
        }
        let spec = ctx.props().spec.clone();
        let text = spec.text.clone();
        CsvEditor { draft: TableDraft::new(spec), text, rest: None, hover: false, dialog: NodeRef::default() }
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if let (true, Some(dialog)) = (first, self.dialog.cast::<HtmlDialogElement>()) {
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: CsvMsg) -> bool {
        match msg {
            CsvMsg::Typed(text) => {
                self.text = text;
                let link = ctx.link().clone();
                self.rest = Some(Timeout::new(REST_MS, move || link.send_message(CsvMsg::Read)));
            }
            CsvMsg::Read => {
                self.rest = None;
                self.draft.set_text(self.text.clone());
            }
            CsvMsg::File(file) => {
                self.hover = false;
                if file.size() > 2.0 * MAX_BYTES as f64 {
                    let problem = Problem::new("data.csv.text", Code::CsvTooLarge);
                    let size = (file.size() / 1024.0).ceil();
                    self.draft.refuse(problem.arg("size_kb", size).arg("limit_kb", MAX_BYTES / 1024));
                } else {
                    Self::read_file(ctx, &file);
                }
            }
            CsvMsg::Bytes(Some(bytes)) => {
                self.draft.set_bytes(&bytes);
                self.text.clone_from(&self.draft.spec().text);
            }
            CsvMsg::Bytes(None) => self.draft.refuse(Problem::new("data.csv.text", Code::CsvEmpty)),
            CsvMsg::Header(on) => self.draft.set_header(on),
            CsvMsg::SkipMissing(on) => self.draft.set_skip_missing(on),
            CsvMsg::Target(name) => self.draft.set_target(name),
            CsvMsg::Task(task) => self.draft.set_task(match task.as_str() {
                "classification" => Some(CsvTask::Classification),
                "regression" => Some(CsvTask::Regression),
                _ => None,
            }),
            CsvMsg::Input(name, on) => self.draft.set_input(&name, on),
            CsvMsg::Hover(on) => {
                let same = self.hover == on;
                self.hover = on;
                return !same;
            }
            CsvMsg::Use => {
                if let Some(spec) = self.draft.ready() {
                    ctx.props().onuse.emit(spec);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let link = ctx.link();
        let ondragover = link.callback(|e: DragEvent| {
            e.prevent_default();
            CsvMsg::Hover(true)
        });
        let ondrop = link.batch_callback(|e: DragEvent| {
            e.prevent_default();
            Some(dropped(&e).map_or(CsvMsg::Hover(false), CsvMsg::File))
        });
        let onclose = ctx.props().onclose.reform(|_: Event| ());
        html! {
            <dialog ref={self.dialog.clone()} class={classes!("csv", self.hover.then_some("csv-hover"))} data-testid={testid::CSV_DIALOG}
                aria-labelledby="csv-title" {onclose} {ondragover} {ondrop}
                ondragleave={link.callback(|_: DragEvent| CsvMsg::Hover(false))}>
                <h2 id="csv-title">{ words::TITLE.get(lang) }</h2>
                <p class="csv-note">{ if self.hover { words::DROP.get(lang) } else { words::PRIVATE.get(lang) } }</p>
                <div class="csv-body">
                    { self.view_source(ctx) }
                    { csv_view::choices(lang, &self.draft, link) }
                </div>
                { csv_view::problems(lang, &self.draft) }
                { csv_view::first_rows(lang, &self.draft) }
                { self.view_buttons(ctx) }
            </dialog>
        }
    }
}
