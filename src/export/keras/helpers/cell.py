class Cell(layers.Layer):
    """A cell with a bias for what comes in and one for its state, as PyTorch has them; in Keras's LSTM they are one."""

    gates, memories = 1, 1

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units, self.state_size = units, [units] * self.memories

    def build(self, shape):
        def weight(name, *shape):
            draw = initializers.RandomUniform(-self.units ** -0.5, self.units ** -0.5)
            return self.add_weight(shape=shape, initializer=draw, name=name)

        sums = self.gates * self.units
        self.kernel, self.bias = weight("kernel", shape[-1], sums), weight("bias", sums)
        self.recurrent_kernel = weight("recurrent_kernel", self.units, sums)
        self.recurrent_bias = weight("recurrent_bias", sums)

    def sums(self, x, h):
        return ops.matmul(x, self.kernel) + self.bias, ops.matmul(h, self.recurrent_kernel) + self.recurrent_bias
