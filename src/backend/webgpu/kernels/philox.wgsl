//! Draws that belong to (seed, step, value, element): Philox4x32-10, word for word as `engine::draws`.

fn product_high(a: u32, b: u32) -> u32 {
  let a0 = a & 0xffffu;
  let a1 = a >> 16u;
  let b0 = b & 0xffffu;
  let b1 = b >> 16u;
  let low = a0 * b0;
  let mid = a1 * b0 + (low >> 16u);
  let other = a0 * b1 + (mid & 0xffffu);
  return a1 * b1 + (mid >> 16u) + (other >> 16u);
}

fn philox(counter: vec4<u32>, seed: vec2<u32>) -> vec4<u32> {
  var c = counter;
  var key = seed;
  for (var i = 0u; i < 10u; i = i + 1u) {
    let p = vec2<u32>(0xD2511F53u * c.x, product_high(0xD2511F53u, c.x));
    let q = vec2<u32>(0xCD9E8D57u * c.z, product_high(0xCD9E8D57u, c.z));
    c = vec4<u32>(q.y ^ c.y ^ key.x, q.x, p.y ^ c.w ^ key.y, p.x);
    key = key + vec2<u32>(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}

fn uniform_draw(value: u32, element: u32) -> f32 {
  let counter = vec4<u32>(element / 4u, value, call.step_low, call.step_high);
  let four = philox(counter, vec2<u32>(call.seed, 4u));
  return f32(four[element % 4u] >> 8u) * (1.0 / 16777216.0);
}

fn normal_draw(value: u32, element: u32) -> f32 {
  // Of each two uniform numbers come two normal ones (Box & Muller 1958).
  let first = element - element % 2u;
  let radius = sqrt(-2.0 * ln_of(1.0 - uniform_draw(value, first)));
  let angle = sin_cos_of(6.2831855 * uniform_draw(value, first + 1u));
  return radius * select(angle.y, angle.x, element % 2u == 1u);
}
