//! The optimizer's numbers at one step, and the counters they come from.
//!
//! Not responsible for the update itself: that is the kernels', one file per optimizer.

use super::schedule::Plateau;
use super::{adadelta, adagrad, adam, adamw, lion, nadam, rmsprop, sgd};
use crate::spec::schedule_rate::powi;
use crate::spec::{Field, OptimizerKind, OptimizerSpec, lr_at};

/// The update rule. The spec's `momentum` and `nesterov` are [`Kind::Sgd`] with numbers of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each is documented in its file
pub enum Kind {
    Sgd,
    Adagrad,
    Rmsprop,
    Adadelta,
    Adam,
    Adamw,
    Nadam,
    Lion,
}

impl Kind {
    /// Every rule; the place in this list stands in checkpoints.
    pub const ALL: [Kind; 8] =
        [Kind::Sgd, Kind::Adagrad, Kind::Rmsprop, Kind::Adadelta, Kind::Adam, Kind::Adamw, Kind::Nadam, Kind::Lion];

    /// The rule behind a name in the spec.
    pub fn of(kind: OptimizerKind) -> Kind {
        match kind {
            OptimizerKind::Sgd | OptimizerKind::Momentum | OptimizerKind::Nesterov => Kind::Sgd,
            OptimizerKind::Adagrad => Kind::Adagrad,
            OptimizerKind::Rmsprop => Kind::Rmsprop,
            OptimizerKind::Adadelta => Kind::Adadelta,
            OptimizerKind::Adam => Kind::Adam,
            OptimizerKind::Adamw => Kind::Adamw,
            OptimizerKind::Nadam => Kind::Nadam,
            OptimizerKind::Lion => Kind::Lion,
        }
    }

    /// PyTorch's names of the numbers of state, slot after slot.
    pub fn state_names(self) -> &'static [&'static str] {
        match self {
            Kind::Sgd => &["momentum_buffer"],
            Kind::Adagrad => &["sum"],
            Kind::Rmsprop => &["square_avg", "grad_avg", "momentum_buffer"],
            Kind::Adadelta => &["square_avg", "acc_delta"],
            Kind::Adam | Kind::Adamw | Kind::Nadam => &["exp_avg", "exp_avg_sq"],
            Kind::Lion => &["exp_avg"],
        }
    }

    /// How many numbers of state each parameter has. It depends on the kind alone, so that every other number can
    /// change while training.
    pub fn state_slots(self) -> usize {
        match self {
            Kind::Sgd => sgd::STATE_SLOTS,
            Kind::Adagrad => adagrad::STATE_SLOTS,
            Kind::Rmsprop => rmsprop::STATE_SLOTS,
            Kind::Adadelta => adadelta::STATE_SLOTS,
            Kind::Adam => adam::STATE_SLOTS,
            Kind::Adamw => adamw::STATE_SLOTS,
            Kind::Nadam => nadam::STATE_SLOTS,
            Kind::Lion => lion::STATE_SLOTS,
        }
    }
}

/// Everything a kernel needs at one step. Fields a kind has not are 0 or off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hyper {
    /// The update rule.
    pub kind: Kind,
    /// Which update of this state it is, from 1.
    pub t: u64,
    /// Learning rate after the schedule.
    pub lr: f64,
    /// `lr` with the kind's own correction: adam and adamw `lr/(1−β₁ᵗ)`, adagrad `lr/(1+(t−1)·lr_decay)`, else `lr`.
    pub step_size: f64,
    /// SGD's and RMSprop's momentum.
    pub momentum: f64,
    /// SGD's look-ahead.
    pub nesterov: bool,
    /// Smoothing of the gradient.
    pub beta1: f64,
    /// Smoothing of the squared gradient (Lion: of the momentum kept).
    pub beta2: f64,
    /// `√(1−β₂ᵗ)`.
    pub sqrt_bias2: f64,
    /// NAdam's factor on the gradient, `lr·(1−μₜ)/(1−Πₜ)`.
    pub rate_gradient: f64,
    /// NAdam's factor on the momentum, `lr·μₜ₊₁/(1−Πₜ₊₁)`.
    pub rate_momentum: f64,
    /// RMSprop's smoothing.
    pub alpha: f64,
    /// RMSprop: subtract the squared mean.
    pub centered: bool,
    /// Adadelta's smoothing.
    pub rho: f64,
    /// Added to the denominator.
    pub eps: f64,
    /// Weight decay.
    pub weight_decay: f64,
    /// Adagrad's start of the sum of squares.
    pub initial_accumulator: f64,
    /// Cut gradients by value.
    pub clip_value: Option<f64>,
    /// Cut the gradient by norm.
    pub clip_norm: Option<f64>,
}

/// How far training is; part of a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Updates made; what schedules count.
    pub t: u64,
    /// Updates made when the state was fresh: 0, or when another rule took over. Bias corrections count from here.
    pub since: u64,
    /// NAdam's Πₜ.
    pub mu_product: f64,
    /// What the plateau schedule remembers.
    pub plateau: Plateau,
}

impl Default for Progress {
    fn default() -> Self {
        Progress { t: 0, since: 0, mu_product: 1.0, plateau: Plateau::default() }
    }
}

impl Progress {
    /// Number of words in [`Progress::words`].
    pub const WORDS: usize = 7;

    /// Bit-exact form for checkpoints.
    pub fn words(&self) -> [u64; Self::WORDS] {
        let p = &self.plateau;
        [self.t, self.since, self.mu_product.to_bits(), p.best.to_bits(), p.bad, p.cooldown, p.scale.to_bits()]
    }

    /// Reads [`Progress::words`] back.
    pub fn from_words(w: [u64; Self::WORDS]) -> Self {
        let plateau = Plateau { best: f64::from_bits(w[3]), bad: w[4], cooldown: w[5], scale: f64::from_bits(w[6]) };
        // A block of bytes from outside must not make the count of own updates negative.
        Progress { t: w[0], since: w[1].min(w[0]), mu_product: f64::from_bits(w[2]), plateau }
    }
}

/// A spec with its progress: gives the [`Hyper`] of one step after the other.
#[derive(Clone, Debug)]
pub struct Optimizer {
    spec: OptimizerSpec,
    /// Looked up once per spec, because a step must not allocate.
    base: Base,
    /// How far training is.
    pub progress: Progress,
}

#[derive(Clone, Copy, Debug)]
struct Base {
    hyper: Hyper,
    lr: f64,
    lr_decay: f64,
    momentum_decay: f64,
}

impl Optimizer {
    /// An optimizer before its first step.
    pub fn new(spec: &OptimizerSpec) -> Self {
        Optimizer { spec: spec.clone(), base: Base::of(spec), progress: Progress::default() }
    }

    /// Takes new numbers and keeps the progress. State may be kept when the rule ([`Kind`]) is the same; else
    /// [`Optimizer::start_afresh`] goes with a fresh one.
    pub fn set_spec(&mut self, spec: &OptimizerSpec) {
        self.spec = spec.clone();
        self.base = Base::of(spec);
    }

    /// The state is fresh from here on. Schedules go on: they count the run's steps (PyTorch: a new optimizer handed to
    /// the old run's scheduler).
    pub fn start_afresh(&mut self) {
        self.progress.since = self.progress.t;
        self.progress.mu_product = 1.0;
    }

    /// The spec in force.
    pub fn spec(&self) -> &OptimizerSpec {
        &self.spec
    }

    /// The update rule.
    pub fn kind(&self) -> Kind {
        self.base.hyper.kind
    }

    /// The learning rate that the next step will use.
    pub fn lr(&self) -> f64 {
        let now = match &self.spec.schedule {
            Some(schedule) => lr_at(schedule, self.base.lr, self.progress.t),
            None => self.base.lr,
        };
        now * self.progress.plateau.scale
    }

    /// Numbers that do not depend on the step, for [`super::reset`].
    pub fn constants(&self) -> &Hyper {
        &self.base.hyper
    }

    /// Counts one step and gives its numbers.
    pub fn advance(&mut self) -> Hyper {
        let lr = self.lr();
        self.progress.t += 1;
        let t = self.progress.t - self.progress.since;
        let mut h = Hyper { t, lr, step_size: lr, ..self.base.hyper };
        match h.kind {
            Kind::Adam | Kind::Adamw => {
                h.step_size = lr / (1.0 - powi(h.beta1, t));
                h.sqrt_bias2 = (1.0 - powi(h.beta2, t)).sqrt();
            }
            Kind::Adagrad => h.step_size = lr / (1.0 + (t - 1) as f64 * self.base.lr_decay),
            Kind::Nadam => {
                let mu = |t: f64| h.beta1 * (1.0 - 0.5 * 0.96f64.powf(t * self.base.momentum_decay));
                let (now, next) = (mu(t as f64), mu(t as f64 + 1.0));
                self.progress.mu_product *= now;
                let product = self.progress.mu_product;
                h.rate_gradient = lr * (1.0 - now) / (1.0 - product);
                h.rate_momentum = lr * next / (1.0 - product * next);
                h.sqrt_bias2 = (1.0 - powi(h.beta2, t)).sqrt();
            }
            Kind::Sgd | Kind::Rmsprop | Kind::Adadelta | Kind::Lion => {}
        }
        h
    }

    /// Lets a plateau schedule look at the loss; other schedules ignore it.
    pub fn observe(&mut self, loss: f64) {
        if let Some(schedule) = &self.spec.schedule {
            self.progress.plateau.observe(schedule, self.base.lr, loss);
        }
    }
}

impl Base {
    fn of(spec: &OptimizerSpec) -> Base {
        let get = |field| spec.get(field);
        let lr = get(Field::Lr);
        let hyper = Hyper {
            kind: Kind::of(spec.kind),
            t: 0,
            lr,
            step_size: lr,
            momentum: get(Field::Momentum),
            nesterov: spec.kind == OptimizerKind::Nesterov || get(Field::Nesterov) != 0.0,
            beta1: get(Field::Beta1),
            beta2: get(Field::Beta2),
            sqrt_bias2: 1.0,
            rate_gradient: 0.0,
            rate_momentum: 0.0,
            alpha: get(Field::Alpha),
            centered: get(Field::Centered) != 0.0,
            rho: get(Field::Rho),
            eps: get(Field::Eps),
            weight_decay: get(Field::WeightDecay),
            initial_accumulator: get(Field::InitialAccumulator),
            clip_value: spec.clip_value,
            clip_norm: spec.clip_norm,
        };
        Base { hyper, lr, lr_decay: get(Field::LrDecay), momentum_decay: get(Field::MomentumDecay) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::optim::{reset, step};
    use crate::spec::Schedule;

    #[test]
    fn every_kind_finds_the_bottom_of_a_bowl() {
        for kind in OptimizerKind::ALL {
            let mut spec = OptimizerSpec::new(kind);
            spec.lr = Some(if kind == OptimizerKind::Adadelta { 20.0 } else { 0.03 });
            let mut opt = Optimizer::new(&spec);
            let mut p = [1.0f32, -2.0, 3.0];
            let mut state = vec![9.0; 3 * opt.kind().state_slots()];
            reset(&mut state, opt.constants());
            for _ in 0..800 {
                let g = [p[0], 2.0 * p[1], 0.5 * p[2]];
                let h = opt.advance();
                step(&mut p, &g, &mut state, &h);
            }
            let far = p.iter().fold(0.0f32, |a, x| a.max(x.abs()));
            // Adagrad slows down on purpose; Adadelta circles the bottom at a distance.
            let near = match kind {
                OptimizerKind::Adagrad => 2.5,
                OptimizerKind::Adadelta => 0.5,
                _ => 0.2,
            };
            assert!(far < near, "{kind:?}: {p:?}");
        }
    }

    #[test]
    fn progress_survives_its_words_and_continues_alike() {
        let mut spec = OptimizerSpec::new(OptimizerKind::Nadam);
        spec.schedule = Schedule::from_name("plateau");
        let mut a = Optimizer::new(&spec);
        for i in 0..50 {
            a.advance();
            a.observe(1.0 + f64::from(i % 3));
        }
        let mut b = Optimizer::new(&spec);
        b.progress = Progress::from_words(a.progress.words());
        assert_eq!(a.advance(), b.advance());
        assert!(a.progress.plateau.scale < 1.0, "the plateau must have been noticed");
        assert_eq!(Progress::from_words(Progress::default().words()), Progress::default());
    }
}
