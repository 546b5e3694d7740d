//! The learning rate over a change of optimizer: one that the learner chose stays, one that nobody chose gives way to the
//! usual one, and either is said.
//!
//! Not responsible for the other numbers of an optimizer (`adapt.rs`) nor for the words.

use super::State;
use super::adapt::is_related;
use crate::spec::{Experiment, Field, OptimizerKind, OptimizerSpec, preset};
use std::rc::Rc;

/// Most rates that are remembered as the learner's own.
const OWN_MAX: usize = 100;
/// Rates closer than this share of each other are one.
const SAME: f64 = 1e-9;

/// What became of the rate when another optimizer was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct RateNote {
    /// The optimizer as it was then: once it is changed there is nothing more to say.
    pub optimizer: OptimizerSpec,
    /// The rate before.
    pub before: f64,
    /// The usual rate for this optimizer on these data.
    pub usual: f64,
}

impl RateNote {
    /// Whether the rate is what it was.
    pub fn kept(&self) -> bool {
        is_same(self.before, self.optimizer.get(Field::Lr))
    }
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * a.abs().max(b.abs())
}

/// The usual rate of an optimizer on the experiment's data: the ready experiment's where that has a related one, else the
/// optimizer's own default.
pub fn usual(e: &Experiment, kind: OptimizerKind) -> f64 {
    let ready = preset::for_data(e.data.clone(), e.seed).optimizer;
    if is_related(ready.kind, kind) { ready.get(Field::Lr) } else { OptimizerSpec::new(kind).get(Field::Lr) }
}

/// Whether the rate in force is the learner's own: typed in this session, or written into a file or link by somebody.
pub(super) fn is_own(s: &State) -> bool {
    let o = &s.edit.experiment.optimizer;
    let rate = o.get(Field::Lr);
    let is_default = || {
        OptimizerKind::ALL
            .iter()
            .filter(|k| is_related(o.kind, **k))
            .any(|k| is_same(rate, usual(&s.edit.experiment, *k)))
    };
    s.edit.own_rates.iter().any(|own| is_same(*own, rate)) || !is_default()
}

/// The learner has set the optimizer's numbers: a rate that changed is her own from now on.
pub(super) fn set(s: &mut State, to: &OptimizerSpec) {
    let rate = to.get(Field::Lr);
    if !is_same(rate, s.edit.experiment.optimizer.get(Field::Lr)) {
        let own = Rc::make_mut(&mut s.edit.own_rates);
        own.retain(|r| !is_same(*r, rate));
        own.push(rate);
        let extra = own.len().saturating_sub(OWN_MAX);
        own.drain(..extra);
    }
}

/// What is to be said when `to` takes the place of the optimizer in force; nothing where the rate is as usual.
pub(super) fn note(s: &State, to: &OptimizerSpec) -> Option<RateNote> {
    let now = &s.edit.experiment.optimizer;
    let (before, after) = (now.get(Field::Lr), to.get(Field::Lr));
    let usual = usual(&s.edit.experiment, to.kind);
    let is_news = !is_same(before, after) || !is_same(after, usual);
    (is_news && !is_related(now.kind, to.kind)).then(|| RateNote { optimizer: to.clone(), before, usual })
}
