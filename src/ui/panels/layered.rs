//! What the panels that look into one of several layers share: the choice of the layer, the step its numbers are of, and a
//! sentence where there are none.
//!
//! Not responsible for the numbers.

use crate::i18n::{Lang, Text, panel as words};
use crate::ui::form::{Choice, Item};
use crate::ui::inside::answer::Nothing;
use crate::ui::plots::names::layer_label;
use crate::ui::plots::number;
use crate::ui::state::State;
use yew::prelude::*;

/// A choice among the layers of these names, where there are several; what is emitted is a place in the list.
pub fn layer_choice(
    state: &State,
    names: &[&str],
    chosen: usize,
    id: String,
    set: UseStateSetter<usize>,
) -> Option<Html> {
    let (lang, layers) = (state.page.lang, &state.edit.experiment.model.layers);
    let item = |(i, name): (usize, &&str)| Item::new(i.to_string(), layer_label(name, layers, lang));
    let items: Vec<Item> = names.iter().enumerate().map(item).collect();
    let onchange = Callback::from(move |v: String| set.set(v.parse().unwrap_or(0)));
    (names.len() > 1).then(|| {
        html! { <Choice {id} label={words::LAYER.get(lang)} {items} value={chosen.to_string()} {onchange} /> }
    })
}

/// Which step of the training the numbers are of; `text` takes it as `{n}`.
pub fn at_step(step: u64, text: Text, id: String, lang: Lang) -> Html {
    html! { <span data-testid={id}>{ text.with(lang, &[("n", &number::integer(step))]) }</span> }
}

/// Instead of a picture.
pub fn nothing_yet(nothing: Nothing, too_large: Text, lang: Lang) -> Html {
    let why = match nothing {
        Nothing::Waiting => words::WAITING,
        Nothing::Missing => words::MISSING,
        Nothing::TooLarge => too_large,
        Nothing::Empty => words::NO_TOKENS,
    };
    html! { <div class="plot-stack" style="height: 160px"><p class="plot-empty">{ why.get(lang) }</p></div> }
}
