//! Classes that a script needs and PyTorch has not, written out; only those that are used.

/// What begins its use, what else it uses, and its text. Those that others use come first.
pub(super) const ALL: [(&str, &str); 14] = [
    ("ChannelsFirst()", include_str!("helpers/channels_first.py")),
    ("ChannelsLast()", include_str!("helpers/channels_last.py")),
    ("Mean()", include_str!("helpers/mean.py")),
    ("Sin()", include_str!("helpers/sin.py")),
    ("Places(", include_str!("helpers/places.py")),
    ("Residual(", include_str!("helpers/residual.py")),
    ("RMSNorm(", include_str!("helpers/rms_norm.py")),
    ("SqueezeExcite(", include_str!("helpers/squeeze_excite.py")),
    ("Positional(", include_str!("helpers/positional.py")),
    ("Sinusoidal(", include_str!("helpers/sinusoidal.py")),
    ("truncated(", include_str!("helpers/truncated.py")),
    ("rotary=True", include_str!("helpers/rotary.py")),
    ("Attention(", include_str!("helpers/attention.py")),
    ("TransformerBlock(", include_str!("helpers/transformer_block.py")),
];
