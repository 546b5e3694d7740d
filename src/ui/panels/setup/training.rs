//! Batches, order, seed, and penalties on the weights.
//!
//! Not responsible for the optimizer.

use super::dice::Dice;
use super::{GroupProps, Number, folded};
use crate::i18n::setup as words;
use crate::spec::experiment::BATCH_MAX;
use crate::ui::form::Toggle;
use crate::ui::form::scale::{Limits, Scale, exact, show};
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// Largest penalty (`Experiment::problems` checks the same).
const PENALTY_MAX: f64 = 10.0;

/// Batch and weight penalty, in sight.
#[component]
pub fn FirstGroup(props: &GroupProps) -> Html {
    let training = &props.experiment.training;
    let batch = Number {
        id: testid::BATCH.into(),
        text: words::BATCH,
        value: training.batch as f64,
        limits: Limits::whole(1.0, BATCH_MAX as f64),
        scale: Some(Scale::doubling(1, 1024)),
        path: "training.batch".into(),
    };
    html! {
        <div class="fields">
            { batch.view(props, props.on_training(|t, v: f64| t.batch = v as usize)) }
            { penalty(testid::L2, words::L2, training.l2, "training.l2").view(props, props.on_training(|t, v: f64| t.l2 = v as f32)) }
        </div>
    }
}

/// Order and seed.
#[component]
pub fn BatchGroup(props: &GroupProps) -> Html {
    let lang = props.lang;
    let (training, seed) = (&props.experiment.training, props.experiment.seed);
    let seed_field = Number {
        id: testid::SEED.into(),
        text: words::SEED,
        value: f64::from(seed),
        limits: Limits::whole(0.0, f64::from(u32::MAX)),
        scale: None,
        path: "seed".into(),
    };
    html! {
        <div class="fields">
            <div class="with-dice">
                { seed_field.view(props, props.emit.reform(|v: f64| Msg::Edit(EditMsg::Seed(v as u32)))) }
                <Dice {lang} {seed} emit={props.emit.clone()} />
            </div>
            <Toggle id={testid::SHUFFLE} label={words::SHUFFLE.label.get(lang)} help={words::SHUFFLE.help.get(lang)}
                on={training.shuffle} problems={props.at("training.shuffle")}
                onchange={props.on_training(|t, on: bool| t.shuffle = on)} />
        </div>
    }
}

fn penalty(id: &'static str, text: words::ControlText, value: f32, path: &'static str) -> Number {
    Number {
        id: id.into(),
        text,
        value: exact(value),
        limits: Limits::real(0.0, PENALTY_MAX),
        scale: Some(Scale::decades(-6, 0, true)),
        path: path.into(),
    }
}

/// L1; L2 is in sight.
#[component]
pub fn PenaltyGroup(props: &GroupProps) -> Html {
    let t = &props.experiment.training;
    let now: Vec<String> = [("L1 ", t.l1), ("L2 ", t.l2)]
        .iter()
        .filter(|(_, v)| *v != 0.0)
        .map(|(name, v)| format!("{name}{}", show(exact(*v))))
        .collect();
    let now = if now.is_empty() { words::NONE.get(props.lang).to_string() } else { now.join(", ") };
    let wrong = !props.at("training.l1").is_empty();
    let l1 = penalty(testid::L1, words::L1, t.l1, "training.l1");
    let content = l1.view(props, props.on_training(|t, v: f64| t.l1 = v as f32));
    folded(words::PENALTY_GROUP.get(props.lang), &now, wrong, content)
}
