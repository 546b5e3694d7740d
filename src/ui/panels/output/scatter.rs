//! Predictions against true numbers: on the diagonal is right.
//!
//! Not responsible for R² and RMSE (`ui::plots::scores`).

use super::PartProps;
use crate::i18n::{Lang, output as words};
use crate::ui::frame_data::FrameData;
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::Marker;
use crate::ui::plots::controls::line_sample;
use crate::ui::plots::number;
use crate::ui::plots::scores::Fit;
use crate::ui::plots::surface::{Align, Rect, Surface, grown};
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// How far from a point it can still be pointed at.
const REACH_PX: f64 = 24.0;

fn pairs(frame: &FrameData) -> &[f32] {
    frame.frame.scatter().map_or(&[], |s| frame.array(s.buffer))
}

/// See the module.
#[component]
pub fn Scatter(props: &PartProps) -> Html {
    let (state, lang) = (&props.panel.state, props.panel.state.page.lang);
    let target = props.info.target_name.clone().unwrap_or_default();
    let deps = (Same(state.run.frame.clone()), lang, target);
    let draw_on = use_callback(deps, |s: Surface, (frame, lang, target)| draw(&s, pairs(&frame.0), target, *lang));
    // A sample is read by its row: its prediction moves while the network learns.
    let (pin, node) = (use_pin::<usize>(), use_node_ref());
    let deps = (Same(state.run.frame.clone()), pin.at(), pin.pinned());
    let over = use_callback(deps, |s: Surface, (frame, at, pinned)| {
        let pairs = pairs(&frame.0);
        let plot = Plot::new(pairs, s.width, s.height);
        let place = |row: &Option<usize>| plot.place(pair(pairs, (*row)?)?);
        place(at).iter().for_each(|at| s.marker(Marker::Circle, *at, 4.5, &s.ink.pos, &s.ink.ink, 1.5));
        place(pinned).iter().for_each(|at| s.pin(*at));
    });
    let Hands { onhover, onpick, onrelease } = {
        let frame = state.run.frame.clone();
        pin.hands(&node, move |at, (w, h)| Plot::new(pairs(&frame), w, h).nearest(pairs(&frame), at))
    };
    let Some(fit) = Fit::of(pairs(&state.run.frame)) else {
        return html! { <p class="plot-empty">{ words::WAITING.get(lang) }</p> };
    };
    let (n, rmse) = (number::integer(fit.n as u64), number::short(fit.rmse));
    let r2 = fit.r2.map_or_else(|| "–".to_string(), |r| number::fixed(r, 3));
    let loaded = &state.run.data.loaded;
    let (on, rows) =
        if loaded.n_test > 0 { (words::ON_TEST, loaded.n_test) } else { (words::ON_TRAIN, loaded.n_train) };
    let rows = number::integer(rows as u64);
    let label = words::SCATTER_LABEL.with(lang, &[("n", &n), ("r2", &r2), ("rmse", &rmse)]);
    let short = |v: f32| number::short(f64::from(v));
    let read = pin.at().and_then(|row| {
        let [t, p] = pair(pairs(&state.run.frame), row)?.map(short);
        Some(words::READ_PAIR.with(lang, &[("row", &(row + 1).to_string()), ("t", &t), ("p", &p)]))
    });
    let read = read.unwrap_or_else(|| words::POINT_AT_DOTS.get(lang).into());
    html! {<>
        <p class="headline">
            <span title={words::R2_HINT.get(lang)}><b data-testid={testid::SCATTER_R2}>{ r2 }</b>{ " R²" }</span>
            <span title={words::RMSE_HINT.get(lang)}><b data-testid={testid::SCATTER_RMSE}>{ rmse }</b>{ " " }{ words::RMSE.get(lang) }</span>
            <span class="dim">{ on.with(lang, &[("n", &rows)]) }</span>
        </p>
        <div class="plot-stack plane">
            <Canvas draw={draw_on} {node} {label} testid={testid::SCATTER} />
            <Canvas draw={over} class="over" weight={0.2} {onhover} {onpick} {onrelease} />
        </div>
        <p class="legend"><span>{ line_sample("var(--dim)".into(), true) }{ words::PERFECT.get(lang) }</span></p>
        <p class="legend readout" data-testid={testid::SCATTER_READOUT}>{ read }{ " " }{ pin.mark(testid::SCATTER, lang) }</p>
    </>}
}

/// True number and prediction of a row.
fn pair(pairs: &[f32], row: usize) -> Option<[f32; 2]> {
    Some([*pairs.get(2 * row)?, *pairs.get(2 * row + 1)?])
}

/// The square of the plot, and its one axis for both directions.
struct Plot {
    f: Rect,
    axis: Axis,
}

impl Plot {
    fn new(pairs: &[f32], width: f64, height: f64) -> Plot {
        let grown = grown(width);
        let (left, bottom, air) = (50.0 * grown, 40.0 * grown, 22.0 * grown);
        let side = (width - left - 8.0).min(height - bottom - air).max(1.0);
        let axis = Axis::linear(pairs.iter().map(|v| f64::from(*v)), if side < 200.0 * grown { 3 } else { 5 });
        Plot { f: Rect { x: left, y: air, w: side, h: side }, axis }
    }

    fn place(&self, pair: [f32; 2]) -> Option<(f64, f64)> {
        let [x, y] = pair.map(|v| self.axis.share(f64::from(v)));
        Some((self.f.x + self.f.w * x?, self.f.y + self.f.h * (1.0 - y?)))
    }

    /// The row whose point is nearest to `at`, if one is near.
    fn nearest(&self, pairs: &[f32], at: (f64, f64)) -> Option<usize> {
        let far = |i: usize| {
            let (x, y) = self.place(pair(pairs, i)?)?;
            Some((i, (x - at.0).hypot(y - at.1)))
        };
        let all = (0..pairs.len() / 2).filter_map(far).filter(|(_, far)| *far < REACH_PX);
        all.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
    }
}

fn draw(s: &Surface, pairs: &[f32], target: &str, lang: Lang) {
    let plot = Plot::new(pairs, s.width, s.height);
    let (f, axis, grown) = (plot.f, &plot.axis, grown(s.width));
    s.outline(f, &s.ink.rule, 1.0);
    for (tick, label) in &axis.ticks {
        let share = axis.tick_share(*tick);
        let (x, y) = (f.x + f.w * share, f.y + f.h * (1.0 - share));
        s.line((f.x, y), (f.x + f.w, y), &s.ink.rule, 1.0);
        s.line((x, f.y + f.h), (x, f.y + f.h + 3.0), &s.ink.dim, 1.0);
        s.text(label, x, f.y + f.h + 12.0 * grown, Align::Middle, &s.ink.dim);
        s.text(label, f.x - 6.0, y, Align::End, &s.ink.dim);
    }
    let title = words::TRUE_VALUE.with(lang, &[("name", target)]);
    s.text(title.trim(), f.x + f.w / 2.0, f.y + f.h + 30.0 * grown, Align::Middle, &s.ink.dim);
    s.text(words::PREDICTED_VALUE.get(lang), 4.0, 9.0 * grown, Align::Start, &s.ink.dim);
    s.dash(&[5.0, 4.0]);
    s.line((f.x, f.y + f.h), (f.x + f.w, f.y), &s.ink.dim, 1.2);
    s.dash(&[]);
    let n = pairs.len() / 2;
    let radius = if n > 1000 { 1.6 } else { 2.6 };
    s.ctx.set_global_alpha(if n > 300 { 0.55 } else { 0.8 });
    s.ctx.set_fill_style_str(&s.ink.pos);
    s.ctx.begin_path();
    for row in 0..n {
        if let Some((x, y)) = pair(pairs, row).and_then(|p| plot.place(p)) {
            s.ctx.move_to(x + radius, y);
            // Fails only for a negative radius.
            let _ = s.ctx.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        }
    }
    s.ctx.fill();
    s.ctx.set_global_alpha(1.0);
}
