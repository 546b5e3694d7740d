//! What stands before the columns of the strip where a task has several networks: noise, and who reads what.
//!
//! Not responsible for where columns stand (`layout`).

use crate::spec::model::PartName;
use crate::spec::{DataInfo, Experiment, ModelSpec, TaskKind};

/// What the network that is listed first reads: the data, or noise.
#[derive(Clone, Debug, PartialEq)]
pub struct Begin {
    /// As if it were data.
    pub input: DataInfo,
    /// Layers that read noise and what comes of it: they say nothing about the data's plane or pictures.
    pub apart: usize,
    /// Whether there are heads beside the first, which read the trunk all the same.
    pub heads: bool,
}

impl Begin {
    /// Of an experiment with such data.
    pub fn of(e: &Experiment, data: &DataInfo) -> Begin {
        let heads = !heads(&e.model).is_empty();
        let TaskKind::Gan(task) = e.task.kind else { return Begin { input: data.clone(), apart: 0, heads } };
        let feature_names = (1..=task.latent).map(|i| format!("z{i}")).collect();
        let input = DataInfo { input: vec![task.latent], feature_names, plane: false, tokens: None, ..data.clone() };
        Begin { input, apart: e.model.range(PartName::Generator).end, heads }
    }

    /// Whether it is noise.
    pub fn is_noise(&self) -> bool {
        self.apart > 0
    }
}

/// Columns that a head beside the first reads from, and its own: the trunk's end, not the head listed before it.
pub fn heads(spec: &ModelSpec) -> Vec<(usize, usize)> {
    let trunk = spec.range(PartName::Trunk).end;
    (0..spec.layers.len()).filter(|at| spec.is_beside(*at)).map(|at| (trunk, at + 1)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::preset::ready;

    #[test]
    fn every_head_beside_the_first_reads_the_end_of_the_trunk() {
        let e = ready::find("several_digits").unwrap().experiment().unwrap();
        // The column behind the trunk is the first head's.
        let trunk = e.model.range(PartName::Trunk).len();
        assert_eq!(heads(&e.model), [(trunk, trunk + 2), (trunk, trunk + 3)]);
        assert!(Begin::of(&e, &e.data_info().unwrap()).heads);
    }
}
