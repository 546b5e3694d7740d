//! Names of settings and of places in an experiment, so that a message can say where.
//!
//! Not responsible for what is wrong there (`problems.rs`).

use super::{Lang, Text, text};

/// Stands for a setting without a name.
pub const VALUE: Text = text("The value", "数值");

/// The name of a field at the start of a sentence; unknown ones are quoted as they are written.
pub fn field(lang: Lang, name: &str) -> String {
    known(name).map_or_else(|| format!("“{name}”"), |t| t.get(lang).to_string())
}

/// The name of the last field of a JSON path: `data.points[3][0]` → `points`.
pub fn last_field(path: &str) -> Option<&str> {
    let last = path.rsplit('.').next()?.split('[').next()?;
    (!last.is_empty()).then_some(last)
}

/// A JSON path in words: `model.layers[3].units` → `layer 4 · units`; empty where the whole is meant.
pub fn place(lang: Lang, path: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for part in path.split('.').filter(|p| !p.is_empty()) {
        let (name, index) = part.split_once('[').unwrap_or((part, ""));
        let index = index.split(']').next().and_then(|i| i.parse::<usize>().ok());
        match (name, index) {
            ("model" | "training" | "parts", _) => {}
            (
                "encoder" | "decoder" | "generator" | "discriminator" | "trunk" | "digit" | "parity" | "thickness"
                | "head",
                Some(i),
            ) => {
                words.extend(known(name).map(|t| t.get(lang).to_string()));
                words.push(text("layer {n}", "第 {n} 层").with(lang, &[("n", &(i + 1).to_string())]));
            }
            ("layers", Some(i)) => {
                words.push(text("layer {n}", "第 {n} 层").with(lang, &[("n", &(i + 1).to_string())]))
            }
            (name, _) => {
                let word = known(name).map_or_else(|| name.to_string(), |t| t.get(lang).to_string());
                // Inside a place a name does not begin a sentence; abbreviations keep their capitals.
                let small = word.chars().nth(1).is_some_and(char::is_lowercase);
                words.push(if small && !words.is_empty() { lower_first(&word) } else { word });
            }
        }
    }
    words.join(" · ")
}

fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn known(name: &str) -> Option<Text> {
    Some(match name {
        "data" => text("Data", "数据"),
        "set" => text("Data set", "数据集"),
        "samples" => text("Samples", "样本数"),
        "noise" => text("Noise", "噪声"),
        "classes" => text("Classes", "类别数"),
        "test_fraction" => text("Test part", "测试占比"),
        "points" => text("A point's coordinate or class", "点的坐标或类别"),
        "input" => text("Input shape", "输入形状"),
        "shape" => text("Shape", "形状"),
        "target" => text("Target", "目标"),
        "tokens" => text("Vocabulary", "词表大小"),
        "augment" => text("Augmentation", "数据增强"),
        "pictures" | "pixels" | "labels" => text("Pictures", "图片"),
        "side" => text("Side", "边长"),
        "context" => text("Context", "上下文长度"),
        "horizon" => text("Horizon", "预测步数"),
        "every_step" => text("At every step", "逐步预测"),
        "aligned" => text("Source apart", "源与目标分开"),
        "text" => text("Text", "文本"),
        "strength" => text("Strength", "强度"),
        "raw" => text("Bytes as they are", "原始字节"),
        "inputs" => text("Inputs", "输入"),
        "targets" | "uniform" => text("Targets", "目标"),
        "shifted" => text("Asked for", "预测什么"),
        "patch" => text("Side of hidden squares", "遮挡方块边长"),
        "hidden_only" => text("Hidden places only", "只计算被遮挡处"),
        "penalty" => text("Penalty λ", "惩罚系数 λ"),
        "standardize" => text("Standardise", "标准化"),
        "layers" => text("Layers", "层"),
        "units" => text("Units", "单元数"),
        "activation" | "kind" => text("Activation", "激活函数"),
        "init" => text("Initialiser", "初始化"),
        "bias" => text("Bias", "偏置"),
        "forget_bias" => text("Forget bias", "遗忘门偏置"),
        "tbptt" => text("Steps between cuts of the gradient", "截断梯度的步数"),
        "filters" => text("Filters", "滤波器数"),
        "kernel" => text("Kernel", "卷积核"),
        "size" => text("Window", "窗口"),
        "stride" => text("Stride", "步幅"),
        "padding" => text("Padding", "填充"),
        "dilation" => text("Dilation", "膨胀"),
        "groups" => text("Groups", "组数"),
        "factor" => text("Factor", "倍数"),
        "reduction" => text("Reduction", "压缩比"),
        "mask_padding" => text("Padding mask", "填充掩蔽"),
        "start" => text("First place", "起始位置"),
        "length" => text("Number of places", "位置数"),
        "rate" => text("Dropout rate", "暂退率"),
        "name" => text("Name", "名称"),
        "from" => text("Inputs", "输入来源"),
        "type" => text("Type", "类型"),
        "task" => text("Task", "任务"),
        "loss" => text("Loss", "损失"),
        "steps" => text("Steps", "步数"),
        "predict" => text("Predicts", "预测量"),
        "mask" => text("Masked share", "遮挡比例"),
        "latent" => text("Dimensions of the code", "编码维数"),
        "beta" => text("β", "β"),
        "free_bits" => text("Free nats", "免费信息量"),
        "critic_steps" => text("Discriminator steps", "判别器步数"),
        "parts" => text("Parts", "组成部分"),
        "encoder" => text("Encoder", "编码器"),
        "decoder" => text("Decoder", "解码器"),
        "generator" => text("Generator", "生成器"),
        "discriminator" => text("Discriminator", "判别器"),
        "trunk" => text("Trunk", "主干"),
        "digit" => text("Digit", "数字"),
        "parity" => text("Parity", "奇偶"),
        "thickness" => text("Thickness", "粗细"),
        "head" => text("Head", "输出头"),
        "temperature" => text("Temperature", "温度"),
        "digit_weight" => text("Weight of the digit", "数字的权重"),
        "parity_weight" => text("Weight of the parity", "奇偶的权重"),
        "thickness_weight" => text("Weight of the thickness", "粗细的权重"),
        "weighting" => text("Weighting", "加权方式"),
        "label_smoothing" => text("Label smoothing", "标签平滑"),
        "delta" => text("Delta", "δ"),
        "margin" => text("Margin", "间隔"),
        "optimizer" => text("Optimizer", "优化器"),
        "lr" => text("Learning rate", "学习率"),
        "momentum" => text("Momentum", "动量"),
        "betas" => text("Betas", "β 系数"),
        "alpha" => text("Alpha", "α"),
        "rho" => text("Rho", "ρ"),
        "eps" => text("Epsilon", "ε"),
        "weight_decay" => text("Weight decay", "权重衰减"),
        "schedule" => text("Schedule", "学习率调度"),
        "clip_value" | "clip_norm" | "clip" => text("Gradient clipping", "梯度裁剪"),
        "batch" => text("Batch size", "批量大小"),
        "l1" => text("L1 penalty", "L1 惩罚"),
        "l2" => text("L2 penalty", "L2 惩罚"),
        "seed" => text("Seed", "随机种子"),
        "backend" => text("Backend", "后端"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_in_words() {
        assert_eq!(place(Lang::En, "model.layers[3].units"), "layer 4 · units");
        assert_eq!(place(Lang::Zh, "model.layers[3].layers[0].rate"), "第 4 层 · 第 1 层 · 暂退率");
        assert_eq!(place(Lang::En, "optimizer.lr"), "Optimizer · learning rate");
        assert_eq!(place(Lang::En, "training.l2"), "L2 penalty");
        assert_eq!(place(Lang::En, "model.parts.decoder[1].units"), "Decoder · layer 2 · units");
        assert_eq!(place(Lang::En, ""), "");
    }

    #[test]
    fn the_last_field_is_found() {
        assert_eq!(last_field("data.points[3][0]"), Some("points"));
        assert_eq!(last_field("model.layers[1]"), Some("layers"));
        assert_eq!(last_field(""), None);
    }
}
