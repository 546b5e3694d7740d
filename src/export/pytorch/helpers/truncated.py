def truncated(cell, x, steps):
    """Runs a recurrent layer; the gradient is cut every so many steps, the state goes on."""
    states, state = [], None
    for part in x.split(steps, 1):
        y, state = cell(part, state)
        states.append(y)
        last = state
        state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
    return torch.cat(states, 1), last
