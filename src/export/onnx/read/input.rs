//! The input of the file on the data at hand: with its channels first or last, whole or flattened, batch or time first.

use super::net::Net;
use super::value::{At, Axis, Val};
use crate::spec::model::Reshape;
use crate::spec::shape::{show, size};
use crate::spec::{Code, Experiment, LayerKind, Problem};

/// What the file's input is on the data.
pub(super) fn input(net: &mut Net<'_>, sizes: &[usize], ours: bool, exp: &Experiment) -> Result<Val, Problem> {
    let given = net.data.input.clone();
    let plain = Val::plain(At::Input, given.clone());
    // Sizes may all be left open.
    let Some((rows, wanted)) = sizes.split_first() else { return Ok(plain) };
    let fits = |of: &[usize]| of.len() == wanted.len() && of.iter().zip(wanted).all(|(a, b)| a == b || *b == 0);
    let first: Vec<usize> =
        given.iter().rev().take(1).chain(given.iter().take(given.len().saturating_sub(1))).copied().collect();
    if given.len() > 1 && fits(&first) && !(fits(&given) && (ours || given.len() == 2)) {
        return Ok(Val::first(At::Input, given));
    }
    // Time first: the second axis holds the rows.
    if let ([t, c], [a, b]) = (&given[..], wanted)
        && (rows == t && a != t && b == c)
    {
        return Ok(Val { axes: vec![Axis::Own(0), Axis::Batch, Axis::Own(1)], ..plain });
    }
    if fits(&given) {
        return Ok(plain);
    }
    let open = wanted.iter().filter(|n| **n == 0).count();
    let whole = size(&given);
    let known: usize = wanted.iter().filter(|n| **n != 0).fold(1, |n, d| n.saturating_mul(*d));
    let differs = || {
        let stated: Vec<String> = wanted.iter().map(|n| if *n == 0 { "?".into() } else { n.to_string() }).collect();
        let p = Problem::new("model", Code::OnnxInput).arg("got", stated.join("×"));
        p.arg("expected", show(&given)).arg("set", &exp.data.set)
    };
    if net.data.tokens.is_some()
        || open > 1
        || known == 0
        || !whole.is_multiple_of(known)
        || (open == 0 && known != whole)
    {
        return Err(differs());
    }
    let shape: Vec<usize> = wanted.iter().map(|n| if *n == 0 { whole / known } else { *n }).collect();
    let kind = match shape.len() {
        1 => LayerKind::Flatten(Default::default()),
        2 | 3 => LayerKind::Reshape(Reshape { shape: shape.clone() }),
        _ => return Err(differs()),
    };
    // A picture without an axis for its one channel has it first, where there is one.
    if let [1, h, w] = shape[..] {
        let shape = vec![h, w, 1];
        let at = net.layer(LayerKind::Reshape(Reshape { shape: shape.clone() }), &[At::Input], Vec::new());
        return Ok(Val::first(at, shape));
    }
    let at = net.layer(kind, &[At::Input], Vec::new());
    Ok(Val::plain(at, shape))
}
