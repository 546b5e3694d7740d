//! `instance_norm`: normalisation of every channel of one sample over its positions (Ulyanov et al. 2016).

use super::{Control, Field, LayerRule, Setting, Word, norm};
use crate::spec::model::is_default;
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{LayerInfo, Site, show};
use serde::{Deserialize, Serialize};

/// Settings of `instance_norm`: PyTorch's `nn.InstanceNorm1d` and `nn.InstanceNorm2d`, ε 1e-5, without running
/// statistics. Gain and shift are off by default as there (our `group_norm` and PyTorch's always have them).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct InstanceNorm {
    /// Whether a gain and a shift are learned for every channel; default false.
    #[serde(skip_serializing_if = "is_default")]
    pub affine: bool,
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = InstanceNorm;
    const ALSO: &'static [&'static str] = &["instancenorm"];

    fn starter() -> InstanceNorm {
        InstanceNorm::default()
    }

    fn write(s: &InstanceNorm, to: &mut String) {
        if s.affine {
            to.push_str(" affine");
        }
    }

    fn read(s: &mut InstanceNorm, w: Word<'_>) -> Option<()> {
        match w.pair.unwrap_or((w.text, "true")) {
            ("affine", v) => s.affine = v.parse().ok()?,
            _ => return None,
        }
        Some(())
    }

    /// One position has no spread: nothing but zeros would come out, and PyTorch refuses it too.
    fn shape(s: &InstanceNorm, site: &mut Site<'_>, info: &mut LayerInfo) {
        let layer = "instance_norm";
        let Some([h, w, _]) = site.walk.plane(layer, info.input.len() == 2, info) else { return };
        if h.saturating_mul(w) < 2 {
            let p = Problem::new(&info.path, Code::LayerInput).arg("layer", layer).arg("got", show(&info.input));
            site.walk.problems.push(p.arg("expected", "positions"));
        }
        if s.affine {
            norm::params(info);
        }
    }

    fn keeps_tokens(_: &InstanceNorm) -> bool {
        true
    }

    fn keeps_places(_: &InstanceNorm) -> bool {
        true
    }

    fn formula(s: &InstanceNorm) -> Vec<String> {
        vec![if s.affine { norm::FORMULA.into() } else { "y = (x − μ) / √(σ² + 10⁻⁵)".into() }]
    }

    fn fields(s: &InstanceNorm) -> Vec<Field> {
        vec![Field::new("affine", Control::Check(s.affine))]
    }

    fn set(s: &mut InstanceNorm, key: &str, to: Setting) -> bool {
        let ("affine", Setting::On(on)) = (key, to) else { return false };
        s.affine = on;
        true
    }
}
