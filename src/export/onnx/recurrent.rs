//! Recurrent layers as nodes: ONNX has PyTorch's cells with the gates in another order.

use super::layer::{Missing, Net};
use super::proto::Value;
use crate::spec::LayerKind;
use crate::spec::layers::recurrent::NAMES;
use crate::spec::model::{Recurrent, RnnActivation};
use crate::spec::shape::LayerInfo;

/// Writes the layer over `x (N, T, C)`.
pub(super) fn write(
    n: &mut Net<'_>,
    kind: &LayerKind,
    r: &Recurrent,
    info: &LayerInfo,
    x: &str,
) -> Result<String, Missing> {
    let (op, order): (&str, &[usize]) = match kind {
        // i f g o there i o f g; r z n there z r n.
        LayerKind::Lstm(_) => ("LSTM", &[0, 3, 1, 2]),
        LayerKind::Gru(_) => ("GRU", &[1, 0, 2]),
        _ => ("RNN", &[0]),
    };
    let (h, c, gates) = (r.units, info.features(), order.len());
    let sorted = |data: &[f32], width: usize| -> Vec<f32> {
        let block = h * width;
        order.iter().flat_map(|k| data[k * block..(k + 1) * block].to_vec()).collect()
    };
    let directions = if r.bidirectional { 2 } else { 1 };
    let (mut w, mut u, mut b) = (Vec::new(), Vec::new(), Vec::new());
    for names in NAMES.iter().take(directions) {
        w.extend(sorted(n.data(info, names[0])?, c));
        u.extend(sorted(n.data(info, names[1])?, h));
        b.extend(sorted(n.data(info, names[2])?, 1));
        b.extend(sorted(n.data(info, names[3])?, 1));
    }
    let g = &mut n.graph;
    let w = g.floats(&[directions, gates * h, c], &w);
    let u = g.floats(&[directions, gates * h, h], &u);
    let b = g.floats(&[directions, 2 * gates * h], &b);
    let mut settings = vec![("hidden_size", Value::Int(h as i64))];
    settings.extend(r.bidirectional.then_some(("direction", Value::Text("bidirectional"))));
    match kind {
        LayerKind::Gru(_) => settings.push(("linear_before_reset", Value::Int(1))),
        LayerKind::Rnn(_) if r.activation == Some(RnnActivation::Relu) => {
            settings.push(("activations", Value::Texts(vec!["Relu"; directions])));
        }
        _ => {}
    }
    let x = g.transpose(x, &[1, 0, 2]);
    let outs = g.nodes(op, &[&x, &w, &u, &b], &settings, 2);
    let width = (directions * h) as i64;
    if r.return_sequences {
        // (T, directions, N, H) to (N, T, directions · H)
        let y = g.transpose(&outs[0], &[2, 0, 1, 3]);
        return Ok(g.reshape(&y, &[-1, info.input[0] as i64, width]));
    }
    let y = g.transpose(&outs[1], &[1, 0, 2]);
    Ok(g.reshape(&y, &[-1, width]))
}
