//! A few numbers as coloured cells with their digits, and the colour scale beside them.
//!
//! Not responsible for which numbers.

use super::color::{self, Rgb};
use super::ink::Ink;
use super::number;
use super::surface::{Align, Rect, Surface};
use yew::prelude::*;

/// Narrowest cell in which digits are written.
const DIGITS_PX: f64 = 30.0;

/// `rows × columns` numbers over `at`; `max` is full colour. Cells that are wide enough say their number.
pub fn cells(s: &Surface, values: &[f32], [rows, columns]: [usize; 2], at: Rect, max: f32) {
    let (w, h) = (at.w / columns.max(1) as f64, at.h / rows.max(1) as f64);
    for (i, v) in values.iter().take(rows * columns).enumerate() {
        let rgb = color::diverging(v / max, s.ink.zero);
        let (x, y) = (at.x + (i % columns) as f64 * w, at.y + (i / columns) as f64 * h);
        s.fill(Rect { x, y, w: w + 0.3, h: h + 0.3 }, &color::hex(rgb));
        if w >= DIGITS_PX && h >= 14.0 {
            let ink = if color::wants_dark_text(rgb) { "#1d232b" } else { "#ffffff" };
            s.text(&number::brief(f64::from(*v)), x + w / 2.0, y + h / 2.0, Align::Middle, ink);
        }
    }
    s.outline(at, &s.ink.rule, 1.0);
}

/// The diverging scale from `−max` to `max` with its ends.
pub fn scale(max: f32) -> Html {
    let ink = Ink::now();
    let stop = |i: i32| color::hex(color::diverging(i as f32 / 4.0, ink.zero));
    let end = number::short(f64::from(max));
    ramp(format!("−{end}"), (-4..=4).map(stop), end)
}

/// A scale from one word to another.
pub fn ramp(low: String, colors: impl Iterator<Item = String>, high: String) -> Html {
    let style = format!("background: linear-gradient(90deg, {})", colors.collect::<Vec<_>>().join(", "));
    html! { <span class="scale">{ low }<i class="ramp" {style}></i>{ high }</span> }
}

/// A weight as light: grey for 0, up to white for `max`, down to black for `−max`, each channel by itself.
pub fn light(rgb: [f32; 3], max: f32) -> Rgb {
    rgb.map(|v| if v.is_finite() { (127.5 + 127.5 * (v / max).clamp(-1.0, 1.0)) as u8 } else { 0 })
}
