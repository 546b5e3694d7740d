//! Loss, optimizer and training in Keras.

use super::optim;
use crate::export::python::{number, short, truth};
use crate::export::{EPOCHS, Names, Script};
use crate::spec::{ClassWeights, DataInfo, Experiment, Loss, Schedule, Target};

const PLATEAU: &str = include_str!("helpers/plateau.py");

/// Writes everything after the network.
pub(super) fn write(exp: &Experiment, data: &DataInfo, names: &Names, s: &mut Script) {
    s.say("\n\n# ---- training\n");
    loss(exp, data, s);
    let metric = metric(exp, data, s);
    optim::write(exp, s);
    let penalised = exp.training.l1 != 0.0 || exp.training.l2 != 0.0;
    if penalised {
        let (l1, l2) = (short(exp.training.l1), short(exp.training.l2));
        s.say(format!("penalty = keras.regularizers.L1L2({l1}, {l2})  # a part of loss, not of loss_of"));
        s.say("for v in model.trainable_variables:  # biases and norms go free");
        s.say("    if len(v.shape) > 1 or v.path.endswith(\"score\"):\n        v.regularizer = penalty");
    }
    let mut callbacks = String::new();
    if let Some(Schedule::Plateau { factor, patience, threshold, cooldown, lr_min }) = &exp.optimizer.schedule {
        s.say(format!("\n\n{PLATEAU}\n"));
        let (factor, threshold, lowest) = (number(*factor), number(*threshold), number(*lr_min));
        s.say(format!("plateau = Plateau({factor}, {patience}, {threshold}, {cooldown}, {lowest})"));
        callbacks = ", callbacks=[plateau]".into();
    }
    let metrics: Vec<String> = penalised.then(|| "loss_of".to_string()).into_iter().chain(metric).collect();
    s.say(format!("model.compile(optimizer, loss=loss_of, metrics=[{}])\n\nEPOCHS = {EPOCHS}", metrics.join(", ")));
    s.say("model.fit(");
    let (batch, shuffle) = (exp.training.batch, truth(exp.training.shuffle));
    s.say(format!("    x_train, y_train, batch_size={batch}, epochs=EPOCHS, shuffle={shuffle},"));
    s.say(format!("    validation_data=(x_test, y_test){callbacks}\n)"));
    s.say("\n# Weights for the page: drop the file there to go on with them.");
    s.say("arrays = {v.path: np.array(ops.convert_to_numpy(v)) for v in model.weights}");
    s.say(format!("save_file(arrays, \"{}\")", names.keras_trained()));
}

/// `loss_of(y, outputs)`.
fn loss(exp: &Experiment, data: &DataInfo, s: &mut Script) {
    let steps = matches!(data.target, Target::Steps { .. });
    let entropy = matches!(exp.task.loss(), Loss::CrossEntropy { .. });
    let weights = entropy.then_some(exp.training.class_weights.as_ref()).flatten();
    match weights {
        Some(ClassWeights::Given(weights)) => {
            let list = weights.iter().map(|w| short(*w)).collect::<Vec<_>>().join(", ");
            s.say(format!("class_weights = np.array([{list}], \"float32\")\n\n"));
        }
        Some(ClassWeights::Balanced) => {
            s.say("labels = y_train[y_train >= 0]");
            s.say(format!("counts = np.maximum(np.bincount(labels, minlength={}), 1)", data.target.classes()));
            s.say("class_weights = (len(labels) / (len(counts) * counts)).astype(\"float32\")\n\n");
        }
        None => {}
    }
    s.say("def loss_of(y, outputs):");
    let line = match exp.task.loss() {
        Loss::CrossEntropy { label_smoothing } => {
            return cross_entropy(weights.is_some(), steps, label_smoothing, s);
        }
        Loss::Bce => {
            s.say("    y = ops.reshape(ops.cast(y, outputs.dtype), ops.shape(outputs))");
            "keras.losses.binary_crossentropy(y, outputs, from_logits=True)".into()
        }
        Loss::Mse => "ops.square(outputs - y)".into(),
        Loss::HalfMse => "ops.square(outputs - y) / 2".into(),
        Loss::Mae => "ops.abs(outputs - y)".into(),
        Loss::Huber { delta } => format!("keras.losses.huber(y, outputs, delta={})", short(delta)),
        Loss::Hinge { margin } => {
            s.say("    right = ops.one_hot(ops.cast(y, \"int32\"), outputs.shape[-1])");
            s.say("    score = ops.sum(right * outputs, -1, keepdims=True)");
            format!("(1 - right) * ops.relu({} - score + outputs)", short(margin))
        }
    };
    s.say(format!("    return ops.mean({line})\n\n"));
}

fn cross_entropy(weighted: bool, steps: bool, smoothing: f32, s: &mut Script) {
    s.say("    y = ops.cast(y, \"int32\")");
    if steps {
        s.say("    asked = ops.cast(y >= 0, \"float32\")  # -1 asks for nothing\n    y = ops.maximum(y, 0)");
    }
    s.say("    losses = keras.losses.sparse_categorical_crossentropy(y, outputs, from_logits=True)");
    if weighted {
        let asked = if steps { " * asked" } else { "" };
        s.say(format!("    weights = ops.take(class_weights, y){asked}\n    losses = losses * weights"));
    } else if steps {
        s.say("    losses = losses * asked");
    }
    if smoothing != 0.0 {
        let (class, asked) = (if weighted { "class_weights * " } else { "" }, if steps { " * asked" } else { "" });
        s.say(format!("    even = -ops.mean({class}ops.log_softmax(outputs), -1){asked}"));
        s.say(format!("    losses = (1 - {0}) * losses + {0} * even", short(smoothing)));
    }
    s.say(match (weighted, steps) {
        (true, _) => "    return ops.sum(losses) / ops.sum(weights)\n\n",
        (false, true) => "    return ops.sum(losses) / ops.maximum(ops.sum(asked), 1)\n\n",
        (false, false) => "    return ops.mean(losses)\n\n",
    });
}

/// What is measured beside the loss.
fn metric(exp: &Experiment, data: &DataInfo, s: &mut Script) -> Option<String> {
    match data.target {
        Target::Values { .. } => None,
        Target::Classes { .. } if exp.task.loss() == Loss::Bce => {
            Some("keras.metrics.BinaryAccuracy(\"accuracy\", threshold=0.0)".into())
        }
        Target::Classes { .. } => Some("keras.metrics.SparseCategoricalAccuracy(\"accuracy\")".into()),
        Target::Steps { .. } => {
            s.say("def accuracy(y, outputs):\n    \"\"\"At the places that ask for something.\"\"\"");
            s.say("    y = ops.cast(y, \"int32\")\n    right = ops.cast(ops.argmax(outputs, -1) == y, \"float32\")");
            s.say("    return ops.sum(right) / ops.maximum(ops.sum(ops.cast(y >= 0, \"float32\")), 1)\n\n");
            Some("accuracy".into())
        }
    }
}
