//! The picture that all panels inside the network follow, drawn on with mouse or finger.
//!
//! Every stroke is a new example; where the set's pictures are centred, the network gets it centred as well, and both are
//! shown. Not responsible for what a stroke makes of the picture (`pad.rs`), nor for centring (`centre.rs`).

use crate::i18n::{Lang, inside as words, media};
use crate::protocol::Example;
use crate::ui::form::Toggle;
use crate::ui::inside::centre::Habit;
use crate::ui::inside::pad::{Inks, Pad};
use crate::ui::panels::data::draw_picture;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::same::Same;
use crate::ui::state::{Msg, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use web_sys::{HtmlCanvasElement, HtmlInputElement};
use yew::prelude::*;

/// Properties of [`DrawPad`].
#[derive(Clone, PartialEq, Properties)]
pub struct DrawProps {
    /// Language.
    pub lang: Lang,
    /// Height, width, channels.
    pub shape: [usize; 3],
    /// The picture to draw on, `(H, W, C)`.
    pub start: Same<Vec<f32>>,
    /// Paper and ink.
    pub inks: Same<Inks>,
    /// Where the pictures of the set lie, if they lie alike.
    #[prop_or_default]
    pub habit: Option<Habit>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn DrawPad(props: &DrawProps) -> Html {
    let DrawProps { lang, shape, start, inks, habit, emit } = props.clone();
    let [h, w, channels] = shape;
    let node = use_node_ref();
    let pad = use_state_eq(|| Rc::new(Pad { shape, x: start.0.to_vec() }));
    // Full ink where there is one channel; black where there are colours.
    let rgb = use_state_eq(|| if channels == 3 { [0_u8; 3] } else { [255; 3] });
    let erase = use_state_eq(|| false);
    let centre = use_state_eq(|| true);
    // Where the pointer was; a stroke goes on from there.
    let last = use_mut_ref(|| None::<(f64, f64)>);
    let send = {
        let (emit, inks) = (emit.clone(), inks.clone());
        move |pad: &Pad, centre: bool| {
            let centred = habit.filter(|_| centre).and_then(|h| h.centred(&pad.x, shape, &inks.0));
            emit.emit(Msg::View(ViewMsg::LookAt(Example::Own(centred.unwrap_or_else(|| pad.x.clone())))));
        }
    };
    let show = {
        let (pad, send, centre) = (pad.setter(), send.clone(), *centre);
        move |next: Pad| {
            send(&next, centre);
            pad.set(Rc::new(next));
        }
    };
    let touch = {
        let (node, pad, inks, show, last) = (node.clone(), pad.clone(), inks.clone(), show.clone(), last.clone());
        let ink = if *erase { inks.0.paper.clone() } else { inks.0.ink(*rgb) };
        move |at: (f64, f64)| {
            let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return };
            let scale = (
                w as f64 / f64::from(canvas.client_width().max(1)),
                h as f64 / f64::from(canvas.client_height().max(1)),
            );
            let to = (at.0 * scale.0, at.1 * scale.1);
            let from = last.replace(Some(to)).unwrap_or(to);
            let mut next = Pad::clone(&pad);
            next.stroke(from, to, 0.032 * h as f64, &ink);
            show(next);
        }
    };
    let place = |e: &PointerEvent| (f64::from(e.offset_x()), f64::from(e.offset_y()));
    let onpointerdown = {
        let (touch, last) = (touch.clone(), last.clone());
        Callback::from(move |e: PointerEvent| {
            e.prevent_default();
            if let Some(canvas) = e.target_dyn_into::<HtmlCanvasElement>() {
                // Without the capture a stroke would break at the edge; a browser that refuses it loses only that.
                let _ = canvas.set_pointer_capture(e.pointer_id());
            }
            last.replace(None);
            touch(place(&e));
        })
    };
    let onpointermove = Callback::from(move |e: PointerEvent| {
        if e.buttons() & 1 == 1 {
            touch(place(&e));
        }
    });
    let clear = {
        let (inks, show) = (inks.clone(), show.clone());
        Callback::from(move |_: MouseEvent| show(Pad::blank(shape, &inks.0)))
    };
    let oncolor = {
        let rgb = rgb.setter();
        Callback::from(move |e: InputEvent| {
            let value = e.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(c) = color::parse_hex(&value) {
                rgb.set(c);
            }
        })
    };
    let onerase = {
        let erase = erase.clone();
        Callback::from(move |_: MouseEvent| erase.set(!*erase))
    };
    let draw = use_callback((Same((*pad).clone()), inks.clone()), move |s: Surface, (pad, inks)| {
        draw_picture(&s, &pad.0.x, shape, &inks.0.light, Rect { x: 0.0, y: 0.0, w: s.width, h: s.height });
    });
    let empty = pad.x == Pad::blank(shape, &inks.0).x;
    let centred = use_memo((Same((*pad).clone()), inks.clone(), *centre, habit), move |(pad, inks, centre, habit)| {
        habit.filter(|_| *centre).and_then(|h| h.centred(&pad.0.x, shape, &inks.0)).map(Rc::new)
    });
    let oncentre = {
        let (centre, pad) = (centre.setter(), pad.clone());
        Callback::from(move |on: bool| {
            centre.set(on);
            send(&pad, on);
        })
    };
    let label = words::PAD_LABEL.with(lang, &[("h", &h.to_string()), ("w", &w.to_string())]);
    html! {
        <div class="draw-pad">
            <div class="draw-area" data-testid={testid::EXAMPLE_PAD} {onpointerdown} {onpointermove}>
                <Canvas {draw} {label} {node} class="example-picture" style={format!("aspect-ratio: {w} / {h}")} />
            </div>
            <div class="draw-tools">
                if channels == 3 {
                    <input type="color" value={color::hex(*rgb)} aria-label={words::PAD_COLOR.get(lang)}
                        data-testid={testid::example("color")} oninput={oncolor} />
                }
                <button type="button" class="quiet small" aria-pressed={erase.to_string()} data-testid={testid::example("erase")}
                    onclick={onerase}>{ words::PAD_ERASE.get(lang) }</button>
                <button type="button" class="quiet small" data-testid={testid::example("clear")} onclick={clear}>
                    { words::PAD_CLEAR.get(lang) }</button>
                if habit.is_some() {
                    <Toggle id={testid::example("centre")} label={media::CENTRE.get(lang)} on={*centre} onchange={oncentre} />
                }
            </div>
            if empty {
                <p class="draw-said" data-testid={testid::example("empty")}>{ media::PAD_EMPTY.get(lang) }</p>
            } else if let Some(x) = &*centred {
                <div class="draw-said" data-testid={testid::example("centred")}>
                    <Seen x={Same(x.clone())} {shape} inks={inks.clone()} label={media::SEEN.get(lang)} />
                    <p>{ media::CENTRED.get(lang) }</p>
                </div>
            }
        </div>
    }
}

/// Properties of [`Seen`].
#[derive(Clone, PartialEq, Properties)]
struct SeenProps {
    x: Same<Vec<f32>>,
    shape: [usize; 3],
    inks: Same<Inks>,
    label: AttrValue,
}

/// What the network gets of a drawing.
#[component]
fn Seen(props: &SeenProps) -> Html {
    let SeenProps { x, shape, inks, label } = props.clone();
    let draw = use_callback((x, inks), move |s: Surface, (x, inks)| {
        draw_picture(&s, &x.0, shape, &inks.0.light, Rect { x: 0.0, y: 0.0, w: s.width, h: s.height });
    });
    let [h, w, _] = shape;
    html! { <Canvas {draw} {label} class="example-picture" style={format!("aspect-ratio: {w} / {h}")} /> }
}
