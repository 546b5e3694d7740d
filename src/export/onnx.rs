//! The trained network as an ONNX file: what it answers, without loss and training.
//!
//! Input and output are the page's: pictures `(N, height, width, channels)`, sequences `(N, time, features)`, tokens as
//! whole numbers `(N, time)`. Every layer is supported; dropout is gone, batch norm has its running statistics.

mod act;
mod attention;
mod graph;
mod layer;
mod proto;
pub mod read;
mod recurrent;
mod window;

use super::{Format, known};
use crate::spec::{DataInfo, Experiment, Problem, TaskKind, Weights};
use layer::Net;
use proto::{F32, I64, Message, value};

/// Version of the operators; 20 has gelu.
const OPSET: i64 = 20;
/// Version of the file format that goes with it.
const IR: i64 = 9;

/// The file. `weights` are those of [`Session::weights`](crate::engine::session::Session::weights).
///
/// # Errors
/// The experiment's problems, or [`Code::NotExported`](crate::spec::Code::NotExported);
/// [`Code::WeightsMissing`](crate::spec::Code::WeightsMissing) where an array is not there.
pub fn file(exp: &Experiment, weights: &Weights) -> Result<Vec<u8>, Vec<Problem>> {
    let (data, model) = known(exp, Format::Onnx)?;
    let mut net = Net::new(weights, data.tokens.is_some(), exp.task.kind == TaskKind::LanguageModel);
    let out = net.whole(exp, &data, &model.layers)?;
    let output = model.layers.last().map(|l| l.output.clone()).unwrap_or_default();
    let graph = net.graph.finish(&out, &input(&data), &value("output", F32, &output));
    let opset = Message::default().text(1, "").int(2, OPSET);
    let m = Message::default().int(1, IR).text(2, "gradarium").inside(7, &graph).inside(8, &opset);
    Ok(m.0)
}

fn input(data: &DataInfo) -> Message {
    value("input", if data.tokens.is_some() { I64 } else { F32 }, &data.input)
}
