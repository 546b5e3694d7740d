//! Whole networks against PyTorch: from our JSON through graph, autodiff and plan to logits, loss, every gradient, and
//! the losses, parameters and running statistics of ten training steps.
//!
//! Not responsible for single ops (`golden_ops`) or for making the fixtures (tests/fixtures/make.py).

use gradarium::engine::draws::Draws;
use gradarium::engine::exec::{At, Executor, Penalty, PlanId};
use gradarium::engine::graph::{Gradients, Layout, Loc, Plan, Space, layout::MODEL};
use gradarium::engine::nn::{self, Mode};
use gradarium::engine::optim::{Optimizer, fresh};
use gradarium::engine::real::Real;
use gradarium::engine::reference::Reference;
use gradarium::spec::{Experiment, OptimizerSpec};
use serde_json::{Value, json};
use std::rc::Rc;

use crate::backends::backends;
use crate::fixture::{assert_close, floats, load, rows};

/// Fixtures carry 10 digits.
const TOL_F64: f64 = 1e-9;
/// Ten steps feed rounding (1.2e-7 per value) back into themselves ten times; Adam's first steps divide each gradient by
/// its own size, so a gradient near zero carries its relative error into the parameter.
const TOL_F32: f64 = 2e-5;

/// The fixture's network as an experiment of ours.
fn experiment(net: &Value, optimizer: &Value) -> Experiment {
    let layers = &net["layers"];
    let (target, task) = match net["loss_name"].as_str() {
        Some("language_model") => {
            let len = net["input"].get("steps").unwrap_or(&net["input"]["len"]);
            (json!({"steps": {"classes": net["input"]["tokens"], "len": len}}), "language_model")
        }
        Some("cross_entropy") => (json!({"classes": last_units(layers)}), "classification"),
        _ => (json!({"shape": rows(&net["target"]["shape"])[1..]}), "regression"),
    };
    let input = &rows(&net["x"]["shape"])[1..];
    let mut data = json!({"set": "random", "input": input, "target": target, "samples": 100});
    if let Some(vocabulary) = net["input"].get("tokens") {
        data["tokens"] = vocabulary.clone();
    }
    let value = json!({
        "data": data,
        "model": {"layers": layers},
        "task": {"type": task},
        "optimizer": optimizer,
    });
    Experiment::from_value(value).unwrap_or_else(|p| panic!("{}: {p:?}", net["name"]))
}

fn last_units(layers: &Value) -> &Value {
    &rows(layers)[rows(layers).len() - 1]["units"]
}

/// A network under test with its memory.
struct Net<'a, T> {
    name: &'a str,
    plan: Rc<Plan>,
    state: Loc,
    batch: usize,
    executor: &'a mut dyn Executor<T>,
}

impl<'a, T: Real> Net<'a, T> {
    fn new(net: &'a Value, optimizer: &Value, executor: &'a mut dyn Executor<T>) -> Self {
        let experiment = experiment(net, optimizer);
        let info = experiment.data.info().unwrap_or_else(|p| panic!("{p:?}"));
        let batch = rows(&net["x"]["shape"])[0].as_u64().unwrap_or(0) as usize;
        let graph = nn::build(&experiment, &info, Mode::Train);
        let layout = Layout::of([&graph], Optimizer::new(&experiment.optimizer).kind().state_slots());
        let plan = Rc::new(Plan::new(graph, &layout, batch, Gradients::Params));
        let state = layout.whole(Space::State);
        executor.prepare(Rc::new(layout), vec![plan.clone()]);
        let all = Loc { space: Space::Values, off: 0, size: plan.values_len, batched: false };
        executor.fill(At { plan: PlanId(0), loc: all, rows: 0 }, T::from_f64(f64::NAN));
        let mut out = Net { name: net["name"].as_str().unwrap_or(""), plan, state, batch, executor };
        let start = net["start"].as_object().map_or(0, |o| o.len());
        let ours = out.plan.graph.values.iter().filter(|v| v.role.is_param() || v.role.word() == "buffer").count();
        assert_eq!(start, ours, "{}: parameters and buffers", out.name);
        for (key, v) in net["start"].as_object().into_iter().flatten() {
            out.write(key, v);
        }
        out.write("input", &net["x"]);
        out.write("target", &net["target"]);
        out
    }

    fn loc(&self, name: &str) -> Loc {
        let v = self.plan.graph.find(name).unwrap_or_else(|| panic!("{}: no value {name}", self.name));
        self.plan.locs[v.0]
    }

    fn write(&mut self, name: &str, v: &Value) {
        let (loc, data) = (self.loc(name), floats(&v["data"]));
        assert_eq!(loc.len(self.batch), data.len(), "{} {name}", self.name);
        let data: Vec<T> = data.into_iter().map(T::from_f64).collect();
        self.executor.write(self.at(loc), &data);
    }

    fn at(&self, loc: Loc) -> At {
        At { plan: PlanId(0), loc, rows: self.batch }
    }

    fn read(&mut self, loc: Loc) -> Vec<f64> {
        self.executor.host().get(self.at(loc)).iter().map(|x| x.to_f64()).collect()
    }

    /// Forward and backward; the loss.
    fn run(&mut self) -> f64 {
        self.executor.forward(PlanId(0), self.batch, Draws::default());
        self.executor.backward(PlanId(0), self.batch, 0);
        let loss = self.loc(nn::LOSS);
        self.read(loss)[0]
    }
}

fn one_step<T: Real>(net: &Value, executor: &mut dyn Executor<T>, tol: f64) {
    let mut ours = Net::<T>::new(net, &net["curves"][0]["spec"], executor);
    let loss = ours.run();
    let name = ours.name;
    assert_close(&format!("{name} loss"), &[loss], &[net["loss"].as_f64().unwrap_or(f64::NAN)], tol);
    let output = ours.plan.graph.output.map(|v| ours.plan.locs[v.0]).unwrap_or_else(|| panic!("{name}: no output"));
    let logits = ours.read(output);
    assert_close(&format!("{name} logits"), &logits, &floats(&net["logits"]["data"]), tol);
    for (key, want) in net["grads"].as_object().into_iter().flatten() {
        let v = ours.plan.graph.find(key).unwrap_or_else(|| panic!("{name}: no {key}"));
        let loc = ours.plan.grad(v).unwrap_or_else(|| panic!("{name}: no gradient of {key}"));
        let got = ours.read(loc);
        assert_close(&format!("{name} d_{key}"), &got, &floats(&want["data"]), tol);
    }
}

fn ten_steps<T: Real>(net: &Value, curve: &Value, executor: &mut dyn Executor<T>, tol: f64) {
    let spec: OptimizerSpec = serde_json::from_value(curve["spec"].clone()).unwrap_or_else(|e| panic!("{e}"));
    let mut ours = Net::<T>::new(net, &curve["spec"], executor);
    let mut optimizer = Optimizer::new(&spec);
    let state = ours.at(ours.state);
    ours.executor.fill(state, T::from_f64(fresh(optimizer.constants())));
    let mut losses = Vec::new();
    for _ in 0..rows(&curve["losses"]).len() {
        losses.push(ours.run());
        ours.executor.update(MODEL, &Penalty::default(), &optimizer.advance());
    }
    let name = format!("{} {}", ours.name, spec.kind.name());
    assert_close(&format!("{name} losses"), &losses, &floats(&curve["losses"]), tol);
    for (key, want) in curve["end"].as_object().into_iter().flatten() {
        let loc = ours.loc(key);
        let got = ours.read(loc);
        assert_close(&format!("{name} {key} at the end"), &got, &floats(&want["data"]), tol);
    }
}

/// The fixture files.
const FILES: &[&str] = &["nets.json", "nets_recurrent.json", "nets_image.json", "nets_attention.json"];

/// Every network of every file through `executor`.
pub fn check<T: Real>(executor: &mut dyn Executor<T>, tol: f64) {
    let fixtures: Vec<Value> = FILES.iter().map(|f| load(f)).collect();
    assert!(fixtures.iter().all(|f| rows(&f["nets"]).len() >= 4));
    for net in fixtures.iter().flat_map(|f| rows(&f["nets"])) {
        one_step(net, executor, tol);
        for curve in rows(&net["curves"]) {
            ten_steps(net, curve, executor, tol);
        }
    }
}

#[test]
fn networks_match_pytorch_in_f64() {
    check::<f64>(&mut Reference::<f64>::default(), TOL_F64);
}

#[test]
fn networks_match_pytorch_in_f32_on_every_backend() {
    for mut backend in backends() {
        check::<f32>(&mut *backend, TOL_F32);
    }
}
