class Positional(layers.Layer):
    """Adds a learned row at each place."""

    def build(self, shape):
        draw = initializers.RandomNormal(stddev=1.0)
        self.rows = self.add_weight(shape=shape[1:], initializer=draw, name="rows")

    def call(self, x):
        return x + self.rows
