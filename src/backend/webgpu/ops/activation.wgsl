//! Activations and their slopes, one pair each: formulas of `engine::ops::activation`.

fn act_relu(x: f32) -> f32 {
  return at_least(x, 0.0);
}

fn slope_relu(x: f32, y: f32) -> f32 {
  return select(0.0, 1.0, y > 0.0);
}

fn act_leaky_relu(x: f32) -> f32 {
  return select(x, 0.01 * x, x < 0.0);
}

fn slope_leaky_relu(x: f32, y: f32) -> f32 {
  return select(0.01, 1.0, y > 0.0);
}

fn act_elu(x: f32) -> f32 {
  if (x < 0.0) { return exp_m1_neg(x); }
  return x;
}

fn slope_elu(x: f32, y: f32) -> f32 {
  return select(y + 1.0, 1.0, y > 0.0);
}

fn act_selu(x: f32) -> f32 {
  if (x < 0.0) { return 1.7580993 * exp_m1_neg(x); }
  return 1.050701 * x;
}

fn slope_selu(x: f32, y: f32) -> f32 {
  return select(y + 1.7580993, 1.050701, y > 0.0);
}

fn act_gelu(x: f32) -> f32 {
  return 0.5 * x * (1.0 + erf_of(x * 0.70710677));
}

fn slope_gelu(x: f32, y: f32) -> f32 {
  return 0.5 * (1.0 + erf_of(x * 0.70710677)) + x * exp_of(-0.5 * x * x) * 0.3989423;
}

fn gelu_inner(x: f32) -> f32 {
  return 0.7978846 * (x + 0.044715 * x * x * x);
}

fn act_gelu_tanh(x: f32) -> f32 {
  return 0.5 * x * (1.0 + tanh_of(gelu_inner(x)));
}

fn slope_gelu_tanh(x: f32, y: f32) -> f32 {
  let t = tanh_of(gelu_inner(x));
  return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * 0.7978846 * (1.0 + 0.134145 * x * x);
}

fn act_silu(x: f32) -> f32 {
  return x * sigmoid_of(x);
}

fn slope_silu(x: f32, y: f32) -> f32 {
  let s = sigmoid_of(x);
  return s * (1.0 + x * (1.0 - s));
}

fn act_mish(x: f32) -> f32 {
  return x * tanh_of(softplus_of(x));
}

fn slope_mish(x: f32, y: f32) -> f32 {
  let t = tanh_of(softplus_of(x));
  return t + x * (1.0 - t * t) * sigmoid_of(x);
}

fn act_sigmoid(x: f32) -> f32 {
  return sigmoid_of(x);
}

fn slope_sigmoid(x: f32, y: f32) -> f32 {
  return y * (1.0 - y);
}

fn act_tanh(x: f32) -> f32 {
  return tanh_of(x);
}

fn slope_tanh(x: f32, y: f32) -> f32 {
  return 1.0 - y * y;
}

fn act_softplus(x: f32) -> f32 {
  return softplus_of(x);
}

fn slope_softplus(x: f32, y: f32) -> f32 {
  return sigmoid_of(x);
}

fn act_hard_sigmoid(x: f32) -> f32 {
  return at_most(at_least(x + 3.0, 0.0), 6.0) / 6.0;
}

fn slope_hard_sigmoid(x: f32, y: f32) -> f32 {
  return select(0.0, 0.16666667, y > 0.0 && y < 1.0);
}

fn act_hard_tanh(x: f32) -> f32 {
  return within(x, 1.0);
}

fn slope_hard_tanh(x: f32, y: f32) -> f32 {
  return select(0.0, 1.0, y > -1.0 && y < 1.0);
}

fn act_hard_swish(x: f32) -> f32 {
  return x * at_most(at_least(x + 3.0, 0.0), 6.0) / 6.0;
}

fn slope_hard_swish(x: f32, y: f32) -> f32 {
  if (x < -3.0) { return 0.0; }
  if (x <= 3.0) { return x / 3.0 + 0.5; }
  return 1.0;
}

fn act_relu6(x: f32) -> f32 {
  return at_most(at_least(x, 0.0), 6.0);
}

fn slope_relu6(x: f32, y: f32) -> f32 {
  return select(0.0, 1.0, y > 0.0 && y < 6.0);
}

fn act_sin(x: f32) -> f32 {
  return sin_cos_of(x).x;
}

fn slope_sin(x: f32, y: f32) -> f32 {
  return sin_cos_of(x).y;
}
