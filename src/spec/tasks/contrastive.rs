//! Contrastive learning: two views of a picture, changed by chance, are to be nearer to each other than to the views of all
//! other pictures of the batch (SimCLR, Chen et al. 2020). The views are made by `data.augment`.

use super::{PartInput, PartRule, TaskRule, asked_for_itself, needs_pictures, trunk_text};
use crate::spec::augment::{AugmentKind, AugmentSpec};
use crate::spec::data::DataInfo;
use crate::spec::model::{ModelSpec, PartName};
use crate::spec::problem::{Problem, check_range};
use crate::spec::task::{Loss, Metric};
use crate::spec::text;
use serde::{Deserialize, Serialize};

/// Least and largest temperature.
pub const TEMPERATURE: (f32, f32) = (0.01, 10.0);

/// Settings of the task.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Contrastive {
    /// What similarities are divided by: the less, the more the nearest other pictures count.
    pub temperature: f32,
}

impl Default for Contrastive {
    fn default() -> Self {
        Contrastive { temperature: 0.5 }
    }
}

/// Changes that make useful views of small pictures: the same thing moved, turned, larger or smaller, with a hole.
pub fn usual_views() -> Vec<AugmentSpec> {
    let of = |kind, strength| AugmentSpec { kind, strength: Some(strength) };
    vec![
        of(AugmentKind::Shift, 0.1),
        of(AugmentKind::Rotate, 20.0),
        of(AugmentKind::Scale, 0.25),
        of(AugmentKind::Cutout, 0.3),
    ]
}

/// Whether a list of changes makes two views differ: mixed pictures are no views of one.
pub fn makes_views(augment: &[AugmentSpec]) -> bool {
    augment.iter().any(|a| a.kind != AugmentKind::Mixup && a.strength() > 0.0)
}

impl TaskRule for Contrastive {
    fn name(&self) -> &'static str {
        "contrastive"
    }

    fn loss(&self) -> Loss {
        Loss::Mse
    }

    /// The target is the other view.
    fn info(&self, data: DataInfo) -> DataInfo {
        asked_for_itself(data)
    }

    fn parts(&self, _: &DataInfo) -> Vec<PartRule> {
        vec![
            PartRule { name: PartName::Trunk, input: PartInput::Data, output: None },
            PartRule { name: PartName::Head, input: PartInput::Output(PartName::Trunk), output: None },
        ]
    }

    /// Share of views whose nearest view in the batch is that of the same picture.
    fn metric(&self) -> Metric {
        Metric::Accuracy
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        let (low, high) = TEMPERATURE;
        check_range(problems, "task.temperature", f64::from(self.temperature), f64::from(low), f64::from(high));
        needs_pictures(self.name(), info, problems);
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        text::parse(&format!("trunk: {}; head: dense 64 relu | dense 32", trunk_text(info)?)).ok()
    }
}
