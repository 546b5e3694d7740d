//! Words of the doctor: each failure, what shows it, what helps.
//!
//! Not responsible for names of layers (`network`) nor for what is judged (`ui::doctor`).

pub mod remedy;

use super::{Text, text};

/// Heading.
pub const TITLE: Text = text("Doctor", "诊断");
/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "The doctor watches loss, gradients, the size of updates, and dead or saturated units, and names a failure when it has shown for a while. Each finding comes with the numbers that it was judged by and with remedies: whether one helps is checked, and one that does not is taken back.",
    "诊断会持续观察损失、梯度、更新幅度以及死亡或饱和的单元，某种故障持续出现一段时间后就会指出来。每项结论都附有判断所依据的数据和补救办法：办法是否有效会继续检查，无效的会自动撤销。",
);
/// Nothing wrong.
pub const HEALTHY: Text = text("Nothing wrong so far", "目前未见异常");
/// Too early.
pub const EARLY: Text = text("Watching the first steps …", "正在观察最初几步……");
/// One finding.
pub const ONE: Text = text("1 finding", "1 项异常");
/// Several.
pub const SOME: Text = text("{n} {n:finding|findings}", "{n} 项异常");
/// It does not examine.
pub const RESTING: Text = text("Not checking", "诊断已停止");
/// Button.
pub const EXAMINE: Text = text("Check again", "重新诊断");
/// Button.
pub const REST: Text = text("Stop checking", "停止诊断");
/// Title of the button that stops it.
pub const REST_HINT: Text = text("Nothing more is measured for the doctor", "不再为诊断测量任何数据");
/// A layer inside a sentence.
pub const LAYER: Text = text("layer “{label}”", "“{label}”层");
/// Since when.
pub const SINCE: Text = text("since step {step}", "自第 {step} 步起");
/// Takes the remedy back.
pub const TAKE_BACK: Text = text("Take it back", "撤销");
/// Value and limit of evidence.
pub const JUDGED: Text = text("{value} (limit {limit})", "{value}（界限 {limit}）");
/// A point of a plot over steps.
pub const AT_STEP: Text = text("step {step}: {value}", "第 {step} 步：{value}");
/// A point of a plot over the steps of a sequence.
pub const AT_TIME_STEP: Text = text("time step {step}: {value}", "第 {step} 个时间步：{value}");
/// A point of a plot over the batches of an epoch.
pub const AT_BATCH: Text = text("batch {step}: {value}", "第 {step} 个批量：{value}");
/// A point of a plot over classes.
pub const AT_CLASS: Text = text("class {class}: {value}", "类别 {class}：{value}");
/// Line of a plot.
pub const LIMIT: Text = text("limit", "界限");
/// x axis.
pub const STEP: Text = text("step", "步");
/// x axis.
pub const TIME_STEP: Text = text("time step", "时间步");
/// x axis.
pub const LAYER_AXIS: Text = text("layer", "层");
/// x axis.
pub const COLUMN_AXIS: Text = text("column", "列");
/// x axis.
pub const CLASS_AXIS: Text = text("class", "类别");
/// x axis.
pub const BATCH_AXIS: Text = text("batch", "批量");
/// Table.
pub const PLACE: Text = text("place", "位置");
/// Until the pointer is on a plot.
pub const HOVER_HINT: Text = text("Point at the plot to read values", "将指针移到图上可读取数值");

/// A figure of the doctor's line: its name and what it means, by the name in its test id.
pub fn sign(name: &str) -> (Text, Text) {
    match name {
        "loss" => (
            text("loss fell by", "损失下降"),
            text(
                "How much of the training loss at the start is gone: 100 % would be a loss of 0. Negative: it has risen.",
                "训练损失相对开始时减少的比例：100 % 表示损失降到 0，负数表示损失上升。",
            ),
        ),
        "flow" => (
            text("gradient: first ÷ last layer", "梯度：首层÷末层"),
            text(
                "Length of the first layer's weight gradient over the last layer's. Near 1 both learn alike; below 0.0001 the gradient vanishes.",
                "首层权重梯度的长度除以末层的。接近 1 时两层学得一样快；低于 0.0001 就是梯度消失。",
            ),
        ),
        "update" => (
            text("update ÷ weight", "更新量÷权重"),
            text(
                "Length of the latest update over the length of all weights. About 0.001 is usual; above 0.05 weights are thrown about, below 0.00005 hardly anything changes.",
                "最近一次更新的长度除以全部权重的长度。通常约为 0.001；高于 0.05 权重会剧烈变动，低于 0.00005 几乎不变。",
            ),
        ),
        "dead" => (
            text("dead ReLU units", "死亡的 ReLU 单元"),
            text(
                "Share of the units of a ReLU layer that are 0 for every example of the batch, in the worst layer. Without a slope they learn nothing.",
                "某个 ReLU 层中对整个批量输出恒为 0 的单元所占比例（取最严重的一层）。没有斜率，它们学不到东西。",
            ),
        ),
        _ => (
            text("saturated units", "饱和的单元"),
            text(
                "Share of a layer's numbers where its tanh or sigmoid is almost flat, in the worst layer. Hardly any gradient passes there.",
                "某一层中落在 tanh 或 sigmoid 几乎平坦处的数值所占比例（取最严重的一层），那里梯度几乎无法通过。",
            ),
        ),
    }
}

/// Name of the failure and, in one sentence, what it is; by the name of the kind.
pub fn finding(kind: &str) -> (Text, Text) {
    match kind {
        "diverged" => (
            text("Diverged", "发散"),
            text(
                "The numbers grew from step to step until one was infinite or no number (NaN): nothing can be computed from there.",
                "数值逐步增大，直到出现无穷大或 NaN，此后无法继续计算。",
            ),
        ),
        "exploding" => (
            text("Exploding gradient", "梯度爆炸"),
            text(
                "On the way back every layer makes the gradient larger, so one update moves the weights much too far.",
                "反向传播时梯度逐层放大，一步更新就把权重推得过远。",
            ),
        ),
        "rate-too-high" => (
            text("Learning rate too high", "学习率过大"),
            text(
                "Every step overshoots the valley: the loss jumps about and is no better than at the start, though all numbers are finite.",
                "每一步都越过谷底：虽然数值都有限，损失却剧烈跳动，并不比开始时好。",
            ),
        ),
        "dead-relu" => (
            text("Dead ReLU", "ReLU 死亡"),
            text(
                "In {layer} nearly all units answer 0 to every example. Where a ReLU is 0 its gradient is 0 as well, so they cannot come back.",
                "{layer} 中几乎所有单元对每个样本的输出都是 0。ReLU 输出 0 时梯度也是 0，因此无法自行恢复。",
            ),
        ),
        "saturated" => (
            text("Saturation", "饱和"),
            text(
                "In {layer} most units are saturated: their numbers lie where the activation function is almost flat, so hardly any gradient passes.",
                "{layer} 的大多数单元已经饱和：数值落在激活函数几乎平坦的地方，梯度几乎无法通过。",
            ),
        ),
        "vanishing" => (
            text("Vanishing gradient", "梯度消失"),
            text(
                "On the way back every layer makes the gradient smaller, until next to nothing reaches the first ones: they stay as they were drawn.",
                "反向传播时梯度逐层缩小，到达前面几层时几乎为零，这些层一直停留在初始状态。",
            ),
        ),
        "vanishing-time" => (
            text("Gradient vanishes through time", "梯度随时间消失"),
            text(
                "On the way back every time step of {layer} makes the gradient smaller: the first steps of a sequence get next to none, so what stands there is never learned.",
                "沿时间反向传播时，{layer} 每一步都把梯度缩小，序列开头几乎得不到梯度，那里的信息也就学不到。",
            ),
        ),
        "exploding-time" => (
            text("Gradient explodes through time", "梯度随时间爆炸"),
            text(
                "On the way back every time step of {layer} makes the gradient larger: the first steps of a sequence outweigh all others, and updates become much too large.",
                "沿时间反向传播时，{layer} 每一步都把梯度放大，序列开头的梯度淹没其他各步，权重被来回甩动。",
            ),
        ),
        "rate-too-low" => (
            text("Learning rate too low", "学习率过小"),
            text(
                "There is a gradient, but the steps are so small beside the weights that nothing changes in a reasonable time.",
                "梯度是有的，但相对于权重，每步更新太小，短时间内几乎没有变化。",
            ),
        ),
        "constant-output" => (
            text("The same answer to everything", "输出恒定"),
            text(
                "Whatever the input, the network says the same: it ignores what it is shown.",
                "无论输入什么，网络都给出同一个回答，完全没有利用输入。",
            ),
        ),
        "label-leak" => (
            text("A column gives the answer away", "有一列泄露了答案"),
            text(
                "One column of the table says the target all by itself. The network copies it, so its score says nothing about rows where that column is not known beforehand.",
                "表中有一列单凭自己就能说出目标。网络只是照抄这一列，因此得分并不能说明它在事先不知道这一列时的表现。",
            ),
        ),
        "constant-targets" => (
            text("All targets are the same", "所有目标都相同"),
            text(
                "Every example has the same target, so the network only has to learn that one answer: a loss near 0 says nothing here.",
                "所有样本的目标都相同，网络只需记住这一个答案，此时损失接近 0 并不说明什么。",
            ),
        ),
        "single-row" => (
            text("Batch norm over a single example", "批量规范化只有一个样本"),
            text(
                "Batch norm subtracts the mean of the batch. In a batch of one example that is the example itself: only zeros are left, and nothing is learned from it. (PyTorch refuses such a batch.)",
                "批量规范化要减去批量的均值。批量只有一个样本时，均值就是它自己，结果全为 0，学不到任何东西（PyTorch 会直接报错）。",
            ),
        ),
        "imbalance" => (
            text("A rare class is never named", "少数类从未被预测"),
            text(
                "“{class}” has a recall of 0 %: none of its examples is recognised. “{commonest}” makes up {share} of the test part, so naming it every time looks good. Accuracy alone hides this.",
                "“{class}”的召回率为 0 %：它的样本没有一个被认出。“{commonest}”占测试集的 {share}，总猜它看上去就不错，单看准确率发现不了。",
            ),
        ),
        "underfitting" => (
            text("Under-fitting", "欠拟合"),
            text(
                "The training loss stands still, but the data allow far more: nearest neighbours alone do better than this network. It is too small, or held back.",
                "训练损失不再下降，但数据本身能做得好得多：仅靠最近邻就胜过这个网络。网络太小，或受到了限制。",
            ),
        ),
        "mode-collapse" => (
            text("Mode collapse", "模式坍塌"),
            text(
                "The generator makes only part of what the data hold: most real examples have no made one near. It has found a few answers that fool the discriminator and goes on giving them.",
                "生成器只生成数据中的一部分：大多数真实样本附近没有生成样本。它找到了几个能骗过判别器的答案，就一直重复它们。",
            ),
        ),
        "discriminator-too-strong" => (
            text("Discriminator too strong", "判别器过强"),
            text(
                "The discriminator tells real from made without fail. Where it is sure its answer is flat, so the generator hardly learns which way is better.",
                "判别器总能分清真假。在它十分肯定的地方，输出几乎是平的，生成器便学不到该往哪个方向改进。",
            ),
        ),
        "target-beyond-loss" => (
            text("Targets beyond what the loss allows", "目标超出了损失允许的范围"),
            text(
                "Binary cross-entropy is meant for targets from 0 to 1. Beyond them it has no lowest value: it falls without end, below 0, while the answers are no better.",
                "二元交叉熵只适用于 0 到 1 的目标。超出这个范围它就没有最小值：损失会一直下降到 0 以下，而回答并没有变好。",
            ),
        ),
        "out-of-reach" => (
            text("Targets out of reach of the output", "输出达不到目标"),
            text(
                "The activation of the last layer cannot answer such numbers, so part of the loss stays, however long it trains.",
                "最后一层的激活函数给不出这样的数值，无论训练多久，总有一部分损失消不掉。",
            ),
        ),
        "targets-between" => (
            text("Targets between 0 and 1: the loss cannot reach 0", "目标介于 0 和 1 之间：损失到不了 0"),
            text(
                "Binary cross-entropy wants labels, 0 or 1. Of numbers between it keeps their own entropy (the line), even where every answer is exactly the target: a loss near the line is no failure to learn, and right or wrong cannot be counted.",
                "二元交叉熵需要 0 或 1 的标签。目标介于两者之间时，即使每个回答都与目标完全相同，损失仍等于目标自身的熵（图中横线）：损失停在这条线附近并不是没学会，也无法统计对错。",
            ),
        ),
        "raw-inputs" => (
            text("Pixels as bytes: the inputs are too large", "像素是原始字节：输入太大"),
            text(
                "Numbers up to 255 go in where first weights expect about 1. The first answers are sure and mostly wrong, so the first loss lies far above that of guessing (a third of the line), and the first steps go to mending that.",
                "初始权重按 1 左右的输入设定，这里却输入高达 255 的数。网络一开始就十分肯定且大多答错，起初的损失远高于随便猜（横线的三分之一），最初的许多步都花在弥补它上。",
            ),
        ),
        "unrelated" => (
            text("No better than guessing: do the inputs say anything?", "和随便猜一样：输入里有答案吗？"),
            text(
                "New examples are answered no better than by chance (up to the line), and looking up the most similar training rows does no better. Perhaps the inputs say nothing about the classes: then a network can learn rows by heart, and nothing that holds for new ones.",
                "对新样本的回答不比随便猜好（横线以内都可能是碰巧），照搬最相似的训练样本也不更好。也许输入与类别根本无关：这时网络只能死记训练样本，学不到对新样本有用的东西。",
            ),
        ),
        "target-in-input" => (
            text("The target stands in the input", "目标就在输入里"),
            text(
                "What is asked for at a step of the sequence stands in the input that the network sees there. It only has to copy it: a low loss says nothing about what it can predict.",
                "序列每一步要求预测的数值，就在网络当时能看到的输入里。网络只需照抄，损失再低也不能说明它会预测。",
            ),
        ),
        "posterior-collapse" => (
            text("Posterior collapse: the code is not used", "后验坍塌：编码没有被使用"),
            text(
                "The encoder says the same of every example, the prior itself, so the code holds nothing and the decoder always answers alike. Matching the prior costs less than describing the example.",
                "编码器对每个样本给出的都是先验本身，编码不含任何信息，解码器总给出同样的结果：贴近先验比描述样本更省损失。",
            ),
        ),
        "underfitting-straight" => (
            text("Under-fitting: one straight line cannot do this", "欠拟合：一条直线做不到"),
            text(
                "Without a hidden layer that bends, the network can only draw a straight line (in many dimensions: a plane) through the data. Nearest neighbours alone do better. Add a layer.",
                "没有带非线性的隐藏层，网络只能画一条直线（高维时是一个平面），仅靠最近邻就能做得更好。请增加一层。",
            ),
        ),
        _ => (
            text("Over-fitting", "过拟合"),
            text(
                "The network learns the training examples by heart: it does well on them, while the loss on the test part is getting worse.",
                "网络在死记训练样本：在训练样本上表现很好，测试损失却越来越差。",
            ),
        ),
    }
}

/// What only the learner can do about targets that are all the same; by the name of the data set.
pub fn advice(set: &str) -> Text {
    match set {
        "points" => text("Draw some points of another class.", "请再画一些另一类的点。"),
        "formula" => text(
            "Change the formula so that its curve runs through the plane: points above it and below it are the two classes.",
            "请修改公式，让曲线穿过平面：曲线上方和下方的点分属两类。",
        ),
        "csv" => {
            text("Choose another target column, or add rows with other targets.", "请另选目标列，或加入目标不同的行。")
        }
        "pictures" => text("Add pictures of another class.", "请加入另一类的图片。"),
        _ => text("Choose data whose targets differ.", "请选择目标各不相同的数据。"),
    }
}

/// Names of what plots show.
pub mod measure {
    use super::{Text, text};

    /// Loss.
    pub const LOSS: Text = text("loss", "损失");
    /// Norm of the gradient.
    pub const GRADIENT_NORM: Text = text("norm of the whole gradient", "整个梯度的范数");
    /// Per layer.
    pub const LAYER_GRADIENT: Text = text("weight gradient of each layer", "各层权重梯度");
    /// First over last.
    pub const FLOW: Text = text("first ÷ last layer", "首层÷末层");
    /// Dead.
    pub const DEAD: Text = text("units that are 0 on every row", "对整批输入恒为 0 的单元");
    /// Saturated.
    pub const SATURATED: Text = text("saturated units", "饱和的单元");
    /// Update of the layer that moves most.
    pub const LARGEST_UPDATE: Text = text("update ÷ weight, largest of all layers", "更新量÷权重（各层最大）");
    /// Update of all.
    pub const UPDATE: Text = text("update ÷ weight", "更新量÷权重");
    /// Peak of the loss.
    pub const PEAK_LOSS: Text = text("loss, highest mean of a few steps", "损失（相邻几步均值的最高点）");
    /// Recall.
    pub const RECALL: Text = text("recall: share of each class that is recognised", "召回率：各类别被认出的比例");
    /// Rows of batches.
    pub const BATCH_ROWS: Text = text("examples in each batch of an epoch", "每轮各批量的样本数");
    /// Accuracy or R².
    pub const TRAIN_METRIC: Text = text(
        "score on the training part (limit: nearest neighbours less a margin)",
        "训练集得分（界限：最近邻得分减去余量）",
    );
    /// Accuracy.
    pub const TEST_METRIC: Text = text(
        "accuracy on the test part (limit: the most that guessing gets by chance)",
        "测试集准确率（界限：随便猜碰巧能达到的最高值）",
    );
    /// Classes.
    pub const CLASS_SHARE: Text = text("share of test examples, by class", "各类别占测试样本的比例");
    /// Classes, where every place has one.
    pub const PLACE_SHARE: Text =
        text("share of places in the examples looked at, by class", "所看样本中各类别占位置的比例");
    /// The commonest answer.
    pub const COMMONEST: Text = text("commonest answer", "最常见的回答");
    /// Spread.
    pub const SPREAD: Text = text("standard deviation", "标准差");
    /// Two examples, where answers have several places.
    pub const APART: Text = text("difference between the answers to two examples", "两个样本的回答之间的差异");
    /// Through time.
    pub const TIME_GRADIENT: Text = text("|∂loss/∂h| of each time step", "各时间步的 |∂loss/∂h|");
    /// Columns of a table.
    pub const COLUMN_TELLS: Text = text("what each column says of the target by itself", "各列单独能说出目标的程度");
    /// Coverage.
    pub const COVERAGE: Text = text("real examples with a made one near", "附近有生成样本的真实样本比例");
    /// Both terms.
    pub const DISCRIMINATOR_LOSS: Text = text("loss of the discriminator", "判别器的损失");
    /// Of the other.
    pub const GENERATOR_LOSS: Text = text("loss of the generator", "生成器的损失");
    /// Beside what can be answered.
    pub const FARTHEST: Text = text("farthest target", "最远的目标");
    /// Of a sequence.
    pub const TARGET_TOLD: Text = text("what the input says of each target column", "输入能说出各目标列的程度");
    /// What a code holds.
    pub const KL: Text =
        text("nats that the code holds (KL to the prior)", "编码所含的信息量（与先验的 KL 散度，nat）");
    /// First over last.
    pub const BACK: Text = text("first ÷ last step", "首步÷末步");
    /// Line.
    pub const TRAIN: Text = text("training", "训练");
    /// Line.
    pub const TEST: Text = text("test", "测试");
    /// Line.
    pub const TARGETS: Text = text("wanted", "目标");
    /// Line.
    pub const ANSWERS: Text = text("answered", "回答");
}
