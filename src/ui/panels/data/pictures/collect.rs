//! Files with their paths, from a file chooser or a drop; folders are opened.
//!
//! Not responsible for what the files are.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};
use yew::Callback;

/// Files that are looked at at most.
const FILES_MAX: usize = 20_000;
/// How names of pictures end.
const ENDS: [&str; 14] = [
    ".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".avif", ".bmp", ".ico", ".heic", ".heif", ".tif", ".tiff",
    ".jxl",
];

/// Files with their paths.
pub type Named = Vec<(String, File)>;

/// Whether a file is meant as a picture, by its name.
pub fn is_picture(name: &str) -> bool {
    let name = name.to_lowercase();
    ENDS.iter().any(|end| name.ends_with(end))
}

/// The files of a file chooser; of a folder with their paths in it.
pub fn named(list: &FileList) -> Named {
    let path = |file: &File| {
        let path = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|p| p.as_string());
        path.filter(|p| !p.is_empty()).unwrap_or_else(|| file.name())
    };
    (0..list.length().min(FILES_MAX as u32)).filter_map(|i| list.get(i)).map(|f| (path(&f), f)).collect()
}

/// What a drag carries, folders opened; must be called while the drop is handled. `None` if there is neither a folder nor a
/// picture among it.
pub fn dropped(e: &DragEvent, take: Callback<Named>) -> Option<()> {
    let transfer = e.data_transfer()?;
    let items = transfer.items();
    let entries: Vec<FileSystemEntry> =
        (0..items.length()).filter_map(|i| items.get(i)?.webkit_get_as_entry().ok().flatten()).collect();
    if entries.is_empty() {
        // A browser that opens no folders hands over plain files.
        let files = named(&transfer.files()?);
        return files.iter().any(|(name, _)| is_picture(name)).then(|| take.emit(files));
    }
    if !entries.iter().any(|entry| entry.is_directory() || is_picture(&entry.name())) {
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
                // Hidden folders hold thousands of files that nobody means.
                if !entry.name().starts_with('.') {
                    open.extend(children(entry.unchecked_into()).await);
                }
            } else if let Some(file) = file_of(entry.unchecked_ref()).await {
                found.push((entry.full_path().trim_start_matches('/').to_string(), file));
            }
        }
        crate::spec::order::sort_by(&mut found, |a, b| a.0.cmp(&b.0));
        take.emit(found);
    });
    Some(())
}

/// The entries of a folder; a browser hands them out in portions and ends with an empty one.
async fn children(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
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
        all.extend(portion.iter().map(|entry| entry.unchecked_into::<FileSystemEntry>()));
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| entry.file_with_callback_and_callback(&resolve, &reject));
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
