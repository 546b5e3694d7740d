//! What layers and units are called in sentences.
//!
//! Not responsible for the names that learners give to layers for wiring.

use crate::i18n::{Lang, network as words};
use crate::spec::{DataInfo, Experiment, LayerKind};

/// Names for one experiment in one language.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// What the last layer's outputs say, where that has a name.
    pub outputs: &'a [String],
    /// What the first network reads.
    pub begin: &'a DataInfo,
    /// The language.
    pub lang: Lang,
}

impl Names<'_> {
    /// A column by its index, 0 being the input: `layer 2`, `input`, `output`.
    pub fn column(&self, column: usize) -> String {
        let layers = &self.experiment.model.layers;
        match column.checked_sub(1) {
            None => words::INPUT.get(self.lang).to_string(),
            Some(l) if l + 1 == layers.len() && matches!(layers[l].kind, LayerKind::Dense(_)) => {
                words::OUTPUT.get(self.lang).to_string()
            }
            Some(l) => words::LAYER.with(self.lang, &[("i", &(l + 1).to_string())]),
        }
    }

    /// A unit of a column, shortly: a feature's or a class's name, or `unit 3`.
    pub fn unit(&self, column: usize, unit: usize) -> String {
        let named = if column == 0 {
            self.begin.feature_names.get(unit)
        } else if column == self.experiment.model.layers.len() {
            self.outputs.get(unit)
        } else {
            None
        };
        named.cloned().unwrap_or_else(|| words::UNIT.with(self.lang, &[("u", &(unit + 1).to_string())]))
    }

    /// [`Names::unit_of`] as a heading.
    pub fn title_of(&self, column: usize, unit: usize) -> String {
        let name = self.unit_of(column, unit);
        let mut chars = name.chars();
        chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
    }

    /// A unit with its column, for the middle of a sentence.
    pub fn unit_of(&self, column: usize, unit: usize) -> String {
        if column == 0 {
            return words::FEATURE.with(self.lang, &[("name", &self.unit(0, unit))]);
        }
        let (u, layer) = ((unit + 1).to_string(), self.column(column));
        let plain = words::UNIT_OF.with(self.lang, &[("u", &u), ("layer", &layer)]);
        let class = self.outputs.get(unit).filter(|_| column == self.experiment.model.layers.len());
        class.map_or(plain.clone(), |c| format!("{plain} ({c})"))
    }
}
