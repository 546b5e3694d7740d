//! Frozen layers: their numbers stay to the bit, their gradients are not made, and the others never notice.
//!
//! Not responsible for the lock on the page (tests/e2e/frozen.spec.mjs).

use gradarium::engine::data;
use gradarium::engine::exec::Executor;
use gradarium::engine::graph::layout::MODEL;
use gradarium::engine::graph::{Direction, Role};
use gradarium::engine::ops::Op;
use gradarium::engine::rng::Rng;
use gradarium::engine::session::{Of, Session, Settings};
use gradarium::protocol::{Command, Reply};
use gradarium::spec::{Experiment, Field, OptimizerKind, text};
use serde_json::{Value, json};

use crate::backends::backends;
use crate::one_op::{run, run_asked};
use crate::op_table::{Case, table};
use crate::worker::Bench;

/// An experiment on a data set of 40 random rows.
fn experiment(model: &str, data: Value, optimizer: Value) -> Experiment {
    let task = if data.get("tokens").is_some() { "language_model" } else { "classification" };
    let mut e = Experiment::from_value(json!({
        "seed": 3, "data": data, "model": {"layers": []}, "task": {"type": task}, "optimizer": optimizer,
        "training": {"batch": 16},
    }))
    .unwrap_or_else(|p| panic!("{p:?}"));
    e.model = text::parse(model).unwrap_or_else(|p| panic!("{model}: {p:?}"));
    assert_eq!(e.problems(), [], "{model}");
    e
}

fn numbers(shape: Value) -> Value {
    json!({"set": "random", "input": shape, "target": {"classes": 3}, "samples": 40})
}

fn tokens() -> Value {
    json!({"set": "random", "input": [6], "tokens": 9, "target": {"steps": {"classes": 9, "len": 6}}, "samples": 40})
}

fn session(e: &Experiment, exec: Box<dyn Executor<f32>>) -> Session {
    Session::new(e.clone(), data::build(&e.data, 3, &[]).unwrap(), exec)
}

fn without_locks(e: &Experiment) -> Experiment {
    let mut e = e.clone();
    e.model.set_locks(&[]);
    e
}

/// Name, whether it is frozen, and the bits of every parameter.
fn params(s: &Session) -> Vec<(String, bool, Vec<u32>)> {
    let bits = |name: &str| s.read(name, false).unwrap().1.iter().map(|x| x.to_bits()).collect();
    s.plan().graph.params().map(|(_, v)| (v.name.clone(), !v.role.learns(), bits(&v.name))).collect()
}

/// Networks of which something is frozen: first, in the middle, last, whole containers, every kind of parameter.
fn networks() -> Vec<(&'static str, Value)> {
    vec![
        ("dense 8 tanh frozen | dense 6 relu | dense", numbers(json!([5]))),
        ("dense 8 tanh | batch_norm frozen | dense 6 relu | layer_norm | dense frozen", numbers(json!([5]))),
        ("dense 6 | residual(dense 6 relu | dense 6) frozen | dropout 0.2 | dense", numbers(json!([5]))),
        ("dense 6 | residual(dense 6 relu frozen | layer_norm frozen | dense 6) | dense", numbers(json!([5]))),
        (
            "conv 4 3x3 same relu | batch_norm frozen | pool 2 | conv 4 3x3 gelu frozen | group_norm 2 frozen | flatten | dense",
            numbers(json!([8, 8, 2])),
        ),
        (
            "conv 4 3x3 relu frozen | squeeze_excite 2 frozen | conv_transpose 3 2x2 frozen | global_avg_pool | dense",
            numbers(json!([8, 8, 2])),
        ),
        ("rnn 5 return_sequences | lstm 5 return_sequences frozen | gru 4 frozen | dense", numbers(json!([6, 3]))),
        ("lstm 5 return_sequences bidirectional frozen | gru 4 | dense", numbers(json!([6, 3]))),
        ("embedding 8 frozen | positional learned frozen | transformer_block 2 frozen | layer_norm | dense", tokens()),
        ("embedding 8 | positional learned | transformer_block 2 frozen | dense frozen", tokens()),
        ("embedding 8 | attention 2 additive frozen | transformer_block 2 | dense", tokens()),
        ("embedding 8 name=a frozen | layer_norm name=b | attention 2 from=a,b frozen causal=false | dense", tokens()),
        ("embedding 8 name=a frozen | layer_norm name=b | attention 2 from=b,a frozen causal=false | dense", tokens()),
    ]
}

#[test]
fn frozen_weights_keep_their_bits_under_every_optimizer() {
    for kind in OptimizerKind::ALL {
        let mut optimizer = json!({"type": kind.name(), "clip_norm": 0.5, "clip_value": 0.2});
        if kind.fields().iter().any(|f| f.field == Field::WeightDecay) {
            optimizer["weight_decay"] = json!(0.1);
        }
        for (model, data) in networks() {
            let mut e = experiment(model, data, optimizer.clone());
            (e.training.l1, e.training.l2) = (0.01, 0.02);
            let mut s = session(&e, gradarium::backend::choose(e.backend).unwrap());
            let before = params(&s);
            (0..100).for_each(|_| assert!(s.step().is_ok(), "{model}"));
            for ((name, frozen, before), (_, _, after)) in before.iter().zip(params(&s)) {
                // A bias that a norm takes away again may keep its zero; no weight does.
                let may_stay = name.contains("bias");
                assert!(
                    if *frozen { *before == after } else { may_stay || *before != after },
                    "{kind:?} {model}: {name}"
                );
            }
        }
    }
}

#[test]
fn the_others_get_the_gradients_that_they_would_get_anyway() {
    for (model, data) in networks() {
        for exec in 0..backends().len() {
            let e = experiment(model, data.clone(), json!({"type": "sgd", "lr": 0.01}));
            let mut locked = session(&e, backends().remove(exec));
            let mut free = session(&without_locks(&e), backends().remove(exec));
            assert_eq!(locked.step(), free.step(), "{model}");
            for (name, frozen, _) in params(&locked) {
                let (a, b) = (locked.read(&name, true).map(|g| g.1.to_vec()), free.read(&name, true).unwrap().1);
                assert_eq!(a.as_deref(), (!frozen).then_some(b), "{model} on {}: {name}", locked.backend());
            }
        }
    }
}

/// Every gradient that an op gives is the same when others are not asked for.
#[test]
fn an_op_gives_the_same_gradients_to_those_who_ask() {
    for mut backend in backends() {
        for case in table().iter().flat_map(|row| row.cases()).filter(|c| c.numbers() <= 700) {
            let mut rng = Rng::new(5, 2);
            let d_y: Vec<f64> = (0..case.outputs()).map(|_| f64::from(rng.normal())).collect();
            for add in [false, true] {
                let whole = run::<f32>(&mut *backend, &case, &d_y, add).d_ins;
                let can: Vec<usize> = (0..whole.len()).filter(|k| whole[*k].is_some()).collect();
                for mask in 1..1usize << can.len() {
                    let asked = |k: usize| can.iter().position(|c| *c == k).is_some_and(|bit| mask >> bit & 1 == 1);
                    check_asked(&mut *backend, &case, (&d_y, add), &asked, &whole);
                }
            }
        }
    }
}

fn check_asked(
    backend: &mut dyn Executor<f32>,
    case: &Case,
    (d_y, add): (&[f64], bool),
    asked: &dyn Fn(usize) -> bool,
    whole: &[Option<Vec<f64>>],
) {
    let part = run_asked::<f32>(backend, case, d_y, add, asked);
    for (k, (got, want)) in part.d_ins.iter().zip(whole).enumerate() {
        let want = want.as_ref().filter(|_| asked(k));
        assert_eq!(got.as_ref(), want, "{} {} d_{}", backend.name(), case.name, case.ins[k].name);
    }
}

#[test]
fn nothing_is_computed_below_the_first_layer_that_learns() {
    let e = experiment("dense 8 tanh frozen | dense 8 frozen | dense", numbers(json!([5])), json!({"type": "sgd"}));
    let (locked, free) = (session(&e, backends().remove(0)), session(&without_locks(&e), backends().remove(0)));
    let ops = |s: &Session| s.plan().backward.len();
    assert_eq!((ops(&locked), ops(&free)), (2, 4), "the loss and the last layer");
    let last = &locked.plan().backward[1];
    assert!(matches!(last.op, Op::Linear(_)) && last.direction == Direction::Backward);
    assert!(last.d_ins[0].is_none() && last.d_ins[1].is_some() && last.d_ins[2].is_some());
    assert!(locked.flops_per_step() < 0.7 * free.flops_per_step());
    // The optimizer's share: one range, that of the last layer.
    let runs = &locked.layout().group(MODEL).runs;
    assert_eq!((runs.len(), runs[0].len()), (1, 8 * 3 + 3));
}

/// PyTorch: `requires_grad_(False)` on a batch norm stops its gain and shift; statistics move as long as it is in training
/// mode.
#[test]
fn a_frozen_batch_norm_goes_on_measuring() {
    let e = experiment("dense 6 | batch_norm frozen | dense", numbers(json!([5])), json!({"type": "adam"}));
    for exec in backends() {
        let mut s = session(&e, exec);
        let read = |s: &Session, name: &str| s.read(name, false).unwrap().1.to_vec();
        let (mean, gain) = (read(&s, "layers.1.running_mean"), read(&s, "layers.1.weight"));
        (0..5).for_each(|_| assert!(s.step().is_ok()));
        assert_ne!(read(&s, "layers.1.running_mean"), mean);
        assert_eq!(read(&s, "layers.1.weight"), gain);
    }
}

#[test]
fn locks_change_while_it_trains_and_state_is_kept() {
    for kind in OptimizerKind::ALL {
        let free = without_locks(&experiment(
            "dense 8 tanh frozen | dense 6 relu | dense",
            numbers(json!([5])),
            json!({"type": kind.name()}),
        ));
        let locked =
            experiment("dense 8 tanh frozen | dense 6 relu | dense", free_data(), json!({"type": kind.name()}));
        let run = |changes: &[&Experiment]| {
            let mut s = session(&free, gradarium::backend::choose(free.backend).unwrap());
            for to in changes {
                assert!(s.can_tune(to));
                s.tune(&Settings::of(to));
                (0..10).for_each(|_| assert!(s.step().is_ok()));
            }
            s
        };
        let (once, again) = (run(&[&free, &locked, &free]), run(&[&free, &locked, &free]));
        assert_eq!(once.checkpoint(), again.checkpoint(), "{kind:?}");
        let (before, during) = (run(&[&free]), run(&[&free, &locked]));
        assert_eq!(params(&before)[0].2, params(&during)[0].2, "{kind:?}: frozen");
        assert_ne!(params(&before)[2].2, params(&during)[2].2, "{kind:?}: the others learn");
        assert_ne!(params(&during)[0].2, params(&once)[0].2, "{kind:?}: it learns again");
        let mut undecided = run(&[&free]);
        undecided.tune(&Settings::of(&locked));
        undecided.tune(&Settings::of(&free));
        undecided.step().unwrap();
        let mut decided = run(&[&free]);
        decided.step().unwrap();
        assert_eq!(undecided.checkpoint(), decided.checkpoint(), "{kind:?}: choosing leaves no trace");
    }
}

fn free_data() -> Value {
    numbers(json!([5]))
}

#[test]
fn examples_are_looked_at_through_frozen_layers_too() {
    let e =
        experiment("dense 8 tanh frozen | dense 6 relu | dense frozen", numbers(json!([5])), json!({"type": "sgd"}));
    let mut s = session(&e, gradarium::backend::choose(e.backend).unwrap());
    s.step().unwrap();
    let names = ["input.grad", "layers.0.grad", "layers.0.weight.grad", "layers.1.weight.grad", "loss.grad"];
    let seen = s.look(&[0.3; 5], &[1.0], &names.map(String::from), &Of::Loss);
    let there: Vec<bool> = seen.iter().map(Option::is_some).collect();
    assert_eq!(there, [true, true, false, true, true]);
    assert_eq!(seen[4].as_ref().unwrap().1, [1.0]);
    assert!(seen[0].as_ref().unwrap().1.iter().any(|d| *d != 0.0));
    let listed: Vec<String> = s.norms().into_iter().map(|l| l.name).collect();
    assert_eq!(listed, ["layers.1"], "gradients are shown of what learns");
}

#[test]
fn a_lock_is_no_restart_and_going_back_replays_it() {
    let free = without_locks(&experiment("dense 8 tanh frozen | dense", free_data(), json!({"type": "adam"})));
    let mut locked = free.clone();
    locked.model.layers[0].frozen = true;
    let mut bench = Bench::new();
    bench.load(&free);
    bench.reply(&Command::Train { steps: 30 }, vec![]);
    bench.settle();
    let at_30 = bench.reply_array("layers.0.weight");
    let update = Command::Update { experiment: serde_json::to_value(&locked).unwrap(), keep: true, carry: false };
    let Reply::Loaded(loaded) = bench.reply(&update, vec![]) else { panic!("not loaded") };
    assert!(!loaded.restarted, "it goes on at the same step");
    bench.reply(&Command::Train { steps: 30 }, vec![]);
    bench.settle();
    let at_60 = (bench.reply_array("layers.0.weight"), bench.reply_array("layers.1.weight"));
    assert_eq!(at_60.0, at_30);
    for step in [10, 30, 45, 60] {
        bench.send(&Command::Seek { step }, vec![]);
        bench.settle();
        assert_eq!(bench.reply_array("layers.0.weight") == at_30, step >= 30, "step {step}");
    }
    assert_eq!(bench.reply_array("layers.1.weight"), at_60.1, "replayed to the bit");
}

#[test]
fn every_parameter_of_a_frozen_layer_is_frozen() {
    for (model, data) in networks() {
        let e = experiment(model, data, json!({"type": "sgd"}));
        let s = session(&e, backends().remove(0));
        for (i, layer) in e.model.layers.iter().enumerate().filter(|(_, l)| l.frozen) {
            let prefix = format!("layers.{i}.");
            let of = s.plan().graph.values.iter().filter(|v| v.name.starts_with(&prefix));
            let free = of.filter(|v| matches!(v.role, Role::Param { frozen: false, .. }));
            assert_eq!(free.count(), 0, "{model}: {layer:?}");
        }
    }
}

/// `cargo test --profile curves --test it -- --ignored --nocapture how_much_shorter`
#[test]
#[ignore = "prints times, holds nothing"]
fn how_much_shorter_a_step_is() {
    let images =
        |size: usize| json!({"set": "random", "input": [size, size, 3], "target": {"classes": 10}, "samples": 64});
    for (model, data) in [
        (
            "dense 64 relu frozen | dense 10",
            json!({"set": "random", "input": [784], "target": {"classes": 10}, "samples": 64}),
        ),
        ("dense 256 relu frozen | dense 256 relu frozen | dense 256 relu | dense 10", images(16)),
        (
            "conv 32 3x3 relu frozen | pool 2 | conv 64 3x3 relu frozen | pool 2 | flatten | dense 64 relu | dense 10",
            images(32),
        ),
        (
            "conv 32 3x3 relu frozen | pool 2 | conv 64 3x3 relu | pool 2 | flatten | dense 64 relu | dense 10",
            images(32),
        ),
    ] {
        // The data's rows and a flat input where the first layer is dense.
        let model = if model.starts_with("dense 256") { format!("flatten | {model}") } else { model.to_string() };
        let mut e = experiment(&model, data, json!({"type": "adam"}));
        e.training.batch = 32;
        let (mut locked, mut free) =
            (session(&e, backends().remove(1)), session(&without_locks(&e), backends().remove(1)));
        let mut best = [f64::MAX; 2];
        for _ in 0..12 {
            for (k, s) in [&mut free, &mut locked].into_iter().enumerate() {
                let start = std::time::Instant::now();
                (0..6).for_each(|_| assert!(s.step().is_ok()));
                best[k] = best[k].min(start.elapsed().as_secs_f64() / 6.0);
            }
        }
        println!(
            "{model}: {:.3} ms learning, {:.3} ms frozen, {:.2} times as fast",
            best[0] * 1e3,
            best[1] * 1e3,
            best[0] / best[1]
        );
    }
}
