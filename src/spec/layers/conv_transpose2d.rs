//! `conv_transpose2d`: a convolution the other way round, every pixel becomes a patch.

use super::conv::{self, Conv};
use super::{Field, Head, LayerRule, Setting, Word, word};
use crate::spec::activation::Activation;
use crate::spec::shape::{LayerInfo, Site};
use crate::spec::window::{Padding, Pair, Window, extent};

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Conv;
    const WORD: &'static str = "conv_transpose";

    fn starter() -> Conv {
        Conv { stride: Pair::square(2), ..conv::starter(2) }
    }

    fn unread() -> Conv {
        Conv::new(0, 3)
    }

    fn write(s: &Conv, to: &mut String) {
        conv::write(s, &word::both(s.kernel), to);
    }

    fn read(s: &mut Conv, w: Word<'_>) -> Option<()> {
        conv::read(s, w)
    }

    fn shape(s: &Conv, site: &mut Site<'_>, info: &mut LayerInfo) {
        let path = info.path.clone();
        let image = site.walk.plane("conv_transpose2d", false, info);
        if !conv::ranges(s, site, &path) {
            return;
        }
        let Some([h, w, channels]) = image else { return };
        if !site.walk.groups(&path, s.groups, channels, s.filters) {
            return;
        }
        let Some(window) = Window::transposed([h, w], s.kernel, s.stride, s.dilation, s.padding) else {
            // Only a padding takes everything away; half of what the kernel alone would make is the most.
            let max = (extent(s.kernel.0[0], s.dilation.0[0]).min(extent(s.kernel.0[1], s.dilation.0[1])) - 1) / 2;
            let got = if let Padding::Of(n) = s.padding { n } else { 0 };
            return site.range(info, "padding", got as f64, 0.0, max as f64);
        };
        info.output = vec![window.input[0], window.input[1], s.filters];
        conv::params(s, &[channels, s.filters / s.groups, s.kernel.0[0], s.kernel.0[1]], site, info);
    }

    fn activation(s: &Conv) -> Option<Activation> {
        Some(s.activation)
    }

    fn head(s: &Conv, _: &LayerInfo) -> Head {
        conv::head(s)
    }

    fn fields(s: &Conv) -> Vec<Field> {
        conv::fields(s)
    }

    fn set(s: &mut Conv, key: &str, to: Setting) -> bool {
        conv::set(s, key, to)
    }
}
