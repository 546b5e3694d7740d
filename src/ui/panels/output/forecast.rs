//! A series and its forecasts over time: what was, what the network says, and where the test part begins.
//!
//! Not responsible for computing them (the worker does), nor for how good they are (`scatter`).

use super::PartProps;
use crate::i18n::output as words;
use crate::i18n::{Lang, forecast as said};
use crate::ui::frame_data::FrameData;
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::Marker;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// What is drawn.
struct Series<'a> {
    from: usize,
    test_from: usize,
    truth: &'a [f32],
    forecast: &'a [f32],
}

fn series(frame: &FrameData) -> Option<Series<'_>> {
    let f = frame.frame.forecast()?;
    let (truth, forecast) = (frame.array(f.truth), frame.array(f.forecast));
    (!truth.is_empty()).then_some(Series { from: f.from, test_from: f.test_from, truth, forecast })
}

/// See the module.
#[component]
pub fn ForecastPlot(props: &PartProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let name = props.info.target_name.clone().unwrap_or_default();
    let deps = (Same(state.run.frame.clone()), lang, name.clone());
    let draw_on = use_callback(deps, |s: Surface, (frame, lang, name)| draw(&s, &frame.0, name, *lang));
    let (pin, node) = (use_pin::<usize>(), use_node_ref());
    let deps = (Same(state.run.frame.clone()), pin.at(), pin.pinned());
    let over = use_callback(deps, |s: Surface, (frame, at, pinned)| {
        let Some(series) = series(&frame.0) else { return };
        let plot = Plot::new(&series, s.width, s.height);
        for row in [*at, *pinned].into_iter().flatten() {
            let Some(i) = row.checked_sub(series.from).filter(|i| *i < series.truth.len()) else { continue };
            let x = plot.x(i);
            s.line((x, plot.f.y), (x, plot.f.y + plot.f.h), &s.ink.dim, 1.0);
            let mark = |v: f32, fill: &str| {
                if let Some(y) = plot.y(v) {
                    s.marker(Marker::Circle, (x, y), 3.5, fill, &s.ink.card, 1.0);
                }
            };
            mark(series.truth[i], &s.ink.ink);
            mark(series.forecast[i], if row < series.test_from { &s.ink.train } else { &s.ink.test });
        }
    });
    let Hands { onhover, onpick, onrelease } = {
        let frame = state.run.frame.clone();
        pin.hands(&node, move |at, (w, h)| {
            let series = series(&frame)?;
            Plot::new(&series, w, h).nearest(at.0).map(|i| series.from + i)
        })
    };
    let Some(shown) = series(&state.run.frame) else {
        return html! { <p class="plot-empty">{ words::WAITING.get(lang) }</p> };
    };
    let ahead = state.run.frame.frame.forecast().map_or(1, |f| f.ahead);
    let n = number::integer(shown.truth.len() as u64);
    let label = said::LABEL.with(lang, &[("n", &n), ("name", &name), ("row", &(shown.test_from + 1).to_string())]);
    let read = pin.at().and_then(|row| read_row(lang, &shown, row)).unwrap_or_else(|| said::POINT_AT.get(lang).into());
    let ahead =
        if ahead > 1 { said::AHEAD.with(lang, &[("n", &ahead.to_string())]) } else { said::AHEAD_ONE.get(lang).into() };
    html! {
        <div class="forecast">
            <div class="plot-stack forecast-plot">
                <Canvas draw={draw_on} {node} {label} testid={testid::FORECAST} />
                <Canvas draw={over} class="over" weight={0.2} {onhover} {onpick} {onrelease} />
            </div>
            <p class="legend">
                <span>{ line_sample("var(--ink)".into(), false) }{ said::TRUTH.get(lang) }</span>
                <span>{ line_sample("var(--train)".into(), false) }{ said::TRAIN.get(lang) }</span>
                <span>{ line_sample("var(--test)".into(), true) }{ said::TEST.get(lang) }</span>
                <span class="dim wraps">{ ahead }</span>
            </p>
            <p class="legend readout" data-testid={testid::FORECAST_READOUT}>{ read }{ " " }{ pin.mark(testid::FORECAST, lang) }</p>
        </div>
    }
}

fn read_row(lang: Lang, series: &Series, row: usize) -> Option<String> {
    let i = row.checked_sub(series.from)?;
    let value = |v: f32| if v.is_nan() { "–".to_string() } else { number::short(f64::from(v)) };
    let (truth, forecast) = (value(*series.truth.get(i)?), value(*series.forecast.get(i)?));
    let part = if row < series.test_from { said::READ_TRAIN } else { said::READ_TEST };
    Some(part.with(lang, &[("row", &number::integer(row as u64 + 1)), ("t", &truth), ("p", &forecast)]))
}

/// The plot's frame and axes.
struct Plot {
    f: Rect,
    y_axis: Axis,
    x_axis: Axis,
    rows: usize,
    from: usize,
}

impl Plot {
    fn new(series: &Series, width: f64, height: f64) -> Plot {
        let (left, bottom, air) = (50.0, 36.0, 20.0);
        let f = Rect { x: left, y: air, w: (width - left - 8.0).max(1.0), h: (height - bottom - air).max(1.0) };
        let values = series.truth.iter().chain(series.forecast).map(|v| f64::from(*v));
        let rows = series.truth.len();
        let (first, last) = (series.from as f64 + 1.0, (series.from + rows) as f64);
        let ticks = if width < 320.0 { 3 } else { 6 };
        let (y_axis, x_axis) = (Axis::linear(values, 4), Axis::between(first, last.max(first + 1.0), ticks));
        Plot { f, y_axis, x_axis, rows, from: series.from }
    }

    /// Where the row at that index stands.
    fn x(&self, i: usize) -> f64 {
        let share = self.x_axis.share((self.from + i) as f64 + 1.0).unwrap_or(0.0);
        self.f.x + self.f.w * share
    }

    fn y(&self, value: f32) -> Option<f64> {
        Some(self.f.y + self.f.h * (1.0 - self.y_axis.share(f64::from(value))?))
    }

    fn nearest(&self, x: f64) -> Option<usize> {
        let share = (x - self.f.x) / self.f.w;
        let at = (share.clamp(0.0, 1.0) * (self.rows.max(1) - 1) as f64).round() as usize;
        (-0.05..=1.05).contains(&share).then_some(at)
    }
}

fn draw(s: &Surface, frame: &FrameData, name: &str, lang: Lang) {
    let Some(series) = series(frame) else { return };
    let plot = Plot::new(&series, s.width, s.height);
    let f = plot.f;
    for (tick, label) in &plot.y_axis.ticks {
        let y = f.y + f.h * (1.0 - plot.y_axis.tick_share(*tick));
        s.line((f.x, y), (f.x + f.w, y), &s.ink.rule, 1.0);
        s.text(label, f.x - 6.0, y, Align::End, &s.ink.dim);
    }
    for (tick, label) in plot.x_axis.ticks.iter().filter(|(t, _)| t.fract() == 0.0) {
        let x = f.x + f.w * plot.x_axis.tick_share(*tick);
        s.line((x, f.y + f.h), (x, f.y + f.h + 3.0), &s.ink.dim, 1.0);
        s.text(label, x, f.y + f.h + 12.0, Align::Middle, &s.ink.dim);
    }
    s.text(&s.fitted(name, f.w / 2.0), 4.0, 8.0, Align::Start, &s.ink.dim);
    s.text(said::ROW.get(lang), f.x + f.w / 2.0, f.y + f.h + 28.0, Align::Middle, &s.ink.dim);
    let split = series.test_from.saturating_sub(series.from);
    if split > 0 && split < series.truth.len() {
        let x = (plot.x(split - 1) + plot.x(split)) / 2.0;
        s.line((x, f.y - 6.0), (x, f.y + f.h), &s.ink.test, 1.0);
        s.text(said::TEST_PART.get(lang), x + 4.0, f.y - 8.0, Align::Start, &s.ink.test);
    }
    trace(s, &plot, series.truth, 0, &s.ink.ink, 1.2);
    trace(s, &plot, &series.forecast[..split.min(series.forecast.len())], 0, &s.ink.train, 1.8);
    s.dash(&[5.0, 3.0]);
    let from = split.min(series.forecast.len());
    trace(s, &plot, &series.forecast[from..], from, &s.ink.test, 1.8);
    s.dash(&[]);
}

/// A line through the values; it breaks where there is none.
fn trace(s: &Surface, plot: &Plot, values: &[f32], from: usize, color: &str, width: f64) {
    s.ctx.set_stroke_style_str(color);
    s.ctx.set_line_width(width);
    s.ctx.begin_path();
    let mut drawn = false;
    for (i, value) in values.iter().enumerate() {
        let place = plot.y(*value).map(|y| (plot.x(from + i), y));
        match place {
            Some((x, y)) if drawn => s.ctx.line_to(x, y),
            Some((x, y)) => s.ctx.move_to(x, y),
            None => {}
        }
        drawn = place.is_some();
    }
    s.ctx.stroke();
}
