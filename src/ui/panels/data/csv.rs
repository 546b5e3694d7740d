//! The dialog for the learner's own table: paste, drop or choose it, pick columns, read what is wrong, use it.
//!
//! Reading goes on in pieces of a few milliseconds each. Not responsible for what makes a table usable
//! (`ui::table_draft`).

use super::text_file::TextFile;
use super::{csv_source, csv_view};
use crate::i18n::{Lang, csv as words};
use crate::spec::csv_select::Missing;
use crate::spec::csv_table::{MAX_BYTES, Reading};
use crate::spec::{Code, CsvTask, DataSpec, Problem};
use crate::ui::form::Working;
use crate::ui::table_draft::TableDraft;
use crate::ui::testid;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use web_sys::{DragEvent, File, HtmlDialogElement};
use yew::prelude::*;

/// Rest after a key before the text is read.
const REST_MS: u32 = 250;
/// Shorter texts are read at once.
const AT_ONCE: usize = 60_000;
/// One piece of reading.
const PIECE_MS: f64 = 12.0;
/// Cells read between two looks at the clock.
const PIECE_CELLS: usize = 2000;

/// Properties of [`CsvEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct CsvProps {
    /// Language.
    pub lang: Lang,
    /// The set `csv` or `series` with the table in use, or without one.
    pub data: DataSpec,
    /// A file that was dropped before the dialog opened.
    #[prop_or_default]
    pub file: Option<File>,
    /// Train on this.
    pub onuse: Callback<DataSpec>,
    /// Away with the dialog.
    pub onclose: Callback<()>,
}

/// What happens in the dialog.
pub enum CsvMsg {
    /// The text was changed.
    Typed(String),
    /// It is time to read it.
    Read,
    /// Another text altogether.
    Text(String),
    /// Reads on.
    Piece,
    /// Reading is to stop.
    Stop,
    /// A file was chosen or dropped.
    File(File),
    /// Its content; `None` when the browser could not read it.
    Bytes(Option<TextFile>),
    /// It is read in another encoding.
    Encoding(String),
    /// Of a file that is too long, the beginning is used.
    TakePart,
    /// First row names the columns.
    Header(bool),
    /// What is done about missing cells.
    Missing(Option<Missing>),
    /// What is done about missing cells of one column; `None`: as for the table.
    MissingOf(String, Option<Missing>),
    /// Column to predict.
    Target(String),
    /// Column that gives the order of time.
    Time(String),
    /// A column is forecast over time.
    Series(bool),
    /// Classes or quantities.
    Task(String),
    /// A column is an input or not.
    Input(String, bool),
    /// Every column is, or none.
    All(bool),
    /// A column of dates becomes days or not.
    Dates(String, bool),
    /// Columns with this in their name are listed.
    Search(String),
    /// More columns are listed.
    More,
    /// A file hovers over the dialog.
    Hover(bool),
    /// Use the table.
    Use,
    /// Use a column of sentences as a text.
    UseText(usize),
}

thread_local! {
    /// The text of a dialog that was closed: Escape must not lose what somebody has pasted.
    static LEFT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// See the module.
pub struct CsvEditor {
    draft: TableDraft,
    /// What stands in the text area; read after a rest.
    text: String,
    /// The file it came from.
    bytes: Option<TextFile>,
    /// What is under way, how far it was when last shown, and its next turn.
    reading: Option<(Reading, u32, Timeout)>,
    /// A text longer than a table may be.
    too_long: Option<String>,
    list: csv_view::List,
    rest: Option<Timeout>,
    hover: bool,
    dialog: NodeRef,
}

impl CsvEditor {
    /// Reads the text that stands there: at once, or in pieces when it is long.
    fn start(&mut self, ctx: &Context<Self>, text: String) {
        (self.rest, self.reading, self.too_long) = (None, None, None);
        self.list = csv_view::List::default();
        self.text.clone_from(&text);
        if text.len() > MAX_BYTES {
            let problem = Problem::new("data.csv.text", Code::CsvTooLarge);
            let size = self.bytes.as_ref().map_or(text.len() as f64, |b| b.size);
            let problem = problem.arg("size_kb", (size / 1024.0).ceil()).arg("limit_kb", MAX_BYTES / 1024);
            self.too_long = Some(std::mem::take(&mut self.text));
            self.draft = TableDraft::new(Default::default(), self.draft.is_series());
            return self.draft.refuse(problem);
        }
        if text.len() <= AT_ONCE {
            return self.draft.set_text(text);
        }
        let reading = self.draft.begin(text);
        self.reading = Some((reading, 0, Self::turn(ctx)));
    }

    fn turn(ctx: &Context<Self>) -> Timeout {
        let link = ctx.link().clone();
        Timeout::new(0, move || link.send_message(CsvMsg::Piece))
    }

    /// Reads on for a moment; whether there is something new to show.
    fn piece(&mut self, ctx: &Context<Self>) -> bool {
        let Some((reading, shown, turn)) = &mut self.reading else { return false };
        let now = || web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now());
        let start = now();
        let mut done = false;
        while !done && now() - start < PIECE_MS {
            done = reading.step(PIECE_CELLS);
        }
        if done {
            if let Some((reading, ..)) = self.reading.take() {
                self.draft.end(reading);
            }
            return true;
        }
        let percent = (100.0 * reading.share()) as u32;
        let news = percent != *shown;
        (*shown, *turn) = (percent, Self::turn(ctx));
        news
    }

    /// The text of the file in the chosen encoding.
    fn decode(&mut self, ctx: &Context<Self>) {
        let Some(bytes) = &self.bytes else { return };
        match bytes.text() {
            Ok(text) if bytes.whole() => {
                let empty = text.trim().is_empty();
                self.start(ctx, text);
                if empty {
                    self.draft.refuse(Problem::new("data.csv.text", Code::CsvEmptyFile));
                }
            }
            // Longer than any table, whatever the encoding.
            Ok(text) => {
                let long = text + &" ".repeat(MAX_BYTES);
                self.start(ctx, long);
            }
            Err(kind) => {
                (self.reading, self.too_long) = (None, None);
                self.draft.refuse(Problem::new("data.csv.text", Code::CsvNoTable).arg("kind", kind));
            }
        }
    }

    fn view_reading(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let Some((_, percent, _)) = &self.reading else { return Html::default() };
        html! {
            <Working id={testid::CSV_PROGRESS} stop_id={testid::CSV_STOP} share={f64::from(*percent) / 100.0}
                said={words::READING.with(lang, &[("n", &percent.to_string())])} stop={words::STOP.get(lang)}
                onstop={ctx.link().callback(|()| CsvMsg::Stop)} />
        }
    }

    fn view_too_long(&self, ctx: &Context<Self>) -> Html {
        if self.too_long.is_none() {
            return Html::default();
        }
        let onclick = ctx.link().callback(|_: MouseEvent| CsvMsg::TakePart);
        html! {
            <button type="button" class="button" data-testid={testid::CSV_TAKE_PART} {onclick}>{ words::TAKE_PART.get(ctx.props().lang) }</button>
        }
    }

    fn view_buttons(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let close = ctx.props().onclose.reform(|_: MouseEvent| ());
        let disabled = self.reading.is_some() || !self.draft.is_ready();
        html! {
            <div class="csv-buttons">
                <button type="button" class="button" data-testid={testid::CSV_CANCEL} onclick={close}>{ words::CANCEL.get(lang) }</button>
                <button type="button" class="button primary" data-testid={testid::CSV_USE} {disabled}
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
        let spec = ctx.props().data.csv.clone().unwrap_or_default();
        let text = spec.text.clone();
        let left = LEFT.with(|left| left.take());
        if ctx.props().file.is_none() && text.is_empty() && !left.is_empty() {
            ctx.link().send_message(CsvMsg::Text(left));
        }
        CsvEditor {
            draft: TableDraft::new(spec, ctx.props().data.set == "series"),
            text,
            bytes: None,
            reading: None,
            too_long: None,
            list: csv_view::List::default(),
            rest: None,
            hover: false,
            dialog: NodeRef::default(),
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        LEFT.with(|left| left.replace(std::mem::take(&mut self.text)));
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
                (self.text, self.bytes, self.reading) = (text, None, None);
                let link = ctx.link().clone();
                self.rest = Some(Timeout::new(REST_MS, move || link.send_message(CsvMsg::Read)));
            }
            CsvMsg::Read => self.start(ctx, self.text.clone()),
            CsvMsg::Text(text) => {
                self.bytes = None;
                self.start(ctx, text);
            }
            CsvMsg::Piece => return self.piece(ctx),
            CsvMsg::Stop => {
                self.bytes = None;
                self.start(ctx, String::new());
            }
            CsvMsg::File(file) => {
                self.hover = false;
                csv_source::read(ctx.link(), file);
            }
            CsvMsg::Bytes(Some(bytes)) => {
                self.bytes = Some(bytes);
                self.decode(ctx);
            }
            CsvMsg::Bytes(None) => self.draft.refuse(Problem::new("data.csv.text", Code::CsvEmpty)),
            CsvMsg::Encoding(name) => {
                self.bytes = self.bytes.take().map(|b| b.read_as(&name));
                self.decode(ctx);
            }
            CsvMsg::TakePart => {
                let long = self.too_long.take().unwrap_or_default();
                self.start(ctx, csv_source::fitting(&long).to_owned());
            }
            CsvMsg::Header(on) => self.draft.set_header(on),
            CsvMsg::Missing(missing) => self.draft.set_missing(missing),
            CsvMsg::MissingOf(name, missing) => self.draft.set_missing_of(&name, missing),
            CsvMsg::Target(name) => self.draft.set_target(name),
            CsvMsg::Time(name) => self.draft.set_time(name),
            CsvMsg::Series(on) => self.draft.set_series(on),
            CsvMsg::Task(task) => self.draft.set_task(match task.as_str() {
                "classification" => Some(CsvTask::Classification),
                "regression" => Some(CsvTask::Regression),
                _ => None,
            }),
            CsvMsg::Input(name, on) => self.draft.set_input(&name, on),
            CsvMsg::All(on) => self.draft.set_all(on),
            CsvMsg::Dates(name, on) => self.draft.set_dates(&name, on),
            CsvMsg::Search(text) => self.list = csv_view::List { search: text, ..Default::default() },
            CsvMsg::More => self.list.more += 1,
            CsvMsg::Hover(on) => {
                let same = self.hover == on;
                self.hover = on;
                return !same;
            }
            CsvMsg::Use => {
                if let Some(data) = self.draft.ready(&ctx.props().data) {
                    ctx.props().onuse.emit(data);
                }
            }
            CsvMsg::UseText(column) => {
                let text = self.draft.table().map(|t| t.text_of(column)).unwrap_or_default();
                ctx.props().onuse.emit(DataSpec { text: Some(text), ..DataSpec::of("text") });
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
                    { csv_source::view(lang, &self.text, self.bytes.as_ref(), link) }
                    { csv_view::choices(lang, &self.draft, &self.list, link) }
                </div>
                { self.view_reading(ctx) }
                { csv_view::problems(lang, &self.draft) }
                { self.view_too_long(ctx) }
                { csv_view::hint(lang, &self.draft, link) }
                { csv_view::first_rows(lang, &self.draft) }
                { self.view_buttons(ctx) }
            </dialog>
        }
    }
}
