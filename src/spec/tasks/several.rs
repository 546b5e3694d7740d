//! Several tasks: one trunk reads a picture of a digit, and heads on it answer which digit it is, whether that is odd, and how
//! thick its strokes are (hard parameter sharing, Caruana 1997).
//!
//! Loss: `Σ wₖ·Lₖ`, cross-entropy of the digit, binary cross-entropy of the parity, squared error of the standardised
//! thickness; or with learned weights `Σ exp(−sₖ)·Lₖ + sₖ` (Kendall et al. 2018).

use super::{PartInput, PartRule, TaskRule, trunk_text};
use crate::spec::data::{DataInfo, Target};
use crate::spec::model::{ModelSpec, PartName};
use crate::spec::problem::{Code, Problem, check_range};
use crate::spec::shape::show;
use crate::spec::task::{Loss, Metric};
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Largest weight of a head.
pub const WEIGHT_MAX: f32 = 100.0;

/// The heads, in the order of targets, weights and answers.
pub const HEADS: [PartName; 3] = [PartName::Digit, PartName::Parity, PartName::Thickness];

/// Where the weights of the heads come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weighting {
    /// They are given.
    #[default]
    Fixed,
    /// wₖ = exp(−sₖ), and s is learned beside the network (Kendall et al. 2018).
    Uncertainty,
}

impl Weighting {
    /// Both.
    pub const ALL: [Weighting; 2] = [Weighting::Fixed, Weighting::Uncertainty];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            Weighting::Fixed => "fixed",
            Weighting::Uncertainty => "uncertainty",
        }
    }
}

/// Settings of the task.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Several {
    /// Where the weights come from.
    pub weighting: Weighting,
    /// With `fixed`: weight of the digit's cross-entropy; 0 leaves that head untrained.
    pub digit_weight: f32,
    /// With `fixed`: weight of the parity's binary cross-entropy.
    pub parity_weight: f32,
    /// With `fixed`: weight of the thickness's squared error.
    pub thickness_weight: f32,
}

impl Default for Several {
    fn default() -> Self {
        Several { weighting: Weighting::Fixed, digit_weight: 1.0, parity_weight: 1.0, thickness_weight: 1.0 }
    }
}

impl Several {
    /// Numbers that are learned beside the layers'.
    pub fn beside(&self) -> u64 {
        match self.weighting {
            Weighting::Fixed => 0,
            Weighting::Uncertainty => HEADS.len() as u64,
        }
    }

    /// The given weights, in the order of [`HEADS`].
    pub fn weights(&self) -> [f32; 3] {
        [self.digit_weight, self.parity_weight, self.thickness_weight]
    }
}

/// The loss of a head.
pub fn loss_of(head: PartName) -> Loss {
    match head {
        PartName::Digit => Loss::CrossEntropy { label_smoothing: 0.0 },
        PartName::Parity => Loss::Bce,
        PartName::Thickness
        | PartName::Trunk
        | PartName::Head
        | PartName::Encoder
        | PartName::Decoder
        | PartName::Generator
        | PartName::Discriminator => Loss::Mse,
    }
}

/// The number that a class stands for, where its name is one.
pub fn number_of(info: &DataInfo, class: usize) -> Option<u32> {
    info.class_names.get(class)?.parse().ok()
}

/// Pictures whose classes are numbers.
fn suits(info: &DataInfo) -> bool {
    let numbers = (0..info.class_names.len()).all(|c| number_of(info, c).is_some());
    info.input.len() == 3 && info.tokens.is_none() && info.class_names.len() > 1 && numbers
}

/// Class, parity and thickness of a row.
fn asked() -> Target {
    Target::Values { shape: vec![HEADS.len()] }
}

impl TaskRule for Several {
    fn name(&self) -> &'static str {
        "several"
    }

    fn loss(&self) -> Loss {
        Loss::Mse
    }

    /// Data that do not suit stay as they are, and [`TaskRule::check`] says so.
    fn info(&self, data: DataInfo) -> DataInfo {
        let takes = suits(&data) && matches!(data.target, Target::Classes { .. });
        if takes { DataInfo { target: asked(), ..data } } else { data }
    }

    fn parts(&self, info: &DataInfo) -> Vec<PartRule> {
        let trunk = PartRule { name: PartName::Trunk, input: PartInput::Data, output: None };
        let head = |name: PartName| {
            let numbers = if name == PartName::Digit { info.class_names.len().max(1) } else { 1 };
            PartRule { name, input: PartInput::Output(PartName::Trunk), output: Some(vec![numbers]) }
        };
        std::iter::once(trunk).chain(HEADS.map(head)).collect()
    }

    /// Of the digit.
    fn metric(&self) -> Metric {
        Metric::Accuracy
    }

    fn terms(&self) -> &'static [&'static str] {
        &["loss.digit", "loss.parity", "loss.thickness"]
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        for (head, weight) in HEADS.iter().zip(self.weights()) {
            let path = format!("task.{}_weight", head.name());
            check_range(problems, &path, f64::from(weight), 0.0, f64::from(WEIGHT_MAX));
        }
        if self.weighting == Weighting::Fixed && self.weights().iter().all(|w| *w == 0.0) {
            problems.push(Problem::new("task.digit_weight", Code::NoWeight));
        }
        let Some(info) = info else { return };
        if suits(info) && info.target == asked() {
            return;
        }
        let problem = Problem::new("task.type", Code::NoDigits);
        let no_name = |c: &usize| number_of(info, *c).is_none();
        let got = if info.tokens.is_some() {
            "tokens".to_string()
        } else if info.input.len() != 3 {
            show(&info.input)
        } else {
            let odd_one = (0..info.class_names.len()).find(no_name).and_then(|c| info.class_names.get(c));
            odd_one.cloned().unwrap_or_else(|| show(&info.target.shape()))
        };
        problems.push(problem.arg("got", got));
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        let trunk = trunk_text(info)?;
        text::parse(&format!("trunk: {trunk}; digit: dense; parity: dense; thickness: dense")).ok()
    }
}
