//! The rows of a data set as named arrays, for programs outside.
//!
//! Not responsible for the bytes they are kept in (`spec::weights`).

use super::Dataset;
use crate::spec::weights::Tensor;
use std::ops::Range;

impl Dataset {
    /// `x_train`, `y_train`, `x_test` and `y_test`, each `(rows, …)`, split, scaled and in the order of training.
    pub fn named(&self) -> Vec<Tensor> {
        let one = |name: &str, rows: Range<usize>, all: &[f32], shape: Vec<usize>| {
            let width: usize = shape.iter().product();
            let data = all[rows.start * width..rows.end * width].to_vec();
            Tensor { name: name.into(), shape: [&[rows.len()][..], &shape].concat(), data }
        };
        let (x, y) = (self.info.input.clone(), self.info.target.shape());
        vec![
            one("x_train", self.train(), &self.x, x.clone()),
            one("y_train", self.train(), &self.y, y.clone()),
            one("x_test", self.test(), &self.x, x),
            one("y_test", self.test(), &self.y, y),
        ]
    }
}
