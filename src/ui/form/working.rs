//! Something that takes a while: how far it is, and a button that stops it.
//!
//! Not responsible for doing it in pieces: who works says how far it is.

use yew::prelude::*;

/// Properties of [`Working`].
#[derive(Clone, PartialEq, Properties)]
pub struct WorkingProps {
    /// Test id.
    pub id: AttrValue,
    /// Test id of the button.
    pub stop_id: AttrValue,
    /// What is done, in words, with how far it is.
    pub said: AttrValue,
    /// `0..=1`.
    pub share: f64,
    /// Word on the button.
    pub stop: AttrValue,
    /// It is to stop.
    pub onstop: Callback<()>,
}

/// See the module.
#[component]
pub fn Working(props: &WorkingProps) -> Html {
    let value = format!("{:.3}", props.share.clamp(0.0, 1.0));
    html! {
        <div class="working" role="status" data-testid={props.id.clone()}>
            <progress max="1" {value} aria-label={props.said.clone()} />
            <span>{ &props.said }</span>
            <button type="button" class="button" data-testid={props.stop_id.clone()} onclick={props.onstop.reform(|_: MouseEvent| ())}>
                { &props.stop }
            </button>
        </div>
    }
}
