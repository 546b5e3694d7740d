//! Names that stand together told apart: `xsin2x` is `x`, `sin`, 2, `x`; `exp` is not `e`, `x`, `p`.
//!
//! Not responsible for what names mean (`functions`) nor for numbers (`parser`).

use super::functions::{ONES, One, TWOS, Two};

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Word {
    X,
    Number(f64),
    One(&'static One),
    Two(&'static Two),
}

/// A constant, `x`, or a function; with how many characters name it.
pub(super) struct Words<'a> {
    chars: &'a [char],
    /// Whether the letters from here on to the end of their run are names, one after the other.
    fits: Vec<bool>,
}

/// Whether a character is one of a name. `π` and `√` stand for themselves, and the small `ˣ` is an exponent.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'π' | 'τ' | 'ˣ')
}

impl<'a> Words<'a> {
    pub fn new(chars: &'a [char]) -> Words<'a> {
        let mut words = Words { chars, fits: vec![true; chars.len() + 1] };
        for at in (0..chars.len()).rev() {
            words.fits[at] = !is_letter(chars[at]) || words.at(at).is_some();
        }
        words
    }

    /// The longest name here behind which the rest of the letters are names too.
    pub fn at(&self, at: usize) -> Option<(Word, usize)> {
        all()
            .filter(|(name, word)| self.stands(at, name, *word))
            .map(|(name, word)| (word, name.len()))
            .max_by_key(|w| w.1)
    }

    fn stands(&self, at: usize, name: &str, word: Word) -> bool {
        let end = at + name.len();
        let here = self.chars.get(at..end).is_some_and(|chars| chars.iter().copied().eq(name.chars()));
        if !here || !self.fits[end] {
            return false;
        }
        let next = self.chars.get(end).copied().unwrap_or(' ');
        match word {
            // x2 may mean 2x or x²: it is asked about, not guessed.
            Word::X | Word::Number(_) => !next.is_ascii_digit(),
            Word::One(_) => true,
            Word::Two(_) => !next.is_ascii_digit() && !is_letter(next),
        }
    }
}

fn all() -> impl Iterator<Item = (&'static str, Word)> {
    use std::f64::consts::{E, PI, TAU};
    let plain = [("x", Word::X), ("e", Word::Number(E)), ("pi", Word::Number(PI)), ("tau", Word::Number(TAU))];
    let ones = ONES.iter().flat_map(|f| f.names.iter().map(move |name| (*name, Word::One(f))));
    let twos = TWOS.iter().flat_map(|f| f.names.iter().map(move |name| (*name, Word::Two(f))));
    plain.into_iter().chain(ones).chain(twos)
}
