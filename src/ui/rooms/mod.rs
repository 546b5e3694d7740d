//! Every room of the page, a line each: how its address begins, its name in the tab, and its page. The address, the tab,
//! keys and the code that comes later read this list.
//!
//! A room beside the playground holds a state and a reducer of its own, and starts its own workers. The playground's state
//! is `ui::state`; it rests while another room is open. Not responsible for what a room shows.

pub mod lab;
pub mod pair;
pub mod transfer;

#[cfg(target_arch = "wasm32")]
pub mod door;

use crate::i18n::{Text, lab as lab_words, primers, shell, transfer as transfer_words};

/// A room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// One network, to be built and trained.
    #[default]
    Playground,
    /// Two deep networks and their gradients.
    Lab,
    /// A primer's program as written and as meant.
    Primer,
    /// What one network has learned, taken to other pictures.
    Transfer,
}

/// All of them.
pub const ROOMS: [Room; 4] = [Room::Playground, Room::Lab, Room::Primer, Room::Transfer];

impl Room {
    /// How its address begins.
    pub fn prefix(self) -> &'static str {
        match self {
            Room::Playground => "#/play",
            Room::Lab => "#/lab",
            Room::Primer => "#/primer",
            Room::Transfer => "#/transfer",
        }
    }

    /// Its name in the tab; the playground has the product's.
    pub fn title(self) -> Text {
        match self {
            Room::Playground => shell::BRAND,
            Room::Lab => lab_words::TITLE,
            Room::Primer => primers::TITLE,
            Room::Transfer => transfer_words::TITLE,
        }
    }

    /// The room of an address from `#` on; what names none is the playground's.
    pub fn of(hash: &str) -> Room {
        let start = hash.split_once('?').map_or(hash, |(start, _)| start);
        ROOMS.into_iter().find(|room| room.prefix() == start).unwrap_or_default()
    }

    /// What an address names in place of a room, if it names something that is none.
    pub fn unknown(hash: &str) -> Option<&str> {
        let start = hash.split_once('?').map_or(hash, |(start, _)| start).trim_end_matches('/');
        // A name without a stroke is a place in the page.
        let is_room = start.starts_with("#/") && start != "#/";
        (is_room && ROOMS.iter().all(|room| room.prefix() != start)).then_some(start)
    }

    /// Whether it is another than the playground.
    pub fn is_beside(self) -> bool {
        self != Room::Playground
    }
}

/// What a key asks of the room that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Train, or pause.
    TogglePlay,
    /// One step.
    Step,
    /// Back to the first weights.
    Reset,
}

/// A key that the page has heard for a room.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pressed {
    /// Counts them, so that the same key twice is two.
    pub count: u32,
    /// What it asks for.
    pub key: Option<Key>,
}

impl Pressed {
    /// The key, if it came after `before`.
    pub fn since(self, before: Pressed) -> Option<Key> {
        self.key.filter(|_| self.count != before.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_one_room() {
        for room in ROOMS {
            assert_eq!(Room::of(room.prefix()), room);
            assert_eq!(Room::of(&format!("{}?seed=3&lang=zh", room.prefix())), room);
            // A longer word is not that room.
            assert_eq!(Room::of(&format!("{}s", room.prefix())), Room::Playground);
        }
        assert_eq!(Room::of(""), Room::Playground);
        assert_eq!(Room::of("#/lab/x"), Room::Playground);
        for known in ["", "#", "#/", "#/play", "#/lab?a=depth:3"] {
            assert_eq!(Room::unknown(known), None, "{known}");
        }
        assert_eq!(Room::unknown("#/lesson/first/1?lang=zh"), Some("#/lesson/first/1"));
    }
}
