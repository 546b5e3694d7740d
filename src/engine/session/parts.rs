//! One part on its own: what a decoder makes of any code, an encoder of any row, a discriminator of any point.
//!
//! A plan for each part, laid out when first asked for; training and its numbers do not notice. Not responsible for what is
//! asked (`worker::show`).

use super::super::exec::{At, PlanId};
use super::super::graph::{Gradients, Plan};
use super::super::nn;
use super::Session;
use crate::spec::model::PartName;
use crate::spec::shape::eval_rows;
use std::rc::Rc;

/// The plans of parts come after those of the whole.
const FIRST: usize = 4;

fn id(part: PartName) -> PlanId {
    PlanId(FIRST + part as usize)
}

impl Session {
    /// What a part answers to rows `(N, …its input)`, one after another; `None` where there is no such part or the numbers
    /// are no whole rows.
    pub fn apply(&mut self, part: PartName, x: &[f32]) -> Option<Vec<f32>> {
        let plan = self.part_plan(part)?;
        let (input, output) = (plan.locs[0], plan.locs[plan.graph.output?.0]);
        if input.size == 0 || !x.len().is_multiple_of(input.size) {
            return None;
        }
        let mut all = Vec::with_capacity(x.len() / input.size * output.size);
        for chunk in x.chunks(plan.capacity * input.size) {
            let rows = chunk.len() / input.size;
            self.exec.write(At { plan: id(part), loc: input, rows }, chunk);
            self.exec.forward(id(part), rows, self.draws());
            all.extend_from_slice(self.seen(id(part), output, rows));
        }
        Some(all)
    }

    /// Numbers that a part reads in a row, and those that it answers.
    pub fn part_widths(&mut self, part: PartName) -> Option<(usize, usize)> {
        let plan = self.part_plan(part)?;
        Some((plan.locs[0].size, plan.locs[plan.graph.output?.0].size))
    }

    /// Shape of what a part answers, without the batch.
    pub fn part_shape(&mut self, part: PartName) -> Option<Vec<usize>> {
        let plan = self.part_plan(part)?;
        Some(plan.graph[plan.graph.output?].dims.clone())
    }

    fn part_plan(&mut self, part: PartName) -> Option<Rc<Plan>> {
        if self.exp.model.part(part).is_empty() {
            return None;
        }
        let at = part as usize;
        if let Some(plan) = &self.applied[at] {
            return Some(plan.clone());
        }
        let graph = nn::build_part(&self.exp, &self.data.info, part);
        let values = graph.values.iter().filter(|v| v.batched && v.alias.is_none()).map(|v| v.size()).sum();
        let plan = Rc::new(Plan::new(graph, &self.layout, eval_rows(values), Gradients::None));
        self.applied[at] = Some(plan.clone());
        self.prepare();
        Some(plan)
    }
}
