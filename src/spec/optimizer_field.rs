//! The numbers and switches an optimizer has, with defaults and ranges: what a form needs to build its controls.
//!
//! Not responsible for holding values: `spec::optimizer` does.

use super::optimizer::OptimizerKind;

/// One number or switch of an optimizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `lr`.
    Lr,
    /// `momentum`.
    Momentum,
    /// `nesterov`, a switch.
    Nesterov,
    /// The first of `betas`.
    Beta1,
    /// The second of `betas`.
    Beta2,
    /// `alpha`, RMSprop's smoothing.
    Alpha,
    /// `rho`, Adadelta's smoothing.
    Rho,
    /// `eps`.
    Eps,
    /// `centered`, a switch.
    Centered,
    /// `weight_decay`.
    WeightDecay,
    /// `lr_decay`.
    LrDecay,
    /// `initial_accumulator_value`.
    InitialAccumulator,
    /// `momentum_decay`.
    MomentumDecay,
}

/// What a control for a [`Field`] needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldInfo {
    /// Which field.
    pub field: Field,
    /// Value when left out (switches: 0 or 1).
    pub default: f64,
    /// Smallest allowed.
    pub min: f64,
    /// Largest allowed.
    pub max: f64,
}

// A β of 1 never forgets, and its bias correction divides by zero.
const BETA_MAX: f64 = 0.999_999;
// Below this, eps² and eps vanish in f32 and 0/0 appears for parameters without gradient.
const EPS_MIN: f64 = 1e-15;

impl OptimizerKind {
    /// Every field this kind has, with default and range; `lr` first.
    pub fn fields(self) -> Vec<FieldInfo> {
        let f = |field: Field, default: f64| {
            let (min, max) = field.range();
            FieldInfo { field, default, min, max }
        };
        let decay = f(Field::WeightDecay, 0.0);
        let adam = |lr, beta1, beta2| [f(Field::Lr, lr), f(Field::Beta1, beta1), f(Field::Beta2, beta2)];
        let eps = f(Field::Eps, 1e-8);
        match self {
            OptimizerKind::Sgd => {
                vec![f(Field::Lr, 0.01), f(Field::Momentum, 0.0), f(Field::Nesterov, 0.0), decay]
            }
            OptimizerKind::Momentum | OptimizerKind::Nesterov => {
                vec![f(Field::Lr, 0.01), f(Field::Momentum, 0.9), decay]
            }
            OptimizerKind::Adagrad => vec![
                f(Field::Lr, 0.01),
                f(Field::LrDecay, 0.0),
                f(Field::InitialAccumulator, 0.0),
                f(Field::Eps, 1e-10),
                decay,
            ],
            OptimizerKind::Rmsprop => vec![
                f(Field::Lr, 0.01),
                f(Field::Alpha, 0.99),
                f(Field::Momentum, 0.0),
                f(Field::Centered, 0.0),
                eps,
                decay,
            ],
            OptimizerKind::Adadelta => vec![f(Field::Lr, 1.0), f(Field::Rho, 0.9), f(Field::Eps, 1e-6), decay],
            OptimizerKind::Adam => [&adam(0.001, 0.9, 0.999)[..], &[eps, decay]].concat(),
            OptimizerKind::Adamw => [&adam(0.001, 0.9, 0.999)[..], &[eps, f(Field::WeightDecay, 0.01)]].concat(),
            OptimizerKind::Nadam => {
                [&adam(0.002, 0.9, 0.999)[..], &[f(Field::MomentumDecay, 0.004), eps, decay]].concat()
            }
            OptimizerKind::Lion => [&adam(0.0001, 0.9, 0.99)[..], &[decay]].concat(),
        }
    }
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 13] = [
        Field::Lr,
        Field::Momentum,
        Field::Nesterov,
        Field::Beta1,
        Field::Beta2,
        Field::Alpha,
        Field::Rho,
        Field::Eps,
        Field::Centered,
        Field::WeightDecay,
        Field::LrDecay,
        Field::InitialAccumulator,
        Field::MomentumDecay,
    ];

    /// The JSON name; the two betas are `betas[0]` and `betas[1]`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Lr => "lr",
            Field::Momentum => "momentum",
            Field::Nesterov => "nesterov",
            Field::Beta1 => "betas[0]",
            Field::Beta2 => "betas[1]",
            Field::Alpha => "alpha",
            Field::Rho => "rho",
            Field::Eps => "eps",
            Field::Centered => "centered",
            Field::WeightDecay => "weight_decay",
            Field::LrDecay => "lr_decay",
            Field::InitialAccumulator => "initial_accumulator_value",
            Field::MomentumDecay => "momentum_decay",
        }
    }

    /// Whether it is on or off rather than a number.
    pub fn is_switch(self) -> bool {
        matches!(self, Field::Nesterov | Field::Centered)
    }

    /// Smallest and largest value allowed.
    pub fn range(self) -> (f64, f64) {
        match self {
            Field::Lr | Field::InitialAccumulator => (0.0, 100.0),
            Field::Momentum | Field::Alpha | Field::Rho | Field::Nesterov | Field::Centered => (0.0, 1.0),
            Field::Beta1 | Field::Beta2 => (0.0, BETA_MAX),
            Field::Eps => (EPS_MIN, 1.0),
            Field::WeightDecay | Field::LrDecay | Field::MomentumDecay => (0.0, 10.0),
        }
    }
}
