//! The example that all panels inside the network follow: a row of the training or test part, or one drawn by hand; with
//! what it is, what it should give and what the network says.
//!
//! Not responsible for what panels make of it.

use super::draw::DrawPad;
use super::own_text::{self, OwnText};
use super::pad::Inks;
use super::places::Net;
use crate::i18n::{Lang, inside as words};
use crate::protocol::{Example, FrameRequest, Look, LookRequest, Objective};
use crate::spec::Target;
use crate::ui::form::Same;
use crate::ui::hooks::use_wants;
use crate::ui::panels::data::draw_picture;
use crate::ui::panels::network::field::NumberField;
use crate::ui::plots::canvas::{ByPtr, Canvas};
use crate::ui::plots::controls::choice;
use crate::ui::plots::number;
use crate::ui::plots::scores::probabilities;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::state::{Msg, State};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Most numbers or tokens of an example that are written out.
const WRITTEN: usize = 12;

/// What the panels inside get.
#[derive(Clone, PartialEq, Properties)]
pub struct InsideProps {
    /// Everything the page knows.
    pub state: Same<State>,
    /// The network's layers.
    pub net: Same<Net>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// What was last seen of the example.
#[derive(Clone, Default)]
struct Kept {
    look: Look,
    input: Rc<Vec<f32>>,
    output: Vec<f32>,
}

/// See the module.
#[component]
pub fn ExampleChooser(props: &InsideProps) -> Html {
    let InsideProps { state, net, emit } = props;
    let lang = state.lang;
    let node = use_node_ref();
    let values = vec!["input".to_string(), "output".to_string()];
    let example = Example::clone(&state.example);
    let look = LookRequest { key: testid::EXAMPLE.into(), example, values, of: Objective::Loss };
    use_wants(testid::EXAMPLE, &node, FrameRequest { looks: vec![look], ..FrameRequest::default() });
    let kept = use_mut_ref(Kept::default);
    take(&mut kept.borrow_mut(), state, net);
    let now = kept.borrow().clone();
    let inks = use_memo((ByPtr(state.data.clone()), net.clone()), |(data, net)| {
        Inks::of(&data.0.x, net.data.input.last().copied().unwrap_or(1))
    });
    let drawing = matches!(*state.example, Example::Own(_));
    html! {
        <div ref={node} class="example" data-testid={testid::EXAMPLE}>
            { choose(state, net, &now, emit) }
            <div class="example-shown">
                if net.data.tokens.is_none() {
                    { picture(net, &now, inks, drawing, lang, emit) }
                } else if !matches!(*state.example, Example::Text(_)) {
                    { own_text::shown(&now.input, &state.data.loaded.tokens) }
                }
                <p class="example-says" data-testid={testid::example("says")}>{ says(net, state, &now, lang) }</p>
            </div>
        </div>
    }
}

fn take(kept: &mut Kept, state: &State, net: &Net) {
    let Some(look) = state.frame.look(testid::EXAMPLE) else { return };
    let (Some((shape, input)), Some((_, output))) =
        (state.frame.looked(look, "input"), state.frame.looked(look, "output"))
    else {
        return;
    };
    if shape == net.data.input {
        // The same picture need not be drawn again.
        if *kept.input != input {
            kept.input = Rc::new(input.to_vec());
        }
        *kept = Kept { look: look.clone(), input: kept.input.clone(), output: output.to_vec() };
    }
}

fn choose(state: &State, net: &Net, now: &Kept, emit: &Callback<Msg>) -> Html {
    let lang = state.lang;
    let loaded = &state.data.loaded;
    let (part, row) = match &*state.example {
        Example::Train(row) => (0, *row),
        Example::Test(row) => (1, *row),
        Example::Own(_) => (2, 0),
        Example::Text(_) => (3, 0),
    };
    let counts = [loaded.n_train, loaded.n_test];
    let rows = counts.get(part).copied().unwrap_or(0);
    let at = move |part: usize, row: usize| if part == 1 { Example::Test(row) } else { Example::Train(row) };
    let mut parts = vec![(words::TRAIN.get(lang), testid::EXAMPLE_TRAIN)];
    let mut kinds = vec![0];
    if loaded.n_test > 0 {
        parts.push((words::TEST.get(lang), testid::EXAMPLE_TEST));
        kinds.push(1);
    }
    if net.picture().is_some() {
        parts.push((words::DRAW.get(lang), testid::EXAMPLE_DRAW));
        kinds.push(2);
    }
    if net.data.tokens.is_some() {
        parts.push((words::TEXT.get(lang), testid::EXAMPLE_TEXT));
        kinds.push(3);
    }
    let chosen = kinds.iter().position(|k| *k == part).unwrap_or(kinds.len());
    let pick = {
        let (emit, input) = (emit.clone(), now.input.clone());
        let blank = net.data.input.iter().product();
        let text = own_text::of_row(&now.input, now.look.len, &loaded.tokens);
        Callback::from(move |i: usize| match kinds.get(i) {
            Some(2) if input.is_empty() => emit.emit(Msg::LookAt(Example::Own(vec![0.0; blank]))),
            Some(2) => emit.emit(Msg::LookAt(Example::Own(input.to_vec()))),
            Some(3) => emit.emit(Msg::LookAt(Example::Text(text.clone()))),
            Some(part) => emit.emit(Msg::LookAt(at(*part, 0))),
            None => {}
        })
    };
    let go = |name: &'static str, sign: &'static str, to: Rc<dyn Fn() -> usize>, tool: &'static str| {
        let emit = emit.clone();
        html! {
            <button type="button" class="quiet small" aria-label={name} title={name} data-testid={testid::example(tool)}
                onclick={move |_: MouseEvent| emit.emit(Msg::LookAt(at(part, to())))}>{ sign }</button>
        }
    };
    let typed = emit.reform(move |typed: f64| {
        let row = (typed.max(1.0) as usize - 1).min(rows.saturating_sub(1));
        Msg::LookAt(at(part, row))
    });
    let random: Rc<dyn Fn() -> usize> = Rc::new(move || (js_sys::Math::random() * rows as f64) as usize);
    html! {
        <div class="example-choose">
            <span class="example-name">{ words::EXAMPLE.get(lang) }</span>
            { choice(words::EXAMPLE.get(lang), &parts, chosen, pick) }
            if part < 2 {
                <span class="example-row">
                    { go(words::PREVIOUS.get(lang), "‹", Rc::new(move || row.checked_sub(1).unwrap_or(rows.saturating_sub(1))), "previous") }
                    <NumberField value={(row + 1) as f64} min={1.0} max={rows as f64} step={1.0} {lang} onchange={typed}
                        label={words::ROW.with(lang, &[("n", &number::integer(rows as u64))])} testid={testid::example("row")} />
                    <span class="dim">{ format!("/ {}", number::integer(rows as u64)) }</span>
                    { go(words::NEXT.get(lang), "›", Rc::new(move || if row + 1 < rows { row + 1 } else { 0 }), "next") }
                    { go(words::RANDOM.get(lang), "⚄", random, "random") }
                </span>
            }
            if let Example::Text(text) = &*state.example {
                <OwnText text={text.clone()} unknown={now.look.unknown.clone()} {lang} emit={emit.clone()} />
            }
        </div>
    }
}

fn picture(net: &Same<Net>, now: &Kept, inks: Rc<Inks>, drawing: bool, lang: Lang, emit: &Callback<Msg>) -> Html {
    if let Some(shape) = net.picture() {
        return html! {
            <Picture {shape} input={ByPtr(now.input.clone())} inks={ByPtr(inks)} {drawing} {lang} emit={emit.clone()} />
        };
    }
    let values = now.input.iter().take(WRITTEN);
    let more = if now.input.len() > WRITTEN { " …" } else { "" };
    let text = values.map(|v| number::short(f64::from(*v))).collect::<Vec<_>>().join(", ");
    html! { <code class="small">{ format!("{text}{more}") }</code> }
}

/// Properties of [`Picture`].
#[derive(Clone, PartialEq, Properties)]
struct PictureProps {
    shape: [usize; 3],
    input: ByPtr<Vec<f32>>,
    inks: ByPtr<Inks>,
    drawing: bool,
    lang: Lang,
    emit: Callback<Msg>,
}

/// The picture, to be drawn on or only to be seen.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let PictureProps { shape, input, inks, drawing, lang, emit } = props.clone();
    let draw = use_callback((input.clone(), inks.clone()), move |s: Surface, (input, inks)| {
        let low = inks.0.low.iter().copied().fold(f32::MAX, f32::min);
        let high = inks.0.high.iter().copied().fold(f32::MIN, f32::max);
        draw_picture(&s, &input.0, shape, (low, high), Rect { x: 0.0, y: 0.0, w: s.width, h: s.height });
    });
    let [h, w, _] = shape;
    if drawing && input.0.len() == shape.iter().product::<usize>() {
        return html! { <DrawPad {lang} {shape} start={input} {inks} {emit} /> };
    }
    let label = words::PICTURE.with(lang, &[("h", &h.to_string()), ("w", &w.to_string())]);
    html! { <Canvas {draw} {label} class="example-picture" style={format!("aspect-ratio: {w} / {h}")} /> }
}

/// The target and the network's answer.
fn says(net: &Net, state: &State, now: &Kept, lang: Lang) -> String {
    if now.output.is_empty() {
        return words::WAITING.get(lang).into();
    }
    let own = matches!(*state.example, Example::Own(_) | Example::Text(_));
    let class = |i: usize| net.data.class_names.get(i).cloned().unwrap_or_else(|| i.to_string());
    let target = now.look.target.first().copied();
    match &net.data.target {
        Target::Classes { .. } => {
            let probs = probabilities(&now.output);
            let best = (0..probs.len()).max_by(|a, b| probs[*a].total_cmp(&probs[*b])).unwrap_or(0);
            let share = number::percent(f64::from(probs.get(best).copied().unwrap_or(0.0)));
            let answer = class(best);
            match target.filter(|_| !own) {
                Some(t) => {
                    words::IS_AND_SAYS.with(lang, &[("is", &class(t as usize)), ("says", &answer), ("share", &share)])
                }
                None => words::SAYS.with(lang, &[("says", &answer), ("share", &share)]),
            }
        }
        Target::Values { .. } => {
            let answer = number::short(f64::from(now.output[0]));
            match target.filter(|_| !own) {
                Some(t) => words::VALUE_AND_SAYS.with(lang, &[("is", &number::short(f64::from(t))), ("says", &answer)]),
                None => words::VALUE_SAYS.with(lang, &[("says", &answer)]),
            }
        }
        Target::Steps { count, .. } => {
            let tokens = &state.data.loaded.tokens;
            let last = now.look.len.min(now.output.len() / (*count).max(1)).saturating_sub(1);
            if *count == tokens.len() { own_text::likely(&now.output, last, tokens, lang) } else { String::new() }
        }
    }
}
