//! What the chosen data look like: how many, some pictures, the inputs and the balance of classes of a table.
//!
//! Points on the plane are shown by the output panel. Not responsible for loading anything.

use super::tokens;
use crate::i18n::{Lang, data as words};
use crate::spec::{DataInfo, Target};
use crate::ui::light::Light;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::number::integer;
use crate::ui::plots::surface::{Align, Rect, Surface, push_pixel};
use crate::ui::same::Same;
use crate::ui::state::LoadedData;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Pictures in a row, and rows.
const COLUMNS: usize = 6;
const ROWS: usize = 2;
/// Height of the label under a picture.
const LABEL_PX: f64 = 14.0;
/// Between two pictures.
pub const GAP: f64 = 4.0;
/// Most input names that are listed before the rest is folded away.
const NAMES: usize = 6;

/// Properties of [`Preview`].
#[derive(Clone, PartialEq, Properties)]
pub struct PreviewProps {
    /// Language.
    pub lang: Lang,
    /// What the worker has loaded.
    pub data: Same<LoadedData>,
    /// What the experiment's data set is; `None` while it has problems.
    pub info: Option<Rc<DataInfo>>,
}

/// See the module.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let Some(info) = &props.info else { return Html::default() };
    // What is loaded may still be the set chosen before.
    if props.data.loaded.input != info.input {
        return Html::default();
    }
    let rest = match (info.plane, info.input[..].len()) {
        (true, _) => Html::default(),
        (false, 3) => html! { <Pictures lang={props.lang} data={props.data.clone()} info={info.clone()} /> },
        (false, _) if info.tokens.is_some() => {
            html! { <>{ tokens::view(props.lang, &props.data) }{ view_target(props, info) }</> }
        }
        (false, _) => html! { <>{ view_table(props, info) }{ tokens::baselines(props.lang, &props.data.loaded) }</> },
    };
    html! {
        <div class="data-preview" data-testid={testid::DATA_PREVIEW}>
            { rest }
        </div>
    }
}

/// How many examples there are in each part; nothing while other data are still loaded.
pub fn counts(lang: Lang, data: &LoadedData, info: Option<&Rc<DataInfo>>) -> Html {
    if info.is_none_or(|info| data.loaded.input != info.input) {
        return Html::default();
    }
    let of = |n: usize| integer(n as u64);
    let said = words::COUNTS.with(lang, &[("train", &of(data.loaded.n_train)), ("test", &of(data.loaded.n_test))]);
    html! { <p class="data-counts" data-testid={testid::DATA_COUNTS}>{ said }</p> }
}

fn view_table(props: &PreviewProps, info: &DataInfo) -> Html {
    let names = &info.feature_names;
    let list = |names: &[String]| names.join(", ");
    let title = words::INPUTS.with(props.lang, &[("n", &names.len().to_string())]);
    let inputs = if names.is_empty() {
        Html::default()
    } else if names.len() <= NAMES {
        html! { <><h3>{ title }</h3><p class="data-names">{ list(names) }</p></> }
    } else {
        html! {
            <details class="fold"><summary><span>{ title }</span></summary><p class="data-names">{ list(names) }</p></details>
        }
    };
    html! { <>{ inputs }{ view_target(props, info) }</> }
}

fn view_target(props: &PreviewProps, info: &DataInfo) -> Html {
    match &info.target {
        Target::Classes { count } => view_balance(props, info, *count),
        Target::Steps { count, len } => {
            let (count, len) = (count.to_string(), len.to_string());
            html! { <p class="data-names">{ words::STEPS.with(props.lang, &[("count", &count), ("len", &len)]) }</p> }
        }
        Target::Values { .. } => {
            let name = info.target_name.clone().unwrap_or_else(|| words::TARGET.get(props.lang).into());
            html! { <p class="data-names">{ words::PREDICTS.with(props.lang, &[("name", name.as_str())]) }</p> }
        }
    }
}

/// One bar per class, over the rows that were sent.
fn view_balance(props: &PreviewProps, info: &DataInfo, classes: usize) -> Html {
    let mut counts = vec![0_usize; classes];
    for y in &props.data.y {
        if let Some(count) = counts.get_mut(*y as usize) {
            *count += 1;
        }
    }
    let largest = counts.iter().copied().max().unwrap_or(0);
    if largest == 0 || classes > 12 {
        return Html::default();
    }
    let title = words::BALANCE.with(props.lang, &[("n", &integer(props.data.y.len() as u64))]);
    let bars = counts.iter().enumerate().map(|(class, count)| {
        let name = info.class_names.get(class).cloned().unwrap_or_else(|| class.to_string());
        let style = format!("width:{}%;background:{}", 100 * count / largest, color::hex(color::class(class)));
        html! { <tr><th scope="row">{ name }</th><td class="bar"><i {style}></i></td><td>{ count }</td></tr> }
    });
    html! { <table class="balance"><caption>{ title }</caption><tbody>{ for bars }</tbody></table> }
}

/// Properties of [`Pictures`].
#[derive(Clone, PartialEq, Properties)]
struct PicturesProps {
    lang: Lang,
    data: Same<LoadedData>,
    info: Rc<DataInfo>,
}

/// The first pictures with their classes.
#[component]
fn Pictures(props: &PicturesProps) -> Html {
    let (data, info) = (props.data.clone(), props.info.clone());
    let shown = (data.y.len()).min(COLUMNS * ROWS);
    let classes: Vec<String> = data.y.iter().take(shown).map(|y| class_name(&info, *y)).collect();
    let label = format!("{}: {}", words::EXAMPLES.get(props.lang), classes.join(", "));
    let draw = use_callback((data, info), move |s: Surface, (data, info)| draw_pictures(&s, data, info));
    html! { <Canvas class="pictures" {draw} {label} /> }
}

/// One picture `(H, W, C)` in its place: in its own colours, or, with one channel, as ink on paper.
pub fn draw_picture(s: &Surface, pixels: &[f32], shape: [usize; 3], light: &Light, to: Rect) {
    let [height, width, channels] = shape;
    let c = channels.max(1);
    let ink: Rgb = if s.ink.dark { [0xe8, 0xe6, 0xe1] } else { [0x1d, 0x23, 0x2b] };
    let mut rgba = Vec::with_capacity(4 * height * width);
    for (i, p) in pixels.chunks_exact(c).take(height * width).enumerate() {
        let level = |k: usize| light.level(i * c + k, p[k]);
        let pixel: Rgb = match p.len() {
            3 => [0, 1, 2].map(|k| (255.0 * level(k)).round() as u8),
            _ => color::mix(s.ink.zero, ink, level(0)),
        };
        push_pixel(&mut rgba, pixel);
    }
    s.map(&rgba, width, height, to, false);
}

fn class_name(info: &DataInfo, y: f32) -> String {
    info.class_names.get(y as usize).cloned().unwrap_or_else(|| y.to_string())
}

fn draw_pictures(s: &Surface, data: &LoadedData, info: &DataInfo) {
    let &[height, width, channels] = &info.input[..] else { return };
    let light = Light::of(data);
    let side = ((s.width + GAP) / COLUMNS as f64 - GAP).min(s.height / ROWS as f64 - LABEL_PX);
    for (i, pixels) in data.x.chunks_exact((height * width * channels).max(1)).take(COLUMNS * ROWS).enumerate() {
        let (x, y) = ((side + GAP) * (i % COLUMNS) as f64, (side + LABEL_PX) * (i / COLUMNS) as f64);
        draw_picture(s, pixels, [height, width, channels], &light, Rect { x, y, w: side, h: side });
        if let Some(class) = data.y.get(i) {
            let name = s.fitted(&class_name(info, *class), side);
            s.text(&name, x + side / 2.0, y + side + LABEL_PX / 2.0, Align::Middle, &s.ink.dim);
        }
    }
}
