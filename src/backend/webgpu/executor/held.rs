//! Training data that stays on the card: given once, then a step brings only which rows it is of.
//!
//! Not responsible for which data can be fed so (`engine::session`).

use super::{SLOT, WebGpu};
use crate::backend::webgpu::kernels::memory;
use crate::engine::exec::At;

impl WebGpu {
    /// Keeps training data for [`WebGpu::gather`]; false where it does not fit.
    pub(super) fn hold(&mut self, inputs: &[f32], targets: &[f32]) -> bool {
        // What is under way reads what was held before.
        self.submit(&[]);
        self.arenas.hold(&self.gpu, inputs, targets)
    }

    /// Copies rows of it to the inputs and targets of a plan.
    pub(super) fn gather(&mut self, rows: &[u32], inputs: At, targets: At) {
        let Some((_, from)) = self.arenas.feeding(inputs.plan.0) else { return };
        self.reserve(rows.len().next_multiple_of(SLOT) + SLOT);
        let which = self.pending.borrow_mut().place(rows.iter().copied());
        let widths = [inputs.loc.size, targets.loc.size];
        let to = [inputs.loc.into(), targets.loc.into()];
        self.add(inputs.plan.0, &memory::gather(from, widths, which, rows.len(), to), true);
    }
}
