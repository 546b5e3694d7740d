//! The laboratory's panels, one file each.
//!
//! Not responsible for where they stand (`page.rs`) nor for any number in them (`profile`, `sweep`, `mean_field`).

pub mod bar;
pub mod curves;
pub mod heat;
pub mod profile;
pub mod ridges;
pub mod side;
pub mod sweep;
mod table;
pub mod units;

use super::setup::Which;
use super::state::{LabMsg, LabState};
use crate::i18n::{Lang, lab as words};
use crate::ui::hooks::{Pair, use_visible};
use crate::ui::plots::chart;
use std::rc::Rc;
use yew::prelude::*;

/// What every panel of the laboratory gets.
#[derive(Clone, Debug, Properties)]
pub struct LabProps {
    /// Everything the laboratory knows.
    pub state: Rc<LabState>,
    /// Where messages go.
    pub emit: Callback<LabMsg>,
    /// Language.
    pub lang: Lang,
}

/// Compared by pointer: a state is never changed in place.
impl PartialEq for LabProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.emit == other.emit && self.lang == other.lang
    }
}

/// The same with the state that was last seen: a panel out of sight computes and paints nothing but the first step of each
/// run, so that it is never found empty. The node belongs to what the panel shows.
#[hook]
fn use_seen(props: &LabProps) -> (NodeRef, LabProps) {
    let node = use_node_ref();
    let visible = use_visible(&node);
    let kept = use_mut_ref(|| props.state.clone());
    let is_news = Which::BOTH.into_iter().any(|w| match (&kept.borrow().side(w).first, &props.state.side(w).first) {
        (Some(old), Some(new)) => !Rc::ptr_eq(old, new),
        (None, new) => new.is_some(),
        (Some(_), None) => false,
    });
    if visible || is_news {
        *kept.borrow_mut() = props.state.clone();
    }
    let state = kept.borrow().clone();
    (node, LabProps { state, ..props.clone() })
}

/// Both sides, each under its letter.
fn both(node: NodeRef, one: impl Fn(Which) -> Html) -> Html {
    let column = |which: Which| {
        html! { <div class="lab-half"><p class="lab-letter" aria-hidden="true">{ which.name() }</p>{ one(which) }</div> }
    };
    html! { <div class="lab-two" ref={node}>{ for Which::BOTH.into_iter().map(column) }</div> }
}

/// Why a side shows nothing: it is not there yet, or cannot be.
fn nothing(state: &LabState, which: Which, lang: Lang) -> Html {
    let side = state.side(which);
    let why = if side.is_ready() || side.problems.is_empty() && side.phase == super::state::Phase::Loading {
        words::NOT_YET
    } else {
        words::NOTHING
    };
    html! { <div class="plot-stack lab-empty"><p class="plot-empty">{ why.get(lang) }</p></div> }
}

/// Layer under a pointer, of `n` along the horizontal axis of a chart.
fn layer_at((x, _): Pair, (width, _): Pair, n: usize) -> Option<usize> {
    let plot = chart::plot_rect(width, 100.0);
    let at = ((x - plot.x) / plot.w).clamp(0.0, 1.0) * n.saturating_sub(1) as f64;
    (n > 0).then_some(at.round() as usize)
}

/// Number of a layer as people count, or that it is the output.
fn layer_name(layer: usize, layers: usize, lang: Lang) -> String {
    if layer + 1 == layers { words::OUTPUT.get(lang).into() } else { (layer + 1).to_string() }
}
