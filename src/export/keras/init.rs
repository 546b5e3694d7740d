//! How weights start where that is not Keras's own way.

use super::net::Net;
use crate::export::Script;
use crate::export::python::number;
use crate::spec::shape::LayerInfo;
use crate::spec::{Init, Layer, LayerKind};

/// Draws the first weights as the page does.
pub(super) fn write(layers: &[Layer], infos: &[LayerInfo], net: &Net, s: &mut Script) {
    let (mut own, mut forget, mut torch) = (Vec::new(), Vec::new(), false);
    walk(layers, infos, net, &mut |l, params| {
        let (init, bias) = match &l.kind {
            LayerKind::Dense(d) => (d.init, 0.0),
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => (r.init, r.forget_bias),
            LayerKind::SqueezeExcite(_) => (Init::Torch, 0.0),
            kind => match kind.conv() {
                Some(c) => (c.init, 0.0),
                None => return,
            },
        };
        torch |= init == Init::Torch && l.kind.recurrent().is_none();
        for (path, shape) in params {
            if init != Init::Torch {
                own.push(format!("    \"{path}\": initializers.{},", draw(init, shape)));
            }
            if bias != 0.0 && path.ends_with("/bias") {
                let n = shape[0] / 4;
                forget.push(format!("v[\"{path}\"].assign(v[\"{path}\"] + np.repeat([0, {bias:?}, 0, 0], {n}))"));
            }
        }
    });
    if torch {
        s.say("for layer in model.layers:  # first weights as PyTorch draws them: all within ±1/√inputs");
        s.say("    if isinstance(layer, (layers.Dense, layers.Conv1D, layers.Conv2D, layers.Conv2DTranspose)):");
        s.say("        bound = float(np.prod(layer.kernel.shape[:-1])) ** -0.5");
        s.say("        for v in layer.weights:\n            v.assign(keras.random.uniform(v.shape, -bound, bound))");
    }
    if !own.is_empty() || !forget.is_empty() {
        s.say("v = {v.path: v for v in model.weights}");
    }
    if !own.is_empty() {
        s.say("first = {");
        own.iter().for_each(|line| s.say(line));
        s.say("}\nfor path, draw in first.items():\n    v[path].assign(draw(v[path].shape))");
    }
    forget.iter().for_each(|line| s.say(format!("{line}  # forget gate")));
}

type Params<'a> = Vec<(&'a str, &'a [usize])>;

/// Every layer with its parameters: their paths and our shapes.
fn walk<'a>(layers: &[Layer], infos: &'a [LayerInfo], net: &'a Net, each: &mut impl FnMut(&Layer, Params<'a>)) {
    for (l, info) in layers.iter().zip(infos) {
        let named = info.params.iter().filter_map(|p| {
            let ours = format!("{}.{}", info.name, p.name);
            net.names.iter().find(|n| n.ours == ours).map(|n| (n.theirs.as_str(), &p.shape[..]))
        });
        each(l, named.collect());
        walk(l.kind.children(), &info.children, net, each);
    }
}

/// The initialiser, its spread worked out: Keras cuts normals off where it is asked by its usual names.
fn draw(init: Init, shape: &[usize]) -> String {
    if shape.len() < 2 {
        return "Zeros()".into();
    }
    let taps = shape[2..].iter().product::<usize>() as f64;
    let (ins, outs) = (shape[1] as f64 * taps, shape[0] as f64 * taps);
    let normal = |std: f64| format!("RandomNormal(stddev={})", number(std));
    let uniform = |limit: f64| format!("RandomUniform(-{0}, {0})", number(limit));
    match init {
        Init::Torch | Init::Zeros => "Zeros()".into(),
        Init::Constant { value } => format!("Constant({})", number(value)),
        Init::Uniform { limit } => uniform(limit),
        Init::Normal { std } => normal(std),
        Init::XavierUniform { gain } => uniform(gain * (6.0 / (ins + outs)).sqrt()),
        Init::XavierNormal { gain } => normal(gain * (2.0 / (ins + outs)).sqrt()),
        Init::HeUniform { gain } => uniform(gain * (6.0 / ins).sqrt()),
        Init::HeNormal { gain } => normal(gain * (2.0 / ins).sqrt()),
        Init::LecunUniform { gain } => uniform(gain * (3.0 / ins).sqrt()),
        Init::LecunNormal { gain } => normal(gain * (1.0 / ins).sqrt()),
        Init::Orthogonal { gain } => format!("Orthogonal({})", number(gain)),
    }
}
