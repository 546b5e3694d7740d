//! A panel in its place on the page, with the experiment that it speaks of.
//!
//! Not responsible for where that place is (`ui::app`).

use super::PanelProps;
use super::registry::{Entry, Of, Shows};
use crate::i18n::panel as words;
use crate::spec::text;
use crate::ui::state::{Msg, State};
use std::rc::Rc;
use yew::prelude::*;

/// What still runs, in a sentence, while something is edited that cannot: shown by panels of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind(pub Option<AttrValue>);

/// Most characters of a network's text in that sentence.
const TEXT_MAX: usize = 90;

/// That panel of the page. Panels of the run see the experiment that runs: the names of another network, one that is edited
/// and cannot train, would be wrong for its numbers.
pub fn place(entry: &Entry, state: Rc<State>, emit: &Callback<Msg>) -> Html {
    // Panels that need the network's layers stand in the part that has them.
    let Shows::Page(panel) = entry.shows else { return Html::default() };
    let lang = state.page.lang;
    let behind = Behind(state.behind().filter(|_| entry.of == Of::Run).map(|e| {
        let model = text::write(&e.model);
        let cut: String = model.chars().take(TEXT_MAX).collect();
        let end = if cut.len() < model.len() { "…" } else { "" };
        words::BEHIND.with(lang, &[("model", &format!("{cut}{end}"))]).into()
    }));
    let state = match entry.of {
        Of::Run | Of::Quiet => state.of_run(),
        Of::Edited => state,
    };
    let content = panel(PanelProps { state, emit: emit.clone() });
    html! {
        <ContextProvider<Behind> key={entry.id} context={behind}>{ content }</ContextProvider<Behind>>
    }
}
