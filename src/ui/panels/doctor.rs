//! The doctor: one line that says how the run does, and for each finding what it is, the evidence and a remedy.
//!
//! Not responsible for what is found (`ui::doctor`) nor for applying a remedy (`ui::state`).

mod plot;
mod words;

use super::{Panel, PanelProps};
use crate::i18n::{Lang, Text, doctor as texts};
use crate::ui::doctor::limits::AGE_MIN;
use crate::ui::doctor::{Doctor, Evidence, Finding, Kind, Measure, Remedy, Signs, Treated};
use crate::ui::icons::{Sign, icon};
use crate::ui::plots::canvas::ByPtr;
use crate::ui::plots::ink::Ink;
use crate::ui::plots::names::layer_label;
use crate::ui::plots::number;
use crate::ui::state::{Msg, State};
use crate::ui::testid;
use plot::{EvidencePlot, color_of};
use yew::prelude::*;

/// The latest numbers of a line that the table for readers holds.
const ROWS: usize = 12;

/// The panel.
#[component]
pub fn DoctorPanel(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.lang);
    let doctor = &state.doctor;
    let wants = doctor.wants(&state.experiment);
    html! {
        <Panel id={testid::DOCTOR} title={texts::TITLE.get(lang)} {wants} what={texts::WHAT.get(lang)} enlarge=true
            export=true tools={line(props)}>
            if let Some(treated) = doctor.applied(&state.experiment) { { applied(treated, props) } }
            if !doctor.findings.is_empty() && doctor.open {
                <div class="findings" role="region" aria-live="polite" aria-label={texts::TITLE.get(lang)}>
                    { for doctor.findings.iter().enumerate().map(|(i, f)| finding(i, f, props)) }
                </div>
            }
        </Panel>
    }
}

/// What was found, the vital signs, and the switch.
fn line(props: &PanelProps) -> Html {
    let (doctor, lang) = (&props.state.doctor, props.state.lang);
    let (class, sign, said) = status(doctor, lang);
    let toggle = {
        let (emit, on) = (props.emit.clone(), !doctor.open);
        move |_| emit.emit(Msg::Examine(on))
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
    let (lang, s) = (state.lang, Signs::of(&state.doctor.vitals, &state.experiment));
    let sign = |id: &str, word: Text, value: Option<String>| {
        let value = value?;
        Some(html! {
            <div><dt>{ word.get(lang) }</dt><dd data-testid={testid::doctor_sign(id)}>{ value }</dd></div>
        })
    };
    html! {
        <dl class="signs">
            { for sign("loss", texts::SIGN_LOSS, s.fallen.map(words::gone_word)) }
            { for sign("flow", texts::SIGN_FLOW, s.flow.map(number::short)) }
            { for sign("update", texts::SIGN_UPDATE, s.update.map(number::short)) }
            { for sign("dead", texts::SIGN_DEAD, s.dead.map(number::percent)) }
            { for sign("saturated", texts::SIGN_SATURATED, s.saturated.map(number::percent)) }
        </dl>
    }
}

/// The remedy just applied, and the way back.
fn applied(treated: &Treated, props: &PanelProps) -> Html {
    let lang = props.state.lang;
    let (what, _) = words::remedy(&treated.remedy, &treated.experiment, lang);
    let (name, _) = texts::finding(treated.kind.name());
    let undo = props.emit.reform(|_: MouseEvent| Msg::Undo);
    html! {
        <p class="doctor-applied" data-testid={testid::DOCTOR_APPLIED}>
            <span><b>{ name.get(lang) }</b>{ " · " }{ texts::APPLIED.with(lang, &[("remedy", &what)]) }</span>
            <button type="button" class="button" data-testid={testid::DOCTOR_UNDO} onclick={undo}>
                { icon(Sign::Undo) }{ texts::TAKE_BACK.get(lang) }
            </button>
        </p>
    }
}

fn finding(index: usize, f: &Finding, props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.lang);
    let kind = f.kind.name();
    let (name, what) = texts::finding(kind);
    let what =
        if f.kind == Kind::ConstantOutput && f.remedy == Remedy::OtherData { texts::ALL_TARGETS_SAME } else { what };
    let layer = f.layer.as_ref().map(|l| layer_label(l, &state.experiment.model.layers, lang)).unwrap_or_default();
    let layer = texts::LAYER.with(lang, &[("label", &layer)]);
    let (remedy, why) = words::remedy(&f.remedy, &f.remedy.apply(&state.experiment), lang);
    let apply = {
        let (emit, kind, remedy) = (props.emit.clone(), f.kind, f.remedy.clone());
        move |_| emit.emit(Msg::Remedy(kind, remedy.clone()))
    };
    let heading = format!("doctor-{kind}");
    html! {
        <article class="finding" data-testid={testid::doctor_finding(kind)} aria-labelledby={heading.clone()}>
            <div class="finding-words">
                <h3 id={heading}>{ name.get(lang) }
                    if f.kind != Kind::Diverged {
                        <span class="dim small">{ texts::SINCE.with(lang, &[("step", &number::integer(f.since))]) }</span>
                    }
                </h3>
                <p>{ what.with(lang, &[("layer", &layer)]) }</p>
                <button type="button" class="button" data-testid={testid::doctor_remedy(kind)} onclick={apply}>{ remedy }</button>
                <p class="dim small">{ why }</p>
            </div>
            { for f.evidence.iter().enumerate().map(|(j, e)| evidence((index, j), f, e, state)) }
        </article>
    }
}

/// A plot with the number judged, and the numbers behind it for readers.
fn evidence(at: (usize, usize), f: &Finding, e: &Evidence, state: &State) -> Html {
    let lang = state.lang;
    let classes = || state.experiment.data_info().map(|info| info.class_names).unwrap_or_default();
    let names: Vec<String> = match e.measure {
        Measure::ClassShare | Measure::PlaceShare => classes(),
        Measure::ColumnTells => e.names.clone(),
        _ => e.names.iter().map(|n| layer_label(n, &state.experiment.model.layers, lang)).collect(),
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
            <EvidencePlot findings={ByPtr(state.doctor.findings.clone())} {at} names={names.clone()} {lang} />
            { table(at.1, f, e, &names, lang) }
        </figure>
    }
}

fn table(index: usize, f: &Finding, e: &Evidence, names: &[String], lang: Lang) -> Html {
    let place = |x: f64| match names.get(x as usize) {
        Some(name) => name.clone(),
        None if e.measure == Measure::ClassShare => (x as u64 + 1).to_string(),
        None if e.measure == Measure::AnswerSpread => String::new(),
        None if e.measure == Measure::TimeGradient => format!("{} {x}", texts::TIME_STEP.get(lang)),
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
