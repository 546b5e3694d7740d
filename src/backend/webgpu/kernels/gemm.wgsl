//! `C = A B` in tiles of a group's memory, four by four sums a thread. The op brings `load_a(z, m, k)`, `load_b(z, k, n)` and
//! `store(z, m, n, v)`; z counts independent products. Where k is split, the parts go to scratch, part after part.

var<workgroup> tile_a: array<f32, TILE_A>;
var<workgroup> tile_b: array<f32, TILE_B>;

fn run(l: u32, g: vec3<u32>, groups: vec3<u32>) {
  let z = g.z / slot.splits;
  let s = g.z % slot.splits;
  let m0 = g.y * SIDE;
  let n0 = g.x * SIDE;
  let first = s * slot.part;
  let last = min(first + slot.part, slot.k);
  let at_a = l / (SIDE / 4u) * 4u;
  let at_b = l % (SIDE / 4u) * 4u;
  var sum0 = vec4<f32>();
  var sum1 = vec4<f32>();
  var sum2 = vec4<f32>();
  var sum3 = vec4<f32>();
  for (var k0 = first; k0 < last; k0 = k0 + DEPTH) {
    for (var i = l; i < TILE_A; i = i + THREADS) {
      let m = select(i % SIDE, i / DEPTH, A_ALONG_K);
      let k = select(i / SIDE, i % DEPTH, A_ALONG_K);
      var v = 0.0;
      if (m0 + m < slot.m && k0 + k < last) { v = load_a(z, m0 + m, k0 + k); }
      tile_a[k * SIDE + m] = v;
    }
    for (var i = l; i < TILE_B; i = i + THREADS) {
      let n = select(i % SIDE, i / DEPTH, B_ALONG_K);
      let k = select(i / SIDE, i % DEPTH, B_ALONG_K);
      var v = 0.0;
      if (n0 + n < slot.n && k0 + k < last) { v = load_b(z, k0 + k, n0 + n); }
      tile_b[k * SIDE + n] = v;
    }
    workgroupBarrier();
    var b: vec4<f32>;
    /*inner*/
    workgroupBarrier();
  }
  keep_four(z, s, m0 + at_a, n0 + at_b, sum0);
  keep_four(z, s, m0 + at_a + 1u, n0 + at_b, sum1);
  keep_four(z, s, m0 + at_a + 2u, n0 + at_b, sum2);
  keep_four(z, s, m0 + at_a + 3u, n0 + at_b, sum3);
}
