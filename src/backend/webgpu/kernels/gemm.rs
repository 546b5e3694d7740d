//! Matrix products: which tiles, whether k is split, and the kernels for it. Loaders and epilogue are the op's.
//!
//! On a card: 64×64 sums a group, 32×32 where that gives too few groups, a thread for each sum where tiles would be mostly
//! empty. Where a program plays the card: 8×8 sums a thread, in registers. k is split, in a fixed order, where groups are
//! few. Not responsible for what is multiplied.

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

/// Sums of a thread along each side, in registers.
const BLOCK: usize = 8;
/// Threads of a group of them: small groups, for two processors share them.
const BLOCKS_A_GROUP: usize = 32;
/// Fewer blocks than this leave a processor idle: then k is split, if it is long.
const BLOCKS_FEW: usize = 256;

/// How a product is summed. On SwiftShader, beside each other: 128×784 by 784×64 takes 24 ms in tiles and 8 ms in
/// registers, 64×128 by 128×785 53 and 7 ms, the first convolution of W3 280 and 79 ms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sums {
    /// Tiles in the memory that a group shares.
    #[default]
    Tiles,
    /// Registers alone: where a program plays the card.
    Registers,
}

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
    pub fn kernels(&self, how: Sums, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        if self.batch * self.m * self.n == 0 {
            return Vec::new();
        }
        match how {
            Sums::Tiles => self.tiles(with),
            Sums::Registers => self.registers(with),
        }
    }

    fn sizes(&self, k: Kernel) -> Kernel {
        k.ints(&[("m", self.m), ("n", self.n), ("k", self.k)])
    }

    fn registers(&self, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        let blocks = self.m.div_ceil(BLOCK) * self.n.div_ceil(BLOCK);
        let all = self.batch * blocks;
        let parts = if all < BLOCKS_FEW && self.k >= SPLIT_FROM {
            (BLOCKS_FEW / all).min(self.k / (SPLIT_FROM / 2)).max(1)
        } else {
            1
        };
        let part = self.k.div_ceil(parts);
        let parts = self.k.div_ceil(part).max(1);
        let grid = [blocks.div_ceil(BLOCKS_A_GROUP), 1, self.batch * parts];
        let (open, term, close) = block();
        let text = include_str!("gemm_registers.wgsl")
            .replace("/*open*/", &open)
            .replace("/*term*/", &term)
            .replace("/*close*/", &close);
        self.parted(Kernel::grid(self.name, &text, grid, BLOCKS_A_GROUP), part, parts, with)
    }

    fn tiles(&self, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        let sums = self.batch * self.m * self.n;
        if self.k <= DEPTH || (self.m.min(self.n) <= 4 && self.k <= ALONE_MAX) {
            return vec![with(self.sizes(Kernel::each(self.name, ALONE, sums)))];
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
        let k = Kernel::grid(self.name, &text, grid, side * side / 16).constant("SIDE", side).constant("DEPTH", DEPTH);
        let k = k.constant("TILE_A", side * DEPTH).constant("TILE_B", side * DEPTH);
        let k = k.flag("A_ALONG_K", self.a_along_k).flag("B_ALONG_K", self.b_along_k);
        self.parted(k, part, parts, with)
    }

    /// The kernel, and where k is split what adds its parts.
    fn parted(&self, k: Kernel, part: usize, parts: usize, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        let sums = self.batch * self.m * self.n;
        let k = self.sizes(k).ints(&[("splits", parts), ("part", part), ("parts_at", self.taken)]);
        let k = k.text(include_str!("gemm_keep.wgsl")).flag("SPLIT", parts > 1).with_scratch(0);
        if parts == 1 {
            return vec![with(k)];
        }
        let sum =
            self.sizes(Kernel::each(self.name, TOGETHER, sums)).ints(&[("splits", parts), ("parts_at", self.taken)]);
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

/// A thread's block, written out: its places and sums, the products of one k, and where the sums go.
fn block() -> (String, String, String) {
    let all = |one: &dyn Fn(usize) -> String| (0..BLOCK).map(one).collect::<String>();
    let quads = |one: &dyn Fn(usize) -> String| (0..BLOCK / 4).map(one).collect::<String>();
    // Beyond an edge the last row and column are read again; `keep` leaves those sums out.
    let places = |i: usize| {
        format!(
            "let m_{i} = min(m0 + {i}u, slot.m - 1u);\n  let n_{i} = min(n0 + {i}u, slot.n - 1u);\n  {}",
            quads(&|q| format!("var sum{i}_{q} = vec4<f32>();\n  "))
        )
    };
    let columns = |q: usize| {
        let b: Vec<String> = (0..4).map(|j| format!("load_b(z, k, n_{})", 4 * q + j)).collect();
        format!("let b{q} = vec4<f32>({}); ", b.join(", "))
    };
    let row = |i: usize| {
        let sums = quads(&|q| format!("sum{i}_{q} = sum{i}_{q} + a{i} * b{q}; "));
        format!("let a{i} = load_a(z, m_{i}, k); {sums}")
    };
    let kept = |i: usize| quads(&|q| format!("keep_four(z, s, m0 + {i}u, n0 + {}u, sum{i}_{q});\n  ", 4 * q));
    (all(&places), quads(&columns) + &all(&row), all(&kept))
}
