class TransformerBlock(nn.Module):
    """Attention and a perceptron, each with a shortcut and a norm."""

    def __init__(self, units, heads, hidden, activation, causal=False, rotary=False, norm_first=True, dropout=0.0):
        super().__init__()
        self.norm_first = norm_first
        self.ln1 = nn.LayerNorm(units)
        self.attn = Attention(units, heads, causal=causal, rotary=rotary)
        self.ln2 = nn.LayerNorm(units)
        self.mlp = nn.Sequential(nn.Linear(units, hidden), activation, nn.Linear(hidden, units))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, seen=None):
        if self.norm_first:
            x = x + self.dropout(self.attn(self.ln1(x), seen=seen))
            return x + self.dropout(self.mlp(self.ln2(x)))
        x = self.ln1(x + self.dropout(self.attn(x, seen=seen)))
        return self.ln2(x + self.dropout(self.mlp(x)))
