//! The way to attention that has learned something, while that of the run is still noise; and where its weights came from.
//!
//! Not responsible for fetching them (`ui::trained`).

use crate::i18n::{answers as words, between};
use crate::spec::preset::ready;
use crate::ui::panels::PanelProps;
use crate::ui::testid;
use crate::ui::trained;
use yew::prelude::*;

/// Up to this step attention is still close to the noise that it began as.
const NOISE_STEPS: u64 = 200;

/// The button, or the word about shipped weights; nothing where neither has a place.
pub fn view(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let Some(shipped) = ready::all().iter().find(|r| r.trained().is_some()) else { return Html::default() };
    if shipped.is(&state.edit.experiment) {
        return html! { <p class="plot-note" data-testid={testid::attention("shipped")}>{ words::SHIPPED.get(lang) }</p> };
    }
    if state.run.status.step > NOISE_STEPS {
        return Html::default();
    }
    let emit = props.emit.clone();
    let onclick = Callback::from(move |_: MouseEvent| trained::open(shipped, emit.clone()));
    html! {
        <p class="plot-note">
            { words::STILL_NOISE.get(lang) }{ between(lang) }
            <button type="button" class="button small" {onclick} data-testid={testid::attention("trained")}>
                { words::SHOW_TRAINED.get(lang) }
            </button>
        </p>
    }
}
