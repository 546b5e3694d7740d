//! The layers, one file each: settings, words of the model text, shape rule, and the fields of the card.
//!
//! `kinds!` below is the registry: one line a layer. `spec::shape`, `spec::text`, `spec::schema` and the page's cards are
//! walks over these rules. Not responsible for what a layer computes (`engine::nn`).

pub mod activation;
pub mod add;
pub mod attention;
pub mod avg_pool2d;
pub mod batch_norm;
pub mod concat;
pub mod conv;
pub mod conv1d;
pub mod conv2d;
pub mod conv_transpose2d;
pub mod dense;
pub mod dropout;
pub mod dropout2d;
pub mod embedding;
mod field;
pub mod flatten;
pub mod global_avg_pool1d;
pub mod global_avg_pool2d;
pub mod group_norm;
pub mod gru;
pub mod instance_norm;
pub mod layer_norm;
pub mod lstm;
pub mod max_pool1d;
pub mod max_pool2d;
pub mod norm;
pub mod pool;
pub mod positional;
pub mod recurrent;
pub mod reshape;
pub mod residual;
pub mod rms_norm;
pub mod rnn;
mod rule;
pub mod slice;
pub mod squeeze_excite;
pub mod transformer_block;
pub mod upsample2d;
mod word;

pub use field::{Control, Field, Head, Setting};
pub(crate) use rule::LayerRule;
pub use rule::Reads;
pub use word::Word;

use super::activation::Activation;
use super::model::{Layer, settings};
use super::shape::{LayerInfo, Site};
use activation::ActivationLayer;
use attention::Attention;
use conv::Conv;
use dense::Dense;
use dropout::Dropout;
use embedding::Embedding;
use group_norm::GroupNorm;
use instance_norm::InstanceNorm;
use pool::Pool;
use positional::Positional;
use recurrent::Recurrent;
use reshape::Reshape;
use residual::Residual;
use serde::{Deserialize, Serialize, de};
use serde_json::Value;
use slice::Slice;
use squeeze_excite::SqueezeExcite;
use transformer_block::TransformerBlock;
use upsample2d::Upsample;

/// A layer without settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Empty {}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:literal $kind:ident($settings:ty) in $file:ident),* $(,)?) => {
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

            /// A layer of this type with settings a learner would start from.
            pub fn starter(type_name: &str) -> Option<LayerKind> {
                Some(match type_name {
                    $($name => LayerKind::$kind(<$file::Rule as LayerRule>::starter()),)*
                    _ => return None,
                })
            }

            /// The layer that a word of the model text begins, before the words after it are read.
            pub(super) fn begun(word: &str) -> Option<LayerKind> {
                $(
                    let also = <$file::Rule as LayerRule>::ALSO;
                    if word == $name || word == <$file::Rule as LayerRule>::WORD || also.contains(&word) {
                        return Some(LayerKind::$kind(<$file::Rule as LayerRule>::unread()));
                    }
                )*
                None
            }

            /// The word that begins it in the model text.
            pub(super) fn word(&self) -> &'static str {
                let word = match self { $(LayerKind::$kind(_) => <$file::Rule as LayerRule>::WORD),* };
                if word.is_empty() { self.type_name() } else { word }
            }

            /// Whether the words of the model text said all they must.
            pub(super) fn whole(&mut self) -> bool {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::whole(s)),* }
            }

            /// Writes its words of the model text behind the first.
            pub(super) fn write_words(&self, to: &mut String) {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::write(s, to)),* }
            }

            /// Takes one word of the model text.
            pub(super) fn read_word(&mut self, word: Word<'_>) -> Option<()> {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::read(s, word)),* }
            }

            /// How many outputs it reads.
            pub fn reads(&self) -> Reads {
                match self { $(LayerKind::$kind(_) => <$file::Rule as LayerRule>::READS),* }
            }

            /// Shape, parameters and problems.
            pub(super) fn shape(&self, site: &mut Site<'_>, info: &mut LayerInfo) {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::shape(s, site, info)),* }
            }

            /// Whether what goes out of each place of a sequence stands for the place that came in: tokens stay known.
            pub fn keeps_tokens(&self) -> bool {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::keeps_tokens(s)),* }
            }

            /// Whether it leaves as many values as it gets, each in its place.
            pub fn keeps_places(&self) -> bool {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::keeps_places(s)),* }
            }

            /// Fits settings a learner would start from to what comes in.
            pub fn fit(&mut self, comes_in: &[usize]) {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::fit(s, comes_in)),* }
            }

            /// What the card says where it has no activation.
            pub fn note(&self) -> String {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::note(s)),* }
            }

            /// The activation that the card shows.
            pub fn activation(&self) -> Option<Activation> {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::activation(s)),* }
            }

            /// What the card's header shows of the size.
            pub fn head(&self, info: &LayerInfo) -> Head {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::head(s, info)),* }
            }

            /// What it computes, one line each.
            pub fn formula(&self) -> Vec<String> {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::formula(s)),* }
            }

            /// The fields of the opened card.
            pub fn fields(&self) -> Vec<Field> {
                match self { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::fields(s)),* }
            }

            /// The same layer with another setting; as it was if it has no such field.
            pub fn with(&self, key: &str, to: Setting) -> LayerKind {
                let mut kind = self.clone();
                match &mut kind { $(LayerKind::$kind(s) => <$file::Rule as LayerRule>::set(s, key, to)),* };
                kind
            }

            /// The JSON Schema of the settings of this JSON name.
            #[cfg(not(target_arch = "wasm32"))]
            pub(super) fn schema(name: &str, generator: &mut schemars::SchemaGenerator) -> Option<schemars::Schema> {
                use schemars::JsonSchema as _;
                Some(match name {
                    $($name => <$settings>::json_schema(generator),)*
                    _ => return None,
                })
            }
        }
    };
}

kinds! {
    /// Fully connected.
    "dense" Dense(Dense) in dense,
    /// A nonlinearity on its own.
    "activation" Activation(ActivationLayer) in activation,
    /// Filters that slide over an image.
    "conv2d" Conv2d(Conv) in conv2d,
    /// The greatest value under a sliding window.
    "max_pool2d" MaxPool2d(Pool) in max_pool2d,
    /// The mean under a sliding window.
    "avg_pool2d" AvgPool2d(Pool) in avg_pool2d,
    /// The mean of every channel.
    "global_avg_pool2d" GlobalAvgPool2d(Empty) in global_avg_pool2d,
    /// A convolution the other way round: every pixel becomes a patch.
    "conv_transpose2d" ConvTranspose2d(Conv) in conv_transpose2d,
    /// Every pixel several times.
    "upsample2d" Upsample2d(Upsample) in upsample2d,
    /// Channels weighted by what all channels say.
    "squeeze_excite" SqueezeExcite(SqueezeExcite) in squeeze_excite,
    /// Filters that slide along a series.
    "conv1d" Conv1d(Conv) in conv1d,
    /// The greatest value under a window that slides along a series.
    "max_pool1d" MaxPool1d(Pool) in max_pool1d,
    /// The mean of every feature over time.
    "global_avg_pool1d" GlobalAvgPool1d(Empty) in global_avg_pool1d,
    /// Random zeroing while training.
    "dropout" Dropout(Dropout) in dropout,
    /// Random zeroing of whole channels while training.
    "dropout2d" Dropout2d(Dropout) in dropout2d,
    /// Normalisation over the batch.
    "batch_norm" BatchNorm(Empty) in batch_norm,
    /// Normalisation over the features of one sample.
    "layer_norm" LayerNorm(Empty) in layer_norm,
    /// Normalisation by the root of the mean square of one sample's features.
    "rms_norm" RmsNorm(Empty) in rms_norm,
    /// Normalisation of every channel of one sample over its positions.
    "instance_norm" InstanceNorm(InstanceNorm) in instance_norm,
    /// Normalisation over groups of channels of one sample.
    "group_norm" GroupNorm(GroupNorm) in group_norm,
    /// A plain recurrent layer.
    "rnn" Rnn(Recurrent) in rnn,
    /// Long short-term memory.
    "lstm" Lstm(Recurrent) in lstm,
    /// Gated recurrent units.
    "gru" Gru(Recurrent) in gru,
    /// `x + layers(x)`.
    "residual" Residual(Residual) in residual,
    /// All axes of a sample into one.
    "flatten" Flatten(Empty) in flatten,
    /// Same values, another shape.
    "reshape" Reshape(Reshape) in reshape,
    /// Sum of several earlier outputs.
    "add" Add(Empty) in add,
    /// Several earlier outputs side by side on the last axis.
    "concat" Concat(Empty) in concat,
    /// Some places of a sequence.
    "slice" Slice(Slice) in slice,
    /// A learned row for every token.
    "embedding" Embedding(Embedding) in embedding,
    /// Tells the places of a sequence apart.
    "positional" Positional(Positional) in positional,
    /// Every place takes from the places that matter to it.
    "attention" Attention(Attention) in attention,
    /// Attention and perceptron with shortcuts and norms.
    "transformer_block" TransformerBlock(TransformerBlock) in transformer_block,
}

impl LayerKind {
    /// Layers inside; only a container has any.
    pub fn children(&self) -> &[Layer] {
        if let LayerKind::Residual(r) = self { &r.layers } else { &[] }
    }
}
