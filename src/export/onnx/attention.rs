//! Attention and transformer blocks as nodes.

use super::act::act;
use super::layer::{Missing, Net};
use super::proto::Value;
use crate::spec::layers::attention::AttentionKind;
use crate::spec::model::{Attention, NormPlace, TransformerBlock};
use crate::spec::shape::LayerInfo;

/// Where a layer finds its arrays: the layer, and what stands before their names.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    /// The layer.
    pub info: &'a LayerInfo,
    /// Such as `attn.`.
    pub prefix: &'a str,
}

/// A sequence: its name and its length.
pub(super) type Sequence<'a> = (&'a str, usize);

/// Attention of `x` over `memory`, causal where it says so; `tokens` are those behind the memory's places where padding is hidden.
pub(super) fn attention(
    n: &mut Net<'_>,
    a: &Attention,
    part: Part<'_>,
    (x, memory): (Sequence<'_>, Sequence<'_>),
    tokens: Option<&str>,
) -> Result<String, Missing> {
    let (d, heads) = (part.info.features(), a.heads);
    let (width, additive) = (d / heads, a.kind == AttentionKind::Additive);
    let weight = n.data(part.info, &format!("{}in_proj_weight", part.prefix))?.to_vec();
    let bias = n.data(part.info, &format!("{}in_proj_bias", part.prefix))?.to_vec();
    let mut parts = Vec::new();
    for (k, (from, len)) in [x, memory, memory].into_iter().enumerate() {
        let y = n.linear(from, &weight[k * d * d..(k + 1) * d * d], Some(&bias[k * d..(k + 1) * d]), [d, d]);
        let y = n.graph.reshape(&y, &[-1, len as i64, heads as i64, width as i64]);
        let y = n.graph.transpose(&y, &[0, 2, 1, 3]);
        parts.push(if n.rotary && !additive && k < 2 { turned(n, &y, len, width) } else { y });
    }
    let [q, k, v] = &parts[..] else { return Err(Missing(String::new())) };
    let scores = if additive {
        let v = n.data(part.info, &format!("{}score_weight", part.prefix))?.to_vec();
        let v = n.graph.floats(&[heads, 1, 1, width], &v);
        let g = &mut n.graph;
        let (third, second, last) = (g.ints(&[3]), g.ints(&[2]), g.ints(&[-1]));
        let (q, k) = (g.op("Unsqueeze", &[q, &third]), g.op("Unsqueeze", &[k, &second]));
        let sum = g.op("Add", &[&q, &k]);
        let squashed = g.op("Tanh", &[&sum]);
        let weighted = g.op("Mul", &[&squashed, &v]);
        g.node("ReduceSum", &[&weighted, &last], &[("keepdims", Value::Int(0))])
    } else {
        let g = &mut n.graph;
        let k = g.transpose(k, &[0, 1, 3, 2]);
        let product = g.op("MatMul", &[q, &k]);
        let scale = g.one((width as f32).sqrt());
        g.op("Div", &[&product, &scale])
    };
    let y = weigh(n, scores, a.causal == Some(true), (x.1, memory.1), tokens);
    let g = &mut n.graph;
    let y = g.op("MatMul", &[&y, v]);
    let y = g.transpose(&y, &[0, 2, 1, 3]);
    let y = g.reshape(&y, &[-1, x.1 as i64, d as i64]);
    let weight = n.data(part.info, &format!("{}out_proj.weight", part.prefix))?.to_vec();
    let bias = n.data(part.info, &format!("{}out_proj.bias", part.prefix))?.to_vec();
    Ok(n.linear(&y, &weight, Some(&bias), [d, d]))
}

/// Scores become weights: 0 where a place is not seen.
fn weigh(n: &mut Net<'_>, mut scores: String, causal: bool, (t, s): (usize, usize), tokens: Option<&str>) -> String {
    let g = &mut n.graph;
    if causal {
        let later = |i: usize| if i % s > i / s { f32::NEG_INFINITY } else { 0.0 };
        let mask = g.floats(&[t, s], &(0..t * s).map(later).collect::<Vec<_>>());
        scores = g.op("Add", &[&scores, &mask]);
    }
    let last = [("axis", Value::Int(-1))];
    let Some(tokens) = tokens else { return g.node("Softmax", &[&scores], &last) };
    // Finite, so that a place that sees nothing gets zeros and not NaN.
    let seen = g.node("Cast", &[tokens], &[("to", Value::Int(super::proto::F32))]);
    let one = g.one(1.0);
    let seen = g.op("Min", &[&seen, &one]);
    let axes = g.ints(&[1, 2]);
    let seen = g.op("Unsqueeze", &[&seen, &axes]);
    let hidden = g.op("Sub", &[&seen, &one]);
    let far = g.one(1e9);
    let hidden = g.op("Mul", &[&hidden, &far]);
    let scores = g.op("Add", &[&scores, &hidden]);
    let weights = g.node("Softmax", &[&scores], &last);
    g.op("Mul", &[&weights, &seen])
}

/// Turns the pairs of `x (N, heads, T, W)` by their place.
fn turned(n: &mut Net<'_>, x: &str, len: usize, width: usize) -> String {
    let half = width / 2;
    let angle = |i: usize| (i / half) as f64 / 1e4f64.powf(2.0 * (i % half) as f64 / width as f64);
    let g = &mut n.graph;
    let cos = g.floats(&[len, half], &(0..len * half).map(|i| angle(i).cos() as f32).collect::<Vec<_>>());
    let sin = g.floats(&[len, half], &(0..len * half).map(|i| angle(i).sin() as f32).collect::<Vec<_>>());
    let (a, b) = (g.slice(x, 3, 0, half), g.slice(x, 3, half, width));
    let [ac, bs, bc, r#as] = [(&a, &cos), (&b, &sin), (&b, &cos), (&a, &sin)].map(|(x, y)| g.op("Mul", &[x, y]));
    let (first, second) = (g.op("Sub", &[&ac, &bs]), g.op("Add", &[&bc, &r#as]));
    g.node("Concat", &[&first, &second], &[("axis", Value::Int(3))])
}

/// A transformer block over `x`.
pub(super) fn block(
    n: &mut Net<'_>,
    t: &TransformerBlock,
    info: &LayerInfo,
    x: &str,
    tokens: Option<&str>,
) -> Result<String, Missing> {
    let (d, len) = (info.features(), info.input[0]);
    let of = Attention { heads: t.heads, causal: Some(t.causal.unwrap_or(n.causal)), ..Attention::default() };
    let pre = t.norm == NormPlace::Pre;
    let part = Part { info, prefix: "attn." };
    let inside = if pre { n.layer_norm(info, "ln1.", x)? } else { x.to_string() };
    let attended = attention(n, &of, part, ((&inside, len), (&inside, len)), tokens)?;
    let mut mid = n.graph.op("Add", &[x, &attended]);
    if !pre {
        mid = n.layer_norm(info, "ln1.", &mid)?;
    }
    let inside = if pre { n.layer_norm(info, "ln2.", &mid)? } else { mid.clone() };
    let hidden = n.dense(info, "mlp.0.", &inside, [d * t.mlp_ratio, d])?;
    let hidden = act(&mut n.graph, t.activation, &hidden);
    let out = n.dense(info, "mlp.1.", &hidden, [d, d * t.mlp_ratio])?;
    let sum = n.graph.op("Add", &[&mid, &out]);
    if pre { Ok(sum) } else { n.layer_norm(info, "ln2.", &sum) }
}
