//! The executor trait: whoever runs plans owns the memory they run in. `backend` implements the trait for speed;
//! [`reference`](super::reference) is the truth.
//!
//! Not responsible for what runs when (`session`).

use super::draws::Draws;
use super::graph::layout::{GroupId, Layout};
use super::graph::{Loc, Plan};
use super::host::Host;
use super::optim::hyper::Hyper;
use super::real::Real;
use std::ops::Range;
use std::rc::Rc;

/// A plan by its place in the list that was prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanId(pub usize);

/// A block of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The plan; of no matter for what all plans share.
    pub plan: PlanId,
    /// Its place in an arena.
    pub loc: Loc,
    /// Rows of the batch, where it has a batch axis.
    pub rows: usize,
}

/// What becomes of many numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// Σx².
    SumSquares,
    /// 1 where all are finite, else 0.
    Finite,
}

/// Stands for an answer that may come later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// L1 and L2 penalties on weights, as Keras's `kernel_regularizer`: `l1·Σ|w| + l2·Σw²`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Penalty {
    /// Factor of Σ|w|.
    pub l1: f32,
    /// Factor of Σw².
    pub l2: f32,
    /// Ranges of the parameter arena that are weights and learn.
    pub weights: Vec<Range<usize>>,
}

/// Runs plans in memory of its own, in the order of the calls. Same inputs, same bits, every time. A processor is done when
/// a call returns, a graphics card later.
pub trait Executor<T: Real> {
    /// The name of the backend.
    fn name(&self) -> &'static str;

    /// Makes room for all that these plans need. Numbers stay where an arena keeps its length; a new one is zero.
    fn prepare(&mut self, layout: Rc<Layout>, plans: Vec<Rc<Plan>>);

    /// Replaces the numbers at a place.
    fn write(&mut self, at: At, numbers: &[T]);

    /// Makes all numbers at a place the same.
    fn fill(&mut self, at: At, number: T);

    /// Computes all values of a plan for the `rows` rows already in its input.
    fn forward(&mut self, plan: PlanId, rows: usize, draws: Draws);

    /// Computes gradients, from backward op number `from` on: with 0 those of the loss, which starts from 1; else of what
    /// was written to the gradient that this op reads. Overwrites the gradients of every parameter on the way.
    fn backward(&mut self, plan: PlanId, rows: usize, from: usize);

    /// In a group: adds the penalties' gradients, clips (by the norm of the whole group), and moves the parameters by one
    /// optimizer step. Nothing else changes.
    fn update(&mut self, group: GroupId, penalty: &Penalty, hyper: &Hyper);

    /// Brings every number at a place within ±`bound`.
    fn clamp(&mut self, at: At, bound: f32);

    /// `to = keep·to + (1 − keep)·from`, parameter by parameter of two groups of the same size.
    fn blend(&mut self, from: GroupId, to: GroupId, keep: f32);

    /// Asks for one number for each place.
    fn reduce(&mut self, of: &[(At, Reduction)]) -> Ticket;

    /// Asks for the numbers at these places, one place after another.
    fn read(&mut self, of: &[At]) -> Ticket;

    /// What was asked for with a ticket, once; `None`: not there yet.
    fn take(&mut self, ticket: Ticket) -> Option<Vec<T>>;

    /// What looks reads here: on a processor the arenas themselves.
    fn host(&self) -> &Host<T>;

    /// The card that trains in place of this processor, where there is one and it runs these plans.
    fn card(&mut self) -> Option<&mut dyn Card<T>> {
        None
    }

    /// Why there is a card and it does not run.
    fn fault(&self) -> Option<Fault> {
        None
    }
}

/// Most numbers that a burst may keep.
pub const KEPT_MAX: usize = 4096;

/// A card that trains for a processor, in bursts. Between [`Card::begin`] and the moment when a burst is accepted or refused
/// every call goes to the card, and the processor's memory stays as it was.
pub trait Card<T> {
    /// Brings the card's memory to where the processor's is.
    fn begin(&mut self);

    /// Takes what training reads and is asked, row by row, so that it need not come with every step. False where it has no
    /// room for it.
    fn hold(&mut self, inputs: &[T], targets: &[T]) -> bool;

    /// Copies such rows to the inputs and targets of a plan.
    fn gather(&mut self, rows: &[u32], inputs: At, targets: At);

    /// Remembers single numbers, as they are now; [`KEPT_MAX`] in all.
    fn keep(&mut self, of: &[At]);

    /// Remembers the parameters, as they are now.
    fn keep_params(&mut self);

    /// That is all for now. Only where `whole` does the processor also get the plan's values and gradients, which nothing
    /// but looks reads.
    fn end(&mut self, whole: bool);

    /// What was remembered, in that order, once the card is done; `None`: not yet. After a fault there is no card any more
    /// ([`Executor::card`]), and the processor stands where the burst began.
    fn landed(&mut self) -> Option<Result<Vec<T>, Fault>>;

    /// Ends the burst: the processor's memory becomes what the card's is. The parameters that were remembered, if any.
    fn accept(&mut self) -> Option<Vec<T>>;

    /// Ends the burst as if it had not been.
    fn refuse(&mut self);
}

/// Why a card does not run, or not any more.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// There is none.
    NoAdapter,
    /// There is one, and it refused; in its own words.
    NoDevice(String),
    /// A limit is too small for any plan: its name, what there is and what is needed.
    Limit(&'static str, u64, u64),
    /// Something does not fit: bytes, and the most that one buffer may have.
    TooLarge(u64, u64),
    /// An op without a shader: its name.
    Unsupported(String),
    /// The device is gone; in its own words.
    Lost(String),
    /// No memory left; in its own words.
    OutOfMemory(String),
    /// A shader or command was refused; in its own words.
    Refused(String),
    /// It did not answer in time.
    Silent,
}

/// The methods that an executor on a processor has from its [`Host`], which stands in the field `host`.
macro_rules! on_host {
    ($t:ty) => {
        fn prepare(&mut self, layout: std::rc::Rc<Layout>, plans: Vec<std::rc::Rc<Plan>>) {
            self.host.prepare(layout, plans);
        }

        fn write(&mut self, at: At, numbers: &[$t]) {
            self.host.write(at, numbers);
        }

        fn fill(&mut self, at: At, number: $t) {
            self.host.fill(at, number);
        }

        fn clamp(&mut self, at: At, bound: f32) {
            self.host.clamp(at, bound);
        }

        fn blend(&mut self, from: GroupId, to: GroupId, keep: f32) {
            self.host.blend(from, to, keep);
        }

        fn reduce(&mut self, of: &[(At, Reduction)]) -> Ticket {
            self.host.reduce(of)
        }

        fn read(&mut self, of: &[At]) -> Ticket {
            self.host.read(of)
        }

        fn take(&mut self, ticket: Ticket) -> Option<Vec<$t>> {
            self.host.take(ticket)
        }

        fn host(&self) -> &Host<$t> {
            &self.host
        }
    };
}
pub(crate) use on_host;
