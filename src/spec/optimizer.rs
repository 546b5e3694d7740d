//! Which optimizer trains, and its numbers, by PyTorch's names.
//!
//! One flat record: a field that the chosen kind has not is a problem ([`Code::FieldNotUsed`]), a field left out takes
//! the kind's default. Defaults are PyTorch's, but for plain SGD's learning rate (0.01, Keras's; PyTorch has none).
//! Not responsible for the update rules: `engine::optim` has one file per optimizer.

use serde::{Deserialize, Serialize};

use super::optimizer_field::Field;
use super::problem::{Code, Problem, check_range};
use super::schedule::Schedule;

/// The optimizer's update rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OptimizerKind {
    /// Stochastic gradient descent; `momentum` and `nesterov` as in `torch.optim.SGD`.
    #[default]
    Sgd,
    /// SGD whose momentum is 0.9 unless given.
    Momentum,
    /// SGD with Nesterov momentum, 0.9 unless given.
    Nesterov,
    /// Duchi 2011.
    Adagrad,
    /// Hinton 2012; `centered` as in Graves 2013.
    Rmsprop,
    /// Zeiler 2012.
    Adadelta,
    /// Kingma and Ba 2014; weight decay is added to the gradient.
    Adam,
    /// Loshchilov and Hutter 2017: Adam whose weight decay leaves the gradient alone.
    Adamw,
    /// Dozat 2016: Adam with Nesterov momentum.
    Nadam,
    /// Chen et al. 2023: the sign of an interpolated momentum.
    Lion,
}

/// The optimizer part of an experiment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptimizerSpec {
    /// The update rule.
    #[serde(rename = "type")]
    pub kind: OptimizerKind,
    /// Learning rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lr: Option<f64>,
    /// Share of the last step kept (sgd, momentum, nesterov, rmsprop).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub momentum: Option<f64>,
    /// Look ahead along the momentum (sgd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nesterov: Option<bool>,
    /// Smoothing of the gradient and of its square (adam, adamw, nadam, lion).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub betas: Option<[f64; 2]>,
    /// Smoothing of the squared gradient (rmsprop).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha: Option<f64>,
    /// Smoothing of both averages (adadelta).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rho: Option<f64>,
    /// Added to the denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eps: Option<f64>,
    /// Subtract the squared mean from the mean square (rmsprop).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centered: Option<bool>,
    /// Pull of every parameter towards zero; decoupled from the gradient in adamw and lion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_decay: Option<f64>,
    /// Learning rate falls as 1/(1 + steps·lr_decay) (adagrad).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lr_decay: Option<f64>,
    /// Start of the sum of squares (adagrad).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial_accumulator_value: Option<f64>,
    /// How fast the momentum warms up (nadam).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub momentum_decay: Option<f64>,
    /// Cut every gradient entry to ±this (before `clip_norm`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clip_value: Option<f64>,
    /// Scale the whole gradient down to this Euclidean norm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clip_norm: Option<f64>,
    /// How the learning rate changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
}

/// Smallest and largest threshold of both clippings.
pub const CLIP_RANGE: (f64, f64) = (1e-6, 1e6);

impl OptimizerKind {
    /// Every kind, in the order menus show them.
    pub const ALL: [OptimizerKind; 10] = [
        OptimizerKind::Sgd,
        OptimizerKind::Momentum,
        OptimizerKind::Nesterov,
        OptimizerKind::Adagrad,
        OptimizerKind::Rmsprop,
        OptimizerKind::Adadelta,
        OptimizerKind::Adam,
        OptimizerKind::Adamw,
        OptimizerKind::Nadam,
        OptimizerKind::Lion,
    ];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            OptimizerKind::Sgd => "sgd",
            OptimizerKind::Momentum => "momentum",
            OptimizerKind::Nesterov => "nesterov",
            OptimizerKind::Adagrad => "adagrad",
            OptimizerKind::Rmsprop => "rmsprop",
            OptimizerKind::Adadelta => "adadelta",
            OptimizerKind::Adam => "adam",
            OptimizerKind::Adamw => "adamw",
            OptimizerKind::Nadam => "nadam",
            OptimizerKind::Lion => "lion",
        }
    }

    /// The kind of that JSON name.
    pub fn from_name(name: &str) -> Option<OptimizerKind> {
        OptimizerKind::ALL.into_iter().find(|k| k.name() == name)
    }
}

impl OptimizerSpec {
    /// The optimizer with all defaults.
    pub fn new(kind: OptimizerKind) -> Self {
        OptimizerSpec { kind, ..OptimizerSpec::default() }
    }

    /// What the learner wrote for a field, `None` when left out. Switches are 0 or 1.
    pub fn given(&self, field: Field) -> Option<f64> {
        let switch = |b: Option<bool>| b.map(|b| if b { 1.0 } else { 0.0 });
        match field {
            Field::Lr => self.lr,
            Field::Momentum => self.momentum,
            Field::Nesterov => switch(self.nesterov),
            Field::Beta1 => self.betas.map(|b| b[0]),
            Field::Beta2 => self.betas.map(|b| b[1]),
            Field::Alpha => self.alpha,
            Field::Rho => self.rho,
            Field::Eps => self.eps,
            Field::Centered => switch(self.centered),
            Field::WeightDecay => self.weight_decay,
            Field::LrDecay => self.lr_decay,
            Field::InitialAccumulator => self.initial_accumulator_value,
            Field::MomentumDecay => self.momentum_decay,
        }
    }

    /// The value in force: the given one, else the kind's default, else 0 for a field the kind has not.
    pub fn get(&self, field: Field) -> f64 {
        let own = self.kind.fields().into_iter().find(|info| info.field == field);
        own.map_or(0.0, |info| self.given(field).unwrap_or(info.default))
    }

    /// Sets one field; switches are on for anything but 0.
    pub fn set(&mut self, field: Field, value: f64) {
        match field {
            Field::Lr => self.lr = Some(value),
            Field::Momentum => self.momentum = Some(value),
            Field::Nesterov => self.nesterov = Some(value != 0.0),
            Field::Beta1 => self.betas = Some([value, self.get(Field::Beta2)]),
            Field::Beta2 => self.betas = Some([self.get(Field::Beta1), value]),
            Field::Alpha => self.alpha = Some(value),
            Field::Rho => self.rho = Some(value),
            Field::Eps => self.eps = Some(value),
            Field::Centered => self.centered = Some(value != 0.0),
            Field::WeightDecay => self.weight_decay = Some(value),
            Field::LrDecay => self.lr_decay = Some(value),
            Field::InitialAccumulator => self.initial_accumulator_value = Some(value),
            Field::MomentumDecay => self.momentum_decay = Some(value),
        }
    }

    /// The same record for another kind: learning rate, clipping and schedule are kept as given, fields the new kind
    /// has not are dropped.
    pub fn with_kind(&self, kind: OptimizerKind) -> OptimizerSpec {
        let mut out = OptimizerSpec::new(kind);
        for info in kind.fields() {
            if let Some(value) = self.given(info.field) {
                out.set(info.field, value);
            }
        }
        out.clip_value = self.clip_value;
        out.clip_norm = self.clip_norm;
        out.schedule = self.schedule.clone();
        out
    }

    /// Files a problem for every number outside its range and every field this kind does not have.
    pub fn check(&self, path: &str, problems: &mut Vec<Problem>) {
        let own = self.kind.fields();
        for field in Field::ALL {
            let place = format!("{path}.{}", field.name());
            match (self.given(field), own.iter().find(|info| info.field == field)) {
                (Some(got), Some(info)) => check_range(problems, &place, got, info.min, info.max),
                // The two betas are one field: say it once.
                (Some(_), None) if field != Field::Beta2 => {
                    let name = field.name().trim_end_matches("[0]");
                    problems.push(
                        Problem::new(format!("{path}.{name}"), Code::FieldNotUsed)
                            .arg("field", name)
                            .arg("choice", self.kind.name()),
                    );
                }
                (Some(_) | None, _) => {}
            }
        }
        for (name, given) in [("clip_value", self.clip_value), ("clip_norm", self.clip_norm)] {
            if let Some(got) = given {
                check_range(problems, &format!("{path}.{name}"), got, CLIP_RANGE.0, CLIP_RANGE.1);
            }
        }
        if let Some(schedule) = &self.schedule {
            schedule.check(&format!("{path}.schedule"), problems);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_skipped_and_names_agree() {
        for kind in OptimizerKind::ALL {
            let spec = OptimizerSpec::new(kind);
            assert_eq!(serde_json::to_value(&spec).unwrap(), serde_json::json!({ "type": kind.name() }));
            assert_eq!(kind.fields()[0].field, Field::Lr);
            for info in kind.fields() {
                assert!(info.min <= info.default && info.default <= info.max, "{kind:?} {info:?}");
                let mut changed = spec.clone();
                changed.set(info.field, info.max);
                assert_eq!(changed.get(info.field), info.max);
                let text = serde_json::to_string(&changed).unwrap();
                assert_eq!(serde_json::from_str::<OptimizerSpec>(&text).unwrap(), changed);
                let mut problems = Vec::new();
                changed.check("optimizer", &mut problems);
                assert!(problems.is_empty(), "{problems:?}");
            }
        }
    }

    #[test]
    fn wrong_ranges_and_foreign_fields_are_named() {
        let read = |s: &str| {
            let mut problems = Vec::new();
            serde_json::from_str::<OptimizerSpec>(s).unwrap().check("optimizer", &mut problems);
            problems.into_iter().map(|p| (p.path, p.code)).collect::<Vec<_>>()
        };
        assert_eq!(read(r#"{"type":"adam","lr":-1}"#), [("optimizer.lr".into(), Code::OutOfRange)]);
        assert_eq!(read(r#"{"type":"sgd","betas":[0.9,0.9]}"#), [("optimizer.betas".into(), Code::FieldNotUsed)]);
        assert_eq!(read(r#"{"type":"adam","betas":[0.9,1]}"#), [("optimizer.betas[1]".into(), Code::OutOfRange)]);
        assert_eq!(read(r#"{"type":"lion","clip_norm":0}"#), [("optimizer.clip_norm".into(), Code::OutOfRange)]);
        assert!(serde_json::from_str::<OptimizerSpec>(r#"{"type":"adam","rate":1}"#).is_err());
    }

    #[test]
    fn another_kind_keeps_what_it_has() {
        let mut spec = OptimizerSpec::new(OptimizerKind::Rmsprop);
        spec.set(Field::Momentum, 0.5);
        spec.set(Field::Alpha, 0.5);
        spec.clip_norm = Some(1.0);
        let sgd = spec.with_kind(OptimizerKind::Sgd);
        assert_eq!((sgd.momentum, sgd.alpha, sgd.clip_norm), (Some(0.5), None, Some(1.0)));
    }
}
