//! People's own tables: number formats, separators, lines that are no rows, headers, missing cells, series, size.
//!
//! Not responsible for tables that are refused; `data_broken.rs` is.

use std::time::Instant;

use gradarium::engine::data::build;
use gradarium::spec::csv_select::{ColumnMissing, Fill, Missing};
use gradarium::spec::csv_table::{CellKind, CsvTable, MAX_NAME, NumberStyle, Reading};
use gradarium::spec::{Code, CsvSpec, DataSpec, Target};
use proptest::prelude::*;

pub fn read(text: &str) -> CsvTable {
    CsvTable::parse(text, None).unwrap_or_else(|p| panic!("{text:?}: {p:?}"))
}

pub fn names(table: &CsvTable) -> Vec<&str> {
    table.columns.iter().map(|c| c.name.as_str()).collect()
}

pub fn numbers(table: &CsvTable, column: usize) -> Vec<f64> {
    (0..table.len()).map(|row| table.number(row, column).unwrap_or(f64::NAN)).collect()
}

#[test]
fn the_number_format_is_decided_by_the_column() {
    let german = read("ware;preis;menge\nbrot;1.530,00;2\nmilch;0,99;1.000\nkäse;12,5;20\n");
    assert_eq!((numbers(&german, 1), numbers(&german, 2)), (vec![1530.0, 0.99, 12.5], vec![2.0, 1000.0, 20.0]));
    assert_eq!(german.columns[1].style, NumberStyle::Comma);
    let english = read("item,price,share\nbread,\"1,040.00\",5%\nmilk,$900,7.5 %\ncheese,−12.5,0%\n");
    assert_eq!((numbers(&english, 1), numbers(&english, 2)), (vec![1040.0, 900.0, -12.5], vec![5.0, 7.5, 0.0]));
    assert!(english.columns[2].percent && !english.columns[1].percent);
    let swiss = read("ort\tlohn\nBern\tCHF 85'000.50\nBasel\tCHF 1’200’000\n");
    assert_eq!(numbers(&swiss, 1), [85_000.5, 1_200_000.0]);
    let french = read("ville;prix\nParis;1\u{202f}234,5 €\nLyon;900 €\nNice;12\u{a0}000 €\n");
    assert_eq!(numbers(&french, 1), [1234.5, 900.0, 12_000.0]);
    // One column each way: the other columns do not overrule what a column shows.
    let both = read("a;b\n0,5;1.25\n0,75;2.5\n");
    assert_eq!((numbers(&both, 0), numbers(&both, 1)), (vec![0.5, 0.75], vec![1.25, 2.5]));
    // What could be read either way follows the others.
    let follows = read("a;b\n1.234;0,5\n2.345;0,25\n");
    assert_eq!(numbers(&follows, 0), [1234.0, 2345.0]);
    let alone = read("a;b\n1.234;x\n2.345;y\n");
    assert_eq!(numbers(&alone, 0), [1.234, 2.345], "as it always was");
    let words = read("version,name\n1.2.3,a\n1.2.4,b\n");
    assert_eq!(words.columns[0].kind, CellKind::Words);
}

#[test]
fn the_separator_is_found() {
    for (text, separator) in [
        ("a,b\n1,2\n3,4\n", ','),
        ("a;b\n1;2\n3;4\n", ';'),
        ("a\tb\n1\t2\n3\t4\n", '\t'),
        ("a|b\n1|2\n3|4\n", '|'),
        ("a    b\n 1   22\n33    4\n", ' '),
        ("sep=;\na;b,c\n1;2\n", ';'),
        ("name,when\nx,\"a;b;c\"\ny,\"d;e;f\"\n", ','),
        ("1,5;2,5\n3,5;4,5\n", ';'),
    ] {
        let table = read(text);
        assert_eq!((table.delimiter, table.columns.len()), (separator, 2), "{text:?}");
    }
}

#[test]
fn what_is_no_row_is_skipped_and_counted() {
    let export = "sep=;\r\nSales of the north;;\r\n;;\r\n# all in thousand\r\nmonth;sold;left\r\n1;2;3\r\n4;5;6\r\n";
    let table = read(export);
    assert_eq!((names(&table), table.len()), (vec!["month", "sold", "left"], 2));
    assert_eq!((table.skipped.sep_line, table.skipped.titles, table.skipped.comments), (true, 1, 1));
    assert_eq!(table.line(0), 6, "rows keep the line on which they stand");
    let station = read("# station 7\n# 2021\nt,y\n1,2\n# sensor changed\n3,4\n");
    assert_eq!((station.len(), station.skipped.comments), (2, 3));
    let numpy = read("# x y\n0.5 1.5\n1.0 2.5\n");
    assert_eq!((names(&numpy), numpy.header), (vec!["x", "y"], true));
    let title = read("Table 1. Growth\n\nweek,height,leaves\n1,2.5,3\n2,3.5,4\n");
    assert_eq!((names(&title), title.skipped.titles), (vec!["week", "height", "leaves"], 1));
    // A word with that sign is no comment.
    assert_eq!(read("tag,n\n#a,1\n#b,2\n").len(), 2);
}

#[test]
fn the_header_is_found_not_assumed() {
    let bare = read("1,2,3\n4,5,6\n");
    assert_eq!((bare.header, bare.len(), names(&bare)), (false, 2, vec!["column 1", "column 2", "column 3"]));
    assert!(read("a,b\n1,2\n").header);
    let years = read("country,2019,2020,2021\nFrance,1,2,3\nSpain,4,5,6\n");
    assert_eq!((years.header, names(&years)[1]), (true, "2019"));
    let r = read("\"x\" \"y\"\n\"1\" 0.5 1.5\n\"2\" 1.0 2.5\n");
    assert_eq!(names(&r), ["column 1", "x", "y"], "R writes no name for the names of rows");
    assert!(!read("2021-01-01,up\n2021-01-02,down\n").header);
    assert!(read("day,way\n2021-01-01,up\n2021-01-02,up\n").header);
    let trailing = read("a,b\n1,2,\n3,4,\n");
    assert_eq!(names(&trailing), ["a", "b", "column 3"]);
}

#[test]
fn the_broken_row_is_the_one_that_differs_from_most() {
    let problems = CsvTable::parse("a,b,c\n1,2\n3,4,5\n6,7,8\n", None).expect_err("row 2");
    assert_eq!((problems.len(), problems[0].code, problems[0].args[0].1.as_str()), (1, Code::CsvRagged, "2"));
    let first = CsvTable::parse("a,b,c,d\n1,2\n3,4\n6,7\n", None).expect_err("the header differs");
    assert_eq!((first.len(), first[0].args[0].1.as_str(), first[0].args[2].1.as_str()), (1, "1", "2"));
}

#[test]
fn missing_cells_are_what_the_learner_says() {
    let text = "age,sex,bmi,ill\n".to_string()
        + &(0..40)
            .map(|i| {
                let age = if i % 10 == 3 { "NA".into() } else { (20 + i).to_string() };
                let sex = ["f", "m", "m", "?"][i % 4];
                format!("{age},{sex},{},{}\n", 20 + i % 7, if i == 39 { "null" } else { ["no", "yes"][i % 2] })
            })
            .collect::<String>();
    let spec = |missing| CsvSpec { text: text.clone(), missing, ..CsvSpec::default() };
    assert_eq!(spec(None).select().expect_err("holes")[0].code, Code::CsvMissing);
    let skipped = spec(Some(Missing::Skip)).select().expect("rows");
    let old = CsvSpec { skip_missing: true, ..spec(None) }.select().expect("rows");
    assert_eq!(skipped, old, "an old file says it with `skip_missing`");
    let kept = spec(Some(Missing::Category)).select().expect("rows");
    assert_eq!(kept.feature_names, ["age", "age=?", "sex=f", "sex=m", "sex=?", "bmi"]);
    assert_eq!((kept.y.len(), kept.fills.clone()), (39, vec![(0, Fill::Mean)]), "a row without a target is left out");
    assert_eq!(kept.x[3 * 6 + 1..4 * 6], [1.0, 0.0, 0.0, 1.0, 23.0]);
    let filled = spec(Some(Missing::Median)).select().expect("rows");
    assert_eq!((filled.feature_names.len(), filled.fills.clone()), (4, vec![(0, Fill::Median)]));
    assert_eq!(filled.x[3 * 4 + 1..3 * 4 + 3], [0.0, 1.0], "the most frequent word");
    for missing in [Missing::Category, Missing::Mean, Missing::Median, Missing::MostFrequent] {
        let data = DataSpec { csv: Some(spec(Some(missing))), ..DataSpec::of("csv") };
        let built = build(&data, 1, &[]).expect("a data set");
        assert!(built.x.iter().all(|v| v.is_finite()), "{missing:?}");
    }
    let line = spec(Some(Missing::Interpolate)).select().expect_err("for series only");
    assert_eq!(line[0].code, Code::FieldNotUsed);
}

#[test]
fn each_column_has_its_own_way_with_missing_cells() {
    let cell = |i: usize, hole: usize, value: String| if i % 10 == hole { "NA".into() } else { value };
    let row = |i: usize| {
        let (age, bmi) = (cell(i, 3, (20 + i).to_string()), cell(i, 4, (i * i % 7).to_string()));
        let (town, pay) = (cell(i, 5, ["Bonn", "Kiel", "Kiel"][i % 3].into()), cell(i, 6, (i % 5).to_string()));
        format!("{age},{bmi},{town},{pay},{}\n", if i == 39 { "null" } else { ["no", "yes"][i % 2] })
    };
    let text = "age,bmi,town,pay,ill\n".to_string() + &(0..40).map(row).collect::<String>();
    let by = |column: &str, missing| ColumnMissing { column: column.into(), missing };
    let own = vec![by("bmi", Missing::Median), by("town", Missing::Category), by("pay", Missing::Skip)];
    let spec = CsvSpec { text, missing: Some(Missing::Mean), missing_by: own.clone(), ..CsvSpec::default() };
    let got = spec.select().expect("rows");
    assert_eq!(got.feature_names, ["age", "bmi", "town=Bonn", "town=Kiel", "town=?", "pay"]);
    assert_eq!(got.fills, [(0, Fill::Mean), (1, Fill::Median)]);
    assert_eq!(got.y.len(), 35, "four rows without pay and one without a target are left out");
    assert_eq!(got.x[5 * 6 + 2..5 * 6 + 5], [0.0, 0.0, 1.0], "row 6 has no town");
    // What stands in for the holes, by hand from the training rows that were drawn.
    let raw = DataSpec { csv: Some(spec.clone()), standardize: Some(false), ..DataSpec::of("csv") };
    let built = build(&raw, 1, &[]).expect("a data set");
    // Every known age is another one, so it tells which row it was; a row with none of them had no age.
    let was = |r: &[f32]| (0..35).find(|i| got.x[i * 6] == r[0]);
    let no_bmi = |r: &[f32]| was(r).is_some_and(|i| got.x[i * 6 + 1].is_nan());
    let rows: Vec<&[f32]> = built.x.chunks(6).collect();
    let train = &rows[..built.n_train];
    let ages: Vec<f64> = train.iter().filter(|r| was(r).is_some()).map(|r| f64::from(r[0])).collect();
    let mut bmis: Vec<f32> = train.iter().filter(|r| !no_bmi(r)).map(|r| r[1]).collect();
    bmis.sort_by(f32::total_cmp);
    let mean = (ages.iter().sum::<f64>() / ages.len() as f64) as f32;
    let median = f32::midpoint(bmis[(bmis.len() - 1) / 2], bmis[bmis.len() / 2]);
    let of = |hole: &dyn Fn(&[f32]) -> bool, i: usize| -> Vec<f32> {
        rows.iter().filter(|r| hole(r)).map(|r| r[i]).collect()
    };
    assert!(ages.len() > 15 && bmis.len() > 15);
    assert_eq!(of(&|r| was(r).is_none(), 0), vec![mean; 4], "the mean of the training rows");
    assert_eq!(of(&no_bmi, 1), vec![median; 4], "the median of the training rows");
    // Without a choice for the table, only columns with a choice of their own may have holes.
    let strict = CsvSpec { missing: None, ..spec.clone() };
    let problems = strict.select().expect_err("age and the target have holes");
    let columns: Vec<&str> = problems.iter().map(|p| p.args[1].1.as_str()).collect();
    assert_eq!((problems[0].code, columns), (Code::CsvMissing, vec!["age", "age", "age", "age", "ill"]));
    // File and link keep it; choices that mean nothing are named with their place.
    let data = DataSpec { csv: Some(spec.clone()), ..DataSpec::of("csv") };
    let json = serde_json::to_string(&data).expect("json");
    assert!(json.contains(r#""missing_by":[{"column":"bmi","missing":"median"},"#), "{json}");
    assert_eq!(serde_json::from_str::<DataSpec>(&json).expect("reads back"), data);
    let wrong = vec![by("size", Missing::Mean), by("bmi", Missing::Mean), by("bmi", Missing::Interpolate)];
    let said = CsvSpec { missing_by: wrong, ..spec }.select().expect_err("three mistakes");
    let said: Vec<_> = said.iter().map(|p| (p.path.as_str(), p.code)).collect();
    let at = |i: usize, field: &str| format!("data.csv.missing_by[{i}].{field}");
    assert_eq!(said[0], (at(0, "column").as_str(), Code::CsvNoColumn));
    assert_eq!(said[1], (at(2, "column").as_str(), Code::FieldNotUsed));
    assert_eq!(said[2], (at(2, "missing").as_str(), Code::FieldNotUsed));
}

#[test]
fn gaps_of_one_series_are_bridged_and_rows_without_another_left_out() {
    let text = "t,price,rain\n1,10,0\n2,,1\n3,30,\n4,40,3\n5,,4\n6,60,5\n";
    let own = vec![ColumnMissing { column: "rain".into(), missing: Missing::Skip }];
    let csv = CsvSpec { text: text.into(), missing: Some(Missing::Interpolate), missing_by: own, ..CsvSpec::default() };
    let csv = CsvSpec { target: "price".into(), inputs: vec!["rain".into()], time: "t".into(), ..csv };
    let series = csv.series();
    let series = series.as_ref().as_ref().expect("a series");
    assert_eq!(series.values, [10.0, 0.0, 25.0, 1.0, 40.0, 3.0, 50.0, 4.0, 60.0, 5.0]);
    assert_eq!(series.times, ["1", "2", "4", "5", "6"]);
}

#[test]
fn a_series_is_forecast_as_the_shipped_ones_are() {
    let rows = (0..120).map(|i| format!("{},{}\n", 2000 + i, 100 + (i * 10) % 70));
    let text = "year,sold\n".to_string() + &rows.collect::<String>();
    let csv = CsvSpec { text, time: "year".into(), target: "sold".into(), ..CsvSpec::default() };
    let data = DataSpec { csv: Some(csv), context: Some(8), horizon: Some(3), ..DataSpec::of("series") };
    let info = data.info().expect("a series");
    assert_eq!((info.input.clone(), info.target.clone()), (vec![8, 1], Target::Values { shape: vec![3] }));
    let built = build(&data, 1, &[]).expect("windows");
    // 96 rows are for training: windows of eight rows and three targets fit 86 times; the test part forecasts 24 rows.
    assert_eq!((built.n_train, built.n_test()), (86, 22));
    let mut y = built.y_row(built.n_train).to_vec();
    built.target_scale.as_ref().expect("scaled").invert(&mut y);
    let truth = |i: usize| 100.0 + ((i * 10) % 70) as f32;
    assert!(y.iter().zip(96..).all(|(v, i)| (v - truth(i)).abs() < 1e-3), "the last part in time is tested: {y:?}");
    assert_eq!(built.baselines.len(), 1);
    let long = DataSpec { context: Some(60), ..data };
    assert!(long.info().is_err_and(|p| p[0].code == Code::SeriesTooShort));
}

/// What reading takes for each byte, of a table `n` times as long.
fn per_byte(make: impl Fn(usize) -> String, n: usize) -> f64 {
    let text = make(n);
    let start = Instant::now();
    let _ = CsvTable::parse(&text, None);
    start.elapsed().as_secs_f64() / text.len() as f64
}

#[test]
fn reading_takes_time_in_proportion_to_the_text() {
    type Cell = fn(usize) -> String;
    let kinds: [(&str, Cell); 4] = [
        ("long", |n| (0..n).map(|i| format!("{i},{},x\n", i % 7)).collect()),
        ("wide", |n| {
            let line = (0..n / 4).map(|i| i.to_string()).collect::<Vec<_>>().join(",") + "\n";
            line.repeat(4)
        }),
        ("equal names", |n| vec!["a"; n / 2].join(",") + "\n" + &vec!["1"; n / 2].join(",")),
        ("quotes", |n| "\"a \"\" b\",\"c\nd\"\n".repeat(n / 2)),
    ];
    for (kind, make) in kinds {
        let (short, long) = (per_byte(make, 4000), per_byte(make, 40_000));
        // Quadratic time would be ten times as much a byte; a busy machine is not.
        assert!(long < 6.0 * short + 2e-6, "{kind}: {short:e} s a byte, then {long:e}");
    }
}

#[test]
fn names_have_a_length() {
    let long = "n".repeat(3000);
    let text =
        format!("{long},{long},y\n") + &(0..20).map(|i| format!("{i},{},{}\n", i * 2, i % 3)).collect::<String>();
    let table = read(&text);
    assert!(table.columns.iter().all(|c| c.name.chars().count() <= MAX_NAME + 4));
    let old = CsvSpec { text, target: "y".into(), inputs: vec![long], ..CsvSpec::default() };
    assert!(old.select().is_ok(), "an old file may name a column by its full length");
    let named = serde_json::json!({"gradarium": 1, "seed": 1, "data": {"set": "xor"}, "training": {"batch": 8},
        "model": {"layers": [{"type": "dense", "units": 2, "name": "x".repeat(5000)}, {"type": "dense"}]},
        "task": {"type": "classification"}, "optimizer": {"type": "adam"}});
    let experiment: gradarium::spec::Experiment = serde_json::from_value(named).expect("an experiment");
    assert_eq!(experiment.problems().iter().map(|p| p.code).collect::<Vec<_>>(), [Code::NameTooLong]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn reading_in_pieces_is_reading_at_once(
        text in prop_oneof!["[a-c0-9.,;|\t\n\r\" #=%$é-]{0,160}", any::<String>()],
        work in 1..40_usize,
    ) {
        let mut reading = Reading::new(&text, None);
        let mut steps = 0;
        while !reading.step(work) {
            prop_assert!((0.0..=1.0).contains(&reading.share()));
            steps += 1;
            prop_assert!(steps < 100_000);
        }
        match (reading.finish(), CsvTable::parse(&text, None)) {
            (Ok(a), Ok(b)) => {
                prop_assert_eq!(&a.columns, &b.columns);
                prop_assert_eq!(a.len(), b.len());
                for row in 0..a.len() {
                    for column in 0..a.columns.len() {
                        prop_assert_eq!(a.raw(row, column), b.raw(row, column));
                    }
                }
            }
            (Err(a), Err(b)) => prop_assert_eq!(a, b),
            (a, b) => prop_assert!(false, "{:?} {:?}", a.is_ok(), b.is_ok()),
        }
    }

    #[test]
    fn no_series_panics(text in "[a-c0-9.,;\n -]{0,200}", skip in any::<bool>(), context in 1..20_usize) {
        let missing = Some(if skip { Missing::Skip } else { Missing::Interpolate });
        let csv = CsvSpec { text, missing, ..CsvSpec::default() };
        let data = DataSpec { csv: Some(csv), context: Some(context), ..DataSpec::of("series") };
        if let Ok(built) = build(&data, 1, &[]) {
            prop_assert!(built.x.iter().chain(&built.y).all(|v| v.is_finite()));
            prop_assert!(built.n_train > 0);
        }
    }
}

/// Mean and deviation of each column of the training rows, as the network sees them.
fn moments(x: &[f32], width: usize) -> Vec<(f64, f64)> {
    let n = (x.len() / width) as f64;
    let of = |i: usize| x.iter().skip(i).step_by(width).map(|v| f64::from(*v));
    let mean = |i| of(i).sum::<f64>() / n;
    (0..width).map(|i| (mean(i), (of(i).map(|v| (v - mean(i)).powi(2)).sum::<f64>() / n).sqrt())).collect()
}

#[test]
fn numbers_far_from_zero_keep_the_digits_in_which_they_differ() {
    let row = |i: usize| {
        let (hour, minute) = (i / 60, i % 60);
        format!("{},5412340.{},2021-03-05 {hour:02}:{minute:02},{}\n", i * 7 % 11, i % 10, 1_600_000_000 + 10 * i)
    };
    let text = "a,north,when,ts\n".to_string() + &(0..200).map(row).collect::<String>();
    let csv = CsvSpec { text, dates: vec!["when".into()], ..CsvSpec::default() };
    let spec = DataSpec { csv: Some(csv), ..DataSpec::of("csv") };
    let data = build(&spec, 7, &[]).expect("a table");
    let (x, y) = data.train_numbers();
    for (mean, deviation) in moments(x, 3).into_iter().chain(moments(y, 1)) {
        assert!(mean.abs() < 1e-4 && (deviation - 1.0).abs() < 1e-4, "{mean} {deviation}");
    }
    let (x_pairs, y_pairs) = (data.scale.as_ref().expect("x").pairs(), data.target_scale.as_ref().expect("y").pairs());
    assert!((x_pairs[1][0] - 5_412_340.45).abs() < 0.1 && (x_pairs[1][1] - 0.287).abs() < 0.02, "{x_pairs:?}");
    assert!((y_pairs[0][0] - 1_600_000_995.0).abs() < 100.0, "{y_pairs:?}");
    // Every row comes back as it stood: tenths, minutes and seconds.
    for row in 0..data.len() {
        let x = data.scale.as_ref().expect("x").natural(data.x_row(row));
        let ts = data.target_scale.as_ref().expect("y").natural(data.y_row(row))[0];
        let i = (ts - 1_600_000_000.0) / 10.0;
        assert!((i - i.round()).abs() < 1e-3, "{ts}");
        assert!((x[1] - 5_412_340.0 - (i.round() % 10.0) / 10.0).abs() < 1e-4, "{x:?} of row {i}");
        assert!(((x[2] - 18_691.0) * 1440.0 - i.round()).abs() < 1e-2, "{x:?} of row {i}");
    }
}

#[test]
fn a_series_far_from_zero_is_scaled_by_its_own_deviation() {
    let text = "y\n".to_string() + &(0..120).map(|i| format!("{}\n", 1_600_000_000 + i % 7)).collect::<String>();
    let spec = DataSpec { csv: Some(CsvSpec { text, ..CsvSpec::default() }), ..DataSpec::of("series") };
    let data = build(&spec, 7, &[]).expect("a series");
    let mut seen: Vec<i64> = Vec::new();
    for row in 0..data.len() {
        let y = data.target_scale.as_ref().expect("scaled").natural(data.y_row(row));
        seen.extend(y.iter().map(|v| (v - 1_600_000_000.0).round() as i64));
        assert!(data.y_row(row).iter().all(|v| v.abs() < 2.0), "{:?}", data.y_row(row));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, (0..7).collect::<Vec<_>>());
}
