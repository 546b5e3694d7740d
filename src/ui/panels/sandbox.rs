//! A window to play with: input, kernel, stride, padding and dilation, the cells that feed a cell of the output, and the
//! formula of the output's size with its numbers.
//!
//! Has nothing to do with the network that runs. Not responsible for the arithmetic (`inside::sandbox`).

use super::Panel;
use crate::i18n::{Lang, sandbox as words};
use crate::spec::window::Window;
use crate::ui::form::NumberField;
use crate::ui::form::scale::Limits;
use crate::ui::hooks::use_pin;
use crate::ui::inside::sandbox::{MOST, Note, Settings};
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::reading::Hand;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::testid;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Longest side of the padded input, CSS pixels; widest cell.
const SIDE: f64 = 230.0;
const CELL: f64 = 26.0;

/// Properties of [`SandboxPanel`].
#[derive(Clone, PartialEq, Properties)]
pub struct SandboxProps {
    /// Language.
    pub lang: Lang,
}

/// The panel.
#[component]
pub fn SandboxPanel(props: &SandboxProps) -> Html {
    let lang = props.lang;
    let settings = use_state_eq(Settings::default);
    let pin = use_pin::<(usize, usize)>();
    let s = *settings;
    let window = s.window();
    let places = window.map_or(1, |w| w.output[0]);
    let within = |(row, column): (usize, usize)| (row.min(places - 1), column.min(places - 1));
    let at = within(pin.at().unwrap_or_default());
    let field = |i: usize| {
        let settings = settings.clone();
        let set = Callback::from(move |v: usize| {
            let mut next = *settings;
            *part(&mut next, i) = v;
            settings.set(next.clamped());
        });
        number_field(i, *part(&mut { s }, i), set, lang)
    };
    let sentences = s.notes().into_iter().map(|n| html! { <li>{ note(n, lang) }</li> });
    html! {
        <Panel id={testid::PANEL_SANDBOX} title={words::TITLE.get(lang)} what={words::WHAT.get(lang)} enlarge=true export=true>
            <div class="plot-controls">{ for (0..5).map(field) }</div>
            if let Some(window) = window {
                <Pictures {window} padding={s.padding} {at} {lang} pinned={pin.pinned().map(within)}
                    mark={pin.mark(&testid::sandbox("out"), lang)} onpoint={pin.does(Hand::Point)} onkeep={pin.does(Hand::Pick)} onrelease={pin.onrelease()} />
            }
            <p class="sandbox-formula"><span class="dim">{ words::SIZE.get(lang) }</span>{ " " }
                <code data-testid={testid::sandbox("formula")}>{ s.formula() }</code></p>
            <ul class={classes!("sandbox-notes", window.is_none().then_some("not-finite"))} data-testid={testid::sandbox("notes")}>{ for sentences }</ul>
        </Panel>
    }
}

fn part(s: &mut Settings, i: usize) -> &mut usize {
    match i {
        0 => &mut s.input,
        1 => &mut s.kernel,
        2 => &mut s.stride,
        3 => &mut s.padding,
        _ => &mut s.dilation,
    }
}

fn number_field(i: usize, value: usize, set: Callback<usize>, lang: Lang) -> Html {
    let names = [words::INPUT, words::KERNEL, words::STRIDE, words::PADDING, words::DILATION];
    let ids = ["input", "kernel", "stride", "padding", "dilation"];
    let limits = Limits::whole(if i == 3 { 0.0 } else { 1.0 }, MOST[i] as f64);
    let onchange = set.reform(|v: f64| v as usize);
    html! {
        <label class="counter">{ names[i].get(lang) }
            <NumberField bare=true at_rest=true id={testid::sandbox(ids[i])} {lang} label={names[i].get(lang)} value={value as f64}
                {limits} {onchange} />
        </label>
    }
}

fn note(n: Note, lang: Lang) -> String {
    match n {
        Note::TooLarge { covers, there_are } => {
            words::TOO_LARGE.with(lang, &[("covers", &covers.to_string()), ("n", &there_are.to_string())])
        }
        Note::LeftOver(n) => words::LEFT_OVER.with(lang, &[("n", &n.to_string())]),
        Note::Skips => words::SKIPS.get(lang).into(),
        Note::OnlyPadding => words::ONLY_PADDING.get(lang).into(),
        Note::SameSize => words::SAME_SIZE.get(lang).into(),
    }
}

/// Properties of [`Pictures`].
#[derive(Clone, PartialEq, Properties)]
struct PicturesProps {
    window: Window,
    padding: usize,
    at: (usize, usize),
    lang: Lang,
    pinned: Option<(usize, usize)>,
    mark: Html,
    onpoint: Callback<Option<(usize, usize)>>,
    onkeep: Callback<Option<(usize, usize)>>,
    onrelease: Option<Callback<()>>,
}

/// The padded input with the window, and the output to point at.
#[component]
fn Pictures(props: &PicturesProps) -> Html {
    let PicturesProps { window, padding, at, lang, pinned, mark, onpoint, onkeep, onrelease } = props.clone();
    let padded = window.input[0] + 2 * padding;
    let places = window.output[0];
    let cell = CELL.min(SIDE / padded as f64);
    let node = use_node_ref();
    let input = use_callback((window, padding, at), |s: Surface, (window, padding, at)| {
        draw_input(&s, window, *padding, *at);
    });
    let output = use_callback((window, at, pinned), |s: Surface, (window, at, pinned)| {
        draw_output(&s, window, *at);
        let middle = |i: usize| s.width * (i as f64 + 0.5) / window.output[0] as f64;
        pinned.iter().for_each(|(row, column)| s.pin((middle(*column), middle(*row))));
    });
    let find = {
        let node = node.clone();
        move |(x, y): (f64, f64)| {
            let side = f64::from(node.cast::<HtmlCanvasElement>()?.client_width().max(1));
            let cell = |v: f64| ((v / side * places as f64).max(0.0) as usize).min(places - 1);
            Some((cell(y), cell(x)))
        }
    };
    let onhover = {
        let find = find.clone();
        onpoint.reform(move |at: Option<(f64, f64)>| at.and_then(&find))
    };
    let onpick = onkeep.reform(find);
    let square = |n: usize| format!("width: {0}px; height: {0}px", cell * n as f64);
    let cells: Vec<String> = fed(&window, at).map(|(r, c)| format!("({}, {})", r + 1, c + 1)).collect();
    let (row, column) = ((at.0 + 1).to_string(), (at.1 + 1).to_string());
    let feeds = words::FEEDS.with(lang, &[("row", &row), ("column", &column), ("n", &cells.len().to_string())]);
    html! {
        <>
            <div class="walk">
                <figure class="walk-part">
                    <figcaption class="small dim">{ words::PADDED.with(lang, &[("n", &window.input[0].to_string()), ("p", &padding.to_string())]) }</figcaption>
                    <Canvas draw={input} style={square(padded)} label={format!("{feeds}: {}", cells.join(" "))} testid={testid::sandbox("in")} />
                </figure>
                <span class="walk-sign">{ "→" }</span>
                <figure class="walk-part">
                    <figcaption class="small dim">{ words::OUTPUT.with(lang, &[("n", &places.to_string())]) }</figcaption>
                    <Canvas draw={output} style={square(places)} class="pickable" label={words::POINT.get(lang)} {node} {onhover} {onpick} {onrelease}
                        testid={testid::sandbox("out")} />
                </figure>
            </div>
            <p class="small"><span data-testid={testid::sandbox("feeds")}>{ feeds }</span>{ " " }{ mark }</p>
        </>
    }
}

/// Cells of the input under the window; padding is none.
fn fed(w: &Window, (row, column): (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    let w = *w;
    (0..w.taps()).filter_map(move |t| Some((w.under(0, row, t / w.kernel[1])?, w.under(1, column, t % w.kernel[1])?)))
}

fn grid(s: &Surface, n: usize, color: impl Fn(usize, usize) -> String) {
    let cell = s.width / n as f64;
    s.fill(Rect { x: 0.0, y: 0.0, w: s.width, h: s.height }, &s.ink.rule);
    for row in 0..n {
        for column in 0..n {
            let at = Rect { x: column as f64 * cell, y: row as f64 * cell, w: cell - 1.0, h: cell - 1.0 };
            s.fill(at, &color(row, column));
        }
    }
}

fn draw_input(s: &Surface, w: &Window, padding: usize, (row, column): (usize, usize)) {
    let n = w.input[0] + 2 * padding;
    let taps: Vec<(usize, usize)> = (0..w.taps())
        .map(|t| {
            let [y, x] = [(row, t / w.kernel[1]), (column, t % w.kernel[1])]
                .map(|(at, tap)| at * w.stride[0] + tap * w.dilation[0]);
            (y, x)
        })
        .collect();
    let outside = |v: usize| v < padding || v >= padding + w.input[0];
    grid(s, n, |r, c| {
        let ink = match (taps.contains(&(r, c)), outside(r) || outside(c)) {
            (true, false) => &s.ink.pos,
            (true, true) => &s.ink.dim,
            (false, true) => return s.ink.bg_hex(),
            (false, false) => &s.ink.card,
        };
        ink.clone()
    });
    let cell = s.width / n as f64;
    let (x, side) = (padding as f64 * cell - 0.5, w.input[0] as f64 * cell);
    s.outline(Rect { x, y: x, w: side, h: side }, &s.ink.dim, 1.0);
    if cell >= 14.0 {
        for r in (0..n).filter(|_| padding > 0) {
            for c in (0..n).filter(|c| outside(r) || outside(*c)) {
                let ink = if taps.contains(&(r, c)) { &s.ink.card } else { &s.ink.dim };
                s.text("0", (c as f64 + 0.5) * cell - 0.5, (r as f64 + 0.5) * cell, Align::Middle, ink);
            }
        }
    }
}

fn draw_output(s: &Surface, w: &Window, at: (usize, usize)) {
    let n = w.output[0];
    grid(s, n, |r, c| if (r, c) == at { s.ink.pos.clone() } else { s.ink.card.clone() });
    s.outline(Rect { x: 0.5, y: 0.5, w: s.width - 1.0, h: s.height - 1.0 }, &s.ink.dim, 1.0);
}
