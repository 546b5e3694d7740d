class TransformerBlock(layers.Layer):
    """Attention and a perceptron, each with a shortcut and a norm."""

    def __init__(
        self, units, heads, hidden, activation, causal=False, rotary=False, norm_first=True, dropout=0.0, **kwargs
    ):
        super().__init__(**kwargs)
        self.norm_first = norm_first
        self.ln1 = layers.LayerNormalization(epsilon=1e-5, name="ln1")
        self.attn = Attention(heads, causal=causal, rotary=rotary, name="attn")
        self.ln2 = layers.LayerNormalization(epsilon=1e-5, name="ln2")
        self.fc1 = linear(units, hidden, activation=activation, name="fc1")
        self.fc2 = linear(hidden, units, name="fc2")
        self.dropout = layers.Dropout(dropout)

    def call(self, x, seen=None):
        if self.norm_first:
            x = x + self.dropout(self.attn(self.ln1(x), seen=seen))
            return x + self.dropout(self.fc2(self.fc1(self.ln2(x))))
        x = self.ln1(x + self.dropout(self.attn(x, seen=seen)))
        return self.ln2(x + self.dropout(self.fc2(self.fc1(x))))
