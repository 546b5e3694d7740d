//! Several tasks on one trunk: what it is asked, its gradients, and what each head reaches beside the others.

use gradarium::backend;
use gradarium::engine::data::{self, Dataset};
use gradarium::engine::exec::{At, Executor, PlanId};
use gradarium::engine::graph::{Gradients, Layout, Plan};
use gradarium::engine::nn::{Mode, build};
use gradarium::engine::reference::Reference;
use gradarium::engine::rng::Rng;
use gradarium::engine::session::{Part, Session};
use gradarium::engine::tasks;
use gradarium::protocol::{Command, Example, FrameRequest, Reply, Want};
use gradarium::spec::{Backend, Code, Experiment, Target, link};
use gradarium::worker::Reactor;
use serde_json::{Value, json};
use std::rc::Rc;

const TANH: &str =
    "trunk: flatten | dense 12 tanh | dense 6 tanh; digit: dense; parity: dense 4 tanh | dense; thickness: dense";

/// On pictures of noise, which need no file.
pub fn on_noise(task: Value) -> Experiment {
    read(
        json!({"set": "random", "input": [6, 6, 1], "target": {"classes": 4}, "samples": 40, "test_fraction": 0.2}),
        task,
    )
}

fn read(data: Value, task: Value) -> Experiment {
    let model = gradarium::spec::text::parse(TANH).unwrap();
    Experiment::from_value(json!({
        "seed": 3, "data": data, "model": serde_json::to_value(model).unwrap(), "task": task,
        "optimizer": {"type": "adam", "lr": 0.003}, "training": {"batch": 32, "shuffle": false},
    }))
    .unwrap()
}

fn rows(e: &Experiment) -> Dataset {
    assert_eq!(e.problems(), []);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = e.data.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    tasks::data(e, data::build(&e.data, u64::from(e.seed), &files).unwrap())
}

fn session(e: &Experiment) -> Session {
    Session::new(e.clone(), rows(e), backend::choose(Backend::Auto).unwrap())
}

fn both() -> [Experiment; 2] {
    let fixed = json!({"type": "several", "digit_weight": 0.5, "parity_weight": 1.5, "thickness_weight": 2.0});
    [on_noise(fixed), on_noise(json!({"type": "several", "weighting": "uncertainty"}))]
}

#[test]
fn it_is_asked_for_class_parity_and_thickness() {
    let e = read(json!({"set": "digits8"}), json!({"type": "several"}));
    let data = rows(&e);
    assert_eq!(data.target(), &Target::Values { shape: vec![3] });
    let mut thick = Vec::new();
    for row in 0..data.len() {
        let y = data.y_row(row);
        assert_eq!((y[0], y[1]), (data.labels[row], data.labels[row] % 2.0));
        thick.push(f64::from(y[2]));
    }
    let train = &thick[..data.n_train];
    let mean = train.iter().sum::<f64>() / train.len() as f64;
    let variance = train.iter().map(|t| (t - mean) * (t - mean)).sum::<f64>() / train.len() as f64;
    assert!(mean.abs() < 1e-3 && (variance - 1.0).abs() < 1e-3, "{mean} {variance}");
    // In pixels again: strokes of digits of eight by eight are one to three pixels wide.
    let scale = data.target_scale.clone().unwrap();
    assert!(scale.mean[2] > 1.0 && scale.mean[2] < 3.0 && scale.std[2] > 0.05, "{scale:?}");
    assert_eq!((&scale.mean[..2], &scale.std[..2]), (&[0.0, 0.0][..], &[1.0, 1.0][..]));
}

#[test]
fn gradients_of_the_whole_are_what_differences_say() {
    const N: usize = 8;
    const H: f64 = 1e-5;
    for e in both() {
        let data = rows(&e);
        let graph = build(&e, &data.info, Mode::Train);
        let layout = Rc::new(Layout::of([&graph], 0));
        let plan = Rc::new(Plan::new(graph, &layout, N, Gradients::Params));
        let (mut exec, id) = (Reference::<f64>::default(), PlanId(0));
        exec.prepare(layout, vec![plan.clone()]);
        let at = |loc| At { plan: id, loc, rows: N };
        let wide = |v: &[f32]| v.iter().map(|v| f64::from(*v)).collect::<Vec<f64>>();
        exec.write(at(plan.locs[0]), &wide(&data.x[..N * data.x_width()]));
        exec.write(at(plan.locs[1]), &wide(&data.y[..N * data.y_width()]));
        let mut rng = Rng::new(5, 1);
        let params: Vec<_> = plan.graph.params().map(|(v, p)| (v, p.name.clone(), plan.locs[v.0])).collect();
        for (_, _, loc) in &params {
            let first: Vec<f64> = (0..loc.size).map(|_| 0.4 * f64::from(rng.normal())).collect();
            exec.write(at(*loc), &first);
        }
        let draws = Default::default();
        exec.forward(id, N, draws);
        exec.backward(id, N, 0);
        let loss = plan.locs[plan.graph.loss.unwrap().0];
        let mut seen = 0;
        for (v, name, loc) in &params {
            let grad = exec.host().get(at(plan.grad(*v).unwrap())).to_vec();
            let now = exec.host().get(at(*loc)).to_vec();
            for j in (0..loc.size).step_by(loc.size.div_ceil(12)) {
                let mut with = |x: f64| {
                    let mut moved = now.clone();
                    moved[j] += x;
                    exec.write(at(*loc), &moved);
                    exec.forward(id, N, draws);
                    exec.host().get(at(loss))[0]
                };
                let slope = (with(H) - with(-H)) / (2.0 * H);
                assert!((slope - grad[j]).abs() < 1e-7, "{name}[{j}]: {} but the difference is {slope}", grad[j]);
                seen += 1;
            }
            exec.write(at(*loc), &now);
        }
        assert!(seen > 50);
    }
}

#[test]
fn the_loss_is_the_sum_of_the_weighted_losses() {
    for e in both() {
        let mut s = session(&e);
        for _ in 0..20 {
            let before = s.heads(8).unwrap().0.map(|h| h.weight);
            let loss = s.step().unwrap();
            let heads = s.heads(8).unwrap().0;
            let learned = e.task.kind.several().unwrap().beside() > 0;
            // wₖ = exp(−sₖ): what is added is sₖ = −log wₖ.
            let added = |w: f32| if learned { -w.ln() } else { 0.0 };
            let sum: f32 = heads.iter().zip(before).map(|(h, w)| w * h.train_loss.unwrap() + added(w)).sum();
            assert!((loss - sum).abs() < 1e-5 * (1.0 + loss.abs()), "{loss} {sum}");
        }
    }
}

#[test]
fn pulls_are_those_of_training_and_looking_leaves_no_trace() {
    for e in both() {
        let (mut a, mut b) = (session(&e), session(&e));
        for _ in 0..10 {
            // The batch is the whole training part, which the pulls are measured on as well.
            let (pulls, weights) = (a.pulls().unwrap(), a.heads(16).unwrap().0.map(|h| h.weight));
            assert_eq!(pulls.rows, 32);
            assert_eq!(a.step(), b.step());
            let own = a.plan().graph.params().filter(|(_, v)| v.name.starts_with("trunk."));
            let names: Vec<String> = own.map(|(_, v)| v.name.clone()).collect();
            assert_eq!(names.len(), 4);
            let square = |name: &String| a.read(name, true).unwrap().1.iter().map(|g| g * g).sum::<f32>();
            let whole: f32 = names.iter().map(square).sum();
            let n: Vec<f32> = pulls.norms.iter().zip(weights).map(|(n, w)| n * w).collect();
            let [c01, c02, c12] = pulls.cosines;
            let sum = n.iter().map(|n| n * n).sum::<f32>()
                + 2.0 * (n[0] * n[1] * c01 + n[0] * n[2] * c02 + n[1] * n[2] * c12);
            assert!((whole - sum).abs() < 1e-3 * whole, "{whole} {sum} {pulls:?}");
        }
        assert_eq!(a.checkpoint(), b.checkpoint());
    }
}

#[test]
fn each_head_does_as_well_as_alone() {
    let trained = |task: Value| {
        let mut e = read(json!({"set": "digits8"}), task);
        e.model = gradarium::spec::text::parse(
            "trunk: flatten | dense 128 tanh | dense 64 tanh; digit: dense; parity: dense; thickness: dense",
        )
        .unwrap();
        e.training.shuffle = true;
        let mut s = session(&e);
        (0..1500).for_each(|_| assert!(s.step().is_ok()));
        let (heads, n) = s.heads(usize::MAX).unwrap();
        assert_eq!(n, s.data().n_test());
        let accuracy = s.evaluate(Part::Test, usize::MAX).unwrap().accuracy.unwrap();
        assert!((heads[0].metric - accuracy).abs() < 1e-6, "the run's figure is the first head's");
        // Of the thickness, the share of the variance that is explained: its loss is in deviations of the training part.
        ([heads[0].metric, heads[1].metric, 1.0 - heads[2].loss], heads.map(|h| h.weight))
    };
    let alone = |k: usize| {
        let w = |i: usize| f32::from(u8::from(i == k));
        let task = json!({"type": "several", "digit_weight": w(0), "parity_weight": w(1), "thickness_weight": w(2)});
        trained(task).0[k]
    };
    let alone = [alone(0), alone(1), alone(2)];
    assert!(alone[0] > 0.93 && alone[1] > 0.93 && alone[2] > 0.8, "{alone:?}");
    for weighting in ["fixed", "uncertainty"] {
        let (together, weights) = trained(json!({"type": "several", "weighting": weighting}));
        eprintln!("{weighting}: alone {alone:?}, together {together:?}, weights {weights:?}");
        for (a, t) in alone.iter().zip(together) {
            assert!(t >= a - 0.02, "{weighting}: alone {alone:?}, together {together:?}");
        }
    }
}

#[test]
fn what_does_not_fit_is_said() {
    let codes = |e: &Experiment| e.problems().iter().map(|p| (p.path.clone(), p.code)).collect::<Vec<_>>();
    for set in ["fashion_mnist", "emoji32", "spiral", "iris"] {
        let e = read(json!({"set": set}), json!({"type": "several"}));
        assert!(codes(&e).contains(&("task.type".into(), Code::NoDigits)), "{set}: {:?}", codes(&e));
    }
    let none = json!({"type": "several", "digit_weight": 0, "parity_weight": 0, "thickness_weight": 0});
    assert_eq!(codes(&on_noise(none)), [("task.digit_weight".into(), Code::NoWeight)]);
    let much = on_noise(json!({"type": "several", "parity_weight": 101}));
    assert_eq!(codes(&much), [("task.parity_weight".into(), Code::OutOfRange)]);
    let mut short = both()[0].clone();
    short.model = gradarium::spec::text::parse("trunk: flatten | dense 4; digit: dense; parity: dense").unwrap();
    assert_eq!(codes(&short)[0], ("model".into(), Code::WrongParts));
    short.model =
        gradarium::spec::text::parse("trunk: flatten | dense 4; digit: dense 3; parity: dense; thickness: dense")
            .unwrap();
    assert_eq!(codes(&short), [("model.parts.digit[0]".into(), Code::OutputShape)]);
    let lossy = json!({"data": {"set": "mnist"}, "model": {"layers": []}, "task": {"type": "several", "loss": "mse"}});
    assert_eq!(Experiment::from_value(lossy).unwrap_err()[0].path, "task.loss");
}

#[test]
fn links_carry_it() {
    for e in both() {
        let text = link::pack(&e);
        assert_eq!(link::unpack(&text).unwrap(), e, "{text}");
    }
}

#[test]
fn a_frame_shows_the_heads_and_their_answers() {
    let (mut reactor, e) = (Reactor::new(), &both()[0]);
    let now = || 0.0;
    let mut ask = |command: &Command| {
        let mut out = Vec::new();
        reactor.message(1, &serde_json::to_string(command).unwrap(), vec![], &now, &mut out);
        while out.is_empty() {
            reactor.tick(&now, &mut out);
        }
        out.remove(0)
    };
    ask(&Command::Load { experiment: serde_json::to_value(e).unwrap() });
    let want = FrameRequest::of([Want::Heads(Example::Test(1))]);
    let answer = ask(&Command::Frame { want });
    let Reply::Frame(frame) = answer.reply else { panic!("no frame") };
    let heads = frame.heads().unwrap();
    assert_eq!((heads.row, heads.measured, heads.rows), (Some(33), 8, 32));
    assert_eq!(heads.heads.iter().map(|h| h.name.name()).collect::<Vec<_>>(), ["digit", "parity", "thickness"]);
    assert_eq!(heads.heads.iter().map(|h| h.weight).collect::<Vec<_>>(), [Some(0.5), Some(1.5), Some(2.0)]);
    assert!(heads.heads.iter().all(|h| h.train_loss.is_none() && h.loss.is_some() && h.pull.unwrap() > 0.0));
    assert!(heads.cosines.iter().all(|c| c.unwrap().abs() <= 1.001));
    assert_eq!((&heads.picture.shape[..], &heads.answers.shape[..]), (&[6, 6, 1][..], &[6][..]));
    let truth = heads.truth.unwrap();
    assert!(truth[0] < 4.0 && truth[1] == truth[0] % 2.0 && truth[2].is_finite(), "{truth:?}");
    let json = serde_json::to_string(&frame).unwrap();
    assert!(json.contains("\"heads\":{\"heads\":[{\"name\":\"digit\",\"weight\":0.5,\"train_loss\":null"), "{json}");
}
