//! The graphics card against the reference in `f64`: each op at many sizes, each optimizer, blends and reductions; and that
//! a loss that is not finite leaves every parameter as it was.
//!
//! Runs on whatever Vulkan device there is (feature `gpu-native`). Not responsible for the text of shaders (`gpu_shaders`).

use gradarium::backend::webgpu::WebGpu;
use gradarium::backend::webgpu::device::Device;
use gradarium::backend::webgpu::kernels::gemm::Sums;
use gradarium::engine::exec::{At, Executor, Penalty, PlanId, Reduction};
use gradarium::engine::graph::layout::{FROZEN, MODEL};
use gradarium::engine::graph::{Graph, Layout, ParamInit};
use gradarium::engine::reference::Reference;
use gradarium::spec::OptimizerKind;
use std::rc::Rc;

use crate::fixture::assert_close;
use crate::one_op::run;
use crate::op_table::table;
use crate::parity::{gradient_for, same, updated, variants};

/// As on the processor (sums of up to 784 rounded products), and three times that, because a card may divide and take roots
/// with an error of 2.5 ulp.
const TOL_OPS: f64 = 3e-5;
/// Twenty updates, each rounded; roots and quotients are less exact than a processor's.
const TOL_OPTIMIZERS: f64 = 3e-5;

fn card() -> WebGpu {
    WebGpu::new().unwrap_or_else(|fault| panic!("{fault:?}"))
}

/// A card for each way to sum products.
fn both_ways() -> [WebGpu; 2] {
    [Sums::Tiles, Sums::Registers].map(|sums| {
        let device = pollster::block_on(Device::request()).unwrap_or_else(|fault| panic!("{fault:?}"));
        device.sums.set(sums);
        WebGpu::on(Rc::new(device))
    })
}

#[test]
fn every_op_matches_the_reference_on_the_card() {
    for mut card in both_ways() {
        for case in table().iter().flat_map(|row| row.cases()) {
            same(&mut card, &case, TOL_OPS);
            assert_eq!(card.fault(), None, "{}", case.name);
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bits_on_the_card() {
    let mut card = card();
    for case in table().iter().flat_map(|row| row.cases()) {
        let d_y = gradient_for(&case);
        let (a, b) = (run::<f32>(&mut card, &case, &d_y, false), run::<f32>(&mut card, &case, &d_y, false));
        assert!(a.outs == b.outs && a.d_ins == b.d_ins && a.buffers == b.buffers, "{}", case.name);
    }
}

#[test]
fn every_optimizer_matches_the_reference_on_the_card() {
    let mut card = card();
    for spec in OptimizerKind::ALL.into_iter().flat_map(variants) {
        for n in [1, 7, 67, 300] {
            let weights = vec![0..n / 2, n / 2 + 1..n].into_iter().filter(|r| r.start < r.end).collect();
            for penalty in [Penalty::default(), Penalty { l1: 0.01, l2: 0.02, weights }] {
                let want = updated::<f64>(&mut Reference::<f64>::default(), &spec, &penalty, n);
                let got = updated::<f32>(&mut card, &spec, &penalty, n);
                let what = format!("{:?} of {n}, penalty {}", spec.kind, penalty.l1);
                assert_close(&what, &got, &want, TOL_OPTIMIZERS);
            }
        }
    }
    assert_eq!(card.fault(), None);
}

#[test]
fn groups_are_blended_and_numbers_reduced_on_the_card() {
    let mut graph = Graph::default();
    graph.param("student".into(), &[5], ParamInit::Fill(0.0), true);
    let first = graph.values.len();
    graph.param("teacher".into(), &[5], ParamInit::Fill(0.0), true);
    graph.freeze(first);
    let layout = Layout::of([&graph], 0);
    let [student, teacher] =
        ["student", "teacher"].map(|name| At { plan: PlanId(0), loc: layout.place(name).unwrap(), rows: 0 });
    let mut card = card();
    card.prepare(Rc::new(layout), Vec::new());
    card.write(student, &[1.0, 2.0, 3.0, 4.0, 5.0]);
    card.fill(teacher, 1.0);
    card.blend(MODEL, FROZEN, 0.75);
    assert_eq!(card.host().get(teacher), [1.0, 1.25, 1.5, 1.75, 2.0]);
    let ask = [(student, Reduction::SumSquares), (teacher, Reduction::Finite)];
    let ticket = card.reduce(&ask);
    assert_eq!((card.take(ticket), card.take(ticket)), (Some(vec![55.0, 1.0]), None));
    card.fill(teacher, f32::NAN);
    let ticket = card.reduce(&ask);
    assert_eq!(card.take(ticket), Some(vec![55.0, 0.0]));
    let ticket = card.read(&[student, student]);
    assert_eq!(card.take(ticket).unwrap(), [1.0, 2.0, 3.0, 4.0, 5.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!(card.fault(), None);
}
