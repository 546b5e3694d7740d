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

/// What a panel of the run shows while something is edited that cannot run.
pub fn behind(panel: &str) -> String {
    format!("{panel}-behind")
}

/// Lets go of what is pinned in the picture with that test id.
pub fn unpin(picture: &str) -> String {
    format!("{picture}-unpin")
}

/// What became of the learning rate when another optimizer was chosen.
pub const RATE_NOTE: &str = "lr-note";
/// Takes the usual rate, or the one of before.
pub const RATE_OTHER: &str = "lr-other";

/// Says that cards of an edited network rest.
pub const NETWORK_RESTS: &str = "network-rests";

// The part that looks inside.

/// Name under which weights are asked for while no panel shows them.
pub const FILMS: &str = "films";

/// All of it.
pub const INSIDE: &str = "inside";
/// The example that its panels follow.
pub const EXAMPLE: &str = "example";
/// Rows of the training part.
pub const EXAMPLE_TRAIN: &str = "example-train";
/// Rows of the test part.
pub const EXAMPLE_TEST: &str = "example-test";
/// One drawn by hand.
pub const EXAMPLE_DRAW: &str = "example-draw";
/// One's own text.
pub const EXAMPLE_TEXT: &str = "example-own-text";
/// Where it is drawn.
pub const EXAMPLE_PAD: &str = "example-pad";
/// Its other parts: `previous`, `row`, `next`, `random`, `says`, `color`, `erase`, `clear`, `text`, `unknown`,
/// `row-text`, `centre`, `centred`, `empty`, `answer`, `answer-how`, `odds` (and a class behind it).
pub fn example(part: &str) -> String {
    format!("example-{part}")
}

// Convolution.

/// Filters as pictures.
pub const PANEL_FILTERS: &str = "panel-filters";
/// One scale for all filters.
pub const FILTERS_COMMON_SCALE: &str = "filters-common-scale";
/// Each filter on its own scale.
pub const FILTERS_OWN_SCALE: &str = "filters-own-scale";
/// Red, green and blue weights as one colour.
pub const FILTERS_COLOUR: &str = "filters-colour";
/// One input channel.
pub const FILTERS_CHANNEL: &str = "filters-one-channel";
/// Filters by input channels.
pub const FILTERS_MATRIX: &str = "filters-matrix";
/// Its other parts: `layer`, `gone`, `channel`, `grid`, `more`, `fewer`, `readout`, `large`, `filter`, `of-channel`,
/// `bias`, `step`, `values`, `film`.
pub fn filters(part: &str) -> String {
    format!("filters-{part}")
}
/// What comes out of layers for an example.
pub const PANEL_FEATURE_MAPS: &str = "panel-feature-maps";
/// One scale for all maps.
pub const MAPS_COMMON_SCALE: &str = "maps-common-scale";
/// Each map on its own scale.
pub const MAPS_OWN_SCALE: &str = "maps-own-scale";
/// Its other parts: `layer`, `gone`, `grid`, `more`, `fewer`, `readout`, `channel`, `row`, `column`, `back`, `walk`, `on`,
/// `input`, `window`, `kernel`, `products`, `output`, `part`, `sum`, `bias`, `z`, `y`, `value`, `strongest`.
pub fn maps(part: &str) -> String {
    format!("maps-{part}")
}
/// What one input channel adds.
pub fn maps_part(channel: usize) -> String {
    format!("maps-part-{channel}")
}
/// What a filter or a class likes to see.
pub const PANEL_CLIMB: &str = "panel-climb";
/// Few steps.
pub const CLIMB_SHORT: &str = "climb-short";
/// Some steps.
pub const CLIMB_MIDDLE: &str = "climb-middle";
/// Many steps.
pub const CLIMB_LONG: &str = "climb-long";
/// Its other parts: `layer`, `channel`, `start`, `cancel`, `picture`, `first`, `value`, `progress`, `steps`, `stuck`,
/// `use`, `failed`.
pub fn climb(part: &str) -> String {
    format!("climb-{part}")
}
/// A window to play with.
pub const PANEL_SANDBOX: &str = "panel-sandbox";
/// Its parts: `input`, `kernel`, `stride`, `padding`, `dilation`, `in`, `out`, `feeds`, `formula`, `notes`.
pub fn sandbox(part: &str) -> String {
    format!("sandbox-{part}")
}

// Answers to tasks on sequences.

/// Rows as source, wanted and answered.
pub const ANSWERS: &str = "answers";
/// Its parts: `whole`, `own`, `own-note`, `own-row`, `rows`, `more`, `manner`, `looks-ahead`.
pub fn answers(part: &str) -> String {
    format!("answers-{part}")
}
/// Writing on from a text, where answers stand before it.
pub const ANSWERS_WRITING: &str = "answers-writing";
