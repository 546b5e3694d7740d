//! An experiment in the language of other programs: scripts that run as they are, and the files that go with them.
//!
//! Pure functions of an experiment and named arrays. What cannot be said in the other language is refused with a problem at
//! its place. Not responsible for offering files (`ui::files`) nor for reading them.

mod file;
mod helpers;
pub mod keras;
mod lines;
mod named;
pub mod onnx;
mod python;
pub mod pytorch;
mod reads;
pub mod report;

pub use file::{BYTES, FileKind, Written, file};
pub use lines::{Line, Script};

use crate::spec::shape::{ModelInfo, infer};
use crate::spec::{Code, DataInfo, Experiment, Problem, Schedule, TaskKind, Weights};

/// What an experiment can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A script for PyTorch.
    Pytorch,
    /// A script for Keras 3.
    Keras,
    /// The trained network alone.
    Onnx,
}

impl Format {
    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Format::Pytorch => "PyTorch",
            Format::Keras => "Keras",
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

    /// The weights as the Keras script has them.
    pub fn keras_weights(&self) -> String {
        format!("{}.keras.safetensors", self.stem)
    }

    /// What a Keras script has trained.
    pub fn keras_trained(&self) -> String {
        format!("{}.keras-trained.safetensors", self.stem)
    }

    /// The script for Keras.
    pub fn keras(&self) -> String {
        format!("{}_keras.py", self.stem)
    }

    /// The trained network.
    pub fn onnx(&self) -> String {
        format!("{}.onnx", self.stem)
    }

    /// The report.
    pub fn report(&self) -> String {
        format!("{}.report.html", self.stem)
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

/// The weights of a file under our names: it has those, or a script's. Only Keras's names are paths.
///
/// # Errors
/// The experiment's problems.
pub fn from_weights(exp: &Experiment, theirs: Weights) -> Result<Weights, Vec<Problem>> {
    if theirs.tensors.iter().any(|t| t.name.contains('/')) {
        return keras::from_weights(exp, theirs);
    }
    pytorch::from_weights(exp, theirs)
}

/// A plateau that waits for a ramp: scripts cannot put these together.
fn mixed(s: &Schedule) -> bool {
    match s {
        Schedule::Warmup { then: Some(then), .. } => matches!(**then, Schedule::Plateau { .. }) || mixed(then),
        _ => false,
    }
}

/// Epochs that a script trains.
const EPOCHS: usize = 10;

/// How a script begins: what it is and what it needs, up to the end of that text.
fn intro(exp: &Experiment, format: Format, [rows, weights]: [&str; 2], s: &mut Script) {
    let (name, packages) = (format.name(), if format == Format::Keras { "keras jax" } else { "torch" });
    s.say(format!("\"\"\"The experiment \"{}\" in {name}, as Gradarium wrote it.\n", exp.data.set));
    s.say(format!("    pip install {packages} safetensors\n\nThe page saves two files that belong beside this one:"));
    let wide = weights.len();
    s.say(format!("    {rows:wide$}  the rows, split, scaled and in the page's order"));
    s.say(format!("    {weights}  the weights to begin with; without it they are drawn anew"));
    s.say(format!("The order of the batches and everything drawn by chance is {name}'s own."));
    if !exp.data.augment.is_empty() {
        let kinds: Vec<&str> = exp.data.augment.iter().map(|a| a.kind.name()).collect();
        let kinds = kinds.join(", ");
        s.say(format!("The page also changes the training pictures at random ({kinds}); this script does not."));
    }
    s.say("\"\"\"");
}
