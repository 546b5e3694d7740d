class LSTMCell(Cell):
    gates, memories = 4, 2

    def call(self, x, states):
        h, c = states
        a, b = self.sums(x, h)
        i, f, g, o = ops.split(a + b, 4, -1)
        c = ops.sigmoid(f) * c + ops.sigmoid(i) * ops.tanh(g)
        h = ops.sigmoid(o) * ops.tanh(c)
        return h, [h, c]
