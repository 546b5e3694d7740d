//! Evidence as a small plot: lines over steps, or bars over layers or classes, with the limit; read by pointing.
//!
//! Not responsible for which evidence there is (`ui::doctor`).

use super::words::{Along, is_share, measure, value_word};
use crate::i18n::{Lang, doctor as words};
use crate::ui::doctor::{Evidence, Finding, Measure, Role};
use crate::ui::hooks::{Hands, use_pin};
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color;
use crate::ui::plots::ink::Ink;
use crate::ui::plots::number;
use crate::ui::plots::reading::snapped;
use crate::ui::plots::series::{decimate, nearest};
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use yew::prelude::*;

/// Height of the canvas.
const HEIGHT_PX: u32 = 116;
/// Names below bars are shortened to this at least, with so much between them.
const NAME_MIN_PX: f64 = 36.0;
const NAME_GAP_PX: f64 = 4.0;
/// More bars than this stand without gaps.
const GAPS_MAX: usize = 40;

/// Properties of [`EvidencePlot`].
#[derive(Clone, PartialEq, Properties)]
pub struct PlotProps {
    /// All findings; compared by identity.
    pub findings: Same<Vec<Finding>>,
    /// Which finding, and which of its evidence.
    pub at: (usize, usize),
    /// Names along the axis as a learner reads them; empty over steps.
    pub names: Vec<String>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn EvidencePlot(props: &PlotProps) -> Html {
    let PlotProps { findings, at, names, lang } = props.clone();
    // A step, or the number of a layer or class: it stays the same while lines grow.
    let (pin, node) = (use_pin::<f64>(), use_node_ref());
    let draw = {
        use_callback(
            (findings.clone(), at, pin.at(), pin.pinned(), names.clone(), lang),
            move |s: Surface, (findings, at, shown, pinned, names, lang)| {
                if let Some(e) = evidence(&findings.0, *at) {
                    draw(&s, e, names, (*shown, *pinned), *lang);
                }
            },
        )
    };
    let Some(e) = evidence(&findings.0, at) else { return html! {} };
    let Hands { onhover, onpick, onrelease } = {
        let (findings, kept) = (findings.clone(), pin.pinned());
        pin.hands(&node, move |(x, _), (width, _)| {
            let (e, r) = (evidence(&findings.0, at)?, plot_rect(width));
            let found = r.share(x).and_then(|share| place_at(e, share));
            snapped(found, (x, 0.0), kept.map(|k| (k, (r.0.x + r.0.w * share_of(e, k), 0.0))))
        })
    };
    let read = pin.at().and_then(|x| read(e, x, &names, lang));
    let label = format!("{}: {}", measure(e.measure).get(lang), value_word(e, lang));
    let id = findings.0.get(at.0).map(|f| testid::doctor_evidence(f.kind.name(), at.1)).unwrap_or_default();
    html! {
        <div class="evidence-plot">
            <Canvas {draw} {node} {label} {onhover} {onpick} {onrelease} style={format!("height: {HEIGHT_PX}px; width: 100%")} />
            <p class="evidence-read">{ read.unwrap_or_else(|| words::HOVER_HINT.get(lang).into()) }{ " " }{ pin.mark(&id, lang) }</p>
        </div>
    }
}

fn evidence(findings: &[Finding], (i, j): (usize, usize)) -> Option<&Evidence> {
    findings.get(i)?.evidence.get(j)
}

struct Plot(Rect);

fn plot_rect(width: f64) -> Plot {
    let (left, top, right, bottom) = (44.0, 8.0, 8.0, 18.0);
    Plot(Rect { x: left, y: top, w: (width - left - right).max(1.0), h: f64::from(HEIGHT_PX) - top - bottom })
}

impl Plot {
    /// Where on the axis a pixel lies, 0 to 1; `None` beside it.
    fn share(&self, x: f64) -> Option<f64> {
        let share = (x - self.0.x) / self.0.w;
        (0.0..=1.0).contains(&share).then_some(share)
    }
}

fn y_axis(e: &Evidence) -> Axis {
    let values = || e.lines.iter().flat_map(|l| l.1.iter().map(|p| p.1)).chain(e.limit);
    match e.measure {
        Measure::DeadShare
        | Measure::SaturatedShare
        | Measure::ClassShare
        | Measure::Recall
        | Measure::PlaceShare
        | Measure::Coverage
        | Measure::TargetTold
        | Measure::ColumnTells => Axis::between(0.0, 1.0, 3),
        _ if e.log => Axis::decades(values(), 3),
        _ => Axis::linear(values(), 3),
    }
}

fn draw(s: &Surface, e: &Evidence, names: &[String], (shown, pinned): (Option<f64>, Option<f64>), lang: Lang) {
    let (r, axis) = (plot_rect(s.width).0, y_axis(e));
    let y = |v: f64| axis.share(v).map(|t| r.y + r.h * (1.0 - t.clamp(0.0, 1.0)));
    for (at, label) in &axis.ticks {
        let y = r.y + r.h * (1.0 - axis.tick_share(*at));
        s.line((r.x, y), (r.x + r.w, y), &s.ink.rule, 1.0);
        let share = is_share(e.measure).then(|| format!("{} %", number::short(100.0 * at)));
        s.text(share.as_deref().unwrap_or(label), r.x - 6.0, y, Align::End, &s.ink.dim);
    }
    let named = if Along::of(e.measure).is_steps() {
        lines(s, e, r, &y);
        false
    } else {
        bars(s, e, r, &y);
        name_bars(s, e, r, names)
    };
    if let Some(at) = e.limit.and_then(y) {
        s.dash(&[4.0, 3.0]);
        s.line((r.x, at), (r.x + r.w, at), &s.ink.ink, 1.0);
        s.dash(&[]);
        // Beside the line, on the side where there is room.
        let beside = if at < r.y + 12.0 { at + 8.0 } else { at - 7.0 };
        s.text_on_lines(words::LIMIT.get(lang), r.x + r.w - 4.0, beside, Align::End, &s.ink.dim);
    }
    if let Some(axis) = Along::of(e.measure).word().filter(|_| !named) {
        s.text(axis.get(lang), r.x + r.w / 2.0, r.y + r.h + 10.0, Align::Middle, &s.ink.dim);
    }
    let x = |place: f64| r.x + r.w * share_of(e, place);
    for place in [shown, pinned].into_iter().flatten() {
        s.line((x(place), r.y), (x(place), r.y + r.h), &s.ink.dim, 0.5);
    }
    if let Some(place) = pinned {
        s.pin((x(place), r.y));
    }
}

/// The measured step, or the layer or class, at a share of the axis.
fn place_at(e: &Evidence, share: f64) -> Option<f64> {
    if !Along::of(e.measure).is_steps() {
        return Some((share * places(e) as f64).floor().min(places(e) as f64 - 1.0));
    }
    let (first, last) = steps(e);
    Some(nearest(&e.lines.first()?.1, first + share * (last - first))?.0)
}

/// Where on the axis it lies, 0 to 1.
fn share_of(e: &Evidence, place: f64) -> f64 {
    let (first, last) = steps(e);
    let share = if Along::of(e.measure).is_steps() {
        (place - first) / (last - first)
    } else {
        (place + 0.5) / places(e) as f64
    };
    share.clamp(0.0, 1.0)
}

/// First and last step of all lines.
fn steps(e: &Evidence) -> (f64, f64) {
    let all = e.lines.iter().flat_map(|l| l.1.iter().map(|p| p.0));
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(l, h), x| (l.min(x), h.max(x)));
    if high > low { (low, high) } else { (low - 1.0, low + 1.0) }
}

fn lines(s: &Surface, e: &Evidence, r: Rect, y: &dyn Fn(f64) -> Option<f64>) {
    let (first, last) = steps(e);
    for (role, points) in &e.lines {
        let thin = decimate(points, first, last, r.w as usize);
        s.ctx.begin_path();
        for (step, value) in &thin {
            if let Some(y) = y(*value) {
                s.ctx.line_to(r.x + r.w * (step - first) / (last - first), y);
            }
        }
        s.ctx.set_stroke_style_str(&color_of(&s.ink, *role, e.measure));
        s.ctx.set_line_width(1.6);
        s.ctx.set_line_join("round");
        s.ctx.stroke();
        // A line needs two points; one is a dot.
        if let [(step, value)] = thin[..]
            && let Some(y) = y(value)
        {
            let x = r.x + r.w * (step - first) / (last - first);
            s.fill(Rect { x: x - 2.5, y: y - 2.5, w: 5.0, h: 5.0 }, &color_of(&s.ink, *role, e.measure));
        }
    }
    let below = r.y + r.h + 10.0;
    s.text(&number::integer(first.max(0.0) as u64), r.x, below, Align::Start, &s.ink.dim);
    s.text(&number::integer(last.max(0.0) as u64), r.x + r.w, below, Align::End, &s.ink.dim);
}

fn bars(s: &Surface, e: &Evidence, r: Rect, y: &dyn Fn(f64) -> Option<f64>) {
    let n = places(e);
    let slot = r.w / n as f64;
    let beside = if is_share(e.measure) { e.lines.len() } else { 1 };
    let thick = if n * beside > GAPS_MAX { slot } else { slot * 0.76 } / beside as f64;
    for (k, (role, points)) in e.lines.iter().enumerate() {
        let fill = color_of(&s.ink, *role, e.measure);
        for (place, value) in points {
            // Zero has no place on a logarithmic axis, and too small a value none in the picture: a sliver.
            let top = y(*value).unwrap_or(r.y + r.h).min(r.y + r.h - 1.0);
            let inner = if beside > 1 { k as f64 * thick } else { 0.0 };
            let x = r.x + slot * place + (slot - thick * beside as f64) / 2.0 + inner;
            s.fill(Rect { x, y: top, w: thick.max(1.0), h: r.y + r.h - top }, &fill);
        }
    }
}

/// Below each bar its name, shortened, where they have room; else numbers below the first and the last. Whether it was names.
fn name_bars(s: &Surface, e: &Evidence, r: Rect, names: &[String]) -> bool {
    let n = places(e);
    let slot = r.w / n as f64;
    let at = |i: usize, name: &str| {
        s.text(name, r.x + slot * (i as f64 + 0.5), r.y + r.h + 10.0, Align::Middle, &s.ink.dim);
    };
    let room = slot - NAME_GAP_PX;
    let fit = names.len() == n && names.iter().all(|name| room >= s.text_width(name).min(NAME_MIN_PX));
    if fit {
        names.iter().enumerate().for_each(|(i, name)| at(i, &s.fitted(name, room)));
    } else {
        at(0, "1");
        (n > 1).then(|| at(n - 1, &n.to_string()));
    }
    fit
}

/// Places along an axis that is not steps.
fn places(e: &Evidence) -> usize {
    let last = e.lines.iter().flat_map(|l| l.1.iter().map(|p| p.0)).fold(0.0, f64::max);
    (last as usize + 1).max(e.names.len())
}

/// Colour of a line: gradients are magenta everywhere, training and test have theirs.
pub fn color_of(ink: &Ink, role: Role, measure: Measure) -> String {
    match role {
        Role::Train => ink.train.clone(),
        Role::Test => ink.test.clone(),
        Role::Targets => ink.dim.clone(),
        Role::Answers => ink.pos.clone(),
        Role::Value => match measure {
            Measure::GradientNorm | Measure::LayerGradient | Measure::TimeGradient => ink.grad.clone(),
            _ => color::hex(color::viridis(0.45)),
        },
    }
}

/// What stands at a place.
fn read(e: &Evidence, place: f64, names: &[String], lang: Lang) -> Option<String> {
    let over = Along::of(e.measure).is_steps();
    let found: Vec<(f64, String)> = e
        .lines
        .iter()
        .filter_map(|(role, points)| {
            let (at, value) = nearest(points, place).filter(|p| over || p.0 == place)?;
            let value = super::words::number_word(value, e.measure);
            Some((at, super::words::role_word(*role).map_or(value.clone(), |w| format!("{} {value}", w.get(lang)))))
        })
        .collect();
    let at = found.first()?.0;
    let value = found.into_iter().map(|f| f.1).collect::<Vec<_>>().join(" · ");
    if over {
        let at_step = match Along::of(e.measure) {
            Along::TimeSteps => words::AT_TIME_STEP,
            Along::Batches => words::AT_BATCH,
            _ => words::AT_STEP,
        };
        return Some(at_step.with(lang, &[("step", &number::integer(at as u64)), ("value", &value)]));
    }
    Some(match names.get(place as usize) {
        Some(name) => format!("{name}: {value}"),
        None if is_share(e.measure) => {
            words::AT_CLASS.with(lang, &[("class", &(place as usize + 1).to_string()), ("value", &value)])
        }
        None => value,
    })
}
