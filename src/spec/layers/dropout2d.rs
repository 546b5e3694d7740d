//! `dropout2d`: random zeroing of whole channels while training.

use super::dropout::{Of, Zeroes};
use crate::spec::shape::{LayerInfo, Site};

/// Whole channels.
pub(crate) struct Channels;

/// The rule.
pub(crate) type Rule = Of<Channels>;

impl Zeroes for Channels {
    fn comes_in(site: &mut Site<'_>, info: &mut LayerInfo) {
        site.walk.channels("dropout2d", info);
    }
}
