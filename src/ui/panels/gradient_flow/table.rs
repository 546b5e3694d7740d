//! The current norms as a table for readers and tests; not seen on the page.
//!
//! Not responsible for the picture.

use super::picture::Shown;
use super::{cell_word, quantity_word};
use crate::i18n::{Lang, gradient as words};
use yew::prelude::*;

/// See the module.
pub fn table(shown: &Shown, lang: Lang, id: AttrValue) -> Html {
    let row = |(i, label): (usize, &String)| {
        html! { <tr><th scope="row">{ label }</th><td>{ cell_word(shown.flow.now(i), lang) }</td></tr> }
    };
    html! {
        // A hidden table would still take its full height: only a box around it can be cut.
        <div class="visually-hidden"><table data-testid={id}>
            <thead><tr>
                <th scope="col">{ words::LAYER.get(lang) }</th>
                <th scope="col">{ quantity_word(shown.flow.quantity).get(lang) }</th>
            </tr></thead>
            <tbody>{ for shown.labels.iter().enumerate().map(row) }</tbody>
        </table></div>
    }
}
