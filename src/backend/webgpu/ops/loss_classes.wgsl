//! Losses by label, as in `engine::loss`: a unit is a row of K numbers.

fn weight_of(label: u32) -> f32 {
  if (WEIGHTED) { return get_weight(label); }
  return 1.0;
}

fn cross_entropy(m: u32) -> vec2<f32> {
  let at = m * slot.width;
  var most = get_p(at);
  for (var j = 1u; j < slot.width; j = j + 1u) {
    let v = get_p(at + j);
    if (v > most) { most = v; }
  }
  var sum = 0.0;
  for (var j = 0u; j < slot.width; j = j + 1u) { sum = sum + exp_of(get_p(at + j) - most); }
  let log_sum = ln_of(sum) + most;
  var spread = 0.0;
  for (var j = 0u; j < slot.width; j = j + 1u) {
    let v = get_p(at + j);
    put_probs(at + j, exp_of(v - most) / sum);
    if (SMOOTH) { spread = spread + weight_of(j) * (log_sum - v); }
  }
  let t = get_t(m);
  if (t < 0.0) { return vec2<f32>(); }
  let label = u32(t);
  let hit = (1.0 - slot.smoothing) * weight_of(label) * (log_sum - get_p(at + label));
  return vec2<f32>(hit + slot.smoothing * spread / f32(slot.width), weight_of(label));
}

fn counted(l: u32) -> f32 {
  var sum = 0.0;
  for (var m = l; m < slot.units; m = m + THREADS) {
    let t = get_t(m);
    if (t >= 0.0) { sum = sum + weight_of(u32(t)); }
  }
  let all = group_sum(l, sum);
  return select(1.0, all, all > 0.0);
}

fn d_cross_entropy(i: u32) -> f32 {
  let t = get_t(i / slot.width);
  if (t < 0.0) { return 0.0; }
  let label = u32(t);
  let j = i % slot.width;
  let rest = slot.smoothing / f32(slot.width);
  let hit = 1.0 - slot.smoothing;
  let q = rest + select(0.0, hit, j == label);
  return (rest * slot.weights_sum + hit * weight_of(label)) * get_probs(i) - weight_of(j) * q;
}

fn hinge(m: u32) -> vec2<f32> {
  let at = m * slot.width;
  let label = u32(get_t(m));
  var sum = 0.0;
  for (var j = 0u; j < slot.width; j = j + 1u) {
    if (j != label) { sum = sum + at_least(slot.margin - get_p(at + label) + get_p(at + j), 0.0); }
  }
  return vec2<f32>(sum, 1.0);
}

fn inside(at: u32, label: u32, j: u32) -> bool {
  return j != label && slot.margin - get_p(at + label) + get_p(at + j) > 0.0;
}

fn d_hinge(i: u32) -> f32 {
  let at = i / slot.width * slot.width;
  let label = u32(get_t(i / slot.width));
  if (i - at != label) { return select(0.0, 1.0, inside(at, label, i - at)); }
  var count = 0.0;
  for (var j = 0u; j < slot.width; j = j + 1u) { count = count - select(0.0, 1.0, inside(at, label, j)); }
  return count;
}
