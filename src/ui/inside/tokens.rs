//! Places of a sequence as they are labelled: the tokens themselves, or their numbers where there are none.
//!
//! Not responsible for reading a learner's text (the worker does).

use crate::spec::Experiment;
use crate::spec::pairs::Zero;
use crate::spec::sequences::{PAD, SEP};
use crate::spec::target::Target;
use crate::ui::inside::attention::pattern::Known;

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
    let silent = Zero::of(tokens) == Zero::Silence;
    // Silence has no sign of its own: the steps are counted below by whoever reads them.
    let one = |id: &f32| if silent && *id == 0.0 { "␣" } else { tokens.get(*id as usize).map_or("?", |t| shown(t)) };
    ids.iter().map(|id| one(id).to_string()).collect()
}

/// Longest run of silence that is written out.
const SILENT_MAX: usize = 3;

/// Tokens as the text that they stand for, without filling; a long silence is counted.
pub fn spoken(ids: &[f32], tokens: &[String]) -> String {
    let zero = Zero::of(tokens);
    let drawn: Vec<f32> = ids.iter().copied().filter(|id| zero != Zero::Filling || *id != 0.0).collect();
    let labels = labels(drawn.len(), &drawn, tokens);
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while at < drawn.len() {
        let silent = drawn[at..].iter().take_while(|id| zero == Zero::Silence && **id == 0.0).count();
        if silent > SILENT_MAX {
            parts.push(format!(" ␣×{silent} "));
        } else {
            parts.extend(labels[at..at + silent.max(1)].iter().cloned());
        }
        at += silent.max(1);
    }
    parts.join(glue(tokens)).trim().to_string()
}

/// What is known of the tokens of a map's places; nothing where they stand for none.
pub fn known(asks: &[f32], asked: &[f32], tokens: &[String]) -> Known {
    let of = |ids: &[f32], test: fn(&str) -> bool| -> Vec<bool> {
        ids.iter().map(|id| tokens.get(*id as usize).is_some_and(|t| test(t))).collect()
    };
    let marks = of(asked, |t| t != PAD && !t.chars().any(char::is_alphanumeric));
    let (padding, idle) = (of(asked, |t| t == PAD), of(asks, |t| t == PAD));
    Known { asks: asks.to_vec(), asked: asked.to_vec(), marks, padding, idle }
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

/// A prompt as the network gets it. Of pairs that is the source with the arrow behind it; an empty one becomes the source
/// of `row`, the first row of the data.
pub fn prompt(experiment: &Experiment, prompt: &str, tokens: &[String], row: &[f32]) -> String {
    if !experiment.data.task().is_some_and(|t| t.is_pair()) || prompt.contains(SEP) {
        return prompt.to_string();
    }
    let name = |id: &f32| tokens.get(*id as usize).filter(|t| *t != PAD).map(|_| *id as usize);
    let is_sep = |id: &f32| tokens.get(*id as usize).is_some_and(|t| t == SEP);
    let of_row = || typed(row.iter().take_while(|id| !is_sep(id)).filter_map(name), tokens);
    let source = if prompt.is_empty() { of_row() } else { prompt.to_string() };
    let glue = glue(tokens);
    format!("{source}{glue}{SEP}{glue}")
}

/// Whether a text shorter than the input stands at its end, behind filling: so where the network names the token after
/// the last. Elsewhere it stands at the beginning.
pub fn stand_at_end(experiment: &Experiment) -> bool {
    let info = experiment.data.info().ok();
    info.is_some_and(|i| matches!(i.target, Target::Classes { count } if i.tokens == Some(count)))
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
    fn only_a_text_before_one_answer_stands_at_the_end() {
        let on = |data: &str| {
            let ready = crate::spec::preset::ready::find("char_rnn").unwrap().experiment().unwrap();
            Experiment { data: serde_json::from_str(data).unwrap(), ..ready }
        };
        assert!(!stand_at_end(&on(r#"{"set":"shakespeare"}"#)));
        assert!(!stand_at_end(&on(r#"{"set":"names"}"#)));
        assert!(!stand_at_end(&on(r#"{"set":"spiral"}"#)));
    }

    #[test]
    fn a_source_gets_its_arrow() {
        let of = |name: &str| crate::spec::preset::ready::find(name).unwrap().experiment().unwrap();
        let (dates, letters) = (of("dates_attention"), vocabulary(&[PAD, SEP, "■", "7", "."]));
        let row = [3.0, 4.0, 3.0, 0.0, 0.0, 1.0, 3.0];
        assert_eq!(prompt(&dates, "", &letters, &row), "7.7→");
        assert_eq!(prompt(&dates, "7.", &letters, &row), "7.→");
        assert_eq!(prompt(&dates, "7→7", &letters, &row), "7→7");
        assert_eq!(prompt(&of("dates"), "7.", &letters, &row), "7.→");
        assert_eq!(prompt(&of("char_rnn"), "7.", &letters, &row), "7.");
        let sounds = vocabulary(&[PAD, SEP, "■", "c", "AE"]);
        assert_eq!(prompt(&of("g2p_attention"), "c c", &sounds, &[]), "c c → ");
    }

    #[test]
    fn filling_is_not_spoken_and_a_long_silence_is_counted() {
        use crate::spec::sequences::Task;
        assert_eq!(spoken(&[1.0, 2.0, 0.0, 0.0], &Task::Names.tokens()), "ab");
        let mut copy = vec![2.0, 3.0, 4.0];
        copy.extend([0.0; 12]);
        copy.extend([1.0, 0.0, 0.0]);
        assert_eq!(spoken(&copy, &Task::CopyMemory.tokens()), "abc ␣×12 ?␣␣");
        let letters = vocabulary(&["\n", "a", "·"]);
        assert_eq!(spoken(&[1.0, 2.0, 0.0], &letters), "a·↵");
        assert_eq!(labels(2, &[0.0, 2.0], &Task::CopyMemory.tokens()), ["␣", "a"]);
    }

    #[test]
    fn a_text_is_joined_as_it_was_cut() {
        assert_eq!(typed([0, 1].into_iter(), &vocabulary(&["a", "b"])), "ab");
        assert_eq!(typed([0, 1, 7].into_iter(), &vocabulary(&["aa", "b"])), "aa b");
    }
}
