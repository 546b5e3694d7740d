//! `C = A B` in registers, eight by eight sums a thread and no barrier: where a program plays the card, waiting for a group
//! takes longer than reading what a neighbour has read. The op brings what it brings to `gemm.wgsl`.

fn run(l: u32, g: vec3<u32>, groups: vec3<u32>) {
  let z = g.z / slot.splits;
  let s = g.z % slot.splits;
  let block = g.x * THREADS + l;
  let across = (slot.n + 7u) / 8u;
  if (block >= across * ((slot.m + 7u) / 8u)) { return; }
  let m0 = block / across * 8u;
  let n0 = block % across * 8u;
  let last = min(s * slot.part + slot.part, slot.k);
  /*open*/
  var k = s * slot.part;
  // Two at a time: the loop itself costs as much as a fifth of what is in it.
  for (; k + 1u < last; k = k + 2u) {
    { /*term*/ }
    { let k = k + 1u; /*term*/ }
  }
  if (k < last) { /*term*/ }
  /*close*/
}
