//! Drawing the inside of units: responses over the plane and incoming weights as signed colours.
//!
//! Not responsible for where a tile stands (`netmap::layout`).

use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::surface::{Rect, Surface, push_pixel};

/// The diverging colours of −1 … 1 in 257 steps, so that a pixel costs a look-up.
pub struct Ramp(Vec<Rgb>);

impl Ramp {
    /// For this colour of zero.
    pub fn new(zero: Rgb) -> Ramp {
        Ramp((0..=256).map(|i| color::diverging((i as f32 - 128.0) / 128.0, zero)).collect())
    }

    /// The colour of `v` where `max` is full colour.
    pub fn at(&self, v: f32, max: f32) -> Rgb {
        if v.is_nan() {
            return color::NOT_FINITE;
        }
        // Casts saturate, so infinities land on the ends.
        self.0[(((v / max) * 128.0 + 128.5) as i32).clamp(0, 256) as usize]
    }

    /// Values as opaque pixels.
    pub fn pixels(&self, values: &[f32], max: f32) -> Vec<u8> {
        let mut rgba = Vec::with_capacity(values.len() * 4);
        values.iter().for_each(|v| push_pixel(&mut rgba, self.at(*v, max)));
        rgba
    }
}

/// How a tile's numbers become pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Pixels across.
    pub cols: usize,
    /// Pixels down.
    pub rows: usize,
    /// Numbers per pixel, averaged.
    pub channels: usize,
    /// Blend between pixels.
    pub smooth: bool,
}

/// Draws one tile with rounded corners and a hairline.
pub fn tile(s: &Surface, values: &[f32], grid: Grid, at: Rect, ramp: &Ramp, max: f32) {
    let mean: Vec<f32>;
    let values = if grid.channels > 1 {
        mean = values.chunks_exact(grid.channels).map(|c| c.iter().sum::<f32>() / c.len() as f32).collect();
        &mean
    } else {
        values
    };
    let radius = (at.w.min(at.h) / 7.0).min(4.0);
    s.ctx.save();
    rounded(s, at, radius);
    s.ctx.clip();
    s.map(&ramp.pixels(values, max), grid.cols, grid.rows, at, grid.smooth);
    s.ctx.restore();
    frame(s, at, radius, &s.ink.rule, 1.0);
}

/// An empty tile.
pub fn blank(s: &Surface, at: Rect) {
    let radius = (at.w.min(at.h) / 7.0).min(4.0);
    rounded(s, at, radius);
    s.ctx.set_fill_style_str(&s.ink.card);
    s.ctx.fill();
    frame(s, at, radius, &s.ink.rule, 1.0);
}

/// The outline of a tile.
pub fn frame(s: &Surface, at: Rect, radius: f64, color: &str, width: f64) {
    rounded(s, at, radius);
    s.ctx.set_stroke_style_str(color);
    s.ctx.set_line_width(width);
    s.ctx.stroke();
}

fn rounded(s: &Surface, at: Rect, radius: f64) {
    s.ctx.begin_path();
    // Fails only for a negative radius.
    let _ = s.ctx.round_rect_with_f64(at.x, at.y, at.w, at.h, radius);
}
