//! Loss, optimizer and loop in PyTorch.

use super::schedule::Advance;
use super::{EPOCHS, optim, schedule};
use crate::export::python::{number, short};
use crate::export::{Names, Script};
use crate::spec::{ClassWeights, DataInfo, Experiment, Loss, Target};

/// Writes everything after the network.
pub(super) fn write(exp: &Experiment, data: &DataInfo, names: &Names, s: &mut Script) {
    s.say("\n\n# ---- training\n");
    loss(exp, data, s);
    s.say("");
    let all_learn = !exp.model.locks().contains(&true);
    optim::write(exp, all_learn, s);
    let advance = schedule::write(exp, s);
    penalty(exp, s);
    measure(exp, data, s);
    the_loop(exp, advance, s);
    s.say("\n# Weights for the page: drop the file there to go on with them.");
    s.say("state = {name: t for name, t in model.state_dict().items() if t.is_floating_point()}");
    s.say(format!("save_file({{name: t.contiguous().cpu() for name, t in state.items()}}, \"{}\")", names.trained()));
}

/// `loss_of(outputs, targets)`.
fn loss(exp: &Experiment, data: &DataInfo, s: &mut Script) {
    let weights = match &exp.training.class_weights {
        Some(ClassWeights::Given(weights)) => {
            let list = weights.iter().map(|w| short(*w)).collect::<Vec<_>>().join(", ");
            s.say(format!("class_weights = torch.tensor([{list}], device=device)"));
            "weight=class_weights"
        }
        Some(ClassWeights::Balanced) => {
            s.say("labels = train.tensors[1].flatten()\nlabels = labels[labels >= 0]");
            s.say(format!("counts = torch.bincount(labels, minlength={}).clamp(min=1)", data.target.classes()));
            s.say("class_weights = (len(labels) / (len(counts) * counts.float())).to(device)");
            "weight=class_weights"
        }
        None => "",
    };
    let classes = matches!(data.target, Target::Classes { .. });
    let steps = matches!(data.target, Target::Steps { .. });
    let (criterion, outputs, targets) = match exp.task.loss() {
        Loss::CrossEntropy { label_smoothing } => {
            let mut arguments = Vec::new();
            arguments.extend((!weights.is_empty()).then(|| weights.to_string()));
            arguments.extend(steps.then(|| "ignore_index=-1".to_string()));
            if label_smoothing != 0.0 {
                arguments.push(format!("label_smoothing={}", short(label_smoothing)));
            }
            let flat = if steps { (".flatten(0, 1)", ".flatten()") } else { ("", "") };
            (format!("nn.CrossEntropyLoss({})", arguments.join(", ")), flat.0, flat.1)
        }
        Loss::Bce if classes => ("nn.BCEWithLogitsLoss()".into(), ".squeeze(1)", ".float()"),
        Loss::Bce => ("nn.BCEWithLogitsLoss()".into(), "", ""),
        Loss::Mse | Loss::HalfMse => ("nn.MSELoss()".into(), "", ""),
        Loss::Mae => ("nn.L1Loss()".into(), "", ""),
        Loss::Huber { delta } => (format!("nn.HuberLoss(delta={})", short(delta)), "", ""),
        Loss::Hinge { margin } => (format!("nn.MultiMarginLoss(margin={})", short(margin)), "", ""),
    };
    s.say(format!("criterion = {criterion}\n\n\ndef loss_of(outputs, targets):"));
    let half = if exp.task.loss() == Loss::HalfMse { " / 2" } else { "" };
    s.say(format!("    return criterion(outputs{outputs}, targets{targets}){half}\n"));
}

/// `penalty()`, which the page adds to the gradient and not to the loss it shows.
fn penalty(exp: &Experiment, s: &mut Script) {
    let (l1, l2) = (exp.training.l1, exp.training.l2);
    if l1 == 0.0 && l2 == 0.0 {
        return;
    }
    let mut terms = Vec::new();
    if l1 != 0.0 {
        terms.push(format!("{} * w.abs().sum()", short(l1)));
    }
    if l2 != 0.0 {
        terms.push(format!("{} * w.square().sum()", short(l2)));
    }
    s.say("\n\ndef penalty():\n    \"\"\"On weights; biases and norms go free.\"\"\"");
    s.say("    named = [(n, w) for n, w in model.named_parameters() if w.requires_grad]");
    s.say(format!("    weights = [w for n, w in named if w.dim() > 1 or n.endswith(\"score_weight\")]\n    return sum({} for w in weights)", terms.join(" + ")));
}

/// `measure()`: loss and accuracy on the test rows.
fn measure(exp: &Experiment, data: &DataInfo, s: &mut Script) {
    let by_class = !matches!(data.target, Target::Values { .. });
    let what = if by_class { "Loss and accuracy" } else { "Loss" };
    s.say(format!("\n\n@torch.no_grad()\ndef measure():\n    \"\"\"{what} on the test rows.\"\"\"\n    model.eval()"));
    s.say(if by_class { "    loss, right, asked, n = 0.0, 0, 0, 0" } else { "    loss, n = 0.0, 0" });
    s.say("    for x, y in DataLoader(test, batch_size=256):\n        x, y = x.to(device), y.to(device)");
    s.say("        outputs = model(x)\n        loss, n = loss + loss_of(outputs, y).item() * len(x), n + len(x)");
    if by_class {
        let bce = exp.task.loss() == Loss::Bce;
        s.say(if bce {
            "        predicted = (outputs[:, 0] > 0).long()"
        } else {
            "        predicted = outputs.argmax(-1)"
        });
        s.say("        right, asked = right + (predicted == y)[y >= 0].sum().item(), asked + (y >= 0).sum().item()");
        s.say("    return loss / max(n, 1), right / max(asked, 1)\n\n");
    } else {
        s.say("    return loss / max(n, 1)\n\n");
    }
}

fn the_loop(exp: &Experiment, advance: Advance, s: &mut Script) {
    s.say(format!("EPOCHS = {EPOCHS}\nlosses = []  # one a step\nfor epoch in range(EPOCHS):\n    model.train()"));
    s.say("    for x, y in batches:\n        x, y = x.to(device), y.to(device)\n        optimizer.zero_grad()");
    s.say("        loss = loss_of(model(x), y)");
    let penalised = exp.training.l1 != 0.0 || exp.training.l2 != 0.0;
    s.say(if penalised { "        (loss + penalty()).backward()" } else { "        loss.backward()" });
    let o = &exp.optimizer;
    if let Some(limit) = o.clip_value {
        s.say(format!("        nn.utils.clip_grad_value_(model.parameters(), {})", number(limit)));
    }
    if let Some(limit) = o.clip_norm {
        s.say(format!("        nn.utils.clip_grad_norm_(model.parameters(), {})", number(limit)));
    }
    s.say("        optimizer.step()");
    if advance == Advance::EachStep {
        s.say("        scheduler.step()");
    }
    s.say("        losses.append(loss.item())");
    s.say("    mean = sum(losses[-len(batches):]) / len(batches)");
    if advance == Advance::EachEpoch {
        s.say("    scheduler.step(mean)");
    }
    s.say("    print(f\"epoch {epoch + 1}: training loss {mean:.4f}, test\", measure())");
}
