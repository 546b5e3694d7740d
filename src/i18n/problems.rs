//! What is wrong, in a learner's words: one sentence that says it with the facts, and one that says what to do.
//!
//! Codes and facts come as plain names and texts, since this layer knows nothing of ours. Not responsible for finding
//! problems (`spec`) nor for naming their place (`places.rs`).

mod code;
mod facts;
mod layers;
mod onnx;
mod tasks;

use super::{Lang, Text, places, text};
use facts::{fetch_reason, grouped};

mod data;
mod files;

/// What is wrong and what to do about it, for a problem code in snake_case with its facts. The fact `field` names the
/// setting concerned; without it the sentence speaks of "the value".
pub fn problem_text(lang: Lang, code: &str, args: &[(String, String)]) -> (String, String) {
    let said = of_experiments(code).or_else(|| code::sentences(code)).or_else(|| onnx::sentences(code));
    filled(lang, code, args, said.unwrap_or(UNKNOWN))
}

/// What a worker may find; what only the page's own readers find would make its program larger.
fn of_experiments(code: &str) -> Option<(Text, Text)> {
    sentences(code)
        .or_else(|| data::sentences(code))
        .or_else(|| files::sentences(code))
        .or_else(|| tasks::sentences(code))
}

fn filled(lang: Lang, code: &str, args: &[(String, String)], (what, hint): (Text, Text)) -> (String, String) {
    let facts: Vec<(&str, String)> = args.iter().map(|(k, v)| (k.as_str(), fact(lang, code, k, v))).collect();
    let fill = |t: Text| {
        let filled: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).collect();
        // A sentence must not show a bare placeholder when a fact is missing.
        t.with(lang, &filled)
            .replace("{field}", places::VALUE.get(lang))
            .replace("{allowed}", "–")
            .replace("{reason}", "–")
    };
    (fill(what), fill(hint))
}

/// The same for a problem at a JSON path, whose last part names the setting.
pub fn problem_at(lang: Lang, path: &str, code: &str, args: &[(String, String)]) -> (String, String) {
    problem_text(lang, code, &with_field(path, args))
}

/// [`problem_at`] for what a worker finds.
pub fn problem_of_run(lang: Lang, path: &str, code: &str, args: &[(String, String)]) -> (String, String) {
    filled(lang, code, &with_field(path, args), of_experiments(code).unwrap_or(UNKNOWN))
}

fn with_field(path: &str, args: &[(String, String)]) -> Vec<(String, String)> {
    let mut args = args.to_vec();
    if !args.iter().any(|(k, _)| k == "field") {
        args.extend(places::last_field(path).map(|f| ("field".to_string(), f.to_string())));
    }
    args
}

const UNKNOWN: (Text, Text) = (
    text("Something here is not right.", "这里有些不对。"),
    text("Undo the last change, or reload the page.", "请撤销上一步修改，或重新载入页面。"),
);

/// A fact as people read it: numbers grouped, the small vocabularies translated.
fn fact(lang: Lang, code: &str, key: &str, value: &str) -> String {
    match (code, key) {
        ("unknown_field" | "missing_field" | "field_not_used", "field") => value.to_string(),
        (_, "field") => places::field(lang, value),
        ("wrong_type", "expected") => expected(lang, value),
        ("wrong_inputs", "expected") => if value == "2+" {
            text("two or more inputs", "两个或更多")
        } else {
            text("exactly one input", "正好一个")
        }
        .get(lang)
        .into(),
        ("layer_input", "expected") => needs(lang, value),
        ("layer_input", "layer") => layer_word(lang, value),
        ("layer_input" | "needs_tokens", "got") => shape_words(lang, value),
        ("loss_target", "target") => target(lang, value),
        ("not_experiment", "way") => files::way(lang, value),
        ("no_card", "why") => super::card::fault(lang, value),
        ("data_fetch", "reason") => fetch_reason(lang, value),
        ("formula_unreadable" | "text_unreadable" | "code_unreadable" | "code_argument", "word")
            if value.is_empty() =>
        {
            text("the end", "末尾").get(lang).into()
        }
        (_, "got" | "min" | "max" | "need_mb" | "budget_mb" | "size_kb" | "limit_kb" | "row" | "known" | "index") => {
            grouped(value)
        }
        _ => value.to_string(),
    }
}

fn expected(lang: Lang, word: &str) -> String {
    let word = match word {
        "integer" => text("a whole number", "整数"),
        "number" => text("a number", "数字"),
        "true_false" => text("true or false", "true 或 false"),
        "list" => text("a list […]", "列表 […]"),
        "text" => text("a text", "文本"),
        "object" => text("an object {…}", "对象 {…}"),
        other => return other.to_string(),
    };
    word.get(lang).to_string()
}

/// What a layer can read.
fn needs(lang: Lang, word: &str) -> String {
    match word {
        "sequence" => text("a sequence (steps×features)", "“步数×特征数”的序列").get(lang).to_string(),
        "positions" => text("two or more positions in every channel", "每个通道至少两个位置").get(lang).to_string(),
        "image" => text("an image (height×width×channels)", "“高×宽×通道数”的图像").get(lang).to_string(),
        other => other.to_string(),
    }
}

/// A layer type as a learner calls it.
fn layer_word(lang: Lang, type_name: &str) -> String {
    let (name, about) = super::network::layer_type(type_name);
    if about.en.is_empty() {
        return type_name.to_string();
    }
    let name = name.get(lang);
    match lang {
        Lang::En => name.to_string(),
        Lang::Zh if name.ends_with('层') => name.to_string(),
        Lang::Zh => format!("{name}层"),
    }
}

/// A shape of one axis is so many numbers; others are said as they are.
fn shape_words(lang: Lang, shape: &str) -> String {
    match shape.parse::<u64>() {
        Ok(1) => text("one number", "1 个数").get(lang).to_string(),
        Ok(_) => text("{n} {n:number|numbers}", "{n} 个数").with(lang, &[("n", &grouped(shape))]),
        Err(_) => shape.to_string(),
    }
}

fn target(lang: Lang, facts: &str) -> String {
    let (kind, rest) = facts.split_once(' ').unwrap_or((facts, ""));
    match kind {
        "classes" => text("one of {n} {n:class|classes}", "{n} 个类别之一").with(lang, &[("n", rest)]),
        "steps" => text("one of {n} {n:class|classes} at each position", "每个位置上 {n} 个类别之一")
            .with(lang, &[("n", rest)]),
        "values" if rest == "1" => text("one number", "一个数").get(lang).to_string(),
        "values" => text("{n} {n:number|numbers}", "{n} 个数").with(lang, &[("n", rest)]),
        _ => facts.to_string(),
    }
}

/// Both sentences of a code; `None` for a code that does not exist.
fn sentences(code: &str) -> Option<(Text, Text)> {
    Some(match code {
        "not_json" => (
            text(
                "This is not JSON: it cannot be read at line {line}, column {column}.",
                "这不是 JSON：第 {line} 行第 {column} 列无法读取。",
            ),
            text(
                "Look for a missing comma, quote or bracket just before that place.",
                "请检查该处之前是否缺少逗号、引号或括号。",
            ),
        ),
        "not_experiment" => (
            text("“{file}” is neither an experiment nor a table.", "“{file}”既不是实验文件，也不是表格。"),
            text("{way}", "{way}"),
        ),
        "unknown_field" => (
            text("There is no field “{field}” here.", "这里没有“{field}”这个字段。"),
            text("Fields that exist: {allowed}.", "可用的字段：{allowed}。"),
        ),
        "missing_field" => (
            text("The field “{field}” is missing.", "缺少字段“{field}”。"),
            text("Give it a value.", "请为它填写一个值。"),
        ),
        "wrong_type" => (
            text("{field} must be {expected}, got {got}.", "{field}应为{expected}，实际是 {got}。"),
            text("Change it to {expected}.", "请改成{expected}。"),
        ),
        "unknown_name" => (
            text("“{got}” is not a name known for {field}.", "{field}没有“{got}”这个选项。"),
            text("Choose one of: {allowed}.", "请从中选择：{allowed}。"),
        ),
        "out_of_range" => (
            text(
                "{field} must be between {min} and {max}, got {got}.",
                "{field}必须在 {min} 到 {max} 之间，实际是 {got}。",
            ),
            text("Enter a number in that range.", "请输入此范围内的数。"),
        ),
        "field_not_used" => (
            text("“{field}” has no meaning for {choice}.", "“{field}”对 {choice} 没有意义。"),
            text("Leave it out.", "请去掉它。"),
        ),
        "newer_version" => (
            text(
                "This was written by a newer Gradarium (file version {got}; this one knows {known}).",
                "这是由更新版本的 Gradarium 写成的（文件版本 {got}，本页支持 {known}）。",
            ),
            text("Reload the page to get the newest version.", "请重新载入页面以获取最新版本。"),
        ),
        "broken_link" => (
            text("This link is damaged: what it carries cannot be unpacked.", "链接已损坏：无法解出其中的内容。"),
            text(
                "Copy it again, whole: chat programs often cut long links.",
                "请重新完整复制：聊天软件常会截断长链接。",
            ),
        ),
        "too_long" => (
            text(
                "That is too long: {size_kb} kB, at most {limit_kb} kB can be read.",
                "内容过长：{size_kb} kB，最多可读 {limit_kb} kB。",
            ),
            text("Check that it is an experiment file.", "请确认这是实验文件。"),
        ),
        "text_unreadable" => (
            text("“{word}” at character {column} is not understood.", "第 {column} 个字符处的“{word}”无法识别。"),
            text(
                "Write layers like “dense 8 tanh | dropout 0.2 | dense 2”, separated by |.",
                "层的写法如“dense 8 tanh | dropout 0.2 | dense 2”，以 | 分隔。",
            ),
        ),
        "text_whole" => (
            text(
                "“{word}” at character {column} is not a whole number, and only whole numbers are possible there.",
                "第 {column} 个字符处的“{word}”不是整数，而这里只能写整数。",
            ),
            text("Write for instance {nearest}.", "例如写成 {nearest}。"),
        ),
        "text_doubled" => (
            text(
                "“{word}” at character {column} and a word behind it set the same thing.",
                "第 {column} 个字符处的“{word}”与其后的词设定的是同一项。",
            ),
            text("Keep one of the two.", "请只保留其中一个。"),
        ),
        "no_layers" => (
            text("There is no layer.", "还没有任何层。"),
            text("Add one; a dense layer is a good start.", "请添加一层，可以先加全连接层。"),
        ),
        "too_many_layers" => (
            text("{got} layers are too many; {max} is the most.", "{got} 层太多了，最多 {max} 层。"),
            text("Remove some layers.", "请删去一些层。"),
        ),
        "too_deep" => (
            text("Layers are nested {got} deep; {max} is the most.", "层嵌套了 {got} 级，最多 {max} 级。"),
            text("Move some layers out of their container.", "请把一些层移到容器外面。"),
        ),
        "listed_twice" => {
            (text("“{name}” is listed twice.", "“{name}”列了两次。"), text("Keep one of the two.", "请只保留一个。"))
        }
        "name_too_long" => (
            text(
                "This name has {got} characters; at most {max} can be shown.",
                "名称有 {got} 个字符，最多能显示 {max} 个。",
            ),
            text("Choose a shorter name.", "请换一个较短的名称。"),
        ),
        "duplicate_name" => (
            text("Two layers are called “{name}”.", "有两层都叫“{name}”。"),
            text("Rename one of them.", "请给其中一层改名。"),
        ),
        "unknown_from" => (
            text("No layer before this one is called “{name}”.", "此层之前没有名为“{name}”的层。"),
            text(
                "A layer can only read from layers that come before it, or from “input”.",
                "一层只能读取它之前的层，或“input”。",
            ),
        ),
        "wrong_inputs" => (
            text("This layer needs {expected}, it has {got}.", "此层需要{expected}输入，现有 {got} 个。"),
            text("Choose what it reads from.", "请选择它从哪里读取。"),
        ),
        "shapes_differ" => (
            text(
                "The inputs must have the same shape: {left} is not {right}.",
                "各输入形状必须一致：{left} 与 {right} 不同。",
            ),
            text("Change the layers before so that both give the same shape.", "请修改前面的层，使两者形状相同。"),
        ),
        "residual_shape" => (
            text(
                "A residual branch must give back the shape it got: {outside} came in, {inside} comes out.",
                "残差分支必须保持形状：输入 {outside}，输出 {inside}。",
            ),
            text("Make the last layer inside give the same shape.", "请让分支里最后一层给出相同的形状。"),
        ),
        "reshape_size" => (
            text("{from} cannot become {to}: the number of values differs.", "{from} 不能变成 {to}：数值个数不同。"),
            text("Choose a shape whose product is the same.", "请选择乘积相同的形状。"),
        ),
        "output_shape" => (
            text(
                "The task needs {expected} from the last layer, which gives {got}.",
                "任务要求最后一层输出 {expected}，实际是 {got}。",
            ),
            text("Let the task decide the size of the last layer.", "可让任务决定最后一层的大小。"),
        ),
        "needs_flatten" => (
            text(
                "The last layer gives {got}, but the task needs the flat list {expected}.",
                "最后一层输出 {got}，而任务需要一维的 {expected}。",
            ),
            text("Put a flatten layer before it.", "请在它之前加一个展平层。"),
        ),
        "loss_target" => (
            text("The loss {loss} does not fit the target: {target}.", "损失 {loss} 与目标（{target}）不匹配。"),
            text("Choose a loss made for this kind of target.", "请选择适合此类目标的损失。"),
        ),
        "too_much_memory" => (
            text(
                "This needs about {need_mb} MB, more than the {budget_mb} MB a tab may use here.",
                "这大约需要 {need_mb} MB，超过本页可用的 {budget_mb} MB。",
            ),
            text("Make layers, batch or data smaller.", "请减小层、批量或数据。"),
        ),
        "data_fetch" => (
            text("The data set {set} could not be fetched: {reason}.", "无法获取数据集 {set}：{reason}。"),
            text(
                "With a network, choose it again; without one, choose a set that you have used before. “About” can keep all of them.",
                "联网后可重新选择；离线时请选用以前用过的数据集。在“关于”中可以保存全部数据。",
            ),
        ),
        "part_fetch" => (
            text("A part of the page that this needs could not be loaded.", "此操作所需的页面部分无法载入。"),
            text("Check the connection and try again.", "请检查网络后重试。"),
        ),
        "data_decode" => (
            text("The files of the data set {set} are damaged: {reason}.", "数据集 {set} 的文件已损坏：{reason}。"),
            text("Reload the page; if it stays, the site needs repair.", "请重新载入页面；若仍如此，则网站需要修复。"),
        ),
        "no_such_value" => (
            text("There is no value called “{name}” in this network.", "此网络中没有名为“{name}”的量。"),
            text("Ask for the list of values to see what there is.", "请查看可用的量的列表。"),
        ),
        "wrong_length" => (
            text(
                "{got} {got:value was|values were} given where {expected} {expected:is|are} needed.",
                "给出了 {got} 个值，需要 {expected} 个。",
            ),
            text("Give exactly as many values as the shape holds.", "请给出与形状相符的个数。"),
        ),
        "bad_value" => (
            text(
                "The value at position {index} is not a finite number, or a class that does not exist.",
                "第 {index} 个值不是有限数，或类别不存在。",
            ),
            text("Replace it, then try again.", "请替换后重试。"),
        ),
        "nothing_loaded" => (
            text("There is no experiment to do this with yet.", "还没有可操作的实验。"),
            text("Load an experiment first.", "请先载入一个实验。"),
        ),
        "old_checkpoint" => (
            text(
                "This checkpoint has version {got}; this page reads version {known} only.",
                "此检查点的版本是 {got}，本页面只能读取版本 {known}。",
            ),
            text(
                "Train anew, or open a file with trained weights: those are read for ever.",
                "请重新训练，或打开带有训练好的权重的文件：这种文件始终可以读取。",
            ),
        ),
        "wrong_checkpoint" => (
            text("This checkpoint belongs to another network.", "此检查点属于另一个网络。"),
            text("Load the experiment it was taken from first.", "请先载入它所属的实验。"),
        ),
        "diverged" => (
            text(
                "At step {step} the value {value} stopped being finite; the run is back at step {back_to}.",
                "第 {step} 步时 {value} 不再是有限数；训练已退回第 {back_to} 步。",
            ),
            text("Lower the learning rate, or clip the gradient.", "请降低学习率，或裁剪梯度。"),
        ),
        "no_card" => (
            text("The graphics card (WebGPU) cannot run this: {why}.", "显卡（WebGPU）无法运行这个实验：{why}。"),
            text(
                "Choose SIMD or “automatic”; nothing that runs is lost.",
                "请选择 SIMD 或“自动”；正在运行的内容不会丢失。",
            ),
        ),
        "no_backend" => (
            text("The backend {backend} is not available in this browser.", "此浏览器没有 {backend} 后端。"),
            text("Use “auto”.", "请使用“auto”。"),
        ),
        other => return layers::sentences(other),
    })
}

#[cfg(test)]
mod tests;
