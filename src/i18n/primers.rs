//! What is said about the six programs of published primers: what goes wrong as written, and what was meant.
//!
//! Not responsible for the programs (`spec::preset::primers`); a test holds the two together.

pub mod formulas;

use super::{Text, text};

/// Title of the page.
pub const TITLE: Text = text("Primers, checked", "教程核对");
/// Below the title.
pub const LEAD: Text = text(
    "Six programs of published primers, each trained twice on one seed: as it was written, and as it was meant. Both halves are measured here, in your browser.",
    "已出版教程里的六个程序，各用同一个随机种子训练两遍：一遍照原文，一遍按本意。两边的数字都是在你的浏览器里现算的。",
);
/// Name of the row of programs.
pub const PROGRAMS: Text = text("Programs", "程序");
/// One of them.
pub const PROGRAM: Text = text("Program {name}: {what}", "程序 {name}：{what}");
/// The address named none.
pub const REFUSED: Text = text("There is no program “{name}”; the first is shown.", "没有程序“{name}”，显示第一个。");
/// Name of the bar.
pub const BAR: Text = text("Training of both halves", "两边的训练");
/// Group in the gallery.
pub const GROUP: Text = text("Primers, checked: as written beside as meant", "教程核对：照原文与按本意并排");
/// Title of the chart.
pub const LOSSES: Text = text("Training loss of both", "两边的训练损失");
/// What it shows.
pub const LOSSES_WHAT: Text = text(
    "Mean loss of the training batches, smoothed. The thin line is what both are measured against.",
    "训练批量的平均损失（已平滑）。细线是用来对照的数值。",
);
/// Text alternative.
pub const LOSSES_LABEL: Text =
    text("Training loss over the steps: as written {a}, as meant {b}", "训练损失随步数变化：照原文 {a}，按本意 {b}");
/// Heading of the comparison.
pub const BETWEEN: Text = text("What tells them apart", "两者的区别");
/// Loss of the training batches.
pub const TRAIN_LOSS: Text = text("training loss", "训练损失");
/// Of the test part.
pub const TEST_LOSS: Text = text("test loss", "测试损失");
/// Of the test part.
pub const ACCURACY: Text = text("test accuracy", "测试准确率");
/// Of numbers.
pub const R2: Text = text("test R²", "测试 R²");
/// Steps.
pub const STEP: Text = text("step", "步");
/// A half's network.
pub const NETWORK: Text = text("Network", "网络");
/// Opens a half in the playground.
pub const OPEN: Text = text("Open in the playground", "在实验台中打开");
/// The doctor has found nothing.
pub const WELL: Text = text("The doctor finds nothing.", "诊断没有发现问题。");
/// He has not looked yet.
pub const EARLY: Text = text("The doctor looks after some 60 steps.", "训练约 60 步后开始诊断。");
/// Before his findings.
pub const FOUND: Text = text("The doctor finds:", "诊断发现：");
/// Between the two.
pub const ONLY_WRITTEN: Text = text("The doctor finds only as written: {names}.", "只有照原文时才发现：{names}。");
/// Between the two.
pub const NOTHING_BETWEEN: Text = text(
    "Nothing that the doctor knows parts the two so far; the figure does.",
    "到目前为止，诊断看不出两者的区别，要看数字。",
);

/// A half: as written, as meant.
pub fn half(index: usize) -> Text {
    match index {
        0 => text("As written", "照原文"),
        _ => text("As meant", "按本意"),
    }
}

/// What is said of a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Words {
    /// In a few words.
    pub name: Text,
    /// What goes wrong.
    pub wrong: Text,
    /// Each half in a sentence.
    pub halves: [Text; 2],
    /// Its main figure.
    pub figure: Text,
    /// What the figure is set against: the number, and what it is.
    pub reference: Option<(f64, Text)>,
}

/// Of the program of that letter.
pub fn program(letter: &str) -> Words {
    match letter {
        "a" => Words {
            name: text("labels that are no labels", "不是标签的标签"),
            wrong: text(
                "The targets are random numbers between 0 and 1 that have nothing to do with the inputs. There is no test part, and binary cross-entropy of such targets stays far above 0 even where every one is remembered (0.5).",
                "目标是 0 到 1 之间的随机数，与输入毫无关系；也没有测试集。对这样的目标，即使全部背下来，二元交叉熵也还有 0.5，远高于 0。",
            ),
            halves: [
                text(
                    "1,000 random rows, random targets in (0, 1), all rows in one batch, predictions on the training rows.",
                    "1000 行随机数，目标是 (0, 1) 中的随机数，全部样本作一个批量，在训练样本上预测。",
                ),
                text(
                    "The same rows with labels 0 and 1 that follow from them by a straight rule; a fifth is held out.",
                    "同样的输入，标签 0 和 1 由一条线性规则决定；留出五分之一作测试。",
                ),
            ],
            figure: text("training loss (binary cross-entropy)", "训练损失（二元交叉熵）"),
            reference: Some((std::f64::consts::LN_2, text("a constant answer of ½", "始终回答 ½"))),
        },
        "b" => Words {
            name: text("a loss that falls below zero", "降到零以下的损失"),
            wrong: text(
                "The targets run from 0 to 2. For a target above 1, binary cross-entropy has no lowest value: it falls without end as the answer grows, and a falling loss says nothing.",
                "目标取值 0 到 2。目标大于 1 时，二元交叉熵没有最小值：输出越大损失越低，没有尽头，损失下降并不说明什么。",
            ),
            halves: [
                text(
                    "100 random rows, random targets from 0 to 2, batches of 32.",
                    "100 行随机数，目标是 0 到 2 的随机数，批量 32。",
                ),
                text(
                    "The same rows with labels 0 and 1 that follow from them; a fifth is held out.",
                    "同样的输入，标签 0 和 1 由输入决定；留出五分之一作测试。",
                ),
            ],
            figure: text("training loss (binary cross-entropy)", "训练损失（二元交叉熵）"),
            reference: Some((0.0, text("the lowest that labels 0 and 1 allow", "标签为 0、1 时的最小值"))),
        },
        "c" => Words {
            name: text("pixels from 0 to 255", "0 到 255 的像素"),
            wrong: text(
                "The pictures go in as bytes from 0 to 255, and not flattened (which cannot run; here they are). First weights are made for inputs of about 1: the loss starts several times as high as guessing costs, and part of the training goes into mending that.",
                "图片以 0 到 255 的字节直接输入，也没有展平（那样无法运行，这里已展平）。初始权重是为大小约 1 的输入设计的：损失一开始就是随机猜测的好几倍，一部分训练只是在弥补这一点。",
            ),
            halves: [
                text("MNIST as bytes, 784–64–10, five epochs.", "MNIST 字节，784–64–10，五轮。"),
                text("The same pictures scaled to 0–1.", "同样的图片，缩放到 0–1。"),
            ],
            figure: text("loss of the first batch (cross-entropy)", "第一个批量的损失（交叉熵）"),
            reference: Some((std::f64::consts::LN_10, text("guessing among ten digits", "在十个数字里随机猜"))),
        },
        "d" => Words {
            name: text("a network without data", "没有数据的网络"),
            wrong: text(
                "The program never says what its pictures are. Noise stands in here: a network this large learns noise by heart, and knows nothing about a picture it has not seen.",
                "程序从没说明图片从哪里来，这里用噪声代替：这么大的网络会把噪声背下来，对没见过的图片却一无所知。",
            ),
            halves: [
                text("1,000 pictures of noise, labels drawn at random.", "1000 张噪声图片，标签随机。"),
                text("The same network on emoji in colour.", "同样的网络，学习彩色表情符号。"),
            ],
            figure: text("test accuracy", "测试准确率"),
            reference: Some((0.1, text("guessing among ten classes", "在十类里随机猜"))),
        },
        "e" => Words {
            name: text("an output that cannot reach", "够不着的输出"),
            wrong: text(
                "The decoder reads the input and not the code (which cannot run; mended here). Its sigmoid answers 0 to 1, but the inputs are normal: everything below 0 and above 1 is out of reach. And noise has nothing to be compressed.",
                "解码器读的是输入而不是编码（无法运行，这里已改正）。sigmoid 只能输出 0 到 1，而输入是正态分布：小于 0、大于 1 的部分都够不着。噪声也没有可压缩之处。",
            ),
            halves: [
                text(
                    "100 numbers of noise, 100–25–50–25–100 with a sigmoid at the end.",
                    "100 个噪声数，100–25–50–25–100，末层 sigmoid。",
                ),
                text(
                    "The same layers with a straight end, on rows that eight hidden numbers make.",
                    "同样的结构，末层不加激活；数据由八个隐藏的数生成。",
                ),
            ],
            figure: text("training loss (mean squared error)", "训练损失（均方误差）"),
            reference: Some((0.575, text("the best that answers from 0 to 1 can do", "输出限于 0 到 1 时的最好结果"))),
        },
        _ => Words {
            name: text("answers that stand in the input", "答案就在输入里"),
            wrong: text(
                "Input and target are cut along the features, not along time: eight of nine targets stand in the input of the same step. The network copies, and the loss falls. (As written it cannot run: 50 outputs against 9 targets.)",
                "输入与目标是沿特征而不是沿时间错开的：九个目标中有八个就在同一步的输入里。网络照抄，损失当然下降。（原文无法运行：50 个输出对 9 个目标。）",
            ),
            halves: [
                text("White noise, shifted by one feature.", "白噪声，错开一个特征。"),
                text(
                    "The next value of a series that can be predicted: electricity, hour by hour.",
                    "可以预测的序列的下一个值：逐小时用电量。",
                ),
            ],
            figure: text("training loss (mean squared error)", "训练损失（均方误差）"),
            reference: Some((1.0, text("what nobody can do better on white noise", "对白噪声谁也不能更好"))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_has_words_of_its_own() {
        let all: Vec<&str> = ["a", "b", "c", "d", "e", "f"].iter().map(|l| program(l).name.en).collect();
        let listed: Vec<&str> = crate::spec::preset::primers::all().iter().map(|p| program(p.name).name.en).collect();
        assert_eq!(all, listed);
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len());
    }
}
