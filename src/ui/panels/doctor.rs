//! The doctor: one line that says how the run does, and for each finding what it is, the evidence and a remedy.
//!
//! Not responsible for what is found (`ui::doctor`) nor for applying a remedy (`ui::state`).

mod offers;
mod plot;
pub mod words;

use super::{Panel, PanelProps};
use crate::i18n::{Lang, Text, doctor as texts};
use crate::spec::TaskKind;
use crate::ui::doctor::limits::AGE_MIN;
use crate::ui::doctor::{self, Doctor, Evidence, Finding, Kind, Measure, Signs};
use crate::ui::icons::{Sign, icon};
use crate::ui::names;
use crate::ui::plots::ink::Ink;
use crate::ui::plots::names::model_label;
use crate::ui::plots::number;
use crate::ui::same::Same;
use crate::ui::state::{DoctorMsg, Msg, State};
use crate::ui::testid;
use plot::{EvidencePlot, color_of};
use yew::prelude::*;

/// The latest numbers of a line that the table for readers holds.
const ROWS: usize = 12;

/// The panel.
#[component]
pub fn DoctorPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    {
        let emit = props.emit.clone();
        use_effect_with((), move |()| emit.emit(Msg::Doctor(DoctorMsg::Hear(doctor::Ears(Some(Doctor::hear))))));
    }
    let doctor = &state.doctor;
    let wants = doctor.wants(&state.edit.experiment);
    html! {
        <Panel id={testid::DOCTOR} title={texts::TITLE.get(lang)} {wants} what={texts::WHAT.get(lang)} enlarge=true
            export=true tools={line(props)}>
            if let Some(treated) = doctor.applied(&state.edit.experiment) { { offers::applied(treated, props) } }
            if let Some(relapse) = doctor.relapsed(&state.edit.experiment) { { offers::relapsed(relapse, props) } }
            if !doctor.findings.is_empty() && doctor.open {
                <div class="findings" role="group" aria-live="polite" aria-label={texts::TITLE.get(lang)}>
                    { for doctor.findings.iter().enumerate().map(|(i, f)| finding(i, f, props)) }
                </div>
            }
        </Panel>
    }
}

/// What was found, the vital signs, and the switch.
fn line(props: &PanelProps) -> Html {
    let (doctor, lang) = (&props.state.doctor, props.state.page.lang);
    let (class, sign, said) = status(doctor, lang);
    let toggle = {
        let (emit, on) = (props.emit.clone(), !doctor.open);
        move |_| emit.emit(Msg::Doctor(DoctorMsg::Examine(on)))
    };
    let (word, hint) = match doctor.open {
        true => (texts::REST, Some(texts::REST_HINT.get(lang))),
        false => (texts::EXAMINE, None),
    };
    html! {
        <div class="doctor-line">
            <span {class} data-testid={testid::DOCTOR_STATUS}>{ for sign.map(icon) }{ said }</span>
            if doctor.open { { signs(&props.state) } }
            <button type="button" class="quiet small" data-testid={testid::DOCTOR_TOGGLE} title={hint} onclick={toggle}>
                { word.get(lang) }
            </button>
        </div>
    }
}

fn status(doctor: &Doctor, lang: Lang) -> (&'static str, Option<Sign>, String) {
    match doctor.findings.len() {
        _ if !doctor.open => ("doctor-status dim", None, texts::RESTING.get(lang).into()),
        0 if doctor.vitals.age() < AGE_MIN => ("doctor-status dim", None, texts::EARLY.get(lang).into()),
        0 => ("doctor-status well", Some(Sign::Check), texts::HEALTHY.get(lang).into()),
        1 => ("doctor-status ill", Some(Sign::Warning), texts::ONE.get(lang).into()),
        n => ("doctor-status ill", Some(Sign::Warning), texts::SOME.with(lang, &[("n", &n.to_string())])),
    }
}

/// What is watched, in numbers.
fn signs(state: &State) -> Html {
    let (lang, s) = (state.page.lang, Signs::of(&state.doctor.vitals, &state.edit.experiment));
    let sign = |id: &str, value: Option<String>| {
        let (value, (name, meaning)) = (value?, texts::sign(id));
        Some(html! {
            <div title={meaning.get(lang)}>
                <dt>{ name.get(lang) }<span class="visually-hidden">{ format!(" ({})", meaning.get(lang)) }</span></dt>
                <dd data-testid={testid::doctor_sign(id)}>{ value }</dd>
            </div>
        })
    };
    html! {
        <dl class="signs">
            // In a game the sum of both losses says nothing of either.
            if !matches!(state.edit.experiment.task.kind, TaskKind::Gan(_)) {
                { for sign("loss", s.fallen.map(words::gone_word)) }
            }
            { for sign("flow", s.flow.map(number::short)) }
            { for sign("update", s.update.map(number::short)) }
            { for sign("dead", s.dead.map(number::percent)) }
            { for sign("saturated", s.saturated.map(number::percent)) }
        </dl>
    }
}

fn finding(index: usize, f: &Finding, props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let kind = f.kind.name();
    let straight = f.kind == Kind::Underfitting && doctor::is_straight(&state.edit.experiment.model.layers);
    let (name, what) = texts::finding(if straight { "underfitting-straight" } else { kind });
    let layer = f.layer.as_ref().map(|l| model_label(l, &state.edit.experiment.model, lang)).unwrap_or_default();
    let layer = texts::LAYER.with(lang, &[("label", &layer)]);
    let names = f.passed_over.map(|_| classes(state)).unwrap_or_default();
    let class = |i: usize| names.get(i).cloned().unwrap_or_else(|| (i + 1).to_string());
    let [never, commonest] = f.passed_over.map_or_else(Default::default, |p| [class(p.class), class(p.commonest)]);
    let share = f.passed_over.map_or_else(String::new, |p| number::percent(p.share));
    let facts = [("layer", layer.as_str()), ("class", &never), ("commonest", &commonest), ("share", &share)];
    let heading = format!("doctor-{kind}");
    html! {
        <article class="finding" data-testid={testid::doctor_finding(kind)} aria-labelledby={heading.clone()}>
            <div class="finding-words">
                <h3 id={heading}>{ name.get(lang) }
                    if f.kind != Kind::Diverged {
                        <span class="dim small">{ texts::SINCE.with(lang, &[("step", &number::integer(f.since))]) }</span>
                    }
                </h3>
                <p>{ what.with(lang, &facts) }</p>
                if f.kind == Kind::ConstantTargets { <p>{ texts::advice(&state.edit.experiment.data.set).get(lang) }</p> }
                { offers::list(f.kind, &f.remedies, props) }
            </div>
            { for f.evidence.iter().enumerate().map(|(j, e)| evidence((index, j), f, e, state)) }
        </article>
    }
}

/// Names of the classes, as far as they have names.
fn classes(state: &State) -> Vec<String> {
    names::data_info(&state.edit.experiment, state.page.lang).map(|info| info.class_names).unwrap_or_default()
}

/// A plot with the number judged, and the numbers behind it for readers.
fn evidence(at: (usize, usize), f: &Finding, e: &Evidence, state: &State) -> Html {
    let lang = state.page.lang;
    let names: Vec<String> = match e.measure {
        Measure::ClassShare | Measure::PlaceShare | Measure::Recall => classes(state),
        Measure::ColumnTells | Measure::TargetTold => e.names.clone(),
        _ => e.names.iter().map(|n| model_label(n, &state.edit.experiment.model, lang)).collect(),
    };
    let ink = Ink::now();
    let key = |role| {
        let word = words::role_word(role)?;
        let style = format!("background: {}", color_of(&ink, role, e.measure));
        Some(html! { <span><i class="key" {style}></i>{ word.get(lang) }</span> })
    };
    let keys = (e.lines.len() > 1).then(|| e.lines.iter().filter_map(|l| key(l.0)).collect::<Html>());
    html! {
        <figure class="evidence">
            <figcaption>
                <span>{ words::measure(e.measure).get(lang) }</span>
                <b>{ words::value_word(e, lang) }</b>
                { for keys }
            </figcaption>
            <EvidencePlot findings={Same(state.doctor.findings.clone())} {at} names={names.clone()} {lang} />
            { table(at.1, f, e, &names, lang) }
        </figure>
    }
}

fn table(index: usize, f: &Finding, e: &Evidence, names: &[String], lang: Lang) -> Html {
    let place = |x: f64| match names.get(x as usize) {
        Some(name) => name.clone(),
        None if matches!(e.measure, Measure::ClassShare | Measure::Recall) => (x as u64 + 1).to_string(),
        None if matches!(e.measure, Measure::AnswerSpread | Measure::FarthestTarget) => String::new(),
        None if e.measure == Measure::TimeGradient => format!("{} {x}", texts::TIME_STEP.get(lang)),
        None if e.measure == Measure::BatchRows => format!("{} {x}", texts::BATCH_AXIS.get(lang)),
        None => format!("{} {}", texts::STEP.get(lang), number::integer(x as u64)),
    };
    let row = |(role, x, y): (Option<Text>, f64, f64)| {
        html! {
            <tr><th scope="row">{ place(x) }{ for role.map(|r| format!(" {}", r.get(lang))) }</th>
                <td>{ words::number_word(y, e.measure) }</td></tr>
        }
    };
    let rows = e.lines.iter().flat_map(|(role, points)| {
        // Of training the latest; of a sequence the first steps matter as much as the last.
        let over_time = e.measure == Measure::TimeGradient;
        let from = if names.is_empty() && !over_time { points.len().saturating_sub(ROWS) } else { 0 };
        let every = if over_time { points.len().div_ceil(ROWS).max(1) } else { 1 };
        points[from..].iter().step_by(every).map(|p| (words::role_word(*role), p.0, p.1))
    });
    html! {
        <div class="visually-hidden heard"><table data-testid={testid::doctor_evidence(f.kind.name(), index)}>
            <thead><tr><th scope="col">{ texts::PLACE.get(lang) }</th>
                <th scope="col">{ words::measure(e.measure).get(lang) }</th></tr></thead>
            <tbody>{ for rows.map(row) }</tbody>
        </table></div>
    }
}
