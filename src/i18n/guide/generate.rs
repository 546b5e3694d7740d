//! The sentences of the ready experiments that represent and make, and of the last series.

use super::ready::{ReadyText, say};

/// All of them.
pub const GENERATE_TEXTS: &[(&str, ReadyText)] = &[
    (
        "weather_transformer",
        say(
            "A transformer looks back over the past hours to predict the weather.",
            "Transformer 回看过去的数小时来预测天气。",
            "Attention shows which of the past hours count.",
            "注意力显示过去哪些时刻重要。",
        ),
    ),
    (
        "several_digits",
        say(
            "One trunk reads a digit; heads say which, whether it is odd, and how thick.",
            "一个主干读入手写数字，三个输出头分别判断它是几、是奇是偶、笔画有多粗。",
            "Cosines under Output: digit and parity pull one way, thickness its own.",
            "看“输出”里的余弦：数字与奇偶把主干拉向相近的方向，粗细则自成一路。",
        ),
    ),
    (
        "rotation_digits",
        say(
            "Every digit is turned by a drawn quarter; the network says by how much, and no label is used.",
            "每个数字随机转四分之几圈，网络判断转了多少，不用任何标签。",
            "Under Output, turns are soon told; the linear probe on 100 labels hardly rises: digits need not be known for it.",
            "在“输出”中看：旋转角度很快学会，100 个标签的线性探测却几乎不升，因为判断旋转不必认识数字。",
        ),
    ),
    (
        "contrastive_digits",
        say(
            "Two views of each digit, moved, turned and cut, are to find each other among all views of the batch.",
            "每个数字的两个视图（平移、旋转、遮挡）要在整批视图中找到彼此。",
            "Under Output, watch the linear probe on 100 labels pass training from scratch on the same 100.",
            "在“输出”中看：100 个标签的线性探测超过用同样 100 个标签从头训练。",
        ),
    ),
    (
        "masked_digits",
        say(
            "Squares hide half of each digit; the network says what stood there.",
            "每个数字被方块遮住一半，网络还原被遮住的部分，不用任何标签。",
            "Open the linear probe under Output: what is the code worth?",
            "在“输出”中打开线性探测：看这个编码配上 100 个标签有多大用处。",
        ),
    ),
    (
        "autoencoder_digits",
        say(
            "A digit of 784 numbers becomes a code of two, and a digit again.",
            "784 个数的手写数字先变成两个数的编码，再变回数字。",
            "First every row comes back as the mean digit; then ones, zeros and sevens part.",
            "起初每个样本都还原成平均的数字；随后 1、0、7 先分开。",
        ),
    ),
    (
        "denoising_clothes",
        say(
            "Noise is laid over pictures of clothes; the network is asked for the clean ones.",
            "在服装图片上叠加噪声，要求网络还原干净的图片。",
            "Compare the middle picture with the right one: what the noise hid is guessed from what is usual.",
            "比较中间与右边的图：被噪声盖住的部分，由常见的样子推测出来。",
        ),
    ),
    (
        "vae_digits",
        say(
            "The code of a digit is a small cloud around a place, and all clouds together fill one round cloud.",
            "每个数字的编码是围绕某处的一小团，所有小团合起来填满一个圆形的大团。",
            "Raise β: the pictures blur, since codes are drawn closer together.",
            "调大 β：编码被拉得更近，图像随之模糊。",
        ),
    ),
    (
        "gan_ring",
        say(
            "One network makes points of noise, another tells them from eight real clouds.",
            "一个网络用噪声生成点，另一个把它们与八个真实点团区分开。",
            "The violet points must reach every cloud; one left empty is mode collapse.",
            "紫色的点要覆盖每个点团；一直空着的点团就是模式坍塌。",
        ),
    ),
    (
        "flow_spiral",
        say(
            "The network learns at each place and time which way leads from noise to the spiral.",
            "网络学习在每个位置、每个时刻该往哪个方向走，才能从噪声到达螺旋。",
            "Move the slider from 0 to 1: a round cloud of noise is drawn out into two arms.",
            "把滑块从 0 移到 1：一团圆形噪声被拉成两条臂。",
        ),
    ),
    (
        "flow_digits",
        say(
            "A small U-net turns noise into handwritten digits in twelve steps.",
            "一个小型 U-net 用十二步把噪声变成手写数字。",
            "Strokes come first, digits later: give it a few epochs, then move the slider.",
            "先出现笔画，后出现数字：训练几个轮次后再移动滑块。",
        ),
    ),
];
