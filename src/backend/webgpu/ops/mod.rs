//! The card's twin of every op, in a file of the op's own name: which kernels run, on which blocks.
//!
//! Formulas and what is saved are those of `engine::ops`. Not responsible for kernels that several ops share
//! (`super::kernels`) nor for running any (`super::executor`).

pub(super) mod activation;
mod add;
mod adversarial_loss;
mod attention;
mod batch_norm;
mod between;
mod concat;
mod conv2d;
mod conv_transpose2d;
mod dropout;
mod dropout2d;
mod embedding;
mod global_avg_pool;
mod gradient_penalty;
mod group_norm;
mod instance_norm;
mod kl;
mod last_state;
mod layer_norm;
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

use super::kernel::{Arena, Kernel, Place, SLOT_BYTES};
use super::kernels::gemm::Sums;
use crate::engine::exec::KEPT_MAX;
use crate::engine::graph::{Direction, Instr, Loc, Plan, Slot};
use crate::engine::ops::Op;

/// An op that the card cannot run: then it does not run the plan at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsupported {
    /// Which.
    pub op: Box<Op>,
}

impl std::fmt::Display for Unsupported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = format!("{:?}", self.op);
        write!(f, "{}", all.split(['(', ' ']).next().unwrap_or_default())
    }
}

/// Tables that ops bring along (sines of positions, weights of classes), each once.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// All of them.
    pub numbers: Vec<f32>,
    places: Vec<(usize, usize)>,
}

/// Where in `ctl` the numbers stand that a burst keeps; before them the gate.
pub const KEPT_AT: usize = 64;
/// Numbers of `ctl` before the tables.
pub const CTL_LEN: usize = KEPT_AT + KEPT_MAX;

impl Tables {
    fn place(&mut self, table: &[f32]) -> Place {
        let bits = |t: &[f32]| t.iter().map(|x| x.to_bits()).collect::<Vec<u32>>();
        let same =
            |(off, len): &&(usize, usize)| *len == table.len() && bits(&self.numbers[*off..off + len]) == bits(table);
        let off = match self.places.iter().find(same) {
            Some((off, _)) => *off,
            None => {
                self.places.push((self.numbers.len(), table.len()));
                self.numbers.extend_from_slice(table);
                self.numbers.len() - table.len()
            }
        };
        Place { arena: Arena::Ctl, off: CTL_LEN + off }
    }
}

/// One half of one instruction.
pub(super) struct Call<'c> {
    i: &'c Instr,
    rows: usize,
    /// Whether a loss of the same plan may close the gate.
    gated: bool,
    tables: &'c mut Tables,
    /// How products are summed on this card.
    sums: Sums,
}

impl Call<'_> {
    /// Numbers in input `k`.
    fn len(&self, k: usize) -> usize {
        self.i.ins[k].len(self.rows)
    }

    fn input(&self, k: usize) -> Loc {
        self.i.ins[k]
    }

    fn output(&self, k: usize) -> Loc {
        self.i.outs[k]
    }

    /// Gradient of the first output; where nobody computed one, the output's own place is named and never read.
    fn d_out(&self) -> Loc {
        self.i.d_out.unwrap_or(self.i.outs[0])
    }

    fn gradient(&self, k: usize) -> Option<Slot> {
        self.i.d_ins.get(k).copied().flatten()
    }

    /// Whether two of the gradients go to the same place: then one dispatch may not write both.
    fn shares(&self) -> bool {
        let slots: Vec<Loc> = self.i.d_ins.iter().flatten().map(|s| s.loc).collect();
        (1..slots.len()).any(|k| slots[..k].contains(&slots[k]))
    }
}

/// Both halves of an op.
trait Lower {
    /// Overwrites the outputs.
    fn forward(&self, c: &mut Call) -> Vec<Kernel>;

    /// Writes the gradients of the inputs, or adds to them where the slot says so.
    fn backward(&self, c: &mut Call) -> Vec<Kernel>;

    /// What runs after the whole forward half, when it is known whether the loss is finite.
    fn late(&self, _c: &mut Call) -> Vec<Kernel> {
        Vec::new()
    }
}

/// Calls `$half` of whichever op it is.
macro_rules! each_op {
    ($op:expr, $c:expr, $half:ident, $($kind:ident)*) => {
        match $op {
            $(Op::$kind(op) => Ok(op.$half($c)),)*
            // An op that is new in the engine has no shader yet; the plan is then refused, not the build.
            #[allow(unreachable_patterns)]
            other => Err(Unsupported { op: Box::new(other.clone()) }),
        }
    };
    ($op:expr, $c:expr, $half:ident) => {
        each_op!($op, $c, $half,
            Linear Conv2d ConvTranspose2d Upsample2d Scale Dropout2d GroupNorm Pool2d GlobalAvgPool Activation Dropout
            BatchNorm LayerNorm InstanceNorm RmsNorm Add Concat Recurrent LastState Slice Embedding Position Rotary Attention Loss Reparametrise Kl
            AdversarialLoss WeightedSum Uncertainty NtXent Between Slope GradientPenalty Restore)
    };
}

/// The kernels of half a plan for `rows` rows, products summed so, and how many of them come before each instruction.
///
/// # Errors
/// [`Unsupported`] for an op without a shader, or with more inputs than a slot has room for.
pub fn lower(
    plan: &Plan,
    direction: Direction,
    rows: usize,
    tables: &mut Tables,
    sums: Sums,
) -> Result<(Vec<Kernel>, Vec<usize>), Unsupported> {
    let gated = plan
        .forward
        .iter()
        .any(|i| matches!(i.op, Op::Loss(_) | Op::AdversarialLoss(_) | Op::NtXent(_) | Op::GradientPenalty(_)));
    let list = match direction {
        Direction::Forward => &plan.forward,
        Direction::Backward => &plan.backward,
    };
    let (mut kernels, mut starts, mut late) = (Vec::new(), Vec::new(), Vec::new());
    for i in list {
        starts.push(kernels.len());
        if matches!(&i.op, Op::Recurrent(r) if r.units > recurrent::UNITS_MAX) {
            return Err(Unsupported { op: Box::new(i.op.clone()) });
        }
        let c = &mut Call { i, rows, gated, tables, sums };
        let own: Vec<Kernel> = match direction {
            Direction::Forward => each_op!(&i.op, c, forward)?,
            Direction::Backward => each_op!(&i.op, c, backward)?,
        };
        if direction == Direction::Forward {
            late.extend(each_op!(&i.op, c, late)?);
        }
        if own.iter().any(|k| k.words.len() * 4 > SLOT_BYTES) {
            return Err(Unsupported { op: Box::new(i.op.clone()) });
        }
        kernels.extend(own);
    }
    kernels.extend(late);
    Ok((kernels, starts))
}
