//! What the pooling layers share: settings, words, shape and fields.

use super::word::{self, Word};
use super::{Control, Field, Head, LayerRule, Setting};
use crate::spec::model::{LayerKind, is_default};
use crate::spec::shape::{LayerInfo, Site};
use crate::spec::window::{Padding, Pair};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::marker::PhantomData;

/// Settings of a pooling layer: PyTorch's `nn.MaxPool2d` and `nn.AvgPool2d` (which divides by the whole window, padding
/// included).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Pool {
    /// Size of the window, `n` or `[height, width]`; 2 when left out, as in Keras.
    pub size: Pair,
    /// Steps from one window to the next; the window's size when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stride: Option<Pair>,
    /// `"valid"` (none, the default), `"same"` or a number of rows and columns on every side, at most half the window.
    #[serde(skip_serializing_if = "is_default")]
    pub padding: Padding,
}

impl Default for Pool {
    fn default() -> Self {
        Pool { size: Pair::square(2), stride: None, padding: Padding::Valid }
    }
}

impl Pool {
    /// Steps from one window to the next.
    pub fn steps(&self) -> Pair {
        self.stride.unwrap_or(self.size)
    }
}

/// What tells the layers apart.
pub(crate) trait Kind {
    /// JSON name of the layer.
    const NAME: &'static str;
    /// Whether the window slides along a series rather than over an image.
    const LINE: bool = false;
    /// See [`LayerRule::WORD`].
    const WORD: &'static str = "";
    /// See [`LayerRule::ALSO`].
    const ALSO: &'static [&'static str] = &[];
}

/// The rule of a pooling layer of this kind.
pub(crate) struct Of<K>(PhantomData<K>);

impl<K: Kind> LayerRule for Of<K> {
    type Settings = Pool;
    const WORD: &'static str = K::WORD;
    const ALSO: &'static [&'static str] = K::ALSO;

    fn starter() -> Pool {
        Pool::default()
    }

    fn write(s: &Pool, to: &mut String) {
        write(s, to);
    }

    fn read(s: &mut Pool, w: Word<'_>) -> Option<()> {
        read(s, w)
    }

    fn shape(s: &Pool, site: &mut Site<'_>, info: &mut LayerInfo) {
        shape(s, K::NAME, K::LINE, site, info);
    }

    fn head(s: &Pool, _: &LayerInfo) -> Head {
        head(s)
    }

    fn fields(s: &Pool) -> Vec<Field> {
        fields(s)
    }

    fn set(s: &mut Pool, key: &str, to: Setting) -> bool {
        set(s, key, to)
    }
}

/// Writes the window, and what is not at its default.
fn write(p: &Pool, s: &mut String) {
    // Writing to a String cannot fail.
    _ = write!(s, " {}", word::short(p.size));
    p.stride.iter().for_each(|t| _ = write!(s, " stride={}", word::short(*t)));
    word::write_padding(s, p.padding);
}

/// Applies one word: a number or `2x3` is the window.
fn read(p: &mut Pool, w: Word<'_>) -> Option<()> {
    match w.keyed() {
        ("", v) => match word::named_padding(v) {
            Some(pad) => p.padding = pad,
            None => p.size = word::pair(v)?,
        },
        ("size", v) => p.size = word::pair(v)?,
        ("stride", v) => p.stride = Some(word::pair(v)?),
        ("padding", v) => p.padding = word::padding(v)?,
        _ => return None,
    }
    Some(())
}

/// Pooling in two dimensions, or with `line` in one.
fn shape(p: &Pool, layer: &str, line: bool, site: &mut Site<'_>, info: &mut LayerInfo) {
    let (path, walk) = (info.path.clone(), &mut *site.walk);
    let image = walk.plane(layer, line, info);
    let ranges = [walk.pair(format!("{path}.size"), p.size, 1), walk.pair(format!("{path}.stride"), p.steps(), 1)];
    let half = p.size.0.iter().min().map_or(0, |n| n / 2);
    if !walk.padding(&path, p.padding, half) || ranges.contains(&false) {
        return;
    }
    if line && !walk.single(&path, &[("size", p.size), ("stride", p.steps())]) {
        return;
    }
    let Some([h, w, channels]) = image else { return };
    let of = (p.size, p.steps(), Pair::square(1), p.padding);
    if let Some(window) = walk.window(&path, "size", (!line).then_some(h), w, of) {
        info.output = if line { vec![] } else { vec![window.output[0]] };
        info.output.extend([window.output[1], channels]);
    }
}

/// The window, one number where both are the same.
fn head(p: &Pool) -> Head {
    Head::Fact(word::short(p.size).replace('x', "×"))
}

/// The fields of the opened card.
fn fields(p: &Pool) -> Vec<Field> {
    vec![
        Field::new("size", Control::Pair(p.size)),
        Field::new("stride", Control::Pair(p.steps())),
        Field::new("padding", Control::Padding(p.padding)),
    ]
}

/// Puts one of them.
fn set(p: &mut Pool, key: &str, to: Setting) -> bool {
    match (key, to) {
        ("size", Setting::Pair(size)) => p.size = size,
        // The window's own size is what it is when nothing is said.
        ("stride", Setting::Pair(stride)) => p.stride = Some(stride).filter(|s| *s != p.size),
        ("padding", Setting::Padding(padding)) => p.padding = padding,
        _ => return false,
    }
    true
}

impl LayerKind {
    /// Settings of a pooling layer with windows, of any kind.
    pub fn pool(&self) -> Option<&Pool> {
        match self {
            LayerKind::MaxPool2d(p) | LayerKind::AvgPool2d(p) | LayerKind::MaxPool1d(p) => Some(p),
            _ => None,
        }
    }

    /// The same, to change.
    pub fn pool_mut(&mut self) -> Option<&mut Pool> {
        match self {
            LayerKind::MaxPool2d(p) | LayerKind::AvgPool2d(p) | LayerKind::MaxPool1d(p) => Some(p),
            _ => None,
        }
    }
}
