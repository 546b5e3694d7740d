//! Messages (what happened) and effects (what to do about it).
//!
//! Not responsible for the transition itself (`update.rs`).

use super::brought::{Brought, CodeReader};
use super::card::CardMsg;
use super::files::{FileJob, FileMsg};
use super::offline::{OfflineJob, OfflineMsg};
use super::queries::QueryMsg;
use super::{CurveShow, LoadedData, Picked, Theme};
use crate::i18n::Lang;
use crate::protocol::{Command, Example, Failure, Until};
use crate::spec::model::PartName;
use crate::spec::{
    DataSpec, Experiment, Fix, Layer, LayerKind, ModelSpec, OptimizerKind, OptimizerSpec, Problem, TaskSpec,
    TrainingSpec,
};
use crate::ui::doctor;
use crate::ui::frame_data::FrameData;
use crate::ui::guide::Trial;
use std::rc::Rc;

/// What happened: a control was used, or the worker spoke. Components emit these and nothing else.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// About the page itself, its files and notices.
    Page(PageMsg),
    /// The experiment is edited.
    Edit(EditMsg),
    /// The run is told something, or tells.
    Run(RunMsg),
    /// How the run is drawn, and what is pointed at.
    View(ViewMsg),
    /// About the doctor.
    Doctor(DoctorMsg),
}

/// About the page itself, its files and notices.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum PageMsg {
    /// Language chosen.
    Lang(Lang),
    /// Theme chosen.
    Theme(Theme),
    /// Large type, or not.
    Projector(bool),
    /// One of the things to try that the page offers.
    Try(Trial),
    /// Where to look has been read.
    HintRead,
    /// Copy the share link.
    Share,
    /// Save the experiment as a file.
    Save,
    /// Files, links, kept runs.
    Files(FileMsg),
    /// About use without a network.
    Offline(OfflineMsg),
    /// Something given was refused.
    Refuse(Vec<Problem>),
    /// The notice was read.
    Dismiss,
}

/// The experiment is edited.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum EditMsg {
    /// Another data set or other data settings; the model adapts when the kind of data changes.
    Data(DataSpec),
    /// The seed.
    Seed(u32),
    /// A network gets an optimizer of its own, or learns as all do again.
    PartOptimizer(PartName, Option<OptimizerSpec>),
    /// A new layer before index `at`.
    AddLayer {
        /// Index.
        at: usize,
        /// JSON type name.
        type_name: String,
    },
    /// A layer goes.
    RemoveLayer(usize),
    /// A layer moves.
    MoveLayer {
        /// From this index.
        from: usize,
        /// To this index (after removal).
        to: usize,
    },
    /// A layer's settings.
    SetLayer {
        /// Index.
        at: usize,
        /// New settings.
        kind: LayerKind,
    },
    /// A layer is frozen, or learns again.
    Freeze {
        /// Index.
        at: usize,
        /// Whether its parameters stay as they are.
        frozen: bool,
    },
    /// All layers at once.
    SetLayers(Vec<Layer>),
    /// All networks at once (from the text form).
    SetModel(ModelSpec),
    /// Code in place of the model text: the network that stands in it. Its reader comes along, since most pages never
    /// need one.
    Paste(Rc<str>, Brought<CodeReader>),
    /// A remedy was accepted.
    Fix(Fix),
    /// Whether model edits keep what fits.
    KeepWeights(bool),
    /// Whether other data keep it too.
    CarryWeights(bool),
    /// Settings of the task, or the loss.
    Task(TaskSpec),
    /// Another task, with networks of its own.
    ChooseTask(String),
    /// Optimizer, learning rate, schedule, clipping.
    Optimizer(OptimizerSpec),
    /// Another optimizer; its numbers are settled by `adapt.rs`.
    OptimizerKind(OptimizerKind),
    /// The rate that is usual for the optimizer in force.
    UsualRate,
    /// Batch and penalties.
    Training(TrainingSpec),
    /// A whole experiment, from a file or a link.
    Open(Box<Experiment>),
    /// One step back in editing.
    Undo,
    /// One step forward.
    Redo,
}

/// The run is told something, or tells.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum RunMsg {
    /// Play or pause pressed.
    TogglePlay,
    /// One step.
    Step,
    /// To the end of the epoch.
    Epoch,
    /// Back to step 0, same seed.
    Reset,
    /// Slow motion (`None`: flat out).
    Speed(Option<f32>),
    /// Pause by itself.
    Until(Option<Until>),
    /// Timeline moved to this step.
    Seek(u64),
    /// One weight was edited; the others may have moved on since they were shown.
    WriteWeight {
        /// The parameter.
        name: String,
        /// Which of its numbers, row-major.
        index: usize,
        /// Its new value.
        value: f32,
    },
    /// Keep this run's curves.
    KeepRun,
    /// Show or hide a kept run.
    ShowKept(usize, bool),
    /// Forget a kept run.
    DropKept(usize),
    /// About the graphics card.
    Card(CardMsg),
    /// Bytes fetched so far and in all.
    Fetching(u64, u64),
    /// The worker has loaded the experiment.
    Loaded(Rc<LoadedData>),
    /// The worker refused a command.
    Failed(Failure),
    /// The worker's frame.
    Frame(Rc<FrameData>),
    /// The worker died; a fresh one is being started.
    WorkerDied(String),
}

/// How the run is drawn, and what is pointed at.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum ViewMsg {
    /// Something is picked, or nothing.
    Pick(Option<Picked>),
    /// The panels inside the network follow this example from now on.
    LookAt(Example),
    /// Curve axis.
    CurveLog(bool),
    /// Curve smoothing.
    CurveSmoothing(f32),
    /// Loss, metric or the loss's terms.
    CurveShow(CurveShow),
    /// Winning class only.
    OutputHard(bool),
    /// Test points too.
    OutputTestPoints(bool),
    /// Values asked for by name.
    Query(QueryMsg),
}

/// About the doctor.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum DoctorMsg {
    /// The doctor's remedy against this was accepted.
    Remedy(doctor::Kind, doctor::Remedy),
    /// The doctor's remedy just applied is taken back.
    Untreat,
    /// The doctor examines, or rests.
    Examine(bool),
    /// What the doctor hears frames with has come.
    Hear(doctor::Ears),
}

impl Msg {
    /// Whether the worker says it, not the learner.
    pub fn is_from_worker(&self) -> bool {
        use RunMsg::{Failed, Fetching, Frame, Loaded, WorkerDied};
        matches!(self, Msg::Run(Fetching(..) | Loaded(_) | Failed(_) | Frame(_) | WorkerDied(_)))
    }
}

/// What `ui::app` carries out after a message.
#[allow(clippy::large_enum_variant, reason = "a few a second, carried out at once")]
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a command; arrays go beside it.
    Send(Command, Vec<Rc<[f32]>>),
    /// Fetch the data files if needed, then start or update the run.
    Run {
        /// Keep the run if only hyper-parameters changed, and what fits of the parameters.
        update: bool,
    },
    /// Start a fresh worker at the last checkpoint.
    Restart,
    /// Put the experiment into the address bar, without a history entry.
    Hash,
    /// Copy the share link.
    CopyLink,
    /// Weights out of the run, or into it.
    Files(FileJob),
    /// Ask something of the service worker.
    Offline(OfflineJob),
    /// Offer the experiment as a file.
    SaveFile,
    /// Remember language and theme.
    Remember,
}
