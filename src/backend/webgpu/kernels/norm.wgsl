//! Normalisation of any kind: a group of threads for each set of numbers that share mean and variance.

fn member(item: u32, k: u32) -> u32 {
  let first = item / slot.groups * slot.sample + item % slot.groups * slot.each;
  return first + k / slot.each * slot.channels + k % slot.each;
}

fn weight_of(channel: u32) -> f32 {
  if (AFFINE) { return get_w(channel); }
  return 1.0;
}

fn forward(item: u32, l: u32) {
  var mean = 0.0;
  var variance = 0.0;
  if (RUNNING) {
    mean = get_running_mean(item);
    variance = get_running_var(item);
  } else {
    if (CENTRED) {
      var sum = 0.0;
      for (var k = l; k < slot.members; k = k + THREADS) { sum = sum + get_x(member(item, k)); }
      mean = group_sum(l, sum) * slot.share;
    }
    var squares = 0.0;
    for (var k = l; k < slot.members; k = k + THREADS) {
      let d = get_x(member(item, k)) - mean;
      squares = squares + d * d;
    }
    variance = group_sum(l, squares) * slot.share;
  }
  let rstd = 1.0 / sqrt(variance + slot.eps);
  if (l == 0u) {
    put_mean(item, mean);
    put_rstd(item, rstd);
  }
  for (var k = l; k < slot.members; k = k + THREADS) {
    let i = member(item, k);
    put_y(i, (get_x(i) - mean) * rstd * weight_of(i % slot.channels) + get_b(i % slot.channels));
  }
}

fn backward(item: u32, l: u32) {
  let mean = get_mean(item);
  let rstd = get_rstd(item);
  var sums = vec2<f32>();
  for (var k = l; k < slot.members; k = k + THREADS) {
    let i = member(item, k);
    let d = get_d_y(i) * select(weight_of(i % slot.channels), 1.0, BATCH);
    sums = sums + vec2<f32>(d, d * (get_x(i) - mean) * rstd);
  }
  var all = group_sums(l, sums);
  if (BATCH) {
    if (l == 0u) {
      put_d_w(item, all.y);
      put_d_b(item, all.x);
    }
    all = all * weight_of(item);
  }
  if (!CENTRED) { all.x = 0.0; }
  if (RUNNING) { all = vec2<f32>(); }
  for (var k = l; k < slot.members; k = k + THREADS) {
    let i = member(item, k);
    let x_hat = (get_x(i) - mean) * rstd;
    put_d_x(i, rstd * (get_d_y(i) * weight_of(i % slot.channels) - all.x * slot.share - x_hat * all.y * slot.share));
  }
}

fn parameters(channel: u32, l: u32) {
  var sums = vec2<f32>();
  for (var k = l; k < slot.places; k = k + THREADS) {
    let i = k * slot.channels + channel;
    let item = i / slot.sample * slot.groups + channel / slot.each;
    let d = get_d_y(i);
    sums = sums + vec2<f32>(d * (get_x(i) - get_mean(item)) * get_rstd(item), d);
  }
  let all = group_sums(l, sums);
  if (l == 0u) {
    put_d_w(channel, all.x);
    put_d_b(channel, all.y);
  }
}
