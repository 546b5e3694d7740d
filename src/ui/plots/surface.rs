//! One canvas ready to be drawn on, in CSS pixels, with the page's colours: text, lines, markers and maps of numbers.
//!
//! Not responsible for when it is drawn (`canvas.rs`).

use super::color::{Marker, Rgb};
use super::ink::Ink;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Size of small text, ticks and labels, where nothing asks for more: margins of plots are made for it.
const TEXT_PX: f64 = 11.0;

thread_local! {
    /// The size that the page asks for: more on a phone, much more for a projector.
    static ASKED_PX: Cell<f64> = const { Cell::new(TEXT_PX) };
}

/// The page asks for small text of this size.
pub fn ask_text_px(px: f64) {
    ASKED_PX.with(|asked| asked.set(px.clamp(TEXT_PX, 40.0)));
}

/// Size of small text on a canvas of this width: a picture that fills the window is read from further away.
pub fn text_px(width: f64) -> f64 {
    let large = match width {
        w if w >= 900.0 => 16.0,
        w if w >= 700.0 => 14.0,
        _ => TEXT_PX,
    };
    ASKED_PX.with(Cell::get).max(large)
}

/// How many times larger text is than margins are made for.
pub fn grown(width: f64) -> f64 {
    text_px(width) / TEXT_PX
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// Where text stands to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the right of it.
    Start,
    /// Around it.
    Middle,
    /// To the left of it.
    End,
}

impl Align {
    fn css(self) -> &'static str {
        match self {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        }
    }
}

/// What to draw on.
#[derive(Clone)]
pub struct Surface {
    /// Already scaled: one unit is one CSS pixel.
    pub ctx: CanvasRenderingContext2d,
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub ratio: f64,
    /// The page's colours.
    pub ink: Rc<Ink>,
}

impl Surface {
    /// Size of small text on it.
    pub fn text_px(&self) -> f64 {
        text_px(self.width)
    }

    /// Text at its vertical middle.
    pub fn text(&self, text: &str, x: f64, y: f64, align: Align, color: &str) {
        self.text_sized(text, x, y, align, color, self.text_px(), false);
    }

    /// Text at its vertical middle, of any size.
    pub fn text_sized(&self, text: &str, x: f64, y: f64, align: Align, color: &str, size_px: f64, bold: bool) {
        self.font(size_px, bold);
        self.ctx.set_text_align(align.css());
        self.ctx.set_text_baseline("middle");
        self.ctx.set_fill_style_str(color);
        // Fails only for coordinates that are not finite: then there is nothing to see.
        let _ = self.ctx.fill_text(text, x, y);
    }

    /// Small text that stays readable on top of lines: the page's ground shines around it.
    pub fn text_on_lines(&self, text: &str, x: f64, y: f64, align: Align, color: &str) {
        self.font(self.text_px(), false);
        self.ctx.set_text_align(align.css());
        self.ctx.set_text_baseline("middle");
        self.ctx.set_line_join("round");
        self.ctx.set_line_width(4.0);
        self.ctx.set_stroke_style_str(&super::color::hex(self.ink.bg));
        // Both fail only for coordinates that are not finite: then there is nothing to see.
        let _ = self.ctx.stroke_text(text, x, y);
        self.ctx.set_fill_style_str(color);
        let _ = self.ctx.fill_text(text, x, y);
    }

    /// Width of small text.
    pub fn text_width(&self, text: &str) -> f64 {
        self.font(self.text_px(), false);
        self.ctx.measure_text(text).map_or(0.0, |m| m.width())
    }

    /// The text, or as much of it as fits into `width` with an ellipsis.
    pub fn fitted(&self, text: &str, width: f64) -> String {
        if self.text_width(text) <= width {
            return text.to_string();
        }
        let mut chars: Vec<char> = text.chars().collect();
        while chars.pop().is_some() {
            let short: String = chars.iter().chain(&['…']).collect();
            if self.text_width(&short) <= width {
                return short;
            }
        }
        String::new()
    }

    fn font(&self, size_px: f64, bold: bool) {
        let weight = if bold { "600 " } else { "" };
        self.ctx.set_font(&format!("{weight}{size_px}px {}", self.ink.font));
    }

    /// A straight line.
    pub fn line(&self, from: (f64, f64), to: (f64, f64), color: &str, width: f64) {
        self.ctx.begin_path();
        self.ctx.move_to(from.0, from.1);
        self.ctx.line_to(to.0, to.1);
        self.ctx.set_stroke_style_str(color);
        self.ctx.set_line_width(width);
        self.ctx.stroke();
    }

    /// Dashes for the lines that follow; empty for solid ones.
    pub fn dash(&self, lengths: &[f64]) {
        let list: js_sys::Array = lengths.iter().map(|l| wasm_bindgen::JsValue::from_f64(*l)).collect();
        // Fails only for negative or non-finite lengths: those are constants here.
        let _ = self.ctx.set_line_dash(&list);
    }

    /// A filled rectangle.
    pub fn fill(&self, r: Rect, color: &str) {
        self.ctx.set_fill_style_str(color);
        self.ctx.fill_rect(r.x, r.y, r.w, r.h);
    }

    /// The outline of a rectangle.
    pub fn outline(&self, r: Rect, color: &str, width: f64) {
        self.ctx.set_stroke_style_str(color);
        self.ctx.set_line_width(width);
        self.ctx.stroke_rect(r.x, r.y, r.w, r.h);
    }

    /// A data point of the given form.
    pub fn marker(&self, form: Marker, at: (f64, f64), radius: f64, fill: &str, stroke: &str, stroke_width: f64) {
        self.ctx.begin_path();
        let corners = form.corners();
        if corners.is_empty() {
            // Fails only for a negative radius.
            let _ = self.ctx.arc(at.0, at.1, radius, 0.0, std::f64::consts::TAU);
        }
        for (x, y) in corners {
            self.ctx.line_to(at.0 + radius * x, at.1 + radius * y);
        }
        self.ctx.close_path();
        self.ctx.set_fill_style_str(fill);
        self.ctx.fill();
        if stroke_width > 0.0 {
            self.ctx.set_stroke_style_str(stroke);
            self.ctx.set_line_width(stroke_width);
            self.ctx.stroke();
        }
    }

    /// The head of a pin: what is read at this place stays.
    pub fn pin(&self, at: (f64, f64)) {
        self.marker(Marker::Circle, at, 5.5, &self.ink.ink, &self.ink.card, 1.5);
        self.marker(Marker::Circle, at, 1.8, &self.ink.card, &self.ink.card, 0.0);
    }

    /// A map of `cols × rows` pixels stretched over `at`: `rgba` is row-major from the top left, four bytes a pixel.
    /// `smooth` blends between pixels, otherwise every pixel is a sharp rectangle.
    pub fn map(&self, rgba: &[u8], cols: usize, rows: usize, at: Rect, smooth: bool) {
        if cols == 0 || rows == 0 || rgba.len() != 4 * cols * rows {
            return;
        }
        let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), cols as u32, rows as u32) else {
            return;
        };
        STAMP.with(|stamp| {
            let Some((canvas, ctx)) = stamp_of(&mut stamp.borrow_mut(), cols as u32, rows as u32) else { return };
            // Cannot fail: image and canvas have one size, all numbers are finite.
            let _ = ctx.put_image_data(&image, 0.0, 0.0);
            self.ctx.set_image_smoothing_enabled(smooth);
            let _ = self.ctx.draw_image_with_html_canvas_element_and_dw_and_dh(&canvas, at.x, at.y, at.w, at.h);
        });
    }
}

type Stamp = (HtmlCanvasElement, CanvasRenderingContext2d);

thread_local! {
    /// A canvas that is never shown: image data can only be scaled by way of another canvas.
    static STAMP: RefCell<Option<Stamp>> = const { RefCell::new(None) };
}

fn stamp_of(slot: &mut Option<Stamp>, cols: u32, rows: u32) -> Option<Stamp> {
    if slot.is_none() {
        let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        *slot = context(&canvas).map(|ctx| (canvas, ctx));
    }
    let (canvas, ctx) = slot.clone()?;
    if (canvas.width(), canvas.height()) != (cols, rows) {
        canvas.set_width(cols);
        canvas.set_height(rows);
    }
    Some((canvas, ctx))
}

/// The 2-D context of a canvas.
pub fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Appends one opaque pixel.
pub fn push_pixel(rgba: &mut Vec<u8>, [r, g, b]: Rgb) {
    rgba.extend([r, g, b, 255]);
}
