class ChannelsFirst(nn.Module):
    """(N, …, C) to (N, C, …)."""

    def forward(self, x):
        return x.movedim(-1, 1)
