//! One head step by step: scores, mask, softmax, mix of the values, with the numbers of the chosen pair.
//!
//! Not responsible for the arithmetic (`ui::inside::attention::stages`).

use super::Focus;
use super::map::hidden_color;
use super::shown::Shown;
use crate::i18n::{Lang, attention as words, between, panel};
use crate::ui::inside::attention::stages::{self, Row};
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::color::{self, Rgb};
use crate::ui::plots::number;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Steps`].
#[derive(Clone, PartialEq, Properties)]
pub struct StepsProps {
    /// The layer, with queries, keys and values.
    pub shown: Same<Shown>,
    /// The head.
    pub head: usize,
    /// The pair whose numbers are read.
    pub focus: Focus,
    /// Takes the cell under the pointer.
    pub onhover: Callback<Option<(usize, usize)>>,
    /// Takes a clicked cell.
    pub onpick: Callback<(usize, usize)>,
    /// Lets go of what is pinned.
    pub onrelease: Option<Callback<()>>,
    /// Language.
    pub lang: Lang,
}

/// All rows of a head, or the chosen one alone.
#[derive(Clone, Debug)]
struct Computed {
    /// One for each place that asks, or one.
    rows: Vec<Row>,
    /// The place of the first of them.
    first: usize,
    /// The largest size of a score.
    score_max: f64,
    /// Greatest differences from the network's weights and mix.
    gaps: (f64, f64),
    width: usize,
}

impl Computed {
    fn new(shown: &Shown, head: usize, focus: usize) -> Option<Computed> {
        let joint = shown.joint()?;
        let (rows, first) = match stages::rows(&joint, &shown.heads, head) {
            Some(rows) => (rows, 0),
            None => (vec![stages::row(&joint, &shown.heads, head, focus)], focus),
        };
        let finite = rows.iter().flat_map(|r| &r.scores).filter(|v| v.is_finite());
        let score_max = finite.fold(0.0, |m: f64, v| m.max(v.abs())).max(1e-6);
        let mut gaps = (0.0, 0.0);
        for (i, row) in rows.iter().enumerate() {
            let t = first + i;
            let add = |gap: &mut f64, new: f64| *gap = if new > *gap || new.is_nan() { new } else { *gap };
            add(&mut gaps.0, stages::gap(row.weights.iter().copied(), shown.heads.row(head, t).iter().copied()));
            add(&mut gaps.1, stages::gap(row.mix.iter().copied(), shown.mixed(head, t).iter().copied()));
        }
        Some(Computed { rows, first, score_max, gaps, width: joint.width() })
    }

    fn row(&self, t: usize) -> Option<&Row> {
        self.rows.get(t.checked_sub(self.first)?)
    }
}

/// Which picture.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Scores,
    Mask,
    Softmax,
}

impl Stage {
    const ALL: [Stage; 3] = [Stage::Scores, Stage::Mask, Stage::Softmax];

    fn name(self) -> &'static str {
        match self {
            Stage::Scores => "scores",
            Stage::Mask => "mask",
            Stage::Softmax => "softmax",
        }
    }
}

/// See the module.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let (lang, shown, focus) = (props.lang, &props.shown.0, props.focus);
    let deps = (props.shown.clone(), props.head, focus.t);
    let computed = use_memo(deps, |(shown, head, t)| Computed::new(&shown.0, *head, *t));
    let Some(c) = &*computed else {
        let why = if shown.at.additive { words::ADDITIVE } else { panel::WAITING };
        return html! { <p class="plot-note">{ why.get(lang) }</p> };
    };
    let w = c.width.to_string();
    let shared = Same(computed.clone());
    let stage = |(i, stage): (usize, Stage)| {
        let title = words::STAGE[i].with(lang, &[("w", &w)]);
        let note = match stage {
            Stage::Scores => signed_range(c.score_max),
            Stage::Mask if shown.heads.causal => words::MASKED.get(lang).into(),
            Stage::Mask if shown.at.padding => words::PADDING_MASKED.get(lang).into(),
            Stage::Mask => words::NOT_MASKED.get(lang).into(),
            Stage::Softmax => format!("0 – {}", number::short(f64::from(shown.heads.largest(props.head)))),
        };
        html! {
            <figure class="stage">
                <figcaption>{ title.clone() }</figcaption>
                <Picture shown={props.shown.clone()} head={props.head} computed={shared.clone()} {stage} {focus} label={title}
                    onhover={props.onhover.clone()} onpick={props.onpick.clone()} onrelease={props.onrelease.clone()} />
                <small>{ note }</small>
            </figure>
        }
    };
    let range = format!("±{}", number::short(f64::from(largest_value(shown, props.head))));
    let args = [("n", (focus.t + 1).to_string()), ("w", w.clone()), ("range", range)];
    let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
    html! {<>
        if c.rows.len() < shown.heads.queries { <p class="plot-note">{ words::ROW_ONLY.with(lang, &args) }</p> }
        <div class="stages">
            { for Stage::ALL.into_iter().enumerate().map(stage) }
            <figure class="stage">
                <figcaption>{ words::STAGE[3].get(lang) }</figcaption>
                <Mix shown={props.shown.clone()} head={props.head} computed={shared.clone()} t={focus.t} label={words::STAGE[3].get(lang)} />
                <small>{ words::MIX.with(lang, &args) }</small>
            </figure>
        </div>
        { reading(shown, props.head, c, focus, lang) }
        <p class="plot-note" data-testid={testid::attention("agrees")}>
            { words::AGREES.with(lang, &[("gap", &number::short(c.gaps.0)), ("mix", &number::short(c.gaps.1))]) }
            if shown.is_turned() { { between(lang) }{ words::TURNED.get(lang) } }
        </p>
    </>}
}

fn signed_range(max: f64) -> String {
    format!("{} – {}", number::short(-max), number::short(max))
}

/// The chosen pair through all stages.
fn reading(shown: &Shown, head: usize, c: &Computed, focus: Focus, lang: Lang) -> Html {
    let s = focus.s.unwrap_or(0).min(shown.heads.keys.saturating_sub(1));
    let (Some(row), Some(joint)) = (c.row(focus.t), shown.joint()) else { return Html::default() };
    let engine = shown.heads.weight(head, focus.t, s).unwrap_or(f32::NAN);
    let text = if shown.heads.is_masked(focus.t, s) { words::STEPS_HIDDEN } else { words::STEPS };
    let said = text.with(
        lang,
        &[
            ("t", shown.ask_label(focus.t)),
            ("s", shown.asked_label(s)),
            ("qk", &number::short(joint.product(focus.t, s, head))),
            ("w", &c.width.to_string()),
            ("score", &number::short(row.scores[s])),
            ("p", &number::short(row.weights[s])),
            ("engine", &number::short(f64::from(engine))),
        ],
    );
    html! { <p class="legend readout" data-testid={testid::attention("steps")}>{ said }</p> }
}

#[derive(Clone, PartialEq, Properties)]
struct PictureProps {
    shown: Same<Shown>,
    head: usize,
    computed: Same<Option<Computed>>,
    stage: Stage,
    /// In words.
    label: String,
    focus: Focus,
    onhover: Callback<Option<(usize, usize)>>,
    onpick: Callback<(usize, usize)>,
    onrelease: Option<Callback<()>>,
}

#[component]
fn Picture(props: &PictureProps) -> Html {
    let (rows, cols) = (props.shown.0.heads.queries, props.shown.0.heads.keys);
    let deps = (props.shown.clone(), props.computed.clone(), props.stage, props.head, props.focus);
    let draw = use_callback(deps, |s: Surface, (shown, computed, stage, head, focus)| {
        if let Some(c) = &*computed.0 {
            picture(&s, &shown.0, c, *stage, *head);
            frame(&s, &shown.0, *focus);
        }
    });
    let node = use_node_ref();
    let cell = {
        let node = node.clone();
        Rc::new(move |(x, y): (f64, f64)| {
            let canvas = node.cast::<web_sys::HtmlCanvasElement>()?;
            let share = |v: f64, length: i32, n: usize| {
                let at = (v / f64::from(length.max(1)) * n as f64).floor();
                (at >= 0.0 && at < n as f64).then_some(at as usize)
            };
            Some((share(y, canvas.client_height(), rows)?, share(x, canvas.client_width(), cols)?))
        })
    };
    let onhover = {
        let (cell, emit) = (cell.clone(), props.onhover.clone());
        Callback::from(move |at: Option<(f64, f64)>| emit.emit(at.and_then(|at| cell(at))))
    };
    let onpick = {
        let emit = props.onpick.clone();
        Callback::from(move |at: (f64, f64)| {
            if let Some(found) = cell(at) {
                emit.emit(found);
            }
        })
    };
    let ratio = cols as f64 / rows.max(1) as f64;
    let weight = 0.5 + rows as f64 * cols as f64 / 60_000.0;
    html! {
        <Canvas {draw} {node} {onhover} {onpick} onrelease={props.onrelease.clone()} {weight} style={format!("aspect-ratio: {ratio:.4}")}
            testid={testid::attention_stage(props.stage.name())} label={props.label.clone()} />
    }
}

fn picture(s: &Surface, shown: &Shown, c: &Computed, stage: Stage, head: usize) {
    let (rows, cols) = (shown.heads.queries, shown.heads.keys);
    let (hidden, max) = (hidden_color(&s.ink), shown.heads.largest(head));
    let mut rgba = Vec::with_capacity(4 * rows * cols);
    for t in 0..rows {
        for k in 0..cols {
            let masked = stage != Stage::Scores && shown.heads.is_masked(t, k);
            let rgb: Rgb = match c.row(t) {
                None => s.ink.bg,
                Some(_) if masked => hidden,
                Some(row) if stage == Stage::Softmax => color::viridis(row.weights[k] as f32 / max),
                Some(row) => color::diverging((row.scores[k] / c.score_max) as f32, s.ink.zero),
            };
            rgba.extend([rgb[0], rgb[1], rgb[2], 255]);
        }
    }
    s.map(&rgba, cols, rows, Rect { x: 0.0, y: 0.0, w: s.width, h: s.height }, false);
}

fn frame(s: &Surface, shown: &Shown, focus: Focus) {
    let (w, h) = (s.width / shown.heads.keys as f64, s.height / shown.heads.queries as f64);
    let (ground, row) = (color::hex(s.ink.bg), Rect { x: 0.0, y: h * focus.t as f64, w: s.width, h });
    s.outline(row, &ground, 3.0);
    s.outline(row, &s.ink.ink, 1.2);
    if let Some(k) = focus.s {
        let cell = Rect { x: w * k as f64, y: row.y, w, h };
        s.outline(cell, &ground, 3.0);
        s.outline(cell, &s.ink.ink, 2.0);
    }
}

#[derive(Clone, PartialEq, Properties)]
struct MixProps {
    shown: Same<Shown>,
    head: usize,
    computed: Same<Option<Computed>>,
    t: usize,
    label: AttrValue,
}

/// The largest size of a head's values.
fn largest_value(shown: &Shown, head: usize) -> f32 {
    let Some(joint) = shown.joint() else { return 1e-6 };
    let all = (0..shown.heads.keys).flat_map(|k| joint.value(k, head));
    all.map(|v| v.abs()).filter(|v| v.is_finite()).fold(1e-6, f32::max)
}

/// Weights of the chosen row beside the values, and their mean below.
#[component]
fn Mix(props: &MixProps) -> Html {
    let deps = (props.shown.clone(), props.computed.clone(), props.head, props.t);
    let draw = use_callback(deps, |s: Surface, (shown, computed, head, t)| {
        if let Some(row) = computed.0.as_ref().as_ref().and_then(|c| c.row(*t)) {
            mix(&s, &shown.0, row, *head, *t);
        }
    });
    html! { <Canvas {draw} class="mix" testid={testid::attention_stage("mix")} label={props.label.clone()} /> }
}

fn mix(s: &Surface, shown: &Shown, row: &Row, head: usize, t: usize) {
    let Some(joint) = shown.joint() else { return };
    let (keys, width) = (shown.heads.keys, joint.width());
    let (bar, below, gap) = (16.0, 16.0, 5.0);
    let values = |k: usize| joint.value(k, head);
    let (v_max, p_max) = (largest_value(shown, head), shown.heads.largest(head));
    let (mut left, mut right, mut sum) = (Vec::new(), Vec::new(), Vec::new());
    let push = |to: &mut Vec<u8>, rgb: Rgb| to.extend([rgb[0], rgb[1], rgb[2], 255]);
    for k in 0..keys {
        let hidden = shown.heads.is_masked(t, k);
        push(&mut left, if hidden { hidden_color(&s.ink) } else { color::viridis(row.weights[k] as f32 / p_max) });
        for v in values(k) {
            let rgb = color::diverging(v / v_max, s.ink.zero);
            push(&mut right, if hidden { color::mix(rgb, hidden_color(&s.ink), 0.8) } else { rgb });
        }
    }
    row.mix.iter().for_each(|v| push(&mut sum, color::diverging(*v as f32 / v_max, s.ink.zero)));
    let tall = s.height - below - gap;
    s.map(&left, 1, keys, Rect { x: 0.0, y: 0.0, w: bar, h: tall }, false);
    s.map(&right, width, keys, Rect { x: bar + gap, y: 0.0, w: s.width - bar - gap, h: tall }, false);
    s.map(&sum, width, 1, Rect { x: bar + gap, y: tall + gap, w: s.width - bar - gap, h: below }, false);
    s.text("Σ", bar / 2.0, tall + gap + below / 2.0, crate::ui::plots::surface::Align::Middle, &s.ink.ink);
}
