//! Code that comes along with a message: the page's first part does not hold it, since most pages never need it.
//!
//! Not responsible for where it comes from (`ui::parts`).

use crate::export::onnx::read::Onnx;
use crate::spec::code::Pasted;
use crate::spec::{Experiment, Problem};
use std::rc::Rc;

/// A function that a message brings. There is one of each kind, so any two are equal.
#[derive(Clone, Copy, Debug)]
pub struct Brought<F>(pub F);

impl<F> PartialEq for Brought<F> {
    fn eq(&self, _: &Brought<F>) -> bool {
        true
    }
}

/// Reads code for an experiment (`spec::code::read`).
pub type CodeReader = fn(&str, &Experiment) -> Result<Pasted, Vec<Problem>>;
/// Reads an ONNX file for an experiment (`export::onnx::read`).
pub type OnnxReader = fn(&[u8], &Experiment) -> Result<Onnx, Vec<Problem>>;
/// Reads a file of weights for an experiment ([`super::files::ours`]).
pub type WeightsReader = fn(&Experiment, &[u8]) -> Ours;
/// Weights under our names, or why there are none.
pub type Ours = Result<Rc<[u8]>, Vec<Problem>>;
