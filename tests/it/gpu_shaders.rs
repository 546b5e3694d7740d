//! Every shader of every op is valid WGSL for a device without any extra, checked without a graphics card.
//!
//! Not responsible for what shaders compute (`gpu_parity`).

use gradarium::backend::webgpu::kernel::{Arena, Kernel, Place};
use gradarium::backend::webgpu::kernels::gemm::Sums;
use gradarium::backend::webgpu::kernels::{memory, optimizer};
use gradarium::backend::webgpu::ops::{Tables, lower};
use gradarium::engine::exec::Reduction;
use gradarium::engine::graph::Direction;
use gradarium::engine::optim::Optimizer;
use gradarium::spec::{OptimizerKind, OptimizerSpec};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use std::collections::BTreeMap;

use crate::one_op::plan;
use crate::op_table::table;

/// Shaders by their text, each with the name of a kernel that it is of.
#[derive(Default)]
struct Shaders(BTreeMap<String, &'static str>);

impl Shaders {
    fn add(&mut self, kernels: &[Kernel]) {
        self.0.extend(kernels.iter().map(|k| (k.wgsl(), k.name)));
    }

    fn check(&self) {
        for (text, name) in &self.0 {
            let module = naga::front::wgsl::parse_str(text)
                .unwrap_or_else(|e| panic!("{name}: {}\n{text}", e.emit_to_string(text)));
            let mut validator = Validator::new(ValidationFlags::all(), Capabilities::empty());
            let valid = validator.validate(&module);
            assert!(valid.is_ok(), "{name}: {:?}\n{text}", valid.err());
            for word in ["f16", "enable ", "subgroup", "atomic", "var<immediate>", "0x7fc"] {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }
}

/// Ops that have no shader yet: a plan with one of them is refused, never run in part.
const LACKING: [&str; 0] = [];

#[test]
fn every_shader_of_every_op_is_valid_without_capabilities() {
    let mut all = Shaders::default();
    let of = |row: &crate::op_table::Row| row.cases().into_iter().map(|case| (row.op, case)).collect::<Vec<_>>();
    for (op, case) in table().iter().flat_map(of) {
        for add in [false, true] {
            let plan = plan(&case, add);
            let halves = [Direction::Forward, Direction::Backward];
            for (direction, sums) in halves.into_iter().flat_map(|d| [(d, Sums::Tiles), (d, Sums::Registers)]) {
                let lowered = lower(&plan, direction, case.rows, &mut Tables::default(), sums);
                if LACKING.contains(&op) {
                    assert!(lowered.is_err(), "{op} has a shader: take it off the list");
                    continue;
                }
                let (kernels, starts) = lowered.unwrap_or_else(|e| panic!("{}: {e}", case.name));
                assert_eq!(starts.len(), 1);
                all.add(&kernels);
            }
        }
    }
    assert!(all.0.len() > 100, "{} shaders", all.0.len());
    all.check();
}

#[test]
fn every_shader_of_optimizers_and_memory_is_valid_without_capabilities() {
    let mut all = Shaders::default();
    for kind in OptimizerKind::ALL {
        let plain = OptimizerSpec::new(kind);
        let clipped = OptimizerSpec { clip_norm: Some(1.0), clip_value: Some(0.5), ..plain.clone() };
        let moved = OptimizerSpec { momentum: Some(0.9), centered: Some(true), nesterov: Some(true), ..plain.clone() };
        for spec in [plain, clipped, moved] {
            let h = Optimizer::new(&spec).advance();
            for ranges in [0, 2] {
                let weights = optimizer::Weights { l1: 0.1, l2: 0.1, at: 64, ranges };
                all.add(&optimizer::kernels(&[0..1000, 2000..9000], 10_000, weights, &h));
            }
        }
    }
    for arena in Arena::ALL.into_iter().filter(|a| *a != Arena::Inbox) {
        let to = Place { arena, off: 8 };
        all.add(&[memory::fill(to, 70_000_000, f32::NAN), memory::copy(Place { arena: Arena::Inbox, off: 64 }, to, 5)]);
        all.add(&[Reduction::Finite, Reduction::SumSquares].map(|how| memory::reduce(to, 100, how, 3)));
    }
    all.add(&[memory::blend(4, 8, 3, 0.9), memory::clamp(Place { arena: Arena::Params, off: 4 }, 3, 0.9)]);
    all.check();
}
