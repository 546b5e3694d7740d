//! Words of the editor for one's own pictures and of the pad to draw on.
//!
//! Not responsible for what is wrong with a file (`i18n::problems`).

use super::{Text, text};

/// What to do for own pictures.
pub const PICTURES_HINT: Text = text(
    "Choose or drop a folder that holds a folder of pictures for each class; or single pictures, and say their class. Folders train and test are kept as the split. Nothing leaves this tab.",
    "选择或拖入一个文件夹，其中每个类别一个子文件夹；也可以选择单张图片再指定类别。train 和 test 文件夹会作为训练集与测试集。图片不会离开本页。",
);
/// Button.
pub const FOLDER: Text = text("Choose a folder", "选择文件夹");
/// Button.
pub const PICTURES: Text = text("Choose pictures", "选择图片");
/// Label of the class for pictures that have none.
pub const PICTURE_CLASS: Text = text("Class of {n:this|these} {n} {n:picture|pictures}", "这 {n} 张图片的类别");
/// What to type there.
pub const PICTURE_CLASS_HINT: Text = text("for example cat", "例如：猫");
/// Button.
pub const PICTURE_ADD: Text = text("Add", "添加");
/// Button: classes told by how the names of the files begin.
pub const PICTURE_BY_NAME: Text = text("Take it from the file names: {names}", "按文件名区分：{names}");
/// Button: pictures without a class are taken away.
pub const PICTURE_DISCARD: Text = text("Take away", "移除");
/// The list of classes.
pub const PICTURE_CLASSES: Text = text("Classes and how many pictures each has", "各类别及其图片数");
/// Button beside a class.
pub const PICTURE_REMOVE: Text = text("Remove the class {name}", "删去类别 {name}");
/// Button.
pub const PICTURES_CLEAR: Text = text("Start over", "全部清除");
/// While files are read.
pub const PICTURES_READING: Text = text("Reading picture {done} of {all}", "正在读取图片 {done} / {all}");
/// Button while files are read.
pub const PICTURES_STOP: Text = text("Stop reading", "停止读取");
/// Label.
pub const SIDE: Text = text("Size", "尺寸");
/// Label: what becomes of a picture that is not square.
pub const FIT: Text = text("Not square", "非正方形");
/// All of it, with padding.
pub const FIT_WHOLE: Text = text("fit and pad", "整图填充");
/// Its middle.
pub const FIT_MIDDLE: Text = text("crop middle", "裁取中央");
/// Label: what transparent parts lie on.
pub const GROUND: Text = text("Transparent parts", "透明部分");
/// Decided by the drawing.
pub const GROUND_AUTO: Text = text("automatic", "自动");
/// White.
pub const GROUND_WHITE: Text = text("on white", "白底");
/// Black.
pub const GROUND_BLACK: Text = text("on black", "黑底");

/// What was read.
pub const READ: Text =
    text("{n} {n:picture|pictures} in {classes} {classes:class|classes}.", "{classes} 个类别，共 {n} 张图片。");
/// The split was given.
pub const READ_SPLIT: Text =
    text("The folders say which {test} of them are the test part.", "按文件夹划分，其中 {test} 张用于测试。");
/// Not square: padded.
pub const READ_WHOLE: Text = text(
    "Each was fitted whole into {side}×{side}; the rest is padded with the colour of its edge.",
    "每张图整体缩放到 {side}×{side}，空余部分用边缘的颜色填充。",
);
/// Not square: cropped.
pub const READ_MIDDLE: Text =
    text("The middle square of each was made {side}×{side}.", "每张图裁取中央的正方形，缩放到 {side}×{side}。");
/// Square, of different sizes.
pub const READ_MIXED: Text =
    text("They had different sizes; each was made {side}×{side}.", "图片尺寸不一，已统一缩放到 {side}×{side}。");
/// Transparent parts.
pub const READ_ON_WHITE: Text = text("Transparent parts lie on white.", "透明部分以白色为底。");
/// Transparent parts.
pub const READ_ON_BLACK: Text =
    text("Transparent parts lie on black, where the drawing shows.", "透明部分以黑色为底，使图案可见。");
/// Transparent parts.
pub const READ_ON_EACH: Text =
    text("Transparent parts lie on white or on black, whichever shows the drawing.", "透明部分按图案选用白底或黑底。");
/// More than an experiment can carry.
pub const READ_NO_ROOM: Text = text(
    "{no_room} more have no room at {side}×{side}; every class gave its share. A smaller size holds more.",
    "在 {side}×{side} 下另有 {no_room} 张放不下，已从各类别均匀选取；缩小尺寸可容纳更多。",
);
/// Hidden files.
pub const READ_HIDDEN: Text =
    text("{hidden} hidden or system files were skipped.", "跳过了 {hidden} 个隐藏或系统文件。");

/// Over the pad while nothing is drawn.
pub const PAD_EMPTY: Text = text("Draw here, with the mouse or a finger.", "用鼠标或手指在这里绘制。");
/// Tick box of the pad.
pub const CENTRE: Text = text("centre it", "自动居中");
/// A drawing was moved.
pub const CENTRED: Text = text(
    "The network sees this: your drawing, moved to the middle and scaled as the pictures it learned from are (by centre of mass).",
    "网络看到的是这张图：你的绘图已像训练图片一样按质心居中并缩放。",
);
/// Canvas.
pub const SEEN: Text = text("What the network sees of your drawing", "网络看到的绘图");
