//! One group of threads goes through the whole sequence of a sample; a thread has units of its own. The sums with x are
//! there already, where the gates will stand.

var<workgroup> state: array<f32, UNITS>;
var<workgroup> other: array<f32, UNITS>;

fn place(b: u32, s: u32) -> u32 {
  return b * slot.steps + select(s, slot.steps - 1u - s, REVERSE);
}

fn by_state(row: u32) -> f32 {
  var sum = get_b_hh(row);
  for (var k = 0u; k < UNITS; k = k + 1u) { sum = sum + get_w_hh(row * UNITS + k) * state[k]; }
  return sum;
}

fn forward_unit(at: u32, before: u32, first: bool, j: u32) -> f32 {
  let gates = at * GATES * UNITS + j;
  if (GATES == 1u) { return act(get_gates(gates) + by_state(j)); }
  if (GATES == 4u) {
    let i = sigmoid_of(get_gates(gates) + by_state(j));
    let f = sigmoid_of(get_gates(gates + UNITS) + by_state(UNITS + j));
    let g = tanh_of(get_gates(gates + 2u * UNITS) + by_state(2u * UNITS + j));
    let o = sigmoid_of(get_gates(gates + 3u * UNITS) + by_state(3u * UNITS + j));
    var cell = i * g;
    if (!first) { cell = cell + f * get_cell(before * UNITS + j); }
    put_gates(gates, i);
    put_gates(gates + UNITS, f);
    put_gates(gates + 2u * UNITS, g);
    put_gates(gates + 3u * UNITS, o);
    put_cell(at * UNITS + j, cell);
    return o * tanh_of(cell);
  }
  let r = sigmoid_of(get_gates(gates) + by_state(j));
  let z = sigmoid_of(get_gates(gates + UNITS) + by_state(UNITS + j));
  let hidden = by_state(2u * UNITS + j);
  let n = tanh_of(get_gates(gates + 2u * UNITS) + r * hidden);
  put_gates(gates, r);
  put_gates(gates + UNITS, z);
  put_gates(gates + 2u * UNITS, n);
  put_cell(at * UNITS + j, hidden);
  return (1.0 - z) * n + z * state[j];
}

fn forward(b: u32, l: u32) {
  for (var j = l; j < UNITS; j = j + THREADS) { state[j] = 0.0; }
  workgroupBarrier();
  for (var s = 0u; s < slot.steps; s = s + 1u) {
    let at = place(b, s);
    var before = at;
    if (s > 0u) { before = place(b, s - 1u); }
    for (var j = l; j < UNITS; j = j + THREADS) { other[j] = forward_unit(at, before, s == 0u, j); }
    workgroupBarrier();
    for (var j = l; j < UNITS; j = j + THREADS) {
      state[j] = other[j];
      put_h(at * UNITS + j, other[j]);
    }
    workgroupBarrier();
  }
}

/// `state` is the gradient that comes from the step after, `other` that of the cell.
fn backward_unit(at: u32, before: u32, first: bool, j: u32) {
  let d = get_d_y(at * UNITS + j) + state[j];
  put_d_y(at * UNITS + j, d);
  let gates = at * GATES * UNITS + j;
  state[j] = 0.0;
  if (GATES == 1u) {
    let h = get_h(at * UNITS + j);
    put_d_p(gates, d * slope(h, h));
    return;
  }
  if (GATES == 4u) {
    let i = get_gates(gates);
    let f = get_gates(gates + UNITS);
    let g = get_gates(gates + 2u * UNITS);
    let o = get_gates(gates + 3u * UNITS);
    let t = tanh_of(get_cell(at * UNITS + j));
    var old = 0.0;
    if (!first) { old = get_cell(before * UNITS + j); }
    let d_c = other[j] + d * o * (1.0 - t * t);
    put_d_p(gates, d_c * g * i * (1.0 - i));
    put_d_p(gates + UNITS, d_c * old * f * (1.0 - f));
    put_d_p(gates + 2u * UNITS, d_c * i * (1.0 - g * g));
    put_d_p(gates + 3u * UNITS, d * t * o * (1.0 - o));
    other[j] = d_c * f;
    return;
  }
  let r = get_gates(gates);
  let z = get_gates(gates + UNITS);
  let n = get_gates(gates + 2u * UNITS);
  var old = 0.0;
  if (!first) { old = get_h(before * UNITS + j); }
  let d_n = d * (1.0 - z) * (1.0 - n * n);
  let d_r = d_n * get_cell(at * UNITS + j) * r * (1.0 - r);
  let d_z = d * (old - n) * z * (1.0 - z);
  put_d_p(gates, d_r);
  put_d_p(gates + UNITS, d_z);
  put_d_p(gates + 2u * UNITS, d_n);
  put_d_q(gates, d_r);
  put_d_q(gates + UNITS, d_z);
  put_d_q(gates + 2u * UNITS, d_n * r);
  state[j] = d * z;
}

fn backward(b: u32, l: u32) {
  for (var j = l; j < UNITS; j = j + THREADS) {
    state[j] = 0.0;
    other[j] = 0.0;
  }
  for (var left = slot.steps; left > 0u; left = left - 1u) {
    let s = left - 1u;
    let at = place(b, s);
    var before = at;
    if (s > 0u) { before = place(b, s - 1u); }
    for (var j = l; j < UNITS; j = j + THREADS) { backward_unit(at, before, s == 0u, j); }
    storageBarrier();
    workgroupBarrier();
    let cut = s == 0u || s % slot.tbptt == 0u;
    for (var j = l; j < UNITS; j = j + THREADS) {
      if (cut) {
        state[j] = 0.0;
        other[j] = 0.0;
        continue;
      }
      var sum = state[j];
      for (var k = 0u; k < GATES * UNITS; k = k + 1u) {
        sum = sum + get_w_hh(k * UNITS + j) * get_d_q(at * GATES * UNITS + k);
      }
      state[j] = sum;
    }
    workgroupBarrier();
  }
}
