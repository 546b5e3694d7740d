//! The part of the page with the query line and the panels of its queries.
//!
//! Not responsible for either (`line.rs`, `card.rs`).

use super::card::Card;
use super::line::LineField;
use super::names::{Known, known};
use crate::i18n::query as words;
use crate::protocol::{Command, Reply};
use crate::ui::link::Asker;
use crate::ui::panels::PanelProps;
use crate::ui::same::Same;
use crate::ui::state::State;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
#[component]
pub fn QueryPart(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let names = use_names(state);
    let cards = state.view.queries.iter().map(|q| {
        html! {
            <Card key={format!("{} {}", q.id, q.text)} id={q.id} text={q.text.to_string()} names={names.clone()}
                state={Same(state.clone())} emit={props.emit.clone()} />
        }
    });
    html! {
        <section class="query" data-testid={testid::QUERY} lang={lang.tag()} aria-labelledby="query-title">
            <div class="query-head">
                <h2 id="query-title">{ words::TITLE.get(lang) }</h2>
                <p class="dim small">{ words::LEAD.get(lang) }</p>
            </div>
            <LineField {lang} names={names.clone()} open={state.view.queries.len()} emit={props.emit.clone()} />
            <div class="query-cards">{ for cards }</div>
        </section>
    }
}

/// The names of the network that runs, asked for anew with everything that is loaded; `None` until they are there.
#[hook]
fn use_names(state: &Rc<State>) -> Option<Same<Vec<Known>>> {
    let asker = use_context::<Asker>();
    let names = use_state(|| None::<Same<Vec<Known>>>);
    let set = names.setter();
    use_effect_with((Same(state.run.data.clone()), asker), move |(data, asker)| {
        let Some(asker) = asker.as_ref().filter(|_| !data.0.loaded.backend.is_empty()) else { return };
        asker.ask(&Command::Values, &[], move |answered| {
            // A worker that has died is followed by another, which is asked again.
            if let Ok((Reply::Values { values, output }, _)) = answered {
                set.set(Some(Same(Rc::new(known(&values, &output)))));
            }
        });
    });
    (*names).clone()
}
