//! Operations one by one: what each makes of what is known.
//!
//! What has no meaning alone stays a node, which a larger form may take up (`forms`, `attention`).

use super::file::{Array, Node};
use super::net::{Net, Numbers, setting};
use super::norms::{by_channel, scaled, shifted};
use super::value::{Axis, Known, Val};
use super::{attention, forms, norms, recurrent, shape, window};
use crate::spec::model::{Dense, Dropout, Embedding, PositionKind, Positional};
use crate::spec::{Activation, Code, LayerKind, Loss, Problem};
use std::rc::Rc;

pub(super) type Found = Result<Option<Known>, Problem>;

/// Operations that a network here may be made of.
pub(super) const KNOWN: [&str; 60] = [
    "Abs",
    "Add",
    "AveragePool",
    "BatchNormalization",
    "Cast",
    "Clip",
    "Concat",
    "Constant",
    "ConstantOfShape",
    "Conv",
    "ConvTranspose",
    "Div",
    "Dropout",
    "Elu",
    "Equal",
    "Erf",
    "Expand",
    "Flatten",
    "GRU",
    "Gather",
    "Gelu",
    "Gemm",
    "GlobalAveragePool",
    "HardSigmoid",
    "HardSwish",
    "Identity",
    "InstanceNormalization",
    "LSTM",
    "LayerNormalization",
    "LeakyRelu",
    "LogSoftmax",
    "MatMul",
    "MaxPool",
    "Min",
    "Mish",
    "Mul",
    "Pad",
    "Pow",
    "RNN",
    "ReduceMean",
    "ReduceSum",
    "Relu",
    "Reshape",
    "Resize",
    "Selu",
    "Shape",
    "Sigmoid",
    "Sin",
    "Slice",
    "Softmax",
    "Softplus",
    "Sqrt",
    "Squeeze",
    "Sub",
    "Sum",
    "Tanh",
    "Transpose",
    "Unsqueeze",
    "Upsample",
    "Where",
];

/// What a node gives first; nothing where it is part of something larger.
pub(super) fn read<'a>(net: &mut Net<'a>, i: usize, node: &'a Node<'a>, loss: Loss) -> Found {
    let x = net.val(node.input(0)).cloned();
    match node.op {
        "Constant" => Ok(node.constant().map(Known::Constant)),
        "Identity" => Ok(net.known.get(node.input(0)).cloned()),
        // A token stays a token, and numbers stay numbers.
        "Cast" => Ok(x.map(Known::Value)),
        "Dropout" => Ok(x.map(|x| Known::Value(dropout(net, node, &x)))),
        "Relu" | "LeakyRelu" | "Elu" | "Selu" | "Gelu" | "Mish" | "Sigmoid" | "Tanh" | "Softplus" | "HardSigmoid"
        | "HardSwish" | "Clip" | "Sin" => {
            let Some(x) = x else { return Ok(None) };
            let a = activation(net, node)?;
            Ok(Some(Known::Value(net.act(&x, node.input(0), a, 1))))
        }
        "Softmax" | "LogSoftmax" => Ok(x.filter(|x| ends(net, node, x, loss)).map(Known::Value)),
        "Gemm" => gemm(net, node),
        "MatMul" => matmul(net, node),
        "Add" | "Sum" => add(net, node),
        "Mul" => mul(net, node),
        "Div" => forms::normal(net, node),
        "Conv" | "ConvTranspose" => window::conv(net, node),
        "MaxPool" | "AveragePool" => window::pool(net, node),
        "Resize" | "Upsample" => window::upsample(net, node),
        "GlobalAveragePool" => Ok(x.and_then(|x| means(net, &x, true)).map(Known::Value)),
        "ReduceMean" => reduce_mean(net, node),
        "BatchNormalization" => norms::batch_norm(net, node),
        "InstanceNormalization" => norms::instance_norm(net, node),
        "LayerNormalization" => norms::layer_norm(net, node),
        "Flatten" => shape::flatten(net, node),
        "Reshape" => match shape::reshape(net, node)? {
            None => forms::group_norm(net, node),
            found => Ok(found),
        },
        "Transpose" => shape::transpose(net, node),
        "Squeeze" => shape::squeeze(net, node),
        "Unsqueeze" => shape::unsqueeze(net, node),
        "Slice" => shape::slice(net, node),
        "Concat" => concat(net, node),
        "Gather" => gather(net, node),
        "LSTM" | "GRU" | "RNN" => recurrent::read(net, i, node),
        _ => Ok(None),
    }
}

/// Which of ours it is; its settings must be those that ours has.
fn activation(net: &Net<'_>, node: &Node<'_>) -> Result<Activation, Problem> {
    let near = |name: &str, or: f32, ours: f32| {
        let fits = (node.float(name, or) - ours).abs() < 1e-4;
        if fits { Ok(()) } else { Err(setting(node, name)) }
    };
    Ok(match node.op {
        "Relu" => Activation::Relu,
        "LeakyRelu" => {
            near("alpha", 0.01, 0.01)?;
            Activation::LeakyRelu
        }
        "Elu" => {
            near("alpha", 1.0, 1.0)?;
            Activation::Elu
        }
        "Selu" => {
            near("alpha", 1.673_263_2, 1.673_263_2)?;
            Activation::Selu
        }
        "Gelu" if node.text("approximate") == "tanh" => Activation::GeluTanh,
        "Gelu" => Activation::Gelu,
        "Mish" => Activation::Mish,
        "Sigmoid" => Activation::Sigmoid,
        "Tanh" => Activation::Tanh,
        "Softplus" => Activation::Softplus,
        "HardSigmoid" => {
            near("alpha", 0.2, 1.0 / 6.0)?;
            near("beta", 0.5, 0.5)?;
            Activation::HardSigmoid
        }
        "HardSwish" => Activation::HardSwish,
        "Sin" => Activation::Sin,
        _ => {
            let side = |i: usize, name: &str| net.one(node.input(i)).unwrap_or_else(|| node.float(name, f32::NAN));
            match (side(1, "min"), side(2, "max")) {
                (0.0, 6.0) => Activation::Relu6,
                (-1.0, 1.0) => Activation::HardTanh,
                _ => return Err(setting(node, "min, max")),
            }
        }
    })
}

fn dropout(net: &mut Net<'_>, node: &Node<'_>, x: &Val) -> Val {
    let rate = net.one(node.input(1)).unwrap_or_else(|| node.float("ratio", 0.5)).clamp(0.0, 0.99);
    let rate = if rate.is_nan() { 0.0 } else { rate };
    x.from(net.layer(LayerKind::Dropout(Dropout { rate }), &[x.at], Vec::new()))
}

/// Whether it is the end of the network, and the loss has it.
fn ends<'a>(net: &mut Net<'a>, node: &Node<'a>, x: &Val, loss: Loss) -> bool {
    let last = x.is_last(node.int("axis", -1)) || (x.is_last(1) && node.int("axis", 1) == 1);
    let name = node.outs.first().copied().unwrap_or("");
    let ends = last && (name == net.output || name == net.end) && matches!(loss, Loss::CrossEntropy { .. });
    if ends {
        net.in_loss = Some(if node.op == "Softmax" { "Softmax" } else { "LogSoftmax" });
    }
    ends
}

/// A dense layer with this weight `(out, in)`.
pub(super) fn dense(
    net: &mut Net<'_>,
    x: &Val,
    weight: Vec<f32>,
    [out, d]: [usize; 2],
    bias: Option<Rc<Vec<f32>>>,
) -> Result<Val, Problem> {
    let weight = match &x.order {
        None => weight,
        Some(order) => {
            net.spend(weight.len() + 2 * d)?;
            let columns = order.columns();
            let mut turned = vec![0.0; weight.len()];
            for (i, w) in weight.iter().enumerate() {
                turned[i / d * d + columns[i % d]] = *w;
            }
            turned
        }
    };
    let mut numbers = vec![Numbers::new("weight", &[out, d], weight)];
    let kind = Dense { units: Some(out), bias: bias.is_none().then_some(false), ..Dense::default() };
    numbers.extend(bias.map(|data| Numbers { name: "bias", shape: vec![out], data }));
    let at = net.layer(LayerKind::Dense(kind), &[x.at], numbers);
    let mut y = Val { order: None, ..x.from(at) };
    y.shape.pop();
    y.shape.push(out);
    Ok(y)
}

fn fits(x: &Val, node: &Node<'_>, d: usize, data: usize, out: usize) -> Result<(), Problem> {
    let good = d > 0 && x.last() == d && data == d.saturating_mul(out);
    let p = || Problem::new("model", Code::OnnxWidth).arg("op", node.op).arg("got", d).arg("expected", x.last());
    if good { Ok(()) } else { Err(p()) }
}

fn gemm(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    let Some((shape, data)) = net.floats(node.input(1))? else { return Ok(None) };
    let (&[rows, columns], data) = (shape, data.clone()) else { return Err(setting(node, "B")) };
    if node.int("transA", 0) != 0 || x.axes != [Axis::Batch, Axis::Own(0)] {
        return Err(setting(node, "transA"));
    }
    let across = node.int("transB", 0) == 0;
    let (out, d) = if across { (columns, rows) } else { (rows, columns) };
    fits(&x, node, d, data.len(), out)?;
    let bias = net.floats(node.input(2))?.map(|(_, b)| b.clone());
    if !node.input(2).is_empty() && bias.as_ref().is_none_or(|b| b.len() != out && b.len() != 1) {
        return Err(setting(node, "C"));
    }
    net.spend(data.len())?;
    let (alpha, beta) = (node.float("alpha", 1.0), node.float("beta", 1.0));
    let weight = (0..data.len()).map(|i| alpha * if across { data[i % d * out + i / d] } else { data[i] }).collect();
    let bias = bias.map(|b| Rc::new((0..out).map(|i| beta * b[i % b.len().max(1)]).collect()));
    dense(net, &x, weight, [out, d], bias).map(|v| Some(Known::Value(v)))
}

fn matmul(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    let Some((shape, data)) = net.floats(node.input(1))? else { return Ok(None) };
    let (&[d, out], data) = (shape, data.clone()) else { return Ok(None) };
    if !x.is_last(-1) {
        return Ok(None);
    }
    fits(&x, node, d, data.len(), out)?;
    net.spend(data.len())?;
    let weight = (0..data.len()).map(|i| data[i % d * out + i / d]).collect();
    dense(net, &x, weight, [out, d], None).map(|v| Some(Known::Value(v)))
}

/// The value and the constant of a node with one of each.
fn with_constant<'a>(net: &Net<'a>, node: &Node<'a>) -> Option<(&'a str, Val, Array)> {
    let [a, b] = node.ins[..] else { return None };
    let (x, c) = if net.val(a).is_some() { (a, b) } else { (b, a) };
    Some((x, net.val(x)?.clone(), net.constant(c)?.clone()))
}

fn add<'a>(net: &mut Net<'a>, node: &'a Node<'a>) -> Found {
    if let Some((name, x, c)) = with_constant(net, node) {
        if let Some(more) = by_channel(&x, &c)
            && let Some(b) = shifted(net, name, &x, &more)
        {
            return Ok(Some(Known::Value(x.from(net.changed(b)))));
        }
        return Ok(positions(net, &x, &c));
    }
    let all: Option<Vec<Val>> = node.ins.iter().map(|n| net.val(n).cloned()).collect();
    let Some(all) = all else { return attention::read(net, node) };
    let Some((x, rest)) = all.split_first() else { return Ok(None) };
    if rest.is_empty() {
        return Ok(Some(Known::Value(x.clone())));
    }
    let alike = |v: &Val| v.shape == x.shape && v.axes == x.axes && v.order == x.order;
    if !rest.iter().all(alike) || !x.axes.iter().all(|a| matches!(a, Axis::Batch | Axis::Own(_))) {
        return Ok(None);
    }
    let from: Vec<_> = all.iter().map(|v| v.at).collect();
    Ok(Some(Known::Value(x.from(net.layer(LayerKind::Add(Default::default()), &from, Vec::new())))))
}

/// Rows for each place of a sequence: learned, or sines and cosines.
fn positions(net: &mut Net<'_>, x: &Val, c: &Array) -> Option<Known> {
    let data = c.floats()?;
    let shape: Vec<usize> = c.shape.iter().copied().skip_while(|n| *n == 1).collect();
    if x.shape.len() != 2 || !x.is_plain() || shape != x.shape {
        return None;
    }
    let units = x.shape[1];
    let wave = |(i, v): (usize, &f32)| (super::super::layer::wave(i / units, i % units, units) - v).abs() < 1e-5;
    let (kind, numbers) = if data.iter().enumerate().all(wave) {
        (PositionKind::Sinusoidal, Vec::new())
    } else {
        (PositionKind::Learned, vec![Numbers { name: "weight", shape, data: data.clone() }])
    };
    let at = net.layer(LayerKind::Positional(Positional { kind }), &[x.at], numbers);
    Some(Known::Value(x.from(at)))
}

fn mul<'a>(net: &mut Net<'a>, node: &'a Node<'a>) -> Found {
    if let Some((name, x, c)) = with_constant(net, node)
        && let Some(factors) = by_channel(&x, &c)
        && let Some(b) = scaled(net, name, &x, &factors)?
    {
        return Ok(Some(Known::Value(x.from(net.changed(b)))));
    }
    forms::product(net, node)
}

/// The mean of every channel.
fn means(net: &mut Net<'_>, x: &Val, keep: bool) -> Option<Val> {
    let x = if keep { window::picture(net, x)? } else { x.clone() };
    let kind = match x.shape.len() {
        2 => LayerKind::GlobalAvgPool1d(Default::default()),
        3 => LayerKind::GlobalAvgPool2d(Default::default()),
        _ => return None,
    };
    let at = net.layer(kind, &[x.at], Vec::new());
    let last = Axis::Own(x.shape.len() - 1);
    let turned = |a: &Axis| match a {
        a if *a == last => Some(Axis::Own(0)),
        Axis::Batch => Some(Axis::Batch),
        _ => keep.then_some(Axis::One),
    };
    let axes = x.axes.iter().filter_map(turned).collect();
    Some(Val { at, shape: vec![x.last()], axes, order: None })
}

fn reduce_mean(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let (Some(x), Some(axes)) = (net.val(node.input(0)).cloned(), shape::axes(net, node)) else { return Ok(None) };
    let gone: Vec<Axis> = axes.iter().filter_map(|a| x.axis(*a)).map(|(_, a)| a).collect();
    let spatial = x.axes.iter().all(|a| match a {
        Axis::Own(i) => (*i + 1 == x.shape.len()) != gone.contains(a),
        Axis::Batch => !gone.contains(a),
        Axis::One | Axis::Outer(_) | Axis::Inner => false,
    });
    if !spatial || x.order.is_some() {
        return Ok(None);
    }
    let kept = node.int("keepdims", 1) == 1;
    if kept && !x.is_first() {
        return Ok(None);
    }
    Ok(means(net, &x, kept).map(Known::Value))
}

fn concat(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let all: Option<Vec<Val>> = node.ins.iter().map(|n| net.val(n).cloned()).collect();
    let Some(all) = all else { return Ok(None) };
    let Some(x) = all.first() else { return Ok(None) };
    let alike = |v: &Val| v.axes == x.axes && v.order.is_none() && v.shape.len() == x.shape.len();
    if !all.iter().all(alike) || !x.is_last(node.int("axis", 1)) {
        return Err(setting(node, "axis"));
    }
    let from: Vec<_> = all.iter().map(|v| v.at).collect();
    let width = all.iter().fold(0usize, |n, v| n.saturating_add(v.last()));
    let mut y = x.from(net.layer(LayerKind::Concat(Default::default()), &from, Vec::new()));
    y.shape.pop();
    y.shape.push(width);
    Ok(Some(Known::Value(y)))
}

/// An embedding, or the last state of a recurrent layer.
fn gather(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    if let Some(x) = net.val(node.input(1)).cloned() {
        let Some((&[rows, units], data)) = net.floats(node.input(0))? else { return Ok(None) };
        let data = data.clone();
        let tokens = net.data.tokens.filter(|_| x.is_plain() && x.shape.len() == 1 && node.int("axis", 0) == 0);
        let Some(tokens) = tokens else { return Ok(None) };
        if tokens != rows {
            return Err(Problem::new("model", Code::OnnxVocabulary).arg("got", rows).arg("expected", tokens));
        }
        let numbers = vec![Numbers { name: "weight", shape: vec![rows, units], data }];
        let at = net.layer(LayerKind::Embedding(Embedding { units }), &[x.at], numbers);
        return Ok(Some(Known::Value(Val::plain(at, vec![x.shape[0], units]))));
    }
    recurrent::last(net, node)
}
