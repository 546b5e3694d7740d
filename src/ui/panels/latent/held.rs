//! What each number of a variational code holds, as bars, and which hold nothing.
//!
//! Not responsible for the divergence (`ui::inside::codes`).

use crate::i18n::{Lang, coder as words};
use crate::ui::inside::codes::COLLAPSED_NATS;
use crate::ui::plots::number;
use crate::ui::testid;
use yew::prelude::*;

/// Most bars: those that hold the most.
const BARS_MAX: usize = 32;

/// See the module.
pub fn view(kl: &[f64], lang: Lang) -> Html {
    let most = kl.iter().copied().fold(COLLAPSED_NATS, f64::max);
    let collapsed = kl.iter().filter(|v| **v < COLLAPSED_NATS).count().to_string();
    let (all, sum) = (kl.len().to_string(), number::short(kl.iter().sum()));
    let args = [("n", &*collapsed), ("all", &all), ("least", &COLLAPSED_NATS.to_string()), ("sum", &sum)];
    let mut order: Vec<usize> = (0..kl.len()).collect();
    if kl.len() > BARS_MAX {
        crate::spec::order::sort_by(&mut order, |a, b| kl[*b].total_cmp(&kl[*a]));
        order.truncate(BARS_MAX);
    }
    let bar = |i: &usize| {
        let width = format!("width: {:.1}%", 100.0 * kl[*i] / most);
        html! {
            <li key={*i}>
                <span class="bar-name">{ format!("z{}", i + 1) }</span>
                <span class="bar-track" aria-hidden="true"><i style={width}></i></span>
                <span class="bar-share">{ number::short(kl[*i]) }</span>
                <span>{ if kl[*i] < COLLAPSED_NATS { words::COLLAPSED.get(lang) } else { "" } }</span>
            </li>
        }
    };
    html! {
        <div class="bars latent-kl" data-testid={testid::latent("kl")}>
            <h3>{ words::KL.get(lang) }</h3>
            <ul>{ for order.iter().map(bar) }</ul>
            <p class="plot-note" data-testid={testid::latent("collapsed")}>{ words::COLLAPSED_OF.with(lang, &args) }</p>
        </div>
    }
}
