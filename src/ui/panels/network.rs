//! The network, layer by layer: cards in data order with a living picture of every unit, the connections between them,
//! the opened card's settings, what is picked, and the same network as text.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

mod add;
mod card;
mod code;
mod column;
mod curve;
mod dragged;
pub mod field;
mod gap;
mod hover;
mod initial;
mod inside;
mod inspector;
mod layer_field;
mod live;
mod look;
mod model;
mod names;
mod part_names;
mod settings;
mod slim;
mod stage;
mod strip;
mod text_form;
pub mod tiles;
mod troubles;
mod view;
mod weights;
mod wiring;

use self::curve::Now;
use super::{Panel, PanelProps};
use crate::i18n::{export, network as words, shell};
use crate::protocol::{FrameRequest, LookRequest, NeuronRequest, Want};
use crate::spec::shape::size;
use crate::ui::hooks::use_stages;
use crate::ui::later::later;
use crate::ui::netmap::edits;
use crate::ui::netmap::layout::{self, Layout, Picture, WEIGHTS_MAX};
use crate::ui::panels::brought;
use crate::ui::parts::tools::Tools;
use crate::ui::plots::controls::check;
use crate::ui::plots::number;
use crate::ui::same::Same;
use crate::ui::state::{EditMsg, Msg, Picked, State, ViewMsg};
use crate::ui::testid;
pub use code::{Code, CodeProps};
use dragged::layer_under;
use hover::{Hover, HoverProps};
use inspector::{Inspector, InspectorProps};
use live::Live;
use model::{Fixed, Model};
use settings::{Settings, SettingsProps};
use std::rc::Rc;
use strip::Strip;
use text_form::{TextForm, TextProps};
use view::{View, use_view};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Most columns that are drawn although they are out of view.
const DRAWN_MAX: usize = 60;

/// The panel.
#[component]
pub fn NetworkPanel(props: &PanelProps) -> Html {
    let PanelProps { state, emit } = props;
    let lang = state.page.lang;
    let node = use_node_ref();
    let view = use_view(&node);
    let stage = use_stages(2);
    // The data that made sense last, for while other settings are being typed.
    let last = use_mut_ref(|| None::<Rc<Fixed>>);
    let fixed = use_memo((Same(state.edit.experiment.clone()), lang), |(e, lang)| {
        let known = last.borrow().as_ref().map(|f: &Rc<Fixed>| f.data.clone());
        Fixed::of(&e.0, known.as_deref(), *lang).map(Rc::new)
    });
    if let Some(f) = fixed.as_ref() {
        *last.borrow_mut() = Some(f.clone());
    }
    let fixed = fixed.as_ref().clone();
    let sample = use_memo((Same(state.run.data.clone()), fixed.clone().map(Same)), |(_, fixed)| {
        fixed.as_ref().and_then(|f| Model::first_sample(state, &f.0))
    });
    let live = use_mut_ref(Live::default);
    live.borrow_mut().take(&state.run.frame);
    let seen = (Same(state.edit.experiment.clone()), Same(state.run.frame.clone()), Same(state.run.data.clone()), lang);
    let model = use_memo((seen, fixed.clone().map(Same)), |(_, fixed)| {
        let fixed = &fixed.as_ref()?.0;
        Some(Rc::new(Model::now(state, fixed, (*sample).clone(), live.borrow().clone())))
    });
    let whole = use_state_eq(|| true);
    let code = use_state_eq(|| false);
    let lit = use_state_eq(|| None::<usize>);
    let deps = (fixed.clone().map(Same), Same(state.edit.experiment.clone()), view.width, *whole);
    let layout = use_memo(deps, |(fixed, e, width, whole)| {
        let f = &fixed.as_ref()?.0;
        Some(Rc::new(layout::layout(&e.0.model.layers, &f.infos.layers, (&f.begin, &f.data), *width, *whole)))
    });
    {
        // Another network is seen from its beginning.
        let node = node.clone();
        use_effect_with(
            (state.edit.experiment.data.set.clone(), state.edit.experiment.model.layers.len()),
            move |_| {
                if let Some(e) = node.cast::<web_sys::Element>() {
                    e.set_scroll_left(0);
                }
            },
        );
    }
    // Where it scrolls sideways all of it is drawn, so that a picture of it is whole.
    let view = match layout.as_ref() {
        Some(l) if !*whole && !l.fits && l.columns.len() <= DRAWN_MAX => View { all: true, ..view },
        _ => view,
    };
    let open = use_state_eq(|| None::<usize>);
    {
        // An opened card is of this experiment, not of the next one's layer at its place.
        let open = open.setter();
        use_effect_with(state.edit.experiment.data.set.clone(), move |_| open.set(None));
    }
    let picked = state.view.picked.clone().filter(|p| !matches!(p, Picked::Cell { .. }));
    let onopen = {
        let set = open.setter();
        use_callback((*open, picked.is_some(), emit.clone()), move |at: usize, (open, picked, emit)| {
            if *picked {
                emit.emit(Msg::View(ViewMsg::Pick(None)));
            }
            set.set((*picked || *open != Some(at)).then_some(at));
        })
    };
    let emit = {
        // Picking something puts it in the place of the opened card; a card that moves or goes is closed.
        let open = open.setter();
        use_callback(emit.clone(), move |msg: Msg, emit| {
            let closes = match &msg {
                Msg::View(ViewMsg::Pick(p)) => p.is_some(),
                Msg::Edit(EditMsg::RemoveLayer(_))
                | Msg::Edit(EditMsg::MoveLayer { .. })
                | Msg::Edit(EditMsg::AddLayer { .. }) => true,
                _ => false,
            };
            if closes {
                open.set(None);
            }
            emit.emit(msg);
        })
    };
    let troubles =
        use_memo((Same(state.edit.problems.clone()), Same(state.edit.experiment.clone()), lang), |(p, e, lang)| {
            troubles::per_layer(&p.0, &e.0.model, *lang)
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
    let onlight = {
        let set = lit.setter();
        Callback::from(move |to: Option<usize>| set.set(to))
    };
    let follow = {
        // Nobody looks while the code is closed.
        let (set, node, layout, open) = (lit.setter(), node.clone(), layout.clone(), *code);
        Callback::from(move |e: PointerEvent| {
            if open {
                set.set(layer_under(&layout, &node, f64::from(e.client_x())));
            }
        })
    };
    html! {
        <Panel id={testid::PANEL_NETWORK} {title} tools={tools(state, &emit, &layout, &whole, &code)} wants={wants(state, &model, &layout, view)}
            what={words::WHAT.get(lang)} enlarge=true export=true>
            <div onpointermove={follow} onpointerleave={onlight.reform(|_: PointerEvent| None)}>
                <Strip model={model.clone()} layout={layout.clone()} {view} {node} open={opened} picked={state.view.picked.clone()} {troubles}
                    lit={lit.filter(|_| *code)} emit={emit.clone()} {onopen} />
            </div>
            if let Some(at) = opened {
                <ContextProvider<Now> context={Now(state.clone())}>
                    { rarely(Rare::Settings(SettingsProps { experiment: state.edit.experiment.clone(), infos: model.infos.clone(), at, lang, emit: emit.clone(), onclose: close })) }
                </ContextProvider<Now>>
            }
            if let Some(picked) = picked {
                { rarely(Rare::Inspector(InspectorProps { model: model.clone(), layout: layout.clone(), picked, emit: emit.clone() })) }
            }
            <div class="net-foot">
                if stage > 1 { { rarely(Rare::Text(TextProps { experiment: state.edit.experiment.clone(), lang, emit: emit.clone() })) } }
                { total(&model) }
            </div>
            if *code { { later(Tools::Code(CodeProps { experiment: state.edit.experiment.clone(), lit: *lit, lang, onlight })) } }
            <brought::Announced experiment={state.edit.experiment.clone()} {lang} />
        </Panel>
    }
}

/// What of the panel comes later.
#[derive(Clone, PartialEq)]
pub enum Rare {
    /// An opened card.
    Settings(SettingsProps),
    /// What is picked.
    Inspector(InspectorProps),
    /// The network as text, which may be code.
    Text(TextProps),
    /// What is under the pointer.
    Hover(HoverProps),
}

fn rarely(part: Rare) -> Html {
    later(part)
}

/// It, once it is there.
pub fn rare(part: Rare) -> Html {
    match part {
        Rare::Settings(props) => {
            let key = props.at;
            html! { <Settings {key} ..props /> }
        }
        Rare::Inspector(props) => {
            let key = pick_key(&props.picked);
            html! { <Inspector {key} ..props /> }
        }
        Rare::Text(props) => html! { <TextForm ..props /> },
        Rare::Hover(props) => html! { <Hover ..props /> },
    }
}

/// A change of what is picked starts a fresh inspector, so that no half-typed number moves to another weight.
fn pick_key(picked: &Picked) -> String {
    format!("{picked:?}")
}

/// What keeps weights over edits; and, where the network is wider than its room, what shows all of it.
fn tools(
    state: &State,
    emit: &Callback<Msg>,
    layout: &Layout,
    whole: &UseStateHandle<bool>,
    code: &UseStateHandle<bool>,
) -> Html {
    let wide = !layout.fits || layout.compact;
    let lang = state.page.lang;
    let onchange = {
        let whole = whole.setter();
        Callback::from(move |on: bool| whole.set(on))
    };
    let show = {
        let code = code.setter();
        Callback::from(move |on: bool| code.set(on))
    };
    html! {<>
        if wide { { check(words::WHOLE.get(lang), words::WHOLE_HELP.get(lang), testid::NET_WHOLE, **whole, onchange) } }
        { check(export::CODE.get(lang), export::CODE_HELP.get(lang), testid::NET_CODE, **code, show) }
        { keep(state, emit) }
    </>}
}

/// The toggle that keeps weights over edits.
fn keep(state: &State, emit: &Callback<Msg>) -> Html {
    let emit = emit.clone();
    let onchange = Callback::from(move |e: Event| {
        if let Some(input) = e.target_dyn_into::<HtmlInputElement>() {
            emit.emit(Msg::Edit(EditMsg::KeepWeights(input.checked())));
        }
    });
    html! {
        <label class="net-check net-keep" data-no-export="" title={words::KEEP_HELP.get(state.page.lang)}>
            <input type="checkbox" checked={state.edit.keep_weights} {onchange} data-testid={testid::KEEP_WEIGHTS} />
            { words::KEEP.get(state.page.lang) }
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
    let mut wants = Vec::new();
    let tile = layout.columns.iter().map(|c| c.tile.0).fold(0.0, f64::max) as usize;
    let px = state.map_px(if layout.slim {
        tile.clamp(8, 22)
    } else if layout.compact {
        22
    } else {
        30
    });
    let mut neurons = NeuronRequest { px, ..NeuronRequest::default() };
    let mut seen = Vec::new();
    let picked_layer = match &state.view.picked {
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
                wants.push(Want::Weight(name));
            }
        }
    }
    if matches!(layout.columns[0].picture, Picture::Sample(_) | Picture::Times(_)) {
        seen.push(live::INPUT.to_string());
    }
    if !seen.is_empty() {
        let (key, example) = (testid::PANEL_NETWORK.to_string(), (*state.view.example).clone());
        wants.push(Want::Look(LookRequest { key, example, values: seen, ..LookRequest::default() }));
    }
    wants.extend((!neurons.layers.is_empty()).then_some(Want::Neurons(neurons)));
    FrameRequest::of(wants)
}
