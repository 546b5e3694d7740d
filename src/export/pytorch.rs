//! A script for PyTorch that runs as it is: rows, network, first weights, loss, optimizer, loop.
//!
//! Pictures have their channels first, as PyTorch has them; where the page would flatten a picture they go to the end
//! first, so that every weight keeps its place. Weights travel under the names of the script's `state_dict`.

mod act;
mod helpers;
mod init;
mod layer;
mod net;
mod optim;
mod piece;
mod schedule;
mod train;
mod window;

pub use super::named::Name;
use super::{EPOCHS, Format, Names, Script, known, named};
use crate::spec::{DataInfo, Experiment, Problem, Target, Weights};

/// The script.
///
/// # Errors
/// The experiment's problems; [`Code::NotExported`](crate::spec::Code::NotExported) for what PyTorch has no words for.
pub fn script(exp: &Experiment) -> Result<Script, Vec<Problem>> {
    let (data, model) = known(exp, Format::Pytorch)?;
    let mut lacks = lacking(exp);
    if exp.task.kind.makes_its_target() {
        lacks.push(Format::Pytorch.lacks("task.type", exp.task.kind.name()));
    }
    if !lacks.is_empty() {
        return Err(lacks);
    }
    let net = net::write(exp, &data, &model.layers);
    let names = Names::of(exp);
    let mut body = Script::default();
    rows(exp, &data, net.first, &names, &mut body);
    body.say("\n\n# ---- network\n");
    let (first, frozen) = (init::write(exp, &model.layers, &net), net.frozen.clone());
    body.lines.extend(net.code.lines);
    body.lines.extend(first.lines);
    body.say("model.to(device)");
    let strict = if net.names.iter().any(|n| n.theirs.ends_with("running_mean")) { ", strict=False" } else { "" };
    body.say(format!("weights = Path(\"{}\")", names.weights()));
    body.say(format!(
        "if weights.exists():  # begin where the page was\n    model.load_state_dict(load_file(weights){strict})"
    ));
    for name in frozen {
        body.say(format!("model.get_submodule(\"{name}\").requires_grad_(False)  # frozen"));
    }
    train::write(exp, &data, &names, &mut body);
    let mut script = head(exp, &names, &body.text());
    script.lines.append(&mut body.lines);
    Ok(script)
}

/// Names of every parameter and running statistic.
///
/// # Errors
/// As [`script`].
pub fn names(exp: &Experiment) -> Result<Vec<Name>, Vec<Problem>> {
    let (data, model) = known(exp, Format::Pytorch)?;
    Ok(net::write(exp, &data, &model.layers).names)
}

/// The weights under the script's names. What the experiment does not know keeps its own.
///
/// # Errors
/// As [`script`].
pub fn weights(exp: &Experiment, ours: &Weights) -> Result<Weights, Vec<Problem>> {
    Ok(named::theirs(&names(exp)?, ours))
}

/// The way back: arrays that the script's `state_dict` names get our names.
///
/// # Errors
/// As [`script`].
pub fn from_weights(exp: &Experiment, theirs: Weights) -> Result<Weights, Vec<Problem>> {
    Ok(named::ours(&names(exp)?, theirs))
}

/// What is left out because PyTorch has it not and nobody would write it.
fn lacking(exp: &Experiment) -> Vec<Problem> {
    fn cut(layers: &[crate::spec::Layer], path: &str, out: &mut Vec<Problem>) {
        for (i, l) in layers.iter().enumerate() {
            let path = format!("{path}[{i}]");
            if l.kind.recurrent().is_some_and(|r| r.tbptt.is_some() && r.bidirectional) {
                out.push(Format::Pytorch.lacks(&format!("{path}.tbptt"), "tbptt"));
            }
            cut(l.kind.children(), &format!("{path}.layers"), out);
        }
    }
    let mut out = Vec::new();
    cut(&exp.model.layers, "model.layers", &mut out);
    if exp.optimizer.schedule.as_ref().is_some_and(super::mixed) {
        out.push(Format::Pytorch.lacks("optimizer.schedule", "plateau"));
    }
    out
}

/// What it is, what it needs, and its imports.
fn head(exp: &Experiment, names: &Names, body: &str) -> Script {
    let mut s = Script::default();
    super::intro(exp, Format::Pytorch, [&names.rows(), &names.weights()], &mut s);
    if body.contains("math.") {
        s.say("import math");
    }
    s.say("from pathlib import Path\n\nimport torch");
    if body.contains("F.") {
        s.say("import torch.nn.functional as F");
    }
    s.say("from safetensors.torch import load_file, save_file\nfrom torch import nn");
    s.say("from torch.utils.data import DataLoader, TensorDataset\n");
    s.say(format!("torch.manual_seed({})\ndevice = \"cuda\" if torch.cuda.is_available() else \"cpu\"", exp.seed));
    s
}

/// Loads the rows.
fn rows(exp: &Experiment, data: &DataInfo, first: bool, names: &Names, s: &mut Script) {
    s.say("\n# ---- rows\n");
    s.say(format!("rows = load_file(\"{}\")", names.rows()));
    let x = if data.tokens.is_some() {
        ".long()"
    } else if first {
        ".movedim(-1, 1)"
    } else {
        ""
    };
    let y = if matches!(data.target, Target::Values { .. }) { "" } else { ".long()" };
    if first && x.starts_with(".m") {
        s.say("# (N, height, width, channels) to (N, channels, height, width)");
    }
    s.say(format!("train = TensorDataset(rows[\"x_train\"]{x}, rows[\"y_train\"]{y})"));
    s.say(format!("test = TensorDataset(rows[\"x_test\"]{x}, rows[\"y_test\"]{y})"));
    let shuffle = super::python::truth(exp.training.shuffle);
    s.say(format!("batches = DataLoader(train, batch_size={}, shuffle={shuffle})", exp.training.batch));
}
