//! `conv2d`: filters that slide over an image.

use super::conv::{self, Conv};
use super::{Field, Head, LayerRule, Setting, Word, word};
use crate::spec::activation::Activation;
use crate::spec::shape::{LayerInfo, Site};

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Conv;
    const WORD: &'static str = "conv";

    fn starter() -> Conv {
        conv::starter(3)
    }

    fn unread() -> Conv {
        Conv::new(0, 3)
    }

    fn write(s: &Conv, to: &mut String) {
        conv::write(s, &word::both(s.kernel), to);
    }

    fn read(s: &mut Conv, w: Word<'_>) -> Option<()> {
        conv::read(s, w)
    }

    fn shape(s: &Conv, site: &mut Site<'_>, info: &mut LayerInfo) {
        conv::shape(s, "conv2d", false, site, info);
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
