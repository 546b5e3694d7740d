//! Starting a worker from a file beside the page, also inside a sandboxed frame: that is an origin of its own, where a worker
//! starts only from an address that holds its code. That code then loads the file.
//!
//! Not responsible for what workers do. `index.html` starts the first one in the same way.

use web_sys::{Url, Worker, WorkerOptions, WorkerType};

/// A worker that runs `program`, as a module or as a plain script; `None` where the browser refuses both ways.
pub fn start(program: &str, is_module: bool) -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(if is_module { WorkerType::Module } else { WorkerType::Classic });
    Worker::new_with_options(program, &options).ok().or_else(|| {
        let base = web_sys::window()?.document()?.base_uri().ok()??;
        let address = js_sys::JsString::from(Url::new_with_base(program, &base).ok()?.href());
        let quoted = js_sys::JSON::stringify(&address).ok()?;
        let code = if is_module { format!("import {quoted}") } else { format!("importScripts({quoted})") };
        let code = js_sys::encode_uri_component(&code);
        Worker::new_with_options(&format!("data:text/javascript,{code}"), &options).ok()
    })
}
