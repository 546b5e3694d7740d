class RMSprop(keras.optimizers.RMSprop):
    """As PyTorch has it: epsilon outside of the root, the rate outside of the momentum."""

    def update_step(self, gradient, variable, learning_rate):
        gradient = ops.zeros(variable.shape) + gradient  # dense: an embedding's may be sparse
        i, rho = self._get_variable_index(variable), self.rho
        v = self._velocities[i]
        self.assign(v, rho * v + (1 - rho) * ops.square(gradient))
        square = v
        if self.centered:
            mean = self._average_gradients[i]
            self.assign(mean, rho * mean + (1 - rho) * gradient)
            square = ops.maximum(v - ops.square(mean), 0)
        step = gradient / (ops.sqrt(square) + self.epsilon)
        if self.momentum > 0:
            m = self._momentums[i]
            self.assign(m, self.momentum * m + step)
            step = m
        self.assign_sub(variable, learning_rate * step)
