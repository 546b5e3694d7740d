//! Words of answers: probabilities as bars, and sequences as source, wanted and answered.
//!
//! Not responsible for names of classes and tokens: those are the data's own.

use super::{Text, text};

/// The bars as a whole, for readers.
pub const BARS: Text = text("Probability of each class", "各类别的概率");
/// Mark of the winner.
pub const ANSWER: Text = text("the network's answer", "网络的回答");
/// Mark of the true class.
pub const TRUE_CLASS: Text = text("the true class", "真实类别");
/// All classes without a bar of their own.
pub const OTHERS: Text = text("{n} {n:other|others}", "其余 {n} 类");

/// Heading of the answers.
pub const TITLE: Text = text("Answers", "回答");
/// Column.
pub const SOURCE: Text = text("source", "输入");
/// Column.
pub const WANTED: Text = text("wanted", "正确答案");
/// Column.
pub const ANSWERED: Text = text("answered", "网络的回答");
/// Column of verdicts.
pub const WHOLE: Text = text("whole answer", "整个序列");
/// Verdict.
pub const RIGHT: Text = text("right", "正确");
/// Verdict.
pub const WRONG: Text = text("wrong", "错误");
/// No verdict.
pub const NOT_KNOWN: Text = text("not known", "未知");
/// The end mark.
pub const END: Text = text("end of the answer", "答案结束");
/// The share of whole answers.
pub const WHOLE_RIGHT: Text =
    text("of the answers are right from the first token to the last", "的回答从头到尾完全正确");
/// Behind it.
pub const COUNT: Text = text("{right} of {of}", "{of} 个中有 {right} 个");
/// Over the rows.
pub const OF_TEST: Text = text("Examples that it never learns from", "从不参与训练的样本");
/// Over the rows where nothing is held out.
pub const OF_TRAIN: Text = text("Examples that it learns from: nothing is held out", "训练样本（没有留出测试数据）");
/// Button.
pub const MORE: Text = text("More examples", "更多样本");
/// Button.
pub const FEWER: Text = text("Fewer examples", "收起");
/// Before the first answer.
pub const WAITING: Text = text("Waiting for the first answers …", "正在等待第一批回答……");
/// How answers are written.
pub const GREEDY: Text = text(
    "The network writes its answer token by token. It always takes the likeliest token and reads it as its next input (greedy decoding); it never sees the wanted answer.",
    "网络逐个词元写出回答：每次取概率最大的词元，并作为下一步的输入（贪心解码）；它看不到正确答案。",
);
/// How answers are given in one pass.
pub const AT_ONCE: Text = text(
    "The network answers at the last places of its input, all in one pass. It does not read its own answers; it never sees the wanted ones.",
    "网络在输入末尾的几个位置上一次给出全部回答。它不会读入自己的回答，也看不到正确答案。",
);
/// The sign.
pub const END_MARK: Text = text("■ ends an answer.", "■ 表示回答结束。");
/// Order of digits.
pub const LOWEST_FIRST: Text =
    text("Sums stand with the lowest digit first, as one adds on paper.", "和从最低位写起，与竖式加法的顺序相同。");
/// The answer leaks.
pub const LOOKS_AHEAD: Text = text(
    "This network also reads what comes after a place. In training it therefore sees the token that it is to predict, and its loss says little. Here it has to write without that.",
    "该网络还会读取当前位置之后的内容，因此训练时能看到本应预测的词元，损失不能说明问题。在这里，它必须在看不到后文的情况下作答。",
);
/// Field.
pub const OWN: Text = text("Try your own", "自己试试");
/// What the task does not know.
pub const LEFT_OUT: Text =
    text("Left out, since this task has no such sign: {what}.", "此任务中没有以下字符，已略去：{what}。");
/// Cut.
pub const TOO_LONG: Text = text("Only the first {max} signs are used.", "只使用前 {max} 个字符。");
/// Another length.
pub const OTHER_LENGTH: Text = text(
    "All its examples have {n} {n:sign|signs}; with another length it may well fail.",
    "它学过的样本都有 {n} 个字符；换一个长度，很可能答错。",
);
/// Too short.
pub const MISSING: Text =
    text("{n} more, please: each example has a fixed length.", "还差 {n} 个：每个样本的长度是固定的。");
/// Example of a source.
pub const HINT_DIGITS: Text = text("digits, such as 31415926", "数字，例如 31415926");
/// Example of a source.
pub const HINT_SUM: Text = text("a sum, such as 95+7", "加法，例如 95+7");
/// Example of a source.
pub const HINT_DATE: Text = text("a date, such as 9 march 2021", "日期，例如 2021年3月9日");
/// Example of a source.
pub const HINT_WORD: Text = text("an English word, such as cat", "英文单词，例如 cat");
/// Example of a source.
pub const HINT_COPY: Text = text("five letters from a to h", "五个字母（a 到 h）");
/// A row of the data, read with the right answer before each place.
pub const FORCED: Text = text(
    "Each token is answered with the right ones before it (teacher forcing).",
    "每个词元都在已知前面正确词元的情况下给出（强制教学）。",
);
/// The learner's own, written by the network.
pub const OWN_WRITTEN: Text = text(
    "The arrow is filled in, and the answer is the network's own, written token by token (greedy decoding).",
    "箭头会自动补上；回答由网络逐个词元写出（贪心解码）。",
);
/// Fold.
pub const WRITING: Text =
    text("Watch it write, and let it draw other tokens", "逐个词元观看书写过程，并尝试其他采样方式");
/// While attention is still noise.
pub const STILL_NOISE: Text = text("Attention begins as noise.", "注意力最初只是噪声。");
/// Button.
pub const SHOW_TRAINED: Text = text("Show a trained transformer", "看一个训练好的 Transformer");
/// Where trained weights came from.
pub const SHIPPED: Text = text(
    "This experiment opens trained: its weights come with the page. Gradarium's own engine made them in 1,500 steps from this seed. Reset shows it from its first weights.",
    "这个实验打开时就是训练好的：权重随网页提供，由 Gradarium 自己的引擎用这个随机种子训练 1,500 步得到。点“重置”可从最初的权重看起。",
);
