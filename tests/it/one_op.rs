//! Runs one op through an executor: a plan of one node, laid out by hand so that every input gets its gradient.
//!
//! Not responsible for what is right: the tests that call it are.

use gradarium::engine::exec::{Executor, Memory, Store};
use gradarium::engine::graph::{Direction, Gradients, Graph, Instr, Loc, ParamInit, Plan, Role, Slot, Space};
use gradarium::engine::ops::OpRule;
use gradarium::engine::real::Real;

use crate::op_table::{Case, In, Part};

/// What came out, as `f64`.
#[derive(Debug)]
pub struct Outcome {
    /// All outputs, the result first.
    pub outs: Vec<Vec<f64>>,
    /// Gradient of each input that has one.
    pub d_ins: Vec<Option<Vec<f64>>>,
    /// Each buffer afterwards.
    pub buffers: Vec<Option<Vec<f64>>>,
}

/// Rows that the plan has room for beyond those in use, as in the last batch of an epoch. No kernel may touch them.
const SPARE: usize = 2;

/// Where gradients start when they are added to something.
pub const BASE: f64 = 0.5;

struct OneOp {
    plan: Plan,
    ins: Vec<Loc>,
    d_ins: Vec<Option<Loc>>,
}

fn lay_out(case: &Case, add: bool) -> OneOp {
    let mut graph = Graph::default();
    let value = |i: &In| match i.part {
        Part::Data => graph.input(i.name, &i.shape[1..], Role::Input),
        Part::Target => graph.input(i.name, &i.shape[1..], Role::Target),
        Part::Param => graph.param(i.name.into(), &i.shape, ParamInit::Fill(0.0), true),
        Part::Buffer => graph.buffer(i.name.into(), &i.shape, 0.0),
    };
    let ids: Vec<_> = case.ins.iter().map(value).collect();
    let y = graph.op(case.op.clone(), &ids, "y");
    graph.output = Some(y);
    let mut plan = Plan::new(graph, case.rows + SPARE, Gradients::None);
    let ins: Vec<Loc> = ids.iter().map(|v| plan.locs[v.0]).collect();
    let mut end = plan.values_len;
    let mut place = |of: Loc| {
        let loc = Loc { space: Space::Values, off: end, ..of };
        end = (end + of.len(case.rows + SPARE)).next_multiple_of(4);
        loc
    };
    let d_out = place(plan.forward[0].outs[0]);
    let gradient = |(k, i): (usize, &In)| match i.part {
        Part::Data if case.op.differentiable(k) => Some(place(ins[k])),
        Part::Param if case.op.differentiable(k) => Some(Loc { space: Space::Grads, ..ins[k] }),
        _ => None,
    };
    let d_ins: Vec<Option<Loc>> = case.ins.iter().enumerate().map(gradient).collect();
    let is_loss = plan.graph[y].role == Role::Loss;
    plan.backward = vec![Instr {
        direction: Direction::Backward,
        d_out: (!is_loss).then_some(d_out),
        d_ins: d_ins.iter().map(|l| l.map(|loc| Slot { loc, add })).collect(),
        ..plan.forward[0].clone()
    }];
    plan.values_len = end;
    OneOp { plan, ins, d_ins }
}

fn write<T: Real>(memory: &mut Memory<'_, T>, loc: Loc, rows: usize, data: &[f64]) {
    let to = memory.get_mut(loc, rows);
    assert_eq!(to.len(), data.len());
    to.iter_mut().zip(data).for_each(|(to, x)| *to = T::from_f64(*x));
}

/// Forward, then backward from the gradient `d_y` of the result; with `add`, onto gradients that are [`BASE`] already.
/// Everything that a kernel has no business reading is NaN.
pub fn run<T: Real>(executor: &mut dyn Executor<T>, case: &Case, d_y: &[f64], add: bool) -> Outcome {
    let OneOp { plan, ins, d_ins } = lay_out(case, add);
    let nan = T::from_f64(f64::NAN);
    let mut store = Store {
        params: vec![nan; plan.params_len],
        grads: vec![nan; plan.params_len],
        state: Vec::new(),
        buffers: vec![nan; plan.buffers_len],
    };
    let mut values = vec![nan; plan.values_len];
    let mut memory = Memory { store: &mut store, values: &mut values };
    for (i, loc) in case.ins.iter().zip(&ins) {
        write(&mut memory, *loc, case.rows, &i.data);
    }
    executor.forward(&plan, &mut memory, case.rows, &mut case.rng.clone());
    if let Some(loc) = plan.backward[0].d_out {
        write(&mut memory, loc, case.rows, d_y);
    }
    for loc in d_ins.iter().flatten().filter(|_| add) {
        write(&mut memory, *loc, case.rows, &vec![BASE; loc.len(case.rows)]);
    }
    executor.backward(&plan, &mut memory, case.rows);
    for loc in plan.forward[0].outs.iter().chain(d_ins.iter().flatten()).filter(|l| l.batched) {
        let spare = &memory.get(*loc, case.rows + SPARE)[loc.len(case.rows)..];
        assert!(spare.iter().all(|x| x.to_f64().is_nan()), "{}: wrote beyond its rows", case.name);
    }
    let read = |loc: Loc| memory.get(loc, case.rows).iter().map(|x| x.to_f64()).collect::<Vec<f64>>();
    let buffer = |(i, loc): (&In, &Loc)| (i.part == Part::Buffer).then(|| read(*loc));
    Outcome {
        outs: plan.forward[0].outs.iter().map(|loc| read(*loc)).collect(),
        d_ins: d_ins.iter().map(|loc| loc.map(read)).collect(),
        buffers: case.ins.iter().zip(&ins).map(buffer).collect(),
    }
}
