//! Noticing that a worker died without a word.
//!
//! A worker holds a lock for its life (`?lock=` in its address); when the page gets that lock, the worker is gone. Where
//! the browser has no locks, the caller watches the clock instead. Not responsible for starting another worker.

use js_sys::{Array, Function, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// How often the page looks whether the lock is held, and how long it waits between.
const TRIES: u32 = 10;
const TRY_MS: i32 = 100;

/// Calls `died` when the worker that holds the lock is gone. `unwatched` is called instead when nobody holds it: no
/// locks here, or a worker without one.
pub(super) fn watch(lock: String, died: Rc<dyn Fn()>, unwatched: Rc<dyn Fn()>) {
    spawn_local(async move {
        let Some(locks) = locks() else { return unwatched() };
        // The worker asked for its lock before it said hello, but the browser may take a moment to grant it.
        let mut tries = 0;
        while !held(&locks, &lock).await {
            tries += 1;
            if tries > TRIES {
                return unwatched();
            }
            wait(TRY_MS).await;
        }
        let granted = Closure::once_into_js(move || died());
        if let Some(promise) = call(&locks, "request", &[&lock.into(), &granted]) {
            // Rejected only when the page itself goes away.
            let _ = JsFuture::from(promise).await;
        }
    });
}

/// The lock manager; missing outside secure contexts. Called by name, since web-sys counts it as unstable.
fn locks() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

fn call(on: &JsValue, name: &str, args: &[&JsValue]) -> Option<Promise> {
    let function: Function = Reflect::get(on, &name.into()).ok()?.dyn_into().ok()?;
    let args: Array = args.iter().copied().collect();
    function.apply(on, &args).ok()?.dyn_into().ok()
}

async fn held(locks: &JsValue, name: &str) -> bool {
    let Some(query) = call(locks, "query", &[]) else { return false };
    let Ok(snapshot) = JsFuture::from(query).await else { return false };
    let Ok(held) = Reflect::get(&snapshot, &"held".into()) else { return false };
    let held = Array::from(&held);
    held.iter().any(|l| Reflect::get(&l, &"name".into()).ok().and_then(|n| n.as_string()).as_deref() == Some(name))
}

async fn wait(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // A window always has timers.
            let _id = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    let _ = JsFuture::from(promise).await;
}
