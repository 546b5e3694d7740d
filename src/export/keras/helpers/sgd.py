class SGD(keras.optimizers.SGD):
    """The rate outside of the momentum, as PyTorch has it: what was gathered follows a change of the rate at once."""

    def update_step(self, gradient, variable, learning_rate):
        gradient = ops.zeros(variable.shape) + gradient  # dense: an embedding's may be sparse
        m = self.momentums[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, learning_rate * (gradient + self.momentum * m if self.nesterov else m))
