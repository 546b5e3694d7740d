//! How the set `random` is drawn, and whether pictures come as bytes: only what goes together is offered.
//!
//! Not responsible for what does not go together (`spec::random`).

use super::controls::{ControlsProps, at, change};
use crate::i18n::drawn as words;
use crate::i18n::setup::ControlText;
use crate::spec::random::{RandomInputs, RandomTargets, Shifted, UNIFORM_MAX};
use crate::spec::sets::{SetInfo, SetKind};
use crate::spec::{DataSpec, data::TargetSpec};
use crate::ui::form::scale::{Limits, exact};
use crate::ui::form::{Choice, Item, NumberField, Toggle};
use crate::ui::testid;
use yew::prelude::*;

/// See the module; nothing for other sets.
pub fn drawn(props: &ControlsProps, data: &DataSpec, set: &'static SetInfo) -> Html {
    let random = matches!(set.kind, SetKind::Random);
    html! {<>
        { matches!(set.kind, SetKind::Pictures { .. }).then(|| raw(props, data)) }
        { (random && data.tokens.is_none()).then(|| inputs(props, data)) }
        { (random && data.tokens.is_none() && data.input.as_ref().is_some_and(|i| i.len() == 2)).then(|| shifted(props, data)) }
        { (random && takes_targets(data)).then(|| targets(props, data)) }
    </>}
}

/// Whether a rule for targets may be chosen.
fn takes_targets(data: &DataSpec) -> bool {
    data.shifted.is_none() && data.tokens.is_none() && !matches!(data.target, Some(TargetSpec::Steps(_)))
}

fn raw(props: &ControlsProps, data: &DataSpec) -> Html {
    let onchange = change(props, |d, on: bool| {
        d.raw = on;
        // Bytes as they are have no scale.
        d.standardize = d.standardize.filter(|_| !on);
    });
    html! {
        <Toggle id={testid::DATA_RAW} label={words::RAW.label.get(props.lang)} help={words::RAW.help.get(props.lang)}
            on={data.raw} problems={at(props, "data.raw")} {onchange} />
    }
}

fn choice(
    props: &ControlsProps,
    (id, text, path): (&'static str, ControlText, &str),
    items: Vec<Item>,
    value: &'static str,
    set: impl Fn(&mut DataSpec, String) + 'static,
) -> Html {
    html! {
        <Choice {id} label={text.label.get(props.lang)} help={text.help.get(props.lang)} {items} {value}
            problems={at(props, path)} onchange={change(props, set)} />
    }
}

fn inputs(props: &ControlsProps, data: &DataSpec) -> Html {
    let name = |i: RandomInputs| match i {
        RandomInputs::Normal => "normal",
        RandomInputs::Uniform => "uniform",
        RandomInputs::Factors => "factors",
    };
    let all = [RandomInputs::Normal, RandomInputs::Uniform, RandomInputs::Factors];
    let items = all.map(|i| Item::new(name(i), words::inputs(name(i)).get(props.lang))).to_vec();
    let now = name(data.inputs.unwrap_or_default());
    choice(props, (testid::DATA_INPUTS, words::INPUTS, "data.inputs"), items, now, move |d, chosen| {
        d.inputs = all.into_iter().find(|i| name(*i) == chosen).filter(|i| *i != RandomInputs::Normal);
    })
}

fn targets(props: &ControlsProps, data: &DataSpec) -> Html {
    let name = |t: RandomTargets| match t {
        RandomTargets::Chance => "chance",
        RandomTargets::Uniform(_) => "uniform",
        RandomTargets::Linear => "linear",
    };
    let by_class = matches!(data.target, Some(TargetSpec::Classes(_)) | None);
    let all = [RandomTargets::Chance, RandomTargets::Uniform([0.0, 1.0]), RandomTargets::Linear];
    let fitting = all.into_iter().filter(|t| !(by_class && name(*t) == "uniform"));
    let items = fitting.map(|t| Item::new(name(t), words::targets(name(t)).get(props.lang))).collect();
    let now = data.targets.unwrap_or_default();
    let ends = if let RandomTargets::Uniform(ends) = now { Some(ends) } else { None };
    html! {<>
        { choice(props, (testid::DATA_TARGETS, words::TARGETS, "data.targets"), items, name(now), move |d, chosen| {
            d.targets = all.into_iter().find(|t| name(*t) == chosen).filter(|t| *t != RandomTargets::Chance);
        }) }
        if let Some(ends) = ends {
            { end(props, ends, 0, (testid::DATA_TARGETS_LOW, words::LOW)) }
            { end(props, ends, 1, (testid::DATA_TARGETS_HIGH, words::HIGH)) }
        }
    </>}
}

/// One end of uniform targets.
fn end(props: &ControlsProps, ends: [f32; 2], which: usize, (id, text): (&'static str, ControlText)) -> Html {
    let most = f64::from(UNIFORM_MAX);
    let onchange = change(props, move |d: &mut DataSpec, v: f64| {
        let mut ends = ends;
        ends[which] = v as f32;
        d.targets = Some(RandomTargets::Uniform(ends));
    });
    html! {
        <NumberField {id} lang={props.lang} label={text.label.get(props.lang)} help={text.help.get(props.lang)}
            value={exact(ends[which])} limits={Limits::real(-most, most)}
            problems={at(props, &format!("data.targets.uniform[{which}]"))} {onchange} />
    }
}

fn shifted(props: &ControlsProps, data: &DataSpec) -> Html {
    let name = |s: Shifted| match s {
        Shifted::Step => "step",
        Shifted::Feature => "feature",
    };
    let all = [Shifted::Step, Shifted::Feature];
    let names = std::iter::once("none").chain(all.map(name));
    let items = names.map(|n| Item::new(n, words::shifted(n).get(props.lang))).collect();
    let now = data.shifted.map_or("none", name);
    choice(props, (testid::DATA_SHIFTED, words::SHIFTED, "data.shifted"), items, now, move |d, chosen| {
        d.shifted = all.into_iter().find(|s| name(*s) == chosen);
        if d.shifted.is_some() {
            (d.target, d.targets) = (None, None);
        }
    })
}
