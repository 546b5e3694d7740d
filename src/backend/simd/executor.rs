//! The SIMD executor: runs a plan with four-lane kernels on one core, without allocating after the first step.
//!
//! Not responsible for the kernels (`ops`, `kernels`) nor for the layout (`engine::graph::plan`).

use super::ops::{Call, Kernel, Room};
use super::optimizer;
use super::view::View;
use crate::engine::draws::Draws;
use crate::engine::exec::{At, Executor, Penalty, PlanId, Reduction, Ticket, on_host};
use crate::engine::graph::{GroupId, Layout, Plan};
use crate::engine::host::Host;
use crate::engine::optim::Hyper;
use crate::engine::reference;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Simd {
    host: Host<f32>,
    room: Room,
}

impl Simd {
    /// An executor; its scratch memory grows in the first step.
    pub fn new() -> Self {
        Simd::default()
    }
}

impl Executor<f32> for Simd {
    fn name(&self) -> &'static str {
        "simd"
    }

    fn forward(&mut self, plan: PlanId, rows: usize, draws: Draws) {
        let (list, v, room) = (self.host.plan(plan), View::new(self.host.arenas(plan)), &mut self.room);
        for i in &list.forward {
            i.op.forward(&mut Call { i, v: &v, rows, draws, room });
        }
    }

    fn backward(&mut self, plan: PlanId, rows: usize, from: usize) {
        let (list, v, room) = (self.host.plan(plan), View::new(self.host.arenas(plan)), &mut self.room);
        list.seed.iter().filter(|_| from == 0).for_each(|loss| v.write(*loss, rows).fill(1.0));
        for i in &list.backward[from..] {
            i.op.backward(&mut Call { i, v: &v, rows, draws: Draws::default(), room });
        }
    }

    fn update(&mut self, group: GroupId, penalty: &Penalty, hyper: &Hyper) {
        let (layout, mut memory) = (self.host.layout(), self.host.arenas(PlanId(0)));
        let runs = &layout.group(group).runs;
        if penalty.l1 != 0.0 || penalty.l2 != 0.0 {
            reference::add_penalty(&mut memory, penalty);
        }
        optimizer::clip_runs(memory.grads, runs, hyper);
        for run in runs {
            optimizer::step_run(memory.params, memory.grads, memory.state, run.clone(), hyper);
        }
    }

    on_host!(f32);
}
