//! Everything the laboratory knows, and the only place where it changes: [`update`] is a pure function from a message to
//! the next state and the effects to carry out.
//!
//! Not responsible for carrying effects out (`page.rs`), nor for drawing.

mod beat;
mod incoming;
mod update;

use super::setup::{Settings, Setup, Shared, Which, dense_names};
use super::story::Story;
use super::sweep::{self, Cell, Sweep};
use crate::protocol::{Command, CurvePoint, GradientRow, Loaded};
use crate::spec::{Experiment, Problem};
use crate::ui::frame_data::FrameData;
use crate::ui::plots::flow::Quantity;
use crate::ui::side_error::SideError;
use crate::ui::state::LoadedData;
pub use beat::{Beat, Pace, Standing};
use std::rc::Rc;
pub use update::update;

/// Steps a second on arrival: fast enough to see training, slow enough to see what comes before.
pub const FIRST_SPEED: f32 = 30.0;
/// Speeds offered.
pub const SPEEDS: [f32; 4] = [5.0, FIRST_SPEED, 100.0, 300.0];

/// What a side's worker is at.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Phase {
    /// Files are fetched, or the network is built.
    #[default]
    Loading,
    /// There is a network.
    Ready,
    /// The worker cannot; why.
    Failed(SideError),
}

/// One side.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What it is at.
    pub phase: Phase,
    /// What it trains, or would.
    pub experiment: Rc<Experiment>,
    /// What is wrong with that; then nothing is loaded.
    pub problems: Rc<Vec<Problem>>,
    /// Names of its dense layers, first to last.
    pub names: Rc<Vec<String>>,
    /// Bytes fetched so far and in all.
    pub fetching: Option<(u64, u64)>,
    /// What the worker said when it had loaded.
    pub loaded: Rc<Loaded>,
    /// Numbers of one input, and mean squares of some.
    pub inputs: (usize, Rc<Vec<f64>>),
    /// The latest frame.
    pub frame: Rc<FrameData>,
    /// The latest frame that brought histograms.
    pub spread: Rc<FrameData>,
    /// Time of a step, as the worker measured it.
    pub step_ms: Option<f64>,
    /// The first row of norms of this run, if it came from the first step: what theory speaks about.
    pub first: Option<Rc<GradientRow>>,
    /// Norms, oldest first.
    pub rows: Rc<Vec<Rc<GradientRow>>>,
    /// Loss.
    pub curves: Rc<Vec<CurvePoint>>,
}

impl Side {
    fn new(setup: &Setup, shared: Shared) -> Side {
        let experiment = setup.experiment(shared);
        Side {
            phase: Phase::Loading,
            problems: Rc::new(experiment.problems()),
            names: Rc::new(dense_names(&experiment.model.layers)),
            experiment: Rc::new(experiment),
            fetching: None,
            loaded: Rc::default(),
            inputs: (0, Rc::default()),
            frame: Rc::default(),
            spread: Rc::default(),
            step_ms: None,
            first: None,
            rows: Rc::default(),
            curves: Rc::default(),
        }
    }

    /// Whether its worker has something to train.
    pub fn is_ready(&self) -> bool {
        self.phase == Phase::Ready && self.problems.is_empty()
    }
}

/// Everything the laboratory knows. Big parts are behind `Rc`, so that a clone per message is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct LabState {
    /// What is chosen.
    pub settings: Settings,
    /// Parts of the address that made no sense.
    pub refused: Vec<String>,
    /// Left and right.
    pub sides: [Side; 2],
    /// Whether the learner wants both to train.
    pub playing: bool,
    /// Steps a second; `None` is flat out.
    pub steps_per_s: Option<f32>,
    /// Steps under way.
    pub beat: Option<Beat>,
    /// When the next are due.
    pub pace: Pace,
    /// What the heat-maps show.
    pub quantity: Quantity,
    /// Whether the ridges show gradients (else activations).
    pub ridge_gradients: bool,
    /// Steps for a cell of the next sweep.
    pub sweep_steps: u32,
    /// The sweep under way, or the last one.
    pub sweep: Option<Rc<Sweep>>,
    /// Why the sweep ended early.
    pub sweep_error: Option<SideError>,
}

impl LabState {
    /// On arrival: both sides about to load, and then to train.
    pub fn new(settings: Settings, refused: Vec<String>) -> LabState {
        LabState {
            sides: settings.sides.map(|setup| Side::new(&setup, settings.shared)),
            settings,
            refused,
            playing: true,
            steps_per_s: Some(FIRST_SPEED),
            beat: None,
            pace: Pace::default(),
            quantity: Quantity::DActivation,
            ridge_gradients: false,
            sweep_steps: sweep::STEPS[1],
            sweep: None,
            sweep_error: None,
        }
    }

    /// One side.
    pub fn side(&self, which: Which) -> &Side {
        &self.sides[which.index()]
    }

    /// Its settings.
    pub fn setup(&self, which: Which) -> &Setup {
        &self.settings.sides[which.index()]
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum LabMsg {
    /// Every panel is there: a side's worker may start.
    Arrived(Which),
    /// A side's settings.
    Setup(Which, Setup),
    /// Data or seed.
    Shared(Shared),
    /// A ready comparison.
    Story(Story),
    /// The address was changed.
    Open(Settings, Vec<String>),
    /// Play or pause.
    TogglePlay,
    /// One step of both.
    Step,
    /// Both back to their first weights.
    Reset,
    /// Steps a second.
    Speed(Option<f32>),
    /// What the heat-maps show.
    Quantity(Quantity),
    /// What the ridges show.
    RidgeGradients(bool),
    /// Bytes fetched so far and in all.
    Fetching(Which, u64, u64),
    /// A side's worker has loaded its experiment.
    Loaded(Which, Rc<LoadedData>),
    /// A side's worker cannot.
    Failed(Which, SideError),
    /// What a side's worker shows.
    Frame(Which, Rc<FrameData>),
    /// A side's worker has taken its steps; how long one took.
    Trained(Which, f64),
    /// The next steps may be due.
    Wake,
    /// Steps for each cell.
    SweepSteps(u32),
    /// Begins a sweep from side A.
    SweepStart,
    /// Ends it.
    SweepCancel,
    /// A cell's news.
    SweepCell(usize, Cell),
    /// All cells are through.
    SweepDone,
    /// The sweep's worker cannot.
    SweepFailed(SideError),
    /// Loads a cell into side A.
    SweepPick(usize),
}

/// What the page carries out after a message.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum LabEffect {
    /// Has a side's worker load its experiment; `update` keeps the run where only the optimizer changed.
    Load {
        /// Which side.
        which: Which,
        /// As [`Command::Update`].
        update: bool,
    },
    /// Sends a command to a side's worker.
    Send(Which, Command),
    /// Has a side looked at: nothing more is to come.
    Look(Which),
    /// Comes back with [`LabMsg::Wake`].
    Wake {
        /// When.
        after_ms: f64,
    },
    /// Begins the sweep of the state in a fresh worker.
    Sweep,
    /// Ends the sweep's worker.
    StopSweep,
    /// Puts the settings into the address.
    Address,
}

#[cfg(test)]
mod tests;
