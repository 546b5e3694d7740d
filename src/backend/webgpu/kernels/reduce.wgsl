//! Sums and the like over the 256 threads of a group, as a tree of fixed order: the same bits every time.
//! Every thread of the group must call them; all get the result.

var<workgroup> shared_sums: array<vec2<f32>, 256>;

fn group_sums(l: u32, mine: vec2<f32>) -> vec2<f32> {
  workgroupBarrier();
  shared_sums[l] = mine;
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half = half / 2u) {
    if (l < half) { shared_sums[l] = shared_sums[l] + shared_sums[l + half]; }
    workgroupBarrier();
  }
  return shared_sums[0];
}

fn group_sum(l: u32, mine: f32) -> f32 {
  return group_sums(l, vec2<f32>(mine, 0.0)).x;
}

fn group_max(l: u32, mine: f32) -> f32 {
  workgroupBarrier();
  shared_sums[l] = vec2<f32>(mine, 0.0);
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half = half / 2u) {
    if (l < half) { shared_sums[l].x = max(shared_sums[l].x, shared_sums[l + half].x); }
    workgroupBarrier();
  }
  return shared_sums[0].x;
}
