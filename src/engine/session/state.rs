//! What the optimizer keeps for each parameter, by PyTorch's names.
//!
//! Not responsible for what those numbers mean (`engine::optim`).

use super::super::graph::layout::SECOND;
use super::super::graph::{Loc, Space};
use super::{Session, TRAIN};

impl Session {
    /// Names of what the optimizer keeps for every parameter.
    pub fn state_names(&self) -> Vec<String> {
        let (first, second) = self.states();
        let mut names = first.state_names().to_vec();
        // Of two rules, the second's own names behind the first's.
        let more = second.map_or(&[][..], |kind| kind.state_names());
        names.extend(more.iter().filter(|n| !first.state_names().contains(n)));
        names.iter().map(ToString::to_string).collect()
    }

    /// What the optimizer keeps under that name for a parameter, with its shape.
    pub fn optimizer_state(&self, parameter: &str, name: &str) -> Option<(Vec<usize>, &[f32])> {
        let v = self.train.graph.find(parameter).filter(|v| self.train.graph[*v].role.is_param())?;
        let (loc, n) = (self.train.locs[v.0], self.layout.whole(Space::Params).size);
        let (first, second) = self.states();
        let is_second = self.layout.group(SECOND).runs.iter().any(|run| run.contains(&loc.off));
        let rule = second.filter(|_| is_second).unwrap_or(first);
        let slot = rule.state_names().iter().position(|n| *n == name)?;
        let place = Loc { space: Space::State, off: slot * n + loc.off, ..loc };
        Some((self.train.graph[v].dims.clone(), self.seen(TRAIN, place, 0)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::engine::data;
    use crate::engine::optim::Kind;
    use crate::engine::reference::Reference;
    use crate::engine::session::Session;
    use crate::spec::{OptimizerKind, OptimizerSpec, preset};

    #[test]
    fn every_slot_has_a_name_of_its_own() {
        for kind in Kind::ALL {
            let mut names = kind.state_names().to_vec();
            assert_eq!(names.len(), kind.state_slots(), "{kind:?}");
            names.dedup();
            assert_eq!(names.len(), kind.state_slots(), "{kind:?}");
        }
    }

    #[test]
    fn adam_keeps_the_mean_of_the_gradient_and_of_its_square() {
        let mut e = preset::first();
        e.optimizer = OptimizerSpec::new(OptimizerKind::Adam);
        let data = data::build(&e.data, u64::from(e.seed), &[]).unwrap();
        let mut s = Session::new(e, data, Box::new(Reference::<f32>::default()));
        s.step().unwrap();
        let (shape, grad) = s.read("layers.0.weight", true).map(|(s, g)| (s, g.to_vec())).unwrap();
        let (mean_shape, mean) = s.optimizer_state("layers.0.weight", "exp_avg").unwrap();
        assert_eq!(mean_shape, shape);
        // After one step from nothing: (1 − β₁)·g and (1 − β₂)·g².
        mean.iter().zip(&grad).for_each(|(m, g)| assert!((m - 0.1 * g).abs() <= 1e-6 * g.abs(), "{m} {g}"));
        let (_, square) = s.optimizer_state("layers.0.weight", "exp_avg_sq").unwrap();
        square.iter().zip(&grad).for_each(|(v, g)| assert!((v - 1e-3 * g * g).abs() <= 1e-5 * g * g, "{v} {g}"));
        for none in [("layers.0.weight", "momentum_buffer"), ("layers.0", "exp_avg"), ("layers.9.weight", "exp_avg")] {
            assert_eq!(s.optimizer_state(none.0, none.1), None);
        }
    }
}
