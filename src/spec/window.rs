//! Windows that slide over an image: kernel, stride, padding and dilation, and the places they come to rest.
//!
//! The one place where the arithmetic of convolution and pooling stands; `shape` promises by it and the ops compute by
//! it. Not responsible for channels, weights or what is done with a window.

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest side of a kernel, greatest stride, dilation and padding.
pub const WINDOW_MAX: usize = 1024;

/// One number for each axis, height and width; in JSON `n` (both) or `[h, w]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair(pub [usize; 2]);

impl Pair {
    /// The same for both axes.
    pub const fn square(n: usize) -> Pair {
        Pair([n, n])
    }

    /// Whether both are 1, the default of strides and dilations.
    pub fn is_one(&self) -> bool {
        *self == Pair::square(1)
    }
}

impl Serialize for Pair {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [h, w] = self.0;
        if h == w { h.serialize(serializer) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairVisitor)
    }
}

struct PairVisitor;

impl<'de> Visitor<'de> for PairVisitor {
    type Value = Pair;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("usize")
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Pair, E> {
        Ok(Pair::square(clamped(n)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Pair, A::Error> {
        let mut both = [0; 2];
        for (i, n) in both.iter_mut().enumerate() {
            *n = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(i, &"2"))?;
        }
        match seq.next_element::<usize>()? {
            Some(_) => Err(A::Error::invalid_length(3, &"2")),
            None => Ok(Pair(both)),
        }
    }
}

/// A number of the file as `usize`, which has 32 bits in the browser; what is too great is refused by its range later.
fn clamped(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// What is put around an image; in JSON `"valid"`, `"same"` or a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Padding {
    /// Nothing: windows stay inside. PyTorch's default.
    #[default]
    Valid,
    /// So much that the output is the input's size divided by the stride, rounded up: Keras's `same` (for stride 1
    /// PyTorch's too). Where the sum is odd, one more goes below and to the right.
    Same,
    /// So many rows and columns of zeros on every side.
    Of(usize),
}

impl Serialize for Padding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Padding::Valid => "valid".serialize(serializer),
            Padding::Same => "same".serialize(serializer),
            Padding::Of(n) => n.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Padding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PaddingVisitor)
    }
}

struct PaddingVisitor;

impl Visitor<'_> for PaddingVisitor {
    type Value = Padding;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("usize")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Padding, E> {
        match name {
            "valid" => Ok(Padding::Valid),
            "same" => Ok(Padding::Same),
            _ => Err(E::unknown_variant(name, &["valid", "same"])),
        }
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Padding, E> {
        Ok(Padding::Of(clamped(n)))
    }
}

/// A window over an image, both axes settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Height and width of the image.
    pub input: [usize; 2],
    /// Height and width of the kernel.
    pub kernel: [usize; 2],
    /// Steps between places.
    pub stride: [usize; 2],
    /// Steps between the kernel's own rows and columns.
    pub dilation: [usize; 2],
    /// Zeros above and to the left.
    pub pad: [usize; 2],
    /// Places along each axis.
    pub output: [usize; 2],
}

/// Length that a dilated kernel covers.
pub fn extent(kernel: usize, dilation: usize) -> usize {
    (kernel.max(1) - 1).saturating_mul(dilation).saturating_add(1)
}

impl Window {
    /// The window over an image of this size; `None` where it is larger than the padded image.
    ///
    /// Without padding that is `⌊(input − extent)/stride⌋ + 1` places, PyTorch's formula.
    pub fn new(input: [usize; 2], kernel: Pair, stride: Pair, dilation: Pair, padding: Padding) -> Option<Window> {
        let axis = |a: usize| along(input[a], kernel.0[a], stride.0[a], dilation.0[a], padding);
        let (high, wide) = (axis(0), axis(1));
        let (kernel, stride, dilation) = (kernel.0, stride.0, dilation.0);
        let (pad, output) = ([high.0, wide.0], [high.1, wide.1]);
        output.iter().all(|n| *n > 0).then_some(Window { input, kernel, stride, dilation, pad, output })
    }

    /// The window along a series of this length, an image one high. Of each pair the width counts.
    pub fn line(input: usize, kernel: Pair, stride: Pair, dilation: Pair, padding: Padding) -> Option<Window> {
        let [k, s, d] = [kernel, stride, dilation].map(|p| p.0[1]);
        let (pad, output) = along(input, k, s, d, padding);
        (output > 0).then_some(Window {
            input: [1, input],
            kernel: [1, k],
            stride: [1, s],
            dilation: [1, d],
            pad: [0, pad],
            output: [1, output],
        })
    }

    /// The window whose places are the pixels of `small`, over the image that a transposed convolution makes of it:
    /// `(small − 1)·stride + extent − 2·padding` (PyTorch), `small·stride` for `same` (Keras). `None` where that is
    /// nothing.
    pub fn transposed(
        small: [usize; 2],
        kernel: Pair,
        stride: Pair,
        dilation: Pair,
        padding: Padding,
    ) -> Option<Window> {
        let (mut input, mut pad) = ([0; 2], [0; 2]);
        for a in 0..2 {
            let step = stride.0[a].max(1);
            let spread = (small[a].max(1) - 1).saturating_mul(step);
            let reach = spread.saturating_add(extent(kernel.0[a], dilation.0[a]));
            (input[a], pad[a]) = match padding {
                Padding::Valid => (reach, 0),
                Padding::Of(p) => (reach.saturating_sub(p.saturating_mul(2)), p),
                Padding::Same => {
                    let n = small[a].saturating_mul(step);
                    (n, reach.saturating_sub(n) / 2)
                }
            };
        }
        let (kernel, stride, dilation) = (kernel.0, stride.0, dilation.0);
        input.iter().all(|n| *n > 0).then_some(Window { input, kernel, stride, dilation, pad, output: small })
    }

    /// Rows (axis 0) or columns (axis 1) of the padded image that windows reach.
    pub fn reach(&self, axis: usize) -> usize {
        (self.output[axis] - 1) * self.stride[axis] + extent(self.kernel[axis], self.dilation[axis])
    }

    /// Row (axis 0) or column (axis 1) of the image under the kernel's `tap` at place `at`; `None` on padding.
    #[inline]
    pub fn under(&self, axis: usize, at: usize, tap: usize) -> Option<usize> {
        let i = (at * self.stride[axis] + tap * self.dilation[axis]).checked_sub(self.pad[axis])?;
        (i < self.input[axis]).then_some(i)
    }

    /// Pixels of the image.
    pub fn pixels_in(&self) -> usize {
        self.input[0] * self.input[1]
    }

    /// Places of the window.
    pub fn pixels_out(&self) -> usize {
        self.output[0] * self.output[1]
    }

    /// Numbers under the kernel, for one channel.
    pub fn taps(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }
}

/// Zeros before an axis of `n` and places along it.
fn along(n: usize, kernel: usize, stride: usize, dilation: usize, padding: Padding) -> (usize, usize) {
    let (step, len) = (stride.max(1), extent(kernel, dilation));
    match padding {
        Padding::Same => {
            let places = n.div_ceil(step);
            let reach = (places.max(1) - 1).saturating_mul(step).saturating_add(len);
            (reach.saturating_sub(n) / 2, places)
        }
        Padding::Valid => (0, places(n, len, step)),
        Padding::Of(p) => (p, places(n.saturating_add(p).saturating_add(p), len, step)),
    }
}

fn places(n: usize, len: usize, step: usize) -> usize {
    if n < len { 0 } else { (n - len) / step + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_pytorch_and_keras_do() {
        let out = |n, k, s, d, p| {
            let w = Window::new([n, 9], Pair([k, 1]), Pair([s, 1]), Pair([d, 1]), p)?;
            Some((w.output[0], w.pad[0]))
        };
        assert_eq!(out(32, 3, 1, 1, Padding::Valid), Some((30, 0)));
        assert_eq!(out(5, 2, 2, 1, Padding::Valid), Some((2, 0)));
        assert_eq!(out(28, 5, 1, 1, Padding::Same), Some((28, 2)));
        // An even kernel: the odd zero goes below.
        assert_eq!(out(28, 4, 1, 1, Padding::Same), Some((28, 1)));
        assert_eq!(out(7, 3, 2, 1, Padding::Same), Some((4, 1)));
        assert_eq!(out(8, 3, 2, 1, Padding::Same), Some((4, 0)));
        assert_eq!(out(8, 3, 1, 2, Padding::Of(2)), Some((8, 2)));
        assert_eq!(out(2, 3, 1, 1, Padding::Valid), None);
        assert_eq!(out(2, 3, 1, 1, Padding::Same), Some((2, 1)));
        assert_eq!(out(usize::MAX, 3, 1, 1, Padding::Of(3)).map(|o| o.1), Some(3));
    }

    #[test]
    fn a_transposed_window_covers_what_it_makes() {
        let out = |n, k, s, p| {
            let w = Window::transposed([n, 3], Pair([k, 1]), Pair([s, 1]), Pair::square(1), p)?;
            Some((w.input[0], w.pad[0]))
        };
        assert_eq!(out(4, 3, 2, Padding::Valid), Some((9, 0)));
        assert_eq!(out(4, 3, 2, Padding::Of(1)), Some((7, 1)));
        assert_eq!(out(4, 3, 2, Padding::Same), Some((8, 0)));
        assert_eq!(out(4, 2, 2, Padding::Same), Some((8, 0)));
        assert_eq!(out(4, 1, 2, Padding::Same), Some((8, 0)));
        assert_eq!(out(1, 3, 1, Padding::Of(2)), None);
        let line = Window::line(9, Pair::square(3), Pair::square(2), Pair::square(1), Padding::Of(1));
        assert_eq!(line.map(|w| (w.input, w.pad, w.output)), Some(([1, 9], [0, 1], [1, 5])));
    }

    #[test]
    fn both_forms_are_read() {
        let pair = |s| serde_json::from_str::<Pair>(s).ok();
        assert_eq!(pair("3"), Some(Pair([3, 3])));
        assert_eq!(pair("[3,5]"), Some(Pair([3, 5])));
        assert!(["[3]", "[3,4,5]", "-1", "\"3\"", "3.5"].iter().all(|s| pair(s).is_none()));
        let padding = |s| serde_json::from_str::<Padding>(s).ok();
        assert_eq!((padding("\"same\""), padding("2")), (Some(Padding::Same), Some(Padding::Of(2))));
        assert!(padding("\"full\"").is_none() && padding("[1]").is_none());
    }
}
