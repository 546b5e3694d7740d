//! What the page keeps about the rooms beside the playground while they are closed, and passes in while one is open.
//!
//! Not responsible for the rooms themselves.

use super::{Key, Pressed, Room};
use crate::i18n::Lang;
use crate::ui::state::{EditMsg, Msg, RunMsg};
use yew::{AttrValue, Callback, Properties};

/// Between the playground and the other rooms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Door {
    /// Which room is seen.
    pub room: Room,
    /// Whether the playground was training when it was left.
    pub resume: bool,
    /// The address of what was seen beside it last, from `#` on.
    pub address: String,
    /// The laboratory's, as it was left.
    lab: String,
    /// The latest key for the open room.
    pub pressed: Pressed,
}

impl Door {
    /// Whether another room than the playground is seen.
    pub fn is_open(&self) -> bool {
        self.room.is_beside()
    }

    /// Where the link to the laboratory leads: as it was left.
    pub fn href(&self) -> String {
        if self.lab.is_empty() { Room::Lab.prefix().to_string() } else { self.lab.clone() }
    }

    /// What the open room is given.
    pub fn props(&self, onaddress: Callback<String>, lang: Lang) -> RoomProps {
        RoomProps { address: self.address.clone().into(), onaddress, pressed: self.pressed, lang }
    }

    /// Takes another address of a room beside the playground, and shows that room.
    pub fn go(&mut self, address: String) {
        self.room = Room::of(&address);
        if self.room == Room::Lab {
            self.lab.clone_from(&address);
        }
        self.address = address;
    }

    /// Takes a key that would move the playground; returns whether the playground must not hear it.
    pub fn takes(&mut self, msg: &Msg) -> bool {
        if !self.is_open() {
            return false;
        }
        let key = match msg {
            Msg::Run(RunMsg::TogglePlay) => Key::TogglePlay,
            Msg::Run(RunMsg::Step) => Key::Step,
            Msg::Run(RunMsg::Reset) => Key::Reset,
            Msg::Edit(EditMsg::Undo) | Msg::Edit(EditMsg::Redo) => return true,
            _ => return false,
        };
        self.pressed = Pressed { count: self.pressed.count.wrapping_add(1), key: Some(key) };
        true
    }
}

/// What a room beside the playground is given.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RoomProps {
    /// The address from `#` on, as it was last set by hand.
    pub address: AttrValue,
    /// Where its settings go, as an address.
    pub onaddress: Callback<String>,
    /// The latest key.
    pub pressed: Pressed,
    /// Language.
    pub lang: Lang,
}
