//! What became of the learning rate when another optimizer was chosen, and the other rate at one click.
//!
//! Not responsible for which rate stays (`ui::state::rate`).

use super::GroupProps;
use crate::i18n::fields as words;
use crate::spec::Field;
use crate::ui::form::scale::show;
use crate::ui::state::rate::RateNote;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// The sentence and the button; `name` is the optimizer's.
pub fn view(props: &GroupProps, note: &RateNote, name: &str) -> Html {
    let lang = props.lang;
    let [now, before, usual] = [note.optimizer.get(Field::Lr), note.before, note.usual].map(show);
    let facts = [("now", &*now), ("before", &*before), ("usual", &*usual), ("name", name)];
    let (said, button, to) = if note.kept() {
        (words::RATE_KEPT, words::RATE_USUAL, Msg::Edit(EditMsg::UsualRate))
    } else {
        let mut back = note.optimizer.clone();
        back.set(Field::Lr, note.before);
        (words::RATE_CHANGED, words::RATE_BACK, Msg::Edit(EditMsg::Optimizer(back)))
    };
    let onclick = props.emit.reform(move |_: MouseEvent| to.clone());
    html! {
        <p class="rate-note" role="status" data-testid={testid::RATE_NOTE}>
            { said.with(lang, &facts) }{ " " }
            <button type="button" class="link" data-testid={testid::RATE_OTHER} {onclick}>{ button.with(lang, &facts) }</button>
        </p>
    }
}
