//! `rms_norm`: normalisation by the root of the mean square of one sample's features (Zhang & Sennrich 2019).
//!
//! PyTorch's `nn.RMSNorm` with `eps=None`, the machine epsilon of `f32` (LLaMA: 1e-5 or 1e-6): a gain to learn, no shift.

use super::{Empty, LayerInfo, LayerRule};
use crate::spec::shape::Site;

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Empty;
    const ALSO: &'static [&'static str] = &["rmsnorm"];

    fn starter() -> Empty {
        Empty {}
    }

    fn shape(_: &Empty, _: &mut Site<'_>, info: &mut LayerInfo) {
        let features = info.features();
        info.param("weight", &[features]);
    }

    fn keeps_tokens(_: &Empty) -> bool {
        true
    }

    fn keeps_places(_: &Empty) -> bool {
        true
    }

    fn formula(_: &Empty) -> Vec<String> {
        vec!["y = x / √(mean(x²) + 1.19·10⁻⁷) · weight".into()]
    }
}
