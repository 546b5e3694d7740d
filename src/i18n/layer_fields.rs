//! Words of the fields on a layer's card, by the labels of `spec::layers`.
//!
//! Not responsible for what a field may be.

use super::Text;
use super::network as words;

/// Name and, where it needs one, explanation of a field; `None` for an unknown label.
pub fn field(label: &str) -> Option<(Text, Option<Text>)> {
    Some(match label {
        "units" => (words::UNITS, None),
        "filters" => (words::FILTERS, None),
        "heads" => (words::HEADS, None),
        "activation" => (words::ACTIVATION, None),
        "init" => (words::INIT, None),
        "bias" => (words::BIAS, Some(words::BIAS_HELP)),
        "kernel" => (words::KERNEL, Some(words::PAIR_HELP)),
        "size" => (words::WINDOW, Some(words::PAIR_HELP)),
        "stride" => (words::STRIDE, Some(words::PAIR_HELP)),
        "dilation" => (words::DILATION, Some(words::PAIR_HELP)),
        "padding" => (words::PADDING, Some(words::PADDING_HELP)),
        "groups" => (words::GROUPS, None),
        "affine" => (words::AFFINE, Some(words::AFFINE_HELP)),
        "factor" => (words::FACTOR, None),
        "reduction" => (words::REDUCTION, None),
        "rate" => (words::RATE, None),
        "shape" => (words::SHAPE, Some(words::SHAPE_HELP)),
        "sequences" => (words::SEQUENCES, Some(words::SEQUENCES_HELP)),
        "bidirectional" => (words::BIDIRECTIONAL, Some(words::BIDIRECTIONAL_HELP)),
        "tbptt" => (words::TBPTT, Some(words::TBPTT_HELP)),
        "forget-bias" => (words::FORGET_BIAS, Some(words::FORGET_BIAS_HELP)),
        "position" => (words::POSITION_KIND, None),
        "scores" => (words::SCORES, None),
        "causal" => (words::CAUSAL, None),
        "mask-padding" => (words::MASK_PADDING, Some(words::MASK_PADDING_HELP)),
        "mlp-ratio" => (words::MLP_RATIO, None),
        "norm" => (words::NORM_PLACE, None),
        "start" => (words::SLICE_START, None),
        "length" => (words::SLICE_LENGTH, None),
        _ => return None,
    })
}

/// What a choice of the field of that label is called; `None` where its name says it.
pub fn choice(label: &str, name: &str) -> Option<Text> {
    Some(match (label, name) {
        ("position", "learned") => words::POSITION_LEARNED,
        ("position", "sinusoidal") => words::POSITION_SINUSOIDAL,
        ("position", "rotary") => words::POSITION_ROTARY,
        ("scores", "scaled_dot") => words::SCORES_DOT,
        ("scores", "additive") => words::SCORES_ADDITIVE,
        ("causal", "auto") => words::CAUSAL_AUTO,
        ("causal", "yes") => words::CAUSAL_YES,
        ("causal", "no") => words::CAUSAL_NO,
        ("norm", "pre") => words::NORM_PRE,
        ("norm", "post") => words::NORM_POST,
        _ => return None,
    })
}
