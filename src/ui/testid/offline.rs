//! Test ids of use without a network.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// Opens the part.
pub const OFFLINE: &str = "offline";
/// What is kept, in words.
pub const OFFLINE_KEPT: &str = "offline-kept";
/// Keeps everything.
pub const OFFLINE_KEEP: &str = "offline-keep";
/// How far that is.
pub const OFFLINE_PROGRESS: &str = "offline-progress";
/// Says that a newer version waits.
pub const UPDATE: &str = "update";
/// Takes it.
pub const UPDATE_TAKE: &str = "update-take";
