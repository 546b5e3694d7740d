//! Names of the ready experiments and of their groups.
//!
//! Not responsible for what they are made of (`spec::preset::ready`); a test holds the two together.

use super::{Text, text};

/// Label of the choice.
pub const READY: Text = text("Ready experiments", "现成实验");
/// First line of the choice: nothing is chosen.
pub const CHOOSE: Text = text("choose …", "请选择……");
/// Explanation.
pub const READY_HELP: Text = text(
    "An architecture on data that it suits, with numbers that train it. Your present experiment can be had back with undo.",
    "一种结构配上适合的数据与训练参数。撤销可回到当前实验。",
);

/// Heading of a group.
pub fn group_text(name: &str) -> Text {
    match name {
        "dense" => text("Dense networks", "全连接网络"),
        "images" => text("Pictures", "图像"),
        "deep" => text("Depth", "深度"),
        "text" => text("Text and tokens", "文本与词元"),
        "series" => text("Sequences of numbers", "数值序列"),
        _ => text("Generate and represent", "生成与表示"),
    }
}

/// Name of the experiment with that JSON name; `None` for one that does not exist.
pub fn preset_text(name: &str) -> Option<Text> {
    Some(match name {
        "line" => text("One layer: a straight line", "一层网络：一条直线"),
        "circle_mlp" => text("One hidden layer: a circle", "一个隐藏层：圆"),
        "spiral_mlp" => text("Two hidden layers: the spiral", "两个隐藏层：螺旋"),
        "primer_mlp" => text("MLP 10–64–1 on noise: learning by heart", "MLP 10–64–1 学随机数：死记硬背"),
        "primer_mlp_10" => {
            text("MLP 10–10–1 on noise: too few units to remember", "MLP 10–10–1 学随机数：单元太少记不住")
        }
        "tumours" => text("MLP: breast cancer", "MLP：乳腺癌"),
        "digits_mlp" => text("MLP 784–64–10: MNIST", "MLP 784–64–10：MNIST"),
        "primer_cnn" => text("CNN: emoji in colour", "CNN：彩色表情符号"),
        "primer_cnn_augmented" => text("CNN: emoji, augmented", "CNN：表情符号（数据增强）"),
        "lenet_digits" => text("LeNet style: MNIST", "LeNet 式：MNIST"),
        "lenet_clothes" => text("LeNet style: Fashion", "LeNet 式：服饰"),
        "resnet_clothes" => text("Small ResNet: Fashion", "小型 ResNet：服饰"),
        "densenet_clothes" => text("Small DenseNet: Fashion", "小型 DenseNet：服饰"),
        "deep_plain" => text("50 plain layers: they do not train", "50 层普通网络：学不动"),
        "deep_residual" => text("50 layers with shortcuts", "50 层带残差"),
        "deep_normalised" => text("50 layers, normalised", "50 层带规范化"),
        "deep_plain_digits" => text("50 plain layers on MNIST: they do not train", "50 层普通网络学 MNIST：学不动"),
        "deep_residual_digits" => text("50 layers with shortcuts on MNIST", "50 层带残差学 MNIST"),
        "deep_normalised_digits" => text("50 layers, normalised, on MNIST", "50 层带规范化，学 MNIST"),
        "names_gender" => text("LSTM: name → gender", "LSTM：名字 → 性别"),
        "char_rnn" => text("Character LSTM: Shakespeare", "字符 LSTM：莎士比亚"),
        "char_transformer" => text("Character transformer: Shakespeare", "字符 Transformer：莎士比亚"),
        "tang_transformer" => text("Character transformer: Tang quatrains", "逐字 Transformer：七言绝句"),
        "dates" => text("Transformer: dates to ISO", "Transformer：日期改写"),
        "g2p" => text("Transformer: spelling → sound", "Transformer：拼写→读音"),
        "dates_attention" => text("Encoder–decoder with attention: dates to ISO", "编码器—解码器与注意力：日期改写"),
        "g2p_attention" => text("Encoder–decoder with attention: spelling → sound", "编码器—解码器与注意力：拼写→读音"),
        "reverse" => text("Tiny transformer: reverse", "微型 Transformer：倒序"),
        "reverse_trained" => text("Trained transformer: reverse", "训练好的 Transformer：倒序"),
        "sort" => text("Tiny transformer: sort", "微型 Transformer：排序"),
        "add" => text("Tiny transformer: add", "微型 Transformer：加法"),
        "primer_lstm" => text("Two LSTM layers at 10 steps: noise", "两层 LSTM，10 步：随机数"),
        "electricity_lstm" => text("Two LSTM layers at 10 steps: electricity", "两层 LSTM，10 步：用电量"),
        "adding_rnn" => text("RNN: adding problem", "RNN：加法问题"),
        "adding_lstm" => text("LSTM: adding problem", "LSTM：加法问题"),
        "adding_gru" => text("GRU: adding problem", "GRU：加法问题"),
        "copy_rnn" => text("RNN: copy memory", "RNN：记忆复制"),
        "copy_gru" => text("GRU: copy memory", "GRU：记忆复制"),
        "airline_cnn" => text("CNN: airline passengers", "CNN：航空旅客"),
        "sunspots_lstm" => text("LSTM: sunspots", "LSTM：太阳黑子"),
        "electricity_cnn" => text("CNN: electricity", "CNN：用电量"),
        "weather_transformer" => text("Transformer: weather", "Transformer：天气"),
        "several_digits" => text("Three tasks, one trunk: digits", "一个主干，三个任务：手写数字"),
        "rotation_digits" => text("No labels: which turn, digits", "无标签：数字的旋转"),
        "masked_digits" => text("No labels: hidden squares, digits", "无标签：还原被遮挡的数字"),
        "contrastive_digits" => text("No labels: two views, digits", "无标签：数字的两个视图"),
        "autoencoder_digits" => text("Autoencoder: digits in two numbers", "自编码器：两个数表示一个数字"),
        "denoising_clothes" => text("Denoising autoencoder: clothes", "去噪自编码器：服装"),
        "vae_digits" => text("VAE: digits", "变分自编码器：手写数字"),
        "gan_ring" => text("GAN in the plane: eight clouds", "平面上的 GAN：八个点团"),
        "flow_spiral" => text("Flow matching: spiral", "流匹配：螺旋"),
        "flow_digits" => text("Flow matching: digits", "流匹配：手写数字"),
        _ => return None,
    })
}
