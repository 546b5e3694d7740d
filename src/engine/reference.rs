//! The reference executor: runs every op's reference kernel, slowly and correctly, in `f32` or `f64`.
//!
//! Kernels overwrite fresh arrays and the executor copies or adds them into place, so it allocates; that is what the
//! fast backends are for.

use super::draws::Draws;
use super::exec::{At, Executor, Penalty, PlanId, Reduction, Ticket, on_host};
use super::graph::{GroupId, Instr, Layout, Plan};
use super::host::{Arenas, Host};
use super::ops::{Backward, Forward, OpRule};
use super::optim::{self, hyper::Hyper};
use super::real::Real;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Reference<T = f32> {
    host: Host<T>,
}

/// Runs the forward half of one instruction with its reference kernel.
fn forward<T: Real>(i: &Instr, memory: &mut Arenas<'_, T>, rows: usize, draws: Draws) {
    let mut c = Forward {
        rows,
        ins: i.ins.iter().map(|l| memory.get(*l, rows)).collect(),
        outs: i.outs.iter().map(|l| vec![T::ZERO; l.len(rows)]).collect(),
        updates: Vec::new(),
        draw: draws.of(i.value),
    };
    i.op.forward(&mut c);
    let (outs, updates) = (c.outs, c.updates);
    for (loc, out) in i.outs.iter().zip(outs) {
        memory.get_mut(*loc, rows).copy_from_slice(&out);
    }
    for (k, new) in updates {
        memory.get_mut(i.ins[k], rows).copy_from_slice(&new);
    }
}

/// Runs the backward half of one instruction with its reference kernel.
fn backward<T: Real>(i: &Instr, memory: &mut Arenas<'_, T>, rows: usize) {
    let mut c = Backward {
        rows,
        ins: i.ins.iter().map(|l| memory.get(*l, rows)).collect(),
        outs: i.outs.iter().map(|l| memory.get(*l, rows)).collect(),
        d_out: i.d_out.map_or(&[], |l| memory.get(l, rows)),
        d_ins: i.d_ins.iter().map(|s| s.map(|s| vec![T::ZERO; s.loc.len(rows)])).collect(),
        d_out_complete: None,
    };
    i.op.backward(&mut c);
    let (d_ins, complete) = (c.d_ins, c.d_out_complete);
    if let (Some(loc), Some(complete)) = (i.d_out, complete) {
        memory.get_mut(loc, rows).copy_from_slice(&complete);
    }
    for (slot, new) in i.d_ins.iter().zip(d_ins) {
        let (Some(slot), Some(new)) = (slot, new) else { continue };
        for (to, from) in memory.get_mut(slot.loc, rows).iter_mut().zip(new) {
            *to = if slot.add { *to + from } else { from };
        }
    }
}

/// Adds the gradient of the penalties: `l1·sign(w) + 2·l2·w` on weights.
pub fn add_penalty<T: Real>(memory: &mut Arenas<'_, T>, penalty: &Penalty) {
    let (l1, l2) = (T::from_f64(f64::from(penalty.l1)), T::from_f64(2.0 * f64::from(penalty.l2)));
    for range in &penalty.weights {
        for (g, w) in memory.grads[range.clone()].iter_mut().zip(&memory.params[range.clone()]) {
            let sign = if *w > T::ZERO {
                T::ONE
            } else if *w < T::ZERO {
                -T::ONE
            } else {
                T::ZERO
            };
            *g += l1 * sign + l2 * *w;
        }
    }
}

impl<T: Real> Executor<T> for Reference<T> {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn forward(&mut self, plan: PlanId, rows: usize, draws: Draws) {
        let (list, mut memory) = (self.host.plan(plan), self.host.arenas(plan));
        list.forward.iter().for_each(|i| forward(i, &mut memory, rows, draws));
    }

    fn backward(&mut self, plan: PlanId, rows: usize, from: usize) {
        let (list, mut memory) = (self.host.plan(plan), self.host.arenas(plan));
        list.seed.iter().filter(|_| from == 0).for_each(|loss| memory.get_mut(*loss, rows).fill(T::ONE));
        list.backward[from..].iter().for_each(|i| backward(i, &mut memory, rows));
    }

    fn update(&mut self, group: GroupId, penalty: &Penalty, hyper: &Hyper) {
        let (layout, mut memory) = (self.host.layout(), self.host.arenas(PlanId(0)));
        let runs = &layout.group(group).runs;
        if penalty.l1 != 0.0 || penalty.l2 != 0.0 {
            add_penalty(&mut memory, penalty);
        }
        optim::clip::within(memory.grads, runs, hyper);
        for run in runs {
            optim::step_run(memory.params, memory.grads, memory.state, run.clone(), hyper);
        }
    }

    on_host!(T);
}
