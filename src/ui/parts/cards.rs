//! What a learner clicks first: an opened card, the network as text, a weight, what is under the pointer. It comes before every
//! other part, so that the page answers while the rest is on its way.
//!
//! Not responsible for any of it (`ui::panels::network`).

use crate::ui::later::{Coming, Given, Home, Show};
use crate::ui::panels::network::{self, Rare};
use std::thread::LocalKey;

/// An opened card.
const EDITOR_PX: u32 = 120;
/// A field of one line.
const LINE_PX: u32 = 34;

thread_local! {
    static HOME: Home<Rare> = Home::default();
}

impl Given for Rare {
    fn home() -> &'static LocalKey<Home<Self>> {
        &HOME
    }

    fn load() -> Coming<Show<Self>> {
        Box::pin(async { Ok(super::load(|l| l.cards).await?.show) })
    }

    fn height_px(&self) -> Option<u32> {
        match self {
            Rare::Text(_) => Some(LINE_PX),
            // It follows the pointer.
            Rare::Hover(_) => None,
            Rare::Settings(_) | Rare::Inspector(_) => Some(EDITOR_PX),
        }
    }
}

/// What comes.
pub struct Part {
    show: Show<Rare>,
}

/// It, once it is there; called by the program's split function only.
pub fn part() -> Part {
    Part { show: network::rare }
}
