//! An experiment in the language of other programs: scripts that run as they are, and the files that go with them.
//!
//! Pure functions of an experiment and named arrays. What cannot be said in the other language is refused with a problem at
//! its place. Not responsible for offering files (`ui::files`) nor for reading them.

mod lines;
pub mod onnx;
mod python;
pub mod pytorch;

pub use lines::{Line, Script};

use crate::spec::shape::{ModelInfo, infer};
use crate::spec::{Code, DataInfo, Experiment, Problem, TaskKind};

/// What an experiment can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A script for PyTorch.
    Pytorch,
    /// The trained network alone.
    Onnx,
}

impl Format {
    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Format::Pytorch => "PyTorch",
            Format::Onnx => "ONNX",
        }
    }

    /// A part of the experiment that it has no words for.
    fn lacks(self, path: &str, what: &str) -> Problem {
        Problem::new(path, Code::NotExported).arg("format", self.name()).arg("name", what)
    }
}

/// Names of the files that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    stem: String,
}

impl Names {
    /// Those of an experiment.
    pub fn of(exp: &Experiment) -> Names {
        Names { stem: exp.data.set.clone() }
    }

    /// The rows: `x_train`, `y_train`, `x_test`, `y_test`.
    pub fn rows(&self) -> String {
        format!("{}.rows.safetensors", self.stem)
    }

    /// The weights, under the PyTorch script's names.
    pub fn weights(&self) -> String {
        format!("{}.weights.safetensors", self.stem)
    }

    /// What a script has trained.
    pub fn trained(&self) -> String {
        format!("{}.trained.safetensors", self.stem)
    }

    /// The trained network.
    pub fn onnx(&self) -> String {
        format!("{}.onnx", self.stem)
    }

    /// The script for PyTorch. A name of its own: a script `random.py` would be taken for Python's module.
    pub fn pytorch(&self) -> String {
        format!("{}_pytorch.py", self.stem)
    }
}

/// What the exporters need to know, or why nothing can be exported.
fn known(exp: &Experiment, format: Format) -> Result<(DataInfo, ModelInfo), Vec<Problem>> {
    let problems = exp.problems();
    if !problems.is_empty() {
        return Err(problems);
    }
    if !matches!(exp.task.kind, TaskKind::Classification | TaskKind::Regression | TaskKind::LanguageModel) {
        return Err(vec![format.lacks("task.type", "task")]);
    }
    let data = exp.data.info()?;
    let model = infer(exp, &data);
    Ok((data, model))
}
