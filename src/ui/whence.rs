//! Beside the step count: weights that this run did not draw from its seed.
//!
//! Not responsible for keeping them (the worker does).

use super::plots::number;
use super::state::State;
use super::testid;
use crate::i18n::sets::set_text;
use crate::i18n::truth as words;
use yew::prelude::*;

/// Where the weights came from; nothing where the seed alone decided them.
pub fn whence(state: &State) -> Html {
    let (status, lang) = (&state.run.status, state.page.lang);
    let (said, help) = match &status.carried {
        Some(c) => {
            let step = number::integer(c.step);
            let set =
                c.set.as_deref().map(|s| set_text(s).map_or_else(|| s.to_string(), |t| t.name.get(lang).to_string()));
            let said = match set {
                Some(set) => words::CARRIED_FROM.with(lang, &[("set", &set), ("n", &step)]),
                None => words::CARRIED.with(lang, &[("n", &step)]),
            };
            let [part, all] = [c.numbers, c.of].map(|n| number::integer(n as u64));
            (said, words::CARRIED_HELP.with(lang, &[("part", &part), ("all", &all)]))
        }
        None if status.edited => (words::EDITED.get(lang).to_string(), words::EDITED_HELP.get(lang).to_string()),
        None => return html! {},
    };
    html! { <span class="whence" data-testid={testid::CARRIED} title={help}>{ said }</span> }
}
