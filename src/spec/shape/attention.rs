//! Shapes, parameters and problems of the layers that work on tokens and look from place to place.
//!
//! Not responsible for computing anything (`engine::nn`).

use super::{LayerInfo, ParamInfo, Walk, show, size};
use crate::spec::model::{Attention, AttentionKind, PositionKind, Positional, Slice, TransformerBlock, UNITS_MAX};
use crate::spec::problem::{Code, Fix, Problem, check_range};

/// Most heads of one attention.
const HEADS_MAX: usize = 256;
/// Largest ratio of a perceptron's hidden units to the units.
const RATIO_MAX: usize = 64;

impl Walk<'_> {
    /// A vocabulary of the data becomes rows; `from_data` says whether the layer reads the data's tokens, or some of them.
    pub(super) fn embedding(&mut self, units: usize, from_data: bool, info: &mut LayerInfo) {
        check_range(&mut self.problems, &format!("{}.units", info.path), units as f64, 1.0, UNITS_MAX as f64);
        let vocab = self.tokens.filter(|_| from_data);
        if vocab.is_none() {
            self.problems.push(Problem::new(&info.path, Code::NeedsTokens).arg("got", show(&info.input)));
        }
        info.params.push(ParamInfo { name: "weight", shape: vec![vocab.unwrap_or(1), units] });
        info.output.push(units);
    }

    /// `[time, units]`, or a problem.
    pub(super) fn sequence(&mut self, layer: &str, info: &LayerInfo) -> Option<(usize, usize)> {
        if let [len, units] = *info.input.as_slice() {
            return Some((len, units));
        }
        self.no_sequence(layer, info);
        None
    }

    fn no_sequence(&mut self, layer: &str, info: &LayerInfo) {
        let mut p = Problem::new(&info.path, Code::LayerInput).arg("layer", layer);
        p.fix = self.to_sequence(info);
        self.problems.push(p.arg("got", show(&info.input)).arg("expected", "sequence"));
    }

    /// Places out of range are named, and the shape stays as it was.
    pub(super) fn slice(&mut self, s: &Slice, info: &mut LayerInfo) {
        let len = match *info.input.as_slice() {
            [len] | [len, _] if len > 0 => len,
            _ => return self.no_sequence("slice", info),
        };
        let (path, before) = (&info.path, self.problems.len());
        check_range(&mut self.problems, &format!("{path}.start"), s.start as f64, 0.0, (len - 1) as f64);
        let left = len - s.start.min(len - 1);
        check_range(&mut self.problems, &format!("{path}.length"), s.length as f64, 1.0, left as f64);
        if self.problems.len() == before {
            info.output[0] = s.length;
            // The tokens behind the places go along.
            self.values = self.values.saturating_add(s.length);
        }
    }

    pub(super) fn positional(&mut self, p: &Positional, info: &mut LayerInfo) {
        let Some((len, units)) = self.sequence("positional", info) else { return };
        match p.kind {
            PositionKind::Learned => info.params.push(ParamInfo { name: "weight", shape: vec![len, units] }),
            PositionKind::Sinusoidal => {}
            PositionKind::Rotary => self.rotary = true,
        }
    }

    /// Heads share the units equally; turned pairs need an even share.
    fn heads(&mut self, heads: usize, units: usize, turned: bool, info: &LayerInfo) {
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
        if let (Some(at), Some(heads)) = (p.layer().filter(|_| !info.name[7..].contains('.')), near) {
            p = p.fix(Fix::SetHeads { at, heads });
        }
        self.problems.push(p);
    }

    /// A mask needs to know which places of the value named `keys` are padding.
    pub(super) fn mask(&mut self, on: bool, keys: &str, path: &str) {
        if on && !(self.padded && self.tokens_of.contains_key(keys)) {
            self.problems.push(Problem::new(format!("{path}.mask_padding"), Code::NothingPadded));
        }
    }

    pub(super) fn attention(&mut self, a: &Attention, inputs: &[Vec<usize>], info: &mut LayerInfo) {
        let Some((len, units)) = self.sequence("attention", info) else { return };
        let memory = inputs.get(1).map_or(&info.input, |m| m);
        if memory.len() != 2 || memory[1] != units {
            let p = Problem::new(&info.path, Code::ShapesDiffer);
            self.problems.push(p.arg("left", show(&info.input)).arg("right", show(memory)));
            return;
        }
        let (keys, additive) = (memory[0], a.kind == AttentionKind::Additive);
        self.heads(a.heads, units, self.rotary && !additive, info);
        attention_params(["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"], units, info);
        if additive {
            info.params.insert(2, ParamInfo { name: "score_weight", shape: vec![units] });
        }
        self.attention_values(a.heads, len, keys, units);
    }

    /// Joint projection (and once more turned), heads, weights.
    fn attention_values(&mut self, heads: usize, len: usize, keys: usize, units: usize) {
        let joint = size(&[if self.rotary { 6 } else { 3 }, units, len.saturating_add(keys)]);
        for n in [joint, size(&[len, units]), size(&[heads, len, keys])] {
            self.values = self.values.saturating_add(n);
        }
    }

    pub(super) fn transformer_block(&mut self, t: &TransformerBlock, info: &mut LayerInfo) {
        let at = |field: &str| format!("{}.{field}", info.path);
        check_range(&mut self.problems, &at("mlp_ratio"), t.mlp_ratio as f64, 1.0, RATIO_MAX as f64);
        check_range(&mut self.problems, &at("dropout"), f64::from(t.dropout), 0.0, 0.99);
        let Some((len, units)) = self.sequence("transformer_block", info) else { return };
        self.heads(t.heads, units, self.rotary, info);
        let hidden = units.saturating_mul(t.mlp_ratio);
        let norm = |names: [&'static str; 2]| names.map(|name| ParamInfo { name, shape: vec![units] });
        let names = ["attn.in_proj_weight", "attn.in_proj_bias", "attn.out_proj.weight", "attn.out_proj.bias"];
        let (ln1, ln2) = (norm(["ln1.weight", "ln1.bias"]), norm(["ln2.weight", "ln2.bias"]));
        let mlp = [
            ParamInfo { name: "mlp.0.weight", shape: vec![hidden, units] },
            ParamInfo { name: "mlp.0.bias", shape: vec![hidden] },
            ParamInfo { name: "mlp.1.weight", shape: vec![units, hidden] },
            ParamInfo { name: "mlp.1.bias", shape: vec![units] },
        ];
        // In the order in which they are used: a norm stands before its branch or after it.
        if t.norm == crate::spec::model::NormPlace::Pre {
            info.params.extend(ln1);
            attention_params(names, units, info);
            info.params.extend(ln2);
            info.params.extend(mlp);
        } else {
            attention_params(names, units, info);
            info.params.extend(ln1);
            info.params.extend(mlp);
            info.params.extend(ln2);
        }
        self.attention_values(t.heads, len, len, units);
        // Norms, sums, dropped branches with their masks; the perceptron's hidden units and their sums.
        for n in [size(&[12, len, units]), size(&[2, len, hidden])] {
            self.values = self.values.saturating_add(n);
        }
    }
}

fn attention_params(names: [&'static str; 4], units: usize, info: &mut LayerInfo) {
    let three = units.saturating_mul(3);
    let shapes = [vec![three, units], vec![three], vec![units, units], vec![units]];
    info.params.extend(names.into_iter().zip(shapes).map(|(name, shape)| ParamInfo { name, shape }));
}
