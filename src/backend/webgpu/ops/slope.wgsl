//! Second derivatives of activations: formulas of `engine::ops::slope`.

fn bend_elu(s: f32) -> f32 {
  return select(1.0, 0.0, s > 0.0);
}

fn bend_sigmoid(s: f32) -> f32 {
  return 1.0 - 2.0 * s;
}

fn bend_tanh(s: f32) -> f32 {
  return -2.0 * s;
}

fn bend_gelu(s: f32) -> f32 {
  return exp_of(-0.5 * s * s) * 0.3989423 * (2.0 - s * s);
}

fn bend_gelu_tanh(s: f32) -> f32 {
  let t = tanh_of(gelu_inner(s));
  let inner = 0.7978846 * (1.0 + 0.134145 * s * s);
  let flat = 1.0 - t * t;
  return flat * inner + 0.5 * s * flat * (0.2140644 * s - 2.0 * t * inner * inner);
}

fn bend_silu(s: f32) -> f32 {
  let g = sigmoid_of(s);
  return g * (1.0 - g) * (2.0 + s * (1.0 - 2.0 * g));
}

fn bend_mish(s: f32) -> f32 {
  let g = sigmoid_of(s);
  let t = tanh_of(softplus_of(s));
  return (1.0 - t * t) * g * (2.0 + s * (1.0 - g - 2.0 * t * g));
}

fn bend_softplus(s: f32) -> f32 {
  let g = sigmoid_of(s);
  return g * (1.0 - g);
}

fn bend_hard_swish(s: f32) -> f32 {
  return select(0.0, 0.33333334, s > -3.0 && s < 3.0);
}

fn bend_sin(s: f32) -> f32 {
  return -sin_cos_of(s).x;
}
