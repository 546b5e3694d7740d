class SqueezeExcite(nn.Module):
    """Every channel times a factor between 0 and 1 that the means of all channels give (Hu et al. 2018)."""

    def __init__(self, channels, units):
        super().__init__()
        self.fc1 = nn.Linear(channels, units)
        self.fc2 = nn.Linear(units, channels)

    def forward(self, x):
        means = x.flatten(2).mean(2)
        factors = torch.sigmoid(self.fc2(F.relu(self.fc1(means))))
        return x * factors.reshape(factors.shape + (1,) * (x.dim() - 2))
