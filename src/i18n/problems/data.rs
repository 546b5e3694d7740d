//! What is wrong with the learner's own data: tables, texts, formulas, points.
//!
//! Not responsible for the other problems ([`super`]).

use crate::i18n::{Text, text};

/// Both sentences of a code; `None` for a code that is none of these.
pub(super) fn sentences(code: &str) -> Option<(Text, Text)> {
    Some(match code {
        "csv_empty" => (
            text("There are no rows in this table.", "表格里没有数据行。"),
            text("The first line names the columns; each further line is one row.", "第一行是列名，之后每行一条数据。"),
        ),
        "csv_ragged" => (
            text(
                "Row {row} has {got} cells, the others have {expected}.",
                "第 {row} 行有 {got} 个单元格，其他行是 {expected} 个。",
            ),
            text(
                "Look for a missing or extra comma there, or a text without quotes.",
                "请检查该行是否多或少了逗号，或文本未加引号。",
            ),
        ),
        "csv_open_quote" => (
            text("A quote that opens in row {row} is never closed.", "第 {row} 行开始的引号没有闭合。"),
            text("Close it, or write a quote inside a cell twice.", "请补上引号；单元格里的引号要写两次。"),
        ),
        "csv_no_inputs" => (
            text("There is no column to predict from.", "没有可用来预测的列。"),
            text(
                "Choose at least one. If there should be more columns: commas, semicolons or tabs separate them.",
                "请至少选择一列。若列数不对：各列应以半角逗号、分号或制表符分隔。",
            ),
        ),
        "csv_not_number" => (
            text(
                "Row {row}, column “{column}”: “{got}” is not a number.",
                "第 {row} 行“{column}”列：“{got}”不是数字。",
            ),
            text("Correct it, or treat the column as categories.", "请改正它，或把该列当作类别。"),
        ),
        "csv_missing" => (
            text("Row {row}, column “{column}” is empty.", "第 {row} 行“{column}”列是空的。"),
            text("Fill it in, or leave that row or column out.", "请填写，或去掉该行或该列。"),
        ),
        "csv_no_column" => (
            text("There is no column “{column}”.", "没有名为“{column}”的列。"),
            text("Choose one of the columns in the first line.", "请选择第一行中的列。"),
        ),
        "csv_too_many_classes" => (
            text(
                "Column “{column}” has {got} different values; at most {max} can be classes.",
                "“{column}”列有 {got} 种值，最多 {max} 个类别。",
            ),
            text("Choose another target, or predict it as a number.", "请换一个目标列，或把它当作数值来预测。"),
        ),
        "csv_too_few_rows" => (
            text("Usable rows: {got}; at least {min} are needed.", "可用的行数：{got}，至少需要 {min}。"),
            text("Add rows, or fill in missing cells.", "请增加数据行，或补全空单元格。"),
        ),
        "csv_constant_target" => (
            text(
                "Column “{column}” has the same value in every row, so there is nothing to predict.",
                "“{column}”列每行都一样，没有可预测的内容。",
            ),
            text("Choose another target.", "请换一个目标列。"),
        ),
        "csv_too_large" => (
            text(
                "The table is too large: {size_kb} kB, at most {limit_kb} kB.",
                "表格过大：{size_kb} kB，最多 {limit_kb} kB。",
            ),
            text("Take fewer rows or columns.", "请减少行或列。"),
        ),
        "csv_encoding" => (
            text("Row {row} is not readable text.", "第 {row} 行不是可读的文本。"),
            text("Save the table as CSV in UTF-8.", "请将表格另存为 UTF-8 编码的 CSV。"),
        ),
        "text_too_short" => (
            text(
                "That is too short: {got} characters or rows, at least {min} are needed for windows of this length.",
                "太短：只有 {got} 个字符（或行），这样的窗口长度至少需要 {min} 个。",
            ),
            text("Give more text, or a shorter context.", "请提供更多文本，或缩短上下文。"),
        ),
        "text_too_long" => (
            text("That is too long: {got} characters, at most {max}.", "太长：{got} 个字符，最多 {max} 个。"),
            text("Use a part of it.", "请只用其中一部分。"),
        ),
        "text_encoding" => (
            text("Line {row} is not readable text.", "第 {row} 行不是可读的文本。"),
            text("Save the file as plain text in UTF-8.", "请将文件另存为 UTF-8 编码的纯文本。"),
        ),
        "text_too_plain" => (
            text("The text holds only one kind of character.", "文本里只有一种字符。"),
            text("Use a text in which something can be predicted.", "请换一段有内容可预测的文本。"),
        ),
        "vocabulary_too_large" => (
            text(
                "{got} different characters are too many; at most {max}.",
                "有 {got} 种不同字符，太多了，最多 {max} 种。",
            ),
            text("Use a text with fewer rare characters.", "请换用生僻字符较少的文本。"),
        ),
        "picture_not_png" => (
            text("“{file}” is no PNG picture.", "“{file}”不是 PNG 图片。"),
            text("Save it as PNG; it is left out now.", "请另存为 PNG；现在已跳过。"),
        ),
        "picture_unreadable" => (
            text("“{file}” is broken ({reason}).", "“{file}”已损坏（{reason}）。"),
            text("Save it again as PNG; it is left out now.", "请重新保存为 PNG；现在已跳过。"),
        ),
        "picture_too_large" => (
            text(
                "“{file}” is too large: {got} pixels, at most {max} in all.",
                "“{file}”太大：{got} 像素，总数最多 {max}。",
            ),
            text("Make it smaller; it is left out now.", "请缩小；现在已跳过。"),
        ),
        "pictures_left_out" => (
            text("{got} more files were left out.", "另有 {got} 个文件未被采用。"),
            text("Use fewer or smaller pictures, all of them PNG.", "请使用更少或更小的 PNG 图片。"),
        ),
        "too_few_pictures" => (
            text(
                "Only {got} pictures could be used; at least {min} are needed.",
                "只有 {got} 张图片可用，至少需要 {min} 张。",
            ),
            text("Add more PNG pictures to the folders.", "请在文件夹里放入更多 PNG 图片。"),
        ),
        "one_folder" => (
            text("All pictures lie in one folder, “{name}”.", "所有图片都在同一个文件夹“{name}”里。"),
            text(
                "Make a folder for each class and choose the folder above them.",
                "请为每个类别建一个文件夹，并选择它们的上一级文件夹。",
            ),
        ),
        "too_many_folders" => (
            text(
                "{got} folders would be {got} classes; at most {max}.",
                "{got} 个文件夹就是 {got} 个类别，最多 {max} 个。",
            ),
            text("Choose a folder with fewer folders in it.", "请选择子文件夹较少的文件夹。"),
        ),
        "formula_unreadable" => (
            text("“{word}” (column {column}) cannot be read in a formula.", "公式第 {column} 列的“{word}”无法读取。"),
            text(
                "Use x, numbers, + − * / ^, brackets and functions such as sin, exp, sqrt, abs.",
                "可用 x、数字、+ − * / ^、括号以及 sin、exp、sqrt、abs 等函数。",
            ),
        ),
        "formula_not_finite" => (
            text("This formula has no finite value on most of the plane.", "该公式在大部分平面上没有有限值。"),
            text(
                "Avoid dividing by zero and roots or logarithms of negative numbers.",
                "请避免除以零，以及对负数开方或取对数。",
            ),
        ),
        "too_few_points" => (
            text("{got} points are too few; at least {min} are needed.", "{got} 个点太少，至少需要 {min} 个。"),
            text("Draw some more, of every class.", "请每个类别再画一些点。"),
        ),
        _ => return None,
    })
}
