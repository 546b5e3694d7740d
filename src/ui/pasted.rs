//! What was read from pasted code, as the notice says it.
//!
//! Not responsible for reading (`spec::code`) nor for the words (`i18n::pasted`).

use super::plots::number;
use crate::i18n::{Lang, pasted as words};
use crate::spec::code::{Note, Pasted};

/// What was read, before the differences.
pub fn read(pasted: &Pasted, lang: Lang) -> String {
    let kind = if pasted.torch { "PyTorch" } else { "Keras" };
    let count = pasted.model.layers.len();
    let read = if count == 1 { words::READ_ONE } else { words::READ };
    let read = read.with(lang, &[("layers", &count.to_string()), ("kind", kind)]);
    let differs = if pasted.notes.is_empty() { words::SAME } else { words::DIFFERS };
    format!("{read} {}", differs.get(lang))
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
        Note::Others { count: 1 } => words::OTHER.get(lang).to_string(),
        Note::Others { count } => words::OTHERS.with(lang, &[("count", &count.to_string())]),
    }
}
