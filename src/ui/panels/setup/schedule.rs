//! The learning-rate schedule with its numbers and its curve.
//!
//! Not responsible for the learning rate itself (`optimizer.rs`) nor for the formula (`spec::lr_at`).

use super::{GroupProps, Number, folded, words_of};
use crate::i18n::setup as words;
use crate::spec::schedule::ScheduleField;
use crate::spec::{Field, OptimizerSpec, Schedule, lr_at};
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::form::{Choice, Item};
use crate::ui::plots::number::{integer, short};
use crate::ui::testid;
use yew::prelude::*;

/// Points of the drawn curve.
const POINTS: u64 = 120;
/// Size of the drawn curve.
const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 48.0;

/// Properties of [`ScheduleGroup`].
#[derive(Clone, PartialEq, Properties)]
pub struct ScheduleProps {
    /// What every group gets.
    pub group: GroupProps,
    /// Learning rate of the next step, from the worker.
    pub lr_now: f32,
}

/// See the module.
#[component]
pub fn ScheduleGroup(props: &ScheduleProps) -> Html {
    let group = &props.group;
    let schedule = group.experiment.optimizer.schedule.clone().unwrap_or_default();
    let wrong = !group.at("optimizer.schedule").is_empty();
    let then = match &schedule {
        Schedule::Warmup { then, .. } => Some(then.as_deref().cloned().unwrap_or_default()),
        _ => None,
    };
    let content = html! {
        <>
            { view_kind(group, &schedule, false) }
            { view_numbers(group, &schedule, false) }
            { then.as_ref().map(|then| html! { <>{ view_kind(group, then, true) }{ view_numbers(group, then, true) }</> }) }
            { view_curve(props, &schedule) }
        </>
    };
    folded(words::SCHEDULE_GROUP.get(group.lang), name(&schedule, group), wrong, content)
}

fn name(schedule: &Schedule, group: &GroupProps) -> &'static str {
    words::schedule(schedule.name()).map_or(schedule.name(), |(text, _)| text.get(group.lang))
}

/// Puts a schedule, or what follows its warm-up, in force; constant is the same as none.
fn put(spec: &mut OptimizerSpec, new: Schedule, is_then: bool) {
    let some = |s: Schedule| if s == Schedule::default() { None } else { Some(s) };
    if !is_then {
        spec.schedule = some(new);
    } else if let Some(Schedule::Warmup { then, .. }) = &mut spec.schedule {
        *then = some(new).map(Box::new);
    }
}

fn view_kind(group: &GroupProps, schedule: &Schedule, is_then: bool) -> Html {
    let lang = group.lang;
    // One warm-up is enough.
    let names = Schedule::NAMES.iter().filter(|n| !is_then || **n != "warmup");
    let label = |n: &'static str| words::schedule(n).map_or(n, |(text, _)| text.get(lang));
    let items = names.map(|n| Item::new(*n, label(n))).collect::<Vec<_>>();
    let onchange = group.on_optimizer(move |spec, name: String| {
        if let Some(new) = Schedule::from_name(&name) {
            put(spec, new, is_then);
        }
    });
    let (id, text) = if is_then { (testid::SCHEDULE_THEN, words::THEN) } else { (testid::SCHEDULE, words::SCHEDULE) };
    let formula = words::schedule(schedule.name()).map_or("", |(_, formula)| formula);
    html! {
        <>
            <Choice {id} label={text.label.get(lang)} help={text.help.get(lang)} {items} value={schedule.name()} {onchange} />
            <p class="formula-line">{ formula }</p>
        </>
    }
}

fn view_numbers(group: &GroupProps, schedule: &Schedule, is_then: bool) -> Html {
    let place = if is_then { "optimizer.schedule.then" } else { "optimizer.schedule" };
    let prefix = if is_then { "then-" } else { "" };
    let view = |(field, value): (ScheduleField, f64)| {
        let name = field.name;
        let current = schedule.clone();
        let onchange = group.on_optimizer(move |spec, v: f64| {
            let mut changed = current.clone();
            changed.set(name, v);
            put(spec, changed, is_then);
        });
        let number = Number {
            id: format!("{prefix}{}", testid::schedule_field(name)).into(),
            text: words_of(words::schedule_field(name), name),
            value,
            limits: Limits { min: field.min, max: field.max, whole: field.whole },
            scale: scale(name),
            path: format!("{place}.{name}").into(),
        };
        number.view(group, onchange)
    };
    html! { <>{ for schedule.fields().into_iter().map(view) }</> }
}

fn scale(name: &str) -> Option<Scale> {
    Some(match name {
        "every" | "steps" => Scale::decades(1, 5, false),
        "factor" => Scale::Linear { min: 0.0, max: 1.0, step: 0.05 },
        "gamma" => {
            Scale::Stops([0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995, 1.0].into())
        }
        "pct_start" => Scale::Linear { min: 0.0, max: 1.0, step: 0.05 },
        "lr_min" => Scale::decades(-6, 0, true),
        _ => return None,
    })
}

/// How many steps the curve shows: until the schedule has done what it does.
fn horizon(schedule: &Schedule) -> u64 {
    match schedule {
        Schedule::Constant {} | Schedule::Plateau { .. } => 100,
        Schedule::Step { every, .. } => every.saturating_mul(5),
        // Until a hundredth is left (or the hundredfold reached).
        Schedule::Exponential { gamma } => {
            let steps = 100_f64.ln() / gamma.max(1e-9).ln().abs().max(1e-9);
            (steps as u64).clamp(10, 1_000_000_000)
        }
        Schedule::Cosine { steps, .. } | Schedule::OneCycle { steps, .. } => steps.saturating_add(steps / 10).max(2),
        Schedule::Warmup { steps, then } => steps.saturating_add(then.as_deref().map_or((*steps).max(2), horizon)),
    }
}

fn view_curve(props: &ScheduleProps, schedule: &Schedule) -> Html {
    let lang = props.group.lang;
    if matches!(schedule, Schedule::Plateau { .. }) {
        let said = words::PLATEAU_NOTE.with(lang, &[("lr", &short(props.lr_now.into()))]);
        return html! { <p class="data-names">{ said }</p> };
    }
    let lr = props.group.experiment.optimizer.get(Field::Lr);
    let steps = horizon(schedule);
    let at = |i: u64| lr_at(schedule, lr, (u128::from(steps) * u128::from(i) / u128::from(POINTS)) as u64);
    let rates: Vec<f64> = (0..=POINTS).map(at).collect();
    let top = rates.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let point = |(i, rate): (usize, &f64)| {
        let (x, y) = (WIDTH * i as f64 / POINTS as f64, HEIGHT - 1.0 - (HEIGHT - 3.0) * (rate / top).clamp(0.0, 1.0));
        format!("{}{x:.1} {y:.1}", if i == 0 { "M" } else { "L" })
    };
    let path: String = rates.iter().enumerate().map(point).collect();
    let label = words::CURVE_LABEL.with(lang, &[("steps", &integer(steps))]);
    let said = format!("{label}: {} … {} … {}", short(rates[0]), short(top), short(rates[POINTS as usize]));
    html! {
        <figure class="lr-curve" data-testid={testid::SCHEDULE_CURVE}>
            <span class="lr-top">{ short(top) }</span>
            <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none" role="img" aria-label={said}>
                <path class="lr-axis" d={format!("M0 {0}H{WIDTH}", HEIGHT - 0.5)} />
                <path class="lr-line" d={path} />
            </svg>
            <figcaption>{ label }</figcaption>
        </figure>
    }
}
