//! `squeeze_excite`: channels weighted by what all channels say.

use super::{Field, Head, LayerRule, Setting, Word};
use crate::spec::model::UNITS_MAX;
use crate::spec::shape::{LayerInfo, Site};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Settings of `squeeze_excite` (Hu et al. 2018): the channels' means go through two dense layers, relu and sigmoid, and
/// come back as a factor for every channel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SqueezeExcite {
    /// Channels to one unit of the layer between, 16 when left out as in the paper; one unit at least.
    pub reduction: usize,
}

impl Default for SqueezeExcite {
    fn default() -> Self {
        SqueezeExcite { reduction: 16 }
    }
}

impl SqueezeExcite {
    /// Units of the layer between.
    pub fn units(&self, channels: usize) -> usize {
        (channels / self.reduction.max(1)).max(1)
    }
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = SqueezeExcite;

    fn starter() -> SqueezeExcite {
        SqueezeExcite { reduction: 4 }
    }

    fn unread() -> SqueezeExcite {
        SqueezeExcite::default()
    }

    fn write(s: &SqueezeExcite, to: &mut String) {
        // Writing to a String cannot fail.
        _ = write!(to, " {}", s.reduction);
    }

    fn read(s: &mut SqueezeExcite, w: Word<'_>) -> Option<()> {
        s.reduction = w.parsed("reduction")?;
        Some(())
    }

    fn shape(s: &SqueezeExcite, site: &mut Site<'_>, info: &mut LayerInfo) {
        site.range(info, "reduction", s.reduction as f64, 1.0, UNITS_MAX as f64);
        let Some(c) = site.walk.channels("squeeze_excite", info) else { return };
        let units = s.units(c);
        info.param("fc1.weight", &[units, c]);
        info.param("fc1.bias", &[units]);
        info.param("fc2.weight", &[c, units]);
        info.param("fc2.bias", &[c]);
    }

    fn head(s: &SqueezeExcite, _: &LayerInfo) -> Head {
        Head::Fact(format!("/{}", s.reduction))
    }

    fn fields(s: &SqueezeExcite) -> Vec<Field> {
        vec![Field::whole("reduction", s.reduction, 1, UNITS_MAX)]
    }

    fn set(s: &mut SqueezeExcite, key: &str, to: Setting) -> bool {
        let ("reduction", Setting::Whole(reduction)) = (key, to) else { return false };
        s.reduction = reduction;
        true
    }
}
