//! Runs one op through an executor: a plan of one node, laid out by hand so that every input gets its gradient.
//!
//! Not responsible for what is right: the tests that call it are.

use gradarium::engine::exec::{At, Executor, PlanId};
use gradarium::engine::graph::{Direction, Gradients, Graph, Instr, Layout, Loc, ParamInit, Plan, Role, Slot, Space};
use gradarium::engine::ops::OpRule;
use gradarium::engine::real::Real;
use std::rc::Rc;

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
    layout: Layout,
    plan: Plan,
    ins: Vec<Loc>,
    d_ins: Vec<Option<Loc>>,
}

fn lay_out(case: &Case, add: bool, asked: &dyn Fn(usize) -> bool) -> OneOp {
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
    let layout = Layout::of([&graph], 0);
    let mut plan = Plan::new(graph, &layout, case.rows + SPARE, Gradients::None);
    let ins: Vec<Loc> = ids.iter().map(|v| plan.locs[v.0]).collect();
    let mut end = plan.values_len;
    let mut place = |of: Loc| {
        let loc = Loc { space: Space::Values, off: end, ..of };
        end = (end + of.len(case.rows + SPARE)).next_multiple_of(4);
        loc
    };
    let d_out = place(plan.forward[0].outs[0]);
    let gradient = |(k, i): (usize, &In)| match i.part {
        _ if !asked(k) => None,
        Part::Data if case.op.differentiable(k) => Some(place(ins[k])),
        Part::Param if case.op.differentiable(k) => Some(Loc { space: Space::Grads, ..ins[k] }),
        _ => None,
    };
    let d_ins: Vec<Option<Loc>> = case.ins.iter().enumerate().map(gradient).collect();
    plan.backward = vec![Instr {
        direction: Direction::Backward,
        d_out: Some(d_out),
        d_ins: d_ins.iter().map(|l| l.map(|loc| Slot { loc, add })).collect(),
        ..plan.forward[0].clone()
    }];
    plan.values_len = end;
    OneOp { layout, plan, ins, d_ins }
}

/// The plan of a case, for those who only look at it.
pub fn plan(case: &Case, add: bool) -> Plan {
    lay_out(case, add, &|_| true).plan
}

fn write<T: Real>(executor: &mut dyn Executor<T>, loc: Loc, rows: usize, data: &[f64]) {
    let data: Vec<T> = data.iter().map(|x| T::from_f64(*x)).collect();
    executor.write(at(loc, rows), &data);
}

fn at(loc: Loc, rows: usize) -> At {
    At { plan: PlanId(0), loc, rows }
}

/// Forward, then backward from the gradient `d_y` of the result; with `add`, onto gradients that are [`BASE`] already.
/// Everything that a kernel has no business reading is NaN.
pub fn run<T: Real>(executor: &mut dyn Executor<T>, case: &Case, d_y: &[f64], add: bool) -> Outcome {
    run_asked(executor, case, d_y, add, &|_| true)
}

/// [`run`] with the gradients of those inputs only that are asked for.
pub fn run_asked<T: Real>(
    executor: &mut dyn Executor<T>,
    case: &Case,
    d_y: &[f64],
    add: bool,
    asked: &dyn Fn(usize) -> bool,
) -> Outcome {
    let OneOp { layout, plan, ins, d_ins } = lay_out(case, add, asked);
    let (plan, rows) = (Rc::new(plan), case.rows);
    let own = Loc { space: Space::Values, off: 0, size: plan.values_len, batched: false };
    let shared = [Space::Params, Space::Grads, Space::Buffers].map(|space| layout.whole(space));
    executor.prepare(Rc::new(layout), vec![plan.clone()]);
    for loc in shared.into_iter().chain([own]) {
        executor.fill(at(loc, 0), T::from_f64(f64::NAN));
    }
    for (i, loc) in case.ins.iter().zip(&ins) {
        write(executor, *loc, rows, &i.data);
    }
    executor.forward(PlanId(0), rows, case.draws);
    if let Some(loc) = plan.backward[0].d_out {
        write(executor, loc, rows, d_y);
    }
    for loc in d_ins.iter().flatten().filter(|_| add) {
        write(executor, *loc, rows, &vec![BASE; loc.len(rows)]);
    }
    executor.backward(PlanId(0), rows, 0);
    for loc in plan.forward[0].outs.iter().chain(d_ins.iter().flatten()).filter(|l| l.batched) {
        let spare = &executor.host().get(at(*loc, rows + SPARE))[loc.len(rows)..];
        assert!(spare.iter().all(|x| x.to_f64().is_nan()), "{}: wrote beyond its rows", case.name);
    }
    let read = |loc: Loc| executor.host().get(at(loc, rows)).iter().map(|x| x.to_f64()).collect::<Vec<f64>>();
    let buffer = |(i, loc): (&In, &Loc)| (i.part == Part::Buffer).then(|| read(*loc));
    Outcome {
        outs: plan.forward[0].outs.iter().map(|loc| read(*loc)).collect(),
        d_ins: d_ins.iter().map(|loc| loc.map(read)).collect(),
        buffers: case.ins.iter().zip(&ins).map(buffer).collect(),
    }
}
