//! Something that is opened to be read; closed, it costs nothing.
//!
//! Not responsible for what is inside.

use yew::prelude::*;

/// Properties of [`Fold`].
#[derive(Clone, PartialEq, Properties)]
pub struct FoldProps {
    /// Test id.
    pub id: String,
    /// What is inside.
    pub title: String,
    /// The content, drawn only while it is open.
    #[prop_or_default]
    pub children: Html,
}

/// See the module.
#[component]
pub fn Fold(props: &FoldProps) -> Html {
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |e: Event| {
            if let Some(d) = e.target_dyn_into::<web_sys::Element>() {
                open.set(d.has_attribute("open"));
            }
        })
    };
    html! {
        <details class="fold" data-testid={props.id.clone()} {ontoggle}>
            <summary><span>{ &props.title }</span></summary>
            if *open { { props.children.clone() } }
        </details>
    }
}
