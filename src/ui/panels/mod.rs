//! The panels of the playground, one file (or folder) each, and the frame they share.
//!
//! Not responsible for where a panel stands on the page (`ui::app`).

pub mod about;
pub mod curves;
pub mod data;
pub mod gradient_flow;
pub mod network;
pub mod output;
pub mod setup;

use super::hooks::use_wants;
use super::state::{Msg, State};
use crate::protocol::FrameRequest;
use std::rc::Rc;
use yew::prelude::*;

/// What every panel gets.
#[derive(Clone, Debug, Properties)]
pub struct PanelProps {
    /// Everything the page knows.
    pub state: Rc<State>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// Compared by pointer: a state is never changed in place, and comparing every array would cost more than drawing.
impl PartialEq for PanelProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.emit == other.emit
    }
}

/// Properties of [`Panel`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FrameProps {
    /// Its test id, which is also the name its wants are registered under and its CSS class.
    pub id: &'static str,
    /// Heading.
    pub title: AttrValue,
    /// Small controls at the right of the heading.
    #[prop_or_default]
    pub tools: Html,
    /// What to compute while the panel can be seen.
    #[prop_or_default]
    pub wants: FrameRequest,
    /// The content.
    #[prop_or_default]
    pub children: Html,
}

/// A titled region of the page that asks for what it shows while it can be seen.
#[component]
pub fn Panel(props: &FrameProps) -> Html {
    let node = use_node_ref();
    use_wants(props.id, &node, props.wants.clone());
    let heading = format!("{}-title", props.id);
    html! {
        <section ref={node} class={classes!("panel", props.id)} data-testid={props.id} aria-labelledby={heading.clone()}>
            <div class="panel-head">
                <h2 id={heading}>{ &props.title }</h2>
                { props.tools.clone() }
            </div>
            { props.children.clone() }
        </section>
    }
}
