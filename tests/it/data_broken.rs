//! Broken data: every table, formula, file and choice gets a named problem at its place, and none makes us panic.
//!
//! Not responsible for data that are in order; `data.rs` is.

use gradarium::engine::data::pictures::{Tiles, unpack_sprite};
use gradarium::engine::data::{Dataset, File, build, gzip};
use gradarium::spec::csv_table::{CellKind, CsvTable, MAX_BYTES};
use gradarium::spec::data::{DataInfo, DataSpec, Target, TargetSpec};
use gradarium::spec::formula::Formula;
use gradarium::spec::problem::Code;
use gradarium::spec::{AugmentKind, AugmentSpec, CsvSpec, CsvTask, Problem};
use proptest::prelude::*;

fn codes(spec: &DataSpec) -> Vec<(String, Code)> {
    spec.info().err().unwrap_or_default().into_iter().map(|p| (p.path, p.code)).collect()
}

fn arg<'a>(problem: &'a Problem, name: &str) -> &'a str {
    problem.args.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
}

#[test]
fn every_field_is_checked_at_its_place() {
    let check =
        |spec: DataSpec, path: &str, code: Code| assert_eq!(codes(&spec), [(path.to_string(), code)], "{spec:?}");
    let of = DataSpec::of;
    check(of("nothing"), "data.set", Code::UnknownName);
    check(DataSpec { samples: Some(9), ..of("xor") }, "data.samples", Code::OutOfRange);
    check(DataSpec { samples: Some(5001), ..of("xor") }, "data.samples", Code::OutOfRange);
    check(DataSpec { samples: Some(151), ..of("iris") }, "data.samples", Code::OutOfRange);
    check(DataSpec { noise: 1.1, ..of("xor") }, "data.noise", Code::OutOfRange);
    check(DataSpec { noise: f32::NAN, ..of("xor") }, "data.noise", Code::OutOfRange);
    check(DataSpec { noise: 0.1, ..of("iris") }, "data.noise", Code::FieldNotUsed);
    check(DataSpec { classes: Some(7), ..of("spiral") }, "data.classes", Code::OutOfRange);
    check(DataSpec { classes: Some(3), ..of("moons") }, "data.classes", Code::FieldNotUsed);
    check(DataSpec { test_fraction: Some(0.95), ..of("xor") }, "data.test_fraction", Code::OutOfRange);
    check(DataSpec { test_fraction: Some(0.5), ..of("mnist") }, "data.test_fraction", Code::FieldNotUsed);
    let flip = AugmentSpec::new(AugmentKind::Flip);
    check(DataSpec { augment: vec![flip], ..of("iris") }, "data.augment", Code::FieldNotUsed);
    check(DataSpec { augment: vec![flip, flip], ..of("mnist") }, "data.augment[1]", Code::ListedTwice);
    let strong = AugmentSpec { strength: Some(1.5), ..flip };
    check(DataSpec { augment: vec![strong], ..of("mnist") }, "data.augment[0].strength", Code::OutOfRange);
    check(DataSpec { formula: Some("x".into()), ..of("xor") }, "data.formula", Code::FieldNotUsed);
    check(of("formula"), "data.formula", Code::MissingField);
    for empty in ["", "  ", "y =", "f(x) = "] {
        check(DataSpec { formula: Some(empty.into()), ..of("formula") }, "data.formula", Code::FormulaEmpty);
    }
    check(DataSpec { formula: Some("x +".into()), ..of("formula") }, "data.formula", Code::FormulaUnreadable);
    check(DataSpec { formula: Some("ln(-1)".into()), ..of("formula") }, "data.formula", Code::FormulaNotFinite);
    check(of("csv"), "data.csv", Code::MissingField);
    check(of("points"), "data.points", Code::TooFewPoints);
    let points = |point: [f32; 3]| DataSpec { points: Some(vec![point; 4]), ..of("points") };
    check(points([2.0, 0.0, 0.0]), "data.points[0][0]", Code::OutOfRange);
    check(points([0.0, f32::NAN, 0.0]), "data.points[0][1]", Code::OutOfRange);
    check(points([0.0, 0.0, 6.0]), "data.points[0][2]", Code::OutOfRange);
    check(points([0.0, 0.0, 0.5]), "data.points[0][2]", Code::OutOfRange);
}

#[test]
fn random_data_are_bounded_before_memory_is_taken() {
    let random = |input: &[usize], target: TargetSpec, samples: usize| DataSpec {
        input: Some(input.to_vec()),
        target: Some(target),
        samples: Some(samples),
        ..DataSpec::of("random")
    };
    assert_eq!(codes(&DataSpec::of("random")).len(), 2, "input and target are missing");
    let large = codes(&random(&[usize::MAX, usize::MAX], TargetSpec::Classes(2), 10));
    assert!(large.contains(&("data.samples".to_string(), Code::TooMuchMemory)));
    assert_eq!(codes(&random(&[1000, 1000], TargetSpec::Classes(2), 100)).len(), 1);
    assert_eq!(codes(&random(&[0], TargetSpec::Classes(1), 10)).len(), 2);
    assert!(codes(&random(&[784], TargetSpec::Classes(10), 32)).is_empty());
}

fn csv(text: &str) -> CsvSpec {
    CsvSpec { text: text.to_string(), ..CsvSpec::default() }
}

/// A table of `rows` rows, each made from its number.
fn table(header: &str, rows: usize, row: impl Fn(usize) -> String) -> String {
    (0..rows).fold(format!("{header}\n"), |text, i| text + &row(i) + "\n")
}

#[test]
fn columns_are_named_and_their_kind_is_found_out() {
    for (delimiter, number) in [(',', "1.5"), (';', "1,5"), ('\t', "1.5")] {
        let d = delimiter;
        let text =
            table(&format!("\u{feff}size{d}colour{d}size"), 12, |i| format!("{number}{d}\"red{d} or {i}\"{d}NA"));
        let table = CsvTable::parse(&text, None).expect("a table");
        assert_eq!((table.delimiter, table.header, table.len()), (delimiter, true, 12));
        let kinds: Vec<_> = table.columns.iter().map(|c| (c.name.as_str(), c.kind, c.missing, c.distinct)).collect();
        let number = ("size", CellKind::Number, 0, 1);
        assert_eq!(kinds, [number, ("colour", CellKind::Words, 0, 12), ("size (2)", CellKind::Empty, 12, 0)]);
        assert_eq!(table.number(3, 0), Some(1.5));
    }
    let bare = CsvTable::parse("1,2\n3,4\r\n\r\n,,,\n5,6", None).expect("empty rows are left out");
    assert_eq!((bare.header, bare.len(), bare.columns[1].name.as_str(), bare.line(2)), (false, 3, "column 2", 5));
    assert!(CsvTable::parse("cat,dog\ncat,bird\n", None).is_ok_and(|t| !t.header), "words come back: no header");
    assert!(CsvTable::parse("pet,friend\ncat,bird\n", None).is_ok_and(|t| t.header));
}

#[test]
fn a_table_that_is_none_is_named_by_row_and_column() {
    let first = |spec: CsvSpec| spec.select().expect_err("a problem").remove(0);
    assert_eq!(first(csv("")).code, Code::CsvEmpty);
    assert_eq!(first(csv(" \n,,\n")).code, Code::CsvEmpty);
    let header_only = CsvSpec { header: Some(true), ..csv("a,b\n") };
    assert_eq!(first(header_only).code, Code::CsvEmpty, "no row below the header");
    assert_eq!(first(csv(&"x".repeat(MAX_BYTES + 1))).code, Code::CsvTooLarge);
    let odd = first(csv("a,b\n1,\u{fffd}\n"));
    assert_eq!((odd.code, arg(&odd, "row")), (Code::CsvEncoding, "2"));
    let ragged = first(csv(&table("a,b", 20, |i| if i == 4 { "1,2,3".into() } else { "1,2".into() })));
    assert_eq!((ragged.code, arg(&ragged, "row"), arg(&ragged, "got")), (Code::CsvRagged, "6", "3"));
    let word = first(csv(&table("a,b", 20, |i| if i == 4 { "oops,1".into() } else { format!("{i},{i}.5") })));
    assert_eq!((word.code, arg(&word, "row"), arg(&word, "column")), (Code::CsvNotNumber, "6", "a"));
    assert_eq!(arg(&word, "got"), "oops");
    let holes = csv(&table("a,b", 20, |i| if i == 4 { ",1".into() } else { format!("{i},{i}.5") }));
    let missing = first(holes.clone());
    assert_eq!((missing.code, arg(&missing, "row"), arg(&missing, "column")), (Code::CsvMissing, "6", "a"));
    let skipped = CsvSpec { skip_missing: true, ..holes }.select().expect("19 rows");
    assert_eq!(skipped.y.len(), 19);
    assert_eq!(first(csv(&table("a,b", 9, |i| format!("{i},{i}.5")))).code, Code::CsvTooFewRows);
    assert_eq!(first(csv(&table("a,b", 20, |i| format!("{i},1")))).code, Code::CsvConstantTarget);
    assert_eq!(first(csv(&table("a,b", 60, |i| format!("{i},w{i}")))).code, Code::CsvTooManyClasses);
    let alone = first(csv(&table("a", 20, |i| format!("{i}.5"))));
    assert_eq!((alone.code, alone.path.as_str()), (Code::CsvNoInputs, "data.csv.inputs"), "a target but no input");
    let open = first(csv(&table("a,b", 20, |i| if i == 4 { "\"4,1".into() } else { format!("{i},{i}.5") })));
    assert_eq!((open.code, arg(&open, "row")), (Code::CsvOpenQuote, "6"), "it would swallow the rest of the table");
    let inches = csv(&table("a,b", 20, |i| format!("{i},{i}.5\" or \"\n\"")));
    assert!(!matches!(inches.select(), Err(p) if p[0].code == Code::CsvOpenQuote), "quotes in pairs, lines in cells");
    let left_behind = csv(&table("a,b,", 20, |i| format!("{i},{i}.5,"))).select().expect("what a spreadsheet leaves");
    assert_eq!((left_behind.feature_names.join(" "), left_behind.target_name.as_str()), ("a".to_string(), "b"));
}

#[test]
fn chosen_columns_are_checked_and_words_become_inputs() {
    let text = table("id,sex,age,score", 40, |i| format!("p{i},{},{},{}", ["f", "m"][i % 2], 20 + i, i % 3));
    let all = csv(&text).select().expect("a selection");
    assert_eq!(all.feature_names, ["sex=f", "sex=m", "age"], "forty different ids cannot be inputs");
    assert_eq!((&all.target, all.class_names.join(" ")), (&Target::Classes { count: 3 }, "0 1 2".to_string()));
    assert_eq!(all.x[..6], [1.0, 0.0, 20.0, 0.0, 1.0, 21.0]);
    let chosen = CsvSpec { inputs: vec!["age".into()], target: "sex".into(), ..csv(&text) }.select().expect("one");
    assert_eq!((chosen.feature_names.join(" "), chosen.class_names.join(" ")), ("age".into(), "f m".into()));
    let regression = CsvSpec { task: Some(CsvTask::Regression), ..csv(&text) }.select().expect("one");
    assert_eq!((regression.target, regression.y[2]), (Target::Values { shape: vec![1] }, 2.0));
    let wrong = |inputs: &[&str], target: &str| {
        let inputs = inputs.iter().map(ToString::to_string).collect();
        let spec = CsvSpec { inputs, target: target.into(), ..csv(&text) };
        spec.select().err().map(|p| (p[0].path.clone(), p[0].code))
    };
    assert_eq!(wrong(&[], "agee"), Some(("data.csv.target".into(), Code::CsvNoColumn)));
    assert_eq!(wrong(&["age", "agee"], ""), Some(("data.csv.inputs[1]".into(), Code::CsvNoColumn)));
    assert_eq!(wrong(&["score"], "score"), Some(("data.csv.inputs[0]".into(), Code::FieldNotUsed)));
    assert_eq!(wrong(&["id"], ""), Some(("data.csv.inputs[0]".into(), Code::CsvTooManyClasses)));
    let not_numbers = CsvSpec { target: "sex".into(), task: Some(CsvTask::Regression), ..csv(&text) }.select();
    let not_numbers = not_numbers.expect_err("words are no quantities");
    assert_eq!((not_numbers.len(), not_numbers[0].code), (5, Code::CsvNotNumber), "five are listed, not forty");
}

#[test]
fn a_missing_or_broken_file_is_named() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    for name in ["iris", "adult", "digits8", "mnist", "emoji32"] {
        let spec = DataSpec::of(name);
        let set = spec.set_info().expect("a set");
        let read = |path: &str| std::fs::read(format!("{root}{path}")).expect("a shipped file");
        let good: Vec<File> = set.files.iter().map(|f| (f.path.to_string(), read(f.path))).collect();
        assert!(build(&spec, 7, &good).is_ok());
        for i in 0..good.len() {
            let mut missing = good.clone();
            missing.remove(i);
            let mut cut = good.clone();
            let half = cut[i].1.len() / 2;
            cut[i].1.truncate(half);
            let mut swapped = good.clone();
            swapped[i].1 = b"<!doctype html><title>404</title>".to_vec();
            for files in [missing, cut, swapped] {
                let problems = build(&spec, 7, &files).expect_err("a problem");
                assert_eq!((problems.len(), problems[0].code), (1, Code::DataDecode));
                assert!(arg(&problems[0], "reason").starts_with(&good[i].0), "{problems:?}");
            }
        }
    }
}

#[test]
fn arrays_of_the_page_are_checked() {
    let info =
        |count: usize| DataInfo { target: Target::Classes { count }, ..DataSpec::of("xor").info().expect("xor") };
    let try_arrays = |x: Vec<f32>, y: Vec<f32>, test: usize| Dataset::from_arrays(info(2), x, y, test);
    let good = try_arrays(vec![0.5; 6], vec![0.0, 1.0, 1.0], 1).expect("three rows");
    assert_eq!((good.n_train, good.n_test(), good.x_row(2)), (2, 1, &[0.5, 0.5][..]));
    let code = |x, y, test| try_arrays(x, y, test).expect_err("a problem").code;
    assert_eq!(code(vec![0.0; 5], vec![0.0; 3], 0), Code::WrongLength);
    assert_eq!(code(vec![0.0; 6], vec![0.0; 3], 3), Code::WrongLength, "nothing left to train on");
    assert_eq!(code(vec![], vec![], 0), Code::WrongLength);
    assert_eq!(code(vec![f32::NAN; 2], vec![0.0], 0), Code::BadValue);
    assert_eq!(code(vec![0.0; 2], vec![2.0], 0), Code::BadValue);
    assert_eq!(code(vec![0.0; 2], vec![0.5], 0), Code::BadValue);
}

/// Text from the characters that matter to the parser, so that it gets past the first one.
fn text_of(alphabet: &'static str, length: usize) -> impl Strategy<Value = String> {
    let letters: Vec<char> = alphabet.chars().collect();
    prop::collection::vec(prop::sample::select(letters), 0..length).prop_map(|c| c.into_iter().collect())
}

proptest! {
    #[test]
    fn no_formula_panics(text in prop_oneof![text_of("x12.e+-*/^(),sinmaxπ² y>", 40), any::<String>()]) {
        match Formula::parse(&text) {
            Ok(formula) => { formula.eval(0.5); }
            Err(problem) if problem.code == Code::FormulaEmpty => {}
            Err(problem) => {
                prop_assert_eq!(problem.code, Code::FormulaUnreadable);
                let column: usize = arg(&problem, "column").parse().expect("a column");
                prop_assert!(column >= 1 && column <= text.chars().count() + 1);
            }
        }
    }

    #[test]
    fn no_table_panics(
        text in prop_oneof![text_of("a1.5,,;\t\n\n\"-é\u{fffd}", 200), any::<String>()],
        header in any::<Option<bool>>(),
        skip_missing in any::<bool>(),
    ) {
        let spec = CsvSpec { text, header, skip_missing, ..CsvSpec::default() };
        match spec.select() {
            Ok(table) => {
                prop_assert_eq!(table.x.len(), table.y.len() * table.feature_names.len());
                prop_assert!(table.x.iter().chain(&table.y).all(|v| v.is_finite()));
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn no_file_panics(at in 0..4000_usize, byte in any::<u8>(), cut in 0..4000_usize, junk in prop::collection::vec(any::<u8>(), 0..200)) {
        let tiles = Tiles { height: 8, width: 8, channels: 1, columns: 4, count: 8 };
        let mut sprite = sprite();
        let (at, cut) = (at % sprite.len(), cut % sprite.len());
        sprite[at] = byte;
        let mut out = Vec::new();
        for bytes in [&sprite[..], &sprite[..cut], &junk] {
            out.clear();
            if unpack_sprite(bytes, tiles, &mut out).is_ok() {
                prop_assert_eq!(out.len(), 8 * 64);
            }
            _ = gzip::unpack(bytes, 1000);
        }
        _ = gzip::unpack(&[&[0x1f, 0x8b, 8][..], &junk].concat(), 1000);
        let files = vec![("data/tabular/iris.csv".to_string(), junk)];
        prop_assert!(build(&DataSpec::of("iris"), 7, &files).is_err());
    }

    #[test]
    fn every_valid_choice_survives_json(
        set in prop::sample::select(vec!["spiral", "circle", "iris", "mnist"]),
        samples in prop::option::of(10..150_usize),
        standardize in any::<Option<bool>>(),
        noise in 0..100_u8,
    ) {
        let mut spec = DataSpec { samples, standardize, ..DataSpec::of(set) };
        spec.noise = if spec.set_info().is_some_and(|s| s.noise) { f32::from(noise) / 100.0 } else { 0.0 };
        prop_assert_eq!(spec.info().err(), None);
        let text = serde_json::to_string(&spec).expect("plain data");
        prop_assert_eq!(serde_json::from_str::<DataSpec>(&text).expect("own text"), spec);
    }
}

/// Eight tiles of 8×8 pixels, four in a row, tile `t` all of level `t`.
fn sprite() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 32, 16);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    let level = |x: usize, y: usize| (y / 8 * 4 + x / 8) as u8;
    let pixels: Vec<u8> =
        (0..16 * 16).map(|i| (i % 16 * 2, i / 16)).map(|(x, y)| level(x, y) << 4 | level(x + 1, y)).collect();
    encoder.write_header().and_then(|mut w| w.write_image_data(&pixels)).expect("an encoded sprite");
    out
}

#[test]
fn a_sprite_is_cut_where_its_tiles_are() {
    let mut out = Vec::new();
    unpack_sprite(&sprite(), Tiles { height: 8, width: 8, channels: 1, columns: 4, count: 7 }, &mut out)
        .expect("seven tiles of eight");
    for (tile, pixels) in out.chunks(64).enumerate() {
        assert!(pixels.iter().all(|p| *p == tile as f32 / 15.0), "{tile}");
    }
    assert_eq!(out.len(), 7 * 64);
}

#[test]
fn the_remembered_table_is_the_one_that_was_asked_for() {
    let one = csv(&table("a,b", 20, |i| format!("{i},{i}.5")));
    let two = CsvSpec { target: "a".into(), ..one.clone() };
    for spec in [&one, &two, &two, &one] {
        assert_eq!(*spec.selected(), spec.select());
    }
}
