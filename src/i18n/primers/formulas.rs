//! Formulas that primers print wrongly, as they should be, and why.
//!
//! The same signs in every language; what is said about them in both. Not responsible for the programs.

use crate::i18n::{Text, text};

/// Heading.
pub const TITLE: Text = text("Formulas, corrected", "公式更正");

/// A formula as it should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Formula {
    /// In signs.
    pub signs: &'static str,
    /// Why it is this and not what is printed.
    pub why: Text,
}

const fn formula(signs: &'static str, en: &'static str, zh: &'static str) -> Formula {
    Formula { signs, why: text(en, zh) }
}

/// All of them, from a layer to training.
pub const ALL: [Formula; 10] = [
    formula(
        "∂L/∂W = Xᵀ (∂L/∂y ⊙ f′(z))",
        "A factor ∂X/∂W is printed in it: the input does not depend on the weights of its own layer, so that would be 0.",
        "原文里多了因子 ∂X/∂W：输入并不依赖本层的权重，这一项是 0。",
    ),
    formula(
        "∂L/∂w = Σ over all paths from w to L",
        "One product along one path is enough only where a weight is used once; a convolution or a recurrent layer uses it many times.",
        "只有当权重只用一次时，一条路径上的乘积才够用；卷积层和循环层会多次使用同一个权重。",
    ),
    formula(
        "yₖ[i, j] = bₖ + Σ_c Σ_u Σ_v W[u, v, c, k] · x[i + u, j + v, c]",
        "What is called convolution is a cross-correlation (the filter is not flipped), with a sum over the channels and a bias.",
        "所谓卷积其实是互相关（滤波器不翻转），并且要对通道求和，再加偏置。",
    ),
    formula(
        "y[i, j] = max (or mean) of x[s·i + u, s·j + v]",
        "Pooling moves by its stride s and takes the greatest value or the mean, never the least.",
        "汇聚按步幅 s 移动，取最大值或平均值，不取最小值。",
    ),
    formula(
        "W(x) = Σᵢ softmax(a(x))ᵢ · Wᵢ",
        "“A CNN with softmax weights” is this: kernels mixed by attention, for each input anew (dynamic convolution). Plain filters are no shares.",
        "“带 softmax 权重的 CNN”其实是：每个输入用注意力混合若干卷积核（动态卷积）。普通滤波器并不是占比。",
    ),
    formula(
        "log p(x) ≥ ELBO = E[log p(x|z)] − KL(q(z|x) ‖ p(z))",
        "It is a bound and no equation: the gap is KL(q(z|x) ‖ p(z|x)). With a factor β it stays a bound for β ≥ 1 only.",
        "这是下界而不是等式，差距是 KL(q(z|x) ‖ p(z|x))。乘上 β 后，只有 β ≥ 1 时仍是下界。",
    ),
    formula(
        "min_G max_D E[log D(x)] + E[log(1 − D(G(z)))],  z ~ p(z)",
        "The generator reads noise z, not data; D(x) is the probability that x is real.",
        "生成器读入的是噪声 z 而不是数据；D(x) 是 x 为真的概率。",
    ),
    formula(
        "oᵢ = Σⱼ softmaxⱼ(qᵢ · kⱼ / √d) · vⱼ",
        "Queries, keys and values are three things; the products are divided by √d; and the answer has an index i, for it differs from place to place.",
        "查询、键、值是三样东西；内积要除以 √d；结果带有下标 i，因为每个位置各不相同。",
    ),
    formula(
        "L = Σ ‖x − f(x)‖²",
        "By itself it is solved by f(x) = x. What teaches is the bottleneck, the noise or the mask.",
        "单看这个损失，f(x) = x 就是解。真正起作用的是瓶颈、噪声或遮挡。",
    ),
    formula(
        "forward → loss → backward → update, again and again",
        "Forward and backward are two halves of one step, not two methods; back-propagation computes gradients, the optimizer moves the weights.",
        "前向与反向是同一步的两半，不是两种方法；反向传播只计算梯度，更新权重的是优化器。",
    ),
];
