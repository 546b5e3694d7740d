//! A class at each position: the share of positions that are right, and the perplexity.
//!
//! Not responsible for measuring: the figures come with every frame.

use crate::i18n::output as words;
use crate::ui::panels::PanelProps;
use crate::ui::plots::number;
use crate::ui::testid;
use yew::prelude::*;

/// Both figures as a headline.
pub fn view(props: &PanelProps) -> Html {
    let lang = props.state.page.lang;
    let status = &props.state.run.status;
    let (Some(right), Some(loss)) = (status.test_metric, status.test_loss) else {
        return html! { <p class="plot-empty">{ words::WAITING.get(lang) }</p> };
    };
    // e to the mean cross-entropy (natural logarithm): among how many tokens the network hesitates.
    let perplexity = number::fixed(f64::from(loss).exp(), 2);
    let (class, right) = super::figure(props, status.test_step, number::percent(f64::from(right)));
    let (_, perplexity) = super::figure(props, status.test_step, perplexity);
    html! {<>
        <p class="headline"><b class={class.clone()} data-testid={testid::TOKEN_ACCURACY}>{ right }</b>
            { " " }{ words::TOKEN_ACCURACY.get(lang) }</p>
        <p class="headline" title={words::PERPLEXITY_HINT.get(lang)}>
            <b {class} data-testid={testid::PERPLEXITY}>{ perplexity }</b>{ " " }{ words::PERPLEXITY.get(lang) }
            { super::measured(props, status.test_step) }</p>
    </>}
}
