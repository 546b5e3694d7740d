//! Words of the task: what networks are trained to do, and each task's settings.

use super::setup::{ControlText, control};
use super::{Text, text};

/// The choice.
pub const TASK: ControlText = control("Task", "任务", "What is trained.", "训练的目标。");

/// A task's name.
pub fn name(task: &str) -> Text {
    match task {
        "classification" => text("Classification", "分类"),
        "regression" => text("Regression", "回归"),
        "language_model" => text("Language model", "语言模型"),
        "several" => text("Several tasks, one trunk", "一个主干，多个任务"),
        "rotation" => text("Self-supervised: which turn", "自监督：旋转角度"),
        "contrastive" => text("Self-supervised: two views", "自监督：对比学习"),
        "autoencoder" => text("Autoencoder", "自编码器"),
        "vae" => text("Variational autoencoder", "变分自编码器"),
        "diffusion" => text("Diffusion, flow matching", "扩散与流匹配"),
        _ => text("Generative adversarial network", "生成对抗网络"),
    }
}

/// What a task trains.
pub fn about(task: &str) -> Text {
    match task {
        "classification" => text("Tells to which class a row belongs.", "判断样本属于哪一类。"),
        "regression" => text("Predicts numbers.", "预测数值。"),
        "language_model" => text("Predicts the next token at every place.", "在每个位置预测下一个词元。"),
        "several" => text(
            "One trunk reads a digit; three heads say which it is, whether it is odd, and how thick its strokes are: 2·A/P, ink over outline, in pixels. L = Σ w·L of the heads.",
            "一个主干读入数字，三个输出头判断是几、是奇是偶、笔画多粗（2·A/P，即墨迹面积与轮廓长度之比，单位像素）。L = Σ w·各头的损失。",
        ),
        "rotation" => text(
            "Every picture is turned by 0°, 90°, 180° or 270°, drawn anew in every step, and the head says by how much: no label is needed. L = −log p of the turn.",
            "每一步都把每张图像随机旋转 0°、90°、180° 或 270°，输出头判断转了多少：不需要标签。L = −log p（旋转角度）。",
        ),
        "contrastive" => text(
            "Two views of each picture, made by the augmentation, are to be nearer to each other than to all others of the batch: L = −log exp(s⁺/τ) / Σ exp(s/τ), with cosines s of the head's answers. No label is needed.",
            "由数据增强得到每张图像的两个视图，要彼此比同批其他视图更接近：L = −log exp(s⁺/τ) / Σ exp(s/τ)，s 为输出头结果的余弦相似度。不需要标签。",
        ),
        "autoencoder" => text(
            "The encoder makes a code of a row, the decoder makes the row again of the code: L = Σ(x − x̂)². The code must be short, or the input spoilt; else copying would do.",
            "编码器把样本变成编码，解码器再由编码还原样本：L = Σ(x − x̂)²。编码要短，或者输入要加噪、遮挡，否则照抄即可。",
        ),
        "vae" => text(
            "The code is a normal distribution kept near the standard one, so new rows can be drawn: L = reconstruction + β·KL(q(z|x) ‖ N(0, 1)).",
            "编码是一个接近标准正态的分布，因此可以采样出新样本：L = 重构误差 + β·KL(q(z|x) ‖ N(0, 1))。",
        ),
        "diffusion" => text(
            "The network reads a row on its way between noise and data, and the time t; it learns the way. New rows are noise that follows it.",
            "网络读入处于噪声与数据之间的样本和时间 t，学习它该往哪里走；让噪声沿此前进，就得到新样本。",
        ),
        _ => text(
            "The generator makes rows of noise z ~ N(0, 1); the discriminator says how likely a row is real, D(x). Each learns from the other.",
            "生成器把噪声 z ~ N(0, 1) 变成样本；判别器给出样本为真的可能性 D(x)。两者互相学习。",
        ),
    }
}

/// Noise on what an autoencoder reads.
pub const NOISE: ControlText = control(
    "Noise on the input",
    "输入噪声",
    "Deviation σ of normal noise added to what the encoder reads; the clean row is asked for.",
    "编码器读到的输入加上标准差为 σ 的正态噪声；要还原的是干净的样本。",
);
/// A mask on it.
pub const MASK: ControlText = control(
    "Masked share",
    "遮挡比例",
    "Share of numbers that the encoder reads as 0; the whole row is asked for.",
    "编码器读到的数值中被置为 0 的比例；要还原的是完整的样本。",
);
/// Side of what a mask hides.
pub const PATCH: ControlText = control(
    "Side of hidden squares",
    "遮挡方块边长",
    "In pictures the mask hides whole squares of this side, always as many as the share says; 1 hides single numbers.",
    "在图像中按此边长遮挡整块方格，块数由遮挡比例决定；取 1 则遮挡单个数值。",
);
/// Whether only hidden places count.
pub const HIDDEN_ONLY: ControlText = control(
    "Ask for hidden places only",
    "只计算被遮挡处",
    "What is hidden reads −1, and only there answers are counted: L = Σ over hidden places of (x − x̂)², over the number of all places. The rest stands as it was.",
    "被遮挡处读入 −1，并且只在这些位置计算误差：L = 被遮挡处 (x − x̂)² 之和 ÷ 全部位置数；其余位置保持原样。",
);
/// Dimensions of a code.
pub const LATENT: ControlText = control(
    "Dimensions of the code",
    "编码维数",
    "Numbers in z; the encoder answers with a mean and a variance for each.",
    "z 的维数；编码器为每一维给出均值和方差。",
);
/// Weight of the KL term.
pub const BETA: ControlText = control(
    "β",
    "β",
    "Weight of the KL term. 1 gives the evidence lower bound, log p(x) ≥ −L; above 1 it is still a bound, below 1 none. More makes codes alike and pictures blurred.",
    "KL 项的权重。取 1 即证据下界 log p(x) ≥ −L；大于 1 仍是下界，小于 1 则不是。越大，编码越相似，图像越模糊。",
);
/// Free nats.
pub const FREE_BITS: ControlText = control(
    "Free nats",
    "免费信息量",
    "Nats of KL that every dimension holds without being charged; keeps dimensions in use.",
    "每一维可以免费保留的 KL（奈特）；可防止维度被弃用。",
);
/// Numbers of noise.
pub const NOISE_SIZE: ControlText = control(
    "Numbers of noise",
    "噪声维数",
    "Length of z, from which the generator makes one row.",
    "z 的长度；生成器由一个 z 生成一个样本。",
);
/// Steps of the discriminator.
pub const CRITIC_STEPS: ControlText = control(
    "Discriminator steps",
    "判别器步数",
    "Steps of the discriminator to one of the generator.",
    "生成器每走一步，判别器走几步。",
);
/// Bound of the discriminator's weights.
pub const CLIP: ControlText = control(
    "Weight bound",
    "权重上限",
    "Every weight of the discriminator stays within ± this, so that its slope is limited.",
    "判别器的每个权重都限制在 ± 此值之内，从而限制它的斜率。",
);
/// Factor of the gradient penalty.
pub const PENALTY: ControlText = control(
    "Penalty λ",
    "惩罚系数 λ",
    "Weight of (‖∇D(x̂)‖ − 1)² at places x̂ between real and made rows: D stays a ruler of distance by its slope, not by small weights, and keeps more of what it can say.",
    "在真实样本与生成样本连线上的点 x̂ 处，(‖∇D(x̂)‖ − 1)² 的权重：直接约束 D 的斜率，而不是把权重压小，D 的表达能力保留得更多。",
);
/// What similarities are divided by.
pub const TEMPERATURE: ControlText = control(
    "Temperature τ",
    "温度 τ",
    "What similarities are divided by: the smaller, the more the nearest other pictures count.",
    "相似度除以此值：越小，最相近的其他图像影响越大。",
);
/// Where the heads' weights come from.
pub const WEIGHTING: ControlText = control(
    "Weighting",
    "加权方式",
    "How the heads' losses are weighed against each other.",
    "各输出头的损失如何相互加权。",
);

/// A weighting and its formula.
pub fn weighting(name: &str) -> (Text, &'static str) {
    match name {
        "fixed" => (text("Fixed", "固定"), "L = Σ wₖ·Lₖ"),
        _ => (text("Learned by uncertainty", "按不确定性学习"), "L = Σ exp(−sₖ)·Lₖ + sₖ"),
    }
}

/// Weight of the digit's loss.
pub const DIGIT_WEIGHT: ControlText = control(
    "Weight: digit",
    "权重：数字",
    "Factor of the cross-entropy of the digit; 0 leaves that head untrained.",
    "数字交叉熵的系数；取 0 则不训练该头。",
);
/// Weight of the parity's loss.
pub const PARITY_WEIGHT: ControlText = control(
    "Weight: odd or even",
    "权重：奇偶",
    "Factor of the binary cross-entropy of odd or even; 0 leaves that head untrained.",
    "奇偶二元交叉熵的系数；取 0 则不训练该头。",
);
/// Weight of the thickness's loss.
pub const THICKNESS_WEIGHT: ControlText = control(
    "Weight: thickness",
    "权重：粗细",
    "Factor of the squared error of the standardised thickness; 0 leaves that head untrained.",
    "标准化粗细的均方误差的系数；取 0 则不训练该头。",
);
/// Steps from noise to data.
pub const FLOW_STEPS: ControlText = control(
    "Steps from noise to data",
    "从噪声到数据的步数",
    "How many small steps make a new row of noise.",
    "用多少小步把噪声变成新样本。",
);
/// What the network of diffusion answers.
pub const PREDICT: ControlText =
    control("Predicts", "预测量", "What the network answers at time t.", "网络在时刻 t 给出什么。");

/// An answer and its formula.
pub fn predict(name: &str) -> (Text, &'static str) {
    match name {
        "velocity" => (text("Velocity (flow matching)", "速度（流匹配）"), "x = (1 − t)·x₀ + t·x₁,   v = x₁ − x₀"),
        _ => (text("Noise (diffusion)", "噪声（扩散）"), "x = √ᾱ·x₁ + √(1 − ᾱ)·ε"),
    }
}

/// What the two play for.
pub const GAN_LOSS: ControlText =
    control("Game", "博弈目标", "What the two networks play for.", "两个网络各自优化的目标。");

/// A loss of the game and its formulas.
pub fn gan_loss(name: &str) -> (Text, &'static str) {
    match name {
        "bce" => (text("Binary cross-entropy", "二元交叉熵"), "D: −log D(x) − log(1 − D(G(z)))\nG: −log D(G(z))"),
        "least_squares" => (text("Least squares", "最小二乘"), "D: (D(x) − 1)² + D(G(z))²\nG: (D(G(z)) − 1)²"),
        "wasserstein" => {
            (text("Wasserstein, weights clipped", "Wasserstein（权重裁剪）"), "D: D(G(z)) − D(x), |w| ≤ c\nG: −D(G(z))")
        }
        _ => (
            text("Wasserstein, gradient penalty", "Wasserstein（梯度惩罚）"),
            "D: D(G(z)) − D(x) + λ·(‖∇D(x̂)‖ − 1)²\nG: −D(G(z))",
        ),
    }
}
