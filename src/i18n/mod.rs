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

/// One text in both languages; `{name}` marks a place for [`Text::with`].
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

    /// In that language, with every `{name}` replaced by its value.
    pub fn with(self, lang: Lang, args: &[(&str, &str)]) -> String {
        args.iter().fold(self.get(lang).to_string(), |s, (name, value)| s.replace(&format!("{{{name}}}"), value))
    }
}
