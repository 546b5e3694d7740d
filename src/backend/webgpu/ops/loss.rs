//! The loss on the card: sums by groups, then over the groups, always in the same order; the last thread closes the
//! gate where it is no number.

use super::super::kernel::{Arena, Kernel, THREADS};
use super::{Call, Lower};
use crate::engine::graph::Loc;
use crate::engine::ops::loss::LossOp;
use crate::spec::Loss;

/// Units that one group sums without a second dispatch.
const UNITS_ALONE: usize = 4096;

/// Name of the function of one unit, whether it is one of a whole row, and the factor of the sum of `n` numbers.
fn function(loss: Loss, n: usize) -> (&'static str, bool, f32) {
    let share = 1.0 / n as f32;
    match loss {
        Loss::CrossEntropy { .. } => ("cross_entropy", true, 1.0),
        Loss::Hinge { .. } => ("hinge", true, share),
        Loss::Bce => ("bce", false, share),
        Loss::Mse => ("mse", false, share),
        Loss::HalfMse => ("mse", false, 0.5 * share),
        Loss::Mae => ("mae", false, share),
        Loss::Huber { .. } => ("huber", false, share),
    }
}

/// The numbers and functions that both halves need.
fn common(k: Kernel, c: &mut Call, op: &LossOp) -> Kernel {
    let (_, by_row, share) = function(op.loss, c.len(0));
    let units = if by_row { c.len(0) / op.width } else { c.len(0) };
    let [smoothing, margin, delta] = match op.loss {
        Loss::CrossEntropy { label_smoothing } => [label_smoothing, 0.0, 0.0],
        Loss::Hinge { margin } => [0.0, margin, 0.0],
        Loss::Huber { delta } => [0.0, 0.0, delta],
        Loss::Bce | Loss::Mse | Loss::HalfMse | Loss::Mae => [0.0; 3],
    };
    let sum = if op.weights.is_empty() { op.width as f32 } else { op.weights.iter().sum() };
    let k = k.ints(&[("width", op.width), ("units", units)]).float("share", share).float("smoothing", smoothing);
    let k = k.float("margin", margin).float("delta", delta).float("weights_sum", sum);
    let k = k.read("p", c.input(0)).read("t", c.input(1));
    if !by_row {
        return k.text(include_str!("loss_elements.wgsl"));
    }
    let weights = (!op.weights.is_empty()).then(|| c.tables.place(&op.weights));
    let k = k.flag("WEIGHTED", weights.is_some()).flag("SMOOTH", smoothing != 0.0).read_or_zero("weight", weights);
    k.text(include_str!("loss_classes.wgsl"))
}

impl Lower for LossOp {
    fn forward(&self, c: &mut Call) -> Vec<Kernel> {
        let (name, by_row, _) = function(self.loss, c.len(0));
        let unit = if by_row {
            format!("fn unit(m: u32) -> vec2<f32> {{ return {name}(m); }}\n")
        } else {
            format!("fn unit(m: u32) -> vec2<f32> {{ return vec2<f32>({name}(get_p(m), get_t(m)), 1.0); }}\n")
        };
        let total = if self.saves_probs() {
            "fn total(s: vec2<f32>) -> f32 { return s.x / select(1.0, s.y, s.y > 0.0); }\n"
        } else {
            "fn total(s: vec2<f32>) -> f32 { return s.x * slot.share; }\n"
        };
        let units = if by_row { c.len(0) / self.width } else { c.len(0) };
        let parts = if units <= UNITS_ALONE { 1 } else { units.div_ceil(UNITS_ALONE).min(THREADS) };
        let body = [include_str!("loss.wgsl"), &unit, total].concat();
        let mut kernel = |items: usize, together: bool| {
            let k = common(Kernel::rows("loss", &body, items), c, self).int("parts", parts);
            let k = k.flag("TOGETHER", together).flag("WHOLE", items == 1).uses(Arena::Ctl).with_scratch(2 * parts);
            let probs = self.saves_probs().then(|| c.output(1));
            let k = match probs {
                Some(probs) => k.write("probs", probs, false),
                None => k.read_or_zero("probs", None::<Loc>).gradient("probs", None),
            };
            k.write("loss", c.output(0), false)
        };
        let mut kernels = vec![kernel(parts, false)];
        if parts > 1 {
            kernels.push(kernel(1, true));
        }
        kernels
    }

    fn backward(&self, c: &mut Call) -> Vec<Kernel> {
        if c.gradient(0).is_none() {
            return Vec::new();
        }
        let (name, by_row, _) = function(self.loss, c.len(0));
        let body = match (by_row, self.saves_probs()) {
            (_, true) => "fn row(item: u32, l: u32) {\n  let all = counted(l);\n  \
                          for (var i = item * THREADS + l; i < slot.numbers; i = i + THREADS * slot.items) {\n    \
                          put_d(i, get_scale(0u) * d_cross_entropy(i) / all);\n  }\n}\n"
                .to_string(),
            (true, false) => "fn each(i: u32) { put_d(i, get_scale(0u) * slot.share * d_hinge(i)); }\n".to_string(),
            (false, _) => {
                format!("fn each(i: u32) {{ put_d(i, get_scale(0u) * slot.share * d_{name}(get_p(i), get_t(i))); }}\n")
            }
        };
        let k = if self.saves_probs() {
            Kernel::rows("loss_backward", &body, c.len(0).div_ceil(4 * THREADS)).int("numbers", c.len(0))
        } else {
            Kernel::each("loss_backward", &body, c.len(0))
        };
        let probs = self.saves_probs().then(|| c.output(1));
        let k = common(k, c, self).read_or_zero("probs", probs).gradient("probs", None);
        vec![k.read("scale", c.d_out()).gradient("d", c.gradient(0))]
    }
}
