//! Everything the page of a program knows, and the only place where it changes: [`update`] is a pure function from a message to
//! the next state and the effects to carry out.
//!
//! Both halves take the same steps, and what is shown of both is of one step. Not responsible for carrying effects out
//! (`page.rs`), nor for drawing.

use crate::protocol::{CurvePoint, FrameRequest, Loaded};
use crate::spec::Experiment;
use crate::spec::preset::primers::{Figure, Program};
use crate::ui::doctor::Doctor;
use crate::ui::frame_data::FrameData;
use crate::ui::plots::series::Series;
use crate::ui::rooms::lab::setup::Which;
use crate::ui::rooms::lab::state::Phase;
use crate::ui::side_error::SideError;
use std::rc::Rc;

/// The slower half trains for about so long between two frames.
const BEAT_MS: f64 = 150.0;
/// Frames that a program's steps are cut into at least: less would jump, and the doctor must look now and then.
const BEATS: u64 = 60;
/// Points of the training curve whose mean is "the loss now": one batch says little.
const LATEST: usize = 20;

/// As written, or as meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Half {
    /// What it trains.
    pub experiment: Rc<Experiment>,
    /// What its worker is at.
    pub phase: Phase,
    /// Bytes fetched so far and in all.
    pub fetching: Option<(u64, u64)>,
    /// The latest frame.
    pub frame: Rc<FrameData>,
    /// Loss and metrics.
    pub curves: Rc<Vec<CurvePoint>>,
    /// What is found.
    pub doctor: Doctor,
    /// Time of a step, as the worker measured it.
    step_ms: f64,
    /// Whether an answer is on its way, and what came before the other half's did.
    flight: bool,
    came: Option<Rc<FrameData>>,
}

impl Half {
    fn new(experiment: Experiment) -> Half {
        Half {
            experiment: Rc::new(experiment),
            phase: Phase::Loading,
            fetching: None,
            frame: Rc::default(),
            curves: Rc::default(),
            doctor: Doctor::default(),
            step_ms: 0.0,
            flight: false,
            came: None,
        }
    }

    /// Steps taken.
    pub fn step(&self) -> u64 {
        self.frame.frame.status.step
    }

    /// The program's figure.
    pub fn figure(&self, figure: Figure) -> Option<f64> {
        figure_of(figure, &self.curves)
    }

    /// Whether it takes steps.
    fn trains(&self) -> bool {
        self.phase == Phase::Ready && self.frame.frame.status.diverged.is_none()
    }

    fn show(&mut self, data: Rc<FrameData>) {
        let frame = &data.frame;
        if frame.curves_from <= self.curves.len() && !frame.curves.is_empty() {
            let curves = Rc::make_mut(&mut self.curves);
            curves.truncate(frame.curves_from);
            curves.extend_from_slice(&frame.curves);
        }
        self.doctor.hear(&data, &self.curves, &self.experiment);
        self.frame = data;
    }
}

/// The figure that tells two halves apart, of a run's curves.
pub fn figure_of(figure: Figure, curves: &[CurvePoint]) -> Option<f64> {
    let mean = |part: &[CurvePoint]| {
        let points = Series::TrainLoss.points(part);
        (!points.is_empty()).then(|| points.iter().map(|p| p.1).sum::<f64>() / points.len() as f64)
    };
    match figure {
        Figure::TrainLoss => mean(&curves[curves.len().saturating_sub(LATEST)..]),
        Figure::FirstLoss => curves.first().map(|p| f64::from(p.train_loss)),
        Figure::Accuracy => curves.iter().rev().find_map(|p| Series::TestMetric.of(p)),
    }
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct PairState {
    /// Which program.
    pub program: &'static Program,
    /// What the address asked for that there is not.
    pub refused: Option<String>,
    /// As written, as meant.
    pub halves: [Half; 2],
    /// Whether the learner wants both to train.
    pub playing: bool,
    /// Counts what was loaded: answers of before count no more.
    pub round: u32,
    /// A single step is wished for.
    one: bool,
    /// It has rested at the end of the program's steps.
    rested: bool,
}

impl PairState {
    /// On arrival: both about to load, and then to train.
    pub fn new(program: &'static Program, refused: Option<String>) -> PairState {
        // A test holds that every program has both.
        let halves =
            program.experiments().unwrap_or_else(|| [crate::spec::preset::first(), crate::spec::preset::first()]);
        let halves = halves.map(Half::new);
        PairState { program, refused, halves, playing: true, round: 0, one: false, rested: false }
    }

    /// One half.
    pub fn half(&self, which: Which) -> &Half {
        &self.halves[which.index()]
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum PairMsg {
    /// The page is there.
    Arrived,
    /// Another address.
    Open(&'static Program, Option<String>),
    /// Play or pause.
    TogglePlay,
    /// One step of both.
    Step,
    /// Both back to their first weights.
    Reset,
    /// Bytes fetched so far and in all.
    Fetching(Which, u64, u64),
    /// A half's worker has loaded its experiment in that round.
    Loaded(Which, u32, Rc<Loaded>),
    /// A half has taken its steps, one in so many milliseconds, and this is what it shows.
    Came(Which, u32, f64, Rc<FrameData>),
    /// A half's worker cannot.
    Failed(Which, u32, SideError),
}

/// What the page carries out after a message.
#[derive(Clone, Debug, PartialEq)]
pub enum PairEffect {
    /// Has a half's worker load its experiment.
    Load(Which),
    /// Has a half take steps and then show what is wanted.
    Train {
        /// Which half.
        which: Which,
        /// How many.
        steps: u32,
        /// What to show.
        want: Box<FrameRequest>,
    },
    /// Puts the program into the address.
    Address,
}

/// The next state and the effects to carry out, in order.
pub fn update(state: &PairState, msg: PairMsg) -> (PairState, Vec<PairEffect>) {
    let mut next = state.clone();
    let effects = apply(&mut next, msg);
    (next, effects)
}

fn apply(s: &mut PairState, msg: PairMsg) -> Vec<PairEffect> {
    match msg {
        PairMsg::Arrived => return Which::BOTH.map(PairEffect::Load).into(),
        PairMsg::Open(program, refused) if program == s.program => {
            s.refused = refused;
            return Vec::new();
        }
        PairMsg::Open(program, refused) => {
            let round = s.round;
            *s = PairState { round, ..PairState::new(program, refused) };
            return anew(s);
        }
        PairMsg::Reset => {
            let (round, program) = (s.round, s.program);
            *s = PairState { round, playing: false, ..PairState::new(program, None) };
            return anew(s);
        }
        PairMsg::TogglePlay => s.playing = !s.playing,
        PairMsg::Step => (s.playing, s.one) = (false, true),
        PairMsg::Fetching(which, got, all) => {
            s.halves[which.index()].fetching = (got < all).then_some((got, all));
            return Vec::new();
        }
        PairMsg::Loaded(which, round, loaded) if round == s.round => {
            let half = &mut s.halves[which.index()];
            (half.phase, half.fetching) = (Phase::Ready, None);
            half.doctor.rows = loaded.n_train;
            half.doctor.targets = loaded.target_range;
            half.doctor.floor = loaded.target_floor;
            half.doctor.contained = loaded.contained.as_ref().map(|c| Rc::new(c.as_ref().clone()));
        }
        PairMsg::Came(which, round, step_ms, data) if round == s.round => {
            let half = &mut s.halves[which.index()];
            (half.flight, half.came) = (false, Some(data));
            half.step_ms = if step_ms > 0.0 { step_ms } else { half.step_ms };
        }
        PairMsg::Failed(which, round, error) if round == s.round => {
            let half = &mut s.halves[which.index()];
            (half.phase, half.flight, half.fetching) = (Phase::Failed(error), false, None);
        }
        // Of a round that is over.
        PairMsg::Loaded(..) | PairMsg::Came(..) | PairMsg::Failed(..) => return Vec::new(),
    }
    go_on(s)
}

/// Both from their first weights.
fn anew(s: &mut PairState) -> Vec<PairEffect> {
    s.round += 1;
    Which::BOTH.map(PairEffect::Load).into_iter().chain([PairEffect::Address]).collect()
}

/// Shows what has come of both, and has them take the next steps where some are wished for.
fn go_on(s: &mut PairState) -> Vec<PairEffect> {
    if s.halves.iter().any(|h| h.flight || h.phase == Phase::Loading) {
        return Vec::new();
    }
    for half in &mut s.halves {
        if let Some(data) = half.came.take() {
            half.show(data);
        }
    }
    let Some(from) = s.halves.iter().filter(|h| h.trains()).map(Half::step).min() else {
        (s.playing, s.one) = (false, false);
        return Vec::new();
    };
    if s.playing && from >= s.program.steps && !s.rested {
        // The program is over; who goes on, goes on as long as he likes.
        (s.playing, s.rested) = (false, true);
    }
    let one = std::mem::take(&mut s.one);
    if !s.playing && !one {
        return Vec::new();
    }
    let steps = if one { 1 } else { due(s, from) };
    let mut effects = Vec::new();
    for which in Which::BOTH {
        let half = &mut s.halves[which.index()];
        if !half.trains() {
            continue;
        }
        half.flight = true;
        let want = FrameRequest { curves_since: Some(half.curves.len()), ..half.doctor.wants(&half.experiment) };
        effects.push(PairEffect::Train { which, steps, want: Box::new(want) });
    }
    effects
}

/// Steps of the next beat: as many as the slower half takes in one, and no further than the program's end.
fn due(s: &PairState, from: u64) -> u32 {
    let slowest = s.halves.iter().filter(|h| h.trains()).map(|h| h.step_ms).fold(0.0, f64::max);
    let most = if slowest > 0.0 { (BEAT_MS / slowest).max(1.0) as u64 } else { 1 };
    let left = s.program.steps.saturating_sub(from);
    let end = if left > 0 { left } else { u64::MAX };
    most.min((s.program.steps / BEATS).max(1)).min(end) as u32
}

#[cfg(test)]
mod tests;
