//! How weights start where that is not PyTorch's own way.

use super::net::Net;
use crate::export::Script;
use crate::export::python::number;
use crate::spec::shape::LayerInfo;
use crate::spec::{Experiment, Init, Layer, LayerKind};

/// Lines that draw the first weights of every layer with an initialiser of its own.
pub(super) fn write(exp: &Experiment, infos: &[LayerInfo], net: &Net) -> Script {
    let mut lines = Vec::new();
    walk(&exp.model.layers, infos, net, &mut lines);
    let mut s = Script::default();
    if !lines.is_empty() {
        s.say("with torch.no_grad():");
        lines.iter().for_each(|l| s.say(format!("    {l}")));
    }
    s
}

/// Biases start at zero with every initialiser but `torch`.
fn walk(layers: &[Layer], infos: &[LayerInfo], net: &Net, out: &mut Vec<String>) {
    for (l, info) in layers.iter().zip(infos) {
        let (init, forget) = match &l.kind {
            LayerKind::Dense(d) => (d.init, 0.0),
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => (r.init, r.forget_bias),
            kind => (kind.conv().map_or(Init::Torch, |c| c.init), 0.0),
        };
        for p in &info.params {
            let ours = format!("{}.{}", info.name, p.name);
            let Some(name) = net.names.iter().find(|n| n.ours == ours) else { continue };
            let of = format!("model.get_parameter(\"{}\")", name.theirs);
            if init != Init::Torch {
                out.push(if p.shape.len() > 1 { weight(init, &of) } else { format!("nn.init.zeros_({of})") });
            }
            if forget != 0.0 && p.name.starts_with("bias_ih") {
                let n = p.shape[0] / 4;
                out.push(format!("{of}[{n}:{}] += {}  # forget gate", 2 * n, number(f64::from(forget))));
            }
        }
        walk(l.kind.children(), &info.children, net, out);
    }
}

fn weight(init: Init, of: &str) -> String {
    let scaled = |gain: f64, draw: String| if gain == 1.0 { draw } else { format!("{draw}.mul_({})", number(gain)) };
    let kaiming = |kind: &str, how: &str| format!("nn.init.kaiming_{kind}_({of}, nonlinearity=\"{how}\")");
    match init {
        Init::Torch => String::new(),
        Init::Zeros => format!("nn.init.zeros_({of})"),
        Init::Constant { value } => format!("nn.init.constant_({of}, {})", number(value)),
        Init::Uniform { limit } => format!("nn.init.uniform_({of}, -{0}, {0})", number(limit)),
        Init::Normal { std } => format!("nn.init.normal_({of}, std={})", number(std)),
        Init::XavierUniform { gain } => scaled(gain, format!("nn.init.xavier_uniform_({of})")),
        Init::XavierNormal { gain } => scaled(gain, format!("nn.init.xavier_normal_({of})")),
        Init::HeUniform { gain } => scaled(gain, kaiming("uniform", "relu")),
        Init::HeNormal { gain } => scaled(gain, kaiming("normal", "relu")),
        Init::LecunUniform { gain } => scaled(gain, kaiming("uniform", "linear")),
        Init::LecunNormal { gain } => scaled(gain, kaiming("normal", "linear")),
        Init::Orthogonal { gain } => scaled(gain, format!("nn.init.orthogonal_({of})")),
    }
}
