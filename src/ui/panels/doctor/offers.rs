//! Remedies on their buttons, the one just applied with what is seen of it, and one that was taken back.
//!
//! Not responsible for which are offered (`ui::doctor`) nor for applying them (`ui::state`).

use super::words;
use crate::i18n::doctor as texts;
use crate::i18n::doctor::remedy as cures;
use crate::i18n::{Lang, between};
use crate::spec::Field;
use crate::ui::doctor::course::Change;
use crate::ui::doctor::{Course, Kind, Relapse, Remedy, Treated};
use crate::ui::icons::{Sign, icon};
use crate::ui::panels::PanelProps;
use crate::ui::plots::number;
use crate::ui::state::{DoctorMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// Each with why it helps; the best first.
pub fn list(kind: Kind, remedies: &[Remedy], props: &PanelProps) -> Html {
    if remedies.is_empty() {
        return match kind {
            Kind::ConstantTargets => html! {},
            _ => html! { <p class="dim small">{ cures::NO_MORE.get(props.state.page.lang) }</p> },
        };
    }
    html! { <ul class="remedies">{ for remedies.iter().enumerate().map(|(i, r)| offer(kind, i, r, props)) }</ul> }
}

fn offer(kind: Kind, index: usize, r: &Remedy, props: &PanelProps) -> Html {
    let state = &props.state;
    let (what, why) = words::remedy(r, &r.apply(&state.edit.experiment), state.page.lang);
    let now = state.edit.experiment.optimizer.get(Field::Lr);
    let why = match r {
        Remedy::Rate { lr, anew: false } if *lr < now => cures::why("rate-keep").get(state.page.lang),
        _ => why,
    };
    let apply = {
        let (emit, r) = (props.emit.clone(), r.clone());
        move |_| emit.emit(Msg::Doctor(DoctorMsg::Remedy(kind, r.clone())))
    };
    let id = if index == 0 { testid::doctor_remedy(kind.name()) } else { testid::doctor_other(kind.name(), index) };
    html! {
        <li>
            <button type="button" class="button" data-testid={id} onclick={apply}>{ what }</button>
            <p class="dim small">{ why }</p>
        </li>
    }
}

fn with(text: crate::i18n::Text, change: &Change, more: &[(&str, &str)], lang: Lang) -> String {
    let facts = words::change(change, lang);
    let facts: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).chain(more.iter().copied()).collect();
    text.with(lang, &facts)
}

/// The remedy just applied, how it goes, and the way back.
pub fn applied(treated: &Treated, props: &PanelProps) -> Html {
    let lang = props.state.page.lang;
    let (what, _) = words::remedy(&treated.remedy, &treated.experiment, lang);
    let (name, _) = texts::finding(treated.kind.name());
    let undo = props.emit.reform(|_: MouseEvent| Msg::Doctor(DoctorMsg::Untreat));
    let course = match &treated.course {
        Course::Done | Course::Failed(_) => None,
        Course::Watched { until } => Some(cures::WATCHED.with(lang, &[("n", &number::integer(*until))])),
        Course::Helped(change) => Some(with(cures::HELPED, change, &[], lang)),
    };
    html! {
        <p class="doctor-applied" data-testid={testid::DOCTOR_APPLIED}>
            <span><b>{ name.get(lang) }</b>{ " · " }{ cures::APPLIED.with(lang, &[("remedy", &what)]) }{ between(lang) }
                <span data-testid={testid::DOCTOR_COURSE} role="status">{ for course }</span></span>
            <button type="button" class="button" data-testid={testid::DOCTOR_UNDO} onclick={undo}>
                { icon(Sign::Undo) }{ texts::TAKE_BACK.get(lang) }
            </button>
        </p>
    }
}

/// One that did not help, and what is offered next.
pub fn relapsed(relapse: &Relapse, props: &PanelProps) -> Html {
    let lang = props.state.page.lang;
    let (what, _) = words::remedy(&relapse.remedy, &relapse.remedy.apply(&relapse.sick), lang);
    let (name, _) = texts::finding(relapse.kind.name());
    let cost = relapse.change.cost.map(|(before, after)| {
        let (before, after) = (number::short(before), number::short(after));
        format!("{}{}", between(lang), cures::COST.with(lang, &[("before", &before), ("after", &after)]))
    });
    let again = props.state.doctor.findings.iter().any(|f| f.kind == relapse.kind);
    html! {
        <div class="doctor-relapse" role="status" data-testid={testid::DOCTOR_RELAPSE}>
            <p><b>{ name.get(lang) }</b>{ " · " }{ with(cures::FAILED, &relapse.change, &[("remedy", &what)], lang) }{ for cost }
                if !again && !relapse.others.is_empty() { { between(lang) }{ cures::NEXT.get(lang) } }
            </p>
            if !again { { list(relapse.kind, &relapse.others, props) } }
        </div>
    }
}
