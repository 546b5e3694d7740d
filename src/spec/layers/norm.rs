//! What the norms share: a gain and a shift to learn for every channel, and the formula on their cards.

use crate::spec::shape::LayerInfo;

/// What the norms with gain and shift compute.
pub(super) const FORMULA: &str = "y = (x − μ) / √(σ² + 10⁻⁵) · weight + bias";

/// A gain and a shift for every channel of the last axis.
pub(super) fn params(info: &mut LayerInfo) {
    let channels = info.features();
    info.param("weight", &[channels]);
    info.param("bias", &[channels]);
}
