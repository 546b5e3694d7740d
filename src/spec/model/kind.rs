//! The list of layer kinds: one row each, from which follow the enum, the JSON names and the reader.
//!
//! Not responsible for settings (`model` and the files beside this one).

use super::image::{Conv, GroupNorm, Pool, SqueezeExcite, Upsample};
use super::{
    ActivationLayer, Attention, Dense, Dropout, Embedding, Empty, Layer, Positional, Recurrent, Reshape, Residual,
    Slice, TransformerBlock, settings,
};
use crate::spec::activation::Activation;
use crate::spec::window::Padding;
use serde::Serialize;
use serde::de;
use serde_json::Value;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:literal $kind:ident($settings:ty)),* $(,)?) => {
        /// Every kind of layer.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = "type", rename_all = "snake_case")]
        pub enum LayerKind { $($(#[$doc])* $kind($settings)),* }

        /// The JSON names of all layer kinds, in the order the page offers them.
        pub const LAYER_TYPES: [&str; [$($name),*].len()] = [$($name),*];

        impl LayerKind {
            /// The JSON name.
            pub fn type_name(&self) -> &'static str {
                match self { $(LayerKind::$kind(_) => $name),* }
            }

            /// Reads the settings of the kind of this JSON name.
            pub(super) fn read<E: de::Error>(name: &str, rest: Value) -> Result<LayerKind, E> {
                Ok(match name {
                    $($name => LayerKind::$kind(settings(rest)?),)*
                    other => return Err(E::unknown_variant(other, &LAYER_TYPES)),
                })
            }
        }
    };
}

kinds! {
    /// Fully connected.
    "dense" Dense(Dense),
    /// A nonlinearity on its own.
    "activation" Activation(ActivationLayer),
    /// Filters that slide over an image.
    "conv2d" Conv2d(Conv),
    /// The greatest value under a sliding window.
    "max_pool2d" MaxPool2d(Pool),
    /// The mean under a sliding window.
    "avg_pool2d" AvgPool2d(Pool),
    /// The mean of every channel.
    "global_avg_pool2d" GlobalAvgPool2d(Empty),
    /// A convolution the other way round: every pixel becomes a patch.
    "conv_transpose2d" ConvTranspose2d(Conv),
    /// Every pixel several times.
    "upsample2d" Upsample2d(Upsample),
    /// Channels weighted by what all channels say.
    "squeeze_excite" SqueezeExcite(SqueezeExcite),
    /// Filters that slide along a series.
    "conv1d" Conv1d(Conv),
    /// The greatest value under a window that slides along a series.
    "max_pool1d" MaxPool1d(Pool),
    /// The mean of every feature over time.
    "global_avg_pool1d" GlobalAvgPool1d(Empty),
    /// Random zeroing while training.
    "dropout" Dropout(Dropout),
    /// Random zeroing of whole channels while training.
    "dropout2d" Dropout2d(Dropout),
    /// Normalisation over the batch.
    "batch_norm" BatchNorm(Empty),
    /// Normalisation over the features of one sample.
    "layer_norm" LayerNorm(Empty),
    /// Normalisation over groups of channels of one sample.
    "group_norm" GroupNorm(GroupNorm),
    /// A plain recurrent layer.
    "rnn" Rnn(Recurrent),
    /// Long short-term memory.
    "lstm" Lstm(Recurrent),
    /// Gated recurrent units.
    "gru" Gru(Recurrent),
    /// `x + layers(x)`.
    "residual" Residual(Residual),
    /// All axes of a sample into one.
    "flatten" Flatten(Empty),
    /// Same values, another shape.
    "reshape" Reshape(Reshape),
    /// Sum of several earlier outputs.
    "add" Add(Empty),
    /// Several earlier outputs side by side on the last axis.
    "concat" Concat(Empty),
    /// Some places of a sequence.
    "slice" Slice(Slice),
    /// A learned row for every token.
    "embedding" Embedding(Embedding),
    /// Tells the places of a sequence apart.
    "positional" Positional(Positional),
    /// Every place takes from the places that matter to it.
    "attention" Attention(Attention),
    /// Attention and perceptron with shortcuts and norms.
    "transformer_block" TransformerBlock(TransformerBlock),
}

impl LayerKind {
    /// A layer of this type with settings a learner would start from.
    pub fn starter(type_name: &str) -> Option<LayerKind> {
        let dense = |units| Dense { units: Some(units), activation: Activation::Tanh, ..Dense::default() };
        let conv = |kernel| Conv { padding: Padding::Same, activation: Activation::Relu, ..Conv::new(8, kernel) };
        Some(match type_name {
            "dense" => LayerKind::Dense(dense(8)),
            "activation" => LayerKind::Activation(ActivationLayer { kind: Activation::Relu }),
            "conv2d" => LayerKind::Conv2d(conv(3)),
            "max_pool2d" => LayerKind::MaxPool2d(Pool::default()),
            "avg_pool2d" => LayerKind::AvgPool2d(Pool::default()),
            "global_avg_pool2d" => LayerKind::GlobalAvgPool2d(Empty {}),
            "conv_transpose2d" => {
                LayerKind::ConvTranspose2d(Conv { stride: crate::spec::window::Pair::square(2), ..conv(2) })
            }
            "upsample2d" => LayerKind::Upsample2d(Upsample::default()),
            "squeeze_excite" => LayerKind::SqueezeExcite(SqueezeExcite { reduction: 4 }),
            "conv1d" => LayerKind::Conv1d(conv(5)),
            "max_pool1d" => LayerKind::MaxPool1d(Pool::default()),
            "global_avg_pool1d" => LayerKind::GlobalAvgPool1d(Empty {}),
            "dropout" => LayerKind::Dropout(Dropout { rate: 0.2 }),
            "dropout2d" => LayerKind::Dropout2d(Dropout { rate: 0.2 }),
            "batch_norm" => LayerKind::BatchNorm(Empty {}),
            "layer_norm" => LayerKind::LayerNorm(Empty {}),
            "group_norm" => LayerKind::GroupNorm(GroupNorm { groups: 4 }),
            "rnn" => LayerKind::Rnn(Recurrent::of(32)),
            "lstm" => LayerKind::Lstm(Recurrent::of(32)),
            "gru" => LayerKind::Gru(Recurrent::of(32)),
            "flatten" => LayerKind::Flatten(Empty {}),
            "reshape" => LayerKind::Reshape(Reshape { shape: vec![1] }),
            "residual" => LayerKind::Residual(Residual { layers: vec![LayerKind::Dense(dense(8)).into()] }),
            "add" => LayerKind::Add(Empty {}),
            "concat" => LayerKind::Concat(Empty {}),
            "slice" => LayerKind::Slice(Slice { start: 0, length: 1 }),
            "embedding" => LayerKind::Embedding(Embedding::default()),
            "positional" => LayerKind::Positional(Positional::default()),
            "attention" => LayerKind::Attention(Attention::default()),
            "transformer_block" => LayerKind::TransformerBlock(TransformerBlock::default()),
            _ => return None,
        })
    }

    /// Whether what goes out of each place of a sequence stands for the place that came in: tokens stay known.
    pub fn keeps_tokens(&self) -> bool {
        match self {
            LayerKind::Dense(_) | LayerKind::Activation(_) | LayerKind::Dropout(_) | LayerKind::Dropout2d(_) => true,
            LayerKind::BatchNorm(_) | LayerKind::LayerNorm(_) | LayerKind::GroupNorm(_) => true,
            LayerKind::Residual(_) | LayerKind::Add(_) | LayerKind::Concat(_) => true,
            LayerKind::Embedding(_) | LayerKind::Positional(_) => true,
            LayerKind::Attention(_) | LayerKind::TransformerBlock(_) => true,
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => r.return_sequences,
            LayerKind::Conv2d(_) | LayerKind::ConvTranspose2d(_) | LayerKind::Conv1d(_) => false,
            LayerKind::MaxPool2d(_) | LayerKind::AvgPool2d(_) | LayerKind::MaxPool1d(_) => false,
            LayerKind::GlobalAvgPool2d(_) | LayerKind::GlobalAvgPool1d(_) | LayerKind::Upsample2d(_) => false,
            LayerKind::SqueezeExcite(_) | LayerKind::Flatten(_) | LayerKind::Reshape(_) | LayerKind::Slice(_) => false,
        }
    }

    /// Layers inside; only a container has any.
    pub fn children(&self) -> &[Layer] {
        if let LayerKind::Residual(r) = self { &r.layers } else { &[] }
    }

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
