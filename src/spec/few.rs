//! Few examples of some classes: which rows of a picture set are learned from.
//!
//! Not responsible for drawing them (`engine::data::split`).

use super::data::DataSpec;
use super::problem::{Code, Problem, check_range};
use super::sets::SetInfo;

/// Most examples a class: as many as the largest shipped set has.
pub const PER_CLASS_MAX: usize = 1000;

impl DataSpec {
    /// Whether not all training rows are learned from.
    pub(super) fn takes_few(&self) -> bool {
        self.per_class.is_some() || !self.only.is_empty()
    }

    /// Names of the classes that are kept; digits are named by their number.
    pub(super) fn only_names(&self, names: &[String]) -> Vec<String> {
        self.only.iter().map(|c| names.get(*c).cloned().unwrap_or_else(|| c.to_string())).collect()
    }

    /// Finds counts and classes that there are not.
    pub(super) fn check_few(&self, set: &SetInfo, problems: &mut Vec<Problem>) {
        if let Some(n) = self.per_class {
            check_range(problems, "data.per_class", n as f64, 1.0, PER_CLASS_MAX as f64);
        }
        if self.only.is_empty() {
            return;
        }
        check_range(problems, "data.only", self.only.len() as f64, 2.0, set.classes as f64);
        for (i, class) in self.only.iter().enumerate() {
            let path = format!("data.only[{i}]");
            check_range(problems, &path, *class as f64, 0.0, set.classes.saturating_sub(1) as f64);
            if self.only[..i].contains(class) {
                problems.push(Problem::new(path, Code::ListedTwice).arg("name", class));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Target;

    #[test]
    fn classes_that_are_kept_have_their_names_and_others_are_refused() {
        let few = |only: &[usize], set: &str| DataSpec { only: only.to_vec(), per_class: Some(3), ..DataSpec::of(set) };
        let info = few(&[9, 1], "fashion_mnist").info();
        let info = info.as_ref().map(|i| (i.target.clone(), i.class_names.clone()));
        assert_eq!(info, Ok((Target::Classes { count: 2 }, vec!["ankle boot".into(), "trouser".into()])));
        let digits = few(&[5, 7], "mnist").info().map(|i| i.class_names);
        assert_eq!(digits, Ok(vec!["5".into(), "7".into()]));
        let codes = |d: DataSpec| d.info().map_or_else(|p| p.into_iter().map(|p| p.code).collect(), |_| Vec::new());
        assert_eq!(codes(few(&[3], "mnist")), [Code::OutOfRange]);
        assert_eq!(codes(few(&[3, 10], "mnist")), [Code::OutOfRange]);
        assert_eq!(codes(few(&[3, 3], "mnist")), [Code::ListedTwice]);
        assert_eq!(codes(few(&[0, 1], "iris")), [Code::FieldNotUsed; 2]);
        assert_eq!(codes(DataSpec { per_class: Some(0), ..DataSpec::of("mnist") }), [Code::OutOfRange]);
    }
}
