//! Operations that only turn, join or cut axes.

use super::file::{Array, Data, Node};
use super::net::{Net, setting};
use super::value::{At, Axis, Known, Order, Val};
use crate::spec::model::{Reshape, Slice};
use crate::spec::{LayerKind, Problem};
use std::rc::Rc;

type Found = Result<Option<Known>, Problem>;

fn value(v: Option<Val>) -> Found {
    Ok(v.map(Known::Value))
}

pub(super) fn transpose(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let order = node.ints("perm").map(<[i64]>::to_vec);
    if let Some(Array { shape, data: Data::Floats(data) }) = net.constant(node.input(0)) {
        let ([rows, columns], true) = (&shape[..], order.is_none_or(|o| o == [1, 0])) else { return Ok(None) };
        let (rows, columns, data) = (*rows, *columns, data.clone());
        net.spend(data.len())?;
        let turned = (0..data.len()).map(|i| data[i % rows.max(1) * columns + i / rows.max(1)]).collect();
        return Ok(Some(Known::Constant(Array { shape: vec![columns, rows], data: Data::Floats(Rc::new(turned)) })));
    }
    let Some(x) = net.val(node.input(0)) else { return Ok(None) };
    let n = x.axes.len();
    let order = order.unwrap_or_else(|| (0..n as i64).rev().collect());
    let mut sorted = order.clone();
    crate::spec::order::sort(&mut sorted);
    if sorted != (0..n as i64).collect::<Vec<_>>() {
        return Err(setting(node, "perm"));
    }
    let axes = order.iter().filter_map(|i| x.axes.get(*i as usize).copied()).collect();
    value(Some(Val { axes, ..x.clone() }))
}

pub(super) fn flatten(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    if node.int("axis", 1) != 1 || x.axes.first() != Some(&Axis::Batch) {
        return Err(setting(node, "axis"));
    }
    value(flat(net, &x))
}

/// All axes as one.
fn flat(net: &mut Net<'_>, x: &Val) -> Option<Val> {
    let split = x.axes.iter().any(|a| matches!(a, Axis::Outer(_) | Axis::Inner));
    if split || x.axes.first() != Some(&Axis::Batch) {
        return None;
    }
    if x.shape.len() == 1 {
        return Some(Val { axes: vec![Axis::Batch, Axis::Own(0)], ..x.clone() });
    }
    let shape = vec![total(&x.shape)?];
    let at = net.layer(LayerKind::Flatten(Default::default()), &[x.at], Vec::new());
    Some(Val { order: x.flat(), ..Val::plain(at, shape) })
}

fn total(shape: &[usize]) -> Option<usize> {
    shape.iter().try_fold(1usize, |n, d| n.checked_mul(*d))
}

pub(super) fn reshape(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    let target = node.ints("shape").map(<[i64]>::to_vec).or_else(|| sizes(net, node.input(1), 0));
    let Some(target) = target else { return Ok(None) };
    if x.axes.iter().any(|a| matches!(a, Axis::Outer(_))) {
        return value(joined(&x, &target));
    }
    let Some(rest) = rows_aside(&x, &target) else { return Ok(None) };
    let pictures = node.outs.first().is_some_and(|name| net.wants_channels(name));
    reshaped(net, &x, &rest, pictures).map(|v| v.map(Known::Value))
}

/// Both directions of a recurrent layer side by side.
fn joined(x: &Val, target: &[i64]) -> Option<Val> {
    let mut axes: Vec<Axis> = x.axes.iter().copied().filter(|a| *a != Axis::One).collect();
    let at = axes.iter().position(|a| matches!(a, Axis::Outer(_)))?;
    if axes.get(at + 1) != Some(&Axis::Inner) || at + 2 != axes.len() {
        return None;
    }
    axes.truncate(at);
    axes.push(Axis::Own(x.shape.len() - 1));
    let last = *target.last()?;
    let fits = target.len() == axes.len() && (last == -1 || last == x.last() as i64);
    fits.then(|| Val { axes, ..x.clone() })
}

/// The sizes of one row, where the first axis holds the rows.
fn rows_aside(x: &Val, target: &[i64]) -> Option<Vec<usize>> {
    if x.axes.first() != Some(&Axis::Batch) {
        return None;
    }
    let (_, rest) = target.split_first()?;
    let whole = total(&x.shape)?;
    let mut sizes = Vec::new();
    for (i, n) in rest.iter().enumerate() {
        sizes.push(match n {
            0 => x.axes.get(i + 1).map(|a| x.size(*a))?,
            -1 => 0,
            n => usize::try_from(*n).ok()?,
        });
    }
    let known: usize = sizes.iter().filter(|n| **n != 0).try_fold(1usize, |n, d| n.checked_mul(*d))?;
    let open = sizes.iter().filter(|n| **n == 0).count();
    if open > 1 || !whole.is_multiple_of(known) || (open == 0 && known != whole) {
        return None;
    }
    sizes.iter_mut().filter(|n| **n == 0).for_each(|n| *n = whole / known);
    Some(sizes)
}

/// The value with rows of these sizes; `pictures` where what reads it has channels first.
fn reshaped(net: &mut Net<'_>, x: &Val, rest: &[usize], pictures: bool) -> Result<Option<Val>, Problem> {
    let axes: Vec<Axis> = x.axes.iter().copied().filter(|a| *a != Axis::One).collect();
    let sizes = |axes: &[Axis]| axes[1..].iter().map(|a| x.size(*a)).collect::<Vec<_>>();
    if sizes(&x.axes) == rest {
        return Ok(Some(x.clone()));
    }
    let x = &Val { axes, ..x.clone() };
    let own = sizes(&x.axes);
    if own == rest {
        return Ok(Some(x.clone()));
    }
    let shape = match (x.shape.len(), rest) {
        (_, [_]) => return Ok(flat(net, x)),
        // One head of attention.
        (2, [t, 1, w]) if own == [*t, *w] && x.is_plain() => {
            return Ok(Some(Val { axes: vec![Axis::Batch, Axis::Own(0), Axis::One, Axis::Own(1)], ..x.clone() }));
        }
        (1, [c, rest @ ..]) if pictures && x.order.is_none() => {
            let shape: Vec<usize> = rest.iter().chain([c]).copied().collect();
            let axes = [shape.len() - 1].into_iter().chain(0..shape.len() - 1).collect();
            let columns =
                Val { axes: Vec::new(), order: Some(Rc::new(Order { shape: shape.clone(), axes })), ..x.clone() };
            let Some(at) = permuted(net, x.at, &columns)? else { return Ok(None) };
            let at = net.layer(LayerKind::Reshape(Reshape { shape: shape.clone() }), &[at], Vec::new());
            return Ok(Some(Val::first(at, shape)));
        }
        (_, [c, rest @ ..]) if x.is_first() && *c == x.last() => rest.iter().chain([c]).copied().collect(),
        _ if x.is_plain() => rest.to_vec(),
        _ => return Ok(None),
    };
    let first = x.is_first();
    let at = net.layer(LayerKind::Reshape(Reshape { shape: shape.clone() }), &[x.at], Vec::new());
    Ok(Some(if first { Val::first(at, shape) } else { Val::plain(at, shape) }))
}

/// Most layers between a dense layer and the picture that is made of what it gives.
const CHAIN_MAX: usize = 8;

/// The layers before with their columns in our order: those of the dense layer that they come from.
fn permuted(net: &mut Net<'_>, at: At, value: &Val) -> Result<Option<At>, Problem> {
    let Some(order) = value.order.as_ref() else { return Ok(Some(at)) };
    net.spend(order.shape.iter().fold(2, |n: usize, d| n.saturating_mul(*d)))?;
    let columns = order.columns();
    if columns.is_sorted() {
        return Ok(Some(at));
    }
    let (mut chain, mut from) = (Vec::new(), at);
    loop {
        let Some(b) = net.source(from).cloned() else { return Ok(None) };
        let next = b.from.first().copied();
        let kind = b.kind.clone();
        chain.push(b);
        if chain.len() > CHAIN_MAX {
            return Ok(None);
        }
        match (kind, next) {
            (LayerKind::Dense(_), _) => break,
            (LayerKind::Activation(_) | LayerKind::Dropout(_) | LayerKind::BatchNorm(_), Some(next)) => from = next,
            _ => return Ok(None),
        }
    }
    let mut last = None;
    for mut b in chain.into_iter().rev() {
        for n in &mut b.numbers {
            let width = n.shape[1..].iter().product::<usize>();
            if n.data.len() != columns.len() * width {
                return Ok(None);
            }
            net.spend(n.data.len())?;
            let mut data = vec![0.0; n.data.len()];
            for (theirs, ours) in columns.iter().enumerate() {
                data[ours * width..(ours + 1) * width].copy_from_slice(&n.data[theirs * width..(theirs + 1) * width]);
            }
            n.data = Rc::new(data);
        }
        b.from = last.map_or(b.from, |at| vec![at]);
        last = Some(net.changed(b));
    }
    Ok(last)
}

/// Whole numbers that are known before any data are; 0 stands for the number of rows.
fn sizes(net: &Net<'_>, name: &str, depth: usize) -> Option<Vec<i64>> {
    // PyTorch needs four steps for `x.view(x.size(0), -1)`.
    if depth > 6 {
        return None;
    }
    if let Some(a) = net.constant(name) {
        return a.ints().map(<[i64]>::to_vec);
    }
    let Known::Node(i) = net.known.get(name)? else { return None };
    let node = &net.nodes[*i];
    match node.op {
        "Concat" => node.ins.iter().map(|n| sizes(net, n, depth + 1)).collect::<Option<Vec<_>>>().map(|v| v.concat()),
        "Unsqueeze" | "Squeeze" | "Cast" => sizes(net, node.input(0), depth + 1),
        "Gather" => {
            let x = net.val(net.part(node.input(0), "Shape")?.input(0))?;
            let [axis] = net.constant(node.input(1))?.ints()? else { return None };
            x.axis(*axis).map(|(_, a)| vec![x.size(a) as i64])
        }
        _ => None,
    }
}

/// Axes from an input, or from a setting as older files have them.
pub(super) fn axes(net: &Net<'_>, node: &Node<'_>) -> Option<Vec<i64>> {
    let given = net.constant(node.input(1)).and_then(Array::ints).map(<[i64]>::to_vec);
    given.or_else(|| node.ints("axes").map(<[i64]>::to_vec))
}

pub(super) fn unsqueeze(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let (Some(x), Some(at)) = (net.val(node.input(0)), axes(net, node)) else { return Ok(None) };
    let n = (x.axes.len() + at.len()) as i64;
    let at: Vec<i64> = at.iter().map(|a| if *a < 0 { a.saturating_add(n) } else { *a }).collect();
    let mut own = x.axes.iter();
    let axes = (0..n).filter_map(|i| if at.contains(&i) { Some(Axis::One) } else { own.next().copied() }).collect();
    value(Some(Val { axes, ..x.clone() }))
}

pub(super) fn squeeze(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    let at = axes(net, node);
    let gone: Option<Vec<usize>> = match &at {
        Some(at) => at.iter().map(|a| x.axis(*a).map(|(i, _)| i)).collect(),
        None => Some((0..x.axes.len()).filter(|i| x.size(x.axes[*i]) == 1).collect()),
    };
    let Some(gone) = gone else { return Err(setting(node, "axes")) };
    let own = gone.iter().any(|i| x.axes[*i] != Axis::One);
    let left: Vec<Axis> = (0..x.axes.len()).filter(|i| !gone.contains(i)).map(|i| x.axes[i]).collect();
    if !own {
        return value(Some(Val { axes: left, ..x }));
    }
    if gone.iter().any(|i| x.size(x.axes[*i]) != 1) || left.first() != Some(&Axis::Batch) {
        return Ok(None);
    }
    let rest: Vec<usize> = left[1..].iter().map(|a| x.size(*a)).collect();
    reshaped(net, &x, &rest, false).map(|v| v.map(Known::Value))
}

/// Some places of a sequence, or all of an axis.
pub(super) fn slice(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    let list = |i: usize, name: &str| {
        let given = net.constant(node.input(i)).and_then(Array::ints).map(<[i64]>::to_vec);
        given.or_else(|| node.ints(name).map(<[i64]>::to_vec))
    };
    let (Some(from), Some(to)) = (list(1, "starts"), list(2, "ends")) else { return Ok(None) };
    let steps = list(4, "steps").unwrap_or_default();
    let (&[from], &[to]) = (&from[..], &to[..]) else { return Ok(None) };
    let axis = list(3, "axes").and_then(|a| a.first().copied()).unwrap_or(0);
    let (Some((_, axis)), true) = (x.axis(axis), steps.iter().all(|s| *s == 1)) else { return Ok(None) };
    if from == 0 && to >= i64::from(i32::MAX) {
        return value(Some(x));
    }
    let len = x.size(axis) as i64;
    let place = |n: i64| (if n < 0 { n.saturating_add(len) } else { n }).clamp(0, len) as usize;
    let (start, end) = (place(from), place(to));
    if axis != Axis::Own(0)
        || x.shape.len() > 2
        || x.order.is_some()
        || end <= start
        || !(x.shape.len() == 2 || net.data.tokens.is_some())
    {
        return Ok(None);
    }
    if end - start == x.shape[0] {
        return value(Some(x));
    }
    let length = end - start;
    let at = net.layer(LayerKind::Slice(Slice { start, length }), &[x.at], Vec::new());
    let mut y = x.from(at);
    y.shape[0] = length;
    value(Some(y))
}
