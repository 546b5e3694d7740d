//! How strong gradients and activations are in every layer: over time as a heat-map, now as bars.
//!
//! Not responsible for measuring (the worker does).

mod picture;
mod table;

use super::{Panel, PanelProps};
use crate::i18n::{Lang, Text, gradient as words, shell};
use crate::protocol::{FrameRequest, Want};
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color;
use crate::ui::plots::flow::{Cell, Flow, Quantity};
use crate::ui::plots::ink::Ink;
use crate::ui::plots::names::model_label;
use crate::ui::plots::number;
use crate::ui::plots::surface::Surface;
use crate::ui::same::Same;
use crate::ui::testid;
pub use picture::Shown;
use picture::{Layout, Spot};
use std::rc::Rc;
use yew::prelude::*;

/// What the number is called.
pub fn quantity_word(q: Quantity) -> Text {
    match q {
        Quantity::DParams => words::D_PARAMS,
        Quantity::DActivation => words::D_ACTIVATION,
        Quantity::Activation => words::ACTIVATION,
        Quantity::Params => words::PARAMS,
        Quantity::UpdateRatio => words::UPDATE_RATIO,
    }
}

/// A number or why there is none.
pub fn cell_word(cell: Cell, lang: Lang) -> String {
    match cell {
        Cell::Missing => words::NOT_MEASURED.get(lang).into(),
        Cell::Zero => words::ZERO.get(lang).into(),
        Cell::NotFinite => words::NOT_FINITE.get(lang).into(),
        Cell::Value(v) => number::short(v),
    }
}

/// The panel.
#[component]
pub fn GradientFlowPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let quantity = use_state_eq(Quantity::default);
    let back = state.looked_back().map(|step| (step, state.run.gradient_then.clone()));
    let deps = (Same(state.run.gradients.clone()), *quantity, Same(state.edit.experiment.clone()), lang, back);
    let shown = use_memo(deps, |(rows, quantity, experiment, lang, back)| {
        let flow = Flow::new(&rows.0, *quantity);
        let flow = match back {
            Some((step, row)) => flow.looking_back(*step, row.as_deref()),
            None => flow,
        };
        let labels = flow.names.iter().map(|n| model_label(n, &experiment.0.model, *lang)).collect();
        Shown { flow, labels }
    });
    let updates = *quantity == Quantity::UpdateRatio;
    let wants = FrameRequest::of([Want::GradientFlow].into_iter().chain(updates.then_some(Want::Updates)));
    let body = if shown.flow.names.is_empty() {
        let why = match (state.run.gradients.is_empty(), state.run.status.step) {
            (true, 0) if state.run.status.diverged.is_some() => words::BLOWN_UP,
            (true, 0) => words::EMPTY,
            (true, _) => words::WAITING,
            (false, _) => words::NO_LAYERS,
        };
        html! { <div class="plot-stack" style="height: 200px"><p class="plot-empty">{ why.get(lang) }</p></div> }
    } else {
        let ids = FlowIds {
            plot: testid::GRADIENT_PLOT.into(),
            readout: testid::GRADIENT_READOUT.into(),
            table: testid::GRADIENT_TABLE.into(),
        };
        html! { <FlowView {shown} {lang} {ids} /> }
    };
    html! {
        <Panel id={testid::PANEL_GRADIENT_FLOW} title={shell::PANEL_GRADIENT_FLOW.get(lang)} {wants}
            tools={choose(*quantity, quantity.setter(), lang)} what={words::WHAT.get(lang)} enlarge=true export=true>
            { body }
        </Panel>
    }
}

/// Test ids of a [`FlowView`].
#[derive(Clone, Debug, PartialEq)]
pub struct FlowIds {
    /// Heat-map and bars.
    pub plot: AttrValue,
    /// Values under the pointer.
    pub readout: AttrValue,
    /// The latest values in numbers.
    pub table: AttrValue,
}

/// Properties of [`FlowView`].
#[derive(Clone, Debug, Properties)]
pub struct FlowViewProps {
    /// What is drawn.
    pub shown: Rc<Shown>,
    /// Language.
    pub lang: Lang,
    /// Test ids.
    pub ids: FlowIds,
    /// Whether it changes all the time: then the table follows twice a second only.
    #[prop_or_default]
    pub running: bool,
}

impl PartialEq for FlowViewProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shown, &other.shown)
            && self.lang == other.lang
            && self.ids == other.ids
            && self.running == other.running
    }
}

/// Heat-map and bars with their legend, values under the pointer, and the numbers as a table.
#[component]
pub fn FlowView(props: &FlowViewProps) -> Html {
    let FlowViewProps { shown, lang, ids, running } = props.clone();
    let pin = use_pin::<Spot>();
    let draw =
        use_callback((Same(shown.clone()), lang), |s: Surface, (shown, lang)| picture::draw(&s, &shown.0, *lang));
    let deps = (Same(shown.clone()), pin.at(), pin.pinned());
    let over = use_callback(deps, |s: Surface, (shown, at, pinned)| {
        at.iter().for_each(|at| picture::draw_cross(&s, &shown.0, *at, false));
        pinned.iter().for_each(|at| picture::draw_cross(&s, &shown.0, *at, true));
    });
    let node = use_node_ref();
    let Hands { onhover, onpick, onrelease } = {
        let shown = shown.clone();
        pin.hands(&node, move |at, (w, h)| Layout::new(&shown, w, h).spot_at(&shown.flow, at))
    };
    let mark = pin.mark(&ids.plot, lang);
    let height = picture::height(shown.flow.names.len());
    html! {<>
        <div class="plot-stack" style={format!("height: {height}px")}>
            <Canvas {draw} {node} testid={ids.plot.clone()} label={label(&shown, lang)} />
            <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
        </div>
        { legend(&shown, pin.at(), mark, lang, ids.readout) }
        <table::Table {shown} {lang} id={ids.table} {running} />
    </>}
}

fn choose(quantity: Quantity, set: UseStateSetter<Quantity>, lang: Lang) -> Html {
    let onchange = Callback::from(move |e: Event| {
        let index = e.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
        if let Some(q) = usize::try_from(index).ok().and_then(|i| Quantity::ALL.get(i)) {
            set.set(*q);
        }
    });
    let option = |q: &Quantity| html! { <option selected={*q == quantity}>{ quantity_word(*q).get(lang) }</option> };
    html! {
        <select class="small" data-testid={testid::GRADIENT_QUANTITY} aria-label={words::QUANTITY.get(lang)} {onchange}>
            { for Quantity::ALL.iter().map(option) }
        </select>
    }
}

fn label(shown: &Rc<Shown>, lang: Lang) -> String {
    let what = quantity_word(shown.flow.quantity).get(lang);
    let (n, rows) = (shown.labels.len().to_string(), shown.flow.moments().to_string());
    words::LABEL.with(lang, &[("what", what), ("n", &n), ("rows", &rows)])
}

/// The colour scale with its range, what is marked, and the value under the pointer.
fn legend(shown: &Shown, at: Option<Spot>, mark: Html, lang: Lang, id: AttrValue) -> Html {
    let (flow, ink) = (&shown.flow, Ink::now());
    let stops: Vec<String> = (0..=8).map(|i| color::hex(flow.quantity.color(i as f32 / 8.0, ink.bg))).collect();
    let ramp = format!("background: linear-gradient(90deg, {})", stops.join(", "));
    let end = |e: f64| number::power_of_ten(e as i32);
    let read = at.and_then(|at| at.read(flow)).map(|(layer, step, cell)| {
        let (step, v) = (number::integer(step), cell_word(cell, lang));
        words::READ.with(lang, &[("layer", &shown.labels[layer]), ("step", &step), ("v", &v)])
    });
    let swatch = |rgb: color::Rgb, word: Text| {
        html! { <span><i class="key" style={format!("background: {}", color::hex(rgb))}></i>{ word.get(lang) }</span> }
    };
    html! {
        <p class="legend">
            <span>{ end(flow.scale.low) }<i class="ramp" style={ramp}></i>{ end(flow.scale.high) }</span>
            if flow.has(Cell::Zero) { { swatch(picture::zero_color(&ink), words::ZERO) } }
            if flow.has(Cell::NotFinite) { { swatch(color::NOT_FINITE, words::NOT_FINITE) } }
            <span class="at-end" data-testid={id}>
                { read.unwrap_or_else(|| words::HOVER_HINT.get(lang).into()) }
            </span>
            { mark }
        </p>
    }
}
