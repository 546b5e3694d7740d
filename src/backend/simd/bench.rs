//! Measures the matrix product alone, for the benchmark page.
//!
//! Not responsible for the peak it is compared with, nor for workloads (`tests/bench`).

use super::kernels::gemm::{Epilogue, Mat, Scratch, gemm};

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matmul {
    /// Mean time of one product.
    pub ms: f64,
    /// Multiply-adds counted as two.
    pub gflop_per_s: f64,
}

/// Operands and result of a product, kept between timings so that only the product is timed.
#[derive(Clone, Debug)]
pub struct Product {
    size: usize,
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
    scratch: Scratch,
}

impl Product {
    /// Two `size × size` matrices of numbers in ±0.5.
    pub fn new(size: usize) -> Self {
        let fill = |factor: usize| (0..size * size).map(|i| ((i * factor) % 1000) as f32 * 1e-3 - 0.5).collect();
        Product { size, a: fill(7919), b: fill(104_729), c: vec![0.0; size * size], scratch: Scratch::new() }
    }

    /// Rows, columns and depth.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Times `reps` products.
    pub fn time(&mut self, reps: u32, now: &dyn Fn() -> f64) -> Matmul {
        let n = self.size;
        let start = now();
        for _ in 0..reps {
            let (a, b) = (Mat::rows(&self.a, n), Mat::rows(&self.b, n));
            gemm(n, n, n, a, b, &mut self.c, n, false, Epilogue::None, &mut self.scratch);
        }
        let ms = (now() - start) / f64::from(reps.max(1));
        // Keeps the compiler from leaving the work out.
        std::hint::black_box(self.c.last());
        Matmul { ms, gflop_per_s: 2.0 * (n as f64).powi(3) / ms.max(1e-9) / 1e6 }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::Simd;
    use crate::engine::draws::Draws;
    use crate::engine::exec::{At, Executor, Penalty, PlanId};
    use crate::engine::graph::layout::{Layout, MODEL};
    use crate::engine::graph::{Gradients, Loc, Plan, Space};
    use crate::engine::nn::{self, Mode};
    use crate::engine::ops::OpRule;
    use crate::engine::optim::Optimizer;
    use crate::engine::rng::Rng;
    use crate::spec::{Experiment, text};
    use std::rc::Rc;

    fn plan(model: &str, input: &str, batch: usize) -> (Experiment, Rc<Layout>, Plan) {
        let mut e = Experiment::from_json(&format!(
            r#"{{"data": {{"set": "random", "input": {input}, "target": {{"classes": 10}}, "samples": 64}},
                "model": {{"layers": []}}, "task": {{"type": "classification"}}, "optimizer": {{"type": "adam"}}}}"#
        ))
        .unwrap();
        e.model = text::parse(model).unwrap();
        assert_eq!(e.problems(), vec![]);
        let graph = nn::build(&e, &e.data.info().unwrap(), Mode::Train);
        // Adam's state.
        let layout = Layout::of([&graph], 2);
        let plan = Plan::new(graph, &layout, batch, Gradients::Params);
        (e, Rc::new(layout), plan)
    }

    /// Time that this thread has had a processor for, ms: other work on the machine does not count.
    fn now() -> f64 {
        unsafe extern "C" {
            fn clock_gettime(clock: i32, time: *mut [i64; 2]) -> i32;
        }
        let mut time = [0; 2];
        // SAFETY: Linux writes seconds and nanoseconds, two 64-bit numbers, for clock 3 (CLOCK_THREAD_CPUTIME_ID).
        unsafe { clock_gettime(3, &mut time) };
        time[0] as f64 * 1e3 + time[1] as f64 * 1e-6
    }

    /// Median of `n` runs, ms.
    fn median(n: usize, mut f: impl FnMut()) -> f64 {
        f();
        let mut all: Vec<f64> = (0..n)
            .map(|_| {
                let start = now();
                f();
                now() - start
            })
            .collect();
        all.sort_by(f64::total_cmp);
        all[n / 2]
    }

    /// Prints where a step's time goes, kernel by kernel.
    fn report(name: &str, model: &str, input: &str, batch: usize) {
        let (e, layout, plan) = plan(model, input, batch);
        let mut optimizer = Optimizer::new(&e.optimizer);
        let mut rng = Rng::new(2, 0);
        let at = |loc: Loc| At { plan: PlanId(0), loc, rows: batch };
        let mut simd = Simd::new();
        simd.prepare(layout.clone(), vec![Rc::new(plan.clone())]);
        let all = Loc { space: Space::Values, off: 0, size: plan.values_len, batched: false };
        for loc in [layout.whole(Space::Params), all] {
            let numbers: Vec<f32> = (0..loc.size).map(|_| rng.range(0.0, 1.0)).collect();
            simd.write(at(loc), &numbers);
        }
        let target = plan.locs[plan.graph.find(nn::TARGET).unwrap().0];
        let classes: Vec<f32> = (0..target.len(batch)).map(|_| rng.below(10) as f32).collect();
        simd.write(at(target), &classes);
        let step = median(30, || {
            simd.forward(PlanId(0), batch, Draws::default());
            simd.backward(PlanId(0), batch, 0);
            simd.update(MODEL, &Penalty::default(), &optimizer.advance());
        });
        println!("{name}: {step:.2} ms a step, {:.1} GFLOP/s", plan.flops(batch) / step / 1e6);
        for (half, i) in (0..plan.forward.len()).map(|i| (0, i)).chain((0..plan.backward.len()).map(|i| (1, i))) {
            let mut one = plan.clone();
            let list = [&mut one.forward, &mut one.backward][half].split_off(0);
            let instr = list[i].clone();
            let flops = instr.op.flops(&instr, batch);
            let what = format!("{:?}", instr.op).split('(').next().unwrap_or("").to_string();
            (one.forward, one.backward) = if half == 0 { (vec![instr], vec![]) } else { (vec![], vec![instr]) };
            simd.prepare(layout.clone(), vec![Rc::new(one)]);
            let ms = median(20, || match half {
                0 => simd.forward(PlanId(0), batch, Draws::default()),
                _ => simd.backward(PlanId(0), batch, 0),
            });
            println!("  {} {what:14} {ms:7.3} ms {:6.1} GFLOP/s", ["forward ", "backward"][half], flops / ms / 1e6);
        }
    }

    /// `cargo test --release --lib bench -- --ignored --nocapture`
    #[test]
    #[ignore = "prints times, holds nothing"]
    fn where_the_time_of_a_step_goes() {
        let n = 512;
        let mut product = super::Product::new(n);
        product.time(2, &now);
        let got = product.time(10, &now);
        println!("{n}³ product: {:.1} GFLOP/s", got.gflop_per_s);
        report("two dense layers (W2)", "dense 64 relu | dense 10", "[784]", 32);
        let w3 = "conv 32 3x3 relu | pool 2 | conv 64 3x3 relu | pool 2 | flatten | dense 64 relu | dense 10";
        report("the primer's CNN (W3)", w3, "[32,32,3]", 32);
        report(
            "LeNet",
            "conv 16 3x3 same relu | pool 2 | conv 32 3x3 same relu | pool 2 | flatten | dense",
            "[28,28,1]",
            32,
        );
        let block = "residual(conv 32 3x3 same | batch_norm | activation relu | conv 32 3x3 same | batch_norm)";
        report("ResNet block", &format!("conv 32 3x3 same | {block} | global_avg_pool | dense"), "[16,16,3]", 32);
    }
}
