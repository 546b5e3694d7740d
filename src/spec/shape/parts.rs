//! Shapes of a task's networks, part after part, and whether they fit each other.
//!
//! Not responsible for which parts there are (`spec::tasks`).

use super::{LayerInfo, Walk, size};
use crate::spec::data::DataInfo;
use crate::spec::experiment::Experiment;
use crate::spec::model::{Layer, LayerKind, PartName};
use crate::spec::tasks::{PartInput, PartRule};

/// What a last layer without a size of its own is asked for: a dense layer gives a row of all numbers.
pub fn asked_of(rule: &PartRule, layers: &[Layer]) -> Option<Vec<usize>> {
    let wanted = rule.output.clone()?;
    let row = matches!(layers.last().map(|l| &l.kind), Some(LayerKind::Dense(_)));
    Some(if row { vec![size(&wanted)] } else { wanted })
}

impl Walk {
    /// Every part's layers, one list after the other.
    pub(super) fn parts(&mut self, exp: &Experiment, info: &DataInfo) -> Vec<LayerInfo> {
        let mut all: Vec<LayerInfo> = Vec::new();
        let mut outputs: Vec<(PartName, Vec<usize>)> = Vec::new();
        for rule in exp.task.kind.parts(info) {
            let input = match &rule.input {
                PartInput::Data => info.input.clone(),
                PartInput::Shape(shape) => shape.clone(),
                PartInput::Output(of) => {
                    outputs.iter().find(|(n, _)| n == of).map(|(_, s)| s.clone()).unwrap_or_default()
                }
            };
            let layers = exp.model.part(rule.name);
            self.list = format!("model.parts.{}", rule.name.name());
            self.first = exp.model.range(rule.name).start;
            self.wanted = asked_of(&rule, layers);
            self.last_state = None;
            // Each part has its own input, and names of its own.
            self.named.clear();
            self.named.insert("input".into(), input.clone());
            let (path, sized) = (self.list.clone(), rule.output.is_some());
            let infos = self.list(layers, &path, &rule.name.prefix(), ("input", input), sized);
            self.wanted = rule.output.clone();
            self.check_output(&infos, layers, true);
            outputs.push((rule.name, infos.last().map(|l| l.output.clone()).unwrap_or_default()));
            all.extend(infos);
        }
        all
    }
}
