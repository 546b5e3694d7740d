//! Test ids of files and links: save, share, broken links, runs put aside, kept runs.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// The dialog that saves.
pub const SAVE_DIALOG: &str = "save-dialog";
/// Whether the weights go with it.
pub const SAVE_WEIGHTS: &str = "save-weights";
/// Offers the file.
pub const SAVE_NOW: &str = "save-now";
/// Leaves it.
pub const SAVE_CANCEL: &str = "save-cancel";
/// The dialog that shares.
pub const SHARE_DIALOG: &str = "share-dialog";
/// The link in it.
pub const SHARE_TEXT: &str = "share-text";
/// Copies it.
pub const SHARE_COPY: &str = "share-copy";
/// The link starts paused.
pub const SHARE_PAUSED: &str = "share-paused";
/// The link has the goal.
pub const SHARE_GOAL: &str = "share-goal";
/// The link has the speed.
pub const SHARE_SPEED: &str = "share-speed";
/// Its QR code, or why there is none.
pub const SHARE_QR: &str = "share-qr";
/// Closes the dialog.
pub const SHARE_CLOSE: &str = "share-close";
/// Stands in place of an experiment that a link could not bring.
pub const BROKEN_LINK: &str = "broken-link";
/// Leads away from it.
pub const BROKEN_LEAVE: &str = "broken-leave";
/// A note about files.
pub const FILE_NOTE: &str = "file-note";
/// Puts it away.
pub const FILE_NOTE_DISMISS: &str = "file-note-dismiss";
/// Brings back the run that was put aside.
pub const BRING_BACK: &str = "bring-back";
/// Adds a run from a file.
pub const IMPORT_RUN: &str = "import-run";
/// The name of a kept run.
pub fn kept_name(index: usize) -> String {
    format!("kept-name-{index}")
}
/// Saves a kept run as a file.
pub fn export_run(index: usize) -> String {
    format!("export-run-{index}")
}
/// Opens the experiment of a kept run.
pub fn open_run(index: usize) -> String {
    format!("open-run-{index}")
}
/// What was read from pasted code.
pub const PASTED: &str = "pasted";
/// What was read from an ONNX file.
pub const FROM_ONNX: &str = "from-onnx";
/// What cannot be read of pasted code.
pub const CODE_PROBLEMS: &str = "code-problems";
