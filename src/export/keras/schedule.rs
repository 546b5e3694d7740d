//! The schedule in Keras: its own class where that does the same, else the formula.

use crate::export::Script;
use crate::export::python::number;
use crate::spec::{Experiment, Field, Schedule};

/// The learning rate as an argument, after what has to stand before it.
pub(super) fn write(exp: &Experiment, s: &mut Script) -> String {
    let o = &exp.optimizer;
    let (lr, decay) = (number(o.get(Field::Lr)), o.get(Field::LrDecay));
    let schedule = o.schedule.clone().unwrap_or(Schedule::Constant {});
    let own = "keras.optimizers.schedules";
    let ready = match &schedule {
        Schedule::Constant {} | Schedule::Plateau { .. } => lr.clone(),
        Schedule::Step { every, factor } => {
            format!("{own}.ExponentialDecay({lr}, {every}, {}, staircase=True)", number(*factor))
        }
        Schedule::Exponential { gamma } => format!("{own}.ExponentialDecay({lr}, 1, {})", number(*gamma)),
        Schedule::Cosine { steps, lr_min } => {
            format!("{own}.CosineDecay({lr}, {steps}, alpha={} / {lr})", number(*lr_min))
        }
        Schedule::Warmup { .. } | Schedule::OneCycle { .. } => String::new(),
    };
    if !ready.is_empty() && decay == 0.0 {
        return ready;
    }
    let mut formula = formula(&schedule, &lr, "step");
    if decay != 0.0 {
        formula = format!("{formula} / (1 + {} * step)", number(decay));
    }
    if formula.contains("anneal(") {
        s.say("def anneal(a, b, part):\n    \"\"\"Half a cosine from a to b.\"\"\"");
        s.say("    return b + (a - b) / 2 * (1 + ops.cos(np.pi * part))\n\n");
    }
    s.say("class Rate(keras.optimizers.schedules.LearningRateSchedule):\n    \"\"\"The learning rate of each step.\"\"\"\n");
    s.say("    def __call__(self, step):\n        step = ops.cast(step, \"float32\")");
    s.say(format!("        return {lr} * {formula}\n\n    def get_config(self):\n        return {{}}\n\n"));
    "Rate()".into()
}

/// What the learning rate is multiplied with at a step.
fn formula(schedule: &Schedule, lr: &str, step: &str) -> String {
    match schedule {
        Schedule::Constant {} | Schedule::Plateau { .. } => "1.0".into(),
        Schedule::Step { every, factor } => format!("{} ** ops.floor({step} / {every})", number(*factor)),
        Schedule::Exponential { gamma } => format!("{} ** {step}", number(*gamma)),
        Schedule::Cosine { steps, lr_min } => {
            format!("anneal(1, {} / {lr}, ops.minimum({step} / {steps}, 1))", number(*lr_min))
        }
        Schedule::Warmup { steps, then } => {
            let rest = formula(then.as_deref().unwrap_or(&Schedule::Constant {}), lr, &format!("({step} - {steps})"));
            format!("ops.where({step} < {steps}, ({step} + 1) / {steps}, {rest})")
        }
        Schedule::OneCycle { steps, pct_start, div, final_div } => {
            let (peak, last) = (pct_start * *steps as f64 - 1.0, (*steps).max(1) - 1);
            let (at, top) = (format!("ops.minimum({step}, {last})"), number(peak));
            let (div, end) = (number(*div), number(*final_div));
            let fall = format!("anneal(1, 1 / {div} / {end}, ({at} - {top}) / ({last} - {top}))");
            if peak <= 0.0 {
                return fall;
            }
            format!("ops.where({at} <= {top}, anneal(1 / {div}, 1, {at} / {top}), {fall})")
        }
    }
}
