//! Wishes for layers that see images and series.
//!
//! Not responsible for the other layers (`strategies`).

use super::{Net, Wish, init, pick};
use gradarium::spec::model::{Conv, Dropout, Empty, GroupNorm, InstanceNorm, Pool, Reshape, SqueezeExcite, Upsample};
use gradarium::spec::shape::size;
use gradarium::spec::window::{Padding, Pair, Window};
use gradarium::spec::{Activation, LayerKind};

impl Net {
    /// A layer for images where there is one; elsewhere the values become one, if that does not take them too far.
    pub(super) fn grant_image(&mut self, wish: Wish, name: Option<String>) {
        let (kind, a, b, x) = wish;
        let [h, w, c] = match *self.shape.as_slice() {
            [h, w, c] => [h, w, c],
            [t, c] if b % 3 > 0 => return self.grant_series(wish, t, c, name),
            _ => {
                let n = size(&self.shape);
                let h = (1..=n).rev().find(|d| d * d <= n && n.is_multiple_of(*d)).unwrap_or(1);
                let to = vec![h, n / h, 1];
                return self.push(LayerKind::Reshape(Reshape { shape: to.clone() }), to, None, name);
            }
        };
        let n = |most: usize, of: u8| 1 + usize::from(of) % most;
        let padding = [Padding::Same, Padding::Valid, Padding::Of(1)][usize::from(a / 16) % 3];
        let same = vec![h, w, c];
        match kind % 3 {
            0 => match a % 5 {
                0 => self.push(LayerKind::GlobalAvgPool2d(Empty {}), vec![c], None, name),
                1 => {
                    let factor = n(2, b);
                    self.push(LayerKind::Upsample2d(Upsample { factor }), vec![h * factor, w * factor, c], None, name);
                }
                2 => self.push(LayerKind::Dropout2d(Dropout { rate: x as f32 * 0.99 }), same, None, name),
                3 if b % 2 == 1 && h * w > 1 => {
                    let kind = LayerKind::InstanceNorm(InstanceNorm { affine: b % 4 == 1 });
                    self.push(kind, same, None, name);
                }
                3 => {
                    let groups = if c.is_multiple_of(2) { 2 } else { c };
                    self.push(LayerKind::GroupNorm(GroupNorm { groups }), same, None, name);
                }
                _ => {
                    let kind = LayerKind::SqueezeExcite(SqueezeExcite { reduction: n(3, b) });
                    self.push(kind, same, None, name);
                }
            },
            1 => {
                let size = Pair([2, n(3, a).max(2)]);
                let pool = Pool { size, stride: [None, Some(Pair::square(n(3, b)))][usize::from(b % 2)], padding };
                let Some(window) = Window::new([h, w], size, pool.steps(), Pair::square(1), padding) else { return };
                let kind = if a % 2 == 0 { LayerKind::MaxPool2d(pool) } else { LayerKind::AvgPool2d(pool) };
                self.push(kind, vec![window.output[0], window.output[1], c], None, name);
            }
            _ => {
                let groups = if b % 4 == 0 { c } else { 1 };
                let conv = conv(wish, groups, Pair([n(3, a), n(3, b)]), Pair([n(2, b), 1]), padding);
                let (k, s, d, filters) = (conv.kernel, conv.stride, conv.dilation, conv.filters);
                let (kind, to) = if b % 5 == 1 {
                    let window = Window::transposed([h, w], k, s, d, padding);
                    (LayerKind::ConvTranspose2d(conv), window.map(|w| w.input))
                } else {
                    let window = Window::new([h, w], k, s, d, padding);
                    (LayerKind::Conv2d(conv), window.map(|w| w.output))
                };
                let Some([h, w]) = to else { return };
                self.push(kind, vec![h, w, filters], None, name);
            }
        }
    }

    /// The same along a series.
    fn grant_series(&mut self, wish: Wish, t: usize, c: usize, name: Option<String>) {
        let (kind, a, b, _) = wish;
        let k = Pair::square(1 + usize::from(a) % 3);
        match kind % 3 {
            0 => self.push(LayerKind::GlobalAvgPool1d(Empty {}), vec![c], None, name),
            1 => {
                let pool = Pool { size: k, stride: None, padding: Padding::Valid };
                let Some(window) = Window::line(t, k, k, Pair::square(1), pool.padding) else { return };
                self.push(LayerKind::MaxPool1d(pool), vec![window.output[1], c], None, name);
            }
            _ => {
                let padding = [Padding::Same, Padding::Of(1)][usize::from(b % 2)];
                let conv = conv(wish, 1, k, Pair::square(1 + usize::from(b) % 2), padding);
                let Some(window) = Window::line(t, k, conv.stride, conv.dilation, padding) else { return };
                let shape = vec![window.output[1], conv.filters];
                self.push(LayerKind::Conv1d(conv), shape, None, name);
            }
        }
    }
}

fn conv((_, a, b, x): Wish, groups: usize, kernel: Pair, stride: Pair, padding: Padding) -> Conv {
    Conv {
        filters: groups * (1 + usize::from(a) % 3),
        kernel,
        stride,
        padding,
        dilation: Pair::square(1 + usize::from(a / 3) % 2),
        groups,
        activation: pick(&Activation::ALL, a),
        init: init(b, x),
        bias: [None, Some(true), Some(false)][usize::from(b) % 3],
    }
}
