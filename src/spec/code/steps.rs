//! A layer of the code as the reader knows it, before it is fitted to the data.

use crate::spec::LayerKind;
use crate::spec::window::Pair;

/// A layer of the code, or what else stands in its place.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Line of the code.
    pub line: usize,
    /// Column of the code.
    pub column: usize,
    /// The name of the class.
    pub class: String,
    pub what: What,
    /// Inputs, channels or tokens that the code states.
    pub stated: Option<usize>,
    /// The shape of the data that the code states.
    pub shape: Option<Vec<usize>>,
}

/// What it is.
#[derive(Clone, Debug)]
pub(super) enum What {
    Layer(LayerKind),
    /// `x + steps(x)`.
    Residual(Vec<Step>),
    /// Softmax and the like, which belong to the loss. Its name there.
    End(&'static str),
    /// Pooling to so many places, mean or greatest; `None` stands for all that come in.
    Adaptive {
        mean: bool,
        size: Option<Pair>,
        line: Option<bool>,
    },
    /// What is put around a picture: above, below, left, right.
    Around([usize; 4]),
    /// Nothing happens there; the data may be described.
    Nothing,
    /// What prepares data.
    OfData,
}
