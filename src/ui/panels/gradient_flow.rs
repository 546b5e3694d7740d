//! How strong gradients and activations are in every layer.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

use super::{Panel, PanelProps};
use crate::i18n::shell;
use crate::ui::testid;
use yew::prelude::*;

/// The panel.
#[component]
pub fn GradientFlowPanel(props: &PanelProps) -> Html {
    html! { <Panel id={testid::PANEL_GRADIENT_FLOW} title={shell::PANEL_GRADIENT_FLOW.get(props.state.lang)} /> }
}
