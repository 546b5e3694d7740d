//! exp, ln, tanh and their kin with the polynomials of the processor's kernels: what WGSL itself has may be 1e-3 off.
//! A piece ends at an empty line. NaN is looked for in the bits, because a compiler may assume that none exists.

fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn is_finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn at_most(x: f32, end: f32) -> f32 {
  if (is_nan(x)) { return x; }
  return min(x, end);
}

fn at_least(x: f32, end: f32) -> f32 {
  if (is_nan(x)) { return x; }
  return max(x, end);
}

fn within(x: f32, end: f32) -> f32 {
  if (is_nan(x)) { return x; }
  return clamp(x, -end, end);
}

fn exp_rest(x: f32, n: f32) -> f32 {
  let r = (x - n * 0.6933594) + n * 2.1219444e-4;
  return ((((1.39505e-3 * r + 8.36892e-3) * r + 4.166621e-2) * r + 0.1666652) * r + 0.5) * (r * r) + r;
}

fn exp_of(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  if (x < -87.0) { return 0.0; }
  let y = min(x, 89.0);
  let n = round(y * 1.442695);
  // A power of two less and a doubling, because 2^128 is out of range while e^88.7 is not.
  let half = (exp_rest(y, n) + 1.0) * bitcast<f32>(u32(i32(n) + 126) << 23u);
  return half + half;
}

fn exp_m1_neg(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  let y = max(x, -25.0);
  let n = round(y * 1.442695);
  let scale = bitcast<f32>(u32(i32(n) + 127) << 23u);
  return exp_rest(y, n) * scale + (scale - 1.0);
}

fn ln_of(x: f32) -> f32 {
  // +∞ and NaN are their own logarithms; what is not positive is left to the caller.
  if (!is_finite(x)) { return x; }
  let bits = bitcast<u32>(x);
  let down = (bits - 0x3f3504f3u) & 0xff800000u;
  let m = bitcast<f32>(bits - down) - 1.0;
  let e = f32(bitcast<i32>(down) >> 23u);
  let z = m * m;
  let p = (((((((7.0376836e-2 * m - 1.151461e-1) * m + 1.1676999e-1) * m - 1.2420141e-1) * m + 1.4249323e-1) * m
    - 1.6668058e-1) * m + 2.0000715e-1) * m - 2.4999994e-1) * m + 3.333333e-1;
  return (m + (p * m * z - e * 2.1219444e-4 - z * 0.5)) + e * 0.6933594;
}

fn ln_1p_unit(u: f32) -> f32 {
  let s = u / (u + 2.0);
  let z = s * s;
  return s + s + s * z * (((0.2802446 * z + 0.27999141) * z + 0.400217) * z + 0.6666641);
}

fn tanh_of(v: f32) -> f32 {
  if (is_nan(v)) { return v; }
  let x = clamp(v, -9.0, 9.0);
  let z = x * x;
  let p = (((((-2.7607685e-16 * z + 2.000188e-13) * z - 8.604672e-11) * z + 5.1222971e-8) * z + 1.4857224e-5) * z
    + 6.3726193e-4) * z + 4.8935246e-3;
  let q = ((1.1982584e-6 * z + 1.1853471e-4) * z + 2.2684346e-3) * z + 4.893525e-3;
  return clamp(x * (p / q), -1.0, 1.0);
}

fn erf_of(v: f32) -> f32 {
  if (is_nan(v)) { return v; }
  let x = clamp(v, -4.2, 4.2);
  let z = x * x;
  let p = (((((-2.7261423e-10 * z + 2.7706814e-8) * z - 2.101024e-6) * z - 5.692506e-5) * z - 7.349906e-4) * z
    - 2.9546e-3) * z - 1.6096033e-2;
  let q = (((-1.4566072e-5 * z - 2.1337407e-4) * z - 1.682827e-3) * z - 7.373329e-3) * z - 1.4264739e-2;
  return clamp(x * (p / q), -1.0, 1.0);
}

fn sigmoid_of(x: f32) -> f32 {
  return 1.0 / (1.0 + exp_of(-x));
}

fn softplus_of(x: f32) -> f32 {
  return at_least(x, 0.0) + ln_1p_unit(exp_of(-abs(x)));
}

fn sin_cos_of(x: f32) -> vec2<f32> {
  let n = round(x * 0.63661975);
  let r = ((x - n * 1.5703125) - n * 4.837513e-4) - n * 7.54979e-8;
  let z = r * r;
  let s = (((-1.9515296e-4 * z + 8.332161e-3) * z - 1.6666655e-1) * z) * r + r;
  let c = ((2.4433157e-5 * z - 1.3887316e-3) * z + 4.1666646e-2) * (z * z) - z * 0.5 + 1.0;
  let q = u32(i32(n));
  var both = vec2<f32>(s, c);
  if ((q & 1u) == 1u) { both = vec2<f32>(c, s); }
  if ((q & 2u) == 2u) { both.x = -both.x; }
  if (((q + 1u) & 2u) == 2u) { both.y = -both.y; }
  return both;
}
