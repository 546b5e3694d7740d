//! Answers what is asked about one example, from the running network.
//!
//! Not responsible for computing it (`engine::session::lens`).

use super::Buffers;
use crate::engine::data::tasks::{END, SEP};
use crate::engine::session::{Of, Seen, Session};
use crate::protocol::look::LOOK_MAX;
use crate::protocol::{Example, Look, LookRequest, Objective};
use crate::spec::data::IGNORED;
use crate::spec::pairs::{Answering, Zero};
use crate::spec::sequences::Task;
use crate::worker::buffer::Buffer;
use crate::worker::{sample, solve};
use std::collections::HashMap;

/// An example as the network takes it.
pub(super) struct Row {
    pub(super) x: Vec<f32>,
    pub(super) y: Vec<f32>,
    pub(super) look: Look,
}

/// One pass: an example, what is differentiated, and all values that anybody wants of it.
struct Pass {
    example: Example,
    of: Objective,
    names: Vec<String>,
    look: Look,
    seen: HashMap<String, Seen>,
}

/// The passes of one frame.
#[derive(Default)]
pub struct Passes(Vec<Pass>);

impl Passes {
    /// Wants these values too.
    pub fn ask(&mut self, example: &Example, of: &Objective, names: impl IntoIterator<Item = String>) {
        let at = self.0.iter().position(|p| p.example == *example && p.of == *of).unwrap_or_else(|| {
            let (look, seen) = (Look::default(), HashMap::new());
            self.0.push(Pass { example: example.clone(), of: of.clone(), names: Vec::new(), look, seen });
            self.0.len() - 1
        });
        for name in names {
            if !self.0[at].names.contains(&name) {
                self.0[at].names.push(name);
            }
        }
    }

    /// Takes every example through the network, once for each objective.
    pub fn run(&mut self, session: &mut Session) {
        for pass in &mut self.0 {
            let Row { x, mut y, look } = row(session, &pass.example);
            if let Objective::LossAt(at) = pass.of {
                let alone = |(k, y): (usize, f32)| if k == at { y } else { IGNORED };
                y = y.into_iter().enumerate().map(alone).collect();
            }
            let of = match &pass.of {
                Objective::Loss | Objective::LossAt(_) => Of::Loss,
                Objective::Channel { name, channel } => Of::Channel(name.clone(), *channel),
            };
            pass.look = Look { step: session.steps(), ..look };
            let seen = session.look(&x, &y, &pass.names, &of);
            pass.seen = pass.names.iter().cloned().zip(seen).filter_map(|(name, seen)| Some((name, seen?))).collect();
        }
    }

    /// What was seen of a value.
    pub fn seen(&self, example: &Example, of: &Objective, name: &str) -> Option<&Seen> {
        self.find(example, of)?.seen.get(name)
    }

    fn find(&self, example: &Example, of: &Objective) -> Option<&Pass> {
        self.0.iter().find(|p| p.example == *example && p.of == *of)
    }
}

/// Its names that exist and fit into one answer; those that do not exist; those that would be too many numbers.
fn sorted(session: &Session, want: &LookRequest) -> [Vec<String>; 3] {
    let (mut out, mut total) = ([const { Vec::new() }; 3], 0);
    for name in &want.values {
        let which = match session.look_len(name) {
            None => 1,
            Some(n) if total + n > LOOK_MAX => 2,
            Some(n) => {
                total += n;
                0
            }
        };
        out[which].push(name.clone());
    }
    out
}

/// Adds what a look wants to the passes.
pub fn ask(session: &Session, want: &LookRequest, passes: &mut Passes) {
    let [names, ..] = sorted(session, want);
    passes.ask(&want.example, &want.of, names);
}

/// What `want` asks for, once the passes have run.
pub fn answer(session: &Session, want: &LookRequest, passes: &Passes, buffers: &mut Buffers) -> Look {
    let [names, missing, left_out] = sorted(session, want);
    let Some(pass) = passes.find(&want.example, &want.of) else { return Look::default() };
    let mut look = Look { key: want.key.clone(), missing, left_out, ..pass.look.clone() };
    for name in names {
        match pass.seen.get(&name) {
            Some((shape, numbers)) => look.values.push(buffers.named(&name, shape.clone(), numbers.clone())),
            None => look.missing.push(name),
        }
    }
    look
}

/// One look alone.
pub fn alone(session: &mut Session, want: &LookRequest) -> (Look, Vec<Buffer>) {
    let (mut passes, mut buffers) = (Passes::default(), Buffers::default());
    ask(session, want, &mut passes);
    passes.run(session);
    let look = answer(session, want, &passes, &mut buffers);
    (look, buffers.all())
}

/// That example, its target, and what there is to say of it.
pub(super) fn row(session: &mut Session, example: &Example) -> Row {
    if let Example::Text(text) = example
        && let Some(row) = answered(session, text)
    {
        return row;
    }
    let data = session.data();
    let fills = Zero::of(&data.token_names) == Zero::Filling;
    let known = |row: usize| {
        let (x, y) = (data.x_row(row).to_vec(), data.y_row(row).to_vec());
        // Behind the last token of a short row stands filling.
        let len = if fills { x.iter().rposition(|t| *t != 0.0).map_or(1, |last| last + 1) } else { x.len() };
        Row { x, look: Look { row: Some(row), target: y.clone(), len, ..Look::default() }, y }
    };
    let last = (data.n_train + data.n_test()).saturating_sub(1);
    let empty_y = || vec![0.0; data.y_width()];
    match example {
        Example::Train(row) => known((*row).min(data.n_train.saturating_sub(1))),
        Example::Test(row) => known((data.n_train + row).min(last)),
        Example::Own(x) if x.len() == data.x_width() && x.iter().all(|x| x.is_finite()) => {
            Row { x: x.clone(), y: empty_y(), look: Look { len: data.x_width(), ..Look::default() } }
        }
        Example::Text(text) if data.info.tokens.is_some() => {
            let (tokens, unknown) = sample::tokens(session, text);
            let (x, len) = session.placed(&tokens);
            Row { x, y: empty_y(), look: Look { len, unknown, ..Look::default() } }
        }
        // Left over from other data: the first row stands in, and the answer says so.
        Example::Own(_) | Example::Text(_) => known(0),
    }
}

/// The learner's own source with all that belongs to it: the network's own answer behind its `→`, or the silence that it
/// has to be kept through. `None` where texts are no sources.
fn answered(session: &mut Session, text: &str) -> Option<Row> {
    let (_, how) = session.answering()?;
    let own = solve::own(session, text)?;
    let unknown = own.left_out;
    let y = vec![0.0; session.data().y_width()];
    let Some(solved) = own.solved else {
        let x = vec![0.0; session.data().x_width()];
        return Some(Row { x, y, look: Look { len: 0, unknown, ..Look::default() } });
    };
    let (x, len) = match how {
        Answering::Written => {
            let answer = solved.answered.iter().copied().filter(|t| *t != END);
            let tokens: Vec<u32> = solved.source.iter().copied().chain([SEP]).chain(answer).collect();
            session.placed(&tokens)
        }
        Answering::AtOnce => {
            let x = Task::copy_input(&solved.source, session.experiment().data.context_len());
            let len = x.len();
            (x, len)
        }
    };
    Some(Row { x, y, look: Look { len, unknown, ..Look::default() } })
}
