//! A processor's memory: every arena of a run, and what executors on a processor do alike.
//!
//! Whoever looks gets blocks by their place; whole arenas are for executors only (`tests/it/tidy.rs`). Not responsible for
//! running plans.

use super::exec::{At, PlanId, Reduction, Ticket};
use super::graph::layout::{GroupId, Layout};
use super::graph::{Loc, Plan, Space};
use super::real::Real;
use std::collections::BTreeMap;
use std::rc::Rc;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Host<T> {
    layout: Rc<Layout>,
    plans: Vec<Rc<Plan>>,
    params: Vec<T>,
    grads: Vec<T>,
    state: Vec<T>,
    buffers: Vec<T>,
    /// One arena a plan.
    values: Vec<Vec<T>>,
    /// Answers that nobody has taken yet.
    answers: BTreeMap<Ticket, Vec<T>>,
    asked: u64,
}

/// All arenas that one plan works on.
pub struct Arenas<'a, T> {
    /// Parameters.
    pub params: &'a mut [T],
    /// Their gradients, same layout.
    pub grads: &'a mut [T],
    /// Optimizer state: slots of the length of `params`, one after another.
    pub state: &'a mut [T],
    /// Running statistics and the like.
    pub buffers: &'a mut [T],
    /// The plan's own.
    pub values: &'a mut [T],
}

impl<T> Arenas<'_, T> {
    fn arena(&mut self, space: Space) -> &mut [T] {
        match space {
            Space::Params => self.params,
            Space::Grads => self.grads,
            Space::State => self.state,
            Space::Buffers => self.buffers,
            Space::Values => self.values,
        }
    }

    /// The numbers at `loc` for a batch of `rows`.
    pub fn get(&self, loc: Loc, rows: usize) -> &[T] {
        let arena: &[T] = match loc.space {
            Space::Params => self.params,
            Space::Grads => self.grads,
            Space::State => self.state,
            Space::Buffers => self.buffers,
            Space::Values => self.values,
        };
        &arena[loc.off..loc.off + loc.len(rows)]
    }

    /// The same, to write.
    pub fn get_mut(&mut self, loc: Loc, rows: usize) -> &mut [T] {
        &mut self.arena(loc.space)[loc.off..loc.off + loc.len(rows)]
    }
}

impl<T: Real> Host<T> {
    /// Makes room for these plans. Numbers stay where an arena keeps its length; a new one is zero.
    pub fn prepare(&mut self, layout: Rc<Layout>, plans: Vec<Rc<Plan>>) {
        let fit = |arena: &mut Vec<T>, n: usize| {
            if arena.len() != n {
                *arena = vec![T::ZERO; n];
            }
        };
        for (arena, space) in [
            (&mut self.params, Space::Params),
            (&mut self.grads, Space::Grads),
            (&mut self.state, Space::State),
            (&mut self.buffers, Space::Buffers),
        ] {
            fit(arena, layout.whole(space).size);
        }
        self.values.resize_with(plans.len(), Vec::new);
        self.values.iter_mut().zip(&plans).for_each(|(arena, plan)| fit(arena, plan.values_len));
        (self.layout, self.plans) = (layout, plans);
    }

    /// The plan of that number.
    pub fn plan(&self, id: PlanId) -> Rc<Plan> {
        self.plans[id.0].clone()
    }

    /// Where everything is.
    pub fn layout(&self) -> Rc<Layout> {
        self.layout.clone()
    }

    /// The numbers at a place.
    pub fn get(&self, at: At) -> &[T] {
        let arena: &[T] = match at.loc.space {
            Space::Params => &self.params,
            Space::Grads => &self.grads,
            Space::State => &self.state,
            Space::Buffers => &self.buffers,
            Space::Values => &self.values[at.plan.0],
        };
        &arena[at.loc.off..at.loc.off + at.loc.len(at.rows)]
    }

    /// What an executor works on.
    pub fn arenas(&mut self, plan: PlanId) -> Arenas<'_, T> {
        Arenas {
            params: &mut self.params,
            grads: &mut self.grads,
            state: &mut self.state,
            buffers: &mut self.buffers,
            values: self.values.get_mut(plan.0).map_or(&mut [], Vec::as_mut_slice),
        }
    }

    /// Replaces the numbers at a place.
    ///
    /// # Panics
    /// If there are more or fewer.
    pub fn write(&mut self, at: At, numbers: &[T]) {
        self.arenas(at.plan).get_mut(at.loc, at.rows).copy_from_slice(numbers);
    }

    /// Makes them all the same.
    pub fn fill(&mut self, at: At, number: T) {
        self.arenas(at.plan).get_mut(at.loc, at.rows).fill(number);
    }

    /// Brings them within ±`bound`; what is no number stays none.
    pub fn clamp(&mut self, at: At, bound: f32) {
        let (low, high) = (T::from_f64(f64::from(-bound)), T::from_f64(f64::from(bound)));
        for x in self.arenas(at.plan).get_mut(at.loc, at.rows) {
            if *x < low {
                *x = low;
            } else if *x > high {
                *x = high;
            }
        }
    }

    /// `to = keep·to + (1 − keep)·from`, parameter by parameter.
    ///
    /// # Panics
    /// If the groups are of different sizes.
    pub fn blend(&mut self, from: GroupId, to: GroupId, keep: f32) {
        let layout = self.layout();
        let (from, to) = (layout.group(from), layout.group(to));
        assert_eq!(from.numbers(), to.numbers(), "groups of different sizes");
        let (keep, fresh) = (T::from_f64(f64::from(keep)), T::from_f64(1.0 - f64::from(keep)));
        let places = from.runs.iter().cloned().flatten().zip(to.runs.iter().cloned().flatten());
        for (from, to) in places {
            self.params[to] = keep * self.params[to] + fresh * self.params[from];
        }
    }

    /// One number for each place, there at once.
    pub fn reduce(&mut self, of: &[(At, Reduction)]) -> Ticket {
        let one = |(at, how): &(At, Reduction)| {
            let numbers = self.get(*at);
            match how {
                Reduction::SumSquares => T::from_f64(numbers.iter().map(|x| x.to_f64() * x.to_f64()).sum()),
                Reduction::Finite => T::from_f64(f64::from(u8::from(numbers.iter().all(|x| x.is_finite())))),
            }
        };
        let answer = of.iter().map(one).collect();
        self.answer(answer)
    }

    /// The numbers at these places, one place after another, there at once.
    pub fn read(&mut self, of: &[At]) -> Ticket {
        let answer = of.iter().flat_map(|at| self.get(*at)).copied().collect();
        self.answer(answer)
    }

    /// What was asked for with a ticket, once.
    pub fn take(&mut self, ticket: Ticket) -> Option<Vec<T>> {
        self.answers.remove(&ticket)
    }

    fn answer(&mut self, answer: Vec<T>) -> Ticket {
        self.asked += 1;
        let ticket = Ticket(self.asked);
        self.answers.insert(ticket, answer);
        ticket
    }
}
