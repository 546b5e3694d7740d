//! The gradient penalty: its second derivative against differences of first ones, and what it does to a game.

use gradarium::backend;
use gradarium::engine::exec::{At, Executor, PlanId};
use gradarium::engine::graph::{Gradients, Layout, Plan};
use gradarium::engine::nn::{Mode, build};
use gradarium::engine::reference::Reference;
use gradarium::engine::rng::Rng;
use gradarium::engine::session::{Part, Session};
use gradarium::engine::{data, tasks};
use gradarium::spec::{Backend, Code, Experiment};
use serde_json::{Value, json};
use std::rc::Rc;

const N: usize = 6;
/// Half the distance of two points: errors of the difference are some 1e-10 of third derivatives and of rounding.
const H: f64 = 1e-5;
/// Third derivatives of these networks reach some tens; a wrong second one is wrong by far more.
const TOL: f64 = 1e-7;

fn read(data: Value, model: &str, loss: &str) -> Experiment {
    let model = gradarium::spec::text::parse(model).unwrap();
    Experiment::from_value(json!({
        "seed": 3, "data": data, "model": serde_json::to_value(model).unwrap(),
        "task": {"type": "gan", "latent": 2, "loss": loss, "critic_steps": 5},
        "optimizer": {"type": "adam", "lr": 0.002, "betas": [0.5, 0.9]}, "training": {"batch": 64},
    }))
    .unwrap()
}

fn penalised() -> Vec<Experiment> {
    let ring = json!({"set": "ring", "samples": 80});
    let digits = json!({"set": "digits8"});
    let plane = |acts: &str| {
        let [a, b] = acts.split_once(' ').map(|(a, b)| [a, b]).unwrap();
        let text = format!("generator: dense 4 tanh | dense; discriminator: dense 7 {a} | dense 5 {b} | dense");
        read(ring.clone(), &text, "wasserstein_gp")
    };
    let curves = ["tanh silu", "sigmoid gelu", "elu mish", "softplus sin", "leaky_relu selu", "gelu_tanh hard_swish"];
    let convs = "generator: dense 8 tanh | dense sigmoid; discriminator: conv 3 3 same tanh | activation silu | \
                 conv 4 3 stride=2 softplus | flatten | dense 5 tanh | dense tanh";
    curves.map(plane).into_iter().chain([read(digits, convs, "wasserstein_gp")]).collect()
}

fn rows(e: &Experiment) -> data::Dataset {
    assert_eq!(e.problems(), []);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = e.data.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    tasks::data(e, data::build(&e.data, u64::from(e.seed), &files).unwrap())
}

/// A critic's plan with weights that bend, in `f64`.
struct Critic {
    exec: Reference<f64>,
    plan: Rc<Plan>,
}

impl Critic {
    fn new(e: &Experiment) -> Critic {
        let data = rows(e);
        let graph = build(e, &data.info, Mode::Train);
        let layout = Rc::new(Layout::of([&graph], 0));
        let plan = Rc::new(Plan::new(graph, &layout, N, Gradients::Params));
        let mut exec = Reference::<f64>::default();
        exec.prepare(layout, vec![plan.clone()]);
        let mut c = Critic { exec, plan };
        let wide = |v: &[f32]| v.iter().map(|v| f64::from(*v)).collect::<Vec<f64>>();
        c.write(c.plan.locs[0], &wide(&data.x[..N * data.x_width()]));
        c.write(c.plan.locs[1], &wide(&data.y[..N * data.y_width()]));
        let mut rng = Rng::new(5, 1);
        let locs: Vec<_> = c.plan.graph.params().map(|(v, _)| c.plan.locs[v.0]).collect();
        for loc in locs {
            let first: Vec<f64> = (0..loc.size).map(|_| 0.5 * f64::from(rng.normal())).collect();
            c.write(loc, &first);
        }
        c
    }

    fn write(&mut self, loc: gradarium::engine::graph::Loc, numbers: &[f64]) {
        self.exec.write(At { plan: PlanId(0), loc, rows: N }, numbers);
    }

    fn read(&self, loc: gradarium::engine::graph::Loc) -> Vec<f64> {
        self.exec.host().get(At { plan: PlanId(0), loc, rows: N }).to_vec()
    }

    fn value(&self, name: &str) -> Vec<f64> {
        self.read(self.plan.locs[self.plan.graph.find(name).unwrap().0])
    }

    fn forward(&mut self) {
        self.exec.forward(PlanId(0), N, Default::default());
    }
}

#[test]
fn second_derivatives_are_what_differences_say() {
    for e in penalised() {
        let mut c = Critic::new(&e);
        c.forward();
        c.exec.backward(PlanId(0), N, 0);
        assert!(c.value("loss.penalty")[0] > 1e-3);
        let params: Vec<_> = c.plan.graph.params().map(|(v, p)| (v, p.name.clone(), c.plan.locs[v.0])).collect();
        let mut seen = 0;
        for (v, name, loc) in params.into_iter().filter(|(_, name, _)| name.starts_with("discriminator")) {
            let (grad, now) = (c.read(c.plan.grad(v).unwrap()), c.read(loc));
            for j in (0..loc.size).step_by(loc.size.div_ceil(12)) {
                let mut with = |x: f64| {
                    let mut moved = now.clone();
                    moved[j] += x;
                    c.write(loc, &moved);
                    c.forward();
                    c.value("loss")[0]
                };
                let difference = (with(H) - with(-H)) / (2.0 * H);
                with(0.0);
                let error = (difference - grad[j]).abs() / grad[j].abs().max(1.0);
                assert!(error <= TOL, "{}: {name}[{j}]: {} but {difference}", e.to_json(), grad[j]);
                seen += 1;
            }
        }
        assert!(seen > 30, "{seen}");
    }
}

#[test]
fn the_slope_is_that_of_the_scores() {
    for e in penalised() {
        let mut c = Critic::new(&e);
        c.forward();
        // The first run of the discriminator reads the rows themselves: moved there, its scores change by the slope.
        let at = c.value("loss.penalty.at");
        c.write(c.plan.locs[0], &at);
        let width = at.len() / N;
        let norms = c.value("loss.penalty.norm");
        let score = |c: &mut Critic, moved: &[f64]| -> f64 {
            c.write(c.plan.locs[0], moved);
            c.forward();
            c.value("loss.real")[0] * -(N as f64)
        };
        for row in [0, N - 1] {
            let mut sum = 0.0;
            for j in row * width..(row + 1) * width {
                let mut one = |x: f64| {
                    let mut moved = at.clone();
                    moved[j] += x;
                    score(&mut c, &moved)
                };
                sum += ((one(H) - one(-H)) / (2.0 * H)).powi(2);
            }
            assert!((sum.sqrt() - norms[row]).abs() < 1e-6, "{}: {} {}", e.to_json(), sum.sqrt(), norms[row]);
        }
    }
}

#[test]
fn a_layer_without_a_second_derivative_is_named_at_the_game() {
    let ring = json!({"set": "ring"});
    let model = |d: &str| format!("generator: dense 4 tanh | dense; discriminator: {d} | dense");
    for (d, layer) in [("dense 8 | batch_norm", "batch_norm"), ("dense 8 relu | dropout 0.2", "dropout")] {
        let e = read(ring.clone(), &model(d), "wasserstein_gp");
        let found = e.problems();
        assert_eq!(
            found.iter().map(|p| (p.path.as_str(), p.code)).collect::<Vec<_>>(),
            [("task.loss", Code::PenaltyLayer)]
        );
        assert!(found[0].args.iter().any(|(_, v)| v == layer), "{found:?}");
        assert_eq!(read(ring.clone(), &model(d), "wasserstein").problems(), []);
    }
    let mut far = read(ring, &model("dense 8 relu"), "wasserstein_gp");
    far.task = serde_json::from_value(json!({"type": "gan", "loss": "wasserstein_gp", "penalty": -1.0})).unwrap();
    assert_eq!(far.problems()[0].path, "task.penalty");
}

#[test]
fn slopes_come_near_one_and_made_points_near_real_ones() {
    let players = "generator: dense 32 relu | dense 32 relu | dense; \
                   discriminator: dense 32 leaky_relu | dense 32 leaky_relu | dense";
    let mut e = read(json!({"set": "ring", "samples": 800, "test_fraction": 0.25}), players, "wasserstein_gp");
    e.optimizers = Default::default();
    let mut s = Session::new(e.clone(), rows(&e), backend::choose(Backend::Auto).unwrap());
    let figures = |s: &mut Session| s.evaluate(Part::Test, usize::MAX).unwrap();
    let before = figures(&mut s);
    (0..9000).for_each(|_| assert!(s.step().is_ok()));
    let after = figures(&mut s);
    let mut terms = Vec::new();
    s.terms(&mut terms);
    eprintln!("{before:?} {after:?} {terms:?}");
    assert_eq!(s.term_names(), ["loss.real", "loss.fake", "loss.penalty", "generator.loss"]);
    assert!(terms[2] < 0.1, "{terms:?}");
    let [far, near] = [before, after].map(|m| f64::from(m.clouds.unwrap().energy));
    // Five steps of the critic to one of the generator: it has moved 1,800 times.
    assert!(near < 0.65 * far, "{far} {near}");
}
