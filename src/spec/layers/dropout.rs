//! `dropout`: random zeroing while training.

use super::{Field, Head, LayerRule, Setting, Word};
use crate::spec::shape::{LayerInfo, Site, count};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::marker::PhantomData;

/// Greatest share that may be zeroed.
const RATE_MAX: f64 = 0.99;

/// Settings of a `dropout` layer (inverted dropout, as in both PyTorch and Keras).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Dropout {
    /// Share of values set to zero while training; PyTorch's default 0.5.
    pub rate: f32,
}

impl Default for Dropout {
    fn default() -> Self {
        Dropout { rate: 0.5 }
    }
}

/// What tells the layers apart that zero at random.
pub(crate) trait Zeroes {
    /// Checks what comes in.
    fn comes_in(site: &mut Site<'_>, info: &mut LayerInfo);
}

/// Single values.
pub(crate) struct Values;

/// The rule.
pub(crate) type Rule = Of<Values>;

impl Zeroes for Values {
    fn comes_in(site: &mut Site<'_>, info: &mut LayerInfo) {
        site.holds(count(&info.input));
    }
}

/// The rule of a layer that zeroes `Z`.
pub(crate) struct Of<Z>(PhantomData<Z>);

impl<Z: Zeroes> LayerRule for Of<Z> {
    type Settings = Dropout;

    fn starter() -> Dropout {
        Dropout { rate: 0.2 }
    }

    fn unread() -> Dropout {
        Dropout::default()
    }

    fn write(s: &Dropout, to: &mut String) {
        // Writing to a String cannot fail.
        _ = write!(to, " {}", s.rate);
    }

    fn read(s: &mut Dropout, w: Word<'_>) -> Option<()> {
        s.rate = w.parsed("rate")?;
        Some(())
    }

    fn shape(s: &Dropout, site: &mut Site<'_>, info: &mut LayerInfo) {
        site.range(info, "rate", f64::from(s.rate), 0.0, RATE_MAX);
        Z::comes_in(site, info);
    }

    fn keeps_tokens(_: &Dropout) -> bool {
        true
    }

    fn head(s: &Dropout, _: &LayerInfo) -> Head {
        Head::Fact(s.rate.to_string())
    }

    fn fields(s: &Dropout) -> Vec<Field> {
        vec![Field::share("rate", s.rate, RATE_MAX as f32)]
    }

    fn set(s: &mut Dropout, key: &str, to: Setting) -> bool {
        let ("rate", Setting::Real(rate)) = (key, to) else { return false };
        s.rate = rate;
        true
    }

    fn keeps_places(_: &Dropout) -> bool {
        true
    }
}
