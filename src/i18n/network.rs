//! The words of the network panel: kinds of layers, initialisers, settings, inspectors.
//!
//! Not responsible for problems (`problems.rs`); formulas are the same in every language and come from `spec`.

pub use super::layers::layer_type;
use super::{Text, text};

/// One-line explanation of an initialiser by its JSON name.
pub fn init(name: &str) -> Text {
    match name {
        "torch" => text(
            "Uniform within ±1/√inputs, biases too: PyTorch's default.",
            "在 ±1/√输入数 内均匀取值（含偏置）：PyTorch 默认。",
        ),
        "zeros" => text("All zero: every unit then learns the same.", "全为零：于是所有单元学到同样的东西。"),
        "constant" => text("All the same value.", "全取同一个值。"),
        "uniform" => text("Uniform within ± limit.", "在 ± limit 内均匀取值。"),
        "normal" => text("Normal with this standard deviation.", "以此标准差的正态分布取值。"),
        "xavier_uniform" => text(
            "Uniform within ±√(6/(in+out)): keeps signals level through tanh.",
            "在 ±√(6/(入+出)) 内均匀取值：使信号经 tanh 后大小不变。",
        ),
        "xavier_normal" => text(
            "Normal, variance 2/(in+out): keeps signals level through tanh.",
            "正态，方差 2/(入+出)：使信号经 tanh 后大小不变。",
        ),
        "he_uniform" => text(
            "Uniform within ±√(6/in): keeps signals level through ReLU.",
            "在 ±√(6/入) 内均匀取值：使信号经 ReLU 后大小不变。",
        ),
        "he_normal" => text(
            "Normal, variance 2/in: keeps signals level through ReLU.",
            "正态，方差 2/入：使信号经 ReLU 后大小不变。",
        ),
        "lecun_uniform" => text("Uniform within ±√(3/in): for SELU.", "在 ±√(3/入) 内均匀取值：适合 SELU。"),
        "lecun_normal" => text("Normal, variance 1/in: for SELU.", "正态，方差 1/入：适合 SELU。"),
        "orthogonal" => {
            text("Orthonormal rows or columns: lengths are kept exactly.", "行或列两两正交：长度保持不变。")
        }
        _ => text("", ""),
    }
}

/// What one is looking at, in two sentences.
pub const WHAT: Text = text(
    "Data flow from left to right: each column is a layer, each picture is one unit's response to the input, each line a weight: blue is positive, orange negative, and a thicker line is a larger weight. Everything moves while the network learns. Hover or tap a unit or a line to read its number; click it to keep it in view or to change it.",
    "数据从左向右流动：每列是一层，其中每个小图是一个单元对输入的反应，每条线是一个权重：蓝色为正，橙色为负，线越粗权重的绝对值越大。网络学习时一切都在变化；将指针移到（或轻触）单元或连线上可读取数值，点击可固定查看或修改。",
);
/// Parameters of a layer as arithmetic, in its settings.
pub const ARITHMETIC: Text = text("Parameters: {sum}", "参数：{sum}");
/// Number of heads.
pub const HEADS: Text = text("Heads", "头数");
/// Which places attention may see.
pub const CAUSAL: Text = text("Sees", "可见范围");
/// The task decides.
pub const CAUSAL_AUTO: Text = text("as the task says", "由任务决定");
/// Causal.
pub const CAUSAL_YES: Text = text("earlier places only", "仅之前的位置");
/// Not causal.
pub const CAUSAL_NO: Text = text("all places", "所有位置");
/// Toggle: padding gets no weight.
pub const MASK_PADDING: Text = text("Mask padding", "掩蔽填充");
/// Its explanation.
pub const MASK_PADDING_HELP: Text =
    text("Places that only fill up a row get no weight.", "仅用于补齐长度的位置不获得权重。");
/// How scores are computed.
pub const SCORES: Text = text("Scores", "打分方式");
/// A product.
pub const SCORES_DOT: Text = text("scaled dot product", "缩放点积");
/// A small network.
pub const SCORES_ADDITIVE: Text = text("additive (Bahdanau)", "加性（Bahdanau）");
/// First place of a slice.
pub const SLICE_START: Text = text("First place (from 0)", "起始位置（从 0 起）");
/// Places of a slice.
pub const SLICE_LENGTH: Text = text("Number of places", "位置数");
/// Kind of positions.
pub const POSITION_KIND: Text = text("Kind", "方式");
/// A table.
pub const POSITION_LEARNED: Text = text("learned, added", "可学，相加");
/// Waves.
pub const POSITION_SINUSOIDAL: Text = text("sines, added", "正弦，相加");
/// Angles.
pub const POSITION_ROTARY: Text = text("rotary: turns queries and keys later", "旋转：在后面的注意力中转动查询和键");
/// Hidden units of a block's perceptron.
pub const MLP_RATIO: Text = text("Hidden units ÷ units", "隐藏单元 ÷ 单元");
/// Place of the norms.
pub const NORM_PLACE: Text = text("Norms", "规范化");
/// At the start of each branch.
pub const NORM_PRE: Text = text("before each branch", "在每个分支之前");
/// After each sum.
pub const NORM_POST: Text = text("after each sum", "在每次相加之后");
/// Label of the strip.
pub const MODEL: Text = text("The layers, in data order", "各层，按数据经过的顺序");
/// Heading of the first column.
pub const INPUT: Text = text("Input", "输入");
/// Heading of the first column of a generator.
pub const NOISE: Text = text("Noise z", "噪声 z");
/// Its numbers and where they come from.
pub const NOISE_OF: Text = text("{n} {n:number|numbers} ~ N(0, 1)", "{n} 个数 ~ N(0, 1)");
/// Number of input features.
pub const FEATURES: Text = text("{n} {n:feature|features}", "{n} 个特征");
/// Shape of an input of tokens.
pub const TOKENS: Text = text("{n} {n:token|tokens}", "{n} 个词元");
/// Heading of the last column.
pub const OUTPUT: Text = text("Output", "输出");
/// A layer without parameters.
pub const NO_PARAMETERS: Text = text("nothing to learn", "无可学参数");
/// Title of the arithmetic.
pub const PARAMETERS_OF: Text = text("Parameters: inputs × units + biases", "参数：输入 × 单元 + 偏置");
/// Below capped columns.
pub const MORE: Text = text("+{n} more", "还有 {n} 个");
/// The `+` between cards.
pub const ADD_LAYER: Text = text("Add a layer here", "在此添加层");
/// Heading of the settings of a card.
pub const LAYER_OF: Text = text("layer {i} of {n}", "第 {i} 层，共 {n} 层");
/// A layer in a sentence.
pub const LAYER: Text = text("layer {i}", "第 {i} 层");
/// Opens the settings of a card.
pub const SETTINGS: Text = text("Settings of {name}", "{name}的设置");
/// Closes an inspector.
pub const CLOSE: Text = text("Close", "关闭");
/// Takes a layer away.
pub const REMOVE: Text = text("Remove this layer", "删除此层");
/// What the lock on a card does, in its two states.
pub const FREEZE: Text = text("Freeze: its weights stay as they are", "冻结：参数保持不变");
/// See [`FREEZE`].
pub const UNFREEZE: Text = text("Unfreeze: its weights learn again", "解冻：参数重新参与训练");
/// One place to the left.
pub const LEFT: Text = text("Move left", "左移");
/// One place to the right.
pub const RIGHT: Text = text("Move right", "右移");
/// The handle.
pub const DRAG: Text = text("Drag to another place", "拖到别处");
/// The handle of skip connections.
pub const SKIP_DRAG: Text = text("Drag to a later layer to draw a skip connection", "拖到后面的层以添加跳跃连接");
/// The same without a pointer.
pub const SKIP_TO: Text = text("Skip connection to", "跳跃连接到");
/// Number of units.
pub const UNITS: Text = text("Units", "单元数");
/// Activation.
pub const ACTIVATION: Text = text("Activation", "激活函数");
/// How weights start.
pub const INIT: Text = text("Initial weights", "初始权重");
/// Whether a bias is added.
pub const BIAS: Text = text("Bias", "偏置");
/// Explanation of the bias toggle.
pub const BIAS_HELP: Text = text("Adds a learnt constant to every sum.", "给每个和加上一个可学的常数。");
/// Filters of a convolution.
pub const FILTERS: Text = text("Filters", "滤波器数");
/// Kernel of a convolution.
pub const KERNEL: Text = text("Kernel", "卷积核");
/// Window of a pooling layer.
pub const WINDOW: Text = text("Window", "窗口");
/// Example beside kernels, windows and strides.
pub const PAIR_HELP: Text = text("such as 3 or 3×5 (height × width)", "例如 3 或 3×5（高 × 宽）");
/// Steps between places.
pub const STRIDE: Text = text("Stride", "步幅");
/// Steps inside the kernel.
pub const DILATION: Text = text("Dilation", "膨胀");
/// What is put around an image.
pub const PADDING: Text = text("Padding", "填充");
/// Its explanation.
pub const PADDING_HELP: Text = text("valid, same, or a number of zeros", "valid、same 或补零的圈数");
/// How many times upsampling repeats a pixel.
pub const FACTOR: Text = text("Factor", "倍数");
/// Channels to one unit in squeeze-and-excitation.
pub const REDUCTION: Text = text("Channels per inner unit", "每个内部单元对应的通道数");
/// Groups of channels.
pub const GROUPS: Text = text("Groups of channels", "通道分组数");
/// A field of instance norm.
pub const AFFINE: Text = text("Gain and shift", "缩放与平移");
/// What it is for.
pub const AFFINE_HELP: Text =
    text("Learns a factor and a constant for every channel.", "为每个通道学习一个系数和一个常数。");
/// Dropout rate.
pub const RATE: Text = text("Share set to zero", "置零比例");
/// Toggle of a recurrent layer.
pub const SEQUENCES: Text = text("All steps", "输出所有步");
/// Its explanation.
pub const SEQUENCES_HELP: Text =
    text("The state of every step goes on, not only the last.", "每一步的状态都传给下一层，而不只是最后一步。");
/// Toggle of a recurrent layer.
pub const BIDIRECTIONAL: Text = text("Both directions", "双向");
/// Its explanation.
pub const BIDIRECTIONAL_HELP: Text = text(
    "A second cell reads from the end; the states stand side by side.",
    "另一个单元从末尾读起，两者的状态并排输出。",
);
/// First bias of an LSTM's forget gate.
pub const FORGET_BIAS: Text = text("Forget bias", "遗忘门偏置");
/// Its explanation.
pub const FORGET_BIAS_HELP: Text = text("added at the start; 1 makes memories last", "初始时加上；取 1 可使记忆持久");
/// Steps between cuts of the gradient.
pub const TBPTT: Text = text("Cut the gradient every … steps", "每多少步截断梯度");
/// Its explanation.
pub const TBPTT_HELP: Text = text("0: back through all steps", "0：反向传播经过所有步");
/// Shape of a reshape.
pub const SHAPE: Text = text("New shape", "新形状");
/// What comes out of a layer.
pub const OUTPUT_SHAPE: Text = text("Output shape, for one sample", "输出形状（单个样本）");
/// Example beside the shape.
pub const SHAPE_HELP: Text = text("such as 4×4×2; {n} values in all", "例如 4×4×2；共 {n} 个值");
/// Layers inside a residual.
pub const INSIDE: Text = text("Inner layers", "内部各层");
/// The same in one line.
pub const INSIDE_TEXT: Text = text("The same as text", "以文本表示");
/// Their explanation.
pub const INSIDE_HELP: Text =
    text("Must give back the shape that came in: {shape}.", "输出形状必须与输入相同：{shape}。");
/// Optional name.
pub const NAME: Text = text("Name", "名称");
/// Its explanation.
pub const NAME_HELP: Text = text("so that later layers can read it", "供后面的层引用");
/// Where input comes from.
pub const READS: Text = text("Reads from", "读取自");
/// Second source of attention.
pub const MEMORY: Text = text("Keys and values from", "键和值来自");
/// None.
pub const MEMORY_SAME: Text = text("the same sequence", "同一序列");
/// The default source.
pub const LAYER_BEFORE: Text = text("the layer before", "前一层");
/// A source that does not exist.
pub const MISSING: Text = text("{name} (missing)", "{name}（不存在）");
/// Chooses a unit to look at.
pub const LOOK_AT: Text = text("Look at unit", "查看单元");
/// Nothing chosen.
pub const CHOOSE: Text = text("choose…", "请选择…");
/// Shape in and out.
pub const SHAPES: Text = text("{in} → {out}", "{in} → {out}");
/// A unit.
pub const UNIT: Text = text("unit {u}", "单元 {u}");
/// A unit of a layer.
pub const UNIT_OF: Text = text("unit {u} of {layer}", "{layer}的单元 {u}");
/// An input feature.
pub const FEATURE: Text = text("input {name}", "输入 {name}");
/// Range of a map.
pub const RANGE: Text = text("from {min} to {max} over the plane", "在平面上从 {min} 到 {max}");
/// Range of weights.
pub const WEIGHTS_RANGE: Text =
    text("{n} {n:incoming weight|incoming weights}, from {min} to {max}", "{n} 个输入权重，从 {min} 到 {max}");
/// Nothing to show yet.
pub const NO_PICTURE: Text =
    text("This layer's units have no picture on this data.", "在这种数据上，此层的单元没有图像。");
/// Heading of the weight table.
pub const INCOMING: Text = text("Incoming weights", "输入权重");
/// Heading of the weight table of an input.
pub const OUTGOING: Text = text("Outgoing weights", "输出权重");
/// The table is cut.
pub const STRONGEST_OF: Text = text("the {n} strongest of {all}", "共 {all} 个，显示最强的 {n} 个");
/// Heading of the edge editor.
pub const WEIGHT_FROM_TO: Text = text("Weight from {from} to {to}", "从 {from} 到 {to} 的权重");
/// The value.
pub const WEIGHT: Text = text("Weight", "权重");
/// Sets a weight to zero.
pub const CUT: Text = text("Cut (set to 0)", "切断（设为 0）");
/// Waits for the worker.
pub const WAITING: Text = text("waiting for the network's numbers …", "正在等待网络的数值……");
/// Under the strip when not every connection is drawn.
pub const EDGES_CUT: Text =
    text("The {n} strongest of {all} connections are drawn.", "共 {all} 条连接，只画出最强的 {n} 条。");
/// Label of a gap's canvas.
pub const EDGES_LABEL: Text = text(
    "{n} {n:weight|weights} into {layer}; the strongest is {w}, from {from} to {to}",
    "进入{layer}的 {n} 个权重；最强的是 {w}，从 {from} 到 {to}",
);
/// Label of a column's canvas.
pub const UNITS_LABEL: Text =
    text("{n} {n:unit|units} of {layer}, values from {min} to {max}", "{layer}的 {n} 个单元，数值从 {min} 到 {max}");
/// Label of the example.
pub const SAMPLE_LABEL: Text = text("One training example, {shape}", "一个训练样本，{shape}");
/// Explains the example picture.
pub const SAMPLE: Text = text("an example", "一个样本");
/// Legend of the colour scale.
pub const LEGEND: Text =
    text("negative — 0 — positive, each layer on its own scale", "负 — 0 — 正，每层各用自己的尺度");
/// The text form.
pub const MODEL_TEXT: Text = text("The network as text", "网络的文本形式");
/// Its explanation.
pub const MODEL_TEXT_HELP: Text = text(
    "Edit and press Enter: layers are separated by |; PyTorch or Keras code can be pasted here",
    "可直接编辑，按回车生效；各层以 | 分隔；也可粘贴 PyTorch 或 Keras 代码",
);
/// What is wrong with the draft.
pub const TEXT_WRONG: Text =
    text("“{word}” at character {column} is not understood.", "第 {column} 个字符处的“{word}”无法识别。");
/// The same at the end of the text.
pub const TEXT_ENDS: Text = text("Something is missing at character {column}.", "第 {column} 个字符处缺少内容。");
/// Allowed words.
pub const TEXT_ALLOWED: Text = text("Layers: {allowed}.", "可用的层：{allowed}。");
/// The draft is not in force.
pub const TEXT_DRAFT: Text = text("The network stays as it was.", "网络保持原样。");
/// Sum of parameters.
pub const TOTAL: Text = text("{sum} {sum:parameter|parameters}", "{sum} 个参数");
/// Toggle.
pub const KEEP: Text = text("keep weights that still fit", "保留仍然适用的权重");
/// Label of the toggle that shows the network whole.
pub const WHOLE: Text = text("whole network", "完整显示");
/// Its explanation.
pub const WHOLE_HELP: Text = text(
    "Every layer at once, as narrow as it takes; without it the network is as wide as it likes and scrolls sideways.",
    "一次显示所有层，放不下时各层变窄；取消后按原宽度显示，可左右滚动。",
);
/// Its explanation.
pub const KEEP_HELP: Text = text(
    "When the network changes, weights whose name and shape are the same stay; otherwise training starts anew.",
    "改动网络时，名称与形状不变的权重保留下来；否则从头训练。",
);
/// While another network runs than the one that is edited.
pub const RESTS: Text = text(
    "Layers without pictures belong to the edited network, which cannot train yet; the network that ran before goes on.",
    "没有图像的层属于改动后的网络，它还不能训练；之前的网络仍在运行。",
);

/// The name of a part of the network.
pub fn part(name: &str) -> Text {
    match name {
        "encoder" => text("encoder", "编码器"),
        "decoder" => text("decoder", "解码器"),
        "generator" => text("generator", "生成器"),
        "trunk" => text("trunk", "主干"),
        "digit" => text("head: digit", "数字头"),
        "parity" => text("head: parity", "奇偶头"),
        "thickness" => text("head: thickness", "粗细头"),
        "head" => text("head", "输出头"),
        _ => text("discriminator", "判别器"),
    }
}
