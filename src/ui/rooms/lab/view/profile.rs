//! Layer by layer, now: gradients, outputs and updates on one log axis, and theory drawn over them.
//!
//! Not responsible for the numbers (`lab::profile`, `lab::mean_field`).

mod plot;

use super::table::Table;
use super::{LabProps, both, layer_at, nothing, use_seen};
use crate::i18n::{Lang, lab as words};
use crate::protocol::{Frame, FrameRequest, Want};
use crate::spec::Activation;
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::panels::Panel;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::surface::Surface;
use crate::ui::rooms::lab::mean_field::Maps;
use crate::ui::rooms::lab::profile::{self, NoTheory, Now, Theory};
use crate::ui::rooms::lab::setup::Which;
use crate::ui::rooms::lab::state::Side;
use crate::ui::same::Same;
use crate::ui::testid;
use plot::{Line, legend, readout};
pub use plot::{layer_axis, predicted};
use std::rc::Rc;
use yew::prelude::*;

/// Bins of the histograms that frames bring.
pub const BINS: usize = 32;

/// What one side's plot shows.
#[derive(Debug)]
pub struct Shown {
    /// Which side.
    pub which: Which,
    /// All dense layers, first to last.
    pub now: Rc<Vec<Now>>,
    /// Theory, or why there is none.
    pub theory: Rc<Result<Theory, NoTheory>>,
    /// What was measured at the first step: what theory is to be held to.
    pub first: Rc<Vec<Now>>,
    /// Both sides' range.
    pub y: Axis,
    /// When.
    pub step: u64,
    /// Whether its numbers have left the finite range.
    pub broken: bool,
    /// Language.
    pub lang: Lang,
}

/// Numbers of one side's layers, computed once for every frame.
#[hook]
pub fn use_now(side: &Side) -> Rc<Vec<Now>> {
    let deps = (Same(side.names.clone()), Same(side.rows.clone()), Same(side.spread.clone()));
    use_memo(deps, |(names, rows, frame)| profile::now(&names.0, rows.0.last().map(|r| &**r), &frame.0.frame))
}

/// The same at the first step.
#[hook]
fn use_first(side: &Side) -> Rc<Vec<Now>> {
    let deps = (Same(side.names.clone()), side.first.clone().map(Same));
    use_memo(deps, |(names, row)| {
        row.as_ref().map_or_else(Vec::new, |row| profile::now(&names.0, Some(&row.0), &Frame::default()))
    })
}

/// The maps of an activation, tabulated once.
#[hook]
pub fn use_maps(activation: Activation) -> Rc<Maps> {
    use_memo(activation, |a| Maps::new(*a))
}

#[hook]
fn use_theory(props: &LabProps, which: Which) -> Rc<Result<Theory, NoTheory>> {
    let (side, setup) = (props.state.side(which), *props.state.setup(which));
    let maps = use_maps(setup.activation);
    let last = side.names.len().checked_sub(2);
    let first = side.first.as_ref().and_then(|row| row.layers.get(last?)).map(|l| l.d_activation);
    let deps = (Same(maps), setup, side.inputs.0, Same(side.inputs.1.clone()), first.map(f32::to_bits));
    use_memo(deps, |(maps, setup, inputs, squares, first)| {
        profile::theory(setup, &maps.0, *inputs, &squares.0, first.map(f32::from_bits))
    })
}

/// See the module.
#[component]
pub fn ProfilePanel(props: &LabProps) -> Html {
    let (node, props) = use_seen(props);
    let LabProps { state, lang, .. } = &props;
    let lang = *lang;
    let now = [use_now(state.side(Which::A)), use_now(state.side(Which::B))];
    let theory = [use_theory(&props, Which::A), use_theory(&props, Which::B)];
    let first = [use_first(state.side(Which::A)), use_first(state.side(Which::B))];
    let y = {
        let measured = now.iter().flat_map(|n| Line::ALL.iter().flat_map(|l| l.values(n).into_iter().flatten()));
        let predicted = theory.iter().filter_map(|t| Result::as_ref(t).ok());
        let predicted = predicted.flat_map(|t| t.activation.iter().chain(&t.d_activation).copied());
        // What theory sees far below what any number can hold is no reason to flatten everything else.
        Axis::decades(measured.chain(predicted.filter(|v| *v > 1e-40)), 6)
    };
    let one = |which: Which| {
        if state.side(which).rows.is_empty() {
            return nothing(state, which, lang);
        }
        let i = which.index();
        let step = state.side(which).rows.last().map_or(0, |r| r.step);
        let broken = state.side(which).frame.frame.status.diverged.is_some();
        let first = first[i].clone();
        let shown =
            Shown { which, now: now[i].clone(), first, theory: theory[i].clone(), y: y.clone(), step, broken, lang };
        html! { <ProfilePlot shown={Rc::new(shown)} running={state.playing} /> }
    };
    let wants = FrameRequest::of([Want::GradientFlow, Want::Updates, Want::Spread { bins: BINS }]);
    html! {
        <Panel id={testid::LAB_PROFILE} title={words::PROFILE.get(lang)} {wants} what={words::PROFILE_WHAT.get(lang)}
            enlarge=true export=true>{ both(node, one) }{ legend(lang) }</Panel>
    }
}

#[derive(Clone, Properties)]
struct PlotProps {
    shown: Rc<Shown>,
    running: bool,
}

impl PartialEq for PlotProps {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.shown, &other.shown);
        Rc::ptr_eq(&a.now, &b.now)
            && Rc::ptr_eq(&a.theory, &b.theory)
            && a.y == b.y
            && a.broken == b.broken
            && a.lang == b.lang
            && self.running == other.running
    }
}

#[component]
fn ProfilePlot(props: &PlotProps) -> Html {
    let shown = &props.shown;
    let (lang, which) = (shown.lang, shown.which);
    let (pin, node) = (use_pin::<usize>(), use_node_ref());
    let draw = use_callback(Same(shown.clone()), |s: Surface, shown| plot::draw(&s, &shown.0));
    let deps = (Same(shown.clone()), pin.at(), pin.pinned());
    let over = use_callback(deps, |s: Surface, (shown, at, pinned)| {
        at.iter().for_each(|layer| plot::draw_cross(&s, &shown.0, *layer, false));
        pinned.iter().for_each(|layer| plot::draw_cross(&s, &shown.0, *layer, true));
    });
    let n = shown.now.len();
    let Hands { onhover, onpick, onrelease } = pin.hands(&node, move |at, size| layer_at(at, size, n));
    let (n, step) = (number::integer(shown.now.len() as u64), number::integer(shown.step));
    let label = words::PROFILE_LABEL.with(lang, &[("name", which.name()), ("n", &n), ("step", &step)]);
    let id = |part: &str| testid::lab_part(testid::LAB_PROFILE, part, which.letter());
    html! {<>
        <div class="plot-stack lab-profile-plot">
            <Canvas {draw} {node} {label} testid={id("plot")} weight=5.0 />
            <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
        </div>
        <p class="lab-note" data-testid={id("theory")}>{ said(shown, lang) }</p>
        <p class="lab-note" data-testid={id("readout")}>
            { pin.at().filter(|l| *l < shown.now.len()).map_or_else(|| words::HOVER.get(lang).into(), |l| readout(shown, l)) }
            { " " }{ pin.mark(&id("plot"), lang) }
        </p>
        <Table shown={shown.clone()} running={props.running} id={id("table")} />
    </>}
}

/// What theory says in one sentence.
fn said(shown: &Shown, lang: Lang) -> String {
    let silent = match &*shown.theory {
        Ok(t) => {
            let (factor, chi) = (number::short(t.decay), number::short(t.decay * t.decay));
            let more = if t.leading_order { words::LEADING.get(lang) } else { "" };
            return words::DECAY.with(lang, &[("factor", &factor), ("chi", &chi)]) + more;
        }
        Err(NoTheory::BatchNorm) => words::NO_BATCH_NORM,
        Err(NoTheory::NotRandom) => words::NOT_RANDOM,
        Err(NoTheory::OutOfRange) => words::OUT_OF_RANGE,
        Err(NoTheory::NotYet) if shown.broken => words::OUT_OF_RANGE,
        Err(NoTheory::NotYet) => words::NOT_YET,
    };
    silent.get(lang).into()
}
