class {class}(keras.optimizers.{class}):
    """Adds epsilon after it has corrected for the first steps, as PyTorch does: small gradients notice."""

    def update_step(self, gradient, variable, learning_rate):
        gradient = ops.zeros(variable.shape) + gradient  # dense: an embedding's may be sparse
        own = self.epsilon
        self.epsilon = own * ops.sqrt(1 - self.beta_2 ** ops.cast(self.iterations + 1, "float32"))
        super().update_step(gradient, variable, learning_rate)
        self.epsilon = own
