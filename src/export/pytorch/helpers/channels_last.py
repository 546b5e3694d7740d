class ChannelsLast(nn.Module):
    """(N, C, …) to (N, …, C): the order in which the page flattens a picture."""

    def forward(self, x):
        return x.movedim(1, -1)
