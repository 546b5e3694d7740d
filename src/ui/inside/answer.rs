//! The answer to what a panel asked of one layer, or why there is none.
//!
//! Pure. Not responsible for keeping frames (`hooks::use_look`) nor for what is made of the numbers.

use crate::protocol::Look;
use crate::ui::frame_data::FrameData;
use std::rc::Rc;

/// Why there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// No answer yet.
    Waiting,
    /// The network that runs lacks the layer.
    Missing,
    /// More numbers than fit into an answer.
    TooLarge,
    /// The learner's own text has no token that the network knows.
    Empty,
}

/// What the frame has under `key`, if the value `name` is in it.
///
/// # Errors
/// See [`Nothing`].
pub fn answer<'a>(
    data: Option<&'a Rc<FrameData>>,
    key: &str,
    name: &str,
) -> Result<(&'a Rc<FrameData>, &'a Look), Nothing> {
    let data = data.ok_or(Nothing::Waiting)?;
    let look = data.look(key).ok_or(Nothing::Waiting)?;
    let among = |names: &[String]| names.iter().any(|n| n == name);
    if look.len == 0 {
        return Err(Nothing::Empty);
    }
    match (among(&look.left_out), among(&look.missing)) {
        (true, _) => Err(Nothing::TooLarge),
        (_, true) => Err(Nothing::Missing),
        _ => Ok((data, look)),
    }
}
