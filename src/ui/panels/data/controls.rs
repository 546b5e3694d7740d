//! The numbers of the chosen data set: only those that mean something for it.
//!
//! Not responsible for which set is chosen.

use super::drawn::drawn;
use crate::i18n::{Lang, data as words};
use crate::spec::data::MIN_SAMPLES;
use crate::spec::sequences::MAX_HORIZON;
use crate::spec::sets::{SetInfo, SetKind};
use crate::spec::{DataSpec, Experiment};
use crate::ui::form::scale::{Limits, Scale, exact};
use crate::ui::form::{NumberField, Toggle, messages};
use crate::ui::same::Same;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// Properties of [`Controls`].
#[derive(Clone, PartialEq, Properties)]
pub struct ControlsProps {
    /// Language.
    pub lang: Lang,
    /// What the learner edits.
    pub experiment: Same<Experiment>,
    /// What is wrong with it.
    pub problems: Same<Vec<crate::spec::Problem>>,
    /// Those that are wanted at once: noise and size. Else all others.
    pub first: bool,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let data = &props.experiment.data;
    let Some(set) = data.set_info() else { return Html::default() };
    if props.first {
        return html! {
            <div class="fields">
                { set.noise.then(|| noise(props, data)) }
                { (set.samples > 0).then(|| samples(props, data, set)) }
            </div>
        };
    }
    html! {
        <div class="fields">
            { set.class_range.map(|range| class_count(props, data, set, range)) }
            { (!data.brings_test()).then(|| test_part(props, data)) }
            { set.context.map(|(_, min, max)| context(props, data, set, (min, max))) }
            if set.series() {
                { horizon(props, data) }
                { every_step(props, data) }
            }
            if matches!(set.kind, SetKind::Task(task) if task.is_pair()) {
                { aligned(props, data) }
            }
            { drawn(props, data, set) }
            { (!data.takes_no_scale(set) && !data.raw).then(|| standardize(props, data)) }
            { (!data.brings_test() && !set.by_position()).then(|| reseed(props)) }
        </div>
    }
}

/// A callback that changes one thing of the data.
pub(super) fn change<T: 'static>(props: &ControlsProps, set: impl Fn(&mut DataSpec, T) + 'static) -> Callback<T> {
    let (experiment, emit) = (props.experiment.clone(), props.emit.clone());
    Callback::from(move |value: T| {
        let mut data = experiment.data.clone();
        set(&mut data, value);
        emit.emit(Msg::Edit(EditMsg::Data(data)));
    })
}

pub(super) fn at(props: &ControlsProps, path: &str) -> Vec<AttrValue> {
    messages(&props.problems, props.lang, path)
}

fn noise(props: &ControlsProps, data: &DataSpec) -> Html {
    html! {
        <NumberField id={testid::DATA_NOISE} lang={props.lang} label={words::NOISE.get(props.lang)}
            help={words::NOISE_HELP.get(props.lang)} value={exact(data.noise)} limits={Limits::real(0.0, 1.0)}
            scale={Scale::Linear { min: 0.0, max: 1.0, step: 0.05 }} problems={at(props, "data.noise")}
            onchange={change(props, |d, v: f64| d.noise = v as f32)} />
    }
}

fn samples(props: &ControlsProps, data: &DataSpec, set: &'static SetInfo) -> Html {
    let (min, max) = (MIN_SAMPLES as f64, set.max_samples as f64);
    let help = if set.test_fraction.is_some() { words::SAMPLES_HELP } else { words::SAMPLES_TRAIN_HELP };
    let scale = {
        let stops =
            [10.0, 20.0, 50.0, 100.0, 200.0, 300.0, 500.0, 750.0, 1e3, 1500.0, 2e3, 3e3, 5e3, 1e4, 2e4, 5e4, 1e5];
        Scale::Stops(stops.into_iter().filter(|s| *s < max).chain([max]).collect())
    };
    html! {
        <NumberField id={testid::DATA_SAMPLES} lang={props.lang} label={words::SAMPLES.get(props.lang)}
            help={help.get(props.lang)} value={data.sample_count() as f64} limits={Limits::whole(min, max)} {scale}
            problems={at(props, "data.samples")} onchange={change(props, |d, v: f64| d.samples = Some(v as usize))} />
    }
}

fn class_count(props: &ControlsProps, data: &DataSpec, set: &'static SetInfo, (min, max): (usize, usize)) -> Html {
    let scale = Scale::Linear { min: min as f64, max: max as f64, step: 1.0 };
    html! {
        <NumberField id={testid::DATA_CLASSES} lang={props.lang} label={words::CLASSES.get(props.lang)}
            help={words::CLASSES_HELP.get(props.lang)} value={data.classes.unwrap_or(set.classes) as f64}
            limits={Limits::whole(min as f64, max as f64)} {scale} problems={at(props, "data.classes")}
            onchange={change(props, |d, v: f64| d.classes = Some(v as usize))} />
    }
}

fn test_part(props: &ControlsProps, data: &DataSpec) -> Html {
    // Percent, rounded so that 0.55 as f32 is 55 and not 55.000001.
    let percent = (f64::from(data.test_part()) * 1000.0).round() / 10.0;
    html! {
        <NumberField id={testid::DATA_TEST_FRACTION} lang={props.lang} label={words::TEST_PART.get(props.lang)}
            help={words::TEST_PART_HELP.get(props.lang)} value={percent} limits={Limits::real(0.0, 90.0)} unit="%"
            scale={Scale::Linear { min: 0.0, max: 90.0, step: 5.0 }} problems={at(props, "data.test_fraction")}
            onchange={change(props, |d, v: f64| d.test_fraction = Some((v / 100.0) as f32))} />
    }
}

fn context(props: &ControlsProps, data: &DataSpec, set: &'static SetInfo, (min, max): (usize, usize)) -> Html {
    let (min, max) = (min as f64, max as f64);
    let help = match set.kind {
        SetKind::Series(_) | SetKind::OwnSeries => words::CONTEXT_SERIES_HELP,
        SetKind::Task(_) => words::CONTEXT_TASK_HELP,
        _ => words::CONTEXT_HELP,
    };
    let stops = [
        1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0, 32.0, 36.0, 48.0, 64.0, 96.0, 128.0, 192.0,
        256.0,
    ];
    let stops: std::rc::Rc<[f64]> = stops.into_iter().filter(|s| *s >= min && *s < max).chain([max]).collect();
    html! {
        <NumberField id={testid::DATA_CONTEXT} lang={props.lang} label={words::CONTEXT.get(props.lang)}
            help={help.get(props.lang)} value={data.context_len() as f64} limits={Limits::whole(min, max)}
            scale={Scale::Stops(stops)} problems={at(props, "data.context")}
            onchange={change(props, |d, v: f64| d.context = Some(v as usize))} />
    }
}

fn horizon(props: &ControlsProps, data: &DataSpec) -> Html {
    let max = MAX_HORIZON as f64;
    html! {
        <NumberField id={testid::DATA_HORIZON} lang={props.lang} label={words::HORIZON.get(props.lang)}
            help={words::HORIZON_HELP.get(props.lang)} value={data.horizon_len() as f64} limits={Limits::whole(1.0, max)}
            scale={Scale::Linear { min: 1.0, max: 48.0, step: 1.0 }} problems={at(props, "data.horizon")}
            onchange={change(props, |d, v: f64| d.horizon = Some(v as usize))} />
    }
}

fn every_step(props: &ControlsProps, data: &DataSpec) -> Html {
    html! {
        <Toggle id={testid::DATA_EVERY_STEP} label={words::EVERY_STEP.get(props.lang)}
            help={words::EVERY_STEP_HELP.get(props.lang)} on={data.every_step} problems={at(props, "data.every_step")}
            onchange={change(props, |d, on: bool| d.every_step = on)} />
    }
}

fn aligned(props: &ControlsProps, data: &DataSpec) -> Html {
    html! {
        <Toggle id={testid::DATA_ALIGNED} label={words::ALIGNED.get(props.lang)}
            help={words::ALIGNED_HELP.get(props.lang)} on={data.aligned} problems={at(props, "data.aligned")}
            onchange={change(props, |d, on: bool| d.aligned = on)} />
    }
}

fn standardize(props: &ControlsProps, data: &DataSpec) -> Html {
    html! {
        <Toggle id={testid::DATA_STANDARDIZE} label={words::STANDARDIZE.get(props.lang)}
            help={words::STANDARDIZE_HELP.get(props.lang)} on={data.standardized()}
            problems={at(props, "data.standardize")} onchange={change(props, |d, on: bool| d.standardize = Some(on))} />
    }
}

/// Only where the seed decides about the data: generated sets, and the split of the others.
fn reseed(props: &ControlsProps) -> Html {
    let next = props.experiment.seed.wrapping_add(1);
    let onclick = props.emit.reform(move |_: MouseEvent| Msg::Edit(EditMsg::Seed(next)));
    let help = words::RESEED_HELP.get(props.lang);
    html! {
        <div class="field">
            <button type="button" class="quiet" data-testid={testid::DATA_RESEED} aria-describedby="data-reseed-help" {onclick}>
                { words::RESEED.get(props.lang) }
            </button>
            <p class="field-help" role="tooltip" id="data-reseed-help">{ help }</p>
        </div>
    }
}
