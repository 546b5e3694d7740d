//! Convolutions, pooling and upsampling: which of our paddings gives the same places.

use super::file::Node;
use super::net::{Net, Numbers, setting};
use super::value::{Axis, Known, Val};
use crate::spec::model::{Conv, Dense, Pool, Reshape, Upsample};
use crate::spec::window::{Padding, Pair, Window, extent};
use crate::spec::{LayerKind, Problem};

type Found = Result<Option<Known>, Problem>;

/// A window as the file states it, along both axes of a picture, or along a series in the second.
struct Stated {
    line: bool,
    size: [usize; 2],
    kernel: [usize; 2],
    stride: [usize; 2],
    dilation: [usize; 2],
    before: [usize; 2],
    after: [usize; 2],
    ceil: bool,
}

/// The settings of a node over `x`.
fn stated(node: &Node<'_>, x: &Val, kernel: Option<&[usize]>) -> Result<Stated, Problem> {
    let line = x.shape.len() == 2;
    let axes = if line { 1 } else { 2 };
    let both = |name: &str, or: usize| -> Result<[usize; 2], Problem> {
        let Some(list) = node.ints(name) else { return Ok(if line { [or.min(1), or] } else { [or; 2] }) };
        let all: Option<Vec<usize>> = list.iter().map(|n| usize::try_from(*n).ok().filter(|n| *n <= 1 << 20)).collect();
        match (all.as_deref(), line) {
            (Some([n]), true) => Ok([1, *n]),
            (Some([a, b]), false) => Ok([*a, *b]),
            _ => Err(setting(node, name)),
        }
    };
    let kernel = match kernel {
        Some([n]) if line => [1, *n],
        Some([a, b]) if !line => [*a, *b],
        Some(_) => return Err(setting(node, "kernel_shape")),
        None => both("kernel_shape", 1)?,
    };
    let (stride, dilation) = (both("strides", 1)?, both("dilations", 1)?);
    let size = if line { [1, x.shape[0]] } else { [x.shape[0], x.shape[1]] };
    let pads = node.ints("pads").unwrap_or_default();
    let pads: Option<Vec<usize>> = pads.iter().map(|n| usize::try_from(*n).ok().filter(|n| *n <= 1 << 20)).collect();
    let (mut before, mut after) = match pads.as_deref() {
        Some([]) => ([0; 2], [0; 2]),
        Some([a, b]) if axes == 1 => ([0, *a], [0, *b]),
        Some([a, b, c, d]) if axes == 2 => ([*a, *b], [*c, *d]),
        _ => return Err(setting(node, "pads")),
    };
    match node.text("auto_pad") {
        "" | "NOTSET" | "VALID" => {}
        "SAME_UPPER" => {
            for a in 2 - axes..2 {
                let places = size[a].div_ceil(stride[a].max(1)).max(1);
                let reach = (places - 1).saturating_mul(stride[a]).saturating_add(extent(kernel[a], dilation[a]));
                let more = reach.saturating_sub(size[a]);
                (before[a], after[a]) = (more / 2, more - more / 2);
            }
        }
        _ => return Err(setting(node, "auto_pad")),
    }
    Ok(Stated { line, size, kernel, stride, dilation, before, after, ceil: node.int("ceil_mode", 0) == 1 })
}

impl Stated {
    fn axes(&self) -> std::ops::Range<usize> {
        usize::from(self.line)..2
    }

    /// Places along an axis, as ONNX counts them.
    fn places(&self, a: usize) -> Option<usize> {
        let room = self.size[a].saturating_add(self.before[a] + self.after[a]);
        let room = room.checked_sub(extent(self.kernel[a], self.dilation[a]))?;
        let step = self.stride[a].max(1);
        Some((if self.ceil { room.div_ceil(step) } else { room / step }).saturating_add(1))
    }

    /// Our padding with the same places, and their number.
    fn padding(&self) -> Option<(Padding, [usize; 2])> {
        let [kernel, stride, dilation] = [self.kernel, self.stride, self.dilation].map(Pair);
        let of = self.before[1];
        for padding in [Padding::Valid, Padding::Same, Padding::Of(of)] {
            let window = if self.line {
                Window::line(self.size[1], kernel, stride, dilation, padding)
            } else {
                Window::new(self.size, kernel, stride, dilation, padding)
            };
            let Some(w) = window else { continue };
            if self.axes().all(|a| w.pad[a] == self.before[a] && self.places(a) == Some(w.output[a])) {
                return Some((padding, w.output));
            }
        }
        None
    }

    fn pair(&self, of: [usize; 2]) -> Pair {
        if self.line { Pair::square(of[1]) } else { Pair(of) }
    }

    fn shape(&self, places: [usize; 2], channels: usize) -> Vec<usize> {
        if self.line { vec![places[1], channels] } else { vec![places[0], places[1], channels] }
    }
}

/// The value with channels first, as a picture or a series of its own where an axis was only put in.
pub(super) fn picture(net: &mut Net<'_>, x: &Val) -> Option<Val> {
    if x.is_first() && x.order.is_none() {
        return Some(x.clone());
    }
    let own: Vec<Axis> = (0..x.shape.len()).map(Axis::Own).collect();
    if x.axes.get(..2) == Some(&[Axis::Batch, Axis::One])
        && x.axes.get(2..) == Some(&own[..])
        && own.len() <= 2
        && x.order.is_none()
    {
        let shape: Vec<usize> = x.shape.iter().copied().chain([1]).collect();
        let at = net.layer(LayerKind::Reshape(Reshape { shape: shape.clone() }), &[x.at], Vec::new());
        return Some(Val::first(at, shape));
    }
    None
}

/// What was put around with a node of its own, added to the node's own settings.
fn padded<'n>(net: &Net<'n>, name: &'n str, fill: f32) -> Option<(&'n str, Vec<usize>)> {
    let pad = net.part(name, "Pad")?;
    let mode = pad.text("mode");
    let given = net.constant(pad.input(1)).and_then(|a| a.ints()).or_else(|| pad.ints("pads"))?;
    let with = if pad.input(2).is_empty() { pad.float("value", 0.0) } else { net.one(pad.input(2))? };
    let half = given.len() / 2;
    let rim = [0, 1, half, half + 1].iter().all(|i| given.get(*i) == Some(&0));
    if !matches!(mode, "" | "constant") || with != fill || !rim {
        return None;
    }
    let pads = given.iter().map(|n| usize::try_from(*n).ok().filter(|n| *n <= 1 << 20)).collect::<Option<Vec<_>>>()?;
    pad.ins.first().map(|name| (*name, pads))
}

/// The value under the window, and what stands around it by a node of its own.
fn under<'n>(net: &mut Net<'n>, node: &Node<'n>, fill: f32) -> Option<(Val, Vec<usize>)> {
    let name = node.ins.first().copied()?;
    let (name, pads) = padded(net, name, fill).unwrap_or((name, Vec::new()));
    let x = net.val(name).cloned()?;
    picture(net, &x).map(|x| (x, pads))
}

fn around(s: &mut Stated, pads: &[usize]) {
    let half = pads.len() / 2;
    for (a, i) in s.axes().zip(2..half.max(2)) {
        s.before[a] += pads[i];
        s.after[a] += pads[half + i];
    }
}

pub(super) fn conv<'n>(net: &mut Net<'n>, node: &Node<'n>) -> Found {
    let transposed = node.op == "ConvTranspose";
    let Some((shape, weight)) = net.floats(node.input(1))? else { return Ok(None) };
    let (shape, weight) = (shape.to_vec(), weight.clone());
    let bias = net.floats(node.input(2))?.map(|(_, b)| b.clone());
    if !node.input(2).is_empty() && bias.is_none() {
        return Ok(None);
    }
    if let Some(x) = net.val(node.input(0)).filter(|x| of_means(x)).cloned() {
        return dense_of_means(net, node, &x, (&shape, weight), bias);
    }
    let Some((x, pads)) = under(net, node, 0.0) else { return Ok(None) };
    if shape.len() != x.shape.len() + 1 {
        return Err(setting(node, "kernel_shape"));
    }
    let mut s = stated(node, &x, Some(&shape[2..]))?;
    around(&mut s, &pads);
    let groups = usize::try_from(node.int("group", 1)).unwrap_or(0);
    let filters = if transposed { shape[1].saturating_mul(groups) } else { shape[0] };
    let (padding, places) =
        if transposed { grown(node, &s)? } else { s.padding().ok_or_else(|| setting(node, "pads"))? };
    let conv = Conv {
        kernel: s.pair(s.kernel),
        stride: s.pair(s.stride),
        dilation: s.pair(s.dilation),
        padding,
        groups,
        bias: bias.is_none().then_some(false),
        ..Conv::new(filters, 1)
    };
    let kind = match (transposed, s.line) {
        (false, false) => LayerKind::Conv2d(conv),
        (false, true) => LayerKind::Conv1d(conv),
        (true, false) => LayerKind::ConvTranspose2d(conv),
        (true, true) => return Err(setting(node, "kernel_shape")),
    };
    let mut numbers = vec![Numbers { name: "weight", shape, data: weight }];
    numbers.extend(bias.map(|data| Numbers { name: "bias", shape: vec![filters], data }));
    let at = net.layer(kind, &[x.at], numbers);
    Ok(Some(Known::Value(Val::first(at, s.shape(places, filters)))))
}

/// Means of channels that stand as pictures of one place.
fn of_means(x: &Val) -> bool {
    let (head, tail) = x.axes.split_at(2.min(x.axes.len()));
    head == [Axis::Batch, Axis::Own(0)]
        && !tail.is_empty()
        && tail.iter().all(|a| *a == Axis::One)
        && x.shape.len() == 1
}

/// A convolution of one place is a dense layer.
fn dense_of_means(
    net: &mut Net<'_>,
    node: &Node<'_>,
    x: &Val,
    (shape, data): (&[usize], std::rc::Rc<Vec<f32>>),
    bias: Option<std::rc::Rc<Vec<f32>>>,
) -> Found {
    let (Some(&[out, input]), false) = (shape.first_chunk::<2>(), node.op == "ConvTranspose") else { return Ok(None) };
    if data.len() != out * input || input != x.last() || node.ints("pads").is_some_and(|p| p.iter().any(|n| *n != 0)) {
        return Err(setting(node, "kernel_shape"));
    }
    let mut numbers = vec![Numbers { name: "weight", shape: vec![out, input], data }];
    let dense = Dense { units: Some(out), bias: bias.is_none().then_some(false), ..Dense::default() };
    numbers.extend(bias.map(|data| Numbers { name: "bias", shape: vec![out], data }));
    let at = net.layer(LayerKind::Dense(dense), &[x.at], numbers);
    Ok(Some(Known::Value(Val { shape: vec![out], ..x.from(at) })))
}

/// Our padding of a transposed convolution with the same pixels.
fn grown(node: &Node<'_>, s: &Stated) -> Result<(Padding, [usize; 2]), Problem> {
    let more = node.ints("output_padding").unwrap_or_default();
    let more = |a: usize| more.get(a).and_then(|n| usize::try_from(*n).ok()).unwrap_or(0);
    let reach = |a: usize| {
        s.size[a].saturating_sub(1).saturating_mul(s.stride[a]).saturating_add(extent(s.kernel[a], s.dilation[a]))
    };
    let wanted = [0, 1].map(|a| reach(a).saturating_add(more(a)).checked_sub(s.before[a] + s.after[a]));
    let [kernel, stride, dilation] = [s.kernel, s.stride, s.dilation].map(Pair);
    for padding in [Padding::Valid, Padding::Same, Padding::Of(s.before[0])] {
        let Some(w) = Window::transposed(s.size, kernel, stride, dilation, padding) else { continue };
        if (0..2).all(|a| w.pad[a] == s.before[a] && wanted[a] == Some(w.input[a])) {
            return Ok((padding, w.input));
        }
    }
    Err(setting(node, "pads"))
}

pub(super) fn pool<'n>(net: &mut Net<'n>, node: &Node<'n>) -> Found {
    let mean = node.op == "AveragePool";
    let Some((x, pads)) = under(net, node, if mean { 0.0 } else { f32::NEG_INFINITY }) else { return Ok(None) };
    let mut s = stated(node, &x, None)?;
    around(&mut s, &pads);
    if s.dilation != [1, 1] {
        return Err(setting(node, "dilations"));
    }
    let own = node.ints("pads").is_some_and(|p| p.iter().any(|n| *n != 0))
        || !matches!(node.text("auto_pad"), "" | "NOTSET" | "VALID");
    if mean && own && node.int("count_include_pad", 0) != 1 {
        return Err(setting(node, "count_include_pad"));
    }
    let Some((padding, places)) = s.padding() else {
        return Err(setting(node, if s.ceil { "ceil_mode" } else { "pads" }));
    };
    let (size, stride) = (s.pair(s.kernel), s.pair(s.stride));
    let pool = Pool { size, stride: (stride != size).then_some(stride), padding };
    let kind = match (mean, s.line) {
        (false, false) => LayerKind::MaxPool2d(pool),
        (false, true) => LayerKind::MaxPool1d(pool),
        (true, false) => LayerKind::AvgPool2d(pool),
        (true, true) => return Err(setting(node, "kernel_shape")),
    };
    let at = net.layer(kind, &[x.at], Vec::new());
    Ok(Some(Known::Value(Val::first(at, s.shape(places, x.last())))))
}

/// `Resize` and `Upsample` by a whole factor, each pixel as it is.
pub(super) fn upsample(net: &mut Net<'_>, node: &Node<'_>) -> Found {
    let Some(x) = net.val(node.input(0)).cloned() else { return Ok(None) };
    let (Some(x), true) =
        (picture(net, &x).filter(|x| x.shape.len() == 3), matches!(node.text("mode"), "" | "nearest"))
    else {
        return Err(setting(node, "mode"));
    };
    let old = node.op == "Upsample";
    let scales = net.constant(node.input(if old { 1 } else { 2 })).and_then(|a| a.floats()).filter(|s| s.len() == 4);
    let sizes = net.constant(node.input(3)).and_then(|a| a.ints()).filter(|s| s.len() == 4);
    let factor = match (scales, sizes) {
        (Some(s), _) if s[2] == s[3] && s[0] == 1.0 && s[1] == 1.0 => s[2],
        (None, Some(s)) => s[2] as f32 / x.shape[0].max(1) as f32,
        _ => return Err(setting(node, "scales")),
    };
    let n = factor as usize;
    let even = sizes.is_none_or(|s| s[3] == x.shape[1].saturating_mul(n) as i64);
    if factor.fract() != 0.0 || !(1..=64).contains(&n) || !even {
        return Err(setting(node, "scales"));
    }
    let shape = vec![x.shape[0].saturating_mul(n), x.shape[1].saturating_mul(n), x.last()];
    let at = net.layer(LayerKind::Upsample2d(Upsample { factor: n }), &[x.at], Vec::new());
    Ok(Some(Known::Value(Val::first(at, shape))))
}
