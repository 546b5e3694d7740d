//! Lines of the code that say how to train: they make no layer, and what they ask for is not taken over without a word.
//!
//! Looks at tokens, since such lines are often ones of which nothing else is understood. Not responsible for the loss
//! that a last layer asks for (`ends`).

use super::Note;
use super::token::{Kind, Token};
use crate::spec::task::Loss;

/// Optimizers that are imported by name.
const OPTIMIZERS: [&str; 14] = [
    "SGD",
    "Adam",
    "AdamW",
    "Adamax",
    "Adagrad",
    "Adadelta",
    "Adafactor",
    "NAdam",
    "Nadam",
    "RAdam",
    "RMSprop",
    "LBFGS",
    "Lion",
    "Rprop",
];
/// Numbers of a training that are often given a name first.
const NUMBERS: [&str; 6] = ["lr", "learning_rate", "LR", "LEARNING_RATE", "weight_decay", "momentum"];

/// The same where a loader or `fit` is told them.
const ANYWHERE: [&str; 2] = ["batch_size", "epochs"];

/// A note for each statement that sets an optimizer, a learning rate or a loss other than `loss`.
pub(super) fn notes(tokens: &[Token<'_>], loss: Loss) -> Vec<Note> {
    let of_line = |line: &[Token<'_>]| {
        let (word, line) =
            line.windows(2).find_map(|pair| set_by(pair, loss)).or_else(|| named(line)).or_else(|| told(line))?;
        Some(Note::Training { word: word.to_string(), line })
    };
    let lines = tokens.split(|t| t.kind == Kind::End);
    lines
        .filter(|line| !matches!(line.first().map(|t| t.kind), Some(Kind::Name("import" | "from"))))
        .filter_map(of_line)
        .collect()
}

/// What a call sets, if that is a matter of training.
fn set_by<'t>(pair: &[Token<'t>], loss: Loss) -> Option<(&'t str, usize)> {
    let [Token { kind: Kind::Name(name), place, .. }, Token { kind: Kind::Sign("("), .. }] = pair else { return None };
    let (before, last) = name.rsplit_once('.').unwrap_or(("", name));
    let from = before.rsplit('.').next().unwrap_or("");
    let class = last.starts_with(char::is_uppercase);
    let optimizer = OPTIMIZERS.contains(&last) || (class && matches!(from, "optim" | "optimizers" | "lr_scheduler"));
    let compiles = last == "compile" && !before.is_empty() && before != "re" && before != "torch";
    let other_loss = class && (last.ends_with("Loss") || from == "losses") && Some(loss.name()) != known_loss(last);
    (optimizer || compiles || other_loss).then_some((last, place.line))
}

/// A number of the training under a name of its own.
fn named<'t>(line: &[Token<'t>]) -> Option<(&'t str, usize)> {
    let [Token { kind: Kind::Name(name), place, .. }, Token { kind: Kind::Sign("="), .. }, ..] = line else {
        return None;
    };
    NUMBERS.contains(name).then_some((*name, place.line))
}

/// A number of the training that a call is given.
fn told<'t>(line: &[Token<'t>]) -> Option<(&'t str, usize)> {
    line.windows(2).find_map(|pair| match pair {
        [Token { kind: Kind::Name(name), place, .. }, Token { kind: Kind::Sign("="), .. }]
            if ANYWHERE.contains(name) =>
        {
            Some((*name, place.line))
        }
        _ => None,
    })
}

/// The JSON name of the loss that a class of PyTorch or Keras computes.
fn known_loss(class: &str) -> Option<&'static str> {
    Some(match class {
        "CrossEntropyLoss" | "NLLLoss" | "CategoricalCrossentropy" | "SparseCategoricalCrossentropy" => "cross_entropy",
        "BCELoss" | "BCEWithLogitsLoss" | "BinaryCrossentropy" => "bce",
        "MSELoss" | "MeanSquaredError" => "mse",
        "L1Loss" | "MeanAbsoluteError" => "mae",
        "HuberLoss" | "SmoothL1Loss" | "Huber" => "huber",
        "MultiMarginLoss" | "CategoricalHinge" => "hinge",
        _ => return None,
    })
}
