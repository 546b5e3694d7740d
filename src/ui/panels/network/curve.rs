//! The curve of a layer's activation function on its opened card, with the values that the layer has now.
//!
//! The values are of the example shown, read before the function. Not responsible for the numbers (`inside::curve`).

use crate::i18n::{Lang, activation as words, network};
use crate::protocol::{FrameRequest, LookRequest, Want};
use crate::spec::Activation;
use crate::ui::hooks::{use_look, use_slow, use_wants};
use crate::ui::inside::curve::{Curve, MARKS_MAX, Mark};
use crate::ui::plots::number;
use crate::ui::state::State;
use crate::ui::testid;
use std::rc::Rc;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

/// The run as it is now, for what follows its frames inside settings that do not.
#[derive(Clone, Debug)]
pub struct Now(pub Rc<State>);

impl PartialEq for Now {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Under this name the panel asks for its values.
const KEY: &str = "activation-curve";
/// Size of the picture, and room at its left and its foot for numbers.
const SIZE: (f64, f64) = (340.0, 170.0);
const LEFT: f64 = 40.0;
const FOOT: f64 = 20.0;
/// Room above and at the right.
const EDGE: f64 = 8.0;
/// Most values that are read out one by one.
const SPOKEN_MAX: usize = 16;

/// Properties of [`ActivationCurve`].
#[derive(Clone, PartialEq, Properties)]
pub struct CurveProps {
    /// The function.
    pub act: Activation,
    /// Name of the value that comes into it.
    pub value: AttrValue,
    /// Index of the layer, for test ids.
    pub at: usize,
    /// Language.
    pub lang: Lang,
}

/// See the module; nothing outside the network panel.
#[component]
pub fn ActivationCurve(props: &CurveProps) -> Html {
    match use_context::<Now>() {
        Some(now) => html! { <Inner ..InnerProps { of: props.clone(), now } /> },
        None => Html::default(),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct InnerProps {
    of: CurveProps,
    now: Now,
}

#[component]
fn Inner(props: &InnerProps) -> Html {
    let CurveProps { act, value, at, lang } = props.of.clone();
    let state = &props.now.0;
    let node = use_node_ref();
    let place = use_state_eq(|| None::<f64>);
    let look = LookRequest {
        key: KEY.into(),
        example: (*state.view.example).clone(),
        values: vec![value.to_string()],
        ..LookRequest::default()
    };
    use_wants(KEY, &node, FrameRequest::of([Want::Look(look)]));
    let data = use_look(state, KEY);
    let curve = {
        let seen = data.as_ref().and_then(|d| d.looked(d.look(KEY)?, &value));
        let (shape, z) = seen.unwrap_or((&[], &[]));
        Rc::new(Curve::new(act, z, shape.last().copied().unwrap_or(1)))
    };
    // What is read changes twice a second: words that change with every frame cost layout and nobody reads them.
    let calm = use_slow(&curve, state.run.playing);
    let frame = Frame::of(&curve);
    let label = spoken(&calm, lang);
    let onpointermove = {
        let (place, half) = (place.setter(), curve.half);
        Callback::from(move |e: PointerEvent| {
            let Some(picture) = e.target_dyn_into::<Element>() else { return };
            let r = picture.get_bounding_client_rect();
            let x = (f64::from(e.client_x()) - r.left()) / r.width().max(1.0) * SIZE.0;
            let z = ((x - LEFT) / (SIZE.0 - LEFT - EDGE) * 2.0 - 1.0) * half;
            place.set(Some(z.clamp(-half, half)));
        })
    };
    let oninput = {
        let place = place.setter();
        Callback::from(move |e: InputEvent| {
            place.set(e.target_dyn_into::<HtmlInputElement>().and_then(|i| i.value().parse().ok()));
        })
    };
    let read = place.map(|z| curve.read(z.clamp(-curve.half, curve.half)));
    let shown = read.map(|(unit, mark)| reading(unit, &mark, lang));
    let half = curve.half;
    html! {
        <figure class="net-curve" ref={node}>
            <svg viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={label} {onpointermove}
                data-testid={testid::layer_control(at, "curve")}>
                { frame.picture(&curve, read.map(|(_, m)| m)) }
            </svg>
            <figcaption>
                <span class="net-curve-f">{ "f" }</span><span class="net-curve-slope">{ "f′" }</span>
                <output data-testid={testid::layer_control(at, "curve-reading")}>{ shown.unwrap_or_else(|| words::HINT.get(lang).into()) }</output>
            </figcaption>
            <input type="range" min={(-half).to_string()} max={half.to_string()} step={(half / 100.0).to_string()}
                value={place.unwrap_or(0.0).to_string()} {oninput} aria-label={words::AT.get(lang)}
                data-testid={testid::layer_control(at, "curve-at")} />
            <small data-testid={testid::layer_control(at, "curve-values")}>{ in_short(&calm, lang) }</small>
        </figure>
    }
}

/// What stands at a place, in words.
fn reading(unit: Option<usize>, m: &Mark, lang: Lang) -> String {
    let [z, f, slope] = [m.z, m.f, m.slope].map(number::short);
    let all = [("z", z.as_str()), ("f", f.as_str()), ("slope", slope.as_str())];
    match unit {
        Some(u) => {
            let u = (u + 1).to_string();
            words::UNIT_READING.with(lang, &[&all[..], &[("u", u.as_str())]].concat())
        }
        None => words::READING.with(lang, &all),
    }
}

/// The values in one sentence.
fn in_short(curve: &Curve, lang: Lang) -> String {
    let Some(s) = curve.spread else { return network::WAITING.get(lang).to_string() };
    let (n, flat) = (number::integer(s.count as u64), number::percent(s.flat));
    let [min, median, max] = [s.min, s.median, s.max].map(number::short);
    words::SPREAD.with(lang, &[("n", &n), ("min", &min), ("max", &max), ("median", &median), ("flat", &flat)])
}

/// The picture for who cannot see it.
fn spoken(curve: &Curve, lang: Lang) -> String {
    let values = if curve.marks.is_empty() || curve.marks.len() > SPOKEN_MAX {
        in_short(curve, lang)
    } else {
        let one = |m: &Mark| {
            let u = (m.unit + 1).to_string();
            let [z, f, slope] = [m.z, m.f, m.slope].map(number::short);
            words::VALUE.with(lang, &[("u", &u), ("z", &z), ("f", &f), ("slope", &slope)])
        };
        curve.marks.iter().map(one).collect::<Vec<_>>().join(" ")
    };
    let (from, to) = (number::short(-curve.half), number::short(curve.half));
    words::LABEL.with(lang, &[("name", curve.act.name()), ("from", &from), ("to", &to), ("values", &values)])
}

/// From numbers to places in the picture.
struct Frame {
    half: f64,
    low: f64,
    span: f64,
}

impl Frame {
    fn of(curve: &Curve) -> Frame {
        Frame { half: curve.half, low: curve.low, span: (curve.high - curve.low).max(1e-9) }
    }

    fn x(&self, z: f64) -> f64 {
        LEFT + (z / self.half + 1.0) / 2.0 * (SIZE.0 - LEFT - EDGE)
    }

    fn y(&self, v: f64) -> f64 {
        SIZE.1 - FOOT - (v - self.low) / self.span * (SIZE.1 - FOOT - EDGE)
    }

    fn line(&self, points: impl Iterator<Item = (f64, f64)>) -> String {
        points.map(|(x, y)| format!("{:.1},{:.1}", self.x(x), self.y(y))).collect::<Vec<_>>().join(" ")
    }

    fn picture(&self, curve: &Curve, at: Option<Mark>) -> Html {
        let foot = self.y(self.low);
        let ticks = number::ticks(self.low, self.low + self.span, 4);
        let tick = |v: f64| {
            let y = self.y(v);
            html! {<>
                <line class="net-curve-rule" x1={LEFT.to_string()} x2={(SIZE.0 - EDGE).to_string()} y1={y.to_string()} y2={y.to_string()} />
                <text x={(LEFT - 5.0).to_string()} y={(y + 3.5).to_string()} text-anchor="end">{ number::short(number::rounded(v)) }</text>
            </>}
        };
        let under = |z: f64, anchor: &'static str| {
            html! { <text x={self.x(z).to_string()} y={(SIZE.1 - 5.0).to_string()} text-anchor={anchor}>{ number::short(z) }</text> }
        };
        html! {
            <>
                { for ticks.into_iter().map(tick) }
                <line class="net-curve-rule" x1={self.x(0.0).to_string()} x2={self.x(0.0).to_string()} y1={EDGE.to_string()} y2={foot.to_string()} />
                { under(-self.half, "start") }{ under(0.0, "middle") }{ under(self.half, "end") }
                <text x={self.x(self.half * 0.75).to_string()} y={(SIZE.1 - 5.0).to_string()} text-anchor="middle">{ "z" }</text>
                { self.bars(curve) }
                <polyline class="net-curve-slope" points={self.line(curve.points.iter().map(|(x, _, s)| (*x, *s)))} />
                <polyline class="net-curve-f" points={self.line(curve.points.iter().map(|(x, f, _)| (*x, *f)))} />
                { for curve.marks.iter().map(|m| self.mark(m)) }
                { for at.map(|m| self.pointer(&m)) }
            </>
        }
    }

    /// How many values lie where, from the foot up to a third of the picture.
    fn bars(&self, curve: &Curve) -> Html {
        let most = curve.bars.iter().copied().max().unwrap_or(0).max(1) as f64;
        let w = (SIZE.0 - LEFT - EDGE) / curve.bars.len().max(1) as f64;
        let bar = |(i, n): (usize, &usize)| {
            let h = *n as f64 / most * (SIZE.1 - FOOT - EDGE) / 3.0;
            html! {
                <rect class="net-curve-bar" x={(LEFT + i as f64 * w).to_string()} y={(SIZE.1 - FOOT - h).to_string()}
                    width={(w - 0.5).to_string()} height={h.to_string()} />
            }
        };
        html! { <>{ for curve.bars.iter().enumerate().filter(|(_, n)| **n > 0).map(bar) }</> }
    }

    fn mark(&self, m: &Mark) -> Html {
        let r = if MARKS_MAX > 16 { "3" } else { "4" };
        html! { <circle class="net-curve-mark" cx={self.x(m.z).to_string()} cy={self.y(m.f).to_string()} {r} /> }
    }

    fn pointer(&self, m: &Mark) -> Html {
        let x = self.x(m.z).to_string();
        html! {
            <>
                <line class="net-curve-at" x1={x.clone()} x2={x.clone()} y1={EDGE.to_string()} y2={(SIZE.1 - FOOT).to_string()} />
                <circle class="net-curve-at" cx={x.clone()} cy={self.y(m.f).to_string()} r="4.5" />
                <circle class="net-curve-at" cx={x} cy={self.y(m.slope).to_string()} r="4.5" />
            </>
        }
    }
}
