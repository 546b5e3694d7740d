//! Hands the learner a file: text, or the picture on a canvas.
//!
//! Not responsible for what is in it.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

/// Offers `content` as a file of that name and MIME type.
///
/// # Errors
/// What the browser said, if it refused.
pub fn text(name: &str, mime: &str, content: &str) -> Result<(), JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(mime);
    let parts = js_sys::Array::of1(&JsValue::from_str(content));
    blob(name, &Blob::new_with_str_sequence_and_options(&parts, &bag)?)
}

/// Offers bytes as a file of that name and MIME type.
///
/// # Errors
/// What the browser said, if it refused.
pub fn bytes(name: &str, mime: &str, content: &js_sys::ArrayBuffer) -> Result<(), JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(mime);
    let parts = js_sys::Array::of1(content);
    blob(name, &Blob::new_with_buffer_source_sequence_and_options(&parts, &bag)?)
}

/// Offers the canvas as a PNG file of that name.
///
/// # Errors
/// What the browser said, if it refused.
pub fn picture(name: &str, canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
    let name = name.to_string();
    let done = Closure::once_into_js(move |made: Option<Blob>| {
        if let Some(made) = made {
            // A refused download leaves the page as it was.
            let _ = blob(&name, &made);
        }
    });
    canvas.to_blob(done.unchecked_ref())
}

fn blob(name: &str, content: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let url = Url::create_object_url_with_blob(content)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
