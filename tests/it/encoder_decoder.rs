//! Encoder and decoder in one network: parts of a row cut out by `slice`, padding that attention does not see, aligned
//! pairs, and what such a network writes.
//!
//! Not responsible for the kernels (`op_table`), for PyTorch's numbers (`golden_nets`) nor for what the ready
//! experiments reach (`curves`).

use crate::backends::backends;
use crate::one_op::run;
use crate::op_table::{Case, In, Part};
use crate::strategies::experiment;
use gradarium::backend;
use gradarium::engine::data::{Dataset, build};
use gradarium::engine::draws::Draws;
use gradarium::engine::nn::{self, Mode};
use gradarium::engine::ops::{Op, attention::Attention};
use gradarium::engine::rng::Rng;
use gradarium::engine::sampling::Sampling;
use gradarium::engine::session::{Of, Session, Writing, Written};
use gradarium::spec::data::IGNORED;
use gradarium::spec::model::Slice;
use gradarium::spec::{Code, DataSpec, Experiment, LayerKind, Target, preset, text};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Four queries look at three keys of a second sequence, whose last two samples are padded in part and wholly.
fn masked_case(additive: bool) -> Case {
    let mut rng = Rng::new(5, 1);
    let mut numbers = |n: usize| (0..n).map(|_| f64::from(rng.normal())).collect::<Vec<f64>>();
    let input = |name, part, shape: &[usize], data| In { name, part, shape: shape.to_vec(), data };
    let mut ins =
        vec![input("x", Part::Data, &[3, 4, 12], numbers(144)), input("m", Part::Data, &[3, 3, 12], numbers(108))];
    if additive {
        ins.push(input("v", Part::Param, &[4], numbers(4)));
    }
    ins.push(input("tokens", Part::Target, &[3, 3], vec![2.0, 1.0, 5.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0]));
    let op = Attention { heads: 2, units: 4, len: 4, keys: 3, causal: false, cross: true, additive, padding: true };
    Case { name: "masked".into(), op: Op::Attention(op), rows: 3, ins, draws: Draws::default() }
}

#[test]
fn padding_gets_no_weight_at_all_and_a_row_of_nothing_else_gives_zeros() {
    for mut backend in backends() {
        for additive in [false, true] {
            let case = masked_case(additive);
            let got = run::<f32>(&mut *backend, &case, &vec![1.0; 48], false);
            for (row, p) in got.outs[1].chunks(3).enumerate() {
                let hidden = |s: usize| case.ins.last().unwrap().data[row / 8 * 3 + s] == 0.0;
                assert!((0..3).all(|s| (p[s] == 0.0) == hidden(s)), "{} row {row}: {p:?}", backend.name());
                let sum: f64 = p.iter().sum();
                assert!((sum - if row < 16 { 1.0 } else { 0.0 }).abs() < 1e-6, "{p:?}");
            }
            assert!(got.outs[0][32..].iter().all(|y| *y == 0.0), "nothing seen, nothing said");
            let gradients = got.d_ins.iter().flatten().flatten();
            assert!(gradients.clone().all(|d| d.is_finite()) && gradients.clone().any(|d| *d != 0.0));
            let of_last = |k: usize, n: usize| got.d_ins[k].as_ref().unwrap()[2 * n..].iter().all(|d| *d == 0.0);
            assert!(of_last(0, 48) && of_last(1, 36), "nor is anything learned from it");
        }
    }
}

fn with_layers(layers: Value) -> Experiment {
    let exp = json!({
        "data": {"set": "random", "input": [6], "tokens": 4, "target": {"steps": {"classes": 4, "len": 2}}},
        "model": {"layers": layers}, "task": {"type": "language_model"}, "optimizer": {"type": "sgd"},
    });
    Experiment::from_value(exp).unwrap()
}

fn found(exp: &Experiment) -> Vec<(String, Code)> {
    exp.problems().into_iter().map(|p| (p.path, p.code)).collect()
}

#[test]
fn a_slice_says_what_it_cannot_cut() {
    let cut = |start: usize, length: usize| {
        with_layers(
            json!([{"type": "slice", "start": start, "length": length}, {"type": "embedding"}, {"type": "dense"}]),
        )
    };
    assert_eq!(found(&cut(4, 2)), []);
    for (start, length, field) in
        [(6, 1, "start"), (4, 3, "length"), (0, 0, "length"), (usize::MAX, usize::MAX, "start")]
    {
        let problems = found(&cut(start, length));
        assert!(problems.contains(&(format!("model.layers[0].{field}"), Code::OutOfRange)), "{problems:?}");
    }
    let picture = json!([{"type": "reshape", "shape": [1, 2, 3]}, {"type": "slice", "length": 1}]);
    assert!(found(&with_layers(picture)).contains(&("model.layers[1]".into(), Code::LayerInput)));
    let whole = json!({"type": "slice"});
    assert_eq!(serde_json::from_value::<gradarium::spec::Layer>(whole).ok(), None, "a length is needed");
}

#[test]
fn slices_are_read_from_text() {
    let one = |line: &str| text::parse(line).map(|m| m.layers[0].kind.clone());
    let slice = |start, length| Ok(LayerKind::Slice(Slice { start, length }));
    assert_eq!(one("slice 0 12"), slice(0, 12));
    assert_eq!(one("slice length=3"), slice(0, 3));
    assert_eq!(one("slice length=3 start=2"), slice(2, 3));
    for bad in
        ["slice", "slice 3", "slice 7 start=2 length=1", "slice start=3", "slice a b", "slice 1 -2", "slice 1 2 of=3"]
    {
        assert!(one(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_mask_needs_tokens_that_may_be_padding() {
    let net = |attention: Value| {
        with_layers(json!([
            {"type": "slice", "start": 4, "length": 2}, {"type": "embedding", "units": 4, "name": "a"},
            {"type": "reshape", "shape": [2, 4], "name": "b"}, attention, {"type": "dense"},
        ]))
    };
    let nothing = vec![("model.layers[3].mask_padding".to_string(), Code::NothingPadded)];
    assert_eq!(found(&net(json!({"type": "attention", "mask_padding": true, "from": ["a"]}))), []);
    assert_eq!(found(&net(json!({"type": "attention", "mask_padding": true, "from": ["b", "a"]}))), []);
    assert_eq!(found(&net(json!({"type": "attention", "mask_padding": true, "from": ["a", "b"]}))), nothing);
    assert_eq!(found(&net(json!({"type": "transformer_block", "mask_padding": true}))), nothing);
    let text = json!({
        "data": {"set": "text", "text": "rose tulip ".repeat(40), "context": 8},
        "model": {"layers": [{"type": "embedding"}, {"type": "attention", "mask_padding": true}, {"type": "dense"}]},
        "task": {"type": "language_model"}, "optimizer": {"type": "sgd"},
    });
    let text = Experiment::from_value(text).unwrap();
    assert_eq!(found(&text), [("model.layers[1].mask_padding".to_string(), Code::NothingPadded)], "0 is a character");
}

/// Attention ops of the built network that hide padding, and layers that ask for it.
fn masks(exp: &Experiment) -> (usize, usize) {
    let graph = nn::build(exp, &exp.data.info().unwrap(), Mode::Train);
    let hides = graph.nodes.iter().filter(|n| matches!(&n.op, Op::Attention(a) if a.padding)).count();
    let asks = exp.model.layers.iter().filter(|l| match &l.kind {
        LayerKind::Attention(a) => a.mask_padding,
        LayerKind::TransformerBlock(t) => t.mask_padding,
        _ => false,
    });
    (hides, asks.count())
}

proptest! {
    #![proptest_config(crate::strategies::config())]

    #[test]
    fn where_a_mask_is_allowed_the_network_has_it(exp in experiment()) {
        let (hides, asks) = masks(&exp);
        prop_assert_eq!(hides, asks);
    }
}

fn dataset(spec: &DataSpec) -> Dataset {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = spec.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    build(spec, 7, &files).unwrap()
}

#[test]
fn aligned_pairs_are_the_same_pairs_with_the_target_always_at_one_place() {
    for set in ["reverse", "sort", "add", "dates", "g2p"] {
        let spec = DataSpec { samples: Some(200), ..DataSpec::of(set) };
        let plain = dataset(&spec);
        let aligned = dataset(&DataSpec { aligned: true, ..spec });
        let (len, asked) = (aligned.x_width(), aligned.y_width());
        assert_eq!((len, plain.y_width()), (plain.x_width(), plain.x_width()));
        let start = len - asked;
        for row in 0..plain.len() {
            let (x, y) = (aligned.x_row(row), aligned.y_row(row));
            assert_eq!(aligned.token_names[x[start] as usize], "→", "{set}");
            let source: Vec<f32> = x[..start].iter().copied().filter(|t| *t != 0.0).collect();
            let answer: Vec<f32> = y.iter().copied().filter(|t| *t != IGNORED).collect();
            assert_eq!(source, x[..source.len()], "padding stands behind the source");
            assert_eq!((&plain.x_row(row)[..source.len()], plain.x_row(row)[source.len()]), (&source[..], 1.0));
            assert_eq!(plain.y_row(row)[source.len()..][..answer.len()], answer);
            assert!(plain.y_row(row)[source.len() + answer.len()..].iter().all(|t| *t == IGNORED));
            // Each place is asked for the token after it.
            assert_eq!(x[start + 1..start + answer.len()], answer[..answer.len() - 1]);
            assert_eq!(answer.last(), Some(&2.0), "the end mark");
        }
    }
    let wrong = DataSpec { aligned: true, ..DataSpec::of("copy_memory") };
    assert_eq!(wrong.info().unwrap_err()[0].code, Code::FieldNotUsed);
}

/// Encoder and decoder for numbers of four digits backwards.
fn reverse() -> Experiment {
    let data = DataSpec { aligned: true, context: Some(4), samples: Some(3000), ..DataSpec::of("reverse") };
    let mut exp = preset::for_data(data, 3);
    exp.optimizer.lr = Some(0.01);
    exp
}

fn session(exp: Experiment) -> Session {
    let data = dataset(&exp.data);
    let exec = backend::choose(exp.backend).unwrap();
    Session::new(exp, data, exec)
}

#[test]
fn every_aligned_set_gets_an_encoder_and_a_decoder() {
    for set in ["reverse", "sort", "add", "dates", "g2p"] {
        let exp = preset::for_data(DataSpec { aligned: true, ..DataSpec::of(set) }, 7);
        assert_eq!(exp.problems(), [], "{set}");
        assert_eq!(masks(&exp), (1, 1));
    }
}

/// What stands at the named layers' outputs for this row.
fn seen(session: &mut Session, x: &[f32], name: &str) -> Vec<f32> {
    let at = session.experiment().model.layers.iter().position(|l| l.name.as_deref() == Some(name)).unwrap();
    let y = vec![0.0; session.data().y_width()];
    session.look(x, &y, &[format!("layers.{at}")], &Of::Loss).remove(0).unwrap().1
}

#[test]
fn the_encoder_never_sees_the_target_and_the_decoder_sees_the_source_through_attention_only() {
    let mut s = session(reverse());
    let x = s.data().x_row(0).to_vec();
    let (mut other_target, mut other_source) = (x.clone(), x.clone());
    other_target[6] = if x[6] == 3.0 { 4.0 } else { 3.0 };
    other_source[1] = if x[1] == 3.0 { 4.0 } else { 3.0 };
    assert_eq!(seen(&mut s, &x, "source"), seen(&mut s, &other_target, "source"));
    assert_eq!(seen(&mut s, &x, "written"), seen(&mut s, &other_source, "written"));
    assert_ne!(seen(&mut s, &x, "written"), seen(&mut s, &other_target, "written"));
    assert_ne!(seen(&mut s, &x, "found"), seen(&mut s, &other_source, "found"));
    // Nor does a place of the decoder see what comes after it.
    let units = seen(&mut s, &x, "written").len() / 5;
    assert_eq!(seen(&mut s, &x, "written")[..2 * units], seen(&mut s, &other_target, "written")[..2 * units]);
    assert_eq!(s.info().target, Target::Steps { count: 13, len: 5 });
}

const GREEDY: Sampling = Sampling { temperature: 0.0, top_k: None, top_p: None };

fn write(s: &mut Session, prompt: &[u32], length: usize, watch: Option<&[String]>) -> Written {
    s.generate(&Writing { prompt, written: &[], length, how: GREEDY, seed: 1, watch })
}

#[test]
fn it_writes_the_target_of_a_source_and_stops_behind_the_end_mark() {
    let mut s = session(reverse());
    for _ in 0..600 {
        s.step().unwrap();
    }
    let test = s.evaluate(gradarium::engine::session::Part::Test, usize::MAX).unwrap();
    assert!(test.accuracy.unwrap() > 0.98, "{test:?}");
    // Tokens: padding, →, ■, then the digits.
    let digits = |text: &str| text.bytes().map(|d| u32::from(d - b'0') + 3).collect::<Vec<u32>>();
    let answer = [digits("6827"), vec![2]].concat();
    let mut written = |prompt: &[u32], length| write(&mut s, prompt, length, None);
    let whole = written(&digits("7286"), 20);
    assert_eq!((whole.tokens, whole.ended, whole.drawn), (answer.clone(), true, vec![]));
    assert_eq!(written(&[digits("7286"), vec![1]].concat(), 20).tokens, answer, "the arrow may be there");
    assert_eq!(written(&[digits("7286"), vec![1], digits("68")].concat(), 20).tokens, answer[2..]);
    let two = written(&digits("7286"), 2);
    assert_eq!((two.tokens.as_slice(), two.ended), (&answer[..2], false), "no more than was asked for");
    let full = [digits("7286"), vec![1], digits("68275")].concat();
    let last = written(&full, 20);
    assert!(last.tokens.len() == 1 && last.ended && written(&[], 20).tokens.len() <= 5, "room ends");
    let (x, len) = s.placed(&digits("72"));
    assert_eq!((x, len), (vec![10.0, 5.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0], 5));
}

#[test]
fn each_token_it_writes_comes_with_the_weights_of_the_pass_that_it_was_drawn_from() {
    let model = "slice 0 4 | embedding 8 | positional | transformer_block 2 causal=false mask_padding name=source | \
                 slice 4 5 from=input | embedding 8 | positional | transformer_block 2 name=written | \
                 attention 1 mask_padding from=written,source name=found | add from=written,found | layer_norm | dense";
    let mut s = session(Experiment { model: text::parse(model).unwrap(), ..reverse() });
    (0..50).for_each(|_| _ = s.step().unwrap());
    let ending = ".weights";
    let mut names: Vec<String> = s.plan().graph.values.iter().map(|v| v.name.clone()).collect();
    names.retain(|n| n.ends_with(ending));
    assert_eq!(names.len(), 3, "{names:?}");
    let prompt = [9, 5, 11];
    let written = write(&mut s, &prompt, 4, Some(&names));
    assert!(written.drawn.len() == written.tokens.len() && !written.tokens.is_empty());
    for (i, d) in written.drawn.iter().enumerate() {
        let (x, len) = s.placed(&[&prompt[..], &[1], &written.tokens[..i]].concat());
        assert_eq!((d.len, d.after), (len, len - 1));
        let whole = s.look(&x, &[], &[names.clone(), vec!["output".into()]].concat(), &Of::Loss);
        assert_eq!(d.values[0], None, "the encoder does not write");
        for (row, whole) in d.values.iter().zip(whole.iter().flatten()).skip(1) {
            let ((dims, row), (shape, whole)) = (row.clone().unwrap(), whole);
            let [heads, len, keys] = *shape.as_slice() else { panic!("{shape:?}") };
            assert_eq!(dims, [heads, keys]);
            for (h, row) in row.chunks_exact(keys).enumerate() {
                assert_eq!(row, &whole[(h * len + i) * keys..(h * len + i + 1) * keys]);
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
                // The decoder sees what it has written, and of the source what is no padding.
                let seen = if keys == 5 { i + 1 } else { 3 };
                assert!(row[..seen].iter().all(|p| *p > 0.0) && row[seen..].iter().all(|p| *p == 0.0), "{row:?}");
            }
        }
        let output = &whole.last().unwrap().as_ref().unwrap().1;
        assert_eq!(d.logits, output[i * 13..(i + 1) * 13]);
    }
}
