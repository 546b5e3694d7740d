//! Language model: the next token at every place.

use super::TaskRule;
use crate::spec::task::{Loss, Metric};

pub(crate) struct LanguageModel;

impl TaskRule for LanguageModel {
    fn name(&self) -> &'static str {
        "language_model"
    }

    fn loss(&self) -> Loss {
        Loss::CrossEntropy { label_smoothing: 0.0 }
    }

    fn metric(&self) -> Metric {
        Metric::Accuracy
    }
}
