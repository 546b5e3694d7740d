//! The groups that [`super::State`] is made of: a reducer of a message writes mostly in one of them.

use super::{
    CurveShow, CurveView, FIRST_SPEED, KeptRun, LoadedData, Notice, OutputView, Picked, Theme, card, files, offline,
    queries, rate,
};
use crate::i18n::Lang;
use crate::protocol::{CurvePoint, Example, GradientRow, PcaError, Status, Until};
use crate::spec::{Experiment, Problem};
use crate::ui::frame_data::FrameData;
use crate::ui::guide::Trial;
use std::rc::Rc;

/// What belongs to the page itself, whatever is edited or trained.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Language of the page.
    pub lang: Lang,
    /// Paper or night.
    pub theme: Theme,
    /// Large type, for a projector.
    pub projector: bool,
    /// To be read.
    pub notice: Option<Notice>,
    /// What was tried last of what the page offers: where to look is said until something else is done.
    pub tried: Option<Trial>,
    /// What is saved, put aside, opened.
    pub files: files::Files,
    /// What the browser keeps of the site.
    pub offline: offline::Offline,
}

/// What the learner edits, and how it came to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What the learner edits; may have problems.
    pub experiment: Rc<Experiment>,
    /// Its problems; while there are any, the run under way goes on with the last good experiment.
    pub problems: Rc<Vec<Problem>>,
    /// Earlier experiments, latest last.
    pub undo: Vec<Rc<Experiment>>,
    /// Experiments undone, latest last.
    pub redo: Vec<Rc<Experiment>>,
    /// Whether a model edit keeps the parameters that still fit.
    pub keep_weights: bool,
    /// Whether other data keep them too.
    pub carry_weights: bool,
    /// Learning rates that the learner set by hand, latest last.
    pub own_rates: Rc<Vec<f64>>,
    /// Counts experiments that were opened whole: what was being made for the one before is put away.
    pub opened: u32,
    /// What became of the rate when the optimizer was chosen.
    pub rate_note: Option<rate::RateNote>,
    /// Whether the next edit follows the last one so closely (a slider being dragged) that both are one step of undo.
    pub merge_edits: bool,
    /// JSON path of the number that the last edit changed, if it changed nothing else.
    pub edited_path: Option<String>,
}

/// The run: what the worker trains, and what it has said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The experiment that runs; it differs from the edited one while that has problems or is being loaded.
    pub experiment: Rc<Experiment>,
    /// What the worker runs, once it has loaded something.
    pub data: Rc<LoadedData>,
    /// Progress of fetching data files, bytes so far and in all.
    pub fetching: Option<(u64, u64)>,
    /// Where the run is, by the latest frame, brief ones too.
    pub status: Rc<Status>,
    /// Whether the learner wants it to train.
    pub playing: bool,
    /// Steps per second; `None` is flat out.
    pub steps_per_s: Option<f32>,
    /// Pause by itself.
    pub until: Option<Until>,
    /// The latest whole frame.
    pub frame: Rc<FrameData>,
    /// Steps that the timeline can go back to.
    pub marks: Rc<Vec<u64>>,
    /// What a straight code would leave, once the worker has said it of this run.
    pub pca: Option<PcaError>,
    /// Curves of this run.
    pub curves: Rc<Vec<CurvePoint>>,
    /// The beginning of `curves` that came from a worker that died; the present one knows only what follows.
    pub curves_before: Rc<Vec<CurvePoint>>,
    /// Norms of this run, one row per frame, oldest first.
    pub gradients: Rc<Vec<Rc<GradientRow>>>,
    /// While the learner looks back at an earlier step: the norms of that step.
    pub gradient_then: Option<Rc<GradientRow>>,
    /// Runs kept for comparison.
    pub kept: Rc<Vec<KeptRun>>,
    /// The graphics card.
    pub card: card::Card,
    /// A fresh worker is being taken to the last checkpoint.
    pub restoring: bool,
    /// Step of the latest checkpoint the page holds, from which a fresh worker can go on.
    pub saved_step: u64,
    /// Workers that died since the last frame: a worker that dies at once is not started for ever.
    pub deaths: u8,
}

/// How the panels draw the run, and what they point at.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// How curves are drawn.
    pub curve_view: CurveView,
    /// How the output is drawn.
    pub output_view: OutputView,
    /// What is picked.
    pub picked: Option<Picked>,
    /// The example that the panels inside the network follow; a row that went with the samples gives way to the last one.
    pub example: Rc<Example>,
    /// What the learner has asked for by name.
    pub queries: Rc<Vec<queries::Open>>,
}

impl Page {
    /// The page on arrival.
    pub fn new(lang: Lang, theme: Theme) -> Page {
        Page {
            lang,
            theme,
            projector: false,
            notice: None,
            tried: None,
            files: files::Files::default(),
            offline: offline::Offline::default(),
        }
    }
}

impl Edit {
    /// This experiment, with nothing to undo.
    pub fn new(experiment: Experiment) -> Edit {
        Edit {
            problems: Rc::new(experiment.problems()),
            experiment: Rc::new(experiment),
            undo: Vec::new(),
            redo: Vec::new(),
            keep_weights: true,
            carry_weights: false,
            own_rates: Rc::default(),
            opened: 0,
            rate_note: None,
            merge_edits: false,
            edited_path: None,
        }
    }
}

impl Run {
    /// This experiment, about to train.
    pub fn new(experiment: Rc<Experiment>) -> Run {
        Run {
            experiment,
            playing: true,
            steps_per_s: Some(FIRST_SPEED),
            data: Rc::default(),
            fetching: None,
            status: Rc::default(),
            until: None,
            frame: Rc::default(),
            marks: Rc::default(),
            pca: None,
            curves: Rc::default(),
            curves_before: Rc::default(),
            gradients: Rc::default(),
            gradient_then: None,
            kept: Rc::default(),
            card: card::Card::default(),
            restoring: false,
            saved_step: 0,
            deaths: 0,
        }
    }
}

impl Default for View {
    fn default() -> View {
        View {
            curve_view: CurveView { log: false, smoothing: 0.0, show: CurveShow::Loss },
            output_view: OutputView::default(),
            picked: None,
            example: Rc::new(Example::default()),
            queries: Rc::default(),
        }
    }
}
