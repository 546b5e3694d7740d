//! Why a typed number is not taken, in words, with the value that stays in force.
//!
//! Not responsible for reading (`read.rs`).

use super::read::Refusal;
use super::scale::{Limits, show};
use crate::i18n::{Lang, Text, fields as words, sentences};
use crate::ui::plots::number::grouped;

/// A refusal in words, with the value that stays in force.
pub fn refused(typed: &str, why: &Refusal, limits: Limits, old: &str, lang: Lang) -> String {
    let [min, max] = [limits.min, limits.max].map(|v| grouped(&show(v)).replace('-', "−"));
    let (text, grouped, decimal): (Text, &str, &str) = match why {
        Refusal::Empty => (words::EMPTY, "", ""),
        Refusal::NotANumber if limits.whole => (words::NOT_A_COUNT, "", ""),
        Refusal::NotANumber => (words::NOT_A_NUMBER, "", ""),
        Refusal::TwoWays { grouped, decimal } => (words::TWO_WAYS, grouped, decimal),
        Refusal::NotWhole => (words::NOT_WHOLE, "", ""),
        Refusal::Outside => (words::OUTSIDE, "", ""),
        Refusal::ByZero => (words::BY_ZERO, "", ""),
        Refusal::TooSmall => (words::TOO_SMALL, "", ""),
    };
    let facts = [("got", typed.trim()), ("min", &*min), ("max", &*max), ("grouped", grouped), ("decimal", decimal)];
    sentences(lang, &[text.with(lang, &facts), words::KEPT.with(lang, &[("old", old)])])
}

#[cfg(test)]
mod tests {
    use super::super::read::read;
    use super::*;

    #[test]
    fn each_refusal_names_what_was_typed_and_what_stays() {
        let said = |typed: &str, limits: Limits, lang| {
            refused(typed, &read(typed, limits, "").unwrap_err(), limits, "0.03", lang)
        };
        let real = Limits::real(0.0, 12_000.0);
        assert_eq!(
            said("1,000", real, Lang::En),
            "“1,000” can mean 1000 or 1.0. Write one of these. 0.03 stays in force."
        );
        assert_eq!(said("-3", real, Lang::Zh), "数值必须在 0 到 12,000 之间，“-3”超出了范围。仍使用 0.03。");
        for limits in [real, Limits::whole(0.0, 9.0)] {
            for typed in ["", "fast", "1.500", "2.5", "-3", "1/0", "1e-60"] {
                if read(typed, limits, "").is_ok() {
                    continue;
                }
                for lang in [Lang::En, Lang::Zh] {
                    let text = said(typed, limits, lang);
                    assert!(text.contains("0.03") && text.contains(typed) && !text.contains('{'), "{text}");
                }
            }
        }
    }
}
