//! Losses that are means over all numbers: value and slope of one, as in `engine::loss`.

fn mse(p: f32, t: f32) -> f32 {
  return (p - t) * (p - t);
}

fn d_mse(p: f32, t: f32) -> f32 {
  return 2.0 * (p - t);
}

fn mae(p: f32, t: f32) -> f32 {
  return abs(p - t);
}

fn d_mae(p: f32, t: f32) -> f32 {
  let e = p - t;
  if (is_nan(e)) { return e; }
  return sign(e);
}

fn huber(p: f32, t: f32) -> f32 {
  let e = abs(p - t);
  if (e <= slot.delta) { return 0.5 * e * e; }
  return slot.delta * (e - 0.5 * slot.delta);
}

fn d_huber(p: f32, t: f32) -> f32 {
  return within(p - t, slot.delta);
}

fn bce(p: f32, t: f32) -> f32 {
  return at_least(p, 0.0) - p * t + ln_1p_unit(exp_of(-abs(p)));
}

fn d_bce(p: f32, t: f32) -> f32 {
  return sigmoid_of(p) - t;
}
