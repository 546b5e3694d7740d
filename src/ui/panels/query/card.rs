//! The panel of one query: what it is, its picture or number, its table, or a sentence why there is none.
//!
//! Not responsible for drawing (`picture.rs`) nor for reading the query (`names.rs`).

use super::fault::{say_missing, shape};
use super::layout::{Kind, Layout};
use super::names::{Ask, Known, Refused, Role, ask};
use super::picture::Picture;
use crate::i18n::{Lang, query as words};
use crate::protocol::{Example, FrameRequest, Missing, Query, Reading, Want};
use crate::ui::panels::Panel;
use crate::ui::panels::fold::Fold;
use crate::ui::plots::number;
use crate::ui::same::Same;
use crate::ui::state::queries::QueryMsg;
use crate::ui::state::{Msg, State, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Most numbers in the table.
const TABLE_MAX: usize = 512;

/// Properties of [`Card`].
#[derive(Clone, PartialEq, Properties)]
pub struct CardProps {
    /// Number of the query.
    pub id: usize,
    /// As it was typed.
    pub text: AttrValue,
    pub names: Option<Same<Vec<Known>>>,
    pub state: Same<State>,
    pub emit: Callback<Msg>,
}

/// The latest answer; a frame may come without one, and a panel must not blink.
#[derive(Clone, Default)]
struct Kept {
    run: u32,
    query: Query,
    step: u64,
    found: Option<Result<Rc<[f32]>, Missing>>,
}

/// See the module.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let (state, lang, id) = (&props.state, props.state.page.lang, props.id);
    let asked = use_memo((props.text.clone(), props.names.clone()), |(text, names)| {
        names.as_ref().map(|names| ask(text, names).map(|a| (Layout::new(&a.of, &a.cuts), a)))
    });
    let query = match &*asked {
        Some(Ok((_, ask))) => Some(query(ask, &props.text, &state.view.example)),
        Some(Err(_)) | None => None,
    };
    let kept = use_mut_ref(Kept::default);
    if let Some(query) = &query {
        take(&mut kept.borrow_mut(), query, state);
    }
    let now = kept.borrow().clone();
    let wants = FrameRequest::of(query.map(Want::Query));
    let tools = {
        let close = props.emit.reform(move |_: MouseEvent| Msg::View(ViewMsg::Query(QueryMsg::Close(id))));
        html! {
            <button type="button" class="quiet panel-tool sign" data-testid={testid::query(id, "close")} title={words::CLOSE.get(lang)}
                aria-label={words::CLOSE.get(lang)} onclick={close}>{ "✕" }</button>
        }
    };
    let body = match &*asked {
        None => waiting(words::WAITING_NAMES.get(lang)),
        Some(Err(refused)) => sentence(id, fault(refused, lang)),
        Some(Ok((layout, ask))) => match &now.found {
            None => waiting(words::WAITING.get(lang)),
            Some(Err(missing)) => sentence(id, say_missing(*missing, &ask.of.name, lang)),
            Some(Ok(numbers)) => shown(props, (layout, ask), numbers, now.step),
        },
    };
    html! {
        <Panel id={testid::panel_query(id)} title={props.text.clone()} {wants} what={words::WHAT.get(lang)} enlarge=true export=true
            {tools}>{ body }</Panel>
    }
}

fn query(ask: &Ask, key: &str, example: &Example) -> Query {
    let of_example = matches!(ask.of.role, Role::Example | Role::Saved | Role::Target);
    Query {
        key: key.to_string(),
        name: ask.of.name.clone(),
        reading: ask.reading.clone(),
        // A parameter is the same whatever the example: nothing is asked anew with another one.
        example: if of_example { example.clone() } else { Example::default() },
        cuts: ask.cuts.clone(),
    }
}

fn take(kept: &mut Kept, query: &Query, state: &State) {
    let run = state.run.data.loaded.run;
    if kept.run != run || kept.query != *query {
        *kept = Kept { run, query: query.clone(), ..Kept::default() };
    }
    if let Some((q, numbers)) = state.run.frame.queried(&query.key).filter(|_| state.run.frame.frame.status.run == run)
    {
        let lost = q.missing.unwrap_or(Missing::Value);
        (kept.step, kept.found) = (q.step, Some(numbers.ok_or(lost)));
    }
}

fn fault((fault, of): &Refused, lang: Lang) -> String {
    fault.say(of.as_ref().map(|(name, shape)| (name.as_str(), shape.as_slice())), lang)
}

fn waiting(text: &'static str) -> Html {
    html! { <p class="plot-empty tall">{ text }</p> }
}

fn sentence(id: usize, text: String) -> Html {
    html! { <p class="query-fault" role="status" data-testid={testid::query(id, "fault")}>{ text }</p> }
}

fn shown(props: &CardProps, (layout, ask): (&Layout, &Ask), numbers: &Rc<[f32]>, step: u64) -> Html {
    let (lang, id) = (props.state.page.lang, props.id);
    if numbers.len() != layout.count() {
        return waiting(words::WAITING.get(lang));
    }
    let part = role(ask, &props.state.view.example, lang);
    let sizes = if layout.shape().is_empty() { words::ONE_NUMBER.get(lang).to_string() } else { shape(layout.shape()) };
    let step = number::integer(step);
    let said = if layout.kind() == Kind::Number { String::new() } else { range(numbers, lang) };
    let facts = [
        part,
        if layout.shape().is_empty() { String::new() } else { words::SHAPE.with(lang, &[("shape", &sizes)]) },
        said.clone(),
        words::STEP.with(lang, &[("n", &step)]),
    ];
    let facts = facts.into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>().join(" · ");
    let label = words::LABEL.with(lang, &[("name", &props.text), ("shape", &sizes), ("range", &said), ("step", &step)]);
    let name = called(ask);
    let body = match layout.kind() {
        Kind::Number => {
            let v = numbers[0];
            html! {
                <p class="query-number" data-testid={testid::query(id, "number")} data-value={v.to_string()}>
                    <span class="dim small">{ format!("{name}{} = ", layout.of_cell((0, 0, 0), &ask.cuts)) }</span>
                    <b>{ number::short(f64::from(v)) }</b></p>
            }
        }
        Kind::Bars | Kind::Map | Kind::Maps => html! {
            <Picture {id} {name} {label} {lang} layout={layout.clone()} cuts={ask.cuts.clone()} numbers={Same(numbers.clone())}
                grad={ask.reading == Reading::Grad} />
        },
    };
    html! {<>
        <p class="query-facts small dim" data-testid={testid::query(id, "facts")}>{ facts }</p>
        { body }
        if layout.kind() != Kind::Number {
            <Fold id={testid::query(id, "table")} title={words::NUMBERS.get(lang)}>{ table(id, layout, ask, numbers, lang) }</Fold>
        }
    </>}
}

/// The value as the engine calls it, with what of it is read.
fn called(ask: &Ask) -> String {
    match &ask.reading {
        Reading::Value => ask.of.name.clone(),
        Reading::Grad => format!("{} grad", ask.of.name),
        Reading::State(slot) => format!("{} {slot}", ask.of.name),
    }
}

/// What kind of number it is.
fn role(ask: &Ask, example: &Example, lang: Lang) -> String {
    let nth = |row: &usize| number::integer(*row as u64 + 1);
    let example = match example {
        Example::Train(row) => words::EXAMPLE_TRAIN.with(lang, &[("n", &nth(row))]),
        Example::Test(row) => words::EXAMPLE_TEST.with(lang, &[("n", &nth(row))]),
        Example::Own(_) | Example::Text(_) => words::EXAMPLE_OWN.get(lang).into(),
    };
    let on = [("example", example.as_str())];
    match (&ask.reading, ask.of.role) {
        (Reading::State(_), _) => words::STATE.get(lang).into(),
        (Reading::Grad, Role::Parameter) => words::GRAD_BATCH.get(lang).into(),
        (Reading::Grad, _) => words::GRAD_EXAMPLE.with(lang, &on),
        (Reading::Value, Role::Parameter) => words::PARAMETER.get(lang).into(),
        (Reading::Value, Role::Buffer) => words::BUFFER.get(lang).into(),
        (Reading::Value, Role::Example | Role::Saved | Role::Target) => words::OF_EXAMPLE.with(lang, &on),
    }
}

/// Smallest, largest and mean of what is finite.
fn range(numbers: &[f32], lang: Lang) -> String {
    let finite: Vec<f64> = numbers.iter().filter(|v| v.is_finite()).map(|v| f64::from(*v)).collect();
    let short = |v: f64| if finite.is_empty() { "–".to_string() } else { number::short(v) };
    let low = short(finite.iter().copied().fold(f64::INFINITY, f64::min));
    let high = short(finite.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    let mean = short(finite.iter().sum::<f64>() / finite.len().max(1) as f64);
    let range = words::RANGE.with(lang, &[("low", &low), ("high", &high), ("mean", &mean)]);
    let odd = numbers.len() - finite.len();
    if odd == 0 {
        return range;
    }
    format!("{range} · {}", words::NOT_FINITE.with(lang, &[("n", &number::integer(odd as u64))]))
}

/// The numbers in the order of the value, each with its index.
fn table(id: usize, layout: &Layout, ask: &Ask, numbers: &[f32], lang: Lang) -> Html {
    let cells = (0..layout.items())
        .flat_map(|i| (0..layout.rows()).flat_map(move |r| (0..layout.columns()).map(move |c| (i, r, c))))
        .take(TABLE_MAX);
    let row = |cell: (usize, usize, usize)| {
        let v = numbers.get(layout.at(cell.0, cell.1, cell.2)).copied().unwrap_or(f32::NAN);
        html! {
            <tr><td><code>{ layout.of_cell(cell, &ask.cuts) }</code></td><td data-value={v.to_string()}>{ number::short(f64::from(v)) }</td></tr>
        }
    };
    let (n, all) = (number::integer(TABLE_MAX as u64), number::integer(numbers.len() as u64));
    html! {<>
        <div class="rows-scroll query-table"><table data-testid={testid::query(id, "rows")}>
            <thead><tr><th scope="col">{ words::PLACE.get(lang) }</th><th scope="col">{ words::VALUE.get(lang) }</th></tr></thead>
            <tbody>{ for cells.map(row) }</tbody>
        </table></div>
        if numbers.len() > TABLE_MAX { <p class="plot-note">{ words::TABLE_CUT.with(lang, &[("n", &n), ("all", &all)]) }</p> }
    </>}
}
