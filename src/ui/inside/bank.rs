//! The weights of a convolution as filters: which numbers belong to which filter and input channel, and how many pictures
//! of them fit side by side.
//!
//! Pure. Not responsible for colours or events (`panels::filters`).

use super::places::Place;
use crate::spec::LayerKind;

/// How the weight of one layer is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Filters: channels of the output.
    pub filters: usize,
    /// Input channels that a filter sees: all, or those of its group.
    pub channels: usize,
    /// Filters of a group.
    pub in_group: usize,
    /// Height and width of the kernel; 1 high along a series.
    pub kernel: [usize; 2],
    /// Whether the weight has the input channels first, as transposed convolutions have.
    pub transposed: bool,
}

impl Bank {
    /// Of a layer, if it has filters.
    pub fn of(place: &Place) -> Option<Bank> {
        let conv = place.kind.conv()?;
        let (_, shape) = place.param("weight")?;
        let transposed = matches!(place.kind, LayerKind::ConvTranspose2d(_));
        let groups = conv.groups.max(1);
        let (channels, kernel) = match *shape {
            [rows, _, h, w] if transposed => (rows / groups, [h, w]),
            [_, channels, h, w] => (channels, [h, w]),
            [_, channels, k] => (channels, [1, k]),
            _ => return None,
        };
        Some(Bank { filters: conv.filters, channels, in_group: (conv.filters / groups).max(1), kernel, transposed })
    }

    /// Numbers under the kernel.
    pub fn taps(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// Numbers of the whole weight.
    pub fn len(&self) -> usize {
        self.filters * self.channels * self.taps()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The input channel of the layer that channel `c` of filter `o` sees.
    pub fn sees(&self, o: usize, c: usize) -> usize {
        o / self.in_group * self.channels + c
    }

    /// Where the numbers of filter `o` for its channel `c` begin; there are [`Bank::taps`] of them, rows from the top.
    pub fn at(&self, o: usize, c: usize) -> usize {
        if self.transposed {
            (self.sees(o, c) * self.in_group + o % self.in_group) * self.taps()
        } else {
            (o * self.channels + c) * self.taps()
        }
    }

    /// Those numbers; empty where there are none.
    pub fn tile<'a>(&self, weight: &'a [f32], o: usize, c: usize) -> &'a [f32] {
        let at = self.at(o, c);
        weight.get(at..at + self.taps()).filter(|_| o < self.filters && c < self.channels).unwrap_or(&[])
    }

    /// All numbers of one filter, channel after channel.
    pub fn filter(&self, weight: &[f32], o: usize) -> Vec<f32> {
        (0..self.channels).flat_map(|c| self.tile(weight, o, c).iter().copied()).collect()
    }
}

/// The greatest magnitude, for a scale that holds every number; numbers that are not finite do not count.
pub fn reach(values: &[f32]) -> f32 {
    values.iter().map(|v| v.abs()).filter(|v| v.is_finite()).fold(1e-6, f32::max)
}

/// Smallest and largest number.
pub fn range(values: &[f32]) -> (f32, f32) {
    values.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)))
}

/// Pictures in rows, each with a line of text under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// Pictures.
    pub count: usize,
    /// In a row.
    pub columns: usize,
    /// Width of one, CSS pixels.
    pub w: f64,
    /// Height of one.
    pub h: f64,
    /// Height of the text under one.
    pub text: f64,
}

/// Between two pictures.
const GAP: f64 = 6.0;

impl Sheet {
    /// As many in a row as fit into `width`, each about `side` long on its longer side.
    pub fn new(width: f64, count: usize, [rows, columns]: [usize; 2], side: f64, text: f64) -> Sheet {
        let (rows, columns) = (rows.max(1) as f64, columns.max(1) as f64);
        let scale = side / rows.max(columns);
        // A series is a strip: one number high, but never too thin to point at.
        let (w, h) = ((columns * scale).max(12.0), (rows * scale).max(12.0));
        let fit = ((width + GAP) / (w + GAP)).floor().max(1.0) as usize;
        Sheet { count, columns: fit.min(count.max(1)), w, h, text }
    }

    /// Height of all.
    pub fn height(&self) -> f64 {
        self.count.div_ceil(self.columns) as f64 * (self.h + self.text + GAP)
    }

    /// Top left of one.
    pub fn at(&self, i: usize) -> (f64, f64) {
        let (row, column) = (i / self.columns, i % self.columns);
        (column as f64 * (self.w + GAP), row as f64 * (self.h + self.text + GAP))
    }

    /// The one under a point, with the share of its width and height at which the point is.
    pub fn under(&self, (x, y): (f64, f64)) -> Option<(usize, f64, f64)> {
        let (column, row) = ((x / (self.w + GAP)).floor(), (y / (self.h + self.text + GAP)).floor());
        if x < 0.0 || y < 0.0 || column >= self.columns as f64 {
            return None;
        }
        let i = row as usize * self.columns + column as usize;
        let (left, top) = self.at(i);
        let (u, v) = ((x - left) / self.w, (y - top) / self.h);
        (i < self.count && u < 1.0 && v < 1.0).then_some((i, u, v))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{DataSpec, preset, text};
    use crate::ui::inside::places::Net;

    fn bank(model: &str) -> Bank {
        let mut e = preset::first();
        e.data = DataSpec::of("mnist");
        e.model = text::parse(model).unwrap();
        let net = Net::of(&e).unwrap();
        Bank::of(net.convs().last().unwrap()).unwrap()
    }

    #[test]
    fn every_number_belongs_to_one_filter() {
        for model in [
            "conv 4 3 | conv 6 2x3 | flatten | dense",
            "conv 4 3 | conv 6 3 groups=2 | flatten | dense",
            "conv 4 3 | conv_transpose 6 3 groups=2 | flatten | dense",
            "conv 4 3 | conv_transpose 5 2x3 | flatten | dense",
        ] {
            let b = bank(model);
            let mut seen = vec![0; b.len()];
            for o in 0..b.filters {
                for c in 0..b.channels {
                    (0..b.taps()).for_each(|t| seen[b.at(o, c) + t] += 1);
                }
            }
            assert!(seen.iter().all(|n| *n == 1), "{model} {b:?}");
        }
    }

    #[test]
    fn groups_see_their_own_channels() {
        let b = bank("conv 4 3 | conv 6 3 groups=2 | flatten | dense");
        assert_eq!((b.channels, b.sees(2, 1), b.sees(3, 0), b.sees(5, 1)), (2, 1, 2, 3));
        let weight: Vec<f32> = (0..b.len()).map(|i| i as f32).collect();
        assert_eq!(b.tile(&weight, 1, 1)[0], 27.0);
        assert!(b.tile(&weight, 6, 0).is_empty() && b.tile(&weight, 0, 2).is_empty());
        assert_eq!(b.filter(&weight, 1).len(), 18);
    }

    #[test]
    fn what_is_under_a_point_is_what_was_put_there() {
        let s = Sheet::new(200.0, 9, [3, 3], 40.0, 12.0);
        assert_eq!(s.columns, 4);
        for i in 0..9 {
            let (x, y) = s.at(i);
            assert_eq!(s.under((x + 20.0, y + 10.0)).unwrap().0, i);
        }
        assert_eq!(s.under((42.0, 3.0)), None);
        assert_eq!(s.under((5.0, s.height() + 1.0)), None);
        assert_eq!(Sheet::new(10.0, 3, [1, 5], 40.0, 0.0).columns, 1);
    }
}
