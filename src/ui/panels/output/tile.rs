//! One input drawn as a small picture.
//!
//! Not responsible for which inputs are shown.

use crate::ui::light::Light;
use crate::ui::plots::color;
use crate::ui::plots::ink::{self, Ink};
use crate::ui::plots::surface::context;
use std::rc::Rc;
use wasm_bindgen::Clamped;
use web_sys::{HtmlCanvasElement, ImageData};
use yew::prelude::*;

/// Whether inputs of this shape are pictures: height, width and one or three channels.
pub fn is_picture(shape: &[usize]) -> bool {
    matches!(shape, [h, w, 1 | 3] | [h, w] if *h > 1 && *w > 1)
}

/// Properties of [`Tile`].
#[derive(Clone, PartialEq, Properties)]
pub struct TileProps {
    /// `(h, w, channels)`, row-major.
    pub values: Rc<[f32]>,
    /// Shape of one input.
    pub shape: Vec<usize>,
    /// What its numbers are as light.
    pub light: Light,
}

/// See the module. Pictures of one channel are drawn as ink on paper.
#[component]
pub fn Tile(props: &TileProps) -> Html {
    let node = use_node_ref();
    let look = use_state_eq(|| 0_u32);
    {
        let look = look.clone();
        use_effect_with((), move |()| {
            let count = std::cell::Cell::new(0);
            let watch = ink::on_change(Callback::from(move |()| {
                count.set(count.get() + 1);
                look.set(count.get());
            }));
            move || drop(watch)
        });
    }
    use_effect_with((node.clone(), props.clone(), *look), |(node, props, _)| {
        if let Some(canvas) = node.cast::<HtmlCanvasElement>() {
            paint(&canvas, props);
        }
    });
    let side = |i: usize| props.shape.get(i).copied().unwrap_or(1).to_string();
    html! { <canvas class="tile" ref={node} width={side(1)} height={side(0)} aria-hidden="true" /> }
}

fn paint(canvas: &HtmlCanvasElement, props: &TileProps) {
    let (h, w) = (props.shape[0], props.shape[1]);
    let channels = props.shape.get(2).copied().unwrap_or(1);
    if props.values.len() != h * w * channels {
        return;
    }
    let ink = Ink::now();
    let dark = color::parse_hex(&ink.ink).unwrap_or([0; 3]);
    let mut rgba = Vec::with_capacity(4 * h * w);
    for (i, pixel) in props.values.chunks_exact(channels).enumerate() {
        let level = |k: usize| props.light.level(i * channels + k, pixel[k]);
        let [r, g, b] = match pixel.len() {
            3 => [0, 1, 2].map(|k| (255.0 * level(k)).round() as u8),
            _ => color::mix(ink.zero, dark, level(0)),
        };
        rgba.extend([r, g, b, 255]);
    }
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&rgba), w as u32, h as u32);
    if let (Ok(image), Some(ctx)) = (image, context(canvas)) {
        // Cannot fail: image and canvas have one size.
        let _ = ctx.put_image_data(&image, 0.0, 0.0);
    }
}
