//! The schedule in PyTorch: its own class where that does the same, else the formula.

use crate::export::Script;
use crate::export::python::number;
use crate::spec::{Experiment, Field, Schedule};

/// When the schedule moves on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Advance {
    Never,
    EachStep,
    /// By the mean loss of each epoch.
    EachEpoch,
}

/// Writes it; says when it moves on.
pub(super) fn write(exp: &Experiment, s: &mut Script) -> Advance {
    let lr = exp.optimizer.get(Field::Lr);
    let scheduler = "torch.optim.lr_scheduler";
    match &exp.optimizer.schedule {
        None | Some(Schedule::Constant {}) => return Advance::Never,
        Some(Schedule::Step { every, factor }) => {
            s.say(format!("scheduler = {scheduler}.StepLR(optimizer, {every}, gamma={})", number(*factor)));
        }
        Some(Schedule::Exponential { gamma }) => {
            s.say(format!("scheduler = {scheduler}.ExponentialLR(optimizer, {})", number(*gamma)));
        }
        Some(Schedule::Plateau { factor, patience, threshold, cooldown, lr_min }) => {
            s.say(format!("scheduler = {scheduler}.ReduceLROnPlateau("));
            s.say(format!(
                "    optimizer, factor={}, patience={patience}, threshold={},",
                number(*factor),
                number(*threshold)
            ));
            s.say(format!("    cooldown={cooldown}, min_lr={}\n)", number(*lr_min)));
            return Advance::EachEpoch;
        }
        Some(other) => {
            s.say("\n\ndef anneal(a, b, part):\n    \"\"\"Half a cosine from a to b.\"\"\"");
            s.say("    return b + (a - b) / 2 * (1 + math.cos(math.pi * part))\n\n");
            s.say("def factor(step):\n    \"\"\"What the learning rate is multiplied with.\"\"\"");
            formula(other, lr, s);
            s.say(format!("\n\nscheduler = {scheduler}.LambdaLR(optimizer, factor)"));
        }
    }
    Advance::EachStep
}

/// The lines of `factor`.
fn formula(schedule: &Schedule, lr: f64, s: &mut Script) {
    match schedule {
        Schedule::Constant {} | Schedule::Plateau { .. } => s.say("    return 1.0"),
        Schedule::Step { every, factor } => s.say(format!("    return {} ** (step // {every})", number(*factor))),
        Schedule::Exponential { gamma } => s.say(format!("    return {} ** step", number(*gamma))),
        Schedule::Cosine { steps, lr_min } => {
            s.say(format!("    return anneal(1, {} / {}, min(step / {steps}, 1))", number(*lr_min), number(lr)));
        }
        Schedule::Warmup { steps, then } => {
            s.say(format!("    if step < {steps}:\n        return (step + 1) / {steps}\n    step -= {steps}"));
            formula(then.as_deref().unwrap_or(&Schedule::Constant {}), lr, s);
        }
        Schedule::OneCycle { steps, pct_start, div, final_div } => {
            let peak = pct_start * *steps as f64 - 1.0;
            let last = (*steps).max(1) - 1;
            let (div, end) = (number(*div), number(*final_div));
            s.say(format!("    step, peak = min(step, {last}), {}", number(peak)));
            if peak > 0.0 {
                s.say(format!("    if step <= peak:\n        return anneal(1 / {div}, 1, step / peak)"));
            } else if peak == 0.0 {
                s.say("    if step <= peak:\n        return 1.0");
            }
            s.say(format!("    return anneal(1, 1 / {div} / {end}, (step - peak) / ({last} - peak))"));
        }
    }
}
