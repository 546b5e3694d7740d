//! Shapes of the layers that see images: what a window makes of height and width, and what can be wrong with one.
//!
//! Not responsible for the arithmetic of windows (`spec::window`).

use super::{LayerInfo, ParamInfo, Walk, show, size};
use crate::spec::model::{Conv, Pool, UNITS_MAX};
use crate::spec::problem::{Code, Fix, Problem, check_range};
use crate::spec::window::{Padding, Pair, WINDOW_MAX, Window, extent};

/// Index of the top-level layer at `path`; remedies reach no deeper.
fn top(path: &str) -> Option<usize> {
    path.strip_prefix("model.layers[")?.strip_suffix(']')?.parse().ok()
}

impl Walk<'_> {
    /// Height, width and channels; anything else is reported.
    pub(super) fn image(&mut self, path: &str, layer: &str, x: &[usize]) -> Option<[usize; 3]> {
        if let [h, w, c] = *x {
            return Some([h, w, c]);
        }
        let p = Problem::new(path, Code::LayerInput);
        self.problems.push(p.arg("layer", layer).arg("got", show(x)).arg("expected", "image"));
        None
    }

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

    /// The window, or the problem that it is larger than what it slides over.
    fn window(
        &mut self,
        path: &str,
        field: &str,
        image: [usize; 2],
        of: (Pair, Pair, Pair, Padding),
    ) -> Option<Window> {
        let (kernel, stride, dilation, padding) = of;
        let window = Window::new(image, kernel, stride, dilation, padding);
        if window.is_none() {
            let covers: Vec<usize> = (0..2).map(|a| extent(kernel.0[a], dilation.0[a])).collect();
            let p = Problem::new(format!("{path}.{field}"), Code::WindowTooLarge);
            let p = p.arg("got", show(&covers)).arg("max", show(&image));
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

    pub(super) fn conv2d(&mut self, path: &str, c: &Conv, x: &[usize], info: &mut LayerInfo) {
        let image = self.image(path, "conv2d", x);
        if !self.conv_ranges(path, c) {
            return;
        }
        let Some([h, w, channels]) = image else { return };
        let window = self.window(path, "kernel", [h, w], (c.kernel, c.stride, c.dilation, c.padding));
        if !self.groups(path, c.groups, channels, c.filters) {
            return;
        }
        let Some(window) = window else { return };
        info.output = vec![window.output[0], window.output[1], c.filters];
        self.conv_params(c, vec![c.filters, channels / c.groups, c.kernel.0[0], c.kernel.0[1]], info);
    }

    pub(super) fn pool2d(&mut self, path: &str, layer: &str, p: &Pool, x: &[usize], info: &mut LayerInfo) {
        let image = self.image(path, layer, x);
        let ranges = [self.pair(format!("{path}.size"), p.size, 1), self.pair(format!("{path}.stride"), p.steps(), 1)];
        let half = p.size.0.iter().min().map_or(0, |n| n / 2);
        if !self.padding(path, p.padding, half) || ranges.contains(&false) {
            return;
        }
        let Some([h, w, channels]) = image else { return };
        let of = (p.size, p.steps(), Pair::square(1), p.padding);
        if let Some(window) = self.window(path, "size", [h, w], of) {
            info.output = vec![window.output[0], window.output[1], channels];
        }
    }

    pub(super) fn global_avg_pool2d(&mut self, path: &str, x: &[usize], info: &mut LayerInfo) {
        if let Some([_, _, c]) = self.image(path, "global_avg_pool2d", x) {
            info.output = vec![c];
        }
    }
}
