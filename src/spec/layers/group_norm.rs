//! `group_norm`: normalisation over groups of channels of one sample.

use super::{Field, Head, LayerRule, Setting, Word, norm};
use crate::spec::model::UNITS_MAX;
use crate::spec::shape::{LayerInfo, Site};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Settings of `group_norm`: PyTorch's `nn.GroupNorm`, ε 1e-5, a gain and a shift for every channel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupNorm {
    /// Groups of neighbouring channels; must divide the channels.
    pub groups: usize,
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = GroupNorm;

    fn starter() -> GroupNorm {
        GroupNorm { groups: 4 }
    }

    fn unread() -> GroupNorm {
        GroupNorm { groups: 0 }
    }

    fn write(s: &GroupNorm, to: &mut String) {
        // Writing to a String cannot fail.
        _ = write!(to, " {}", s.groups);
    }

    fn read(s: &mut GroupNorm, w: Word<'_>) -> Option<()> {
        s.groups = w.parsed("groups")?;
        Some(())
    }

    fn shape(s: &GroupNorm, site: &mut Site<'_>, info: &mut LayerInfo) {
        let channels = info.features();
        if site.walk.groups(&info.path, s.groups, channels, channels) {
            norm::params(info);
        }
    }

    fn keeps_tokens(_: &GroupNorm) -> bool {
        true
    }

    fn head(s: &GroupNorm, _: &LayerInfo) -> Head {
        Head::Fact(s.groups.to_string())
    }

    fn fields(s: &GroupNorm) -> Vec<Field> {
        vec![Field::whole("groups", s.groups, 1, UNITS_MAX)]
    }

    fn set(s: &mut GroupNorm, key: &str, to: Setting) -> bool {
        let ("groups", Setting::Whole(groups)) = (key, to) else { return false };
        s.groups = groups;
        true
    }

    fn keeps_places(_: &GroupNorm) -> bool {
        true
    }

    fn fit(s: &mut GroupNorm, comes_in: &[usize]) {
        let channels = comes_in.last().copied().unwrap_or(1);
        s.groups = [8, 4, 2].into_iter().find(|n| channels.is_multiple_of(*n)).unwrap_or(1);
    }
}
