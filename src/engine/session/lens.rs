//! One example on its way through the network as it stands: any value, and the gradient of a chosen number with respect to
//! any value, the input included; and the input that makes a channel answer most.
//!
//! A plan of its own, laid out when first asked for, so that neither training nor its numbers notice. Not responsible for
//! which example (`worker::look`).

use super::super::exec::At;
use super::super::graph::{Gradients, Graph, Loc, Plan, Space, ValueId};
use super::super::nn;
use super::{LENS, Session};
use std::rc::Rc;

/// What gradients are of.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    /// The loss.
    Loss,
    /// The mean of one channel (last axis) of the value of that name.
    Channel(String, usize),
}

/// A value's shape, without the batch axis, and its numbers.
pub type Seen = (Vec<usize>, Vec<f32>);

/// What the network's answer is called, whatever layer gives it.
const OUTPUT: &str = "output";
/// Behind a name: its gradient.
const GRAD: &str = ".grad";

fn find(graph: &Graph, name: &str) -> Option<ValueId> {
    if name == OUTPUT { graph.output } else { graph.find(name) }
}

fn at(loc: Loc) -> At {
    At { plan: LENS, loc, rows: 1 }
}

/// The gradient of `of` with respect to itself, where that is a channel: its place and numbers, and the first backward op
/// to run.
fn seed(plan: &Plan, name: &str, channel: usize) -> Option<(Loc, Vec<f32>, usize)> {
    let v = find(&plan.graph, name)?;
    let channels = plan.graph[v].dims.last().copied().unwrap_or(1);
    let root = plan.graph.root(v);
    let (loc, grad) = (plan.locs[root.0], plan.grads[root.0].filter(|g| g.space == Space::Values)?);
    let places = loc.size / channels.max(1);
    (channel < channels).then_some(())?;
    let mut d = vec![0.0; grad.size];
    d.iter_mut().skip(channel).step_by(channels).take(places).for_each(|d| *d = 1.0 / places as f32);
    // The backward ops stand in the reverse order of the graph: those before this one belong to what comes after it.
    // An input has no op of its own; then there is nothing to run.
    Some((grad, d, plan.backward.iter().position(|i| i.outs[0] == loc).unwrap_or(plan.backward.len())))
}

impl Session {
    /// Takes `x` (one row) with target `y` through the network and reads the values of those names: a number's name with
    /// `.grad` behind is the gradient of `of` with respect to it. `None` where there is no such value or gradient.
    pub fn look(&mut self, x: &[f32], y: &[f32], names: &[String], of: &Of) -> Vec<Option<Seen>> {
        let backward = names.iter().any(|n| n.ends_with(GRAD));
        let plan = self.lens();
        let known = self.pass(&plan, x, y, backward.then_some(of));
        let seen = names.iter().map(|name| {
            let (base, grad) = name.strip_suffix(GRAD).map_or((name.as_str(), false), |base| (base, true));
            let v = find(&plan.graph, base)?;
            let loc = if grad { plan.grad(v).filter(|_| known)? } else { plan.locs[v.0] };
            Some((plan.graph[v].dims.clone(), self.seen(LENS, loc, 1).to_vec()))
        });
        seen.collect()
    }

    /// Numbers that [`Session::look`] would give for a name; `None` where there is no such value.
    pub fn look_len(&self, name: &str) -> Option<usize> {
        let base = name.strip_suffix(GRAD).unwrap_or(name);
        // What comes into an activation function is as large as what goes out, where only the lens has it.
        let in_eval = |name: &str| find(&self.eval.graph, name).map(|v| self.eval.graph[v].size());
        in_eval(base).or_else(|| in_eval(base.strip_suffix(".sum")?))
    }

    /// Climbs from `x`: `steps` times, moves it along the gradient of the channel's mean by `rate` times the gradient over
    /// its root mean square, after taking the share `decay` of it away (Simonyan et al. 2013, eq. 1, with L2). Gives the channel's
    /// mean at the `x` it leaves; `None` where there is no such channel, or nothing of the input reaches it.
    pub fn climb(&mut self, x: &mut [f32], of: &Of, steps: usize, rate: f32, decay: f32) -> Option<f32> {
        let plan = self.lens();
        let input = plan.grad(ValueId(0));
        let mut value = None;
        for step in 0..=steps {
            let known = self.pass(&plan, x, &[], Some(of));
            value = if known { self.channel_mean(&plan, of) } else { None };
            let Some(d_x) = input.filter(|_| value.is_some() && step < steps) else { break };
            let d_x = self.seen(LENS, d_x, 1);
            let rms = (d_x.iter().map(|d| d * d).sum::<f32>() / d_x.len().max(1) as f32).sqrt();
            let factor = if rms > 0.0 { rate / rms } else { 0.0 };
            x.iter_mut().zip(d_x).for_each(|(x, d)| *x = *x * (1.0 - decay) + factor * d);
        }
        value.filter(|_| input.is_some())
    }

    /// The plan for one row, with gradients down to the input; laid out when first asked for.
    fn lens(&mut self) -> Rc<Plan> {
        if let Some(plan) = &self.lens {
            return plan.clone();
        }
        let graph = nn::build_apart(&self.exp, &self.data.info);
        let mut plan = Plan::new(graph, &self.layout, 1, Gradients::Input);
        plan.weigh_classes(&self.class_weights);
        let plan = Rc::new(plan);
        self.lens = Some(plan.clone());
        self.prepare();
        plan
    }

    /// The first numbers of a place, and zeros behind them.
    fn place_row(&mut self, loc: Loc, numbers: &[f32]) {
        let n = loc.size.min(numbers.len());
        self.exec.fill(at(loc), 0.0);
        self.exec.write(at(Loc { size: n, ..loc }), &numbers[..n]);
    }

    /// One row forward, and backward from `of` if asked; whether `of` exists.
    fn pass(&mut self, plan: &Plan, x: &[f32], y: &[f32], of: Option<&Of>) -> bool {
        self.place_row(plan.locs[0], x);
        self.place_row(plan.locs[1], y);
        self.exec.forward(LENS, 1, self.draws());
        let Some(of) = of else { return true };
        // What is not on the way back from `of` has no gradient.
        plan.grads.iter().flatten().for_each(|loc| self.exec.fill(at(*loc), 0.0));
        let from = match of {
            Of::Loss => 0,
            Of::Channel(name, channel) => {
                let Some((grad, d, from)) = seed(plan, name, *channel) else { return false };
                self.exec.write(at(grad), &d);
                from
            }
        };
        self.exec.backward(LENS, 1, from);
        true
    }

    fn channel_mean(&self, plan: &Plan, of: &Of) -> Option<f32> {
        let Of::Channel(name, channel) = of else { return None };
        let v = find(&plan.graph, name)?;
        let channels = plan.graph[v].dims.last().copied().unwrap_or(1);
        let values = self.seen(LENS, plan.locs[v.0], 1);
        let places = (values.len() / channels.max(1)).max(1);
        Some(values.iter().skip(*channel).step_by(channels).sum::<f32>() / places as f32)
    }
}
