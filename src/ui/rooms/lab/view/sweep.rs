//! The map of the sweep: depth × gain, filling while it is computed, with theory's line over it.
//!
//! The picture is a canvas; above it lies a grid of buttons, one a cell, so that cells can be reached by keyboard and
//! read aloud. Not responsible for training (`sweeper`).

use super::LabProps;
use crate::i18n::{Lang, lab as words, sets};
use crate::ui::form::{Choice, Item};
use crate::ui::hooks::{use_pin, use_stages};
use crate::ui::panels::Panel;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::{self, NOT_FINITE, Rgb};
use crate::ui::plots::number;
use crate::ui::plots::reading::Hand;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::rooms::lab::state::LabMsg;
use crate::ui::rooms::lab::sweep::{Cell, DEPTHS, GAINS, LEARNT, STEPS, Sweep};
use crate::ui::rooms::lab::view::profile::use_maps;
use crate::ui::same::Same;
use crate::ui::{queue, testid};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Room around the map: left for depths, below for gains.
const LEFT_PX: f64 = 34.0;
const TOP_PX: f64 = 18.0;
const RIGHT_PX: f64 = 8.0;
const BOTTOM_PX: f64 = 34.0;

/// See the module.
#[component]
pub fn SweepPanel(props: &LabProps) -> Html {
    let LabProps { state, emit, lang } = props;
    let lang = *lang;
    let n = number::integer((DEPTHS.len() * GAINS.len()) as u64);
    let running = state.sweep.as_ref().is_some_and(|s| s.running);
    let items: Vec<Item> = STEPS.iter().map(|s| Item::new(s.to_string(), s.to_string())).collect();
    let onsteps = emit.reform(|v: String| LabMsg::SweepSteps(v.parse().unwrap_or(STEPS[1])));
    let tools = if running {
        html! {
            <button type="button" class="button small" data-testid={testid::LAB_SWEEP_CANCEL}
                onclick={emit.reform(|_: MouseEvent| LabMsg::SweepCancel)}>{ words::SWEEP_CANCEL.get(lang) }</button>
        }
    } else {
        html! {
            <button type="button" class="button small" data-testid={testid::LAB_SWEEP_START}
                title={words::SWEEP_START_HELP.with(lang, &[("n", &n)])}
                onclick={emit.reform(|_: MouseEvent| LabMsg::SweepStart)}>{ words::SWEEP_START.get(lang) }</button>
        }
    };
    let body = match &state.sweep {
        None => html! { <p class="lab-note">{ words::SWEEP_EMPTY.with(lang, &[("n", &n)]) }</p> },
        Some(sweep) => html! { <Map sweep={sweep.clone()} emit={emit.clone()} {lang} /> },
    };
    html! {
        <Panel id={testid::LAB_SWEEP} title={words::SWEEP.get(lang)} {tools} what={words::SWEEP_WHAT.get(lang)} enlarge=true
            export=true>
            <div class="lab-sweep-steps">
                <Choice id={testid::LAB_SWEEP_STEPS} label={words::SWEEP_STEPS.get(lang)} {items}
                    value={state.sweep_steps.to_string()} onchange={onsteps} />
            </div>
            { body }
            { for state.sweep_error.as_ref().map(|e| html! { <p class="lab-trouble" role="alert">{ e.words(lang) }</p> }) }
        </Panel>
    }
}

#[derive(Clone, Properties)]
struct MapProps {
    sweep: Rc<Sweep>,
    emit: Callback<LabMsg>,
    lang: Lang,
}

impl PartialEq for MapProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.sweep, &other.sweep) && self.emit == other.emit && self.lang == other.lang
    }
}

#[component]
fn Map(props: &MapProps) -> Html {
    let MapProps { sweep, emit, lang } = props;
    let lang = *lang;
    let maps = use_maps(sweep.plan.base.activation);
    let critical = use_memo((sweep.plan.base, Same(maps)), {
        let plan = sweep.plan;
        move |(_, maps)| plan.critical_gain(&maps.0)
    });
    // The buttons come in a task of their own.
    let stage = use_stages(1);
    // What was clicked is loaded into A, and stays what is read.
    let pin = use_pin::<usize>();
    let deps = (Same(sweep.clone()), *critical, lang);
    let draw = use_callback(deps, |s: Surface, (sweep, critical, lang)| draw(&s, &sweep.0, *critical, *lang));
    let read = pin.at().map_or_else(|| words::CELL_PICK.get(lang).to_string(), |cell| say(sweep, cell, lang));
    let (done, all) = (sweep.done(), sweep.cells.len());
    let plan = &sweep.plan;
    let set = sets::set_text(plan.shared.set).map_or(plan.shared.set, |t| t.name.get(lang));
    let gain = critical.map(number::short);
    let of = if gain.is_some() { words::SWEEP_OF } else { words::SWEEP_OF_PLAIN };
    let args = [
        ("act", plan.base.activation.name()),
        ("width", &plan.base.width.to_string()),
        ("set", set),
        ("steps", &plan.steps.to_string()),
        ("gain", gain.as_deref().unwrap_or("")),
    ];
    html! {<>
        <div class="plot-stack lab-map">
            <Canvas {draw} label={of.with(lang, &args)} weight=2.0 />
            if stage > 0 {
                <Cells sweep={sweep.clone()} emit={emit.clone()} {lang} pinned={pin.pinned()}
                    onpoint={pin.does(Hand::Point)} onpin={pin.does(|cell| Hand::Pick(Some(cell)))} />
            }
        </div>
        <p class="legend">
            <span data-testid={testid::LAB_SWEEP_PROGRESS}>
                { words::PROGRESS.with(lang, &[("done", &done.to_string()), ("all", &all.to_string())]) }
            </span>
            if sweep.running { <progress value={done.to_string()} max={all.to_string()} aria-hidden="true" /> }
            { scale(lang) }
        </p>
        <p class="lab-note"><span data-testid={testid::LAB_SWEEP_READOUT}>{ read }</span>{ " " }{ pin.mark(testid::LAB_SWEEP, lang) }</p>
        <p class="lab-note">{ of.with(lang, &args) }</p>
    </>}
}

/// Full colour for what has learnt everything, faint for what has learnt nothing.
fn cell_color(share: f64) -> Rgb {
    color::viridis(1.0 - share as f32)
}

fn scale(lang: Lang) -> Html {
    let stops: Vec<String> = (0..=8).map(|i| color::hex(cell_color(f64::from(i) / 8.0))).collect();
    let ramp = format!("background: linear-gradient(90deg, {})", stops.join(", "));
    let diverged = format!("background: {}", color::hex(NOT_FINITE));
    html! {<>
        <span>{ words::SWEEP_SCALE.get(lang) }{ " 0" }<i class="ramp" style={ramp}></i>{ "1" }</span>
        <span><i class="lab-dot"></i>{ words::SWEEP_LEARNT.get(lang) }</span>
        <span><i class="key" style={diverged}></i>{ words::CELL_DIVERGED.get(lang) }</span>
    </>}
}

/// A cell in words.
fn say(sweep: &Sweep, cell: usize, lang: Lang) -> String {
    let now = sweep.cells.get(cell).copied().unwrap_or(Cell::Waiting);
    let what = match now {
        Cell::Waiting => words::CELL_WAITING.get(lang).to_string(),
        Cell::Running => words::CELL_RUNNING.get(lang).to_string(),
        Cell::Diverged => words::CELL_DIVERGED.get(lang).to_string(),
        Cell::Refused => words::CELL_REFUSED.get(lang).to_string(),
        Cell::Done { before, after } => {
            let short = |v: f32| number::short(f64::from(v));
            let share = sweep.plan.share(now).map_or(String::new(), number::percent);
            words::CELL_DONE.with(lang, &[("before", &short(before)), ("after", &short(after)), ("share", &share)])
        }
    };
    let (depth, gain) = (DEPTHS[cell / GAINS.len()], GAINS[cell % GAINS.len()]);
    words::CELL.with(lang, &[("depth", &depth.to_string()), ("gain", &gain.to_string()), ("what", &what)])
}

#[derive(Clone, Properties)]
struct CellsProps {
    sweep: Rc<Sweep>,
    emit: Callback<LabMsg>,
    lang: Lang,
    pinned: Option<usize>,
    onpoint: Callback<Option<usize>>,
    onpin: Callback<usize>,
}

impl PartialEq for CellsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.sweep, &other.sweep) && self.lang == other.lang && self.pinned == other.pinned
    }
}

/// The buttons: arrow keys move among them, deepest row at the top.
#[component]
fn Cells(props: &CellsProps) -> Html {
    let CellsProps { sweep, emit, lang, pinned, onpoint, onpin } = props;
    let focus = use_state_eq(|| 0usize);
    let node = use_node_ref();
    let onkeydown = {
        let (focus, node) = (focus.clone(), node.clone());
        Callback::from(move |e: KeyboardEvent| {
            let (row, column) = (*focus / GAINS.len(), *focus % GAINS.len());
            let (row, column) = match e.key().as_str() {
                "ArrowRight" => (row, (column + 1).min(GAINS.len() - 1)),
                "ArrowLeft" => (row, column.saturating_sub(1)),
                "ArrowUp" => ((row + 1).min(DEPTHS.len() - 1), column),
                "ArrowDown" => (row.saturating_sub(1), column),
                _ => return,
            };
            e.prevent_default();
            let next = row * GAINS.len() + column;
            focus.set(next);
            let selector = format!("[data-testid=\"{}\"]", testid::lab_sweep_cell(next));
            let button = node.cast::<web_sys::Element>().and_then(|n| n.query_selector(&selector).ok().flatten());
            if let Some(button) = button.and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok()) {
                // A button that cannot be focused has gone from the page.
                let _ = button.focus();
            }
        })
    };
    let one = |cell: usize| {
        let tabindex = if cell == *focus { "0" } else { "-1" };
        let (emit, onpin) = (emit.clone(), onpin.clone());
        let pick = Callback::from(move |_: MouseEvent| {
            onpin.emit(cell);
            // The pin is a drawing of the whole map, and this a new run: each is a task of its own.
            let emit = emit.clone();
            queue::later(move || emit.emit(LabMsg::SweepPick(cell)));
        });
        let (focused, focus) = (onpoint.clone(), focus.clone());
        let onfocus = Callback::from(move |_: FocusEvent| {
            focus.set(cell);
            focused.emit(Some(cell));
        });
        html! {
            <button key={cell} type="button" data-testid={testid::lab_sweep_cell(cell)} {tabindex}
                class={classes!((*pinned == Some(cell)).then_some("pinned"))}
                aria-label={say(sweep, cell, *lang)} onclick={pick} {onfocus}
                onmouseenter={onpoint.reform(move |_: MouseEvent| Some(cell))} />
        }
    };
    let rows = (0..DEPTHS.len()).rev().flat_map(|row| (0..GAINS.len()).map(move |column| row * GAINS.len() + column));
    let style = format!(
        "inset: {TOP_PX}px {RIGHT_PX}px {BOTTOM_PX}px {LEFT_PX}px; grid-template-columns: repeat({}, 1fr); grid-template-rows: repeat({}, 1fr)",
        GAINS.len(),
        DEPTHS.len()
    );
    html! {
        <div class="lab-cells" ref={node} role="group" aria-label={words::SWEEP.get(*lang)} {style} {onkeydown}
            onmouseleave={onpoint.reform(|_: MouseEvent| None)}>{ for rows.map(one) }</div>
    }
}

fn draw(s: &Surface, sweep: &Sweep, critical: Option<f64>, lang: Lang) {
    let map = Rect { x: LEFT_PX, y: TOP_PX, w: s.width - LEFT_PX - RIGHT_PX, h: s.height - TOP_PX - BOTTOM_PX };
    let (w, h) = (map.w / GAINS.len() as f64, map.h / DEPTHS.len() as f64);
    for (i, cell) in sweep.cells.iter().enumerate() {
        let (row, column) = (i / GAINS.len(), i % GAINS.len());
        let at = Rect {
            x: map.x + w * column as f64 + 0.5,
            y: map.y + h * (DEPTHS.len() - 1 - row) as f64 + 0.5,
            w: w - 1.0,
            h: h - 1.0,
        };
        let middle = (at.x + at.w / 2.0, at.y + at.h / 2.0);
        match (cell, sweep.plan.share(*cell)) {
            (Cell::Waiting, _) => s.outline(at, &s.ink.rule, 1.0),
            (Cell::Running, _) => s.outline(at, &s.ink.ink, 2.0),
            (Cell::Refused, _) => s.text("–", middle.0, middle.1, Align::Middle, &s.ink.dim),
            (Cell::Diverged, _) | (Cell::Done { .. }, None) => s.fill(at, &color::hex(NOT_FINITE)),
            (Cell::Done { .. }, Some(share)) => {
                let rgb = cell_color(share);
                s.fill(at, &color::hex(rgb));
                if share < LEARNT {
                    let dot = if color::wants_dark_text(rgb) { "#1d232b" } else { "#ffffff" };
                    s.marker(color::Marker::Circle, middle, 2.5, dot, dot, 0.0);
                }
            }
        }
    }
    axes(s, sweep, map, (w, h), lang);
    let Some(gain) = critical else { return };
    // Columns are even steps of the gain's logarithm.
    let step = (GAINS[GAINS.len() - 1] / GAINS[0]).ln() / (GAINS.len() - 1) as f64;
    let x = map.x + w * ((gain / GAINS[0]).ln() / step + 0.5);
    if x < map.x || x > map.x + map.w {
        return;
    }
    // Light below dark, so that the line is seen on every colour.
    s.line((x, map.y - 4.0), (x, map.y + map.h), "#ffffff", 3.5);
    s.dash(&[6.0, 4.0]);
    s.line((x, map.y - 4.0), (x, map.y + map.h), "#1d232b", 1.8);
    s.dash(&[]);
    s.text_on_lines("χ = 1", x + 4.0, map.y - 8.0, Align::Start, &s.ink.ink);
}

fn axes(s: &Surface, sweep: &Sweep, map: Rect, (w, h): (f64, f64), lang: Lang) {
    for (row, depth) in DEPTHS.iter().enumerate() {
        let y = map.y + h * (DEPTHS.len() - 1 - row) as f64 + h / 2.0;
        s.text(&depth.to_string(), map.x - 6.0, y, Align::End, &s.ink.dim);
    }
    let every = (34.0 / w).ceil().max(1.0) as usize;
    for (column, gain) in GAINS.iter().enumerate() {
        // Around gain 1, which is always named.
        if column.abs_diff(6) % every == 0 {
            let x = map.x + w * (column as f64 + 0.5);
            s.text(&gain.to_string(), x, map.y + map.h + 10.0, Align::Middle, &s.ink.dim);
        }
    }
    s.text(words::DEPTH_AXIS.get(lang), 2.0, 8.0, Align::Start, &s.ink.dim);
    let gain = words::GAIN_AXIS.with(lang, &[("init", sweep.plan.init_kind().name())]);
    s.text(&gain, map.x + map.w / 2.0, s.height - 7.0, Align::Middle, &s.ink.dim);
}
