//! What the convolutions share: settings, words, ranges and fields.
//!
//! Images are height × width × channels. Not responsible for the shapes of each (their own files).

use super::word::{self, Word};
use super::{Control, Field, Head, Setting};
use crate::spec::activation::Activation;
use crate::spec::init::Init;
use crate::spec::model::{LayerKind, UNITS_MAX, is_default, is_linear};
use crate::spec::shape::{LayerInfo, Site, count};
use crate::spec::window::{Padding, Pair, WINDOW_MAX};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Settings of a convolution: PyTorch's `nn.Conv2d` with its defaults, followed by an activation.
///
/// Images are height × width × channels as Keras has them; the weight is `(filters, channels / groups, height, width)` as
/// PyTorch has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Conv {
    /// Channels of the output.
    pub filters: usize,
    /// Size of the kernel, `n` or `[height, width]`; 3 when left out.
    #[serde(default = "three")]
    pub kernel: Pair,
    /// Steps from one place to the next; 1 when left out.
    #[serde(default = "one", skip_serializing_if = "Pair::is_one")]
    pub stride: Pair,
    /// `"valid"` (none, the default), `"same"` or a number of zeros on every side.
    #[serde(default, skip_serializing_if = "is_default")]
    pub padding: Padding,
    /// Steps between the kernel's own rows and columns; 1 when left out.
    #[serde(default = "one", skip_serializing_if = "Pair::is_one")]
    pub dilation: Pair,
    /// Channels are cut into so many groups that do not see each other; as many as channels is a depthwise convolution.
    #[serde(default = "one_group", skip_serializing_if = "is_one")]
    pub groups: usize,
    /// Applied to the sums; `linear` when left out.
    #[serde(default, skip_serializing_if = "is_linear")]
    pub activation: Activation,
    /// How weights start; default PyTorch's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub init: Init,
    /// Whether a bias is added; default true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bias: Option<bool>,
}

impl Conv {
    /// A convolution of so many filters with a square kernel, everything else at its default.
    pub fn new(filters: usize, kernel: usize) -> Self {
        Conv {
            filters,
            kernel: Pair::square(kernel),
            stride: one(),
            padding: Padding::Valid,
            dilation: one(),
            groups: 1,
            activation: Activation::Linear,
            init: Init::default(),
            bias: None,
        }
    }

    /// Whether a bias is added.
    pub fn has_bias(&self) -> bool {
        self.bias.unwrap_or(true)
    }
}

fn one() -> Pair {
    Pair::square(1)
}

fn three() -> Pair {
    Pair::square(3)
}

fn one_group() -> usize {
    1
}

fn is_one(n: &usize) -> bool {
    *n == 1
}

/// A convolution a learner would start from.
pub(super) fn starter(kernel: usize) -> Conv {
    Conv { padding: Padding::Same, activation: Activation::Relu, ..Conv::new(8, kernel) }
}

/// Writes filters, `kernel`, and what is not at its default.
pub(super) fn write(c: &Conv, kernel: &str, s: &mut String) {
    // Writing to a String cannot fail.
    _ = write!(s, " {} {kernel}", c.filters);
    word::write_padding(s, c.padding);
    word::write_activation(s, c.activation);
    for (key, p) in [("stride", c.stride), ("dilation", c.dilation)] {
        if !p.is_one() {
            _ = write!(s, " {key}={}", word::short(p));
        }
    }
    if c.groups != 1 {
        _ = write!(s, " groups={}", c.groups);
    }
    word::write_init(s, &c.init);
    c.bias.iter().for_each(|b| _ = write!(s, " bias={b}"));
}

/// Applies one word: a number is the filters (a second one the kernel), `5x5` the kernel.
pub(super) fn read(c: &mut Conv, w: Word<'_>) -> Option<()> {
    match w.keyed() {
        ("", v) if c.filters == 0 && v.parse::<usize>().is_ok() => c.filters = v.parse().ok()?,
        ("", v) => match (Activation::from_name(v), word::named_padding(v)) {
            (Some(a), _) => c.activation = a,
            (None, Some(p)) => c.padding = p,
            (None, None) => c.kernel = word::pair(v)?,
        },
        ("filters", v) => c.filters = v.parse().ok()?,
        ("kernel", v) => c.kernel = word::pair(v)?,
        ("stride", v) => c.stride = word::pair(v)?,
        ("dilation", v) => c.dilation = word::pair(v)?,
        ("padding", v) => c.padding = word::padding(v)?,
        ("groups", v) => c.groups = v.parse().ok()?,
        ("activation", v) => c.activation = Activation::from_name(v)?,
        ("bias", v) => c.bias = Some(v.parse().ok()?),
        ("init", v) => c.init = word::init(v)?,
        _ => return None,
    }
    Some(())
}

/// The ranges of the settings; says whether all hold.
pub(super) fn ranges(c: &Conv, site: &mut Site<'_>, path: &str) -> bool {
    let before = site.walk.problems.len();
    site.range_at(path, "filters", c.filters as f64, 1.0, UNITS_MAX as f64);
    for (field, pair) in [("kernel", c.kernel), ("stride", c.stride), ("dilation", c.dilation)] {
        site.walk.pair(format!("{path}.{field}"), pair, 1);
    }
    site.walk.padding(path, c.padding, WINDOW_MAX);
    c.init.check(&format!("{path}.init"), &mut site.walk.problems);
    before == site.walk.problems.len()
}

/// `weight` and, where there is one, the bias.
pub(super) fn params(c: &Conv, weight: &[usize], site: &mut Site<'_>, info: &mut LayerInfo) {
    info.param("weight", weight);
    if c.has_bias() {
        info.param("bias", &[c.filters]);
    }
    // The sums before the activation may be kept as well.
    site.holds(count(&info.output));
}

/// Shape of a convolution over an image, or with `line` along a series.
pub(super) fn shape(c: &Conv, layer: &str, line: bool, site: &mut Site<'_>, info: &mut LayerInfo) {
    let (path, walk) = (info.path.clone(), &mut *site.walk);
    let image = walk.plane(layer, line, info);
    let pairs = [("kernel", c.kernel), ("stride", c.stride), ("dilation", c.dilation)];
    if !ranges(c, site, &path) || line && !site.walk.single(&path, &pairs) {
        return;
    }
    let (Some([h, w, channels]), walk) = (image, &mut *site.walk) else { return };
    let window = walk.window(&path, "kernel", (!line).then_some(h), w, (c.kernel, c.stride, c.dilation, c.padding));
    if !walk.groups(&path, c.groups, channels, c.filters) {
        return;
    }
    let Some(window) = window else { return };
    info.output = if line { vec![] } else { vec![window.output[0]] };
    info.output.extend([window.output[1], c.filters]);
    let mut weight = vec![c.filters, channels / c.groups];
    weight.extend(&c.kernel.0[usize::from(line)..]);
    params(c, &weight, site, info);
}

/// The number of filters.
pub(super) fn head(c: &Conv) -> Head {
    Head::Field(Field::whole("filters", c.filters, 1, UNITS_MAX))
}

/// The fields of the opened card.
pub(super) fn fields(c: &Conv) -> Vec<Field> {
    vec![
        Field::new("kernel", Control::Pair(c.kernel)),
        Field::new("stride", Control::Pair(c.stride)),
        Field::new("padding", Control::Padding(c.padding)),
        Field::new("dilation", Control::Pair(c.dilation)),
        Field::whole("groups", c.groups, 1, UNITS_MAX),
        Field::new("init", Control::Init(c.init)),
        Field::new("bias", Control::Check(c.has_bias())),
    ]
}

/// Puts one of them.
pub(super) fn set(c: &mut Conv, key: &str, to: Setting) -> bool {
    match (key, to) {
        ("filters", Setting::Whole(n)) => c.filters = n,
        ("activation", Setting::Activation(a)) => c.activation = a,
        ("kernel", Setting::Pair(p)) => c.kernel = p,
        ("stride", Setting::Pair(p)) => c.stride = p,
        ("dilation", Setting::Pair(p)) => c.dilation = p,
        ("padding", Setting::Padding(p)) => c.padding = p,
        ("groups", Setting::Whole(n)) => c.groups = n,
        ("init", Setting::Init(init)) => c.init = init,
        ("bias", Setting::On(on)) => c.bias = (!on).then_some(false),
        _ => return false,
    }
    true
}

impl LayerKind {
    /// Settings of a convolution, of any kind.
    pub fn conv(&self) -> Option<&Conv> {
        match self {
            LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => Some(c),
            _ => None,
        }
    }

    /// The same, to change.
    pub fn conv_mut(&mut self) -> Option<&mut Conv> {
        match self {
            LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => Some(c),
            _ => None,
        }
    }
}
