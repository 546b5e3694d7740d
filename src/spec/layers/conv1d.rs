//! `conv1d`: filters that slide along a series.

use super::conv::{self, Conv};
use super::{Field, Head, LayerRule, Setting, Word, word};
use crate::spec::activation::Activation;
use crate::spec::shape::{LayerInfo, Site};

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Conv;

    fn starter() -> Conv {
        conv::starter(5)
    }

    fn unread() -> Conv {
        Conv::new(0, 3)
    }

    fn write(s: &Conv, to: &mut String) {
        // The kernel is a number as the filters are, and would be taken for them where they are 0.
        let key = if s.filters == 0 { "kernel=" } else { "" };
        conv::write(s, &format!("{key}{}", word::short(s.kernel)), to);
    }

    fn read(s: &mut Conv, w: Word<'_>) -> Option<()> {
        conv::read(s, w)
    }

    fn shape(s: &Conv, site: &mut Site<'_>, info: &mut LayerInfo) {
        conv::shape(s, "conv1d", true, site, info);
    }

    fn activation(s: &Conv) -> Option<Activation> {
        Some(s.activation)
    }

    fn head(s: &Conv, _: &LayerInfo) -> Head {
        conv::head(s)
    }

    fn fields(s: &Conv) -> Vec<Field> {
        conv::fields(s)
    }

    fn set(s: &mut Conv, key: &str, to: Setting) -> bool {
        conv::set(s, key, to)
    }
}
