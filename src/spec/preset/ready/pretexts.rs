//! Trunks that learn without labels.
//!
//! Not responsible for what trains them (`ready`).

use super::{ADAM_3, Group, Ready, ready};

pub(super) const ROTATION_DIGITS: Ready = Ready {
    task: Some(r#"{"type":"rotation"}"#),
    ..ready(
        Group::Generate,
        "rotation_digits",
        r#"{"set":"mnist"}"#,
        "trunk: conv 8 3 relu | pool 2 | conv 16 3 relu | pool 2 | flatten | dense 64 relu; head: dense",
    )
};

/// Half of a digit hidden in squares: what stands there follows from what digits look like.
pub(super) const MASKED_DIGITS: Ready = Ready {
    task: Some(r#"{"type":"autoencoder","mask":0.5,"patch":7,"hidden_only":true}"#),
    optimizer: ADAM_3,
    batch: 64,
    ..ready(
        Group::Generate,
        "masked_digits",
        r#"{"set":"mnist"}"#,
        "encoder: conv 8 3 relu | pool 2 | conv 16 3 relu | pool 2 | flatten | dense 64 relu; decoder: dense 256 relu | dense sigmoid",
    )
};

/// Of six settings tried, the one whose features were worth most after three hundred steps.
pub(super) const CONTRASTIVE_DIGITS: Ready = Ready {
    task: Some(r#"{"type":"contrastive","temperature":0.5}"#),
    optimizer: ADAM_3,
    batch: 64,
    ..ready(
        Group::Generate,
        "contrastive_digits",
        r#"{"set":"mnist","augment":[{"type":"shift","strength":0.15},{"type":"rotate","strength":25},{"type":"scale","strength":0.35}]}"#,
        "trunk: conv 8 3 relu | pool 2 | conv 16 3 relu | pool 2 | flatten; head: dense 128 relu | dense 64",
    )
};
