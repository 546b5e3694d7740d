class RNNCell(Cell):
    def __init__(self, units, activation=ops.tanh, **kwargs):
        super().__init__(units, **kwargs)
        self.activation = activation

    def call(self, x, states):
        a, b = self.sums(x, states[0])
        h = self.activation(a + b)
        return h, [h]
