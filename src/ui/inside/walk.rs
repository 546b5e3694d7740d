//! How one number of a feature map came about: the window under it, times the kernel, summed over all input channels, the
//! bias, the activation; in a transposed convolution the pixels whose stamps reach it; or the largest or mean number of a
//! pooling window.
//!
//! Pure, and in double precision, so that what is shown differs from the engine's sum by the engine's rounding only.

use super::bank::Bank;
use super::places::Slide;
use crate::spec::Activation;
use crate::spec::activation::phi;
use crate::spec::window::Window;

/// A place of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// Channel: which filter's map.
    pub channel: usize,
}

impl Spot {
    /// The nearest place of maps `(H, W, C)`.
    pub fn within(self, [h, w, c]: [usize; 3]) -> Spot {
        let last = |n: usize| n.saturating_sub(1);
        Spot { row: self.row.min(last(h)), column: self.column.min(last(w)), channel: self.channel.min(last(c)) }
    }

    /// So many places further in reading order, round from the end to the beginning.
    pub fn moved(self, by: isize, [h, w, _]: [usize; 3]) -> Spot {
        let n = (h * w).max(1) as isize;
        let at = (self.row * w + self.column) as isize + by;
        let at = at.rem_euclid(n) as usize;
        Spot { row: at / w.max(1), column: at % w.max(1), channel: self.channel }
    }

    /// Where the number of greatest magnitude is.
    pub fn strongest(maps: &[f32], shape: [usize; 3]) -> Spot {
        let sized = maps.iter().enumerate().filter(|(_, v)| v.is_finite());
        let at = sized.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())).map_or(0, |(i, _)| i);
        let channels = shape[2].max(1);
        Spot { channel: at % channels, ..Spot::default() }.moved((at / channels) as isize, shape)
    }

    /// Where its number is among `(H, W, C)` numbers.
    pub fn index(self, [_, w, c]: [usize; 3]) -> usize {
        (self.row * w + self.column) * c + self.channel
    }
}

/// What one input channel contributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The input channel.
    pub channel: usize,
    /// Numbers under the window, or those whose stamps reach the place; 0 where there are none.
    pub x: Vec<f32>,
    /// Which of them are none.
    pub padded: Vec<bool>,
    /// The kernel.
    pub w: Vec<f32>,
    /// Number times weight.
    pub products: Vec<f32>,
    /// Their sum.
    pub sum: f64,
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// One for each input channel that the filter sees.
    pub parts: Vec<Part>,
    /// Of all parts.
    pub sum: f64,
    /// Added; `None` where the layer has none.
    pub bias: Option<f64>,
    /// With the bias.
    pub z: f64,
    /// After the activation.
    pub y: f64,
}

/// What a layer slides, and how: see [`Place::window`](super::places::Place::window).
pub type Sliding = (Window, Slide);

/// Height and width of what goes in.
pub fn size_in((window, slide): &Sliding) -> [usize; 2] {
    if *slide == Slide::Stamp { window.output } else { window.input }
}

/// Row and column of the input that the kernel's `tap` multiplies for the number at `spot`; `None` on padding, and where
/// no pixel lays this tap there.
pub fn source((window, slide): &Sliding, spot: Spot, tap: usize) -> Option<(usize, usize)> {
    let axis = |a: usize, at: usize, tap: usize| match slide {
        Slide::Conv | Slide::Max | Slide::Mean => window.under(a, at, tap),
        // Turned round: `at = place·stride + tap·dilation − pad`.
        Slide::Stamp => {
            let from = (at + window.pad[a]).checked_sub(tap * window.dilation[a])?;
            let place = from / window.stride[a];
            (from % window.stride[a] == 0 && place < window.output[a]).then_some(place)
        }
    };
    Some((axis(0, spot.row, tap / window.kernel[1])?, axis(1, spot.column, tap % window.kernel[1])?))
}

/// The numbers of channel `c` that the kernel multiplies at `spot`, tap by tap, and which are none.
pub fn under(x: &[f32], channels: usize, sliding: &Sliding, spot: Spot, c: usize) -> (Vec<f32>, Vec<bool>) {
    let wide = size_in(sliding)[1];
    let tap = |t: usize| {
        let (row, column) = source(sliding, spot, t)?;
        x.get((row * wide + column) * channels + c).copied()
    };
    (0..sliding.0.taps()).map(|t| (tap(t).unwrap_or(0.0), tap(t).is_none())).unzip()
}

/// The number at `spot` of a convolution (or a transposed one) over `x (H, W, channels)`.
pub fn sum(
    (x, channels): (&[f32], usize),
    bank: &Bank,
    (weight, bias): (&[f32], Option<&[f32]>),
    sliding: &Sliding,
    act: Activation,
    spot: Spot,
) -> Sum {
    let part = |c: usize| {
        let channel = bank.sees(spot.channel, c);
        let (x, padded) = under(x, channels, sliding, spot, channel);
        let w = bank.tile(weight, spot.channel, c).to_vec();
        let products: Vec<f32> = x.iter().zip(&w).map(|(x, w)| x * w).collect();
        let sum = x.iter().zip(&w).map(|(x, w)| f64::from(*x) * f64::from(*w)).sum();
        Part { channel, x, padded, w, products, sum }
    };
    let parts: Vec<Part> = (0..bank.channels).map(part).collect();
    let sum = parts.iter().map(|p| p.sum).sum();
    let bias = bias.and_then(|b| b.get(spot.channel)).map(|b| f64::from(*b));
    let z = sum + bias.unwrap_or(0.0);
    Sum { parts, sum, bias, z, y: phi::value(act, z) }
}

impl Sum {
    /// The part that contributes most, whatever its sign.
    pub fn strongest(&self) -> usize {
        let size = |i: &usize| self.parts[*i].sum.abs();
        (0..self.parts.len()).max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or(0)
    }
}

/// What a pooling window gives: the largest of its numbers, padding left out, or their sum over the whole window.
pub fn pooled(x: &[f32], padded: &[bool], max: bool) -> f64 {
    let inside = x.iter().zip(padded).filter(|(_, p)| !**p).map(|(x, _)| f64::from(*x));
    if max { inside.fold(f64::NEG_INFINITY, f64::max) } else { inside.sum::<f64>() / x.len().max(1) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::session::{Of, Session};
    use crate::spec::{DataSpec, Experiment, preset, text};
    use crate::ui::inside::places::Net;

    fn experiment(model: &str) -> Experiment {
        let mut e = preset::first();
        e.data = DataSpec { samples: Some(12), ..DataSpec::of("random") };
        e.data.input = Some(vec![9, 8, 4]);
        e.data.target = Some(crate::spec::data::TargetSpec::Classes(3));
        e.model = text::parse(model).unwrap();
        e
    }

    /// Every number of every layer that slides a window, worked out here from what goes in, is what the engine found.
    #[test]
    fn the_sum_shown_is_the_number_in_the_map() {
        for model in [
            "conv 5 3 relu | conv 6 3x2 stride=2 padding=1 gelu groups=1 | flatten | dense",
            "conv 8 3 same groups=4 tanh | max_pool 2 | conv 3 2 dilation=2 bias=false | flatten | dense",
            "conv_transpose 6 3 stride=2 padding=1 relu | conv_transpose 4 3x2 groups=2 dilation=2 | flatten | dense",
            "conv_transpose 4 2 stride=3 same tanh groups=4 | conv_transpose 3 4x3 stride=1x2 bias=false | flatten | dense",
            "avg_pool 3 stride=2 padding=1 | conv 4 3 same stride=2 silu | max_pool 3 stride=1 padding=same | flatten | dense",
        ] {
            let e = experiment(model);
            assert_eq!(e.problems(), [], "{model}");
            let data = crate::engine::data::build(&e.data, 7, &[]).unwrap();
            let mut session = Session::new(e.clone(), data, crate::backend::choose(e.backend).unwrap());
            let net = Net::of(&e).unwrap();
            let x = session.data().x_row(3).to_vec();
            for place in &net.places {
                let Some(sliding) = place.window() else { continue };
                let mut read = |name: String| {
                    session.look(&x, &[], &[name], &Of::Loss).into_iter().next().flatten().map(|seen| seen.1)
                };
                let (input, map) = (read(place.input.clone()).unwrap(), read(place.name.clone()).unwrap());
                let (weight, bias) = (read(format!("{}.weight", place.name)), read(format!("{}.bias", place.name)));
                let shape = place.image().unwrap();
                let channels = place.shape_in[2];
                for (i, found) in map.iter().enumerate() {
                    let spot = Spot { channel: i % shape[2], ..Spot::default().moved((i / shape[2]) as isize, shape) };
                    assert_eq!(spot.index(shape), i);
                    let ours = if matches!(sliding.1, Slide::Conv | Slide::Stamp) {
                        let bank = Bank::of(place).unwrap();
                        let act = place.kind.conv().unwrap().activation;
                        sum((&input, channels), &bank, (weight.as_ref().unwrap(), bias.as_deref()), &sliding, act, spot)
                            .y
                    } else {
                        let (x, padded) = under(&input, channels, &sliding, spot, spot.channel);
                        pooled(&x, &padded, sliding.1 == Slide::Max)
                    };
                    assert!((ours - f64::from(*found)).abs() < 1e-5, "{} of {model}: {ours} and {found}", place.name);
                }
            }
        }
    }

    /// The pixels that reach a place are those whose windows cover it.
    #[test]
    fn stamps_are_windows_turned_round() {
        use crate::spec::window::{Padding, Pair};
        let w = Window::transposed([3, 4], Pair([3, 2]), Pair([2, 1]), Pair([1, 2]), Padding::Of(1)).unwrap();
        let mut stamps = 0;
        for at in 0..w.pixels_in() {
            let spot = Spot { row: at / w.input[1], column: at % w.input[1], channel: 0 };
            for tap in 0..w.taps() {
                if let Some((row, column)) = source(&(w, Slide::Stamp), spot, tap) {
                    let place = Spot { row, column, channel: 0 };
                    assert_eq!(source(&(w, Slide::Conv), place, tap), Some((spot.row, spot.column)));
                    stamps += 1;
                }
            }
        }
        let conv = |at: usize| Spot { row: at / w.output[1], column: at % w.output[1], channel: 0 };
        let inside =
            (0..w.pixels_out()).map(|at| (0..w.taps()).filter_map(|t| source(&(w, Slide::Conv), conv(at), t)).count());
        assert_eq!(stamps, inside.sum::<usize>());
    }

    #[test]
    fn walking_goes_round() {
        let shape = [3, 4, 2];
        let spot = Spot { row: 2, column: 3, channel: 1 };
        assert_eq!(spot.moved(1, shape), Spot { row: 0, column: 0, channel: 1 });
        assert_eq!(spot.moved(-12, shape), spot);
        assert_eq!(Spot { row: 9, column: 9, channel: 9 }.within(shape), spot);
        let maps: Vec<f32> = (0..24).map(|i| if i == spot.index(shape) { -7.0 } else { 1.0 }).collect();
        assert_eq!(Spot::strongest(&maps, shape), spot);
    }
}
