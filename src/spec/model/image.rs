//! Settings of the layers that see images, height × width × channels.
//!
//! Not responsible for their shapes (`shape::image`) nor for what they compute (`engine::nn`).

use super::{is_default, is_linear};
use crate::spec::activation::Activation;
use crate::spec::init::Init;
use crate::spec::window::{Padding, Pair};
use serde::{Deserialize, Serialize};

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

/// Settings of `upsample2d`: every pixel `factor` times along both axes, PyTorch's `nn.Upsample(mode="nearest")`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Upsample {
    /// How many times, 2 when left out.
    pub factor: usize,
}

impl Default for Upsample {
    fn default() -> Self {
        Upsample { factor: 2 }
    }
}

/// Settings of `group_norm`: PyTorch's `nn.GroupNorm`, ε 1e-5, a gain and a shift for every channel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupNorm {
    /// Groups of neighbouring channels; must divide the channels.
    pub groups: usize,
}

/// Settings of `squeeze_excite` (Hu et al. 2018): the channels' means go through two dense layers, relu and sigmoid, and
/// come back as a factor for every channel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SqueezeExcite {
    /// Channels to one unit of the layer between, 16 when left out as in the paper; one unit at least.
    pub reduction: usize,
}

impl Default for SqueezeExcite {
    fn default() -> Self {
        SqueezeExcite { reduction: 16 }
    }
}

impl SqueezeExcite {
    /// Units of the layer between.
    pub fn units(&self, channels: usize) -> usize {
        (channels / self.reduction.max(1)).max(1)
    }
}
