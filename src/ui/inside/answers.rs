//! Answers beside what was wanted, token by token; and the parts of one example that the panels inside follow.
//!
//! Pure, tested natively. Not responsible for drawing (`ui::panels::answered`) nor for any answer (the worker's).

use super::tokens;
use crate::protocol::Solved;
use crate::spec::data::IGNORED;
use crate::spec::pairs::Answering;
use crate::spec::sequences::{COPY_LEN, SEP};

/// How a token of an answer fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is the one that was wanted.
    Right,
    /// Another was wanted, or none.
    Wrong,
    /// One was wanted and none is there.
    Missing,
    /// What was wanted is not known.
    Unknown,
}

/// A token of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its label; empty where it is missing.
    pub label: String,
    /// How it fares.
    pub mark: Mark,
}

/// The answer with a mark for each token, and with a gap for each that is missing.
pub fn marked(answer: &Solved, vocabulary: &[String]) -> Vec<Token> {
    let labels = labels(&answer.answered, vocabulary);
    let Some(wanted) = &answer.wanted else {
        return labels.into_iter().map(|label| Token { label, mark: Mark::Unknown }).collect();
    };
    let n = wanted.len().max(labels.len());
    let one = |i: usize| match (labels.get(i), answer.answered.get(i)) {
        (Some(label), Some(token)) => {
            let mark = if wanted.get(i) == Some(token) { Mark::Right } else { Mark::Wrong };
            Token { label: label.clone(), mark }
        }
        _ => Token { label: String::new(), mark: Mark::Missing },
    };
    (0..n).map(one).collect()
}

/// Whether the whole answer is right; `None` where what was wanted is not known.
pub fn is_right(answer: &Solved) -> Option<bool> {
    answer.wanted.as_ref().map(|wanted| *wanted == answer.answered)
}

/// Tokens as labels.
pub fn labels(ids: &[u32], vocabulary: &[String]) -> Vec<String> {
    ids.iter().map(|id| vocabulary.get(*id as usize).map_or("?", |t| tokens::shown(t)).to_string()).collect()
}

/// The most likely class at each of the places.
fn said(output: &[f32], classes: usize, places: impl Iterator<Item = usize>) -> Vec<u32> {
    let likeliest = |at: usize| {
        let logits = output.get(at * classes..(at + 1) * classes)?;
        let best = (0..classes).fold(0, |best, i| if logits[i] > logits[best] { i } else { best });
        Some(best as u32)
    };
    places.filter_map(likeliest).collect()
}

/// One example as the network has just taken it.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// How its task is answered.
    pub how: Answering,
    /// Its input.
    pub input: &'a [f32],
    /// How much of it counts.
    pub len: usize,
    /// The network's output, `(places, classes)`.
    pub output: &'a [f32],
    /// What was wanted at each place; empty for the learner's own.
    pub target: &'a [f32],
}

impl Taken<'_> {
    /// Source, what was wanted, and what the network said while it read the input: for a row that is with the right answer
    /// so far before each place, for the learner's own with its own answer so far.
    pub fn solved(&self, vocabulary: &[String]) -> Option<Solved> {
        let classes = vocabulary.len().max(1);
        let places = self.output.len() / classes;
        let tokens = |ids: &[f32]| ids.iter().filter(|id| **id != 0.0).map(|id| *id as u32).collect::<Vec<u32>>();
        let asked = |i: &usize| self.target.get(*i).is_some_and(|t| *t != IGNORED);
        let wanted: Vec<u32> = (0..self.target.len()).filter(asked).map(|i| self.target[i] as u32).collect();
        let wanted = (!self.target.is_empty()).then_some(wanted);
        let (source, answered) = match self.how {
            Answering::AtOnce => {
                let first = places.checked_sub(COPY_LEN)?;
                (tokens(self.input.get(..COPY_LEN)?), said(self.output, classes, first..places))
            }
            Answering::Written => {
                let is_sep = |id: &f32| vocabulary.get(*id as usize).is_some_and(|t| t == SEP);
                let sep = self.input.iter().position(is_sep)?;
                // A decoder's places begin behind the source's.
                let offset = self.input.len().checked_sub(places)?;
                let answered = if self.target.is_empty() {
                    said(self.output, classes, sep.checked_sub(offset)?..self.len.checked_sub(offset)?)
                } else {
                    said(self.output, classes, (0..places).filter(asked))
                };
                (tokens(&self.input[..sep]), answered)
            }
        };
        Some(Solved { source, wanted, answered })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::spec::sequences::Task;

    fn solved(wanted: Option<&[u32]>, answered: &[u32]) -> Solved {
        Solved { source: vec![], wanted: wanted.map(<[u32]>::to_vec), answered: answered.to_vec() }
    }

    #[test]
    fn each_token_is_right_or_wrong_and_none_is_forgotten() {
        let names = Task::Reverse.tokens();
        let marks = |s: &Solved| marked(s, &names).iter().map(|t| t.mark).collect::<Vec<_>>();
        use Mark::{Missing, Right, Unknown, Wrong};
        assert_eq!(marks(&solved(Some(&[4, 5, 2]), &[4, 6, 2])), [Right, Wrong, Right]);
        assert_eq!(marks(&solved(Some(&[4, 5, 2]), &[4, 2])), [Right, Wrong, Missing]);
        assert_eq!(marks(&solved(Some(&[4, 2]), &[4, 5, 6])), [Right, Wrong, Wrong]);
        assert_eq!(marks(&solved(None, &[4, 2])), [Unknown, Unknown]);
        assert_eq!(marked(&solved(Some(&[4]), &[3]), &names)[0].label, "0");
        assert_eq!(is_right(&solved(Some(&[4, 2]), &[4, 2])), Some(true));
        assert_eq!(is_right(&solved(Some(&[4, 2]), &[4])), Some(false));
        assert_eq!(is_right(&solved(None, &[4])), None);
    }

    /// One-hot logits for these tokens.
    fn output(tokens: &[u32], classes: usize) -> Vec<f32> {
        tokens.iter().flat_map(|t| (0..classes).map(move |c| f32::from(u8::from(c == *t as usize)))).collect()
    }

    #[test]
    fn a_row_is_source_wanted_and_answered() {
        let names = Task::Reverse.tokens();
        // 3 1 → 1 3, of which the end mark is asked and no input.
        let input = [6.0, 4.0, 1.0, 4.0, 6.0];
        let said = output(&[9, 9, 4, 5, 2], names.len());
        let target = [IGNORED, IGNORED, 4.0, 6.0, 2.0];
        let row = Taken { how: Answering::Written, input: &input, len: 5, output: &said, target: &target };
        let want = Solved { source: vec![6, 4], wanted: Some(vec![4, 6, 2]), answered: vec![4, 5, 2] };
        assert_eq!(row.solved(&names).unwrap(), want);
        let own = Taken { target: &[], ..row };
        assert_eq!(own.solved(&names).unwrap(), Solved { wanted: None, ..want });
    }

    #[test]
    fn a_decoder_answers_from_its_own_first_place() {
        let names = Task::Reverse.tokens();
        let input = [6.0, 4.0, 0.0, 1.0, 4.0, 6.0, 0.0];
        let said = output(&[4, 6, 2, 9], names.len());
        let target = [4.0, 6.0, 2.0, IGNORED];
        let row = Taken { how: Answering::Written, input: &input, len: 6, output: &said, target: &target };
        assert_eq!(row.solved(&names).unwrap().answered, [4, 6, 2]);
        let own = Taken { target: &[], ..row }.solved(&names).unwrap();
        assert_eq!((own.source, own.answered), (vec![6, 4], vec![4, 6, 2]));
    }

    #[test]
    fn what_is_answered_at_once_is_read_at_the_end() {
        let names = Task::CopyMemory.tokens();
        let input = Task::copy_input(&[2, 3, 4, 5, 6], 3);
        let mut tokens = vec![0; 8];
        tokens.extend([2, 3, 4, 5, 7]);
        let said = output(&tokens, names.len());
        let row = Taken { how: Answering::AtOnce, input: &input, len: 13, output: &said, target: &[] };
        let got = row.solved(&names).unwrap();
        assert_eq!((got.source, got.answered), (vec![2, 3, 4, 5, 6], vec![2, 3, 4, 5, 7]));
        assert!(Taken { output: &[], ..row }.solved(&names).is_none());
    }
}
