def turned(x):
    """Turns the pair (i, i + half) of every place by an angle that grows with the place (RoFormer, Su et al. 2021)."""
    half = x.shape[-1] // 2
    angle = np.arange(x.shape[-2])[:, None] / 10000 ** (np.arange(half) / half)
    cos, sin = np.cos(angle).astype("float32"), np.sin(angle).astype("float32")
    a, b = x[..., :half], x[..., half:]
    return ops.concatenate((a * cos - b * sin, b * cos + a * sin), -1)
