//! Views of rows, as in `engine::ops::nt_xent`: view v is row v / 2 of input v % 2.

fn get_view(v: u32, j: u32) -> f32 {
  let at = (v / 2u) * slot.width + j;
  if (v % 2u == 0u) { return get_a(at); }
  return get_b(at);
}

fn length_of(v: u32, l: u32) -> f32 {
  var sum = 0.0;
  for (var j = l; j < slot.width; j = j + THREADS) { let z = get_view(v, j); sum = sum + z * z; }
  return sqrt(group_sum(l, sum) + slot.epsilon);
}

fn cosine(v: u32, o: u32) -> f32 {
  var sum = 0.0;
  for (var j = 0u; j < slot.width; j = j + 1u) { sum = sum + get_u(v * slot.width + j) * get_u(o * slot.width + j); }
  return sum;
}
