//! Shapes and parameters of the recurrent layers.
//!
//! Not responsible for computing anything (`engine::nn::recurrent` builds the same).

use super::{LayerInfo, ParamInfo, Walk, show, size};
use crate::spec::model::recurrent::TBPTT_MAX;
use crate::spec::model::{LayerKind, Recurrent, UNITS_MAX};
use crate::spec::problem::{Code, Problem, check_range};

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
    if r.activation.is_some() && !matches!(kind, LayerKind::Rnn(_)) {
        let p = Problem::new(format!("{path}.activation"), Code::FieldNotUsed);
        walk.problems.push(p.arg("field", "activation").arg("choice", kind.type_name()));
    }
    check_range(&mut walk.problems, &format!("{path}.units"), r.units as f64, 1.0, UNITS_MAX as f64);
    if let Some(n) = r.tbptt {
        check_range(&mut walk.problems, &format!("{path}.tbptt"), n as f64, 1.0, TBPTT_MAX as f64);
    }
    let [steps, features] = *info.input.as_slice() else {
        let p = Problem::new(path, Code::LayerInput).arg("layer", kind.type_name());
        walk.problems.push(p.arg("got", show(&info.input)).arg("expected", "sequence"));
        return;
    };
    let sums = gates * r.units.min(UNITS_MAX);
    for names in NAMES.iter().take(if r.bidirectional { 2 } else { 1 }) {
        let shapes = [vec![sums, features], vec![sums, r.units], vec![sums], vec![sums]];
        info.params.extend(names.iter().zip(shapes).map(|(name, shape)| ParamInfo { name, shape }));
    }
    info.output = if r.return_sequences { vec![steps, r.width()] } else { vec![r.width()] };
    // States, gates and one more value a unit and step.
    walk.values = walk.values.saturating_add(size(&[steps, r.width(), gates + 2]));
}
