//! `flatten`: all axes of a sample into one.

use super::{Empty, LayerInfo, LayerRule};
use crate::spec::shape::{Site, size};

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Empty;

    fn starter() -> Empty {
        Empty {}
    }

    fn shape(_: &Empty, _: &mut Site<'_>, info: &mut LayerInfo) {
        info.output = vec![size(&info.input)];
    }

    fn keeps_places(_: &Empty) -> bool {
        true
    }
}
