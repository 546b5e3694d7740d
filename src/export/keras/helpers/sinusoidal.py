def sinusoidal(length, units):
    """Sines and cosines of the place (Vaswani et al. 2017)."""
    unit = np.arange(units)
    angle = np.arange(length)[:, None] / 10000 ** (unit // 2 * 2 / units)
    return np.where(unit % 2 == 0, np.sin(angle), np.cos(angle)).astype("float32")
