//! Names and one-line descriptions of the data sets.
//!
//! Not responsible for the list of sets (`spec::sets`); a test holds the two together.

use super::{Text, text};

/// What people call a data set, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetText {
    /// Short name.
    pub name: Text,
    /// One sentence: what is to be learned from it.
    pub about: Text,
}

const fn set(en: &'static str, zh: &'static str, about_en: &'static str, about_zh: &'static str) -> SetText {
    SetText { name: text(en, zh), about: text(about_en, about_zh) }
}

/// The text of the set with that JSON name; `None` for a name that no set has.
pub fn set_text(name: &str) -> Option<SetText> {
    generated(name).or_else(|| shipped(name)).or_else(|| sequence(name))
}

fn generated(name: &str) -> Option<SetText> {
    Some(match name {
        "circle" => set("Circle", "圆", "A disc inside a ring.", "圆环里的一个圆盘。"),
        "xor" => set(
            "XOR",
            "异或",
            "Opposite quadrants share a class: no straight line separates them.",
            "对角的象限同类：任何一条直线都分不开。",
        ),
        "gauss" => set("Gaussians", "高斯团", "One cloud of points per class.", "每类一团点。"),
        "spiral" => set("Spiral", "螺旋", "One arm per class, wound around each other.", "每类一条臂，彼此缠绕。"),
        "moons" => set("Moons", "双月", "Two half circles, each in the other's hollow.", "两个互相嵌入的半圆。"),
        "checkerboard" => set(
            "Checkerboard",
            "棋盘",
            "A 4×4 board: many small regions, a hard one for few units.",
            "4×4 棋盘：区域小而多，单元太少就学不会。",
        ),
        "rings" => set("Rings", "同心环", "One ring per class around one centre.", "每类一个环，共用圆心。"),
        "heart" => set("Heart", "心形", "Inside or outside of a heart.", "心形的里面或外面。"),
        "ring" => set(
            "Ring of clouds",
            "点团环",
            "Eight small clouds on a circle: a generator must find each of them.",
            "圆周上的八个小点团：生成器要把它们逐个找到。",
        ),
        "grid" => {
            set("Grid of clouds", "点团网格", "Twenty-five small clouds in five rows.", "排成五行的二十五个小点团。")
        }
        "plane" => set("Plane", "平面", "z = (x + y) / 2: one neuron is enough.", "z = (x + y) / 2：一个神经元就够。"),
        "waves" => set("Waves", "波浪", "z = sin 4x · cos 3y.", "z = sin 4x · cos 3y。"),
        "multi_gauss" => set("Hills", "山丘", "Three hills and three hollows.", "三座山丘、三个洼地。"),
        "formula" => set(
            "Formula",
            "公式",
            "Points above or below a curve that you type.",
            "你输入一条曲线，点在它的上方或下方。",
        ),
        "points" => set("Drawn points", "手绘点", "Points that you draw yourself.", "你自己画的点。"),
        "csv" => set(
            "My table",
            "我的表格",
            "A table (CSV) of your own; it stays in this tab.",
            "你自己的表格（CSV），只留在本页。",
        ),
        "series" => set(
            "My series",
            "我的时间序列",
            "A column of numbers in time order, to be forecast; it stays in this tab.",
            "按时间排列的一列数，用来预测后面的值；只留在本页。",
        ),
        "random" => {
            set("Noise", "随机数", "Random numbers of any shape, for measuring.", "任意形状的随机数，用于测量。")
        }
        _ => return None,
    })
}

fn shipped(name: &str) -> Option<SetText> {
    Some(match name {
        "iris" => set(
            "Iris",
            "鸢尾花",
            "Which of three irises? Four lengths of petals and sepals.",
            "三种鸢尾花，依据花瓣和萼片的四个长度。",
        ),
        "penguins" => set(
            "Penguins",
            "企鹅",
            "Which of three penguins? Bill, flipper, weight, island, sex.",
            "三种企鹅，依据喙、鳍、体重、岛屿和性别。",
        ),
        "wine" => set(
            "Wine",
            "葡萄酒",
            "Which of three growers? Thirteen chemical measurements.",
            "三家种植者，依据十三项化学指标。",
        ),
        "breast_cancer" => set(
            "Breast cancer",
            "乳腺癌",
            "Benign or malignant? Thirty measurements of cell nuclei.",
            "良性还是恶性？细胞核的三十项测量。",
        ),
        "titanic" => set(
            "Titanic",
            "泰坦尼克号",
            "Who survived? Class, age group and sex.",
            "谁生还了？依据舱位、年龄段和性别。",
        ),
        "adult" => set(
            "Census income",
            "人口普查收入",
            "Income above 50,000 dollars (1994)? A lesson in fairness, too.",
            "1994 年收入是否超过五万美元？也是一堂公平课。",
        ),
        "diabetes" => set(
            "Diabetes",
            "糖尿病",
            "How far the disease goes in a year, from ten measurements.",
            "由十项测量预测一年后的病情。",
        ),
        "cars_mpg" => set(
            "Cars",
            "汽车油耗",
            "Miles per gallon of cars of the 1970s and 80s.",
            "上世纪七八十年代汽车每加仑行驶英里数。",
        ),
        "sacramento_houses" => set(
            "House prices",
            "房价",
            "Prices of houses in Sacramento: size, rooms, place.",
            "萨克拉门托的房价：面积、房间、位置。",
        ),
        "digits8" => set("Digits 8×8", "数字 8×8", "Handwritten digits, 64 pixels each.", "手写数字，每张 64 个像素。"),
        "mnist" => set("MNIST", "MNIST", "Handwritten digits, 28×28 pixels.", "手写数字，28×28 像素。"),
        "fashion_mnist" => set(
            "Fashion",
            "服饰",
            "Ten kinds of clothes, 28×28 pixels: like MNIST, but harder.",
            "十种衣物，28×28 像素：与 MNIST 同形，但更难。",
        ),
        "emoji32" => set(
            "Emoji",
            "表情符号",
            "Ten kinds of emoji in seven styles, 32×32 pixels in colour; few enough to overfit.",
            "七种风格的十类表情符号，32×32 彩色像素；数量少，容易过拟合。",
        ),
        _ => return None,
    })
}

fn sequence(name: &str) -> Option<SetText> {
    Some(match name {
        "shakespeare" => set(
            "Shakespeare",
            "莎士比亚",
            "Plays, letter by letter: which character comes next?",
            "剧本，逐个字母：下一个字符是什么？",
        ),
        "tang300" => set(
            "300 Tang poems",
            "唐诗三百首",
            "Poems with title and poet, character by character.",
            "带题目与作者的唐诗，逐字预测。",
        ),
        "jueju5" => set(
            "Five-character quatrains",
            "五言绝句",
            "1,137 quatrains of five characters a line.",
            "1137 首五言绝句。",
        ),
        "jueju7" => set(
            "Seven-character quatrains",
            "七言绝句",
            "1,500 quatrains of seven characters a line.",
            "1500 首七言绝句。",
        ),
        "name_list" => {
            set("First names", "人名表", "A list of first names: make up new ones.", "英文名列表：可以编出新的名字。")
        }
        "pictures" => set(
            "My pictures",
            "我的图片",
            "A folder of pictures for each class, or single pictures; they stay in this tab.",
            "每个类别一个文件夹，或单张图片；只留在本页。",
        ),
        "text" => set(
            "My text",
            "我的文本",
            "A text of your own, learned character by character.",
            "你自己的文本，逐字学习。",
        ),
        "airline" => set(
            "Airline",
            "航空旅客",
            "Passengers a month 1949–1960: growth and seasons.",
            "1949–1960 年每月旅客数：增长与季节。",
        ),
        "sunspots" => set(
            "Sunspots, monthly",
            "太阳黑子（月）",
            "Two centuries of sunspots, a cycle of about eleven years.",
            "两个多世纪的太阳黑子，约十一年一个周期。",
        ),
        "sunspots_yearly" => {
            set("Sunspots, yearly", "太阳黑子（年）", "Yearly means since 1700.", "1700 年以来的年均值。")
        }
        "co2" => set(
            "CO₂",
            "二氧化碳",
            "CO₂ in the air at Mauna Loa since 1958: rising, with the seasons on it.",
            "1958 年以来莫纳罗亚的大气二氧化碳：逐年上升，叠加季节。",
        ),
        "electricity" => set(
            "Electricity",
            "用电量",
            "Demand every half hour over twelve weeks: days and weeks repeat.",
            "十二周内每半小时的用电量：日与周的重复。",
        ),
        "weather" => set(
            "Weather",
            "天气",
            "Seattle day by day: tomorrow’s highest temperature.",
            "西雅图每日天气：预测次日最高气温。",
        ),
        "names" => set(
            "Name → gender",
            "名字 → 性别",
            "Twelve letters at most: a woman’s or a man’s name?",
            "至多十二个字母：女名还是男名？",
        ),
        "g2p" => set(
            "Spelling → sound",
            "拼写 → 读音",
            "English words to their phonemes, 12,000 pairs.",
            "英语单词到音素，一万二千对。",
        ),
        "dates" => set(
            "Dates",
            "日期",
            "“9 March 2021”, “2021年3月9日” … to 2021-03-09.",
            "把“9 March 2021”“2021年3月9日”等写成 2021-03-09。",
        ),
        "reverse" => set("Reverse", "倒序", "Digits, backwards.", "把数字倒过来。"),
        "sort" => set("Sort", "排序", "Digits, in order.", "把数字排好序。"),
        "add" => set(
            "Add",
            "加法",
            "Two numbers to their sum, lowest digit first, as on paper.",
            "两数之和，从低位写起，如同笔算。",
        ),
        "copy_memory" => set(
            "Copy memory",
            "记忆复制",
            "Five symbols, a long gap, then the symbols again.",
            "先读五个符号，隔很多步之后再依次写出来。",
        ),
        "adding" => set(
            "Adding problem",
            "加法问题",
            "Two marked numbers among many: their sum.",
            "从许多数中找出两个带标记的数求和。",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::sets;

    #[test]
    fn every_set_has_a_name_in_both_languages() {
        for info in sets::sets() {
            let t = set_text(info.name).unwrap_or_else(|| panic!("{} has no text", info.name));
            for text in [t.name, t.about] {
                assert!(!text.en.is_empty() && !text.zh.is_empty(), "{}", info.name);
            }
        }
        assert_eq!(set_text("nonsense"), None);
    }
}
