//! Matrix products: which tiles, whether k is split, and the kernels for it. Loaders and epilogue are the op's.
//!
//! 64×64 sums a group, 32×32 where that gives too few groups, a thread for each sum where tiles would be mostly empty; k
//! is split, in a fixed order, where even small tiles are few. Not responsible for what is multiplied.

use super::super::kernel::Kernel;

/// k of one tile.
const DEPTH: usize = 16;
/// Fewer groups than this leave a card idle: then tiles are smaller.
const GROUPS_WANTED: usize = 32;
/// Fewer than this even so: then k is split, if it is long.
const GROUPS_FEW: usize = 16;
/// Shortest k that is worth a second pass.
const SPLIT_FROM: usize = 512;
/// Longest k that one thread sums alone.
const ALONE_MAX: usize = 256;

/// The size of a product, `C (m, n) = A (m, k) B (k, n)`, so many times, and along which axis blocks are contiguous.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// For messages.
    pub name: &'static str,
    /// Independent products.
    pub batch: usize,
    /// Rows of C.
    pub m: usize,
    /// Columns of C.
    pub n: usize,
    /// Terms of a sum.
    pub k: usize,
    /// Whether neighbours in memory of A differ in k.
    pub a_along_k: bool,
    /// The same of B.
    pub b_along_k: bool,
    /// Numbers of scratch that are taken already.
    pub taken: usize,
}

const ALONE: &str = "fn each(i: u32) {\n  let n = i % slot.n;\n  let m = i / slot.n % slot.m;\n  let z = i / slot.n / slot.m;\n  \
                     var sum = 0.0;\n  for (var k = 0u; k < slot.k; k = k + 1u) { sum = sum + load_a(z, m, k) * load_b(z, k, n); }\n  \
                     store(z, m, n, sum);\n}\n";

const TOGETHER: &str = "fn each(i: u32) {\n  let n = i % slot.n;\n  let m = i / slot.n % slot.m;\n  let z = i / slot.n / slot.m;\n  \
                        var sum = 0.0;\n  for (var s = 0u; s < slot.splits; s = s + 1u) {\n    \
                        sum = sum + scratch[slot.parts_at + ((z * slot.splits + s) * slot.m + m) * slot.n + n];\n  }\n  \
                        store(z, m, n, sum);\n}\n";

impl Product {
    /// The kernels; `with` adds loaders, `store` and the blocks that they name.
    pub fn kernels(&self, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        let sums = self.batch * self.m * self.n;
        let sizes = |k: Kernel| k.ints(&[("m", self.m), ("n", self.n), ("k", self.k)]);
        if sums == 0 {
            return Vec::new();
        }
        if self.k <= DEPTH || (self.m.min(self.n) <= 4 && self.k <= ALONE_MAX) {
            return vec![with(sizes(Kernel::each(self.name, ALONE, sums)))];
        }
        let groups = |side: usize| self.batch * self.m.div_ceil(side) * self.n.div_ceil(side);
        let side = if groups(64) < GROUPS_WANTED { 32 } else { 64 };
        let parts = if groups(side) < GROUPS_FEW && self.k >= SPLIT_FROM {
            (GROUPS_WANTED / groups(side)).min(self.k / (SPLIT_FROM / 2)).max(1)
        } else {
            1
        };
        let part = self.k.div_ceil(parts).next_multiple_of(DEPTH);
        let parts = self.k.div_ceil(part);
        let grid = [self.n.div_ceil(side), self.m.div_ceil(side), self.batch * parts];
        let text = include_str!("gemm.wgsl").replace("/*inner*/", &inner(side));
        let k = sizes(Kernel::grid(self.name, &text, grid, side * side / 16));
        let k = k
            .ints(&[("splits", parts), ("part", part), ("parts_at", self.taken)])
            .constant("SIDE", side)
            .constant("DEPTH", DEPTH);
        let k = k.constant("TILE_A", side * DEPTH).constant("TILE_B", side * DEPTH).with_scratch(0);
        let k = k.flag("A_ALONG_K", self.a_along_k).flag("B_ALONG_K", self.b_along_k).flag("SPLIT", parts > 1);
        if parts == 1 {
            return vec![with(k)];
        }
        let sum = sizes(Kernel::each(self.name, TOGETHER, sums)).ints(&[("splits", parts), ("parts_at", self.taken)]);
        let room = self.taken + sums * parts;
        vec![with(k.with_scratch(room)), with(sum.with_scratch(room))]
    }
}

/// The products of one tile, written out: loops in WGSL carry code that bounds them.
fn inner(side: usize) -> String {
    let one = |k: usize| {
        let at = k * side;
        let b: Vec<String> = (0..4).map(|j| format!("tile_b[{}u + at_b]", at + j)).collect();
        let sums: String = (0..4).map(|j| format!("    sum{j} = sum{j} + tile_a[{}u + at_a] * b;\n", at + j)).collect();
        format!("    b = vec4<f32>({});\n{sums}", b.join(", "))
    };
    (0..DEPTH).map(one).collect()
}
