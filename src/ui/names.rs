//! What the page calls the columns and classes of the data: the file's own names in English, Chinese ones in 中文.
//!
//! Not responsible for the names themselves (`i18n::data_names`).

use crate::i18n::{Lang, data_names};
use crate::spec::{DataInfo, Experiment};

/// What follows from the experiment's data, with names in the learner's language; `None` while the data makes no sense.
pub fn data_info(experiment: &Experiment, lang: Lang) -> Option<DataInfo> {
    Some(named(experiment.data_info()?, &experiment.data.set, lang))
}

/// The same with the names of the set `set` in that language.
pub fn named(mut info: DataInfo, set: &str, lang: Lang) -> DataInfo {
    if lang == Lang::Zh {
        let names = info.class_names.iter_mut().chain(&mut info.feature_names).chain(&mut info.target_name);
        names.for_each(|n| *n = chinese(set, n));
    }
    info
}

/// A feature may be one word of a column, `island=Biscoe`: both parts have a name.
fn chinese(set: &str, name: &str) -> String {
    let one = |n: &str| data_names::chinese(set, n).map_or_else(|| n.to_string(), str::to_string);
    match name.split_once('=') {
        Some((column, word)) if data_names::chinese(set, column).is_some() => format!("{}={}", one(column), one(word)),
        _ => one(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_of_a_feature_have_a_name() {
        assert_eq!(chinese("penguins", "island=Biscoe"), "岛屿=比斯科岛");
        assert_eq!(chinese("adult", "<=50K"), "至多 5 万美元");
        assert_eq!(chinese("csv", "a=b"), "a=b");
    }
}
