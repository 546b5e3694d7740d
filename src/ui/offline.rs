//! The page's side of the service worker: it is asked for once the page is ready, heard, and told what to keep.
//!
//! Not responsible for what it does (`www/service-worker.js`) nor for what is shown of it (`ui::panels::keeping`). A browser
//! without one, a private window or a sandboxed frame goes on without.

use super::state::offline::{Kept, OfflineJob, OfflineMsg};
use super::state::{Msg, PageMsg};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};
use yew::Callback;

/// The program, beside the page.
const PROGRAM: &str = "service-worker.js";
/// The page has drawn all its panels by then, and its network trains.
const READY_MS: u32 = 3000;
/// What was being fetched when the program took over has arrived by then, on most lines.
const LATE_MS: u32 = 5000;

/// Asks for it when the page is ready.
pub fn start(emit: Callback<Msg>) {
    let begin = move || {
        spawn_local(async move {
            // Refused or missing: the page needs the network then, and says so where it is asked.
            let _ = register(emit).await;
        });
    };
    Timeout::new(READY_MS, begin).forget();
}

/// Missing on addresses without https, closed in sandboxed frames: read by name, since that may throw.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}

async fn register(emit: Callback<Msg>) -> Option<()> {
    let container = container()?;
    let heard = {
        let emit = emit.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |e: MessageEvent| {
            kept(&e.data()).into_iter().for_each(|msg| emit.emit(Msg::Page(PageMsg::Offline(msg))));
        })
    };
    container.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container.register_with_options(PROGRAM, &options)).await.ok()?;
    let registration: ServiceWorkerRegistration = registered.dyn_into().ok()?;
    // The first version is no news: nobody has seen an older one.
    let update = {
        let container = container.clone();
        Rc::new(move || {
            if container.controller().is_some() {
                emit.emit(Msg::Page(PageMsg::Offline(OfflineMsg::Update)));
            }
        })
    };
    let look = {
        let (registration, update) = (registration.clone(), update.clone());
        Rc::new(move || {
            let (Some(new), update) = (registration.installing(), update.clone()) else { return };
            let changed = {
                let new = new.clone();
                Closure::<dyn Fn()>::new(move || {
                    if new.state() == ServiceWorkerState::Installed {
                        update();
                    }
                })
            };
            new.set_onstatechange(Some(changed.into_js_value().unchecked_ref()));
        })
    };
    let found = Closure::<dyn Fn()>::new({
        let look = look.clone();
        move || look()
    });
    registration.set_onupdatefound(Some(found.into_js_value().unchecked_ref()));
    // The browser may have found it before anybody listened.
    look();
    if registration.waiting().is_some() {
        update();
    }
    if container.controller().is_some() {
        // The browser looks by itself too, but takes its time. Without a network there is nothing to find.
        let _ = JsFuture::from(registration.update().ok()?).await;
    }
    let ready = JsFuture::from(container.ready().ok()?).await.ok()?;
    let active = ready.dyn_into::<ServiceWorkerRegistration>().ok()?.active()?;
    // What was fetched before it was there went past it.
    tell(&active, "keep", &used());
    // … and what was on its way at that moment is among the finished ones only later.
    Timeout::new(LATE_MS, move || tell(&active, "keep", &used())).forget();
    Some(())
}

/// How it stands, as the worker says it.
fn kept(data: &JsValue) -> Option<OfflineMsg> {
    let get = |key: &str| Reflect::get(data, &key.into()).ok();
    let bytes = |key: &str| get(key).and_then(|v| v.as_f64()).map(|n| n as u64);
    let is = |key: &str| get(key).is_some_and(|v| v.is_truthy());
    let kept = Kept { bytes: bytes("kept")?, all_bytes: bytes("all")? };
    Some(OfflineMsg::Kept { kept, done: is("done"), failed: is("failed") })
}

/// The addresses of everything that the page has fetched.
fn used() -> JsValue {
    let entries = web_sys::window().and_then(|w| w.performance()).map(|p| p.get_entries_by_type("resource"));
    let names =
        entries.unwrap_or_default().iter().filter_map(|e| Reflect::get(&e, &"name".into()).ok()).collect::<Array>();
    names.into()
}

fn tell(worker: &ServiceWorker, key: &str, value: &JsValue) {
    let message = Object::new();
    // Setting a field of a plain object cannot fail; a worker that is gone hears nothing.
    let _ = Reflect::set(&message, &key.into(), value);
    let _ = worker.post_message(&message);
}

/// Does what was asked for.
pub fn carry_out(job: OfflineJob) {
    spawn_local(async move {
        let _ = ask(job).await;
    });
}

async fn ask(job: OfflineJob) -> Option<()> {
    let container = container()?;
    let found = JsFuture::from(container.get_registration()).await.ok()?;
    let registration: ServiceWorkerRegistration = found.dyn_into().ok()?;
    match job {
        OfflineJob::Ask => tell(&registration.active()?, "keep", &Array::new()),
        OfflineJob::KeepAll => tell(&registration.active()?, "keep", &"all".into()),
        OfflineJob::Take => {
            let reload = Closure::<dyn Fn()>::new(|| {
                // Refused by a learner who would rather save first: the next visit has the new version.
                let _ = web_sys::window().map(|w| w.location().reload());
            });
            container.set_oncontrollerchange(Some(reload.into_js_value().unchecked_ref()));
            tell(&registration.waiting()?, "take", &true.into());
        }
    }
    Some(())
}
