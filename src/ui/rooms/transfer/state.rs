//! Everything the page of a transfer knows, and the only place where it changes: [`update`] is a pure function from a message
//! to the next state and the effects to carry out.
//!
//! First the source trains, then three runs take the same steps, and what is shown of them is of one step. Not responsible for
//! carrying effects out (`page.rs`), nor for drawing.

mod update;

use super::own::Own;
use crate::spec::transfer::{self, EACH, Mode, Target};
use crate::spec::{Experiment, Problem, Weights};
use crate::ui::rooms::lab::state::Phase;
use crate::ui::side_error::SideError;
use std::rc::Rc;
pub use update::update;

/// What is learned with few examples, as the learner chooses it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Clothes.
    #[default]
    Fashion,
    /// The other half of the digits.
    Digits,
    /// Own classes.
    Own,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Kind; 3] = [Kind::Fashion, Kind::Digits, Kind::Own];

    /// Its name in the address and in `i18n`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fashion => "fashion",
            Kind::Digits => "digits",
            Kind::Own => "own",
        }
    }
}

/// What the learner has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What is learned.
    pub kind: Kind,
    /// Examples a class.
    pub each: usize,
    /// Seed of everything random.
    pub seed: u32,
}

impl Default for Chosen {
    fn default() -> Chosen {
        Chosen { kind: Kind::default(), each: EACH, seed: 7 }
    }
}

/// What a worker measured after some steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beat {
    /// Steps taken in all.
    pub step: u64,
    /// Loss of the last batch; none before the first step.
    pub train_loss: Option<f32>,
    /// Loss on the test part.
    pub test_loss: f32,
    /// Share of it that is answered rightly.
    pub accuracy: Option<f32>,
    /// How far each layer has moved since the start.
    pub moved: Vec<(String, f64)>,
    /// Whether its numbers left the finite range.
    pub diverged: bool,
}

/// The network that learns digits.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What it trains.
    pub experiment: Rc<Experiment>,
    /// What its worker is at.
    pub phase: Phase,
    /// Bytes fetched so far and in all.
    pub fetching: Option<(u64, u64)>,
    /// Its latest measurement.
    pub beat: Beat,
    /// What it has learned, once it is through.
    pub weights: Option<Rc<Weights>>,
    flight: bool,
}

impl Source {
    fn new(experiment: Experiment) -> Source {
        let (phase, beat) = (Phase::Loading, Beat::default());
        Source { experiment: Rc::new(experiment), phase, fetching: None, beat, weights: None, flight: false }
    }
}

/// One of the three.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What it trains.
    pub experiment: Rc<Experiment>,
    /// What its worker is at.
    pub phase: Phase,
    /// Bytes fetched so far and in all.
    pub fetching: Option<(u64, u64)>,
    /// Its measurements, one for each beat.
    pub beats: Rc<Vec<Beat>>,
    /// Probabilities that it gives what is on the pad.
    pub answer: Rc<[f32]>,
    flight: bool,
    came: Option<Beat>,
}

impl Run {
    fn new(experiment: Experiment) -> Run {
        Run {
            experiment: Rc::new(experiment),
            phase: Phase::Loading,
            fetching: None,
            beats: Rc::default(),
            answer: Rc::from([]),
            flight: false,
            came: None,
        }
    }

    /// Its latest measurement.
    pub fn latest(&self) -> Option<&Beat> {
        self.beats.last()
    }

    /// Steps taken.
    pub fn step(&self) -> u64 {
        self.latest().map_or(0, |b| b.step)
    }

    /// Whether it takes steps.
    fn trains(&self) -> bool {
        self.phase == Phase::Ready && self.latest().is_none_or(|b| !b.diverged)
    }
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferState {
    /// What is chosen.
    pub chosen: Chosen,
    /// What the address asked for that there is not.
    pub refused: Vec<String>,
    /// The learner's own classes.
    pub own: Rc<Own>,
    /// What is wrong with them.
    pub problems: Rc<Vec<Problem>>,
    /// Whether they have changed since the runs began.
    pub changed: bool,
    /// What comes first.
    pub source: Source,
    /// Frozen, fine-tuned, from scratch; empty until they begin.
    pub runs: Vec<Run>,
    /// Whether the learner wants it to train.
    pub playing: bool,
    /// Counts what was begun: answers of before count no more. The source's, the runs'.
    pub rounds: (u32, u32),
    /// What is on the pad.
    pub tried: Option<Rc<[f32]>>,
    /// Counts pictures on the pad: late answers count no more.
    pub tries: u32,
    /// Counts pads that were cleared, so that each begins blank.
    pub pads: u32,
    one: bool,
    /// The runs have rested at the end of their steps.
    rested: bool,
}

impl TransferState {
    /// On arrival: the source is about to load and train.
    pub fn new(chosen: Chosen, refused: Vec<String>) -> TransferState {
        let mut state = TransferState {
            chosen,
            refused,
            own: Rc::default(),
            problems: Rc::default(),
            changed: true,
            source: Source::new(Experiment::clone(&crate::spec::preset::first())),
            runs: Vec::new(),
            playing: true,
            rounds: (0, 0),
            tried: None,
            tries: 0,
            pads: 0,
            one: false,
            rested: false,
        };
        state.source = Source::new(state.source_wanted());
        state.check();
        state
    }

    /// What is learned with few examples.
    pub fn target(&self) -> Target {
        match self.chosen.kind {
            Kind::Fashion => Target::Fashion,
            Kind::Digits => Target::Digits,
            Kind::Own => Target::Own(self.own.packed(self.chosen.each)),
        }
    }

    fn source_wanted(&self) -> Experiment {
        transfer::source(&self.target(), self.chosen.seed)
    }

    /// One of the three, once they have begun.
    pub fn run(&self, mode: Mode) -> Option<&Run> {
        self.runs.get(mode.index())
    }

    /// Whether own classes have what it takes to be learned.
    pub fn can_learn(&self) -> bool {
        self.problems.is_empty() && self.own.filled() >= super::own::CLASSES_MIN
    }

    /// Whether the test part is of pictures that none of the three learns from.
    pub fn has_test(&self) -> bool {
        let own = self.runs.first().and_then(|r| r.experiment.data.pictures.as_ref());
        own.is_none_or(|p| p.test > 0)
    }

    /// Finds what is wrong with own classes.
    fn check(&mut self) {
        let own = self.chosen.kind == Kind::Own && self.own.filled() >= super::own::CLASSES_MIN;
        let found = own.then(|| self.experiment(Mode::Frozen).problems());
        self.problems = Rc::new(found.unwrap_or_default());
    }

    fn experiment(&self, mode: Mode) -> Experiment {
        transfer::run(&self.target(), self.chosen.each, self.chosen.seed, mode)
    }
}

/// Which worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The source's.
    Source,
    /// One of the three.
    Run(Mode),
}

/// A change of own classes.
#[derive(Clone, Debug, PartialEq)]
pub enum OwnMsg {
    /// One more class.
    AddClass,
    /// A class goes.
    RemoveClass(usize),
    /// A class is called so.
    Rename(usize, String),
    /// A picture for a class, light from 0 to 1.
    Add(usize, Rc<[f32]>),
    /// A picture of a class goes.
    Remove(usize, usize),
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum TransferMsg {
    /// The page is there.
    Arrived,
    /// Another address.
    Open(Chosen, Vec<String>),
    /// The learner chose something else.
    Choose(Chosen),
    /// Play or pause.
    TogglePlay,
    /// One step.
    Step,
    /// The three back to where they begin.
    Reset,
    /// Own classes change.
    Own(OwnMsg),
    /// What is on the pad goes to a class, and the pad is cleared.
    Take(usize),
    /// Own classes are to be learned now.
    Learn,
    /// Bytes fetched so far and in all.
    Fetching(Who, u64, u64),
    /// A worker has loaded, and this is how it stands, or has taken steps, in that round.
    Came(Who, u32, Beat),
    /// What the source has learned, in that round.
    Taken(u32, Rc<Weights>),
    /// A worker cannot.
    Failed(Who, u32, SideError),
    /// Something else is on the pad.
    Try(Rc<[f32]>),
    /// Probabilities that a run gives what was on the pad at that count.
    Answered(Mode, u32, Rc<[f32]>),
}

/// What the page carries out after a message.
#[derive(Clone, Debug, PartialEq)]
pub enum TransferEffect {
    /// Has a worker load its experiment, and begin where it should.
    Load(Who),
    /// Has a worker take steps and measure.
    Train(Who, u32),
    /// Has the source hand over what it has learned.
    TakeSource,
    /// Has a run answer what is on the pad.
    Ask(Mode),
    /// Puts away the runs' workers.
    Stop,
    /// Puts what is chosen into the address.
    Address,
}

#[cfg(test)]
mod tests;
