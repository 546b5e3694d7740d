//! A text as a network writes it, token by token: what it grew from, and how each token was drawn.
//!
//! Every number is of the pass that the token was drawn from; the page computes means and nothing else. Not responsible
//! for asking (`ui::panels::attention::writing`). Pure, tested natively.

use super::attention::AttentionAt;
use crate::protocol::{Drawn, Sample};
use std::rc::Rc;

/// One drawn token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shot {
    /// Its index in the vocabulary.
    pub token: u32,
    /// Step of the network that drew it.
    pub step: u64,
    /// How it was drawn.
    pub drawn: Drawn,
    arrays: Vec<Rc<[f32]>>,
}

impl Shot {
    fn value(&self, name: &str) -> Option<(&[usize], &[f32])> {
        let named = self.drawn.values.iter().find(|v| v.name == name)?;
        let numbers = self.arrays.get(named.buffer)?;
        (numbers.len() == named.shape.iter().product::<usize>()).then_some((&named.shape, numbers))
    }

    /// Whether a row of this attention led to the token.
    pub fn has(&self, at: &AttentionAt) -> bool {
        self.value(&at.value("weights")).is_some()
    }
}

/// A text that grows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Tokens that the first one was drawn after, as the network saw them.
    pub base: Vec<u32>,
    /// How many of these are a source, which a decoder goes on from.
    source: usize,
    /// The drawn tokens.
    pub shots: Vec<Shot>,
    /// Nothing can follow.
    pub ended: bool,
}

impl Story {
    /// Adds what one answer drew. `source_len` places of the input are a source's, 0 where there is none.
    pub fn push(&mut self, sample: Sample, arrays: &[Rc<[f32]>], source_len: usize) {
        self.ended = sample.ended;
        for (token, drawn) in sample.tokens.into_iter().zip(sample.drawn) {
            let shot = Shot { token, step: sample.step, drawn, arrays: arrays.to_vec() };
            if self.shots.is_empty() {
                self.begin(&shot, source_len);
            }
            self.shots.push(shot);
        }
    }

    fn begin(&mut self, shot: &Shot, source_len: usize) {
        let Some((_, input)) = shot.value("input") else { return };
        let after = shot.drawn.after.min(input.len().saturating_sub(1));
        // A source is filled up with token 0; the decoder's part begins behind all of its places.
        let (source, rest) = input.split_at(source_len.min(after));
        self.source = source.iter().rposition(|t| *t != 0.0).map_or(0, |last| last + 1);
        let written = &rest[..after + 1 - source.len()];
        let written = &written[written.len().saturating_sub(shot.drawn.len)..];
        self.base = source[..self.source].iter().chain(written).map(|t| *t as u32).collect();
    }

    /// All tokens, the base first.
    pub fn tokens(&self) -> impl Iterator<Item = u32> + '_ {
        self.base.iter().copied().chain(self.shots.iter().map(|s| s.token))
    }

    /// The drawn tokens alone.
    pub fn written(&self) -> Vec<u32> {
        self.shots.iter().map(|s| s.token).collect()
    }

    /// Place in the input of token `i` of the text, when drawn token `k` was drawn.
    fn place(&self, k: usize, i: usize) -> Option<usize> {
        if i < self.source {
            return Some(i);
        }
        let behind = (self.base.len() + k).checked_sub(i + 1)?;
        self.shots.get(k)?.drawn.after.checked_sub(behind)
    }

    /// What drawn token `k` took from every token before it: of one head, or the mean of all. `None` for a token that
    /// this attention cannot see; empty where its places stand for no tokens.
    pub fn taken(&self, k: usize, at: &AttentionAt, head: Option<usize>) -> Vec<Option<f64>> {
        let row = self.shots.get(k).and_then(|s| s.value(&at.value("weights")));
        let (Some(([heads, keys], row)), Some(from)) = (row, at.asked_from) else { return Vec::new() };
        let chosen = head.filter(|h| h < heads).map_or(0..*heads, |h| h..h + 1);
        let n = chosen.len().max(1) as f64;
        let weight = |s: usize| chosen.clone().map(|h| f64::from(row[h * keys + s])).sum::<f64>() / n;
        let one = |i: usize| {
            let key = self.place(k, i)?.checked_sub(from).filter(|s| s < keys)?;
            // What stands for the source is not the decoder's, though the places of both be counted on.
            let is_source = i < self.source;
            (self.source == 0 || is_source == (from == 0)).then(|| weight(key))
        };
        (0..self.base.len() + k).map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Named;

    fn at(asked_from: usize) -> AttentionAt {
        AttentionAt { prefix: "layers.1".into(), heads: 2, asked_from: Some(asked_from), ..AttentionAt::default() }
    }

    fn named(name: &str, shape: &[usize], buffer: usize) -> Named {
        Named { name: name.into(), shape: shape.to_vec(), buffer }
    }

    /// One drawn token: an input of these tokens, read at `after`, and a row of two heads over `keys` places whose weights are
    /// the places' numbers, the second head's ten times that.
    fn sample(token: u32, input: &[f32], after: usize, len: usize, keys: usize) -> (Sample, Vec<Rc<[f32]>>) {
        let values = vec![named("input", &[input.len()], 0), named("layers.1.weights", &[2, keys], 1)];
        let drawn = Drawn { after, len, values, ..Drawn::default() };
        let row = (0..keys).map(|s| s as f32).chain((0..keys).map(|s| 10.0 * s as f32)).collect();
        (Sample { tokens: vec![token], drawn: vec![drawn], ..Sample::default() }, vec![input.into(), row])
    }

    fn story(samples: &[(Sample, Vec<Rc<[f32]>>)], source_len: usize) -> Story {
        let mut story = Story::default();
        samples.iter().for_each(|(s, a)| story.push(s.clone(), a, source_len));
        story
    }

    #[test]
    fn a_text_outgrows_its_window_and_weights_stay_with_their_tokens() {
        let s = story(
            &[
                sample(9, &[5.0, 6.0, 0.0], 1, 2, 3),
                sample(8, &[5.0, 6.0, 9.0], 2, 3, 3),
                sample(7, &[6.0, 9.0, 8.0], 2, 3, 3),
            ],
            0,
        );
        assert_eq!(s.tokens().collect::<Vec<_>>(), [5, 6, 9, 8, 7]);
        assert_eq!(s.written(), [9, 8, 7]);
        assert_eq!(s.taken(0, &at(0), Some(0)), [Some(0.0), Some(1.0)]);
        assert_eq!(s.taken(1, &at(0), Some(1)), [Some(0.0), Some(10.0), Some(20.0)]);
        assert_eq!(
            s.taken(2, &at(0), None),
            [None, Some(0.0), Some(5.5), Some(11.0)],
            "the first is out of the window"
        );
        assert_eq!(s.taken(3, &at(0), None), []);
        assert_eq!(s.taken(0, &AttentionAt { asked_from: None, ..at(0) }, None), []);
        let other = AttentionAt { prefix: "layers.2".into(), ..at(0) };
        assert!(s.taken(0, &other, None).is_empty() && !s.shots[0].has(&other) && s.shots[0].has(&at(0)));
    }

    #[test]
    fn a_text_at_the_end_of_its_input_begins_behind_the_filling() {
        let s = story(&[sample(4, &[0.0, 0.0, 3.0], 2, 1, 3), sample(5, &[0.0, 3.0, 4.0], 2, 2, 3)], 0);
        assert_eq!(s.tokens().collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(s.taken(1, &at(0), Some(0)), [Some(1.0), Some(2.0)]);
    }

    #[test]
    fn a_decoder_asks_the_source_and_what_it_has_written() {
        // Source 5 6, filled up to four places; → is token 1; then what is written.
        let s = story(
            &[
                sample(7, &[5.0, 6.0, 0.0, 0.0, 1.0, 0.0, 0.0], 4, 5, 4),
                sample(8, &[5.0, 6.0, 0.0, 0.0, 1.0, 7.0, 0.0], 5, 6, 4),
            ],
            4,
        );
        assert_eq!(s.tokens().collect::<Vec<_>>(), [5, 6, 1, 7, 8]);
        assert_eq!(s.taken(1, &at(0), Some(0)), [Some(0.0), Some(1.0), None, None]);
        assert_eq!(s.taken(1, &at(4), Some(0)), [None, None, Some(0.0), Some(1.0)]);
    }

    #[test]
    fn an_answer_without_its_arrays_breaks_nothing() {
        let (bare, _) = sample(9, &[5.0, 6.0, 0.0], 1, 2, 3);
        let s = story(&[(bare, vec![])], 0);
        assert_eq!((s.tokens().collect::<Vec<_>>(), s.taken(0, &at(0), None)), (vec![9], vec![]));
    }
}
