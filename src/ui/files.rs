//! Experiment files: reading what was opened or dropped, offering what is saved.
//!
//! Not responsible for data files (tables, pictures): those belong to the data panel.

use super::route;
use super::state::Msg;
use crate::spec::experiment::FILE_LIMIT_KB;
use crate::spec::{Code, Experiment, Problem};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};
use yew::Callback;

/// Reads an experiment file and says what came of it.
pub fn read(file: File, emit: Callback<Msg>) {
    spawn_local(async move {
        let kb = (file.size() / 1024.0).ceil() as usize;
        let result = if kb > FILE_LIMIT_KB {
            Err(vec![Problem::new("", Code::TooLong).arg("size_kb", kb).arg("limit_kb", FILE_LIMIT_KB)])
        } else {
            match JsFuture::from(file.text()).await.ok().and_then(|t| t.as_string()) {
                Some(text) => route::usable(Experiment::from_json(&text)),
                None => Err(vec![Problem::new("", Code::NotJson).arg("line", 1).arg("column", 1)]),
            }
        };
        emit.emit(match result {
            Ok(experiment) => Msg::Open(experiment),
            Err(problems) => Msg::Refuse(problems),
        });
    });
}

/// Offers the experiment as `<data set>.gradarium.json`.
pub fn save(experiment: &Experiment) -> Option<()> {
    let name = format!("{}.gradarium.json", experiment.data.set);
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&experiment.to_json_pretty().into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(&name);
    link.click();
    // The download has its own hold on the data by the time the task is over.
    gloo::timers::callback::Timeout::new(1000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}
