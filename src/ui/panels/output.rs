//! What the network says about the data: regions or a surface over the plane, else a confusion matrix with the samples
//! behind it, or predictions against true numbers; or the response of one picked unit.
//!
//! Not responsible for computing any of it (the worker does), only for choosing and drawing.

mod matrix;
mod mistakes;
mod plane;
mod points;
mod samples;
mod scatter;
mod steps;
mod tile;

use super::{Panel, PanelProps};
use crate::i18n::{Text, output as words, shell, transport as bar};
use crate::protocol::{FrameRequest, NeuronRequest};
use crate::spec::{DataInfo, Target, TaskKind};
use crate::ui::plots::{controls::check, number};
use crate::ui::state::{Msg, Picked, State};
use crate::ui::testid;
use yew::prelude::*;

/// Pixels a side of the map over the plane while the network trains: every pixel is a sample less to train on.
const OUTPUT_PX: usize = 72;
/// The same while it rests.
const OUTPUT_PX_RESTING: usize = 120;
/// Pixels a side of one picked unit's map.
const UNIT_PX: usize = 72;
/// Samples shown at once as pictures.
const PICTURES_MAX: usize = 24;
/// Samples shown at once as rows of numbers.
const ROWS_MAX: usize = 12;

/// What there is to see.
#[derive(Clone, Copy, Debug, PartialEq)]
enum View {
    /// The network's output over the plane.
    Plane,
    /// One unit's response over the plane.
    Unit { layer: Option<usize>, unit: usize },
    /// Confusion matrix.
    Classes,
    /// Predicted against true.
    Numbers,
    /// How well the class at each position is told.
    Steps,
}

impl View {
    fn of(state: &State, info: &DataInfo) -> View {
        if matches!(info.target, Target::Steps { .. }) {
            return View::Steps;
        }
        match (info.plane, &state.picked, state.experiment.task.kind) {
            (true, Some(Picked::Unit { layer, unit }), _) => View::Unit { layer: *layer, unit: *unit },
            (true, _, _) => View::Plane,
            (false, _, TaskKind::Classification | TaskKind::LanguageModel) => View::Classes,
            (false, _, TaskKind::Regression) => View::Numbers,
        }
    }

    /// What one is looking at.
    fn what(self) -> Text {
        match self {
            View::Plane => words::WHAT_PLANE,
            View::Unit { .. } => words::WHAT_UNIT,
            View::Classes => words::WHAT_CLASSES,
            View::Numbers => words::WHAT_NUMBERS,
            View::Steps => words::WHAT_STEPS,
        }
    }

    /// What must be computed for it.
    fn wants(self, state: &State, info: &DataInfo) -> FrameRequest {
        let mut want = FrameRequest::default();
        match self {
            View::Plane => {
                let px = if state.playing { OUTPUT_PX } else { OUTPUT_PX_RESTING };
                want.output_px = Some(state.map_px(px));
            }
            View::Unit { layer: Some(layer), unit } => {
                want.neurons =
                    Some(NeuronRequest { px: state.map_px(UNIT_PX), layers: vec![layer], units_max: unit + 1 });
            }
            // An input is its own response: nothing to compute.
            View::Unit { layer: None, .. } => {}
            View::Classes => {
                want.confusion = true;
                want.mistakes = Some(if tile::is_picture(&info.input) { PICTURES_MAX } else { ROWS_MAX });
                want.mistakes_cell = match state.picked {
                    Some(Picked::Cell { target, predicted }) => Some([target, predicted]),
                    Some(Picked::Unit { .. } | Picked::Edge { .. }) | None => None,
                };
            }
            View::Numbers => want.scatter = true,
            // The test figures come with every frame.
            View::Steps => {}
        }
        want
    }
}

/// The panel.
#[component]
pub fn OutputPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.lang);
    // While the data's settings have a problem the run goes on with the last good ones, and so does its picture.
    let good = use_mut_ref(|| None::<DataInfo>);
    let info = use_memo(state.experiment.data.clone(), |data| {
        let info = data.info().ok().or_else(|| good.borrow().clone());
        good.borrow_mut().clone_from(&info);
        info
    });
    let Some(info) = (*info).clone() else {
        return html! { <Panel id={testid::PANEL_OUTPUT} title={shell::PANEL_OUTPUT.get(lang)} /> };
    };
    let view = View::of(state, &info);
    let (wants, props) = (view.wants(state, &info), props.clone());
    let (title, tools) = (shell::PANEL_OUTPUT.get(lang), tools(&props, view, &info));
    // Other data are chosen, but the worker still has the old ones.
    let is_behind = state.data.loaded.input != info.input;
    let body = match view {
        _ if is_behind => {
            html! { <div class="plot-stack plane"><p class="plot-empty">{ words::WAITING.get(lang) }</p></div> }
        }
        View::Plane => html! { <plane::Plane panel={props} unit={None::<plane::Unit>} {info} /> },
        View::Unit { layer, unit } => html! { <plane::Plane panel={props} unit={Some((layer, unit))} {info} /> },
        View::Classes => html! {<>
            <matrix::Matrix panel={props.clone()} info={info.clone()} />
            <mistakes::Mistakes panel={props} {info} />
        </>},
        View::Numbers => html! { <scatter::Scatter panel={props} {info} /> },
        View::Steps => {
            let writes = info.tokens.is_some_and(|n| n == info.target.classes()) && info.input.len() == 1;
            html! {<>
                { steps::view(&props) }
                if writes { <samples::Samples ..props /> }
            </>}
        }
    };
    let what = view.what().get(lang);
    html! { <Panel id={testid::PANEL_OUTPUT} {title} {tools} {wants} {what} enlarge=true export=true>{ body }</Panel> }
}

fn tools(props: &PanelProps, view: View, info: &DataInfo) -> Html {
    let (lang, shown) = (props.state.lang, props.state.output_view);
    match view {
        View::Plane => {
            let hard = props.emit.reform(Msg::OutputHard);
            let test = props.emit.reform(Msg::OutputTestPoints);
            let is_classes = is_classes(info);
            html! {<>
                if is_classes {
                    { check(words::HARD.get(lang), words::HARD_HINT.get(lang), testid::OUTPUT_HARD, shown.hard, hard) }
                }
                { check(words::TEST_POINTS.get(lang), words::TEST_POINTS_HINT.get(lang), testid::OUTPUT_TEST_POINTS,
                    shown.test_points, test) }
            </>}
        }
        View::Unit { .. } => {
            let back = props.emit.reform(|_: MouseEvent| Msg::Pick(None));
            html! {
                <button type="button" class="quiet small" data-testid={testid::OUTPUT_BACK} onclick={back}>
                    { words::BACK.get(lang) }
                </button>
            }
        }
        View::Classes | View::Numbers | View::Steps => html! {},
    }
}

/// Of which step the figures are, when that is long past.
fn measured(props: &PanelProps, at: u64) -> Html {
    let old = props.state.status.old(at);
    let text = |at| bar::MEASURED_AT.with(props.state.lang, &[("n", &number::integer(at))]);
    html! { { for old.map(|at| html! { <span class="dim" data-testid={testid::MEASURED_AT}>{ text(at) }</span> }) } }
}

/// Whether classes are told apart.
fn is_classes(info: &DataInfo) -> bool {
    matches!(info.target, Target::Classes { .. })
}

/// Properties of the panel's parts.
#[derive(Clone, PartialEq, Properties)]
pub struct PartProps {
    /// The panel's own.
    pub panel: PanelProps,
    /// What the data are.
    pub info: DataInfo,
}
