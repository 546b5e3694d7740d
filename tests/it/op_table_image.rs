//! The rows of the table of ops that see images; see `op_table`.

use gradarium::engine::ops::{
    Op,
    conv_transpose2d::ConvTranspose2d,
    conv2d::Conv2d,
    dropout::Dropout,
    dropout2d::Dropout2d,
    global_avg_pool::GlobalAvgPool,
    group_norm::GroupNorm,
    instance_norm::InstanceNorm,
    pool2d::{Pool2d, Reduce},
    scale::Scale,
    upsample2d::Upsample2d,
};
use gradarium::engine::rng::Rng;
use gradarium::spec::window::{Padding, Pair, Window};
use serde_json::{Value, json};

use crate::op_table::{Part, Row, Shapes, last, normal, plain, read};

fn pair(v: &Value, default: usize) -> Pair {
    if v.is_null() { Pair::square(default) } else { serde_json::from_value(v.clone()).unwrap() }
}

fn window(attrs: &Value, x: &[usize], kernel: Pair, stride: Pair) -> Window {
    let (padding, dilation): (Padding, Pair) = (read(&attrs["padding"]), pair(&attrs["dilation"], 1));
    let window = match x.len() {
        3 => Window::line(x[1], kernel, stride, dilation, padding),
        _ => Window::new([x[1], x[2]], kernel, stride, dilation, padding),
    };
    window.unwrap_or_else(|| panic!("{attrs}"))
}

fn groups(attrs: &Value) -> usize {
    attrs["groups"].as_u64().unwrap_or(1) as usize
}

fn conv(attrs: &Value, s: &[Vec<usize>]) -> Op {
    let (o, i) = (s[1][0], last(&s[0]));
    // The weight of a series has one axis less.
    let kernel = if s[1].len() == 3 { Pair([1, s[1][2]]) } else { Pair([s[1][2], s[1][3]]) };
    let window = window(attrs, &s[0], kernel, pair(&attrs["stride"], 1));
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
    out.push((json!({"padding": 2, "dilation": 2}), vec![vec![1, 90, 2], vec![3, 2, 3], vec![3]]));
    out
}

fn conv_transpose(attrs: &Value, s: &[Vec<usize>]) -> Op {
    let (inputs, outputs, groups) = (last(&s[0]), s[1][1] * groups(attrs), groups(attrs));
    let (kernel, stride, dilation) = (Pair([s[1][2], s[1][3]]), pair(&attrs["stride"], 1), pair(&attrs["dilation"], 1));
    let window = Window::transposed([s[0][1], s[0][2]], kernel, stride, dilation, read(&attrs["padding"]));
    let window = window.unwrap_or_else(|| panic!("{attrs}"));
    let act = read(&attrs["activation"]);
    Op::ConvTranspose2d(ConvTranspose2d { window, inputs, outputs, groups, act, bias: s.len() == 3 })
}

fn conv_transpose_shapes() -> Vec<(Value, Shapes)> {
    let mut out = Vec::new();
    for (x, o, [kh, kw], attrs) in [
        ([1, 1, 1, 1], 1, [1, 1], json!({})),
        ([2, 3, 4, 3], 4, [2, 2], json!({"stride": 2, "activation": "relu"})),
        ([2, 3, 2, 5], 9, [3, 3], json!({"stride": 2, "padding": "same", "activation": "gelu"})),
        ([1, 4, 3, 2], 3, [4, 3], json!({"stride": [2, 1], "padding": 1, "activation": "tanh"})),
        ([2, 3, 3, 2], 3, [3, 2], json!({"dilation": 2})),
        ([1, 3, 3, 4], 6, [3, 3], json!({"groups": 2, "padding": "same"})),
        ([2, 3, 3, 5], 5, [3, 3], json!({"groups": 5, "stride": 2, "padding": 1})),
        ([1, 2, 3, 3], 2, [1, 1], json!({"stride": 2, "padding": "same"})),
        ([1, 6, 6, 16], 12, [4, 4], json!({"stride": 2, "padding": 1})),
    ] {
        let weight = vec![x[3], o / groups(&attrs), kh, kw];
        out.push((attrs.clone(), vec![x.to_vec(), weight.clone(), vec![o]]));
        out.push((attrs, vec![x.to_vec(), weight]));
    }
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
    Op::Pool2d(Pool2d { window: window(attrs, &s[0], size, stride), channels: last(&s[0]), reduce })
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
        Row { op: "conv_transpose2d", ins: NORM, build: conv_transpose, more: conv_transpose_shapes, fill: conv_fill },
        Row {
            op: "upsample2d",
            ins: X,
            build: |attrs, s| {
                Op::Upsample2d(Upsample2d {
                    input: [s[0][1], s[0][2]],
                    channels: last(&s[0]),
                    factor: read(&attrs["factor"]),
                })
            },
            more: || {
                let case = |(s, f): (&[usize], usize)| (json!({"factor": f}), vec![s.to_vec()]);
                [(&[1, 1, 1, 1][..], 1), (&[2, 2, 3, 5], 2), (&[1, 3, 2, 8], 3)].map(case).to_vec()
            },
            fill: normal,
        },
        Row {
            op: "scale",
            ins: &[("a", Part::Data), ("b", Part::Data)],
            build: |_, s| Op::Scale(Scale { channels: last(&s[0]) }),
            more: || {
                let case = |s: &[usize]| (json!({}), vec![s.to_vec(), vec![s[0], last(s)]]);
                [&[1, 1, 1, 1][..], &[2, 3, 4, 5], &[3, 4, 8]].map(case).to_vec()
            },
            fill: normal,
        },
        Row {
            op: "dropout2d",
            ins: X,
            build: |attrs, s| {
                Op::Dropout2d(Dropout2d { channels: last(&s[0]), draw: Dropout { rate: read(&attrs["rate"]) } })
            },
            // The last channel of the last sample must be kept, or a NaN in it would not show.
            more: || [0.0, 0.3].map(|r| (json!({"rate": r}), vec![vec![3, 2, 3, 7]])).to_vec(),
            fill: normal,
        },
        Row {
            op: "group_norm",
            ins: NORM,
            build: |attrs, s| Op::GroupNorm(GroupNorm { channels: last(&s[0]), groups: groups(attrs) }),
            more: || {
                let case =
                    |(s, g): (&[usize], usize)| (json!({"groups": g}), vec![s.to_vec(), vec![last(s)], vec![last(s)]]);
                [(&[2, 2, 3, 4][..], 2), (&[3, 4, 3, 6], 3), (&[2, 5, 9], 1), (&[1, 3, 3, 8], 8), (&[2, 6], 2)]
                    .map(case)
                    .to_vec()
            },
            fill: normal,
        },
        Row {
            op: "instance_norm",
            ins: NORM,
            build: |_, s| Op::InstanceNorm(InstanceNorm { channels: last(&s[0]), affine: s.len() > 1 }),
            more: || {
                let case = |(s, affine): (&[usize], bool)| {
                    let params = if affine { vec![vec![last(s)]; 2] } else { vec![] };
                    (json!({}), [vec![s.to_vec()], params].concat())
                };
                [(&[2, 2, 3, 4][..], true), (&[3, 4, 3, 6], false), (&[2, 5, 9], true), (&[1, 3, 3, 1], false)]
                    .map(case)
                    .to_vec()
            },
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
