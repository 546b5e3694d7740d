//! Heads on one trunk: how well each does, and whether they pull the trunk's parameters the same way.
//!
//! Gradients come from plans of their own, one a head, laid out when first asked for; training and its numbers do not notice.

use super::super::exec::{At, PlanId};
use super::super::graph::{Gradients, Plan};
use super::super::{loss, metrics, nn, tasks::several};
use super::{Part, Session};
use crate::spec::model::PartName;
use crate::spec::shape::eval_rows;
use crate::spec::tasks::several::Weighting;
use std::rc::Rc;

/// The plans of heads come after those of parts.
const FIRST: usize = 4 + PartName::ALL.len();
/// Rows of the training part that gradients are measured on.
const GRADIENT_ROWS: usize = 32;

/// How a head stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HeadFigures {
    /// Its weight in the loss.
    pub weight: f32,
    /// Its loss on the latest step's batch.
    pub train_loss: Option<f32>,
    /// Its mean loss on the rows measured.
    pub loss: f32,
    /// Share of right answers; of the thickness, the mean absolute error in pixels.
    pub metric: f32,
}

/// Gradients of the heads' losses with respect to the trunk's parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pulls {
    /// Norm of each, without its weight.
    pub norms: [f32; 3],
    /// Cosine of the angle between the first and second, first and third, second and third; NaN where one is 0.
    pub cosines: [f32; 3],
    /// Rows that they are the mean over.
    pub rows: usize,
}

impl Session {
    /// How the heads stand, measured on at most `limit` rows of the test part (of the training part where there is none);
    /// with the number of rows. `None` for other tasks.
    pub fn heads(&mut self, limit: usize) -> Option<([HeadFigures; 3], usize)> {
        self.exp.task.kind.several()?;
        let part = if self.data.n_test() > 0 { Part::Test } else { Part::Train };
        let (mut answers, mut asked) = ([const { Vec::new() }; 3], [const { Vec::new() }; 3]);
        let classes = self.data.info.class_names.len();
        let measured = self.evaluate_with(part, limit, &mut |row, out, data| {
            let (digits, others) = out.split_at(classes.min(out.len()));
            answers[0].extend_from_slice(digits);
            others.iter().zip(&mut answers[1..]).for_each(|(v, to)| to.push(*v));
            data.y_row(row).iter().zip(&mut asked).for_each(|(v, to)| to.push(*v));
        })?;
        let mut probs = vec![0.0; answers[0].len()];
        let [digit, odd, thick] = &answers;
        let losses = [
            loss::cross_entropy::forward(digit, &asked[0], classes, 0.0, &[], &mut probs),
            loss::bce::forward(odd, &asked[1]),
            loss::mse::forward(thick, &asked[2]),
        ];
        let n = measured.samples.max(1) as f32;
        let right = |all: usize| all as f32 / n;
        let of_digit = digit.chunks_exact(classes.max(1)).zip(&asked[0]);
        let of_odd = odd.iter().zip(&asked[1]);
        let pixels = self.data.target_scale.as_ref().and_then(|s| s.std.get(2).copied()).unwrap_or(1.0);
        let metrics = [
            right(of_digit.filter(|(out, y)| metrics::accuracy::class_of(out) == **y as usize).count()),
            right(of_odd.filter(|(out, y)| (**out > 0.0) == (**y > 0.5)).count()),
            thick.iter().zip(&asked[2]).map(|(a, b)| (a - b).abs()).sum::<f32>() * pixels / n,
        ];
        let weights = self.head_weights();
        let mut terms = Vec::new();
        self.terms(&mut terms);
        let one = |k: usize| HeadFigures {
            weight: weights[k],
            // Terms are in the order of the heads.
            train_loss: terms.get(k).copied(),
            loss: losses[k],
            metric: metrics[k],
        };
        Some(([one(0), one(1), one(2)], measured.samples))
    }

    /// The weight of each head's loss as it is now.
    fn head_weights(&self) -> [f32; 3] {
        let Some(task) = self.exp.task.kind.several() else { return [0.0; 3] };
        match task.weighting {
            Weighting::Fixed => task.weights(),
            Weighting::Uncertainty => {
                let s = self.read(several::LOG_VARIANCE, false).map(|(_, s)| s);
                let of = |k: usize| s.and_then(|s| s.get(k)).map_or(1.0, |s| libm::expf(-s));
                [of(0), of(1), of(2)]
            }
        }
    }

    /// What the heads want of the trunk; `None` for other tasks.
    pub fn pulls(&mut self) -> Option<Pulls> {
        self.exp.task.kind.several()?;
        let rows = GRADIENT_ROWS.min(self.data.n_train);
        let mut all: [Vec<f32>; 3] = Default::default();
        let mut measured = rows;
        for (k, gradient) in all.iter_mut().enumerate() {
            let plan = self.head_plan(k);
            let (id, rows) = (PlanId(FIRST + k), rows.min(plan.capacity));
            measured = rows;
            let width = self.data.y_width();
            let (x, y) = (self.measured_rows(0..rows), self.data.y[..rows * width].to_vec());
            self.exec.write(At { plan: id, loc: plan.locs[0], rows }, &x);
            self.exec.write(At { plan: id, loc: plan.locs[1], rows }, &y);
            self.exec.forward(id, rows, self.draws());
            self.exec.backward(id, rows, 0);
            let prefix = PartName::Trunk.prefix();
            let params = plan.graph.params().filter(|(_, v)| v.role.learns() && v.name.starts_with(&prefix));
            for loc in params.filter_map(|(v, _)| plan.grad(v)) {
                gradient.extend_from_slice(self.seen(id, loc, rows));
            }
        }
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
        let norm = |k: usize| dot(&all[k], &all[k]).sqrt();
        let cosine = |a: usize, b: usize| (dot(&all[a], &all[b]) / (norm(a) * norm(b))) as f32;
        let norms = [norm(0) as f32, norm(1) as f32, norm(2) as f32];
        Some(Pulls { norms, cosines: [cosine(0, 1), cosine(0, 2), cosine(1, 2)], rows: measured })
    }

    fn head_plan(&mut self, k: usize) -> Rc<Plan> {
        if let Some(plan) = &self.heads[k] {
            return plan.clone();
        }
        let b = nn::Build::new(&self.exp, &self.data.info, nn::Mode::Eval, false);
        let graph = several::one_head(b, k, &self.exp, &self.data.info);
        let values = graph.values.iter().filter(|v| v.batched && v.alias.is_none()).map(|v| v.size()).sum();
        let capacity = eval_rows(values).min(GRADIENT_ROWS);
        // Gradients in an arena of their own: training's stay as they are.
        let plan = Rc::new(Plan::new(graph, &self.layout, capacity, Gradients::Input));
        self.heads[k] = Some(plan.clone());
        self.prepare();
        plan
    }
}
