//! What the network says about the data: regions or a surface over the plane, else a confusion matrix with the samples
//! behind it, or predictions against true numbers; or the response of one picked unit.
//!
//! Not responsible for computing any of it (the worker does), only for choosing and drawing.

mod answers;
mod date_field;
mod forecast;
mod heads;
mod made;
mod matrix;
mod mistakes;
mod own_row;
mod plane;
pub(super) mod points;
mod probe;
mod reconstructions;
mod samples;
mod scatter;
mod steps;
pub(super) mod tile;

use super::fold::Fold;
use super::{Panel, PanelProps};
use crate::i18n::made as made_words;
use crate::i18n::{
    Text, answers as answer_words, coder, heads as head_words, output as words, probe as probe_words, shell,
    transport as bar, truth,
};
use crate::protocol::{Example, FrameRequest, MistakesRequest, NeuronRequest, Want};
use crate::spec::pairs::Answering;
use crate::spec::sequences::Task;
use crate::spec::sets::SetInfo;
use crate::spec::{DataInfo, Target, TaskKind};
use crate::ui::later::later;
use crate::ui::names;
use crate::ui::parts::tools::Tools;
use crate::ui::plots::{controls::check, number};
use crate::ui::state::{Msg, Picked, State, ViewMsg};
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
pub enum View {
    /// The network's output over the plane.
    Plane,
    /// One unit's response over the plane.
    Unit {
        /// Its layer; the input where there is none.
        layer: Option<usize>,
        /// Which of the layer.
        unit: usize,
    },
    /// Confusion matrix.
    Classes,
    /// Predicted against true.
    Numbers,
    /// How well the class at each position is told.
    Steps,
    /// What networks make.
    Made,
    /// Rows, and what comes of them.
    Rows,
    /// Heads on one trunk.
    Heads,
    /// What features are worth.
    Probe,
}

impl View {
    fn of(state: &State, info: &DataInfo) -> View {
        let looked_at = info.plane || tile::is_picture(&info.input);
        let kind = state.edit.experiment.task.kind;
        if kind.several().is_some() {
            return View::Heads;
        }
        if kind.is_pretext() {
            return View::Probe;
        }
        if kind.makes_its_target() && !kind.asks_for_its_input() && looked_at {
            return match &state.view.picked {
                Some(Picked::Unit { layer, unit }) if info.plane => View::Unit { layer: *layer, unit: *unit },
                Some(_) | None => View::Made,
            };
        }
        if matches!(info.target, Target::Steps { .. }) {
            return View::Steps;
        }
        match (info.plane, &state.view.picked) {
            (true, Some(Picked::Unit { layer, unit })) => View::Unit { layer: *layer, unit: *unit },
            _ if state.edit.experiment.task.kind.asks_for_its_input() => View::Rows,
            (true, _) => View::Plane,
            (false, _) if state.edit.experiment.task.kind.by_class() => View::Classes,
            (false, _) => View::Numbers,
        }
    }

    /// What one is looking at.
    fn what(self, kind: &TaskKind) -> Text {
        match self {
            View::Plane => words::WHAT_PLANE,
            View::Unit { .. } => words::WHAT_UNIT,
            View::Classes => words::WHAT_CLASSES,
            View::Numbers => words::WHAT_NUMBERS,
            View::Steps => words::WHAT_STEPS,
            View::Made if kind.diffusion().is_some() => made_words::WHAT_FLOW,
            View::Made => made_words::WHAT,
            View::Rows => coder::WHAT_ROWS,
            View::Heads => head_words::WHAT,
            View::Probe => probe_words::WHAT,
        }
    }

    /// What must be computed for it.
    fn wants(self, state: &State, info: &DataInfo, chosen: made::Chosen) -> FrameRequest {
        FrameRequest::of(match self {
            View::Made => return made::wants(state, info, chosen),
            View::Plane => {
                let px = if state.run.playing { OUTPUT_PX } else { OUTPUT_PX_RESTING };
                vec![Want::Output { px: state.map_px(px) }]
            }
            View::Unit { layer: Some(layer), unit } => {
                let neurons = NeuronRequest { px: state.map_px(UNIT_PX), layers: vec![layer], units_max: unit + 1 };
                vec![Want::Neurons(neurons)]
            }
            // An input is its own response: nothing to compute.
            View::Unit { layer: None, .. } => Vec::new(),
            View::Classes => {
                let max = if tile::is_picture(&info.input) { PICTURES_MAX } else { ROWS_MAX };
                let cell = match state.view.picked {
                    Some(Picked::Cell { target, predicted }) => Some([target, predicted]),
                    Some(Picked::Unit { .. } | Picked::Edge { .. }) | None => None,
                };
                vec![Want::Confusion, Want::Mistakes(MistakesRequest { max, cell })]
            }
            View::Numbers if is_series(state) => vec![Want::Scatter, Want::Forecast],
            View::Numbers => vec![Want::Scatter],
            View::Probe => probe::wants(),
            View::Heads => vec![Want::Heads(Example::clone(&state.view.example))],
            // The test figures come with every frame; rows are asked for where they are chosen.
            View::Steps | View::Rows => Vec::new(),
        })
    }
}

/// The panel.
#[component]
pub fn OutputPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let chosen = use_state_eq(made::Chosen::default);
    // While the data's settings have a problem the run goes on with the last good ones, and so does its picture.
    let good = use_mut_ref(|| None::<DataInfo>);
    let info = use_memo((state.edit.experiment.data.clone(), lang), |(data, lang)| {
        let named = |info| names::named(info, &data.set, *lang);
        let info = data.info().ok().map(named).or_else(|| good.borrow().clone());
        good.borrow_mut().clone_from(&info);
        info
    });
    let Some(info) = (*info).clone() else {
        return html! { <Panel id={testid::PANEL_OUTPUT} title={shell::PANEL_OUTPUT.get(lang)} /> };
    };
    let view = View::of(state, &info);
    let (wants, props) = (view.wants(state, &info, *chosen), props.clone());
    let (title, tools) = (shell::PANEL_OUTPUT.get(lang), tools(&props, view, &info));
    // Other data are chosen, but the worker still has the old ones.
    let is_behind = state.run.data.loaded.input != info.input;
    let asks = !is_behind
        && own_row::is_for(&info)
        && !matches!(view, View::Unit { .. } | View::Made | View::Rows | View::Heads | View::Probe);
    let rarely = |part: Rare| later(Tools::Output(part));
    let own = asks.then(|| rarely(Rare::Own { panel: props.clone(), info: info.clone() }));
    let body = match view {
        _ if is_behind => {
            html! { <div class="plot-stack plane"><p class="plot-empty">{ words::WAITING.get(lang) }</p></div> }
        }
        View::Plane => html! { <plane::Plane panel={props} unit={None::<plane::Unit>} {info} /> },
        View::Unit { layer, unit } => html! { <plane::Plane panel={props} unit={Some((layer, unit))} {info} /> },
        View::Made | View::Classes | View::Numbers | View::Steps | View::Rows | View::Heads | View::Probe => {
            rarely(Rare::View { view, panel: props, info, chosen: *chosen, choose: chosen.setter() })
        }
    };
    let what = view.what(&state.edit.experiment.task.kind).get(lang);
    html! { <Panel id={testid::PANEL_OUTPUT} {title} {tools} {wants} {what} enlarge=true export=true>{ body }{ for own }</Panel> }
}

/// What of the panel comes later: all that networks say of other data than points in the plane.
#[derive(Clone, PartialEq)]
pub enum Rare {
    /// What there is to see.
    View {
        /// Which.
        view: View,
        /// The panel's properties.
        panel: PanelProps,
        /// The data.
        info: DataInfo,
        /// What is chosen of what was made.
        chosen: made::Chosen,
        /// Chooses it.
        choose: UseStateSetter<made::Chosen>,
    },
    /// A row of one's own.
    Own {
        /// The panel's properties.
        panel: PanelProps,
        /// The data.
        info: DataInfo,
    },
}

/// It, once it is there.
pub fn rare(part: Rare) -> Html {
    let (view, props, info, chosen, choose) = match part {
        Rare::Own { panel, info } => return html! { <own_row::OwnRow {panel} {info} /> },
        Rare::View { view, panel, info, chosen, choose } => (view, panel, info, chosen, choose),
    };
    match view {
        View::Plane | View::Unit { .. } => Html::default(),
        View::Made => {
            let choose = Callback::from(move |c| choose.set(c));
            html! { <made::Made panel={props} {info} {chosen} {choose} /> }
        }
        View::Classes => html! {<>
            <matrix::Matrix panel={props.clone()} info={info.clone()} />
            <mistakes::Mistakes panel={props} {info} />
        </>},
        View::Numbers if is_series(&props.state) => html! {<>
            <forecast::ForecastPlot panel={props.clone()} info={info.clone()} />
            <scatter::Scatter panel={props} {info} />
        </>},
        View::Numbers => html! { <scatter::Scatter panel={props} {info} /> },
        View::Heads => html! { <heads::HeadsView panel={props} {info} /> },
        View::Probe => html! { <probe::ProbeView panel={props} {info} /> },
        View::Rows => {
            let lang = props.state.page.lang;
            let classes = !info.class_names.is_empty();
            html! {<>
                <reconstructions::ReconstructionRows panel={props.clone()} info={info.clone()} />
                if classes {
                    <Fold id={testid::PROBE_CODE} title={probe_words::CODE.get(lang)}>
                        <probe::CodeProbe panel={props} {info} />
                    </Fold>
                }
            </>}
        }
        View::Steps => {
            let writes = info.tokens.is_some_and(|n| n == info.target.classes()) && info.input.len() == 1;
            let lang = props.state.page.lang;
            match props.state.edit.experiment.data.task().and_then(Task::answering) {
                Some(how) if writes => html! {<>
                    <answers::Answers ..props.clone() />
                    { steps::view(&props) }
                    if how == Answering::Written {
                        <Fold id={testid::ANSWERS_WRITING} title={answer_words::WRITING.get(lang)}><samples::Samples ..props /></Fold>
                    }
                </>},
                Some(_) | None => html! {<>
                    { steps::view(&props) }
                    if writes { <samples::Samples ..props /> }
                </>},
            }
        }
    }
}

fn tools(props: &PanelProps, view: View, info: &DataInfo) -> Html {
    let (lang, shown) = (props.state.page.lang, props.state.view.output_view);
    match view {
        View::Plane => {
            let hard = props.emit.reform(|m| Msg::View(ViewMsg::OutputHard(m)));
            let test = props.emit.reform(|m| Msg::View(ViewMsg::OutputTestPoints(m)));
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
            let back = props.emit.reform(|_: MouseEvent| Msg::View(ViewMsg::Pick(None)));
            html! {
                <button type="button" class="quiet small" data-testid={testid::OUTPUT_BACK} onclick={back}>
                    { words::BACK.get(lang) }
                </button>
            }
        }
        View::Classes | View::Numbers | View::Steps | View::Made | View::Rows | View::Heads | View::Probe => html! {},
    }
}

/// Of which step the figures are, when that is long past.
fn measured(props: &PanelProps, at: u64) -> Html {
    let (lang, status) = (props.state.page.lang, &props.state.run.status);
    let text = |at| bar::MEASURED_AT.with(lang, &[("n", &number::integer(at))]);
    let old =
        status.old(at).map(|at| html! { <span class="dim" data-testid={testid::MEASURED_AT}>{ text(at) }</span> });
    html! {<>
        { for old }
        if status.is_past(at) { <span class="dim">{ " " }{ truth::MEASURING.get(lang) }</span> }
    </>}
}

/// A figure of a headline: small with its step beside it when it is old, and not a number at all when the network has learned
/// as much again since.
fn figure(props: &PanelProps, at: u64, value: String) -> (Classes, String) {
    let status = &props.state.run.status;
    let class = classes!(status.old(at).map(|_| "was"));
    (class, if status.is_past(at) { "–".into() } else { value })
}

/// Whether the rows are windows of a series.
fn is_series(state: &State) -> bool {
    state.edit.experiment.data.set_info().is_some_and(SetInfo::series)
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
