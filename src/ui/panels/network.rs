//! The network, layer by layer.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

use super::{Panel, PanelProps};
use crate::i18n::shell;
use crate::ui::testid;
use yew::prelude::*;

/// The panel.
#[component]
pub fn NetworkPanel(props: &PanelProps) -> Html {
    html! { <Panel id={testid::PANEL_NETWORK} title={shell::PANEL_NETWORK.get(props.state.lang)} /> }
}
