//! What the rules of layers over sequences share: sequences, heads, masks, and what makes a sequence of something else.

use super::{LayerInfo, Walk, count, show};
use crate::spec::problem::{Code, Fix, Problem, check_range};

/// Most heads of one attention.
const HEADS_MAX: usize = 256;

impl Walk {
    /// `[time, units]`, or a problem.
    pub(in crate::spec) fn sequence(&mut self, layer: &str, info: &LayerInfo) -> Option<(usize, usize)> {
        if let [len, units] = *info.input.as_slice() {
            return Some((len, units));
        }
        self.no_sequence(layer, info);
        None
    }

    pub(in crate::spec) fn no_sequence(&mut self, layer: &str, info: &LayerInfo) {
        let mut p = Problem::new(&info.path, Code::LayerInput).arg("layer", layer);
        p.fix = self.to_sequence(info);
        self.problems.push(p.arg("got", show(&info.input)).arg("expected", "sequence"));
    }

    /// Heads share the units equally; turned pairs need an even share.
    pub(in crate::spec) fn heads(&mut self, heads: usize, units: usize, turned: bool, info: &LayerInfo) {
        let path = format!("{}.heads", info.path);
        check_range(&mut self.problems, &path, heads as f64, 1.0, HEADS_MAX as f64);
        let fits = |h: usize| units.is_multiple_of(h) && (!turned || (units / h).is_multiple_of(2));
        if heads == 0 || fits(heads) {
            return;
        }
        // The nearest number that does, the smaller of two.
        let near = (1..=units.min(HEADS_MAX)).filter(|h| fits(*h)).min_by_key(|h| h.abs_diff(heads));
        let code = if units.is_multiple_of(heads) { Code::RotaryOdd } else { Code::HeadsDivide };
        let mut p = Problem::new(path, code).arg("heads", heads).arg("units", units);
        if let (Some(at), Some(heads)) = (self.top(&info.path), near) {
            p = p.fix(Fix::SetHeads { at, heads });
        }
        self.problems.push(p);
    }

    /// A mask needs to know which places of the value named `keys` are padding.
    pub(in crate::spec) fn mask(&mut self, on: bool, keys: &str, path: &str) {
        if on && !(self.padded && self.tokens_of.contains_key(keys)) {
            self.problems.push(Problem::new(format!("{path}.mask_padding"), Code::NothingPadded));
        }
    }

    /// Joint projection (and once more turned), heads, weights.
    pub(in crate::spec) fn attention_values(&mut self, heads: usize, len: usize, keys: usize, units: usize) {
        let joint = count(&[if self.rotary { 6 } else { 3 }, units, len.saturating_add(keys)]);
        for n in [joint, count(&[len, units]), count(&[heads, len, keys])] {
            self.values = self.values.saturating_add(n);
        }
    }
}

impl Walk {
    /// What most likely makes a sequence of what comes into a layer that needs one: every state of a recurrent layer
    /// before, an embedding of tokens, an image row by row, or one number a step.
    pub(in crate::spec) fn to_sequence(&self, info: &LayerInfo) -> Option<Fix> {
        let at = self.top(&info.path)?;
        match *info.input.as_slice() {
            [_] if at > self.first && self.last_state == Some(at - 1) => Some(Fix::ReturnSequences { at: at - 1 }),
            [_] if at == self.first && self.tokens.is_some() => Some(Fix::InsertEmbedding { at }),
            [n] => Some(Fix::InsertReshape { at, shape: vec![n, 1] }),
            [h, w, c] => Some(Fix::InsertReshape { at, shape: vec![h, w.saturating_mul(c)] }),
            _ => None,
        }
    }
}
