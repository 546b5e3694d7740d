//! A token that is none gives NaN, whose bits come with the slot: a shader may hold no constant NaN.

fn row_of(token: f32) -> u32 {
  if (is_nan(token) || !(token >= 0.0 && token < f32(slot.vocab))) { return slot.vocab; }
  return u32(token);
}
