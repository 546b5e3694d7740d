//! A script for Keras 3 that runs as it is, on any of its backends: rows, network, first weights, loss, optimizer, `fit`.
//!
//! Keras has channels last, as the page has. Weights travel under the paths of the script's variables, in Keras's order of
//! axes.

mod helpers;
mod init;
mod layer;
mod net;
mod optim;
mod schedule;
mod train;
mod window;

use super::named::{self, Name};
use super::{Format, Names, Script, known};
use crate::spec::{DataInfo, Experiment, Field, Layer, LayerKind, Problem, Schedule, Target, Weights};

/// The script.
///
/// # Errors
/// The experiment's problems; [`Code::NotExported`](crate::spec::Code::NotExported) for what Keras has no words for.
pub fn script(exp: &Experiment) -> Result<Script, Vec<Problem>> {
    let (data, model) = known(exp, Format::Keras)?;
    let lacks = lacking(exp);
    if !lacks.is_empty() {
        return Err(lacks);
    }
    let names = Names::of(exp);
    let mut net = net::write(exp, &data, &model.layers);
    let mut body = Script::default();
    rows(&data, &names, &mut body);
    body.say("\n\n# ---- network\n");
    if net.names.iter().any(|n| n.theirs.ends_with("moving_variance")) {
        body.say("# Running variances divide by n here, by n - 1 on the page: test figures differ a little.");
    }
    body.lines.append(&mut net.code.lines);
    init::write(&exp.model.layers, &model.layers, &net, &mut body);
    body.say(format!("weights = Path(\"{}\")", names.keras_weights()));
    body.say("if weights.exists():  # begin where the page was\n    arrays = load_file(weights)");
    body.say("    for v in model.weights:\n        v.assign(arrays[v.path])");
    if !net.frozen.is_empty() {
        let list = net.frozen.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
        body.say(
            "for v in model.weights:\n    # Frozen. Running statistics go on moving, which layer.trainable would stop.",
        );
        body.say(format!("    if v.path.split(\"/\")[0] in [{list}]:\n        v.trainable = False"));
    }
    train::write(exp, &data, &names, &mut body);
    let mut script = head(exp, &names, &body.text());
    script.lines.append(&mut body.lines);
    Ok(script)
}

/// Names of every parameter and running statistic.
///
/// # Errors
/// The experiment's problems.
pub fn names(exp: &Experiment) -> Result<Vec<Name>, Vec<Problem>> {
    let (data, model) = known(exp, Format::Keras)?;
    Ok(net::write(exp, &data, &model.layers).names)
}

/// The weights as the script has them.
///
/// # Errors
/// As [`names`].
pub fn weights(exp: &Experiment, ours: &Weights) -> Result<Weights, Vec<Problem>> {
    Ok(named::theirs(&names(exp)?, ours))
}

/// The way back.
///
/// # Errors
/// As [`names`].
pub fn from_weights(exp: &Experiment, theirs: Weights) -> Result<Weights, Vec<Problem>> {
    Ok(named::ours(&names(exp)?, theirs))
}

/// What is left out because Keras has it not.
fn lacking(exp: &Experiment) -> Vec<Problem> {
    fn of(layers: &[Layer], path: &str, out: &mut Vec<Problem>) {
        for (i, l) in layers.iter().enumerate() {
            let path = format!("{path}[{i}]");
            let lacks = |field: &str| Format::Keras.lacks(&format!("{path}.{field}"), field);
            if l.kind.recurrent().is_some_and(|r| r.tbptt.is_some()) {
                out.push(lacks("tbptt"));
            }
            if let Some(c) = l.kind.conv() {
                if !c.stride.is_one() && !c.dilation.is_one() {
                    out.push(lacks("dilation"));
                }
                if matches!(l.kind, LayerKind::ConvTranspose2d(_)) && c.groups > 1 {
                    out.push(lacks("groups"));
                }
            }
            of(l.kind.children(), &format!("{path}.layers"), out);
        }
    }
    let mut out = Vec::new();
    if exp.task.kind.makes_its_target() {
        out.push(Format::Keras.lacks("task.type", exp.task.kind.name()));
    }
    of(&exp.model.layers, "model.layers", &mut out);
    let o = &exp.optimizer;
    let ends = |s: &Schedule| matches!(s, Schedule::Plateau { .. });
    if o.schedule.as_ref().is_some_and(super::mixed) {
        out.push(Format::Keras.lacks("optimizer.schedule", "plateau"));
    }
    // Keras cuts in one way at a time, and its plateau needs a rate that nobody else moves.
    if o.clip_value.is_some() && o.clip_norm.is_some() {
        out.push(Format::Keras.lacks("optimizer.clip_norm", "clip_value + clip_norm"));
    }
    if o.get(Field::LrDecay) != 0.0 && o.schedule.as_ref().is_some_and(ends) {
        out.push(Format::Keras.lacks("optimizer.lr_decay", "lr_decay + plateau"));
    }
    out
}

/// What it is, what it needs, and its imports.
fn head(exp: &Experiment, names: &Names, body: &str) -> Script {
    let mut s = Script::default();
    super::intro(exp, Format::Keras, [&names.rows(), &names.keras_weights()], &mut s);
    s.say("import os\nfrom pathlib import Path\n");
    s.say("os.environ.setdefault(\"KERAS_BACKEND\", \"jax\")  # or torch, or tensorflow\n");
    s.say("import keras\nimport numpy as np");
    s.say(if body.contains("initializers.") {
        "from keras import initializers, layers, ops"
    } else {
        "from keras import layers, ops"
    });
    s.say("from safetensors.numpy import load_file, save_file\n");
    s.say(format!("keras.utils.set_random_seed({})", exp.seed));
    s
}

/// Loads the rows.
fn rows(data: &DataInfo, names: &Names, s: &mut Script) {
    s.say("\n# ---- rows\n");
    s.say(format!("rows = load_file(\"{}\")", names.rows()));
    let whole = |on: bool| if on { ".astype(\"int32\")" } else { "" };
    let (x, y) = (whole(data.tokens.is_some()), whole(!matches!(data.target, Target::Values { .. })));
    s.say(format!("x_train, y_train = rows[\"x_train\"]{x}, rows[\"y_train\"]{y}"));
    s.say(format!("x_test, y_test = rows[\"x_test\"]{x}, rows[\"y_test\"]{y}"));
}
