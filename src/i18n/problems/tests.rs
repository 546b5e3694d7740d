//! Sentences that problems become. Not responsible for completeness: `tests/it/problems.rs` asks for every code.

use super::*;

fn args(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect()
}

#[test]
fn a_sentence_names_the_setting_and_the_range() {
    let facts = args(&[("got", "0"), ("min", "1"), ("max", "65536")]);
    let (what, _) = problem_at(Lang::En, "model.layers[3].units", "out_of_range", &facts);
    assert_eq!(what, "Units must be between 1 and 65,536, got 0.");
    let (what, _) = problem_at(Lang::Zh, "model.layers[3].units", "out_of_range", &facts);
    assert_eq!(what, "单元数必须在 1 到 65,536 之间，实际是 0。");
    assert!(problem_text(Lang::En, "out_of_range", &facts).0.starts_with("The value must be between"));
}

#[test]
fn small_vocabularies_are_translated() {
    let facts = args(&[("got", "“x”"), ("expected", "integer"), ("field", "batch")]);
    assert_eq!(problem_text(Lang::En, "wrong_type", &facts).0, "Batch size must be a whole number, got “x”.");
    assert_eq!(problem_text(Lang::Zh, "wrong_type", &facts).0, "批量大小应为整数，实际是 “x”。");
    let facts = args(&[("loss", "mse"), ("target", "classes 3")]);
    assert!(problem_text(Lang::En, "loss_target", &facts).0.ends_with("one of 3 classes."));
    let facts = args(&[("set", "mnist"), ("reason", "http_404")]);
    assert!(problem_text(Lang::En, "data_fetch", &facts).0.contains("answered 404"));
}

#[test]
fn numbers_are_grouped_and_other_words_are_not() {
    assert_eq!(grouped("1234567"), "1,234,567");
    assert_eq!(grouped("-3.25"), "−3.25");
    for same in ["NaN", "inf", "1e-7", "2+", "28×28", "", "1.2.3"] {
        assert_eq!(grouped(same), same);
    }
}
