//! What remedies do, on their buttons, why they help, and what became of them.
//!
//! Not responsible for names of failures (`super`).

use super::super::{Text, text};

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
/// Residual blocks.
pub const SHORTCUTS: Text =
    text("Shortcuts around pairs of layers (residual); start anew", "每两层加一条残差连接，重新开始");
/// Norms.
pub const NORMALISE: Text =
    text("Batch norm before every activation; start anew", "在每个激活函数前加批量规范化，重新开始");
/// Layer norm for batch norm.
pub const LAYER_NORMS: Text =
    text("Layer norm in place of batch norm; start anew", "用层规范化代替批量规范化，重新开始");
/// Another batch.
pub const BATCH: Text = text("Batches of {n} {n:example|examples}", "批量大小改为 {n}");
/// Another recurrent cell.
pub const CELL: Text = text("{cell} as recurrent layer; start anew", "循环层改为 {cell}，重新开始");
/// Inputs.
pub const STANDARDISE: Text = text("Standardise the inputs; start anew", "把输入标准化，重新开始");
/// Dropout and penalty.
pub const REGULARISE: Text =
    text("Dropout {rate} and L2 {l2}; start anew", "加入暂退率 {rate} 的暂退法和 {l2} 的 L2，重新开始");
/// Penalty alone.
pub const PENALTY: Text = text("L2 {l2}; start anew", "加入 {l2} 的 L2，重新开始");
/// Neither.
pub const UNREGULARISE: Text = text("Without dropout and penalties; start anew", "去掉暂退法和正则项，重新开始");
/// More rows.
pub const MORE_DATA: Text = text("Use {n} examples; start anew", "使用 {n} 个样本，重新开始");
/// Less noise.
pub const LESS_NOISE: Text = text("Noise {noise} in the data; start anew", "数据噪声改为 {noise}，重新开始");
/// Early stopping.
pub const GO_BACK: Text =
    text("Go back to step {step} and stop there (early stopping)", "回到第 {step} 步并停下（早停）");
/// Class weights.
pub const CLASS_WEIGHTS: Text = text("Balanced class weights", "使用均衡的类别权重");
/// More layers.
pub const ADD_LAYERS: Text = text(
    "Add hidden layers: {n} × dense {units} {activation}; start anew",
    "增加 {n} 个隐藏层（每层 {units} 个 {activation} 单元），重新开始",
);
/// Wider layers.
pub const WIDEN: Text = text("{n} times as many units; start anew", "单元数变为 {n} 倍，重新开始");
/// No penalty.
pub const NO_PENALTY: Text = text("No penalty on weights; start anew", "取消权重惩罚，重新开始");
/// Less momentum.
pub const BETA1: Text = text("Optimizer’s β₁ {beta}; start anew", "优化器的 β₁ 取 {beta}，重新开始");
/// Another loss.
pub const SQUARED_ERROR: Text = text("Mean squared error as loss; start anew", "损失改为均方误差，重新开始");
/// Other inputs.
pub const FROM_ZERO_TO_ONE: Text =
    text("Give the pixels as numbers from 0 to 1; start anew", "把像素缩放到 0 到 1，重新开始");
/// Another end.
pub const LINEAR_OUTPUT: Text =
    text("No activation behind the last layer; start anew", "去掉最后一层的激活函数，重新开始");
/// Another question.
pub const NEXT_STEP: Text = text("Ask for the next step; start anew", "改为预测下一步，重新开始");
/// No look ahead.
pub const ONE_WAY: Text = text("Let the network see earlier steps only; start anew", "让网络只看更早的步，重新开始");
/// Another game.
pub const GAN_LOSS: Text = text("Loss: {loss}; start anew", "损失改为{loss}，重新开始");
/// Another weight of the code.
pub const VAE: Text =
    text("β {beta}, {free} {free:free nat|free nats}; start anew", "β 取 {beta}、自由 nat 取 {free}，重新开始");
/// One column less.
pub const LEAVE_OUT: Text = text("Leave out column “{column}”; start anew", "去掉“{column}”列，重新开始");

/// Why a remedy helps, in a sentence; by its name.
pub fn why(remedy: &str) -> Text {
    match remedy {
        "rate-lower" => text(
            "Shorter steps stay in the valley. The present weights are far off, so training starts again from new ones.",
            "步子变小就不会越过谷底。现有权重已偏得太远，因此从新的初始权重开始训练。",
        ),
        "rate-keep" => text(
            "Shorter steps stay in the valley; what was learned before is kept.",
            "步子变小就不会越过谷底，之前学到的仍然保留。",
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
        "shortcuts" => text(
            "A shortcut adds a block's input to its output, so the gradient passes by the block unchanged (He et al. 2016).",
            "残差连接把块的输入加到输出上，梯度可以原样绕过这一块（He 等，2016）。",
        ),
        "normalise" => text(
            "Before each activation the numbers get mean 0 and deviation 1 again: they stay where its slope is large.",
            "每个激活函数之前，数值重新变为均值 0、标准差 1，始终落在斜率较大的区间。",
        ),
        "layer-norms" => text(
            "Layer norm takes mean and deviation over the units of one example, however few examples a batch has.",
            "层规范化在单个样本的各单元上计算均值和标准差，与批量大小无关。",
        ),
        "batch" => text(
            "With several examples in every batch, batch norm has something to take a mean of.",
            "每个批量都有多个样本，批量规范化才能计算均值。",
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
            "Dropout forbids relying on single units and L2 keeps weights small. Both are sized to this network: a small one cannot spare many units.",
            "暂退法使网络不能依赖个别单元，L2 使权重保持较小。强度按这个网络的大小选取：小网络经不起丢掉太多单元。",
        ),
        "penalty" => text(
            "L2 keeps weights small, so the answer cannot bend around single examples. Dropout would cost too much: the layers are narrow.",
            "L2 使权重保持较小，输出就不会为个别样本而弯曲。各层较窄，不宜使用暂退法。",
        ),
        "unregularise" => text(
            "Dropout and penalties hold a network back; this one cannot fit even the training examples.",
            "暂退法和正则项会限制网络，而这个网络连训练样本都还拟合不好。",
        ),
        "more-data" => text(
            "A few examples can be learned by heart; of many the network has to find what they have in common.",
            "样本少时可以逐个死记；样本多了，网络就必须找出它们的共性。",
        ),
        "less-noise" => text(
            "Noise cannot be predicted, only learned by heart. With less of it there is less to learn by heart.",
            "噪声无法预测，只能死记。噪声小了，需要死记的也就少了。",
        ),
        "go-back" => text(
            "There the test loss was lowest. The run rests there; play goes on from it.",
            "那时测试损失最低。训练停在那里，按播放键可从那里继续。",
        ),
        "class-weights" => text(
            "Each class then counts the same in the loss, however few examples it has.",
            "这样无论样本多少，每个类别在损失中的分量都相同。",
        ),
        "add-layers" => text(
            "Hidden layers with a bent activation let the answer bend as the data do.",
            "带非线性激活函数的隐藏层能让输出像数据那样弯曲。",
        ),
        "widen" => text(
            "Each unit adds one bend; with more of them the answer can follow the data.",
            "每个单元提供一处弯曲，单元多了，输出才能跟上数据。",
        ),
        "beta1" => text(
            "With less momentum the two networks do not chase each other in circles (Radford et al. 2016).",
            "动量小一些，两个网络就不会绕着圈互相追赶（Radford 等，2016）。",
        ),
        "squared-error" => text(
            "A squared error is lowest where the answer is the target, whatever number that is.",
            "无论目标是什么数值，平方误差都在回答等于目标时最小。",
        ),
        "linear-output" => {
            text("Without it the last layer can answer any number.", "去掉之后，最后一层可以给出任何数值。")
        }
        "least-squares" => text(
            "A squared distance still has a slope where the discriminator is sure (Mao et al. 2017).",
            "在判别器十分肯定的地方，平方距离仍然有斜率（Mao 等，2017）。",
        ),
        "wasserstein" => text(
            "The critic measures how far real and made examples are apart, which has a slope everywhere (Arjovsky et al. 2017).",
            "评判器衡量真实样本与生成样本相距多远，这个量处处有斜率（Arjovsky 等，2017）。",
        ),
        "vae" => text(
            "Describing an example then costs less than it saves in reconstruction, so the code is worth using.",
            "这样描述样本所付的代价小于它在重建上省下的损失，编码就值得使用。",
        ),
        "next-step" => text(
            "What comes next is not in the input yet, so it has to be predicted. (Of white noise nobody can: the error stays at the variance, 1.)",
            "下一步的数值还不在输入里，只能预测。（白噪声谁也预测不了：误差停在方差 1。）",
        ),
        "one-way" => text(
            "A network that reads backwards, or attends to later steps, sees the answer before it gives it.",
            "反向读取或注意到后面各步的网络，在回答之前就看到了答案。",
        ),
        "no-penalty" => text(
            "The penalty pulled the weights to zero faster than the gradient could build them up.",
            "惩罚项把权重拉向零的速度超过了梯度建立权重的速度。",
        ),
        _ => text(
            "Without it the network has to find the target from what the other columns say.",
            "去掉之后，网络必须从其他列中找出目标。",
        ),
    }
}

/// After a remedy.
pub const APPLIED: Text = text("Done: {remedy}.", "已执行：{remedy}。");
/// It is watched.
pub const WATCHED: Text = text(
    "Whether it helps shows within {n} steps; if it does not, it is taken back.",
    "{n} 步之内会看出是否有效；若无效，会自动撤销。",
);
/// It has helped.
pub const HELPED: Text = text("It has helped: {figure} {before} → {after}.", "有效：{figure} {before} → {after}。");
/// It has not.
pub const FAILED: Text = text(
    "Did not help and was taken back: {remedy}. {figure}: {before} → {after}.",
    "无效，已撤销：{remedy}。{figure}：{before} → {after}。",
);
/// It cost too much.
pub const COST: Text =
    text("The score on the test part fell from {before} to {after}.", "测试集上的得分从 {before} 降到 {after}。");
/// What is offered next.
pub const NEXT: Text = text("Next to try:", "接下来可以试试：");
/// Nothing is left.
pub const NO_MORE: Text = text(
    "Nothing else is known to help here. More or other data, or another network, may.",
    "这里没有其他已知办法。可以试试更多或其他数据，或换一个网络。",
);
/// Before a run that blew up there was no figure.
pub const BLEW_UP: Text = text("not finite", "非有限值");

/// A figure that a remedy promises to mend, by its name.
pub fn figure(name: &str) -> Text {
    match name {
        "train" => text("training loss", "训练损失"),
        "test" => text("test loss", "测试损失"),
        "energy" => text("energy distance", "能量距离"),
        "coverage" => text("real examples with a made one near", "附近有生成样本的真实样本比例"),
        "kl" => text("nats in the code", "编码所含的信息量（nat）"),
        _ => text("mean recall of the classes", "各类别平均召回率"),
    }
}
