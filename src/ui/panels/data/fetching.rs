//! How much of a data set has been fetched, and where it comes from.
//!
//! Not responsible for fetching (`ui::link`).

use crate::i18n::{Lang, data as words};
use crate::spec::sets::SetInfo;
use crate::ui::testid;
use yew::prelude::*;

/// See the module; nothing while nothing is fetched.
pub fn view(lang: Lang, fetching: Option<(u64, u64)>) -> Html {
    let Some((done, all)) = fetching else { return Html::default() };
    let kb = |bytes: u64| bytes.div_ceil(1024).to_string();
    let said = words::FETCHING.with(lang, &[("done", &kb(done)), ("all", &kb(all))]);
    html! {
        <div class="data-fetching" role="status" data-testid={testid::DATA_FETCHING}>
            <progress max={all.max(1).to_string()} value={done.to_string()} aria-label={said.clone()} />
            <span>{ said }</span>
        </div>
    }
}

/// Source and licence of a shipped set.
pub fn source(lang: Lang, set: Option<&SetInfo>) -> Html {
    let Some(set) = set.filter(|s| !s.source.is_empty()) else { return Html::default() };
    let said = words::SOURCE.with(lang, &[("source", set.source), ("licence", set.licence)]);
    html! { <p class="data-source" data-testid={testid::DATA_SOURCE}>{ said }</p> }
}
