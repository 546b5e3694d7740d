//! One file to a small picture, by the browser's decoder in a worker of its own (`www/pictures.worker.js`).
//!
//! What a file is, and how large it says it is, is known before the decoder is asked. Not responsible for which file comes
//! next.

use crate::spec::own_pictures::fit::Small;
use crate::spec::own_pictures::kind::{HEAD, Kind, kind, size};
use crate::spec::own_pictures::{MAX_FILE_BYTES, MAX_FILE_PIXELS};
use crate::spec::{Code, Problem};
use crate::ui::worker_start;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, File, MessageEvent, Worker};

/// The worker's program, beside the page.
const PROGRAM: &str = "pictures.worker.js";
/// A long picture keeps this many times its shorter side.
const LONGEST: usize = 4;

/// A worker that decodes; it ends when dropped.
pub struct Decoder(Worker);

impl Drop for Decoder {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

impl Decoder {
    /// Starts one.
    pub fn start() -> Option<Decoder> {
        worker_start::start(PROGRAM, false).map(Decoder)
    }

    /// Decodes a file, as small as a square of `side` needs.
    pub async fn read(&self, file: &File, side: usize) -> Result<Small, Problem> {
        let problem = |code: Code| Problem::new("data.pictures", code);
        let head = bytes(file).await;
        let found = kind(&head);
        match found {
            Kind::Other => return Err(problem(Code::PictureUnknown)),
            Kind::Drawn(name) => return Err(problem(Code::PictureKind).arg("kind", name)),
            Kind::Picture | Kind::Rare(_) => {}
        }
        let too_large = |(w, h): (usize, usize)| {
            problem(Code::PictureTooLarge).arg("got", format!("{w}×{h}")).arg("max", MAX_FILE_PIXELS)
        };
        if let Some((w, h)) = size(&head).filter(|(w, h)| w.saturating_mul(*h) > MAX_FILE_PIXELS) {
            return Err(too_large((w, h)));
        }
        if file.size() > MAX_FILE_BYTES as f64 {
            return Err(too_large(size(&head).unwrap_or_default()));
        }
        let answer = self.ask(file, side).await;
        let get = |name: &str| Reflect::get(&answer, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let number = |value: JsValue| value.as_f64().unwrap_or(0.0) as usize;
        let full = get("full");
        let full = [0, 1].map(|i| number(Reflect::get_u32(&full, i).unwrap_or(JsValue::UNDEFINED)));
        if get("error").as_string().as_deref() == Some("large") {
            return Err(too_large((full[0], full[1])));
        }
        let rgba = get("rgba");
        if rgba.is_undefined() {
            return Err(match found {
                Kind::Rare(name) => problem(Code::PictureKind).arg("kind", name),
                Kind::Picture | Kind::Drawn(_) | Kind::Other => problem(Code::PictureUnreadable),
            });
        }
        let rgba = Uint8Array::new(&rgba).to_vec();
        Ok(Small { width: number(get("width")), height: number(get("height")), rgba, full: (full[0], full[1]) })
    }

    /// Sends a file and waits for what comes of it; nothing if the worker fails.
    async fn ask(&self, file: &File, side: usize) -> JsValue {
        let message = Object::new();
        let fields: [(&str, JsValue); 4] = [
            ("file", file.into()),
            ("short", (side as f64).into()),
            ("long", ((LONGEST * side) as f64).into()),
            ("most", (MAX_FILE_PIXELS as f64).into()),
        ];
        for (name, value) in &fields {
            // Setting a field of a plain object cannot fail.
            let _ = Reflect::set(&message, &(*name).into(), value);
        }
        let mut heard = None;
        let promise = Promise::new(&mut |resolve, _| {
            let (failed, unsent) = (resolve.clone(), resolve.clone());
            let onmessage = Closure::<dyn FnMut(MessageEvent)>::new(move |e: MessageEvent| {
                let _ = resolve.call1(&JsValue::NULL, &e.data());
            });
            let onerror = Closure::<dyn FnMut(ErrorEvent)>::new(move |_: ErrorEvent| {
                let _ = failed.call0(&JsValue::NULL);
            });
            self.0.set_onmessage(Some(onmessage.as_ref().unchecked_ref()));
            self.0.set_onerror(Some(onerror.as_ref().unchecked_ref()));
            heard = Some((onmessage, onerror));
            if self.0.post_message(&message).is_err() {
                let _ = unsent.call0(&JsValue::NULL);
            }
        });
        let answer = JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED);
        self.0.set_onmessage(None);
        self.0.set_onerror(None);
        drop(heard);
        answer
    }
}

/// The first bytes of a file.
async fn bytes(file: &File) -> Vec<u8> {
    let Ok(head) = file.slice_with_f64_and_f64(0.0, HEAD as f64) else { return Vec::new() };
    let buffer = JsFuture::from(head.array_buffer()).await;
    buffer.map(|b| Uint8Array::new(&b).to_vec()).unwrap_or_default()
}
