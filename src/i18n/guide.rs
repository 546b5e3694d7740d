//! The words of the first minute: what an experiment is, what to look for in it, three things to try, the gallery, keys.
//!
//! Not responsible for which things are offered (`ui::guide`).

mod generate;
mod keys;
mod ready;
mod trained;

pub use keys::{KEYS, TEXT_EXAMPLES};
pub use ready::{READY_TEXTS, ReadyText, ready_text};

use super::{Text, text};

/// Name of the strip.
pub const GUIDE: Text = text("What this is", "这是什么");
/// Before the three things.
pub const TRY: Text = text("Try:", "试一试：");
/// First line of the choice when the experiment is none of the ready ones.
pub const OWN: Text = text("Your experiment", "你的实验");
/// Leads to the panel in which something is to be seen.
pub const SHOW: Text = text("Show me", "带我去看");
/// Puts the sentence away.
pub const DONE: Text = text("Close the hint", "关闭提示");

/// Opens the gallery.
pub const GALLERY: Text = text("Gallery", "图库");
/// Explanation of it.
pub const GALLERY_HELP: Text =
    text("All data sets and ready experiments, with names and pictures", "全部数据集与现成实验，附名称和图片");
/// Label of its search field.
pub const SEARCH: Text = text("Search by name", "按名称搜索");
/// Nothing is found.
pub const NOTHING: Text = text("Nothing has this name.", "没有找到。");
/// How to move in it.
pub const GALLERY_KEYS: Text = text("Arrow keys move, Enter chooses, Esc closes.", "方向键移动，回车选择，Esc 关闭。");
/// Heading before ready experiments.
pub const READY_HEAD: Text = text("Ready experiments: data, network and training", "现成实验：数据、网络与训练设置");
/// Heading before data sets.
pub const SETS_HEAD: Text = text("Data only: the network stays if it fits", "只换数据：网络合适就保留");
/// Closes a dialog.
pub const CLOSE: Text = text("Close", "关闭");

/// Opens the list of keys.
pub const HELP: Text = text("Keys and model text", "快捷键与模型文本");
/// Heading.
pub const KEYS_HEAD: Text = text("Keys", "快捷键");
/// Heading.
pub const SYNTAX_HEAD: Text = text("The network as text", "用文本描述网络");
/// How the text is built.
pub const SYNTAX: Text = text(
    "Layers stand in data order, with | between them: the name of the layer, its numbers, then its settings as name=value. The last dense layer needs no number: the task decides it.",
    "按数据流动的顺序写出各层，用 | 隔开：先写层名，再写数字，其余设置写成 名称=值。最后的全连接层不必写数字，由任务决定。",
);
/// Link for those who want to build it into a page.
pub const EMBED: Text =
    text("Use Gradarium in your own page: an example that runs", "把梯度馆放进自己的网页：可运行的示例");
/// Projector mode.
pub const PROJECTOR: Text = text("Projector: large type", "投影模式：大字号");
/// Skips to the model text.
pub const SKIP_TEXT: Text = text("Skip to the model text", "跳到模型文本");

/// Rare settings of the data.
pub const MORE_DATA: Text = text("More about the data", "更多数据设置");
/// Rare settings of training.
pub const MORE_TRAINING: Text = text("More settings", "更多设置");

/// Heading of the small curve.
pub const MINI_LOSS: Text = text("Loss", "损失");
/// Before the parts that a network brings.
pub const BROUGHT: Text = text("This network also shows:", "这个网络还能看：");

/// Leads to the pad.
pub const DRAW: Text = text("Draw your own picture", "自己画一张");

/// A general sentence for an experiment that is none of the ready ones, by the JSON name of its task: with its number of
/// layers and its data.
pub fn what(task: &str) -> Text {
    match task {
        "classification" => text(
            "A network of {n} {n:layer|layers} learns to tell classes apart: {set}.",
            "一个 {n} 层的网络在“{set}”上学习分类。",
        ),
        "language_model" => text(
            "A network of {n} {n:layer|layers} learns to write the next character: {set}.",
            "一个 {n} 层的网络在“{set}”上学习写出下一个字符。",
        ),
        "autoencoder" => text(
            "Two networks of {n} layers together: one makes a short code of each row, the other the row again from the code: {set}.",
            "两个网络共 {n} 层：一个把每个样本压成短编码，另一个从编码还原样本：{set}。",
        ),
        "vae" => text(
            "Two networks of {n} layers together learn a code from which new rows can be drawn: {set}.",
            "两个网络共 {n} 层，学习一种可以从中采样新样本的编码：{set}。",
        ),
        "diffusion" => text(
            "A network of {n} {n:layer|layers} learns the way from noise to data: {set}.",
            "一个 {n} 层的网络学习从噪声走向数据：{set}。",
        ),
        "rotation" => text(
            "A trunk and a head of {n} layers together learn by how much pictures are turned, without labels: {set}.",
            "主干和输出头共 {n} 层，不用标签，学习图像旋转了多少：{set}。",
        ),
        "contrastive" => text(
            "A trunk and a head of {n} layers together learn which two views are of one picture, without labels: {set}.",
            "主干和输出头共 {n} 层，不用标签，学习哪两个视图来自同一张图像：{set}。",
        ),
        "several" => text(
            "A trunk and three heads of {n} layers together learn which digit it is, whether it is odd and how thick it is drawn: {set}.",
            "一个主干和三个输出头共 {n} 层，同时学习数字、奇偶和笔画粗细：{set}。",
        ),
        "gan" => text(
            "Two networks of {n} layers together play against each other: one makes rows of noise, the other tells them from real ones: {set}.",
            "两个网络共 {n} 层，互相对抗：一个用噪声生成样本，另一个分辨真假：{set}。",
        ),
        _ => text(
            "A network of {n} {n:layer|layers} learns to predict numbers: {set}.",
            "一个 {n} 层的网络在“{set}”上学习预测数值。",
        ),
    }
}

/// What the button of a thing to try says, by its name; `{n}` is its number, `{name}` the ready experiment it opens.
pub fn label(trial: &str) -> Text {
    match trial {
        "add_layer" => text("Add a layer", "加一层"),
        "add_block" => text("Add a transformer block", "加一个 Transformer 块"),
        "add_conv" => text("Add a convolution", "加一个卷积层"),
        "wider" => text("Double the units", "单元数加倍"),
        "linear" => text("Make every unit linear", "全部改成线性单元"),
        "more_noise" => text("Make the data noisier", "给数据加噪声"),
        "less_noise" => text("Make the data cleaner", "减少数据噪声"),
        "fewer" => text("Keep only {n} samples", "只留 {n} 个样本"),
        "more" => text("Use {n} samples", "用 {n} 个样本"),
        "faster_rate" => text("Learning rate × 10", "学习率 × 10"),
        "shorter" => text("Keep only 10 layers", "只留 10 层"),
        "no_positions" => text("Remove the positions", "去掉位置编码"),
        "plain_cells" => text("Use plain RNN cells", "换成普通 RNN"),
        "gated_cells" => text("Use LSTM cells", "换成 LSTM"),
        "further" => text("Forecast 12 steps ahead", "预测 12 步之后"),
        "less_context" => text("Halve the context", "上下文减半"),
        "no_augment" => text("Stop changing the pictures", "关闭数据增强"),
        "dropout" => text("Add dropout", "加入暂退法"),
        "digits_mlp" => text("Switch to digits", "换成手写数字"),
        "spiral_mlp" => text("Switch to the spiral", "换成螺旋"),
        "deep_residual" | "deep_residual_digits" => text("Give it shortcuts", "加上残差连接"),
        "deep_normalised" | "deep_normalised_digits" => text("Normalise every layer", "每层都规范化"),
        "deep_plain" | "deep_plain_digits" => text("Take the help away", "去掉这些帮助"),
        "lenet_digits" => text("Switch to a CNN on digits", "换成卷积网络识数字"),
        "lenet_clothes" => text("Switch to clothes", "换成服饰图片"),
        "tumours" => text("Switch to breast cancer", "换成乳腺癌数据"),
        "sunspots_lstm" => text("Switch to sunspots", "换成太阳黑子"),
        "char_transformer" => text("Use a transformer", "换成 Transformer"),
        "tang_transformer" => text("Write Tang poems", "改写唐诗"),
        "reverse" => text("Switch to reversing", "换成倒序任务"),
        "sort" => text("Switch to sorting", "换成排序任务"),
        _ => text("{name}", "{name}"),
    }
}

/// What to look at afterwards.
pub fn look(trial: &str) -> Text {
    match trial {
        "add_layer" => text(
            "Look at the output: with one more layer it can bend in more places.",
            "看输出：多一层之后，它能在更多地方弯折。",
        ),
        "add_block" => text(
            "Look at attention: the second block looks at what the first has already gathered.",
            "看注意力：第二个块看的是第一个块已经汇集的信息。",
        ),
        "add_conv" => text(
            "Look at the feature maps: a second convolution answers to combinations of edges.",
            "看特征图：第二个卷积层对边缘的组合有反应。",
        ),
        "wider" => text(
            "Look at the output: more units give it more pieces to build with.",
            "看输出：单元越多，可用来拼合的部分就越多。",
        ),
        "linear" => text(
            "Look at the output: without a bend in each unit, all layers together draw only one straight line.",
            "看输出：单元不会弯折，所有层合起来也只能画出一条直线。",
        ),
        "more_noise" => text(
            "Look at the loss: the classes overlap now, so the test loss stays above the training loss.",
            "看损失：两类数据有了重叠，测试损失会停在训练损失之上。",
        ),
        "less_noise" => text(
            "Look at the loss: with clean data the two lines come together again.",
            "看损失：数据干净以后，两条曲线又靠拢了。",
        ),
        "fewer" => text(
            "Look at the loss: training falls to nothing while the test line turns up. That is overfitting.",
            "看损失：训练损失降到接近零，测试损失却回升。这就是过拟合。",
        ),
        "more" => text(
            "Look at the loss: so many rows cannot be learnt by heart, and the line stays up.",
            "看损失：样本这么多，网络背不下来，曲线降不下去。",
        ),
        "faster_rate" => text(
            "Look at the loss: does it jump about, or fall faster? Undo brings the old rate back.",
            "看损失：它是来回跳动，还是降得更快？撤销可恢复原来的学习率。",
        ),
        "shorter" => text(
            "Look at the gradient flow: with ten layers the gradient reaches the first one.",
            "看梯度流：只有十层时，梯度能传到第一层。",
        ),
        "no_positions" => text(
            "Look at the output: without positions the network cannot know what comes first.",
            "看输出：没有位置编码，网络分不清先后。",
        ),
        "plain_cells" => text(
            "Look at the hidden states: in a plain RNN the gradient fades within a few steps.",
            "看隐状态：普通 RNN 的梯度几步之内就消失。",
        ),
        "gated_cells" => text(
            "Look at the hidden states: the gates let the gradient travel further back.",
            "看隐状态：门控让梯度传得更远。",
        ),
        "further" => text(
            "Look at the output: the further ahead, the wider the cloud around the line.",
            "看输出：预测得越远，点离直线越散。",
        ),
        "less_context" => text(
            "Look at the loss: with less to read, how much worse does it get?",
            "看损失：读得少了，损失会变差多少？",
        ),
        "no_augment" => text(
            "Look at the loss: the training line falls faster, and the gap to the test line grows.",
            "看损失：训练损失降得更快，与测试损失的差距也更大。",
        ),
        "dropout" => text(
            "Look at the loss: training gets harder, and the gap between the lines gets smaller.",
            "看损失：训练变难了，两条曲线的差距变小了。",
        ),
        "deep_residual" | "deep_residual_digits" => text(
            "Look at the gradient flow: with shortcuts every layer gets about the same gradient.",
            "看梯度流：有了残差连接，每层得到的梯度差不多大。",
        ),
        "deep_normalised" | "deep_normalised_digits" => text(
            "Look at the gradient flow: normalisation keeps the gradient alive through all layers.",
            "看梯度流：规范化让梯度一路保持大小。",
        ),
        "deep_plain" | "deep_plain_digits" => text(
            "Look at the gradient flow: it fades towards the first layer, and nothing is learnt.",
            "看梯度流：越靠近第一层梯度越小，网络学不动。",
        ),
        "digits_mlp" => text(
            "Look at the network: each picture shows which pixels a unit likes (blue) or dislikes (orange).",
            "看网络：每张小图显示一个单元喜欢（蓝）或排斥（橙）哪些像素。",
        ),
        "lenet_digits" | "lenet_clothes" => text(
            "Look at the network: each convolution turns one example into a stack of feature maps.",
            "看网络：每个卷积层把一张图变成一叠特征图。",
        ),
        _ => text(
            "Look at the network: other data bring another kind of network.",
            "看网络：换了数据，网络的样子也不同。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::spec::preset::ready;

    #[test]
    fn every_ready_experiment_has_its_two_sentences() {
        for r in ready::all() {
            let t = ready_text(r.name).unwrap_or_else(|| panic!("{}", r.name));
            for lang in [Lang::En, Lang::Zh] {
                for said in [t.what.get(lang), t.look.get(lang)] {
                    assert!(said.ends_with(['.', '。', '？', '?']), "{}: {said}", r.name);
                    let width: usize = said.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                    assert!((12..=120).contains(&width), "{} ({width}): {said}", r.name);
                }
            }
        }
        assert_eq!(READY_TEXTS.len() + generate::GENERATE_TEXTS.len(), ready::all().len(), "none is left over");
    }
}
