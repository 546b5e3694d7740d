//! Whole runs on the graphics card beside the same on SIMD: every ready experiment, the usual kinds of networks over fifty
//! steps, and what goes wrong in mid-run.
//!
//! Runs on whatever Vulkan device there is (feature `gpu-native`). Not responsible for single ops (`gpu_parity`).

use gradarium::backend::Backends;
use gradarium::backend::webgpu::WebGpu;
use gradarium::engine::data::{self, File};
use gradarium::engine::session::{Landing, Part, Session};
use gradarium::engine::tasks;
use gradarium::spec::{Backend, Experiment, preset, text};
use serde_json::{Value, json};

/// Sums of a layer come in another order, and roots and quotients of a card may be 2.5 ulp off; fifty steps of training
/// carry that on.
const TOL_RUN: f64 = 2e-3;
/// A few steps of large networks.
const TOL_STEPS: f64 = 1e-3;

fn backends() -> Backends {
    pollster::block_on(Backends::request())
}

fn files(e: &Experiment) -> Vec<File> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let read = |path: &str| std::fs::read(format!("{root}{path}")).unwrap_or_else(|e| panic!("{path}: {e}"));
    let all = e.data.set_info().map_or(&[][..], |set| set.files);
    all.iter().map(|f| (f.path.to_string(), read(f.path))).collect()
}

fn session(e: &Experiment, backends: &Backends) -> Session {
    let rows = data::build(&e.data, u64::from(e.seed), &files(e)).unwrap_or_else(|p| panic!("{p:?}"));
    Session::new(e.clone(), tasks::data(e, rows), backends.choose(e.backend).unwrap())
}

fn land(s: &mut Session) -> Landing {
    s.land().unwrap_or_else(|| panic!("{:?}", s.fault()))
}

/// So many steps in bursts, or one by one where there is no card: the losses.
fn losses(s: &mut Session, steps: usize) -> Vec<f32> {
    let mut all = Vec::new();
    while all.len() < steps {
        if s.is_on_card() {
            // Bursts of several lengths.
            s.launch(((steps - all.len()) as u64).min(1 + all.len() as u64 % 7), false);
            let landing = land(s);
            assert_eq!((&landing.end, &landing.lost), (&Ok(()), &None));
            all.extend(landing.steps.iter().map(|s| s.loss));
        } else {
            all.push(s.step().unwrap());
        }
    }
    all
}

fn close(what: &str, got: &[f32], want: &[f32], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    let scale = want.iter().fold(0.1_f64, |m, x| m.max(f64::from(*x).abs()));
    for (k, (a, b)) in got.iter().zip(want).enumerate() {
        let d = (f64::from(*a) - f64::from(*b)).abs();
        assert!(d <= tolerance * scale, "{what}: step {k}: {a} on the card, {b} on the processor");
    }
}

fn params(s: &Session) -> Vec<u32> {
    let all = s.plan().graph.params().map(|(_, v)| v.name.clone()).collect::<Vec<_>>();
    all.iter().flat_map(|name| s.read(name, false).unwrap().1).map(|x| x.to_bits()).collect()
}

fn on(e: &Experiment, backend: Backend) -> Experiment {
    Experiment { backend, ..e.clone() }
}

#[test]
fn every_ready_experiment_has_its_shaders() {
    for ready in preset::ready::all() {
        let Some(e) = ready.experiment() else { continue };
        let s = session(&on(&e, Backend::Simd), &Backends::default());
        assert_eq!(WebGpu::supports(s.plan()), Ok(()), "{}", ready.name);
    }
}

#[test]
fn every_ready_experiment_trains_alike_on_the_card() {
    let backends = backends();
    for ready in preset::ready::all() {
        let Some(mut e) = ready.experiment() else { continue };
        // A program plays the card in most places where this runs. Norms over the batch need a whole one: over four rows a
        // deep network makes another answer of every rounding.
        let by_batch = e.model.layers.iter().any(|l| l.kind.type_name() == "batch_norm");
        e.training.batch = e.training.batch.min(if by_batch { 64 } else { 4 });
        let mut card = session(&on(&e, Backend::Webgpu), &backends);
        assert!(card.is_on_card(), "{}: {:?}", ready.name, card.fault());
        let mut simd = session(&on(&e, Backend::Simd), &backends);
        let (got, want) = (losses(&mut card, 3), losses(&mut simd, 3));
        // Gradients through norms over the batch grow with every layer, and with them whatever was rounded.
        let steps = if by_batch && e.model.layers.len() > 12 { 1 } else { 3 };
        close(ready.name, &got[..steps], &want[..steps], TOL_STEPS);
        assert!(got.iter().all(|l| l.is_finite()), "{}", ready.name);
    }
}

/// The kinds of networks, small; training as each is trained.
fn kinds() -> Vec<(&'static str, Experiment)> {
    let pictures = json!({"set": "random", "input": [12, 12, 2], "target": {"classes": 4}, "samples": 90});
    let flat = json!({"set": "random", "input": [9], "target": {"classes": 3}, "samples": 90});
    let steps = json!({"set": "random", "input": [7, 5], "target": {"classes": 3}, "samples": 90});
    let tokens = json!({"set": "random", "input": [8], "tokens": 11, "target": {"steps": {"classes": 11, "len": 8}}, "samples": 90});
    let of = |name: &'static str, data: &Value, model: &str, optimizer: Value, training: Value| {
        let mut e = Experiment::from_value(json!({
            "seed": 5, "data": data, "model": {"layers": []}, "optimizer": optimizer, "training": training,
            "task": {"type": if data.get("tokens").is_some() { "language_model" } else { "classification" }},
        }))
        .unwrap_or_else(|p| panic!("{name}: {p:?}"));
        e.model = text::parse(model).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        assert_eq!(e.problems(), [], "{name}");
        (name, e)
    };
    let adam = json!({"type": "adam", "lr": 0.003});
    let batch = json!({"batch": 16});
    vec![
        of(
            "mlp",
            &flat,
            "dense 16 tanh | dense 16 relu | dense",
            json!({"type": "sgd", "lr": 0.1, "momentum": 0.9}),
            json!({"batch": 16, "l2": 0.001, "l1": 0.0001}),
        ),
        of("cnn", &pictures, "conv 4 3 relu | pool 2 | conv 6 3 relu | flatten | dense", adam.clone(), batch.clone()),
        of(
            "lenet",
            &pictures,
            "conv 6 5 same tanh | avg_pool 2 | conv 8 3 tanh | flatten | dense 12 tanh | dense",
            json!({"type": "rmsprop", "lr": 0.001}),
            batch.clone(),
        ),
        of(
            "residual",
            &pictures,
            "conv 4 3 same | residual(batch_norm | activation kind=relu | conv 4 3 same) | global_avg_pool2d | dense",
            adam.clone(),
            batch.clone(),
        ),
        of(
            "lstm",
            &steps,
            "lstm 6 return_sequences | lstm 5 | dense",
            json!({"type": "adam", "lr": 0.003, "clip_norm": 1.0}),
            batch.clone(),
        ),
        of("gru", &steps, "gru 6 bidirectional | dense", json!({"type": "nadam", "lr": 0.003}), batch.clone()),
        of(
            "transformer",
            &tokens,
            "embedding 8 | positional | transformer_block 2 | layer_norm | dense",
            json!({"type": "adamw", "lr": 0.003, "clip_norm": 1.0, "schedule": {"type": "warmup", "steps": 10}}),
            batch.clone(),
        ),
        of(
            "noisy",
            &flat,
            "dense 12 | batch_norm | activation kind=relu | dropout 0.3 | dense",
            json!({"type": "lion", "lr": 0.001}),
            batch,
        ),
    ]
}

#[test]
fn fifty_steps_of_every_kind_of_network_are_alike_and_the_same_bits_twice() {
    let backends = backends();
    for (name, e) in kinds() {
        let mut simd = session(&on(&e, Backend::Simd), &backends);
        let mut card = session(&on(&e, Backend::Webgpu), &backends);
        let (got, want) = (losses(&mut card, 50), losses(&mut simd, 50));
        close(name, &got, &want, TOL_RUN);
        // What is looked at afterwards is the card's.
        let measured = [&mut card, &mut simd].map(|s| s.evaluate(Part::Train, usize::MAX).unwrap().loss);
        close(name, &measured[..1], &measured[1..], TOL_RUN);
        let mut again = session(&on(&e, Backend::Webgpu), &backends);
        assert_eq!(losses(&mut again, 50), got, "{name}");
        assert_eq!(params(&again), params(&card), "{name}");
    }
}

#[test]
fn steps_one_by_one_are_the_same_bits_as_many_at_once() {
    let backends = backends();
    let (_, e) = kinds().swap_remove(7);
    let [mut many, mut single] = [0; 2].map(|_| session(&on(&e, Backend::Webgpu), &backends));
    many.launch(20, false);
    let together = land(&mut many).steps;
    for stepped in together {
        single.launch(1, false);
        assert_eq!(land(&mut single).steps, [stepped]);
    }
    assert_eq!(params(&many), params(&single));
    // From a checkpoint in the middle it goes on the same way.
    let checkpoint = many.checkpoint();
    let after = losses(&mut many, 9);
    single.restore(&checkpoint.bytes).unwrap();
    assert_eq!(losses(&mut single, 9), after);
}

#[test]
fn a_loss_that_is_no_number_is_found_at_its_step_and_moves_nothing() {
    let backends = backends();
    let (_, e) = kinds().swap_remove(0);
    let mut card = session(&on(&e, Backend::Webgpu), &backends);
    let mut simd = session(&on(&e, Backend::Simd), &backends);
    for s in [&mut card, &mut simd] {
        let (_, w) = s.read("layers.1.weight", false).unwrap();
        let mut w = w.to_vec();
        w[3] = f32::INFINITY;
        s.write("layers.1.weight", &w).unwrap();
    }
    let before = params(&card);
    card.launch(10, false);
    let landing = land(&mut card);
    let want = simd.step().unwrap_err();
    let got = landing.end.unwrap_err();
    assert_eq!((landing.steps.len(), got.step, &got.value), (0, 1, &want.value));
    assert_eq!(params(&card), before);
}

#[test]
fn a_device_that_is_gone_leaves_the_run_to_the_processor() {
    let backends = backends();
    let (_, e) = kinds().swap_remove(1);
    let mut card = session(&on(&e, Backend::Webgpu), &backends);
    losses(&mut card, 10);
    let (step, before) = (card.steps(), params(&card));
    card.launch(5, false);
    backends.destroy_card();
    let landing = land(&mut card);
    assert!(landing.lost.is_some() && landing.steps.is_empty(), "{landing:?}");
    assert_eq!((card.steps(), params(&card)), (step, before));
    assert!(!card.is_on_card() && card.backend() == "simd");
    // It goes on, and a new run is refused in words.
    card.step().unwrap();
    let refused = backends.choose(Backend::Webgpu).map(|_| ()).unwrap_err();
    assert_eq!(refused.code_name(), "no_card");
}

#[test]
fn two_hundred_networks_later_the_card_has_as_much_room_as_before() {
    let backends = backends();
    let (_, e) = kinds().swap_remove(1);
    let e = on(&e, Backend::Webgpu);
    let bytes = |backends: &Backends| backends.card_counts().0;
    losses(&mut session(&e, &backends), 2);
    let before = bytes(&backends);
    for _ in 0..200 {
        losses(&mut session(&e, &backends), 1);
    }
    assert_eq!(bytes(&backends), before);
}

/// The limits: at most this many dispatches for each op of a step, forward, backward and update counted as ops.
const DISPATCHES_PER_OP: f64 = 2.5;

#[test]
fn a_burst_is_one_submission_with_one_pass_one_write_and_few_dispatches() {
    let backends = backends();
    for (name, e) in kinds() {
        let mut s = session(&on(&e, Backend::Webgpu), &backends);
        // An epoch and its shorter last batch: then every list of commands is there.
        losses(&mut s, 8);
        let before = backends.card_counts().1;
        s.launch(4, false);
        land(&mut s);
        let after = backends.card_counts().1;
        let submissions = after.submissions - before.submissions;
        assert_eq!((after.passes - before.passes, after.writes - before.writes), (submissions, submissions), "{name}");
        assert_eq!(submissions, 1, "{name}");
        let ops = s.plan().forward.len() + s.plan().backward.len() + 1;
        let per_op = (after.dispatches - before.dispatches) as f64 / (4 * ops) as f64;
        println!("{name}: {per_op:.2} dispatches an op");
        assert!(per_op <= DISPATCHES_PER_OP, "{name}: {per_op}");
    }
}

/// Training data stays on the card: a step brings which rows it is of, and the slots of its commands.
#[test]
fn a_step_brings_its_rows_and_not_their_numbers() {
    let backends = backends();
    let (name, e) = kinds().swap_remove(1);
    let mut s = session(&on(&e, Backend::Webgpu), &backends);
    losses(&mut s, 8);
    let before = backends.card_counts().1.words;
    s.launch(4, false);
    land(&mut s);
    let words = backends.card_counts().1.words - before;
    let numbers = 4 * e.training.batch * s.data().x_width();
    assert!(words * 3 < numbers, "{name}: {words} words for {numbers} numbers");
}

/// What only looks need comes back with the last steps alone, and then it is what it would have been.
#[test]
fn steps_that_nobody_sees_end_at_the_same_bits() {
    let backends = backends();
    for (name, e) in kinds() {
        let end = |unseen: bool| {
            let mut s = session(&on(&e, Backend::Webgpu), &backends);
            for steps in [7, 5] {
                if unseen {
                    s.launch_unseen(steps, false)
                } else {
                    s.launch(steps, false)
                }
                land(&mut s);
                assert_eq!(s.is_behind(), unseen, "{name}");
            }
            s.launch(3, false);
            land(&mut s);
            assert!(!s.is_behind());
            let names: Vec<String> = s.plan().graph.values.iter().map(|v| v.name.clone()).collect();
            let bits = |grad| -> Vec<Vec<u32>> {
                let of =
                    |n: &String| s.read(n, grad).map_or(Vec::new(), |(_, x)| x.iter().map(|x| x.to_bits()).collect());
                names.iter().map(of).collect()
            };
            (s.checkpoint(), bits(false), bits(true))
        };
        assert_eq!(end(true), end(false), "{name}");
    }
}

#[test]
fn a_run_moves_between_card_and_processor_with_all_its_numbers() {
    let backends = backends();
    let (name, e) = kinds().swap_remove(7);
    let mut stays = session(&on(&e, Backend::Simd), &backends);
    let mut moves = session(&on(&e, Backend::Simd), &backends);
    let want = losses(&mut stays, 60);
    let mut got = losses(&mut moves, 20);
    let before = moves.checkpoint();
    moves.move_to(Backend::Webgpu, backends.choose(Backend::Webgpu).unwrap()).unwrap();
    assert_eq!((moves.backend(), moves.checkpoint()), ("webgpu", before));
    got.extend(losses(&mut moves, 20));
    let before = moves.checkpoint();
    moves.move_to(Backend::Simd, backends.choose(Backend::Simd).unwrap()).unwrap();
    assert_eq!((moves.backend(), moves.checkpoint()), ("simd", before));
    got.extend(losses(&mut moves, 20));
    close(name, &got, &want, TOL_RUN);
}
