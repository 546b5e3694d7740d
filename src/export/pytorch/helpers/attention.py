class Attention(nn.Module):
    """What nn.MultiheadAttention computes, written out; the weights have the same names there."""

    def __init__(self, units, heads, causal=False, additive=False, rotary=False):
        super().__init__()
        self.heads, self.causal, self.additive, self.rotary = heads, causal, additive, rotary
        self.in_proj_weight = nn.Parameter(torch.empty(3 * units, units))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * units))
        if additive:  # additive
            self.score_weight = nn.Parameter(torch.randn(units) * (2 / (units + 1)) ** 0.5)  # additive
        self.out_proj = nn.Linear(units, units)
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.zeros_(self.out_proj.bias)

    def forward(self, x, memory=None, seen=None):
        memory = x if memory is None else memory
        parts = zip((x, memory, memory), self.in_proj_weight.chunk(3), self.in_proj_bias.chunk(3))
        q, k, v = (self.split(F.linear(values, weight, bias)) for values, weight, bias in parts)
        if self.rotary:  # rotary
            q, k = turned(q), turned(k)  # rotary
        if self.additive:  # additive
            weight = self.score_weight.view(self.heads, 1, 1, -1)  # additive
            scores = (weight * torch.tanh(q.unsqueeze(3) + k.unsqueeze(2))).sum(-1)  # additive
        else:  # additive
            scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])  # additive
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])  # no additive
        if self.causal:
            scores = scores.masked_fill(torch.ones_like(scores, dtype=torch.bool).triu(1), float("-inf"))
        if seen is None:  # seen
            weights = scores.softmax(-1)  # seen
        else:  # seen
            # Finite, so that a place that sees nothing gets zeros instead of NaN.  # seen
            seen = seen[:, None, None, :]  # seen
            weights = scores.masked_fill(~seen, -1e9).softmax(-1) * seen  # seen
        weights = scores.softmax(-1)  # no seen
        return self.out_proj((weights @ v).transpose(1, 2).flatten(2))

    def split(self, x):
        """(N, T, C) to (N, heads, T, C / heads)."""
        return x.view(len(x), x.shape[1], self.heads, -1).transpose(1, 2)
