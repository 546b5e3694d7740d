//! `positional`: tells the places of a sequence apart.

use super::{Field, Head, LayerRule, Setting, Word};
use crate::spec::shape::{LayerInfo, Site};
use serde::{Deserialize, Serialize};

/// Settings of a `positional` layer, which tells the places of a sequence apart; PyTorch and Keras have none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Positional {
    /// How.
    pub kind: PositionKind,
}

/// How places are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PositionKind {
    /// A learned row is added at each place (BERT, GPT).
    #[default]
    Learned,
    /// Sines and cosines are added (Vaswani et al. 2017).
    Sinusoidal,
    /// Nothing is added: every attention that comes later turns its queries and keys by their place (RoFormer, Su et
    /// al. 2021).
    Rotary,
}

impl PositionKind {
    /// Every kind.
    pub const ALL: [PositionKind; 3] = [PositionKind::Learned, PositionKind::Sinusoidal, PositionKind::Rotary];

    /// By its JSON name.
    pub fn from_name(name: &str) -> Option<Self> {
        PositionKind::ALL.into_iter().find(|k| k.name() == name)
    }

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            PositionKind::Learned => "learned",
            PositionKind::Sinusoidal => "sinusoidal",
            PositionKind::Rotary => "rotary",
        }
    }
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Positional;

    fn starter() -> Positional {
        Positional::default()
    }

    fn write(s: &Positional, to: &mut String) {
        to.push(' ');
        to.push_str(s.kind.name());
    }

    fn read(s: &mut Positional, w: Word<'_>) -> Option<()> {
        s.kind = PositionKind::from_name(w.value("kind")?)?;
        Some(())
    }

    fn shape(s: &Positional, site: &mut Site<'_>, info: &mut LayerInfo) {
        let Some((len, units)) = site.walk.sequence("positional", info) else { return };
        match s.kind {
            PositionKind::Learned => info.param("weight", &[len, units]),
            PositionKind::Sinusoidal => {}
            PositionKind::Rotary => site.walk.rotary = true,
        }
    }

    fn keeps_tokens(_: &Positional) -> bool {
        true
    }

    fn head(s: &Positional, _: &LayerInfo) -> Head {
        Head::Fact(s.kind.name().into())
    }

    fn fields(s: &Positional) -> Vec<Field> {
        let names = PositionKind::ALL.map(PositionKind::name).to_vec();
        vec![Field::choice("kind", names, s.kind.name()).labelled("position")]
    }

    fn set(s: &mut Positional, key: &str, to: Setting) -> bool {
        let ("kind", Setting::Name(name)) = (key, to) else { return false };
        PositionKind::from_name(&name).map(|k| s.kind = k).is_some()
    }
}
