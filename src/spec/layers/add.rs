//! `add`: the sum of several earlier outputs of one shape.

use super::{Empty, LayerInfo, LayerRule, Reads};
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{Site, show};

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Empty;
    const READS: Reads = Reads::Many;

    fn starter() -> Empty {
        Empty {}
    }

    fn shape(_: &Empty, site: &mut Site<'_>, info: &mut LayerInfo) {
        if let Some(other) = site.inputs.iter().find(|s| **s != info.input) {
            let p = Problem::new(&info.path, Code::ShapesDiffer);
            site.walk.problems.push(p.arg("left", show(&info.input)).arg("right", show(other)));
        }
    }

    fn keeps_tokens(_: &Empty) -> bool {
        true
    }

    fn keeps_places(_: &Empty) -> bool {
        true
    }
}
