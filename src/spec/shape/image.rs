//! Shapes of the layers that see images: what a window makes of height and width, and what can be wrong with one.
//!
//! Not responsible for the arithmetic of windows (`spec::window`).

use super::{LayerInfo, ParamInfo, Walk, show, size};
use crate::spec::model::{Conv, Dropout, GroupNorm, Pool, SqueezeExcite, UNITS_MAX, Upsample};
use crate::spec::problem::{Code, Fix, Problem, check_range};
use crate::spec::window::{Padding, Pair, WINDOW_MAX, Window, extent};

/// Index of the top-level layer at `path`; remedies reach no deeper.
fn top(path: &str) -> Option<usize> {
    path.strip_prefix("model.layers[")?.strip_suffix(']')?.parse().ok()
}

/// What most likely makes an image of what comes in: one channel, or a square of one or three where all is in one row.
fn to_image(info: &LayerInfo) -> Option<Fix> {
    let at = top(&info.path)?;
    let shape = match *info.input.as_slice() {
        [h, w] => vec![h, w, 1],
        [n] => {
            let side = |c: usize| (4..=WINDOW_MAX).find(|s| s * s * c == n).map(|s| vec![s, s, c]);
            side(1).or_else(|| side(3))?
        }
        _ => return None,
    };
    Some(Fix::InsertReshape { at, shape })
}

impl Walk<'_> {
    /// Both numbers within a range; says whether they are.
    fn pair(&mut self, path: String, pair: Pair, min: usize) -> bool {
        let wrong = pair.0.iter().find(|n| **n < min || **n > WINDOW_MAX);
        if let Some(n) = wrong {
            check_range(&mut self.problems, &path, *n as f64, min as f64, WINDOW_MAX as f64);
        }
        wrong.is_none()
    }

    fn padding(&mut self, path: &str, padding: Padding, max: usize) -> bool {
        let Padding::Of(n) = padding else { return true };
        check_range(&mut self.problems, &format!("{path}.padding"), n as f64, 0.0, max as f64);
        n <= max
    }

    /// The window over an image or (without a height) a series, or the problem that it is larger than that.
    fn window(
        &mut self,
        path: &str,
        field: &str,
        high: Option<usize>,
        wide: usize,
        (kernel, stride, dilation, padding): (Pair, Pair, Pair, Padding),
    ) -> Option<Window> {
        let window = match high {
            Some(high) => Window::new([high, wide], kernel, stride, dilation, padding),
            None => Window::line(wide, kernel, stride, dilation, padding),
        };
        if window.is_none() {
            let covers = [0, 1].map(|a| extent(kernel.0[a], dilation.0[a]));
            let image = [high.unwrap_or(1), wide];
            let from = usize::from(high.is_none());
            let p = Problem::new(format!("{path}.{field}"), Code::WindowTooLarge);
            let p = p.arg("got", show(&covers[from..])).arg("max", show(&image[from..]));
            self.problems.push(match top(path) {
                Some(at) => p.fix(Fix::PadSame { at }),
                None => p,
            });
        }
        window
    }

    /// Groups that divide both numbers of channels.
    fn groups(&mut self, path: &str, groups: usize, channels: usize, filters: usize) -> bool {
        let fits = groups > 0 && channels.is_multiple_of(groups) && filters.is_multiple_of(groups);
        if !fits {
            let p = Problem::new(format!("{path}.groups"), Code::GroupsDivide);
            let p = p.arg("got", groups).arg("channels", channels).arg("filters", filters);
            self.problems.push(match top(path) {
                Some(at) => p.fix(Fix::SetGroups { at, groups: 1 }),
                None => p,
            });
        }
        fits
    }

    /// The ranges of a convolution's settings; says whether all hold.
    fn conv_ranges(&mut self, path: &str, c: &Conv) -> bool {
        let before = self.problems.len();
        check_range(&mut self.problems, &format!("{path}.filters"), c.filters as f64, 1.0, UNITS_MAX as f64);
        self.pair(format!("{path}.kernel"), c.kernel, 1);
        self.pair(format!("{path}.stride"), c.stride, 1);
        self.pair(format!("{path}.dilation"), c.dilation, 1);
        self.padding(path, c.padding, WINDOW_MAX);
        c.init.check(&format!("{path}.init"), &mut self.problems);
        before == self.problems.len()
    }

    fn conv_params(&mut self, c: &Conv, weight: Vec<usize>, info: &mut LayerInfo) {
        info.params.push(ParamInfo { name: "weight", shape: weight });
        if c.has_bias() {
            info.params.push(ParamInfo { name: "bias", shape: vec![c.filters] });
        }
        // The sums before the activation may be kept as well.
        self.values = self.values.saturating_add(size(&info.output));
    }

    /// Height, width and channels of what a one- or two-dimensional layer reads; of a series the height is 1.
    fn plane(&mut self, layer: &str, line: bool, info: &LayerInfo) -> Option<[usize; 3]> {
        match *info.input.as_slice() {
            [t, c] if line => Some([1, t, c]),
            [h, w, c] if !line => Some([h, w, c]),
            _ => {
                let p = Problem::new(&info.path, Code::LayerInput).arg("layer", layer).arg("got", show(&info.input));
                let p = p.arg("expected", if line { "sequence" } else { "image" });
                let fix = if line { self.to_sequence(info) } else { to_image(info) };
                self.problems.push(match fix {
                    Some(fix) => p.fix(fix),
                    None => p,
                });
                None
            }
        }
    }

    /// Along a series there is one number only.
    fn single(&mut self, path: &str, pairs: &[(&str, Pair)]) -> bool {
        let before = self.problems.len();
        for (field, Pair([h, w])) in pairs {
            if h != w {
                let p = Problem::new(format!("{path}.{field}"), Code::WrongType);
                self.problems.push(p.arg("got", format!("[{h}, {w}]")).arg("expected", "integer"));
            }
        }
        before == self.problems.len()
    }

    /// `conv2d`, or with `line` `conv1d`.
    pub(super) fn conv(&mut self, path: &str, layer: &str, line: bool, c: &Conv, info: &mut LayerInfo) {
        let image = self.plane(layer, line, info);
        let pairs = [("kernel", c.kernel), ("stride", c.stride), ("dilation", c.dilation)];
        if !self.conv_ranges(path, c) || line && !self.single(path, &pairs) {
            return;
        }
        let Some([h, w, channels]) = image else { return };
        let window = self.window(path, "kernel", (!line).then_some(h), w, (c.kernel, c.stride, c.dilation, c.padding));
        if !self.groups(path, c.groups, channels, c.filters) {
            return;
        }
        let Some(window) = window else { return };
        info.output = if line { vec![] } else { vec![window.output[0]] };
        info.output.extend([window.output[1], c.filters]);
        let mut weight = vec![c.filters, channels / c.groups];
        weight.extend(&c.kernel.0[usize::from(line)..]);
        self.conv_params(c, weight, info);
    }

    pub(super) fn conv_transpose2d(&mut self, path: &str, c: &Conv, info: &mut LayerInfo) {
        let image = self.plane("conv_transpose2d", false, info);
        if !self.conv_ranges(path, c) {
            return;
        }
        let Some([h, w, channels]) = image else { return };
        if !self.groups(path, c.groups, channels, c.filters) {
            return;
        }
        let Some(window) = Window::transposed([h, w], c.kernel, c.stride, c.dilation, c.padding) else {
            // Only a padding takes everything away; half of what the kernel alone would make is the most.
            let max = (extent(c.kernel.0[0], c.dilation.0[0]).min(extent(c.kernel.0[1], c.dilation.0[1])) - 1) / 2;
            let got = if let Padding::Of(n) = c.padding { n } else { 0 };
            check_range(&mut self.problems, &format!("{path}.padding"), got as f64, 0.0, max as f64);
            return;
        };
        info.output = vec![window.input[0], window.input[1], c.filters];
        self.conv_params(c, vec![channels, c.filters / c.groups, c.kernel.0[0], c.kernel.0[1]], info);
    }

    /// Pooling in two dimensions, or with `line` in one.
    pub(super) fn pool(&mut self, path: &str, layer: &str, line: bool, p: &Pool, info: &mut LayerInfo) {
        let image = self.plane(layer, line, info);
        let ranges = [self.pair(format!("{path}.size"), p.size, 1), self.pair(format!("{path}.stride"), p.steps(), 1)];
        let half = p.size.0.iter().min().map_or(0, |n| n / 2);
        if !self.padding(path, p.padding, half) || ranges.contains(&false) {
            return;
        }
        if line && !self.single(path, &[("size", p.size), ("stride", p.steps())]) {
            return;
        }
        let Some([h, w, channels]) = image else { return };
        let of = (p.size, p.steps(), Pair::square(1), p.padding);
        if let Some(window) = self.window(path, "size", (!line).then_some(h), w, of) {
            info.output = if line { vec![] } else { vec![window.output[0]] };
            info.output.extend([window.output[1], channels]);
        }
    }

    /// The mean of every channel, of an image or with `line` of a series.
    pub(super) fn global_avg(&mut self, layer: &str, line: bool, info: &mut LayerInfo) {
        if let Some([_, _, c]) = self.plane(layer, line, info) {
            info.output = vec![c];
        }
    }

    pub(super) fn upsample2d(&mut self, path: &str, u: &Upsample, info: &mut LayerInfo) {
        check_range(&mut self.problems, &format!("{path}.factor"), u.factor as f64, 1.0, 64.0);
        if let Some([h, w, c]) = self.plane("upsample2d", false, info) {
            info.output = vec![h.saturating_mul(u.factor), w.saturating_mul(u.factor), c];
        }
    }

    /// Channels of an image or a series, for layers that take either.
    fn channels(&mut self, layer: &str, info: &LayerInfo) -> Option<usize> {
        self.plane(layer, info.input.len() == 2, info).map(|[_, _, c]| c)
    }

    pub(super) fn dropout2d(&mut self, path: &str, d: &Dropout, info: &LayerInfo) {
        check_range(&mut self.problems, &format!("{path}.rate"), f64::from(d.rate), 0.0, 0.99);
        self.channels("dropout2d", info);
    }

    pub(super) fn group_norm(&mut self, path: &str, g: &GroupNorm, info: &mut LayerInfo) {
        let channels = info.input.last().copied().unwrap_or(1);
        if self.groups(path, g.groups, channels, channels) {
            info.params.push(ParamInfo { name: "weight", shape: vec![channels] });
            info.params.push(ParamInfo { name: "bias", shape: vec![channels] });
        }
    }

    pub(super) fn squeeze_excite(&mut self, path: &str, s: &SqueezeExcite, info: &mut LayerInfo) {
        check_range(&mut self.problems, &format!("{path}.reduction"), s.reduction as f64, 1.0, UNITS_MAX as f64);
        let Some(c) = self.channels("squeeze_excite", info) else { return };
        let units = s.units(c);
        for (name, shape) in [
            ("fc1.weight", vec![units, c]),
            ("fc1.bias", vec![units]),
            ("fc2.weight", vec![c, units]),
            ("fc2.bias", vec![c]),
        ] {
            info.params.push(ParamInfo { name, shape });
        }
    }
}
