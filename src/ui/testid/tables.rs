//! Test ids of the learner's own tables and series.
//!
//! A part of the one list (`ui::testid`). Not responsible for what the elements do.

/// The dialog for the learner's own table.
pub const CSV_DIALOG: &str = "csv-dialog";
/// Opens the dialog again.
pub const CSV_EDIT: &str = "csv-edit";
/// The table as text.
pub const CSV_TEXT: &str = "csv-text";
/// A file with a table.
pub const CSV_FILE: &str = "csv-file";
/// Whether the first row names the columns.
pub const CSV_HEADER: &str = "csv-header";
/// What is done about missing cells.
pub const CSV_MISSING: &str = "csv-missing";
/// What is done about missing cells of one column.
pub fn csv_missing_of(column: usize) -> String {
    format!("csv-missing-{column}")
}
/// The column to predict.
pub const CSV_TARGET: &str = "csv-target";
/// Classes or quantities.
pub const CSV_TASK: &str = "csv-task";
/// The input columns.
pub const CSV_INPUTS: &str = "csv-inputs";
/// One input column.
pub fn csv_input(column: usize) -> String {
    format!("csv-input-{column}")
}
/// The first rows.
pub const CSV_PREVIEW: &str = "csv-preview";
/// What is wrong with the table.
pub const CSV_PROBLEMS: &str = "csv-problems";
/// Trains on the table.
pub const CSV_USE: &str = "csv-use";
/// Closes the dialog.
pub const CSV_CANCEL: &str = "csv-cancel";
/// Whether a column of dates is read as days.
pub fn csv_dates(column: usize) -> String {
    format!("csv-dates-{column}")
}
/// Narrows the columns that are listed.
pub const CSV_SEARCH: &str = "csv-search";
/// Lists more columns.
pub const CSV_MORE: &str = "csv-more";
/// Ticks every column.
pub const CSV_ALL: &str = "csv-all";
/// Ticks no column.
pub const CSV_NONE: &str = "csv-none";
/// Predict from other columns, or forecast over time.
pub const CSV_PURPOSE: &str = "csv-purpose";
/// The column by which rows are put in order.
pub const CSV_TIME: &str = "csv-time";
/// In which encoding the file is read.
pub const CSV_ENCODING: &str = "csv-encoding";
/// What was read, and what was skipped.
pub const CSV_READ: &str = "csv-read";
/// What the table would become.
pub const CSV_RESULT: &str = "csv-result";
/// What the table as a whole suggests.
pub const CSV_HINT: &str = "csv-hint";
/// Follows the suggestion.
pub const CSV_HINT_GO: &str = "csv-hint-go";
/// Reads the part of a large file that a table may have.
pub const CSV_TAKE_PART: &str = "csv-take-part";
/// Forgets the text.
pub const CSV_CLEAR: &str = "csv-clear";
/// Says that only the beginning of the text is shown.
pub const CSV_TEXT_PART: &str = "csv-text-part";
/// How far reading is.
pub const CSV_PROGRESS: &str = "csv-progress";
/// Stops reading.
pub const CSV_STOP: &str = "csv-stop";
/// Values and forecasts over time.
pub const FORECAST: &str = "forecast";
/// The row under the pointer.
pub const FORECAST_READOUT: &str = "forecast-readout";

/// Whether pictures come as their bytes.
pub const DATA_RAW: &str = "data-raw";
/// How random inputs are drawn.
pub const DATA_INPUTS: &str = "data-inputs";
/// What random targets have to do with inputs.
pub const DATA_TARGETS: &str = "data-targets";
/// Lower end of uniform targets.
pub const DATA_TARGETS_LOW: &str = "data-targets-low";
/// Upper end of uniform targets.
pub const DATA_TARGETS_HIGH: &str = "data-targets-high";
/// What a random sequence is asked for.
pub const DATA_SHIFTED: &str = "data-shifted";
