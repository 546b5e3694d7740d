//! Each number of a pair finds the other one; the gradient turns back.

fn turned(i: u32, from_is_gradient: bool) -> f32 {
  let column = i % (3u * slot.units);
  if (column >= 2u * slot.units) { return get_x(i); }
  let half = slot.half;
  let j = column % (2u * half);
  let place = i / (3u * slot.units) % slot.len;
  let k = place * half + j % half;
  let cosine = get_table(2u * k);
  var sine = get_table(2u * k + 1u);
  if (from_is_gradient) { sine = -sine; }
  if (j < half) { return get_x(i) * cosine - get_x(i + half) * sine; }
  return get_x(i) * cosine + get_x(i - half) * sine;
}

fn each(i: u32) {
  put_y(i, turned(i, BACKWARD));
}
