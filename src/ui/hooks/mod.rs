//! Yew hooks that several panels share.
//!
//! Not responsible for any panel's own behaviour.

mod look;
mod pin;
mod pulse;
mod slow;
mod stages;
mod typed;
mod visible;
mod wants;
mod width;

pub use look::use_look;
pub use pin::{Hands, Pair, Pin, pin_mark, use_escape, use_pin};
pub use pulse::use_pulse;
pub use slow::use_slow;
pub use stages::use_stages;
pub use typed::use_typed;
pub use visible::{Ahead, use_visible};
pub use wants::use_wants;
pub use width::use_width;
