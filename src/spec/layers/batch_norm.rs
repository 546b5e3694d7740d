//! `batch_norm`: normalisation over the batch.

use super::{Empty, LayerInfo, LayerRule, norm};
use crate::spec::shape::Site;

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Empty;
    const ALSO: &'static [&'static str] = &["batchnorm"];

    fn starter() -> Empty {
        Empty {}
    }

    fn shape(_: &Empty, _: &mut Site<'_>, info: &mut LayerInfo) {
        norm::params(info);
    }

    fn keeps_tokens(_: &Empty) -> bool {
        true
    }

    fn formula(_: &Empty) -> Vec<String> {
        vec![norm::FORMULA.into()]
    }

    fn keeps_places(_: &Empty) -> bool {
        true
    }
}
