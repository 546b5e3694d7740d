//! One example on its way through the network as it stands: any value, and the gradient of a chosen number with respect to
//! any value, the input included; and the input that makes a channel answer most.
//!
//! A plan of its own, laid out when first asked for, so that neither training nor its numbers notice. Not responsible for
//! which example (`worker::look`).

use super::super::exec::Memory;
use super::super::graph::{Gradients, Graph, Loc, Plan, Space, ValueId};
use super::super::nn::{self, Mode};
use super::Session;

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

/// The plan for one row, with gradients down to the input.
pub(super) struct Lens {
    plan: Plan,
    values: Vec<f32>,
    /// Parameter gradients of this row: in the place of training's own while the lens computes.
    grads: Vec<f32>,
}

/// What the network's answer is called, whatever layer gives it.
const OUTPUT: &str = "output";
/// Behind a name: its gradient.
const GRAD: &str = ".grad";

fn find(graph: &Graph, name: &str) -> Option<ValueId> {
    if name == OUTPUT { graph.output } else { graph.find(name) }
}

impl Lens {
    fn set(&mut self, loc: Loc, numbers: &[f32]) {
        let n = loc.size.min(numbers.len());
        self.values[loc.off..loc.off + loc.size].fill(0.0);
        self.values[loc.off..loc.off + n].copy_from_slice(&numbers[..n]);
    }

    /// Readies the gradients for `of`: all zero but its own; gives the first backward op to run.
    fn seed(&mut self, of: &Of) -> Option<usize> {
        for loc in self.plan.grads.iter().flatten().filter(|l| l.space == Space::Values) {
            self.values[loc.off..loc.off + loc.size].fill(0.0);
        }
        let Of::Channel(name, channel) = of else { return Some(0) };
        let v = find(&self.plan.graph, name)?;
        let channels = self.plan.graph[v].dims.last().copied().unwrap_or(1);
        let root = self.plan.graph.root(v);
        let (loc, grad) = (self.plan.locs[root.0], self.plan.grads[root.0].filter(|g| g.space == Space::Values)?);
        let places = loc.size / channels.max(1);
        (*channel < channels).then_some(())?;
        for p in 0..places {
            self.values[grad.off + p * channels + channel] = 1.0 / places as f32;
        }
        // The backward ops stand in the reverse order of the graph: those before this one belong to what comes after it.
        // An input has no op of its own; then there is nothing to run.
        Some(self.plan.backward.iter().position(|i| i.outs[0] == loc).unwrap_or(self.plan.backward.len()))
    }
}

impl Session {
    /// Takes `x` (one row) with target `y` through the network and reads the values of those names: a number's name with
    /// `.grad` behind is the gradient of `of` with respect to it. `None` where there is no such value or gradient.
    pub fn look(&mut self, x: &[f32], y: &[f32], names: &[String], of: &Of) -> Vec<Option<Seen>> {
        let backward = names.iter().any(|n| n.ends_with(GRAD));
        let mut lens = self.lens();
        let known = self.pass(&mut lens, x, y, backward.then_some(of));
        let seen = names.iter().map(|name| {
            let (base, grad) = name.strip_suffix(GRAD).map_or((name.as_str(), false), |base| (base, true));
            let v = find(&lens.plan.graph, base)?;
            let loc = if grad { lens.plan.grad(v).filter(|_| known)? } else { lens.plan.locs[v.0] };
            let arena: &[f32] = match loc.space {
                Space::Params => &self.store.params,
                Space::Grads => &lens.grads,
                Space::Buffers => &self.store.buffers,
                Space::Values => &lens.values,
            };
            Some((lens.plan.graph[v].dims.clone(), arena[loc.off..loc.off + loc.size].to_vec()))
        });
        let seen = seen.collect();
        self.lens = Some(lens);
        seen
    }

    /// Numbers that [`Session::look`] would give for a name; `None` where there is no such value.
    pub fn look_len(&self, name: &str) -> Option<usize> {
        let base = name.strip_suffix(GRAD).unwrap_or(name);
        find(&self.eval.graph, base).map(|v| self.eval.graph[v].size())
    }

    /// Climbs from `x`: `steps` times, moves it along the gradient of the channel's mean by `rate` times the gradient over
    /// its root mean square, after taking the share `decay` of it away (Simonyan et al. 2013, eq. 1, with L2). Gives the channel's
    /// mean at the `x` it leaves; `None` where there is no such channel, or nothing of the input reaches it.
    pub fn climb(&mut self, x: &mut [f32], of: &Of, steps: usize, rate: f32, decay: f32) -> Option<f32> {
        let mut lens = self.lens();
        let input = lens.plan.grad(ValueId(0));
        let mut value = None;
        for step in 0..=steps {
            let known = self.pass(&mut lens, x, &[], Some(of));
            value = if known { channel_mean(&lens, of) } else { None };
            let Some(d_x) = input.filter(|_| value.is_some() && step < steps) else { break };
            let d_x = &lens.values[d_x.off..d_x.off + d_x.size];
            let rms = (d_x.iter().map(|d| d * d).sum::<f32>() / d_x.len().max(1) as f32).sqrt();
            let factor = if rms > 0.0 { rate / rms } else { 0.0 };
            x.iter_mut().zip(d_x).for_each(|(x, d)| *x = *x * (1.0 - decay) + factor * d);
        }
        self.lens = Some(lens);
        value.filter(|_| input.is_some())
    }

    fn lens(&mut self) -> Box<Lens> {
        self.lens.take().unwrap_or_else(|| {
            let plan = Plan::new(nn::build(&self.exp, &self.data.info, Mode::Eval), 1, Gradients::Input);
            Box::new(Lens { values: vec![0.0; plan.values_len], grads: vec![0.0; plan.params_len], plan })
        })
    }

    /// One row forward, and backward from `of` if asked; whether `of` exists.
    fn pass(&mut self, lens: &mut Lens, x: &[f32], y: &[f32], of: Option<&Of>) -> bool {
        lens.set(lens.plan.locs[0], x);
        lens.set(lens.plan.locs[1], y);
        // Evaluation graphs draw nothing: a copy keeps the run's own stream untouched.
        let mut rng = self.rng;
        let mut memory = Memory { store: &mut self.store, values: &mut lens.values };
        self.exec.forward(&lens.plan, &mut memory, 1, &mut rng);
        let Some(of) = of else { return true };
        lens.grads.fill(0.0);
        let Some(first) = lens.seed(of) else { return false };
        let skipped: Vec<_> = lens.plan.backward.drain(..first).collect();
        std::mem::swap(&mut self.store.grads, &mut lens.grads);
        let mut memory = Memory { store: &mut self.store, values: &mut lens.values };
        self.exec.backward(&lens.plan, &mut memory, 1);
        std::mem::swap(&mut self.store.grads, &mut lens.grads);
        lens.plan.backward.splice(..0, skipped);
        true
    }
}

fn channel_mean(lens: &Lens, of: &Of) -> Option<f32> {
    let Of::Channel(name, channel) = of else { return None };
    let v = find(&lens.plan.graph, name)?;
    let channels = lens.plan.graph[v].dims.last().copied().unwrap_or(1);
    let loc = lens.plan.locs[v.0];
    let values = &lens.values[loc.off..loc.off + loc.size];
    Some(values.iter().skip(*channel).step_by(channels).sum::<f32>() / (loc.size / channels.max(1)).max(1) as f32)
}
