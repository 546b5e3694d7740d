//! Test ids of autoencoders: reconstructions and the map of codes.
//!
//! Not responsible for what the elements do.

/// Rows and what comes of them.
pub const RECONSTRUCTIONS: &str = "reconstructions";
/// The first rows.
pub const RECONSTRUCTIONS_FIRST: &str = "reconstructions-first";
/// Those with the largest error.
pub const RECONSTRUCTIONS_WORST: &str = "reconstructions-worst";
/// Its other parts: `error`, `picture`, `readout`.
pub fn reconstructions(part: &str) -> String {
    format!("reconstructions-{part}")
}
/// The panel of the map of codes.
pub const PANEL_LATENT: &str = "panel-latent";
/// Its parts: `map`, `readout`, `answer`, `film`, `kl`, `collapsed`, `samples`, `again`.
pub fn latent(part: &str) -> String {
    format!("latent-{part}")
}
