//! Places of a sequence as they are labelled: the tokens themselves, or their numbers where there are none.
//!
//! Not responsible for reading a learner's text (the worker does).

/// A token as it is shown: what has no ink gets a sign.
pub fn shown(token: &str) -> &str {
    match token {
        "\n" => "↵",
        " " => "␣",
        "\t" => "⇥",
        other => other,
    }
}

/// Labels of `places` places: the tokens of `ids` where the sequence is the input itself, counted from 1 otherwise.
pub fn labels(places: usize, ids: &[f32], tokens: &[String]) -> Vec<String> {
    if tokens.is_empty() || ids.len() != places {
        return (1..=places).map(|n| n.to_string()).collect();
    }
    ids.iter().map(|id| tokens.get(*id as usize).map_or("?", |t| shown(t)).to_string()).collect()
}

/// What goes between two tokens of this vocabulary in a text: a space where any is longer than a character.
pub fn glue(tokens: &[String]) -> &'static str {
    if tokens.iter().any(|t| t.chars().count() > 1) { " " } else { "" }
}

/// The text that these tokens stand for, as a learner would type it.
pub fn typed(ids: impl Iterator<Item = usize>, tokens: &[String]) -> String {
    let all: Vec<&str> = ids.filter_map(|id| tokens.get(id).map(String::as_str)).collect();
    all.join(glue(tokens))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(all: &[&str]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn places_are_labelled_by_their_tokens_or_counted() {
        let tokens = vocabulary(&["\n", " ", "a"]);
        assert_eq!(labels(3, &[2.0, 1.0, 0.0], &tokens), ["a", "␣", "↵"]);
        assert_eq!(labels(2, &[2.0, 1.0, 0.0], &tokens), ["1", "2"]);
        assert_eq!(labels(3, &[0.5, 1.5, 2.0], &[]), ["1", "2", "3"]);
        assert_eq!(labels(1, &[9.0], &tokens), ["?"]);
    }

    #[test]
    fn a_text_is_joined_as_it_was_cut() {
        assert_eq!(typed([0, 1].into_iter(), &vocabulary(&["a", "b"])), "ab");
        assert_eq!(typed([0, 1, 7].into_iter(), &vocabulary(&["aa", "b"])), "aa b");
    }
}
