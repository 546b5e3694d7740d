//! The loss: only those that fit what is predicted, with the formula of the one in force.
//!
//! Not responsible for the task itself, which follows from the data.

use super::{GroupProps, Number, folded, words_of};
use crate::i18n::setup as words;
use crate::spec::task::LOSSES;
use crate::spec::{Loss, Target, TaskSpec};
use crate::ui::form::scale::{Limits, Scale, exact};
use crate::ui::form::{Choice, Item};
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// See the module.
#[component]
pub fn LossGroup(props: &GroupProps) -> Html {
    let lang = props.lang;
    let task = &props.experiment.task;
    let loss = task.loss();
    let target = use_memo(props.experiment.clone(), |e| e.data_info().map(|info| info.target));
    let fits = |name: &&&str| match (Loss::from_name(name), &*target) {
        // Binary cross-entropy takes numbers too, but only shares from 0 to 1: nothing that a table or a surface holds.
        (Some(Loss::Bce), Some(Target::Values { .. })) => loss == Loss::Bce,
        (Some(other), Some(target)) => other.output_shape(target).is_some() || other.name() == loss.name(),
        (_, _) => **name == loss.name(),
    };
    let label = |name: &'static str| words::loss(name).map_or(name, |(text, _)| text.get(lang));
    let items = LOSSES.iter().filter(fits).map(|name| Item::new(*name, label(name))).collect::<Vec<_>>();
    let onchange = {
        let (emit, kind, default) = (props.emit.clone(), task.kind, TaskSpec { loss: None, ..task.clone() }.loss());
        Callback::from(move |name: String| {
            if let Some(loss) = Loss::from_name(&name) {
                emit.emit(Msg::Edit(EditMsg::Task(TaskSpec { kind, loss: (loss != default).then_some(loss) })));
            }
        })
    };
    let formula = words::loss(loss.name()).map_or("", |(_, formula)| formula);
    let wrong = !props.at("task").is_empty() || !props.at("training.class_weights").is_empty();
    let content = html! {
        <>
            <Choice id={testid::LOSS_KIND} label={words::LOSS.label.get(lang)} help={words::LOSS.help.get(lang)} {items}
                value={loss.name()} problems={props.at("task")} {onchange} />
            <p class="formula-line" data-testid={testid::LOSS_FORMULA}>{ formula }</p>
            { view_number(props, loss) }
            { super::classes::view(props) }
        </>
    };
    folded(words::LOSS_GROUP.get(lang), label(loss.name()), wrong, content)
}

/// The one number that some losses have.
fn view_number(props: &GroupProps, loss: Loss) -> Html {
    let linear = |max: f64| Some(Scale::Linear { min: 0.0, max, step: 0.05 });
    let (name, id, value, limits, scale) = match loss {
        Loss::CrossEntropy { label_smoothing } => {
            ("label_smoothing", testid::LABEL_SMOOTHING, label_smoothing, Limits::real(0.0, 1.0), linear(0.5))
        }
        Loss::Huber { delta } => {
            ("delta", testid::HUBER_DELTA, delta, Limits::real(1e-6, 1e6), Some(Scale::decades(-2, 1, false)))
        }
        Loss::Hinge { margin } => ("margin", testid::HINGE_MARGIN, margin, Limits::real(0.0, 1e6), linear(5.0)),
        Loss::Bce | Loss::Mse | Loss::HalfMse | Loss::Mae => return Html::default(),
    };
    let kind = props.experiment.task.kind;
    let onchange = props.emit.reform(move |v: f64| {
        let v = v as f32;
        let loss = match loss {
            Loss::CrossEntropy { .. } => Loss::CrossEntropy { label_smoothing: v },
            Loss::Huber { .. } => Loss::Huber { delta: v },
            Loss::Hinge { .. } => Loss::Hinge { margin: v },
            other @ (Loss::Bce | Loss::Mse | Loss::HalfMse | Loss::Mae) => other,
        };
        Msg::Edit(EditMsg::Task(TaskSpec { kind, loss: Some(loss) }))
    });
    let text = words_of(words::loss_field(name), name);
    let path = format!("task.loss.{name}").into();
    Number { id: id.into(), text, value: exact(value), limits, scale, path }.view(props, onchange)
}
