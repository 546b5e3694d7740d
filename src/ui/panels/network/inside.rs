//! The layers inside a residual block as cards of their own, and the settings of the one that is opened.
//!
//! Not responsible for what an edit makes of them (`netmap::edits`) nor for pictures: the strip shows the block as one.

use super::add::AddLayer;
use super::card::Card;
use super::settings::kind_fields;
use crate::i18n::{Lang, network as words};
use crate::spec::Layer;
use crate::spec::shape::LayerInfo;
use crate::ui::netmap::edits;
use crate::ui::state::{EditMsg, Msg};
use yew::prelude::*;

/// Properties of [`Inside`].
#[derive(Clone, PartialEq, Properties)]
pub struct InsideProps {
    /// The layers.
    pub layers: Vec<Layer>,
    /// What follows for them; fewer where a shape does not work out.
    pub infos: Vec<LayerInfo>,
    /// How the first of them counts.
    pub base: usize,
    /// Language.
    pub lang: Lang,
    /// All of them anew.
    pub onchange: Callback<Vec<Layer>>,
}

/// Width of a card.
const CARD_W: f64 = 120.0;

/// See the module.
#[component]
pub fn Inside(props: &InsideProps) -> Html {
    let InsideProps { layers, infos, base, lang, .. } = props.clone();
    let open = use_state_eq(|| None::<usize>);
    let emit = {
        let (p, open) = (props.clone(), open.setter());
        Callback::from(move |msg: Msg| {
            if let Some(layers) = edits::inside(&p.layers, &p.infos, p.base, &msg) {
                if layers.len() != p.layers.len() || matches!(msg, Msg::Edit(EditMsg::MoveLayer { .. })) {
                    open.set(None);
                }
                p.onchange.emit(layers);
            }
        })
    };
    let onadd = emit.reform(|(at, type_name): (usize, &'static str)| {
        Msg::Edit(EditMsg::AddLayer { at, type_name: type_name.into() })
    });
    let onopen = {
        let open = open.clone();
        Callback::from(move |at: usize| open.set((*open != Some(at)).then_some(at)))
    };
    let count = base + layers.len();
    let ondrag = Callback::noop();
    let unknown = || {
        let (path, name, input, output) = Default::default();
        LayerInfo { path, name, input, output, params: Vec::new(), children: Vec::new() }
    };
    let info = |i: usize| infos.get(i).cloned().unwrap_or_else(unknown);
    let card = |(i, layer): (usize, &Layer)| {
        let at = base + i;
        html! {
            <>
                <AddLayer key={format!("a{at}")} before={at} x={0.0} {lang} onadd={onadd.clone()} />
                <Card key={format!("c{at}")} {at} {count} first={base} layer={layer.clone()} info={info(i)} place={(0.0, CARD_W)}
                    near=true open={*open == Some(at)} troubles={Vec::new()} {lang} emit={emit.clone()}
                    onopen={onopen.clone()} ondrag={ondrag.clone()} />
            </>
        }
    };
    let opened = open.and_then(|at| Some((at, layers.get(at.checked_sub(base)?)?)));
    let fields = opened.map(|(at, layer)| {
        let set = emit.reform(move |kind| Msg::Edit(EditMsg::SetLayer { at, kind }));
        html! { <div class="net-fields">{ kind_fields(layer, &info(at - base), at, lang, &set) }</div> }
    });
    html! {
        <fieldset class="net-inner">
            <legend>{ words::INSIDE.get(lang) }</legend>
            <div class="net-row">
                { for layers.iter().enumerate().map(card) }
                <AddLayer before={count} x={0.0} {lang} {onadd} />
            </div>
            { for fields }
        </fieldset>
    }
}
