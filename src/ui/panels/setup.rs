//! How it is trained: optimizer, batches, task, seed.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

use super::{Panel, PanelProps};
use crate::i18n::shell;
use crate::ui::testid;
use yew::prelude::*;

/// The panel.
#[component]
pub fn SetupPanel(props: &PanelProps) -> Html {
    html! { <Panel id={testid::PANEL_SETUP} title={shell::PANEL_SETUP.get(props.state.lang)} /> }
}
