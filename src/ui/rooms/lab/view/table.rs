//! All numbers of one side's layers as a table, for readers and tests; not seen on the page.
//!
//! Written twice a second while training: nobody hears more. Not responsible for the picture.

use super::layer_name;
use super::profile::{Shown, predicted};
use crate::i18n::lab as words;
use crate::ui::hooks::use_slow;
use crate::ui::plots::number;
use crate::ui::rooms::lab::profile::Now;
use std::rc::Rc;
use yew::prelude::*;

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
    let shown = use_slow(&props.shown, props.running);
    html! { <Rows {shown} running=false id={props.id.clone()} /> }
}

/// As one piece of text: a thousand cells are a long task for components, and a short one for the browser. Nothing in it
/// comes from the learner.
#[component]
fn Rows(props: &TableProps) -> Html {
    let (shown, lang) = (&props.shown, props.shown.lang);
    let n = shown.now.len();
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
    let heads: String = heads.iter().map(|h| format!("<th scope=col>{}</th>", h.get(lang))).collect();
    let cell = |v: Option<f64>| format!("<td>{}</td>", v.map_or("–".to_string(), number::short));
    let row = |(l, now): (usize, &Now)| {
        let (gradient, output) = predicted(shown, l);
        let measured = [now.d_activation, now.d_params, now.activation, now.update, now.dead, now.saturated];
        let cells: String =
            measured.map(|v| v.map(f64::from)).into_iter().chain([gradient, output]).map(cell).collect();
        format!("<tr><th scope=row>{}</th>{cells}</tr>", layer_name(l, n, lang))
    };
    let rows: String = shown.now.iter().enumerate().map(row).collect();
    let (step, word) = (number::integer(shown.step), words::STEP.get(lang));
    let (id, head) = (&props.id, format!("<caption>{word} {step}</caption><thead><tr>{heads}</tr></thead>"));
    let table = format!("<table data-testid={id}>{head}<tbody>{rows}</tbody></table>");
    // A hidden table would still take its full height: only a box around it can be cut.
    html! { <div class="visually-hidden heard">{ Html::from_html_unchecked(table.into()) }</div> }
}
