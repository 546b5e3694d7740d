def linear(inputs, units, **kwargs):
    """A Dense whose first weights are all within ±1/√inputs."""
    draw = [initializers.RandomUniform(-inputs ** -0.5, inputs ** -0.5) for _ in range(2)]
    return layers.Dense(units, kernel_initializer=draw[0], bias_initializer=draw[1], **kwargs)
