//! Rows of the table of ops: tokens, places, attention.
//!
//! Not responsible for running cases (`one_op`).

use super::{Part, Row, Shapes, last, normal, plain, read};
use gradarium::engine::ops::{
    Op, attention::Attention, embedding::Embedding, position::Position, rotary::Rotary, slice::Slice,
};
use gradarium::engine::rng::Rng;
use serde_json::{Value, json};

/// Tokens below the number of rows of the weight.
fn tokens(_: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let (n, vocab) = (shapes[0].iter().product(), shapes[1][0] as u32);
    (name == "x").then(|| (0..n).map(|_: usize| f64::from(rng.below(vocab))).collect())
}

/// The op from its attributes and the shapes of queries' and keys' inputs.
fn attention(attrs: &Value, shapes: &[Vec<usize>], cross: bool, additive: bool) -> Op {
    let units = last(&shapes[0]) / 3;
    let keys = shapes[usize::from(cross)][1];
    let (heads, causal) = (attrs["heads"].as_u64().unwrap_or(1) as usize, read(&attrs["causal"]));
    let padding = shapes.len() > 1 + usize::from(cross) + usize::from(additive);
    Op::Attention(Attention { heads, units, len: shapes[0][1], keys, causal, cross, additive, padding })
}

/// `(B, T, S, heads, width of a head)`, causal and not. Lengths reach beyond a block of 32.
const SIZES: [[usize; 5]; 7] = [
    [1, 1, 1, 1, 1],
    [2, 3, 3, 2, 3],
    [2, 5, 5, 1, 4],
    [1, 7, 7, 3, 5],
    [2, 33, 33, 2, 4],
    [1, 40, 40, 1, 16],
    [1, 70, 70, 2, 2],
];
/// The same where keys are another sequence's.
const CROSS: [[usize; 5]; 5] = [[1, 1, 4, 1, 3], [2, 5, 3, 2, 2], [1, 3, 7, 2, 4], [1, 40, 35, 1, 4], [1, 6, 50, 2, 3]];

fn attention_shapes(sizes: &[[usize; 5]], cross: bool, additive: bool) -> Vec<(Value, Shapes)> {
    let mut out = Vec::new();
    for [b, t, s, heads, width] in sizes.iter().copied() {
        for causal in [false, true] {
            let units = heads * width;
            let mut shapes = vec![vec![b, t, 3 * units]];
            shapes.extend(cross.then(|| vec![b, s, 3 * units]));
            shapes.extend(additive.then(|| vec![units]));
            out.push((json!({"heads": heads, "causal": causal}), shapes));
        }
    }
    out
}

/// The same with the tokens of the keys.
fn masked_shapes(sizes: &[[usize; 5]], cross: bool, additive: bool) -> Vec<(Value, Shapes)> {
    let mut out = attention_shapes(sizes, cross, additive);
    out.iter_mut().for_each(|(_, s)| s.push(vec![s[0][0], s[usize::from(cross)][1]]));
    out
}

/// A third of the keys is padding, the first never.
fn padded(_: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let [rows, keys] = *shapes.last()?.as_slice() else { return None };
    let mut one = |i: usize| if i.is_multiple_of(keys) { 1.0 } else { f64::from(rng.below(3)) };
    (name == "tokens").then(|| (0..rows * keys).map(&mut one).collect())
}

/// The rows.
pub fn rows() -> Vec<Row> {
    const X: (&str, Part) = ("x", Part::Data);
    const M: (&str, Part) = ("m", Part::Data);
    const V: (&str, Part) = ("v", Part::Param);
    const TOKENS: (&str, Part) = ("tokens", Part::Target);
    vec![
        Row {
            op: "slice",
            ins: &[X],
            build: |attrs, s| {
                let (start, length) = (read(&attrs["start"]), read(&attrs["length"]));
                Op::Slice(Slice { start, length, steps: s[0][1], width: s[0][2..].iter().product() })
            },
            more: || {
                let one = |start: usize, length: usize, s: &[usize]| {
                    (json!({"start": start, "length": length}), vec![s.to_vec()])
                };
                vec![one(0, 1, &[1, 1]), one(2, 3, &[3, 5]), one(0, 4, &[2, 7, 3]), one(6, 1, &[4, 7, 5])]
            },
            fill: normal,
        },
        Row {
            op: "embedding",
            ins: &[X, ("weight", Part::Param)],
            build: |_, s| Op::Embedding(Embedding { vocab: s[1][0], units: s[1][1] }),
            more: || {
                let one = |x: &[usize], w: [usize; 2]| (json!({}), vec![x.to_vec(), w.to_vec()]);
                vec![one(&[1, 1], [2, 1]), one(&[3, 5], [4, 7]), one(&[2, 9], [65, 64])]
            },
            fill: tokens,
        },
        Row {
            op: "position",
            ins: &[X, ("weight", Part::Param)],
            build: |_, s| {
                let fixed = Position::sinusoidal(s[0][1], s[0][2]);
                Op::Position(if s.len() > 1 { Position { table: Vec::new() } } else { fixed })
            },
            more: || {
                let mut out = plain(&[&[1, 1, 1], &[3, 4, 5], &[2, 9, 8]], 1);
                for s in [[1, 1, 1], [3, 4, 5], [5, 9, 8]] {
                    out.push((json!({}), vec![s.to_vec(), s[1..].to_vec()]));
                }
                out
            },
            fill: normal,
        },
        Row {
            op: "rotary",
            ins: &[X],
            build: |attrs, s| Op::Rotary(Rotary::new(s[0][1], read(&attrs["heads"]), last(&s[0]) / 3)),
            more: || {
                let one = |heads: usize, s: [usize; 3]| (json!({"heads": heads}), vec![s.to_vec()]);
                vec![one(1, [1, 1, 6]), one(2, [2, 5, 24]), one(1, [3, 3, 18]), one(4, [2, 9, 48])]
            },
            fill: normal,
        },
        Row {
            op: "attention",
            ins: &[X],
            build: |attrs, s| attention(attrs, s, false, false),
            more: || attention_shapes(&SIZES, false, false),
            fill: normal,
        },
        Row {
            op: "attention_cross",
            ins: &[X, M],
            build: |attrs, s| attention(attrs, s, true, false),
            more: || attention_shapes(&CROSS, true, false),
            fill: normal,
        },
        Row {
            op: "attention_additive",
            ins: &[X, V],
            build: |attrs, s| attention(attrs, s, false, true),
            more: || attention_shapes(&SIZES, false, true),
            fill: normal,
        },
        Row {
            op: "attention_additive_cross",
            ins: &[X, M, V],
            build: |attrs, s| attention(attrs, s, true, true),
            more: || attention_shapes(&CROSS, true, true),
            fill: normal,
        },
        Row {
            op: "attention_masked",
            ins: &[X, TOKENS],
            build: |attrs, s| attention(attrs, s, false, false),
            more: || masked_shapes(&SIZES, false, false),
            fill: padded,
        },
        Row {
            op: "attention_cross_masked",
            ins: &[X, M, TOKENS],
            build: |attrs, s| attention(attrs, s, true, false),
            more: || masked_shapes(&CROSS, true, false),
            fill: padded,
        },
        Row {
            op: "attention_additive_cross_masked",
            ins: &[X, M, V, TOKENS],
            build: |attrs, s| attention(attrs, s, true, true),
            more: || masked_shapes(&CROSS, true, true),
            fill: padded,
        },
    ]
}
