//! What the set `random` may be told about its numbers: how inputs are drawn, and whether targets have anything to do with
//! them.
//!
//! Not responsible for drawing (`engine::data::random`) nor for shapes (`target`).

use super::data::{DataSpec, TargetSpec};
use super::problem::{Code, Problem, check_range};
use serde::{Deserialize, Serialize};

/// How inputs are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RandomInputs {
    /// Each from a standard normal distribution.
    #[default]
    Normal,
    /// Each uniform in `[0, 1)`.
    Uniform,
    /// Sums of eight hidden standard normal numbers: rows that can be told in eight numbers.
    Factors,
}

/// What targets have to do with inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RandomTargets {
    /// Nothing: classes are drawn evenly, numbers from a standard normal distribution.
    #[default]
    Chance,
    /// Nothing: numbers are uniform between these two.
    Uniform([f32; 2]),
    /// A straight rule, drawn from the seed: numbers are weighted sums of the inputs, the class is that of the largest.
    Linear,
}

/// Of a sequence `[time, features]`: the target of each step is what stands next to it in a larger draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shifted {
    /// The next step: what a forecast asks for.
    Step,
    /// The next feature of the same step: all targets but the last stand in the input.
    Feature,
}

/// Farthest end of uniform targets.
pub const UNIFORM_MAX: f32 = 1e4;

impl DataSpec {
    /// Fields that came after the first version of files.
    pub(super) fn has_new_fields(&self) -> bool {
        let random = self.inputs.is_some() || self.targets.is_some() || self.shifted.is_some();
        random || self.raw || self.takes_few() || self.pictures.as_ref().is_some_and(|p| p.grey)
    }

    /// Finds what does not go together among inputs, targets and `shifted`.
    pub(super) fn check_draw(&self, problems: &mut Vec<Problem>) {
        let mut unused = |field: &str, choice: &str| {
            let problem = Problem::new(format!("data.{field}"), Code::FieldNotUsed);
            problems.push(problem.arg("field", field).arg("choice", choice));
        };
        let tokens = self.tokens.is_some();
        if self.inputs.is_some() && tokens {
            unused("inputs", "tokens");
        }
        if self.shifted.is_some() {
            if self.target.is_some() {
                unused("target", "shifted");
            }
            if self.targets.is_some() {
                unused("targets", "shifted");
            }
            if tokens {
                unused("shifted", "tokens");
            }
            let dims = self.input.as_ref().map_or(2, Vec::len);
            check_range(problems, "data.input", dims as f64, 2.0, 2.0);
            return;
        }
        match (self.targets, &self.target) {
            (Some(RandomTargets::Linear), Some(TargetSpec::Steps(_))) => unused("targets", "steps"),
            (Some(RandomTargets::Linear), _) if tokens => unused("targets", "tokens"),
            (Some(RandomTargets::Uniform(_)), Some(TargetSpec::Steps(_))) => unused("targets", "steps"),
            (Some(RandomTargets::Uniform(_)), Some(TargetSpec::Classes(_))) => unused("targets", "classes"),
            (Some(RandomTargets::Uniform([low, high])), _) => {
                let most = f64::from(UNIFORM_MAX);
                check_range(problems, "data.targets.uniform[0]", f64::from(low), -most, most);
                check_range(problems, "data.targets.uniform[1]", f64::from(high), f64::from(low), most);
            }
            (Some(RandomTargets::Chance | RandomTargets::Linear) | None, _) => {}
        }
    }
}
