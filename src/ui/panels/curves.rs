//! Loss and metrics over time.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

use super::{Panel, PanelProps};
use crate::i18n::shell;
use crate::ui::testid;
use yew::prelude::*;

/// The panel.
#[component]
pub fn CurvesPanel(props: &PanelProps) -> Html {
    html! { <Panel id={testid::PANEL_LOSS} title={shell::PANEL_LOSS.get(props.state.lang)} /> }
}
