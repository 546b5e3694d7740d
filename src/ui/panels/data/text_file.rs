//! A file with text in it: its bytes, the encoding that they are read in, and the choice between encodings when in doubt.

use crate::i18n::{Lang, csv as words};
use crate::ui::encoding::{self, ENCODINGS};
use crate::ui::form::{Choice, Item};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecoder};
use yew::prelude::*;

/// A file that was chosen, as far as it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct TextFile {
    /// The beginning of the file, or all of it.
    pub bytes: Vec<u8>,
    /// Size of the whole file in bytes.
    pub size: f64,
    /// Its name.
    pub name: String,
    /// In which encoding it is read.
    pub encoding: &'static str,
    /// Whether that is beyond doubt.
    pub sure: bool,
}

impl TextFile {
    /// Reads a file, no more than `most` bytes of it. `None` when the browser could not.
    pub async fn read(file: File, most: usize) -> Option<TextFile> {
        let part = file.slice_with_f64_and_f64(0.0, most as f64).ok()?;
        let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
        let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
        let guess = encoding::guess(&bytes);
        Some(TextFile { bytes, size: file.size(), name: file.name(), encoding: guess.encoding, sure: guess.sure })
    }

    /// Whether all of the file was read.
    pub fn whole(&self) -> bool {
        self.bytes.len() as f64 >= self.size
    }

    /// The text.
    ///
    /// # Errors
    /// What kind of file it is, when it is no text.
    pub fn text(&self) -> Result<String, String> {
        if let Some(kind) = encoding::no_text(&self.bytes, &self.name) {
            return Err(kind);
        }
        let decoder = TextDecoder::new_with_label(self.encoding);
        // Every browser knows these encodings.
        Ok(decoder.and_then(|d| d.decode_with_u8_array(&self.bytes)).unwrap_or_default())
    }

    /// The same file in another encoding, for a name that [`ENCODINGS`] knows.
    pub fn read_as(&self, name: &str) -> TextFile {
        let known = ENCODINGS.into_iter().find(|e| *e == name);
        TextFile { encoding: known.unwrap_or(self.encoding), ..self.clone() }
    }

    /// The choice between encodings; nothing where there is no doubt.
    pub fn view_encoding(&self, id: &'static str, lang: Lang, onchange: Callback<String>) -> Html {
        if self.sure {
            return Html::default();
        }
        let items: Vec<Item> = ENCODINGS.iter().map(|e| Item::new(*e, words::encoding(e).get(lang))).collect();
        html! {
            <div class="csv-encoding">
                <Choice {id} label={words::ENCODING.get(lang)} {items} value={self.encoding} {onchange} />
                <p class="csv-note">{ words::ENCODING_DOUBT.get(lang) }</p>
            </div>
        }
    }
}
