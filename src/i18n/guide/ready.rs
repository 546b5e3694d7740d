//! What each ready experiment is, and what to look for in it, one sentence each.
//!
//! Not responsible for their names (`i18n::presets`); a test of `guide` holds the list and the experiments together.

use super::generate::GENERATE_TEXTS;
use crate::i18n::{Text, text};

/// The two sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadyText {
    /// What it is.
    pub what: Text,
    /// What to look for.
    pub look: Text,
}

/// The sentences of the experiment with that name.
pub fn ready_text(name: &str) -> Option<ReadyText> {
    READY_TEXTS.iter().chain(GENERATE_TEXTS).find(|(n, _)| *n == name).map(|(_, t)| *t)
}

pub(super) const fn say(
    what_en: &'static str,
    what_zh: &'static str,
    look_en: &'static str,
    look_zh: &'static str,
) -> ReadyText {
    ReadyText { what: text(what_en, what_zh), look: text(look_en, look_zh) }
}

/// All of them.
pub const READY_TEXTS: &[(&str, ReadyText)] = &[
    (
        "line",
        say(
            "A single layer separates two clouds of points with one straight line.",
            "只有一层的网络，用一条直线分开两团点。",
            "Watch the white border turn until no point lies on the wrong side.",
            "看白色边界怎样转动，直到没有点落在错的一侧。",
        ),
    ),
    (
        "circle_mlp",
        say(
            "Four hidden units enclose a disc that no straight line can cut out.",
            "四个隐藏单元围住一个圆盘，这是任何直线都做不到的。",
            "Each unit draws one straight edge; the output joins them into a closed shape.",
            "每个单元画一条直边，输出层把它们拼成封闭的形状。",
        ),
    ),
    (
        "spiral_mlp",
        say(
            "Two hidden layers learn to tell apart two arms wound around each other.",
            "两个隐藏层学着分开互相缠绕的两条螺旋臂。",
            "The first layer has straight edges only; the second bends them around the arms.",
            "第一层只有直边，第二层把它们弯成螺旋的形状。",
        ),
    ),
    (
        "primer_mlp",
        say(
            "A network with 64 hidden units learns random labels: there is nothing to understand.",
            "64 个隐藏单元学习随机标签：其中没有规律可言。",
            "The loss falls all the same: it learns 1,000 rows by heart.",
            "损失照样下降：网络把 1000 行数据背了下来。",
        ),
    ),
    (
        "primer_mlp_10",
        say(
            "The same random labels with 10 hidden units, too few to remember them.",
            "同样的随机标签，但只有 10 个隐藏单元，记不住。",
            "The loss comes to rest well above zero: there is no room to remember.",
            "损失停在远高于零的地方：网络的容量不够。",
        ),
    ),
    (
        "tumours",
        say(
            "30 measurements of a cell sample decide whether a tumour is malignant.",
            "根据细胞样本的 30 项测量值，判断肿瘤是否为恶性。",
            "See which of the two kinds of error is more frequent in the matrix.",
            "在混淆矩阵里比较两种错误哪一种更多。",
        ),
    ),
    (
        "digits_mlp",
        say(
            "A network without convolution reads handwritten digits pixel by pixel.",
            "不用卷积，逐个像素地识别手写数字。",
            "Pictures of the 64 units turn from noise into strokes.",
            "看 64 个单元的小图怎样从噪声变成笔画。",
        ),
    ),
    (
        "primer_cnn",
        say(
            "Two convolutions and a dense layer tell emoji in colour apart.",
            "两个卷积层加一个全连接层，区分彩色表情符号。",
            "The training loss goes to zero while the test loss rises: there are few pictures.",
            "图片很少：训练损失降到零，测试损失却在上升。",
        ),
    ),
    (
        "primer_cnn_augmented",
        say(
            "The same network on emoji that are flipped and shifted at random.",
            "同样的网络，但图片会随机翻转和平移。",
            "It learns more slowly and does better on the test part than without changes.",
            "学得更慢，但测试结果比不做增强时更好。",
        ),
    ),
    (
        "lenet_digits",
        say(
            "The classic small convolutional network reads handwritten digits.",
            "经典的小型卷积网络识别手写数字。",
            "Filters become edge detectors; follow one digit through the feature maps.",
            "卷积核变成边缘检测器；跟着一个数字看它的特征图。",
        ),
    ),
    (
        "lenet_clothes",
        say(
            "The same kind of network sorts pictures of clothes into ten kinds.",
            "同类网络把服饰图片分成十类。",
            "Shirts, pullovers and coats are confused most often: open their cells in the matrix.",
            "衬衫、套衫和大衣最容易混淆：点开混淆矩阵中的格子。",
        ),
    ),
    (
        "resnet_clothes",
        say(
            "A small network with shortcuts around pairs of convolutions.",
            "每两个卷积层外面加一条残差连接的小网络。",
            "The gradient is about as large in the first block as in the last.",
            "第一个块和最后一个块的梯度差不多大。",
        ),
    ),
    (
        "densenet_clothes",
        say(
            "Each convolution reads the outputs of all those before it in its block.",
            "块内每个卷积层都读取前面所有层的输出。",
            "Follow the arcs under the network: they carry earlier maps onward.",
            "看网络下方的弧线：它们把前面的特征图传到后面。",
        ),
    ),
    (
        "deep_plain",
        say(
            "Fifty plain layers on the spiral: too deep to train.",
            "五十层普通网络学螺旋：太深，学不动。",
            "The gradient fades on its way back; the first layers stay as they were.",
            "梯度在回传途中消失，前面的层几乎不变。",
        ),
    ),
    (
        "deep_residual",
        say(
            "About fifty layers, with a shortcut around every pair: now it trains.",
            "约五十层，每两层加一条残差连接：学得动了。",
            "All rows of the gradient flow have about the same colour.",
            "梯度流各行的颜色差不多深。",
        ),
    ),
    (
        "deep_normalised",
        say(
            "Fifty layers with batch normalisation after each: they train as well.",
            "五十层，每层之后做批量规范化：也学得动。",
            "Compare the gradient flow with that of the fifty plain layers.",
            "与五十层普通网络的梯度流比较。",
        ),
    ),
    (
        "deep_plain_digits",
        say(
            "Fifty plain layers on handwritten digits: too deep to train.",
            "五十层普通网络识手写数字：太深，学不动。",
            "Accuracy stays near ten per cent, which is guessing.",
            "准确率停在百分之十左右，等于瞎猜。",
        ),
    ),
    (
        "deep_residual_digits",
        say(
            "About fifty layers with shortcuts read handwritten digits.",
            "约五十层、带残差连接的网络识别手写数字。",
            "Look at the gradient flow: the first layer gets its share.",
            "看梯度流：第一层也得到了足够的梯度。",
        ),
    ),
    (
        "deep_normalised_digits",
        say(
            "Fifty layers with batch normalisation read handwritten digits.",
            "五十层、带批量规范化的网络识别手写数字。",
            "It learns within a few epochs what fifty plain layers never learn.",
            "普通五十层学不会的，它几轮就学会了。",
        ),
    ),
    (
        "names_gender",
        say(
            "An LSTM reads a first name letter by letter and guesses the gender.",
            "LSTM 逐个字母读名字，猜测性别。",
            "Watch the hidden state change at the last letters, which decide most names.",
            "看隐状态在最后几个字母处的变化，它们往往起决定作用。",
        ),
    ),
    (
        "char_rnn",
        say(
            "An LSTM learns to write like Shakespeare, one character at a time.",
            "LSTM 学着像莎士比亚那样写作，一次一个字符。",
            "Read the sample: first letters, then words, then lines of a play.",
            "读它写的样本：先有字母，再有单词，最后像剧本的台词。",
        ),
    ),
    (
        "char_transformer",
        say(
            "A small transformer learns to write like Shakespeare.",
            "小型 Transformer 学着像莎士比亚那样写作。",
            "Look at attention: some heads look at the letter just before.",
            "看注意力：有的头只看前一个字母。",
        ),
    ),
    (
        "tang_transformer",
        say(
            "A small transformer learns to write Tang quatrains, one character at a time.",
            "小型 Transformer 逐字学写七言绝句。",
            "Seven characters, then a comma: the form comes before the sense.",
            "七个字之后是逗号：先学会格式，才谈得上意思。",
        ),
    ),
    (
        "dates",
        say(
            "A transformer rewrites dates of many forms as year-month-day.",
            "Transformer 把各种写法的日期改写成 年-月-日。",
            "When it writes the month, attention looks at the month in the source.",
            "写月份时，注意力落在原文的月份上。",
        ),
    ),
    (
        "g2p",
        say(
            "A transformer turns the spelling of English words into their sounds.",
            "Transformer 把英语拼写变成读音。",
            "Look where attention goes for silent letters.",
            "看注意力怎样对待不发音的字母。",
        ),
    ),
    (
        "dates_attention",
        say(
            "An encoder reads the date, a decoder writes it anew and asks the encoder.",
            "编码器读日期，解码器改写它，并不断查询编码器。",
            "The attention map shows which character each written one came from.",
            "注意力图显示写出的每个字符来自原文何处。",
        ),
    ),
    (
        "g2p_attention",
        say(
            "Recurrent encoder and decoder with attention: from spelling to sound.",
            "带注意力的循环编码器与解码器：从拼写到读音。",
            "The bright cells run along the diagonal: sounds follow letters in order.",
            "亮格沿对角线排列：读音与字母顺序一致。",
        ),
    ),
    (
        "reverse",
        say(
            "A tiny transformer writes a sequence backwards.",
            "微型 Transformer 把序列倒着写出来。",
            "Attention becomes a line from corner to corner.",
            "注意力图会变成一条对角线。",
        ),
    ),
    ("reverse_trained", super::trained::REVERSE),
    (
        "sort",
        say(
            "A tiny transformer sorts digits.",
            "微型 Transformer 给数字排序。",
            "Each written digit looks at all places where that digit stands.",
            "写出每个数字时，注意力落在所有相同的数字上。",
        ),
    ),
    (
        "add",
        say(
            "A tiny transformer learns to add, digit by digit.",
            "微型 Transformer 学做加法，一位一位地写。",
            "It is wrong with carries for the longest time.",
            "进位是它最后才学会的。",
        ),
    ),
    (
        "primer_lstm",
        say(
            "Two LSTM layers learn random numbers: a test of speed and memory.",
            "两层 LSTM 学随机数：检验速度与记忆。",
            "The training loss falls, the test loss does not: nothing can be predicted.",
            "训练损失下降，测试损失不降：随机数无法预测。",
        ),
    ),
    (
        "electricity_lstm",
        say(
            "Two LSTM layers predict the next value of electricity use at each hour.",
            "两层 LSTM 逐小时预测下一刻的用电量。",
            "Hidden states swing in the rhythm of the day.",
            "隐状态随一天的节律起伏。",
        ),
    ),
    (
        "adding_rnn",
        say(
            "A plain RNN must add two marked numbers that stand far apart.",
            "普通 RNN 要把相距很远的两个标记数相加。",
            "The gradient through time fades, and the loss hardly moves.",
            "梯度沿时间消失，损失几乎不动。",
        ),
    ),
    (
        "adding_lstm",
        say(
            "The same adding problem with an LSTM, whose gates can remember.",
            "同样的加法问题，换成有门控、能记忆的 LSTM。",
            "After a while the loss drops all at once: it has found the marks.",
            "过一阵子损失突然下降：它找到了标记。",
        ),
    ),
    (
        "adding_gru",
        say(
            "The same adding problem with a GRU, a gated cell with fewer weights.",
            "同样的加法问题，换成权重更少的门控单元 GRU。",
            "Compare when the loss drops with the LSTM and with the plain RNN.",
            "与 LSTM 和普通 RNN 比较损失何时下降。",
        ),
    ),
    (
        "copy_rnn",
        say(
            "A plain RNN must repeat symbols after a long silence.",
            "普通 RNN 要在长时间静默之后重复符号。",
            "It gets the silence right and guesses the symbols.",
            "静默部分都对，符号只能靠猜。",
        ),
    ),
    (
        "copy_gru",
        say(
            "A GRU must repeat symbols after a long silence.",
            "GRU 要在长时间静默之后重复符号。",
            "Look at the hidden state: some units hold a value through the silence.",
            "看隐状态：有些单元在静默中一直保持数值。",
        ),
    ),
    (
        "airline_cnn",
        say(
            "A convolution over twelve months predicts the next month's passengers.",
            "对十二个月做卷积，预测下个月的旅客数。",
            "The latest years are tested: the forecast has to go beyond what was seen.",
            "用最后几年测试：预测要超出见过的范围。",
        ),
    ),
    (
        "sunspots_lstm",
        say(
            "An LSTM predicts the number of sunspots of the next month.",
            "LSTM 预测下个月的太阳黑子数。",
            "Points near the diagonal are good forecasts; high months are missed most.",
            "靠近对角线的点预测得准，高峰月份误差最大。",
        ),
    ),
    (
        "electricity_cnn",
        say(
            "Convolutions over two days predict the next hour's electricity use.",
            "对两天的数据做卷积，预测下一小时的用电量。",
            "Look at the filters: they answer to rises and falls.",
            "看卷积核：它们对上升和下降有反应。",
        ),
    ),
];
