//! The optimizer in PyTorch: what is not at its default is said.

use crate::export::Script;
use crate::export::python::{number, truth};
use crate::spec::{Experiment, Field, OptimizerKind};

const LION: &str = include_str!("helpers/lion.py");

/// Writes the optimizer, after its class where PyTorch has none.
pub(super) fn write(exp: &Experiment, all_learn: bool, s: &mut Script) {
    let o = &exp.optimizer;
    let class = match o.kind {
        OptimizerKind::Sgd | OptimizerKind::Momentum | OptimizerKind::Nesterov => "torch.optim.SGD",
        OptimizerKind::Adagrad => "torch.optim.Adagrad",
        OptimizerKind::Rmsprop => "torch.optim.RMSprop",
        OptimizerKind::Adadelta => "torch.optim.Adadelta",
        OptimizerKind::Adam => "torch.optim.Adam",
        OptimizerKind::Adamw => "torch.optim.AdamW",
        OptimizerKind::Nadam => "torch.optim.NAdam",
        OptimizerKind::Lion => "Lion",
    };
    if o.kind == OptimizerKind::Lion {
        s.say(LION);
        s.say("");
    }
    let mut arguments = vec![format!("lr={}", number(o.get(Field::Lr)))];
    let sgd = matches!(o.kind, OptimizerKind::Momentum | OptimizerKind::Nesterov);
    for info in o.kind.fields() {
        let (value, field) = (o.get(info.field), info.field);
        // The two kinds with momentum are SGD's there, whose momentum is 0 unless said.
        let said = value != info.default || sgd && field == Field::Momentum;
        match field {
            Field::Lr | Field::Beta2 => {}
            Field::Beta1 => {
                let betas = [Field::Beta1, Field::Beta2].map(|f| o.get(f));
                let own = o.kind.fields().into_iter().any(|i| i.field == Field::Beta2 && i.default != betas[1]);
                if said || own {
                    arguments.push(format!("betas=({}, {})", number(betas[0]), number(betas[1])));
                }
            }
            _ if !said => {}
            _ if field.is_switch() => arguments.push(format!("{}={}", field.name(), truth(value != 0.0))),
            _ => arguments.push(format!("{}={}", field.name(), number(value))),
        }
    }
    if o.kind == OptimizerKind::Nesterov {
        arguments.push("nesterov=True".into());
    }
    let what = if all_learn { "model.parameters()" } else { "(p for p in model.parameters() if p.requires_grad)" };
    s.say(format!("optimizer = {class}({what}, {})", arguments.join(", ")));
}
