//! Where the sums of a product go: to the op's `store`, or where k is split to scratch, part after part.

fn keep(z: u32, s: u32, m: u32, n: u32, v: f32) {
  if (m >= slot.m || n >= slot.n) { return; }
  if (SPLIT) { scratch[slot.parts_at + ((z * slot.splits + s) * slot.m + m) * slot.n + n] = v; } else { store(z, m, n, v); }
}

fn keep_four(z: u32, s: u32, m: u32, n: u32, v: vec4<f32>) {
  keep(z, s, m, n, v.x);
  keep(z, s, m, n + 1u, v.y);
  keep(z, s, m, n + 2u, v.z);
  keep(z, s, m, n + 3u, v.w);
}
