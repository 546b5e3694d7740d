//! The current norms as a table for readers and tests; not seen on the page.
//!
//! Not responsible for the picture.

use super::picture::Shown;
use super::{cell_word, quantity_word};
use crate::i18n::{Lang, gradient as words};
use crate::ui::hooks::use_slow;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Table`].
#[derive(Clone, Properties)]
pub struct TableProps {
    /// The numbers.
    pub shown: Rc<Shown>,
    /// Language.
    pub lang: Lang,
    /// Test id.
    pub id: AttrValue,
    /// Whether they change all the time: then the table follows twice a second.
    pub running: bool,
}

impl PartialEq for TableProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shown, &other.shown)
            && (self.lang, &self.id, self.running) == (other.lang, &other.id, other.running)
    }
}

/// See the module.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let shown = use_slow(&props.shown, props.running);
    html! { <Rows {shown} lang={props.lang} id={props.id.clone()} running=false /> }
}

#[component]
fn Rows(props: &TableProps) -> Html {
    let TableProps { shown, lang, id, .. } = props;
    let lang = *lang;
    let row = |(i, label): (usize, &String)| {
        html! { <tr><th scope="row">{ label }</th><td>{ cell_word(shown.flow.now(i), lang) }</td></tr> }
    };
    html! {
        // A hidden table would still take its full height: only a box around it can be cut.
        <div class="visually-hidden heard"><table data-testid={id.clone()}>
            <thead><tr>
                <th scope="col">{ words::LAYER.get(lang) }</th>
                <th scope="col">{ quantity_word(shown.flow.quantity).get(lang) }</th>
            </tr></thead>
            <tbody>{ for shown.labels.iter().enumerate().map(row) }</tbody>
        </table></div>
    }
}
