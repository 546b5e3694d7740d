//! Windows of a pool. In the gradient every pixel asks the windows that cover it, in the order of their taps.

/// Index of the number under tap `tap` of place `at` (of all samples); the greatest number in the padding.
fn under(at: u32, tap: u32, channel: u32) -> u32 {
  let place = at % slot.places;
  let y = place / slot.out_wide * slot.stride_y + tap / slot.kernel_wide * slot.dilation_y - slot.pad_y;
  let x = place % slot.out_wide * slot.stride_x + tap % slot.kernel_wide * slot.dilation_x - slot.pad_x;
  if (y >= slot.high || x >= slot.wide) { return 0xffffffffu; }
  return ((at / slot.places * slot.high + y) * slot.wide + x) * slot.channels + channel;
}

/// Index of the greatest number under a place: the first of equals, and NaN before all.
fn winner(at: u32, channel: u32) -> u32 {
  var best = 0xffffffffu;
  var most = 0.0;
  for (var tap = 0u; tap < slot.taps; tap = tap + 1u) {
    let i = under(at, tap, channel);
    if (i == 0xffffffffu) { continue; }
    let x = get_x(i);
    if (best == 0xffffffffu || is_nan(x) || (!is_nan(most) && x > most)) {
      best = i;
      most = x;
    }
  }
  return best;
}

fn pooled(at: u32, channel: u32) -> f32 {
  if (MAX) { return get_x(winner(at, channel)); }
  var sum = 0.0;
  for (var tap = 0u; tap < slot.taps; tap = tap + 1u) {
    let i = under(at, tap, channel);
    if (i != 0xffffffffu) { sum = sum + get_x(i); }
  }
  return sum / f32(slot.taps);
}

fn gathered(i: u32) -> f32 {
  let channel = i % slot.channels;
  let at = i / slot.channels;
  let pixel = at % (slot.high * slot.wide);
  let sample = at / (slot.high * slot.wide);
  var sum = 0.0;
  for (var tap = 0u; tap < slot.taps; tap = tap + 1u) {
    let y = pixel / slot.wide + slot.pad_y - tap / slot.kernel_wide * slot.dilation_y;
    let x = pixel % slot.wide + slot.pad_x - tap % slot.kernel_wide * slot.dilation_x;
    if (y > 0x7fffffffu || x > 0x7fffffffu || y % slot.stride_y != 0u || x % slot.stride_x != 0u) { continue; }
    let row = y / slot.stride_y;
    let column = x / slot.stride_x;
    if (row * slot.out_wide >= slot.places || column >= slot.out_wide) { continue; }
    let place = sample * slot.places + row * slot.out_wide + column;
    let d = get_d_y(place * slot.channels + channel);
    if (!MAX) { sum = sum + d / f32(slot.taps); } else if (winner(place, channel) == i) { sum = sum + d; }
  }
  return sum;
}
