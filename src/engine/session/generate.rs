//! Going on with a sequence: a language model's own tokens become its input, one after another.
//!
//! Not responsible for characters (`worker::sample`).

use super::super::data::tasks::{END, SEP};
use super::super::rng::Rng;
use super::super::sampling::Sampling;
use super::Session;
use crate::spec::Target;

/// Random stream of generation.
const STREAM: u64 = 301;

impl Session {
    /// Places that aligned pairs keep for the source, which a decoder goes on from; 0 elsewhere.
    fn source_len(&self) -> usize {
        if self.exp.data.aligned { self.data.x_width() - self.data.y_width() } else { 0 }
    }

    /// Whether the network predicts a token after tokens: at each position (that of the decoder), or after the last.
    pub fn generates(&self) -> bool {
        let info = &self.data.info;
        let [len] = *info.input.as_slice() else { return false };
        match info.target {
            Target::Steps { count, len: steps } => info.tokens == Some(count) && self.source_len() + steps == len,
            Target::Classes { count } => info.tokens == Some(count),
            Target::Values { .. } => false,
        }
    }

    /// Tokens as an input: the last that fit, and how many these are. Token 0 fills up behind them, or before them where the
    /// network goes on with a sequence but answers after its end only. Of aligned pairs the tokens before `→` are the
    /// source, and those behind it what the decoder has written; both keep their first tokens.
    pub fn placed(&self, tokens: &[u32]) -> (Vec<f32>, usize) {
        let (len, source_len) = (self.data.x_width(), self.source_len());
        if source_len > 0 {
            let sep = tokens.iter().position(|t| *t == SEP).unwrap_or(tokens.len());
            let (source, target) = (&tokens[..sep], tokens.get(sep + 1..).unwrap_or_default());
            let mut x = vec![0.0; len];
            let (first, second) = x.split_at_mut(source_len);
            first.iter_mut().zip(source).for_each(|(x, t)| *x = *t as f32);
            second[0] = SEP as f32;
            second[1..].iter_mut().zip(target).for_each(|(x, t)| *x = *t as f32);
            return (x, len.min(source_len + 1 + target.len()));
        }
        let seen = &tokens[tokens.len().saturating_sub(len)..];
        let at_end = self.generates() && matches!(self.data.info.target, Target::Classes { .. });
        let from = if at_end { len - seen.len() } else { 0 };
        let mut x = vec![0.0; len];
        x[from..from + seen.len()].iter_mut().zip(seen).for_each(|(x, t)| *x = *t as f32);
        (x, seen.len())
    }

    /// `length` tokens after `prompt`; the run is left as it is. The network sees the last tokens that fit its input.
    /// While they are fewer, a network that answers at each position is read at the last of them and must not look ahead
    /// (causal attention, recurrence in one direction); one that answers after the last sees token 0 before them.
    /// Of aligned pairs the prompt is the source (and, behind a `→`, the target's beginning), and the text ends with the end
    /// mark or where a target has no more room. An empty prompt counts as token 0. Deterministic by the seed; nothing where [`Session::generates`] says no.
    pub fn generate(&mut self, prompt: &[u32], length: usize, how: &Sampling, seed: u64) -> Vec<u32> {
        if !self.generates() {
            return Vec::new();
        }
        let vocabulary = self.data.info.tokens.unwrap_or(1);
        let by_step = matches!(self.data.info.target, Target::Steps { .. });
        let mut rng = Rng::new(seed, STREAM);
        let mut all: Vec<u32> = if prompt.is_empty() { vec![0] } else { prompt.to_vec() };
        let source_len = self.source_len();
        if source_len > 0 && !all.contains(&SEP) {
            all.push(SEP);
        }
        let start = all.len();
        for _ in 0..length {
            let (x, seen) = self.placed(&all);
            let read = if by_step { seen - 1 - source_len } else { 0 };
            let out = self.predict(&x);
            let logits = out.get(read * vocabulary..(read + 1) * vocabulary).unwrap_or_default();
            let token = how.draw(logits, &mut rng) as u32;
            all.push(token);
            if source_len > 0 && (token == END || seen == x.len()) {
                break;
            }
        }
        all.split_off(start)
    }
}
