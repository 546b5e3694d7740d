class Mean(nn.Module):
    """The mean of every channel: (N, C, …) to (N, C)."""

    def forward(self, x):
        return x.flatten(2).mean(2)
