//! Random changes of the training pictures: which, how strong, and what they look like.
//!
//! The changed pictures come from the worker with each frame. Not responsible for changing any.

use super::preview::{GAP, draw_picture};
use crate::i18n::{Lang, data as words};
use crate::spec::{AugmentKind, AugmentSpec, Experiment, Problem};
use crate::ui::form::scale::{Limits, Scale, exact};
use crate::ui::form::{NumberField, Toggle, messages};
use crate::ui::frame_data::FrameData;
use crate::ui::light::Light;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::same::Same;
use crate::ui::state::{EditMsg, LoadedData, Msg};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Pictures in the strip.
pub const SHOWN: usize = 6;

/// Properties of [`Augment`].
#[derive(Clone, PartialEq, Properties)]
pub struct AugmentProps {
    /// Language.
    pub lang: Lang,
    /// What the learner edits.
    pub experiment: Same<Experiment>,
    /// What is wrong with it.
    pub problems: Same<Vec<Problem>>,
    /// The pictures as they are.
    pub data: Same<LoadedData>,
    /// The latest frame, with the pictures as they are changed.
    pub frame: Same<FrameData>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn Augment(props: &AugmentProps) -> Html {
    let (lang, list) = (props.lang, &props.experiment.data.augment);
    let name = |kind: AugmentKind| words::augmentation(kind.name()).map_or(kind.name(), |(name, _)| name.get(lang));
    let on: Vec<&str> = list.iter().map(|a| name(a.kind)).collect();
    let summary = if on.is_empty() { words::AUGMENT_NONE.get(lang).to_string() } else { on.join(", ") };
    html! {
        <div class="augment" data-testid={testid::DATA_AUGMENT}>
            <details class="fold">
                <summary><span>{ words::AUGMENT.get(lang) }</span><b>{ summary }</b></summary>
                <p class="data-counts">{ words::AUGMENT_HELP.get(lang) }</p>
                <div class="fields">{ for AugmentKind::ALL.into_iter().map(|kind| view_kind(props, kind)) }</div>
            </details>
            if !list.is_empty() { <Strip {lang} data={props.data.clone()} frame={props.frame.clone()} /> }
        </div>
    }
}

/// A callback that puts something into the list, or takes it out.
fn change<T: 'static>(
    props: &AugmentProps,
    kind: AugmentKind,
    to: impl Fn(T) -> Option<AugmentSpec> + 'static,
) -> Callback<T> {
    let (experiment, emit) = (props.experiment.clone(), props.emit.clone());
    Callback::from(move |value: T| {
        let mut data = experiment.data.clone();
        match (data.augment.iter().position(|a| a.kind == kind), to(value)) {
            (Some(at), Some(one)) => data.augment[at] = one,
            (None, Some(one)) => data.augment.push(one),
            (Some(at), None) => _ = data.augment.remove(at),
            (None, None) => {}
        }
        emit.emit(Msg::Edit(EditMsg::Data(data)));
    })
}

fn view_kind(props: &AugmentProps, kind: AugmentKind) -> Html {
    let Some((name, help)) = words::augmentation(kind.name()) else { return Html::default() };
    let (name, help, id) = (name.get(props.lang), help.get(props.lang), testid::augment(kind.name()));
    let at = props.experiment.data.augment.iter().position(|a| a.kind == kind);
    let onchange = change(props, kind, move |on: bool| on.then(|| AugmentSpec::new(kind)));
    html! {
        <>
            <Toggle id={id.clone()} label={name} {help} on={at.is_some()} {onchange} />
            { at.map(|at| view_strength(props, at, kind, format!("{id}-strength"))) }
        </>
    }
}

fn view_strength(props: &AugmentProps, at: usize, kind: AugmentKind, id: String) -> Html {
    let Some((name, help)) = words::augmentation(kind.name()) else { return Html::default() };
    let max = exact(kind.strengths().1);
    let step = if max > 1.0 { 5.0 } else { 0.05 };
    let onchange = change(props, kind, move |v: f64| Some(AugmentSpec { kind, strength: Some(v as f32) }));
    html! {
        <NumberField {id} lang={props.lang} label={format!("— {}", name.get(props.lang))} help={help.get(props.lang)}
            value={exact(props.experiment.data.augment[at].strength())} limits={Limits::real(0.0, max)}
            scale={Scale::Linear { min: 0.0, max, step }} {onchange}
            problems={messages(&props.problems, props.lang, &format!("data.augment[{at}]"))} />
    }
}

/// Properties of [`Strip`].
#[derive(Clone, PartialEq, Properties)]
struct StripProps {
    lang: Lang,
    data: Same<LoadedData>,
    frame: Same<FrameData>,
}

/// The first training pictures, and below them what has become of them.
#[component]
fn Strip(props: &StripProps) -> Html {
    let lang = props.lang;
    let draw = use_callback((props.data.clone(), props.frame.clone()), |s: Surface, (data, frame)| {
        draw(&s, &data.0, &frame.0)
    });
    let label = words::AUGMENTED.get(lang);
    html! {
        <div class="augmented">
            <span>{ words::BEFORE.get(lang) }</span><span>{ words::AFTER.get(lang) }</span>
            <Canvas class="augmented-strip" {draw} {label} testid={testid::DATA_AUGMENTED} />
        </div>
    }
}

fn draw(s: &Surface, data: &Rc<LoadedData>, frame: &Rc<FrameData>) {
    let &[height, width, channels] = &data.loaded.input[..] else { return };
    let size = (height * width * channels).max(1);
    let after = frame.frame.augmented().map_or(&[][..], |named| frame.array(named.buffer));
    let side = ((s.width + GAP) / SHOWN as f64 - GAP).min((s.height - GAP) / 2.0);
    // One scale for both rows: a change of brightness is to be seen.
    let light = Light::of(data);
    for (row, pictures) in [&data.x[..], after].into_iter().enumerate() {
        for (i, pixels) in pictures.chunks_exact(size).take(SHOWN.min(data.loaded.preview_train)).enumerate() {
            let (x, y) = ((side + GAP) * i as f64, (side + GAP) * row as f64);
            draw_picture(s, pixels, [height, width, channels], &light, Rect { x, y, w: side, h: side });
        }
    }
}
