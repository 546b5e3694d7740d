//! Why a typed model text is not taken, in words under its field.
//!
//! Not responsible for reading it (`spec::text`) nor for pasted code (`pasted`).

use crate::i18n::{Lang, network as words, problems::problem_at, sentences};
use crate::spec::{Code, Problem};

/// What cannot be read, where, what would be possible there; and that the network is as it was.
pub fn wrong(p: &Problem, lang: Lang) -> String {
    let arg = |name: &str| p.args.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v);
    let (word, column, allowed) = (arg("word"), arg("column"), arg("allowed"));
    let mut said = match p.code {
        Code::TextUnreadable => {
            let text = if word.is_empty() { words::TEXT_ENDS } else { words::TEXT_WRONG };
            vec![text.with(lang, &[("word", word), ("column", column)])]
        }
        _ => {
            let (what, hint) = problem_at(lang, &p.path, &p.code_name(), &p.args);
            vec![what, hint]
        }
    };
    if !allowed.is_empty() {
        said.push(words::TEXT_ALLOWED.with(lang, &[("allowed", allowed)]));
    }
    said.push(words::TEXT_DRAFT.get(lang).to_string());
    sentences(lang, &said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::text;

    #[test]
    fn each_reason_is_said_with_its_place() {
        let said = |line: &str, lang| wrong(&text::parse(line).expect_err(line), lang);
        assert_eq!(
            said("dense 8.5 | dense", Lang::En),
            "“8.5” at character 7 is not a whole number, and only whole numbers are possible there. Write for instance 9. \
             The network stays as it was."
        );
        assert!(said("dense 8 16 | dense", Lang::En).starts_with("“8” at character 7 and a word behind it"));
        assert!(
            said("dense 8 | dnse 4", Lang::En).contains("“dnse” at character 11 is not understood. Layers: dense,")
        );
        let chinese = said("dense 8 | dnse 4", Lang::Zh);
        assert!(chinese.contains("无法识别。可用的层：") && chinese.ends_with("。网络保持原样。"), "{chinese}");
    }
}
