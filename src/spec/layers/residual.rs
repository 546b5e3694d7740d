//! `residual`: a branch of layers whose output is added to its input.
//!
//! The model text reads what is inside the brackets itself (`spec::text`), since that is a list of layers.

use super::LayerRule;
use crate::spec::activation::Activation;
use crate::spec::model::{Layer, LayerKind};
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{LayerInfo, Site, residual};
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Settings of a `residual` container.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Residual {
    /// The branch; its output must have the shape of its input.
    pub layers: Vec<Layer>,
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Residual;

    fn starter() -> Residual {
        let dense = super::dense::Dense { units: Some(8), activation: Activation::Tanh, ..Default::default() };
        Residual { layers: vec![LayerKind::Dense(dense).into()] }
    }

    fn unread() -> Residual {
        Residual::default()
    }

    fn write(s: &Residual, to: &mut String) {
        to.push('(');
        to.push_str(&text::list(&s.layers));
        to.push(')');
    }

    fn shape(s: &Residual, site: &mut Site<'_>, info: &mut LayerInfo) {
        let path = format!("{}.layers", info.path);
        if s.layers.is_empty() {
            site.walk.problems.push(Problem::new(&path, Code::NoLayers));
        }
        let (name, from) = (format!("{}.layers", info.name), (site.source, info.input.clone()));
        info.children = site.walk.list(&s.layers, &path, &name, from, false);
        let inside = info.children.last().map_or(&info.input, |c| &c.output);
        if *inside != info.input {
            let at = site.walk.top(&info.path);
            let problem = residual::problem(s, info, at, inside);
            site.walk.problems.push(problem);
        }
    }

    fn keeps_tokens(_: &Residual) -> bool {
        true
    }

    fn keeps_places(_: &Residual) -> bool {
        true
    }

    fn note(_: &Residual) -> String {
        "x + f(x)".into()
    }
}
