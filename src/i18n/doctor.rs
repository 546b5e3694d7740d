//! Words of the doctor: each failure, what shows it, what helps.
//!
//! Not responsible for names of layers (`network`) nor for what is judged (`ui::doctor`).

use super::{Text, text};

/// Heading.
pub const TITLE: Text = text("Doctor", "诊断");
/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "The doctor watches what the running network measures (loss, gradients, sizes of the steps, units at rest or at their limits) and names a failure when it has shown for a while. Each finding comes with the numbers it was judged by and a remedy that you can take back.",
    "诊断会持续观察网络运行时测得的数值（损失、梯度、更新幅度、静默或饱和的单元），某种故障持续出现一段时间后就会指出来。每项结论都附有判断所依据的数据，以及可以撤销的补救办法。",
);
/// Nothing wrong.
pub const HEALTHY: Text = text("Nothing wrong so far", "目前未见异常");
/// Too early.
pub const EARLY: Text = text("Watching the first steps …", "正在观察最初几步……");
/// One finding.
pub const ONE: Text = text("1 finding", "1 项异常");
/// Several.
pub const SOME: Text = text("{n} findings", "{n} 项异常");
/// It does not examine.
pub const RESTING: Text = text("Not examining", "已停用");
/// Button.
pub const EXAMINE: Text = text("Examine", "启用");
/// Button.
pub const REST: Text = text("Rest", "停用");
/// Title of the button that stops it.
pub const REST_HINT: Text =
    text("Stop examining: nothing more is measured for the doctor", "停止诊断，不再为其测量任何数据");
/// A layer inside a sentence.
pub const LAYER: Text = text("layer “{label}”", "“{label}”层");
/// Since when.
pub const SINCE: Text = text("since step {step}", "自第 {step} 步起");
/// After a remedy.
pub const APPLIED: Text = text("Done: {remedy}.", "已执行：{remedy}。");
/// Takes the remedy back.
pub const TAKE_BACK: Text = text("Take it back", "撤销");
/// Value and limit of evidence.
pub const JUDGED: Text = text("{value} (limit {limit})", "{value}（界限 {limit}）");
/// A point of a plot over steps.
pub const AT_STEP: Text = text("step {step}: {value}", "第 {step} 步：{value}");
/// A point of a plot over the steps of a sequence.
pub const AT_TIME_STEP: Text = text("time step {step}: {value}", "第 {step} 个时间步：{value}");
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
/// Table.
pub const PLACE: Text = text("place", "位置");
/// Until the pointer is on a plot.
pub const HOVER_HINT: Text = text("Point at the plot to read values", "将指针移到图上可读取数值");

/// A sign of life: how much of the first loss is gone.
pub const SIGN_LOSS: Text = text("loss gone", "损失已降");
/// First layer's gradient over the last one's.
pub const SIGN_FLOW: Text = text("gradient, first ÷ last layer", "首层÷末层梯度");
/// Step over weights.
pub const SIGN_UPDATE: Text = text("step ÷ weights", "更新量÷权重");
/// Units at rest.
pub const SIGN_DEAD: Text = text("ReLUs at 0", "ReLU 恒为 0");
/// Numbers in flat ends.
pub const SIGN_SATURATED: Text = text("in flat ends", "处于饱和区");

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
                "On the way back every layer makes the gradient larger, so a step throws the weights far beyond any good place.",
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
                "In {layer} most numbers lie in the flat ends of the activation function. Its slope there is almost 0, so hardly any gradient passes.",
                "{layer} 的大多数数值落在激活函数的平坦区，那里斜率接近 0，梯度几乎无法通过。",
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
                "On the way back every time step of {layer} makes the gradient larger: the first steps of a sequence drown out all others, and the weights are thrown about.",
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
        _ => (
            text("Over-fitting", "过拟合"),
            text(
                "The network learns the training examples by heart: the loss on them still falls while the loss on the test part rises.",
                "网络在死记训练样本：训练损失还在下降，测试损失却在上升。",
            ),
        ),
    }
}

/// Where every target is the same, in place of the general sentence.
pub const ALL_TARGETS_SAME: Text = text(
    "Every example has the same target, so the network only has to learn that one answer: a loss near 0 says nothing here.",
    "所有样本的目标都相同，网络只需记住这一个答案，此时损失接近 0 并不说明什么。",
);

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
    pub const SATURATED: Text = text("numbers in the flat ends", "处于平坦区的数值");
    /// Update of the layer that moves most.
    pub const LARGEST_UPDATE: Text = text("largest step of a layer ÷ its weights", "单层最大更新量÷权重");
    /// Update of all.
    pub const UPDATE: Text = text("step ÷ weights", "更新量÷权重");
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

/// What remedies do, on their buttons.
pub mod remedy {
    use super::{Text, text};

    /// On the same network.
    pub const RATE: Text = text("Learning rate {lr}", "学习率改为 {lr}");
    /// From the start.
    pub const RATE_ANEW: Text = text("Learning rate {lr}; start anew", "学习率改为 {lr}，重新开始");
    /// Clipping.
    pub const CLIP: Text = text("Clip gradients to norm {norm}; start anew", "把梯度裁剪到范数 {norm}，重新开始");
    /// First weights.
    pub const WEIGHTS: Text = text("First weights {init}; start anew", "权重初始化改为 {init}，重新开始");
    /// First weights and activation.
    pub const WEIGHTS_ACTIVATION: Text = text(
        "Activation {activation}, first weights {init}; start anew",
        "激活函数改为 {activation}、初始化改为 {init}，重新开始",
    );
    /// Another recurrent cell.
    pub const CELL: Text = text("{cell} as recurrent layer; start anew", "循环层改为 {cell}，重新开始");
    /// Inputs.
    pub const STANDARDISE: Text = text("Standardise the inputs; start anew", "把输入标准化，重新开始");
    /// Dropout and penalty.
    pub const REGULARISE: Text =
        text("Dropout {rate} and L2 {l2}; start anew", "加入 {rate} 的丢弃和 {l2} 的 L2，重新开始");
    /// Penalty alone.
    pub const PENALTY: Text = text("L2 {l2}; start anew", "加入 {l2} 的 L2，重新开始");
    /// All rows of a set.
    pub const MORE_DATA: Text = text("Use all {n} examples; start anew", "使用全部 {n} 个样本，重新开始");
    /// No penalty.
    pub const NO_PENALTY: Text = text("No penalty on weights; start anew", "取消权重惩罚，重新开始");
    /// One column less.
    pub const LEAVE_OUT: Text = text("Leave out column “{column}”; start anew", "去掉“{column}”列，重新开始");
    /// Other data.
    pub const OTHER_DATA: Text = text("Use the spiral data", "改用螺旋数据");
}

/// Why a remedy helps, in a sentence; by its name.
pub fn why(remedy: &str) -> Text {
    match remedy {
        "rate-lower" => text(
            "Shorter steps stay in the valley. The weights are beyond help by now, so the network starts anew.",
            "步子变小就不会越过谷底。目前的权重已难以挽回，因此网络从头开始。",
        ),
        "rate-higher" => {
            text("Longer steps from where it stands; nothing is lost.", "从当前状态继续，步子变大，已学到的不会丢失。")
        }
        "clip" => text(
            "A gradient longer than this is shortened to it; its direction stays.",
            "超过该长度的梯度会被缩短，方向不变。",
        ),
        "weights" => text(
            "First weights of the right size keep signals and gradients alike from layer to layer.",
            "大小合适的初始权重能让信号和梯度在各层之间保持稳定。",
        ),
        "activation" => text(
            "Leaky ReLU has a slope everywhere, and first weights of the right size keep signals alike from layer to layer.",
            "Leaky ReLU 处处有斜率，大小合适的初始权重能让信号在各层之间保持稳定。",
        ),
        "cell" => text(
            "A gate can let the state pass unchanged from step to step, and with it the gradient.",
            "门可以让状态原样传到下一步，梯度也随之传回。",
        ),
        "standardise" => text(
            "Inputs of mean 0 and deviation 1 meet the steep middle of the activation function.",
            "均值为 0、标准差为 1 的输入正好落在激活函数最陡的中段。",
        ),
        "regularise" => text(
            "Dropout forbids relying on single units and L2 keeps weights small: the network has to find what is general. More data helps more.",
            "丢弃使网络不能依赖个别单元，L2 使权重保持较小，网络必须学到共性。若能增加数据，效果更好。",
        ),
        "more-data" => text(
            "A few examples can be learned by heart; of many the network has to find what they have in common.",
            "样本少时可以逐个死记；样本多了，网络就必须找出它们的共性。",
        ),
        "no-penalty" => text(
            "The penalty pulled the weights to zero faster than the gradient could build them up.",
            "惩罚项把权重拉向零的速度超过了梯度建立权重的速度。",
        ),
        "leave-out" => text(
            "Without it the network has to find the target from what the other columns say.",
            "去掉之后，网络必须从其他列中找出目标。",
        ),
        _ => text(
            "Data with two classes give the network something to tell apart.",
            "包含两个类别的数据才有东西可以区分。",
        ),
    }
}
