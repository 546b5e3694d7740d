//! Classification: one of several classes.

use super::TaskRule;
use crate::spec::task::{Loss, Metric};

pub(crate) struct Classification;

impl TaskRule for Classification {
    fn name(&self) -> &'static str {
        "classification"
    }

    fn loss(&self) -> Loss {
        Loss::CrossEntropy { label_smoothing: 0.0 }
    }

    fn metric(&self) -> Metric {
        Metric::Accuracy
    }
}
