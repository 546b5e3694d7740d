#![allow(clippy::unwrap_used)]
use gradarium::engine::data;
use gradarium::engine::session::{Part, Session};
use gradarium::engine::sampling::Sampling;
use gradarium::spec::{Backend, Experiment};
use serde_json::json;
fn main() {
    let lr: f64 = std::env::args().nth(1).unwrap_or("0.001".into()).parse().unwrap();
    let set = std::env::args().nth(2).unwrap_or("shakespeare".into());
    let block = json!({"type": "transformer_block", "heads": 4});
    let exp = Experiment::from_value(json!({
        "data": {"set": set},
        "model": {"layers": [{"type": "embedding", "units": 64}, {"type": "positional"}, block, block, {"type": "layer_norm"}, {"type": "dense"}]},
        "task": {"type": "language_model"},
        "optimizer": {"type": "adamw", "lr": lr},
        "training": {"batch": 16}, "seed": 1,
    })).unwrap();
    println!("{:?}", exp.problems());
    let set = exp.data.set_info().unwrap();
    let files: Vec<data::File> = set.files.iter().map(|f| (f.path.to_string(), std::fs::read(format!("www/{}", f.path)).unwrap())).collect();
    let d = data::build(&exp.data, 1, &files).unwrap();
    println!("{} train rows, {} test rows, vocab {}", d.n_train, d.n_test(), d.token_names.len());
    let mut s = Session::new(exp, d, gradarium::backend::choose(Backend::Auto).unwrap());
    let t = std::time::Instant::now();
    for i in 1..=3000u32 {
        let loss = s.step().unwrap();
        if i % 500 == 0 || i == 100 {
            println!("{i}: batch {loss:.3} test {:?} {:.1}s", s.evaluate(Part::Test, 200), t.elapsed().as_secs_f64());
        }
    }
    println!("{:?}", s.evaluate(Part::Test, usize::MAX));
    let names = s.data().token_names.clone();
    let out = s.generate(&[20], 300, &Sampling { temperature: 0.8, top_k: None, top_p: None }, 1);
    println!("{}", out.iter().map(|t| names[*t as usize].as_str()).collect::<String>());
}
