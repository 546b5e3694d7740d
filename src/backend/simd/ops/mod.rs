//! The fast twin of every op, in a file of the op's own name: which slices its kernels read and write.
//!
//! Formulas and what is saved are those of `engine::ops`. Not responsible for kernels that several ops share
//! (`super::kernels`).

mod activation;
mod add;
mod adversarial_loss;
mod attention;
pub(super) mod batch_norm;
mod between;
mod concat;
mod conv2d;
mod conv_transpose2d;
mod dropout;
mod dropout2d;
mod embedding;
mod global_avg_pool;
mod gradient_penalty;
pub(super) mod group_norm;
mod instance_norm;
mod kl;
mod last_state;
pub(super) mod layer_norm;
mod linear;
mod loss;
mod nt_xent;
mod pool2d;
mod position;
mod recurrent;
mod reparametrise;
mod restore;
mod rms_norm;
mod rotary;
mod scale;
mod slice;
mod slope;
mod uncertainty;
mod upsample2d;
mod weighted_sum;

use super::kernels::{elementwise, gemm, images::Images};
use super::view::View;
use crate::engine::draws::{Draw, Draws};
use crate::engine::graph::{Instr, Slot};
use crate::engine::ops::Op;

/// Both halves of an op.
pub(super) trait Kernel {
    /// Overwrites the outputs.
    fn forward(&self, c: &mut Call);

    /// Writes the gradients of the inputs, or adds to them where the slot says so.
    fn backward(&self, c: &mut Call);
}

/// Calls `$half` of whichever op it is.
macro_rules! each_op {
    ($op:expr, $c:expr, $half:ident, $($kind:ident)*) => {
        match $op { $(Op::$kind(op) => op.$half($c)),* }
    };
    ($op:expr, $c:expr, $half:ident) => {
        each_op!($op, $c, $half,
            Linear Conv2d ConvTranspose2d Upsample2d Scale Dropout2d GroupNorm Pool2d GlobalAvgPool Activation Dropout
            BatchNorm LayerNorm InstanceNorm RmsNorm Add Concat Recurrent LastState Slice Embedding Position Rotary Attention Loss
            Reparametrise Kl AdversarialLoss WeightedSum Uncertainty NtXent Between Slope GradientPenalty Restore)
    };
}

impl Kernel for Op {
    fn forward(&self, c: &mut Call) {
        each_op!(self, c, forward);
    }

    fn backward(&self, c: &mut Call) {
        each_op!(self, c, backward);
    }
}

/// Memory that kernels share; grows in the first step and is then reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    gemm: gemm::Scratch,
    /// Gradient of a fused activation's input, or a norm's sums.
    d_z: Vec<f32>,
    images: Images,
    /// Gradient of one head's attention scores.
    d_scores: Vec<f32>,
    /// What slots held that must be added to, while kernels that can only overwrite write there.
    kept: [Vec<f32>; 3],
    recurrence: recurrent::Recurrence,
}

/// `n` numbers of `room`, whatever they are.
fn reserved(room: &mut Vec<f32>, n: usize) -> &mut [f32] {
    room.resize(n.max(room.len()), 0.0);
    &mut room[..n]
}

/// One half of one instruction.
pub(super) struct Call<'c, 'v> {
    /// The instruction.
    pub i: &'c Instr,
    /// All arenas.
    pub v: &'c View<'v>,
    /// Rows of the batch.
    pub rows: usize,
    /// Randomness; only the forward half draws.
    pub draws: Draws,
    /// Shared memory.
    pub room: &'c mut Room,
}

impl<'v> Call<'_, 'v> {
    /// Input `k`.
    fn input(&self, k: usize) -> &'v [f32] {
        self.v.read(self.i.ins[k], self.rows)
    }

    /// Input `k`, a buffer that this op moves.
    fn buffer(&self, k: usize) -> &'v mut [f32] {
        self.v.write(self.i.ins[k], self.rows)
    }

    /// Output `k`, to write.
    fn output(&self, k: usize) -> &'v mut [f32] {
        self.v.write(self.i.outs[k], self.rows)
    }

    /// Output `k`, as the forward half left it.
    fn saved(&self, k: usize) -> &'v [f32] {
        self.v.read(self.i.outs[k], self.rows)
    }

    /// Gradient of the first output.
    fn d_out(&self) -> &'v [f32] {
        self.i.d_out.map_or(&[], |l| self.v.read(l, self.rows))
    }

    /// The place of input `k`'s gradient, if anybody needs it, and whether to add to what is there.
    fn gradient(&self, k: usize) -> Option<(&'v mut [f32], bool)> {
        let slot = self.i.d_ins.get(k).copied().flatten()?;
        Some((self.v.write(slot.loc, self.rows), slot.add))
    }

    /// Input `k` has the gradient of the output.
    fn pass(&self, k: usize) {
        if let Some((d_x, add)) = self.gradient(k) {
            if add { elementwise::add_assign(d_x, self.d_out()) } else { elementwise::copy(self.d_out(), d_x) }
        }
    }

    /// The place of input `k`'s gradient for a kernel that can only overwrite; what it must add to is kept until
    /// [`Call::add_kept`].
    fn kept(&mut self, k: usize) -> Option<&'v mut [f32]> {
        let (place, add) = self.gradient(k)?;
        if add {
            reserved(&mut self.room.kept[k], place.len()).copy_from_slice(place);
        }
        Some(place)
    }

    /// [`Call::kept`] for a kernel that always gives the gradient of input `k`: where nobody asks for it (a frozen
    /// parameter), it is left in `spare`, which is the room's own.
    fn always<'s>(&self, k: usize, spare: &'s mut Vec<f32>) -> &'s mut [f32]
    where
        'v: 's,
    {
        match self.gradient(k) {
            Some((place, add)) => {
                if add {
                    reserved(spare, place.len()).copy_from_slice(place);
                }
                place
            }
            None => reserved(spare, self.i.ins[k].len(self.rows)),
        }
    }

    /// Adds back what was kept of every slot.
    fn add_kept(&self) {
        for (slot, old) in self.i.d_ins.iter().zip(&self.room.kept) {
            if let Some(Slot { loc, add: true }) = slot {
                let place = self.v.write(*loc, self.rows);
                elementwise::add_assign(place, &old[..place.len()]);
            }
        }
    }

    /// What it draws for the elements of its result.
    fn draw(&self) -> Draw {
        self.draws.of(self.i.value)
    }
}
