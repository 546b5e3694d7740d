//! The loss of a batch: `unit(m)` is what element or row m adds to sum and count, `total` what becomes of both. The gate is
//! closed where the result is not finite; update and running statistics then do nothing until somebody opens it.

fn finish(all: vec2<f32>) {
  let loss = total(all);
  put_loss(0u, loss);
  if (!is_finite(loss)) { ctl[0] = 0.0; }
}

fn row(item: u32, l: u32) {
  var sum = vec2<f32>();
  if (TOGETHER) {
    if (l < slot.parts) { sum = vec2<f32>(scratch[2u * l], scratch[2u * l + 1u]); }
  } else {
    for (var m = item * THREADS + l; m < slot.units; m = m + THREADS * slot.items) { sum = sum + unit(m); }
  }
  let all = group_sums(l, sum);
  if (l == 0u) {
    if (WHOLE) {
      finish(all);
    } else {
      scratch[2u * item] = all.x;
      scratch[2u * item + 1u] = all.y;
    }
  }
}
