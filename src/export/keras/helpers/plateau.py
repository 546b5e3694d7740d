class Plateau(keras.callbacks.Callback):
    """Less of the learning rate when the loss has stopped falling by more than a part of itself."""

    def __init__(self, factor, patience, threshold, cooldown, lowest):
        super().__init__()
        self.factor, self.patience, self.threshold = factor, patience, threshold
        self.cooldown, self.lowest = cooldown, lowest
        self.best, self.bad, self.pause = float("inf"), 0, 0

    def on_epoch_end(self, epoch, logs=None):
        loss = logs.get("loss_of", logs["loss"])
        if loss < self.best * (1 - self.threshold):
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        if self.pause > 0:
            self.pause, self.bad = self.pause - 1, 0
        if self.bad > self.patience:
            rate = float(self.model.optimizer.learning_rate)
            self.model.optimizer.learning_rate = max(rate * self.factor, self.lowest)
            self.pause, self.bad = self.cooldown, 0
