//! Whether this browser has WebGPU, asked of it through its own objects: the page has no other use for them.
//!
//! Not responsible for running anything (`worker`, in a program of its own).

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A graphics card as the page sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adapter {
    /// Whether a program plays it.
    pub software: bool,
}

fn gpu() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"gpu".into()).ok().filter(JsValue::is_object)
}

/// Whether there is WebGPU at all.
pub fn is_there() -> bool {
    gpu().is_some()
}

/// The card that the browser would give.
pub async fn adapter() -> Option<Adapter> {
    let gpu = gpu()?;
    let request = Reflect::get(&gpu, &"requestAdapter".into()).ok()?.dyn_into::<Function>().ok()?;
    let asked = request.call0(&gpu).ok()?.dyn_into::<Promise>().ok()?;
    let adapter = JsFuture::from(asked).await.ok().filter(JsValue::is_object)?;
    let get = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let info = get(&adapter, "info");
    let software = get(&info, "isFallbackAdapter").is_truthy() || get(&adapter, "isFallbackAdapter").is_truthy();
    Some(Adapter { software })
}
