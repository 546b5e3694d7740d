//! Experiment files: reading what was opened or dropped, offering what is saved.
//!
//! Not responsible for tables: what turns out to be one is handed to the data panel.

use super::panels::data::take_table;
use super::route;
use super::state::Msg;
use crate::spec::experiment::FILE_LIMIT_KB;
use crate::spec::{Code, Experiment, Problem};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};
use yew::Callback;

/// Whether a text is meant as a table rather than as an experiment, whatever the file is called.
fn is_table(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    !text.starts_with(['{', '[']) && text.lines().next().is_some_and(|l| l.contains([',', ';', '\t']))
}

/// Reads an experiment file and says what came of it; a table goes to the data panel.
pub fn read(file: File, emit: Callback<Msg>) {
    spawn_local(async move {
        let kb = (file.size() / 1024.0).ceil() as usize;
        let result = if kb > FILE_LIMIT_KB {
            Err(vec![Problem::new("", Code::TooLong).arg("size_kb", kb).arg("limit_kb", FILE_LIMIT_KB)])
        } else {
            match JsFuture::from(file.text()).await.ok().and_then(|t| t.as_string()) {
                Some(text) if is_table(&text) && take_table(&file) => return,
                Some(text) if !text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with(['{', '[']) => {
                    Err(vec![Problem::new("", Code::NotExperiment).arg("file", file.name())])
                }
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
