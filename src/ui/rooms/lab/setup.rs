//! What the learner chooses in the laboratory: one set-up a side, data and seed for both; and the experiment it makes.
//!
//! Every hidden layer is the same block, so that what happens from layer to layer is the only thing that varies. Not
//! responsible for the address (`address.rs`).

use crate::spec::experiment::{TrainingSpec, VERSION};
use crate::spec::model::{Dense, Empty, Residual};
use crate::spec::{
    Activation, Backend, DataSpec, Experiment, Init, Layer, LayerKind, ModelSpec, OptimizerKind, OptimizerSpec,
    TaskKind, TaskSpec,
};

/// Data sets offered: those of the plane are there at once, the others fetch files. All are classes.
pub const SETS: [&str; 15] = [
    "circle",
    "spiral",
    "xor",
    "moons",
    "gauss",
    "checkerboard",
    "rings",
    "iris",
    "penguins",
    "wine",
    "breast_cancer",
    "titanic",
    "digits8",
    "mnist",
    "fashion_mnist",
];
/// Deepest network.
pub const DEPTH_MAX: usize = 100;
/// Widest layer.
pub const WIDTH_MAX: usize = 512;
/// Samples a step.
pub const BATCH: usize = 64;
/// Largest seed, as in the playground.
pub const SEED_MAX: u32 = u32::MAX;

/// What stands before every hidden layer but the first, which sees the data as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Norm {
    /// Nothing.
    #[default]
    None,
    /// Batch normalisation (Ioffe and Szegedy 2015).
    Batch,
    /// Layer normalisation (Ba et al. 2016).
    Layer,
}

impl Norm {
    /// All, as menus show them.
    pub const ALL: [Norm; 3] = [Norm::None, Norm::Batch, Norm::Layer];

    /// The name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Norm::None => "none",
            Norm::Batch => "batch",
            Norm::Layer => "layer",
        }
    }
}

/// One side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setup {
    /// Hidden layers, 1–[`DEPTH_MAX`].
    pub depth: usize,
    /// Units of each, 1–[`WIDTH_MAX`].
    pub width: usize,
    /// Behind every hidden layer's sum.
    pub activation: Activation,
    /// How all weights start, the output's too.
    pub init: Init,
    /// Before every hidden layer but the first.
    pub norm: Norm,
    /// Whether every hidden layer but the first is added to its input (He et al. 2015) instead of replacing it.
    pub skip: bool,
    /// Largest norm of the whole gradient.
    pub clip: Option<f64>,
    /// The update rule.
    pub optimizer: OptimizerKind,
    /// Learning rate.
    pub lr: f64,
}

impl Default for Setup {
    fn default() -> Self {
        Setup {
            depth: 20,
            width: 32,
            activation: Activation::Tanh,
            init: Init::XavierNormal { gain: 1.0 },
            norm: Norm::None,
            skip: false,
            clip: None,
            optimizer: OptimizerKind::Adam,
            lr: 0.001,
        }
    }
}

/// What both sides have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// One of [`SETS`].
    pub set: &'static str,
    /// Seed of both.
    pub seed: u32,
}

impl Default for Shared {
    fn default() -> Self {
        Shared { set: SETS[0], seed: 7 }
    }
}

/// Which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Left.
    A,
    /// Right.
    B,
}

impl Which {
    /// Both, left to right.
    pub const BOTH: [Which; 2] = [Which::A, Which::B];

    /// The other one.
    pub fn other(self) -> Which {
        match self {
            Which::A => Which::B,
            Which::B => Which::A,
        }
    }

    /// 0 or 1.
    pub fn index(self) -> usize {
        match self {
            Which::A => 0,
            Which::B => 1,
        }
    }

    /// `a` or `b`, in addresses and test ids.
    pub fn letter(self) -> &'static str {
        match self {
            Which::A => "a",
            Which::B => "b",
        }
    }

    /// `A` or `B`.
    pub fn name(self) -> &'static str {
        match self {
            Which::A => "A",
            Which::B => "B",
        }
    }
}

/// Everything that is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Settings {
    /// Data and seed.
    pub shared: Shared,
    /// Left and right.
    pub sides: [Setup; 2],
}

impl Setup {
    /// The experiment that this is, on these data.
    pub fn experiment(&self, shared: Shared) -> Experiment {
        let data = DataSpec::of(shared.set);
        let info = data.info().ok();
        let mut layers: Vec<Layer> = Vec::new();
        if info.as_ref().is_some_and(|i| i.input.len() > 1) {
            layers.push(LayerKind::Flatten(Empty {}).into());
        }
        layers.push(self.dense(Some(self.width)));
        (1..self.depth).for_each(|_| layers.extend(self.block()));
        let output = Dense { units: None, activation: Activation::Linear, init: self.init, bias: None };
        layers.push(LayerKind::Dense(output).into());
        Experiment {
            gradarium: VERSION,
            seed: shared.seed,
            task: info.as_ref().map_or(TaskSpec { kind: TaskKind::Classification, loss: None }, TaskSpec::for_data),
            data,
            model: ModelSpec::of(layers),
            optimizer: OptimizerSpec { lr: Some(self.lr), clip_norm: self.clip, ..OptimizerSpec::new(self.optimizer) },
            optimizers: Default::default(),
            training: TrainingSpec { batch: BATCH, ..TrainingSpec::default() },
            backend: Backend::Auto,
        }
    }

    fn dense(&self, units: Option<usize>) -> Layer {
        LayerKind::Dense(Dense { units, activation: self.activation, init: self.init, bias: None }).into()
    }

    /// A hidden layer after the first: normalised input if wished, sum, activation; on top of its input if wished.
    fn block(&self) -> Vec<Layer> {
        let mut layers: Vec<Layer> = Vec::new();
        match self.norm {
            Norm::None => {}
            Norm::Batch => layers.push(LayerKind::BatchNorm(Empty {}).into()),
            Norm::Layer => layers.push(LayerKind::LayerNorm(Empty {}).into()),
        }
        layers.push(self.dense(Some(self.width)));
        if self.skip { vec![LayerKind::Residual(Residual { layers }).into()] } else { layers }
    }
}

/// Names of the outputs of all dense layers, hidden ones first to last and then the output: `layers.0`,
/// `layers.1.layers.1` …
pub fn dense_names(layers: &[Layer]) -> Vec<String> {
    fn walk(layers: &[Layer], prefix: &str, out: &mut Vec<String>) {
        for (i, layer) in layers.iter().enumerate() {
            let name = format!("{prefix}.{i}");
            walk(layer.kind.children(), &format!("{name}.layers"), out);
            if matches!(layer.kind, LayerKind::Dense(_)) {
                out.push(name);
            }
        }
    }
    let mut out = Vec::new();
    walk(layers, "layers", &mut out);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_choice_makes_an_experiment_without_problems() {
        for set in SETS {
            for norm in Norm::ALL {
                for (skip, depth) in [(false, 1), (true, 1), (false, 7), (true, DEPTH_MAX)] {
                    let setup = Setup { depth, norm, skip, width: 8, ..Setup::default() };
                    let exp = setup.experiment(Shared { set, seed: 1 });
                    assert_eq!(exp.problems(), vec![], "{set} {setup:?}");
                    assert_eq!(dense_names(&exp.model.layers).len(), depth + 1);
                }
            }
        }
    }

    #[test]
    fn the_largest_network_fits_into_memory() {
        let setup = Setup { depth: DEPTH_MAX, width: WIDTH_MAX, norm: Norm::Layer, skip: true, ..Setup::default() };
        assert_eq!(setup.experiment(Shared::default()).problems(), vec![]);
    }

    #[test]
    fn blocks_are_named_as_the_network_names_them() {
        let names = |norm, skip| {
            let setup = Setup { depth: 2, norm, skip, ..Setup::default() };
            dense_names(&setup.experiment(Shared::default()).model.layers)
        };
        assert_eq!(names(Norm::None, false), ["layers.0", "layers.1", "layers.2"]);
        assert_eq!(names(Norm::Layer, false), ["layers.0", "layers.2", "layers.3"]);
        assert_eq!(names(Norm::Batch, true), ["layers.0", "layers.1.layers.1", "layers.2"]);
        let pictures = Setup::default().experiment(Shared { set: "mnist", seed: 1 });
        assert_eq!(dense_names(&pictures.model.layers)[0], "layers.1");
    }
}
