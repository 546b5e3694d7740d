//! Answers what is asked about one example, from the running network.
//!
//! Not responsible for computing it (`engine::session::lens`).

use super::reactor::Buffer;
use super::run::Run;
use super::sample;
use crate::engine::session::{Bins, LayerSpread, Of, Session};
use crate::protocol::look::LOOK_MAX;
use crate::protocol::{Example, Histogram, Look, LookRequest, Named, Objective, Spread};
use crate::spec::data::IGNORED;

/// An example as the network takes it.
struct Row {
    x: Vec<f32>,
    y: Vec<f32>,
    look: Look,
}

/// What `want` asks for; the arrays go behind those already in `buffers`.
pub fn answer(run: &mut Run, want: &LookRequest, buffers: &mut Vec<Buffer>) -> Look {
    let session = &mut run.session;
    let Row { x, mut y, mut look } = row(session, &want.example);
    look.key.clone_from(&want.key);
    look.step = session.steps();
    if let Objective::LossAt(at) = want.of {
        let alone = |(k, y): (usize, f32)| if k == at { y } else { IGNORED };
        y = y.into_iter().enumerate().map(alone).collect();
    }
    let of = match &want.of {
        Objective::Loss | Objective::LossAt(_) => Of::Loss,
        Objective::Channel { name, channel } => Of::Channel(name.clone(), *channel),
    };
    let (mut names, mut total) = (Vec::new(), 0);
    for name in &want.values {
        match session.look_len(name) {
            None => look.missing.push(name.clone()),
            Some(n) if total + n > LOOK_MAX => look.left_out.push(name.clone()),
            Some(n) => {
                total += n;
                names.push(name.clone());
            }
        }
    }
    let seen = session.look(&x, &y, &names, &of);
    for (name, seen) in names.into_iter().zip(seen) {
        let Some((shape, numbers)) = seen else {
            look.missing.push(name);
            continue;
        };
        look.values.push(Named { name, shape, buffer: buffers.len() });
        buffers.push(Buffer::F32(numbers));
    }
    look
}

fn row(session: &Session, example: &Example) -> Row {
    let data = session.data();
    let known = |row: usize| Row {
        x: data.x_row(row).to_vec(),
        y: data.y_row(row).to_vec(),
        look: Look { row: Some(row), target: data.y_row(row).to_vec(), len: data.x_width(), ..Look::default() },
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

/// Histograms, as asked.
pub fn spread(run: &Run, bins: usize) -> Vec<Spread> {
    let histogram = |b: Bins| Histogram { low: b.low, high: b.high, counts: b.counts, mean: b.mean, std: b.std };
    let one = |l: LayerSpread| Spread {
        name: l.name,
        activation: histogram(l.activation),
        d_activation: l.d_activation.map(histogram),
        dead: l.dead,
        saturated: l.saturated,
    };
    run.session.spread(bins.min(256)).into_iter().map(one).collect()
}
