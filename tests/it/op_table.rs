//! The one table of ops. Each row says how an op is built and which shapes it is tried on; it drives the gradient check
//! in f64, the comparison with PyTorch, and the comparison of every backend with the reference.
//!
//! A new op is one row here and its cases in tests/fixtures/make.py. Not responsible for running cases: `one_op` does.

mod attention;

use gradarium::engine::draws::Draws;
use gradarium::engine::ops::{
    Op, OpRule, activation::Act, add::Add, batch_norm::BatchNorm, concat::Concat, dropout::Dropout,
    layer_norm::LayerNorm, linear::Linear, loss::LossOp, rms_norm::RmsNorm,
};
use gradarium::engine::rng::Rng;
use gradarium::spec::{Activation, Loss};
use serde_json::{Value, json};

/// What an input is to the op.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Has a batch axis and a gradient.
    Data,
    /// Has a gradient and no batch axis.
    Param,
    /// Neither; the op may change it.
    Buffer,
    /// Has a batch axis and no gradient.
    Target,
}

impl Part {
    pub fn batched(self) -> bool {
        matches!(self, Part::Data | Part::Target)
    }
}

/// One input with its numbers; `shape` includes the batch axis where there is one.
#[derive(Clone, Debug)]
pub struct In {
    pub name: &'static str,
    pub part: Part,
    pub shape: Vec<usize>,
    pub data: Vec<f64>,
}

/// One op with all its inputs.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    pub op: Op,
    pub rows: usize,
    pub ins: Vec<In>,
    /// What it draws.
    pub draws: Draws,
}

impl Case {
    /// Numbers in all inputs together.
    pub fn numbers(&self) -> usize {
        self.ins.iter().map(|i| i.data.len()).sum()
    }

    /// Numbers in the result, by the op's own shape rule.
    pub fn outputs(&self) -> usize {
        let shape = |i: &In| if i.part.batched() { i.shape[1..].to_vec() } else { i.shape.clone() };
        let dims: Vec<Vec<usize>> = self.ins.iter().map(shape).collect();
        let ins: Vec<(&[usize], bool)> =
            self.ins.iter().zip(&dims).map(|(i, d)| (d.as_slice(), i.part.batched())).collect();
        let out = &self.op.outputs(&ins)[0];
        out.dims.iter().product::<usize>() * if out.batched { self.rows } else { 1 }
    }
}

pub type Shapes = Vec<Vec<usize>>;
type Fill = fn(&Value, &str, &[Vec<usize>], &mut Rng) -> Option<Vec<f64>>;

/// One op: everything that tests need to know of it.
pub struct Row {
    /// Its name in ops.json.
    pub op: &'static str,
    /// Its inputs in the order of the op; ones that a case lacks (no bias, a third summand) are left out at the end.
    pub ins: &'static [(&'static str, Part)],
    /// The op from attributes and input shapes.
    pub build: fn(&Value, &[Vec<usize>]) -> Op,
    /// Attributes and shapes to try beyond the fixtures: odd sizes, one row, more than one vector register.
    pub more: fn() -> Vec<(Value, Shapes)>,
    /// Numbers for an input that plain normal ones do not suit.
    pub fill: Fill,
}

pub fn normal(_: &Value, _: &str, _: &[Vec<usize>], _: &mut Rng) -> Option<Vec<f64>> {
    None
}

pub fn last(shape: &[usize]) -> usize {
    shape[shape.len() - 1]
}

pub fn read<T: serde::de::DeserializeOwned + Default>(v: &Value) -> T {
    if v.is_null() { T::default() } else { serde_json::from_value(v.clone()).unwrap_or_else(|e| panic!("{v}: {e}")) }
}

fn loss_of(attrs: &Value) -> Loss {
    serde_json::from_value(attrs["loss"].clone()).unwrap_or_else(|e| panic!("{attrs}: {e}"))
}

fn linear_shapes() -> Vec<(Value, Shapes)> {
    let mut out: Vec<(Value, Shapes)> = Activation::ALL
        .iter()
        .map(|a| (json!({"activation": a.name()}), vec![vec![5, 7], vec![9, 7], vec![9]]))
        .collect();
    for (b, i, o) in [(1, 1, 1), (1, 2, 8), (10, 2, 8), (10, 8, 8), (10, 8, 1), (3, 5, 2), (4, 8, 16), (33, 19, 21)] {
        out.push((json!({"activation": "tanh"}), vec![vec![b, i], vec![o, i], vec![o]]));
        out.push((json!({}), vec![vec![b, i], vec![o, i]]));
    }
    for (b, i, o) in [(32, 784, 64), (32, 100, 25), (300, 10, 64)] {
        out.push((json!({"activation": "relu"}), vec![vec![b, i], vec![o, i], vec![o]]));
    }
    out.push((json!({"activation": "gelu"}), vec![vec![3, 4, 6], vec![10, 6], vec![10]]));
    out
}

pub fn plain(shapes: &[&[usize]], inputs: usize) -> Vec<(Value, Shapes)> {
    shapes.iter().map(|s| (json!({}), vec![s.to_vec(); inputs])).collect()
}

fn norm_shapes(attrs: &[Value]) -> Vec<(Value, Shapes)> {
    let shapes: [&[usize]; 6] = [&[2, 1], &[6, 3], &[7, 4], &[5, 2, 9], &[2, 3, 2, 5], &[33, 37]];
    let one = |a: &Value, s: &[usize]| (a.clone(), vec![s.to_vec(), vec![last(s)], vec![last(s)]]);
    attrs.iter().flat_map(|a| shapes.iter().map(move |s| one(a, s))).collect()
}

fn loss_shapes() -> Vec<(Value, Shapes)> {
    let mut out = Vec::new();
    for (b, k) in [(1, 2), (6, 3), (9, 10), (32, 10), (5, 17)] {
        for loss in ["mse", "half_mse", "mae", "huber", "bce"] {
            out.push((json!({"loss": loss}), vec![vec![b, k]; 2]));
        }
        for loss in [json!("cross_entropy"), json!({"type": "cross_entropy", "label_smoothing": 0.1}), json!("hinge")] {
            out.push((json!({"loss": loss}), vec![vec![b, k], vec![b]]));
        }
    }
    out.push((json!({"loss": "mse"}), vec![vec![3, 2, 5]; 2]));
    for (b, k) in [(1, 2), (6, 3), (9, 10), (32, 17)] {
        for eps in [0.0, 0.1] {
            let loss = json!({"type": "cross_entropy", "label_smoothing": eps});
            let weights: Vec<f64> = (0..k).map(|i| 0.25 * (1 + i * i % 7) as f64).collect();
            out.push((json!({"loss": loss, "weights": weights}), vec![vec![b, k], vec![b]]));
            out.push((json!({"loss": loss, "weights": weights}), vec![vec![b, 3, k], vec![b, 3]]));
        }
    }
    for (b, t, k) in [(1, 4, 3), (3, 5, 4), (2, 7, 65)] {
        for eps in [0.0, 0.1] {
            let loss = json!({"type": "cross_entropy", "label_smoothing": eps});
            out.push((json!({"loss": loss}), vec![vec![b, t, k], vec![b, t]]));
        }
    }
    out
}

/// Weights as small as initialisers make them, so that sums stay near 1 and rounding near one ulp of that.
fn linear_fill(_: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let (n, spread) = (shapes[1].iter().product(), (last(&shapes[1]) as f64).sqrt().recip());
    (name == "weight").then(|| (0..n).map(|_: usize| f64::from(rng.normal()) * spread).collect())
}

/// Classes for the losses by class (some positions ignored where there are several to a row), 0 or 1 for BCE.
fn loss_fill(attrs: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let classes = match loss_of(attrs) {
        Loss::CrossEntropy { .. } | Loss::Hinge { .. } => last(&shapes[0]) as u32,
        Loss::Bce => 2,
        Loss::Mse | Loss::HalfMse | Loss::Mae | Loss::Huber { .. } => return None,
    };
    let n: usize = shapes[1].iter().product();
    let ignored = |i: usize| shapes[1].len() > 1 && i.is_multiple_of(3) && i + 1 < n;
    let one = |i: usize, rng: &mut Rng| if ignored(i) { -1.0 } else { f64::from(rng.below(classes)) };
    (name == "target").then(|| (0..n).map(|i| one(i, rng)).collect())
}

/// Running variances are positive.
fn batch_norm_fill(_: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let n: usize = shapes[0].last().copied()?;
    (name == "running_var").then(|| (0..n).map(|_| f64::from(rng.range(0.5, 2.0))).collect())
}

/// Every op.
pub fn table() -> Vec<Row> {
    [basic(), crate::op_table_image::rows(), crate::op_table_tasks::rows()].into_iter().flatten().collect()
}

fn basic() -> Vec<Row> {
    const NORM: &[(&str, Part)] = &[("x", Part::Data), ("weight", Part::Param), ("bias", Part::Param)];
    const SUMMANDS: &[(&str, Part)] = &[("a", Part::Data), ("b", Part::Data), ("c", Part::Data)];
    let rows = vec![
        Row {
            op: "linear",
            ins: NORM,
            build: |attrs, s| {
                let act = read(&attrs["activation"]);
                Op::Linear(Linear { inputs: last(&s[1]), outputs: s[1][0], act, bias: s.len() == 3 })
            },
            more: linear_shapes,
            fill: linear_fill,
        },
        Row {
            op: "activation",
            ins: &[("x", Part::Data)],
            build: |attrs, _| Op::Activation(Act { act: read(&attrs["kind"]) }),
            more: || Activation::ALL.iter().map(|a| (json!({"kind": a.name()}), vec![vec![3, 13]])).collect(),
            fill: normal,
        },
        Row {
            op: "add",
            ins: SUMMANDS,
            build: |_, _| Op::Add(Add),
            more: || [plain(&[&[1, 1], &[3, 7], &[2, 3, 5], &[32, 65]], 2), plain(&[&[3, 5]], 3)].concat(),
            fill: normal,
        },
        Row {
            op: "concat",
            ins: SUMMANDS,
            build: |_, s| Op::Concat(Concat { widths: s.iter().map(|s| last(s)).collect() }),
            more: || {
                vec![
                    (json!({}), vec![vec![5, 1], vec![5, 8], vec![5, 3]]),
                    (json!({}), vec![vec![2, 3, 4], vec![2, 3, 7]]),
                ]
            },
            fill: normal,
        },
        Row {
            op: "dropout",
            ins: &[("x", Part::Data)],
            build: |attrs, _| Op::Dropout(Dropout { rate: read(&attrs["rate"]) }),
            more: || [0.0, 0.3, 0.9].map(|r| (json!({"rate": r}), vec![vec![7, 11]])).to_vec(),
            fill: normal,
        },
        Row {
            op: "batch_norm",
            ins: &[
                ("x", Part::Data),
                ("weight", Part::Param),
                ("bias", Part::Param),
                ("running_mean", Part::Buffer),
                ("running_var", Part::Buffer),
            ],
            build: |attrs, s| Op::BatchNorm(BatchNorm { features: last(&s[0]), train: read(&attrs["train"]) }),
            more: || {
                let mut rows = norm_shapes(&[json!({"train": true}), json!({"train": false})]);
                rows.iter_mut().for_each(|(_, s)| s.extend([s[1].clone(), s[1].clone()]));
                rows
            },
            fill: batch_norm_fill,
        },
        Row {
            op: "layer_norm",
            ins: NORM,
            build: |_, s| Op::LayerNorm(LayerNorm { features: last(&s[0]) }),
            // Of one feature only zero is left, and a derivative of rounding errors: two at least.
            more: || norm_shapes(&[json!({})]).into_iter().filter(|(_, s)| last(&s[0]) > 1).collect(),
            fill: normal,
        },
        Row {
            op: "rms_norm",
            ins: &[("x", Part::Data), ("weight", Part::Param)],
            build: |_, s| Op::RmsNorm(RmsNorm { features: last(&s[0]) }),
            // Of one feature only the sign is left: two at least.
            more: || {
                let shapes: [&[usize]; 5] = [&[1, 2], &[5, 7], &[3, 2, 16], &[2, 3, 2, 33], &[9, 4]];
                shapes.map(|s| (json!({}), vec![s.to_vec(), vec![last(s)]])).to_vec()
            },
            fill: normal,
        },
        Row {
            op: "loss",
            ins: &[("prediction", Part::Data), ("target", Part::Target)],
            build: |attrs, s| {
                Op::Loss(LossOp { loss: loss_of(attrs), width: last(&s[0]), weights: read(&attrs["weights"]) })
            },
            more: loss_shapes,
            fill: loss_fill,
        },
    ];
    rows.into_iter().chain(crate::op_table_recurrent::rows()).chain(attention::rows()).collect()
}

impl Row {
    /// The cases of [`Row::more`], with numbers from a fixed seed.
    pub fn cases(&self) -> Vec<Case> {
        let mut rng = Rng::new(11, 1);
        let mut case = |(attrs, shapes): (Value, Shapes)| {
            let fill = |((name, part), shape): (&(&'static str, Part), &Vec<usize>)| {
                let n = shape.iter().product();
                let own = (self.fill)(&attrs, name, &shapes, &mut rng);
                let data = own.unwrap_or_else(|| (0..n).map(|_| f64::from(rng.normal())).collect());
                In { name, part: *part, shape: shape.clone(), data }
            };
            let ins: Vec<In> = self.ins.iter().zip(&shapes).map(fill).collect();
            let name = format!("{} {attrs} {shapes:?}", self.op);
            Case { name, op: (self.build)(&attrs, &shapes), rows: shapes[0][0], ins, draws: Draws { seed: 3, step: 0 } }
        };
        (self.more)().into_iter().map(&mut case).collect()
    }
}
