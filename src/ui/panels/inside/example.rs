//! The example that all panels inside the network follow: a row of the training or test part, or one drawn by hand; with
//! what it is, what it should give and what the network says.
//!
//! Not responsible for what panels make of it.

use super::draw::DrawPad;
use super::own_text::{self, OwnText};
use crate::i18n::{Lang, inside as words};
use crate::protocol::{Example, FrameRequest, Look, LookRequest, Objective, Solved, Want};
use crate::spec::Target;
use crate::spec::pairs::Answering;
use crate::ui::form::NumberField;
use crate::ui::form::scale::Limits;
use crate::ui::hooks::use_wants;
use crate::ui::inside::answers::Taken;
use crate::ui::inside::centre::Habit;
use crate::ui::inside::pad::{Inks, Pad};
use crate::ui::inside::places::Net;
use crate::ui::light::Light;
use crate::ui::panels::bars::Bars;
use crate::ui::panels::data::draw_picture;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::controls::choice;
use crate::ui::plots::number;
use crate::ui::plots::scores::probabilities;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::same::Same;
use crate::ui::state::{Msg, State, ViewMsg};
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
    let lang = state.page.lang;
    let node = use_node_ref();
    let values = vec!["input".to_string(), "output".to_string()];
    let example = Example::clone(&state.view.example);
    let look = LookRequest { key: testid::EXAMPLE.into(), example, values, of: Objective::Loss };
    use_wants(testid::EXAMPLE, &node, FrameRequest::of([Want::Look(look)]));
    let kept = use_mut_ref(Kept::default);
    take(&mut kept.borrow_mut(), state, net);
    let now = kept.borrow().clone();
    let inks = use_memo((Same(state.run.data.clone()), net.clone()), |(data, net)| {
        Inks::of(&data.0.x, net.data.input.last().copied().unwrap_or(1), Light::of(&data.0))
    });
    let habit = use_memo((Same(state.run.data.clone()), Same(inks.clone()), net.clone()), |(data, inks, net)| {
        net.picture().and_then(|shape| Habit::of(&data.0.x, shape, &inks.0))
    });
    let drawing = match &*state.view.example {
        Example::Own(x) => Some(Same(Rc::new(x.clone()))),
        Example::Train(_) | Example::Test(_) | Example::Text(_) => None,
    };
    let solved = solved(state, &now);
    html! {
        <div ref={node} class="example" data-testid={testid::EXAMPLE}>
            { choose(state, net, &now, &inks, emit) }
            <div class="example-shown">
                if net.data.tokens.is_none() {
                    { picture(net, &now, inks, (drawing, *habit), lang, emit) }
                } else if let (Some(solved), Some(how)) = (&solved, answering(state)) {
                    { own_text::answer(solved, &state.run.data.loaded.tokens, (how, matches!(*state.view.example, Example::Text(_))), lang) }
                } else if !matches!(*state.view.example, Example::Text(_)) {
                    { own_text::shown(&now.input, &state.run.data.loaded.tokens) }
                }
                <p class="example-says" data-testid={testid::example("says")}>{ says(net, state, &now, lang) }</p>
                { odds(net, state, &now, lang) }
            </div>
        </div>
    }
}

fn take(kept: &mut Kept, state: &State, net: &Net) {
    let Some(look) = state.run.frame.look(testid::EXAMPLE) else { return };
    let (Some((shape, input)), Some((_, output))) =
        (state.run.frame.looked(look, "input"), state.run.frame.looked(look, "output"))
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

fn choose(state: &State, net: &Net, now: &Kept, inks: &Rc<Inks>, emit: &Callback<Msg>) -> Html {
    let lang = state.page.lang;
    let loaded = &state.run.data.loaded;
    let (part, row) = match &*state.view.example {
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
        // One draws on an empty sheet.
        let (emit, inks, shape) = (emit.clone(), inks.clone(), net.picture().unwrap_or_default());
        let text = own_text::of_row(&now.input, now.look.len, &loaded.tokens);
        Callback::from(move |i: usize| match kinds.get(i) {
            Some(2) => emit.emit(Msg::View(ViewMsg::LookAt(Example::Own(Pad::blank(shape, &inks).x)))),
            Some(3) => emit.emit(Msg::View(ViewMsg::LookAt(Example::Text(text.clone())))),
            Some(part) => emit.emit(Msg::View(ViewMsg::LookAt(at(*part, 0)))),
            None => {}
        })
    };
    let go = |name: &'static str, sign: &'static str, to: Rc<dyn Fn() -> usize>, tool: &'static str| {
        let emit = emit.clone();
        html! {
            <button type="button" class="quiet small" aria-label={name} title={name} data-testid={testid::example(tool)}
                onclick={move |_: MouseEvent| emit.emit(Msg::View(ViewMsg::LookAt(at(part, to()))))}>{ sign }</button>
        }
    };
    let typed =
        emit.reform(move |typed: f64| Msg::View(ViewMsg::LookAt(at(part, (typed as usize).clamp(1, rows.max(1)) - 1))));
    let random: Rc<dyn Fn() -> usize> = Rc::new(move || (js_sys::Math::random() * rows as f64) as usize);
    html! {
        <div class="example-choose">
            <span class="example-name">{ words::EXAMPLE.get(lang) }</span>
            { choice(words::EXAMPLE.get(lang), &parts, chosen, pick) }
            if part < 2 {
                <span class="example-row">
                    { go(words::PREVIOUS.get(lang), "‹", Rc::new(move || row.checked_sub(1).unwrap_or(rows.saturating_sub(1))), "previous") }
                    <NumberField bare=true id={testid::example("row")} {lang} value={(row + 1) as f64}
                        limits={Limits::whole(1.0, rows.max(1) as f64)} onchange={typed}
                        label={words::ROW.with(lang, &[("n", &number::integer(rows as u64))])} />
                    <span class="dim">{ format!("/ {}", number::integer(rows as u64)) }</span>
                    { go(words::NEXT.get(lang), "›", Rc::new(move || if row + 1 < rows { row + 1 } else { 0 }), "next") }
                    { go(words::RANDOM.get(lang), "⚄", random, "random") }
                </span>
            }
            if let Example::Text(text) = &*state.view.example {
                <OwnText text={text.clone()} unknown={now.look.unknown.clone()} {lang} emit={emit.clone()} />
            }
        </div>
    }
}

fn picture(
    net: &Same<Net>,
    now: &Kept,
    inks: Rc<Inks>,
    (drawing, habit): (Option<Same<Vec<f32>>>, Option<Habit>),
    lang: Lang,
    emit: &Callback<Msg>,
) -> Html {
    if let Some(shape) = net.picture() {
        let inks = Same(inks);
        return match drawing.filter(|x| x.0.len() == shape.iter().product::<usize>()) {
            Some(start) => html! { <DrawPad {lang} {shape} {start} {inks} {habit} emit={emit.clone()} /> },
            None => html! { <Picture {shape} input={Same(now.input.clone())} {inks} {lang} /> },
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
    input: Same<Vec<f32>>,
    inks: Same<Inks>,
    lang: Lang,
}

/// The picture, only to be seen.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let PictureProps { shape, input, inks, lang } = props.clone();
    let draw = use_callback((input, inks), move |s: Surface, (input, inks)| {
        draw_picture(&s, &input.0, shape, &inks.0.light, Rect { x: 0.0, y: 0.0, w: s.width, h: s.height });
    });
    let [h, w, _] = shape;
    let label = words::PICTURE.with(lang, &[("h", &h.to_string()), ("w", &w.to_string())]);
    html! { <Canvas {draw} {label} class="example-picture" style={format!("aspect-ratio: {w} / {h}")} /> }
}

/// How the task's answers come about, where they are sequences.
fn answering(state: &State) -> Option<Answering> {
    state.edit.experiment.data.task()?.answering()
}

/// Source, wanted and answered, for tasks whose answers are sequences.
fn solved(state: &State, now: &Kept) -> Option<Solved> {
    let how = answering(state)?;
    let (input, output, target) = (&now.input, &now.output, &now.look.target);
    Taken { how, input, len: now.look.len, output, target }.solved(&state.run.data.loaded.tokens)
}

/// How many classes are told apart, by the first of several heads too.
fn classes(net: &Net, state: &State) -> Option<usize> {
    match net.data.target {
        Target::Classes { count } => Some(count),
        Target::Values { .. } | Target::Steps { .. } => {
            state.edit.experiment.task.kind.several().map(|_| net.data.class_names.len())
        }
    }
}

/// The probabilities of the classes.
fn class_odds(now: &Kept, classes: usize) -> Vec<f32> {
    // A single number tells two classes apart.
    probabilities(&now.output[..now.output.len().min(classes)])
}

/// The probabilities of all classes, where classes are told apart.
fn odds(net: &Net, state: &State, now: &Kept, lang: Lang) -> Html {
    let Some(n) = classes(net, state).filter(|_| !now.output.is_empty()) else { return Html::default() };
    let own = matches!(*state.view.example, Example::Own(_) | Example::Text(_));
    let truth = now.look.target.first().map(|t| *t as usize).filter(|_| !own);
    let (names, probs) = (Rc::from(net.data.class_names.clone()), Rc::from(class_odds(now, n)));
    html! { <Bars id={testid::example("odds")} {names} {probs} {truth} {lang} /> }
}

/// The target and the network's answer.
fn says(net: &Net, state: &State, now: &Kept, lang: Lang) -> String {
    if now.output.is_empty() {
        return words::WAITING.get(lang).into();
    }
    // Projections of two views answer no question.
    if state.edit.experiment.task.kind.contrasts() {
        return String::new();
    }
    let own = matches!(*state.view.example, Example::Own(_) | Example::Text(_));
    let class = |i: usize| net.data.class_names.get(i).cloned().unwrap_or_else(|| i.to_string());
    let target = now.look.target.first().copied();
    match (classes(net, state), &net.data.target) {
        // What a task makes for itself is no answer to an example.
        (None, _) if state.edit.experiment.task.kind.makes_its_target() => String::new(),
        (Some(n), _) => {
            let probs = class_odds(now, n);
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
        (None, Target::Values { .. } | Target::Classes { .. }) => {
            let answer = number::short(f64::from(now.output[0]));
            let target = target.filter(|_| !own);
            // A forecast of every step ends with the one that nobody knows yet.
            let last =
                now.look.target.last().zip(now.output.last()).filter(|_| now.output.len() > 1 && target.is_some());
            if let Some((t, says)) = last {
                let (n, is) = (number::integer(now.output.len() as u64), number::short(f64::from(*t)));
                let says = number::short(f64::from(*says));
                return words::LAST_AND_SAYS.with(lang, &[("n", &n), ("is", &is), ("says", &says)]);
            }
            match target {
                Some(t) => words::VALUE_AND_SAYS.with(lang, &[("is", &number::short(f64::from(t))), ("says", &answer)]),
                None => words::VALUE_SAYS.with(lang, &[("says", &answer)]),
            }
        }
        (None, Target::Steps { count, .. }) => {
            let tokens = &state.run.data.loaded.tokens;
            if solved(state, now).is_some() {
                return String::new();
            }
            let last = now.look.len.min(now.output.len() / (*count).max(1)).saturating_sub(1);
            if *count == tokens.len() { own_text::likely(&now.output, last, tokens, lang) } else { String::new() }
        }
    }
}
