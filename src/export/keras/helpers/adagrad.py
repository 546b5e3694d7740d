class Adagrad(keras.optimizers.Adagrad):
    """Epsilon outside of the root, as PyTorch has it."""

    def update_step(self, gradient, variable, learning_rate):
        gradient = ops.zeros(variable.shape) + gradient  # dense: an embedding's may be sparse
        squares = self._accumulators[self._get_variable_index(variable)]
        self.assign(squares, squares + ops.square(gradient))
        self.assign_sub(variable, learning_rate * gradient / (ops.sqrt(squares) + self.epsilon))
