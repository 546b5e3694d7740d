//! A line chart drawn with plotters: our axes and ticks, the page's font and colours, and a canvas backend that never
//! asks the page for a layout (plotters measures text by adding elements to the document; we ask the canvas).
//!
//! Not responsible for which lines there are (`curve_set.rs`).

use super::axis::Axis;
use super::color::{self, Rgb};
use super::series::{Point, decimate};
use super::surface::{Align, Rect, Surface, grown, text_px};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use std::ops::Range;

/// One polyline in axis positions (exponents on a logarithmic axis).
pub struct Stroke {
    /// Pieces, broken where there is no value.
    pub pieces: Vec<Vec<Point>>,
    /// Colour.
    pub rgb: Rgb,
    /// 0 (invisible) to 1.
    pub alpha: f64,
    /// CSS pixels.
    pub width_px: f64,
    /// Dashed.
    pub dashed: bool,
}

/// The room between two lines, in axis positions.
pub struct Band {
    /// Place on the x axis, lower and upper end.
    pub points: Vec<(f64, f64, f64)>,
    /// Colour.
    pub rgb: Rgb,
    /// 0 (invisible) to 1.
    pub alpha: f64,
}

/// Where the lines are drawn, in a chart of this size.
pub fn plot_rect(width: f64, height: f64) -> Rect {
    let grown = grown(width);
    let (left, top, right, bottom) = (50.0 * grown, 22.0 * grown, 14.0, 36.0 * grown);
    Rect { x: left, y: top, w: (width - left - right).max(1.0), h: (height - top - bottom).max(1.0) }
}

/// Draws axes, grid and lines. The error is what the canvas said.
pub fn draw(s: &Surface, x: &Axis, y: &Axis, x_title: &str, y_title: &str, strokes: &[Stroke]) -> Result<(), String> {
    draw_with(s, (x, y), (x_title, y_title), &[], strokes)
}

/// The same with bands behind the lines.
pub fn draw_with(
    s: &Surface,
    (x, y): (&Axis, &Axis),
    (x_title, y_title): (&str, &str),
    bands: &[Band],
    strokes: &[Stroke],
) -> Result<(), String> {
    s.ctx.save();
    let result = draw_device(s, (x, y), bands, strokes).map_err(|e| e.to_string());
    s.ctx.restore();
    let plot = plot_rect(s.width, s.height);
    let grown = grown(s.width);
    s.text(y_title, 4.0, 9.0 * grown, Align::Start, &s.ink.dim);
    s.text(x_title, plot.x + plot.w / 2.0, s.height - 7.0 * grown, Align::Middle, &s.ink.dim);
    result
}

type Failed = DrawingAreaErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>;

/// The part that plotters draws: in device pixels, because its coordinates are whole numbers.
fn draw_device(s: &Surface, (x, y): (&Axis, &Axis), bands: &[Band], strokes: &[Stroke]) -> Result<(), Failed> {
    let Some(paper) = Paper::on(s) else { return Ok(()) };
    let px = |css: f64| (css * s.ratio).round() as u32;
    let plot = plot_rect(s.width, s.height);
    let root = paper.into_drawing_area();
    let title_h = 16.0 * grown(s.width);
    let mut chart = ChartBuilder::on(&root)
        .margin_top(px(plot.y))
        .margin_right(px(s.width - plot.x - plot.w))
        .margin_bottom(px(title_h))
        .set_label_area_size(LabelAreaPosition::Left, px(plot.x))
        .set_label_area_size(LabelAreaPosition::Bottom, px(s.height - plot.y - plot.h - title_h))
        .build_cartesian_2d(Ticked(x), Ticked(y))?;
    let rgb = |css: &str, or: Rgb| color::parse_hex(css).unwrap_or(or);
    let [r, g, b] = rgb(&s.ink.rule, [0xe3, 0xe0, 0xd8]);
    let rule = style([r, g, b], 1.0, px(1.0));
    let [r, g, b] = rgb(&s.ink.dim, [0x68, 0x72, 0x7f]);
    let label = ("sans-serif", text_px(s.width) * s.ratio).into_font().color(&RGBColor(r, g, b));
    chart
        .configure_mesh()
        .disable_x_mesh()
        .x_labels(x.ticks.len())
        .y_labels(y.ticks.len())
        .label_style(label)
        .bold_line_style(rule)
        .light_line_style(TRANSPARENT)
        .axis_style(rule)
        .set_all_tick_mark_size(px(4.0))
        .draw()?;
    clip(s, plot);
    for band in bands.iter().filter(|b| b.points.len() > 1) {
        let there = band.points.iter().map(|p| (p.0, p.1));
        let outline: Vec<Point> = there.chain(band.points.iter().rev().map(|p| (p.0, p.2))).collect();
        chart.draw_series([Polygon::new(outline, style(band.rgb, band.alpha, 1).filled())])?;
    }
    let dashes = [5.0 * s.ratio, 4.0 * s.ratio];
    for stroke in strokes {
        let style = style(stroke.rgb, stroke.alpha, px(stroke.width_px));
        s.dash(if stroke.dashed { &dashes } else { &[] });
        for piece in &stroke.pieces {
            match piece[..] {
                [one] => {
                    chart.draw_series([Circle::new(one, px(2.5) as i32, style.filled())])?;
                }
                _ => {
                    let thin = decimate(piece, x.low, x.high, (plot.w * s.ratio.min(1.5)) as usize);
                    chart.draw_series(LineSeries::new(thin, style))?;
                }
            }
        }
    }
    s.dash(&[]);
    root.present()
}

fn style([r, g, b]: Rgb, alpha: f64, width_px: u32) -> ShapeStyle {
    ShapeStyle { color: RGBColor(r, g, b).mix(alpha), filled: false, stroke_width: width_px.max(1) }
}

/// Nothing outside of the plot from here on, until the surface is restored.
fn clip(s: &Surface, plot: Rect) {
    s.ctx.begin_path();
    let r = s.ratio;
    s.ctx.rect(plot.x * r, (plot.y - 2.0) * r, (plot.w + 3.0) * r, (plot.h + 4.0) * r);
    s.ctx.clip();
    s.ctx.set_line_join("round");
}

/// An axis as plotters wants it: positions are the axis's own, ticks are given.
struct Ticked<'a>(&'a Axis);

impl Ranged for Ticked<'_> {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, v: &f64, (from, to): (i32, i32)) -> i32 {
        // Clamped far outside the picture: a canvas draws nothing at all at coordinates beyond its number range.
        let share = self.0.tick_share(*v).clamp(-4.0, 5.0);
        from + (share * f64::from(to - from)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.0.ticks.iter().map(|t| t.0).collect()
    }

    fn range(&self) -> Range<f64> {
        self.0.low..self.0.high
    }
}

impl ValueFormatter<f64> for Ticked<'_> {
    fn format_ext(&self, v: &f64) -> String {
        self.0.ticks.iter().find(|t| t.0 == *v).map_or_else(String::new, |t| t.1.clone())
    }
}

/// plotters' canvas backend, with text measured and drawn by the canvas in the page's font.
struct Paper {
    inner: CanvasBackend,
    surface: Surface,
}

impl Paper {
    fn on(s: &Surface) -> Option<Paper> {
        let inner = CanvasBackend::with_canvas_object(s.ctx.canvas()?)?;
        // Cannot fail: the numbers are finite.
        let _ = s.ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        Some(Paper { inner, surface: s.clone() })
    }

    fn font(&self, style: &impl BackendTextStyle) {
        self.surface.ctx.set_font(&format!("{}px {}", style.size(), self.surface.ink.font));
    }
}

type Drawn = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl DrawingBackend for Paper {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }
    fn ensure_prepared(&mut self) -> Drawn {
        self.inner.ensure_prepared()
    }
    fn present(&mut self) -> Drawn {
        self.inner.present()
    }
    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.inner.draw_pixel(point, color)
    }
    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.inner.draw_line(from, to, style)
    }
    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn {
        self.inner.draw_rect(a, b, style, fill)
    }
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.inner.draw_path(path, style)
    }
    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        self.inner.draw_circle(at, radius, style, fill)
    }
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.inner.fill_polygon(path, style)
    }
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        self.font(style);
        let width = self.surface.ctx.measure_text(text).map_or(0.0, |m| m.width());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        use plotters_backend::text_anchor::{HPos, VPos};
        let ctx = &self.surface.ctx;
        self.font(style);
        ctx.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        ctx.set_text_baseline(match style.anchor().v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        let (r, g, b) = style.color().rgb;
        ctx.set_fill_style_str(&color::hex([r, g, b]));
        // Fails only for coordinates that are not finite: these are whole numbers.
        let _ = ctx.fill_text(text, f64::from(at.0), f64::from(at.1));
        Ok(())
    }
}
