//! Heads on one trunk: how each does, how they pull it, and what they answer to the chosen example.
//!
//! Not responsible for how it is drawn.

use super::super::frame::Named;
use crate::spec::model::PartName;
use serde::{Deserialize, Serialize};

/// One head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Its name.
    pub name: PartName,
    /// Its weight in the loss.
    pub weight: Option<f32>,
    /// Its loss on the latest step's batch; nothing before the first.
    pub train_loss: Option<f32>,
    /// Its mean loss on the rows measured.
    pub loss: Option<f32>,
    /// Share of right answers; of the thickness, the mean absolute error in pixels.
    pub metric: Option<f32>,
    /// Norm of its loss's gradient with respect to the trunk's parameters, times its weight.
    pub pull: Option<f32>,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heads {
    /// In the task's order.
    pub heads: Vec<Head>,
    /// Cosine of the angle between the gradients of heads 1 and 2, 1 and 3, 2 and 3 on the trunk's parameters; nothing where
    /// one is 0.
    pub cosines: Vec<Option<f32>>,
    /// Rows of the test part (of the training part where there is none) that losses were measured on.
    pub measured: usize,
    /// Rows of the training part that gradients are the mean over.
    pub rows: usize,
    /// The example's row in the data set; nothing for one drawn by hand.
    pub row: Option<usize>,
    /// `(…input)` in the network's units.
    pub picture: Named,
    /// The probability of each class, that of odd, the thickness in pixels.
    pub answers: Named,
    /// Class, odd (1) or even (0), thickness in pixels; nothing for an example drawn by hand.
    pub truth: Option<[f32; 3]>,
}
