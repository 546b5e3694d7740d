class GRUCell(Cell):
    gates = 3

    def call(self, x, states):
        a, b = (ops.split(sums, 3, -1) for sums in self.sums(x, states[0]))
        r, z = ops.sigmoid(a[0] + b[0]), ops.sigmoid(a[1] + b[1])
        n = ops.tanh(a[2] + r * b[2])
        h = (1 - z) * n + z * states[0]
        return h, [h]
