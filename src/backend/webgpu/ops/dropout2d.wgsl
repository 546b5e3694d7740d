//! Every number draws its channel's mask again; the first position of a sample writes it down.

fn each(i: u32) {
  let at = i / slot.sample * slot.channels + i % slot.channels;
  let mask = select(slot.kept, 0.0, uniform_draw(slot.value, at) < slot.rate);
  if (i % slot.sample < slot.channels) { put_mask(at, mask); }
  put_y(i, get_x(i) * mask);
}
