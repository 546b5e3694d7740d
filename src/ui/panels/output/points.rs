//! The data's points over the plane, with the axes. Form tells the class; filled is training, hollow is test. In
//! regression colour tells the number, and form whether it is training or test.
//!
//! Not responsible for the map under them (`plane.rs`).

use crate::ui::plots::axis::Axis;
use crate::ui::plots::color::{self, Marker};
use crate::ui::plots::regions::Scale;
use crate::ui::plots::surface::{Align, Rect, Surface, grown};
use crate::ui::state::LoadedData;

/// Form of test points in regression, where colour is the number and hollow would hide it.
pub const TEST_NUMBER: Marker = Marker::Diamond;

/// The square of the plane on a canvas of this size.
pub fn frame(width: f64, height: f64) -> Rect {
    let grown = grown(width);
    let (left, bottom, air) = (34.0 * grown, 24.0 * grown, 6.0 * grown);
    let side = (width - left - air).min(height - bottom - air).max(1.0);
    Rect { x: left, y: air, w: side, h: side }
}

/// From canvas to plane; `None` outside.
pub fn to_plane((x, y): (f64, f64), width: f64, height: f64) -> Option<(f64, f64)> {
    let f = frame(width, height);
    let (px, py) = (2.0 * (x - f.x) / f.w - 1.0, 1.0 - 2.0 * (y - f.y) / f.h);
    ((-1.0..=1.0).contains(&px) && (-1.0..=1.0).contains(&py)).then_some((px, py))
}

/// From plane to canvas.
pub fn from_plane((x, y): (f64, f64), f: Rect) -> (f64, f64) {
    (f.x + f.w * (x + 1.0) / 2.0, f.y + f.h * (1.0 - y) / 2.0)
}

/// Axes, and points unless `shown` is `None`: training ones, and test ones where it is `Some(true)`.
pub fn draw(s: &Surface, data: &LoadedData, shown: Option<bool>, is_classes: bool, names: &[String; 2]) {
    let f = frame(s.width, s.height);
    axes(s, f, names);
    let Some(with_test) = shown else { return };
    let n_train = data.loaded.preview_train;
    let scale = data.loaded.target_range.map(|[a, b]| Scale::over(a, b)).unwrap_or(Scale::over(-1.0, 1.0));
    // Many points: smaller, so that the regions stay visible between them.
    let radius = if data.y.len() > 900 { 2.4 } else { 3.2 };
    s.ctx.save();
    s.ctx.begin_path();
    s.ctx.rect(f.x, f.y, f.w, f.h);
    s.ctx.clip();
    for (i, (at, y)) in data.x.chunks_exact(2).zip(&data.y).enumerate() {
        let is_test = i >= n_train;
        if is_test && !with_test {
            continue;
        }
        let place = from_plane((f64::from(at[0]), f64::from(at[1])), f);
        let (form, rgb) = if is_classes {
            let class = *y as usize;
            (Marker::of_class(class), color::class(class))
        } else {
            (Marker::Circle, scale.color(*y, s.ink.zero))
        };
        let rgb = color::hex(rgb);
        // White around what is filled, colour around what is hollow; a number's colour may be white, so it gets ink.
        match (is_test, is_classes) {
            (false, true) => s.marker(form, place, radius, &rgb, "#ffffff", 1.0),
            (true, true) => s.marker(form, place, radius - 0.3, "#ffffff", &rgb, 1.6),
            (false, false) => s.marker(form, place, radius, &rgb, &s.ink.ink, 0.8),
            (true, false) => s.marker(TEST_NUMBER, place, radius, &rgb, &s.ink.ink, 0.8),
        }
    }
    s.ctx.restore();
}

/// Axes alone, named x and y.
pub fn draw_axes(s: &Surface, f: Rect) {
    axes(s, f, &["x".into(), "y".into()]);
}

fn axes(s: &Surface, f: Rect, names: &[String; 2]) {
    s.outline(f, &s.ink.rule, 1.0);
    let axis = Axis::between(-1.0, 1.0, if f.w < 180.0 * grown(s.width) { 2 } else { 4 });
    for (tick, label) in &axis.ticks {
        let share = axis.tick_share(*tick);
        let (x, y) = (f.x + f.w * share, f.y + f.h * (1.0 - share));
        s.line((x, f.y + f.h), (x, f.y + f.h + 3.0), &s.ink.dim, 1.0);
        s.line((f.x - 3.0, y), (f.x, y), &s.ink.dim, 1.0);
        let is_last = *tick >= 1.0;
        // The axes' names stand where the last ticks would.
        s.text(
            if is_last { &names[0] } else { label },
            x,
            f.y + f.h + 12.0 * grown(s.width),
            Align::Middle,
            &s.ink.dim,
        );
        let y = y.clamp(f.y + 5.0, f.y + f.h - 5.0);
        s.text(if is_last { &names[1] } else { label }, f.x - 6.0, y, Align::End, &s.ink.dim);
    }
}
