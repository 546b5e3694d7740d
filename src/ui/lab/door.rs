//! What the page keeps about the laboratory while it is closed, and passes in while it is open.
//!
//! Not responsible for the laboratory itself (`page.rs`).

use super::address;
use super::page::Pressed;
use super::state::LabMsg;
use crate::ui::state::Msg;

/// Between the playground and the laboratory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Door {
    /// Whether the laboratory is what is seen.
    pub open: bool,
    /// Whether the playground was training when it was left.
    pub resume: bool,
    /// The address of the laboratory, from `#` on.
    pub address: String,
    /// The latest key for it.
    pub pressed: Pressed,
}

impl Door {
    /// Whether this address is the laboratory's.
    pub fn is_lab(hash: &str) -> bool {
        hash.strip_prefix(address::PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('?'))
    }

    /// Where the link to the laboratory leads: as it was left.
    pub fn href(&self) -> String {
        if self.address.is_empty() { address::PREFIX.to_string() } else { self.address.clone() }
    }

    /// Takes a key that would move the playground; returns whether the playground must not hear it.
    pub fn takes(&mut self, msg: &Msg) -> bool {
        if !self.open {
            return false;
        }
        let msg = match msg {
            Msg::TogglePlay => LabMsg::TogglePlay,
            Msg::Step => LabMsg::Step,
            Msg::Reset => LabMsg::Reset,
            Msg::Undo | Msg::Redo => return true,
            _ => return false,
        };
        self.pressed = Pressed { count: self.pressed.count.wrapping_add(1), msg: Some(msg) };
        true
    }
}
