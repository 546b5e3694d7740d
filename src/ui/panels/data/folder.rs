//! The editor of the learner's own pictures: a folder with a folder for each class, chosen or dropped.
//!
//! Nothing that is in force changes before the pictures can be used. Not responsible for reading a picture
//! (`spec::own_pictures`).

use crate::i18n::{Lang, data as words};
use crate::spec::DataSpec;
use crate::spec::own_pictures::{MAX_SIDE, MIN_SIDE, Reading, read};
use crate::ui::form::{Choice, Item, problems, say};
use crate::ui::state::Msg;
use crate::ui::testid;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, File, FileList, HtmlInputElement};
use yew::prelude::*;

/// Pixels a side at first.
const SIDE: usize = 32;
/// Files that are read at most; the rest would have no room.
const FILES_MAX: usize = 6000;
/// Bytes of a file that is not opened at all.
const FILE_BYTES_MAX: f64 = 64e6;

/// Files with their paths.
pub type Named = Vec<(String, File)>;

/// Properties of [`FolderEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct FolderProps {
    /// Language.
    pub lang: Lang,
    /// The set `pictures`, with those in force or without any.
    pub data: DataSpec,
    /// Files that were dropped.
    #[prop_or_default]
    pub files: Rc<Named>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

type Bytes = Rc<Vec<(String, Vec<u8>)>>;

/// See the module.
#[component]
pub fn FolderEditor(props: &FolderProps) -> Html {
    let lang = props.lang;
    let bytes = use_state(Bytes::default);
    let side = use_state_eq(|| props.data.pictures.as_ref().map_or(SIDE, |p| p.side));
    let reading = use_state(|| None::<Rc<Reading>>);
    let busy = use_state_eq(|| false);
    let show = {
        let (reading, data, emit) = (reading.setter(), props.data.clone(), props.emit.clone());
        Callback::from(move |(bytes, side): (Bytes, usize)| {
            let got = read(&bytes, side);
            let data = DataSpec { pictures: Some(got.pictures.clone()), ..data.clone() };
            if data.info().is_ok() {
                emit.emit(Msg::Data(data));
            }
            reading.set(Some(Rc::new(got)));
        })
    };
    let take = {
        let (bytes, side, busy, show) = (bytes.setter(), *side, busy.setter(), show.clone());
        Callback::from(move |files: Named| {
            let (bytes, busy, show) = (bytes.clone(), busy.clone(), show.clone());
            busy.set(true);
            spawn_local(async move {
                let all: Bytes = Rc::new(load(files).await);
                bytes.set(all.clone());
                busy.set(false);
                show.emit((all, side));
            });
        })
    };
    {
        let take = take.clone();
        use_effect_with(props.files.clone(), move |files| {
            if !files.is_empty() {
                take.emit((**files).clone());
            }
        });
    }
    let onchange = Callback::from(move |e: Event| {
        let input = e.target_unchecked_into::<HtmlInputElement>();
        let files = input.files().map(|list| named(&list)).unwrap_or_default();
        // So that the same folder, mended, can be chosen again.
        input.set_value("");
        if !files.is_empty() {
            take.emit(files);
        }
    });
    let onside = {
        let (side, bytes) = (side.setter(), (*bytes).clone());
        Callback::from(move |value: String| {
            let Ok(n) = value.parse::<usize>() else { return };
            side.set(n);
            if !bytes.is_empty() {
                show.emit((bytes.clone(), n));
            }
        })
    };
    let sides = [MIN_SIDE, 16, 28, 32, 48, MAX_SIDE];
    let items = sides.map(|n| Item::new(n.to_string(), format!("{n}×{n}"))).to_vec();
    let said = reading.as_ref().map(|r| said(r, props, lang)).unwrap_or_default();
    html! {
        <div class="own-text">
            <p>{ words::FOLDER_HINT.get(lang) }</p>
            <label class="button csv-file">
                { words::FOLDER.get(lang) }
                <input type="file" multiple=true webkitdirectory=true data-testid={testid::FOLDER_FILES} {onchange} />
            </label>
            <Choice id={testid::FOLDER_SIDE} label={words::FOLDER_SIDE.get(lang)} {items} value={side.to_string()}
                onchange={onside} />
            if *busy { <p role="status">{ words::FOLDER_READING.get(lang) }</p> }
            <p data-testid={testid::FOLDER_RESULT}>{ result(reading.as_deref(), lang) }</p>
            { problems(testid::FOLDER_FILES, &said) }
        </div>
    }
}

/// What was read, in one line.
fn result(reading: Option<&Reading>, lang: Lang) -> String {
    let Some(r) = reading else { return String::new() };
    let (n, classes, side) = (r.count.to_string(), r.pictures.classes.len().to_string(), r.pictures.side.to_string());
    let text = if r.mixed { words::FOLDER_MIXED } else { words::FOLDER_READ };
    text.with(lang, &[("n", &n), ("classes", &classes), ("side", &side)])
}

/// Every file that is left out, and why the rest cannot be used, if so.
fn said(reading: &Reading, props: &FolderProps, lang: Lang) -> Vec<AttrValue> {
    let tried = DataSpec { pictures: Some(reading.pictures.clone()), ..props.data.clone() };
    let whole = if reading.problems.iter().any(|p| p.path == "data.pictures" && p.args.iter().all(|(k, _)| k == "name"))
    {
        Vec::new()
    } else {
        tried.info().err().unwrap_or_default()
    };
    reading.problems.iter().chain(&whole).map(|p| say(p, lang).into()).collect()
}

/// The files of a chosen folder by their paths in it.
fn named(list: &FileList) -> Named {
    let path = |file: &File| {
        let path = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|p| p.as_string());
        path.filter(|p| !p.is_empty()).unwrap_or_else(|| file.name())
    };
    (0..list.length()).filter_map(|i| list.get(i)).map(|f| (path(&f), f)).collect()
}

async fn load(files: Named) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (path, file) in files.into_iter().take(FILES_MAX) {
        let bytes = if file.size() > FILE_BYTES_MAX {
            Vec::new()
        } else {
            let buffer = JsFuture::from(file.array_buffer()).await;
            buffer.map(|b| js_sys::Uint8Array::new(&b).to_vec()).unwrap_or_default()
        };
        all.push((path, bytes));
    }
    all
}

/// What a drag carries, folders opened; must be called while the drop is handled. `None` if it is a single file that is
/// no picture.
pub fn dropped(e: &DragEvent, take: Callback<Named>) -> Option<()> {
    let items = e.data_transfer()?.items();
    let entries: Vec<web_sys::FileSystemEntry> =
        (0..items.length()).filter_map(|i| items.get(i)?.webkit_get_as_entry().ok().flatten()).collect();
    let is_picture = |entry: &web_sys::FileSystemEntry| {
        entry.is_directory()
            || [".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|end| entry.name().to_lowercase().ends_with(end))
    };
    if entries.is_empty() || !entries.iter().all(is_picture) {
        return None;
    }
    spawn_local(async move {
        let mut found = Named::new();
        let mut open = entries;
        while let Some(entry) = open.pop() {
            if found.len() >= FILES_MAX {
                break;
            }
            if entry.is_directory() {
                open.extend(children(entry.unchecked_into()).await);
            } else if let Some(file) = file_of(entry.unchecked_ref()).await {
                found.push((entry.full_path().trim_start_matches('/').to_string(), file));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        take.emit(found);
    });
    Some(())
}

/// The entries of a folder; a browser hands them out in portions and ends with an empty one.
async fn children(folder: web_sys::FileSystemDirectoryEntry) -> Vec<web_sys::FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let portion = js_sys::Promise::new(&mut |resolve, reject| {
            // A reader that refuses calls `reject` itself, or the promise is rejected here.
            if reader.read_entries_with_callback_and_callback(&resolve, &reject).is_err() {
                let _ = reject.call0(&wasm_bindgen::JsValue::NULL);
            }
        });
        let Ok(portion) = JsFuture::from(portion).await else { return all };
        let portion: js_sys::Array = portion.unchecked_into();
        if portion.length() == 0 {
            return all;
        }
        all.extend(portion.iter().map(|entry| entry.unchecked_into::<web_sys::FileSystemEntry>()));
    }
}

async fn file_of(entry: &web_sys::FileSystemFileEntry) -> Option<File> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| entry.file_with_callback_and_callback(&resolve, &reject));
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
