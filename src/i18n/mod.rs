//! The two languages of the interface. A text is one constant holding both, so neither can be forgotten.
//!
//! Not responsible for choosing a language (`ui::state`) nor for lesson prose.

pub mod about;
pub mod activation;
pub mod answers;
pub mod attention;
pub mod card;
pub mod climb;
pub mod coder;
pub mod csv;
pub mod curves;
pub mod data;
pub mod data_names;
pub mod doctor;
pub mod drawn;
pub mod export;
pub mod fields;
pub mod files;
pub mod filters;
pub mod forecast;
pub mod gradient;
pub mod guide;
pub mod heads;
pub mod inside;
pub mod lab;
pub mod layer_fields;
mod layers;
pub mod made;
pub mod maps;
pub mod media;
pub mod network;
pub mod offline;
pub mod onnx;
pub mod output;
pub mod panel;
pub mod pasted;
pub mod places;
pub mod presets;
pub mod primers;
pub mod probe;
pub mod problems;
pub mod query;
pub mod report;
pub mod samples;
pub mod sandbox;
pub mod sets;
pub mod setup;
pub mod shell;
pub mod side;
pub mod states;
pub mod task;
pub mod transfer;
pub mod transport;
pub mod truth;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

impl Lang {
    /// The BCP 47 tag for `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        }
    }

    /// From `en`, `zh`, `zh-CN` …; anything else is `None`.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        match tag.split(['-', '_']).next().map(str::to_ascii_lowercase).as_deref() {
            Some("en") => Some(Lang::En),
            Some("zh") => Some(Lang::Zh),
            _ => None,
        }
    }
}

/// One text in both languages; `{name}` marks a place for [`Text::with`], `{name:point|points}` the word for a number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// 简体中文.
    pub zh: &'static str,
}

/// Makes a text.
pub const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

impl Text {
    /// In that language.
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }

    /// In that language, with every `{name}` replaced by its value and every `{name:one|many}` by the word that goes
    /// with it.
    pub fn with(self, lang: Lang, args: &[(&str, &str)]) -> String {
        args.iter().fold(self.get(lang).to_string(), |s, (name, value)| {
            counted(s, name, *value == "1").replace(&format!("{{{name}}}"), value)
        })
    }
}

/// Puts the word for one, or for another number, where the text has both.
fn counted(mut said: String, name: &str, one: bool) -> String {
    let open = format!("{{{name}:");
    while let Some(at) = said.find(&open) {
        let from = at + open.len();
        let Some((both, _)) = said[from..].split_once('}') else { break };
        let (single, many) = both.split_once('|').unwrap_or((both, both));
        let (word, end) = (if one { single } else { many }.to_string(), from + both.len() + 1);
        said.replace_range(at..end, &word);
    }
    said
}

/// Sentences as one text: English parts them with a blank, after a Chinese full stop there is none.
pub fn sentences(lang: Lang, all: &[impl AsRef<str>]) -> String {
    let mut text = String::new();
    for said in all.iter().map(AsRef::as_ref).filter(|said| !said.is_empty()) {
        text.push_str(if text.is_empty() { "" } else { between(lang) });
        text.push_str(said);
    }
    text
}

/// What stands between two sentences.
pub fn between(lang: Lang) -> &'static str {
    match lang {
        Lang::En => " ",
        Lang::Zh => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_word() {
        let said = |n: &str| text("{n} {n:cell is|cells are} empty", "{n} 格为空").with(Lang::En, &[("n", n)]);
        assert_eq!([said("1"), said("0"), said("21")], ["1 cell is empty", "0 cells are empty", "21 cells are empty"]);
        assert_eq!(
            csv::RESULT_CLASSES.with(Lang::Zh, &[("rows", "1"), ("inputs", "1"), ("classes", "2")]),
            "1 行，1 个输入 → 2 类"
        );
        assert_eq!(
            sandbox::FEEDS.with(Lang::En, &[("n", "1"), ("row", "1"), ("column", "2")]),
            "Output cell (1, 2) is made of 1 cell of the input"
        );
    }

    #[test]
    fn sentences_are_parted_as_their_language_does() {
        assert_eq!(sentences(Lang::En, &["One.", "", "Two."]), "One. Two.");
        assert_eq!(sentences(Lang::Zh, &["一。", "", "二。"]), "一。二。");
    }
}
