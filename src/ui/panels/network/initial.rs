//! How a layer's weights start: the choice, its number where it has one, and what it means.
//!
//! Not responsible for drawing weights.

use crate::i18n::{Lang, network as words};
use crate::spec::Init;
use crate::spec::init::InitKind;
use crate::ui::form::NumberField;
use crate::ui::form::scale::Limits;
use crate::ui::testid;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Initial`].
#[derive(Clone, PartialEq, Properties)]
pub struct InitialProps {
    /// The initialiser in force.
    pub init: Init,
    /// Index of the layer, for test ids.
    pub at: usize,
    /// Language.
    pub lang: Lang,
    /// Another one was chosen.
    pub onchange: Callback<Init>,
}

/// See the module.
#[component]
pub fn Initial(props: &InitialProps) -> Html {
    let InitialProps { init, at, lang, onchange } = props;
    let (kind, number) = init.parts();
    let onkind = {
        let onchange = onchange.clone();
        Callback::from(move |e: Event| {
            let value = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value());
            if let Some(k) = InitKind::ALL.into_iter().find(|k| value.as_deref() == Some(k.name())) {
                onchange.emit(Init::new(k, None));
            }
        })
    };
    let option = |k: InitKind| {
        let title = words::init(k.name()).get(*lang);
        html! { <option value={k.name()} selected={k == kind} {title}>{ k.name() }</option> }
    };
    let number_field = kind.param().map(|p| {
        let onchange = onchange.reform(move |v: f64| Init::new(kind, Some(v)));
        html! {
            <NumberField bare=true id={testid::layer_control(*at, "init-value")} lang={*lang} label={p.name}
                value={number.unwrap_or(p.default)} limits={Limits::real(p.min, p.max)} {onchange} />
        }
    });
    html! {
        <div class="net-field">
            <span>{ words::INIT.get(*lang) }</span>
            <select onchange={onkind} aria-label={words::INIT.get(*lang)} data-testid={testid::layer_control(*at, "init")}>
                { for InitKind::ALL.into_iter().map(option) }
            </select>
            if let Some(p) = kind.param() {
                <label class="net-pair"><span class="net-dim">{ p.name }</span><>{ for number_field }</></label>
            }
            <small>{ words::init(kind.name()).get(*lang) }</small>
        </div>
    }
}
