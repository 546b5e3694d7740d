//! Attention: from the sum that ends its last projection back to the three projections it begins with.

use super::file::{Array, Node};
use super::net::{Built, Net, Numbers};
use super::ops::Found;
use super::value::{Axis, Known, Val};
use crate::spec::model::{Attention, AttentionKind};
use crate::spec::{Activation, LayerKind};

/// A projection cut into heads.
struct Part<'n> {
    built: &'n Built,
    heads: usize,
    width: usize,
    len: usize,
}

/// What attention's nodes say.
struct Seen<'n> {
    of: Attention,
    parts: [Part<'n>; 3],
    rotary: bool,
    score: Option<Vec<f32>>,
    out: [&'n Array; 2],
}

/// The layer, where the node is the end of one.
pub(super) fn read<'a>(net: &mut Net<'a>, node: &'a Node<'a>) -> Found {
    let Some(found) = found(net, node) else { return Ok(None) };
    let [q, k, v] = &found.parts;
    let d = q.heads * q.width;
    let (Some(weight), Some(bias)) = (found.out[0].floats(), found.out[1].floats()) else { return Ok(None) };
    if weight.len() != d * d || bias.len() != d || k.built.from != v.built.from {
        return Ok(None);
    }
    let mut from = q.built.from.clone();
    if k.built.from != from {
        from.extend(&k.built.from);
    }
    let joint = |name: &str| {
        found.parts.iter().filter_map(|p| p.built.find(name)).flat_map(|n| n.data.to_vec()).collect::<Vec<_>>()
    };
    let (w, b) = (joint("weight"), joint("bias"));
    if w.len() != 3 * d * d || b.len() != 3 * d {
        return Ok(None);
    }
    let out: Vec<f32> = (0..d * d).map(|i| weight[i % d * d + i / d]).collect();
    let mut numbers = vec![
        Numbers::new("in_proj_weight", &[3 * d, d], w),
        Numbers::new("in_proj_bias", &[3 * d], b),
        Numbers::new("out_proj.weight", &[d, d], out),
        Numbers { name: "out_proj.bias", shape: vec![d], data: bias.clone() },
    ];
    numbers.extend(found.score.map(|s| Numbers::new("score_weight", &[d], s)));
    let built = Built { kind: LayerKind::Attention(found.of), from, numbers, rotary: found.rotary };
    let len = q.len;
    Ok(Some(Known::Value(Val::plain(net.changed(built), vec![len, d]))))
}

fn found<'n, 'a>(net: &'n Net<'a>, node: &'a Node<'a>) -> Option<Seen<'n>> {
    let [product, bias] = node.ins[..] else { return None };
    let out = net.part(product, "MatMul")?;
    let joined = net.part(out.input(0), "Reshape")?;
    let turned = net.part(joined.input(0), "Transpose").filter(|t| t.ints("perm") == Some(&[0, 2, 1, 3]))?;
    let seen = net.part(turned.input(0), "MatMul")?;
    let v = part(net, seen.input(1), false)?;
    let (weights, mask_padding) = match net.part(seen.input(0), "Mul") {
        Some(hidden) => (net.part(hidden.input(0), "Softmax")?, padding(net, hidden.input(1))?),
        None => (net.part(seen.input(0), "Softmax")?, false),
    };
    if !matches!(weights.int("axis", -1), -1 | 3) {
        return None;
    }
    let mut scores = weights.input(0);
    let (mut causal, mut left) = (false, 2);
    // Up to two masks are added.
    while let Some(add) = net.part(scores, "Add").filter(|_| left > 0) {
        match net.constant(add.input(1)) {
            Some(mask) => causal = is_causal(mask)?,
            None if mask_padding => {}
            None => return None,
        }
        (scores, left) = (add.input(0), left - 1);
    }
    let of = Attention { causal: Some(causal), mask_padding, ..Attention::default() };
    let out = [net.constant(out.input(1))?, net.constant(bias)?];
    if let Some(sum) = net.part(scores, "ReduceSum") {
        let (q, k, score) = additive(net, sum)?;
        let of = Attention { heads: q.heads, kind: AttentionKind::Additive, ..of };
        return Some(Seen { of, parts: [q, k, v], rotary: false, score: Some(score), out });
    }
    let scaled = net.part(scores, "Div").or_else(|| net.part(scores, "Mul"))?;
    let by = net.one(scaled.input(1))?;
    let by = if scaled.op == "Mul" { 1.0 / by } else { by };
    let product = net.part(scaled.input(0), "MatMul")?;
    let (q, turned_q) = straight(net, product.input(0), false)?;
    let (k, turned_k) = straight(net, product.input(1), true)?;
    let fits =
        (by - (q.width as f32).sqrt()).abs() < 1e-3 && turned_q == turned_k && q.heads == k.heads && q.heads == v.heads;
    let of = Attention { heads: q.heads, ..of };
    fits.then_some(Seen { of, parts: [q, k, v], rotary: turned_q, score: None, out })
}

/// A projection cut into heads, behind the name of its value; `across` where its last two axes changed places.
fn part<'n>(net: &'n Net<'_>, name: &str, across: bool) -> Option<Part<'n>> {
    cut(net, net.val(name)?, across)
}

fn cut<'n>(net: &'n Net<'_>, x: &Val, across: bool) -> Option<Part<'n>> {
    let (own, at, heads) = if x.shape.len() == 3 {
        let shaped = net.source(x.at)?;
        let LayerKind::Reshape(_) = shaped.kind else { return None };
        ([Axis::Own(1), Axis::Own(0), Axis::Own(2)], *shaped.from.first()?, x.shape[1])
    } else {
        ([Axis::One, Axis::Own(0), Axis::Own(1)], x.at, 1)
    };
    let [head, place, width] = own;
    let wanted = if across { [Axis::Batch, head, width, place] } else { [Axis::Batch, head, place, width] };
    let built = net.source(at)?;
    let LayerKind::Dense(d) = &built.kind else { return None };
    let fits = x.axes == wanted && x.shape.len() >= 2 && d.activation == Activation::Linear && d.has_bias();
    fits.then(|| Part { built, heads, width: x.last(), len: x.shape[0] })
}

/// Queries or keys, and whether they are turned by their place.
fn straight<'n>(net: &'n Net<'_>, name: &str, across: bool) -> Option<(Part<'n>, bool)> {
    if let Some(part) = part(net, name, across) {
        return Some((part, false));
    }
    let name = if across {
        net.part(name, "Transpose").filter(|t| t.ints("perm") == Some(&[0, 1, 3, 2]))?.input(0)
    } else {
        name
    };
    let both = net.part(name, "Concat").filter(|c| matches!(c.int("axis", 0), 3 | -1))?;
    let [first, second] = both.ins[..] else { return None };
    let (first, second) = (net.part(first, "Sub")?, net.part(second, "Add")?);
    // First half · cos − second half · sin, second half · cos + first half · sin.
    let product = |name: &str| {
        let m = net.part(name, "Mul")?;
        Some((net.part(m.input(0), "Slice")?, net.constant(m.input(1))?))
    };
    let [(a, cos), (b, sin), (b2, cos2), (a2, sin2)] =
        [first.input(0), first.input(1), second.input(0), second.input(1)]
            .map(product)
            .into_iter()
            .collect::<Option<Vec<_>>>()?[..]
    else {
        return None;
    };
    let same = |x: &Array, y: &Array| x.floats() == y.floats();
    let part = part(net, a.input(0), false)?;
    let halves = [b, a2, b2].iter().all(|s| s.input(0) == a.input(0));
    let fits =
        halves && same(cos, cos2) && same(sin, sin2) && is_turn(cos, &part, f64::cos) && is_turn(sin, &part, f64::sin);
    fits.then_some((part, true))
}

/// Whether these are the cosines, or sines, of the places' angles.
fn is_turn(table: &Array, part: &Part<'_>, of: fn(f64) -> f64) -> bool {
    let half = part.width / 2;
    let angle = |i: usize| (i / half) as f64 / 1e4f64.powf(2.0 * (i % half) as f64 / part.width as f64);
    let near = |(i, v): (usize, &f32)| (of(angle(i)) - f64::from(*v)).abs() < 1e-4;
    half > 0 && table.floats().is_some_and(|t| t.len() == part.len * half && t.iter().enumerate().all(near))
}

/// Queries, keys and the weight of `Σ v · tanh(q + k)`.
fn additive<'n>(net: &'n Net<'_>, sum: &Node<'_>) -> Option<(Part<'n>, Part<'n>, Vec<f32>)> {
    let weighted = net.part(sum.input(0), "Mul")?;
    let score = net.constant(weighted.input(1))?.floats()?.to_vec();
    let both = net.part(net.part(weighted.input(0), "Tanh")?.input(0), "Add")?;
    let side = |name: &str, at: usize| {
        let x = net.val(name)?;
        let mut axes = x.axes.clone();
        (axes.get(at) == Some(&Axis::One)).then(|| axes.remove(at))?;
        cut(net, &Val { axes, ..x.clone() }, false)
    };
    let (q, k) = (side(both.input(0), 3)?, side(both.input(1), 2)?);
    (score.len() == q.heads * q.width && q.heads == k.heads).then_some((q, k, score))
}

/// Whether a mask hides what comes later and nothing else; `None` for another mask.
fn is_causal(mask: &Array) -> Option<bool> {
    let s = *mask.shape.last()?;
    let hidden = |(i, v): (usize, &f32)| if i % s > i / s { *v <= -1e4 } else { *v == 0.0 };
    (s > 0 && mask.floats()?.iter().enumerate().all(hidden)).then_some(true)
}

/// Whether factors are 0 where a token fills up a row: of the tokens of the data.
fn padding(net: &Net<'_>, name: &str) -> Option<bool> {
    let mut node = net.part(name, "Unsqueeze")?;
    node = net.part(node.input(0), "Min")?;
    net.data.tokens.filter(|_| net.val(node.input(0)).is_some() && net.one(node.input(1)) == Some(1.0)).map(|_| true)
}
