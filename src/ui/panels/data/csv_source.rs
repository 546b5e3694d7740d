//! Where a table comes from: a file or the text area, and the part of a long text that is shown.
//!
//! Not responsible for reading the table (`ui::table_draft`).

use super::csv::{CsvEditor, CsvMsg};
use super::text_file::TextFile;
use crate::i18n::{Lang, between, csv as words};
use crate::spec::csv_table::MAX_BYTES;
use crate::ui::testid;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, File, HtmlInputElement, HtmlTextAreaElement};
use yew::html::Scope;
use yew::prelude::*;

/// Longer texts are shown in part: a browser needs seconds to lay out a hundred thousand lines.
pub const SHOWN_BYTES: usize = 20_000;

/// Reads a file, no more of it than any table may have.
pub fn read(link: &Scope<CsvEditor>, file: File) {
    let link = link.clone();
    // Two bytes a letter are the most that an encoding needs where UTF-8 needs one.
    spawn_local(async move { link.send_message(CsvMsg::Bytes(TextFile::read(file, 2 * MAX_BYTES).await)) });
}

/// The rows at the beginning of a text that fit into a table.
pub fn fitting(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let whole = end == text.len();
    let last = if whole { end } else { text[..end].rfind('\n').unwrap_or(end) };
    text[..last].trim_end_matches('\u{fffd}')
}

/// The beginning of a long text; `None` for one that is shown whole.
pub fn beginning(text: &str) -> Option<&str> {
    if text.len() <= SHOWN_BYTES {
        return None;
    }
    let mut end = SHOWN_BYTES;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(&text[..text[..end].rfind('\n').map_or(end, |at| at + 1)])
}

/// The text area, the file button, and the encoding where it is in doubt.
pub fn view(lang: Lang, text: &str, file: Option<&TextFile>, link: &Scope<CsvEditor>) -> Html {
    let oninput =
        link.callback(|e: InputEvent| CsvMsg::Typed(e.target_unchecked_into::<HtmlTextAreaElement>().value()));
    // A long text is taken before the browser lays it out.
    let onpaste = link.batch_callback(|e: Event| {
        let pasted = e.dyn_ref::<ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()?;
        (pasted.len() > SHOWN_BYTES).then(|| {
            e.prevent_default();
            CsvMsg::Text(pasted)
        })
    });
    let onchange = link.batch_callback(|e: Event| {
        let input = e.target_unchecked_into::<HtmlInputElement>();
        let file = input.files().and_then(|files| files.get(0));
        // So that the same file, mended, can be chosen again.
        input.set_value("");
        file.map(CsvMsg::File)
    });
    let part = beginning(text);
    let size = text.len().div_ceil(1024).to_string();
    html! {
        <div class="csv-source">
            <label for={testid::CSV_TEXT}>{ words::PASTE.get(lang) }</label>
            <textarea id={testid::CSV_TEXT} data-testid={testid::CSV_TEXT} rows="8" spellcheck="false" autocomplete="off"
                placeholder={words::PLACEHOLDER.get(lang)} value={part.unwrap_or(text).to_owned()} readonly={part.is_some()}
                {oninput} {onpaste} />
            if part.is_some() {
                <p class="csv-note" data-testid={testid::CSV_TEXT_PART}>
                    { words::TEXT_PART.with(lang, &[("size", &size)]) }{ between(lang) }
                    <button type="button" class="quiet small" data-testid={testid::CSV_CLEAR}
                        onclick={link.callback(|_: MouseEvent| CsvMsg::Text(String::new()))}>{ words::CLEAR.get(lang) }</button>
                </p>
            }
            <label class="button csv-file">
                { words::FILE.get(lang) }
                <input type="file" accept=".csv,.tsv,.txt,.dat,.data,.tab,.xlsx,.xls,.ods,text/csv,text/plain" data-testid={testid::CSV_FILE} {onchange} />
            </label>
            { for file.map(|f| f.view_encoding(testid::CSV_ENCODING, lang, link.callback(CsvMsg::Encoding))) }
        </div>
    }
}
