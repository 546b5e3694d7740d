//! All filters of a layer side by side on one canvas: hovered for values, clicked to be seen large.
//!
//! Not responsible for choosing layer and view (`filters.rs`) nor for the large one (`detail.rs`).

use super::{FIRST, View};
use crate::i18n::{Lang, between, filters as words};
use crate::ui::hooks::use_pin;
use crate::ui::inside::bank::{Bank, Sheet, range, reach};
use crate::ui::panels::network::tiles::Ramp;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color;
use crate::ui::plots::number;
use crate::ui::plots::numbers::{self, light};
use crate::ui::plots::reading::Hand;
use crate::ui::plots::surface::{Align, Rect, Surface, push_pixel};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Longer side of a picture, CSS pixels: alone, and in the matrix.
const SIDE: f64 = 44.0;
const SIDE_MATRIX: f64 = 24.0;
/// Room for the number under a picture.
const TEXT: f64 = 13.0;
/// Room for numbers at the left of and above the matrix.
const GUTTER: f64 = 26.0;
/// Most pictures, so that the page stays quick whatever the layer.
const MOST: usize = 1024;

/// What the canvas shows.
pub struct Shown {
    /// The whole weight.
    pub weight: Rc<[f32]>,
    /// Its layout.
    pub bank: Bank,
    /// How it is shown.
    pub view: View,
    /// Whether every picture has its own scale.
    pub own: bool,
    /// Full colour of the common scale.
    pub max: f32,
    /// Filter and channel of every picture.
    pub items: Vec<(usize, usize)>,
    sheet: Sheet,
}

impl Shown {
    /// At most `limit` pictures, on a canvas this wide.
    pub fn new(weight: Rc<[f32]>, bank: Bank, view: View, own: bool, limit: usize, width: f64) -> Shown {
        let limit = limit.min(MOST);
        // An enlarged panel shows them larger, not only more beside each other.
        let grown = (width / 460.0).clamp(1.0, 2.0);
        let (items, sheet): (Vec<_>, Sheet) = match view {
            View::Channel(c) => {
                let items: Vec<_> = (0..bank.filters.min(limit)).map(|o| (o, c)).collect();
                let sheet = Sheet::new(width, items.len(), bank.kernel, grown * SIDE, TEXT);
                (items, sheet)
            }
            View::Colour => {
                let items: Vec<_> = (0..bank.filters.min(limit)).map(|o| (o, 0)).collect();
                let sheet = Sheet::new(width, items.len(), bank.kernel, grown * SIDE, TEXT);
                (items, sheet)
            }
            View::Matrix => {
                // A matrix grows in both directions: its side is the root of the number of pictures.
                let side = (((limit / FIRST).max(1) as f64).sqrt() * 16.0) as usize;
                let fit = Sheet::new(width - GUTTER, usize::MAX, bank.kernel, grown * SIDE_MATRIX, 0.0).columns;
                let columns = bank.channels.min(side).min(fit).max(1);
                let rows = bank.filters.min(side);
                let items = (0..rows).flat_map(|o| (0..columns).map(move |c| (o, c))).collect();
                let sheet = Sheet::new(width - GUTTER, rows * columns, bank.kernel, grown * SIDE_MATRIX, 0.0);
                (items, Sheet { columns, ..sheet })
            }
        };
        let max = reach(&weight);
        Shown { weight, bank, view, own, max, items, sheet }
    }

    fn gutter(&self) -> (f64, f64) {
        if self.view == View::Matrix { (GUTTER, 16.0) } else { (0.0, 0.0) }
    }

    fn height(&self) -> f64 {
        (self.sheet.height() + self.gutter().1).ceil()
    }

    /// Whether everything is shown.
    fn is_whole(&self) -> bool {
        let all = if self.view == View::Matrix { self.bank.filters * self.bank.channels } else { self.bank.filters };
        self.items.len() >= all
    }

    /// Filter, channel and tap under a point.
    fn under(&self, (x, y): (f64, f64)) -> Option<(usize, usize, usize)> {
        let (left, top) = self.gutter();
        let (i, u, v) = self.sheet.under((x - left, y - top))?;
        let [h, w] = self.bank.kernel;
        let (o, c) = *self.items.get(i)?;
        Some((o, c, (v * h as f64) as usize * w + (u * w as f64) as usize))
    }

    /// Middle of a filter's tap, where it is shown.
    fn place(&self, (o, c, tap): (usize, usize, usize)) -> Option<(f64, f64)> {
        let all_channels = self.view == View::Colour;
        let i = self.items.iter().position(|at| at.0 == o && (all_channels || at.1 == c))?;
        let ((left, top), (x, y), [h, w]) = (self.gutter(), self.sheet.at(i), self.bank.kernel);
        let part = |at: usize, of: usize| (at as f64 + 0.5) / of as f64;
        Some((left + x + self.sheet.w * part(tap % w, w), top + y + self.sheet.h * part(tap / w, h)))
    }

    /// Full colour of a filter's pictures.
    pub fn scale_of(&self, o: usize, c: usize) -> f32 {
        match (self.own, self.view) {
            (false, _) => self.max,
            (true, View::Colour) => reach(&self.bank.filter(&self.weight, o)),
            (true, View::Channel(_) | View::Matrix) => reach(self.bank.tile(&self.weight, o, c)),
        }
    }
}

/// One filter over `at`, for one channel or with its three channels as light.
pub fn paint(s: &Surface, shown: &Shown, weight: &[f32], (o, c): (usize, usize), at: Rect, max: f32, ramp: &Ramp) {
    let [h, w] = shown.bank.kernel;
    let rgba = if shown.view == View::Colour {
        let of = |c: usize| shown.bank.tile(weight, o, c);
        let mut rgba = Vec::with_capacity(4 * h * w);
        for ((r, g), b) in of(0).iter().zip(of(1)).zip(of(2)) {
            push_pixel(&mut rgba, light([*r, *g, *b], max));
        }
        rgba
    } else {
        ramp.pixels(shown.bank.tile(weight, o, c), max)
    };
    s.map(&rgba, w, h, at, false);
    s.outline(at, &s.ink.rule, 1.0);
}

fn draw(s: &Surface, shown: &Shown, picked: (usize, usize)) {
    let (left, top) = shown.gutter();
    let ramp = Ramp::new(s.ink.zero);
    for (i, (o, c)) in shown.items.iter().enumerate() {
        let (x, y) = shown.sheet.at(i);
        let at = Rect { x: x + left + 0.5, y: y + top + 0.5, w: shown.sheet.w - 1.0, h: shown.sheet.h - 1.0 };
        paint(s, shown, &shown.weight, (*o, *c), at, shown.scale_of(*o, *c), &ramp);
        let is_picked = if shown.view == View::Matrix { (*o, *c) == picked } else { *o == picked.0 };
        if is_picked {
            s.outline(Rect { x: at.x - 1.0, y: at.y - 1.0, w: at.w + 2.0, h: at.h + 2.0 }, &s.ink.ink, 2.0);
        }
        let ink = if is_picked { &s.ink.ink } else { &s.ink.dim };
        if shown.view != View::Matrix {
            s.text(&(o + 1).to_string(), at.x + at.w / 2.0, at.y + at.h + TEXT / 2.0 + 1.0, Align::Middle, ink);
            continue;
        }
        if i < shown.sheet.columns {
            s.text(&(c + 1).to_string(), at.x + at.w / 2.0, top / 2.0, Align::Middle, &s.ink.dim);
        }
        if *c == 0 {
            s.text(&(o + 1).to_string(), left - 6.0, at.y + at.h / 2.0, Align::End, &s.ink.dim);
        }
    }
}

/// Properties of [`Grid`].
#[derive(Clone, PartialEq, Properties)]
pub struct GridProps {
    /// What to show.
    pub shown: Same<Shown>,
    /// Filter and channel that are large.
    pub picked: (usize, usize),
    /// Name of the layer.
    pub name: AttrValue,
    /// Step of the weights.
    pub step: u64,
    /// Language.
    pub lang: Lang,
    /// Another filter and channel.
    pub onpick: Callback<(usize, usize)>,
    /// Another limit.
    pub onmore: Callback<usize>,
}

/// See the module.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let GridProps { shown, picked, name, step, lang, .. } = props.clone();
    let pin = use_pin::<(usize, usize, usize)>();
    let draw = use_callback((shown.clone(), picked, pin.pinned()), |s: Surface, (shown, picked, pinned)| {
        draw(&s, &shown.0, *picked);
        if let Some(at) = pinned.and_then(|p| shown.0.place(p)) {
            s.pin(at);
        }
    });
    let onhover = {
        let shown = shown.clone();
        pin.does(move |at: Option<(f64, f64)>| Hand::Point(at.and_then(|at| shown.0.under(at))))
    };
    let onpick = {
        let (emit, shown, keep) = (props.onpick.clone(), shown.clone(), pin.does(Hand::Pick));
        Callback::from(move |at: (f64, f64)| {
            let found = shown.0.under(at);
            found.iter().for_each(|(o, c, _)| emit.emit((*o, *c)));
            keep.emit(found);
        })
    };
    let onrelease = pin.onrelease();
    let s = &shown.0;
    let [h, w] = s.bank.kernel;
    let (low, high) = range(&s.weight);
    let (low, high) = (number::short(f64::from(low)), number::short(f64::from(high)));
    let label = words::LABEL.with(
        lang,
        &[
            ("n", &s.items.len().to_string()),
            ("layer", &name),
            ("h", &h.to_string()),
            ("w", &w.to_string()),
            ("low", &low),
            ("high", &high),
            ("step", &number::integer(step)),
        ],
    );
    let style = format!("height: {}px", s.height());
    html! {<>
        <Canvas {draw} {style} class="filters-grid" {label} {onhover} {onpick} {onrelease} testid={testid::filters("grid")}
            weight={1.0 + s.items.len() as f64 / 100.0} />
        { more(s, props.onmore.clone(), lang) }
        { legend(s, pin.at(), pin.mark(&testid::filters("grid"), lang), picked, lang) }
    </>}
}

fn more(s: &Shown, onmore: Callback<usize>, lang: Lang) -> Html {
    let shown = if s.view == View::Matrix { s.items.len() / s.sheet.columns } else { s.items.len() };
    let (fewer, can_grow) = (shown > FIRST, !s.is_whole() && s.items.len() < MOST && shown < s.bank.filters);
    if s.is_whole() && !fewer {
        return Html::default();
    }
    let (n, all) = (number::integer(shown as u64), number::integer(s.bank.filters as u64));
    let mut next = FIRST;
    while next <= s.items.len() {
        next *= 2;
    }
    let cut = (s.view == View::Matrix && s.sheet.columns < s.bank.channels).then(|| {
        let (n, all) = (s.sheet.columns.to_string(), number::integer(s.bank.channels as u64));
        format!("{}{}", between(lang), words::CHANNELS_CUT.with(lang, &[("n", &n), ("all", &all)]))
    });
    let on = |to: usize| onmore.reform(move |_: MouseEvent| to);
    html! {
        <p class="more-row">
            <span class="dim">{ words::SHOWN.with(lang, &[("n", &n), ("all", &all)]) }{ for cut }</span>
            if can_grow {
                <button type="button" class="quiet small" data-testid={testid::filters("more")} onclick={on(next)}>{ words::MORE.get(lang) }</button>
            }
            if fewer {
                <button type="button" class="quiet small" data-testid={testid::filters("fewer")} onclick={on(FIRST)}>{ words::FEWER.get(lang) }</button>
            }
        </p>
    }
}

/// The colour scale, and the value under the pointer.
fn legend(s: &Shown, hover: Option<(usize, usize, usize)>, mark: Html, picked: (usize, usize), lang: Lang) -> Html {
    let max = s.scale_of(picked.0, picked.1);
    let scale = if s.view == View::Colour {
        let end = number::short(f64::from(max));
        let grey = |i: i32| color::hex(light([i as f32 / 4.0; 3], 1.0));
        numbers::ramp(format!("−{end}"), (-4..=4).map(grey), end)
    } else {
        numbers::scale(max)
    };
    let read = hover.map(|(o, c, tap)| {
        let w = s.bank.kernel[1].max(1);
        let place = [("filter", o + 1), ("row", tap / w + 1), ("column", tap % w + 1)].map(|(k, v)| (k, v.to_string()));
        let value =
            |c: usize| s.bank.tile(&s.weight, o, c).get(tap).map_or(String::new(), |v| number::short(f64::from(*v)));
        let v = if s.view == View::Colour { [0, 1, 2].map(value).join(" · ") } else { value(c) };
        let channel = s.bank.sees(o, c) + 1;
        let text = if s.view == View::Colour { words::READ_COLOUR } else { words::READ };
        let args = [
            (place[0].0, place[0].1.as_str()),
            (place[1].0, &place[1].1),
            (place[2].0, &place[2].1),
            ("channel", &channel.to_string()),
            ("v", &v),
        ];
        text.with(lang, &args)
    });
    html! {
        <p class="legend">
            { scale }
            if s.view == View::Colour { <span class="wraps">{ words::LIGHT.get(lang) }</span> }
            if s.own { <span>{ words::OWN_NOTE.with(lang, &[("n", &(picked.0 + 1).to_string())]) }</span> }
            <span class="at-end" data-testid={testid::filters("readout")}>{ read.unwrap_or_else(|| words::HINT.get(lang).into()) }</span>
            { mark }
        </p>
    }
}
