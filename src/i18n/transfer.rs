//! What is said about transfer: a network that has learned one thing begins another.
//!
//! Not responsible for the runs (`spec::transfer`).

use super::{Text, text};

/// Title of the page.
pub const TITLE: Text = text("Transfer: learn from few examples", "迁移：用少量样本学习");
/// Below the title.
pub const LEAD: Text = text(
    "A network first learns digits, here and now. Then three runs learn something else from a few examples: with its layers frozen under a new last layer, with its layers learning on, and from scratch. Look at the first steps of the curves and at which layers move; then press play again and see how much training from scratch makes up.",
    "网络先在这里现场学会数字，然后三次训练各用少量样本学习别的东西：冻结它的各层、只换新的最后一层；让它的各层继续学习；从头开始。请看曲线的头几步，以及哪些层在移动；然后再按播放，看从头训练能追回多少。",
);
/// Name of the bar.
pub const BAR: Text = text("Training", "训练");
/// In the gallery.
pub const GROUP: Text = text("Transfer: what was learned once, used again", "迁移：学过的再用一次");
/// What its tile says.
pub const TILE: Text = text(
    "Frozen, fine-tuned and from scratch side by side, on ten examples a class; or teach it your own drawings.",
    "冻结、微调、从头训练并排比较，每类十个样本；也可以教它你自己画的图。",
);
/// The address asked for what there is not.
pub const REFUSED: Text = text("Not understood in the address: {what}.", "地址中无法理解：{what}。");
/// What is learned.
pub const TARGET: Text = text("Then learn", "接着学习");
/// About it.
pub const TARGET_HELP: Text = text("What the three runs learn from few examples.", "三次训练用少量样本学习的内容。");
/// Examples a class.
pub const EACH: Text = text("Examples a class", "每类样本数");
/// About it.
pub const EACH_HELP: Text = text(
    "So many pictures of each class are learned from; the seed picks them.",
    "每类只用这么多张图片学习，由随机种子挑选。",
);
/// The source's panel.
pub const SOURCE: Text = text("First: digits", "第一步：数字");
/// All digits.
pub const SOURCE_ALL: Text = text(
    "MNIST, digits 0 to 9, from the first weights of the seed. Nothing is shipped trained.",
    "MNIST 数字 0 到 9，从随机种子的初始权重开始。没有预先训练好的东西。",
);
/// Half of them.
pub const SOURCE_HALF: Text = text(
    "MNIST, digits 0 to 4 only; it never sees a 5, 6, 7, 8 or 9.",
    "MNIST 中只有数字 0 到 4；它从没见过 5、6、7、8、9。",
);
/// A network.
pub const NETWORK: Text = text("Network", "网络");
/// Steps of a fixed number.
pub const STEPS: Text = text("{step} of {all}", "{step} / {all}");
/// Of the source.
pub const STEP: Text = text("step", "步");
/// On the test part.
pub const ACCURACY: Text = text("test accuracy", "测试准确率");
/// On the test part.
pub const LOSS: Text = text("test loss", "测试损失");
/// On the drawn examples themselves, where none is kept apart.
pub const ACCURACY_OWN: Text = text("accuracy on the learned examples", "所学样本上的准确率");
/// Likewise.
pub const LOSS_OWN: Text = text("loss on the learned examples", "所学样本上的损失");
/// Of the last batch.
pub const TRAIN_LOSS: Text = text("loss of the last batch", "最近一个批量的损失");
/// The source is through.
pub const SOURCE_DONE: Text = text(
    "It has learned; its layers but the last are where two of the runs begin.",
    "它学完了；除最后一层外的各层，是其中两次训练的起点。",
);
/// The curves' panel.
pub const CURVES: Text = text("The three, step by step", "三者的进展");
/// About it.
pub const CURVES_WHAT: Text = text(
    "Share of the test pictures answered rightly, and the mean loss on them, measured every five steps. None of the three learns from these pictures.",
    "每五步测一次：测试图片的正确率和平均损失。三者都不从这些图片学习。",
);
/// Text alternative.
pub const CURVES_LABEL: Text = text(
    "{what} over the steps: frozen {frozen}, fine-tuned {tuned}, from scratch {scratch}",
    "{what}随步数变化：冻结 {frozen}，微调 {tuned}，从头 {scratch}",
);
/// The table's panel.
pub const TABLE: Text = text("Side by side", "并排比较");
/// The head of its column of runs.
pub const RUN: Text = text("run", "训练");
/// Opens a run.
pub const OPEN: Text = text("Open the network in the playground", "在实验台中打开该网络");
/// About that.
pub const OPEN_HELP: Text = text(
    "Opens this experiment from the first weights of its seed: a link carries no trained weights.",
    "从随机种子的初始权重打开此实验：链接不携带训练好的权重。",
);
/// Which is ahead.
pub const AHEAD: Text = text(
    "At step {step} frozen layers with a new head are {points} {points:point|points} ahead of training from scratch.",
    "第 {step} 步，冻结加新的最后一层比从头训练高 {points} 个百分点。",
);
/// Or behind.
pub const BEHIND: Text = text(
    "At step {step} training from scratch is {points} {points:point|points} ahead of frozen layers with a new head: here, what digits taught is worth less than learning anew.",
    "第 {step} 步，从头训练比冻结加新的最后一层高 {points} 个百分点：在这里，数字教会的东西不如重新学习。",
);
/// Neither.
pub const EVEN: Text = text("At step {step} both are even.", "第 {step} 步，两者持平。");
/// Nothing yet.
pub const NOT_YET: Text = text("The three begin when the source has learned.", "等第一步学完，三者才开始。");
/// Which layers moved.
pub const MOVES: Text = text("Which layers moved", "哪些层移动了");
/// About it.
pub const MOVES_WHAT: Text = text(
    "Length of the way from a layer's first weights, as a share of their length: ‖W − W₀‖ / ‖W₀‖. A frozen layer stays at 0; layers that were learned before need to move less than fresh ones.",
    "一层的权重从起点走过的距离，与起点长度之比：‖W − W₀‖ / ‖W₀‖。冻结的层保持为 0；学过的层比全新的层需要移动得少。",
);
/// What the bars are of.
pub const MOVES_UNIT: Text = text(
    "Way from the first weights, as a share of their length: ‖W − W₀‖ / ‖W₀‖",
    "离开初始权重的距离与其长度之比：‖W − W₀‖ / ‖W₀‖",
);
/// The new last layer.
pub const HEAD: Text = text("{layer} (new head)", "{layer}（新的最后一层）");
/// The doctor's word for numbers out of range.
pub const DIVERGED: Text = text(
    "Its numbers left the finite range; reset, or choose another seed.",
    "数值超出有限范围；请重置或换一个随机种子。",
);
/// Own classes.
pub const TEACH: Text = text("Teach it yours", "教它你的图");
/// About it.
pub const TEACH_WHAT: Text = text(
    "Draw some ten examples of each class, or add photographs; then have them learned. Whatever is on the pad afterwards is answered by all three. Pictures beyond the examples a class are not learned: they are the test.",
    "每类画十个左右样本，或添加照片，然后开始学习。之后画板上的任何东西三者都会回答。超出每类样本数的图片不用于学习，而作测试。",
);
/// What to do on the pad.
pub const PAD: Text = text("Draw here, then say which class it is:", "在这里画，然后说它是哪一类：");
/// Gives the drawing to a class.
pub const TAKE: Text = text("This is {name}", "这是 {name}");
/// A class without a name.
pub const CLASS_N: Text = text("class {n}", "类别 {n}");
/// Its name.
pub const CLASS_NAME: Text = text("Name of class {n}", "类别 {n} 的名称");
/// Adds photographs.
pub const PHOTOS: Text = text("Add photographs …", "添加照片……");
/// To which class.
pub const PHOTOS_TO: Text = text("Add photographs to {name}", "给 {name} 添加照片");
/// Some could not be read.
pub const PHOTOS_BAD: Text = text("Left out: {what}", "未采用：{what}");
/// Takes a class away.
pub const REMOVE_CLASS: Text = text("Remove {name} and its pictures", "删除 {name} 及其图片");
/// Takes a picture away.
pub const REMOVE_PICTURE: Text = text("Remove picture {n} of {name}", "删除 {name} 的第 {n} 张图片");
/// How many there are.
pub const COUNT: Text = text("{n} {n:picture|pictures}", "{n} 张图片");
/// One more class.
pub const ADD_CLASS: Text = text("Add a class", "增加类别");
/// Has own classes learned.
pub const LEARN: Text = text("Learn these", "学习这些");
/// Too few classes.
pub const FEW_CLASSES: Text = text(
    "At least two classes need pictures; {n} {n:has|have} some so far. Draw one and say which class it is.",
    "至少两个类别要有图片，目前有 {n} 个。画一张，然后说它属于哪一类。",
);
/// They have changed.
pub const CHANGED: Text = text(
    "The pictures have changed since they were learned; have them learned again.",
    "图片在学习之后有改动，请重新学习。",
);
/// What the three answer.
pub const ANSWERS: Text = text("What the three answer", "三者的回答");
/// Nothing on the pad.
pub const ANSWERS_NONE: Text =
    text("Once these are learned, draw something: all three answer it here.", "学完之后再画点什么：三者会在这里回答。");

/// A run.
pub fn run(name: &str) -> Text {
    match name {
        "frozen" => text("frozen, new head", "冻结，新的最后一层"),
        "fine-tuned" => text("fine-tuned", "微调"),
        _ => text("from scratch", "从头训练"),
    }
}

/// What is learned.
pub fn target(name: &str) -> Text {
    match name {
        "fashion" => text("clothes (Fashion-MNIST)", "服饰（Fashion-MNIST）"),
        "digits" => text("digits 5–9, after 0–4", "数字 5–9（先学 0–4）"),
        _ => text("my own classes", "我自己的类别"),
    }
}
