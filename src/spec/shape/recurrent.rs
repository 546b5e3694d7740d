//! Shapes and parameters of the recurrent layers.
//!
//! Not responsible for computing anything (`engine::nn::recurrent` builds the same).

use super::{LayerInfo, ParamInfo, Walk, size};
use crate::spec::model::recurrent::{FORGET_MAX, TBPTT_MAX};
use crate::spec::model::{LayerKind, Recurrent, UNITS_MAX};
use crate::spec::problem::{Code, Fix, Problem, check_range};

/// Names of the parameters of the forward and of the reverse direction, PyTorch's without their `_l0`.
pub const NAMES: [[&str; 4]; 2] = [
    ["weight_ih", "weight_hh", "bias_ih", "bias_hh"],
    ["weight_ih_reverse", "weight_hh_reverse", "bias_ih_reverse", "bias_hh_reverse"],
];

/// What follows for the layer `kind`, one of the recurrent ones with settings `r`, on input `info.input`.
pub(super) fn layer(walk: &mut Walk, kind: &LayerKind, r: &Recurrent, info: &mut LayerInfo) {
    let path = info.path.clone();
    let gates = match kind {
        LayerKind::Lstm(_) => 4,
        LayerKind::Gru(_) => 3,
        _ => 1,
    };
    let unused = [
        ("activation", r.activation.is_some() && !matches!(kind, LayerKind::Rnn(_))),
        ("forget_bias", r.forget_bias != 0.0 && !matches!(kind, LayerKind::Lstm(_))),
    ];
    for (field, _) in unused.into_iter().filter(|(_, unused)| *unused) {
        let p = Problem::new(format!("{path}.{field}"), Code::FieldNotUsed);
        walk.problems.push(p.arg("field", field).arg("choice", kind.type_name()));
    }
    let (forget, max) = (f64::from(r.forget_bias), f64::from(FORGET_MAX));
    check_range(&mut walk.problems, &format!("{path}.forget_bias"), forget, -max, max);
    check_range(&mut walk.problems, &format!("{path}.units"), r.units as f64, 1.0, UNITS_MAX as f64);
    if let Some(n) = r.tbptt {
        check_range(&mut walk.problems, &format!("{path}.tbptt"), n as f64, 1.0, TBPTT_MAX as f64);
    }
    let Some((steps, features)) = walk.sequence(kind.type_name(), info) else { return };
    let sums = gates * r.units.min(UNITS_MAX);
    for names in NAMES.iter().take(if r.bidirectional { 2 } else { 1 }) {
        let shapes = [vec![sums, features], vec![sums, r.units], vec![sums], vec![sums]];
        info.params.extend(names.iter().zip(shapes).map(|(name, shape)| ParamInfo { name, shape }));
    }
    info.output = if r.return_sequences { vec![steps, r.width()] } else { vec![r.width()] };
    walk.last_state = top(&path).filter(|_| !r.return_sequences).or(walk.last_state);
    // States, gates and one more value a unit and step.
    walk.values = walk.values.saturating_add(size(&[steps, r.width(), gates + 2]));
}

/// Index of the top-level layer at `path`; remedies reach no deeper.
fn top(path: &str) -> Option<usize> {
    path.strip_prefix("model.layers[")?.strip_suffix(']')?.parse().ok()
}

impl Walk<'_> {
    /// What most likely makes a sequence of what comes into a layer that needs one: every state of a recurrent layer
    /// before, an embedding of tokens, an image row by row, or one number a step.
    pub(super) fn to_sequence(&self, info: &LayerInfo) -> Option<Fix> {
        let at = top(&info.path)?;
        match *info.input.as_slice() {
            [_] if at > 0 && self.last_state == Some(at - 1) => Some(Fix::ReturnSequences { at: at - 1 }),
            [_] if at == 0 && self.tokens.is_some() => Some(Fix::InsertEmbedding { at }),
            [n] => Some(Fix::InsertReshape { at, shape: vec![n, 1] }),
            [h, w, c] => Some(Fix::InsertReshape { at, shape: vec![h, w.saturating_mul(c)] }),
            _ => None,
        }
    }
}
