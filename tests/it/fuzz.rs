//! Mutated links, experiments, model texts, tables, files of weights and networks in ONNX: whatever comes in is answered. It neither panics nor
//! takes memory beyond a budget; where it is run for long (`cargo xtask test --fuzz`), no input may take long either.
//!
//! `FUZZ=n` inputs of each kind; without it a few, as a check that all of it still works. Not responsible for what is answered.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gradarium::export::onnx;
use gradarium::spec::csv_select::{ColumnMissing, CsvSelection, CsvSpec, Missing};
use gradarium::spec::{DataSpec, Experiment, Saved, Weights, code, preset, shape, text, weights::Tensor};
use gradarium::ui::route;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::time::{Duration, Instant};

/// Inputs of each kind in an ordinary run.
const FEW: u32 = 2000;
/// Address space that reading may add to the process: the largest file that is read (48 MB), a few times over.
const BUDGET_KB: u64 = 256 << 10;
/// The longest that one input may take; asked of long runs only, which have the machine for themselves.
const LONGEST: Duration = Duration::from_secs(2);

const LINKS: &str = include_str!("links/old.txt");
/// What a parser may stumble over.
const WORDS: [&str; 28] = [
    "0",
    "-1",
    "1e999",
    "-1e-999",
    "4294967296",
    "18446744073709551616",
    "0.1",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "[[[[[[[[",
    "\"",
    "\\",
    "\\u0000",
    "\u{0}",
    "é中",
    "\u{fffd}",
    "%",
    "%zz",
    "&x=",
    "&spec=",
    "|",
    "(",
    ",,,,",
    "\r\n",
    "units",
];

/// Networks as code.
const CODE: [&str; 4] = [
    "net = nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2, 2), nn.Flatten(),\n  nn.Linear(6 * 14 * 14, 84), nn.Linear(84, 10))",
    "model = Sequential()\nmodel.add(Conv2D(32, (3, 3), padding='same', input_shape=(28, 28, 1)))\nmodel.add(Flatten())\nmodel.add(Dense(10, activation=\"softmax\"))",
    "n = 28 * 28\nb = nn.Sequential(nn.Flatten(), nn.Linear(n, 64, bias=False), nn.ReLU())  # one\nm = nn.Sequential(OrderedDict([('a', b), ('b', nn.Linear(64, 10))]))",
    "m = keras.Sequential([layers.Reshape((28, 28)), layers.Bidirectional(layers.LSTM(64, return_sequences=True)), layers.GRU(8), layers.Dense(10)])",
];

/// One change: what to do, where (as a share), how far, and with what.
type Change = (u8, f64, u8, u8);

fn changes() -> impl Strategy<Value = (prop::sample::Index, Vec<Change>)> {
    let change = (0..7u8, 0.0..1.0f64, any::<u8>(), any::<u8>());
    (any::<prop::sample::Index>(), prop::collection::vec(change, 0..8))
}

fn mutated(seed: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for &(what, at, far, with) in changes {
        let at = (at * (bytes.len() + 1) as f64) as usize;
        let end = (at + usize::from(far)).min(bytes.len());
        match what {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].repeat(usize::from(with % 8));
                drop(bytes.splice(at..at, again));
            }
            3 => drop(bytes.splice(at..at, WORDS[usize::from(with) % WORDS.len()].bytes())),
            // In place of a number or a word, as it may stand there.
            4 => {
                let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'.';
                let from = at + bytes[at..].iter().position(is_word).unwrap_or(0);
                let to = from + bytes[from..].iter().position(|b| !is_word(b)).unwrap_or(0);
                drop(bytes.splice(from..to, WORDS[usize::from(with) % WORDS.len()].bytes()));
            }
            5 => bytes.extend_from_slice(&seed[seed.len() - usize::from(far).min(seed.len())..]),
            _ if at < bytes.len() => bytes[at] = with,
            _ => bytes.push(with),
        }
    }
    bytes
}

/// The most address space that this process has had, where the system tells.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmPeak:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Hands mutated seeds to `read`.
fn fuzz(seeds: &[Vec<u8>], read: impl Fn(&[u8])) {
    let asked: Option<u32> = std::env::var("FUZZ").ok().and_then(|n| n.parse().ok());
    let config = Config { cases: asked.unwrap_or(FEW), failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let before = peak_kb();
    let result = TestRunner::new_with_rng(config, rng).run(&changes(), |(seed, changes)| {
        let input = mutated(&seeds[seed.index(seeds.len())], &changes);
        let began = Instant::now();
        read(&input);
        let took = began.elapsed();
        prop_assert!(asked.is_none() || took < LONGEST, "{took:?}");
        let more = peak_kb() - before;
        prop_assert!(more < BUDGET_KB, "{more} kB more after an input of {} bytes", input.len());
        Ok(())
    });
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

fn text_of(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// What the page does with an experiment before anything trains.
fn looked_at(experiment: &Experiment) {
    if experiment.problems().is_empty() {
        let info = experiment.data_info().expect("an experiment without problems has data");
        let _ = (shape::infer(experiment, &info), experiment.to_json_pretty());
    }
}

fn links() -> impl Iterator<Item = &'static str> {
    LINKS.lines().filter_map(|l| l.split('\t').next())
}

fn experiments() -> Vec<Vec<u8>> {
    let old = links().filter_map(|l| route::parse(l).experiment?.ok()).map(|e| e.to_json().into_bytes());
    old.filter(|json| json.len() < 4000).chain([preset::first().to_json_pretty().into_bytes()]).collect()
}

#[test]
fn no_link_is_too_much() {
    let short = links().filter(|l| l.len() < 4000).map(|l| l.as_bytes().to_vec());
    let plain = experiments().into_iter().map(|json| [b"#/play?spec=", &json[..]].concat());
    let seeds: Vec<_> = short.chain(plain).collect();
    fuzz(&seeds, |input| {
        let route = route::parse(&text_of(input));
        if let Some(Ok(experiment)) = &route.experiment {
            let _ = route::write(experiment, &route);
        }
    });
}

#[test]
fn no_packed_link_is_too_much() {
    fuzz(&experiments(), |input| {
        let packed = URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(input, 1));
        let _ = route::parse(&format!("#/play?x={packed}"));
    });
}

#[test]
fn no_experiment_is_too_much() {
    fuzz(&experiments(), |input| {
        let json = text_of(input);
        if let Ok(experiment) = Experiment::from_json(&json) {
            looked_at(&experiment);
        }
        let _ = Saved::from_json(&json);
    });
}

#[test]
fn no_model_text_is_too_much() {
    let written = experiments().into_iter().filter_map(|json| Experiment::from_json(&text_of(&json)).ok());
    let seeds: Vec<_> = written.map(|e| text::write(&e.model).into_bytes()).collect();
    fuzz(&seeds, |input| {
        if let Ok(model) = text::parse(&text_of(input)) {
            let _ = text::write(&model);
            looked_at(&Experiment { model, ..preset::first() });
        }
    });
}

#[test]
fn no_code_is_too_much() {
    let digits = preset::for_data(DataSpec::of("mnist"), 7);
    let seeds: Vec<_> = CODE.map(|code| code.as_bytes().to_vec()).into();
    fuzz(&seeds, |input| {
        let code = text_of(input);
        let _ = code::is_code(&code);
        if let Ok(pasted) = code::read(&code, &digits) {
            looked_at(&Experiment { model: pasted.model, ..digits.clone() });
        }
    });
}

#[test]
fn no_table_is_too_much() {
    let rows =
        (0..30).map(|i| format!("{i},{}.5,\"a;{}\",2024-01-{:02}\n", i * 3, i % 3, i % 28 + 1)).collect::<String>();
    let comma = format!("x,y,kind,day\n{rows}");
    let seeds =
        [comma.replace(',', ";"), comma.replace(',', "\t"), comma.replace('.', ","), comma.replace("5", ""), comma];
    let seeds: Vec<_> = seeds.map(String::into_bytes).into();
    let ways = [("x", Missing::Skip), ("kind", Missing::Category), ("y", Missing::Median)];
    let by = ways.map(|(column, missing)| ColumnMissing { column: column.into(), missing }).to_vec();
    fuzz(&seeds, |input| {
        let csv = CsvSpec { text: text_of(input), ..CsvSpec::default() };
        let _: Result<CsvSelection, _> = csv.select();
        let _ = CsvSpec { missing: Some(Missing::Mean), missing_by: by.clone(), ..csv.clone() }.select();
        for set in ["csv", "series"] {
            let _ = DataSpec { csv: Some(csv.clone()), ..DataSpec::of(set) }.info();
        }
    });
}

#[test]
fn no_file_of_weights_is_too_much() {
    let tensor = |name: &str, shape: &[usize]| Tensor {
        name: name.into(),
        shape: shape.to_vec(),
        data: vec![0.5; shape.iter().product()],
    };
    let some = |list| Weights { tensors: list, step: 7, epoch: 1 }.write();
    let seeds = [
        some(vec![tensor("layers.0.weight", &[8, 2]), tensor("layers.0.bias", &[8])]),
        some(vec![tensor("a", &[1, 2, 3, 1])]),
        some(Vec::new()),
    ];
    fuzz(&seeds, |input| drop(Weights::read(input)));
}

#[test]
fn no_onnx_file_is_too_much() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/onnx");
    let files = std::fs::read_dir(root).unwrap().filter_map(|f| Some(f.ok()?.path()));
    let mut paths: Vec<_> = files.filter(|p| p.extension().is_some_and(|e| e == "onnx")).collect();
    paths.sort();
    let seeds: Vec<_> = paths.iter().map(|p| std::fs::read(p).unwrap()).collect();
    assert!(seeds.len() > 10);
    // Data of each kind, so that some of the files fit some of them.
    let random = |input: serde_json::Value, target: serde_json::Value| {
        let data = serde_json::json!({"set": "random", "input": input, "target": target, "samples": 20});
        preset::for_data(serde_json::from_value(data).unwrap(), 1)
    };
    let experiments = [
        preset::first(),
        random([12, 12, 3].as_slice().into(), serde_json::json!({"classes": 5})),
        random([12, 12, 1].as_slice().into(), serde_json::json!({"classes": 10})),
        random([24, 1].as_slice().into(), serde_json::json!({"shape": [1]})),
    ];
    fuzz(&seeds, |input| {
        for e in &experiments {
            if let Ok(read) = onnx::read::read(input, e) {
                looked_at(&read.experiment);
            }
        }
    });
}
