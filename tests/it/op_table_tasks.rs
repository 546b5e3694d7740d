//! The rows of the table of ops that only tasks of several networks use; see `op_table`.

use gradarium::engine::ops::{
    Op, activation::forward, adversarial_loss::AdversarialLoss, between::Between, gradient_penalty::GradientPenalty,
    kl::Kl, nt_xent::NtXent, reparametrise::Reparametrise, restore::Restore, slope::Slope, uncertainty::Uncertainty,
    weighted_sum::WeightedSum,
};
use gradarium::engine::rng::Rng;
use gradarium::spec::Activation;
use gradarium::spec::tasks::GanLoss;
use serde_json::{Value, json};

use crate::op_table::{Part, Row, Shapes, last, normal, plain, read};

fn stats() -> Vec<(Value, Shapes)> {
    [[1, 2], [5, 4], [3, 14], [33, 6]].map(|s| (json!({}), vec![s.to_vec()])).to_vec()
}

/// What activations save is their output where they say so: numbers that they can answer, off the corners.
fn slope_fill(attrs: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let act: Activation = read(&attrs["kind"]);
    let one = |x: f64| {
        let x = if x.abs() < 0.05 { x + 0.1 } else { x };
        // Of straight pieces the number itself: an output of 0 or 1 is a corner.
        let curved = matches!(act, Activation::Tanh | Activation::Sigmoid | Activation::Elu | Activation::Selu);
        if curved { forward(act, x) } else { x }
    };
    let n: usize = shapes[0].iter().product();
    (name == "s").then(|| (0..n).map(|_| one(f64::from(rng.normal()))).collect())
}

/// The same numbers read and asked for, but for every third.
fn every_third_hidden(_: &Value, name: &str, shapes: &[Vec<usize>], _: &mut Rng) -> Option<Vec<f64>> {
    let n: usize = shapes[0].iter().product();
    let one = |i: usize| if name == "x" && (n - 1 - i).is_multiple_of(3) { -1.0 } else { (i % 7) as f64 * 0.25 };
    (name != "p").then(|| (0..n).map(one).collect())
}

/// The ops of autoencoders that draw their code, and of generators.
pub fn rows() -> Vec<Row> {
    vec![
        Row {
            op: "reparametrise",
            ins: &[("stats", Part::Data)],
            build: |attrs, s| {
                let draws = !read::<bool>(&attrs["mean"]);
                Op::Reparametrise(Reparametrise { latent: last(&s[0]) / 2, draws })
            },
            more: stats,
            fill: normal,
        },
        Row {
            op: "kl",
            ins: &[("stats", Part::Data)],
            build: |attrs, s| Op::Kl(Kl { latent: last(&s[0]) / 2, free: read(&attrs["free"]) }),
            more: || {
                let free = stats().into_iter().map(|(_, s)| (json!({"free": 0.8}), s));
                stats().into_iter().chain(free).collect()
            },
            fill: normal,
        },
        Row {
            op: "adversarial_loss",
            ins: &[("scores", Part::Data)],
            build: |attrs, _| {
                let loss: GanLoss = read(&attrs["loss"]);
                Op::AdversarialLoss(AdversarialLoss { loss, real: read(&attrs["real"]) })
            },
            more: || {
                let losses = ["bce", "least_squares", "wasserstein", "wasserstein_gp"].into_iter();
                let both = losses.flat_map(|l| [true, false].map(|real| json!({"loss": l, "real": real})));
                both.flat_map(|a| [1, 7, 64].map(|b| (a.clone(), vec![vec![b, 1]]))).collect()
            },
            fill: normal,
        },
        Row {
            op: "weighted_sum",
            ins: &[("a", Part::Param), ("b", Part::Param), ("c", Part::Param)],
            build: |attrs, _| Op::WeightedSum(WeightedSum { weights: read(&attrs["weights"]) }),
            more: || {
                let case = |weights: Value, n: usize| (json!({"weights": weights}), vec![vec![1]; n]);
                vec![case(json!([1.0]), 1), case(json!([2.5, 0.1]), 2), case(json!([1.0, 1.0, -3.0]), 3)]
            },
            fill: normal,
        },
        Row {
            op: "uncertainty",
            ins: &[("s", Part::Param), ("a", Part::Param), ("b", Part::Param), ("c", Part::Param)],
            build: |_, shapes| Op::Uncertainty(Uncertainty { losses: shapes.len() - 1 }),
            more: || {
                let case = |n: usize| (json!({}), std::iter::once(vec![n]).chain(vec![vec![1]; n]).collect());
                vec![case(1), case(3)]
            },
            fill: normal,
        },
        Row {
            op: "nt_xent",
            ins: &[("a", Part::Data), ("b", Part::Data)],
            build: |attrs, s| Op::NtXent(NtXent { width: last(&s[0]), temperature: read(&attrs["temperature"]) }),
            more: || {
                let case = |t: f32, b: usize, d: usize| (json!({"temperature": t}), vec![vec![b, d]; 2]);
                vec![case(0.5, 1, 3), case(0.5, 7, 5), case(0.1, 16, 8), case(2.0, 33, 19)]
            },
            fill: normal,
        },
        Row {
            op: "between",
            ins: &[("a", Part::Data), ("b", Part::Data)],
            build: |attrs, _| Op::Between(Between { draws: !read::<bool>(&attrs["middle"]) }),
            more: || {
                let shapes: [&[usize]; 4] = [&[1, 1], &[5, 3], &[3, 4, 4, 2], &[33, 7]];
                let case = |middle: bool| shapes.map(|s| (json!({"middle": middle}), vec![s.to_vec(); 2]));
                [case(false), case(true)].concat()
            },
            fill: normal,
        },
        Row {
            op: "slope",
            ins: &[("s", Part::Data), ("v", Part::Data)],
            build: |attrs, _| Op::Slope(Slope { act: read(&attrs["kind"]) }),
            more: || {
                let kind = |a: &Activation| json!({"kind": a.name()});
                let both = Activation::ALL.iter().map(|a| (kind(a), vec![vec![3, 13]; 2]));
                both.chain(Activation::ALL.iter().map(|a| (kind(a), vec![vec![5, 7]]))).collect()
            },
            fill: slope_fill,
        },
        Row {
            op: "restore",
            ins: &[("p", Part::Data), ("x", Part::Target), ("t", Part::Target)],
            build: |_, _| Op::Restore(Restore),
            more: || plain(&[&[1, 1], &[7, 3], &[4, 5, 5, 2], &[33, 40]], 3),
            fill: every_third_hidden,
        },
        Row {
            op: "gradient_penalty",
            ins: &[("g", Part::Data)],
            build: |_, _| Op::GradientPenalty(GradientPenalty),
            more: || plain(&[&[1, 2], &[7, 3], &[4, 5, 5, 2], &[33, 40]], 1),
            fill: normal,
        },
    ]
}
