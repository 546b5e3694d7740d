//! Test ids of the attention panel and of the attention of written text.
//!
//! Not responsible for what the elements do.

/// The panel.
pub const PANEL_ATTENTION: &str = "panel-attention";
/// Its parts: `layer`, `map` (the picture), `view-map`, `view-ribbons`, `view-stages`, `readout`, `main`, `summary`, `entropy`,
/// `place`, `table`, `rows`, `more-heads`, `agrees`, `steps`, `step`.
pub fn attention(part: &str) -> String {
    format!("attention-{part}")
}
/// The small picture of a head, counted from 0, which chooses it.
pub fn attention_head(head: usize) -> String {
    format!("attention-head-{head}")
}
/// A picture of a stage: `scores`, `mask`, `softmax`, `mix`.
pub fn attention_stage(stage: &str) -> String {
    format!("attention-stage-{stage}")
}
/// Views of the panel.
pub const ATTENTION_VIEW_MAP: &str = "attention-view-map";
/// Lines.
pub const ATTENTION_VIEW_RIBBONS: &str = "attention-view-ribbons";
/// Step by step.
pub const ATTENTION_VIEW_STAGES: &str = "attention-view-stages";

/// A text while it is written: `fold`, `text`, `step`, `wrote`, `odds`, `table`, `rows`, `layer`, `head`, `play`, `before`,
/// `next`, `again`, `whole`, `at`, `pace`, `failed`.
pub fn writing(part: &str) -> String {
    format!("writing-{part}")
}
