//! Where a layer's input comes from, and the name by which later layers may read it.
//!
//! Not responsible for what a change makes of the list of layers (`netmap::edits`).

use super::settings::Words;
use crate::i18n::{Lang, Text, network as words};
use crate::spec::shape::ModelInfo;
use crate::spec::{Experiment, Layer, LayerKind};
use crate::ui::netmap::edits::{self, Source};
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Wiring`].
#[derive(Clone, PartialEq, Properties)]
pub struct WiringProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What follows for its layers.
    pub infos: Rc<ModelInfo>,
    /// Index of the layer.
    pub at: usize,
    /// Language.
    pub lang: Lang,
    /// Where edits go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn Wiring(props: &WiringProps) -> Html {
    let WiringProps { experiment, at, lang, emit, .. } = props;
    let (at, lang) = (*at, *lang);
    let layers = &experiment.model.layers;
    let read = {
        let (experiment, emit) = (experiment.clone(), emit.clone());
        Callback::from(move |name: String| {
            let mut layers = experiment.model.layers.clone();
            edits::rename(&mut layers, at, &name);
            emit.emit(Msg::Edit(EditMsg::SetLayers(layers)));
            Ok(())
        })
    };
    let many = matches!(layers[at].kind, LayerKind::Add(_) | LayerKind::Concat(_));
    html! {
        <>
            { if many { boxes(props) } else if at > 0 { choice(props) } else { Html::default() } }
            { if at > 0 && matches!(layers[at].kind, LayerKind::Attention(_)) { memory(props) } else { Html::default() } }
            { skip(props) }
            <Words value={layers[at].name.clone().unwrap_or_default()} label={words::NAME.get(lang)} help={words::NAME_HELP.get(lang)}
                testid={testid::layer_control(at, "name")} {read} wide={false} />
        </>
    }
}

/// Chooses a later layer that is to read this one too: the keyboard's way to what drawing a connection does.
fn skip(props: &WiringProps) -> Html {
    let WiringProps { experiment, infos, at, lang, emit } = props.clone();
    let layers = &experiment.model.layers;
    if at + 2 >= layers.len() {
        return Html::default();
    }
    let option =
        |i: usize| html! { <option value={i.to_string()}>{ source_name(layers, &Source::Layer(i), lang) }</option> };
    let options: Html = (at + 2..layers.len()).map(option).collect();
    let onchange = {
        let experiment = experiment.clone();
        Callback::from(move |e: Event| {
            let Some(select) = e.target_dyn_into::<HtmlSelectElement>() else { return };
            let to = select.value().parse().ok();
            // A list of things to do, not of what is.
            select.set_value("");
            let layers = to.and_then(|to| edits::skip(&experiment.model.layers, &infos.layers, at, to));
            if let Some(layers) = layers {
                emit.emit(Msg::Edit(EditMsg::SetLayers(layers)));
            }
        })
    };
    html! {
        <label class="net-field">
            <span>{ words::SKIP_TO.get(lang) }</span>
            <select {onchange} data-testid={testid::layer_control(at, "skip-to")}>
                <option value="" selected=true>{ words::CHOOSE.get(lang) }</option>
                { options }
            </select>
        </label>
    }
}

/// The data, every earlier layer, and names that nobody has.
fn candidates(layers: &[Layer], at: usize) -> Vec<Source> {
    let missing = edits::sources(layers, at).into_iter().filter(|s| matches!(s, Source::Missing(_)));
    std::iter::once(Source::Input).chain((0..at).map(Source::Layer)).chain(missing).collect()
}

fn source_name(layers: &[Layer], s: &Source, lang: Lang) -> String {
    match s {
        Source::Input => words::INPUT.get(lang).to_string(),
        Source::Layer(i) => {
            let name = layers[*i].name.clone();
            let kind = words::layer_type(layers[*i].kind.type_name()).0.get(lang);
            name.map_or_else(|| format!("{} {kind}", i + 1), |n| format!("{} {kind} “{n}”", i + 1))
        }
        Source::Missing(name) => words::MISSING.with(lang, &[("name", name)]),
    }
}

fn boxes(props: &WiringProps) -> Html {
    let WiringProps { experiment, at, lang, emit, .. } = props.clone();
    let layers = &experiment.model.layers;
    let chosen = edits::sources(layers, at);
    let one = |(i, s): (usize, Source)| {
        let label = source_name(layers, &s, lang);
        let checked = chosen.contains(&s);
        let (experiment, emit) = (experiment.clone(), emit.clone());
        let onchange = Callback::from(move |_: Event| {
            let mut layers = experiment.model.layers.clone();
            edits::toggle_source(&mut layers, at, &s);
            emit.emit(Msg::Edit(EditMsg::SetLayers(layers)));
        });
        let testid = testid::layer_control(at, &format!("from-{i}"));
        html! { <label class="net-check"><input type="checkbox" {checked} {onchange} data-testid={testid} />{ label }</label> }
    };
    html! {
        <fieldset class="net-sources">
            <legend>{ words::READS.get(lang) }</legend>
            { for candidates(layers, at).into_iter().enumerate().map(one) }
        </fieldset>
    }
}

fn choice(props: &WiringProps) -> Html {
    let WiringProps { experiment, at, lang, emit, .. } = props.clone();
    let layers = &experiment.model.layers;
    let all = candidates(layers, at);
    let chosen = layers[at].from.as_ref().and_then(|_| edits::sources(layers, at).into_iter().next());
    let memory = edits::sources(layers, at).into_iter().nth(1);
    let sources = all.clone();
    let onchange = {
        let experiment = experiment.clone();
        Callback::from(move |e: Event| {
            let Some(value) = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value()) else { return };
            let mut layers = experiment.model.layers.clone();
            match (value.parse::<usize>().ok().and_then(|i| sources.get(i)), &memory) {
                (s, Some(m)) => {
                    let s = s.cloned().unwrap_or(Source::Layer(at - 1));
                    edits::set_sources(&mut layers, at, &[s, m.clone()]);
                }
                // The last layer before is what no list means.
                (Some(s), None) if *s != Source::Layer(at - 1) => {
                    edits::set_sources(&mut layers, at, std::slice::from_ref(s));
                }
                (Some(_) | None, None) => layers[at].from = None,
            }
            emit.emit(Msg::Edit(EditMsg::SetLayers(layers)));
        })
    };
    let words = (words::READS, words::LAYER_BEFORE);
    source_choice((layers, &all, chosen.as_ref()), words, testid::layer_control(at, "from"), onchange, lang)
}

/// Chooses whose keys and values attention looks at: those of what it reads, or of a second sequence.
fn memory(props: &WiringProps) -> Html {
    let WiringProps { experiment, at, lang, emit, .. } = props.clone();
    let layers = &experiment.model.layers;
    let all = candidates(layers, at);
    let read = edits::sources(layers, at);
    let chosen = read.get(1).cloned();
    let sources = all.clone();
    let onchange = {
        let experiment = experiment.clone();
        Callback::from(move |e: Event| {
            let Some(value) = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value()) else { return };
            let mut layers = experiment.model.layers.clone();
            let asks = read.first().cloned().unwrap_or(Source::Layer(at - 1));
            match value.parse::<usize>().ok().and_then(|i| sources.get(i)) {
                Some(s) => edits::set_sources(&mut layers, at, &[asks, s.clone()]),
                None if asks == Source::Layer(at - 1) => layers[at].from = None,
                None => edits::set_sources(&mut layers, at, &[asks]),
            }
            emit.emit(Msg::Edit(EditMsg::SetLayers(layers)));
        })
    };
    let words = (words::MEMORY, words::MEMORY_SAME);
    source_choice((layers, &all, chosen.as_ref()), words, testid::layer_control(at, "memory"), onchange, lang)
}

/// A choice among sources, the latest first, after the word for having none.
fn source_choice(
    (layers, all, chosen): (&[Layer], &[Source], Option<&Source>),
    (name, none): (Text, Text),
    id: String,
    onchange: Callback<Event>,
    lang: Lang,
) -> Html {
    let option = |(i, s): (usize, &Source)| {
        html! { <option value={i.to_string()} selected={chosen == Some(s)}>{ source_name(layers, s, lang) }</option> }
    };
    html! {
        <label class="net-field">
            <span>{ name.get(lang) }</span>
            <select {onchange} data-testid={id}>
                <option value="" selected={chosen.is_none()}>{ none.get(lang) }</option>
                { for all.iter().enumerate().rev().map(option) }
            </select>
        </label>
    }
}
