//! `global_avg_pool1d`: the mean of every feature over time.

use super::{Empty, LayerInfo, LayerRule};
use crate::spec::shape::Site;

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Empty;

    fn starter() -> Empty {
        Empty {}
    }

    fn shape(_: &Empty, site: &mut Site<'_>, info: &mut LayerInfo) {
        if let Some([_, _, c]) = site.walk.plane("global_avg_pool1d", true, info) {
            info.output = vec![c];
        }
    }
}
