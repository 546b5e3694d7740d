//! One network of several on its own: codes of rows, rows made of codes or of noise, scores.
//!
//! Not responsible for how they are drawn.

use super::super::frame::Named;
use crate::spec::model::PartName;
use serde::{Deserialize, Serialize};

/// What a part is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartRequest {
    /// Which part.
    pub part: PartName,
    /// What it reads.
    pub rows: PartRows,
}

/// Rows that a part reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartRows {
    /// The first rows of the test part (of the training part where there is none). A part that reads no rows of the data
    /// reads what the parts before it make of them: a decoder their codes, a generator the noise beside them.
    Test {
        /// At most so many.
        n: usize,
    },
    /// All pairs of the first two numbers from `-half` to `half`, row-major from the top left; other numbers are 0. A part
    /// that reads one number reads one row of them.
    Grid {
        /// Rows a side.
        side: usize,
        /// Largest number.
        half: f32,
    },
    /// Standard normal numbers, the same for the same seed.
    Noise {
        /// How many rows.
        n: usize,
        /// Of the noise.
        seed: u32,
    },
    /// What a generator makes of standard normal numbers, the same for the same seed: what its discriminator reads beside real
    /// rows.
    Made {
        /// How many rows.
        n: usize,
        /// Of the noise.
        seed: u32,
    },
    /// These rows.
    Given {
        /// Row after row.
        rows: Vec<Vec<f32>>,
    },
}

/// What it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartAnswer {
    /// What was asked.
    pub request: PartRequest,
    /// `(N, …output)`, in the data's units as the network has them; scores of a discriminator as they are.
    pub values: Named,
    /// The class of each row, where rows of the data have one; else empty.
    pub labels: Vec<u16>,
}

/// Rows of the test part, and what comes of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reconstructions {
    /// Rows in the data set; with `worst`, those with the largest error first.
    pub rows: Vec<usize>,
    /// `(N, …)`: what is asked for.
    pub wanted: Named,
    /// `(N, …)`: what the network reads; the same unless noise or a mask is on it.
    pub seen: Named,
    /// `(N, …)`: what it answers.
    pub made: Named,
    /// Mean squared error of each row.
    pub errors: Vec<f32>,
}

/// What a straight code (principal components) of the same size leaves: mean squared differences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PcaError {
    /// Numbers of the code.
    pub code: usize,
    /// On the training part, whose components they are.
    pub train: f32,
    /// On the test part, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<f32>,
}

/// Points that the generator made of the latest batch's noise, and where the discriminator's score pushes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pushed {
    /// `(B, …)`.
    pub made: Named,
    /// `(B, …)`: minus the gradient of the generator's loss; times the batch, so that it is each point's own.
    pub push: Named,
}
