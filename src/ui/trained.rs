//! Experiments that open trained: their saved files, fetched when they are asked for.
//!
//! Not responsible for what a saved file holds (`ui::files` reads it as it reads the learner's own).

use super::files;
use super::state::{EditMsg, Msg, PageMsg};
use crate::spec::preset::ready::Ready;
use crate::spec::{Code, Problem};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, Response};
use yew::Callback;

/// Opens a ready experiment: trained, where a file of that is shipped, else from its first weights.
pub fn open(ready: &'static Ready, emit: Callback<Msg>) {
    match ready.trained() {
        Some(path) => spawn_local(async move {
            match fetch(path).await {
                Ok(file) => files::read(file, emit),
                Err(reason) => {
                    let problem = Problem::new("", Code::DataFetch).arg("set", ready.name).arg("reason", reason);
                    emit.emit(Msg::Page(PageMsg::Refuse(vec![problem])));
                }
            }
        }),
        None => {
            if let Some(experiment) = ready.experiment() {
                emit.emit(Msg::Edit(EditMsg::Open(Box::new(experiment))));
            }
        }
    }
}

/// The file; the reason of a failure is `network` or `http_404`, which `i18n` puts into words.
async fn fetch(path: &'static str) -> Result<File, String> {
    let network = |_: JsValue| "network".to_string();
    let window = web_sys::window().ok_or("network")?;
    let response = JsFuture::from(window.fetch_with_str(path)).await.map_err(network)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(format!("http_{}", response.status()));
    }
    let blob = JsFuture::from(response.blob().map_err(network)?).await.map_err(network)?;
    let name = path.rsplit('/').next().unwrap_or(path);
    File::new_with_blob_sequence(&Array::of1(&blob), name).map_err(network)
}
