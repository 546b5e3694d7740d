//! The worker's whole logic: commands in, replies out, training between them. No browser; time is an argument.
//!
//! Between slices of training the mailbox is read, so that Pause always works. Not responsible for sending (`shell`).

use super::frames;
use super::run::{Run, Slice, Stop};
use crate::backend;
use crate::engine::data::{self, Dataset};
use crate::engine::session::{Part, Session};
use crate::i18n::{Lang, problems::problem_text};
use crate::protocol::{Command, Failure, FrameRequest, Loaded, PROTOCOL_VERSION, Reply, Trained, ValueInfo, Words};
use crate::spec::{Code, DataInfo, Experiment, Problem, Target};

/// Length of a slice of training while the page watches: short enough for any command to feel immediate.
const SLICE_MS: f64 = 8.0;
/// Length of a slice for `Train`, where nobody waits for frames.
const TRAIN_SLICE_MS: f64 = 40.0;
/// A frame may cost one part in this many of the time.
const FRAME_SHARE: f64 = 11.0;

/// An array beside a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Buffer {
    /// Numbers.
    F32(Vec<f32>),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A reply on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// The command's id.
    pub id: u32,
    /// The reply.
    pub reply: Reply,
    /// Its arrays.
    pub buffers: Vec<Buffer>,
}

/// When the reactor wants to be called again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// At once, after the mailbox.
    Now,
    /// At this time, ms.
    At(f64),
    /// When a message comes.
    Idle,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Playing {
    stop: Stop,
    ms_per_step: Option<f64>,
    next_step_at: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Training {
    id: u32,
    left: u64,
    taken: u64,
    ms: f64,
}

/// See the module.
#[derive(Default)]
pub struct Reactor {
    lang: Lang,
    run: Option<Run>,
    runs: u32,
    files: Vec<data::File>,
    files_of: String,
    playing: Option<Playing>,
    training: Option<Training>,
    frame: Option<(u32, FrameRequest)>,
    frame_free_at: f64,
}

type Answer = Result<(Reply, Vec<Buffer>), Vec<Problem>>;

fn done() -> Answer {
    Ok((Reply::Done, Vec::new()))
}

fn one(p: Problem) -> Vec<Problem> {
    vec![p]
}

impl Reactor {
    /// Before the first message.
    pub fn new() -> Self {
        Reactor::default()
    }

    /// Takes one message; replies that are due at once go to `out`.
    pub fn message(
        &mut self,
        id: u32,
        json: &str,
        buffers: Vec<Vec<u8>>,
        now: &dyn Fn() -> f64,
        out: &mut Vec<Outgoing>,
    ) {
        let command: Command = match serde_json::from_str(json) {
            Ok(c) => c,
            Err(e) => {
                let p = Problem::new("", Code::NotJson).arg("line", e.line()).arg("column", e.column());
                return out.push(self.refuse(id, one(p)));
            }
        };
        if let Command::Frame { want } = command {
            self.frame = Some((id, want));
            return self.answer_frame(now, out);
        }
        if let Command::Train { steps } = command {
            return self.start_training(id, steps, now, out);
        }
        match self.command(command, buffers, now) {
            Ok((reply, buffers)) => out.push(Outgoing { id, reply, buffers }),
            Err(problems) => out.push(self.refuse(id, problems)),
        }
    }

    fn refuse(&self, id: u32, problems: Vec<Problem>) -> Outgoing {
        let words = problems.iter().map(|p| {
            let code =
                serde_json::to_value(p.code).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default();
            let (message, hint) = problem_text(self.lang, &code, &p.args);
            Words { path: p.path.clone(), message, hint }
        });
        Outgoing { id, reply: Reply::Failed(Failure { words: words.collect(), problems }), buffers: Vec::new() }
    }

    fn run(&mut self) -> Result<&mut Run, Vec<Problem>> {
        self.run.as_mut().ok_or_else(|| one(Problem::new("", Code::NothingLoaded)))
    }

    fn command(&mut self, command: Command, buffers: Vec<Vec<u8>>, now: &dyn Fn() -> f64) -> Answer {
        match command {
            Command::Hello { protocol: _, lang } => {
                self.lang = Lang::from_tag(&lang).unwrap_or_default();
                Ok((Reply::Hello { protocol: PROTOCOL_VERSION }, Vec::new()))
            }
            Command::Files { experiment } => {
                let exp = Experiment::from_value(experiment)?;
                let files = exp.data.set_info().map_or(&[][..], |s| s.files);
                Ok((Reply::Files { paths: files.iter().map(|f| f.path.to_string()).collect() }, Vec::new()))
            }
            Command::Load { experiment } => self.load(experiment, buffers, false, false),
            Command::Update { experiment, keep } => self.load(experiment, buffers, true, keep),
            Command::Play { until, steps_per_s } => {
                self.run()?.diverged = None;
                let ms_per_step = steps_per_s.map(|s| 1000.0 / f64::from(s.clamp(0.1, 1000.0)));
                self.play(Stop { until, ..Stop::default() }, ms_per_step, now());
                done()
            }
            Command::Pause => {
                self.playing = None;
                if let Some(run) = &mut self.run {
                    run.measure(now);
                }
                done()
            }
            Command::Step { n } => {
                self.run()?.diverged = None;
                self.play(Stop { steps: Some(u64::from(n)), ..Stop::default() }, None, now());
                done()
            }
            Command::Epoch => {
                self.run()?.diverged = None;
                self.play(Stop { epoch_end: true, ..Stop::default() }, None, now());
                done()
            }
            Command::Reset => {
                let (exp, data) = {
                    let s = &self.run()?.session;
                    (s.experiment().clone(), s.data().clone())
                };
                self.playing = None;
                self.begin(exp, data, None)
            }
            Command::Evaluate => {
                let session = &mut self.run()?.session;
                let m = match session.evaluate(Part::Test, usize::MAX) {
                    Some(m) => m,
                    None => session.evaluate(Part::Train, usize::MAX).unwrap_or_default(),
                };
                Ok((Reply::Metrics { loss: m.loss, accuracy: m.accuracy, r2: m.r2, samples: m.samples }, Vec::new()))
            }
            Command::Seek { step } => {
                self.playing = None;
                self.run()?.seek(step, now);
                done()
            }
            Command::Matmul { size, reps } => {
                let m = backend::simd::bench::matmul(size.clamp(1, 2048), reps.clamp(1, 1000), now);
                Ok((
                    Reply::Matmul { ms: m.ms, gflop_per_s: m.gflop_per_s, peak_gflop_per_s: m.peak_gflop_per_s },
                    Vec::new(),
                ))
            }
            array @ (Command::Predict
            | Command::Values
            | Command::Probe { .. }
            | Command::Write { .. }
            | Command::SetData { .. }
            | Command::Checkpoint
            | Command::Restore) => self.array_command(array, buffers),
            // `message` has taken these two.
            Command::Frame { .. } | Command::Train { .. } => done(),
        }
    }

    /// Commands that read or write arrays.
    fn array_command(&mut self, command: Command, mut buffers: Vec<Vec<u8>>) -> Answer {
        let first = || one(Problem::new("buffers", Code::WrongLength).arg("got", 0).arg("expected", 1));
        let run = self.run()?;
        match command {
            Command::Predict => {
                let x = floats(buffers.first().ok_or_else(first)?);
                let size: usize = run.session.info().input.iter().product();
                if x.is_empty() || x.len() % size.max(1) != 0 {
                    return Err(one(Problem::new("x", Code::WrongLength)
                        .arg("got", x.len())
                        .arg("expected", format!("n × {size}"))));
                }
                let y = run.session.predict(&x);
                Ok((Reply::Array { shape: vec![x.len() / size, run.session.output_width()] }, vec![Buffer::F32(y)]))
            }
            Command::Values => {
                let plan = run.session.plan();
                let values = plan.graph.values.iter().enumerate().map(|(i, v)| ValueInfo {
                    name: v.name.clone(),
                    shape: run.session.shape(crate::engine::graph::ValueId(i)),
                    role: v.role.word().to_string(),
                });
                Ok((Reply::Values { values: values.collect() }, Vec::new()))
            }
            Command::Probe { name, grad } => match run.session.read(&name, grad) {
                Some((shape, values)) => Ok((Reply::Array { shape }, vec![Buffer::F32(values.to_vec())])),
                None => Err(one(Problem::new("", Code::NoSuchValue).arg("name", name))),
            },
            Command::Write { name } => {
                let values = floats(buffers.first().ok_or_else(first)?);
                if let Some(i) = values.iter().position(|v| !v.is_finite()) {
                    return Err(one(Problem::new(&name, Code::BadValue).arg("index", i)));
                }
                run.session.write(&name, &values).map_err(|expected| match expected {
                    Some(n) => one(Problem::new(&name, Code::WrongLength).arg("got", values.len()).arg("expected", n)),
                    None => one(Problem::new("", Code::NoSuchValue).arg("name", &name)),
                })?;
                run.touched();
                done()
            }
            Command::SetData { x_shape, y_shape } => {
                if buffers.len() < 2 {
                    return Err(first());
                }
                let (x, y) = (floats(&buffers[0]), floats(&buffers[1]));
                self.set_data(&x_shape, &y_shape, x, y)
            }
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
            | Command::Files { .. }
            | Command::Load { .. }
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

    fn play(&mut self, stop: Stop, ms_per_step: Option<f64>, now: f64) {
        self.playing = Some(Playing { stop, ms_per_step, next_step_at: now });
    }

    fn load(&mut self, value: serde_json::Value, buffers: Vec<Vec<u8>>, update: bool, keep: bool) -> Answer {
        let exp = Experiment::from_value(value)?;
        let problems = exp.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        if !buffers.is_empty() {
            let paths = exp.data.set_info().map_or(&[][..], |s| s.files).iter().map(|f| f.path.to_string());
            self.files = paths.zip(buffers).collect();
            self.files_of.clone_from(&exp.data.set);
        }
        let same_data = |s: &Session| (&s.experiment().data, s.experiment().seed) == (&exp.data, exp.seed);
        let data = match &mut self.run {
            Some(run) if update && run.session.can_tune(&exp) => {
                run.session.tune(exp);
                return Ok((self.loaded(false, Vec::new()), Vec::new()));
            }
            Some(run) if update && same_data(&run.session) => run.session.data().clone(),
            Some(_) | None => {
                let files: &[data::File] = if self.files_of == exp.data.set { &self.files } else { &[] };
                data::build(&exp.data, u64::from(exp.seed), files)?
            }
        };
        let old = self.run.take().filter(|_| keep);
        self.begin(exp, data, old)
    }

    /// Starts a run; from here on nothing can fail.
    fn begin(&mut self, exp: Experiment, data: Dataset, old: Option<Run>) -> Answer {
        let exec = backend::choose(exp.backend).map_err(one)?;
        let mut session = Session::new(exp, data, exec);
        let kept = old.map_or_else(Vec::new, |old| session.keep_from(&old.session));
        self.runs += 1;
        let run = self.run.insert(Run::new(self.runs, session));
        let (preview, buffers) = frames::preview(run);
        let mut reply = self.loaded(true, kept);
        if let Reply::Loaded(l) = &mut reply {
            (l.preview_x, l.preview_y, l.preview_train, l.target_range) = preview;
        }
        Ok((reply, buffers))
    }

    fn loaded(&self, restarted: bool, kept: Vec<String>) -> Reply {
        let Some(run) = &self.run else { return Reply::Done };
        let s = &run.session;
        Reply::Loaded(Box::new(Loaded {
            run: run.id,
            restarted,
            kept,
            n_params: s.n_params(),
            n_train: s.data().n_train,
            n_test: s.data().n_test(),
            flops_per_step: s.flops_per_step(),
            backend: s.backend().to_string(),
            reason: backend::reason(s.experiment().backend).to_string(),
            input: s.info().input.clone(),
            ..Loaded::default()
        }))
    }

    /// The sender's arrays in place of the data set; the network and its parameters stay.
    fn set_data(&mut self, x_shape: &[usize], y_shape: &[usize], x: Vec<f32>, y: Vec<f32>) -> Answer {
        let run = self.run()?;
        let info = run.session.info();
        let expected = |shape: &[usize]| format!("n × {}", crate::spec::shape::show(shape));
        let target: &[usize] = match &info.target {
            Target::Classes { .. } => &[],
            Target::Values { shape } => shape,
        };
        let fits =
            |given: &[usize], wanted: &[usize]| given.split_first().is_some_and(|(n, rest)| *n > 0 && rest == wanted);
        for (path, given, wanted) in [("x_shape", x_shape, info.input.as_slice()), ("y_shape", y_shape, target)] {
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
        let data = Dataset::from_arrays(info, x, y, 0).map_err(one)?;
        let exp = run.session.experiment().clone();
        let old = self.run.take();
        self.begin(exp, data, old)
    }

    fn start_training(&mut self, id: u32, steps: u32, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        match self.run() {
            Err(problems) => out.push(self.refuse(id, problems)),
            Ok(run) => {
                run.diverged = None;
                self.training = Some(Training { id, left: u64::from(steps), taken: 0, ms: 0.0 });
                self.train_slice(now, out);
            }
        }
    }

    fn train_slice(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        let (Some(mut t), Some(run)) = (self.training, &mut self.run) else { return };
        let start = now();
        let (end, taken) = run.train(now, TRAIN_SLICE_MS, Stop { steps: Some(t.left), ..Stop::default() });
        t.ms += now() - start;
        (t.left, t.taken) = (t.left - taken, t.taken + taken);
        self.training = None;
        let id = t.id;
        match end {
            Slice::TimeUp(_) => self.training = Some(t),
            Slice::Reached(loss) => {
                let step_ms = t.ms / t.taken.max(1) as f64;
                let batch = run.session.plan().capacity as f64;
                let reply = Reply::Trained(Trained {
                    steps: run.session.steps(),
                    step_ms,
                    loss,
                    samples_per_s: if step_ms > 0.0 { batch / step_ms * 1000.0 } else { 0.0 },
                    flops_per_step: run.session.flops_per_step(),
                });
                out.push(Outgoing { id, reply, buffers: Vec::new() });
            }
            Slice::Diverged => {
                let d = run.diverged.clone().unwrap_or_else(|| crate::protocol::Diverged {
                    step: 0,
                    value: String::new(),
                    back_to: 0,
                    lr: 0.0,
                    grad_norm: None,
                });
                let p = Problem::new("", Code::Diverged)
                    .arg("value", &d.value)
                    .arg("step", d.step)
                    .arg("back_to", d.back_to);
                out.push(self.refuse(id, one(p)));
            }
        }
    }

    /// One slice of whatever is going on. Call again as it says.
    pub fn tick(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) -> Next {
        if self.training.is_some() {
            self.train_slice(now, out);
        } else if self.playing.is_some() {
            self.play_slice(now);
        }
        self.answer_frame(now, out);
        match (&self.training, &self.playing, &self.frame) {
            (Some(_), _, _) => Next::Now,
            (None, Some(p), _) => p.ms_per_step.map_or(Next::Now, |_| Next::At(p.next_step_at)),
            (None, None, Some(_)) => Next::At(self.frame_free_at),
            (None, None, None) => Next::Idle,
        }
    }

    fn play_slice(&mut self, now: &dyn Fn() -> f64) {
        let (Some(p), Some(run)) = (&mut self.playing, &mut self.run) else { return };
        let (end, taken) = match p.ms_per_step {
            None => run.train(now, SLICE_MS, p.stop),
            Some(_) if now() < p.next_step_at => return,
            Some(ms) => {
                p.next_step_at = (p.next_step_at + ms).max(now());
                let left = p.stop.steps;
                let (end, taken) = run.train(now, SLICE_MS, Stop { steps: Some(1), ..p.stop });
                let all = left.is_some_and(|n| n <= taken) || p.stop.until.is_some_and(|u| run.reached(u));
                (if all || end == Slice::Diverged { end } else { Slice::TimeUp(f32::NAN) }, taken)
            }
        };
        if let Some(left) = &mut p.stop.steps {
            *left -= taken.min(*left);
        }
        if !matches!(end, Slice::TimeUp(_)) {
            self.playing = None;
            run.measure(now);
        }
    }

    /// Answers the waiting frame when showing has cost little enough, or nothing is training.
    fn answer_frame(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        let start = now();
        let busy = self.playing.is_some() || self.training.is_some();
        if busy && start < self.frame_free_at {
            return;
        }
        let Some((id, want)) = self.frame.take() else { return };
        let running = self.playing.is_some();
        match &mut self.run {
            None => out.push(Outgoing { id, reply: Reply::Frame(Box::default()), buffers: Vec::new() }),
            Some(run) => {
                if !busy {
                    run.measure(now);
                }
                let (frame, buffers) = frames::answer(run, &want, running);
                out.push(Outgoing { id, reply: Reply::Frame(Box::new(frame)), buffers });
            }
        }
        let end = now();
        self.frame_free_at = end + FRAME_SHARE * (end - start);
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    // chunks_exact(4) gives slices of 4 bytes.
    bytes.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect()
}
