//! `activation`: a nonlinearity on its own.

use super::{LayerRule, Setting, Word};
use crate::spec::activation::Activation;
use crate::spec::shape::{LayerInfo, Site};
use serde::{Deserialize, Serialize};

/// Settings of an `activation` layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ActivationLayer {
    /// Which nonlinearity.
    pub kind: Activation,
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = ActivationLayer;

    fn starter() -> ActivationLayer {
        ActivationLayer { kind: Activation::Relu }
    }

    fn unread() -> ActivationLayer {
        ActivationLayer::default()
    }

    fn write(s: &ActivationLayer, to: &mut String) {
        to.push(' ');
        to.push_str(s.kind.name());
    }

    fn read(s: &mut ActivationLayer, w: Word<'_>) -> Option<()> {
        s.kind = Activation::from_name(w.value("kind")?)?;
        Some(())
    }

    fn shape(_: &ActivationLayer, _: &mut Site<'_>, _: &mut LayerInfo) {}

    fn keeps_tokens(_: &ActivationLayer) -> bool {
        true
    }

    fn activation(s: &ActivationLayer) -> Option<Activation> {
        Some(s.kind)
    }

    fn set(s: &mut ActivationLayer, key: &str, to: Setting) -> bool {
        let ("activation", Setting::Activation(a)) = (key, to) else { return false };
        s.kind = a;
        true
    }

    fn keeps_places(_: &ActivationLayer) -> bool {
        true
    }
}
