//! `concat`: several earlier outputs side by side on the last axis.

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
        let (x, inputs) = (&info.input, site.inputs);
        let head = |s: &[usize]| s[..s.len().saturating_sub(1)].to_vec();
        if let Some(other) = inputs.iter().find(|s| head(s) != head(x)) {
            let p = Problem::new(&info.path, Code::ShapesDiffer);
            site.walk.problems.push(p.arg("left", show(x)).arg("right", show(other)));
        }
        info.output = head(x);
        info.output.push(inputs.iter().map(|s| s.last().copied().unwrap_or(1)).fold(0, usize::saturating_add));
    }

    fn keeps_tokens(_: &Empty) -> bool {
        true
    }
}
