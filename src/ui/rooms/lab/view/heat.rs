//! Layer × time: how the signal lives and dies while training goes on, both networks on one colour scale.
//!
//! Not responsible for the picture itself (`panels::gradient_flow`).

use super::{LabProps, both, layer_name, nothing, use_seen};
use crate::i18n::{gradient, lab as words};
use crate::protocol::{FrameRequest, Want};
use crate::ui::panels::Panel;
use crate::ui::panels::gradient_flow::{FlowIds, FlowView, Shown, quantity_word};
use crate::ui::plots::axis::Axis;
use crate::ui::plots::flow::{Flow, Quantity};
use crate::ui::rooms::lab::setup::Which;
use crate::ui::rooms::lab::state::LabMsg;
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
#[component]
pub fn HeatPanel(props: &LabProps) -> Html {
    let (node, props) = use_seen(props);
    let LabProps { state, emit, lang } = &props;
    let lang = *lang;
    let rows = |which: Which| Same(state.side(which).rows.clone());
    let deps = (rows(Which::A), rows(Which::B), state.quantity, lang);
    let shown = use_memo(deps, |(a, b, quantity, lang)| {
        let mut flows = [Flow::new(&a.0, *quantity), Flow::new(&b.0, *quantity)];
        let values: Vec<f64> = flows.iter().flat_map(|f| f.cells.iter().filter_map(|c| c.value())).collect();
        let scale = Axis::decades(values.into_iter(), 6);
        flows.iter_mut().for_each(|f| f.scale = scale.clone());
        flows.map(|flow| {
            let n = flow.names.len();
            Rc::new(Shown { labels: (0..n).map(|l| layer_name(l, n, *lang)).collect(), flow })
        })
    });
    let one = |which: Which| {
        let shown = shown[which.index()].clone();
        if shown.flow.names.is_empty() {
            return nothing(state, which, lang);
        }
        let id = |part: &str| testid::lab_part(testid::LAB_HEAT, part, which.letter()).into();
        html! { <FlowView {shown} {lang} running={state.playing} ids={FlowIds { plot: id("plot"), readout: id("readout"), table: id("table") }} /> }
    };
    let wants = FrameRequest::of([Want::GradientFlow, Want::Updates]);
    let onchange = emit.reform(|e: Event| {
        let index = e.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
        LabMsg::Quantity(usize::try_from(index).ok().and_then(|i| Quantity::ALL.get(i)).copied().unwrap_or_default())
    });
    let option = |q: &Quantity| {
        html! { <option selected={*q == state.quantity}>{ quantity_word(*q).get(lang) }</option> }
    };
    let tools = html! {
        <select class="small" data-testid={testid::LAB_QUANTITY} aria-label={gradient::QUANTITY.get(lang)} {onchange}>
            { for Quantity::ALL.iter().map(option) }
        </select>
    };
    html! {
        <Panel id={testid::LAB_HEAT} title={words::HEAT.get(lang)} {wants} {tools} what={words::HEAT_WHAT.get(lang)}
            enlarge=true export=true>{ both(node, one) }</Panel>
    }
}
