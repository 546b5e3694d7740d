//! Whatever can be written down can be read back, and whatever is read, however broken, is answered and not a panic.
//!
//! Not responsible for what networks compute (golden tests).

use crate::strategies::experiment;
use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::graph::Layout;
use gradarium::engine::nn::{self, Mode};
use gradarium::engine::session::Session;
use gradarium::spec::shape::{self, LayerInfo};
use gradarium::spec::{Code, DataSpec, Experiment, Layer, LayerKind, ModelSpec, link, model, preset, text};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn a_word_that_a_later_one_makes_void_is_named() {
    for (line, word, column) in [
        ("dense 8 16 | dense", "8", 7),
        ("dense 8 relu tanh | dense", "relu", 9),
        ("conv2d 8 3 filters=4 | dense", "8", 8),
        ("dense 4 | dropout 0.2 0.5 | dense", "0.2", 19),
        // What a field holds anyway is set all the same.
        ("dense 4 | dropout 0.5 0.2 | dense", "0.5", 19),
        ("dense 4 | dropout 50% 0.2 | dense", "50%", 19),
        ("dense 8 8 | dense", "8", 7),
    ] {
        let problem = text::parse(line).unwrap_err();
        let args = [("word".to_string(), word.to_string()), ("column".to_string(), column.to_string())];
        assert_eq!((problem.code, &problem.args[..]), (Code::TextDoubled, &args[..]), "{line}");
    }
    for line in ["dense 8 linear | dense", "conv2d 3 3 | flatten | dense", "dense 8 relu frozen name=a | dense"] {
        assert!(text::parse(line).is_ok(), "{line}");
    }
}

#[test]
fn numbers_of_the_model_text_are_read_as_people_write_them_or_the_reason_is_said() {
    for (line, plain) in [
        ("dense 1,000 tanh | dense", "dense 1000 tanh | dense"),
        ("dense units=1,024 | dense", "dense 1024 | dense"),
        ("dense 16.0 | dense", "dense 16 | dense"),
        ("ｄｅｎｓｅ　１６｜dense", "dense 16 | dense"),
        ("dense 8 | dropout 50% | dense", "dense 8 | dropout 0.5 | dense"),
        ("dense 8 | dropout 0,25 | dense", "dense 8 | dropout 0.25 | dense"),
        ("dense 8 | dropout rate=12.5% | dense", "dense 8 | dropout 0.125 | dense"),
    ] {
        assert_eq!(text::write(&text::parse(line).unwrap()), plain, "{line}");
    }
    for (line, word, column, nearest) in [
        ("dense 8.5 | dense", "8.5", 7, 9),
        ("dense 4 | dense units=0.2", "units=0.2", 17, 1),
        ("dense 50%", "50%", 7, 1),
        ("dense 1.000 | dense", "1.000", 7, 1000),
    ] {
        let problem = text::parse(line).unwrap_err();
        let args = [("word", word.to_string()), ("column", column.to_string()), ("nearest", nearest.to_string())];
        assert_eq!(
            (problem.code, problem.args),
            (Code::TextWhole, args.map(|(k, v)| (k.to_string(), v)).to_vec()),
            "{line}"
        );
    }
    for line in
        ["dense 1,00,000 | dense", "dense 1,00 | dense", "dense -8 | dense", "dense 8 % | dense", "dense inf | dense"]
    {
        assert_eq!(text::parse(line).unwrap_err().code, Code::TextUnreadable, "{line}");
    }
}

proptest! {
    #![proptest_config(crate::strategies::config())]

    #[test]
    fn every_valid_experiment_round_trips(exp in experiment()) {
        prop_assert_eq!(exp.problems(), vec![], "the strategy draws valid experiments");
        prop_assert_eq!(Experiment::from_json(&exp.to_json()), Ok(exp.clone()));
        prop_assert_eq!(Experiment::from_json(&exp.to_json_pretty()), Ok(exp.clone()));
        prop_assert_eq!(link::unpack(&link::pack(&exp)), Ok(exp.clone()));
        let line = text::write(&exp.model);
        prop_assert_eq!(text::parse(&line), Ok(exp.model), "{}", line);
    }

    #[test]
    fn text_that_means_nothing_is_answered(any in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _read = (Experiment::from_json(&any), text::parse(&any), link::unpack(&any));
        let _decoded = link::unpack(&base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes));
    }

    /// Strings made of the words of the language get further into a parser than noise does.
    #[test]
    fn text_that_nearly_means_something_is_answered(
        words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..30), cut in any::<prop::sample::Index>(),
    ) {
        let line: String = words.concat();
        if let Ok(model) = text::parse(&line) {
            prop_assert_eq!(text::parse(&text::write(&model)), Ok(model), "{}", line);
        }
        let mut packed = link::pack(&preset::first());
        packed.truncate(cut.index(packed.len()));
        prop_assert!(link::unpack(&packed).is_err());
    }

    #[test]
    fn a_broken_field_is_found_at_its_place(exp in experiment(), breaks in prop::collection::vec(one_break(), 1..4)) {
        let mut value = serde_json::to_value(&exp).unwrap();
        breaks.iter().for_each(|b| mutate(&mut value, b));
        match Experiment::from_value(value.clone()) {
            Ok(exp) => {
                let problems = exp.problems();
                if problems.is_empty() && shape::infer(&exp, &exp.data.info().unwrap()).n_params < 1_000_000 {
                    agrees(&exp);
                }
                prop_assert!(problems.iter().all(|p| !p.path.is_empty()), "{:?}", problems);
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(!value.is_object() || problems.iter().all(|p| !p.path.is_empty()), "{:?}", problems);
            }
        }
    }

    #[test]
    fn shapes_that_are_promised_are_the_shapes_that_are_built(exp in experiment()) {
        agrees(&exp);
    }

    #[test]
    fn every_valid_experiment_trains(exp in experiment()) {
        let data = data::build(&exp.data, u64::from(exp.seed), &[]).unwrap();
        let exec = backend::choose(exp.backend).unwrap();
        let mut session = Session::new(exp, data, exec);
        for step in 1..=3 {
            match session.step() {
                Ok(loss) => prop_assert!(loss.is_finite() && session.steps() == step),
                // Any learning rate up to 100 is valid: leaving the finite range is an answer too, and it names the value.
                Err(e) => {
                    prop_assert!(!e.value.is_empty());
                    break;
                }
            }
        }
    }
}

const WORDS: [&str; 40] = [
    "frozen ",
    "slice ",
    "dense ",
    "8",
    " ",
    "|",
    "tanh ",
    "init=",
    "he_normal ",
    "{\"type\":\"normal\",\"std\":0.2}",
    "bias=false",
    "units=",
    "residual",
    "(",
    ")",
    "dropout ",
    "0.5",
    "reshape ",
    "2x3",
    "×",
    "add ",
    "from=",
    "a",
    ",",
    "name=",
    "\"b c\"",
    "\"",
    "\\",
    "{",
    "}",
    "batch_norm ",
    "conv ",
    "same ",
    "max_pool ",
    "stride=",
    "groups=",
    "activation kind=",
    "relu",
    "层",
    "flatten",
];

/// What is done to which place of a JSON tree.
#[derive(Clone, Debug)]
enum Break {
    Delete,
    Rename(String),
    Put(Value),
}

fn one_break() -> impl Strategy<Value = (prop::sample::Index, Break)> {
    let other = prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1e300),
        json!(u64::MAX),
        json!(3.5),
        json!(""),
        json!("relu"),
        json!([]),
        json!({}),
        json!([[[]]]),
        json!(["input"]),
        json!({"type": "residual", "layers": []}),
        json!({"type": "warmup", "then": {"type": "warmup"}}),
        json!("random"),
        json!("csv"),
        json!({"text": "a,b\n1,2"}),
    ]);
    let what = prop_oneof![
        1 => Just(Break::Delete),
        1 => prop::sample::select(vec!["z", "type", "units", "name", "from", "x", "层"]).prop_map(|k| Break::Rename(k.into())),
        3 => other.prop_map(Break::Put),
    ];
    (any::<prop::sample::Index>(), what)
}

/// Every place below the root, as JSON pointers in tokens.
fn places(v: &Value, at: &[String], out: &mut Vec<Vec<String>>) {
    let mut visit = |key: String, child: &Value| {
        let here = [at, &[key]].concat();
        out.push(here.clone());
        places(child, &here, out);
    };
    match v {
        Value::Object(map) => map.iter().for_each(|(k, c)| visit(k.clone(), c)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, c)| visit(i.to_string(), c)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn mutate(root: &mut Value, (index, what): &(prop::sample::Index, Break)) {
    let mut all = Vec::new();
    places(root, &[], &mut all);
    let Some((last, parents)) = all.get(index.index(all.len().max(1))).and_then(|p| p.split_last()) else { return };
    let parent = parents.iter().try_fold(root, |v, key| match v {
        Value::Object(map) => map.get_mut(key),
        Value::Array(list) => list.get_mut(key.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    });
    match (parent, what) {
        (Some(Value::Object(map)), Break::Delete) => _ = map.remove(last),
        (Some(Value::Object(map)), Break::Put(v)) => _ = map.insert(last.clone(), v.clone()),
        (Some(Value::Object(map)), Break::Rename(to)) => {
            let v = map.remove(last).unwrap_or_default();
            map.insert(to.clone(), v);
        }
        (Some(Value::Array(list)), what) => {
            let i: usize = last.parse().unwrap();
            match what {
                Break::Delete => _ = list.remove(i),
                Break::Put(v) => list[i] = v.clone(),
                Break::Rename(to) => list[i] = json!({ to: list[i] }),
            }
        }
        (other, _) => panic!("a place has a parent that holds it: {other:?}"),
    }
}

/// `shape::infer` promises exactly what `engine::nn` builds, in both modes.
fn agrees(exp: &Experiment) {
    let info = exp.data.info().unwrap();
    let promised = shape::infer(exp, &info);
    assert_eq!(promised.problems, vec![]);
    for mode in [Mode::Train, Mode::Eval] {
        let graph = nn::build(exp, &info, mode);
        let mut params = Vec::new();
        promised.layers.iter().for_each(|l| layer_agrees(l, &graph, &mut params));
        let built: Vec<_> = graph.params().map(|(_, v)| (v.name.clone(), v.dims.clone())).collect();
        assert_eq!(built, params, "{mode:?}");
        assert_eq!(Layout::of([&graph], 0).n_params() as u64, promised.n_params);
    }
}

fn layer_agrees(l: &LayerInfo, graph: &gradarium::engine::graph::Graph, params: &mut Vec<(String, Vec<usize>)>) {
    params.extend(l.params.iter().map(|p| (format!("{}.{}", l.name, p.name), p.shape.clone())));
    l.children.iter().for_each(|c| layer_agrees(c, graph, params));
    // In evaluation a dropout layer is nothing at all: its output is its input under another name.
    let v = graph.find(&l.name).unwrap_or_else(|| panic!("{} is not built", l.name));
    assert_eq!(graph[v].dims, l.output, "{}", l.name);
}

#[test]
fn a_layer_that_reads_nothing_is_refused() {
    for from in ["[]", "[\"input\", \"input\"]"] {
        let json = format!(r#"{{"layers": [{{"type": "dense", "units": 2, "from": {from}}}]}}"#);
        let exp = Experiment { model: serde_json::from_str(&json).unwrap(), ..preset::first() };
        assert_eq!(exp.problems()[0].path, "model.layers[0].from", "{from}");
    }
}

#[test]
fn nesting_has_an_end_in_text_and_in_json() {
    let nest = |depth: usize| {
        let mut layers: Vec<Layer> = vec![preset::dense(Some(2), gradarium::spec::Activation::Tanh)];
        for _ in 0..depth {
            layers = vec![LayerKind::Residual(gradarium::spec::model::Residual { layers }).into()];
        }
        Experiment { model: ModelSpec::of(layers), data: DataSpec::of("spiral"), ..preset::first() }
    };
    let deepest = nest(model::DEPTH_MAX);
    assert_eq!(deepest.problems(), vec![]);
    assert_eq!(Experiment::from_json(&deepest.to_json()).as_ref(), Ok(&deepest));
    assert_eq!(text::parse(&text::write(&deepest.model)).as_ref(), Ok(&deepest.model));
    let deeper = nest(model::DEPTH_MAX + 1);
    assert_eq!(deeper.problems()[0].path, "model.layers[0]");
    assert!(text::parse(&text::write(&deeper.model)).is_err());
    let bottomless = r#"{"model": {"layers": ["#.to_string() + &r#"{"type": "residual", "layers": ["#.repeat(100_000);
    assert!(Experiment::from_json(&bottomless).is_err());
    assert!(text::parse(&"residual(".repeat(100_000)).is_err());
}

#[test]
fn everything_wrong_is_said_at_once() {
    let text = r#"{"gradarium": 1, "data": {"set": "spirall"}, "model": {"layers": [{"type": "dense", "unitz": 8},
        {"type": "foo"}]}, "task": {"type": "classification"}, "optimizer": {"type": "adam", "lr": -1}}"#;
    let found: Vec<String> =
        Experiment::from_json(text).err().into_iter().flatten().map(|p| format!("{} {:?}", p.path, p.code)).collect();
    let expected = [
        "model.layers[0].unitz UnknownField",
        "model.layers[1] UnknownName",
        "data.set UnknownName",
        "optimizer.lr OutOfRange",
    ];
    assert_eq!(found, expected);
}
