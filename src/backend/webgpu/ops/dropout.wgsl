//! The mask of a number is drawn for it alone.

fn each(i: u32) {
  let mask = select(slot.kept, 0.0, uniform_draw(slot.value, i) < slot.rate);
  put_mask(i, mask);
  put_y(i, get_x(i) * mask);
}
