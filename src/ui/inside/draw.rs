//! The picture that all panels inside the network follow, drawn on with mouse or finger.
//!
//! Every stroke is a new example. Not responsible for what a stroke makes of the picture (`pad.rs`).

use super::pad::{Inks, Pad};
use crate::i18n::{Lang, inside as words};
use crate::protocol::Example;
use crate::ui::panels::data::draw_picture;
use crate::ui::plots::canvas::{ByPtr, Canvas};
use crate::ui::plots::color;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::state::Msg;
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
    pub start: ByPtr<Vec<f32>>,
    /// Paper and ink.
    pub inks: ByPtr<Inks>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn DrawPad(props: &DrawProps) -> Html {
    let DrawProps { lang, shape, start, inks, emit } = props.clone();
    let [h, w, channels] = shape;
    let node = use_node_ref();
    let pad = use_state_eq(|| Rc::new(Pad { shape, x: start.0.to_vec() }));
    // Full ink where there is one channel; black where there are colours.
    let rgb = use_state_eq(|| if channels == 3 { [0_u8; 3] } else { [255; 3] });
    let erase = use_state_eq(|| false);
    // Where the pointer was; a stroke goes on from there.
    let last = use_mut_ref(|| None::<(f64, f64)>);
    let show = {
        let (pad, emit) = (pad.setter(), emit.clone());
        move |next: Pad| {
            emit.emit(Msg::LookAt(Example::Own(next.x.clone())));
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
    let draw = use_callback((ByPtr((*pad).clone()), inks), move |s: Surface, (pad, inks)| {
        let low = inks.0.low.iter().copied().fold(f32::MAX, f32::min);
        let high = inks.0.high.iter().copied().fold(f32::MIN, f32::max);
        draw_picture(&s, &pad.0.x, shape, (low, high), Rect { x: 0.0, y: 0.0, w: s.width, h: s.height });
    });
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
            </div>
        </div>
    }
}
