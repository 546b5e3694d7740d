//! What is picked, under the strip: a unit with its picture, bias and weights, or one connection.
//!
//! Not responsible for the fields themselves (`weights.rs`).

use super::field::closes_on_escape;
use super::look::Look;
use super::model::Model;
use super::weights::{Row, ValueEditor, WeightTable};
use crate::i18n::network as words;
use crate::ui::netmap::layout::Layout;
use crate::ui::state::{Msg, Picked, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Inspector`].
#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    /// The network.
    pub model: Rc<Model>,
    /// Where it stands, for what its pictures show.
    pub layout: Rc<Layout>,
    /// What is picked.
    pub picked: Picked,
    /// Where edits go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { model, layout, picked, emit } = props;
    let lang = model.lang;
    let (title, content) = match picked {
        Picked::Unit { layer, unit } => match unit_of(model, layout, *layer, *unit, emit) {
            Some(found) => found,
            None => return Html::default(),
        },
        Picked::Edge { layer, from, to } => match edge_of(model, *layer, *from, *to, emit) {
            Some(found) => found,
            None => return Html::default(),
        },
        Picked::Cell { .. } => return Html::default(),
    };
    let close = emit.reform(|()| Msg::View(ViewMsg::Pick(None)));
    let onkeydown = closes_on_escape(close.clone());
    let close = close.reform(|_: MouseEvent| ());
    html! {
        <section class="net-inspector" {onkeydown} data-testid={testid::INSPECTOR} aria-label={title.clone()}>
            <header>
                <b>{ title }</b>
                <button type="button" class="net-close" aria-label={words::CLOSE.get(lang)} title={words::CLOSE.get(lang)} onclick={close}>{ "×" }</button>
            </header>
            { content }
        </section>
    }
}

type Found = Option<(String, Html)>;

fn unit_of(model: &Rc<Model>, layout: &Layout, layer: Option<usize>, unit: usize, emit: &Callback<Msg>) -> Found {
    let (column, lang) = (layer.map_or(0, |l| l + 1), model.lang);
    let c = layout.columns.get(column).filter(|c| unit < c.units)?;
    let title = model.names().title_of(column, unit);
    let bias = layer.and_then(|l| model.param(l, "bias")).map(|(name, param)| {
        html! {
            <ValueEditor {name} {param} index={unit} label={words::BIAS.get(lang)} testid={testid::BIAS_INPUT} slider=false {lang} emit={emit.clone()} />
        }
    });
    let table = match layer {
        Some(l) => incoming(model, l, unit, emit),
        None => outgoing(model, unit, emit),
    };
    let content = html! {
        <div class="net-unit">
            <Look inside={model.inside(column, c)} picture={c.picture} {unit} title="" {lang} />
            <div class="net-numbers"><>{ for bias }</>{ table }</div>
        </div>
    };
    Some((title, content))
}

/// The column that layer `l` reads its features from.
fn source_column(model: &Model, l: usize) -> usize {
    use crate::ui::netmap::edits::{Source, sources};
    match sources(&model.experiment.model.layers, l).first() {
        Some(Source::Layer(i)) => i + 1,
        Some(Source::Input | Source::Missing(_)) | None => 0,
    }
}

fn incoming(model: &Model, l: usize, unit: usize, emit: &Callback<Msg>) -> Html {
    let Some((name, param)) = model.param(l, "weight") else {
        let has = model.param_info(l, "weight").is_some();
        return html! { if has { <small class="net-dim">{ words::WAITING.get(model.lang) }</small> } };
    };
    let [_, n_in] = *param.shape.as_slice() else { return Html::default() };
    let (names, column) = (model.names(), source_column(model, l));
    let row = |i: usize| Row {
        name: names.unit(column, i),
        index: unit * n_in + i,
        picked: Picked::Edge { layer: l, from: i, to: unit },
    };
    let rows: Rc<Vec<Row>> = Rc::new((0..n_in).map(row).collect());
    html! { <WeightTable title={words::INCOMING.get(model.lang)} {name} {param} {rows} lang={model.lang} emit={emit.clone()} /> }
}

/// Weights out of an input feature into the first layer.
fn outgoing(model: &Model, feature: usize, emit: &Callback<Msg>) -> Html {
    let Some((name, param)) = model.param(0, "weight") else { return Html::default() };
    let [n_out, n_in] = *param.shape.as_slice() else { return Html::default() };
    if feature >= n_in {
        return Html::default();
    }
    let names = model.names();
    let row = |to: usize| Row {
        name: names.unit(1, to),
        index: to * n_in + feature,
        picked: Picked::Edge { layer: 0, from: feature, to },
    };
    let rows: Rc<Vec<Row>> = Rc::new((0..n_out).map(row).collect());
    html! { <WeightTable title={words::OUTGOING.get(model.lang)} {name} {param} {rows} lang={model.lang} emit={emit.clone()} /> }
}

fn edge_of(model: &Model, layer: usize, from: usize, to: usize, emit: &Callback<Msg>) -> Found {
    let (names, lang) = (model.names(), model.lang);
    let (_, shape) = model.param_info(layer, "weight")?;
    let [n_out, n_in] = *shape else { return None };
    if from >= n_in || to >= n_out {
        return None;
    }
    let (a, b) = (names.unit_of(source_column(model, layer), from), names.unit_of(layer + 1, to));
    let title = words::WEIGHT_FROM_TO.with(lang, &[("from", &a), ("to", &b)]);
    let content = match model.param(layer, "weight") {
        Some((name, param)) => html! {
            <ValueEditor {name} {param} index={to * n_in + from} label={words::WEIGHT.get(lang)} testid={testid::WEIGHT_INPUT} slider=true
                {lang} emit={emit.clone()} />
        },
        None => html! { <small class="net-dim">{ words::WAITING.get(lang) }</small> },
    };
    Some((title, content))
}
