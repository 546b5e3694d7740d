//! The task: what the networks are trained to do with this data, and the task's own settings.
//!
//! Another task brings networks of its own. Not responsible for which tasks fit (`spec::tasks`).

use super::{GroupProps, Number};
use crate::i18n::setup::ControlText;
use crate::i18n::task as words;
use crate::spec::tasks::{
    Autoencoder, Diffusion, GanLoss, Predict, Several, TASKS, Weighting, autoencoder, contrastive, diffusion, gan,
    several, vae,
};
use crate::spec::{TaskKind, TaskSpec, preset};
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::form::{Choice, Item, Toggle};
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// See the module.
#[component]
pub fn TaskGroup(props: &GroupProps) -> Html {
    let (lang, kind) = (props.lang, props.experiment.task.kind);
    let fitting = use_memo((props.experiment.data.clone(), props.experiment.seed), |(data, seed)| {
        TASKS.into_iter().filter(|name| preset::for_task(data.clone(), *seed, name).is_some()).collect::<Vec<_>>()
    });
    let names = TASKS.into_iter().filter(|name| *name == kind.name() || fitting.contains(name));
    let items: Vec<Item> = names.map(|name| Item::new(name, words::name(name).get(lang))).collect();
    if items.len() < 2 {
        return html! {};
    }
    let onchange = props.emit.reform(|m| Msg::Edit(EditMsg::ChooseTask(m)));
    html! {
        <div class="setup-task">
            <Choice id={testid::TASK} label={words::TASK.label.get(lang)} help={words::about(kind.name()).get(lang)} {items}
                value={kind.name()} problems={props.at("task.type")} {onchange} />
            { for numbers(kind).into_iter().map(|n| n.view(props)) }
            if let TaskKind::Autoencoder(task) = kind { { counts(props, task) } }
            if let TaskKind::Gan(task) = kind { { play_for(props, task) } }
            if let Some(task) = kind.diffusion() { { predicts(props, *task) } }
            if let Some(task) = kind.several() { { weighs(props, *task) } }
        </div>
    }
}

/// A number of the task, and the task with another one.
struct Setting {
    name: &'static str,
    text: ControlText,
    value: f64,
    limits: Limits,
    scale: Option<Scale>,
    set: fn(TaskKind, f64) -> TaskKind,
}

impl Setting {
    fn view(self, props: &GroupProps) -> Html {
        let (task, emit, set) = (props.experiment.task.clone(), props.emit.clone(), self.set);
        let onchange = Callback::from(move |x: f64| {
            emit.emit(Msg::Edit(EditMsg::Task(TaskSpec { kind: set(task.kind, x), ..task.clone() })));
        });
        let path = format!("task.{}", self.name).into();
        let id = testid::task_setting(self.name).into();
        Number { id, text: self.text, value: self.value, limits: self.limits, scale: self.scale, path }
            .view(props, onchange)
    }
}

fn real(name: &'static str, text: ControlText, value: f32, max: f32, set: fn(TaskKind, f64) -> TaskKind) -> Setting {
    let scale = Some(Scale::Linear { min: 0.0, max: f64::from(max).min(10.0), step: 0.05 });
    let value = crate::ui::form::scale::exact(value);
    Setting { name, text, value, limits: Limits::real(0.0, f64::from(max)), scale, set }
}

fn weight(name: &'static str, text: ControlText, value: f32, set: fn(TaskKind, f64) -> TaskKind) -> Setting {
    real(name, text, value, several::WEIGHT_MAX, set)
}

fn whole(
    name: &'static str,
    text: ControlText,
    value: usize,
    max: usize,
    set: fn(TaskKind, f64) -> TaskKind,
) -> Setting {
    Setting { name, text, value: value as f64, limits: Limits::whole(1.0, max as f64), scale: None, set }
}

/// Changes one field of a task's settings, and leaves other tasks as they are.
macro_rules! with {
    ($kind:ident, $field:ident, $type:ty) => {
        |task, x| match task {
            TaskKind::$kind(mut t) => {
                t.$field = x as $type;
                TaskKind::$kind(t)
            }
            other => other,
        }
    };
}

fn numbers(kind: TaskKind) -> Vec<Setting> {
    match kind {
        TaskKind::Classification | TaskKind::Regression | TaskKind::LanguageModel | TaskKind::Rotation => Vec::new(),
        TaskKind::Autoencoder(t) => vec![
            real("noise", words::NOISE, t.noise, autoencoder::NOISE_MAX, with!(Autoencoder, noise, f32)),
            real("mask", words::MASK, t.mask, autoencoder::MASK_MAX, with!(Autoencoder, mask, f32)),
            whole("patch", words::PATCH, t.patch, autoencoder::PATCH_MAX, with!(Autoencoder, patch, usize)),
        ],
        TaskKind::Vae(t) => vec![
            whole("latent", words::LATENT, t.latent, vae::LATENT_MAX, with!(Vae, latent, usize)),
            real("beta", words::BETA, t.beta, vae::BETA_MAX, with!(Vae, beta, f32)),
            real("free_bits", words::FREE_BITS, t.free_bits, vae::FREE_BITS_MAX, with!(Vae, free_bits, f32)),
        ],
        TaskKind::Diffusion(t) => {
            vec![whole("steps", words::FLOW_STEPS, t.steps, diffusion::STEPS_MAX, with!(Diffusion, steps, usize))]
        }
        TaskKind::Contrastive(t) => vec![Setting {
            name: "temperature",
            text: words::TEMPERATURE,
            value: f64::from(t.temperature),
            limits: Limits::real(f64::from(contrastive::TEMPERATURE.0), f64::from(contrastive::TEMPERATURE.1)),
            scale: None,
            set: with!(Contrastive, temperature, f32),
        }],
        TaskKind::Several(t) if t.weighting == Weighting::Uncertainty => Vec::new(),
        TaskKind::Several(t) => vec![
            weight("digit_weight", words::DIGIT_WEIGHT, t.digit_weight, with!(Several, digit_weight, f32)),
            weight("parity_weight", words::PARITY_WEIGHT, t.parity_weight, with!(Several, parity_weight, f32)),
            weight(
                "thickness_weight",
                words::THICKNESS_WEIGHT,
                t.thickness_weight,
                with!(Several, thickness_weight, f32),
            ),
        ],
        TaskKind::Gan(t) => {
            let mut all = vec![
                whole("latent", words::NOISE_SIZE, t.latent, gan::LATENT_MAX, with!(Gan, latent, usize)),
                whole(
                    "critic_steps",
                    words::CRITIC_STEPS,
                    t.critic_steps,
                    gan::CRITIC_STEPS_MAX,
                    with!(Gan, critic_steps, usize),
                ),
            ];
            if t.loss == GanLoss::Wasserstein {
                all.push(real("clip", words::CLIP, t.clip, gan::CLIP_MAX, with!(Gan, clip, f32)));
            }
            if t.loss == GanLoss::WassersteinGp {
                let set = with!(Gan, penalty, f32);
                all.push(Setting {
                    scale: Some(Scale::Linear { min: 0.0, max: 20.0, step: 0.5 }),
                    ..real("penalty", words::PENALTY, t.penalty, gan::PENALTY_MAX, set)
                });
            }
            all
        }
    }
}

/// Whether an autoencoder is asked for what it cannot see only.
fn counts(props: &GroupProps, task: Autoencoder) -> Html {
    let (lang, spec, emit) = (props.lang, props.experiment.task.clone(), props.emit.clone());
    let onchange = Callback::from(move |hidden_only: bool| {
        let kind = TaskKind::Autoencoder(Autoencoder { hidden_only, ..task });
        emit.emit(Msg::Edit(EditMsg::Task(TaskSpec { kind, ..spec.clone() })));
    });
    let text = words::HIDDEN_ONLY;
    html! {
        <Toggle id={testid::task_setting("hidden_only")} label={text.label.get(lang)} help={text.help.get(lang)}
            on={task.hidden_only} problems={props.at("task.hidden_only")} {onchange} />
    }
}

/// What the two networks of a GAN play for.
fn play_for(props: &GroupProps, task: gan::Gan) -> Html {
    let (lang, spec, emit) = (props.lang, props.experiment.task.clone(), props.emit.clone());
    let items: Vec<Item> =
        GanLoss::ALL.iter().map(|l| Item::new(l.name(), words::gan_loss(l.name()).0.get(lang))).collect();
    let onchange = Callback::from(move |name: String| {
        if let Some(loss) = GanLoss::ALL.into_iter().find(|l| l.name() == name) {
            emit.emit(Msg::Edit(EditMsg::Task(TaskSpec {
                kind: TaskKind::Gan(gan::Gan { loss, ..task }),
                ..spec.clone()
            })));
        }
    });
    let formula = words::gan_loss(task.loss.name()).1;
    html! {
        <>
            <Choice id={testid::GAN_LOSS} label={words::GAN_LOSS.label.get(lang)} help={words::GAN_LOSS.help.get(lang)} {items}
                value={task.loss.name()} problems={props.at("task.loss")} {onchange} />
            <p class="formula-line">{ formula }</p>
        </>
    }
}

/// Where the weights of several heads come from.
fn weighs(props: &GroupProps, task: Several) -> Html {
    let (lang, spec, emit) = (props.lang, props.experiment.task.clone(), props.emit.clone());
    let items: Vec<Item> =
        Weighting::ALL.iter().map(|w| Item::new(w.name(), words::weighting(w.name()).0.get(lang))).collect();
    let onchange = Callback::from(move |name: String| {
        if let Some(weighting) = Weighting::ALL.into_iter().find(|w| w.name() == name) {
            let kind = TaskKind::Several(Several { weighting, ..task });
            emit.emit(Msg::Edit(EditMsg::Task(TaskSpec { kind, ..spec.clone() })));
        }
    });
    html! {
        <>
            <Choice id={testid::WEIGHTING} label={words::WEIGHTING.label.get(lang)} help={words::WEIGHTING.help.get(lang)} {items}
                value={task.weighting.name()} problems={props.at("task.weighting")} {onchange} />
            <p class="formula-line">{ words::weighting(task.weighting.name()).1 }</p>
        </>
    }
}

/// What the network of diffusion answers.
fn predicts(props: &GroupProps, task: Diffusion) -> Html {
    let (lang, spec, emit) = (props.lang, props.experiment.task.clone(), props.emit.clone());
    let items: Vec<Item> =
        Predict::ALL.iter().map(|p| Item::new(p.name(), words::predict(p.name()).0.get(lang))).collect();
    let onchange = Callback::from(move |name: String| {
        if let Some(predict) = Predict::ALL.into_iter().find(|p| p.name() == name) {
            let kind = TaskKind::Diffusion(Diffusion { predict, ..task });
            emit.emit(Msg::Edit(EditMsg::Task(TaskSpec { kind, ..spec.clone() })));
        }
    });
    html! {
        <>
            <Choice id={testid::PREDICT} label={words::PREDICT.label.get(lang)} help={words::PREDICT.help.get(lang)} {items}
                value={task.predict.name()} problems={props.at("task.predict")} {onchange} />
            <p class="formula-line">{ words::predict(task.predict.name()).1 }</p>
        </>
    }
}
