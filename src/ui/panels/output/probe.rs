//! What the features of a trunk or an encoder are worth: the linear probe beside training from scratch, its course, and the features in the
//! plane.
//!
//! Not responsible for any number of the network (the worker's), nor for the plane's arithmetic (`ui::inside::pca`).

use super::PartProps;
use crate::i18n::{Lang, curves, output, probe as words};
use crate::protocol::{FrameRequest, PartRequest, PartRows, Probe, Want};
use crate::spec::DataInfo;
use crate::spec::model::PartName;
use crate::ui::frame_data::FrameData;
use crate::ui::hooks::use_wants;
use crate::ui::inside::pca::Plane;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::chart::{self, Stroke};
use crate::ui::plots::color::{self, Marker};
use crate::ui::plots::controls::{line_sample, point_sample};
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface, grown};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Test rows in the plane.
const ROWS: usize = 300;

/// What must be computed for it.
pub fn wants() -> Vec<Want> {
    let request = PartRequest { part: PartName::Trunk, rows: PartRows::Test { n: ROWS } };
    vec![Want::Probe, Want::Part(request)]
}

/// See the module.
#[component]
pub fn ProbeView(props: &PartProps) -> Html {
    let (state, lang, info) = (&props.panel.state, props.panel.state.page.lang, &props.info);
    let last = use_mut_ref(|| None::<Rc<Plane>>);
    let plane = use_memo(Same(state.run.frame.clone()), |frame| {
        let now = plane(&frame.0, last.borrow().as_deref()).map(Rc::new);
        let shown = now.or_else(|| last.borrow().clone());
        last.borrow_mut().clone_from(&shown);
        shown
    });
    let found = state.run.frame.frame.probe();
    let contrasts = state.edit.experiment.task.kind.contrasts();
    let counts = !info.class_names.is_empty();
    html! {
        <div class="probe" data-testid={testid::PROBE}>
            if let Some(found) = found {
                <div class="probe-figures">
                    { table(found, lang) }
                    if contrasts { <p class="plot-note">{ words::FOUND.get(lang) }</p> }
                    <Course found={found.clone()} {lang} />
                </div>
            } else {
                <p class="plot-empty">{ if counts { output::WAITING } else { words::NO_CLASSES }.get(lang) }</p>
            }
            if let Some(plane) = &*plane { <Points plane={Same(plane.clone())} info={info.clone()} {lang} /> }
        </div>
    }
}

/// What an encoder's code is worth, where it is asked for.
#[component]
pub fn CodeProbe(props: &PartProps) -> Html {
    let (node, lang) = (use_node_ref(), props.panel.state.page.lang);
    use_wants(testid::PROBE_CODE, &node, FrameRequest::of([Want::Probe]));
    let found = props.panel.state.run.frame.frame.probe();
    let empty = if props.info.class_names.is_empty() { words::NO_CLASSES } else { output::WAITING };
    html! {
        <div ref={node} class="probe" data-testid={testid::PROBE}>
            <p class="plot-note">{ words::WHAT_CODE.get(lang) }</p>
            if let Some(found) = found {
                <div class="probe-figures">
                    { table(found, lang) }
                    <Course found={found.clone()} {lang} />
                </div>
            } else {
                <p class="plot-empty">{ empty.get(lang) }</p>
            }
        </div>
    }
}

/// The trunk's features in the plane.
fn plane(frame: &FrameData, last: Option<&Plane>) -> Option<Plane> {
    let part = frame.frame.parts().find(|p| p.request.part == PartName::Trunk)?;
    let width = part.values.shape.get(1..)?.iter().product();
    Plane::of(frame.array(part.values.buffer), width, &part.labels, last)
}

fn share(v: Option<f32>) -> String {
    v.map_or_else(|| "–".into(), |v| number::percent(f64::from(v)))
}

fn table(found: &Probe, lang: Lang) -> Html {
    let (step, of) = found.scratch_steps;
    let used = found.labelled as f64 / found.train.max(1) as f64;
    let labels = [("n", &*number::integer(found.labelled as u64)), ("share", &number::percent(used))];
    let scratch = if step >= of {
        words::SCRATCH.get(lang).to_string()
    } else {
        words::SCRATCH_ON.with(lang, &[("step", &number::integer(step)), ("of", &number::integer(of))])
    };
    let rows =
        [("linear", words::LINEAR.get(lang).to_string(), Some(found.accuracy)), ("scratch", scratch, found.scratch)];
    let row = |(id, name, value): (&str, String, Option<f32>)| {
        let number = value.map_or_else(String::new, |v| v.to_string());
        html! {
            <tr key={id}>
                <th scope="row">{ name }</th>
                <td class="value" data-testid={testid::probe(id)} data-value={number}>{ share(value) }</td>
            </tr>
        }
    };
    let measured = [("step", &*number::integer(found.step)), ("n", &number::integer(found.tested as u64))];
    html! {<>
        <table class="scores rows" aria-label={words::TABLE.get(lang)} data-testid={testid::probe("table")}>
            <thead><tr>
                <th scope="col">{ words::WAY.with(lang, &labels) }</th>
                <th scope="col">{ words::RIGHT.get(lang) }</th>
            </tr></thead>
            <tbody>{ for rows.into_iter().map(row) }</tbody>
        </table>
        <p class="plot-note">{ words::MEASURED.with(lang, &measured) }</p>
    </>}
}

/// Properties of [`Course`].
#[derive(Clone, PartialEq, Properties)]
struct CourseProps {
    found: Probe,
    lang: Lang,
}

/// The probe's share over the steps; training from scratch is a level.
#[component]
fn Course(props: &CourseProps) -> Html {
    let CourseProps { found, lang } = props.clone();
    let draw = use_callback((found.clone(), lang), |s: Surface, (found, lang)| draw_course(&s, found, *lang));
    let (Some(first), Some(last)) = (found.course.first(), found.course.last()) else { return html! {} };
    let args = [
        ("n", &*number::integer(found.course.len() as u64)),
        ("from", &number::integer(first.0)),
        ("first", &share(Some(first.1))),
        ("to", &number::integer(last.0)),
        ("last", &share(Some(last.1))),
        ("scratch", &share(found.scratch)),
    ];
    html! {
        <figure class="probe-course" aria-label={words::COURSE.get(lang)}>
            <div class="plot-stack forecast-plot">
                <Canvas {draw} label={words::COURSE_LABEL.with(lang, &args)} testid={testid::probe("course")} />
            </div>
            <p class="legend">
                <span>{ line_sample("var(--train)".into(), false) }{ words::PROBE.get(lang) }</span>
                <span>{ line_sample("var(--test)".into(), true) }{ words::FROM_SCRATCH.get(lang) }</span>
            </p>
        </figure>
    }
}

fn draw_course(s: &Surface, found: &Probe, lang: Lang) {
    let points: Vec<(f64, f64)> = found.course.iter().map(|(at, v)| (*at as f64, 100.0 * f64::from(*v))).collect();
    let end = points.last().map_or(1.0, |p| p.0.max(1.0));
    let level = found.scratch.map(|v| 100.0 * f64::from(v));
    let x = Axis::between(0.0, end, if s.width < 320.0 { 3 } else { 5 });
    let y = Axis::linear(points.iter().map(|p| p.1).chain(level), 4);
    let ink = |css: &str| color::parse_hex(css).unwrap_or(color::POSITIVE);
    let stroke = |line: Vec<(f64, f64)>, css: &str, dashed: bool| Stroke {
        pieces: vec![line],
        rgb: ink(css),
        alpha: 1.0,
        width_px: 1.8,
        dashed,
    };
    let mut strokes: Vec<Stroke> =
        level.map(|v| stroke(vec![(0.0, v), (end, v)], &s.ink.test, true)).into_iter().collect();
    strokes.push(stroke(points, &s.ink.train, false));
    let titles = (curves::STEPS_AXIS.get(lang), "%");
    if let Err(message) = chart::draw(s, &x, &y, titles.0, titles.1, &strokes) {
        s.text(&message, s.width / 2.0, s.height / 2.0, Align::Middle, &s.ink.dim);
    }
}

/// Properties of [`Points`].
#[derive(Clone, PartialEq, Properties)]
struct PointsProps {
    plane: Same<Plane>,
    info: DataInfo,
    lang: Lang,
}

/// The features in the plane, in the colours of their classes.
#[component]
fn Points(props: &PointsProps) -> Html {
    let PointsProps { plane, info, lang } = props.clone();
    let draw = use_callback((plane.clone(), lang), |s: Surface, (plane, lang)| draw_points(&s, &plane.0, *lang));
    let plane = &plane.0;
    let [a, b] = plane.shares.map(|v| share(Some(v)));
    let (n, alike) = (number::integer(plane.points.len() as u64), share(plane.alike()));
    let args = [("n", &*n), ("a", &a), ("b", &b), ("alike", &alike)];
    let key = |class: u16| {
        let class = usize::from(class);
        let name = info.class_names.get(class).cloned().unwrap_or_else(|| class.to_string());
        html! { <span>{ point_sample(Marker::of_class(class), color::class(class), false) }{ name }</span> }
    };
    html! {
        <figure class="probe-plane">
            <figcaption>{ words::PLANE.get(lang) }</figcaption>
            <div class="plot-stack latent-plane">
                <Canvas {draw} label={words::PLANE_LABEL.with(lang, &args)} weight={2.0} testid={testid::probe("plane")} />
            </div>
            <p class="legend">{ for plane.classes().into_iter().map(key) }</p>
            <p class="plot-note" data-testid={testid::probe("alike")}>{ words::ALIKE.with(lang, &args) }</p>
        </figure>
    }
}

fn draw_points(s: &Surface, plane: &Plane, lang: Lang) {
    let edge = 18.0 * grown(s.width);
    let side = (s.width.min(s.height) - edge - 4.0).max(1.0);
    let f = Rect { x: edge, y: 2.0, w: side, h: side };
    s.outline(f, &s.ink.rule, 1.0);
    let reach = 1.05 * plane.reach();
    let place = |v: f32| f64::from((v / reach + 1.0) / 2.0);
    for (k, (x, y)) in plane.points.iter().enumerate() {
        let class = plane.labels.get(k).map(|l| usize::from(*l));
        let fill = class.map_or_else(|| s.ink.pos.clone(), |c| color::hex(color::class(c)));
        let at = (f.x + f.w * place(*x), f.y + f.h * (1.0 - place(*y)));
        s.marker(Marker::of_class(class.unwrap_or(0)), at, 2.6, &fill, "#ffffff", 0.7);
    }
    let name = |k: &str| words::COMPONENT.with(lang, &[("k", k)]);
    s.text(&name("1"), f.x + f.w / 2.0, f.y + f.h + edge / 2.0 + 1.0, Align::Middle, &s.ink.dim);
    s.ctx.save();
    // The context's own transform is undone by `restore`; it fails for numbers that are none.
    let _ = s.ctx.translate(edge / 2.0, f.y + f.h / 2.0);
    let _ = s.ctx.rotate(-std::f64::consts::FRAC_PI_2);
    s.text(&name("2"), 0.0, 0.0, Align::Middle, &s.ink.dim);
    s.ctx.restore();
}
