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
        "csv_empty_file" => (
            text("The file is empty.", "文件是空的。"),
            text("Choose a file with a table in it.", "请选择一个含有表格的文件。"),
        ),
        "csv_ragged" => (
            text(
                "Row {row} has {got} {got:cell|cells}, the others have {expected}.",
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
            text(
                "Fill it in, leave that column out, or choose what is done about missing cells.",
                "请填写、去掉该列，或选择如何处理缺失的单元格。",
            ),
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
        "csv_json" => (
            text("This is JSON, not a table.", "这是 JSON，不是表格。"),
            text(
                "Write it as rows of columns, as pandas does with to_csv(), and paste that.",
                "请先转成按行列排列的表格（例如 pandas 的 to_csv()），再粘贴到这里。",
            ),
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
        "csv_too_many_columns" => (
            text("The table has {got} columns; at most {max} can be read.", "表格有 {got} 列，最多能读取 {max} 列。"),
            text("Take the columns that matter into a smaller table.", "请只保留需要的列，另存为较小的表格。"),
        ),
        "csv_not_date" => (
            text("Row {row}, column “{column}”: “{got}” is not a date.", "第 {row} 行“{column}”列：“{got}”不是日期。"),
            text("Correct it, or leave the column as it is.", "请改正它，或不把该列当作日期。"),
        ),
        "csv_no_table" => (
            text("A {kind} file is not a table as text.", "{kind} 文件不是文本表格，无法直接读取。"),
            text(
                "Open it in Excel, WPS or LibreOffice, choose Save As, and pick “CSV UTF-8 (comma delimited)”. Then choose the new file here.",
                "请用 Excel、WPS 或 LibreOffice 打开它，选择“另存为”，格式选“CSV UTF-8（逗号分隔）”，再到这里选择新文件。",
            ),
        ),
        "text_too_short" => (
            text(
                "Your text has {got} {got:character|characters}; with a context of {context} it needs at least {min}.",
                "文本有 {got} 个字符；按当前上下文长度 {context}，至少需要 {min} 个字符。",
            ),
            text("Give more text, or a shorter context.", "请提供更多文本，或缩短上下文。"),
        ),
        "series_too_short" => (
            text(
                "The series has {got} {got:row|rows}; with a context of {context} it needs at least {min}.",
                "序列有 {got} 行；按当前上下文长度 {context}，至少需要 {min} 行。",
            ),
            text("Take a shorter context, or more rows.", "请缩短上下文，或增加行数。"),
        ),
        "text_too_long" => (
            text("That is too long: {got} characters, at most {max}.", "太长：{got} 个字符，最多 {max} 个。"),
            text("Use a part of it.", "请只用其中一部分。"),
        ),
        "text_encoding" => (
            text("Line {row} is not readable text.", "第 {row} 行不是可读的文本。"),
            text(
                "Choose another encoding, or save the file as plain text in UTF-8.",
                "请换一种文字编码，或将文件另存为 UTF-8 编码的纯文本。",
            ),
        ),
        "text_no_text" => (
            text("A {kind} file is not plain text.", "{kind} 文件不是纯文本。"),
            text(
                "Open it in its own program, copy the text and paste it here, or save it as plain text (.txt).",
                "请用相应的程序打开它，把文字复制粘贴到这里，或另存为纯文本（.txt）。",
            ),
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
        "picture_unknown" => (
            text("“{file}” is no picture.", "“{file}”不是图片。"),
            text(
                "It is left out; PNG, JPEG, WebP, GIF and AVIF are read. A zip must be unpacked first.",
                "已跳过。可读取 PNG、JPEG、WebP、GIF 和 AVIF；zip 压缩包请先解压。",
            ),
        ),
        "picture_kind" => (
            text("This browser cannot open “{file}”: it is {kind}.", "此浏览器打不开“{file}”：它是 {kind} 格式。"),
            text("Save it as JPEG or PNG and add it again.", "请另存为 JPEG 或 PNG 后重新添加。"),
        ),
        "picture_unreadable" => (
            text("“{file}” is damaged and cannot be opened.", "“{file}”已损坏，无法打开。"),
            text("Save it again as JPEG or PNG; it is left out now.", "请重新保存为 JPEG 或 PNG；现在已跳过。"),
        ),
        "picture_too_large" => (
            text(
                "“{file}” is too large: {got} pixels, at most {max} in all.",
                "“{file}”太大：{got} 像素，总数最多 {max}。",
            ),
            text("Make it smaller; it is left out now.", "请缩小；现在已跳过。"),
        ),
        "pictures_left_out" => (
            text("{got} more {got:file|files} could not be used.", "另有 {got} 个文件无法使用。"),
            text("They are no pictures, or damaged.", "它们不是图片，或已损坏。"),
        ),
        "too_few_pictures" => (
            text(
                "There {got:is|are} {got} {got:picture|pictures}; at least {min} are needed.",
                "现有 {got} 张图片，至少需要 {min} 张。",
            ),
            text("Add more pictures to the classes.", "请给各个类别添加更多图片。"),
        ),
        "one_folder" => (
            text("All pictures belong to one class, “{name}”.", "所有图片都属于同一个类别“{name}”。"),
            text(
                "Add pictures of another class, or choose the folder that holds a folder for each class.",
                "请再添加另一个类别的图片，或选择包含各类别子文件夹的上一级文件夹。",
            ),
        ),
        "pictures_no_class" => (
            text("Pictures without a class: {got}.", "有 {got} 张图片还没有类别。"),
            text("Type or choose what is to be seen, then add.", "请输入或选择类别，然后添加。"),
        ),
        "too_many_folders" => (
            text("There would be {got} classes; at most {max}.", "会有 {got} 个类别，最多 {max} 个。"),
            text(
                "Remove some classes, or choose a folder with fewer folders in it.",
                "请删去一些类别，或选择子文件夹较少的文件夹。",
            ),
        ),
        "formula_unreadable" => (
            text("“{word}” at character {column} cannot be read.", "第 {column} 个字符处的“{word}”无法识别。"),
            text(
                "Use x, numbers, + − × / ^, brackets, |x| and functions such as sin, exp, ln, √, max(0, x).",
                "可以使用 x、数字、+ − × / ^、括号、|x|，以及 sin、exp、ln、√、max(0, x) 等函数。",
            ),
        ),
        "formula_empty" => (
            text("A formula is wanted here: y as it follows from x.", "这里需要一个公式：由 x 得到 y。"),
            text("Write for instance 0.5*sin(3x).", "例如写 0.5*sin(3x)。"),
        ),
        "formula_not_finite" => (
            text(
                "This formula has no value for most x between −1 and 1.",
                "在 −1 到 1 之间，对大多数 x 这个公式都没有值。",
            ),
            text(
                "Avoid dividing by zero and roots or logarithms of negative numbers.",
                "请避免除以零，以及对负数开方或取对数。",
            ),
        ),
        "too_few_points" => (
            text(
                "{got} {got:point is|points are} too few; at least {min} are needed.",
                "{got} 个点太少，至少需要 {min} 个。",
            ),
            text("Draw some more, of every class.", "请每个类别再画一些点。"),
        ),
        _ => return None,
    })
}
