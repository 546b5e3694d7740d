//! The optimizer with its numbers, and gradient clipping.
//!
//! Not responsible for the learning-rate schedule.

use super::{GroupProps, Number, folded, words_of};
use crate::i18n::setup as words;
use crate::spec::optimizer::CLIP_RANGE;
use crate::spec::optimizer_field::FieldInfo;
use crate::spec::{Field, OptimizerKind};
use crate::ui::form::scale::{Limits, Scale, show};
use crate::ui::form::{Choice, Item, Toggle};
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// The optimizer and its learning rate.
#[component]
pub fn OptimizerGroup(props: &GroupProps) -> Html {
    let lang = props.lang;
    let spec = &props.experiment.optimizer;
    let items = OptimizerKind::ALL.iter().map(|k| Item::new(k.name(), label(*k))).collect::<Vec<_>>();
    let emit = props.emit.clone();
    let onchange = Callback::from(move |name: String| {
        if let Some(kind) = OptimizerKind::from_name(&name) {
            emit.emit(Msg::Edit(EditMsg::OptimizerKind(kind)));
        }
    });
    html! {
        <div class="fields">
            <Choice id={testid::OPTIMIZER} label={words::OPTIMIZER.label.get(lang)} help={words::OPTIMIZER.help.get(lang)}
                {items} value={spec.kind.name()} problems={props.at("optimizer.type")} {onchange} />
            { for spec.kind.fields().iter().filter(|f| f.field == Field::Lr).map(|f| view_field(props, f)) }
            { for props.rate_note.as_ref().map(|note| super::rate::view(props, note, label(spec.kind))) }
            { for spec.kind.fields().iter().filter(|f| f.field == Field::Momentum).map(|f| view_field(props, f)) }
        </div>
    }
}

/// Momentum is what its optimizers are about: it is not folded away.
fn is_first(field: Field) -> bool {
    matches!(field, Field::Lr | Field::Momentum)
}

/// Its formula and the rest of its numbers.
#[component]
pub fn RestGroup(props: &GroupProps) -> Html {
    let spec = &props.experiment.optimizer;
    let fields = spec.kind.fields();
    let rest: Vec<&FieldInfo> = fields.iter().filter(|f| !is_first(f.field)).collect();
    let wrong = rest.iter().any(|f| !props.at(&path(f.field)).is_empty());
    let formula = words::optimizer(spec.kind.name()).map_or("", |(_, formula)| formula);
    let more = words::MORE.with(props.lang, &[("name", label(spec.kind))]);
    html! {
        <>
            <p class="formula-line" data-testid={testid::OPTIMIZER_FORMULA}>{ formula }</p>
            <details class="fold" open={wrong}>
                <summary><span>{ more }</span></summary>
                <div class="fields">{ for rest.into_iter().map(|f| view_field(props, f)) }</div>
            </details>
        </>
    }
}

pub(super) fn label(kind: OptimizerKind) -> &'static str {
    words::optimizer(kind.name()).map_or(kind.name(), |(name, _)| name)
}

fn path(field: Field) -> String {
    format!("optimizer.{}", field.name())
}

/// What the slider of a field reaches; more can be typed.
pub(super) fn scale(field: Field) -> Option<Scale> {
    Some(match field {
        Field::Lr => Scale::decades(-5, 1, false),
        Field::Momentum | Field::Alpha | Field::Rho | Field::Beta1 => Scale::Stops(
            [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999].into(),
        ),
        Field::Beta2 => Scale::Stops([0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999].into()),
        Field::Eps => Scale::decades(-10, -1, false),
        Field::WeightDecay | Field::LrDecay | Field::MomentumDecay => Scale::decades(-6, 0, true),
        Field::InitialAccumulator => Scale::decades(-3, 1, true),
        Field::Nesterov | Field::Centered => return None,
    })
}

fn view_field(props: &GroupProps, info: &FieldInfo) -> Html {
    let field = info.field;
    let text = words_of(words::field(field.name()), field.name());
    let value = props.experiment.optimizer.get(field);
    let id = testid::optimizer_field(field.name());
    if field.is_switch() {
        let onchange = props.on_optimizer(move |spec, on: bool| spec.set(field, f64::from(u8::from(on))));
        return html! {
            <Toggle {id} label={text.label.get(props.lang)} help={text.help.get(props.lang)} on={value != 0.0}
                problems={props.at(&path(field))} {onchange} />
        };
    }
    let limits = Limits::real(info.min, info.max);
    let number = Number { id: id.into(), text, value, limits, scale: scale(field), path: path(field).into() };
    number.view(props, props.on_optimizer(move |spec, v: f64| spec.set(field, v)))
}

/// Clipping by norm and by value: each has a tick box, and a threshold while it is on.
#[component]
pub fn ClipGroup(props: &GroupProps) -> Html {
    let spec = &props.experiment.optimizer;
    let now: Vec<String> = [("‖g‖ ≤ ", spec.clip_norm), ("|g| ≤ ", spec.clip_value)]
        .iter()
        .filter_map(|(sign, c)| c.map(|c| format!("{sign}{}", show(c))))
        .collect();
    let now = if now.is_empty() { words::NONE.get(props.lang).to_string() } else { now.join(", ") };
    let wrong = !props.at("optimizer.clip_norm").is_empty() || !props.at("optimizer.clip_value").is_empty();
    let content = html! {
        <>
            { view_clip(props, testid::CLIP_NORM, words::CLIP_NORM, spec.clip_norm, |s, c| s.clip_norm = c) }
            { view_clip(props, testid::CLIP_VALUE, words::CLIP_VALUE, spec.clip_value, |s, c| s.clip_value = c) }
        </>
    };
    folded(words::CLIP_GROUP.get(props.lang), &now, wrong, content)
}

type SetClip = fn(&mut crate::spec::OptimizerSpec, Option<f64>);

fn view_clip(props: &GroupProps, id: &'static str, text: words::ControlText, now: Option<f64>, set: SetClip) -> Html {
    let onchange = props.on_optimizer(move |spec, on: bool| set(spec, on.then_some(1.0)));
    let threshold = now.map(|c| {
        let number = Number {
            id: id.into(),
            text: words::ControlText { label: words::THRESHOLD, help: text.help },
            value: c,
            limits: Limits::real(CLIP_RANGE.0, CLIP_RANGE.1),
            scale: Some(Scale::decades(-3, 2, false)),
            path: format!("optimizer.{}", id.replace('-', "_")).into(),
        };
        number.view(props, props.on_optimizer(move |spec, v: f64| set(spec, Some(v))))
    });
    html! {
        <>
            <Toggle id={format!("{id}-on")} label={text.label.get(props.lang)} help={text.help.get(props.lang)} on={now.is_some()} {onchange} />
            { threshold }
        </>
    }
}
