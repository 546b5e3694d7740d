//! The filters of a convolution as pictures while they are learned: all of them, one large with its numbers, and what it
//! looked like before.
//!
//! Not responsible for which numbers belong to which filter (`inside::bank`).

mod detail;
mod picture;

use super::Panel;
use crate::i18n::{Lang, filters as words};
use crate::protocol::{FrameRequest, Want};
use crate::ui::form::NumberField;
use crate::ui::form::scale::Limits;
use crate::ui::frame_data::FrameData;
use crate::ui::hooks::{use_pulse, use_width};
use crate::ui::inside::bank::Bank;
use crate::ui::inside::film::Films;
use crate::ui::inside::places::{Net, Place};
use crate::ui::panels::inside::example::InsideProps;
use crate::ui::plots::controls::choice;
use crate::ui::plots::names::layer_label;
use crate::ui::plots::number;
use crate::ui::same::Same;
use crate::ui::testid;
use detail::Detail;
use picture::{Grid, Shown};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Pictures at first; "more" doubles them.
const FIRST: usize = 32;

/// How filters with several input channels are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What they do with one input channel.
    Channel(usize),
    /// Their red, green and blue weights as one colour; only for filters that see a picture's own channels.
    Colour,
    /// Every filter a row, every input channel a column.
    Matrix,
}

/// The weight as it was last seen.
#[derive(Clone, Debug, Default)]
struct Kept {
    name: String,
    shape: Vec<usize>,
    values: Option<Rc<[f32]>>,
    bias: Option<Rc<[f32]>>,
    step: u64,
}

impl Kept {
    fn take(&mut self, data: &FrameData, name: &str) {
        let status = &data.frame.status;
        let array = |name: &str| {
            let w = data.frame.weights().find(|w| w.name == name)?;
            Some((w.shape.clone(), data.weight_shared(name)?))
        };
        let Some((shape, values)) = array(&format!("{name}.weight")) else { return };
        let bias = array(&format!("{name}.bias")).map(|b| b.1);
        *self = Kept { name: name.to_string(), shape, values: Some(values), bias, step: status.step };
    }

    /// The weight, if it is that layer's as it is now.
    fn weight(&self, place: &Place) -> Option<Rc<[f32]>> {
        let (_, shape) = place.param("weight")?;
        self.values.clone().filter(|_| self.name == place.name && self.shape == shape)
    }
}

/// The panel.
#[component]
pub fn FiltersPanel(props: &InsideProps) -> Html {
    let InsideProps { state, net, .. } = props;
    let lang = state.page.lang;
    let chosen = use_state_eq(|| None::<String>);
    let wished = use_state_eq(|| None::<View>);
    let own = use_state_eq(|| false);
    let picked = use_state_eq(|| (0_usize, 0_usize));
    let limit = use_state_eq(|| FIRST);
    let node = use_node_ref();
    let width = use_width(&node, 420.0);
    let kept = use_mut_ref(Kept::default);
    let convs = net.convs();
    let films = use_films(props, &convs);
    let found = chosen.as_ref().and_then(|name| convs.iter().find(|p| p.name == *name));
    let place: Option<Place> = found.or(convs.first()).map(|p| Place::clone(p));
    if let Some(place) = &place {
        kept.borrow_mut().take(&state.run.frame, &place.name);
    }
    let now = kept.borrow().clone();
    let bank = place.as_ref().and_then(Bank::of);
    let weight = place.as_ref().and_then(|p| now.weight(p));
    let colour = place.as_ref().zip(bank).is_some_and(|(p, b)| sees_colours(net, p, b));
    let view = bank.map_or(View::Channel(0), |b| settled(*wished, b, colour));
    let key = (weight.map(Same), bank, view, (*own, *limit, width.round() as usize));
    let shown = use_memo(key, |(weight, bank, view, (own, limit, width))| {
        let (weight, bank) = (weight.clone()?.0, (*bank)?);
        Some(Rc::new(Shown::new(weight, bank, *view, *own, *limit, *width as f64)))
    });
    let (Some(place), Some(bank)) = (place, bank) else { return Html::default() };
    let gone = chosen.as_ref().filter(|name| **name != place.name).map(|name| {
        let layer = |name: &str| layer_label(name, &net.layers, lang);
        words::GONE.with(lang, &[("layer", &layer(name)), ("now", &layer(&place.name))])
    });
    let wants = FrameRequest::of(["weight", "bias"].iter().filter_map(|k| Some(Want::Weight(place.param(k)?.0))));
    let onlayer = {
        let (chosen, wished, picked) = (chosen.setter(), wished.setter(), picked.setter());
        Callback::from(move |name: String| {
            chosen.set(Some(name));
            wished.set(None);
            picked.set((0, 0));
        })
    };
    let onpick = {
        let picked = picked.setter();
        Callback::from(move |at: (usize, usize)| picked.set(at))
    };
    let onmore = {
        let limit = limit.setter();
        Callback::from(move |n: usize| limit.set(n))
    };
    let at = (picked.0.min(bank.filters - 1), picked.1.min(bank.channels.saturating_sub(1)));
    let name = layer_label(&place.name, &net.layers, lang);
    let body = match shown.as_ref() {
        Some(shown) => html! {<>
            <Grid key={place.name.clone()} shown={Same(shown.clone())} picked={at} {name} step={now.step} {lang} onpick={onpick.clone()} {onmore} />
            <Detail shown={Same(shown.clone())} picked={at} film={films.borrow().of(&format!("{}.weight", place.name)).until(now.step)} {lang} step={now.step} {onpick} {width}
                bias={now.bias.as_ref().and_then(|b| b.get(at.0).copied())} />
        </>},
        None => html! { <p class="plot-empty tall">{ words::WAITING.get(lang) }</p> },
    };
    html! {
        <Panel id={testid::PANEL_FILTERS} title={words::TITLE.get(lang)} {wants} what={words::WHAT.get(lang)} enlarge=true
            export=true tools={layer_choice(&convs, &place, net, lang, testid::filters("layer"), onlayer)}>
            <div ref={node}>
                if let Some(gone) = gone { <p class="plot-note" data-testid={testid::filters("gone")}>{ gone }</p> }
                { controls(bank, view, colour, (*own, own.setter()), wished.setter(), lang) }
                { body }
            </div>
        </Panel>
    }
}

/// Films of the weights of all convolutions: they begin with the run, whether anybody looks or not.
#[hook]
fn use_films(props: &InsideProps, convs: &[&Place]) -> Rc<RefCell<Films>> {
    let films = use_mut_ref(Films::default);
    let names: Vec<String> = convs.iter().filter_map(|p| Some(p.param("weight")?.0)).collect();
    // Of the frame that the weights came with.
    let (data, status) = (&props.state.run.frame, &props.state.run.frame.frame.status);
    let mut all = films.borrow_mut();
    all.watch(status);
    let mut found = 0;
    for (name, values) in names.iter().filter_map(|n| Some((n, data.weight_shared(n)?))) {
        all.take(status.step, name, &values, names.len());
        found += 1;
    }
    let (answered, begins) = (found == names.len(), all.lack(&names));
    drop(all);
    let request = FrameRequest::of(names.into_iter().map(Want::Weight));
    use_pulse(testid::FILMS, &request, begins, status.running, answered);
    films
}

/// Whether filters see the red, green and blue of a picture, so that their weights are colours too.
fn sees_colours(net: &Net, place: &Place, bank: Bank) -> bool {
    place.input == "input" && bank.channels == 3 && !bank.transposed && matches!(net.picture(), Some([_, _, 3]))
}

/// The view in force: what was wished if there is such a thing.
fn settled(wished: Option<View>, bank: Bank, colour: bool) -> View {
    match wished {
        Some(View::Channel(c)) => View::Channel(c.min(bank.channels.saturating_sub(1))),
        Some(View::Matrix) if bank.channels > 1 => View::Matrix,
        Some(View::Colour) | None if colour => View::Colour,
        Some(View::Colour | View::Matrix) | None => View::Channel(0),
    }
}

/// A choice among layers.
pub fn layer_choice(
    places: &[&Place],
    now: &Place,
    net: &Net,
    lang: Lang,
    testid: String,
    choose: Callback<String>,
) -> Html {
    let onchange = choose.reform(|e: Event| e.target_unchecked_into::<HtmlSelectElement>().value());
    let option = |p: &&Place| {
        html! {
            <option value={p.name.clone()} selected={p.name == now.name}>{ layer_label(&p.name, &net.layers, lang) }</option>
        }
    };
    html! {
        <select class="small" data-testid={testid} aria-label={words::LAYER.get(lang)} {onchange}>
            { for places.iter().map(option) }
        </select>
    }
}

fn controls(
    bank: Bank,
    view: View,
    colour: bool,
    (own, set_own): (bool, UseStateSetter<bool>),
    set: UseStateSetter<Option<View>>,
    lang: Lang,
) -> Html {
    let scales = [
        (words::COMMON_SCALE.get(lang), testid::FILTERS_COMMON_SCALE),
        (words::OWN_SCALE.get(lang), testid::FILTERS_OWN_SCALE),
    ];
    let mut views = Vec::new();
    if colour {
        views.push((View::Colour, (words::COLOUR.get(lang), testid::FILTERS_COLOUR)));
    }
    if bank.channels > 1 {
        let channel = if let View::Channel(c) = view { c } else { 0 };
        views.push((View::Channel(channel), (words::CHANNEL.get(lang), testid::FILTERS_CHANNEL)));
        views.push((View::Matrix, (words::MATRIX.get(lang), testid::FILTERS_MATRIX)));
    }
    let chosen = views.iter().position(|(v, _)| *v == view).unwrap_or(0);
    let names: Vec<_> = views.iter().map(|v| v.1).collect();
    let pick = {
        let set = set.clone();
        Callback::from(move |i: usize| set.set(views.get(i).map(|v| v.0)))
    };
    html! {
        <div class="plot-controls">
            if names.len() > 1 { { choice(words::SHOW.get(lang), &names, chosen, pick) } }
            if let (View::Channel(c), true) = (view, bank.channels > 1) {
                { counter(words::CHANNEL_NUMBER.get(lang), testid::filters("channel"), c, bank.channels, lang,
                    Callback::from(move |c| set.set(Some(View::Channel(c))))) }
            }
            { choice(words::SCALE.get(lang), &scales, usize::from(own), Callback::from(move |i| set_own.set(i == 1))) }
        </div>
    }
}

/// A number that counts from 1, to type or to step through; `value` and what is emitted count from 0.
pub fn counter(
    name: &'static str,
    testid: String,
    value: usize,
    count: usize,
    lang: Lang,
    set: Callback<usize>,
) -> Html {
    let onchange = set.reform(move |typed: f64| (typed as usize).clamp(1, count.max(1)) - 1);
    html! {
        <label class="counter">{ name }
            <NumberField bare=true id={testid} {lang} label={name} value={(value + 1) as f64} limits={Limits::whole(1.0, count as f64)} {onchange} />
            <span class="dim">{ format!("/ {}", number::integer(count as u64)) }</span>
        </label>
    }
}
