//! The layout: every parameter and buffer of all graphs of a task, each once and by name, and the groups that parameters
//! move in.
//!
//! Plans refer to it, so training, evaluation and whatever looks share one set of numbers. Not responsible for computed
//! values, which are a plan's own (`plan`).

use super::{Graph, Loc, Role, Space};
use std::collections::BTreeMap;
use std::ops::Range;

/// Offsets are rounded up to this many numbers, so that every block starts on a 16-byte boundary.
pub(super) const ALIGN: usize = 4;

/// Which group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupId(pub usize);

/// What learns.
pub const MODEL: GroupId = GroupId(0);
/// What stays as it is.
pub const FROZEN: GroupId = GroupId(1);
/// What learns from a loss of its own: the generator, where a discriminator is the model.
pub const SECOND: GroupId = GroupId(2);

/// Parameters that one optimizer moves, or that do not learn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Such as `model`.
    pub name: &'static str,
    /// Ranges of the parameter arena; neighbours are one range, with the zeros between them.
    pub runs: Vec<Range<usize>>,
}

impl Group {
    fn add(&mut self, loc: Loc) {
        match self.runs.last_mut().filter(|run| run.end.next_multiple_of(ALIGN) == loc.off) {
            Some(run) => run.end = loc.off + loc.size,
            None => self.runs.push(loc.off..loc.off + loc.size),
        }
    }

    /// Numbers in all ranges, zeros between parameters included.
    pub fn numbers(&self) -> usize {
        self.runs.iter().map(Range::len).sum()
    }
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    places: BTreeMap<String, Loc>,
    params_len: usize,
    buffers_len: usize,
    n_params: usize,
    /// Numbers of optimizer state to each parameter.
    pub slots: usize,
    groups: [Group; 3],
}

impl Layout {
    /// Lays out what these graphs learn and keep, in the order in which they name it; `slots` numbers of optimizer state
    /// belong to each parameter.
    pub fn of<'g>(graphs: impl IntoIterator<Item = &'g Graph>, slots: usize) -> Layout {
        Layout::of_groups(&graphs.into_iter().map(|g| (g, MODEL)).collect::<Vec<_>>(), slots)
    }

    /// The same for graphs whose parameters move in different groups: each in that of the first graph in which it learns.
    pub fn of_groups(graphs: &[(&Graph, GroupId)], slots: usize) -> Layout {
        let group = |name| Group { name, runs: Vec::new() };
        let groups = [group("model"), group("frozen"), group("second")];
        let mut all = Layout { slots, groups, ..Layout::default() };
        let learns = |name: &str| {
            let here = |g: &Graph| g.values.iter().any(|v| v.role.learns() && v.name == name);
            graphs.iter().find(|(g, _)| here(g)).map_or(FROZEN, |(_, id)| *id)
        };
        for v in graphs.iter().flat_map(|(g, _)| &g.values) {
            if all.places.contains_key(&v.name) {
                continue;
            }
            let (space, cursor) = match v.role {
                Role::Param { .. } => (Space::Params, &mut all.params_len),
                Role::Buffer { .. } => (Space::Buffers, &mut all.buffers_len),
                Role::Input | Role::Target | Role::Activation | Role::Saved | Role::Loss => continue,
            };
            let loc = Loc { space, off: *cursor, size: v.size(), batched: false };
            *cursor = (loc.off + loc.size).next_multiple_of(ALIGN);
            if let Role::Param { frozen, .. } = v.role {
                all.n_params += loc.size;
                // What learns here is found at once; networks may have hundreds of layers.
                let GroupId(group) = if !frozen && graphs.len() == 1 { MODEL } else { learns(&v.name) };
                all.groups[group].add(loc);
            }
            all.places.insert(v.name.clone(), loc);
        }
        all
    }

    /// Where the parameter or buffer of that name lives.
    pub fn place(&self, name: &str) -> Option<Loc> {
        self.places.get(name).copied()
    }

    /// Numbers to learn, frozen ones included; zeros between them do not count.
    pub fn n_params(&self) -> usize {
        self.n_params
    }

    /// A group.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0]
    }

    /// A whole arena that all plans share.
    pub fn whole(&self, space: Space) -> Loc {
        let size = match space {
            Space::Params | Space::Grads => self.params_len,
            Space::State => self.params_len * self.slots,
            Space::Buffers => self.buffers_len,
            Space::Values => 0,
        };
        Loc { space, off: 0, size, batched: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::graph::ParamInit;

    fn graph(sizes: &[(&str, usize)]) -> Graph {
        let mut g = Graph::default();
        for (name, size) in sizes {
            g.param((*name).into(), &[*size], ParamInit::Fill(1.0), true);
        }
        g.buffer("mean".into(), &[3], 0.0);
        g
    }

    fn ends(l: &Layout, group: GroupId) -> Vec<(usize, usize)> {
        l.group(group).runs.iter().map(|run| (run.start, run.end)).collect()
    }

    #[test]
    fn names_have_one_place_in_all_graphs_and_start_at_multiples_of_four() {
        let (a, b) = (graph(&[("u", 5), ("v", 8), ("w", 3)]), graph(&[("v", 8), ("x", 1)]));
        let l = Layout::of([&a, &b], 2);
        let off = |name| l.place(name).map(|p| (p.space, p.off, p.size));
        assert_eq!(off("u"), Some((Space::Params, 0, 5)));
        assert_eq!(off("v"), Some((Space::Params, 8, 8)));
        assert_eq!(off("w"), Some((Space::Params, 16, 3)));
        assert_eq!(off("x"), Some((Space::Params, 20, 1)));
        assert_eq!(off("mean"), Some((Space::Buffers, 0, 3)));
        assert_eq!(off("y"), None);
        assert_eq!((l.n_params(), l.whole(Space::Params).size, l.whole(Space::State).size), (17, 24, 48));
        let runs = ends(&l, MODEL);
        assert_eq!(runs, [(0, 21)], "neighbours are one range");
        assert!(l.group(FROZEN).runs.is_empty());
    }

    #[test]
    fn groups_leave_out_what_is_frozen_between_them() {
        let mut g = graph(&[("u", 5)]);
        let first = g.values.len();
        g.param("v".into(), &[2], ParamInit::Fill(1.0), true);
        g.freeze(first);
        g.param("w".into(), &[7], ParamInit::Fill(1.0), true);
        let l = Layout::of([&g], 1);
        assert_eq!((ends(&l, MODEL), ends(&l, FROZEN)), (vec![(0, 5), (12, 19)], vec![(8, 10)]));
        assert_eq!((l.group(MODEL).numbers(), l.n_params()), (12, 14));
    }
}
