//! Computes what is wanted, from the running network: one file for each kind of want, under the name that it has in the
//! protocol.
//!
//! Not responsible for when (`reactor`), nor for texts and answers that have a share of the time for themselves.

mod confusion;
pub mod forecast;
mod gradient_flow;
mod heads;
pub mod look;
mod neurons;
mod part;
pub mod pca;
mod query;
mod scatter;
mod spread;

use super::frames::When;
use super::run::Run;
use crate::protocol::loaded::PREVIEW_ROWS;
use crate::protocol::{Forecast, Named, Shown, Want};
use crate::worker::buffer::Buffer;
use look::Passes;

/// Arrays that go beside the answer.
#[derive(Default)]
pub struct Buffers(Vec<Buffer>);

impl Buffers {
    /// The number of an array put behind the others.
    pub fn put(&mut self, buffer: Buffer) -> usize {
        self.0.push(buffer);
        self.0.len() - 1
    }

    /// An array with its name.
    pub fn named(&mut self, name: &str, shape: Vec<usize>, values: Vec<f32>) -> Named {
        Named { name: name.to_string(), shape, buffer: self.put(Buffer::F32(values)) }
    }

    /// All of them.
    pub fn all(self) -> Vec<Buffer> {
        self.0
    }
}

/// What is there of `wants`, in their order.
pub fn all(run: &mut Run, wants: &[Want], when: &When) -> (Vec<Shown>, Vec<Buffer>) {
    let mut buffers = Buffers::default();
    // Everything that follows one example and one objective shares a pass.
    let mut passes = Passes::default();
    for want in wants {
        match want {
            Want::Look(want) => look::ask(&run.session, want, &mut passes),
            Want::Query(want) => query::ask(&run.session, want, &mut passes),
            _ => {}
        }
    }
    passes.run(&mut run.session);
    let mut shared = Shared { passes, answered: None };
    let shown = wants.iter().filter_map(|want| one(run, want, &mut shared, when, &mut buffers)).collect();
    (shown, buffers.all())
}

/// What several wants of one frame share.
struct Shared {
    passes: Passes,
    answered: confusion::Once,
}

fn one(run: &mut Run, want: &Want, shared: &mut Shared, when: &When, buffers: &mut Buffers) -> Option<Shown> {
    let (passes, once) = (&shared.passes, &mut shared.answered);
    match want {
        Want::Output { px } => neurons::output(run, *px, buffers).map(Shown::Output),
        Want::Neurons(want) => neurons::maps(run, want, buffers).map(Shown::Neurons),
        Want::GradientFlow => gradient_flow::row(run).map(Shown::GradientFlow),
        Want::Updates => {
            run.session.watch_change();
            None
        }
        Want::Spread { bins } => Some(Shown::Spread(spread::of(run, *bins))),
        Want::Look(want) => Some(Shown::Look(look::answer(&run.session, want, passes, buffers))),
        Want::Query(want) => Some(Shown::Query(query::answer(&run.session, want, passes, buffers))),
        Want::Weight(name) => {
            let (shape, values) = run.session.read(name, false).map(|(shape, values)| (shape, values.to_vec()))?;
            Some(Shown::Weight(buffers.named(name, shape, values)))
        }
        Want::Confusion => confusion::matrix(run, when, once).map(Shown::Confusion),
        Want::Mistakes(want) => confusion::mistakes(run, want, when, once, buffers).map(Shown::Mistakes),
        Want::Scatter => scatter::pairs(run, buffers).map(Shown::Scatter),
        Want::Forecast => forecast::forecasts(run).map(|f| {
            let (truth, forecast) = (buffers.put(Buffer::F32(f.truth)), buffers.put(Buffer::F32(f.forecast)));
            Shown::Forecast(Forecast { from: f.from, test_from: f.test_from, ahead: f.ahead, truth, forecast })
        }),
        Want::Pca => pca::of(run, when).map(Shown::Pca),
        Want::Neighbours => Some(Shown::Neighbours(run.session.neighbours())),
        Want::Augmented { rows } => {
            let shape = run.session.info().input.clone();
            let x = run.session.augmented((*rows).min(PREVIEW_ROWS));
            let n = x.len() / shape.iter().product::<usize>().max(1);
            (n > 0).then(|| Shown::Augmented(buffers.named("augmented", [vec![n], shape].concat(), x)))
        }
        Want::Part(want) => part::answer(run, want, buffers).map(Shown::Part),
        Want::Reconstructions { rows, worst } => {
            part::reconstructions(run, (*rows).min(PREVIEW_ROWS), *worst, buffers).map(Shown::Reconstructions)
        }
        Want::Flow { n, seed } => {
            let (n, task) = ((*n).min(1000), run.session.diffusion()?);
            let all = run.session.flow(n, *seed)?;
            let shape = [vec![task.steps + 1, n], run.session.info().target.shape()].concat();
            Some(Shown::Flow(buffers.named("flow", shape, all)))
        }
        Want::Heads(example) => heads::of(run, example, buffers).map(Shown::Heads),
        Want::Pushed => part::pushed(run, buffers).map(Shown::Pushed),
        // These have a share of the time for themselves (`reactor`).
        Want::Sample(_) | Want::Answers(_) | Want::Probe => None,
        Want::Checkpoint if run.session.is_finite() => {
            Some(Shown::Checkpoint(buffers.put(Buffer::Bytes(run.session.checkpoint().bytes))))
        }
        Want::Checkpoint => None,
    }
}
