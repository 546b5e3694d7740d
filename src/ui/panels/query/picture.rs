//! Numbers as bars, as a map, or as many maps: drawn on one canvas, read by pointing, pinned by a click.
//!
//! Not responsible for which number stands where (`layout.rs`).

use super::layout::{Kind, Layout};
use crate::i18n::{Lang, query as words};
use crate::protocol::Cut;
use crate::ui::hooks::{use_pin, use_width};
use crate::ui::inside::bank::{Sheet, range, reach};
use crate::ui::panels::network::tiles::Ramp;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color;
use crate::ui::plots::number;
use crate::ui::plots::numbers::{self, cells};
use crate::ui::plots::reading::Hand;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Maps side by side at most.
const MAPS_MAX: usize = 256;
/// Room for indices at the left and above, or below.
const GUTTER: f64 = 34.0;
const TEXT: f64 = 16.0;
/// Widest cell; a cell that holds digits; the highest map.
const CELL: f64 = 46.0;
const DIGITS: [f64; 2] = [35.0, 20.0];
const TALLEST: f64 = 400.0;
/// Height of bars.
const BARS: f64 = 150.0;
/// Longer side of one of many maps.
const SIDE: f64 = 60.0;

type At = (usize, usize, usize);

/// Where everything is.
#[derive(Clone, Debug, PartialEq)]
struct Frame {
    kind: Kind,
    /// The map, or the bars.
    plot: Rect,
    rows: usize,
    columns: usize,
    sheet: Sheet,
}

impl Frame {
    fn new(layout: &Layout, width: f64) -> Frame {
        let (rows, columns, kind) = (layout.rows(), layout.columns(), layout.kind());
        let grown = (width / 460.0).clamp(1.0, 2.0);
        let room = (width - GUTTER - 2.0).max(20.0);
        let cell_w = (room / columns as f64).min(CELL * grown);
        let digits = cell_w >= DIGITS[0] && rows as f64 * DIGITS[1] <= TALLEST * grown;
        let cell_h =
            if digits { DIGITS[1] * grown.min(1.4) } else { cell_w.min(TALLEST * grown / rows as f64).min(CELL / 2.0) };
        let plot = match kind {
            Kind::Bars => Rect { x: GUTTER + 18.0, y: TEXT, w: room - 18.0, h: BARS * grown },
            Kind::Number | Kind::Map | Kind::Maps => {
                Rect { x: GUTTER, y: TEXT, w: cell_w * columns as f64, h: (cell_h * rows as f64).max(8.0) }
            }
        };
        let count = layout.items().min(MAPS_MAX);
        Frame { kind, plot, rows, columns, sheet: Sheet::new(width, count, [rows, columns], grown * SIDE, TEXT) }
    }

    fn height(&self) -> f64 {
        match self.kind {
            Kind::Maps => self.sheet.height(),
            Kind::Bars => self.plot.y + self.plot.h + 2.0 * TEXT,
            Kind::Number | Kind::Map => self.plot.y + self.plot.h + 2.0,
        }
    }

    fn under(&self, (x, y): (f64, f64)) -> Option<At> {
        let cell = |u: f64, v: f64| {
            let inside = (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v);
            inside.then_some(((v * self.rows as f64) as usize, (u * self.columns as f64) as usize))
        };
        if self.kind == Kind::Maps {
            let (item, u, v) = self.sheet.under((x, y))?;
            return cell(u, v).map(|(r, c)| (item, r, c));
        }
        let p = self.plot;
        cell((x - p.x) / p.w, (y - p.y) / p.h).map(|(r, c)| (0, r, c))
    }

    /// The rectangle of a map.
    fn map(&self, item: usize) -> Rect {
        if self.kind != Kind::Maps {
            return self.plot;
        }
        let (x, y) = self.sheet.at(item);
        Rect { x: x + 0.5, y: y + 0.5, w: self.sheet.w - 1.0, h: self.sheet.h - 1.0 }
    }

    fn cell(&self, (item, row, column): At) -> Rect {
        let at = self.map(item);
        let (w, h) = (at.w / self.columns as f64, at.h / self.rows as f64);
        Rect { x: at.x + column as f64 * w, y: at.y + row as f64 * h, w, h }
    }
}

/// Properties of [`Picture`].
#[derive(Clone, PartialEq, Properties)]
pub struct PictureProps {
    pub id: usize,
    /// The value, as readouts call it.
    pub name: String,
    /// All of it in words.
    pub label: String,
    pub layout: Layout,
    pub cuts: Vec<Cut>,
    pub numbers: Same<[f32]>,
    /// Gradients are magenta.
    pub grad: bool,
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let PictureProps { id, name, label, layout, cuts, numbers, grad, lang } = props.clone();
    let node = use_node_ref();
    let width = use_width(&node, 420.0);
    let frame = use_memo((layout.clone(), width.round() as usize), |(layout, width)| Frame::new(layout, *width as f64));
    let pin = use_pin::<At>();
    let draw = {
        let layout = Rc::new(layout.clone());
        let key = (numbers.clone(), Same(frame.clone()), cuts.clone(), grad, pin.at(), pin.pinned(), (*layout).clone());
        use_callback(key, move |s: Surface, (numbers, frame, cuts, grad, at, pinned, layout)| {
            paint(&s, &frame.0, layout, cuts, &numbers.0, *grad);
            if let Some(at) = at {
                s.outline(frame.0.cell(*at), &s.ink.ink, 1.5);
            }
            if let Some(at) = pinned {
                let c = frame.0.cell(*at);
                s.pin((c.x + c.w / 2.0, c.y + c.h / 2.0));
            }
        })
    };
    let find = {
        let frame = frame.clone();
        move |at: (f64, f64)| frame.under(at)
    };
    let onhover = {
        let find = find.clone();
        pin.does(move |at: Option<(f64, f64)>| Hand::Point(at.and_then(&find)))
    };
    let onpick = pin.does(move |at: (f64, f64)| Hand::Pick(find(at)));
    let read = pin.at().map(|(i, r, c)| {
        let v = numbers.0.get(layout.at(i, r, c)).copied().unwrap_or(f32::NAN);
        format!("{name}{} = {}", layout.of_cell((i, r, c), &cuts), number::short(f64::from(v)))
    });
    let picture = testid::query(id, "picture");
    let one = frame.cell((0, 0, 0));
    let stride = if frame.kind == Kind::Bars { (one.w.max(1.0), 12.0) } else { (one.w.max(1.0), one.h.max(1.0)) };
    let shown = if frame.kind == Kind::Maps { frame.sheet.count } else { 1 };
    let (n, all) = (number::integer(shown as u64), number::integer(layout.items() as u64));
    html! {
        <div ref={node} class="query-picture">
            <Canvas {draw} style={format!("height: {:.0}px", frame.height())} class="query-canvas" {label} {onhover} {onpick}
                onrelease={pin.onrelease()} {stride} testid={picture.clone()} weight={1.0 + numbers.0.len() as f64 / 20_000.0} />
            <p class="legend">
                if frame.kind != Kind::Bars { { numbers::scale(reach(&numbers.0)) } }
                { for unit(&frame, &numbers.0).1.map(|unit| html! { <span>{ words::UNIT.with(lang, &[("unit", &unit)]) }</span> }) }
                <span class="at-end" data-testid={testid::query(id, "readout")}>{ read.unwrap_or_else(|| words::HINT.get(lang).into()) }</span>
                { pin.mark(&picture, lang) }
            </p>
            if shown < layout.items() { <p class="plot-note">{ words::MAPS_CUT.with(lang, &[("n", &n), ("all", &all)]) }</p> }
        </div>
    }
}

fn paint(s: &Surface, frame: &Frame, layout: &Layout, cuts: &[Cut], numbers: &[f32], grad: bool) {
    match frame.kind {
        Kind::Bars => bars(s, frame, layout, numbers, grad),
        Kind::Number | Kind::Map => {
            map(s, frame, &layout.map(numbers, 0), frame.plot, reach(numbers));
            indices(s, frame, layout);
        }
        Kind::Maps => {
            let max = reach(numbers);
            for item in 0..frame.sheet.count {
                let at = frame.map(item);
                map(s, frame, &layout.map(numbers, item), at, max);
                // Brackets around single places only: `3`, or `3, 0`.
                let name = layout.of_item(item, cuts).replace([':', '[', ']', ' '], "");
                let name = name.split(',').filter(|p| !p.is_empty()).collect::<Vec<_>>().join(",");
                let fits = s.fitted(&name, at.w + 4.0);
                s.text(&fits, at.x + at.w / 2.0, at.y + at.h + TEXT / 2.0, Align::Middle, &s.ink.dim);
            }
        }
    }
}

/// What written digits are multiplied by so that two decimals say something, and the unit that they stand in then.
fn unit(frame: &Frame, numbers: &[f32]) -> (f32, Option<String>) {
    let max = reach(numbers);
    let written = frame.plot.w / frame.columns as f64 >= DIGITS[0] && frame.kind != Kind::Maps;
    if !written || (0.0995..999.5).contains(&max) || max <= 1e-6 {
        return (1.0, None);
    }
    let power = max.log10().floor() as i32;
    (10_f32.powi(-power), Some(number::power_of_ten(power)))
}

fn map(s: &Surface, frame: &Frame, values: &[f32], at: Rect, max: f32) {
    let (w, h) = (at.w / frame.columns as f64, at.h / frame.rows as f64);
    if w >= DIGITS[0] && h >= 14.0 {
        let factor = unit(frame, values).0;
        let scaled: Vec<f32> = values.iter().map(|v| v * factor).collect();
        return cells(s, &scaled, [frame.rows, frame.columns], at, max * factor);
    }
    s.map(&Ramp::new(s.ink.zero).pixels(values, max), frame.columns, frame.rows, at, false);
    s.outline(at, &s.ink.rule, 1.0);
}

/// Indices of rows and columns, as many as have room.
fn indices(s: &Surface, frame: &Frame, layout: &Layout) {
    let p = frame.plot;
    let every = |count: usize, room: f64, one: f64| ((one * count as f64 / room).ceil() as usize).max(1);
    for r in (0..frame.rows).step_by(every(frame.rows, p.h, s.text_px() + 2.0)) {
        let y = p.y + p.h * (r as f64 + 0.5) / frame.rows as f64;
        s.text(&layout.row(r).to_string(), p.x - 6.0, y, Align::End, &s.ink.dim);
    }
    for c in (0..frame.columns).step_by(every(frame.columns, p.w, 26.0)) {
        let x = p.x + p.w * (c as f64 + 0.5) / frame.columns as f64;
        s.text(&layout.column(c).to_string(), x, p.y - TEXT / 2.0, Align::Middle, &s.ink.dim);
    }
}

fn bars(s: &Surface, frame: &Frame, layout: &Layout, numbers: &[f32], grad: bool) {
    let p = frame.plot;
    let (low, high) = range(numbers);
    let finite = |v: f32| if v.is_finite() { v } else { 0.0 };
    let (low, high) = (finite(low).min(0.0), finite(high).max(0.0));
    let span = f64::from(high - low).max(1e-30);
    let y = |v: f32| p.y + p.h * (f64::from(high) - f64::from(v)) / span;
    let n = numbers.len();
    let (w, factor) = (p.w / n as f64, unit(frame, numbers).0);
    let gap = if w > 6.0 { 2.0 } else { 0.0 };
    for (i, v) in numbers.iter().enumerate() {
        let x = p.x + i as f64 * w;
        if !v.is_finite() {
            s.fill(Rect { x, y: p.y, w: w.max(1.0), h: p.h }, &color::hex(color::NOT_FINITE));
            continue;
        }
        let (top, bottom) = (y(v.max(0.0)), y(v.min(0.0)));
        let ink = match (grad, *v < 0.0) {
            (true, _) => color::GRADIENT,
            (false, true) => color::NEGATIVE,
            (false, false) => color::POSITIVE,
        };
        s.fill(Rect { x: x + gap / 2.0, y: top, w: (w - gap).max(0.8), h: (bottom - top).max(0.8) }, &color::hex(ink));
        if w >= DIGITS[0] {
            let beside = if *v < 0.0 { bottom + 8.0 } else { top - 8.0 };
            s.text_on_lines(&number::brief(f64::from(*v * factor)), x + w / 2.0, beside, Align::Middle, &s.ink.ink);
        }
    }
    s.line((p.x, y(0.0)), (p.x + p.w, y(0.0)), &s.ink.dim, 1.0);
    for v in if low < 0.0 && high > 0.0 { vec![low, 0.0, high] } else { vec![low, high] } {
        s.text(&number::short(f64::from(v)), p.x - 5.0, y(v), Align::End, &s.ink.dim);
    }
    let every = ((30.0 * n as f64 / p.w).ceil() as usize).max(1);
    for i in (0..n).step_by(every) {
        let x = p.x + (i as f64 + 0.5) * w;
        s.text(&layout.column(i).to_string(), x, p.y + p.h + 1.5 * TEXT, Align::Middle, &s.ink.dim);
    }
}
