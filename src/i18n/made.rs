//! Words of what networks make of noise: points and pictures.

use super::{Text, text};

/// Nothing has come yet.
pub const WAITING: Text = text("Waiting for the networks …", "正在等待网络……");
/// Of the view.
pub const WHAT: Text = text(
    "New rows that the networks make of noise. Green circles are real, violet diamonds are made; the colour behind them is the discriminator's opinion, green for real; magenta lines show where the generator is pushed.",
    "网络由噪声生成的新样本。绿色圆点为真实样本，紫色菱形为生成样本；背景色是判别器的看法，绿色表示真；洋红色短线表示生成器被推动的方向。",
);
/// Of the view, where one network flows from noise to data.
pub const WHAT_FLOW: Text = text(
    "New rows that the network makes of noise. The slider moves through the steps on the way: at 0 they are noise, at 1 they should look like the data.",
    "网络由噪声生成的新样本。拖动滑块可查看途中的每一步：0 处是噪声，1 处应与数据相似。",
);
/// Other noise.
pub const NOISE: Text = text("Other noise", "换一组噪声");
/// The field.
pub const FIELD: Text = text("field", "判别器场");
/// What it is.
pub const FIELD_HINT: Text = text("The discriminator's scores over the plane", "判别器在平面各处的打分");
/// The mesh.
pub const MESH: Text = text("mesh", "网格");
/// What it is.
pub const MESH_HINT: Text = text(
    "A grid over the first two numbers of the noise, from −2 to 2, drawn where the generator sends it; the other numbers are 0",
    "噪声前两个数从 −2 到 2 的网格，画在生成器把它送到的位置；其余各数为 0",
);
/// What real points are.
pub const REAL_HINT: Text = text("The data", "数据");
/// What made points are.
pub const MADE_HINT: Text = text("What the generator makes of random noise", "生成器由随机噪声生成的点");
/// Heading of the histogram.
pub const SCORES: Text = text("How the discriminator scores real and made rows", "判别器给真实样本与生成样本的打分");
/// Axis.
pub const PROBABILITY: Text = text("D(x): probability of being real", "D(x)：为真的概率");
/// Axis of scores that are no probabilities.
pub const SCORE: Text = text("score D(x)", "打分 D(x)");
/// What it says.
pub const SCORES_SAID: Text = text(
    "Mean of the real rows {real}, of the made ones {made}; {right} are told rightly (guessing: 50 %).",
    "真实样本的平均分 {real}，生成样本的平均分 {made}；判断正确 {right}（随机猜为 50 %）。",
);
/// The pushes.
pub const PUSH: Text = text("pushes", "推动方向");
/// What they are.
pub const PUSH_HINT: Text = text(
    "Minus the gradient of the generator's loss at points of the latest batch",
    "最近一批生成点处生成器损失的负梯度",
);
/// The slider from noise to data.
pub const TIME: Text = text("noise → data, t", "噪声 → 数据，t");
/// Legend.
pub const REAL: Text = text("real", "真实");
/// Legend.
pub const MADE: Text = text("made", "生成");
/// Legend.
pub const FIELD_LEGEND: Text = text("discriminator: real | made", "判别器的看法：真 | 假");
/// Legend.
pub const MESH_LEGEND: Text = text("generator, as a mesh of its noise", "生成器（噪声网格的去处）");
/// Legend.
pub const PUSH_LEGEND: Text = text("push on a made point", "对生成点的推动");
/// Of points made of noise.
pub const POINTS: Text = text(
    "{n} {n:made point|made points}; {near} of them lie near a real one, and {covered} of the real ones have a made one near.",
    "{n} 个生成点；其中 {near} 靠近真实点，{covered} 的真实点附近有生成点。",
);
/// The longest of the pushes, behind that.
pub const PUSHED: Text = text("The largest push is {most}.", "最大的推动为 {most}。");
/// Of pictures made of noise.
pub const PICTURES: Text = text(
    "{n} {n:picture|pictures} made of noise; their mean light is {mean}.",
    "由噪声生成的 {n} 张图像；平均亮度 {mean}。",
);
