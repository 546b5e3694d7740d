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
    /// Classes that the last network tells apart; empty where its outputs are something else.
    pub classes: Vec<String>,
}

impl Begin {
    /// Of an experiment with such data.
    pub fn of(e: &Experiment, data: &DataInfo) -> Begin {
        let heads = !heads(&e.model).is_empty();
        let classes = match e.task.kind {
            TaskKind::Classification | TaskKind::LanguageModel => data.class_names.clone(),
            TaskKind::Regression
            | TaskKind::Autoencoder(_)
            | TaskKind::Vae(_)
            | TaskKind::Gan(_)
            | TaskKind::Diffusion(_)
            | TaskKind::Several(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_) => Vec::new(),
        };
        let TaskKind::Gan(task) = e.task.kind else { return Begin { input: data.clone(), apart: 0, heads, classes } };
        let feature_names = (1..=task.latent).map(|i| format!("z{i}")).collect();
        let input = DataInfo { input: vec![task.latent], feature_names, plane: false, tokens: None, ..data.clone() };
        Begin { input, apart: e.model.range(PartName::Generator).end, heads, classes }
    }

    /// What each of so many outputs says, if that has a name: a class, or of two classes told apart by one number the second.
    pub fn outputs(&self, units: usize) -> &[String] {
        match (units, self.classes.len()) {
            (1, 2) => &self.classes[1..],
            (units, classes) if units == classes => &self.classes,
            _ => &[],
        }
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
    fn outputs_are_named_after_classes_only_where_they_are_classes() {
        let begin = |name: &str| {
            let e = ready::find(name).unwrap().experiment().unwrap();
            Begin::of(&e, &e.data_info().unwrap())
        };
        // One number tells two classes apart: it is the second's.
        let cancer = begin("tumours");
        let names = cancer.classes.clone();
        assert_eq!((names.len(), cancer.outputs(1), cancer.outputs(2)), (2, &names[1..], &names[..]));
        assert_eq!(cancer.outputs(3), [] as [String; 0]);
        for made in ["gan_ring", "several_digits"] {
            assert_eq!(begin(made).outputs(1), [] as [String; 0], "{made}");
        }
    }

    #[test]
    fn every_head_beside_the_first_reads_the_end_of_the_trunk() {
        let e = ready::find("several_digits").unwrap().experiment().unwrap();
        // The column behind the trunk is the first head's.
        let trunk = e.model.range(PartName::Trunk).len();
        assert_eq!(heads(&e.model), [(trunk, trunk + 2), (trunk, trunk + 3)]);
        assert!(Begin::of(&e, &e.data_info().unwrap()).heads);
    }
}
