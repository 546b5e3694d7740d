//! The code of the rooms beside the playground.
//!
//! Not responsible for the rooms (`ui::rooms`).

use crate::ui::later::{Coming, Given, Home, Show};
use crate::ui::rooms::Room;
use crate::ui::rooms::door::RoomProps;
use crate::ui::rooms::lab::page::LabPage;
use crate::ui::rooms::pair::page::PairPage;
use crate::ui::rooms::transfer::page::TransferPage;
use std::thread::LocalKey;
use yew::prelude::*;

/// Rooms fill the window.
const HEIGHT_PX: u32 = 600;

/// A room, and what it is given.
#[derive(Clone, PartialEq)]
pub struct Rooms {
    /// Which.
    pub room: Room,
    /// What it is given.
    pub props: RoomProps,
}

thread_local! {
    static HOME: Home<Rooms> = Home::default();
}

impl Given for Rooms {
    fn home() -> &'static LocalKey<Home<Self>> {
        &HOME
    }

    fn load() -> Coming<Show<Self>> {
        Box::pin(async { Ok(super::load(|l| l.rooms).await?.show) })
    }

    fn height_px(&self) -> Option<u32> {
        Some(HEIGHT_PX)
    }
}

/// What comes.
pub struct Part {
    show: Show<Rooms>,
}

/// It, once it is there; called by the program's split function only.
pub fn part() -> Part {
    Part { show }
}

fn show(Rooms { room, props }: Rooms) -> Html {
    match room {
        Room::Lab => html! { <LabPage ..props /> },
        Room::Primer => html! { <PairPage ..props /> },
        Room::Transfer => html! { <TransferPage ..props /> },
        // It stands in the first part.
        Room::Playground => html! {},
    }
}
