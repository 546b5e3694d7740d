//! Windows over an image: which pixel is under a tap of a place, and which place has a pixel under a tap.

/// Number `channel` of the pixel under tap `tap` of place `at` (of all samples); 0 in the padding.
fn under(at: u32, tap: u32, channel: u32) -> f32 {
  let place = at % slot.places;
  // Places in the padding wrap round to great numbers.
  let y = place / slot.out_wide * slot.stride_y + tap / slot.kernel_wide * slot.dilation_y - slot.pad_y;
  let x = place % slot.out_wide * slot.stride_x + tap % slot.kernel_wide * slot.dilation_x - slot.pad_x;
  if (y >= slot.high || x >= slot.wide) { return 0.0; }
  return image(((at / slot.places * slot.high + y) * slot.wide + x) * slot.image_channels + channel);
}

/// Number `channel` of the place that has pixel `at` (of all samples) under its tap `tap`; 0 where none has.
fn over(at: u32, tap: u32, channel: u32) -> f32 {
  let pixel = at % (slot.high * slot.wide);
  let y = pixel / slot.wide + slot.pad_y - tap / slot.kernel_wide * slot.dilation_y;
  let x = pixel % slot.wide + slot.pad_x - tap % slot.kernel_wide * slot.dilation_x;
  if (y % slot.stride_y != 0u || x % slot.stride_x != 0u) { return 0.0; }
  let row = y / slot.stride_y;
  let column = x / slot.stride_x;
  if (y > 0x7fffffffu || x > 0x7fffffffu || row * slot.out_wide >= slot.places || column >= slot.out_wide) { return 0.0; }
  let place = at / (slot.high * slot.wide) * slot.places + row * slot.out_wide + column;
  return point(place * slot.place_channels + channel);
}
