//! `upsample2d`: every pixel several times.

use super::{Field, Head, LayerRule, Setting, Word};
use crate::spec::model::UNITS_MAX;
use crate::spec::shape::{LayerInfo, Site};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Settings of `upsample2d`: every pixel `factor` times along both axes, PyTorch's `nn.Upsample(mode="nearest")`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Upsample {
    /// How many times, 2 when left out.
    pub factor: usize,
}

impl Default for Upsample {
    fn default() -> Self {
        Upsample { factor: 2 }
    }
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Upsample;

    const WORD: &'static str = "upsample";

    fn starter() -> Upsample {
        Upsample::default()
    }

    fn write(s: &Upsample, to: &mut String) {
        // Writing to a String cannot fail.
        _ = write!(to, " {}", s.factor);
    }

    fn read(s: &mut Upsample, w: Word<'_>) -> Option<()> {
        s.factor = w.parsed("factor")?;
        Some(())
    }

    fn shape(s: &Upsample, site: &mut Site<'_>, info: &mut LayerInfo) {
        site.range(info, "factor", s.factor as f64, 1.0, 64.0);
        if let Some([h, w, c]) = site.walk.plane("upsample2d", false, info) {
            info.output = vec![h.saturating_mul(s.factor), w.saturating_mul(s.factor), c];
        }
    }

    fn head(s: &Upsample, _: &LayerInfo) -> Head {
        Head::Fact(format!("×{}", s.factor))
    }

    fn fields(s: &Upsample) -> Vec<Field> {
        vec![Field::whole("factor", s.factor, 1, UNITS_MAX)]
    }

    fn set(s: &mut Upsample, key: &str, to: Setting) -> bool {
        let ("factor", Setting::Whole(factor)) = (key, to) else { return false };
        s.factor = factor;
        true
    }
}
