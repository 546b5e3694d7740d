//! Layers that ONNX, or an older version of it, has no operation for: the form that they take in its nodes.
//!
//! Not responsible for attention.

use super::file::Node;
use super::net::{Net, Numbers};
use super::norms::{EPS, RMS_EPS};
use super::ops::Found;
use super::value::{Axis, Known, Val};
use crate::spec::model::{GroupNorm, SqueezeExcite};
use crate::spec::{Activation, LayerKind};

/// The name and number of a node's inputs, one a constant with one number.
fn with_number<'a>(net: &Net<'a>, node: &'a Node<'a>) -> Option<(&'a str, f32)> {
    let [a, b] = node.ins[..] else { return None };
    net.one(b).map(|n| (a, n)).or_else(|| net.one(a).map(|n| (b, n)))
}

/// The factors of a product, products inside taken apart: names, and the product of the numbers.
fn factors<'a>(net: &Net<'a>, node: &'a Node<'a>) -> (Vec<&'a str>, f32) {
    let (mut names, mut number) = (Vec::new(), 1.0);
    let mut open: Vec<(&str, usize)> = node.ins.iter().map(|n| (*n, 0)).collect();
    while let Some((name, depth)) = open.pop() {
        match (net.one(name), net.part(name, "Mul").filter(|_| depth < 2)) {
            (Some(n), _) => number *= n,
            (None, Some(inside)) => open.extend(inside.ins.iter().map(|n| (*n, depth + 1))),
            (None, None) => names.push(name),
        }
    }
    (names, number)
}

/// A product that is an activation, a squeeze and excite, or part of something larger.
pub(super) fn product<'a>(net: &mut Net<'a>, node: &'a Node<'a>) -> Found {
    let [a, b] = node.ins[..] else { return Ok(None) };
    let (names, number) = factors(net, node);
    if let Some((x, a, reads)) = gelu(net, &names, number) {
        let Some(v) = net.val(x).cloned() else { return Ok(None) };
        return Ok(Some(Known::Value(net.act(&v, x, a, reads))));
    }
    let (Some(x), Some(y)) = (net.val(a).cloned(), net.val(b).cloned()) else { return Ok(None) };
    for (name, x, y) in [(a, &x, &y), (b, &y, &x)] {
        if let Some(a) = gated(net, x, y) {
            return Ok(Some(Known::Value(net.act(x, name, a, 2))));
        }
        if let Some((kind, numbers)) = squeezed(net, x, y) {
            return Ok(Some(Known::Value(x.from(net.layer(kind, &[x.at], numbers)))));
        }
    }
    Ok(None)
}

/// `x · σ(x)` and its like, where `y` is a function of `x`.
fn gated(net: &Net<'_>, x: &Val, y: &Val) -> Option<Activation> {
    let function = |v: &Val| {
        let b = net.source(v.at)?;
        let LayerKind::Activation(a) = &b.kind else { return None };
        Some((a.kind, *b.from.first()?))
    };
    let (outer, from) = function(y)?;
    if y.axes != x.axes {
        return None;
    }
    match outer {
        Activation::Sigmoid if from == x.at => Some(Activation::Silu),
        Activation::HardSigmoid if from == x.at => Some(Activation::HardSwish),
        Activation::Tanh => {
            let (inner, from) = function(&x.from(from))?;
            (inner == Activation::Softplus && from == x.at).then_some(Activation::Mish)
        }
        _ => None,
    }
}

/// Factors of `½ · x · (1 + …)`: the name of `x`, which of the two it is, and how often `x` is read for it.
fn gelu<'a>(net: &Net<'a>, names: &[&'a str], number: f32) -> Option<(&'a str, Activation, usize)> {
    let [a, b] = names else { return None };
    let (x, sum) = if net.val(a).is_some() { (*a, *b) } else { (*b, *a) };
    net.val(x)?;
    let (inside, one) = with_number(net, net.part(sum, "Add")?)?;
    if (number - 0.5).abs() > 1e-6 || one != 1.0 {
        return None;
    }
    if let Some(erf) = net.part(inside, "Erf") {
        let of = erf.ins.first()?;
        let root = std::f32::consts::SQRT_2;
        let (name, n) = match (net.part(of, "Div"), net.part(of, "Mul")) {
            (Some(div), _) => (div.ins.first().copied()?, net.one(div.input(1))?),
            (None, Some(mul)) => with_number(net, mul).map(|(name, n)| (name, 1.0 / n))?,
            (None, None) => return None,
        };
        return (name == x && (n - root).abs() < 1e-4).then_some((x, Activation::Gelu, 2));
    }
    // √(2/π) · (x + 0.044715 · x³)
    let (cubes, wide) = factors(net, net.part(net.part(inside, "Tanh")?.ins.first()?, "Mul")?);
    let [cube] = cubes[..] else { return None };
    let [p, q] = net.part(cube, "Add")?.ins[..] else { return None };
    let cube = if p == x { q } else { p };
    let (third, small) = factors(net, net.part(cube, "Mul")?);
    let power = |name: &str| net.part(name, "Pow").is_some_and(|p| p.input(0) == x && net.one(p.input(1)) == Some(3.0));
    let reads = match third[..] {
        [one] if power(one) => 3,
        [a, b, c] if [a, b, c] == [x; 3] => 5,
        _ => return None,
    };
    let fits = (p == x || q == x) && (wide - 0.797_884_6).abs() < 1e-4 && (small - 0.044_715).abs() < 1e-5;
    fits.then_some((x, Activation::GeluTanh, reads))
}

/// Channels weighted by two dense layers over their means.
fn squeezed(net: &Net<'_>, x: &Val, y: &Val) -> Option<(LayerKind, Vec<Numbers>)> {
    if !x.is_first() || y.axes.get(..2) != Some(&[Axis::Batch, Axis::Own(0)]) || y.axes.len() != x.axes.len() {
        return None;
    }
    let layer = |at, a: Activation| {
        let b = net.source(at)?;
        let LayerKind::Dense(d) = &b.kind else { return None };
        (d.activation == a && d.has_bias()).then_some(b)
    };
    let second = layer(y.at, Activation::Sigmoid)?;
    let first = layer(*second.from.first()?, Activation::Relu)?;
    let means = net.source(*first.from.first()?)?;
    let global = matches!(means.kind, LayerKind::GlobalAvgPool2d(_) | LayerKind::GlobalAvgPool1d(_));
    let (c, units) = (x.last(), first.find("bias")?.data.len());
    // Another ratio gives other units only where it divides unevenly.
    let reduction = (1..=c).find(|r| SqueezeExcite { reduction: *r }.units(c) == units)?;
    if !global || means.from != [x.at] {
        return None;
    }
    let named = |b: &super::net::Built, from: &str, name| b.find(from).map(|n| Numbers { name, ..n.clone() });
    let numbers = [
        named(first, "weight", "fc1.weight")?,
        named(first, "bias", "fc1.bias")?,
        named(second, "weight", "fc2.weight")?,
        named(second, "bias", "fc2.bias")?,
    ];
    Some((LayerKind::SqueezeExcite(SqueezeExcite { reduction }), numbers.into()))
}

/// A quotient that is a layer norm or an RMS norm written out.
pub(super) fn normal<'a>(net: &mut Net<'a>, node: &'a Node<'a>) -> Found {
    let Some((x, centred, eps)) = normal_of(net, node) else { return Ok(None) };
    let d = x.last();
    let ones = Numbers::new("weight", &[d], vec![1.0; d]);
    let (op, ours) = if centred { ("LayerNormalization", EPS) } else { ("RMSNormalization", RMS_EPS) };
    net.epsilon(op, eps, ours, false);
    let at = if centred {
        let zeros = Numbers::new("bias", &[d], vec![0.0; d]);
        net.layer(LayerKind::LayerNorm(Default::default()), &[x.at], vec![ones, zeros])
    } else {
        net.layer(LayerKind::RmsNorm(Default::default()), &[x.at], vec![ones])
    };
    Ok(Some(Known::Value(x.from(at))))
}

/// What is divided by the root of its mean square, whether its mean is taken off before, and what is added to the square.
fn normal_of<'a>(net: &Net<'a>, node: &'a Node<'a>) -> Option<(Val, bool, f32)> {
    let [above, below] = node.ins[..] else { return None };
    let sum = net.part(net.part(below, "Sqrt")?.ins.first()?, "Add")?;
    let (mean, eps) = with_number(net, sum)?;
    let square = *mean_of(net, mean)?;
    let squared = match (net.part(square, "Pow"), net.part(square, "Mul")) {
        (Some(p), _) if net.one(p.input(1)) == Some(2.0) => p.ins.first().copied()?,
        (None, Some(m)) if m.input(0) == m.input(1) => m.ins.first().copied()?,
        _ => return None,
    };
    if squared != above || !(0.0..1e-2).contains(&eps) {
        return None;
    }
    if let Some(x) = net.val(above) {
        return x.is_last(-1).then(|| (x.clone(), false, eps));
    }
    let [x, mean] = net.part(above, "Sub")?.ins[..] else { return None };
    let v = net.val(x)?;
    (*mean_of(net, mean)? == x && v.is_last(-1)).then(|| (v.clone(), true, eps))
}

/// What a name is the mean of, over the last axis.
fn mean_of<'a>(net: &Net<'a>, name: &str) -> Option<&'a &'a str> {
    let node = net.part(name, "ReduceMean")?;
    let axes = super::shape::axes(net, node)?;
    let of = node.ins.first()?;
    let last = |a: i64| a == -1 || net.val(of).is_some_and(|v| v.is_last(a));
    (axes.len() == 1 && last(axes[0])).then_some(of)
}

/// Channels cut into groups, each group like one channel, and back.
pub(super) fn group_norm<'a>(net: &mut Net<'a>, node: &'a Node<'a>) -> Found {
    let Some((x, groups, eps)) = grouped(net, node) else { return Ok(None) };
    net.epsilon("GroupNormalization", eps, EPS, false);
    let c = x.last();
    let numbers = vec![Numbers::new("weight", &[c], vec![1.0; c]), Numbers::new("bias", &[c], vec![0.0; c])];
    Ok(Some(Known::Value(x.from(net.layer(LayerKind::GroupNorm(GroupNorm { groups }), &[x.at], numbers)))))
}

fn grouped<'a>(net: &Net<'a>, node: &'a Node<'a>) -> Option<(Val, usize, f32)> {
    let norm = net.part(node.input(0), "InstanceNormalization")?;
    let all = |i: usize, v: f32| {
        net.constant(norm.input(i)).and_then(|a| a.floats()).is_some_and(|f| f.iter().all(|x| *x == v))
    };
    let cut = net.part(norm.input(0), "Reshape")?;
    let x = net.val(cut.input(0)).filter(|x| x.is_first())?;
    let target = net.constant(cut.input(1))?.ints()?;
    let [_, groups, _] = *target else { return None };
    let groups = usize::try_from(groups).ok().filter(|g| *g > 0 && x.last().is_multiple_of(*g))?;
    (all(1, 1.0) && all(2, 0.0)).then(|| (x.clone(), groups, norm.float("epsilon", EPS)))
}
