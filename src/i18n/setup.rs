//! Words of the training panel: optimizer, learning rate and its schedule, batches, penalties, loss.
//!
//! Not responsible for problems (`i18n::problems`). Formulas are the same in both languages: θ parameter, g gradient,
//! t step.

use super::{Text, text};

/// A control's label and the line that explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ControlText {
    /// What it is.
    pub label: Text,
    /// What it does, with the formula it changes.
    pub help: Text,
}

pub(super) const fn control(
    en: &'static str,
    zh: &'static str,
    help_en: &'static str,
    help_zh: &'static str,
) -> ControlText {
    ControlText { label: text(en, zh), help: text(help_en, help_zh) }
}

/// Heading of the group.
pub const LOSS_GROUP: Text = text("Loss", "损失");
/// Heading of the group.
pub const OPTIMIZER_GROUP: Text = text("Optimizer", "优化器");
/// Heading of the group.
pub const SCHEDULE_GROUP: Text = text("Rate schedule", "学习率调度");
/// Heading of the group.
pub const CLIP_GROUP: Text = text("Gradient clipping", "梯度裁剪");
/// Heading of the group.
pub const BATCH_GROUP: Text = text("Batches and seed", "批次与种子");
/// Heading of the group.
pub const PENALTY_GROUP: Text = text("Penalties", "正则化");
/// Heading of the group.
pub const PART_OPTIMIZERS: Text = text("Optimizers of their own", "各自的优化器");
/// A network's own.
pub const PART_OPTIMIZER: Text = text("{part}: its own optimizer", "{part}：单独的优化器");
/// What that is for.
pub const PART_OPTIMIZER_HELP: Text = text(
    "This network moves by its own rule and rate; a discriminator that learns faster than the generator is a usual choice (Heusel et al. 2017).",
    "这个网络用自己的规则和学习率；常见的做法是让判别器学得比生成器快（Heusel 等，2017）。",
);
/// Nothing of the kind is in force.
pub const NONE: Text = text("none", "无");
/// Heading of the optimizer's lesser numbers.
pub const MORE: Text = text("More of {name}", "{name} 的其他参数");

/// The optimizer.
pub const OPTIMIZER: ControlText = control(
    "Optimizer",
    "优化器",
    "The rule that turns gradients into steps; changes at once, without starting over.",
    "把梯度变成更新步的规则；立即生效，无需重新开始。",
);
/// The loss.
pub const LOSS: ControlText = control(
    "Loss",
    "损失函数",
    "The one number that training makes small: how wrong the network is.",
    "训练要减小的那个数：网络错得多厉害。",
);
/// The schedule.
pub const SCHEDULE: ControlText =
    control("Schedule", "学习率调度", "How the learning rate changes from step to step.", "学习率怎样随步数变化。");
/// What follows a warm-up.
pub const THEN: ControlText = control("then", "之后", "What follows the warm-up.", "预热之后用什么调度。");
/// Clipping by norm.
pub const CLIP_NORM: ControlText = control(
    "By norm",
    "按范数",
    "g ← g · min(1, c / ‖g‖): long gradients are shortened, their direction stays. PyTorch's clip_grad_norm_.",
    "g ← g · min(1, c / ‖g‖)：过长的梯度被缩短，方向不变。即 PyTorch 的 clip_grad_norm_。",
);
/// Clipping by value.
pub const CLIP_VALUE: ControlText = control(
    "By value",
    "按数值",
    "gᵢ ← max(−c, min(c, gᵢ)) for each entry, before clipping by norm.",
    "逐个元素 gᵢ ← max(−c, min(c, gᵢ))，先于按范数裁剪。",
);
/// The threshold of a clipping.
pub const THRESHOLD: Text = text("threshold c", "阈值 c");
/// The batch.
pub const BATCH: ControlText = control(
    "Batch",
    "批量大小",
    "Samples per step: g is the mean of that many gradients. Small is noisy, large is slow.",
    "每步用多少样本：g 是这些样本梯度的平均。小则抖动，大则缓慢。",
);
/// Shuffling.
pub const SHUFFLE: ControlText = control(
    "Shuffle every epoch",
    "每轮打乱",
    "Each epoch sees the training examples in another order.",
    "每一轮以不同的顺序使用训练样本。",
);
/// The seed.
pub const SEED: ControlText = control(
    "Seed",
    "随机种子",
    "Decides everything random: data, split, first weights, order. The same seed with the same settings gives the same run; another seed starts anew at step 0.",
    "决定一切随机因素：数据、划分、初始权重与样本顺序。种子和设置都相同，训练过程就相同；换一个种子会从第 0 步重新开始。",
);
/// Button.
pub const DICE: Text = text("Draw a fresh seed at random", "随机抽取一个新种子");
/// L1 penalty.
pub const L1: ControlText = control(
    "L1",
    "L1",
    "Adds l1 · Σ|w| to the loss: weights that do little become exactly 0.",
    "损失加上 l1 · Σ|w|：作用小的权重会变成 0。",
);
/// L2.
pub const L2: ControlText = control(
    "Weight penalty L2",
    "L2 正则化",
    "Adds l2 · Σw² to the loss: all weights stay small.",
    "损失加上 l2 · Σw²：权重都保持较小。",
);

/// How classes count.
pub const CLASS_WEIGHTS: ControlText = control(
    "Class weights",
    "类别权重",
    "How much each class counts in the loss: L = Σ w_y · L_row / Σ w_y. Balanced: rare classes count as much as common ones.",
    "各类别在损失中的分量：L = Σ w_y · L_样本 / Σ w_y。均衡：少数类与多数类分量相同。",
);
/// All the same.
pub const ALIKE: Text = text("every example counts alike", "每个样本分量相同");
/// By their rows.
pub const BALANCED: Text = text("balanced: every class counts alike", "均衡：每个类别分量相同");
/// A number each.
pub const OWN_WEIGHTS: Text = text("own numbers", "自定义");
/// One class's.
pub const CLASS_WEIGHT: ControlText = control(
    "Weight of “{class}”",
    "“{class}”的权重",
    "What each of its examples counts in the loss; 0 leaves the class out.",
    "该类别每个样本在损失中的分量；0 表示不计入。",
);

/// Name and formula of the optimizer of that JSON name.
pub fn optimizer(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "sgd" => ("SGD", "v ← μv + g;  θ ← θ − lr·v"),
        "momentum" => ("Momentum", "v ← μv + g;  θ ← θ − lr·v"),
        "nesterov" => ("Nesterov", "v ← μv + g;  θ ← θ − lr·(g + μv)"),
        "adagrad" => ("Adagrad", "s ← s + g²;  θ ← θ − lr·g / (√s + ε)"),
        "rmsprop" => ("RMSprop", "s ← αs + (1−α)g²;  θ ← θ − lr·g / (√s + ε)"),
        "adadelta" => ("Adadelta", "s ← ρs + (1−ρ)g²;  Δ = g·√(u+ε)/√(s+ε);  u ← ρu + (1−ρ)Δ²;  θ ← θ − lr·Δ"),
        "adam" => ("Adam", "m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − lr·m̂ / (√v̂ + ε)"),
        "adamw" => ("AdamW", "θ ← θ − lr·λθ;  then as Adam: θ ← θ − lr·m̂ / (√v̂ + ε)"),
        "nadam" => ("NAdam", "θ ← θ − lr·(μₜ₊₁m̂ + (1−μₜ)ĝ) / (√v̂ + ε)"),
        "lion" => ("Lion", "θ ← θ − lr·sign(β₁m + (1−β₁)g);  m ← β₂m + (1−β₂)g"),
        _ => return None,
    })
}

/// The control of an optimizer's field of that JSON name.
pub fn field(name: &str) -> Option<ControlText> {
    Some(match name {
        "lr" => control(
            "Learning rate",
            "学习率",
            "lr in θ ← θ − lr · step: too small is slow, too large jumps over the valley or explodes.",
            "θ ← θ − lr · 步 中的 lr：太小则慢，太大会越过谷底甚至爆炸。",
        ),
        "momentum" => control(
            "Momentum μ",
            "动量 μ",
            "v ← μv + g: the share of the last step that is kept, like a heavy ball.",
            "v ← μv + g：保留上一步的多少，像一个有惯性的球。",
        ),
        "nesterov" => control(
            "Nesterov",
            "Nesterov",
            "Step along g + μv: looks ahead to where the momentum leads.",
            "沿 g + μv 前进：先看动量会把它带到哪里。",
        ),
        "betas[0]" => control(
            "β₁",
            "β₁",
            "m ← β₁m + (1−β₁)g: memory of the gradient, about 1/(1−β₁) steps long.",
            "m ← β₁m + (1−β₁)g：对梯度的记忆，约 1/(1−β₁) 步。",
        ),
        "betas[1]" => control(
            "β₂",
            "β₂",
            "The longer memory, about 1/(1−β₂) steps: Adam's v ← β₂v + (1−β₂)g², Lion's m.",
            "更长的记忆，约 1/(1−β₂) 步：Adam 的 v ← β₂v + (1−β₂)g²，Lion 的 m。",
        ),
        "alpha" => control(
            "α",
            "α",
            "s ← αs + (1−α)g²: memory of the squared gradient.",
            "s ← αs + (1−α)g²：对梯度平方的记忆。",
        ),
        "rho" => control(
            "ρ",
            "ρ",
            "s ← ρs + (1−ρ)g²: memory of squared gradients and steps.",
            "s ← ρs + (1−ρ)g²：对梯度与步长平方的记忆。",
        ),
        "eps" => control(
            "ε",
            "ε",
            "Added to the denominator √v̂ + ε, so that nothing is divided by zero.",
            "加在分母 √v̂ + ε 上，避免除以零。",
        ),
        "centered" => control(
            "Centred",
            "中心化",
            "Divides by √(s − ḡ²), the deviation of the gradient, instead of √s.",
            "除以 √(s − ḡ²)（梯度的标准差），而不是 √s。",
        ),
        "weight_decay" => control(
            "Weight decay λ",
            "权重衰减 λ",
            "Pulls every parameter towards 0: g ← g + λθ; AdamW and Lion: θ ← θ − lr·λθ.",
            "把每个参数拉向 0：g ← g + λθ；AdamW 与 Lion：θ ← θ − lr·λθ。",
        ),
        "lr_decay" => control(
            "Rate decay",
            "学习率衰减",
            "lr / (1 + t · decay): the rate falls with the steps.",
            "lr / (1 + t · 衰减)：学习率随步数下降。",
        ),
        "initial_accumulator_value" => control(
            "First sum s₀",
            "初始累积 s₀",
            "Where the sum of squares s starts: larger makes the first steps smaller.",
            "平方和 s 的起点：越大，最初的步子越小。",
        ),
        "momentum_decay" => control(
            "Momentum decay ψ",
            "动量衰减 ψ",
            "μₜ = β₁(1 − ½·0.96^(tψ)): how fast the momentum warms up.",
            "μₜ = β₁(1 − ½·0.96^(tψ))：动量升高的快慢。",
        ),
        _ => return None,
    })
}

/// Name and formula of the schedule of that JSON name.
pub fn schedule(name: &str) -> Option<(Text, &'static str)> {
    Some(match name {
        "constant" => (text("constant", "不变"), "lrₜ = lr"),
        "step" => (text("in steps", "阶梯"), "lrₜ = lr · factor^⌊t / every⌋"),
        "exponential" => (text("exponential", "指数"), "lrₜ = lr · γᵗ"),
        "cosine" => (text("cosine", "余弦"), "lrₜ = min + ½(lr − min)(1 + cos πt/T)"),
        "warmup" => (text("warm-up", "预热"), "lrₜ = lr · (t + 1)/T"),
        "one_cycle" => (text("one cycle", "单周期"), "lr/div ↗ lr ↘ lr/(div · final)"),
        "plateau" => (text("on plateau", "停滞时降低"), "lr ← lr · factor"),
        _ => return None,
    })
}

/// The control of a schedule's number of that JSON name.
pub fn schedule_field(name: &str) -> Option<ControlText> {
    Some(match name {
        "every" => control("every … steps", "每隔步数", "Steps between two changes.", "两次变化之间的步数。"),
        "factor" => control("factor", "倍率", "What each change multiplies the rate with.", "每次变化乘以它。"),
        "gamma" => control("γ", "γ", "What every step multiplies the rate with.", "每一步都乘以它。"),
        "steps" => control(
            "T steps",
            "步数 T",
            "How many steps it takes; afterwards the last rate stays.",
            "历时多少步；之后保持不变。",
        ),
        "lr_min" => control("lowest rate", "最低学习率", "The rate never falls below this.", "学习率不会低于它。"),
        "pct_start" => control(
            "rising part",
            "上升部分",
            "Share of the cycle spent rising, 0 to 1.",
            "周期中上升所占的比例，0 到 1。",
        ),
        "div" => control("div", "起始除数", "lr over the first rate.", "lr 与起始学习率之比。"),
        "final_div" => control("final", "终止除数", "The first rate over the last.", "起始学习率与最终学习率之比。"),
        "patience" => {
            control("patience", "耐心", "Epochs without improvement that are forgiven.", "容许多少轮没有进步。")
        }
        "threshold" => control(
            "threshold",
            "门槛",
            "By what part the loss must fall to count as better.",
            "损失至少下降多少比例才算进步。",
        ),
        "cooldown" => control("cooldown", "冷却", "Epochs to wait after a reduction.", "降低之后等待的轮数。"),
        _ => return None,
    })
}

/// Name and formula of the loss of that JSON name.
pub fn loss(name: &str) -> Option<(Text, &'static str)> {
    Some(match name {
        "cross_entropy" => (text("cross-entropy", "交叉熵"), "L = −Σ y · ln softmax(z)"),
        "bce" => (text("binary cross-entropy", "二元交叉熵"), "L = −y ln σ(z) − (1−y) ln(1−σ(z))"),
        "mse" => (text("mean squared error", "均方误差"), "L = mean (ŷ − y)²"),
        "half_mse" => (text("half squared error", "半均方误差"), "L = ½ mean (ŷ − y)²"),
        "mae" => (text("mean absolute error", "平均绝对误差"), "L = mean |ŷ − y|"),
        "huber" => (text("Huber", "Huber"), "L = ½e² for |e| ≤ δ, else δ(|e| − ½δ)"),
        "hinge" => (text("hinge", "合页"), "L = Σⱼ max(0, m − z_y + zⱼ) / C"),
        _ => return None,
    })
}

/// The control of a loss's number of that JSON name.
pub fn loss_field(name: &str) -> Option<ControlText> {
    Some(match name {
        "label_smoothing" => control(
            "Label smoothing",
            "标签平滑",
            "y ← (1 − s)·y + s/C: a share s of the target is spread over all classes.",
            "y ← (1 − s)·y + s/C：目标的 s 份额平分给所有类别。",
        ),
        "delta" => control("δ", "δ", "Where the loss turns from quadratic to linear.", "损失由二次变为一次的位置。"),
        "margin" => control(
            "margin m",
            "间隔 m",
            "Wanted distance between the right class and every other.",
            "正确类别与其他类别之间应有的差距。",
        ),
        _ => return None,
    })
}

/// Under the curve of the schedule.
pub const CURVE_LABEL: Text = text("learning rate from step 0 to {steps}", "学习率，第 0 到 {steps} 步");
/// Instead of a curve.
pub const PLATEAU_NOTE: Text = text("Depends on the loss; now {lr}.", "取决于损失；现在是 {lr}。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::schedule::Schedule;
    use crate::spec::task::LOSSES;
    use crate::spec::{Field, OptimizerKind};

    #[test]
    fn everything_that_can_be_chosen_has_words() {
        for kind in OptimizerKind::ALL {
            assert!(optimizer(kind.name()).is_some(), "{kind:?}");
        }
        for f in Field::ALL {
            assert!(field(f.name()).is_some(), "{f:?}");
        }
        for name in LOSSES {
            assert!(loss(name).is_some(), "{name}");
        }
        for name in Schedule::NAMES {
            assert!(schedule(name).is_some(), "{name}");
            let numbers = Schedule::from_name(name).map(|s| s.fields()).unwrap_or_default();
            for (f, _) in numbers {
                assert!(schedule_field(f.name).is_some(), "{name}.{}", f.name);
            }
        }
    }
}
