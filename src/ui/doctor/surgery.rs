//! What remedies do to the layers of a network: other first weights, shortcuts, norms, dropout, more of it.
//!
//! Pure; a network that cannot be changed in that way comes back as it was. Not responsible for when (`rules`).

use crate::spec::model::{ActivationLayer, Dense, Dropout, Empty, Residual};
use crate::spec::{Activation, Init, InitKind, Layer, LayerKind, preset};

/// Whether an activation bends: everything but the identity.
pub fn bends(a: Activation) -> bool {
    a != Activation::Linear
}

/// The activation that the answer comes out of; `None` where it is none, or no layer with one ends the network.
pub fn ending(layers: &[Layer]) -> Option<Activation> {
    let last = match &layers.last()?.kind {
        LayerKind::Dense(d) => d.activation,
        LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => c.activation,
        LayerKind::Activation(a) => a.kind,
        _ => Activation::Linear,
    };
    (last != Activation::Linear).then_some(last)
}

/// Takes it away.
pub fn end_straight(layers: &mut [Layer]) {
    match layers.last_mut().map(|l| &mut l.kind) {
        Some(LayerKind::Dense(d)) => d.activation = Activation::Linear,
        Some(LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c)) => {
            c.activation = Activation::Linear;
        }
        Some(LayerKind::Activation(a)) => a.kind = Activation::Linear,
        _ => {}
    }
}

/// Whether an answer may come of later steps of the sequence than its own. Where a network reads parts of a row apart, or puts
/// several together, nobody can tell so easily: then it may not.
pub fn sees_later_steps(layers: &[Layer], causal: bool) -> bool {
    let apart = layers.iter().any(|l| matches!(l.kind, LayerKind::Slice(_)) || l.from.is_some());
    !apart
        && layers.iter().any(|l| match &l.kind {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.bidirectional,
            LayerKind::Attention(a) => !a.causal.unwrap_or(causal),
            LayerKind::TransformerBlock(t) => !t.causal.unwrap_or(causal),
            other => sees_later_steps(other.children(), causal),
        })
}

/// Recurrent layers read forwards only, attention looks back only.
pub fn look_back_only(layers: &mut [Layer]) {
    for layer in layers {
        match &mut layer.kind {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.bidirectional = false,
            LayerKind::Attention(a) => a.causal = Some(true),
            LayerKind::TransformerBlock(t) => t.causal = Some(true),
            LayerKind::Residual(r) => look_back_only(&mut r.layers),
            _ => {}
        }
    }
}

/// Whether the answer is a straight line (a plane) in the inputs, whatever the weights.
pub fn is_straight(layers: &[Layer]) -> bool {
    layers.iter().all(|l| match &l.kind {
        LayerKind::Dense(d) => !bends(d.activation),
        LayerKind::Flatten(_) | LayerKind::Reshape(_) | LayerKind::Dropout(_) | LayerKind::BatchNorm(_) => true,
        LayerKind::Residual(r) => is_straight(&r.layers),
        _ => false,
    })
}

/// Whether layers follow one another, and none is called by a name.
fn is_chain(layers: &[Layer]) -> bool {
    layers.iter().all(|l| l.name.is_none() && l.from.is_none() && is_chain(l.kind.children()))
}

/// The settings of a hidden dense layer that bends.
fn hidden(layer: &Layer) -> Option<&Dense> {
    match &layer.kind {
        LayerKind::Dense(d) if bends(d.activation) && d.units.is_some() => Some(d),
        _ => None,
    }
}

/// Units of a hidden dense layer that bends.
pub fn hidden_units(layer: &Layer) -> Option<usize> {
    hidden(layer).and_then(|d| d.units)
}

/// Sets first weights, and activations that bend, in these layers and those inside.
pub fn reset(layers: &mut [Layer], init: Init, activation: Option<Activation>) {
    let swap = |a: &mut Activation| {
        if let Some(new) = activation.filter(|_| bends(*a)) {
            *a = new;
        }
    };
    for layer in layers {
        match &mut layer.kind {
            LayerKind::Dense(d) => {
                d.init = init;
                swap(&mut d.activation);
            }
            LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => {
                c.init = init;
                swap(&mut c.activation);
            }
            LayerKind::Activation(a) => swap(&mut a.kind),
            LayerKind::Residual(r) => reset(&mut r.layers, init, activation),
            // Recurrent cells have initialisers of their own scale: the default fits them.
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.init = Init::default(),
            _ => {}
        }
    }
}

/// Cells start in the usual way: gates do not mend weights that are far too large.
pub fn usual_cells(layers: &mut [Layer]) {
    for layer in layers {
        match &mut layer.kind {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.init = Init::default(),
            LayerKind::Residual(r) => usual_cells(&mut r.layers),
            _ => {}
        }
    }
}

/// The initialiser of the first layer whose weights do not start in the usual way, if there is one.
pub fn first_weights(layers: &[Layer]) -> Option<InitKind> {
    layers.iter().find_map(|layer| {
        let init = match &layer.kind {
            LayerKind::Dense(d) => Some(d.init),
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => Some(r.init),
            other => other.conv().map(|c| c.init),
        };
        let own = init.filter(|i| !i.is_default()).map(Init::kind);
        own.or_else(|| first_weights(layer.kind.children()))
    })
}

/// Share that dropout may set to zero in a layer of that width: of a few units each is needed, of hundreds half can be
/// missed (Srivastava 2014). `None`: the layer is too narrow.
pub fn dropout_for(units: usize) -> Option<f32> {
    match units {
        0..=31 => None,
        32..=63 => Some(0.2),
        64..=127 => Some(0.4),
        _ => Some(0.5),
    }
}

/// The layers with dropout, as much as each can bear, behind hidden dense and recurrent layers that have none yet; and the
/// largest share.
pub fn with_dropout(layers: &[Layer]) -> (Vec<Layer>, f32) {
    let mut out = Vec::with_capacity(2 * layers.len());
    let mut most = 0.0f32;
    for (i, layer) in layers.iter().enumerate() {
        out.push(layer.clone());
        let units = hidden(layer).and_then(|d| d.units).or_else(|| layer.kind.recurrent().map(|r| r.units));
        let next = layers.get(i + 1);
        let has = next.is_none_or(|l| matches!(l.kind, LayerKind::Dropout(_)) || l.from.is_some());
        if let Some(rate) = units.and_then(dropout_for).filter(|_| !has && layer.name.is_none()) {
            most = most.max(rate);
            out.push(LayerKind::Dropout(Dropout { rate }).into());
        }
    }
    (out, most)
}

/// Without any dropout.
pub fn without_dropout(layers: &[Layer]) -> Vec<Layer> {
    let is_dropout = |l: &Layer| matches!(l.kind, LayerKind::Dropout(_) | LayerKind::Dropout2d(_));
    if !is_chain(layers) { layers.to_vec() } else { layers.iter().filter(|l| !is_dropout(l)).cloned().collect() }
}

/// Hidden dense layers of one width in pairs with a shortcut round each, normalised before (He et al. 2016, pre-norm).
pub fn with_shortcuts(layers: &[Layer]) -> Vec<Layer> {
    if !is_chain(layers) {
        return layers.to_vec();
    }
    let mut out: Vec<Layer> = Vec::new();
    let mut i = 0;
    while i < layers.len() {
        let run = run_of_one_width(&layers[i..]);
        if run < 3 {
            out.extend_from_slice(&layers[i..i + run.max(1)]);
            i += run.max(1);
            continue;
        }
        // The first brings the signal to the width.
        out.push(usual(&layers[i]));
        let pairs = layers[i + 1..i + run].chunks(2).map(|pair| {
            let mut inside = vec![LayerKind::LayerNorm(Empty {}).into()];
            inside.extend(pair.iter().map(usual));
            // What comes back to the shortcut may have either sign.
            if let Some(LayerKind::Dense(last)) = inside.last_mut().map(|l| &mut l.kind)
                && pair.len() > 1
            {
                last.activation = Activation::Linear;
            }
            Layer::from(LayerKind::Residual(Residual { layers: inside }))
        });
        out.extend(pairs);
        i += run;
    }
    out
}

/// How many hidden dense layers of one width follow one another from the first on.
fn run_of_one_width(layers: &[Layer]) -> usize {
    let width = |l: &Layer| hidden(l).and_then(|d| d.units);
    let Some(first) = layers.first().and_then(width) else { return 0 };
    layers.iter().take_while(|l| width(l) == Some(first)).count()
}

/// With the usual first weights.
fn usual(layer: &Layer) -> Layer {
    let mut layer = layer.clone();
    reset(std::slice::from_mut(&mut layer), Init::default(), None);
    layer
}

/// Batch norm between each hidden dense layer and its activation. (Layer norm was tried as well: from fifteen sigmoid layers
/// on nothing is learned with it.)
pub fn with_norms(layers: &[Layer]) -> Vec<Layer> {
    if !is_chain(layers) {
        return layers.to_vec();
    }
    let mut out = Vec::with_capacity(3 * layers.len());
    for layer in layers {
        let Some(d) = hidden(layer) else {
            out.push(layer.clone());
            continue;
        };
        let plain = Dense { activation: Activation::Linear, init: Init::default(), ..d.clone() };
        out.push(LayerKind::Dense(plain).into());
        out.push(LayerKind::BatchNorm(Empty {}).into());
        out.push(LayerKind::Activation(ActivationLayer { kind: d.activation }).into());
    }
    out
}

/// Layer norm in the place of every batch norm.
pub fn with_layer_norms(layers: &mut [Layer]) {
    for layer in layers {
        match &mut layer.kind {
            LayerKind::BatchNorm(_) => layer.kind = LayerKind::LayerNorm(Empty {}),
            LayerKind::Residual(r) => with_layer_norms(&mut r.layers),
            _ => {}
        }
    }
}

/// Whether there is a batch norm over single numbers: in pictures and sequences each channel has many in one row.
pub fn norms_rows(layers: &[Layer]) -> bool {
    let places =
        |l: &Layer| matches!(l.kind, LayerKind::Conv1d(_) | LayerKind::Conv2d(_) | LayerKind::ConvTranspose2d(_));
    let mut flat = true;
    layers.iter().any(|l| {
        flat = match &l.kind {
            _ if places(l) => false,
            LayerKind::Flatten(_) | LayerKind::GlobalAvgPool1d(_) | LayerKind::GlobalAvgPool2d(_) => true,
            LayerKind::Dense(_) => flat,
            _ => flat,
        };
        flat && (matches!(l.kind, LayerKind::BatchNorm(_)) || norms_rows(l.kind.children()))
    })
}

/// So many hidden layers of that width before the last one.
pub fn with_layers(layers: &[Layer], n: usize, units: usize, activation: Activation) -> Vec<Layer> {
    let mut out = layers.to_vec();
    let at = out.len().saturating_sub(1);
    out.splice(at..at, (0..n).map(|_| preset::dense(Some(units), activation)));
    out
}

/// Hidden dense layers so many times as wide.
pub fn widened(layers: &[Layer], times: usize) -> Vec<Layer> {
    let mut out = layers.to_vec();
    let last = out.len().saturating_sub(1);
    for layer in &mut out[..last] {
        match &mut layer.kind {
            LayerKind::Dense(d) => d.units = d.units.map(|n| (n * times).max(16)),
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.units *= times,
            other => other.conv_mut().into_iter().for_each(|c| c.filters *= times),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::spec::text::{parse, write};

    fn after(text: &str, change: impl Fn(&[Layer]) -> Vec<Layer>) -> String {
        let mut model = parse(text).unwrap();
        model.layers = change(&model.layers);
        write(&model)
    }

    #[test]
    fn layers_of_one_width_get_shortcuts_in_pairs() {
        let deep = "dense 8 tanh | dense 16 relu | dense 16 relu | dense 16 relu | dense 16 relu | dense";
        let block = "residual(layer_norm | dense 16 relu | dense 16)";
        let odd = "residual(layer_norm | dense 16 relu)";
        assert_eq!(after(deep, with_shortcuts), format!("dense 8 tanh | dense 16 relu | {block} | {odd} | dense"));
        for shallow in ["dense 8 tanh | dense 8 tanh | dense", "dense 8 relu | dense 9 relu | dense 8 relu | dense"] {
            assert_eq!(after(shallow, with_shortcuts), shallow);
        }
    }

    #[test]
    fn dropout_is_sized_to_the_width() {
        let drops = |text: &str| after(text, |l| with_dropout(l).0);
        assert_eq!(drops("dense 8 tanh | dense 8 tanh | dense"), "dense 8 tanh | dense 8 tanh | dense");
        assert_eq!(drops("dense 64 relu | dense"), "dense 64 relu | dropout 0.4 | dense");
        assert_eq!(drops("dense 512 relu | dropout 0.1 | dense"), "dense 512 relu | dropout 0.1 | dense");
        assert_eq!(after("dense 512 relu | dropout 0.1 | dense", without_dropout), "dense 512 relu | dense");
    }

    #[test]
    fn a_straight_line_is_one_however_many_layers_it_has() {
        let straight = |text: &str| is_straight(&parse(text).unwrap().layers);
        assert!(straight("dense") && straight("flatten | dense 8 | dropout 0.1 | dense 4 | dense"));
        assert!(!straight("dense 8 tanh | dense") && !straight("dense 8 | activation relu | dense"));
        assert!(!straight("lstm 4 | dense"));
    }

    #[test]
    fn rows_are_normed_where_a_channel_has_one_number_in_each() {
        let rows = |text: &str| norms_rows(&parse(text).unwrap().layers);
        assert!(rows("dense 8 | batch_norm | dense") && rows("conv 4 3 | flatten | dense 8 | batch_norm | dense"));
        assert!(!rows("conv 4 3 | batch_norm | flatten | dense") && !rows("dense 8 | layer_norm | dense"));
    }
}
