//! Commands that read or write arrays: predictions, values, parameters, the sender's own data, checkpoints.
//!
//! Not responsible for the other commands (`reactor`).

use super::{Answer, How, Reactor, done, one};
use crate::engine::data::Dataset;
use crate::engine::session::Of;
use crate::protocol::{Command, Reply, ValueInfo};
use crate::spec::{Code, DataInfo, Problem};
use crate::worker::buffer::Buffer;
use crate::worker::show::look;
use crate::worker::{exported, facts, sample};
use std::rc::Rc;

/// Most rows that are made at once.
const SAMPLES_MAX: usize = 10_000;

impl Reactor {
    /// Commands that read or write arrays.
    pub(super) fn array_command(&mut self, command: Command, mut buffers: Vec<Vec<u8>>) -> Answer {
        let first = || missing(1);
        let run = self.run()?;
        match command {
            Command::Predict { natural } => {
                let mut x = floats(buffers.first().ok_or_else(first)?);
                let size: usize = run.session.info().input.iter().product();
                if x.is_empty() || !x.len().is_multiple_of(size.max(1)) {
                    return Err(one(Problem::new("x", Code::WrongLength)
                        .arg("got", x.len())
                        .arg("expected", format!("n × {size}"))));
                }
                let (scale, shape) =
                    (facts::scale(run.session.data()), vec![x.len() / size, run.session.output_width()]);
                if let Some(s) = run.session.data().scale.as_ref().filter(|_| natural) {
                    s.apply(&mut x);
                }
                let mut y = run.session.predict(&x);
                if let Some(s) = run.session.data().target_scale.as_ref().filter(|_| natural) {
                    s.invert(&mut y);
                }
                Ok((Reply::Predicted { shape, scale }, vec![Buffer::F32(y)]))
            }
            Command::Sample { n, seed } => {
                let task = run.session.experiment().task.kind.name();
                if !(1..=SAMPLES_MAX).contains(&n) {
                    return Err(one(Problem::new("n", Code::OutOfRange)
                        .arg("got", n)
                        .arg("min", 1)
                        .arg("max", SAMPLES_MAX)));
                }
                match run.session.sample(n, seed) {
                    Some((shape, rows)) => Ok((Reply::Array { shape }, vec![Buffer::F32(rows)])),
                    None => Err(one(Problem::new("", Code::MakesNothing).arg("task", task))),
                }
            }
            Command::Generate { want, written, watch } => {
                let mut buffers = Vec::new();
                let watch = watch.as_deref().map(|names| (names, &mut buffers));
                let sample = sample::write(&mut run.session, &want, &written, watch)?;
                Ok((Reply::Generated(sample), buffers))
            }
            Command::Look { want } => {
                let (look, buffers) = look::alone(&mut run.session, &want);
                Ok((Reply::Look(Box::new(look)), buffers))
            }
            Command::Climb { name, channel, steps, rate, decay } => {
                let mut x = floats(buffers.first().ok_or_else(first)?);
                let expected = run.session.data().x_width();
                if x.len() != expected {
                    let problem = Problem::new("x", Code::WrongLength).arg("got", x.len());
                    return Err(one(problem.arg("expected", expected)));
                }
                let missing = Problem::new("", Code::NoSuchValue).arg("name", format!("{name}[{channel}]"));
                let of = Of::Channel(name, channel);
                let (rate, decay) = (rate.clamp(-1e3, 1e3), decay.clamp(0.0, 1.0));
                match run.session.climb(&mut x, &of, steps.clamp(1, 100), rate, decay) {
                    Some(value) => Ok((Reply::Climbed { value }, vec![Buffer::F32(x)])),
                    None => Err(one(missing)),
                }
            }
            Command::Values => {
                let plan = run.session.plan();
                let values = plan.graph.values.iter().enumerate().map(|(i, v)| ValueInfo {
                    name: v.name.clone(),
                    shape: run.session.shape(crate::engine::graph::ValueId(i)),
                    role: v.role.word().to_string(),
                    batched: v.batched,
                    state: if v.role.is_param() { run.session.state_names() } else { Vec::new() },
                });
                let output = plan.graph.output.map_or_else(String::new, |v| plan.graph[v].name.clone());
                Ok((Reply::Values { values: values.collect(), output }, Vec::new()))
            }
            Command::Probe { name, grad, state } => {
                let (read, name) = match state {
                    Some(state) => (run.session.optimizer_state(&name, &state), format!("{name} {state}")),
                    None => (run.session.read(&name, grad), name),
                };
                match read {
                    Some((shape, values)) => Ok((Reply::Array { shape }, vec![Buffer::F32(values.to_vec())])),
                    None => Err(one(Problem::new("", Code::NoSuchValue).arg("name", name))),
                }
            }
            Command::Write { name, index } => {
                let values = floats(buffers.first().ok_or_else(first)?);
                if let Some(i) = values.iter().position(|v| !v.is_finite()) {
                    return Err(one(Problem::new(&name, Code::BadValue).arg("index", i)));
                }
                let got = index.unwrap_or(values.len());
                run.write(&name, index, values).map_err(|expected| match expected {
                    Some(n) => one(Problem::new(&name, Code::WrongLength).arg("got", got).arg("expected", n)),
                    None => one(Problem::new("", Code::NoSuchValue).arg("name", &name)),
                })?;
                done()
            }
            Command::SetData { x_shape, y_shape, keep } => {
                if buffers.len() < 2 {
                    return Err(first());
                }
                let (x, y) = (floats(&buffers[0]), floats(&buffers[1]));
                self.set_data(&x_shape, &y_shape, (x, y), keep)
            }
            Command::Weights => {
                let (step, weights) = (run.session.steps(), run.session.weights().write());
                // Plain data with string keys: serialising cannot fail.
                let experiment = serde_json::to_value(run.session.experiment()).unwrap_or_default();
                Ok((Reply::Weights { step, experiment }, vec![Buffer::Bytes(weights)]))
            }
            Command::Rows => Ok(exported::rows(&run.session)),
            Command::Checkpoint => {
                let c = run.session.checkpoint();
                Ok((Reply::State { step: c.step }, vec![Buffer::Bytes(c.bytes)]))
            }
            Command::Restore => {
                if buffers.is_empty() {
                    return Err(first());
                }
                run.session.restore(&buffers.swap_remove(0)).map_err(one)?;
                run.restored();
                done()
            }
            Command::Hello { .. }
            | Command::Backend { .. }
            | Command::Files { .. }
            | Command::Load { .. }
            | Command::Open { .. }
            | Command::Update { .. }
            | Command::Play { .. }
            | Command::Pause
            | Command::Step { .. }
            | Command::Epoch
            | Command::Reset
            | Command::Train { .. }
            | Command::Evaluate
            | Command::Seek { .. }
            | Command::Frame { .. }
            | Command::Matmul { .. } => done(),
        }
    }

    /// The sender's arrays in place of the data set, for the same network from its first weights, or (`keep`) as it is.
    fn set_data(&mut self, x_shape: &[usize], y_shape: &[usize], (x, y): (Vec<f32>, Vec<f32>), keep: bool) -> Answer {
        let run = self.run()?;
        let info = run.session.info();
        let expected = |shape: &[usize]| format!("n × {}", crate::spec::shape::show(shape));
        let target = info.target.shape();
        let fits =
            |given: &[usize], wanted: &[usize]| given.split_first().is_some_and(|(n, rest)| *n > 0 && rest == wanted);
        for (path, given, wanted) in
            [("x_shape", x_shape, info.input.as_slice()), ("y_shape", y_shape, target.as_slice())]
        {
            if !fits(given, wanted) {
                let got = crate::spec::shape::show(given);
                return Err(one(Problem::new(path, Code::ShapesDiffer)
                    .arg("left", got)
                    .arg("right", expected(wanted))));
            }
        }
        if x_shape[0] != y_shape[0] {
            return Err(one(Problem::new("y_shape", Code::WrongLength)
                .arg("got", y_shape[0])
                .arg("expected", x_shape[0])));
        }
        let info: DataInfo = info.clone();
        let token_names = run.session.data().token_names.clone();
        let data = Dataset { token_names, ..Dataset::from_arrays(info, x, y, 0).map_err(one)? };
        let exp = run.session.experiment().clone();
        self.begin(exp, Rc::new(data), How::Update { keep, carry: keep })
    }
}

/// Fewer buffers than a command needs.
pub(super) fn missing(expected: usize) -> Vec<Problem> {
    one(Problem::new("buffers", Code::WrongLength).arg("got", 0).arg("expected", expected))
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    // chunks_exact(4) gives slices of 4 bytes.
    bytes.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect()
}
