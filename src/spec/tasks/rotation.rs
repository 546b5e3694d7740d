//! Rotation: every picture is turned by 0°, 90°, 180° or 270°, and a head on the trunk says by how much (Gidaris et al.
//! 2018). No label is needed; who can tell has learned what pictures show.

use super::{PartInput, PartRule, TaskRule, needs_pictures, trunk_text};
use crate::spec::data::{DataInfo, Target};
use crate::spec::model::{ModelSpec, PartName};
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::show;
use crate::spec::task::{Loss, Metric};
use crate::spec::text;

/// Quarter turns that are told apart.
pub const TURNS: usize = 4;

/// The task; it has no settings.
pub(super) struct Rotation;

/// Square pictures: a turned one has the same shape.
fn suits(info: &DataInfo) -> bool {
    matches!(info.input[..], [h, w, _] if h == w) && info.tokens.is_none()
}

impl TaskRule for Rotation {
    fn name(&self) -> &'static str {
        "rotation"
    }

    fn loss(&self) -> Loss {
        Loss::CrossEntropy { label_smoothing: 0.0 }
    }

    /// Data that do not suit stay as they are, and [`TaskRule::check`] says so.
    fn info(&self, data: DataInfo) -> DataInfo {
        if !suits(&data) {
            return data;
        }
        let class_names = (0..TURNS).map(|k| format!("{}°", 90 * k)).collect();
        DataInfo { target: Target::Classes { count: TURNS }, class_names, target_name: None, ..data }
    }

    fn parts(&self, _: &DataInfo) -> Vec<PartRule> {
        vec![
            PartRule { name: PartName::Trunk, input: PartInput::Data, output: None },
            PartRule { name: PartName::Head, input: PartInput::Output(PartName::Trunk), output: Some(vec![TURNS]) },
        ]
    }

    fn metric(&self) -> Metric {
        Metric::Accuracy
    }

    fn check(&self, info: Option<&DataInfo>, problems: &mut Vec<Problem>) {
        needs_pictures(self.name(), info, problems);
        let Some(info) = info.filter(|i| i.input.len() == 3 && !suits(i)) else { return };
        problems.push(Problem::new("task.type", Code::TaskData).arg("task", self.name()).arg("got", show(&info.input)));
    }

    fn starter(&self, info: &DataInfo) -> Option<ModelSpec> {
        text::parse(&format!("trunk: {}; head: dense", trunk_text(info)?)).ok()
    }
}
