//! Texts for a language model: from characters to tokens and back, and how often the page gets a new one.
//!
//! Not responsible for choosing tokens (`engine::sampling`).

use super::buffer::Buffer;
use super::share::{self, Share};
use crate::engine::sampling::Sampling;
use crate::engine::session::{self, Session, Writing};
use crate::protocol::look::LOOK_MAX;
use crate::protocol::sample::{CANDIDATES, SAMPLE_MAX};
use crate::protocol::{Candidate, Drawn, Named, Sample, SampleRequest};
use crate::spec::problem::check_range;
use crate::spec::sequences::SEP;
use crate::spec::{Code, Problem};

/// The page's latest sample.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    latest: Option<(SampleRequest, Sample)>,
    share: Share,
}

impl Samples {
    /// A sample for the page: a new one when the request is new, or when the network has moved on and sampling has cost
    /// little enough; else the latest. Nothing where the network writes no text.
    pub fn get(&mut self, session: &mut Session, want: &SampleRequest, now: &dyn Fn() -> f64) -> Option<Sample> {
        let start = now();
        if let Some((asked, sample)) = &self.latest
            && asked == want
            && (sample.step == session.steps() || !self.share.is_due(start))
        {
            return Some(sample.clone());
        }
        let sample = write(session, want, &[], None).ok()?;
        self.share.spend(start, now(), share::SAMPLE);
        self.latest = Some((want.clone(), sample.clone()));
        Some(sample)
    }
}

/// Draws what `want` asks for, behind what was `written` already. Who watches is told how each token was drawn, with the
/// values of those names; arrays go to the buffers.
///
/// # Errors
/// [`Code::NoLanguageModel`], or [`Code::OutOfRange`] with the name of the setting.
pub fn write(
    session: &mut Session,
    want: &SampleRequest,
    written: &[u32],
    watch: Option<(&[String], &mut Vec<Buffer>)>,
) -> Result<Sample, Vec<Problem>> {
    if !session.generates() {
        return Err(vec![Problem::new("", Code::NoLanguageModel)]);
    }
    let mut problems = Vec::new();
    let mut check = |name: &str, got: f64, min: f64, max: f64| check_range(&mut problems, name, got, min, max);
    check("length", want.length as f64, 1.0, SAMPLE_MAX as f64);
    check("temperature", f64::from(want.temperature), 0.0, 10.0);
    want.top_k.iter().for_each(|k| check("top_k", *k as f64, 1.0, u32::MAX.into()));
    want.top_p.iter().for_each(|p| check("top_p", f64::from(*p), 0.0, 1.0));
    let tokens_max = session.info().tokens.unwrap_or(1).saturating_sub(1);
    written.iter().for_each(|t| check("written", f64::from(*t), 0.0, tokens_max as f64));
    if !problems.is_empty() {
        return Err(problems);
    }
    let (prompt, left_out) = tokens(session, &want.prompt);
    let how = Sampling { temperature: want.temperature, top_k: want.top_k, top_p: want.top_p };
    let (seed, names_seen) = (u64::from(want.seed), watch.as_ref().map(|(names, _)| *names));
    let writing = Writing { prompt: &prompt, written, length: want.length, how, seed, watch: names_seen };
    let out = session.generate(&writing);
    let text = decode(names(session), &out.tokens);
    let mut sample =
        Sample { step: session.steps(), text, left_out, ended: out.ended, tokens: out.tokens, drawn: Vec::new() };
    if let Some((names, buffers)) = watch {
        let both = out.drawn.into_iter().zip(&sample.tokens);
        sample.drawn = both.map(|(d, token)| drawn(d, *token, names, buffers)).collect();
    }
    Ok(sample)
}

/// One drawn token for the wire. Beyond [`LOOK_MAX`] numbers in all values are left out.
fn drawn(d: session::Drawn, token: u32, names: &[String], buffers: &mut Vec<Buffer>) -> Drawn {
    let total: f64 = d.odds.order.first().map_or(1.0, |best| {
        d.logits.iter().filter(|l| !l.is_nan()).map(|l| f64::from(l - d.logits[*best]).exp()).sum()
    });
    let candidate = |rank: usize| {
        let token = d.odds.order[rank];
        let logit = d.logits[token];
        let p = (f64::from(logit - d.logits[d.odds.order[0]]).exp() / total) as f32;
        Candidate { token: token as u32, logit, p, chance: d.odds.chance(rank) as f32 }
    };
    let all = d.odds.order.len();
    let rank = d.odds.order.iter().position(|t| *t == token as usize).filter(|r| *r >= CANDIDATES);
    let candidates = (0..all.min(CANDIDATES)).chain(rank).map(candidate).collect();
    let mut sent: usize = buffers.iter().map(|b| if let Buffer::F32(x) = b { x.len() } else { 0 }).sum();
    let mut values = Vec::new();
    for (name, seen) in names.iter().zip(d.values) {
        let Some((shape, numbers)) = seen.filter(|(_, n)| sent + n.len() <= LOOK_MAX) else { continue };
        sent += numbers.len();
        values.push(Named { name: name.clone(), shape, buffer: buffers.len() });
        buffers.push(Buffer::F32(numbers));
    }
    Drawn { after: d.after, len: d.len, choices: d.odds.choices(), candidates, values }
}

/// The vocabulary.
fn names(session: &Session) -> &[String] {
    match session.data().token_names.as_slice() {
        [] => &session.info().class_names,
        names => names,
    }
}

/// The tokens of a text, and what of it the vocabulary lacks (each once).
pub fn tokens(session: &Session, text: &str) -> (Vec<u32>, Vec<String>) {
    let Some(task) = session.experiment().data.task().filter(|t| t.is_pair()) else {
        return encode(names(session), text);
    };
    // A source is written without blanks between its letters, whatever the tokens of answers look like.
    let (source, behind) = text.split_once(SEP).map_or((text, None), |(source, behind)| (source, Some(behind)));
    let read = task.read_source(session.experiment().data.context_len(), source);
    let (mut tokens, mut left_out) = (read.tokens, read.left_out);
    if let Some(behind) = behind {
        tokens.extend(names(session).iter().position(|n| n == SEP).map(|t| t as u32));
        let (more, unknown) = encode(names(session), behind);
        tokens.extend(more);
        left_out.extend(unknown);
    }
    (tokens, left_out)
}

/// Whether every token is one character: then a text is just characters, else words between spaces.
fn by_character(names: &[String]) -> bool {
    names.iter().all(|n| n.chars().count() == 1)
}

fn encode(names: &[String], text: &str) -> (Vec<u32>, Vec<String>) {
    let parts: Vec<String> = if by_character(names) {
        text.chars().map(String::from).collect()
    } else {
        text.split_whitespace().map(String::from).collect()
    };
    let (mut tokens, mut left_out) = (Vec::new(), Vec::new());
    for part in parts {
        match names.iter().position(|n| *n == part) {
            Some(token) => tokens.push(token as u32),
            None if left_out.contains(&part) => {}
            None => left_out.push(part),
        }
    }
    (tokens, left_out)
}

fn decode(names: &[String], tokens: &[u32]) -> String {
    let words: Vec<&str> = tokens.iter().map(|t| names.get(*t as usize).map_or("", String::as_str)).collect();
    words.join(if by_character(names) { "" } else { " " })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::{Backend, Experiment};
    use std::cell::Cell;

    #[test]
    fn a_new_text_is_drawn_when_the_latest_has_been_paid_for() {
        let exp = serde_json::json!({
            "data": {"set": "random", "input": [4], "tokens": 3, "target": {"steps": {"classes": 3, "len": 4}}},
            "model": {"layers": [{"type": "embedding", "units": 4}, {"type": "dense"}]},
            "task": {"type": "language_model"}, "optimizer": {"type": "sgd"},
        });
        let exp = Experiment::from_value(exp).unwrap();
        let data = crate::engine::data::build(&exp.data, 1, &[]).unwrap();
        let mut session = Session::new(exp, data, crate::backend::choose(Backend::Auto).unwrap());
        // Every look at the clock takes 1 ms, and so does every text: 35 ms must pass.
        let clock = Cell::new(0.0);
        let now = || {
            clock.set(clock.get() + 1.0);
            clock.get()
        };
        let (mut samples, want) = (Samples::default(), SampleRequest { length: 3, ..SampleRequest::default() });
        let mut drawn_at = |session: &mut Session, want: &SampleRequest| samples.get(session, want, &now).unwrap().step;
        assert_eq!(drawn_at(&mut session, &want), 0);
        session.step().unwrap();
        assert_eq!(drawn_at(&mut session, &want), 0);
        assert_eq!(drawn_at(&mut session, &SampleRequest { seed: 2, ..want.clone() }), 1);
        session.step().unwrap();
        let looks = (0..).take_while(|_| drawn_at(&mut session, &SampleRequest { seed: 2, ..want.clone() }) == 1);
        assert!((30..=36).contains(&looks.count()));
    }

    #[test]
    fn characters_and_words_come_back() {
        let letters: Vec<String> = ["a", "b", " ", "诗"].map(String::from).to_vec();
        assert_eq!(encode(&letters, "b 诗x?xa"), (vec![1, 2, 3, 0], vec!["x".to_string(), "?".to_string()]));
        assert_eq!(decode(&letters, &[1, 2, 3]), "b 诗");
        let words: Vec<String> = ["AH0", "B", "→"].map(String::from).to_vec();
        assert_eq!(encode(&words, "B  AH0 C →"), (vec![1, 0, 2], vec!["C".to_string()]));
        assert_eq!(decode(&words, &[1, 0]), "B AH0");
    }
}
