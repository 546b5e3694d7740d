//! What the rules of layers over images share: what a window makes of height and width, and what can be wrong with one.
//!
//! Not responsible for the arithmetic of windows (`spec::window`).

use super::{LayerInfo, Walk, show};
use crate::spec::problem::{Code, Fix, Problem, check_range};
use crate::spec::window::{Padding, Pair, WINDOW_MAX, Window, extent};

impl Walk {
    /// Number, among all layers, of the top-level layer at `path`; remedies reach no deeper.
    pub(in crate::spec) fn top(&self, path: &str) -> Option<usize> {
        let (list, index) = path.strip_suffix(']')?.rsplit_once('[')?;
        (list == self.list).then_some(())?;
        index.parse::<usize>().ok().map(|i| self.first + i)
    }
}

/// What most likely makes an image of what comes in: one channel, or a square of one or three where all is in one row.
fn to_image(at: Option<usize>, info: &LayerInfo) -> Option<Fix> {
    let at = at?;
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

impl Walk {
    /// Both numbers within a range; says whether they are.
    pub(in crate::spec) fn pair(&mut self, path: String, pair: Pair, min: usize) -> bool {
        let wrong = pair.0.iter().find(|n| **n < min || **n > WINDOW_MAX);
        if let Some(n) = wrong {
            check_range(&mut self.problems, &path, *n as f64, min as f64, WINDOW_MAX as f64);
        }
        wrong.is_none()
    }

    pub(in crate::spec) fn padding(&mut self, path: &str, padding: Padding, max: usize) -> bool {
        let Padding::Of(n) = padding else { return true };
        check_range(&mut self.problems, &format!("{path}.padding"), n as f64, 0.0, max as f64);
        n <= max
    }

    /// The window over an image or (without a height) a series, or the problem that it is larger than that.
    pub(in crate::spec) fn window(
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
            let at = self.top(path);
            self.problems.push(match at {
                Some(at) => p.fix(Fix::PadSame { at }),
                None => p,
            });
        }
        window
    }

    /// Groups that divide both numbers of channels.
    pub(in crate::spec) fn groups(&mut self, path: &str, groups: usize, channels: usize, filters: usize) -> bool {
        let fits = groups > 0 && channels.is_multiple_of(groups) && filters.is_multiple_of(groups);
        if !fits {
            let p = Problem::new(format!("{path}.groups"), Code::GroupsDivide);
            let p = p.arg("got", groups).arg("channels", channels).arg("filters", filters);
            let at = self.top(path);
            self.problems.push(match at {
                Some(at) => p.fix(Fix::SetGroups { at, groups: 1 }),
                None => p,
            });
        }
        fits
    }

    /// Height, width and channels of what a one- or two-dimensional layer reads; of a series the height is 1.
    pub(in crate::spec) fn plane(&mut self, layer: &str, line: bool, info: &LayerInfo) -> Option<[usize; 3]> {
        match *info.input.as_slice() {
            [t, c] if line => Some([1, t, c]),
            [h, w, c] if !line => Some([h, w, c]),
            _ => {
                let p = Problem::new(&info.path, Code::LayerInput).arg("layer", layer).arg("got", show(&info.input));
                let p = p.arg("expected", if line { "sequence" } else { "image" });
                let fix = if line { self.to_sequence(info) } else { to_image(self.top(&info.path), info) };
                self.problems.push(match fix {
                    Some(fix) => p.fix(fix),
                    None => p,
                });
                None
            }
        }
    }

    /// Along a series there is one number only.
    pub(in crate::spec) fn single(&mut self, path: &str, pairs: &[(&str, Pair)]) -> bool {
        let before = self.problems.len();
        for (field, Pair([h, w])) in pairs {
            if h != w {
                let p = Problem::new(format!("{path}.{field}"), Code::WrongType);
                self.problems.push(p.arg("got", format!("[{h}, {w}]")).arg("expected", "integer"));
            }
        }
        before == self.problems.len()
    }

    /// Channels of an image or a series, for layers that take either.
    pub(in crate::spec) fn channels(&mut self, layer: &str, info: &LayerInfo) -> Option<usize> {
        self.plane(layer, info.input.len() == 2, info).map(|[_, _, c]| c)
    }
}
