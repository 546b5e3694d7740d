//! The reference executor: runs every op's reference kernel, slowly and correctly, in `f32` or `f64`.
//!
//! Kernels overwrite fresh arrays and the executor copies or adds them into place, so it allocates; that is what the
//! fast backends are for.

use super::exec::{Executor, Memory, Penalty, Store};
use super::graph::{Instr, Plan};
use super::ops::{Backward, Forward, OpRule};
use super::optim::{self, hyper::Hyper};
use super::real::Real;
use super::rng::Rng;

/// See the module.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference;

/// Runs the forward half of one instruction with its reference kernel.
pub fn forward<T: Real>(i: &Instr, memory: &mut Memory<'_, T>, rows: usize, rng: &mut Rng) {
    let mut c = Forward {
        rows,
        ins: i.ins.iter().map(|l| memory.get(*l, rows)).collect(),
        outs: i.outs.iter().map(|l| vec![T::ZERO; l.len(rows)]).collect(),
        updates: Vec::new(),
        rng,
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
pub fn backward<T: Real>(i: &Instr, memory: &mut Memory<'_, T>, rows: usize) {
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
pub fn add_penalty<T: Real>(store: &mut Store<T>, penalty: &Penalty) {
    let (l1, l2) = (T::from_f64(f64::from(penalty.l1)), T::from_f64(2.0 * f64::from(penalty.l2)));
    for range in &penalty.weights {
        for (g, w) in store.grads[range.clone()].iter_mut().zip(&store.params[range.clone()]) {
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

impl<T: Real> Executor<T> for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn forward(&mut self, plan: &Plan, memory: &mut Memory<'_, T>, rows: usize, rng: &mut Rng) {
        plan.forward.iter().for_each(|i| forward(i, memory, rows, rng));
    }

    fn backward(&mut self, plan: &Plan, memory: &mut Memory<'_, T>, rows: usize) {
        plan.backward.iter().for_each(|i| backward(i, memory, rows));
    }

    fn update(&mut self, store: &mut Store<T>, penalty: &Penalty, hyper: &Hyper) {
        if penalty.l1 != 0.0 || penalty.l2 != 0.0 {
            add_penalty(store, penalty);
        }
        optim::clip::apply(&mut store.grads, hyper);
        optim::step(&mut store.params, &store.grads, &mut store.state, hyper);
    }
}
