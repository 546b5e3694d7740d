//! Experiment files: reading what was opened or dropped, offering what is saved.
//!
//! Not responsible for tables: what turns out to be one is handed to the data panel.

use super::link::Link;
use super::panels::data::{take_picture, take_table};
use super::parts::tools;
use super::route::Route;
use super::state::brought::Brought;
use super::state::files::{Aside, FileJob, FileMsg, Files, Note, ours};
use super::state::kept::KeptMsg;
use super::state::{EditMsg, Msg, PageMsg, State};
use super::{kept_file, route};
use crate::export::onnx::read as onnx;
use crate::export::{Names, report};
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
        match tools::files().await {
            Ok(part) => (part.read)(file, emit),
            Err(_) => lacking(&emit),
        }
    });
}

/// Says that a part of the page could not be had.
fn lacking(emit: &Callback<Msg>) {
    emit.emit(Msg::Page(PageMsg::Refuse(vec![Problem::new("", Code::PartFetch)])));
}

/// The same, once what reads it is there; no picture.
pub fn read_now(file: File, emit: Callback<Msg>) {
    spawn_local(async move {
        let kb = (file.size() / 1024.0).ceil() as usize;
        let result = if kb > SAVED_LIMIT_KB {
            Err(vec![Problem::new("", Code::TooLong).arg("size_kb", kb).arg("limit_kb", SAVED_LIMIT_KB)])
        } else if file.name().ends_with(".safetensors") {
            match JsFuture::from(file.array_buffer()).await {
                Ok(bytes) => Ok(Msg::Page(PageMsg::Files(FileMsg::Weights(
                    Uint8Array::new(&bytes).to_vec().into(),
                    Brought(ours),
                )))),
                Err(_) => Err(vec![Problem::new("weights", Code::BrokenWeights)]),
            }
        } else if file.name().to_lowercase().ends_with(".onnx") {
            network(&file).await
        } else {
            match JsFuture::from(file.text()).await.ok().and_then(|t| t.as_string()) {
                Some(text) if is_table(&text) && take_table(&file) => return,
                Some(text) if !text.trim_start_matches(BLANK).starts_with(['{', '[']) => {
                    Err(vec![stranger(&file.name())])
                }
                Some(text) => understood(text.trim_start_matches('\u{feff}')),
                None => Err(vec![Problem::new("", Code::NotJson).arg("line", 1).arg("column", 1)]),
            }
        };
        emit.emit(result.unwrap_or_else(|m| Msg::Page(PageMsg::Refuse(m))));
    });
}

/// A file that nothing here reads, with the way that its kind has.
fn stranger(name: &str) -> Problem {
    let end = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
    let way = match end.as_str() {
        "xlsx" | "xls" | "xlsm" | "ods" | "numbers" => "sheet",
        "pt" | "pth" | "h5" | "hdf5" | "keras" | "pb" | "tflite" | "pkl" | "ckpt" => "model",
        "py" | "ipynb" => "code",
        "txt" | "md" | "pdf" | "docx" | "doc" => "text",
        "zip" | "gz" | "tar" | "7z" | "rar" => "archive",
        _ => "any",
    };
    Problem::new("", Code::NotExperiment).arg("file", name).arg("way", way)
}

/// The bytes of an ONNX file, of which the page makes a network.
async fn network(file: &File) -> Result<Msg, Vec<Problem>> {
    onnx::check_size(file.size() as usize).map_err(|p| vec![p])?;
    match JsFuture::from(file.array_buffer()).await {
        Ok(bytes) => {
            Ok(Msg::Page(PageMsg::Files(FileMsg::Onnx(Uint8Array::new(&bytes).to_vec().into(), Brought(onnx::read)))))
        }
        Err(_) => Err(vec![Problem::new("model", Code::OnnxBroken)]),
    }
}

fn understood(text: &str) -> Result<Msg, Vec<Problem>> {
    if kept_file::is_kept(text) {
        return kept_file::parse(text)
            .map(|run| Msg::Page(PageMsg::Files(FileMsg::Kept(KeptMsg::Bring(Box::new(run))))));
    }
    let Saved { experiment, weights } = Saved::from_json(text)?;
    let experiment = route::usable(Ok(experiment))?;
    Ok(match weights {
        Some(weights) => Msg::Page(PageMsg::Files(FileMsg::Open(experiment, weights.into()))),
        None => Msg::Edit(EditMsg::Open(experiment)),
    })
}

/// Carries out what the page decides about files.
pub fn carry_out(job: FileJob, link: &Link, state: &Rc<State>, emit: &Callback<Msg>) {
    let emit = emit.clone();
    match job {
        FileJob::Open(weights) => link.open(state.edit.experiment.clone(), weights),
        FileJob::Aside(curves) => link.learned(move |l| {
            let aside = Aside { experiment: Rc::new(l.experiment), weights: l.weights, step: l.step, curves };
            emit.emit(Msg::Page(PageMsg::Files(FileMsg::Aside(Box::new(aside)))));
        }),
        FileJob::Report => {
            let state = state.clone();
            spawn_local(async move {
                match tools::files().await.map(|part| (part.report)(&state)) {
                    Ok(said) => said.unwrap_or_else(|problems| emit.emit(Msg::Page(PageMsg::Refuse(problems)))),
                    Err(_) => lacking(&emit),
                }
            });
        }
        FileJob::Save => link.learned(move |l| {
            if let Err(problem) = Weights::check_size(l.weights.len()) {
                return emit.emit(Msg::Page(PageMsg::Refuse(vec![problem])));
            }
            let saved = Saved { experiment: l.experiment, weights: Some(l.weights.to_vec()) };
            offer(&format!("{}.gradarium.json", saved.experiment.data.set), &saved.to_json());
            emit.emit(Msg::Page(PageMsg::Files(FileMsg::Saved(l.step))));
        }),
    }
}

/// Offers the report of what is seen, once what writes it is there.
///
/// # Errors
/// Why there is none.
pub fn report_now(state: &State) -> Result<(), Vec<Problem>> {
    let about = super::report::of_page(state, super::page::base());
    let html = report::report(&state.edit.experiment, &about, state.page.lang)?;
    // A browser that refuses a download says so itself.
    let _ = super::plots::download::text(&Names::of(&state.edit.experiment).report(), report::MIME, &html);
    Ok(())
}

/// Offers the experiment as `<data set>.gradarium.json`.
pub fn save(experiment: Rc<Experiment>, emit: Callback<Msg>) {
    spawn_local(async move {
        match tools::files().await {
            Ok(part) => (part.save)(&experiment),
            Err(_) => lacking(&emit),
        }
    });
}

/// The same, once what writes it is there.
pub fn save_now(experiment: &Experiment) {
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
