//! What the network says about the data.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

use super::{Panel, PanelProps};
use crate::i18n::shell;
use crate::ui::testid;
use yew::prelude::*;

/// The panel.
#[component]
pub fn OutputPanel(props: &PanelProps) -> Html {
    html! { <Panel id={testid::PANEL_OUTPUT} title={shell::PANEL_OUTPUT.get(props.state.lang)} /> }
}
