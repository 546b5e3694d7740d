//! Names and one-line explanations of the kinds of layers.
//!
//! Not responsible for their settings (`network.rs`).

use super::{Text, text};

/// Name and one-line explanation of a layer type by its JSON name.
pub fn layer_type(type_name: &str) -> (Text, Text) {
    match type_name {
        "dense" => (
            text("Dense", "全连接"),
            text(
                "Every unit adds up all inputs, each times its own weight, and applies the activation function to the sum.",
                "每个单元对所有输入加权求和，再经过激活函数。",
            ),
        ),
        "activation" => (
            text("Activation", "激活"),
            text(
                "Applies a function to every value by itself; it has no parameters.",
                "对每个值单独做非线性变换，没有可学参数。",
            ),
        ),
        "conv2d" => (
            text("Convolution", "卷积"),
            text(
                "Slides small filters over the image; each gives one channel that shows where it fits: the sum over window and channels of weight × value, plus a bias (a cross-correlation).",
                "用小滤波器在图像上滑动；每个滤波器得到一个通道，显示它在哪里吻合：对窗口和各通道求“权重×数值”之和，再加偏置（互相关）。",
            ),
        ),
        "max_pool2d" => (
            text("Max pooling", "最大汇聚"),
            text(
                "Keeps the greatest value of every window (one every stride), so that the image shrinks and small shifts matter less.",
                "按步幅移动窗口，每个窗口只留最大值（也称最大池化）：图像变小，小的平移影响减弱。",
            ),
        ),
        "avg_pool2d" => (
            text("Average pooling", "平均汇聚"),
            text(
                "Keeps the mean of every window, so that the image shrinks.",
                "每个窗口取平均值（也称平均池化），图像变小。",
            ),
        ),
        "conv_transpose2d" => (
            text("Transposed convolution", "转置卷积"),
            text(
                "Every pixel spreads its filters over the image: a convolution backwards, which makes images larger.",
                "每个像素把滤波器铺到图像上：反方向的卷积，使图像变大。",
            ),
        ),
        "upsample2d" => (
            text("Upsampling", "上采样"),
            text("Repeats every pixel, so that the image grows.", "重复每个像素，使图像变大。"),
        ),
        "squeeze_excite" => (
            text("Squeeze and excite", "压缩与激励"),
            text(
                "Looks at the means of all channels and turns each channel up or down.",
                "根据各通道的平均值，把每个通道调强或调弱。",
            ),
        ),
        "conv1d" => (
            text("Convolution over time", "一维卷积"),
            text(
                "Slides small filters along a series; each gives one feature that shows when it fits.",
                "用小滤波器沿序列滑动；每个滤波器得到一个特征，显示它何时吻合。",
            ),
        ),
        "max_pool1d" => (
            text("Max pooling over time", "一维最大汇聚"),
            text("Keeps the greatest value of every stretch of the series.", "序列的每一段只留最大值（也称池化）。"),
        ),
        "global_avg_pool1d" => (
            text("Average over time", "时间平均"),
            text("The mean of every feature over the whole series.", "每个特征在整个序列上的平均值。"),
        ),
        "dropout2d" => (
            text("Channel dropout", "通道暂退"),
            text("While training, sets a random share of whole channels to zero.", "训练时随机把一部分通道整个置零。"),
        ),
        "rms_norm" => (
            text("RMS norm", "均方根规范化"),
            text(
                "Divides every example's features by the root of their mean square and scales them; the mean stays.",
                "把每个样本的特征除以其均方根，再缩放；不减去均值。",
            ),
        ),
        "instance_norm" => (
            text("Instance norm", "实例规范化"),
            text(
                "Gives every channel of every image or series mean 0 and spread 1 over its own positions.",
                "对每张图像（或每个序列）的每个通道，在其所有位置上规范化为均值 0、标准差 1。",
            ),
        ),
        "group_norm" => (
            text("Group norm", "组规范化"),
            text(
                "Centres and scales groups of channels of each sample, whatever the batch.",
                "对每个样本的各组通道居中并缩放，与批无关。",
            ),
        ),
        "global_avg_pool2d" => (
            text("Global average", "全局平均汇聚"),
            text(
                "The mean of every channel over the whole image.",
                "每个通道在整幅图像上的平均值（也称全局平均池化）。",
            ),
        ),
        "dropout" => (
            text("Dropout", "暂退"),
            text(
                "While training, sets a random share of values to zero, so that no unit relies on one other.",
                "训练时随机把一部分值置零，使单元之间不过分依赖。",
            ),
        ),
        "batch_norm" => (
            text("Batch norm", "批量规范化"),
            text(
                "Centres and scales every feature over the batch, then lets the network scale it back.",
                "在一批样本上把每个特征居中并缩放，再由网络学习还原的尺度。",
            ),
        ),
        "layer_norm" => (
            text("Layer norm", "层规范化"),
            text("Centres and scales the features of each sample by themselves.", "对每个样本自身的各特征居中并缩放。"),
        ),
        "rnn" => (
            text("RNN", "循环层"),
            text(
                "Reads a sequence step by step; its state is computed from the step's input and the state before.",
                "逐步读取序列；每一步的状态由该步的输入和上一步的状态算出。",
            ),
        ),
        "lstm" => (
            text("LSTM", "LSTM"),
            text(
                "Reads a sequence step by step into a cell state; gates decide what is forgotten, written and output.",
                "逐步读取序列并写入记忆元；由门决定遗忘、写入和输出什么。",
            ),
        ),
        "gru" => (
            text("GRU", "GRU"),
            text(
                "Reads a sequence step by step; gates decide how much of the state is kept and how much is new.",
                "逐步读取序列；由门决定状态保留多少、更新多少。",
            ),
        ),
        "residual" => (
            text("Residual", "残差"),
            text(
                "Adds what its inner layers say to what came in: x + f(x). Signals and gradients pass by unharmed.",
                "把内部各层的输出加到输入上：x + f(x)，信号和梯度可以直接通过。",
            ),
        ),
        "flatten" => (
            text("Flatten", "展平"),
            text("Lays all values of a sample out in one row.", "把一个样本的所有值排成一行。"),
        ),
        "reshape" => (text("Reshape", "变形"), text("The same values in another shape.", "同样的值，换一种形状。")),
        "add" => (
            text("Add", "相加"),
            text("Sums the outputs of several earlier layers of one shape.", "把前面几个形状相同的层的输出相加。"),
        ),
        "concat" => (
            text("Concat", "拼接"),
            text("Puts the outputs of several earlier layers side by side.", "把前面几个层的输出并排接在一起。"),
        ),
        "slice" => {
            (text("Slice", "截取"), text("Keeps some neighbouring places of a sequence.", "只取序列中相邻的一段位置。"))
        }
        "embedding" => (
            text("Embedding", "嵌入"),
            text("Looks up a learned list of numbers for every token.", "为每个词元查出一行可学的数。"),
        ),
        "positional" => (
            text("Position", "位置"),
            text(
                "Tells the places of a sequence apart; attention alone would not know their order.",
                "区分序列中的位置；注意力本身不知道先后顺序。",
            ),
        ),
        "attention" => (
            text("Attention", "注意力"),
            text(
                "Every position compares its query with the keys of all positions, and takes the mean of their values, weighted by how well the keys match.",
                "每个位置用查询与各位置的键比较，并按匹配程度对它们的值加权平均。",
            ),
        ),
        "transformer_block" => (
            text("Transformer block", "Transformer 块"),
            text(
                "Attention, then a small dense network at every place; each is added to what came in.",
                "先做注意力，再在每个位置上过一个小的全连接网络；两者都加到输入上。",
            ),
        ),
        _ => (text("Layer", "层"), text("", "")),
    }
}
