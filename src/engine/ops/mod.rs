//! The ops. One file each: formula, shape rule, gradient rule and reference kernel, backward directly below forward.
//!
//! Reference kernels are the truth: plain loops, generic over `f32` and `f64`. They always overwrite fresh outputs; the
//! executor adds where a gradient has several contributions. Not responsible for speed (`backend`).

pub mod activation;
pub mod add;
pub mod adversarial_loss;
pub mod attention;
pub mod batch_norm;
pub mod between;
pub mod concat;
pub mod conv2d;
pub mod conv_transpose2d;
pub mod dropout;
pub mod dropout2d;
pub mod embedding;
pub mod global_avg_pool;
pub mod gradient_penalty;
pub mod group_norm;
pub mod instance_norm;
pub mod kl;
pub mod last_state;
pub mod layer_norm;
pub mod linear;
pub mod loss;
pub mod nt_xent;
pub mod pool2d;
pub mod position;
pub mod recurrent;
pub mod reparametrise;
pub mod restore;
pub mod rms_norm;
pub mod rotary;
pub mod scale;
pub mod slice;
pub mod slope;
pub mod uncertainty;
pub mod upsample2d;
pub mod weighted_sum;

use super::draws::Draw;
use super::graph::{Instr, Role};
use super::real::Real;

/// One output of an op, by the shape rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Added to the node's name; empty for the result itself.
    pub suffix: &'static str,
    /// Shape without the batch axis.
    pub dims: Vec<usize>,
    /// Whether a batch axis comes first.
    pub batched: bool,
    /// Its part.
    pub role: Role,
}

impl Output {
    /// The result, with a batch axis.
    pub fn result(dims: Vec<usize>) -> Self {
        Output { suffix: "", dims, batched: true, role: Role::Activation }
    }

    /// Something that backward needs.
    pub fn saved(suffix: &'static str, dims: Vec<usize>, batched: bool) -> Self {
        Output { suffix, dims, batched, role: Role::Saved }
    }
}

/// What a forward reference kernel sees.
pub struct Forward<'a, T> {
    /// Rows of the batch.
    pub rows: usize,
    /// Inputs.
    pub ins: Vec<&'a [T]>,
    /// Outputs, zeroed, to be overwritten.
    pub outs: Vec<Vec<T>>,
    /// New contents for inputs that are buffers (running statistics): index of the input, numbers.
    pub updates: Vec<(usize, Vec<T>)>,
    /// Randomness, for each element.
    pub draw: Draw,
}

/// What a backward reference kernel sees.
pub struct Backward<'a, T> {
    /// Rows of the batch.
    pub rows: usize,
    /// Forward inputs.
    pub ins: Vec<&'a [T]>,
    /// Forward outputs.
    pub outs: Vec<&'a [T]>,
    /// Gradient of the first output.
    pub d_out: &'a [T],
    /// Gradients of the inputs, zeroed, to be overwritten; `None` where nobody needs it.
    pub d_ins: Vec<Option<Vec<T>>>,
    /// What replaces `d_out` where the op itself adds to it: a recurrent state has a share in every later one.
    pub d_out_complete: Option<Vec<T>>,
}

/// What every op file provides.
pub trait OpRule {
    /// Shape rule: outputs for inputs of these shapes (without batch axis) and batchedness.
    fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output>;

    /// Whether input `k` has a gradient at all.
    fn differentiable(&self, _k: usize) -> bool {
        true
    }

    /// Reference kernel.
    fn forward<T: Real>(&self, c: &mut Forward<'_, T>);

    /// Reference kernel of the gradient.
    fn backward<T: Real>(&self, c: &mut Backward<'_, T>);

    /// Multiply-adds of this call, times two; matrix products only.
    fn flops(&self, _instr: &Instr, _rows: usize) -> f64 {
        0.0
    }
}

macro_rules! ops {
    ($($(#[$doc:meta])* $name:ident($ty:ty)),* $(,)?) => {
        /// Every op.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Op { $($(#[$doc])* $name($ty)),* }

        impl OpRule for Op {
            fn outputs(&self, ins: &[(&[usize], bool)]) -> Vec<Output> {
                match self { $(Op::$name(op) => op.outputs(ins)),* }
            }
            fn differentiable(&self, k: usize) -> bool {
                match self { $(Op::$name(op) => op.differentiable(k)),* }
            }
            fn forward<T: Real>(&self, c: &mut Forward<'_, T>) {
                match self { $(Op::$name(op) => op.forward(c)),* }
            }
            fn backward<T: Real>(&self, c: &mut Backward<'_, T>) {
                match self { $(Op::$name(op) => op.backward(c)),* }
            }
            fn flops(&self, instr: &Instr, rows: usize) -> f64 {
                match self { $(Op::$name(op) => op.flops(instr, rows)),* }
            }
        }
    };
}

ops! {
    /// Matrix product with bias and activation.
    Linear(linear::Linear),
    /// Filters over an image, with bias and activation.
    Conv2d(conv2d::Conv2d),
    /// Filters spread over an image, with bias and activation.
    ConvTranspose2d(conv_transpose2d::ConvTranspose2d),
    /// Every pixel several times.
    Upsample2d(upsample2d::Upsample2d),
    /// A factor for every channel.
    Scale(scale::Scale),
    /// Random zeroing of whole channels.
    Dropout2d(dropout2d::Dropout2d),
    /// Normalisation over groups of channels.
    GroupNorm(group_norm::GroupNorm),
    /// Normalisation of every channel over its positions.
    InstanceNorm(instance_norm::InstanceNorm),
    /// Greatest value or mean of windows.
    Pool2d(pool2d::Pool2d),
    /// Mean of every channel.
    GlobalAvgPool(global_avg_pool::GlobalAvgPool),
    /// A nonlinearity.
    Activation(activation::Act),
    /// Random zeroing.
    Dropout(dropout::Dropout),
    /// Normalisation over the batch.
    BatchNorm(batch_norm::BatchNorm),
    /// Normalisation over features.
    LayerNorm(layer_norm::LayerNorm),
    /// Normalisation by the root of the mean square.
    RmsNorm(rms_norm::RmsNorm),
    /// Sum of inputs.
    Add(add::Add),
    /// Inputs side by side.
    Concat(concat::Concat),
    /// A recurrent cell along the time axis.
    Recurrent(recurrent::Recurrent),
    /// The state after the last step.
    LastState(last_state::LastState),
    /// Some places of a sequence.
    Slice(slice::Slice),
    /// Rows of a table, one for each token.
    Embedding(embedding::Embedding),
    /// A row added for each place of a sequence.
    Position(position::Position),
    /// Queries and keys turned by their place.
    Rotary(rotary::Rotary),
    /// Means of values, weighted by how well queries and keys agree.
    Attention(attention::Attention),
    /// Mean loss of the batch.
    Loss(loss::LossOp),
    /// A sample of a normal distribution.
    Reparametrise(reparametrise::Reparametrise),
    /// How far normal distributions are from the standard one.
    Kl(kl::Kl),
    /// What a discriminator's scores cost.
    AdversarialLoss(adversarial_loss::AdversarialLoss),
    /// Several losses in one.
    WeightedSum(weighted_sum::WeightedSum),
    /// See [`uncertainty`].
    Uncertainty(uncertainty::Uncertainty),
    /// See [`nt_xent`].
    NtXent(nt_xent::NtXent),
    /// See [`between`].
    Between(between::Between),
    /// See [`slope`].
    Slope(slope::Slope),
    /// See [`gradient_penalty`].
    GradientPenalty(gradient_penalty::GradientPenalty),
    /// See [`restore`].
    Restore(restore::Restore),
}
