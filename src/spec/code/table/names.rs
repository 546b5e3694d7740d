//! Names of layers that are known, and whose they are.

use super::super::ends;
use super::super::script::Found;

/// Names that PyTorch's layers have and Keras's have not.
const TORCH: [&str; 38] = [
    "Linear",
    "LazyLinear",
    "Conv1d",
    "Conv2d",
    "LazyConv1d",
    "LazyConv2d",
    "ConvTranspose2d",
    "MaxPool1d",
    "MaxPool2d",
    "AvgPool2d",
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "BatchNorm1d",
    "BatchNorm2d",
    "LayerNorm",
    "RMSNorm",
    "InstanceNorm1d",
    "InstanceNorm2d",
    "GroupNorm",
    "Dropout1d",
    "Dropout2d",
    "RNN",
    "Unflatten",
    "Upsample",
    "ZeroPad2d",
    "ConstantPad2d",
    "LogSoftmax",
    "TransformerEncoderLayer",
    "Mean",
    "ChannelsLast",
    "ChannelsFirst",
    "Positional",
    "Sinusoidal",
    "TransformerBlock",
    "Residual",
    "Sin",
];
/// Names of both, and of Keras alone.
const OTHERS: [&str; 46] = [
    "Dense",
    "Conv1D",
    "Conv2D",
    "Convolution2D",
    "Conv2DTranspose",
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPool1D",
    "MaxPool2D",
    "AveragePooling2D",
    "AvgPool2D",
    "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling1D",
    "GlobalMaxPooling2D",
    "GlobalMaxPool1D",
    "GlobalMaxPool2D",
    "GlobalAvgPool1D",
    "GlobalAvgPool2D",
    "BatchNormalization",
    "LayerNormalization",
    "RMSNormalization",
    "GroupNormalization",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SimpleRNN",
    "Bidirectional",
    "TimeDistributed",
    "Input",
    "InputLayer",
    "Reshape",
    "UpSampling2D",
    "ZeroPadding2D",
    "Activation",
    "LSTM",
    "GRU",
    "Embedding",
    "Dropout",
    "Flatten",
    "Softmax",
    "Identity",
    "Rescaling",
    "Normalization",
    "RandomFlip",
    "RandomRotation",
    "RandomZoom",
];
/// Layers of Keras that change pictures at random.
pub(super) const OF_DATA: [&str; 9] = [
    "Rescaling",
    "Normalization",
    "RandomFlip",
    "RandomRotation",
    "RandomZoom",
    "RandomTranslation",
    "RandomContrast",
    "RandomCrop",
    "Resizing",
];

/// Whether a layer of this name is known.
pub(in crate::spec::code) fn is_layer(name: &str) -> bool {
    TORCH.contains(&name) || OTHERS.contains(&name) || ends::module(name).is_some()
}

/// Whether a network is PyTorch's.
pub(in crate::spec::code) fn is_torch(network: &[Found<'_, '_>]) -> bool {
    network.iter().any(|f| f.call.before().split('.').any(|part| part == "nn") || TORCH.contains(&f.call.last()))
}
