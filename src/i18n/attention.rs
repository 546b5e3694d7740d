//! Words of the attention panel, and of the attention of a text while it is written.
//!
//! Not responsible for the words of layers' settings (`network`).

use super::{Text, text};

/// Heading.
pub const TITLE: Text = text("Attention", "注意力");
/// What one is looking at.
pub const WHAT: Text = text(
    "Each row is a place of the sequence that asks, each column a place that it takes from: the brighter, the more. The numbers are those of the network as it trains, for the example chosen here, and every row sums to 1.",
    "每一行是序列中一个发问的位置，每一列是它可以取用信息的位置：越亮，取用越多。这里显示的是训练中的网络对所选样本给出的真实数值，每一行之和为 1。",
);
/// One head.
pub const HEAD: Text = text("Head {n}", "第 {n} 头");
/// The row of small pictures.
pub const HEADS: Text = text("Heads of this layer", "该层的各个头");
/// More small pictures.
pub const MORE_HEADS: Text = text("Show {n} more", "再显示 {n} 个");
/// The choice of the picture.
pub const VIEW: Text = text("View", "视图");
/// The matrix.
pub const MAP: Text = text("Map", "矩阵");
/// Lines from token to token.
pub const RIBBONS: Text = text("Ribbons", "连线");
/// Step by step.
pub const STAGES: Text = text("Step by step", "分步");
/// When.
pub const AT_STEP: Text = text("at step {n}", "第 {n} 步");
/// Too many numbers.
pub const TOO_LARGE: Text = text(
    "The weights of this layer are too many to be shown at once; a shorter sequence or fewer heads would do.",
    "该层的注意力权重太多，无法一次显示；请缩短序列或减少头数。",
);
/// Colours.
pub const WEIGHT: Text = text("weight", "权重");
/// Greyed cells.
pub const HIDDEN: Text = text("hidden (later)", "被遮住（在后面）");
/// Greyed cells where only padding is hidden.
pub const HIDDEN_PADDING: Text = text("hidden (padding)", "被遮住（填充）");
/// Before anything is pointed at.
pub const HINT: Text = text("Point at a cell or a token; click to keep it.", "指向格子或词元查看；点击可固定。");
/// The cell under the pointer.
pub const READ: Text = text("“{t}” ({i}) takes {p} from “{s}” ({j})", "「{t}」（{i}）从「{s}」（{j}）取 {p}");
/// A hidden cell under the pointer.
pub const READ_HIDDEN: Text = text("“{s}” ({j}) is hidden from “{t}” ({i})", "「{s}」（{j}）对「{t}」（{i}）不可见");
/// A token under the pointer.
pub const TAKES_MOST: Text = text("“{t}” ({i}) takes most from {list}", "「{t}」（{i}）主要取自 {list}");
/// A token under the pointer, as one that is asked.
pub const ASKED_MOST: Text = text("“{s}” ({j}) is asked most by {list}", "「{s}」（{j}）主要被 {list} 取用");
/// Title of the summary.
pub const LOOKS_AT: Text = text("What head {n} looks at", "第 {n} 头在看什么");
/// What a head may look at.
pub const PREVIOUS: Text = text("the place before", "前一个位置");
/// A fixed distance.
pub const BACK: Text = text("{n} places back", "往前 {n} 个位置");
/// The same in another sequence.
pub const BACK_CROSS: Text = text("the same place − {n}", "同一位置 − {n}");
/// Itself.
pub const ITSELF: Text = text("itself", "自身");
/// The same in another sequence.
pub const SAME_PLACE: Text = text("the same place", "同一位置");
/// Where later places are seen.
pub const FOLLOWING: Text = text("the place after", "后一个位置");
/// A fixed distance.
pub const AHEAD: Text = text("{n} places on", "往后 {n} 个位置");
/// The same in another sequence.
pub const AHEAD_CROSS: Text = text("the same place + {n}", "同一位置 + {n}");
/// The first place.
pub const START: Text = text("the start", "开头");
/// Other places with the token of the one that asks.
pub const SAME_TOKEN: Text = text("the same token elsewhere", "别处的相同词元");
/// What stood behind such a place.
pub const AFTER_SAME: Text = text("after its copy (induction)", "相同词元之后（归纳）");
/// Tokens without a letter.
pub const MARKS: Text = text("spaces and signs", "空格与标点");
/// Not far away.
pub const NEAR: Text = text("nearby (within {n} places)", "附近（{n} 个位置以内）");
/// The same in another sequence.
pub const NEAR_CROSS: Text = text("around the same place (± {n})", "同一位置附近（± {n}）");
/// Filling.
pub const PADDING: Text = text("padding", "填充");
/// All places alike.
pub const EVENLY: Text = text("spread evenly", "均匀分散");
/// None of these.
pub const MIXED: Text = text("mixed, as over {n} places", "混合，约 {n} 个位置");
/// Entropy.
pub const ENTROPY: Text = text(
    "Entropy {bits} bits: spread as if over {n} places, of {all} that could be had.",
    "熵 {bits} 比特：相当于分散在 {n} 个位置上，最多可分散在 {all} 个位置上。",
);
/// How the shares are counted.
pub const SHARES_NOTE: Text = text(
    "Mean over the rows that see such a place; they overlap. The tick is what even attention would give.",
    "对能看到这种位置的各行取平均；各项可重叠。刻度线是均匀注意力会给出的份额。",
);
/// Which place is read.
pub const PLACE: Text = text("Place that asks", "发问的位置");
/// Explanation of it.
pub const PLACE_HELP: Text = text("Row that the table and the steps show.", "表格与分步所显示的行。");
/// The table: all weights of that place.
pub const TABLE: Text = text("Row {n} in numbers: “{t}”", "第 {n} 行的数值：「{t}」");
/// Columns of the table.
pub const COLUMNS: [Text; 4] =
    [text("place", "位置"), text("token", "词元"), text("score", "得分"), text("weight", "权重")];
/// Rows of the table that are not shown.
pub const MORE_ROWS: Text = text("… and {n} more", "……还有 {n} 个");
/// The canvas, for readers.
pub const LABEL: Text = text(
    "Attention of head {n} in layer {layer}: {t} places that ask, {s} that are asked. What it looks at: {main}.",
    "{layer} 第 {n} 头的注意力：{t} 个发问位置，{s} 个被问位置。主要看：{main}。",
);
/// Those that ask, above the ribbons.
pub const ASKS: Text = text("asks", "发问");
/// Those that are asked.
pub const ASKED: Text = text("is asked", "被问");
/// Which lines are drawn.
pub const RIBBON_NOTE: Text = text(
    "The {n} strongest of {all} weights; a line is as wide as its weight.",
    "显示 {all} 个权重中最强的 {n} 个；线越宽，权重越大。",
);
/// Stages: titles.
pub const STAGE: [Text; 4] = [
    text("1 Scores q·kᵀ/√{w}", "1 得分 q·kᵀ/√{w}"),
    text("2 Mask", "2 遮挡"),
    text("3 Softmax of each row", "3 逐行 softmax"),
    text("4 Mix of the values", "4 对值加权求和"),
];
/// Under the mask.
pub const MASKED: Text = text("What comes later is taken out.", "后面的位置被去掉。");
/// Under the mask, where only padding is hidden.
pub const PADDING_MASKED: Text = text("What only fills up the row is taken out.", "仅用于补齐长度的位置被去掉。");
/// Under the mask, where there is none.
pub const NOT_MASKED: Text = text("Nothing is hidden here.", "这里没有遮挡。");
/// Under the mix.
pub const MIX: Text = text(
    "Row {n}: Σ weight · value = {w} numbers; values {range}",
    "第 {n} 行：Σ 权重·值 = {w} 个数；值的范围 {range}",
);
/// The chosen pair through the stages.
pub const STEPS: Text = text(
    "“{t}” → “{s}”: q·k = {qk}; ÷ √{w} = {score}; exp(score) ÷ Σ exp = {p}; the network says {engine}",
    "「{t}」→「{s}」：q·k = {qk}；÷ √{w} = {score}；exp(得分) ÷ Σ exp = {p}；网络给出 {engine}",
);
/// The chosen pair where it is hidden.
pub const STEPS_HIDDEN: Text = text(
    "“{t}” → “{s}”: q·k = {qk}; ÷ √{w} = {score}; hidden, so the weight is 0; the network says {engine}",
    "「{t}」→「{s}」：q·k = {qk}；÷ √{w} = {score}；被遮住，权重为 0；网络给出 {engine}",
);
/// How near the page's own numbers are.
pub const AGREES: Text = text(
    "Computed again on this page from queries, keys and values; largest difference from the network's weights {gap}, from its mix {mix}.",
    "由本页根据查询、键和值重新计算；与网络权重的最大差异为 {gap}，与其加权和的最大差异为 {mix}。",
);
/// Additive attention.
pub const ADDITIVE: Text = text(
    "This layer scores with a small network, vᵀ tanh(q + k), not with a product: its scores are not computed again here. Map and ribbons show its weights.",
    "该层用一个小网络 vᵀ tanh(q + k) 打分，而不是乘积，因此这里不重新计算得分。矩阵与连线显示它的权重。",
);
/// Long sequences in stages.
pub const ROW_ONLY: Text = text(
    "The sequence is too long to compute every row again with each frame: the steps of row {n} alone.",
    "序列太长，无法每帧重算所有行：只分步显示第 {n} 行。",
);
/// Rotary.
pub const TURNED: Text =
    text("Queries and keys were turned by their places first (rotary).", "查询与键已先按位置旋转（rotary）。");

/// The fold in the panel of generated text.
pub const WRITING: Text = text("Watch it write, token by token", "逐个词元看它写");
/// How to use it.
pub const WRITING_HINT: Text = text(
    "Each token as it is drawn: the brighter an earlier one, the more attention took from it, in the very pass that this token was drawn from. Point at a written token to see its draw again; click to keep it.",
    "每个词元都在抽取的当下显示：前面的词元越亮，注意力在抽出它的那一次计算中从那里取用得越多。指向已写出的词元可重看它的抽取；点击可固定。",
);
/// The same where the network has no attention.
pub const WRITING_HINT_ODDS: Text = text(
    "Each token as it is drawn, and what it was drawn from. Point at a written token to see its draw again; click to keep it.",
    "每个词元都在抽取的当下显示，并列出它是从哪些候选中抽出的。指向已写出的词元可重看它的抽取；点击可固定。",
);
/// Where in the text.
pub const WRITING_AT: Text = text("Token", "第几个词元");
/// Explanation.
pub const WRITING_AT_HELP: Text = text("The written token that is shown.", "所显示的已写出的词元。");
/// Tokens a second.
pub const PACE: Text = text("Tokens a second", "每秒词元数");
/// Explanation.
pub const PACE_HELP: Text = text("How fast it writes by itself.", "自动书写的速度。");
/// Back.
pub const BEFORE: Text = text("Back", "后退");
/// On, to a token that is there.
pub const NEXT: Text = text("Next", "前进");
/// On, to a token that is yet to be drawn.
pub const DRAW: Text = text("Draw one", "抽取一个");
/// Goes on by itself.
pub const WATCH: Text = text("Write", "继续写");
/// Stops.
pub const HOLD: Text = text("Pause", "暂停");
/// From the prompt again.
pub const FROM_START: Text = text("From the start", "从头再写");
/// The text has its length, or has ended.
pub const WHOLE: Text = text("The text is complete.", "文本已写完。");
/// Mean over the heads.
pub const ALL_HEADS: Text = text("the mean of all heads", "各头平均");
/// Where there is only one.
pub const THE_HEAD: Text = text("the head", "该头");
/// What was looked at.
pub const WROTE: Text = text("To write “{c}”, {who} took most from {list}.", "为写出「{c}」，{who}主要取自{list}。");
/// Where the layer's places are no tokens of the text.
pub const WROTE_NOWHERE: Text =
    text("The places of this layer stand for no single tokens of the text.", "该层的位置不对应文本中的单个词元。");
/// Which network drew it.
pub const DRAWN_AT: Text = text("drawn at step {n}", "抽取于第 {n} 步");
/// The fold with the row.
pub const WRITING_ROW: Text = text("The row in numbers", "该行的数值");
/// Above the candidates.
pub const ODDS: Text = text("Drawn from {n} tokens; the likeliest:", "从 {n} 个词元中抽取；最可能的是：");
/// The same at temperature 0.
pub const ODDS_GREEDY: Text = text("Temperature 0 always takes the likeliest:", "温度为 0 时总取最可能的词元：");
/// Columns of the candidates.
pub const ODDS_COLUMNS: [Text; 4] =
    [text("token", "词元"), text("logit", "logit"), text("softmax", "softmax"), text("in the draw", "抽取概率")];
/// Beside the candidate that was drawn.
pub const IS_DRAWN: Text = text("← drawn", "← 抽中");
