//! Which data the network learns from.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

use super::{Panel, PanelProps};
use crate::i18n::shell;
use crate::ui::testid;
use yew::prelude::*;

/// The panel.
#[component]
pub fn DataPanel(props: &PanelProps) -> Html {
    html! { <Panel id={testid::PANEL_DATA} title={shell::PANEL_DATA.get(props.state.lang)} /> }
}
