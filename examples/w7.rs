#![allow(clippy::unwrap_used)]
use gradarium::backend::simd::Simd;
use gradarium::engine::exec::{Executor, Memory, Penalty, Store};
use gradarium::engine::graph::Plan;
use gradarium::engine::nn::{self, Mode};
use gradarium::engine::optim::{Optimizer, reset};
use gradarium::engine::rng::Rng;
use gradarium::spec::Experiment;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Instant;

fn main() {
    let act = std::env::args().nth(1).unwrap_or("gelu".into());
    let block = json!({"type": "transformer_block", "heads": 4, "activation": act});
    let exp = Experiment::from_value(json!({
        "data": {"set": "random", "input": [64], "tokens": 65, "target": {"steps": {"classes": 65, "len": 64}}, "samples": 100},
        "model": {"layers": [{"type": "embedding", "units": 64}, {"type": "positional"}, block, block, {"type": "layer_norm"}, {"type": "dense"}]},
        "task": {"type": "language_model"},
        "optimizer": {"type": "adamw"},
        "training": {"batch": 16},
    })).unwrap();
    assert!(exp.problems().is_empty(), "{:?}", exp.problems());
    let info = exp.data.info().unwrap();
    let plan = Plan::new(nn::build(&exp, &info, Mode::Train), 16, true);
    let mut opt = Optimizer::new(&exp.optimizer);
    let mut store = Store::new(&plan, opt.kind().state_slots(), &mut Rng::new(1, 0));
    reset(&mut store.state, opt.constants());
    let mut values = vec![0.0f32; plan.values_len];
    let mut rng = Rng::new(2, 0);
    for l in [plan.locs[0], plan.locs[1]] {
        values[l.off..l.off + l.len(16)].iter_mut().for_each(|x| *x = rng.below(65) as f32);
    }
    let mut exec = Simd::new();
    let mut times = Vec::new();
    let mut step = |exec: &mut Simd, store: &mut Store<f32>, values: &mut Vec<f32>| {
        let mut m = Memory { store, values };
        exec.forward(&plan, &mut m, 16, &mut rng);
        exec.backward(&plan, &mut m, 16);
        exec.update(m.store, &Penalty::default(), &opt.advance());
    };
    for _ in 0..20 {
        step(&mut exec, &mut store, &mut values);
    }
    for _ in 0..200 {
        let t = Instant::now();
        step(&mut exec, &mut store, &mut values);
        times.push(t.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!(
        "step {:.3} ms median, {:.3} best, flops {:.1} M -> {:.1} GFLOP/s",
        times[100],
        times[0],
        plan.flops(16) / 1e6,
        plan.flops(16) / times[100] / 1e6
    );
    // per op
    let mut by: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (dir, list) in [("fwd", &plan.forward), ("bwd", &plan.backward)] {
        for i in list {
            let mut one = Plan { forward: vec![], backward: vec![], ..plan.clone() };
            if dir == "fwd" {
                one.forward.push(i.clone())
            } else {
                one.backward.push(i.clone())
            }
            let mut best = f64::MAX;
            for _ in 0..30 {
                let mut m = Memory { store: &mut store, values: &mut values };
                let t = Instant::now();
                if dir == "fwd" {
                    exec.forward(&one, &mut m, 16, &mut Rng::new(1, 1))
                } else {
                    exec.backward(&one, &mut m, 16)
                }
                best = best.min(t.elapsed().as_secs_f64() * 1e3);
            }
            let name = format!("{:?}", i.op);
            let name = if name.starts_with("Linear") { name } else { name.split('(').next().unwrap().to_string() };
            let e = by.entry(format!("{dir} {}", &name[..name.len().min(70)])).or_default();
            e.0 += best;
            use gradarium::engine::ops::OpRule;
            e.1 += i.op.flops(i, 16);
        }
    }
    let mut total = 0.0;
    for (k, (t, f)) in &by {
        println!("{t:8.3} ms {:6.1} GF/s  {k}", f / t / 1e6);
        total += t;
    }
    let t = Instant::now();
    for _ in 0..100 {
        exec.update(&mut store, &Penalty::default(), &opt.advance());
    }
    println!("{total:.3} + update {:.3}", t.elapsed().as_secs_f64() * 10.0);
}
