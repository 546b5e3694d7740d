//! How much each class counts in the loss, so that rare ones are not passed over.
//!
//! Not responsible for counting rows (`engine::session`) nor for the loss itself (`engine::loss`).

use super::data::Target;
use super::problem::{Code, Problem, check_range};
use super::task::{Loss, TaskSpec};
use serde::de::{self, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Largest weight of a class.
pub const CLASS_WEIGHT_MAX: f64 = 1e6;
/// The JSON name of [`ClassWeights::Balanced`].
const BALANCED: &str = "balanced";

/// `weight` of PyTorch's `CrossEntropyLoss`.
#[derive(Clone, Debug, PartialEq)]
pub enum ClassWeights {
    /// `rows / (classes · rows of the class)` over the training part, as scikit-learn's `"balanced"`.
    Balanced,
    /// One number for each class.
    Given(Vec<f32>),
}

impl ClassWeights {
    /// What is wrong with them for this task and these classes.
    pub fn check(&self, task: &TaskSpec, target: Option<&Target>, problems: &mut Vec<Problem>) {
        let path = "training.class_weights";
        let loss = task.loss();
        if !matches!(loss, Loss::CrossEntropy { .. }) {
            let unused = Problem::new(path, Code::FieldNotUsed).arg("field", "class_weights");
            problems.push(unused.arg("choice", loss.name()));
            return;
        }
        let ClassWeights::Given(weights) = self else { return };
        for (i, w) in weights.iter().enumerate() {
            check_range(problems, &format!("{path}[{i}]"), f64::from(*w), 0.0, CLASS_WEIGHT_MAX);
        }
        if !weights.is_empty() && weights.iter().all(|w| *w == 0.0) {
            let none = Problem::new(format!("{path}[0]"), Code::OutOfRange).arg("got", 0);
            problems.push(none.arg("min", 1e-6).arg("max", CLASS_WEIGHT_MAX));
        }
        if let Some(classes) = target.map(Target::classes).filter(|n| *n != weights.len()) {
            problems.push(Problem::new(path, Code::WrongLength).arg("got", weights.len()).arg("expected", classes));
        }
    }
}

impl Serialize for ClassWeights {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            ClassWeights::Balanced => s.serialize_str(BALANCED),
            ClassWeights::Given(weights) => {
                let mut list = s.serialize_seq(Some(weights.len()))?;
                weights.iter().try_for_each(|w| list.serialize_element(w))?;
                list.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for ClassWeights {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = ClassWeights;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_str<E: de::Error>(self, s: &str) -> Result<ClassWeights, E> {
                match s {
                    BALANCED => Ok(ClassWeights::Balanced),
                    other => Err(E::unknown_variant(other, &[BALANCED])),
                }
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ClassWeights, A::Error> {
                let mut weights = Vec::new();
                while let Some(w) = list.next_element()? {
                    weights.push(w);
                }
                Ok(ClassWeights::Given(weights))
            }
        }
        d.deserialize_any(V)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{DataSpec, Experiment, preset};
    use super::*;

    fn with(weights: Option<ClassWeights>) -> Experiment {
        let mut e = preset::for_data(DataSpec::of("iris"), 7);
        e.training.class_weights = weights;
        e
    }

    #[test]
    fn both_forms_are_read_back_and_the_default_is_left_out() {
        let given = Some(ClassWeights::Given(vec![1.0, 2.5, 0.0]));
        for (weights, json) in [(Some(ClassWeights::Balanced), "\"balanced\""), (given, "[1.0,2.5,0.0]")] {
            let text = with(weights.clone()).to_json();
            assert!(text.contains(&format!("\"class_weights\":{json}")), "{text}");
            assert_eq!(Experiment::from_json(&text).unwrap().training.class_weights, weights);
        }
        assert!(!with(None).to_json().contains("class_weights"));
    }

    #[test]
    fn what_cannot_be_meant_is_named_at_its_place() {
        let codes = |e: &Experiment| e.problems().into_iter().map(|p| (p.path, p.code)).collect::<Vec<_>>();
        let given = |w: &[f32]| Some(ClassWeights::Given(w.to_vec()));
        assert_eq!(codes(&with(given(&[1.0, 2.0, 3.0]))), []);
        let path = || "training.class_weights".to_string();
        assert_eq!(codes(&with(given(&[1.0, 2.0]))), [(path(), Code::WrongLength)]);
        assert_eq!(codes(&with(given(&[1.0, -2.0, 3.0]))), [(path() + "[1]", Code::OutOfRange)]);
        assert_eq!(codes(&with(given(&[0.0; 3]))), [(path() + "[0]", Code::OutOfRange)]);
        let mut numbers = preset::for_data(DataSpec::of("plane"), 7);
        numbers.training.class_weights = Some(ClassWeights::Balanced);
        assert_eq!(codes(&numbers), [(path(), Code::FieldNotUsed)]);
        let wrong = with(None).to_json().replace("\"training\":{", "\"training\":{\"class_weights\":\"fair\",");
        assert_eq!(Experiment::from_json(&wrong).unwrap_err()[0].code, Code::UnknownName);
    }
}
