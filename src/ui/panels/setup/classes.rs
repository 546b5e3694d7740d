//! How much each class counts in the loss: all alike, balanced, or one number each.
//!
//! Not responsible for the weights that "balanced" stands for (the engine counts rows).

use super::{GroupProps, Number};
use crate::i18n::setup::{self as words, ControlText};
use crate::spec::class_weights::CLASS_WEIGHT_MAX;
use crate::spec::{ClassWeights, Loss, Target};
use crate::ui::form::scale::{Limits, Scale, exact};
use crate::ui::form::{Choice, Item};
use crate::ui::names;
use crate::ui::testid;
use yew::prelude::*;

/// With more classes than this nobody types a number for each.
const FIELDS_MAX: usize = 12;
const ALIKE: &str = "alike";
const BALANCED: &str = "balanced";
const OWN: &str = "own";

/// The choice, and a field for each class where numbers are given. Nothing where the loss knows no classes.
pub fn view(props: &GroupProps) -> Html {
    let lang = props.lang;
    let now = &props.experiment.training.class_weights;
    let Some(info) = names::data_info(&props.experiment, lang) else { return Html::default() };
    let classes = match info.target {
        Target::Classes { count } | Target::Steps { count, .. } => count,
        Target::Values { .. } => 0,
    };
    let weighs = classes > 0 && matches!(props.experiment.task.loss(), Loss::CrossEntropy { .. });
    if !weighs && now.is_none() {
        return Html::default();
    }
    let value = match now {
        None => ALIKE,
        Some(ClassWeights::Balanced) => BALANCED,
        Some(ClassWeights::Given(_)) => OWN,
    };
    let mut items = vec![Item::new(ALIKE, words::ALIKE.get(lang)), Item::new(BALANCED, words::BALANCED.get(lang))];
    if value == OWN || classes <= FIELDS_MAX {
        items.push(Item::new(OWN, words::OWN_WEIGHTS.get(lang)));
    }
    let onchange = props.on_training(move |t, chosen: String| {
        t.class_weights = match chosen.as_str() {
            BALANCED => Some(ClassWeights::Balanced),
            OWN => Some(ClassWeights::Given(vec![1.0; classes])),
            _ => None,
        }
    });
    let text = words::CLASS_WEIGHTS;
    let given = if let Some(ClassWeights::Given(weights)) = now { weights.as_slice() } else { &[] };
    html! {
        <>
            <Choice id={testid::CLASS_WEIGHTS} label={text.label.get(lang)} help={text.help.get(lang)} {items} {value}
                problems={props.at("training.class_weights")} {onchange} />
            { for given.iter().take(FIELDS_MAX).enumerate().map(|(i, w)| field(props, i, *w, info.class_names.get(i))) }
        </>
    }
}

/// The weight of one class.
fn field(props: &GroupProps, i: usize, weight: f32, name: Option<&String>) -> Html {
    let onchange = props.on_training(move |t, v: f64| {
        if let Some(ClassWeights::Given(weights)) = &mut t.class_weights
            && let Some(w) = weights.get_mut(i)
        {
            *w = v as f32;
        }
    });
    let number = Number {
        id: testid::class_weight(i).into(),
        text: words::CLASS_WEIGHT,
        value: exact(weight),
        limits: Limits::real(0.0, CLASS_WEIGHT_MAX),
        scale: Some(Scale::decades(-2, 2, true)),
        path: format!("training.class_weights[{i}]").into(),
    };
    let name = name.cloned().unwrap_or_else(|| (i + 1).to_string());
    let ControlText { label, .. } = number.text;
    let label = label.with(props.lang, &[("class", &name)]);
    number.labelled(props, label, onchange)
}
