//! Going on with a sequence: a language model's own tokens become its input, one after another.
//!
//! Not responsible for characters (`worker::sample`).

use super::super::data::tasks::{END, SEP};
use super::super::graph::Space;
use super::super::rng::Rng;
use super::super::sampling::{Odds, Sampling};
use super::{EVAL, Seen, Session};
use crate::spec::Target;

/// Random stream of generation.
const STREAM: u64 = 301;

/// A token as it was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Place of the input behind which it stands.
    pub after: usize,
    /// Tokens of the input that count.
    pub len: usize,
    /// What the network said of every token.
    pub logits: Vec<f32>,
    /// What it was drawn from.
    pub odds: Odds,
    /// The values that were asked for: of attention weights `(H, T, S)` the row `(H, S)` of the place that was read, anything
    /// else whole; `None` where there is no such value, or no place of its is the one that was read.
    pub values: Vec<Option<Seen>>,
}

/// What [`Session::generate`] wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The tokens.
    pub tokens: Vec<u32>,
    /// How each was drawn, if somebody watched.
    pub drawn: Vec<Drawn>,
    /// Whether nothing can follow: the end mark of a pair, or no more room.
    pub ended: bool,
}

/// How [`Session::generate`] goes on.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// The text to go on with; empty counts as token 0.
    pub prompt: &'a [u32],
    /// What was written behind it already: the draws that follow theirs are made.
    pub written: &'a [u32],
    /// Tokens to draw.
    pub length: usize,
    /// How daring.
    pub how: Sampling,
    /// Of the draws.
    pub seed: u64,
    /// Says how each token was drawn, with these values.
    pub watch: Option<&'a [String]>,
}

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

    /// Tokens after a prompt; the run is left as it is. The network sees the last tokens that fit its input.
    /// While they are fewer, a network that answers at each position is read at the last of them and must not look ahead
    /// (causal attention, recurrence in one direction); one that answers after the last sees token 0 before them.
    /// Of pairs the prompt is the source (and, behind a `→`, the target's beginning), and the text ends with the end mark or
    /// where a target has no more room. Deterministic by the seed; nothing where [`Session::generates`] says no.
    pub fn generate(&mut self, want: &Writing) -> Written {
        let mut out = Written::default();
        if !self.generates() {
            return out;
        }
        let vocabulary = self.data.info.tokens.unwrap_or(1);
        let mut rng = Rng::new(want.seed, STREAM);
        want.written.iter().for_each(|_| _ = rng.uniform());
        let mut all: Vec<u32> = if want.prompt.is_empty() { vec![0] } else { want.prompt.to_vec() };
        let source_len = self.source_len();
        let answers = self.writes_answers();
        if (source_len > 0 || answers) && !all.contains(&SEP) {
            all.push(SEP);
        }
        all.extend(want.written);
        for _ in 0..want.length {
            let (x, seen) = self.placed(&all);
            let (after, read) = self.read_at(seen);
            let answer = self.predict(&x);
            let logits = answer.get(read * vocabulary..(read + 1) * vocabulary).unwrap_or_default();
            let odds = want.how.odds(logits);
            let token = odds.draw(&mut rng) as u32;
            if let Some(names) = want.watch {
                let values = names.iter().map(|name| self.seen_there(name, after)).collect();
                out.drawn.push(Drawn { after, len: seen, logits: logits.to_vec(), odds, values });
            }
            all.push(token);
            out.tokens.push(token);
            out.ended = (source_len > 0 || answers) && (token == END || seen == x.len());
            if out.ended {
                break;
            }
        }
        out
    }

    /// With so many tokens of the input that count: the place behind which the next stands, and where the answer is read.
    pub(super) fn read_at(&self, seen: usize) -> (usize, usize) {
        match self.data.info.target {
            Target::Steps { .. } => (seen - 1, seen - 1 - self.source_len()),
            Target::Classes { .. } | Target::Values { .. } => (self.data.x_width() - 1, 0),
        }
    }

    /// A value of the pass that [`Session::predict`] has just made; of attention weights the row at place `after` of the
    /// input. Places are counted from the input's end, so a decoder's are found behind the source.
    fn seen_there(&self, name: &str, after: usize) -> Option<Seen> {
        let v = self.eval.graph.find(name)?;
        let (dims, loc) = (&self.eval.graph[v].dims, self.eval.locs[v.0]);
        let whole = (loc.space == Space::Values).then(|| self.seen(EVAL, loc, 1))?;
        let [heads, len, keys] = *dims.as_slice() else { return Some((dims.clone(), whole.to_vec())) };
        let (width, source_len) = (self.data.x_width(), self.source_len());
        let place = (after + len).checked_sub(width).filter(|_| len == width || len + source_len == width)?;
        let row = |h: usize| &whole[(h * len + place) * keys..(h * len + place + 1) * keys];
        Some((vec![heads, keys], (0..heads).flat_map(row).copied().collect()))
    }
}
