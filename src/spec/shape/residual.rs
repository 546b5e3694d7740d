//! Why a residual branch does not give back the shape it got, and what mends it.
//!
//! Not responsible for the shapes themselves (`shape`).

use super::{LayerInfo, show};
use crate::spec::model::{Layer, Residual};
use crate::spec::window::Padding;
use crate::spec::{Code, Fix, Problem};

/// The problem of the branch `r` at `info`, top-level layer number `at`, which got `info.input` and gives `inside`.
pub(in crate::spec) fn problem(r: &Residual, info: &LayerInfo, at: Option<usize>, inside: &[usize]) -> Problem {
    let outside = info.input.as_slice();
    let code = cause(&r.layers, inside, outside);
    let p = Problem::new(&info.path, code).arg("inside", show(inside)).arg("outside", show(outside));
    let fix = at.and_then(|at| match code {
        Code::ResidualPadding => Some(Fix::PadSame { at }),
        Code::ResidualUnits => Some(Fix::Project { at, units: outside.last().copied()? }),
        _ => None,
    });
    match fix {
        Some(fix) => p.fix(fix),
        None => p,
    }
}

fn cause(layers: &[Layer], inside: &[usize], outside: &[usize]) -> Code {
    let (Some((_, from)), Some((_, to))) = (outside.split_last(), inside.split_last()) else {
        return Code::ResidualShape;
    };
    if from == to {
        return Code::ResidualUnits;
    }
    let windows = layers.iter().filter_map(window);
    let (strides, shrinks) = windows.fold((false, false), |(s, p), (stride, pads)| (s || stride, p || !pads));
    match (inside.len() == outside.len(), strides, shrinks) {
        (true, true, _) => Code::ResidualStride,
        (true, false, true) => Code::ResidualPadding,
        _ => Code::ResidualShape,
    }
}

/// Whether the layer's window moves by more than one, and whether it keeps the size of what it reads.
fn window(layer: &Layer) -> Option<(bool, bool)> {
    if let Some(c) = layer.kind.conv() {
        return Some((!c.stride.is_one(), c.padding == Padding::Same || c.kernel.is_one()));
    }
    let p = layer.kind.pool()?;
    Some((!p.stride.unwrap_or(p.size).is_one(), p.padding == Padding::Same || p.size.is_one()))
}
