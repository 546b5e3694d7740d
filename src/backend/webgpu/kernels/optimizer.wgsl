//! All optimizers: penalty, clipping and step of one parameter, as in `engine::optim`. Does nothing while the gate is
//! closed.

fn open() -> bool {
  return ctl[0] != 0.0;
}

/// Whether parameter i is in one of the ranges that came with the call; they are sorted.
fn is_weight(i: u32) -> bool {
  var low = 0u;
  var high = slot.ranges;
  while (low < high) {
    let mid = (low + high) / 2u;
    if (inbox[slot.ranges_at + 2u * mid + 1u] <= i) { low = mid + 1u; } else { high = mid; }
  }
  return low < slot.ranges && inbox[slot.ranges_at + 2u * low] <= i;
}

fn gradient_of(i: u32) -> f32 {
  var g = grads[i];
  if (PENALTY) {
    if (is_weight(i)) { g = g + slot.l1 * sign(params[i]) + slot.l2_twice * params[i]; }
  }
  if (CLIP_VALUE) { g = within(g, slot.clip_value); }
  return g;
}

/// Sums of squares of the whole group's gradient, a part for each group of threads.
fn norm_part(item: u32, l: u32) {
  var sum = 0.0;
  for (var k = item * THREADS + l; k < slot.numbers; k = k + THREADS * slot.items) {
    let i = slot.first + k;
    if (open()) {
      let g = gradient_of(i);
      grads[i] = g;
      sum = sum + g * g;
    }
  }
  let all = group_sum(l, sum);
  if (l == 0u) { scratch[slot.part + item] = all; }
}

fn update(l: u32, k: u32) {
  var scale = 1.0;
  if (CLIP_NORM) {
    var sum = 0.0;
    for (var i = l; i < slot.parts; i = i + THREADS) { sum = sum + scratch[i]; }
    scale = slot.clip_norm / (sqrt(group_sum(l, sum)) + 1e-6);
  }
  if (k >= slot.numbers || !open()) { return; }
  let i = slot.first + k;
  var g = 0.0;
  if (CLIP_NORM) {
    g = grads[i];
    if (scale < 1.0 || is_nan(scale)) { g = g * scale; }
  } else {
    g = gradient_of(i);
  }
  grads[i] = g;
  params[i] = moved(i, params[i], g);
}

fn moved(i: u32, start: f32, gradient: f32) -> f32 {
  let a = i;
  let b = slot.stride + i;
  let c = 2u * slot.stride + i;
  if (KIND == 7u) {
    // Lion.
    let v = slot.beta1 * state[a] + slot.fresh1 * gradient;
    state[a] = slot.beta2 * state[a] + slot.fresh2 * gradient;
    if (is_nan(v)) { return v; }
    return start * slot.keep - slot.lr * sign(v);
  }
  let p = start * slot.keep;
  let g = gradient + slot.decay * p;
  if (KIND == 0u) {
    // SGD, with momentum and Nesterov's look-ahead.
    if (MOMENTUM) {
      let v = slot.momentum * state[a] + g;
      state[a] = v;
      if (NESTEROV) { return p - slot.lr * (g + slot.momentum * v); }
      return p - slot.lr * v;
    }
    return p - slot.lr * g;
  }
  if (KIND == 1u) {
    // Adagrad.
    let s = state[a] + g * g;
    state[a] = s;
    return p - slot.lr * g / (sqrt(s) + slot.eps);
  }
  if (KIND == 2u) {
    // RMSprop; rounding may put s − m² below zero when the gradient hardly varies.
    let s = slot.beta2 * state[a] + slot.fresh2 * g * g;
    state[a] = s;
    var square = s;
    if (CENTRED) {
      let m = slot.beta2 * state[b] + slot.fresh2 * g;
      state[b] = m;
      square = at_least(s - m * m, 0.0);
    }
    let d = g / (sqrt(square) + slot.eps);
    if (!MOMENTUM) { return p - slot.lr * d; }
    let v = slot.momentum * state[c] + d;
    state[c] = v;
    return p - slot.lr * v;
  }
  if (KIND == 3u) {
    // Adadelta.
    let s = slot.beta2 * state[a] + slot.fresh2 * g * g;
    let d = sqrt(state[b] + slot.eps) / sqrt(s + slot.eps) * g;
    state[a] = s;
    state[b] = slot.beta2 * state[b] + slot.fresh2 * d * d;
    return p - slot.lr * d;
  }
  // Adam, AdamW, NAdam; numerator and denominator times √(1 − β₂ᵗ).
  let m = slot.beta1 * state[a] + slot.fresh1 * g;
  let s = slot.beta2 * state[b] + slot.fresh2 * g * g;
  state[a] = m;
  state[b] = s;
  return p - (slot.rate_g * g + slot.lr * m) / (sqrt(s) + slot.eps);
}
