//! Edits of the list of layers.
//!
//! Not responsible for whether the result makes sense: shapes are checked after every edit (`spec::shape`), and what does
//! not fit shows on the card that causes it.

use super::EditMsg;
use crate::spec::model::{Conv, Dense, Reshape};
use crate::spec::shape::{self, LayerInfo};
use crate::spec::window::Padding;
use crate::spec::{Activation, Experiment, Fix, Layer, LayerKind, Loss, TaskSpec, preset};

/// Units of a layer whose size nothing else says.
const UNITS: usize = 8;

/// Applies one of the messages about layers; an index that does not exist changes nothing.
pub(super) fn edit(e: &mut Experiment, msg: EditMsg) {
    match msg {
        EditMsg::AddLayer { at, type_name } => add(e, at, &type_name),
        EditMsg::RemoveLayer(at) => remove(e, at),
        EditMsg::MoveLayer { from, to } => {
            if from < e.model.layers.len()
                && to < e.model.layers.len()
                && let Some(layer) = e.model.remove(from)
            {
                e.model.insert(to, layer);
            }
        }
        EditMsg::SetLayer { at, kind } => {
            if let Some(layer) = e.model.layers.get_mut(at) {
                layer.kind = kind;
            }
        }
        EditMsg::Freeze { at, frozen } => {
            if let Some(layer) = e.model.layers.get_mut(at) {
                layer.frozen = frozen;
            }
            return;
        }
        EditMsg::SetLayers(layers) => {
            e.model.replace(layers);
            return;
        }
        EditMsg::SetModel(model) => {
            e.model = model;
            return;
        }
        EditMsg::Fix(fix) => apply_fix(e, fix),
        _ => return,
    }
    settle_units(e);
}

fn apply_fix(e: &mut Experiment, fix: Fix) {
    let layers = &mut e.model.layers;
    match fix {
        Fix::InsertFlatten { at } => {
            e.model.insert(at, LayerKind::Flatten(Default::default()).into());
        }
        Fix::InsertReshape { at, shape } => {
            e.model.insert(at, LayerKind::Reshape(Reshape { shape }).into());
        }
        Fix::InsertEmbedding { at } => {
            if let Some(kind) = LayerKind::starter("embedding") {
                e.model.insert(at, kind.into());
            }
        }
        Fix::ReturnSequences { at } => {
            let kind = layers.get_mut(at).map(|l| &mut l.kind);
            kind.and_then(LayerKind::recurrent_mut).into_iter().for_each(|r| r.return_sequences = true);
        }
        Fix::SetUnits { at, units } => {
            if let Some(LayerKind::Dense(d)) = layers.get_mut(at).map(|l| &mut l.kind) {
                d.units = units;
            }
        }
        Fix::PadSame { at } => {
            layers.get_mut(at).into_iter().for_each(pad_same);
        }
        Fix::SetGroups { at, groups } => match layers.get_mut(at).map(|l| &mut l.kind) {
            Some(LayerKind::GroupNorm(g)) => g.groups = groups,
            Some(other) => other.conv_mut().into_iter().for_each(|c| c.groups = groups),
            None => {}
        },
        Fix::SetHeads { at, heads: n } => match layers.get_mut(at).map(|l| &mut l.kind) {
            Some(LayerKind::Attention(a)) => a.heads = n,
            Some(LayerKind::TransformerBlock(t)) => t.heads = n,
            Some(_) | None => {}
        },
        Fix::Project { at, units } => project(e, at, units),
        Fix::Unfreeze { at } => layers.get_mut(at).into_iter().for_each(Layer::unfreeze),
        Fix::RemoveLayer { at } => remove(e, at),
        Fix::SetLoss { loss } => {
            if let Some(info) = e.data_info() {
                e.task = TaskSpec { loss: Loss::from_name(&loss), ..TaskSpec::for_data(&info) };
            }
        }
        Fix::AppendDense => e.model.insert(usize::MAX, preset::dense(None, Activation::Linear)),
    }
}

/// Pads the layer's window, and those of all layers in it, so that the picture keeps its size.
fn pad_same(layer: &mut Layer) {
    layer.kind.conv_mut().into_iter().for_each(|c| c.padding = Padding::Same);
    layer.kind.pool_mut().into_iter().for_each(|p| p.padding = Padding::Same);
    if let LayerKind::Residual(r) = &mut layer.kind {
        r.layers.iter_mut().for_each(pad_same);
    }
}

/// Ends the branch of the residual layer `at` with a layer that gives `units`: a 1×1 convolution where it sees a picture.
fn project(e: &mut Experiment, at: usize, units: usize) {
    let input = e.data_info().and_then(|info| shape::infer(e, &info).layers.get(at).map(|l| l.input.clone()));
    let Some(LayerKind::Residual(r)) = e.model.layers.get_mut(at).map(|l| &mut l.kind) else { return };
    let is_picture = input.is_some_and(|s| s.len() == 3);
    r.layers.push(if is_picture {
        LayerKind::Conv2d(Conv::new(units, 1)).into()
    } else {
        preset::dense(Some(units), Activation::Linear)
    });
}

fn remove(e: &mut Experiment, at: usize) {
    e.model.remove(at);
}

/// Adds a layer that fits where it is put, as far as that can be known.
fn add(e: &mut Experiment, at: usize, type_name: &str) {
    let at = at.min(e.model.layers.len());
    let Some(kind) = LayerKind::starter(type_name) else { return };
    let infos = e.data_info().map(|info| (info.input.clone(), shape::infer(e, &info).layers));
    let (input, infos) = infos.unwrap_or_default();
    let before = |i: usize| if i == 0 { Some(&input) } else { infos.get(i - 1).map(|l: &LayerInfo| &l.output) };
    let comes_in = before(at).cloned().unwrap_or_default();
    let wanted = e.data_info().and_then(|info| e.task.loss().output_shape(&info.target));
    let every_step = wanted.is_some_and(|w| w.len() > 1);
    let mut layer = Layer::from(kind);
    layer.kind.fit(&comes_in);
    match &mut layer.kind {
        // The last dense layer's size is the task's business.
        LayerKind::Dense(d) if e.model.parts.is_empty() && at == e.model.layers.len() => *d = Dense::default(),
        LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => {
            // Another recurrent layer after it, or a target at every step, needs every state.
            let next = e.model.layers.get(at).is_some_and(|l| l.kind.recurrent().is_some());
            r.return_sequences = next || every_step;
        }
        LayerKind::Residual(r) => {
            // The branch must give back the shape it got.
            if let Some(LayerKind::Dense(d)) = r.layers.last_mut().map(|l| &mut l.kind) {
                d.units = comes_in.last().copied().or(d.units);
            }
        }
        LayerKind::Add(_) | LayerKind::Concat(_) => {
            let sum = matches!(layer.kind, LayerKind::Add(_));
            let fits = |shape: &Vec<usize>| {
                let head = |s: &[usize]| s.split_last().map(|(_, h)| h.to_vec());
                if sum { *shape == comes_in } else { head(shape) == head(&comes_in) }
            };
            // The nearest earlier output that can be joined with what comes in; 0 is the data.
            let other = (0..at).rev().find(|i| before(*i).is_some_and(&fits));
            if let Some(other) = other {
                layer.from = Some(vec![name_of(e, other), name_of(e, at)]);
            }
        }
        _ => {}
    }
    e.model.insert(at, layer);
}

/// The name of what comes out before layer `i`: the data for 0, else the layer before, which is given a name if it has none.
fn name_of(e: &mut Experiment, i: usize) -> String {
    let Some(before) = i.checked_sub(1).filter(|b| *b < e.model.layers.len()) else { return "input".into() };
    if let Some(name) = &e.model.layers[before].name {
        return name.clone();
    }
    let taken = |n: &str| e.model.layers.iter().any(|l| l.name.as_deref() == Some(n));
    let name = (1..).map(|n| format!("skip{n}")).find(|n| !taken(n)).unwrap_or_default();
    e.model.layers[before].name = Some(name.clone());
    name
}

/// Only the last dense layer may leave its size to the task; one that is no longer last gets a size of its own.
fn settle_units(e: &mut Experiment) {
    let wanted = e.data_info().and_then(|i| e.task.loss().output_shape(&i.target)).and_then(|s| s.last().copied());
    let last: Vec<bool> = (0..e.model.layers.len()).map(|i| e.model.is_last(i)).collect();
    for (layer, _) in e.model.layers.iter_mut().zip(last).filter(|(_, last)| !last) {
        if let LayerKind::Dense(d) = &mut layer.kind {
            d.units = d.units.or(wanted).or(Some(UNITS));
        }
    }
}
