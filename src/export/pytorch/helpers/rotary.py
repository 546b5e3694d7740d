def turned(x):
    """Turns the pair (i, i + half) of every place by an angle that grows with the place (RoFormer, Su et al. 2021)."""
    half = x.shape[-1] // 2
    place = torch.arange(x.shape[-2], device=x.device)[:, None]
    angle = place / 10000 ** (torch.arange(half, device=x.device) / half)
    a, b = x[..., :half], x[..., half:]
    return torch.cat((a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()), -1)
