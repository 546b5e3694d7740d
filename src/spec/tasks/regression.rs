//! Regression: numbers.

use super::TaskRule;
use crate::spec::task::Loss;

pub(crate) struct Regression;

impl TaskRule for Regression {
    fn name(&self) -> &'static str {
        "regression"
    }

    fn loss(&self) -> Loss {
        Loss::Mse
    }
}
