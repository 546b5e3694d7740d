//! The network, layer by layer: cards in data order with a living picture of every unit, the connections between them,
//! the opened card's settings, what is picked, and the same network as text.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

mod add;
mod attention_fields;
mod card;
mod column;
mod dragged;
pub mod field;
mod gap;
mod hover;
mod image;
mod initial;
mod inside;
mod inspector;
mod live;
mod look;
mod model;
mod names;
mod recurrent;
mod settings;
mod strip;
mod text_form;
pub mod tiles;
mod troubles;
mod view;
mod weights;
mod wiring;

use super::{Panel, PanelProps};
use crate::i18n::{network as words, shell};
use crate::protocol::{FrameRequest, LookRequest, NeuronRequest};
use crate::spec::shape::size;
use crate::ui::hooks::use_stages;
use crate::ui::netmap::edits;
use crate::ui::netmap::layout::{self, Layout, Picture, WEIGHTS_MAX};
use crate::ui::plots::number;
use crate::ui::state::{Msg, Picked, State};
use crate::ui::testid;
use inspector::Inspector;
use live::Live;
use model::{ByPtr, Fixed, Model};
use settings::Settings;
use std::rc::Rc;
use strip::Strip;
use text_form::TextForm;
use view::{View, use_view};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The panel.
#[component]
pub fn NetworkPanel(props: &PanelProps) -> Html {
    let PanelProps { state, emit } = props;
    let lang = state.lang;
    let node = use_node_ref();
    let view = use_view(&node);
    let stage = use_stages(2);
    // The data that made sense last, for while other settings are being typed.
    let last = use_mut_ref(|| None::<Rc<Fixed>>);
    let fixed = use_memo(ByPtr(state.experiment.clone()), |e| {
        let known = last.borrow().as_ref().map(|f: &Rc<Fixed>| f.data.clone());
        Fixed::of(&e.0, known.as_deref()).map(Rc::new)
    });
    if let Some(f) = fixed.as_ref() {
        *last.borrow_mut() = Some(f.clone());
    }
    let fixed = fixed.as_ref().clone();
    let sample = use_memo((ByPtr(state.data.clone()), fixed.clone().map(ByPtr)), |(_, fixed)| {
        fixed.as_ref().and_then(|f| Model::first_sample(state, &f.0))
    });
    let live = use_mut_ref(Live::default);
    live.borrow_mut().take(&state.frame);
    let seen = (ByPtr(state.experiment.clone()), ByPtr(state.frame.clone()), ByPtr(state.data.clone()), lang);
    let model = use_memo((seen, fixed.clone().map(ByPtr)), |(_, fixed)| {
        let fixed = &fixed.as_ref()?.0;
        Some(Rc::new(Model::now(state, fixed, (*sample).clone(), live.borrow().clone())))
    });
    let layout =
        use_memo((fixed.clone().map(ByPtr), ByPtr(state.experiment.clone()), view.width), |(fixed, e, width)| {
            let f = &fixed.as_ref()?.0;
            Some(Rc::new(layout::layout(&e.0.model.layers, &f.infos.layers, &f.data, *width)))
        });
    let open = use_state_eq(|| None::<usize>);
    let picked = state.picked.clone().filter(|p| !matches!(p, Picked::Cell { .. }));
    let onopen = {
        let set = open.setter();
        use_callback((*open, picked.is_some(), emit.clone()), move |at: usize, (open, picked, emit)| {
            if *picked {
                emit.emit(Msg::Pick(None));
            }
            set.set((*picked || *open != Some(at)).then_some(at));
        })
    };
    let emit = {
        // Picking something puts it in the place of the opened card; a card that moves or goes is closed.
        let open = open.setter();
        use_callback(emit.clone(), move |msg: Msg, emit| {
            let closes = match &msg {
                Msg::Pick(p) => p.is_some(),
                Msg::RemoveLayer(_) | Msg::MoveLayer { .. } | Msg::AddLayer { .. } => true,
                _ => false,
            };
            if closes {
                open.set(None);
            }
            emit.emit(msg);
        })
    };
    let troubles =
        use_memo((ByPtr(state.problems.clone()), state.experiment.model.layers.len(), lang), |(p, n, lang)| {
            troubles::per_layer(&p.0, *n, *lang)
        });
    let title = shell::PANEL_NETWORK.get(lang);
    let (Some(model), Some(layout)) = (model.as_ref().clone(), layout.as_ref().clone()) else {
        return html! { <Panel id={testid::PANEL_NETWORK} {title}><div ref={node}></div></Panel> };
    };
    let opened = (*open).filter(|at| *at < model.infos.layers.len() && picked.is_none());
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    html! {
        <Panel id={testid::PANEL_NETWORK} {title} tools={keep(state, &emit)} wants={wants(state, &model, &layout, view)}
            what={words::WHAT.get(lang)} enlarge=true export=true>
            <Strip model={model.clone()} layout={layout.clone()} {view} {node} open={opened} picked={state.picked.clone()} {troubles}
                emit={emit.clone()} {onopen} />
            if let Some(at) = opened {
                <Settings key={at} experiment={state.experiment.clone()} infos={model.infos.clone()} {at} {lang} emit={emit.clone()} onclose={close} />
            }
            if let Some(picked) = picked {
                <Inspector key={pick_key(&picked)} model={model.clone()} layout={layout.clone()} picked={picked.clone()} emit={emit.clone()} />
            }
            <div class="net-foot">
                if stage > 1 { <TextForm experiment={state.experiment.clone()} {lang} emit={emit.clone()} /> }
                { total(&model) }
            </div>
        </Panel>
    }
}

/// A change of what is picked starts a fresh inspector, so that no half-typed number moves to another weight.
fn pick_key(picked: &Picked) -> String {
    format!("{picked:?}")
}

/// The toggle that keeps weights over edits.
fn keep(state: &State, emit: &Callback<Msg>) -> Html {
    let emit = emit.clone();
    let onchange = Callback::from(move |e: Event| {
        if let Some(input) = e.target_dyn_into::<HtmlInputElement>() {
            emit.emit(Msg::KeepWeights(input.checked()));
        }
    });
    html! {
        <label class="net-check net-keep" data-no-export="" title={words::KEEP_HELP.get(state.lang)}>
            <input type="checkbox" checked={state.keep_weights} {onchange} data-testid={testid::KEEP_WEIGHTS} />
            { words::KEEP.get(state.lang) }
        </label>
    }
}

fn total(model: &Model) -> Html {
    let sum = number::grouped(&edits::total(&model.infos.layers));
    html! {
        <p class="net-total" data-testid={testid::MODEL_TOTAL}>
            if !sum.is_empty() {
                { words::TOTAL.with(model.lang, &[("sum", &sum)]) }
            }
        </p>
    }
}

/// What the frame must bring for what is in view.
fn wants(state: &State, model: &Model, layout: &Layout, view: View) -> FrameRequest {
    let layers = &model.experiment.model.layers;
    let mut request = FrameRequest::default();
    let px = state.map_px(if layout.compact { 22 } else { 30 });
    let mut neurons = NeuronRequest { px, ..NeuronRequest::default() };
    let mut seen = Vec::new();
    let picked_layer = match &state.picked {
        Some(Picked::Edge { layer, .. }) => Some(*layer),
        Some(Picked::Unit { layer, .. }) => Some(layer.unwrap_or(0)),
        Some(Picked::Cell { .. }) | None => None,
    };
    for (l, pair) in layout.columns.windows(2).enumerate() {
        let (before, c) = (&pair[0], &pair[1]);
        let in_view = view.sees(c.x, c.x + c.w);
        if in_view && c.picture == Picture::Map {
            neurons.layers.push(l);
            neurons.units_max = neurons.units_max.max(c.shown);
        }
        if in_view && matches!(c.picture, Picture::Channel(_) | Picture::Times(_)) {
            seen.extend(model.infos.layers.get(l).map(|i| i.name.clone()));
        }
        let pictured = in_view && matches!(c.picture, Picture::Weights(_) | Picture::Strip);
        let edges = view.sees(before.body_right(), c.body_x)
            && layout::has_edges(layers, &model.infos.layers, &layout.columns, l);
        for kind in ["weight", "bias"] {
            let Some((name, shape)) = model.param_info(l, kind) else { continue };
            let small = size(shape) <= WEIGHTS_MAX;
            if picked_layer == Some(l) || (small && (pictured || edges)) {
                request.weights.push(name);
            }
        }
    }
    if matches!(layout.columns[0].picture, Picture::Sample(_) | Picture::Times(_)) {
        seen.push(live::INPUT.to_string());
    }
    if !seen.is_empty() {
        let (key, example) = (testid::PANEL_NETWORK.to_string(), (*state.example).clone());
        request.looks.push(LookRequest { key, example, values: seen, ..LookRequest::default() });
    }
    request.neurons = (!neurons.layers.is_empty()).then_some(neurons);
    request
}
