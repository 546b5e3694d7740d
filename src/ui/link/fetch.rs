//! The files of a data set: fetched when it is chosen, with progress, and kept for the next time.
//!
//! Not responsible for decoding them (the worker does).

use crate::spec::sets::{DataFile, SetInfo};
use crate::spec::{Code, Problem};
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// Files fetched so far, by path.
#[derive(Default)]
pub(super) struct Files(RefCell<HashMap<&'static str, Uint8Array>>);

impl Files {
    /// Copies of the set's files in the registry's order, fetched where needed; `progress` hears bytes so far and in all.
    pub(super) async fn of(&self, set: &SetInfo, progress: &dyn Fn(u64, u64)) -> Result<Array, Problem> {
        let all = set.bytes() as u64;
        let mut before = 0;
        let buffers = Array::new();
        for file in set.files {
            let kept = self.0.borrow().get(file.path).cloned();
            let bytes = match kept {
                Some(bytes) => bytes,
                None => {
                    let bytes = fetch(file, &|got| progress((before + got).min(all), all)).await.map_err(|reason| {
                        Problem::new("data.set", Code::DataFetch).arg("set", set.name).arg("reason", reason)
                    })?;
                    self.0.borrow_mut().insert(file.path, bytes.clone());
                    bytes
                }
            };
            before += file.bytes as u64;
            // The worker takes what it is sent; the page keeps its own.
            let copy: ArrayBuffer = bytes.slice(0, bytes.length()).buffer();
            buffers.push(&copy);
        }
        Ok(buffers)
    }
}

/// Fetches one file; the reason of a failure is `network` or `http_404`, which `i18n` puts into words.
async fn fetch(file: &DataFile, progress: &dyn Fn(u64)) -> Result<Uint8Array, String> {
    let network = |_: JsValue| "network".to_string();
    let window = web_sys::window().ok_or("network")?;
    let response = JsFuture::from(window.fetch_with_str(file.path)).await.map_err(network)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(format!("http_{}", response.status()));
    }
    let Some(body) = response.body() else {
        let promise = response.array_buffer().map_err(network)?;
        return Ok(Uint8Array::new(&JsFuture::from(promise).await.map_err(network)?));
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes: Vec<u8> = Vec::with_capacity(file.bytes);
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(network)?;
        let done = Reflect::get(&chunk, &"done".into()).map_err(network)?.is_truthy();
        if done {
            return Ok(Uint8Array::from(bytes.as_slice()));
        }
        let value: Uint8Array = Reflect::get(&chunk, &"value".into()).map_err(network)?.unchecked_into();
        let at = bytes.len();
        bytes.resize(at + value.length() as usize, 0);
        value.copy_to(&mut bytes[at..]);
        progress(bytes.len() as u64);
    }
}
