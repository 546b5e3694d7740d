class Sinusoidal(nn.Module):
    """Adds sines and cosines of the place (Vaswani et al. 2017)."""

    def forward(self, x):
        length, units = x.shape[1:]
        unit = torch.arange(units, device=x.device)
        angle = torch.arange(length, device=x.device)[:, None] / 10000 ** (unit // 2 * 2 / units)
        return x + torch.where(unit % 2 == 0, angle.sin(), angle.cos())
