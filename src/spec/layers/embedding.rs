//! `embedding`: a learned row for every token.

use super::{Field, Head, LayerRule, Setting, Word};
use crate::spec::model::UNITS_MAX;
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{LayerInfo, Site, show};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Settings of an `embedding` layer: a learned row for every token (PyTorch's `nn.Embedding`, Keras's `Embedding`). The
/// size of the vocabulary comes from the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Embedding {
    /// Length of a row; default 32.
    pub units: usize,
}

impl Default for Embedding {
    fn default() -> Self {
        Embedding { units: 32 }
    }
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Embedding;

    fn starter() -> Embedding {
        Embedding::default()
    }

    fn write(s: &Embedding, to: &mut String) {
        // Writing to a String cannot fail.
        _ = write!(to, " {}", s.units);
    }

    fn read(s: &mut Embedding, w: Word<'_>) -> Option<()> {
        s.units = w.parsed("units")?;
        Some(())
    }

    /// A vocabulary of the data becomes rows; the layer must read the data's tokens, or some of them.
    fn shape(s: &Embedding, site: &mut Site<'_>, info: &mut LayerInfo) {
        site.range(info, "units", s.units as f64, 1.0, UNITS_MAX as f64);
        let vocab = site.walk.tokens.filter(|_| site.tokens == Some(true));
        if vocab.is_none() {
            let p = Problem::new(&info.path, Code::NeedsTokens);
            site.walk.problems.push(p.arg("got", show(&info.input)));
        }
        info.param("weight", &[vocab.unwrap_or(1), s.units]);
        info.output.push(s.units);
    }

    fn keeps_tokens(_: &Embedding) -> bool {
        true
    }

    fn head(s: &Embedding, _: &LayerInfo) -> Head {
        Head::Field(Field::whole("units", s.units, 1, UNITS_MAX))
    }

    fn set(s: &mut Embedding, key: &str, to: Setting) -> bool {
        let ("units", Setting::Whole(units)) = (key, to) else { return false };
        s.units = units;
        true
    }
}
