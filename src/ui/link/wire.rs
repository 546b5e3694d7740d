//! Messages on the wire: `{id, json, buffers}`, both ways (see `protocol`).
//!
//! Not responsible for which reply belongs to which command (`link/mod.rs`).

use crate::protocol::Command;
use crate::spec::Problem;
use js_sys::{Array, ArrayBuffer, Float32Array, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Worker;

/// What came from the worker.
pub(super) struct Incoming {
    pub id: u32,
    pub json: String,
    pub buffers: Vec<ArrayBuffer>,
}

/// Reads a message; `None` if it is not one of ours.
pub(super) fn read(data: &JsValue) -> Option<Incoming> {
    let get = |name: &str| Reflect::get(data, &name.into()).ok();
    let id = get("id")?.as_f64()? as u32;
    let json = get("json")?.as_string()?;
    let buffers = get("buffers").and_then(|b| b.dyn_into::<Array>().ok());
    let buffers = buffers.map(|b| b.iter().filter_map(|x| x.dyn_into().ok()).collect()).unwrap_or_default();
    Some(Incoming { id, json, buffers })
}

/// Why a message cannot be read, for a report: it is from a worker of another version, and its author reads English.
pub(super) fn unreadable(found: &Problem) -> String {
    format!("{:?} at {:?} {:?}", found.code, found.path, found.args)
}

/// Sends a command; the buffers are transferred, so they must be copies.
pub(super) fn send(worker: &Worker, id: u32, command: &Command, buffers: &Array) {
    let message = Object::new();
    // Plain data with string keys: serialising cannot fail, nor can setting a field of a fresh object.
    let json = serde_json::to_string(command).unwrap_or_default();
    let _ = Reflect::set(&message, &"id".into(), &id.into());
    let _ = Reflect::set(&message, &"json".into(), &json.into());
    let _ = Reflect::set(&message, &"buffers".into(), buffers);
    // Refused only for what cannot be cloned, which this message never holds.
    let _ = worker.post_message_with_transfer(&message, buffers);
}

/// Copies an array out of a buffer; a length that is no multiple of four is not an array of ours and gives nothing.
pub(super) fn floats(buffer: &ArrayBuffer) -> Rc<[f32]> {
    if !buffer.byte_length().is_multiple_of(4) {
        return Rc::new([]);
    }
    Float32Array::new(buffer).to_vec().into()
}

/// Copies an array into a buffer of its own.
pub(super) fn buffer(values: &[f32]) -> ArrayBuffer {
    Float32Array::from(values).buffer()
}
