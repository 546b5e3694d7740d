//! Transfer: what was learned from one set of pictures is where learning another begins.
//!
//! A network learns digits; its layers but the last are the trunk of a second network, whose last layer is new. Three runs
//! learn the same few pictures: trunk frozen, trunk learning on, everything from scratch. Not responsible for training
//! (`engine::session`), nor for what is seen of it (`ui::rooms::transfer`).

use super::data::DataSpec;
use super::experiment::Experiment;
use super::own_pictures::OwnPictures;
use super::preset;
use super::text;
use super::weights::{Tensor, Weights};

/// The network, new head last. Edges and their joints serve any picture; a wide layer behind them would know digits only.
pub const NETWORK: &str = "conv 16 3 relu | pool 2 | conv 32 3 relu | pool 2 | flatten | dense";
/// Steps that the source has: an epoch, after which it errs on few digits.
pub const SOURCE_STEPS: u64 = 313;
/// Steps that the three runs have: a dozen epochs of ten examples a class. Who goes on sees what training from scratch makes up.
pub const STEPS: u64 = 50;
/// Examples a class, when the learner has not said.
pub const EACH: usize = 10;
/// Most examples a class here.
pub const EACH_MAX: usize = 50;
/// Side of the pictures.
pub const SIDE: usize = 28;

/// How a run begins and what of it learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The source's trunk as it is; only the head learns.
    Frozen,
    /// The source's trunk, which learns on.
    FineTuned,
    /// First weights of the seed; nothing is known of the source.
    Scratch,
}

impl Mode {
    /// All three, in the order in which they are shown.
    pub const ALL: [Mode; 3] = [Mode::Frozen, Mode::FineTuned, Mode::Scratch];

    /// Its place in [`Mode::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name in test ids and in `i18n`.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Frozen => "frozen",
            Mode::FineTuned => "fine-tuned",
            Mode::Scratch => "scratch",
        }
    }
}

/// What is learned with few examples.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Clothes, after all ten digits.
    Fashion,
    /// Digits 5 to 9, after 0 to 4.
    Digits,
    /// The learner's own classes, after all ten digits.
    Own(OwnPictures),
}

impl Target {
    /// Data of the source.
    fn source(&self) -> DataSpec {
        let only = if *self == Target::Digits { (0..5).collect() } else { Vec::new() };
        DataSpec { only, ..DataSpec::of("mnist") }
    }

    /// Data of the three runs.
    fn data(&self, each: usize) -> DataSpec {
        match self {
            Target::Fashion => DataSpec { per_class: Some(each), ..DataSpec::of("fashion_mnist") },
            Target::Digits => DataSpec { per_class: Some(each), only: (5..10).collect(), ..DataSpec::of("mnist") },
            // Drawn one by one: every one of them counts.
            Target::Own(own) => {
                let test_fraction = (own.test == 0).then_some(0.0);
                DataSpec { pictures: Some(own.clone()), test_fraction, ..DataSpec::of("pictures") }
            }
        }
    }
}

fn experiment(data: DataSpec, seed: u32) -> Experiment {
    let mut e = preset::for_data(data, seed);
    // A test holds that it can be read.
    e.model = text::parse(NETWORK).unwrap_or_default();
    e
}

/// What the source trains.
pub fn source(target: &Target, seed: u32) -> Experiment {
    experiment(target.source(), seed)
}

/// What a run trains.
pub fn run(target: &Target, each: usize, seed: u32, mode: Mode) -> Experiment {
    let mut e = experiment(target.data(each), seed);
    let trunk = e.model.layers.len().saturating_sub(1);
    e.model.layers.iter_mut().take(trunk).for_each(|l| l.frozen = mode == Mode::Frozen);
    e
}

/// The layer that a parameter belongs to: `layers.0` of `layers.0.weight`.
fn layer(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(layer, _)| layer)
}

/// Where a run begins: the source's trunk under a new head. `first` are the run's own first weights, which the head keeps,
/// even where the source's would fit: its classes are others.
pub fn begin(mode: Mode, first: &Weights, source: &Weights) -> Weights {
    if mode == Mode::Scratch {
        return first.clone();
    }
    let head = first.tensors.last().map(|t| layer(&t.name));
    let taken = |t: &Tensor| {
        let other = source.find(&t.name).filter(|s| s.shape == t.shape && Some(layer(&t.name)) != head);
        other.unwrap_or(t).clone()
    };
    Weights { tensors: first.tensors.iter().map(taken).collect(), ..Weights::default() }
}

/// How far each layer has moved since the start, `‖W − W₀‖ / ‖W₀‖` over its weights (biases begin at 0), in the network's
/// order.
pub fn moved(start: &Weights, now: &Weights) -> Vec<(String, f64)> {
    let length = |values: &mut dyn Iterator<Item = f64>| values.map(|x| x * x).sum::<f64>().sqrt();
    let one = |t: &Tensor| {
        let then = &start.find(&t.name).filter(|s| s.shape == t.shape)?.data;
        let way = length(&mut t.data.iter().zip(then).map(|(a, b)| f64::from(*a) - f64::from(*b)));
        let from = length(&mut then.iter().map(|x| f64::from(*x)));
        (t.name.ends_with(".weight") && from > 0.0).then(|| (layer(&t.name).to_string(), way / from))
    };
    now.tensors.iter().filter_map(one).collect()
}

/// Scores of the classes as probabilities.
pub fn shares(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let all: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = all.iter().sum();
    all.iter().map(|e| e / sum).collect()
}

/// Red, green and blue as light alone, from 0 to 1, as the digits are.
pub fn light(rgb: &[u8]) -> Vec<f32> {
    let one = |p: &[u8]| (0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2])) / 255.0;
    rgb.chunks_exact(3).map(one).collect()
}
