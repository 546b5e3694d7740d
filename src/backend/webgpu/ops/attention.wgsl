//! Attention, a group of threads for each query or key of a head. `x` holds the queries, `m` keys and values.

fn query_at(item: u32) -> u32 {
  let t = item % slot.len;
  let h = item / slot.len % slot.heads;
  return (item / slot.len / slot.heads * slot.len + t) * 3u * slot.units + h * slot.width;
}

fn key_at(b: u32, h: u32, s: u32) -> u32 {
  return (b * slot.keys + s) * 3u * slot.units + slot.units + h * slot.width;
}

fn seen_from(t: u32) -> u32 {
  if (CAUSAL) { return min(slot.keys, t + 1u); }
  return slot.keys;
}

fn visible(b: u32, s: u32) -> bool {
  if (PADDING) { return get_token(b * slot.keys + s) != 0.0; }
  return true;
}

fn score(q: u32, k: u32, h: u32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < slot.width; i = i + 1u) {
    if (ADDITIVE) {
      sum = sum + get_v(h * slot.width + i) * tanh_of(get_x(q + i) + get_m(k + i));
    } else {
      sum = sum + get_x(q + i) * get_m(k + i);
    }
  }
  return select(sum * slot.scale, sum, ADDITIVE);
}

fn forward(item: u32, l: u32) {
  let t = item % slot.len;
  let h = item / slot.len % slot.heads;
  let b = item / slot.len / slot.heads;
  let seen = seen_from(t);
  let p = item * slot.keys;
  let q = query_at(item);
  var most = -3.4e38;
  for (var s = l; s < seen; s = s + THREADS) {
    var one = 0.0;
    if (visible(b, s)) {
      one = score(q, key_at(b, h, s), h);
      most = max(most, one);
    }
    put_p(p + s, one);
  }
  let top = group_max(l, most);
  var sum = 0.0;
  for (var s = l; s < seen; s = s + THREADS) {
    var one = 0.0;
    if (visible(b, s)) { one = exp_of(get_p(p + s) - top); }
    sum = sum + one;
    put_p(p + s, one);
  }
  let total = group_sum(l, sum);
  for (var s = l; s < slot.keys; s = s + THREADS) {
    if (s >= seen || total == 0.0) { put_p(p + s, 0.0); } else { put_p(p + s, get_p(p + s) / total); }
  }
  storageBarrier();
  for (var i = l; i < slot.width; i = i + THREADS) {
    var y = 0.0;
    for (var s = 0u; s < seen; s = s + 1u) {
      if (visible(b, s)) { y = y + get_p(p + s) * get_m(key_at(b, h, s) + slot.units + i); }
    }
    put_y((b * slot.len + t) * slot.units + h * slot.width + i, y);
  }
}

/// Gradients of a query; those of its scores go to scratch.
fn backward_query(item: u32, l: u32) {
  let t = item % slot.len;
  let h = item / slot.len % slot.heads;
  let b = item / slot.len / slot.heads;
  let seen = seen_from(t);
  let p = item * slot.keys;
  let q = query_at(item);
  let d_y = (b * slot.len + t) * slot.units + h * slot.width;
  var part = 0.0;
  for (var s = l; s < seen; s = s + THREADS) {
    var d = 0.0;
    let value = key_at(b, h, s) + slot.units;
    for (var i = 0u; i < slot.width; i = i + 1u) { d = d + get_m(value + i) * get_d_y(d_y + i); }
    scratch[p + s] = d;
    part = part + d * get_p(p + s);
  }
  let mean = group_sum(l, part);
  for (var s = l; s < slot.keys; s = s + THREADS) {
    if (s < seen) { scratch[p + s] = get_p(p + s) * (scratch[p + s] - mean); } else { scratch[p + s] = 0.0; }
  }
  storageBarrier();
  for (var i = l; i < slot.width; i = i + THREADS) {
    var d = 0.0;
    for (var s = 0u; s < seen; s = s + 1u) { d = d + scratch[p + s] * slope_by_query(q, key_at(b, h, s), h, i); }
    put_d_x(q + i, d);
    if (CROSS) {
      put_d_x(q + slot.units + i, 0.0);
      put_d_x(q + 2u * slot.units + i, 0.0);
    }
  }
}

fn bent(q: u32, k: u32, i: u32) -> f32 {
  return tanh_of(get_x(q + i) + get_m(k + i));
}

fn slope_by_query(q: u32, k: u32, h: u32, i: u32) -> f32 {
  if (ADDITIVE) {
    let e = bent(q, k, i);
    return get_v(h * slot.width + i) * (1.0 - e * e);
  }
  return slot.scale * get_m(k + i);
}

/// Gradients of a key and its value.
fn backward_key(item: u32, l: u32) {
  let s = item % slot.keys;
  let h = item / slot.keys % slot.heads;
  let b = item / slot.keys / slot.heads;
  let k = key_at(b, h, s);
  var first = 0u;
  if (CAUSAL) { first = s; }
  for (var i = l; i < slot.width; i = i + THREADS) {
    var d_k = 0.0;
    var d_v = 0.0;
    for (var t = first; t < slot.len; t = t + 1u) {
      let row = (b * slot.heads + h) * slot.len + t;
      let q = query_at(row);
      var slope = slot.scale * get_x(q + i);
      if (ADDITIVE) { slope = slope_by_query(q, k, h, i); }
      d_k = d_k + scratch[row * slot.keys + s] * slope;
      d_v = d_v + get_p(row * slot.keys + s) * get_d_y((b * slot.len + t) * slot.units + h * slot.width + i);
    }
    put_d_m(k + i, d_k);
    put_d_m(k + slot.units + i, d_v);
    if (CROSS) { put_d_m(k - slot.units + i, 0.0); }
  }
}

/// Gradient of one number of v.
fn backward_v(item: u32, l: u32) {
  let h = item / slot.width;
  let i = item % slot.width;
  var sum = 0.0;
  for (var at = l; at < slot.batch * slot.len * slot.keys; at = at + THREADS) {
    let s = at % slot.keys;
    let t = at / slot.keys % slot.len;
    let b = at / slot.keys / slot.len;
    let row = (b * slot.heads + h) * slot.len + t;
    sum = sum + scratch[row * slot.keys + s] * bent(query_at(row), key_at(b, h, s), i);
  }
  let all = group_sum(l, sum);
  if (l == 0u) { put_d_v(item, all); }
}
