//! The panels of the playground in their places: data and settings, the network, what it says; below them what else there
//! is to see.
//!
//! Not responsible for what a panel shows, nor for the state (`ui::app`).

use super::panels::place::place;
use super::panels::registry::{Column, column};
use super::route::Route;
use super::state::{Msg, State};
use super::turns::Turns;
use std::rc::Rc;
use yew::prelude::*;

/// What placing them takes.
pub struct Bench<'a> {
    /// Everything the page knows.
    pub state: &'a Rc<State>,
    /// Where messages go.
    pub emit: &'a Callback<Msg>,
    /// Whose turn has come.
    pub turns: &'a Turns,
    /// What the address hides.
    pub route: &'a Route,
}

/// A hidden panel leaves its place to its neighbours.
pub fn view(bench: &Bench) -> Html {
    let Bench { state, emit, turns, route } = *bench;
    let shown = |part: &str| !route.hides(part);
    let side = shown("data") || shown("setup");
    let right = shown("output") || shown("curves");
    let gone = |part: &str, class: &'static str| (!shown(part)).then_some(class);
    let class = classes!(
        "lab",
        (!side).then_some("no-side"),
        gone("network", "no-network"),
        gone("output", "no-output"),
        (!right).then_some("no-right"),
        gone("curves", "no-curves"),
        gone("gradient-flow", "no-flow"),
    );
    let panels = |at: Column| -> Html {
        let here = column(at).filter(|entry| shown(entry.part) && turns.has(entry.part));
        html! { { for here.map(|entry| place(entry, state.clone(), emit)) } }
    };
    html! {
        <main id="lab" {class} tabindex="-1">
            if side { <div class="side">{ panels(Column::Side) }</div> }
            { panels(Column::Middle) }
            if right { <div class="right">{ panels(Column::Right) }</div> }
            { panels(Column::Below) }
        </main>
    }
}
