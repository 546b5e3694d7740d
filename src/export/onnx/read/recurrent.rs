//! Recurrent layers: ONNX has PyTorch's cells with the gates in another order, time first, and both directions apart.

use super::file::Node;
use super::net::{Net, Numbers, setting};
use super::ops::Found;
use super::value::{Axis, Known, Val};
use crate::spec::layers::recurrent::NAMES;
use crate::spec::model::{Recurrent, RnnActivation};
use crate::spec::{LayerKind, Problem};

/// Reads the node; its second output, the last state, is another layer with the same numbers.
pub(super) fn read<'a>(net: &mut Net<'a>, i: usize, node: &'a Node<'a>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    if x.axes != [Axis::Own(0), Axis::Batch, Axis::Own(1)] {
        return Err(setting(node, "layout"));
    }
    let directions = match node.text("direction") {
        "" | "forward" => 1,
        "bidirectional" => 2,
        _ => return Err(setting(node, "direction")),
    };
    check(net, node)?;
    let Some((units, numbers)) = numbers(net, node, &x, directions)? else { return Ok(None) };
    let activation = node.texts("activations").contains(&"Relu").then_some(RnnActivation::Relu);
    let mut of = Recurrent { bidirectional: directions == 2, activation, ..Recurrent::of(units) };
    let mut layer = |net: &mut Net<'a>, all: bool| {
        of.return_sequences = all;
        let kind = match node.op {
            "LSTM" => LayerKind::Lstm(of),
            "GRU" => LayerKind::Gru(of),
            _ => LayerKind::Rnn(of),
        };
        net.layer(kind, &[x.at], numbers.clone())
    };
    let width = units.saturating_mul(directions);
    let split = |own: usize| if directions == 2 { [Axis::Outer(2), Axis::Inner] } else { [Axis::One, Axis::Own(own)] };
    if let Some(name) = node.outs.get(1).filter(|n| !n.is_empty()) {
        let [outer, inner] = split(0);
        let last = Val { axes: vec![outer, Axis::Batch, inner], ..Val::plain(layer(net, false), vec![width]) };
        net.known.insert(name, Known::Value(last));
    }
    if let Some(name) = node.outs.get(2) {
        net.known.insert(name, Known::Node(i));
    }
    let [outer, inner] = split(1);
    let axes = vec![Axis::Own(0), outer, Axis::Batch, inner];
    Ok(Some(Known::Value(Val { axes, ..Val::plain(layer(net, true), vec![x.shape[0], width]) })))
}

/// Settings and first states that ours has not.
fn check(net: &Net<'_>, node: &Node<'_>) -> Result<(), Problem> {
    let usual: &[&str] = match node.op {
        "LSTM" => &["Sigmoid", "Tanh", "Tanh"],
        "GRU" => &["Sigmoid", "Tanh"],
        _ => &["Tanh"],
    };
    let given = node.texts("activations");
    let alike = given.iter().enumerate().all(|(i, a)| *a == usual[i % usual.len()]);
    let relu = node.op == "RNN" && given.iter().all(|a| *a == "Relu");
    if !(alike || relu) {
        return Err(setting(node, "activations"));
    }
    if node.op == "GRU" && node.int("linear_before_reset", 0) != 1 {
        return Err(setting(node, "linear_before_reset"));
    }
    for name in ["clip", "input_forget", "layout"] {
        if node.float(name, 0.0) != 0.0 || node.int(name, 0) != 0 {
            return Err(setting(node, name));
        }
    }
    for (i, name) in [(4, "sequence_lens"), (5, "initial_h"), (6, "initial_c"), (7, "P")] {
        let given = node.input(i);
        if !given.is_empty() && (i == 4 || !is_zero(net, given, 0)) {
            return Err(setting(node, name));
        }
    }
    Ok(())
}

/// Whether a first state is zero: numbers of the file, or what PyTorch makes for as many rows as come in.
fn is_zero(net: &Net<'_>, name: &str, depth: usize) -> bool {
    if let Some(numbers) = net.constant(name).and_then(|a| a.floats()) {
        return numbers.iter().all(|v| *v == 0.0);
    }
    let made = net.part(name, "ConstantOfShape");
    let same = ["Expand", "Slice", "Unsqueeze", "Squeeze"].iter().find_map(|op| net.part(name, op));
    match (made, same) {
        (Some(made), _) => made.constant().is_none_or(|a| a.one() == Some(0.0)),
        (None, Some(same)) if depth < 4 => is_zero(net, same.input(0), depth + 1),
        (None, _) => false,
    }
}

/// Units, and the numbers under our names in our order.
fn numbers(
    net: &mut Net<'_>,
    node: &Node<'_>,
    x: &Val,
    directions: usize,
) -> Result<Option<(usize, Vec<Numbers>)>, Problem> {
    let order: &[usize] = match node.op {
        "LSTM" => &[0, 3, 1, 2],
        "GRU" => &[1, 0, 2],
        _ => &[0],
    };
    let gates = order.len();
    let (Some((shape, w)), Some((_, u))) = (net.floats(node.input(1))?, net.floats(node.input(2))?) else {
        return Ok(None);
    };
    let (&[d, rows, c], w, u) = (shape, w.clone(), u.clone()) else { return Err(setting(node, "W")) };
    let h = rows / gates;
    let b = net.floats(node.input(3))?.map(|(_, b)| b.clone());
    let sizes = [(w.len(), c), (u.len(), h)].iter().all(|(n, width)| *n == directions * gates * h * width);
    let bias = b.as_ref().is_none_or(|b| b.len() == directions * 2 * gates * h);
    if d != directions || h == 0 || c != x.last() || !sizes || !bias {
        return Err(setting(node, "W"));
    }
    net.spend(w.len() + u.len() + 4 * directions * gates * h)?;
    // Block j in the file is our block order[j].
    let sorted = |data: &[f32], width: usize| {
        let block = h * width;
        let mut ours = vec![0.0; gates * block];
        for (j, k) in order.iter().enumerate() {
            ours[k * block..(k + 1) * block].copy_from_slice(&data[j * block..(j + 1) * block]);
        }
        ours
    };
    let mut all = Vec::new();
    for (dir, names) in NAMES.iter().take(directions).enumerate() {
        let part = |data: &[f32], width: usize| sorted(&data[dir * gates * h * width..], width);
        all.push(Numbers::new(names[0], &[gates * h, c], part(&w, c)));
        all.push(Numbers::new(names[1], &[gates * h, h], part(&u, h)));
        for (k, name) in names[2..].iter().enumerate() {
            let data = b.as_ref().map_or(vec![0.0; gates * h], |b| sorted(&b[(2 * dir + k) * gates * h..], 1));
            all.push(Numbers::new(name, &[gates * h], data));
        }
    }
    Ok(Some((h, all)))
}

/// The last state out of all: `x[:, -1]` of a recurrent layer in one direction.
pub(super) fn last(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    let Some(&[at]) = net.constant(node.input(1)).and_then(|a| a.ints()) else { return Ok(None) };
    let Some((gone, Axis::Own(0))) = x.axis(node.int("axis", 0)) else { return Ok(None) };
    let Some(mut b) = net.source(x.at).cloned() else { return Ok(None) };
    let end = at == -1 || at == x.shape[0] as i64 - 1;
    let Some(of) = b.kind.recurrent_mut().filter(|r| r.return_sequences && !r.bidirectional && end) else {
        return Ok(None);
    };
    of.return_sequences = false;
    let (mut axes, shape) = (x.axes.clone(), vec![x.last()]);
    axes.remove(gone);
    axes.iter_mut().filter(|a| **a == Axis::Own(1)).for_each(|a| *a = Axis::Own(0));
    Ok(Some(Known::Value(Val { axes, shape, at: net.changed(b), order: None })))
}
