//! The parts of the page's code that come after it is usable, each a file of its own in the site. The page's program says
//! where each begins (`src/bin/app.rs`): what is in one is what only that function leads to.
//!
//! Few and large: whatever two parts share becomes one more file. Marked in the program, not here, since the linker keeps
//! what is marked in every program. Not responsible for waiting (`ui::later`) nor for cutting (`src/bin/xtask/split.rs`).

pub mod cards;
pub mod panels;
pub mod rooms;
pub mod tools;

use super::later::{Coming, Lacking, send_for};
use super::queue;
use super::state::{DoctorMsg, Msg};
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// How each part is had.
#[derive(Clone, Copy)]
pub struct Loaders {
    /// What is clicked first.
    pub cards: fn() -> Coming<cards::Part>,
    /// The rooms beside the playground.
    pub rooms: fn() -> Coming<rooms::Part>,
    /// The panels below the first window.
    pub panels: fn() -> Coming<panels::Part>,
    /// What is seldom seen of the first ones.
    pub tools: fn() -> Coming<tools::Part>,
}

thread_local! {
    static LOADERS: Cell<Option<Loaders>> = const { Cell::new(None) };
}

/// Says how they are had.
pub fn come_from(loaders: Loaders) {
    LOADERS.set(Some(loaders));
}

/// Sends for one of them.
fn load<P: 'static>(which: fn(Loaders) -> fn() -> Coming<P>) -> Coming<P> {
    match LOADERS.get() {
        Some(loaders) => which(loaders)(),
        None => Box::pin(std::future::ready(Err(Lacking))),
    }
}

/// Sends for what nobody has asked for yet, so that nobody waits for it after a click, nor lacks it when the network is gone;
/// inside another page only for what goes on by itself.
pub fn send_for_rest(embedded: bool, emit: &Callback<Msg>) {
    let emit = emit.clone();
    queue::later(move || {
        spawn_local(async move {
            // Where it cannot be had the doctor's panel says so, and sends for it again.
            if let Ok(part) = load(|l| l.panels).await {
                emit.emit(Msg::Doctor(DoctorMsg::Hear(part.ears)));
            }
            if !embedded {
                send_for::<tools::Tools>();
                send_for::<rooms::Rooms>();
            }
        });
    });
}
