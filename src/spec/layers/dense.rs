//! `dense`: every output is a sum of all inputs, weighted.
//!
//! Not responsible for what it computes (`engine::nn::dense`).

use super::word::{self, Word};
use super::{Control, Field, Head, LayerRule, Setting};
use crate::spec::activation::Activation;
use crate::spec::init::Init;
use crate::spec::model::{UNITS_MAX, is_default, is_linear};
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{LayerInfo, Site, count};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// `y = act(x Wᵀ + b)` over the last axis: PyTorch's `nn.Linear` followed by an activation; Keras's `Dense`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Dense {
    /// Outputs; left out on the last layer, the task decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<usize>,
    /// Applied to the sum; Keras's default, `linear`.
    #[serde(skip_serializing_if = "is_linear")]
    pub activation: Activation,
    /// How weights start; default PyTorch's (Keras starts with Glorot uniform and zero biases).
    #[serde(skip_serializing_if = "is_default")]
    pub init: Init,
    /// Whether a bias is added; default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bias: Option<bool>,
}

impl Dense {
    /// Whether a bias is added.
    pub fn has_bias(&self) -> bool {
        self.bias.unwrap_or(true)
    }
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Dense;

    const ALSO: &'static [&'static str] = &["linear"];

    fn starter() -> Dense {
        Dense { units: Some(8), activation: Activation::Tanh, ..Dense::default() }
    }

    fn unread() -> Dense {
        Dense::default()
    }

    fn write(s: &Dense, to: &mut String) {
        // Writing to a String cannot fail.
        s.units.iter().for_each(|u| _ = write!(to, " {u}"));
        word::write_activation(to, s.activation);
        word::write_init(to, &s.init);
        s.bias.iter().for_each(|b| _ = write!(to, " bias={b}"));
    }

    fn read(s: &mut Dense, w: Word<'_>) -> Option<()> {
        match w.keyed() {
            ("", v) => match v.parse() {
                Ok(units) => s.units = Some(units),
                Err(_) => s.activation = Activation::from_name(v)?,
            },
            ("units", v) => s.units = Some(v.parse().ok()?),
            ("activation", v) => s.activation = Activation::from_name(v)?,
            ("bias", v) => s.bias = Some(v.parse().ok()?),
            ("init", v) => s.init = word::init(v)?,
            _ => return None,
        }
        Some(())
    }

    fn shape(s: &Dense, site: &mut Site<'_>, info: &mut LayerInfo) {
        let features = info.features();
        let units = s.units.or(site.wanted_units()).unwrap_or_else(|| {
            if !site.last {
                let p = Problem::new(format!("{}.units", info.path), Code::MissingField);
                site.walk.problems.push(p.arg("field", "units"));
            }
            1
        });
        site.range(info, "units", units as f64, 1.0, UNITS_MAX as f64);
        info.output.pop();
        info.output.push(units);
        info.param("weight", &[units, features]);
        if s.has_bias() {
            info.param("bias", &[units]);
        }
        // A dense layer may keep its pre-activation as well.
        site.holds(count(&info.output));
    }

    fn keeps_tokens(_: &Dense) -> bool {
        true
    }

    fn activation(s: &Dense) -> Option<Activation> {
        Some(s.activation)
    }

    fn head(s: &Dense, info: &LayerInfo) -> Head {
        let units = s.units.or(info.output.last().copied()).unwrap_or(1);
        Head::Field(Field::whole("units", units, 1, UNITS_MAX))
    }

    fn fields(s: &Dense) -> Vec<Field> {
        vec![Field::new("init", Control::Init(s.init)), Field::new("bias", Control::Check(s.has_bias()))]
    }

    fn set(s: &mut Dense, key: &str, to: Setting) -> bool {
        match (key, to) {
            ("units", Setting::Whole(n)) => s.units = Some(n),
            ("activation", Setting::Activation(a)) => s.activation = a,
            ("init", Setting::Init(init)) => s.init = init,
            ("bias", Setting::On(on)) => s.bias = (!on).then_some(false),
            _ => return false,
        }
        true
    }
}
