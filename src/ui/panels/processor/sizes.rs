//! Speed by size: steps a second of ever larger networks on both, measured on this machine.
//!
//! Not responsible for one race (`race.rs`).

use super::race::rate;
use crate::i18n::{Lang, card as words, transport};
use crate::spec::{Backend, Experiment};
use crate::ui::link::side::SideWorker;
use crate::ui::plots::number;
use crate::ui::side_error::SideError;
use crate::ui::testid;
use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Units of each of the two layers.
const UNITS: [usize; 5] = [16, 64, 256, 512, 1024];
/// The picture.
const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 36.0;

/// Of one size: units, steps a second on the processor and on the card.
type Point = (usize, f64, f64);

/// Properties of [`Sizes`].
#[derive(Clone, PartialEq, Properties)]
pub struct SizesProps {
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Sizes(props: &SizesProps) -> Html {
    let lang = props.lang;
    let points = use_state_eq(Vec::<Point>::new);
    let error = use_state_eq(|| None::<SideError>);
    let running = use_state_eq(|| false);
    let worker = use_mut_ref(|| None::<SideWorker>);
    let onclick = {
        let (points, error, running) = (points.setter(), error.setter(), running.clone());
        Callback::from(move |_: MouseEvent| {
            if *running {
                // With its worker gone, what it was asked for is answered as stopped.
                running.set(false);
                *worker.borrow_mut() = None;
                return;
            }
            let side = worker.borrow_mut().insert(SideWorker::with_card()).handle();
            let (points, error, running, worker) = (points.clone(), error.clone(), running.setter(), worker.clone());
            running.set(true);
            error.set(None);
            spawn_local(async move {
                let mut all = Vec::new();
                for units in UNITS {
                    let e = experiment(units);
                    let both = match rate(&side, &e, Backend::Simd).await {
                        Ok(simd) => rate(&side, &e, Backend::Webgpu).await.map(|card| (units, simd, card)),
                        Err(e) => Err(e),
                    };
                    match both {
                        Ok(point) => all.push(point),
                        Err(SideError::Stopped) => return,
                        Err(e) => {
                            error.set(Some(e));
                            break;
                        }
                    }
                    points.set(all.clone());
                }
                running.set(false);
                *worker.borrow_mut() = None;
            });
        })
    };
    html! {
        <div class="processor-sizes">
            <h3>{ words::BY_SIZE.get(lang) }</h3>
            <p class="dim small">{ words::BY_SIZE_HINT.get(lang) }</p>
            if !points.is_empty() { { picture(&points, lang) } }
            if let Some(error) = &*error { <p class="dim">{ error.words(lang) }</p> }
            <button class="button" data-testid={testid::BY_SIZE} {onclick}>
                { if *running { words::STOP.get(lang) } else { words::MEASURE.get(lang) } }
            </button>
            if *running { <span class="dim" role="status">{ words::MEASURING.get(lang) }</span> }
        </div>
    }
}

/// Two dense layers of so many units.
fn experiment(units: usize) -> Experiment {
    let dense = |units: usize| json!({"type": "dense", "units": units, "activation": "relu"});
    let value = json!({
        "data": {"set": "random", "input": [units], "target": {"classes": 10}, "samples": 256},
        "model": {"layers": [dense(units), dense(units), {"type": "dense"}]},
        "task": {"type": "classification"}, "optimizer": {"type": "sgd", "lr": 0.01}, "training": {"batch": 64},
    });
    // Written here, and it says nothing that an experiment may not.
    Experiment::from_value(value).unwrap_or_else(|_| crate::spec::preset::first())
}

/// Both axes are logarithmic.
fn picture(points: &[Point], lang: Lang) -> Html {
    let all = || points.iter().flat_map(|(_, a, b)| [*a, *b]);
    let (low, high) = all().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
    let (low, high) = (low.log10().floor(), high.log10().ceil().max(low.log10().floor() + 1.0));
    let span = (UNITS[UNITS.len() - 1] as f64 / UNITS[0] as f64).ln();
    let x = |units: usize| LEFT + (units as f64 / UNITS[0] as f64).ln() / span * (WIDTH - LEFT - 12.0);
    let y = |rate: f64| 10.0 + (high - rate.log10()) / (high - low) * (HEIGHT - BOTTOM - 10.0);
    let line = |of: &dyn Fn(&Point) -> f64| {
        points.iter().map(|p| format!("{:.1},{:.1}", x(p.0), y(of(p)))).collect::<Vec<_>>().join(" ")
    };
    let decades = (low as i32..=high as i32).map(|k| {
        let at = y(10f64.powi(k));
        html! {
            <g key={k}>
                <line class="axis" x1={LEFT.to_string()} x2={WIDTH.to_string()} y1={at.to_string()} y2={at.to_string()} />
                <text x={(LEFT - 6.0).to_string()} y={(at + 4.0).to_string()} text-anchor="end">{ number::si(10f64.powi(k)) }</text>
            </g>
        }
    });
    let ticks = points.iter().map(|p| {
        html! { <text x={x(p.0).to_string()} y={(HEIGHT - BOTTOM + 16.0).to_string()} text-anchor="middle">{ p.0 }</text> }
    });
    let rate = |v: f64| transport::STEPS_PER_S.with(lang, &[("n", &number::si(number::rounded(v)))]);
    let said =
        points.iter().map(|(units, simd, card)| format!("{units}: SIMD {}, WebGPU {}", rate(*simd), rate(*card)));
    let said = said.collect::<Vec<_>>().join("; ");
    html! {
        <>
            <svg class="processor-plot" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={said} data-testid={testid::BY_SIZE_PLOT}>
                { for decades }
                { for ticks }
                <text x={((LEFT + WIDTH) / 2.0).to_string()} y={(HEIGHT - 4.0).to_string()} text-anchor="middle">
                    { words::UNITS.get(lang) }
                </text>
                <polyline points={line(&|p| p.1)} fill="none" stroke="var(--train)" stroke-width="2" />
                <polyline points={line(&|p| p.2)} fill="none" stroke="var(--test)" stroke-width="2" stroke-dasharray="5 3" />
            </svg>
            <p class="legend">
                { crate::ui::plots::controls::line_sample("var(--train)".into(), false) }{ words::SIMD.get(lang) }{ " " }
                { crate::ui::plots::controls::line_sample("var(--test)".into(), true) }{ words::WEBGPU.get(lang) }
            </p>
        </>
    }
}
