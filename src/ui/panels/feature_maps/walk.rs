//! How one number of a map came about: the window over the input, times the kernel, the products, their sum over all
//! channels, the bias, the activation, and the place in the map.
//!
//! Not responsible for the arithmetic (`inside::walk`).

use super::Seen;
use super::grid::{channel, scale_of};
use crate::i18n::{Lang, maps as words};
use crate::ui::inside::bank::{Bank, reach};
use crate::ui::inside::places::Slide;
use crate::ui::inside::walk::{Part, Sliding, Spot, Sum, pooled, size_in, source, sum, under};
use crate::ui::panels::network::tiles::Ramp;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::numbers::cells;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Longer side of input and map, CSS pixels.
const PICTURE: f64 = 150.0;
/// Side of a cell of the kernel, and the longest side of a kernel.
const CELL: f64 = 38.0;
const KERNEL: f64 = 190.0;
/// Input channels whose sums are listed; the rest are in the total only.
const PARTS: usize = 128;
const PARTS_IN_ROW: usize = 8;

/// Properties of [`Walk`].
#[derive(Clone, PartialEq, Properties)]
pub struct WalkProps {
    /// The layer's numbers.
    pub seen: Same<Seen>,
    /// Whether every map has its own scale.
    pub own: bool,
    /// The number.
    pub spot: Spot,
    /// How much larger than usual everything is.
    pub scale: f64,
    /// Language.
    pub lang: Lang,
    /// Another number stays.
    pub onpin: Callback<Spot>,
    /// Another number while the pointer is on it.
    pub onhover: Callback<Option<Spot>>,
    /// Lets go of the one that stays.
    pub onrelease: Option<Callback<()>>,
}

/// See the module.
#[component]
pub fn Walk(props: &WalkProps) -> Html {
    let WalkProps { seen, own, spot, scale, lang, onpin, onhover, onrelease } = props.clone();
    let wished = use_state_eq(|| None::<usize>);
    let s = &seen.0;
    let value = s.maps.get(spot.index(s.shape)).map(|v| f64::from(*v));
    let output = html! { <Output seen={seen.clone()} {own} {spot} {scale} {lang} {onpin} {onhover} {onrelease} /> };
    let window = s.place.window().zip(s.input.clone());
    let Some((sliding, input)) = window else {
        return html! {
            <div class="walk">
                { output }
                <div class="walk-says"><p class="small dim">{ words::NO_WINDOW.get(lang) }</p>{ result(value, None, lang) }</div>
            </div>
        };
    };
    let channels = s.place.shape_in.last().copied().unwrap_or(1);
    let (shape, slide) = (sliding.0.kernel, sliding.1);
    let bank = Bank::of(&s.place).zip(s.weight.as_ref()).filter(|_| matches!(slide, Slide::Conv | Slide::Stamp));
    let act = s.place.kind.conv().map(|c| c.activation).unwrap_or_default();
    let found = bank.map(|(bank, weight)| {
        let found = sum((&input, channels), &bank, (weight, s.bias.as_deref()), &sliding, act, spot);
        (found, reach(weight))
    });
    let (mine, part) = match &found {
        Some((found, _)) => {
            let part = wished.unwrap_or_else(|| found.strongest()).min(found.parts.len().saturating_sub(1));
            (found.parts.get(part).map_or(0, |p| p.channel), part)
        }
        None => (spot.channel, 0),
    };
    let picture = Same(Rc::new(channel(&input, channels, mine)));
    let frame =
        html! { <Input {picture} {sliding} {spot} {scale} {lang} channel={mine} {channels} max={reach(&input)} /> };
    let Some((found, weights)) = found else {
        let (x, padded) = under(&input, channels, &sliding, spot, spot.channel);
        let ours = pooled(&x, &padded, slide == Slide::Max);
        let word = if slide == Slide::Max { words::MAX_OF } else { words::MEAN_OF };
        return html! {
            <div class="walk">
                { frame }
                { kernel(words::WINDOW.get(lang), &x, shape, (reach(&input), scale), "window") }
                <span class="walk-sign">{ "→" }</span>
                { output }
                <div class="walk-says">
                    <p>{ word.get(lang) }{ " = " }<b data-testid={testid::maps("y")}>{ exact(ours) }</b></p>
                    { result(value, Some(ours), lang) }
                </div>
            </div>
        };
    };
    let Some(p) = found.parts.get(part) else { return Html::default() };
    let products = reach(&p.products);
    let stamps = (slide == Slide::Stamp).then(|| p.padded.iter().filter(|none| !**none).count());
    let pick = {
        let wished = wished.setter();
        Callback::from(move |c: Option<usize>| wished.set(c))
    };
    html! {
        <div class="walk">
            { frame }
            { kernel(if stamps.is_some() { words::STAMPS } else { words::WINDOW }.get(lang), &p.x, shape, (reach(&input), scale), "window") }
            <span class="walk-sign">{ "×" }</span>
            { kernel(words::KERNEL.get(lang), &p.w, shape, (weights, scale), "kernel") }
            <span class="walk-sign">{ "=" }</span>
            { kernel(words::PRODUCTS.get(lang), &p.products, shape, (products, scale), "products") }
            <span class="walk-sign">{ "→" }</span>
            { output }
            <div class="walk-says">
                if let Some(n) = stamps { <p class="small dim">{ words::SPREADS.with(lang, &[("n", &n.to_string())]) }</p> }
                { parts(&found, part, *wished, pick, lang) }
                { says(&found, act.name(), p, lang) }
                { result(value, Some(found.y), lang) }
            </div>
        </div>
    }
}

fn exact(v: f64) -> String {
    number::fixed(v, 4)
}

/// The sums in words: this channel, all channels, the bias, the activation.
fn says(found: &Sum, act: &'static str, part: &Part, lang: Lang) -> Html {
    let bold = |part: &str, v: f64| html! { <b data-testid={testid::maps(part)}>{ exact(v) }</b> };
    let many = found.parts.len() > 1;
    let (channel, n) = ((part.channel + 1).to_string(), found.parts.len().to_string());
    html! {<>
        <p>{ words::SUM.with(lang, &[("channel", &channel)]) }{ " = " }{ bold("part", part.sum) }</p>
        if many { <p>{ words::SUM_ALL.with(lang, &[("n", &n)]) }{ " = " }{ bold("sum", found.sum) }</p> }
        if let Some(b) = found.bias {
            <p>{ words::BIAS.get(lang) }{ " " }{ bold("bias", b) }{ " → " }{ bold("z", found.z) }</p>
        }
        if act != "linear" { <p>{ act }{ "(" }{ exact(found.z) }{ ") = " }{ bold("y", found.y) }</p> }
    </>}
}

/// The number in the map beside what was worked out here.
fn result(value: Option<f64>, ours: Option<f64>, lang: Lang) -> Html {
    let Some(value) = value else { return Html::default() };
    // The engine adds in single precision and in another order.
    let same = ours.is_none_or(|o| (o - value).abs() <= 1e-4 * (1.0 + value.abs()));
    html! {
        <p class="walk-result">
            { words::HOLDS.get(lang) }{ " " }<b data-testid={testid::maps("value")}>{ exact(value) }</b>
            if !same { <span class="not-finite">{ " " }{ words::DIFFERS.get(lang) }</span> }
        </p>
    }
}

/// Sums of the single channels as cells, to be picked.
fn parts(found: &Sum, part: usize, wished: Option<usize>, pick: Callback<Option<usize>>, lang: Lang) -> Html {
    if found.parts.len() < 2 {
        return Html::default();
    }
    let sums: Vec<f32> = found.parts.iter().take(PARTS).map(|p| p.sum as f32).collect();
    let cell = |(i, sum): (usize, &f32)| {
        let max = reach(&sums);
        let strength = (sum.abs() / max * 60.0) as u32;
        let color = if *sum < 0.0 { "var(--neg)" } else { "var(--pos)" };
        let style = format!("background: color-mix(in srgb, {color} {strength}%, transparent)");
        let channel = found.parts[i].channel + 1;
        let name = words::PART.with(lang, &[("channel", &channel.to_string()), ("v", &exact(f64::from(*sum)))]);
        html! {
            <button type="button" class="part" {style} title={name.clone()} aria-label={name} aria-pressed={(i == part).to_string()}
                data-testid={testid::maps_part(i)} onclick={pick.reform(move |_: MouseEvent| Some(i))}>{ number::brief(f64::from(*sum)) }</button>
        }
    };
    let cut = (found.parts.len() > PARTS).then(|| {
        let (n, all) = (PARTS.to_string(), found.parts.len().to_string());
        html! { <p class="small dim">{ words::PARTS_CUT.with(lang, &[("n", &n), ("all", &all)]) }</p> }
    });
    html! {
        <div class="parts-box">
            <p class="small dim">{ words::PARTS.get(lang) }
                if wished.is_some() {
                    { " " }<button type="button" class="quiet small" data-testid={testid::maps("strongest")}
                        onclick={pick.reform(|_: MouseEvent| None)}>{ words::STRONGEST.get(lang) }</button>
                }
            </p>
            <div class="parts" style={format!("grid-template-columns: repeat({}, minmax(0, 1fr))", PARTS_IN_ROW.min(sums.len()))}>
                { for sums.iter().enumerate().map(cell) }
            </div>
            { for cut }
        </div>
    }
}

/// A window's worth of numbers with its name.
fn kernel(name: &'static str, values: &[f32], shape: [usize; 2], (max, scale): (f32, f64), part: &'static str) -> Html {
    let values: Rc<Vec<f32>> = Rc::new(values.to_vec());
    html! { <Cells {name} {values} {shape} {max} {scale} {part} /> }
}

/// Properties of [`Cells`].
#[derive(Clone, PartialEq, Properties)]
struct CellsProps {
    name: &'static str,
    values: Rc<Vec<f32>>,
    shape: [usize; 2],
    max: f32,
    scale: f64,
    part: &'static str,
}

#[component]
fn Cells(props: &CellsProps) -> Html {
    let CellsProps { name, values, shape, max, scale, part } = props.clone();
    let [h, w] = shape;
    let side = scale * CELL.min(KERNEL / h.max(w) as f64);
    let listed = values.iter().map(|v| number::short(f64::from(*v))).collect::<Vec<_>>().join(" ");
    let draw = use_callback((values, shape, max), |s: Surface, (values, shape, max)| {
        cells(&s, values, *shape, Rect { x: 0.5, y: 0.5, w: s.width - 1.0, h: s.height - 1.0 }, *max);
    });
    let style = format!("width: {}px; height: {}px", side * w as f64, (side * h as f64).max(16.0));
    html! {
        <figure class="walk-part">
            <figcaption class="small dim">{ name }{ format!(" ±{}", number::short(f64::from(max))) }</figcaption>
            <Canvas {draw} {style} label={format!("{name}: {listed}")} testid={testid::maps(part)} />
        </figure>
    }
}

/// Properties of [`Input`].
#[derive(Clone, PartialEq, Properties)]
struct InputProps {
    picture: Same<Vec<f32>>,
    sliding: Sliding,
    spot: Spot,
    channel: usize,
    channels: usize,
    max: f32,
    scale: f64,
    lang: Lang,
}

fn size([h, w]: [usize; 2], scale: f64) -> String {
    let scale = scale * PICTURE / h.max(w) as f64;
    format!("width: {}px; height: {}px", (scale * w as f64).max(16.0), (scale * h as f64).max(16.0))
}

/// One channel of the input with the window where it stands.
#[component]
fn Input(props: &InputProps) -> Html {
    let InputProps { picture, sliding, spot, channel, channels, max, scale, lang } = props.clone();
    let draw = use_callback((picture, sliding, spot, max), |s: Surface, (picture, sliding, spot, max)| {
        let ([h, w], window) = (size_in(sliding), &sliding.0);
        let (cw, ch) = (s.width / w as f64, s.height / h as f64);
        s.map(
            &Ramp::new(s.ink.zero).pixels(&picture.0, *max),
            w,
            h,
            Rect { x: 0.0, y: 0.0, w: s.width, h: s.height },
            false,
        );
        s.outline(Rect { x: 0.5, y: 0.5, w: s.width - 1.0, h: s.height - 1.0 }, &s.ink.rule, 1.0);
        let frame = |at: Rect| {
            s.outline(at, &s.ink.bg_hex(), 3.5);
            s.outline(at, &s.ink.ink, 1.6);
        };
        if sliding.1 == Slide::Stamp {
            let pixels = (0..window.taps()).filter_map(|t| source(sliding, *spot, t));
            pixels.for_each(|(r, c)| frame(Rect { x: c as f64 * cw, y: r as f64 * ch, w: cw, h: ch }));
            return;
        }
        let side = |axis: usize, at: usize, cell: f64| {
            let from = (at * window.stride[axis]) as f64 - window.pad[axis] as f64;
            let long = ((window.kernel[axis] - 1) * window.dilation[axis] + 1) as f64;
            (from * cell, long * cell)
        };
        let ((y, wh), (x, ww)) = (side(0, spot.row, ch), side(1, spot.column, cw));
        frame(Rect { x, y, w: ww, h: wh });
    });
    let name = words::INPUT.with(lang, &[("channel", &(channel + 1).to_string()), ("n", &channels.to_string())]);
    html! {
        <figure class="walk-part">
            <figcaption class="small dim">{ name.clone() }{ format!(" ±{}", number::short(f64::from(max))) }</figcaption>
            <Canvas {draw} style={size(size_in(&props.sliding), scale)} label={format!("{name} ±{}", number::short(f64::from(max)))} testid={testid::maps("input")} />
        </figure>
    }
}

/// Properties of [`Output`].
#[derive(Clone, PartialEq, Properties)]
struct OutputProps {
    seen: Same<Seen>,
    own: bool,
    spot: Spot,
    scale: f64,
    lang: Lang,
    onpin: Callback<Spot>,
    onhover: Callback<Option<Spot>>,
    onrelease: Option<Callback<()>>,
}

/// The map, to point at: its number under the pointer is the one that is worked out.
#[component]
fn Output(props: &OutputProps) -> Html {
    let OutputProps { seen, own, spot, scale, lang, onpin, onhover, onrelease } = props.clone();
    let [h, w, channels] = seen.0.shape;
    let node = use_node_ref();
    let draw = use_callback((seen, own, spot), |s: Surface, (seen, own, spot)| {
        let ([h, w, channels], seen) = (seen.0.shape, &seen.0);
        let max = scale_of(seen, *own, spot.channel);
        let values = channel(&seen.maps, channels, spot.channel);
        let at = Rect { x: 0.0, y: 0.0, w: s.width, h: s.height };
        s.map(&Ramp::new(s.ink.zero).pixels(&values, max), w, h, at, false);
        s.outline(Rect { x: 0.5, y: 0.5, w: s.width - 1.0, h: s.height - 1.0 }, &s.ink.rule, 1.0);
        let (cw, ch) = (s.width / w as f64, s.height / h as f64);
        let at = Rect { x: spot.column as f64 * cw, y: spot.row as f64 * ch, w: cw, h: ch };
        s.outline(at, &s.ink.bg_hex(), 3.5);
        s.outline(at, &s.ink.ink, 1.6);
    });
    let find = {
        let node = node.clone();
        move |(x, y): (f64, f64)| {
            let canvas = node.cast::<web_sys::HtmlCanvasElement>()?;
            let share =
                |at: f64, all: i32, n: usize| ((at / f64::from(all.max(1)) * n as f64).max(0.0) as usize).min(n - 1);
            let (column, row) = (share(x, canvas.client_width(), w), share(y, canvas.client_height(), h));
            Some(Spot { row, column, channel: spot.channel })
        }
    };
    let onhover = {
        let find = find.clone();
        onhover.reform(move |at: Option<(f64, f64)>| at.and_then(&find))
    };
    let onpick = Callback::from(move |at: (f64, f64)| {
        if let Some(spot) = find(at) {
            onpin.emit(spot);
        }
    });
    let name = words::OUTPUT.with(lang, &[("channel", &(spot.channel + 1).to_string()), ("n", &channels.to_string())]);
    html! {
        <figure class="walk-part">
            <figcaption class="small dim">{ name.clone() }</figcaption>
            <Canvas {draw} style={size([h, w], scale)} class="pickable" label={name} {node} {onhover} {onpick} {onrelease} testid={testid::maps("output")} />
        </figure>
    }
}
