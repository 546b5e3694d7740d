//! One trunk for several tasks.
//!
//! Not responsible for what trains it (`ready`).

use super::{Group, Ready, ready};

pub(super) const SEVERAL_DIGITS: Ready = Ready {
    task: Some(r#"{"type":"several"}"#),
    ..ready(
        Group::Images,
        "several_digits",
        r#"{"set":"mnist"}"#,
        "trunk: conv 8 3 relu | pool 2 | conv 16 3 relu | pool 2 | flatten | dense 64 relu; \
         digit: dense; parity: dense; thickness: dense",
    )
};
