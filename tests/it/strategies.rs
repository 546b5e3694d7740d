//! Random experiments that are valid by construction, for property tests.
//!
//! A network is drawn as a list of wishes; each is fitted to the shape it meets, so that every draw makes sense. Not
//! responsible for what is tested with them.

mod attention;
mod image;

use gradarium::spec::data::StepsSpec;
use gradarium::spec::model::{
    ActivationLayer, Dense, Dropout, Embedding, Empty, Recurrent, Reshape, Residual, RnnActivation,
};
use gradarium::spec::shape::size;
use gradarium::spec::{
    Activation, Backend, Code, DataInfo, DataSpec, Experiment, Init, InitKind, Layer, LayerKind, Loss, ModelSpec,
    OptimizerKind, OptimizerSpec, Schedule, Target, TargetSpec, TaskSpec, TrainingSpec,
};
use proptest::prelude::*;
use proptest::sample::select;

/// Failures print their smallest input; a regression gets a test of its own instead of a file of seeds.
pub fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// One wish for a layer: what kind, and numbers that settle its fields.
type Wish = (u8, u8, u8, f64);

fn wish() -> impl Strategy<Value = Wish> {
    (0..21u8, any::<u8>(), any::<u8>(), 0.0..1.0f64)
}

/// Layer names that a careless writer of text or links would trip over.
const NAMES: [&str; 8] = ["a", "skip one", "层|", "x,y=", "(q)", "quo\"te\\", "{", "name=from="];

struct Net {
    layers: Vec<Layer>,
    shape: Vec<usize>,
    /// What `from` may name, with shapes.
    named: Vec<(String, Vec<usize>)>,
    /// Whether attention turns queries and keys from here on.
    rotary: bool,
}

fn pick<T: Copy>(all: &[T], n: u8) -> T {
    all[usize::from(n) % all.len()]
}

fn init(n: u8, x: f64) -> Init {
    let kind = pick(&InitKind::ALL, n);
    Init::new(kind, kind.param().filter(|_| n > 100).map(|p| p.min + x * (p.max - p.min) / 50.0))
}

fn dense(units: usize, (_, a, b, x): Wish) -> Dense {
    Dense {
        units: Some(units),
        activation: pick(&Activation::ALL, a),
        init: init(b, x),
        bias: [None, Some(true), Some(false)][usize::from(b) % 3],
    }
}

/// Any settings; the nonlinearity for `rnn` only.
fn recurrent((_, a, b, x): Wish) -> Recurrent {
    Recurrent {
        units: 1 + usize::from(a) % 6,
        activation: [None, Some(RnnActivation::Relu), Some(RnnActivation::Tanh)][usize::from(a / 8) % 3],
        return_sequences: a.is_multiple_of(2),
        bidirectional: b.is_multiple_of(4),
        forget_bias: 0.0,
        tbptt: (b % 5 == 1).then_some(1 + usize::from(a) % 4),
        init: init(b, x),
    }
}

impl Net {
    fn push(&mut self, kind: LayerKind, shape: Vec<usize>, from: Option<Vec<String>>, name: Option<String>) {
        let path = format!("layers.{}", self.layers.len());
        self.named.push((path, shape.clone()));
        self.named.extend(name.clone().map(|n| (n, shape.clone())));
        self.layers.push(Layer { kind, name, from, frozen: false });
        self.shape = shape;
    }

    /// A name with the shape that `fits`, the latest or an earlier one.
    fn find(&self, n: u8, fits: impl Fn(&[usize]) -> bool) -> String {
        let all: Vec<_> = self.named.iter().filter(|(_, s)| fits(s)).collect();
        all[usize::from(n) % all.len()].0.clone()
    }

    fn grant(&mut self, wish: Wish) {
        let (kind, a, b, x) = wish;
        let shape = self.shape.clone();
        let head = shape[..shape.len() - 1].to_vec();
        let last = shape[shape.len() - 1];
        let name = b.is_multiple_of(3).then(|| format!("{}{}", pick(&NAMES, a), self.layers.len()));
        let with_last = |n: usize| [head.clone(), vec![n]].concat();
        match kind {
            0..=2 => {
                let units = 1 + usize::from(a) % 9;
                self.push(LayerKind::Dense(dense(units, wish)), with_last(units), None, name);
            }
            3 => {
                let kind = LayerKind::Activation(ActivationLayer { kind: pick(&Activation::ALL, a) });
                self.push(kind, shape, None, name);
            }
            4 => self.push(LayerKind::Dropout(Dropout { rate: x as f32 * 0.99 }), shape, None, name),
            5 => self.push(LayerKind::BatchNorm(Empty {}), shape, None, name),
            6 if b % 2 == 1 => self.push(LayerKind::RmsNorm(Empty {}), shape, None, name),
            6 => self.push(LayerKind::LayerNorm(Empty {}), shape, None, name),
            7 => self.push(LayerKind::Flatten(Empty {}), vec![size(&shape)], None, name),
            8 => {
                let n = size(&shape);
                let rows = (1..=n.min(1 + usize::from(a) % 6)).rev().find(|d| n.is_multiple_of(*d)).unwrap_or(1);
                let to = if b.is_multiple_of(2) { vec![rows, n / rows] } else { vec![n / rows, 1, rows] };
                self.push(LayerKind::Reshape(Reshape { shape: to.clone() }), to, None, name);
            }
            9 => {
                let inner = dense(1 + usize::from(a) % 5, wish);
                let back = Dense { activation: Activation::Linear, ..dense(last, wish) };
                let mut layers: Vec<Layer> = vec![LayerKind::Dense(inner).into(), LayerKind::Dense(back).into()];
                if b.is_multiple_of(4) {
                    layers = vec![LayerKind::Residual(Residual { layers }).into()];
                }
                self.push(LayerKind::Residual(Residual { layers }), shape, None, name);
            }
            13..=16 => self.grant_image(wish, name),
            20 if shape.len() <= 2 => self.grant_slice(wish, name),
            17.. if shape.len() == 2 => self.grant_attention(wish, name),
            10 if shape.len() == 2 => {
                let r = recurrent(wish);
                let plain = Recurrent { activation: None, ..r };
                let kind = match b % 3 {
                    0 => LayerKind::Rnn(r),
                    1 => LayerKind::Lstm(Recurrent { forget_bias: (a % 5) as f32 - x as f32, ..plain }),
                    _ => LayerKind::Gru(plain),
                };
                let to = if r.return_sequences { vec![shape[0], r.width()] } else { vec![r.width()] };
                self.push(kind, to, None, name);
            }
            10 | 11 => {
                let from = [a, b].map(|n| self.find(n, |s| *s == shape[..])).to_vec();
                self.push(LayerKind::Add(Empty {}), shape, Some(from), name);
            }
            _ => {
                let other = self.find(a, |s| s[..s.len() - 1] == head[..]);
                let width = self.named.iter().find(|(n, _)| *n == other).map_or(1, |(_, s)| s[s.len() - 1]);
                let from = vec![self.find(b, |s| *s == shape[..]), other];
                self.push(LayerKind::Concat(Empty {}), with_last(last + width), Some(from), name);
            }
        }
    }
}

/// The network that grants all wishes on such data and ends as the task needs.
fn network(info: &DataInfo, loss: &Loss, wishes: &[Wish], leave_units: bool) -> ModelSpec {
    let named = vec![("input".to_string(), info.input.clone())];
    let mut net = Net { layers: Vec::new(), shape: info.input.clone(), named, rotary: false };
    if info.tokens.is_some() && info.input.len() == 1 {
        // Tokens may be cut before they are looked up, or after.
        wishes.iter().filter(|w| w.0 == 20 && w.1 > 100).for_each(|w| net.grant_slice(*w, None));
        let units = 2 + wishes.len() % 4;
        net.push(LayerKind::Embedding(Embedding { units }), vec![net.shape[0], units], None, None);
    }
    for w in wishes {
        if size(&net.shape) < 300 {
            net.grant(*w);
        }
    }
    let wanted = loss.output_shape(&info.target).expect("strategies draw losses that fit");
    if net.shape.len() > 1 {
        let flat = vec![size(&net.shape)];
        net.push(LayerKind::Flatten(Empty {}), flat, None, None);
    }
    let units = Some(size(&wanted)).filter(|_| wanted.len() > 1 || !leave_units);
    net.push(LayerKind::Dense(Dense { units, ..Dense::default() }), vec![size(&wanted)], None, None);
    if wanted.len() > 1 {
        net.push(LayerKind::Reshape(Reshape { shape: wanted.clone() }), wanted, None, None);
    }
    ModelSpec::of(net.layers)
}

/// Fields of the set `random`: any small shapes.
fn random_data() -> impl Strategy<Value = DataSpec> {
    let dims = || prop::collection::vec(1..5usize, 1..=3);
    let steps = (2..5usize, 1..5usize).prop_map(|(classes, len)| TargetSpec::Steps(StepsSpec { classes, len }));
    let target = prop_oneof![(2..5usize).prop_map(TargetSpec::Classes), dims().prop_map(TargetSpec::Shape), steps];
    (dims(), target, 10..60usize, prop::option::of(2..7usize)).prop_map(|(input, target, n, tokens)| DataSpec {
        tokens: tokens.filter(|_| input.len() == 1),
        input: Some(input),
        target: Some(target),
        samples: Some(n),
        ..DataSpec::of("random")
    })
}

fn plane_data() -> impl Strategy<Value = DataSpec> {
    let many = select(vec!["spiral", "gauss", "rings", "checkerboard"]);
    let few = select(vec!["circle", "xor", "moons", "heart", "plane", "waves", "multi_gauss"]);
    let fraction = prop::option::of(0.0..0.9f32);
    let shape =
        (many, prop::option::of(2..6usize)).prop_map(|(set, classes)| DataSpec { classes, ..DataSpec::of(set) });
    let formula = select(vec!["sin(3x)", "x^2 - 0.5", "0.3"])
        .prop_map(|f| DataSpec { formula: Some(f.into()), ..DataSpec::of("formula") });
    let points = prop::collection::vec((-1.0..1.0f32, -1.0..1.0f32, 0..2u8), 4..20).prop_map(|all| DataSpec {
        points: Some(all.into_iter().map(|(x, y, c)| [x, y, f32::from(c)]).collect()),
        ..DataSpec::of("points")
    });
    let drawn = prop_oneof![3 => shape, 2 => few.prop_map(DataSpec::of), 1 => formula];
    let drawn = (drawn, prop::option::of(10..80usize), 0.0..1.0f32).prop_map(|(d, samples, noise)| DataSpec {
        samples,
        noise,
        ..d
    });
    (prop_oneof![4 => drawn, 1 => points], fraction, prop::option::of(any::<bool>()))
        .prop_map(|(d, test_fraction, standardize)| DataSpec { test_fraction, standardize, ..d })
}

fn loss(target: &Target, n: u8, x: f64) -> Option<Loss> {
    let x = x as f32;
    let all: &[Option<Loss>] = match target {
        Target::Classes { count: 2 } => {
            &[None, Some(Loss::Bce), Some(Loss::CrossEntropy { label_smoothing: x }), Some(Loss::Hinge { margin: x })]
        }
        Target::Classes { .. } => {
            &[None, Some(Loss::CrossEntropy { label_smoothing: 0.0 }), Some(Loss::Hinge { margin: x })]
        }
        Target::Steps { .. } => &[None, Some(Loss::CrossEntropy { label_smoothing: x })],
        Target::Values { .. } => &[
            None,
            Some(Loss::Mse),
            Some(Loss::HalfMse),
            Some(Loss::Mae),
            Some(Loss::Huber { delta: x + 0.1 }),
            Some(Loss::Bce),
        ],
    };
    pick(all, n)
}

fn schedule() -> impl Strategy<Value = Option<Schedule>> {
    let one = (select(Schedule::NAMES.to_vec()), prop::collection::vec(0.0..1.0f64, 5)).prop_map(|(name, xs)| {
        let mut s = Schedule::from_name(name).expect("a name of the list");
        for ((field, _), x) in s.clone().fields().into_iter().zip(xs) {
            s.set(field.name, field.min + x * (field.max - field.min).min(1000.0));
        }
        s
    });
    let then = prop::option::of(one.clone());
    let one = (one, then).prop_map(|(s, next)| match s {
        Schedule::Warmup { steps, .. } => Schedule::Warmup { steps, then: next.map(Box::new) },
        other => other,
    });
    prop::option::of(one)
}

fn optimizer() -> impl Strategy<Value = OptimizerSpec> {
    let numbers = prop::collection::vec(prop::option::of(0.0..1.0f64), 8);
    let clips = (prop::option::of(1e-6..1e3f64), prop::option::of(1e-6..1e3f64));
    (select(OptimizerKind::ALL.to_vec()), numbers, clips, schedule()).prop_map(|(kind, xs, (value, norm), schedule)| {
        let mut spec = OptimizerSpec { clip_value: value, clip_norm: norm, schedule, ..OptimizerSpec::new(kind) };
        for (info, x) in kind.fields().into_iter().zip(xs) {
            if let Some(x) = x {
                spec.set(info.field, info.min + x * (info.max - info.min) * if info.max > 1.0 { 1e-3 } else { 1.0 });
            }
        }
        spec
    })
}

/// Freezes a quarter of the layers, by the bits of the seed, wherever something is left to learn.
fn freeze(exp: &mut Experiment) {
    let locks: Vec<bool> = (0..exp.model.count()).map(|i| (exp.seed >> (i % 31)) & 3 == 3).collect();
    exp.model.set_locks(&locks);
    if exp.problems().iter().any(|p| p.code == Code::NothingLearns) {
        exp.model.set_locks(&[]);
    }
}

/// Any valid experiment that is small enough to run.
pub fn experiment() -> impl Strategy<Value = Experiment> {
    let data = prop_oneof![random_data(), plane_data()];
    let training = (1..40usize, any::<bool>(), 0.0..0.1f32, select(vec![0.0f32, 0.01]))
        .prop_map(|(batch, shuffle, l1, l2)| TrainingSpec { batch, shuffle, l1, l2, class_weights: None });
    let backend = select(vec![Backend::Auto, Backend::Simd, Backend::Reference]);
    let rest = (optimizer(), training, backend, any::<u32>());
    let model = (prop::collection::vec(wish(), 0..7), any::<bool>());
    (data, model, (any::<u8>(), 0.0..0.9f64), rest).prop_map(
        |(data, (wishes, leave_units), (n, x), (optimizer, training, backend, seed))| {
            let info = data.info().expect("strategies draw valid data");
            let task = TaskSpec { loss: loss(&info.target, n, x), ..TaskSpec::for_data(&info) };
            let model = network(&info, &task.loss(), &wishes, leave_units);
            let mut exp = Experiment {
                gradarium: 1,
                seed,
                data,
                model,
                task,
                optimizer,
                optimizers: Default::default(),
                training,
                backend,
            };
            attention::unmask(&mut exp);
            freeze(&mut exp);
            exp
        },
    )
}
