//! `global_avg_pool2d`: the mean of every channel.

use super::{Empty, LayerInfo, LayerRule};
use crate::spec::shape::Site;

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Empty;
    const ALSO: &'static [&'static str] = &["global_avg_pool"];

    fn starter() -> Empty {
        Empty {}
    }

    fn shape(_: &Empty, site: &mut Site<'_>, info: &mut LayerInfo) {
        if let Some([_, _, c]) = site.walk.plane("global_avg_pool2d", false, info) {
            info.output = vec![c];
        }
    }
}
