//! What was read from pasted code or from an ONNX file, as the notice says it.
//!
//! Not responsible for reading (`spec::code`) nor for the words (`i18n::pasted`).

use super::plots::number;
use crate::export::onnx::read as onnx;
use crate::i18n::{Lang, onnx as onnx_words, pasted as words, sentences};
use crate::spec::code::{Note, Pasted};

/// What was read, before the differences.
pub fn read(pasted: &Pasted, lang: Lang) -> String {
    let kind = if pasted.torch { "PyTorch" } else { "Keras" };
    let count = pasted.model.layers.len();
    let read = if count == 1 { words::READ_ONE } else { words::READ };
    let read = read.with(lang, &[("layers", &count.to_string()), ("kind", kind)]);
    let differs = if pasted.notes.is_empty() { words::SAME } else { words::DIFFERS };
    sentences(lang, &[&*read, differs.get(lang)])
}

/// One difference in a sentence.
pub fn say(note: &Note, lang: Lang) -> String {
    let whole = |n: usize| number::integer(n as u64);
    let at = |line: &usize| line.to_string();
    match note {
        Note::InLoss { word, line } => words::IN_LOSS.with(lang, &[("word", word), ("line", &at(line))]),
        Note::Argument { layer, argument, line } => {
            words::ARGUMENT.with(lang, &[("layer", layer), ("argument", argument), ("line", &at(line))])
        }
        Note::Inputs { layer, line, stated, given } => {
            let (stated, given) = (whole(*stated), whole(*given));
            words::INPUTS.with(lang, &[("layer", layer), ("line", &at(line)), ("stated", &stated), ("given", &given)])
        }
        Note::Vocabulary { line, stated, given } => {
            let (stated, given) = (whole(*stated), whole(*given));
            words::VOCABULARY.with(lang, &[("line", &at(line)), ("stated", &stated), ("given", &given)])
        }
        Note::Shape { stated, given } => words::SHAPE.with(lang, &[("stated", stated), ("given", given)]),
        Note::Flattened { line } => words::FLATTENED.with(lang, &[("line", &at(line))]),
        Note::OfData { layer, line } => words::OF_DATA.with(lang, &[("layer", layer), ("line", &at(line))]),
        Note::Loss { loss } => words::LOSS.with(lang, &[("loss", loss)]),
        Note::FirstWeights => words::FIRST_WEIGHTS.get(lang).to_string(),
        Note::LastState { line } => words::LAST_STATE.with(lang, &[("line", &at(line))]),
        Note::Training { word, line } => words::TRAINING.with(lang, &[("word", word), ("line", &at(line))]),
        Note::Others { count: 1 } => words::OTHER.get(lang).to_string(),
        Note::Others { count } => words::OTHERS.with(lang, &[("count", &count.to_string())]),
    }
}

/// What was read from an ONNX file, and in what the network differs from it.
pub fn from_onnx(layers: usize, notes: &[onnx::Note], lang: Lang) -> String {
    let read = if layers == 1 { onnx_words::READ_ONE } else { onnx_words::READ };
    let say = |note: &onnx::Note| match note {
        onnx::Note::InLoss { op } => onnx_words::IN_LOSS.with(lang, &[("op", op)]),
        onnx::Note::Epsilon { op, count, theirs, ours, kept } => {
            let words = if *kept { onnx_words::EPSILON_KEPT } else { onnx_words::EPSILON };
            words.with(lang, &[("op", op), ("count", &count.to_string()), ("theirs", theirs), ("ours", ours)])
        }
        onnx::Note::Widened { arrays } => onnx_words::WIDENED.with(lang, &[("arrays", &arrays.to_string())]),
        onnx::Note::Loss { loss } => onnx_words::LOSS.with(lang, &[("loss", loss)]),
    };
    let said = read.with(lang, &[("layers", &layers.to_string())]);
    let all = [said].into_iter().chain(notes.iter().map(say)).chain([onnx_words::OURS.get(lang).to_string()]);
    sentences(lang, &all.collect::<Vec<_>>())
}
