class Positional(nn.Module):
    """Adds a learned row at each place."""

    def __init__(self, length, units):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(length, units))

    def forward(self, x):
        return x + self.weight
