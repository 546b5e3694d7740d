//! Test ids of panels as a whole and of what they share, and of the panels that look inside the network.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

// Panels as a whole.

/// The data.
pub const PANEL_DATA: &str = "panel-data";
/// Optimizer, training, task, seed.
pub const PANEL_SETUP: &str = "panel-setup";
/// The network.
pub const PANEL_NETWORK: &str = "panel-network";
/// What the network says.
pub const PANEL_OUTPUT: &str = "panel-output";
/// Loss and metrics over time.
pub const PANEL_LOSS: &str = "panel-loss";
/// Gradient and activation norms.
pub const PANEL_GRADIENT_FLOW: &str = "panel-gradient-flow";
/// Sources and licences.
pub const PANEL_ABOUT: &str = "panel-about";

/// What every panel may have at its heading: `what`, `enlarge`, `png`, `svg`.
pub fn panel_tool(panel: &str, tool: &str) -> String {
    format!("{panel}-{tool}")
}
