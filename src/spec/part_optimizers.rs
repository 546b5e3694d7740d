//! Optimizers of single networks, where a task has several that learn from losses of their own.
//!
//! Whoever is not named here learns as `optimizer` says. Not responsible for the numbers of one (`optimizer`).

use super::experiment::Experiment;
use super::model::PartName;
use super::optimizer::OptimizerSpec;
use super::problem::{Code, Problem};
use super::task::TaskKind;
use serde::{Deserialize, Serialize};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PartOptimizers {
    /// The generator's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<OptimizerSpec>,
    /// The discriminator's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<OptimizerSpec>,
}

/// Networks that may have one of their own.
pub const OWN: [PartName; 2] = [PartName::Generator, PartName::Discriminator];

impl PartOptimizers {
    /// Whether nobody has one.
    pub fn is_empty(&self) -> bool {
        *self == PartOptimizers::default()
    }

    /// That of a part, where it has one of its own.
    pub fn of(&self, part: PartName) -> Option<&OptimizerSpec> {
        match part {
            PartName::Generator => self.generator.as_ref(),
            PartName::Discriminator => self.discriminator.as_ref(),
            PartName::Encoder
            | PartName::Decoder
            | PartName::Trunk
            | PartName::Digit
            | PartName::Parity
            | PartName::Thickness
            | PartName::Head => None,
        }
    }

    /// Gives a part one of its own, or takes it away; parts that may have none stay without.
    pub fn set(&mut self, part: PartName, own: Option<OptimizerSpec>) {
        match part {
            PartName::Generator => self.generator = own,
            PartName::Discriminator => self.discriminator = own,
            PartName::Encoder
            | PartName::Decoder
            | PartName::Trunk
            | PartName::Digit
            | PartName::Parity
            | PartName::Thickness
            | PartName::Head => {}
        }
    }

    /// Files what is wrong with them; in a task whose networks learn together they would be ignored without a word.
    pub(super) fn check(&self, task: &TaskKind, problems: &mut Vec<Problem>) {
        for part in OWN {
            let Some(own) = self.of(part) else { continue };
            let path = format!("optimizers.{}", part.name());
            if !matches!(task, TaskKind::Gan(_)) {
                let problem = Problem::new(path.as_str(), Code::FieldNotUsed).arg("field", &path);
                problems.push(problem.arg("choice", task.name()));
            } else {
                own.check(&path, problems);
            }
        }
    }
}

impl Experiment {
    /// How a part learns.
    pub fn optimizer_of(&self, part: PartName) -> &OptimizerSpec {
        self.optimizers.of(part).unwrap_or(&self.optimizer)
    }

    /// How the network of the training loss learns: of a game the discriminator.
    pub fn first_optimizer(&self) -> &OptimizerSpec {
        if matches!(self.task.kind, TaskKind::Gan(_)) {
            self.optimizer_of(PartName::Discriminator)
        } else {
            &self.optimizer
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::preset::{self, ready};

    #[test]
    fn a_file_says_who_learns_otherwise_and_old_files_stay_as_they_were() {
        let mut e = ready::find("gan_ring").unwrap().experiment().unwrap();
        assert!(!e.to_json().contains("optimizers"));
        e.optimizers.set(PartName::Discriminator, Some(OptimizerSpec { lr: Some(0.0004), ..e.optimizer.clone() }));
        assert!(e.to_json().contains(r#""optimizers":{"discriminator":{"type":"adam","lr":0.0004"#), "{}", e.to_json());
        assert_eq!(Experiment::from_json(&e.to_json()).unwrap(), e);
        assert_eq!(e.first_optimizer().lr, Some(0.0004));
        assert_eq!(e.optimizer_of(PartName::Generator).lr, Some(0.001));
    }

    #[test]
    fn what_would_be_ignored_is_named_and_numbers_are_checked() {
        let own = OptimizerSpec { lr: Some(-1.0), ..OptimizerSpec::default() };
        let mut e = preset::first();
        e.optimizers.set(PartName::Generator, Some(own.clone()));
        let found: Vec<_> = e.problems().iter().map(|p| (p.path.clone(), p.code)).collect();
        assert_eq!(found, [("optimizers.generator".to_string(), Code::FieldNotUsed)]);
        let mut game = ready::find("gan_ring").unwrap().experiment().unwrap();
        game.optimizers.set(PartName::Generator, Some(own));
        let found: Vec<_> = game.problems().iter().map(|p| (p.path.clone(), p.code)).collect();
        assert_eq!(found, [("optimizers.generator.lr".to_string(), Code::OutOfRange)]);
    }
}
