//! What others stumbled over on graphics cards, one test each: odd shapes, bits that are no ordinary number, a last batch of
//! one row, limits.
//!
//! Runs on whatever Vulkan device there is (feature `gpu-native`). Not responsible for whole runs (`gpu_runs`).

use gradarium::backend::Backends;
use gradarium::backend::webgpu::WebGpu;
use gradarium::backend::webgpu::kernels::gemm::Sums;
use gradarium::engine::data;
use gradarium::engine::exec::{At, Executor, Fault, PlanId};
use gradarium::engine::session::Session;
use gradarium::spec::{Backend, Experiment, text};
use serde_json::json;
use std::rc::Rc;

/// A thousand products in another order.
const TOL_PRODUCT: f32 = 2e-4;

fn experiment(inputs: usize, samples: usize, batch: usize, model: &str, backend: &str) -> Experiment {
    let mut e = Experiment::from_value(json!({
        "seed": 4, "backend": backend, "task": {"type": "classification"}, "model": {"layers": []},
        "data": {"set": "random", "input": [inputs], "target": {"classes": 3}, "samples": samples},
        "optimizer": {"type": "sgd", "lr": 0.05}, "training": {"batch": batch},
    }))
    .unwrap_or_else(|p| panic!("{p:?}"));
    e.model = text::parse(model).unwrap_or_else(|p| panic!("{p:?}"));
    assert_eq!(e.problems(), []);
    e
}

fn session(e: &Experiment, backends: &Backends) -> Session {
    Session::new(e.clone(), data::build(&e.data, 4, &[]).unwrap(), backends.choose(e.backend).unwrap())
}

/// The losses and a layer's numbers after some steps on both.
fn both(inputs: usize, samples: usize, batch: usize, model: &str, steps: u64) -> [(Vec<f32>, Vec<f32>, Vec<f32>); 2] {
    both_by(Sums::default(), inputs, samples, batch, model, steps)
}

/// The same where the card sums products so.
fn both_by(
    sums: Sums,
    inputs: usize,
    samples: usize,
    batch: usize,
    model: &str,
    steps: u64,
) -> [(Vec<f32>, Vec<f32>, Vec<f32>); 2] {
    let backends = pollster::block_on(Backends::request());
    backends.sum_by(sums);
    [("webgpu", Backend::Webgpu), ("simd", Backend::Simd)].map(|(name, backend)| {
        let mut s = session(&experiment(inputs, samples, batch, model, name), &backends);
        let losses = if backend == Backend::Webgpu {
            s.launch(steps, false);
            s.land().unwrap().steps.iter().map(|s| s.loss).collect()
        } else {
            (0..steps).map(|_| s.step().unwrap()).collect()
        };
        let read = |grad| s.read("layers.0.weight", grad).unwrap().1.to_vec();
        (losses, read(false), read(true))
    })
}

fn alike(what: &str, [card, simd]: [(Vec<f32>, Vec<f32>, Vec<f32>); 2], tolerance: f32) {
    for (part, a, b) in [("loss", card.0, simd.0), ("weight", card.1, simd.1), ("gradient", card.2, simd.2)] {
        assert_eq!(a.len(), b.len());
        let scale = b.iter().fold(1e-3_f32, |m, x| m.max(x.abs()));
        let worst = a.iter().zip(&b).map(|(a, b)| (a - b).abs()).fold(0.0_f32, f32::max);
        assert!(worst <= tolerance * scale, "{what}: {part} is {worst} off, of {scale}");
    }
}

#[test]
fn products_of_odd_shapes() {
    for (rows, inputs, units) in [(1, 1, 1), (3, 31, 33), (33, 63, 65), (65, 3, 31), (31, 65, 1), (257, 384, 1152)] {
        let model = format!("dense {units} tanh | dense");
        for sums in [Sums::Tiles, Sums::Registers] {
            let both = both_by(sums, inputs, rows.max(10), rows, &model, 2);
            alike(&format!("{rows}×{inputs}×{units} by {sums:?}"), both, TOL_PRODUCT);
        }
    }
}

#[test]
fn a_last_batch_of_one_row_reads_no_rows_of_the_one_before() {
    alike("one row", both(5, 33, 16, "dense 9 relu | dense", 7), TOL_PRODUCT);
    alike("norms", both(5, 33, 16, "dense 9 | layer_norm | activation kind=tanh | dense", 7), TOL_PRODUCT);
}

#[test]
fn bits_come_back_as_they_went() {
    let e = experiment(4, 16, 8, "dense 4 | dense", "simd");
    let s = session(&e, &Backends::default());
    let mut card = WebGpu::new().unwrap();
    card.prepare(Rc::new(s.layout().clone()), vec![Rc::new(s.plan().clone())]);
    let loc = s.layout().place("layers.0.weight").unwrap();
    let at = At { plan: PlanId(0), loc, rows: 0 };
    let odd = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        -0.0,
        f32::from_bits(1),
        -f32::from_bits(0x7f_ffff),
        f32::MAX,
        1e-40,
    ];
    let numbers: Vec<f32> = odd.iter().copied().cycle().take(loc.size).collect();
    card.write(at, &numbers);
    let ticket = card.read(&[at]);
    let back = card.take(ticket).unwrap();
    let bits = |x: &[f32]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&back), bits(&numbers));
    assert_eq!(card.fault(), None);
}

#[test]
fn what_does_not_fit_is_refused_before_anything_is_made() {
    let card = WebGpu::new().unwrap();
    let most = card.device().admit(usize::MAX / 8);
    let Err(Fault::TooLarge(needed, there)) = most else { panic!("{most:?}") };
    assert!(needed > there && there >= 128 << 20);
    assert_eq!(card.device().admit((there / 4) as usize), Ok(()));
}

#[test]
fn a_card_that_a_program_plays_says_so() {
    let backends = pollster::block_on(Backends::request());
    let adapter = backends.adapter().unwrap();
    // Debian's driver is one; a real card is none.
    assert_eq!(adapter.software, adapter.name.to_lowercase().contains("llvmpipe"), "{adapter:?}");
}
