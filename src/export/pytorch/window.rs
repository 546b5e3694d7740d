//! Convolutions and pooling in PyTorch, with the paddings that it has no word for put around by hand.

use super::piece::Piece;
use crate::export::python::{pair, tuple};
use crate::spec::model::{Conv, Pool};
use crate::spec::window::{Padding, Pair, Window, extent};

/// What has to be put around the input, `(before, after)` of each axis, or PyTorch's own argument for it.
enum Around {
    Argument(String),
    ByHand([[usize; 2]; 2]),
}

fn around(w: &Window, axes: std::ops::Range<usize>, same: bool) -> Around {
    let after = |a: usize| w.reach(a).saturating_sub(w.input[a] + w.pad[a]);
    let sides = [0, 1].map(|a| [w.pad[a], after(a)]);
    // With `Of`, windows need not reach the end of what is put around.
    if !same || axes.clone().all(|a| sides[a][0] == sides[a][1]) {
        let of = [0, 1].map(|a| w.pad[a]);
        let text = if axes.start == 1 { of[1].to_string() } else { pair(of) };
        return Around::Argument(if text == "0" { String::new() } else { format!(", padding={text}") });
    }
    if axes.clone().all(|a| w.stride[a] == 1) {
        return Around::Argument(", padding=\"same\"".into());
    }
    Around::ByHand(sides)
}

/// Padding by hand: PyTorch counts from the last axis.
fn pad(sides: [[usize; 2]; 2], axes: &std::ops::Range<usize>, fill: Option<&str>) -> Piece {
    let list: Vec<usize> = axes.clone().rev().flat_map(|a| sides[a]).collect();
    let d = axes.len();
    match fill {
        None => {
            let call = format!("F.pad({{x}}, {})", tuple(&list));
            Piece::plain(format!("nn.ConstantPad{d}d({}, 0.0)", tuple(&list)), call)
        }
        Some(fill) => {
            let call = format!("F.pad({{x}}, {}, value={fill})", tuple(&list));
            Piece::plain(format!("nn.ConstantPad{d}d({}, {fill})", tuple(&list)), call)
        }
    }
}

fn option(name: &str, of: [usize; 2], axes: &std::ops::Range<usize>) -> String {
    let text = if axes.start == 1 { of[1].to_string() } else { pair(of) };
    if text == "1" { String::new() } else { format!(", {name}={text}") }
}

/// Both axes of an image, or the one of a series.
fn axes(line: bool) -> std::ops::Range<usize> {
    usize::from(line)..2
}

fn size(of: Pair, axes: &std::ops::Range<usize>) -> String {
    if axes.start == 1 { of.0[1].to_string() } else { pair(of.0) }
}

/// `nn.Conv2d` over `input (H, W, C)`, or `nn.Conv1d` over `(T, C)`.
pub(super) fn conv(c: &Conv, input: &[usize]) -> Vec<Piece> {
    let (line, channels) = (input.len() == 2, input.last().copied().unwrap_or(1));
    let axes = axes(line);
    let window = if line {
        Window::line(input[0], c.kernel, c.stride, c.dilation, c.padding)
    } else {
        Window::new([input[0], input[1]], c.kernel, c.stride, c.dilation, c.padding)
    };
    // `shape` found a place for it.
    let Some(w) = window else { return Vec::new() };
    let mut pieces = Vec::new();
    let padding = match around(&w, axes.clone(), c.padding == Padding::Same) {
        Around::Argument(text) => text,
        Around::ByHand(sides) => {
            pieces.push(pad(sides, &axes, None));
            String::new()
        }
    };
    let kernel = size(c.kernel, &axes);
    let rest =
        format!("{}{padding}{}{}", option("stride", w.stride, &axes), option("dilation", w.dilation, &axes), tail(c));
    let module = format!("nn.Conv{}d({channels}, {}, {kernel}{rest})", axes.len(), c.filters);
    pieces.push(Piece::kept("conv", module));
    pieces
}

/// Groups and bias.
fn tail(c: &Conv) -> String {
    let groups = if c.groups == 1 { String::new() } else { format!(", groups={}", c.groups) };
    format!("{groups}{}", if c.has_bias() { "" } else { ", bias=False" })
}

/// `nn.ConvTranspose2d`. Where `same` cuts one more below and to the right, so does a line of `forward`.
pub(super) fn transposed(c: &Conv, input: &[usize]) -> Vec<Piece> {
    let small = [input[0], input[1]];
    let Some(w) = Window::transposed(small, c.kernel, c.stride, c.dilation, c.padding) else { return Vec::new() };
    let reach = [0, 1].map(|a| (small[a] - 1) * w.stride[a] + extent(w.kernel[a], w.dilation[a]));
    // What PyTorch makes, less what is wanted: negative where a row has to be added, positive where one must go.
    let over = [0, 1].map(|a| (reach[a] as isize - 2 * w.pad[a] as isize) - w.input[a] as isize);
    let add = over.map(|n| usize::try_from(-n).unwrap_or(0));
    let axes = axes(false);
    let zero = |name: &str, of: [usize; 2]| match pair(of) {
        text if text == "0" => String::new(),
        text => format!(", {name}={text}"),
    };
    let rest = format!(
        "{}{}{}{}{}",
        option("stride", w.stride, &axes),
        zero("padding", w.pad),
        zero("output_padding", add),
        option("dilation", w.dilation, &axes),
        tail(c)
    );
    let module = format!("nn.ConvTranspose2d({}, {}, {}{rest})", input[2], c.filters, pair(c.kernel.0));
    let mut pieces = vec![Piece::kept("deconv", module)];
    if over.iter().any(|n| *n > 0) {
        pieces.push(Piece::plain("", format!("{{x}}[..., :{}, :{}]", w.input[0], w.input[1])));
    }
    pieces
}

/// Pooling; PyTorch's mean counts the zeros around as the page does.
pub(super) fn pool(p: &Pool, mean: bool, input: &[usize]) -> Vec<Piece> {
    let line = input.len() == 2;
    let axes = axes(line);
    let one = Pair::square(1);
    let window = if line {
        Window::line(input[0], p.size, p.steps(), one, p.padding)
    } else {
        Window::new([input[0], input[1]], p.size, p.steps(), one, p.padding)
    };
    let Some(w) = window else { return Vec::new() };
    let mut pieces = Vec::new();
    let padding = match around(&w, axes.clone(), p.padding == Padding::Same) {
        Around::Argument(text) if !text.contains("same") && fits(&w, &axes) => text,
        Around::Argument(_) | Around::ByHand(_) => {
            let after = |a: usize| w.reach(a).saturating_sub(w.input[a] + w.pad[a]);
            let fill = if mean { None } else { Some("float(\"-inf\")") };
            pieces.push(pad([0, 1].map(|a| [w.pad[a], after(a)]), &axes, fill));
            String::new()
        }
    };
    let stride = if p.steps() == p.size { String::new() } else { format!(", stride={}", size(p.steps(), &axes)) };
    let kind = if mean { "Avg" } else { "Max" };
    let module = format!("nn.{kind}Pool{}d({}{stride}{padding})", axes.len(), size(p.size, &axes));
    pieces.push(Piece::kept("pool", module));
    pieces
}

/// PyTorch pads at most half a window.
fn fits(w: &Window, axes: &std::ops::Range<usize>) -> bool {
    axes.clone().all(|a| 2 * w.pad[a] <= w.kernel[a])
}
