//! The rows of the table of ops that see images; see `op_table`.

use gradarium::engine::ops::{
    Op,
    conv2d::Conv2d,
    global_avg_pool::GlobalAvgPool,
    pool2d::{Pool2d, Reduce},
};
use gradarium::engine::rng::Rng;
use gradarium::spec::window::{Padding, Pair, Window};
use serde_json::{Value, json};

use crate::op_table::{Part, Row, Shapes, last, normal, plain, read};

fn pair(v: &Value, default: usize) -> Pair {
    if v.is_null() { Pair::square(default) } else { serde_json::from_value(v.clone()).unwrap() }
}

/// Height and width of an image with its batch; a series is one row.
fn image(s: &[usize]) -> [usize; 2] {
    if s.len() == 3 { [1, s[1]] } else { [s[1], s[2]] }
}

fn window(attrs: &Value, image: [usize; 2], kernel: Pair, stride: Pair) -> Window {
    let padding: Padding = read(&attrs["padding"]);
    Window::new(image, kernel, stride, pair(&attrs["dilation"], 1), padding).unwrap_or_else(|| panic!("{attrs}"))
}

fn groups(attrs: &Value) -> usize {
    attrs["groups"].as_u64().unwrap_or(1) as usize
}

fn conv(attrs: &Value, s: &[Vec<usize>]) -> Op {
    let (o, i) = (s[1][0], last(&s[0]));
    // The weight of a series has one axis less.
    let kernel = if s[1].len() == 3 { Pair([1, s[1][2]]) } else { Pair([s[1][2], s[1][3]]) };
    let window = window(attrs, image(&s[0]), kernel, pair(&attrs["stride"], 1));
    let act = read(&attrs["activation"]);
    Op::Conv2d(Conv2d { window, inputs: i, outputs: o, groups: groups(attrs), act, bias: s.len() == 3 })
}

/// Batch, height, width, channels; filters, kernel; attributes. The last pixel must be under some window: a NaN there has
/// to show.
fn conv_shapes() -> Vec<(Value, Shapes)> {
    let mut out = Vec::new();
    for (x, o, [kh, kw], attrs) in [
        ([1, 1, 1, 1], 1, [1, 1], json!({})),
        ([2, 5, 6, 3], 4, [3, 3], json!({"activation": "relu"})),
        ([2, 5, 6, 3], 5, [3, 3], json!({"padding": "same", "activation": "gelu"})),
        ([2, 7, 7, 4], 8, [3, 2], json!({"padding": "same", "stride": 2})),
        ([3, 6, 5, 2], 9, [2, 4], json!({"padding": 2, "activation": "tanh"})),
        ([1, 9, 9, 5], 12, [3, 3], json!({"dilation": 2, "padding": 1})),
        ([2, 8, 7, 1], 13, [5, 3], json!({"dilation": [1, 2], "stride": [1, 2]})),
        ([2, 6, 6, 6], 4, [3, 3], json!({"groups": 2, "padding": "same", "activation": "relu"})),
        ([2, 6, 6, 6], 6, [3, 3], json!({"groups": 6, "padding": 1, "activation": "silu"})),
        ([2, 5, 5, 5], 5, [2, 2], json!({"groups": 5, "dilation": 2})),
        ([1, 5, 5, 4], 8, [3, 3], json!({"groups": 4, "padding": "same"})),
        ([2, 3, 3, 2], 3, [1, 1], json!({})),
        ([2, 4, 4, 3], 2, [7, 7], json!({"padding": "same"})),
        ([1, 3, 3, 2], 2, [2, 2], json!({"padding": 5, "stride": 3})),
    ] {
        let groups = groups(&attrs);
        let weight = vec![o, x[3] / groups, kh, kw];
        out.push((attrs.clone(), vec![x.to_vec(), weight.clone(), vec![o]]));
        out.push((attrs, vec![x.to_vec(), weight]));
    }
    // Large enough for several panels, tiles and blocks of k; a row wider than a block.
    for (x, o, [kh, kw], attrs) in [
        ([2, 15, 15, 32], 64, [3, 3], json!({"activation": "relu"})),
        ([3, 32, 32, 3], 32, [3, 3], json!({"activation": "relu"})),
        ([1, 7, 7, 72], 20, [3, 3], json!({"padding": "same"})),
        ([1, 6, 6, 66], 24, [3, 3], json!({"dilation": 2, "padding": "same"})),
        ([1, 2, 700, 2], 10, [2, 3], json!({"padding": 1})),
    ] {
        out.push((attrs, vec![x.to_vec(), vec![o, x[3], kh, kw]]));
    }
    out.push((json!({"activation": "relu"}), vec![vec![2, 9, 3], vec![7, 3, 4], vec![7]]));
    out.push((json!({"padding": "same", "dilation": 2}), vec![vec![1, 600, 2], vec![3, 2, 3], vec![3]]));
    out
}

/// Weights as small as initialisers make them, and large images small, so that sums over patches and over places stay
/// near 1 and rounding near one ulp of that.
fn conv_fill(_: &Value, name: &str, shapes: &[Vec<usize>], rng: &mut Rng) -> Option<Vec<f64>> {
    let (n_x, n_w): (usize, usize) = (shapes[0].iter().product(), shapes[1].iter().product());
    let (n, terms) = match name {
        "weight" => (n_w, n_w / shapes[1][0]),
        "x" if n_x > 1000 => (n_x, n_x / last(&shapes[0])),
        _ => return None,
    };
    let spread = (terms as f64).sqrt().recip();
    Some((0..n).map(|_| f64::from(rng.normal()) * spread).collect())
}

fn pool(attrs: &Value, s: &[Vec<usize>], reduce: Reduce) -> Op {
    let size = pair(&attrs["size"], 2);
    let stride = if attrs["stride"].is_null() { size } else { pair(&attrs["stride"], 1) };
    Op::Pool2d(Pool2d { window: window(attrs, image(&s[0]), size, stride), channels: last(&s[0]), reduce })
}

fn pool_shapes() -> Vec<(Value, Shapes)> {
    [
        ([1, 2, 2, 1].to_vec(), json!({})),
        ([2, 6, 4, 3].to_vec(), json!({})),
        ([2, 6, 4, 8].to_vec(), json!({})),
        ([2, 5, 5, 9].to_vec(), json!({"size": 3, "stride": 1})),
        ([2, 7, 5, 5].to_vec(), json!({"size": 3, "stride": 2})),
        ([1, 5, 5, 4].to_vec(), json!({"size": 3, "stride": 2, "padding": 1})),
        ([1, 5, 7, 6].to_vec(), json!({"size": 2, "padding": "same"})),
        ([2, 4, 6, 33].to_vec(), json!({"size": [2, 3]})),
        ([2, 8, 3].to_vec(), json!({"size": [1, 2]})),
    ]
    .map(|(x, attrs)| (attrs, vec![x]))
    .to_vec()
}

/// The rows.
pub fn rows() -> Vec<Row> {
    const NORM: &[(&str, Part)] = &[("x", Part::Data), ("weight", Part::Param), ("bias", Part::Param)];
    const X: &[(&str, Part)] = &[("x", Part::Data)];
    vec![
        Row { op: "conv2d", ins: NORM, build: conv, more: conv_shapes, fill: conv_fill },
        Row {
            op: "max_pool2d",
            ins: X,
            build: |attrs, s| pool(attrs, s, Reduce::Max),
            more: pool_shapes,
            fill: normal,
        },
        Row {
            op: "avg_pool2d",
            ins: X,
            build: |attrs, s| pool(attrs, s, Reduce::Mean),
            more: pool_shapes,
            fill: normal,
        },
        Row {
            op: "global_avg_pool",
            ins: X,
            build: |_, s| Op::GlobalAvgPool(GlobalAvgPool { channels: last(&s[0]) }),
            more: || plain(&[&[1, 1, 1, 1], &[2, 3, 5, 7], &[3, 4, 4, 8], &[2, 9, 3]], 1),
            fill: normal,
        },
    ]
}
