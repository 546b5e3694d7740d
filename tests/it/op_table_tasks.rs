//! The rows of the table of ops that only tasks of several networks use; see `op_table`.

use gradarium::engine::ops::{
    Op, adversarial_loss::AdversarialLoss, kl::Kl, reparametrise::Reparametrise, uncertainty::Uncertainty,
    weighted_sum::WeightedSum,
};
use gradarium::spec::tasks::GanLoss;
use serde_json::{Value, json};

use crate::op_table::{Part, Row, Shapes, last, normal, read};

fn stats() -> Vec<(Value, Shapes)> {
    [[1, 2], [5, 4], [3, 14], [33, 6]].map(|s| (json!({}), vec![s.to_vec()])).to_vec()
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
                let losses = ["bce", "least_squares", "wasserstein"].into_iter();
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
    ]
}
