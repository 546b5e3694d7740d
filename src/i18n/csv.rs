//! Words of the table (CSV) editor.
//!
//! Not responsible for problems of a table (`i18n::problems`).

use super::{Text, text};

/// Title of the dialog.
pub const TITLE: Text = text("My own table", "我的表格");
/// What happens to the table.
pub const PRIVATE: Text = text(
    "Paste a table (CSV: cells separated by commas, semicolons or tabs), drop a file here, or choose one. It stays in this tab and in links that you share.",
    "粘贴表格（CSV：以逗号、分号或制表符分隔），把文件拖到这里，或选择文件。它只留在本页以及你分享的链接里。",
);
/// Label of the text.
pub const PASTE: Text = text("Table as text", "表格文本");
/// What an empty text area shows.
pub const PLACEHOLDER: Text = text("height,weight,species\n18.7,3750,Adelie\n…", "身高,体重,种类\n18.7,3750,阿德利\n…");
/// Label of the file button.
pub const FILE: Text = text("Choose a file", "选择文件");
/// Said while a file hovers over the dialog.
pub const DROP: Text = text("Drop the file", "松开以放入文件");
/// Label of the header switch.
pub const HEADER: Text = text("First row names the columns", "第一行是列名");
/// Label of the switch.
pub const SKIP_MISSING: Text = text("Leave out rows with missing cells", "略去有缺失的行");
/// Label of the target choice.
pub const TARGET: Text = text("Predict", "预测");
/// Label of the choice between classes and quantities.
pub const TASK: Text = text("as", "作为");
/// Target decided by the column itself.
pub const TASK_AUTO: Text = text("automatic", "自动");
/// Target is a class.
pub const TASK_CLASSES: Text = text("classes", "类别");
/// Target is a quantity.
pub const TASK_VALUES: Text = text("quantity", "数值");
/// Label of the input columns.
pub const INPUTS: Text = text("from", "依据");
/// Size of what was read.
pub const READ: Text =
    text("rows: {rows}, columns: {columns}, separated by {delimiter}", "{rows} 行，{columns} 列，以{delimiter}分隔");
/// Name of a delimiter.
pub const COMMA: Text = text("commas", "逗号");
/// Name of a delimiter.
pub const SEMICOLON: Text = text("semicolons", "分号");
/// Name of a delimiter.
pub const TAB: Text = text("tabs", "制表符");
/// A column of numbers.
pub const KIND_NUMBER: Text = text("numbers", "数值");
/// A column of words.
pub const KIND_WORDS: Text = text("words ({n})", "{n} 种词");
/// A column without values.
pub const KIND_EMPTY: Text = text("empty", "空");
/// Cells without a value.
pub const MISSING: Text = text("{n} missing", "缺 {n}");
/// What the table would become.
pub const RESULT_CLASSES: Text =
    text("{rows} rows, {inputs} inputs → {classes} classes", "{rows} 行，{inputs} 个输入 → {classes} 类");
/// What the table would become.
pub const RESULT_VALUES: Text =
    text("{rows} rows, {inputs} inputs → one quantity", "{rows} 行，{inputs} 个输入 → 一个数值");
/// Button.
pub const USE: Text = text("Use this table", "使用此表");
/// Button.
pub const CANCEL: Text = text("Cancel", "取消");
/// Button that opens the dialog again.
pub const EDIT: Text = text("Edit the table", "编辑表格");
/// More problems than are listed.
pub const FIRST_ROWS: Text = text("The first rows", "前几行");
