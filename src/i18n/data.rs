//! Words of the data panel and of the editors for the learner's own data.
//!
//! Not responsible for the names of data sets (`i18n::sets`) nor for problems (`i18n::problems`).

use super::{Text, text};

/// Heading of the 2-D classification sets.
pub const SHAPES: Text = text("Shapes", "形状");
/// Heading of the regression surfaces.
pub const FUNCTIONS: Text = text("Functions", "函数");
/// Heading of the shipped tables.
pub const TABLES: Text = text("Tables", "表格");
/// Heading of the picture sets.
pub const IMAGES: Text = text("Images", "图像");
/// Heading of the shipped texts.
pub const TEXTS: Text = text("Texts", "文本");
/// Heading of the time series.
pub const SERIES: Text = text("Time series", "时间序列");
/// Heading of the tasks on sequences.
pub const SEQUENCES: Text = text("Sequences", "序列任务");
/// Heading of the learner's own data.
pub const OWN: Text = text("My own", "我自己的");
/// Name of the whole list, for screen readers.
pub const SETS: Text = text("Data sets", "数据集");

/// Label.
pub const NOISE: Text = text("Noise", "噪声");
/// Explanation.
pub const NOISE_HELP: Text = text(
    "How far points stray from their place: 0 is clean, 1 is hardly learnable.",
    "点偏离原位的程度：0 很干净，1 几乎学不会。",
);
/// Label.
pub const SAMPLES: Text = text("Samples", "样本数");
/// Explanation.
pub const SAMPLES_HELP: Text =
    text("How many examples there are, training and test part together.", "样本总数，训练与测试合计。");
/// Explanation where the files bring their own test part.
pub const SAMPLES_TRAIN_HELP: Text =
    text("How many training examples are used; the test part is fixed.", "使用多少训练样本；测试部分固定不变。");
/// Label.
pub const CLASSES: Text = text("Classes", "类别数");
/// Explanation.
pub const CLASSES_HELP: Text =
    text("How many kinds there are to tell apart: the size of the output layer.", "要分辨多少类：即输出层的大小。");
/// Label.
pub const TEST_PART: Text = text("Test part", "测试比例");
/// Explanation.
pub const TEST_PART_HELP: Text = text(
    "Examples held back from training: only they show whether the network generalises.",
    "训练时不用的样本：只有它们能说明网络是否会举一反三。",
);
/// Label.
pub const STANDARDIZE: Text = text("Standardise", "标准化");
/// Explanation.
pub const STANDARDIZE_HELP: Text = text(
    "x ← (x − mean) / deviation, per input, measured on the training part: inputs of like size train faster.",
    "x ← (x − 均值) / 标准差，逐个输入，只用训练部分计算：尺度相近的输入学得更快。",
);
/// Button: the same settings with another seed.
pub const RESEED: Text = text("Draw again", "重新抽样");
/// Explanation.
pub const RESEED_HELP: Text = text(
    "The same kind of data from the next seed; weights start anew too.",
    "换下一个种子生成同类数据，权重也重新开始。",
);

/// Label.
pub const CONTEXT: Text = text("Context", "上下文长度");
/// Explanation for texts.
pub const CONTEXT_HELP: Text = text(
    "Characters the network reads at once, and predicts the next of. Training windows overlap by half, test windows do not; the last part of the text is tested.",
    "网络一次读入并逐个预测下一个的字符数。训练窗口重叠一半，测试窗口不重叠；文本的最后一段用于测试。",
);
/// Explanation for series.
pub const CONTEXT_SERIES_HELP: Text = text(
    "Past values the network sees. The last part in time is tested.",
    "网络能看到的过去值个数；时间上的最后一段用于测试。",
);
/// Explanation for tasks.
pub const CONTEXT_TASK_HELP: Text =
    text("Length of the sequence to work on, or of what must be bridged.", "要处理的序列长度，或需要跨越的间隔。");
/// Label.
pub const HORIZON: Text = text("Horizon", "预测步数");
/// Explanation.
pub const HORIZON_HELP: Text = text(
    "How many values after the window are predicted; at every step: how far ahead each lies.",
    "预测窗口之后多少个值；逐步预测时：每个值提前多少步。",
);
/// Label.
pub const EVERY_STEP: Text = text("At every step", "逐步预测");
/// Explanation.
pub const EVERY_STEP_HELP: Text = text(
    "A prediction at each position of the window instead of one after it: sequence to sequence.",
    "窗口的每个位置都预测，而不只在末尾：序列到序列。",
);
/// Label.
pub const ALIGNED: Text = text("Source apart", "源与目标分开");
/// Explanation.
pub const ALIGNED_HELP: Text = text(
    "Every source is padded to one length, so that the target always begins at the same place: for an encoder and a decoder.",
    "所有源序列填充到同一长度，目标总从同一位置开始：适合编码器—解码器。",
);
/// Heading of the vocabulary.
pub const VOCABULARY: Text = text("Vocabulary ({n})", "词表（{n}）");
/// Heading of the naive forecasts.
pub const TO_BEAT: Text =
    text("To beat on the test part, without learning", "测试部分上无需学习即可达到、需要超过的结果");
/// Coefficient of determination.
pub const R2: Text = text("R²", "R²");
/// Mean squared error.
pub const MSE: Text = text("MSE", "MSE");
/// A naive forecast.
pub const REPEAT_LAST: Text = text("last value again", "重复上一个值");
/// A naive forecast.
pub const SEASONAL_NAIVE: Text = text("last season again", "重复上一周期");
/// Label of the learner's own text.
pub const OWN_TEXT: Text = text("Your text; it stays in this tab", "你的文本，只留在本页");
/// What to do there.
pub const OWN_TEXT_HINT: Text = text("Paste some thousand characters here …", "在此粘贴几千字……");
/// Button.
pub const TEXT_FILE: Text = text("Choose a text file", "选择文本文件");
/// How much text there is, and how much is needed.
pub const TEXT_COUNT: Text = text(
    "{got} {got:character|characters}; a context of {context} needs at least {min}.",
    "共 {got} 个字符；上下文长度 {context} 至少需要 {min} 个。",
);
/// Button: the longest context that the text allows.
pub const TEXT_CONTEXT_FIX: Text = text("Use a context of {n}", "改用上下文长度 {n}");
/// Heading of the random changes of training pictures.
pub const AUGMENT: Text = text("Augmentation", "数据增强");
/// What is on, when nothing is.
pub const AUGMENT_NONE: Text = text("none", "无");
/// Explanation.
pub const AUGMENT_HELP: Text = text(
    "Every training picture is changed at random, anew for each step; test pictures never are. More variety, less learning by heart.",
    "每一步都随机改变训练图片，测试图片从不改变：更多变化，更少死记硬背。",
);
/// The strip of pictures, for screen readers.
pub const AUGMENTED: Text =
    text("Training pictures above, the same pictures changed below", "上排为训练图片，下排为变化后的同一批图片");
/// Label of the upper row.
pub const BEFORE: Text = text("before", "之前");
/// Label of the lower row.
pub const AFTER: Text = text("after", "之后");

/// What a kind of change is called, and what its number means; by JSON name.
pub fn augmentation(kind: &str) -> Option<(Text, Text)> {
    Some(match kind {
        "flip" => (text("Flip", "翻转"), text("Chance that left and right are swapped.", "左右对调的概率。")),
        "shift" => (
            text("Shift", "平移"),
            text("At most this share of the side, each way.", "每个方向至多移动边长的这一比例。"),
        ),
        "rotate" => (text("Rotate", "旋转"), text("At most this many degrees, each way.", "每个方向至多转这么多度。")),
        "scale" => {
            (text("Scale", "缩放"), text("Larger or smaller by at most this share.", "放大或缩小至多这一比例。"))
        }
        "color_jitter" => (
            text("Colour jitter", "颜色抖动"),
            text(
                "Brightness, contrast and saturation change by at most this share.",
                "亮度、对比度、饱和度至多改变这一比例。",
            ),
        ),
        "noise" => (
            text("Noise", "噪声"),
            text(
                "Deviation of the noise on every pixel, black being 0 and white 1.",
                "每个像素上噪声的标准差，黑为 0，白为 1。",
            ),
        ),
        "erase" => (
            text("Erase", "随机擦除"),
            text(
                "Every other picture loses a rectangle of at most this share of its area to noise.",
                "每两张图有一张失去一个矩形（变成噪声），面积至多为这一比例。",
            ),
        ),
        "cutout" => (
            text("Cutout", "挖空"),
            text("A square with this share of the side becomes plain.", "一个边长为此比例的方块变成单色。"),
        ),
        "mixup" => (
            text("Mixup", "混合"),
            text(
                "Two pictures are mixed in a ratio from Beta(α, α); the label is either one's, as often as its picture's share.",
                "按 Beta(α, α) 抽取的比例混合两张图；标签按同样的比例取其中之一。",
            ),
        ),
        _ => return None,
    })
}

/// Counts below the chosen set.
pub const COUNTS: Text = text("{train} train · {test} test", "训练 {train} · 测试 {test}");
/// While files are coming.
pub const FETCHING: Text = text("Fetching {done} of {all} KB", "正在下载 {done} / {all} KB");
/// Where a set comes from.
pub const SOURCE: Text = text("Source: {source}. Licence: {licence}.", "来源：{source}。许可：{licence}。");
/// Heading of the inputs of a table.
pub const INPUTS: Text = text("Inputs ({n})", "输入（{n}）");
/// Heading of the class balance.
pub const BALANCE: Text = text("Classes in the first {n} rows", "前 {n} 行中的类别");
/// Heading of the pictures.
pub const EXAMPLES: Text = text("Examples", "样例");
/// Said of one picture to screen readers.
pub const EXAMPLE_OF: Text = text("example of class {class}", "类别 {class} 的样例");
/// What a regression predicts.
pub const PREDICTS: Text = text("Predicts {name}", "预测 {name}");
/// What is predicted where there is a class at each position.
pub const STEPS: Text = text(
    "Predicts one of {count} classes at each of {len} {len:position|positions}",
    "在 {len} 个位置上各预测 {count} 个类别之一",
);
/// Name of a target without one.
pub const TARGET: Text = text("a number", "一个数");

/// The formula editor's label.
pub const FORMULA: Text = text("y >", "y >");
/// What can be typed.
pub const FORMULA_HELP: Text = text(
    "x from −1 to 1, as you would write it: sin(2πx), |x|, √x, x², 0.5 e^(−x²), max(0, x), tanh, ln (natural), log (base 10)",
    "x 从 −1 到 1，按平时的写法即可：sin(2πx)、|x|、√x、x²、0.5 e^(−x²)、max(0, x)、tanh、ln（自然对数）、log（以 10 为底）",
);
/// How the formula was understood.
pub const FORMULA_SHOWN: Text = text("Read as: y > {formula}", "理解为：y > {formula}");

/// Name of the drawing plane.
pub const PLANE: Text = text(
    "Drawing plane from −1 to 1. Arrow keys move, Enter puts a point, Delete erases.",
    "绘图平面，−1 到 1。方向键移动，回车放点，Delete 擦除。",
);
/// Hint under the plane.
pub const PLANE_HINT: Text =
    text("Click or drag. Keys: arrows, Enter, Delete.", "点击或拖动；键盘：方向键、回车、Delete。");
/// Tool that puts points.
pub const DRAW: Text = text("Draw", "画点");
/// Tool that removes points.
pub const ERASE: Text = text("Erase", "擦除");
/// Takes back the last stroke.
pub const UNDO: Text = text("Undo", "撤销");
/// Removes all points.
pub const CLEAR: Text = text("Clear", "清空");
/// Label of the brush size.
pub const BRUSH: Text = text("Brush", "笔刷");
/// Explanation.
pub const BRUSH_HELP: Text =
    text("Radius of the brush: 0 puts single points where you click.", "笔刷半径：0 表示每次只放一个点。");
/// Label of the class choice.
pub const CLASS: Text = text("Class", "类别");
/// What is drawn.
pub const DRAWN: Text = text("{n} {n:point|points}", "{n} 个点");
/// Said until there are enough points to train on.
pub const MORE_POINTS: Text = text(
    "Draw at least {min} points; until then the present data go on.",
    "至少画 {min} 个点；在此之前继续使用现有数据。",
);
/// Said when the limit is reached.
pub const POINTS_FULL: Text = text("That is the most: {max} points.", "最多 {max} 个点。");
