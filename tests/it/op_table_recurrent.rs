//! The table's rows of recurrent ops.
//!
//! Not responsible for running cases: `one_op` does.

use gradarium::engine::ops::{
    Op,
    last_state::LastState,
    recurrent::{Cell, Recurrent},
};
use gradarium::engine::rng::Rng;
use serde_json::{Value, json};

use crate::op_table::{Part, Row, Shapes, last, normal, read};

const INS: &[(&str, Part)] = &[
    ("x", Part::Data),
    ("weight_ih", Part::Param),
    ("weight_hh", Part::Param),
    ("bias_ih", Part::Param),
    ("bias_hh", Part::Param),
];

fn op(cell: Cell, attrs: &Value, s: &[Vec<usize>]) -> Op {
    let tbptt = attrs["tbptt"].as_u64().map(|n| n as usize);
    Op::Recurrent(Recurrent { cell, inputs: s[0][2], units: last(&s[2]), reverse: read(&attrs["reverse"]), tbptt })
}

/// Weights as small as initialisers make them.
fn fill(_: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let (k, spread) = (INS.iter().position(|i| i.0 == name)?, (last(&shapes[2]) as f64).sqrt().recip());
    let n = shapes[k].iter().product();
    (k > 0).then(|| (0..n).map(|_: usize| f64::from(rng.normal()) * spread).collect())
}

fn shapes(gates: usize, attrs: Value) -> Vec<(Value, Shapes)> {
    let one = |attrs: Value, (b, t, i, h): (usize, usize, usize, usize)| {
        let g = gates * h;
        (attrs, vec![vec![b, t, i], vec![g, i], vec![g, h], vec![g], vec![g]])
    };
    let sizes =
        [(1, 1, 1, 1), (1, 4, 2, 3), (2, 3, 5, 4), (3, 2, 1, 9), (5, 6, 3, 5), (33, 5, 17, 21), (4, 7, 100, 64)];
    let mut reverse = attrs.clone();
    reverse["reverse"] = json!(true);
    let mut out: Vec<_> = sizes.iter().map(|s| one(attrs.clone(), *s)).collect();
    out.extend([(2, 4, 2, 3), (9, 3, 4, 8)].map(|s| one(reverse.clone(), s)));
    out
}

/// Every recurrent op.
pub fn rows() -> Vec<Row> {
    vec![
        Row {
            op: "rnn",
            ins: INS,
            build: |attrs, s| op(Cell::Rnn(read(&attrs["activation"])), attrs, s),
            more: || [shapes(1, json!({})), shapes(1, json!({"activation": "relu"}))].concat(),
            fill,
        },
        Row { op: "lstm", ins: INS, build: |attrs, s| op(Cell::Lstm, attrs, s), more: || shapes(4, json!({})), fill },
        Row { op: "gru", ins: INS, build: |attrs, s| op(Cell::Gru, attrs, s), more: || shapes(3, json!({})), fill },
        Row {
            op: "last_state",
            ins: &[("a", Part::Data), ("b", Part::Data)],
            build: |_, s| Op::LastState(LastState { steps: s[0][1], units: s[0][2] }),
            more: || vec![(json!({}), vec![vec![3, 1, 5]]), (json!({}), vec![vec![4, 6, 3]; 2])],
            fill: normal,
        },
    ]
}
