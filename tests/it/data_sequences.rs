//! Texts, series and tasks on sequences: windows, splits, targets and baselines are what the learner is told.
//!
//! Not responsible for other sets (`data.rs`).

use gradarium::engine::data::{Dataset, build};
use gradarium::spec::data::{DataSpec, IGNORED, Target};
use gradarium::spec::problem::Code;
use gradarium::spec::sequences::MAX_TEXT;
use std::collections::HashSet;

fn built(spec: &DataSpec) -> Dataset {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = spec.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    build(spec, 7, &files).unwrap_or_else(|p| panic!("{}: {p:?}", spec.set))
}

fn words(data: &Dataset, ids: &[f32]) -> String {
    ids.iter().map(|id| data.token_names[*id as usize].as_str()).collect()
}

#[test]
fn a_text_is_cut_into_windows_whose_targets_are_the_next_characters() {
    let data = built(&DataSpec { context: Some(30), ..DataSpec::of("shakespeare") });
    assert_eq!(data.token_names.len(), 62);
    assert!(words(&data, data.x_row(0)).starts_with("FIRST CITIZEN:\nBefore we"));
    for row in [0, data.n_train - 1, data.n_train, data.len() - 1] {
        assert_eq!(data.x_row(row)[1..], data.y_row(row)[..29]);
    }
    assert_eq!(data.x_row(1)[..15], data.x_row(0)[15..], "training windows overlap by half");
    let next = data.n_train + 1;
    assert_eq!(data.x_row(next)[0], data.y_row(data.n_train)[29], "test windows follow each other");
    assert_eq!(data.n_train, (755_626 - 75_562 - 31) / 15 + 1);
    assert_eq!(data.n_test(), (75_562 - 31) / 30 + 1);
}

#[test]
fn chinese_poems_have_a_token_for_each_character() {
    let data = built(&DataSpec::of("jueju5"));
    assert!(words(&data, data.x_row(0)).starts_with("满眼桃李花，愁人如不见。"));
    assert_eq!(data.info.class_names.len(), 1415);
}

#[test]
fn own_text_is_refused_with_the_reason_and_line_ends_do_not_matter() {
    let spec = |text: &str| DataSpec { text: Some(text.to_string()), ..DataSpec::of("text") };
    let codes = |spec: DataSpec| spec.info().map_err(|p| p.into_iter().map(|p| (p.path, p.code)).collect::<Vec<_>>());
    let is = |spec, code| assert_eq!(codes(spec), Err(vec![("data.text".to_string(), code)]));
    is(DataSpec::of("text"), Code::MissingField);
    is(spec(""), Code::TextTooShort);
    is(spec("to be or not to be"), Code::TextTooShort);
    is(spec(&"a".repeat(500)), Code::TextTooPlain);
    is(spec(&"ab".repeat(MAX_TEXT / 2 + 1)), Code::TextTooLong);
    let rare: String = ('\u{4e00}'..).take(5000).collect();
    is(spec(&rare), Code::VocabularyTooLarge);
    let line = "the raven never flits\n".repeat(20);
    let (unix, dos) = (built(&spec(&line)), built(&spec(&format!("\u{feff}{}", line.replace('\n', "\r\n")))));
    assert!(unix == dos && unix.info.class_names.contains(&"\n".to_string()));
    let long = DataSpec { context: Some(200), ..spec(&line) };
    is(long, Code::TextTooShort);
}

#[test]
fn a_short_text_says_what_it_needs_and_which_context_would_do() {
    for count in [20, 60, 120, 145, 287, 1000] {
        let text: String = "to be or not to be, ".chars().cycle().take(count).collect();
        for context in [4, 8, 32, 64, 200] {
            let data = DataSpec { context: Some(context), text: Some(text.clone()), ..DataSpec::of("text") };
            assert_eq!(data.info().is_ok(), count >= data.rows_needed(), "{count} for {context}");
            let longest = data.longest_context(count).unwrap();
            assert_eq!(data.info().is_ok(), context <= longest, "{count} for {context}: {longest}");
        }
    }
    assert_eq!(DataSpec::of("text").rows_needed(), 145);
    assert_eq!(DataSpec::of("text").longest_context(10), None);
}

#[test]
fn a_series_is_split_by_time_and_scaled_by_its_training_part() {
    let spec = DataSpec { horizon: Some(3), ..DataSpec::of("airline") };
    let data = built(&spec);
    let (scale, target) = (data.scale.as_ref().unwrap(), data.target_scale.as_ref().unwrap());
    let row = |row: usize| {
        let (mut x, mut y) = (data.x_row(row).to_vec(), data.y_row(row).to_vec());
        scale.invert(&mut x);
        target.invert(&mut y);
        [x, y].concat().into_iter().map(f32::round).collect::<Vec<f32>>()
    };
    assert_eq!(row(0), [112., 118., 132., 129., 121., 135., 148., 148., 136., 119., 104., 118., 115., 126., 141.]);
    // 144 months, the last 28 tested: 116 − 12 − 3 + 1 training windows end before them, 28 − 3 + 1 begin there.
    assert_eq!((data.n_train, data.n_test()), (102, 26));
    assert_eq!(row(data.len() - 1)[12..], [461., 390., 432.]);
    let mean = data.x[..data.n_train * 12].iter().sum::<f32>();
    assert!((mean / (data.n_train * 12) as f32).abs() < 0.3);
}

#[test]
fn a_series_at_every_step_asks_for_the_next_value_each_time() {
    let data = built(&DataSpec { context: Some(10), every_step: true, ..DataSpec::of("electricity") });
    assert_eq!(data.info.target, Target::Values { shape: vec![10, 1] });
    for row in [0, data.len() - 1] {
        assert_eq!(data.x_row(row)[1..], data.y_row(row)[..9]);
    }
    let weather = built(&DataSpec::of("weather"));
    assert_eq!((weather.input_shape(), weather.info.feature_names[0].as_str()), (&[14, 4][..], "temp_max"));
}

/// Electricity: computed by hand from the file, at one step ahead.
#[test]
fn naive_forecasts_are_measured_on_the_test_part() {
    let data = built(&DataSpec::of("electricity"));
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/www/data/timeseries/electricity_halfhour.csv"));
    let mw: Vec<f64> = text.unwrap().lines().skip(1).map(|l| l.parse().unwrap()).collect();
    let from = mw.len() - (mw.len() as f64 * f64::from(0.2_f32)) as usize;
    let train = &mw[..from];
    let mean = train.iter().sum::<f64>() / from as f64;
    let variance = train.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / from as f64;
    for (baseline, lag) in data.baselines.iter().zip([1, 336]) {
        let error: f64 = (from..mw.len()).map(|i| (mw[i] - mw[i - lag]).powi(2)).sum();
        let mse = error / (mw.len() - from) as f64 / variance;
        assert!((f64::from(baseline.mse) / mse - 1.0).abs() < 1e-3, "{} {mse}", baseline.mse);
        assert!(baseline.r2.is_some_and(|r| (0.5..1.0).contains(&r)));
    }
    assert_eq!(data.baselines.len(), 2);
    assert!(built(&DataSpec::of("iris")).baselines.is_empty());
}

/// Source and target of a row.
fn pair(data: &Dataset, row: usize) -> (String, String) {
    let asked: Vec<f32> = data.y_row(row).iter().copied().filter(|t| *t != IGNORED).collect();
    let all = words(data, data.x_row(row));
    (all.split('→').next().unwrap().to_string(), words(data, &asked))
}

#[test]
fn only_the_targets_positions_count_and_the_targets_are_right() {
    for set in ["reverse", "sort", "add", "dates", "g2p"] {
        let data = built(&DataSpec::of(set));
        let mut seen = HashSet::new();
        for row in 0..data.len() {
            let (source, target) = pair(&data, row);
            let target = target.strip_suffix('■').expect("an end").to_string();
            let at = data.x_row(row).iter().position(|t| data.token_names[*t as usize] == "→").unwrap();
            assert_eq!(data.y_row(row).iter().position(|t| *t != IGNORED), Some(at), "asked from → on");
            let expected = match set {
                "reverse" => source.chars().rev().collect(),
                "sort" => {
                    let mut digits: Vec<char> = source.chars().collect();
                    digits.sort_unstable();
                    digits.into_iter().collect()
                }
                "add" => {
                    let sum: u64 = source.split('+').map(|n| n.parse::<u64>().unwrap()).sum();
                    sum.to_string().chars().rev().collect()
                }
                _ => target.clone(),
            };
            assert_eq!(target, expected, "{set}: {source}");
            seen.insert(source);
        }
        assert!(seen.len() as f64 > 0.98 * data.len() as f64, "{set}: {} of {}", seen.len(), data.len());
    }
}

#[test]
fn dates_and_sounds_read_as_they_should() {
    let dates = built(&DataSpec::of("dates"));
    for row in 0..200 {
        let (source, target) = pair(&dates, row);
        let (year, day) = (&target[..4], target[8..10].trim_start_matches('0'));
        assert!(source.contains(year) && source.contains(day), "{source} {target}");
    }
    let g2p = built(&DataSpec { samples: Some(2000), ..DataSpec::of("g2p") });
    let found = (0..g2p.len()).map(|row| pair(&g2p, row)).find(|(source, _)| source == "handed");
    assert!(found.is_none_or(|(_, sounds)| sounds == "HHAENDAHD■"));
}

#[test]
fn long_lag_tasks_ask_for_what_lies_far_back() {
    let copy = built(&DataSpec { context: Some(30), ..DataSpec::of("copy_memory") });
    for row in 0..50 {
        assert_eq!(copy.x_row(row)[..5], copy.y_row(row)[35..]);
        assert!(copy.y_row(row)[..35].iter().all(|t| *t == IGNORED) && copy.x_row(row)[35] == 1.0);
    }
    let adding = built(&DataSpec { context: Some(20), ..DataSpec::of("adding") });
    for row in 0..50 {
        let steps = || adding.x_row(row).chunks(2);
        assert_eq!(steps().filter(|s| s[1] == 1.0).count(), 2);
        let sum: f32 = steps().filter(|s| s[1] == 1.0).map(|s| s[0]).sum();
        assert!((sum - adding.y_row(row)[0]).abs() < 1e-6);
    }
}

#[test]
fn names_are_padded_letters() {
    let data = built(&DataSpec::of("names"));
    assert_eq!((data.len(), data.input_shape()), (9730, &[12][..]));
    let name = words(&data, data.x_row(3));
    assert!(name.trim_end_matches('·').chars().all(|c| c.is_ascii_lowercase()) && name.chars().count() == 12, "{name}");
    let men = data.y.iter().filter(|y| **y == 1.0).count();
    assert_eq!(men, 3470);
}
