//! What moves numbers about: from the inbox to a place, one number everywhere, blends and reductions.
//!
//! Not responsible for what comes and goes (`super::super::executor`).

use super::super::kernel::{Arena, Kernel, Place, scratch};
use crate::engine::exec::Reduction;

/// Copies `count` numbers.
pub fn copy(from: Place, to: Place, count: usize) -> Kernel {
    let k = Kernel::each("write", "fn each(i: u32) { put_to(i, get_from(i)); }\n", count);
    k.read("from", from).write("to", to, false)
}

/// Copies rows of what the card holds, inputs `(rows, widths[0])` and after all of them, from `targets` on, targets `(rows,
/// widths[1])`. What it holds is bound where parameters are; which rows stands in the inbox, from `which` on.
pub fn gather(targets: usize, widths: [usize; 2], which: usize, rows: usize, to: [Place; 2]) -> Kernel {
    let body = "fn each(i: u32) {\n  let width = slot.of_x + slot.of_y;\n  let r = i / width;\n  let c = i - r * width;\n  \
                let row = inbox[slot.which + r];\n  \
                if (c < slot.of_x) { put_x(r * slot.of_x + c, get_held(row * slot.of_x + c)); }\n  \
                else { put_y(r * slot.of_y + c - slot.of_x, get_held(slot.targets + row * slot.of_y + c - slot.of_x)); }\n}\n";
    let k = Kernel::each("gather", body, rows * (widths[0] + widths[1])).uses(Arena::Inbox);
    let k = k.ints(&[("targets", targets), ("of_x", widths[0]), ("of_y", widths[1]), ("which", which)]);
    k.read("held", Place { arena: Arena::Params, off: 0 }).write("x", to[0], false).write("y", to[1], false)
}

/// Makes `count` numbers the same; their bits come with the slot, so that they may be NaN.
pub fn fill(to: Place, count: usize, number: f32) -> Kernel {
    let k = Kernel::each("fill", "fn each(i: u32) { put_to(i, bitcast<f32>(slot.bits)); }\n", count);
    k.int("bits", number.to_bits() as usize).write("to", to, false)
}

/// Brings `count` numbers within ±`bound`; what is no number stays none.
pub fn clamp(at: Place, count: usize, bound: f32) -> Kernel {
    let body = "fn each(i: u32) {\n  let x = get_x(i);\n  if (x > slot.bound) { put_x(i, slot.bound); }\n  \
                if (x < -slot.bound) { put_x(i, -slot.bound); }\n}\n";
    Kernel::each("clamp", body, count).float("bound", bound).write("x", at, false)
}

/// `to = keep·to + (1 − keep)·from` for `count` parameters.
pub fn blend(from: usize, to: usize, count: usize, keep: f32) -> Kernel {
    let place = |off| Place { arena: Arena::Params, off };
    let body = "fn each(i: u32) { put_to(i, slot.keep * get_to(i) + slot.fresh * get_from(i)); }\n";
    let k = Kernel::each("blend", body, count).float("keep", keep).float("fresh", (1.0 - f64::from(keep)) as f32);
    k.read("from", place(from)).write("to", place(to), false)
}

/// One number for `count`, to place `at` of scratch.
pub fn reduce(of: Place, count: usize, how: Reduction, at: usize) -> Kernel {
    let body = "fn row(item: u32, l: u32) {\n  var sum = 0.0;\n  \
                for (var i = l; i < slot.numbers; i = i + THREADS) {\n    let x = get_x(i);\n    \
                if (SQUARES) { sum = sum + x * x; } else { sum = sum + select(1.0, 0.0, is_finite(x)); }\n  }\n  \
                let all = group_sum(l, sum);\n  \
                if (l == 0u) {\n    if (SQUARES) { put_to(0u, all); } else { put_to(0u, select(0.0, 1.0, all == 0.0)); }\n  }\n}\n";
    let k = Kernel::rows("reduce", body, 1).int("numbers", count).flag("SQUARES", how == Reduction::SumSquares);
    k.read("x", of).write("to", scratch(at), false).with_scratch(at + 1)
}
