//! `reshape`: the same values in another shape.

use super::{Control, Field, LayerRule, Setting, Word};
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{LayerInfo, Site, count, show};
use serde::{Deserialize, Serialize};

/// Settings of a `reshape` layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reshape {
    /// New shape of one sample, without the batch axis.
    pub shape: Vec<usize>,
}

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Reshape;

    fn starter() -> Reshape {
        Reshape { shape: vec![1] }
    }

    fn unread() -> Reshape {
        Reshape::default()
    }

    fn whole(s: &mut Reshape) -> bool {
        !s.shape.is_empty()
    }

    fn write(s: &Reshape, to: &mut String) {
        to.push(' ');
        to.push_str(&s.shape.iter().map(ToString::to_string).collect::<Vec<_>>().join("x"));
    }

    fn read(s: &mut Reshape, w: Word<'_>) -> Option<()> {
        s.shape = w.text.split(['x', '×']).map(str::parse).collect::<Result<_, _>>().ok()?;
        Some(())
    }

    fn shape(s: &Reshape, site: &mut Site<'_>, info: &mut LayerInfo) {
        if count(&s.shape) == count(&info.input) && !s.shape.is_empty() {
            info.output.clone_from(&s.shape);
        } else {
            let p = Problem::new(format!("{}.shape", info.path), Code::ReshapeSize);
            site.walk.problems.push(p.arg("from", show(&info.input)).arg("to", show(&s.shape)));
        }
    }

    fn fields(s: &Reshape) -> Vec<Field> {
        vec![Field::new("shape", Control::Shape(s.shape.clone()))]
    }

    fn set(s: &mut Reshape, key: &str, to: Setting) -> bool {
        let ("shape", Setting::Shape(shape)) = (key, to) else { return false };
        s.shape = shape;
        true
    }

    fn keeps_places(_: &Reshape) -> bool {
        true
    }

    fn fit(s: &mut Reshape, comes_in: &[usize]) {
        s.shape = comes_in.to_vec();
    }
}
