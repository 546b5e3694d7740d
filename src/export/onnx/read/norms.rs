//! Norms, and what later nodes add to a layer: a bias, a gain.

use super::file::{Array, Data, Node};
use super::net::{Built, Net, Numbers, setting};
use super::ops::Found;
use super::value::{Axis, Known, Val};
use crate::spec::model::InstanceNorm;
use crate::spec::{Activation, Code, LayerKind, Problem};
use std::rc::Rc;

/// Numbers for each place of our last axis, in our order, where the array has these.
pub(super) fn by_channel(x: &Val, c: &Array) -> Option<Vec<f32>> {
    let data = c.floats()?;
    if data.len() != x.last() || c.shape.is_empty() || c.shape.len() > x.axes.len() {
        return None;
    }
    let from = x.axes.len() - c.shape.len();
    let fits = c.shape.iter().zip(&x.axes[from..]).all(|(n, a)| *n == 1 || *a == Axis::Own(x.shape.len() - 1));
    let mut ours = data.to_vec();
    if let Some(order) = &x.order {
        order.columns().into_iter().zip(data.iter()).for_each(|(i, v)| ours[i] = *v);
    }
    fits.then_some(ours)
}

/// The layer before with a larger bias, where it has one or may have one.
pub(super) fn shifted(net: &mut Net<'_>, name: &str, x: &Val, more: &[f32]) -> Option<Built> {
    let mut b = net.source(x.at).filter(|_| net.uses(name) == 1)?.clone();
    may_change(&mut b, more.len())?;
    let bias = b.numbers.iter_mut().find(|n| n.name == "bias")?;
    bias.data = Rc::new(bias.data.iter().zip(more).map(|(a, b)| a + b).collect());
    Some(b)
}

/// Makes room for a bias; none where the layer ends in something else than sums of that width.
fn may_change(b: &mut Built, width: usize) -> Option<()> {
    let zeros = Numbers::new("bias", &[width], vec![0.0; width]);
    let bias = match &mut b.kind {
        LayerKind::Dense(d) if d.activation == Activation::Linear => &mut d.bias,
        LayerKind::InstanceNorm(s) => {
            if !std::mem::replace(&mut s.affine, true) {
                b.numbers = vec![Numbers::new("weight", &[width], vec![1.0; width]), zeros];
            }
            return Some(());
        }
        LayerKind::LayerNorm(_) | LayerKind::GroupNorm(_) | LayerKind::BatchNorm(_) => return Some(()),
        kind => {
            let conv = kind.conv_mut()?;
            if conv.activation != Activation::Linear {
                return None;
            }
            &mut conv.bias
        }
    };
    if std::mem::take(bias) == Some(false) {
        b.numbers.push(zeros);
    }
    Some(())
}

/// The layer before with larger weights, where it ends in a norm.
pub(super) fn scaled(net: &mut Net<'_>, name: &str, x: &Val, factors: &[f32]) -> Result<Option<Built>, Problem> {
    let Some(mut b) = net.source(x.at).filter(|_| net.uses(name) == 1).cloned() else { return Ok(None) };
    let norm = matches!(
        b.kind,
        LayerKind::LayerNorm(_)
            | LayerKind::GroupNorm(_)
            | LayerKind::InstanceNorm(_)
            | LayerKind::RmsNorm(_)
            | LayerKind::BatchNorm(_)
    );
    if !norm || (!matches!(b.kind, LayerKind::RmsNorm(_)) && may_change(&mut b, factors.len()).is_none()) {
        return Ok(None);
    }
    for n in b.numbers.iter_mut().filter(|n| matches!(n.name, "weight" | "bias")) {
        n.data = Rc::new(n.data.iter().zip(factors).map(|(a, b)| a * b).collect());
    }
    Ok(Some(b))
}

/// Arrays of a norm in our order, one number for each channel.
fn arrays(
    net: &mut Net<'_>,
    node: &Node<'_>,
    x: &Val,
    names: &[&'static str],
) -> Result<Option<Vec<Numbers>>, Problem> {
    let mut all = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let Some((_, data)) = net.floats(node.input(i + 1))? else { return Ok(None) };
        let len = data.len();
        let array = Array { shape: vec![len], data: Data::Floats(data.clone()) };
        let flat = Val { axes: vec![Axis::Own(x.shape.len() - 1)], ..x.clone() };
        net.spend(4 * len)?;
        let Some(data) = by_channel(&flat, &array) else {
            let p = Problem::new("model", Code::OnnxWidth).arg("op", node.op);
            return Err(p.arg("got", len).arg("expected", x.last()));
        };
        all.push(Numbers::new(name, &[len], data));
    }
    Ok(Some(all))
}

/// What ours adds to a variance.
pub(super) const EPS: f32 = 1e-5;
/// What our RMS norm adds, as PyTorch's.
pub(super) const RMS_EPS: f32 = f32::EPSILON;

pub(super) fn batch_norm(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    if !x.is_last(1) {
        return Err(setting(node, "axis"));
    }
    let names = ["weight", "bias", "running_mean", "running_var"];
    let Some(mut numbers) = arrays(net, node, &x, &names)? else { return Ok(None) };
    // Another small number beside the variance is a part of the variance here.
    let more = node.float("epsilon", EPS) - EPS;
    if more.abs() > 1e-9 {
        let var = &mut numbers[3];
        let kept = var.data.iter().all(|v| v + more >= 0.0);
        net.epsilon("BatchNormalization", EPS + more, EPS, kept);
        var.data = Rc::new(var.data.iter().map(|v| (v + more).max(0.0)).collect());
    }
    Ok(Some(Known::Value(x.from(net.layer(LayerKind::BatchNorm(Default::default()), &[x.at], numbers)))))
}

pub(super) fn instance_norm(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    if !x.is_first() {
        return Ok(None);
    }
    let Some(numbers) = arrays(net, node, &x, &["weight", "bias"])? else { return Ok(None) };
    net.epsilon("InstanceNormalization", node.float("epsilon", EPS), EPS, false);
    let affine = numbers[0].data.iter().any(|v| *v != 1.0) || numbers[1].data.iter().any(|v| *v != 0.0);
    let kind = LayerKind::InstanceNorm(InstanceNorm { affine });
    Ok(Some(Known::Value(x.from(net.layer(kind, &[x.at], if affine { numbers } else { Vec::new() })))))
}

pub(super) fn layer_norm(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    if !x.is_last(node.int("axis", -1)) || !x.is_last(-1) {
        return Err(setting(node, "axis"));
    }
    let bias = !node.input(2).is_empty();
    let Some(mut numbers) = arrays(net, node, &x, if bias { &["weight", "bias"] } else { &["weight"] })? else {
        return Ok(None);
    };
    net.epsilon("LayerNormalization", node.float("epsilon", EPS), EPS, false);
    if !bias {
        numbers.push(Numbers::new("bias", &[x.last()], vec![0.0; x.last()]));
    }
    Ok(Some(Known::Value(x.from(net.layer(LayerKind::LayerNorm(Default::default()), &[x.at], numbers)))))
}
