//! What a change of data or of the optimizer does to the rest of the experiment: as little as possible.
//!
//! Not responsible for the ready networks themselves (`spec::preset`).

use super::{State, rate};
use crate::spec::{
    DataInfo, DataSpec, Experiment, Field, LayerKind, OptimizerKind, OptimizerSpec, Target, TaskSpec, preset,
};

/// What matters of the input to a model: networks for one kind seldom suit another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InputKind {
    /// Points of the plane.
    Plane,
    /// A list of features.
    Vector,
    /// Pictures, sequences of features.
    Grid,
    /// Words.
    Tokens,
}

fn input_kind(info: &DataInfo) -> InputKind {
    if info.plane {
        InputKind::Plane
    } else if info.tokens.is_some() {
        InputKind::Tokens
    } else if info.input.len() > 1 {
        InputKind::Grid
    } else {
        InputKind::Vector
    }
}

/// The experiment on other data. Another kind of input brings its own network, task and optimizer; the same kind keeps
/// the hidden layers and lets the task decide the last one's size, as long as they fit: another set must always run. Data
/// with problems change nothing else.
pub(super) fn to_data(s: &State, data: DataSpec) -> Experiment {
    let old = Experiment::clone(&s.edit.experiment);
    let Ok(now) = data.info() else { return Experiment { data, ..old } };
    // While a number is being typed the data may be invalid for a moment; the last valid ones count.
    let before = old.data_info().or_else(|| s.edit.undo.iter().rev().find_map(|e| e.data_info()));
    let now = old.task.kind.info(now);
    let fresh = || {
        let same_task = preset::for_task(data.clone(), old.seed, old.task.kind.name());
        let fresh = same_task.unwrap_or_else(|| preset::for_data(data.clone(), old.seed));
        Experiment { training: old.training.clone(), backend: old.backend, ..fresh }
    };
    let Some(before) = before.filter(|b| input_kind(b) == input_kind(&now)) else { return fresh() };
    let mut e = Experiment { data: data.clone(), ..old.clone() };
    if before.target != now.target
        && let Some(LayerKind::Dense(d)) = e.model.layers.last_mut().map(|l| &mut l.kind)
    {
        d.units = None;
    }
    let same_sort = matches!(
        (&before.target, &now.target),
        (Target::Classes { .. }, Target::Classes { .. })
            | (Target::Values { .. }, Target::Values { .. })
            | (Target::Steps { .. }, Target::Steps { .. })
    );
    if old.task.kind.makes_its_target() {
        // Parts fit the shape of the rows, or new ones are needed.
        return if e.problems().is_empty() { e } else { fresh() };
    }
    if !same_sort || e.task.loss().output_shape(&now.target).is_none() {
        e.task = TaskSpec::for_data(&now);
    }
    // A network that reads one answer out of a sequence cannot give one a step, and the like.
    // Where a source ends is written into the layers that read it apart.
    let apart = old.data.aligned != data.aligned || (data.aligned && before.input != now.input);
    let is_other_set = (old.data.set != data.set || apart) && old.problems().is_empty();
    if is_other_set && !e.problems().is_empty() { fresh() } else { e }
}

/// Optimizers whose learning rates mean the same, so that one set by hand is kept between them.
pub(super) fn is_related(a: OptimizerKind, b: OptimizerKind) -> bool {
    use OptimizerKind::{Adam, Adamw, Momentum, Nesterov, Sgd};
    let family = |k| match k {
        Sgd | Momentum | Nesterov => Some(0),
        Adam | Adamw => Some(1),
        _ => None,
    };
    a == b || (family(a).is_some() && family(a) == family(b))
}

/// Another optimizer. Each comes with the numbers it had when it was last in force, else with those of the ready
/// experiment for this data, else with its own defaults. A learning rate that the learner chose stays (what would be usual
/// is offered, `rate.rs`), as schedule and clipping do.
pub(super) fn to_optimizer(s: &State, kind: OptimizerKind) -> OptimizerSpec {
    let now = &s.edit.experiment.optimizer;
    if is_related(now.kind, kind) {
        return now.with_kind(kind);
    }
    let same_set = |e: &&std::rc::Rc<Experiment>| e.data.set == s.edit.experiment.data.set && e.optimizer.kind == kind;
    let earlier = s.edit.undo.iter().rev().find(same_set).map(|e| e.optimizer.clone());
    let ready = || preset::for_data(s.edit.experiment.data.clone(), s.edit.experiment.seed).optimizer;
    let own = earlier.or_else(|| Some(ready()).filter(|o| o.kind == kind));
    let own = own.unwrap_or_else(|| OptimizerSpec::new(kind));
    OptimizerSpec {
        lr: if rate::is_own(s) { Some(now.get(Field::Lr)) } else { own.lr },
        schedule: now.schedule.clone(),
        clip_norm: now.clip_norm,
        clip_value: now.clip_value,
        ..own
    }
}
