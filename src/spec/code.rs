//! A network from Python code: `nn.Sequential(…)` of PyTorch, `Sequential([…])` and `model.add(…)` of Keras.
//!
//! Nothing is run: the text is taken apart into calls, each layer's call becomes one of ours, and what comes of it is
//! fitted to the experiment at hand. Not responsible for the words of what is said (`i18n::pasted`, `i18n::problems`).

mod args;
mod ends;
mod fit;
mod script;
mod steps;
mod syntax;
mod table;
mod token;
mod training;
mod windows;

use super::experiment::Experiment;
use super::model::{ModelSpec, PartName};
use super::problem::{Code, Problem};
use super::task::Loss;
use script::Script;
pub use token::Place;

/// Most bytes of a text: far more than any network that one would write by hand.
pub const LENGTH_MAX: usize = 100_000;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The network.
    pub model: ModelSpec,
    /// The loss that its last layer asks for, where it is not the experiment's.
    pub loss: Option<Loss>,
    /// Whether it is PyTorch's; else Keras's.
    pub torch: bool,
    /// In what the network differs from the code.
    pub notes: Vec<Note>,
}

/// In what a network differs from its code, or what the code says that does not hold here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The loss has this function already.
    InLoss {
        /// The function.
        word: String,
        /// Line of the code.
        line: usize,
    },
    /// An argument that this layer does not have here.
    Argument {
        /// The layer.
        layer: String,
        /// The argument.
        argument: String,
        /// Line of the code.
        line: usize,
    },
    /// The code states another number of inputs than what comes in.
    Inputs {
        /// The layer.
        layer: String,
        /// Line of the code.
        line: usize,
        /// As the code has it.
        stated: usize,
        /// What comes in.
        given: usize,
    },
    /// The code states another vocabulary than the data have.
    Vocabulary {
        /// Line of the code.
        line: usize,
        /// As the code has it.
        stated: usize,
        /// What the data have.
        given: usize,
    },
    /// The code states another shape of the data.
    Shape {
        /// As the code has it.
        stated: String,
        /// What the data have.
        given: String,
    },
    /// A `flatten` was put before the layer of this line, whose inputs ask for it.
    Flattened {
        /// Line of the code.
        line: usize,
    },
    /// What prepares data is set beside the data.
    OfData {
        /// The layer.
        layer: String,
        /// Line of the code.
        line: usize,
    },
    /// The loss is now this one, which the last layer asks for.
    Loss {
        /// Its JSON name.
        loss: &'static str,
    },
    /// Keras would begin with other weights.
    FirstWeights,
    /// Of a recurrent layer only the last state goes on.
    LastState {
        /// Line of the code.
        line: usize,
    },
    /// An optimizer, a learning rate or a loss that was not taken over.
    Training {
        /// The class, function or name that sets it.
        word: String,
        /// Line of the code.
        line: usize,
    },
    /// Other networks of the text were not read.
    Others {
        /// How many.
        count: usize,
    },
}

/// Whether a text looks like code, not like model text.
pub fn is_code(text: &str) -> bool {
    let class = |room: &str| {
        text.match_indices(room).any(|(i, _)| text[i + room.len()..].starts_with(|c: char| c.is_ascii_uppercase()))
    };
    text.contains("Sequential(") || (text.contains('(') && (class("nn.") || class("layers.")))
}

/// Reads code for an experiment: its data and its loss say what the network has to fit.
pub fn read(text: &str, experiment: &Experiment) -> Result<Pasted, Vec<Problem>> {
    if text.len() > LENGTH_MAX {
        let (got, max) = (text.len(), LENGTH_MAX);
        return Err(vec![Problem::new("model", Code::CodeTooLong).arg("got", got).arg("max", max)]);
    }
    let tokens = token::tokens(text);
    let script = Script::of(&tokens);
    let broken = script.broken();
    if !broken.is_empty() {
        return Err(broken);
    }
    let names: Vec<PartName> = experiment.model.parts.iter().map(|p| p.name).collect();
    let networks: Vec<_> = names.iter().filter_map(|n| script.network(n.name())).collect();
    if names.is_empty() || networks.len() < names.len() {
        let (found, others) = script.last_network()?;
        let mut pasted = fit::one(found, &script, experiment)?;
        pasted.notes.extend((others > 0).then_some(Note::Others { count: others }));
        let loss = pasted.loss.unwrap_or_else(|| experiment.task.loss());
        pasted.notes.extend(training::notes(&tokens, loss));
        return Ok(pasted);
    }
    let parts: Vec<(PartName, _)> = names.into_iter().zip(networks).collect();
    let mut pasted = fit::parts(parts, &script)?;
    pasted.notes.extend(training::notes(&tokens, experiment.task.loss()));
    Ok(pasted)
}

/// A problem at a place of the code.
fn problem(code: Code, place: Place, word: &str) -> Problem {
    Problem::new("model", code).arg("word", shown(word)).arg("line", place.line).arg("column", place.column)
}

/// Most characters of a word that a message repeats.
const WORD_MAX: usize = 40;

fn shown(word: &str) -> String {
    let line = word.lines().next().unwrap_or("");
    match line.char_indices().nth(WORD_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_string(),
    }
}
