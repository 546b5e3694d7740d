//! Looking inside: responses over the plane, norms of gradients and activations, samples behind the confusion matrix.
//!
//! Everything is computed from the running network when asked. Not responsible for drawing.

use super::super::data::STREAM_SHOWN;
use super::super::exec::{At, PlanId};
use super::super::graph::{Loc, Plan};
use super::super::metrics::accuracy;
use super::{EVAL, Metrics, Part, Session, TRAIN};
use crate::engine::rng::Rng;
use std::rc::Rc;

/// Responses over the plane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaneMaps {
    /// Pixels a side.
    pub px: usize,
    /// Network output per pixel, `(px·px, width)`, rows from the top left.
    pub output: Vec<f32>,
    /// Per asked layer: `(shown, px·px)`.
    pub layers: Vec<Vec<f32>>,
}

/// Norms of one layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerNorms {
    /// Such as `layers.2`.
    pub name: String,
    /// L2 norm of the gradient of its parameters.
    pub d_params: f32,
    /// L2 norm of its parameters.
    pub params: f32,
    /// Root mean square of its output.
    pub activation: f32,
    /// Root mean square of the gradient of its output.
    pub d_activation: f32,
    /// L2 norm of the latest measured change of its parameters ([`Session::watch_change`]).
    pub update: Option<f32>,
}

/// One classified sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Classified {
    /// Row in the data set.
    pub row: usize,
    /// Its class.
    pub target: usize,
    /// The network's answer.
    pub predicted: usize,
    /// Probability of that answer.
    pub confidence: f32,
}

/// Half the side of the plane that is drawn: data lies within ±1, a margin shows what happens beyond.
pub const PLANE_HALF: f32 = 1.1;

fn squares(x: &[f32]) -> f64 {
    x.iter().map(|v| f64::from(*v) * f64::from(*v)).sum()
}

fn rms(x: &[f32]) -> f32 {
    (squares(x) / x.len().max(1) as f64).sqrt() as f32
}

impl Session {
    /// Runs the network over a `px × px` grid of the plane and keeps the output and the responses of `layers` (value
    /// names; at most `units_max` units of each).
    pub fn plane(&mut self, px: usize, layers: &[String], units_max: usize) -> PlaneMaps {
        let mut maps = PlaneMaps { px, ..PlaneMaps::default() };
        let (input, target) = (self.eval.locs[0], self.eval.locs[1]);
        if px == 0 || input.size != 2 {
            return maps;
        }
        let pixels = px * px;
        let width = self.output_width();
        maps.output.reserve(pixels * width);
        let locs: Vec<Option<Loc>> =
            layers.iter().map(|n| self.eval.graph.find(n).map(|v| self.eval.locs[v.0])).collect();
        maps.layers = locs.iter().map(|l| vec![0.0; l.map_or(0, |l| l.size.min(units_max) * pixels)]).collect();
        self.exec.fill(At { plan: EVAL, loc: target, rows: self.eval.capacity }, 0.0);
        let (mut at, mut points) = (0, Vec::with_capacity(2 * self.eval.capacity));
        while at < pixels {
            let rows = self.eval.capacity.min(pixels - at);
            let axis = |k: usize| PLANE_HALF * (2.0 * (k as f32 + 0.5) / px as f32 - 1.0);
            points.clear();
            points.extend((at..at + rows).flat_map(|r| [axis(r % px), -axis(r / px)]));
            self.exec.write(At { plan: EVAL, loc: input, rows }, &points);
            self.forward_eval(rows);
            if let Some(out) = self.eval.graph.output {
                maps.output.extend_from_slice(self.seen(EVAL, self.eval.locs[out.0], rows));
            }
            for (loc, map) in locs.iter().zip(&mut maps.layers) {
                let Some(loc) = loc else { continue };
                let numbers = self.seen(EVAL, *loc, rows);
                for u in 0..loc.size.min(units_max) {
                    for r in 0..rows {
                        map[u * pixels + at + r] = numbers[r * loc.size + u];
                    }
                }
            }
            at += rows;
        }
        maps
    }

    /// Norms of every layer that has parameters to learn, of the latest training step; empty before the first.
    pub fn norms(&self) -> Vec<LayerNorms> {
        if self.rows == 0 {
            return Vec::new();
        }
        let plans: Vec<(PlanId, Rc<Plan>)> = self.learning().map(|(id, plan)| (id, plan.clone())).collect();
        let mut all: Vec<LayerNorms> = plans.iter().flat_map(|(id, plan)| self.norms_of(*id, plan)).collect();
        // The parts in the order of the network, whoever learns first.
        crate::spec::order::sort_by_key(&mut all, |l| self.exp.model.layer_of(&l.name).map_or(0, |(at, _)| at));
        all
    }

    fn norms_of(&self, plan_id: PlanId, plan: &Plan) -> Vec<LayerNorms> {
        let graph = &plan.graph;
        let read = |loc: Loc| self.seen(plan_id, loc, self.rows);
        let mut rows: Vec<(LayerNorms, f64, f64)> = Vec::new();
        let mut change: Vec<Option<f64>> = Vec::new();
        for (k, (id, v)) in graph.params().enumerate() {
            let Some((layer, _)) = v.name.rsplit_once('.').filter(|_| v.role.learns()) else { continue };
            if rows.last().is_none_or(|(l, _, _)| l.name != layer) {
                let mut norms = LayerNorms { name: layer.to_string(), ..LayerNorms::default() };
                if let Some(out) = graph.find(layer) {
                    norms.activation = rms(read(plan.locs[out.0]));
                    norms.d_activation = plan.grad(out).map_or(0.0, |g| rms(read(g)));
                }
                rows.push((norms, 0.0, 0.0));
                change.push(Some(0.0));
            }
            if let Some(all) = change.last_mut() {
                // How far parameters moved is measured over the first player's step.
                let moved = if plan_id == TRAIN { self.change.squares(k, self.step) } else { None };
                *all = all.zip(moved).map(|(all, one)| all + one);
            }
            if let Some((_, params, grads)) = rows.last_mut() {
                *params += squares(read(plan.locs[id.0]));
                *grads += plan.grad(id).map_or(0.0, |g| squares(read(g)));
            }
        }
        let row = |((l, params, grads), change): ((LayerNorms, f64, f64), Option<f64>)| LayerNorms {
            params: params.sqrt() as f32,
            d_params: grads.sqrt() as f32,
            update: change.map(|c| c.sqrt() as f32),
            ..l
        };
        rows.into_iter().zip(change).map(row).collect()
    }

    /// The first `n` training rows `(n, …input)` as augmentation may change them, drawn anew every step; empty when it is
    /// off. Training draws its own.
    pub fn augmented(&self, n: usize) -> Vec<f32> {
        if !self.augment.is_on() {
            return Vec::new();
        }
        let n = n.min(self.data.n_train);
        let (mut x, mut y) =
            (self.data.x[..n * self.data.x_width()].to_vec(), self.data.y[..n * self.data.y_width()].to_vec());
        let mut augment = self.augment.clone();
        augment.rng = Rng::new(u64::from(self.exp.seed).wrapping_add(self.step), STREAM_SHOWN);
        augment.apply(&mut x, &mut y, true, self.data.scale.as_ref());
        x
    }

    /// Every sample of a part with the network's answer, and what was measured in the same pass.
    pub fn classify(&mut self, part: Part) -> (Vec<Classified>, Option<Metrics>) {
        let (mut all, mut probs) = (Vec::new(), Vec::with_capacity(self.output_width().max(2)));
        let metrics = self.evaluate_with(part, usize::MAX, &mut |row, out, data| {
            probs.clear();
            accuracy::probabilities(out, &mut probs);
            let predicted = accuracy::class_of(out);
            let confidence = probs.get(predicted).copied().unwrap_or(0.0);
            all.push(Classified { row, target: data.y_row(row)[0] as usize, predicted, confidence });
        });
        (all, metrics)
    }
}
