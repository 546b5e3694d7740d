//! Classes that a script needs and Keras has not.

/// As [`helpers::write`](crate::export::helpers::write) takes them.
pub(super) const ALL: [(&str, &str); 10] = [
    ("sinusoidal(", include_str!("helpers/sinusoidal.py")),
    ("Positional(", include_str!("helpers/positional.py")),
    ("Cell(", include_str!("helpers/cell.py")),
    ("LSTMCell(", include_str!("helpers/lstm_cell.py")),
    ("GRUCell(", include_str!("helpers/gru_cell.py")),
    ("RNNCell(", include_str!("helpers/rnn_cell.py")),
    ("rotary=True", include_str!("helpers/rotary.py")),
    ("Attention(", include_str!("helpers/attention.py")),
    ("TransformerBlock(", include_str!("helpers/linear.py")),
    ("TransformerBlock(", include_str!("helpers/transformer_block.py")),
];
