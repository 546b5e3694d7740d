//! All numbers of one side's layers as a table, for readers and tests; not seen on the page.
//!
//! Written twice a second while training: nobody hears more. Not responsible for the picture.

use super::layer_name;
use super::profile::{Shown, predicted};
use crate::i18n::lab as words;
use crate::ui::page;
use crate::ui::plots::number;
use std::rc::Rc;
use yew::prelude::*;

/// Time between two versions while training.
const EVERY_MS: f64 = 500.0;

/// Properties of [`Table`].
#[derive(Clone, Properties)]
pub struct TableProps {
    /// The numbers.
    pub shown: Rc<Shown>,
    /// Whether they change all the time.
    pub running: bool,
    /// Test id.
    pub id: String,
}

impl PartialEq for TableProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shown, &other.shown) && self.running == other.running && self.id == other.id
    }
}

/// See the module.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let written = use_mut_ref(|| (f64::NEG_INFINITY, props.shown.clone()));
    {
        let mut written = written.borrow_mut();
        let now = page::now_ms();
        if !props.running || now - written.0 > EVERY_MS || written.1.lang != props.shown.lang {
            *written = (now, props.shown.clone());
        }
    }
    let shown = written.borrow().1.clone();
    html! { <Rows {shown} running=false id={props.id.clone()} /> }
}

#[component]
fn Rows(props: &TableProps) -> Html {
    let (shown, lang) = (&props.shown, props.shown.lang);
    let n = shown.now.len();
    let cell = |v: Option<f64>| html! { <td>{ v.map_or("–".to_string(), number::short) }</td> };
    let measured = |v: Option<f32>| cell(v.map(f64::from));
    let row = |(l, now): (usize, &crate::ui::lab::profile::Now)| {
        let (gradient, output) = predicted(shown, l);
        html! {
            <tr key={l}>
                <th scope="row">{ layer_name(l, n, lang) }</th>
                { measured(now.d_activation) }{ measured(now.d_params) }{ measured(now.activation) }
                { measured(now.update) }{ measured(now.dead) }{ measured(now.saturated) }{ cell(gradient) }{ cell(output) }
            </tr>
        }
    };
    let heads = [
        words::LAYER_SHORT,
        words::D_ACTIVATION,
        words::D_PARAMS,
        words::ACTIVATION,
        words::UPDATE,
        words::DEAD,
        words::SATURATED,
        words::THEORY_D,
        words::THEORY_A,
    ];
    html! {
        // A hidden table would still take its full height: only a box around it can be cut.
        <div class="visually-hidden"><table data-testid={props.id.clone()}>
            <caption>{ words::STEP.get(lang) }{ " " }{ number::integer(shown.step) }</caption>
            <thead><tr>{ for heads.iter().map(|h| html! { <th scope="col">{ h.get(lang) }</th> }) }</tr></thead>
            <tbody>{ for shown.now.iter().enumerate().map(row) }</tbody>
        </table></div>
    }
}
