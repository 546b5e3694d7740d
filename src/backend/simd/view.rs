//! The arenas of one run as raw memory, so that a kernel can read some blocks while it writes others.
//!
//! Not responsible for where blocks lie: the planner never gives a kernel an output that overlaps what it reads.

use crate::engine::graph::{Loc, Space};
use crate::engine::host::Arenas;
use std::marker::PhantomData;

/// All arenas, borrowed for the time of one forward or backward pass.
pub struct View<'a> {
    bases: [(*mut f32, usize); 5],
    _memory: PhantomData<&'a mut f32>,
}

impl<'a> View<'a> {
    /// Borrows every arena.
    pub fn new(memory: Arenas<'a, f32>) -> Self {
        let of = |arena: &mut [f32]| (arena.as_mut_ptr(), arena.len());
        let Arenas { params, grads, state, buffers, values } = memory;
        View { bases: [params, grads, state, buffers, values].map(of), _memory: PhantomData }
    }

    fn base(&self, loc: Loc, rows: usize) -> (*mut f32, usize) {
        let (base, len) = self.bases[match loc.space {
            Space::Params => 0,
            Space::Grads => 1,
            Space::State => 2,
            Space::Buffers => 3,
            Space::Values => 4,
        }];
        let n = loc.len(rows);
        assert!(loc.off + n <= len, "block outside its arena");
        // SAFETY: `off` is inside the arena by the assert above.
        (unsafe { base.add(loc.off) }, n)
    }

    /// The block at `loc`, to read.
    pub fn read(&self, loc: Loc, rows: usize) -> &'a [f32] {
        let (p, n) = self.base(loc, rows);
        // SAFETY: inside the arena, which is borrowed for 'a; the planner lays blocks out without overlap, and an
        // executor writes a block only through `write` of that same instruction, never while reading it.
        unsafe { std::slice::from_raw_parts(p, n) }
    }

    /// The block at `loc`, to write.
    #[allow(clippy::mut_from_ref)]
    pub fn write(&self, loc: Loc, rows: usize) -> &'a mut [f32] {
        let (p, n) = self.base(loc, rows);
        // SAFETY: as for `read`; the blocks that one instruction writes are distinct values of the graph.
        unsafe { std::slice::from_raw_parts_mut(p, n) }
    }
}
