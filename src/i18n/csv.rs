//! Words of the table (CSV) editor.
//!
//! Not responsible for problems of a table (`i18n::problems`).

use super::{Text, text};

/// Title of the dialog.
pub const TITLE: Text = text("My own table", "我的表格");
/// What happens to the table.
pub const PRIVATE: Text = text(
    "Paste a table (CSV: cells separated by commas, semicolons, tabs or blanks), drop a file here, or choose one. It stays in this tab and in links that you share.",
    "粘贴表格（CSV：以逗号、分号、制表符或空格分隔），把文件拖到这里，或选择文件。它只留在本页以及你分享的链接里。",
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
/// Label of the choice.
pub const MISSING_CELLS: Text = text("Missing cells", "缺失的单元格");
/// Nothing is done about them.
pub const MISSING_REFUSE: Text = text("not allowed", "不允许");
/// Rows are left out.
pub const MISSING_SKIP: Text = text("leave these rows out", "去掉这些行");
/// Missing is a value.
pub const MISSING_CATEGORY: Text = text("keep “missing” as a category", "把“缺失”当作一个类别");
/// Filled.
pub const MISSING_MEAN: Text = text("fill with the mean", "用均值填充");
/// Filled.
pub const MISSING_MEDIAN: Text = text("fill with the median", "用中位数填充");
/// Filled.
pub const MISSING_FREQUENT: Text = text("fill with the most frequent value", "用众数填充");
/// Filled, series.
pub const MISSING_LINE: Text = text("draw a straight line across the gap", "用直线补上缺口");
/// What the numbers come from.
pub const MISSING_HELP: Text = text(
    "NA, N/A, null, None, ?, - and empty cells count as missing. Means and medians are taken from the training rows; words are filled with the most frequent word. A column can have a choice of its own below.",
    "NA、N/A、null、None、?、- 和空单元格都算缺失。均值和中位数只由训练行算出；文字用出现最多的词填充。下面每一列还可以单独选择。",
);
/// A column is treated as the table is.
pub const MISSING_SAME: Text = text("missing: as for the table", "缺失：与全表相同");
/// Names the choice of one column.
pub const MISSING_OF: Text = text("Missing cells of “{name}”", "“{name}”列缺失的单元格");
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
/// Name of a delimiter.
pub const BAR: Text = text("vertical bars", "竖线");
/// Name of a delimiter.
pub const BLANKS: Text = text("blanks", "空格");
/// Lines that are no rows.
pub const SKIPPED_SEP: Text = text("The line “sep=” was skipped.", "已跳过“sep=”这一行。");
/// Lines that are no rows.
pub const SKIPPED_TITLES: Text = text("Title lines skipped: {n}.", "已跳过标题行：{n} 行。");
/// Lines that are no rows.
pub const SKIPPED_COMMENTS: Text = text("Comment lines skipped: {n}.", "已跳过注释行：{n} 行。");
/// Rows between the header and the numbers that are no rows.
pub const SKIPPED_UNITS: Text = text(
    "Rows of units or other words under the header left out, since numbers stand below them: {n}.",
    "已略去列名下方的单位或文字行（其下都是数值）：{n} 行。",
);
/// Rows below the numbers that are no rows.
pub const SKIPPED_CLOSING: Text = text(
    "Rows of words left out at the end, since numbers stand above them: {n}.",
    "已略去末尾的文字行（其上都是数值）：{n} 行。",
);
/// Rows below the table that are no rows.
pub const SKIPPED_TOTALS: Text =
    text("Rows of totals or means left out at the end: {n}.", "已略去末尾的合计或平均行：{n} 行。");
/// Lines below the table that are no rows.
pub const SKIPPED_NOTES: Text = text("Notes skipped below the table: {n}.", "已跳过表格下方的说明：{n} 行。");
/// A header with a name less than there are columns.
pub const SHORT_HEADER: Text = text(
    "The header has one name fewer than the rows have cells. The first column is taken to name the rows.",
    "列名比各行的单元格少一个，已把第一列当作行名。",
);
/// A table without header.
pub const NO_HEADER: Text = text("No header was found; the columns are numbered.", "没有找到列名，各列按序号命名。");
/// How numbers are written.
pub const DECIMAL_COMMA: Text = text("Decimal comma in: {names}.", "以逗号作小数点的列：{names}。");
/// What is said of how a column was read.
pub const OF_COLUMN: Text = text("Column “{name}”: {note}", "“{name}”列：{note}");
/// Shares of two kinds.
pub const PERCENT_DIVIDED: Text = text(
    "some cells are in percent, others are fractions; percents were divided by 100.",
    "有的单元格是百分数，有的是小数；百分数已除以 100。",
);
/// Shares of two kinds.
pub const PERCENT_MIXED: Text = text(
    "some cells are in percent, others are not; all numbers stand as they are written.",
    "有的单元格带百分号，有的不带；各数均按原样读取。",
);
/// Money of two kinds.
pub const CURRENCIES: Text = text(
    "amounts are in several currencies ({list}) and were not converted.",
    "金额使用多种货币（{list}），未作换算。",
);
/// Numbers with something around them.
pub const ALMOST: Text = text(
    "cells such as {cell} are words, each value a class of its own; leave only the number in them if they are to be numbers.",
    "像 {cell} 这样的单元格会当作文字，每个取值各成一类；若要作为数值，请只保留数字。",
);
/// Brackets everywhere.
pub const BRACKETS: Text =
    text("every number stands in brackets; they are not read as a minus.", "所有数都带括号，没有读作负数。");
/// Thousands or decimals.
pub const READ_AS: Text = text("{cell} is read as {value}.", "{cell} 读作 {value}。");
/// Dates in doubt.
pub const DAY_FIRST: Text =
    text("dates could be read either way; the day is taken to come first.", "日期有两种读法，按“日在前”读取。");
/// Dates in doubt.
pub const MONTH_FIRST: Text =
    text("dates could be read either way; the month is taken to come first.", "日期有两种读法，按“月在前”读取。");
/// Classes that are written in several ways.
pub const MERGED: Text = text("Taken as one value: {list}.", "视为同一个值：{list}。");
/// A column of numbers.
pub const KIND_NUMBER: Text = text("numbers", "数值");
/// A column of words.
pub const KIND_WORDS: Text = text("words ({n})", "{n} 种词");
/// A column without values.
pub const KIND_EMPTY: Text = text("empty", "空");
/// Cells without a value.
pub const MISSING: Text = text("{n} missing", "缺 {n}");
/// What the table would become.
pub const RESULT_CLASSES: Text = text(
    "{rows} {rows:row|rows}, {inputs} {inputs:input|inputs} → {classes} {classes:class|classes}",
    "{rows} 行，{inputs} 个输入 → {classes} 类",
);
/// What the table would become.
pub const RESULT_VALUES: Text = text(
    "{rows} {rows:row|rows}, {inputs} {inputs:input|inputs} → one quantity",
    "{rows} 行，{inputs} 个输入 → 一个数值",
);
/// Button.
pub const USE: Text = text("Use this table", "使用此表");
/// Button.
pub const CANCEL: Text = text("Cancel", "取消");
/// Button that opens the dialog again.
pub const EDIT: Text = text("Edit the table", "编辑表格");
/// More problems than are listed.
pub const FIRST_ROWS: Text = text("The first rows", "前几行");
/// A column of dates.
pub const KIND_DATES: Text = text("dates", "日期");
/// Reads them as days.
pub const DATES_AS_DAYS: Text = text("as days", "换算成天数");
/// Explanation of that.
pub const DATES_HELP: Text =
    text("The date becomes a number: days since 1 January 1970.", "日期变成一个数：自 1970 年 1 月 1 日起的天数。");
/// Why a column is grey.
pub const WHY_DATES: Text = text("dates; tick “as days” to use them", "日期；勾选“换算成天数”即可使用");
/// Why a column is grey.
pub const WHY_EMPTY: Text = text("no values", "没有数据");
/// Why a column is grey.
pub const WHY_PROSE: Text = text("sentences; a table cannot use them", "是句子，表格模型用不了");
/// Why a column is grey.
pub const WHY_WORDS: Text = text("{n} different words; at most {max}", "{n} 种词，最多 {max} 种");
/// Why a column is grey.
pub const WHY_NOT_NUMBERS: Text = text("no numbers", "不是数值");
/// Why a column is grey.
pub const WHY_TIME: Text = text("gives the order", "用来排序");
/// Why a column is not ticked.
pub const NAMES_ROWS: Text = text("names the rows", "只是行的编号或名称");
/// In percent.
pub const KIND_PERCENT: Text = text("numbers, %", "数值（%）");
/// Label of the choice.
pub const PURPOSE: Text = text("What to do", "用途");
/// Predict.
pub const PURPOSE_ROWS: Text = text("predict a column from the others", "由其他列预测一列");
/// Forecast.
pub const PURPOSE_SERIES: Text = text("forecast a column over time", "按时间预测一列");
/// Label of the choice.
pub const FORECAST: Text = text("Forecast", "预测");
/// Label of the choice.
pub const TIME: Text = text("Order of time", "时间顺序");
/// As the rows stand.
pub const TIME_ROWS: Text = text("as the rows stand", "按行的顺序");
/// By a column.
pub const TIME_BY: Text = text("by “{name}”", "按“{name}”排序");
/// Label of other columns.
pub const ALSO: Text = text("looking also at", "同时参考");
/// What the series would become.
pub const RESULT_SERIES: Text = text(
    "{rows} {rows:moment|moments} of “{name}”; the last part is tested",
    "“{name}”共 {rows} 个时刻，最后一段用于测试",
);
/// Several rows of one moment.
pub const SERIES_REPEATED: Text = text(
    "{n} {n:moment has|moments have} more than one row, such as {list}. Each row counts as a step of its own.",
    "有 {n} 个时刻不止一行，例如 {list}。每一行都算作单独的一步。",
);
/// Moments that do not follow evenly.
pub const SERIES_UNEVEN: Text = text(
    "{n} of {all} {all:step|steps} in time {n:is|are} longer or shorter than the usual one, such as after {list}. Each row counts as one step all the same.",
    "{all} 个时间间隔中有 {n} 个比通常的长或短，例如 {list} 之后。每一行仍按一步计算。",
);
/// A lone column of numbers.
pub const HINT_SERIES: Text = text(
    "This table has one column of numbers and nothing to predict it from. If its rows are in the order of time, it can be forecast.",
    "表里只有一列数，没有可用来预测它的列。如果各行按时间排列，可以预测后面的值。",
);
/// Follows that.
pub const HINT_SERIES_GO: Text = text("Forecast it as a series", "作为时间序列来预测");
/// A column of sentences.
pub const HINT_PROSE: Text = text(
    "Column “{name}” holds sentences. A table cannot use them, but a network can learn to write such a text letter by letter.",
    "“{name}”列是句子。表格模型用不了它，但网络可以逐字学习写出这样的文本。",
);
/// Follows that.
pub const HINT_PROSE_GO: Text = text("Use the column as my own text", "把这一列作为我的文本");
/// Only the beginning of a text is shown.
pub const TEXT_PART: Text = text(
    "Only the beginning is shown here ({size} kB in all). The whole text is used.",
    "这里只显示开头（共 {size} kB），使用的是全部内容。",
);
/// Forgets the text.
pub const CLEAR: Text = text("Clear", "清空");
/// Label of the choice.
pub const ENCODING: Text = text("Text encoding", "文字编码");
/// Where in doubt.
pub const ENCODING_DOUBT: Text = text(
    "The file does not say how its letters are coded. If words look wrong below, choose another encoding.",
    "文件没有说明文字编码。如果下面显示乱码，请换一种编码。",
);
/// Reads what fits.
pub const TAKE_PART: Text = text("Use the rows at the beginning that fit", "只用开头放得下的那些行");
/// While reading.
pub const READING: Text = text("Reading the table: {n} %", "正在读取表格：{n}%");
/// Stops it.
pub const STOP: Text = text("Stop", "停止");
/// Narrows the list.
pub const SEARCH: Text = text("Search columns", "搜索列名");
/// Some are not listed.
pub const MORE: Text = text("Show more ({n} not shown)", "显示更多（还有 {n} 列）");
/// Nothing found.
pub const NONE_FOUND: Text = text("No column has this in its name.", "没有列名包含这些字。");
/// Ticks every column.
pub const ALL: Text = text("all", "全选");
/// Ticks none.
pub const NONE: Text = text("none", "全不选");
/// Beside a wide preview.
pub const FIRST_COLUMNS: Text = text("The first {n} of {all} columns", "{all} 列中的前 {n} 列");
/// Names of encodings.
pub fn encoding(name: &str) -> Text {
    match name {
        "utf-8" => text("UTF-8", "UTF-8"),
        "utf-16le" => text("UTF-16 (Windows)", "UTF-16（Windows）"),
        "utf-16be" => text("UTF-16, high byte first", "UTF-16（高位在前）"),
        "gb18030" => text("Chinese, simplified (GBK)", "简体中文（GBK）"),
        "big5" => text("Chinese, traditional (Big5)", "繁体中文（Big5）"),
        "shift_jis" => text("Japanese (Shift JIS)", "日文（Shift JIS）"),
        "euc-kr" => text("Korean (EUC-KR)", "韩文（EUC-KR）"),
        "windows-1251" => text("Cyrillic (Windows-1251)", "西里尔文（Windows-1251）"),
        _ => text("Western (Windows-1252)", "西欧（Windows-1252）"),
    }
}
