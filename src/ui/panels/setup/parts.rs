//! Optimizers of single networks: generator and discriminator may each have their own.
//!
//! Not responsible for the one that all others learn with (`optimizer.rs`).

use super::optimizer::{label, scale};
use super::{GroupProps, Number, folded, words_of};
use crate::i18n::{network, setup as words};
use crate::spec::model::PartName;
use crate::spec::optimizer_field::FieldInfo;
use crate::spec::part_optimizers::OWN;
use crate::spec::{OptimizerKind, OptimizerSpec, TaskKind};
use crate::ui::form::scale::Limits;
use crate::ui::form::{Choice, Item, Toggle};
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// See the module; nothing where all networks learn together.
#[component]
pub fn PartsGroup(props: &GroupProps) -> Html {
    let e = &props.experiment;
    if !matches!(e.task.kind, TaskKind::Gan(_)) {
        return html! {};
    }
    let name = |part: PartName| network::part(part.name()).get(props.lang);
    let own: Vec<&str> = OWN.into_iter().filter(|p| e.optimizers.of(*p).is_some()).map(name).collect();
    let now = if own.is_empty() { words::NONE.get(props.lang).to_string() } else { own.join(", ") };
    let wrong = props.problems.iter().any(|p| p.path.starts_with("optimizers."));
    folded(
        words::PART_OPTIMIZERS.get(props.lang),
        &now,
        wrong,
        html! { <>{ for OWN.into_iter().map(|p| one(props, p)) }</> },
    )
}

/// A callback that changes one thing of a part's own optimizer.
fn on<T: 'static>(props: &GroupProps, part: PartName, set: impl Fn(&mut OptimizerSpec, T) + 'static) -> Callback<T> {
    let (experiment, emit) = (props.experiment.clone(), props.emit.clone());
    Callback::from(move |value: T| {
        let mut spec = experiment.optimizer_of(part).clone();
        set(&mut spec, value);
        emit.emit(Msg::Edit(EditMsg::PartOptimizer(part, Some(spec))));
    })
}

fn one(props: &GroupProps, part: PartName) -> Html {
    let (lang, e) = (props.lang, &props.experiment);
    let own = e.optimizers.of(part);
    let shared = e.optimizer.clone();
    let emit = props.emit.clone();
    let ontoggle =
        Callback::from(move |on: bool| emit.emit(Msg::Edit(EditMsg::PartOptimizer(part, on.then(|| shared.clone())))));
    let title = words::PART_OPTIMIZER.with(lang, &[("part", network::part(part.name()).get(lang))]);
    let items = OptimizerKind::ALL.iter().map(|k| Item::new(k.name(), label(*k))).collect::<Vec<_>>();
    let onkind = on(props, part, |spec, name: String| {
        if let Some(kind) = OptimizerKind::from_name(&name) {
            *spec = spec.with_kind(kind);
        }
    });
    html! {<>
        <Toggle id={testid::part_optimizer(part.name(), "own")} label={title} help={words::PART_OPTIMIZER_HELP.get(lang)}
            on={own.is_some()} problems={props.at(&format!("optimizers.{}", part.name()))} onchange={ontoggle} />
        if let Some(spec) = own {
            <Choice id={testid::part_optimizer(part.name(), "type")} label={words::OPTIMIZER.label.get(lang)}
                help={words::OPTIMIZER.help.get(lang)} {items} value={spec.kind.name()}
                problems={props.at(&format!("optimizers.{}.type", part.name()))} onchange={onkind} />
            { for spec.kind.fields().iter().map(|f| field(props, part, spec, f)) }
        }
    </>}
}

fn field(props: &GroupProps, part: PartName, spec: &OptimizerSpec, info: &FieldInfo) -> Html {
    let field = info.field;
    let text = words_of(words::field(field.name()), field.name());
    let (value, id) = (spec.get(field), testid::part_optimizer(part.name(), field.name()));
    let path = format!("optimizers.{}.{}", part.name(), field.name());
    if field.is_switch() {
        let onchange = on(props, part, move |spec, on: bool| spec.set(field, f64::from(u8::from(on))));
        return html! {
            <Toggle {id} label={text.label.get(props.lang)} help={text.help.get(props.lang)} on={value != 0.0}
                problems={props.at(&path)} {onchange} />
        };
    }
    let limits = Limits::real(info.min, info.max);
    let number = Number { id: id.into(), text, value, limits, scale: scale(field), path: path.into() };
    number.view(props, on(props, part, move |spec, v: f64| spec.set(field, v)))
}
