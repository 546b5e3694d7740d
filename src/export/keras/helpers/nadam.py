class NAdam(keras.optimizers.Optimizer):
    """PyTorch's: how fast the momentum warms up is a number of its own."""

    def __init__(self, learning_rate, beta_1, beta_2, momentum_decay, epsilon, **kwargs):
        super().__init__(learning_rate=learning_rate, name="nadam", **kwargs)
        self.beta_1, self.beta_2, self.momentum_decay, self.epsilon = beta_1, beta_2, momentum_decay, epsilon

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.means, self.squares = self.add_optimizer_variables(variables, ["mean", "square"])
        names = [f"product_{i}" for i in range(len(variables))]
        self.products = [self.add_variable((), initializer="ones", name=name) for name in names]

    def update_step(self, gradient, variable, learning_rate):
        gradient = ops.zeros(variable.shape) + gradient  # dense: an embedding's may be sparse
        i = self._get_variable_index(variable)
        m, v, product = self.means[i], self.squares[i], self.products[i]
        step = ops.cast(self.iterations + 1, "float32")
        now, then = (self.beta_1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay)) for t in (step, step + 1))
        self.assign(product, product * now)
        self.assign(m, self.beta_1 * m + (1 - self.beta_1) * gradient)
        self.assign(v, self.beta_2 * v + (1 - self.beta_2) * ops.square(gradient))
        ahead = gradient * (1 - now) / (1 - product) + m * then / (1 - product * then)
        scale = ops.sqrt(v / (1 - self.beta_2 ** step)) + self.epsilon
        self.assign_sub(variable, learning_rate * ahead / scale)
