//! Experiment files: reading what was opened or dropped, offering what is saved.
//!
//! Not responsible for tables: what turns out to be one is handed to the data panel.

use super::link::Link;
use super::panels::data::{take_picture, take_table};
use super::route::Route;
use super::state::files::{Aside, FileJob, FileMsg, Files, Note};
use super::state::kept::KeptMsg;
use super::state::{Msg, State};
use super::{kept_file, route};
use crate::spec::saved::SAVED_LIMIT_KB;
use crate::spec::{Code, Experiment, Problem, Saved, Weights, preset};
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};
use yew::Callback;

/// What may stand before a file's text.
const BLANK: [char; 5] = ['\u{feff}', ' ', '\t', '\r', '\n'];

/// Whether a text is meant as a table rather than as an experiment, whatever the file is called.
fn is_table(text: &str) -> bool {
    let text = text.trim_start_matches(BLANK);
    !text.starts_with(['{', '[']) && text.lines().next().is_some_and(|l| l.contains([',', ';', '\t']))
}

/// Reads a file and says what came of it: an experiment, trained or not, or a classmate's run; a table goes to the data
/// panel.
pub fn read(file: File, emit: Callback<Msg>) {
    if take_picture(&file) {
        return;
    }
    spawn_local(async move {
        let kb = (file.size() / 1024.0).ceil() as usize;
        let result = if kb > SAVED_LIMIT_KB {
            Err(vec![Problem::new("", Code::TooLong).arg("size_kb", kb).arg("limit_kb", SAVED_LIMIT_KB)])
        } else if file.name().ends_with(".safetensors") {
            match JsFuture::from(file.array_buffer()).await {
                Ok(bytes) => Ok(Msg::Files(FileMsg::Weights(Uint8Array::new(&bytes).to_vec().into()))),
                Err(_) => Err(vec![Problem::new("weights", Code::BrokenWeights)]),
            }
        } else {
            match JsFuture::from(file.text()).await.ok().and_then(|t| t.as_string()) {
                Some(text) if is_table(&text) && take_table(&file) => return,
                Some(text) if !text.trim_start_matches(BLANK).starts_with(['{', '[']) => {
                    Err(vec![Problem::new("", Code::NotExperiment).arg("file", file.name())])
                }
                Some(text) => understood(text.trim_start_matches('\u{feff}')),
                None => Err(vec![Problem::new("", Code::NotJson).arg("line", 1).arg("column", 1)]),
            }
        };
        emit.emit(result.unwrap_or_else(Msg::Refuse));
    });
}

fn understood(text: &str) -> Result<Msg, Vec<Problem>> {
    if kept_file::is_kept(text) {
        return kept_file::parse(text).map(|run| Msg::Files(FileMsg::Kept(KeptMsg::Bring(Box::new(run)))));
    }
    let Saved { experiment, weights } = Saved::from_json(text)?;
    let experiment = route::usable(Ok(experiment))?;
    Ok(match weights {
        Some(weights) => Msg::Files(FileMsg::Open(experiment, weights.into())),
        None => Msg::Open(experiment),
    })
}

/// Carries out what the page decides about files.
pub fn carry_out(job: FileJob, link: &Link, state: &State, emit: &Callback<Msg>) {
    let emit = emit.clone();
    match job {
        FileJob::Open(weights) => link.open(state.experiment.clone(), weights),
        FileJob::Aside(curves) => link.learned(move |l| {
            let aside = Aside { experiment: Rc::new(l.experiment), weights: l.weights, step: l.step, curves };
            emit.emit(Msg::Files(FileMsg::Aside(Box::new(aside))));
        }),
        FileJob::Save => link.learned(move |l| {
            if let Err(problem) = Weights::check_size(l.weights.len()) {
                return emit.emit(Msg::Refuse(vec![problem]));
            }
            let saved = Saved { experiment: l.experiment, weights: Some(l.weights.to_vec()) };
            offer(&format!("{}.gradarium.json", saved.experiment.data.set), &saved.to_json());
            emit.emit(Msg::Files(FileMsg::Saved(l.step)));
        }),
    }
}

/// Offers the experiment as `<data set>.gradarium.json`.
pub fn save(experiment: &Experiment) {
    offer(&format!("{}.gradarium.json", experiment.data.set), &experiment.to_json_pretty());
}

/// Offers a JSON file. A browser that refuses a download says so itself.
pub fn offer(name: &str, json: &str) {
    let _ = download(name, json);
}

fn download(name: &str, json: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&json.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has its own hold on the data by the time the task is over.
    gloo::timers::callback::Timeout::new(1000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}

/// What the page opens with: the link's experiment, or the first one; beside a broken link nothing trains.
pub fn arrival(route: &mut Route) -> (Experiment, Files) {
    let faults = route.start.faults.clone();
    let note = (!faults.is_empty()).then_some(Note::Link(faults));
    let mut files = Files::default();
    files.note = note;
    match route.experiment.take() {
        Some(Ok(experiment)) => return (*experiment, files),
        Some(Err(problems)) => files.broken = Some(Rc::new(problems)),
        None => {}
    }
    (preset::first(), files)
}

/// A name that every file system takes.
pub fn file_name(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_alphanumeric() || c == '.' || c == '-' { c } else { ' ' });
    let words: Vec<String> = plain.collect::<String>().split_whitespace().map(str::to_string).collect();
    if words.is_empty() { "run".into() } else { words.join("-") }
}
