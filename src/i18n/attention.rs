//! Words of the attention panel, and of the attention of a text while it is written.
//!
//! Not responsible for the words of layers' settings (`network`).

use super::{Text, text};

/// Heading.
pub const TITLE: Text = text("Attention", "注意力");
/// What one is looking at.
pub const WHAT: Text = text(
    "Each row is a query position of the sequence, each column a key position: the brighter a cell, the more the query takes from there. The numbers are those of the network as it trains, for the example chosen here; every row sums to 1.",
    "每一行是一个查询位置，每一列是一个键位置：格子越亮，注意力权重越大。这里显示的是训练中的网络对所选样本给出的真实数值，每一行之和为 1。",
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
/// What rows and columns are.
pub const AXES: Text = text("rows ↓ queries · columns → keys", "行 ↓ 查询 · 列 → 键");
/// Colours.
pub const WEIGHT: Text = text("weight", "权重");
/// Greyed cells.
pub const HIDDEN: Text = text("masked (later)", "已掩蔽（之后的位置）");
/// Greyed cells where only padding is hidden.
pub const HIDDEN_PADDING: Text = text("masked (padding)", "已掩蔽（填充）");
/// Before anything is pointed at.
pub const HINT: Text = text(
    "Hover or tap a cell or a token to read it; click to keep it.",
    "将指针移到（或轻触）格子或词元上查看，点击可固定。",
);
/// The cell under the pointer.
pub const READ: Text =
    text("query “{t}” ({i}) gives key “{s}” ({j}) the weight {p}", "查询「{t}」（{i}）对键「{s}」（{j}）的权重为 {p}");
/// A hidden cell under the pointer.
pub const READ_HIDDEN: Text =
    text("“{s}” ({j}) is masked for the query “{t}” ({i})", "对查询「{t}」（{i}），键「{s}」（{j}）已掩蔽");
/// A token under the pointer.
pub const TAKES_MOST: Text = text("query “{t}” ({i}) takes most from {list}", "查询「{t}」（{i}）主要关注 {list}");
/// A token under the pointer, as one that is asked.
pub const ASKED_MOST: Text = text("key “{s}” ({j}) gets most weight from {list}", "键「{s}」（{j}）主要受 {list} 关注");
/// Title of the summary.
pub const LOOKS_AT: Text = text("What head {n} looks at", "第 {n} 头在看什么");
/// What a head may look at.
pub const PREVIOUS: Text = text("the place before", "前一个位置");
/// A fixed distance.
pub const BACK: Text = text("{n} {n:place|places} back", "往前 {n} 个位置");
/// The same in another sequence.
pub const BACK_CROSS: Text = text("the same place − {n}", "同一位置 − {n}");
/// Itself.
pub const ITSELF: Text = text("itself", "自身");
/// The same in another sequence.
pub const SAME_PLACE: Text = text("the same place", "同一位置");
/// Where later places are seen.
pub const FOLLOWING: Text = text("the place after", "后一个位置");
/// A fixed distance.
pub const AHEAD: Text = text("{n} {n:place|places} on", "往后 {n} 个位置");
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
pub const NEAR: Text = text("nearby (within {n} {n:place|places})", "附近（{n} 个位置以内）");
/// The same in another sequence.
pub const NEAR_CROSS: Text = text("around the same place (± {n})", "同一位置附近（± {n}）");
/// Filling.
pub const PADDING: Text = text("padding", "填充");
/// All places alike.
pub const EVENLY: Text = text("spread evenly", "均匀分散");
/// None of these.
pub const MIXED: Text = text("mixed, over about {n} {n:place|places}", "混合，约 {n} 个位置");
/// Entropy.
pub const ENTROPY: Text = text(
    "Entropy {bits} bits: as if spread evenly over {n} {n:place|places}; at most {all} are possible.",
    "熵 {bits} 比特：相当于分散在 {n} 个位置上，最多可分散在 {all} 个位置上。",
);
/// How the shares are counted.
pub const SHARES_NOTE: Text = text(
    "Mean over the rows that see such a place; the shares overlap. The tick marks what evenly spread attention would give.",
    "对能看到这种位置的各行取平均；各项可重叠。刻度线是均匀注意力会给出的份额。",
);
/// Which place is read.
pub const PLACE: Text = text("Query position", "查询位置");
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
    "Attention of head {n} in layer {layer}: {t} {t:query position|query positions}, {s} {s:key position|key positions}. It looks at: {main}.",
    "{layer} 第 {n} 头的注意力：{t} 个查询位置，{s} 个键位置。主要关注：{main}。",
);
/// Those that ask, above the ribbons.
pub const ASKS: Text = text("query", "查询");
/// Those that are asked.
pub const ASKED: Text = text("key", "键");
/// Which lines are drawn.
pub const RIBBON_NOTE: Text = text(
    "The {n} strongest of {all} weights; a line is as wide as its weight.",
    "显示 {all} 个权重中最强的 {n} 个；线越宽，权重越大。",
);
/// Stages: titles.
pub const STAGE: [Text; 4] = [
    text("1 Scores q·kᵀ/√{w}", "1 得分 q·kᵀ/√{w}"),
    text("2 Mask", "2 掩蔽"),
    text("3 Softmax of each row", "3 逐行 softmax"),
    text("4 Mix of the values", "4 对值加权求和"),
];
/// Under the mask.
pub const MASKED: Text = text("Later positions are masked: their weight is 0.", "之后的位置已掩蔽，权重为 0。");
/// Under the mask, where only padding is hidden.
pub const PADDING_MASKED: Text = text("Padding is masked: its weight is 0.", "填充的位置已掩蔽，权重为 0。");
/// Under the mask, where there is none.
pub const NOT_MASKED: Text = text("Nothing is masked here.", "这里没有掩蔽任何位置。");
/// Under the mix.
pub const MIX: Text = text(
    "Row {n}: Σ weight · value = {w} {w:number|numbers}; values {range}",
    "第 {n} 行：Σ 权重·值 = {w} 个数；值的范围 {range}",
);
/// The chosen pair through the stages.
pub const STEPS: Text = text(
    "“{t}” → “{s}”: q·k = {qk}; ÷ √{w} = {score}; exp(score) ÷ Σ exp = {p}; the network says {engine}",
    "「{t}」→「{s}」：q·k = {qk}；÷ √{w} = {score}；exp(得分) ÷ Σ exp = {p}；网络给出 {engine}",
);
/// The chosen pair where it is hidden.
pub const STEPS_HIDDEN: Text = text(
    "“{t}” → “{s}”: q·k = {qk}; ÷ √{w} = {score}; masked, so the weight is 0; the network says {engine}",
    "「{t}」→「{s}」：q·k = {qk}；÷ √{w} = {score}；已掩蔽，权重为 0；网络给出 {engine}",
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
    "Each token appears as it is drawn: the brighter an earlier token, the more attention this draw gave it. Hover or tap a written token to see its draw again; click to keep it.",
    "每个词元在采样的同时显示：前面的词元越亮，这次采样对它的注意力权重越大。将指针移到（或轻触）已写出的词元上可重看它的采样，点击可固定。",
);
/// The same where the network has no attention.
pub const WRITING_HINT_ODDS: Text = text(
    "Each token appears as it is drawn, with the candidates it was drawn from. Hover or tap a written token to see its draw again; click to keep it.",
    "每个词元在采样的同时显示，并列出当时的候选词元。将指针移到（或轻触）已写出的词元上可重看它的采样，点击可固定。",
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
pub const DRAW: Text = text("Draw one", "采样一个");
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
pub const WROTE: Text = text("To write “{c}”, {who} took most from {list}.", "写出「{c}」时，{who}主要关注{list}。");
/// Where the layer's places are no tokens of the text.
pub const WROTE_NOWHERE: Text =
    text("The places of this layer stand for no single tokens of the text.", "该层的位置不对应文本中的单个词元。");
/// Which network drew it.
pub const DRAWN_AT: Text = text("drawn at step {n}", "第 {n} 步的网络采样得到");
/// The fold with the row.
pub const WRITING_ROW: Text = text("The row in numbers", "该行的数值");
/// Above the candidates.
pub const ODDS: Text = text("Drawn from {n} {n:token|tokens}; the likeliest:", "从 {n} 个词元中采样，概率最大的是：");
/// The same at temperature 0.
pub const ODDS_GREEDY: Text = text("Temperature 0 always takes the likeliest:", "温度为 0 时总取概率最大的词元：");
/// Columns of the candidates.
pub const ODDS_COLUMNS: [Text; 4] =
    [text("token", "词元"), text("logit", "logit"), text("softmax", "softmax"), text("in the draw", "采样概率")];
/// Beside the candidate that was drawn.
pub const IS_DRAWN: Text = text("← drawn", "← 采样结果");
