//! From layers that were built to a network: what is not read goes, skips become residual layers, others get names.

use super::net::{Built, Epsilon, Net};
use super::value::{At, Axis, Val};
use super::{Note, Onnx};
use crate::spec::model::{LAYERS_MAX, PositionKind, Positional, Residual};
use crate::spec::shape::{LayerInfo, count, infer, show};
use crate::spec::weights::Tensor;
use crate::spec::{
    Activation, Code, Experiment, Layer, LayerKind, Loss, ModelSpec, Problem, Target, TaskKind, TaskSpec, Weights,
};
use std::collections::{BTreeMap, BTreeSet};

/// Most different small numbers that are told.
const EPSILONS_MAX: usize = 8;

/// A layer in its place, and what is inside it.
struct Item {
    at: At,
    built: Built,
    inside: Vec<Item>,
    name: Option<String>,
    from: Option<Vec<String>>,
}

/// The network that ends in `out`, and what was said of it.
pub(super) fn finish(net: Net<'_>, out: &Val, exp: &Experiment) -> Result<Onnx, Vec<Problem>> {
    let (loss, mut notes) = (loss(net.data, exp, out), Vec::new());
    let wanted = loss.output_shape(&net.data.target).unwrap_or_default();
    let plain = Val { axes: out.axes.iter().copied().filter(|a| *a != Axis::One).collect(), ..out.clone() };
    if !plain.is_plain() || out.shape != wanted {
        let p = Problem::new("model", Code::OnnxOutput).arg("got", show(&out.shape)).arg("expected", show(&wanted));
        return Err(vec![p.arg("set", &exp.data.set)]);
    }
    let mut items = live(&net, out.at).map_err(|p| vec![p])?;
    notes.extend(net.in_loss.map(|op| Note::InLoss { op }));
    notes.extend(numbers(&net));
    end(&mut items, loss, &wanted, &mut notes);
    turn(&mut items).map_err(|p| vec![p])?;
    fold(&mut items);
    name(&mut items);
    let changed = loss != exp.task.loss();
    notes.extend(changed.then(|| Note::Loss { loss: loss.name() }));
    let mut e = exp.clone();
    e.model = ModelSpec::of(items.iter().map(layer).collect());
    e.task.loss = if changed { Some(loss) } else { exp.task.loss };
    let problems = e.problems();
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut tensors = Vec::new();
    arrays(&items, &infer(&e, net.data).layers, &mut tensors).map_err(|p| vec![p])?;
    let layers = e.model.count();
    Ok(Onnx { experiment: e, weights: Weights { tensors, ..Weights::default() }, layers, notes })
}

/// In what the numbers differ: small ones that norms add, and those that had sixteen bits.
fn numbers(net: &Net<'_>) -> Vec<Note> {
    let mut kinds: Vec<(Epsilon, usize)> = Vec::new();
    for one in &net.epsilons {
        if let Some((_, count)) = kinds.iter_mut().find(|(kind, _)| kind == one) {
            *count += 1;
        } else if kinds.len() < EPSILONS_MAX {
            // A file may name as many as it has norms; a few tell enough.
            kinds.push((*one, 1));
        }
    }
    let said = |x: f32| if x == 0.0 { "0".to_string() } else { format!("{x:e}") };
    let note = |(e, count): (Epsilon, usize)| {
        let (theirs, ours) = (said(e.theirs), said(e.ours));
        Note::Epsilon { op: e.op, count, theirs, ours, kept: e.kept }
    };
    let widened = (net.halves > 0).then_some(Note::Widened { arrays: net.halves });
    kinds.into_iter().map(note).chain(widened).collect()
}

/// The loss: two classes can be told by one number or by two.
fn loss(data: &crate::spec::DataInfo, exp: &Experiment, out: &Val) -> Loss {
    let two = matches!(data.target, Target::Classes { count: 2 }) && exp.task.kind == TaskKind::Classification;
    match (&out.shape[..], exp.task.loss()) {
        ([1], loss) if two && loss != Loss::Bce => Loss::Bce,
        ([2], Loss::Bce) if two => TaskSpec::for_data(data).loss(),
        (_, loss) => loss,
    }
}

/// The layers that the output needs, in their order.
fn live(net: &Net<'_>, out: At) -> Result<Vec<Item>, Problem> {
    let (mut needed, mut open) = (BTreeSet::new(), vec![out]);
    while let Some(at) = open.pop() {
        if let At::Layer(i) = at
            && needed.insert(i)
        {
            open.extend(&net.built[i].from);
        }
    }
    if needed.is_empty() || needed.len() > LAYERS_MAX {
        let p = if needed.is_empty() { Code::NoLayers } else { Code::TooManyLayers };
        return Err(Problem::new("model", p).arg("part", "").arg("got", needed.len()).arg("max", LAYERS_MAX));
    }
    Ok(needed.into_iter().map(|i| Item::of(At::Layer(i), net.built[i].clone())).collect())
}

impl Item {
    fn of(at: At, built: Built) -> Item {
        Item { at, built, inside: Vec::new(), name: None, from: None }
    }
}

/// The last layer: its size is the task's, and the loss may have its sigmoid already.
fn end(items: &mut Vec<Item>, loss: Loss, wanted: &[usize], notes: &mut Vec<Note>) {
    let alone = |i: &Item| matches!(&i.built.kind, LayerKind::Activation(a) if a.kind == Activation::Sigmoid);
    if loss == Loss::Bce && items.len() > 1 && items.last().is_some_and(alone) {
        items.pop();
        notes.push(Note::InLoss { op: "Sigmoid" });
    }
    let Some(LayerKind::Dense(d)) = items.last_mut().map(|i| &mut i.built.kind) else { return };
    if loss == Loss::Bce && d.activation == Activation::Sigmoid {
        d.activation = Activation::Linear;
        notes.push(Note::InLoss { op: "Sigmoid" });
    }
    if d.units == wanted.last().copied() {
        d.units = None;
    }
}

/// Attention that turns queries and keys asks for a rotary layer before it.
fn turn(items: &mut Vec<Item>) -> Result<(), Problem> {
    let is = |i: &Item| matches!(&i.built.kind, LayerKind::Attention(a) if a.kind == Default::default());
    let Some(first) = items.iter().position(|i| i.built.rotary) else { return Ok(()) };
    if items.iter().any(|i| is(i) && !i.built.rotary) {
        return Err(Problem::new("model", Code::OnnxForm).arg("op", "Softmax").arg("count", 1));
    }
    let embedding = items[..first].iter().position(|i| matches!(i.built.kind, LayerKind::Embedding(_)));
    let before = embedding.map_or(items[first].built.from.first().copied(), |i| Some(items[i].at));
    let Some(before) = before else { return Ok(()) };
    let place = items.iter().position(|i| i.at == before).map_or(0, |i| i + 1);
    let at = At::Layer(usize::MAX);
    for i in &mut items[place..] {
        i.built.from.iter_mut().filter(|a| **a == before).for_each(|a| *a = at);
    }
    let kind = LayerKind::Positional(Positional { kind: PositionKind::Rotary });
    items.insert(place, Item::of(at, Built { kind, from: vec![before], numbers: Vec::new(), rotary: false }));
    Ok(())
}

/// Sums of a value and of a chain of layers over it become residual layers.
fn fold(items: &mut Vec<Item>) {
    let mut reads: BTreeMap<At, usize> = BTreeMap::new();
    items.iter().flat_map(|i| &i.built.from).for_each(|at| *reads.entry(*at).or_insert(0) += 1);
    let mut p = 0;
    while p < items.len() {
        if let Some((start, around)) = branch(items, p, &reads) {
            let mut inside: Vec<Item> = items.drain(start..=p).collect();
            let Some(sum) = inside.pop() else { return };
            let kind = LayerKind::Residual(Residual { layers: Vec::new() });
            let built = Built { kind, from: vec![around], numbers: Vec::new(), rotary: false };
            items.insert(start, Item { inside, ..Item::of(sum.at, built) });
            reads.entry(around).and_modify(|n| *n -= 1);
            p = start;
        }
        p += 1;
    }
}

/// Where the branch of the sum at `p` begins, and what goes around it.
fn branch(items: &[Item], p: usize, reads: &BTreeMap<At, usize>) -> Option<(usize, At)> {
    let (LayerKind::Add(_), &[a, b]) = (&items[p].built.kind, &items[p].built.from[..]) else { return None };
    let last = items.get(p.checked_sub(1)?)?.at;
    let around = if b == last { a } else { b };
    if around == last || (a != last && b != last) {
        return None;
    }
    let start = if around == At::Input { 0 } else { items[..p].iter().position(|i| i.at == around)? + 1 };
    let mut before = around;
    for i in &items[start..p] {
        if i.built.from != [before] || reads.get(&i.at) != Some(&1) {
            return None;
        }
        before = i.at;
    }
    (start < p).then_some((start, around))
}

/// What is read from elsewhere than right before gets a name.
fn name(items: &mut [Item]) {
    let mut names: BTreeMap<At, String> = BTreeMap::from([(At::Input, "input".into())]);
    let mut before = At::Input;
    for i in items.iter_mut() {
        if i.built.from != [before] {
            let named = i.built.from.iter().map(|at| {
                let next = format!("skip{}", names.len());
                names.entry(*at).or_insert(next).clone()
            });
            i.from = Some(named.collect());
        }
        before = i.at;
    }
    for i in items {
        i.name = names.get(&i.at).cloned();
    }
}

fn layer(i: &Item) -> Layer {
    let mut kind = i.built.kind.clone();
    if let LayerKind::Residual(r) = &mut kind {
        r.layers = i.inside.iter().map(layer).collect();
    }
    Layer { kind, name: i.name.clone(), from: i.from.clone(), frozen: false }
}

/// The weights under our names.
fn arrays(items: &[Item], infos: &[LayerInfo], to: &mut Vec<Tensor>) -> Result<(), Problem> {
    for (i, info) in items.iter().zip(infos) {
        for p in &info.params {
            let name = format!("{}.{}", info.name, p.name);
            let Some(n) = i.built.find(p.name) else {
                return Err(Problem::new("weights", Code::WeightsMissing).arg("name", name).arg("count", 1));
            };
            if n.data.len() as u64 != count(&p.shape) {
                let wrong = Problem::new("weights", Code::WeightsShape).arg("name", name);
                return Err(wrong.arg("got", show(&n.shape)).arg("expected", show(&p.shape)));
            }
            to.push(Tensor { name, shape: p.shape.clone(), data: n.data.to_vec() });
        }
        // Running statistics are no parameters.
        for n in i.built.numbers.iter().filter(|n| n.name.starts_with("running_")) {
            to.push(Tensor {
                name: format!("{}.{}", info.name, n.name),
                shape: n.shape.clone(),
                data: n.data.to_vec(),
            });
        }
        arrays(&i.inside, &info.children, to)?;
    }
    match to.iter().find(|t| t.data.iter().any(|x| !x.is_finite())) {
        Some(t) => Err(Problem::new("weights", Code::WeightsNotFinite).arg("name", &t.name)),
        None => Ok(()),
    }
}
