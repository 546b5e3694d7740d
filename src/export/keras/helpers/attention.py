class Attention(layers.Layer):
    """What nn.MultiheadAttention computes, written out: queries, keys and values come from one matrix."""

    def __init__(self, heads, causal=False, additive=False, rotary=False, **kwargs):
        super().__init__(**kwargs)
        self.heads, self.causal, self.additive, self.rotary = heads, causal, additive, rotary

    def build(self, shape):
        units = shape[-1]
        self.in_kernel = self.add_weight(shape=(units, 3 * units), name="in_kernel")
        self.in_bias = self.add_weight(shape=(3 * units,), initializer="zeros", name="in_bias")
        if self.additive:  # additive
            draw = initializers.RandomNormal(stddev=(2 / (units + 1)) ** 0.5)  # additive
            self.score = self.add_weight(shape=(units,), initializer=draw, name="score")  # additive
        draw = initializers.VarianceScaling(1 / 3, "fan_in", "uniform")
        self.out_kernel = self.add_weight(shape=(units, units), initializer=draw, name="out_kernel")
        self.out_bias = self.add_weight(shape=(units,), initializer="zeros", name="out_bias")

    def call(self, x, memory=None, seen=None):
        memory = x if memory is None else memory
        parts = zip((x, memory, memory), ops.split(self.in_kernel, 3, -1), ops.split(self.in_bias, 3))
        q, k, v = (self.split(ops.matmul(values, kernel) + bias) for values, kernel, bias in parts)
        if self.rotary:  # rotary
            q, k = turned(q), turned(k)  # rotary
        if self.additive:  # additive
            weight = ops.reshape(self.score, (self.heads, 1, 1, -1))  # additive
            scores = ops.sum(weight * ops.tanh(ops.expand_dims(q, 3) + ops.expand_dims(k, 2)), -1)  # additive
        else:  # additive
            scores = ops.matmul(q, ops.swapaxes(k, -2, -1)) / q.shape[-1] ** 0.5  # additive
        scores = ops.matmul(q, ops.swapaxes(k, -2, -1)) / q.shape[-1] ** 0.5  # no additive
        if self.causal:
            scores = ops.where(np.tri(q.shape[2], k.shape[2], dtype=bool), scores, -1e9)
        if seen is None:  # seen
            weights = ops.softmax(scores)  # seen
        else:  # seen
            # A place that sees nothing gets zeros.  # seen
            seen = ops.expand_dims(seen, (1, 2))  # seen
            weights = ops.softmax(ops.where(seen, scores, -1e9)) * ops.cast(seen, scores.dtype)  # seen
        weights = ops.softmax(scores)  # no seen
        out = ops.reshape(ops.swapaxes(ops.matmul(weights, v), 1, 2), (-1, *x.shape[1:]))
        return ops.matmul(out, self.out_kernel) + self.out_bias

    def split(self, x):
        """(N, T, C) to (N, heads, T, C / heads)."""
        return ops.swapaxes(ops.reshape(x, (-1, x.shape[1], self.heads, x.shape[2] // self.heads)), 1, 2)
