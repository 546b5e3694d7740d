//! The optimizer in Keras: its own where it computes the same, else what is other, written out.

use super::schedule;
use crate::export::Script;
use crate::export::python::number;
use crate::spec::{Experiment, Field, OptimizerKind, Schedule};

const SGD: &str = include_str!("helpers/sgd.py");
const RMSPROP: &str = include_str!("helpers/rmsprop.py");
const NADAM: &str = include_str!("helpers/nadam.py");
const ADAM: &str = include_str!("helpers/adam.py");
const ADAGRAD: &str = include_str!("helpers/adagrad.py");

/// Writes `optimizer`, after its class where Keras has none that does the same.
pub(super) fn write(exp: &Experiment, s: &mut Script) {
    let o = &exp.optimizer;
    let rate = schedule::write(exp, s);
    let n = |field| number(o.get(field));
    let moves = !matches!(o.schedule, None | Some(Schedule::Constant {}));
    let momentum = o.get(Field::Momentum) > 0.0;
    let betas = format!("beta_1={}, beta_2={}", n(Field::Beta1), n(Field::Beta2));
    let (mut text, mut arguments) = (String::new(), String::new());
    let class = match o.kind {
        OptimizerKind::Sgd | OptimizerKind::Momentum | OptimizerKind::Nesterov => {
            if momentum {
                let ahead = o.kind == OptimizerKind::Nesterov || o.get(Field::Nesterov) != 0.0;
                arguments = format!("momentum={}{}", n(Field::Momentum), if ahead { ", nesterov=True" } else { "" });
                text = if moves { SGD.into() } else { String::new() };
            }
            "SGD"
        }
        OptimizerKind::Adagrad => {
            text = ADAGRAD.into();
            let first = n(Field::InitialAccumulator);
            arguments = format!("initial_accumulator_value={first}, epsilon={}", n(Field::Eps));
            "Adagrad"
        }
        OptimizerKind::Rmsprop => {
            text = RMSPROP.into();
            let more = if momentum { format!(", momentum={}", n(Field::Momentum)) } else { String::new() };
            let centered = if o.get(Field::Centered) != 0.0 { ", centered=True" } else { "" };
            arguments = format!("rho={}{more}, epsilon={}{centered}", n(Field::Alpha), n(Field::Eps));
            "RMSprop"
        }
        OptimizerKind::Adadelta => {
            arguments = format!("rho={}, epsilon={}", n(Field::Rho), n(Field::Eps));
            "Adadelta"
        }
        OptimizerKind::Adam | OptimizerKind::Adamw => {
            let class = if o.kind == OptimizerKind::Adam { "Adam" } else { "AdamW" };
            arguments = format!("{betas}, epsilon={}", n(Field::Eps));
            text = ADAM.replace("{class}", class);
            class
        }
        OptimizerKind::Nadam => {
            text = NADAM.into();
            arguments = format!("{betas}, momentum_decay={}, epsilon={}", n(Field::MomentumDecay), n(Field::Eps));
            "NAdam"
        }
        OptimizerKind::Lion => {
            arguments = betas;
            "Lion"
        }
    };
    let mut base = if text.is_empty() { format!("keras.optimizers.{class}") } else { class.to_string() };
    let decay = o.get(Field::WeightDecay);
    if matches!(o.kind, OptimizerKind::Adamw | OptimizerKind::Lion) {
        arguments.push_str(&format!(", weight_decay={}", number(decay)));
    } else if decay != 0.0 {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&format!(
            "class Decayed({base}):\n    \"\"\"Weight decay through the gradient, as PyTorch has it; Keras's own leaves it \
             alone.\"\"\"\n\n    def update_step(self, gradient, variable, learning_rate):\n        \
             super().update_step({} * variable + gradient, variable, learning_rate)\n",
            number(decay)
        ));
        base = "Decayed".into();
    }
    if !text.is_empty() {
        s.say(format!("{text}\n"));
    }
    let cut = |name: &str, limit: Option<f64>| limit.map(|x| format!("{name}={}", number(x)));
    let clip = [cut("clipvalue", o.clip_value), cut("global_clipnorm", o.clip_norm)];
    let all = [rate, arguments].into_iter().filter(|a| !a.is_empty()).chain(clip.into_iter().flatten());
    s.say(format!("optimizer = {base}({})", all.collect::<Vec<_>>().join(", ")));
}
