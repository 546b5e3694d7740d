//! A card that trains and a processor that looks: an executor whose calls go to the processor, but for bursts of steps.
//!
//! What is looked at (frames, measurements, checkpoints, weights edited by hand) is always the processor's memory, which
//! becomes the card's after every burst. Not responsible for how long a burst is (`worker::run`).

use super::WebGpu;
use super::read_back::Answer;
use crate::backend::simd::Simd;
use crate::backend::webgpu::device::Device;
use crate::backend::webgpu::kernel::{Arena, Place};
use crate::backend::webgpu::kernels::memory;
use crate::backend::webgpu::ops::KEPT_AT;
use crate::engine::draws::Draws;
use crate::engine::exec::{At, Card, Executor, Fault, KEPT_MAX, Penalty, PlanId, Reduction, Ticket};
use crate::engine::graph::{GroupId, Layout, Loc, Plan, Space};
use crate::engine::host::Host;
use crate::engine::optim::Hyper;
use std::rc::Rc;

/// Spaces that all plans share and a run keeps.
const KEPT: [Space; 3] = [Space::Params, Space::State, Space::Buffers];

/// See the module.
#[derive(Debug)]
pub struct Pair {
    processor: Simd,
    card: WebGpu,
    layout: Rc<Layout>,
    plans: Vec<Rc<Plan>>,
    /// Plans that learn: the card has room for no others.
    learning: Vec<usize>,
    /// The processor's memory has changed since the card had it.
    stale: bool,
    in_burst: bool,
    /// Whether the burst ends with all that looks read.
    whole: bool,
    kept: usize,
    /// What was kept, and then every arena.
    answer: Option<Answer>,
    params: Option<Answer>,
    numbers: Vec<f32>,
    /// Why the card does not run these plans.
    refused: Option<Fault>,
}

impl Pair {
    /// A pair with this card.
    pub fn new(gpu: Rc<Device>) -> Pair {
        Pair {
            processor: Simd::new(),
            card: WebGpu::on(gpu),
            layout: Rc::default(),
            plans: Vec::new(),
            learning: Vec::new(),
            stale: true,
            in_burst: false,
            whole: true,
            kept: 0,
            answer: None,
            params: None,
            numbers: Vec::new(),
            refused: None,
        }
    }

    /// Every place that the processor gets back after a burst.
    fn places(&self) -> Vec<At> {
        let kept = KEPT.map(|space| (0, self.layout.whole(space)));
        let own = self.learning.iter().map(|plan| {
            let size = self.plans[*plan].values_len;
            (*plan, Loc { space: Space::Values, off: 0, size, batched: false })
        });
        let seen = std::iter::once((0, self.layout.whole(Space::Grads))).chain(own).filter(|_| self.whole);
        kept.into_iter().chain(seen).map(|(plan, loc)| At { plan: PlanId(plan), loc, rows: 0 }).collect()
    }

    fn touch(&mut self, at: At) {
        self.stale |= KEPT.contains(&at.loc.space);
    }
}

/// A plan that moves parameters.
fn learns(plan: &Plan) -> bool {
    !plan.backward.is_empty() && plan.grads.iter().flatten().any(|g| g.space == Space::Grads)
}

impl Executor<f32> for Pair {
    fn name(&self) -> &'static str {
        if self.in_burst || (self.refused.is_none() && self.card.fault().is_none()) { "webgpu" } else { "simd" }
    }

    fn prepare(&mut self, layout: Rc<Layout>, plans: Vec<Rc<Plan>>) {
        self.processor.prepare(layout.clone(), plans.clone());
        // The session's own two places for plans that learn; whatever else has gradients is only looked at.
        self.learning = [0, 3].into_iter().filter(|i| plans.get(*i).is_some_and(|p| learns(p))).collect();
        let nothing = Rc::new(Plan::new(Default::default(), &layout, 1, crate::engine::graph::Gradients::None));
        let own =
            |(i, plan): (usize, &Rc<Plan>)| if self.learning.contains(&i) { plan.clone() } else { nothing.clone() };
        let for_card = plans.iter().enumerate().map(own).collect();
        self.refused = self.card.try_prepare(layout.clone(), for_card).err();
        (self.layout, self.plans, self.stale) = (layout, plans, true);
    }

    fn write(&mut self, at: At, numbers: &[f32]) {
        if self.in_burst {
            return self.card.write(at, numbers);
        }
        self.touch(at);
        self.processor.write(at, numbers);
    }

    fn fill(&mut self, at: At, number: f32) {
        if self.in_burst {
            return self.card.fill(at, number);
        }
        self.touch(at);
        self.processor.fill(at, number);
    }

    fn forward(&mut self, plan: PlanId, rows: usize, draws: Draws) {
        if self.in_burst {
            return self.card.forward(plan, rows, draws);
        }
        // Running statistics.
        self.stale |= self.learning.contains(&plan.0);
        self.processor.forward(plan, rows, draws);
    }

    fn backward(&mut self, plan: PlanId, rows: usize, from: usize) {
        if self.in_burst { self.card.backward(plan, rows, from) } else { self.processor.backward(plan, rows, from) }
    }

    fn update(&mut self, group: GroupId, penalty: &Penalty, hyper: &Hyper) {
        if self.in_burst {
            return self.card.update(group, penalty, hyper);
        }
        self.stale = true;
        self.processor.update(group, penalty, hyper);
    }

    fn clamp(&mut self, at: At, bound: f32) {
        if self.in_burst {
            return self.card.clamp(at, bound);
        }
        self.touch(at);
        self.processor.clamp(at, bound);
    }

    fn blend(&mut self, from: GroupId, to: GroupId, keep: f32) {
        if self.in_burst {
            return self.card.blend(from, to, keep);
        }
        self.stale = true;
        self.processor.blend(from, to, keep);
    }

    fn reduce(&mut self, of: &[(At, Reduction)]) -> Ticket {
        self.processor.reduce(of)
    }

    fn read(&mut self, of: &[At]) -> Ticket {
        self.processor.read(of)
    }

    fn take(&mut self, ticket: Ticket) -> Option<Vec<f32>> {
        self.processor.take(ticket)
    }

    fn host(&self) -> &Host<f32> {
        self.processor.host()
    }

    fn card(&mut self) -> Option<&mut dyn Card<f32>> {
        (self.in_burst || (self.refused.is_none() && self.card.fault().is_none())).then_some(self)
    }

    fn fault(&self) -> Option<Fault> {
        self.refused.clone().or_else(|| self.card.fault())
    }
}

impl Card<f32> for Pair {
    fn begin(&mut self) {
        if self.stale {
            for at in KEPT.map(|space| At { plan: PlanId(0), loc: self.layout.whole(space), rows: 0 }) {
                self.card.write(at, self.processor.host().get(at));
            }
            self.stale = false;
        }
        self.card.open();
        (self.in_burst, self.kept) = (true, 0);
    }

    fn hold(&mut self, inputs: &[f32], targets: &[f32]) -> bool {
        self.card.hold(inputs, targets)
    }

    fn gather(&mut self, rows: &[u32], inputs: At, targets: At) {
        self.card.gather(rows, inputs, targets);
    }

    fn keep(&mut self, of: &[At]) {
        for at in of.iter().take(KEPT_MAX - self.kept.min(KEPT_MAX)) {
            let to = Place { arena: Arena::Ctl, off: KEPT_AT + self.kept };
            self.card.run(at.plan.0, &memory::copy(at.loc.into(), to, 1));
            self.kept += 1;
        }
    }

    fn keep_params(&mut self) {
        let at = At { plan: PlanId(0), loc: self.layout.whole(Space::Params), rows: 0 };
        let block = self.card.block(&at);
        self.params = self.card.send_for(&[block]);
    }

    fn end(&mut self, whole: bool) {
        self.whole = whole;
        let kept = (self.card.arenas.buffer(Arena::Ctl, 0), KEPT_AT as u64 * 4, self.kept as u64 * 4);
        let places = self.places();
        let all: Vec<_> = std::iter::once(kept).chain(places.iter().map(|at| self.card.block(at))).collect();
        self.answer = self.card.send_for(&all);
    }

    fn landed(&mut self) -> Option<Result<Vec<f32>, Fault>> {
        let there = self.answer.as_ref().is_some_and(|answer| self.card.is_there(answer));
        if !there && self.card.fault().is_none() {
            return None;
        }
        match self.answer.take().and_then(|answer| self.card.numbers(&answer)) {
            Some(numbers) => {
                let kept = numbers[..self.kept].to_vec();
                self.numbers = numbers;
                Some(Ok(kept))
            }
            None => {
                (self.in_burst, self.stale, self.params) = (false, true, None);
                self.card.gpu.fail(Fault::Silent);
                Some(Err(self.card.fault().unwrap_or(Fault::Silent)))
            }
        }
    }

    fn accept(&mut self) -> Option<Vec<f32>> {
        self.in_burst = false;
        let numbers = std::mem::take(&mut self.numbers);
        let mut from = self.kept;
        for at in self.places() {
            self.processor.write(at, &numbers[from..from + at.loc.size]);
            from += at.loc.size;
        }
        // It was sent for before what has arrived.
        self.params.take().and_then(|answer| self.card.numbers(&answer))
    }

    fn refuse(&mut self) {
        (self.in_burst, self.stale, self.params) = (false, true, None);
        self.numbers.clear();
    }
}
