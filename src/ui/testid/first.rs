//! Test ids of the first minute: what this is, things to try, the gallery, keys, the small curve.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// The strip that says what this is.
pub const GUIDE: &str = "guide";
/// The sentence.
pub const GUIDE_WHAT: &str = "guide-what";
/// What to look for.
pub const GUIDE_LOOK_FOR: &str = "guide-look-for";
/// One of the three things to try, counted from 1.
pub fn guide_try(n: usize) -> String {
    format!("try-{n}")
}
/// Where to look after one of them.
pub const GUIDE_HINT: &str = "guide-hint";
/// Leads there.
pub const GUIDE_SHOW: &str = "guide-show";
/// Puts the hint away.
pub const GUIDE_DONE: &str = "guide-done";

/// Opens the gallery.
pub const GALLERY_OPEN: &str = "gallery-open";
/// The gallery.
pub const GALLERY: &str = "gallery";
/// Its search field.
pub const GALLERY_SEARCH: &str = "gallery-search";
/// Closes it.
pub const GALLERY_CLOSE: &str = "gallery-close";
/// A ready experiment in it.
pub fn ready_tile(name: &str) -> String {
    format!("ready-{name}")
}
/// Rare settings of the data.
pub const DATA_MORE: &str = "data-more";
/// Rare settings of training.
pub const SETUP_MORE: &str = "setup-more";

/// The small loss curve.
pub const MINI_LOSS: &str = "mini-loss";
/// Its picture.
pub const MINI_LOSS_PLOT: &str = "mini-loss-plot";
/// The whole network in its room, or as wide as it likes.
pub const NET_WHOLE: &str = "net-whole";
/// The first column of a generator: its noise.
pub const NET_NOISE: &str = "net-noise";
/// Leads to a part further down that this network brings.
pub fn brought(part: &str) -> String {
    format!("brought-{part}")
}

/// Opens the list of keys.
pub const HELP: &str = "help";
/// The list of keys.
pub const HELP_DIALOG: &str = "help-dialog";
/// Closes it.
pub const HELP_CLOSE: &str = "help-close";
/// Large type.
pub const PROJECTOR: &str = "projector";
/// Link past everything to the model text.
pub const SKIP_TEXT: &str = "skip-text";
/// The example page for those who embed.
pub const ABOUT_EMBED: &str = "about-embed";

/// Sends for it again.
pub const PART_AGAIN: &str = "part-again";
