//! "Teach it yours": a pad, the learner's classes with their pictures, and what the three answer to the pad.
//!
//! Not responsible for what is kept (`own.rs`) nor for reading photographs (`photos.rs`).

use super::own::{CLASSES_MAX, CLASSES_MIN, Class};
use super::photos;
use super::state::{OwnMsg, TransferMsg, TransferState};
use super::view::RoomProps;
use crate::i18n::{Lang, sentences, transfer as words};
use crate::protocol::Example;
use crate::spec::Problem;
use crate::spec::transfer::{Mode, SIDE};
use crate::ui::form::say;
use crate::ui::inside::centre::Habit;
use crate::ui::inside::pad::{Inks, Pad};
use crate::ui::light::Light;
use crate::ui::panels::bars::Bars;
use crate::ui::panels::data::draw_picture;
use crate::ui::panels::data::pictures::collect::named;
use crate::ui::panels::inside::draw::DrawPad;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::same::Same;
use crate::ui::state::{Msg, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Shape of a picture.
const SHAPE: [usize; 3] = [SIDE, SIDE, 1];
/// How MNIST lays its digits: the centre of mass in the middle, the longer side 20 pixels.
const HABIT: Habit = Habit { centre: (14.0, 14.0), long: 20.0 };

fn inks() -> Inks {
    Inks { paper: vec![0.0], low: vec![0.0], high: vec![1.0], light: Light::Plain }
}

fn name_of(n: usize, class: &Class, lang: Lang) -> String {
    if class.name.trim().is_empty() { words::CLASS_N.with(lang, &[("n", &n.to_string())]) } else { class.name.clone() }
}

/// See the module.
#[component]
pub fn Teach(props: &RoomProps) -> Html {
    let RoomProps { state, emit, lang } = props;
    let lang = *lang;
    let bad = use_state_eq(Vec::<Problem>::new);
    let blank = use_memo((), |()| Pad::blank(SHAPE, &inks()).x);
    let inks = use_memo((), |()| inks());
    let drawn = emit.clone();
    let ondraw = use_callback((), move |msg: Msg, ()| {
        if let Msg::View(ViewMsg::LookAt(Example::Own(x))) = msg {
            drawn.emit(TransferMsg::Try(x.into()));
        }
    });
    let heard = {
        let bad = bad.setter();
        Callback::from(move |problems| bad.set(problems))
    };
    let learn = emit.reform(|_: MouseEvent| TransferMsg::Learn);
    let add = emit.reform(|_: MouseEvent| TransferMsg::Own(OwnMsg::AddClass));
    let left_out: Vec<String> = bad.iter().map(|p| say(p, lang)).collect();
    html! {
        <div class="transfer-desk">
            <div>
                <p>{ words::PAD.get(lang) }</p>
                <DrawPad key={state.pads.to_string()} {lang} shape={SHAPE} start={Same(blank)} inks={Same(inks)} habit={Some(HABIT)}
                    emit={ondraw} />
                <div class="transfer-takes">
                    { for state.own.classes.iter().enumerate().map(|(i, c)| take(state, i, c, emit, lang)) }
                </div>
            </div>
            <div class="transfer-classes">
                { for state.own.classes.iter().enumerate().map(|(i, c)| class(state, i, c, emit, &heard, lang)) }
                <div class="moves">
                    <button type="button" class="quiet small" data-testid={testid::TRANSFER_ADD_CLASS} onclick={add}
                        disabled={state.own.classes.len() >= CLASSES_MAX}>{ words::ADD_CLASS.get(lang) }</button>
                    <button type="button" class="button" data-testid={testid::TRANSFER_LEARN} onclick={learn}
                        disabled={!state.can_learn()}>{ words::LEARN.get(lang) }</button>
                </div>
                <p class="lab-trouble" role="status" data-testid={testid::TRANSFER_OWN_TROUBLE}>{ trouble(state, lang) }</p>
                if !left_out.is_empty() {
                    <p class="lab-trouble" role="alert">{ words::PHOTOS_BAD.with(lang, &[("what", &left_out.join(" "))]) }</p>
                }
            </div>
            <div class="transfer-answers">
                <h3>{ words::ANSWERS.get(lang) }</h3>
                { answers(state, lang) }
            </div>
        </div>
    }
}

/// What is missing, or what to do.
fn trouble(state: &TransferState, lang: Lang) -> String {
    let filled = state.own.filled();
    if filled < CLASSES_MIN {
        return words::FEW_CLASSES.with(lang, &[("n", &filled.to_string())]);
    }
    if !state.problems.is_empty() {
        return sentences(lang, &state.problems.iter().map(|p| say(p, lang)).collect::<Vec<_>>());
    }
    if state.changed && !state.runs.is_empty() { words::CHANGED.get(lang).into() } else { String::new() }
}

/// Gives the drawing to a class.
fn take(state: &TransferState, i: usize, class: &Class, emit: &Callback<TransferMsg>, lang: Lang) -> Html {
    let onclick = emit.reform(move |_: MouseEvent| TransferMsg::Take(i));
    html! {
        <button type="button" class="button small" data-testid={testid::transfer_class("take", i)} {onclick}
            disabled={state.tried.is_none()}>{ words::TAKE.with(lang, &[("name", &name_of(i + 1, class, lang))]) }</button>
    }
}

fn class(
    state: &TransferState,
    i: usize,
    class: &Class,
    emit: &Callback<TransferMsg>,
    heard: &Callback<Vec<Problem>>,
    lang: Lang,
) -> Html {
    let name = name_of(i + 1, class, lang);
    let facts = [("name", name.as_str())];
    let number = (i + 1).to_string();
    let rename = emit.reform(move |e: InputEvent| {
        TransferMsg::Own(OwnMsg::Rename(i, e.target_unchecked_into::<HtmlInputElement>().value()))
    });
    let remove = emit.reform(move |_: MouseEvent| TransferMsg::Own(OwnMsg::RemoveClass(i)));
    let chosen = {
        let (emit, heard) = (emit.clone(), heard.clone());
        move |e: Event| {
            let input = e.target_unchecked_into::<HtmlInputElement>();
            if let Some(files) = input.files() {
                photos::add(i, named(&files), emit.clone(), heard.clone());
            }
            // The same files may be chosen again.
            input.set_value("");
        }
    };
    let picture = |(k, p): (usize, &Rc<[u8]>)| {
        let onclick = emit.reform(move |_: MouseEvent| TransferMsg::Own(OwnMsg::Remove(i, k)));
        let label = words::REMOVE_PICTURE.with(lang, &[("n", &(k + 1).to_string()), ("name", &name)]);
        html! {
            <button type="button" class={classes!("transfer-picture", (k >= state.chosen.each).then_some("test"))}
                title={label.clone()} aria-label={label} data-testid={testid::transfer_picture(i, k)} {onclick}>
                <Picture bytes={p.clone()} />
            </button>
        }
    };
    let removed = words::REMOVE_CLASS.with(lang, &facts);
    let photos = words::PHOTOS_TO.with(lang, &facts);
    html! {
        <div class="transfer-class" role="group" aria-label={name.clone()} key={i}>
            <div class="transfer-class-head">
                <input type="text" value={class.name.clone()} placeholder={name.clone()} aria-label={words::CLASS_NAME.with(lang, &[("n", &number)])}
                    data-testid={testid::transfer_class("name", i)} oninput={rename} />
                <span class="dim small" data-testid={testid::transfer_class("count", i)}>
                    { words::COUNT.with(lang, &[("n", &class.pictures.len().to_string())]) }</span>
                <label class="quiet small transfer-photos">{ words::PHOTOS.get(lang) }
                    <input type="file" accept="image/*" multiple=true class="visually-hidden" aria-label={photos}
                        data-testid={testid::transfer_class("photos", i)} onchange={chosen} /></label>
                <button type="button" class="quiet small" aria-label={removed.clone()} title={removed}
                    data-testid={testid::transfer_class("remove", i)} onclick={remove}>{ "×" }</button>
            </div>
            <div class="transfer-pictures">{ for class.pictures.iter().enumerate().map(picture) }</div>
        </div>
    }
}

/// Properties of [`Picture`].
#[derive(Clone, Properties)]
struct PictureProps {
    bytes: Rc<[u8]>,
}

/// A picture is never changed in place.
impl PartialEq for PictureProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.bytes, &other.bytes)
    }
}

/// A small picture; the button around it says what it is.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let x: Rc<Vec<f32>> = Rc::new(props.bytes.iter().map(|b| f32::from(*b) / 255.0).collect());
    let draw = use_callback(Same(x), move |s: Surface, x| {
        draw_picture(&s, &x.0, SHAPE, &Light::Plain, Rect { x: 0.0, y: 0.0, w: s.width, h: s.height });
    });
    html! { <Canvas {draw} label="" class="transfer-thumb" /> }
}

/// What each of the three answers to what is on the pad.
fn answers(state: &TransferState, lang: Lang) -> Html {
    let learned = state.runs.first().and_then(|r| r.experiment.data.pictures.as_ref());
    let Some(own) = learned.filter(|_| state.tried.is_some() && state.runs.iter().any(|r| !r.answer.is_empty())) else {
        return html! { <p class="dim small">{ words::ANSWERS_NONE.get(lang) }</p> };
    };
    // As they were called when they were learned.
    let names: Rc<[String]> = own.classes.clone().into();
    let one = |mode: Mode| {
        let probs = state.run(mode).map(|r| r.answer.clone()).filter(|a| !a.is_empty());
        let id = testid::transfer_run("answer", mode.name());
        html! {
            <div>
                <h4>{ words::run(mode.name()).get(lang) }</h4>
                { for probs.map(|probs| html! { <Bars {id} names={names.clone()} {probs} {lang} /> }) }
            </div>
        }
    };
    html! { { for Mode::ALL.into_iter().map(one) } }
}
