//! Words of the gradient laboratory.
//!
//! Not responsible for layers, initialisers and optimizers (`network.rs`, `setup.rs`) nor for data sets (`sets.rs`).

use super::{Text, text};

/// Title of the page, and of the link to it.
pub const TITLE: Text = text("Gradient laboratory", "梯度实验室");
/// The short link in the header.
pub const NAV: Text = text("Gradient lab", "梯度实验室");
/// What the link leads to.
pub const NAV_HELP: Text = text(
    "Two deep networks side by side: where gradients vanish, explode or pass",
    "并排比较两个深层网络：梯度在哪里消失、爆炸或顺利通过",
);
/// The link back.
pub const NAV_PLAY: Text = text("Playground", "实验台");
/// What it leads to.
pub const NAV_PLAY_HELP: Text = text("Back to the playground, as you left it", "回到实验台，保持离开时的样子");
/// Below the title.
pub const LEAD: Text = text(
    "How does a signal survive fifty layers? Both networks start from the same seed, see the same batches and are always shown at the same step; only what you change between A and B differs.",
    "信号怎样穿过五十层还不走样？两个网络用同一个随机种子、看同样的批次、总是停在同一步；唯一的差别是你在 A 与 B 之间改动的设置。",
);
/// Name of the row of stories.
pub const STORIES: Text = text("Ready comparisons", "现成的对比");
/// A story's name and what is to be seen, by its test id.
pub fn story(name: &str) -> (Text, Text) {
    match name {
        "vanish" => (
            text("50 sigmoid layers vanish", "50 层 sigmoid：梯度消失"),
            text(
                "A has 50 sigmoid layers, B has 3. In A the gradient loses most of its size at every layer; nothing reaches the first ones, and the loss does not move.",
                "A 有 50 层 sigmoid，B 只有 3 层。A 的梯度每过一层都大幅缩小，传不到前面的层，损失纹丝不动。",
            ),
        ),
        "explode" => (
            text("tanh with gain 2 explodes", "增益 2 的 tanh：梯度爆炸"),
            text(
                "A starts with weights twice as large as B's. Its tanh units saturate and its gradient grows towards the input; B, at the critical gain 1, learns at once.",
                "A 的初始权重是 B 的两倍：tanh 饱和，梯度向输入方向越来越大；B 处在临界增益 1，很快学会。",
            ),
        ),
        "rescue" => (
            text("Skip and norm rescue 50 layers", "残差加规范化：救活 50 层"),
            text(
                "Both have 50 ReLU layers from the same small weights. A is a plain chain and stays where it is; B adds each layer to its input and normalises it, and learns.",
                "两者都是 50 层 ReLU，初始权重同样偏小。A 是普通链式结构，原地不动；B 有残差连接和层规范化，能够学习。",
            ),
        ),
        _ => (text("", ""), text("", "")),
    }
}
/// Parts of the address that were not understood.
pub const REFUSED: Text = text(
    "The link holds something that makes no sense here, and the default stands in: {what}",
    "链接中有无法识别的内容，已改用默认值：{what}",
);
/// Name of the bar.
pub const BAR: Text = text("Training of both networks", "两个网络的训练");
/// Speed.
pub const SPEED: Text = text("Speed", "速度");
/// Its explanation.
pub const SPEED_HELP: Text = text(
    "Steps a second. Both take the same steps: the faster network waits for the slower",
    "每秒步数。两边步调一致：快的网络等待慢的",
);
/// Data set.
pub const SET: Text = text("Data", "数据");
/// Its explanation.
pub const SET_HELP: Text = text("What both networks learn to classify.", "两个网络要学会分类的数据。");
/// Title of a side.
pub const SIDE: Text = text("Network {name}", "网络 {name}");
/// Takes the other side's settings.
pub const COPY: Text = text("Copy settings of {other}", "复制 {other} 的设置");
/// What that does.
pub const COPY_HELP: Text = text(
    "Takes over every setting of the other network; both start anew. Grey while the two are alike.",
    "采用另一个网络的全部设置，两个网络都重新开始。设置相同时不可用。",
);
/// Depth.
pub const DEPTH: Text = text("Depth", "深度");
/// Its explanation.
pub const DEPTH_HELP: Text = text(
    "Hidden layers between input and output, each x_l = φ(W_l x_(l−1) + b_l). Both networks start anew.",
    "输入与输出之间的隐藏层数，每层 x_l = φ(W_l x_(l−1) + b_l)。改动后两个网络都重新开始。",
);
/// Width.
pub const WIDTH: Text = text("Width", "宽度");
/// Its explanation.
pub const WIDTH_HELP: Text = text(
    "Units of every hidden layer. Mean-field theory is exact where it is large.",
    "每个隐藏层的单元数。越宽，平均场理论越准确。",
);
/// Gain of the initialiser.
pub const GAIN: Text = text("Gain", "增益");
/// Its explanation.
pub const GAIN_HELP: Text = text(
    "Factor on the spread of the first weights: σ_w grows with it, and χ = σ_w² E[φ′²] with its square.",
    "初始权重离散程度的倍数：σ_w 与之成正比，χ = σ_w² E[φ′²] 与其平方成正比。",
);
/// Normalisation.
pub const NORM: Text = text("Normalisation", "规范化");
/// Its explanation.
pub const NORM_HELP: Text = text(
    "Before every hidden layer but the first: x ← (x − μ) / σ, over the batch or over the layer's units.",
    "除第一层外，每个隐藏层之前：x ← (x − μ) / σ，按批次或按该层单元计算。",
);
/// The kinds of normalisation, by name.
pub fn norm(name: &str) -> Text {
    match name {
        "batch" => text("batch norm", "批量规范化"),
        "layer" => text("layer norm", "层规范化"),
        _ => text("none", "无"),
    }
}
/// Skip connections.
pub const SKIP: Text = text("Skip connections", "残差连接");
/// Their explanation.
pub const SKIP_HELP: Text = text(
    "x ← x + f(x) instead of x ← f(x), in every hidden layer but the first: the gradient has a way round.",
    "除第一层外，用 x ← x + f(x) 代替 x ← f(x)：梯度有了旁路。",
);
/// Clipping.
pub const CLIP: Text = text("Clip gradients", "梯度裁剪");
/// Learning rate.
pub const LR: Text = text("Learning rate", "学习率");
/// Its explanation.
pub const LR_HELP: Text = text(
    "η, the length of a step: θ ← θ − η · (what the optimizer makes of the gradient). Changes in the run.",
    "η，每步的长度：θ ← θ − η ·（优化器由梯度算出的方向）。训练中立即生效。",
);
/// Learning rate's and clipping's threshold, and other figures of a side.
pub const STEP: Text = text("step", "步");
/// Training loss.
pub const LOSS: Text = text("training loss", "训练损失");
/// Accuracy on the test part.
pub const ACCURACY: Text = text("test accuracy", "测试准确率");
/// Parameters.
pub const PARAMS: Text = text("parameters", "参数");
/// A side is getting ready.
pub const LOADING: Text = text("Building the network …", "正在构建网络……");
/// Files are fetched.
pub const FETCHING: Text = text("Fetching data: {got} of {all} KB", "正在获取数据：{got} / {all} KB");
/// Numbers left the finite range.
pub const DIVERGED: Text = text(
    "At step {step}, {value} left the range of finite numbers; the network is back at step {back}. Lower the gain or the learning rate, or clip the gradient.",
    "第 {step} 步时 {value} 超出有限数的范围，网络已退回第 {back} 步。可减小增益或学习率，或裁剪梯度。",
);
/// Behind it, while the other network trains.
pub const ALONE: Text = text(" {name} goes on alone.", "{name} 独自继续。");
/// Time of a step.
pub const STEP_MS: Text = text("ms per step", "毫秒/步");
/// What one is looking at.
pub const SIDE_WHAT: Text = text(
    "One network and how it fares: the data pass through its hidden layers, x_l = φ(W_l x_(l−1) + b_l), all of one width, and a last linear layer. Change one thing here and leave it in the other network: whatever differs from then on is its doing.",
    "一个网络及其状况：数据依次穿过宽度相同的隐藏层 x_l = φ(W_l x_(l−1) + b_l)，最后是线性输出层。只在这里改动一项，另一个网络保持不变：此后的差别都由它引起。",
);
/// Title of the profile.
pub const PROFILE: Text = text("Layer by layer, now", "逐层：当前");
/// What one is looking at.
pub const PROFILE_WHAT: Text = text(
    "Each point is a layer, input at the left, on a log scale: how large its outputs are, how large the gradient that reaches them, and how far a step moves its weights. The dashed lines are mean-field theory for the first weights: a gradient's mean square changes by χ = σ_w² E[φ′²] per layer (Poole 2016, Schoenholz 2017), level with the measurement at the last hidden layer. Layer norm divides χ by the variance of its input, a skip connection adds 1.",
    "每个点是一层，左端靠近输入，纵轴为对数：该层输出有多大、到达它的梯度有多大、一步更新使权重移动多少。虚线是平均场理论对初始权重的预测：梯度的均方每过一层乘以 χ = σ_w² E[φ′²]（Poole 2016；Schoenholz 2017），在最后一个隐藏层与测量值对齐。层规范化使 χ 除以其输入的方差，残差连接使 χ 加 1。",
);
/// Axis.
pub const LAYER: Text =
    text("layer (1 is next to the input; the last is the output)", "层（1 靠近输入，最后为输出层）");
/// Axis.
pub const SIZE: Text = text("size (log)", "大小（对数）");
/// Column.
pub const LAYER_SHORT: Text = text("layer", "层");
/// The output layer.
pub const OUTPUT: Text = text("output", "输出");
/// Root mean square of an output's gradient.
pub const D_ACTIVATION: Text = text("gradient at outputs, RMS", "输出处的梯度（均方根）");
/// L2 norm of the parameters' gradient.
pub const D_PARAMS: Text = text("gradient of weights ‖∂L/∂θ‖", "参数梯度 ‖∂L/∂θ‖");
/// Root mean square of outputs.
pub const ACTIVATION: Text = text("outputs, RMS", "输出（均方根）");
/// Update ratio.
pub const UPDATE: Text = text("update ‖Δθ‖/‖θ‖", "更新幅度 ‖Δθ‖/‖θ‖");
/// Theory.
pub const THEORY: Text = text("theory", "理论");
/// Column of theory for a gradient.
pub const THEORY_D: Text = text("gradient, theory", "梯度，理论");
/// Column of theory for outputs.
pub const THEORY_A: Text = text("outputs, theory", "输出，理论");
/// The factor per layer.
pub const DECAY: Text = text(
    "Theory at the first weights, for one layer back (the middle one): gradient × √χ\u{a0}=\u{a0}{factor}, χ\u{a0}=\u{a0}{chi}",
    "初始权重下的理论：反向每过一层（取中间层）梯度 × √χ\u{a0}=\u{a0}{factor}，χ\u{a0}=\u{a0}{chi}",
);
/// Thin lines.
pub const AT_FIRST: Text = text("at step 1, where theory holds", "第 1 步（理论适用处）");
/// Behind it, for orthogonal matrices.
pub const LEADING: Text = text(" (for orthogonal matrices to leading order)", "（对正交矩阵为首阶近似）");
/// No theory.
pub const NO_BATCH_NORM: Text = text(
    "No prediction: this theory follows one sample at a time, and batch norm makes the samples of a batch depend on each other.",
    "没有预测：该理论逐个样本推算，而批量规范化使同一批样本相互依赖。",
);
/// No theory.
pub const NOT_RANDOM: Text =
    text("No prediction: these first weights are not drawn at random.", "没有预测：这种初始权重不是随机抽取的。");
/// No theory.
pub const OUT_OF_RANGE: Text =
    text("No prediction: the numbers leave any computer's range.", "没有预测：数值超出计算机可表示的范围。");
/// Until something is measured.
pub const NOT_YET: Text = text("Waiting for the first step …", "正在等待第一步……");
/// Nothing to show because of a trouble above.
pub const NOTHING: Text = text("This network does not run; the reason is said above.", "此网络没有运行，原因见上方。");
/// A read-out.
pub const READ: Text = text("layer {layer}: {values}", "第 {layer} 层：{values}");
/// Until the pointer is on it.
pub const HOVER: Text =
    text("Hover or tap the plot to read a layer; click to pin it", "将指针移到图上或轻触可读取某一层，点击可固定");
/// For readers.
pub const PROFILE_LABEL: Text = text(
    "Network {name}: gradients, outputs and updates of {n} {n:layer|layers} at step {step}. The table after the picture holds all values.",
    "网络 {name}：第 {step} 步时 {n} 层的梯度、输出和更新幅度。图后的表格列出全部数值。",
);
/// Title of the heat-maps.
pub const HEAT: Text = text("Layer by layer, over time", "逐层：随时间");
/// What one is looking at.
pub const HEAT_WHAT: Text = text(
    "Each row is a layer, input at the top, each column a moment; both networks share one log colour scale. Rows that fade out show where the signal dies, and when training brings it back.",
    "每行是一层，输入在上；每列是一个时刻；两个网络共用一个对数色标。变淡的行说明信号在那里消失，也能看出训练何时把它找回来。",
);
/// Title of the loss curves.
pub const CURVES: Text = text("Loss of both", "两者的损失");
/// What one is looking at.
pub const CURVES_WHAT: Text = text(
    "Mean training loss of both networks over the steps, on a log scale: A solid, B dashed. The thin line is what guessing without looking at the input would cost.",
    "两个网络的平均训练损失随步数的变化，对数纵轴：A 为实线，B 为虚线。细线是不看输入、全凭猜测的损失。",
);
/// The thin line.
pub const GUESSING: Text = text("guessing", "猜测");
/// For readers.
pub const CURVES_LABEL: Text = text("Training loss: A {a}, B {b}.", "训练损失：A {a}，B {b}。");
/// Title.
pub const UNITS: Text = text("Dead and saturated units", "死亡与饱和的单元");
/// What one is looking at.
pub const UNITS_WHAT: Text = text(
    "Dead: the share of a layer's units that gave 0 on every sample of the latest batch; no gradient passes through them. Saturated: the share of outputs where tanh or sigmoid is almost flat, so that its slope is close to 0.",
    "死亡：该层中对最近一批所有样本都输出 0 的单元比例，梯度无法从中通过。饱和：落在 tanh 或 sigmoid 饱和区的输出比例，那里的斜率接近 0。",
);
/// Dead.
pub const DEAD: Text = text("dead", "死亡");
/// Saturated.
pub const SATURATED: Text = text("saturated", "饱和");
/// The activation function has no flat ends.
pub const NO_ENDS: Text = text("saturated: this activation does not saturate", "饱和：该激活函数没有饱和区");
/// Axis.
pub const SHARE: Text = text("share", "比例");
/// For readers.
pub const UNITS_LABEL: Text = text(
    "Network {name}: dead {dead}, saturated {saturated}, means over layers.",
    "网络 {name}：各层平均死亡 {dead}，饱和 {saturated}。",
);
/// A layer's shares.
pub const UNITS_READ: Text =
    text("layer {layer}: dead {dead}, saturated {saturated}", "第 {layer} 层：死亡 {dead}，饱和 {saturated}");
/// Title.
pub const RIDGES: Text = text("Distributions", "分布");
/// What one is looking at.
pub const RIDGES_WHAT: Text = text(
    "Histograms over the latest batch of some layers, input at the top, each as high as its own fullest bin. Activations share one axis; gradients are drawn in units of their own standard deviation, which stands at the right.",
    "若干层在最近一批上的直方图，输入在上，各自按最高的柱归一。激活值共用一条横轴；梯度以各自的标准差为单位，标准差写在右侧。",
);
/// Activations.
pub const RIDGES_A: Text = text("activations", "激活值");
/// Gradients.
pub const RIDGES_G: Text = text("gradients", "梯度");
/// What is shown.
pub const SHOW: Text = text("Show", "显示");
/// Axis of gradients.
pub const IN_STD: Text = text("in standard deviations", "以标准差为单位");
/// For readers.
pub const RIDGES_LABEL: Text = text("Network {name}, {what}: {values}", "网络 {name}，{what}：{values}");
/// One of the values.
pub const RIDGE_VALUE: Text = text("layer {layer}: mean {mean}, std {std}", "第 {layer} 层：均值 {mean}，标准差 {std}");
/// Behind it, for the layer that is read.
pub const RIDGE_RANGE: Text = text(", from {low} to {high}", "，从 {low} 到 {high}");
/// Title.
pub const SWEEP: Text = text("Which networks can be trained? Depth × gain", "哪些网络能训练？深度 × 增益");
/// What one is looking at.
pub const SWEEP_WHAT: Text = text(
    "Each cell is network A at another depth and gain, trained for a few steps from the same seed in a worker of its own; the colour is its test loss as a share of what it would be without learning. A dot marks networks that got below one half; the dashed line is the gain at which theory sees gradients neither vanish nor explode (χ = 1).",
    "每格是网络 A 换一个深度和增益，用同一种子在独立的工作线程里训练几步；颜色是测试损失与不学习时之比。圆点标出低于一半的网络；虚线是理论上梯度既不消失也不爆炸的增益（χ = 1）。",
);
/// Begins.
pub const SWEEP_START: Text = text("Sweep", "开始扫描");
/// What it does.
pub const SWEEP_START_HELP: Text = text(
    "Trains {n} {n:network|networks} one after the other; A and B go on meanwhile",
    "依次训练 {n} 个网络；A 与 B 的训练不受影响",
);
/// Ends.
pub const SWEEP_CANCEL: Text = text("Stop", "停止");
/// Steps.
pub const SWEEP_STEPS: Text = text("Steps each", "每个训练步数");
/// Axes.
pub const DEPTH_AXIS: Text = text("hidden layers", "隐藏层数");
/// Axes.
pub const GAIN_AXIS: Text = text("gain of {init}", "{init} 的增益");
/// Progress.
pub const PROGRESS: Text = text("{done} of {all} {all:network|networks}", "{done} / {all} 个网络");
/// Before the first sweep.
pub const SWEEP_EMPTY: Text = text(
    "Press Sweep: network A is trained at {n} combinations of depth and gain, and the map fills while you watch.",
    "点“开始扫描”：网络 A 会在 {n} 种深度与增益的组合下训练，地图边算边填。",
);
/// A cell.
pub const CELL: Text = text("{depth} {depth:layer|layers}, gain {gain}: {what}", "{depth} 层，增益 {gain}：{what}");
/// Trained.
pub const CELL_DONE: Text =
    text("loss {before} → {after} ({share} of no learning)", "损失 {before} → {after}（不学习时的 {share}）");
/// Not trained yet.
pub const CELL_WAITING: Text = text("not yet", "尚未计算");
/// Under way.
pub const CELL_RUNNING: Text = text("training now", "正在训练");
/// Left the finite range.
pub const CELL_DIVERGED: Text = text("its numbers left the finite range", "数值超出有限范围");
/// Refused.
pub const CELL_REFUSED: Text = text("cannot be trained here", "无法在此训练");
/// What a click does.
pub const CELL_PICK: Text = text(
    "Hover or tap a cell to read it; click it to pin it and load it into A",
    "将指针移到格子上或轻触可读数值，点击可固定并载入网络 A",
);
/// What the sweep went over.
pub const SWEEP_OF: Text = text(
    "{act}, width {width}, {set}, {steps} {steps:step|steps} each. Theory: χ = 1 at gain {gain}.",
    "{act}，宽度 {width}，{set}，每个 {steps} 步。理论：增益 {gain} 处 χ = 1。",
);
/// Without a line.
pub const SWEEP_OF_PLAIN: Text = text(
    "{act}, width {width}, {set}, {steps} {steps:step|steps} each. No critical gain to draw.",
    "{act}，宽度 {width}，{set}，每个 {steps} 步。没有可画的临界增益。",
);
/// Legend.
pub const SWEEP_SCALE: Text = text("test loss ÷ loss without learning", "测试损失 ÷ 不学习时的损失");
/// Legend.
pub const SWEEP_LEARNT: Text = text("below ½", "低于 ½");
