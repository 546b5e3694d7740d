//! Test ids of the editors for one's own pictures, texts and formulas, and of the pad to draw on.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// How a typed formula was understood.
pub const FORMULA_SHOWN: &str = "formula-shown";
/// Length of the context while one's own text is not yet in use.
pub const TEXT_CONTEXT: &str = "text-context";
/// How much text there is and how much is needed.
pub const TEXT_COUNT: &str = "text-count";
/// Encoding of a text file.
pub const TEXT_ENCODING: &str = "text-encoding";
/// The longest context that the text allows.
pub const TEXT_CONTEXT_FIX: &str = "text-context-fix";
/// The learner's own text.
pub const TEXT_OWN: &str = "text-own";
/// The same from a file.
pub const TEXT_FILE: &str = "text-file";
/// A folder of the learner's own pictures.
pub const FOLDER_FILES: &str = "folder-files";
/// Pixels a side they are made.
pub const FOLDER_SIDE: &str = "folder-side";
/// What was read.
pub const FOLDER_RESULT: &str = "folder-result";
/// Single pictures.
pub const PICTURE_FILES: &str = "picture-files";
/// The class of pictures that have none.
pub const PICTURE_CLASS: &str = "picture-class";
/// Gives it to them.
pub const PICTURE_ADD: &str = "picture-add";
/// Takes the classes from the names of the files.
pub const PICTURE_BY_NAME: &str = "picture-by-name";
/// Takes the pictures without a class away.
pub const PICTURE_DISCARD: &str = "picture-discard";
/// The classes with how many pictures each has.
pub const PICTURE_CLASSES: &str = "picture-classes";
/// Takes the class with that index in the list away.
pub fn picture_remove(index: usize) -> String {
    format!("picture-remove-{index}")
}
/// Takes all pictures away.
pub const PICTURES_CLEAR: &str = "pictures-clear";
/// How many are read.
pub const PICTURES_PROGRESS: &str = "pictures-progress";
/// Reads no more.
pub const PICTURES_STOP: &str = "pictures-stop";
/// Padding or cropping.
pub const PICTURE_FIT: &str = "picture-fit";
/// What transparent parts lie on.
pub const PICTURE_GROUND: &str = "picture-ground";
