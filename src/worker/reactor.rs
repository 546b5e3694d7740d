//! The worker's whole logic: commands in, replies out, training between them. No browser; time is an argument.
//!
//! Between slices of training the mailbox is read, so that Pause always works. Not responsible for sending (`shell`).

mod arrays;
mod pace;

use super::buffer::Buffer;
use super::facts;
use super::frames;
use super::run::{Run, Stop};
use super::share::Share;
use crate::backend::{self, Backends, simd::bench::Product};
use crate::engine::data::{self, Dataset};
use crate::engine::session::{Metrics, Part, Session, Settings};
use crate::engine::tasks;
use crate::i18n::{Lang, problems::problem_of_run};
use crate::protocol::{Baseline, Command, Failure, FrameRequest, Loaded, PROTOCOL_VERSION, Reply, Want, Words};
use crate::spec::{Backend, Code, Experiment, Problem, TaskKind, Weights, read};
use std::rc::Rc;

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
    /// Not before then comes the next slice of slow motion.
    next_step_at: f64,
}

/// How a run begins.
enum How {
    /// From its seed.
    Anew,
    /// It goes on where only settings changed; else anew, with the parameters that still fit, where the network alone has
    /// changed (`keep`) or whatever has (`carry`).
    Update { keep: bool, carry: bool },
    /// With weights from a file.
    Trained(Box<Weights>),
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
    /// What the latest request showed.
    view: FrameRequest,
    /// Whole frames.
    showing: Share,
    /// Brief answers, which may come before a whole one that has to wait.
    brief: Share,
    /// The waiting frame shows something new.
    frame_at_once: bool,
    /// Of the matrix benchmark.
    product: Option<Product>,
    /// What there is to run experiments on.
    backends: Backends,
    /// Messages that came while a card was at it: id, text, arrays.
    mailbox: Vec<(u32, String, Vec<Vec<u8>>)>,
}

type Answer = Result<(Reply, Vec<Buffer>), Vec<Problem>>;

fn done() -> Answer {
    Ok((Reply::Done, Vec::new()))
}

/// A command, read as experiments are: a mistake is told with its place.
fn command(json: &str) -> Result<Command, Vec<Problem>> {
    let value = read::json(json).map_err(one)?;
    read::from_value(&value, "").map_err(|e| one(*e.0))
}

fn one(p: Problem) -> Vec<Problem> {
    vec![p]
}

impl Reactor {
    /// Before the first message.
    pub fn new() -> Self {
        Reactor::default()
    }

    /// With a graphics card.
    #[cfg(feature = "webgpu")]
    pub fn with(backends: Backends) -> Self {
        Reactor { backends, ..Reactor::default() }
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
        if self.is_under_way() {
            return self.mailbox.push((id, json.to_string(), buffers));
        }
        let command = match command(json) {
            Ok(c) => c,
            Err(problems) => return out.push(self.refuse(id, problems)),
        };
        if let Command::Frame { want } = command {
            // What has just come into view is shown at once, whatever the last frame cost.
            let seen = want.wants.iter().filter(|w| **w != Want::Checkpoint).cloned();
            let view = FrameRequest { brief: want.brief, between: want.between, ..FrameRequest::of(seen) };
            if view != self.view {
                self.frame_at_once = true;
                self.view = view;
            }
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
            let (message, hint) = problem_of_run(self.lang, &p.path, &p.code_name(), &p.args);
            Words { path: p.path.clone(), message, hint }
        });
        Outgoing { id, reply: Reply::Failed(Failure { words: words.collect(), problems }), buffers: Vec::new() }
    }

    fn run(&mut self) -> Result<&mut Run, Vec<Problem>> {
        self.run.as_mut().ok_or_else(|| one(Problem::new("", Code::NothingLoaded)))
    }

    fn command(&mut self, command: Command, mut buffers: Vec<Vec<u8>>, now: &dyn Fn() -> f64) -> Answer {
        match command {
            Command::Hello { protocol: _, lang } => {
                self.lang = Lang::from_tag(&lang).unwrap_or_default();
                Ok((Reply::Hello { protocol: PROTOCOL_VERSION }, Vec::new()))
            }
            Command::Backend { asked } => {
                let asked = read::from_value(&asked, "backend").map_err(|e| one(*e.0))?;
                let name = self.backends.choose(asked).map_err(one)?.name().to_string();
                let adapter = self.backends.adapter().filter(|_| name == "webgpu");
                let (adapter, software) = adapter.map_or((None, false), |a| (Some(a.name), a.software));
                let reason = backend::reason(asked).to_string();
                Ok((Reply::Backend { name, reason, adapter, software }, Vec::new()))
            }
            Command::Files { experiment } => {
                let exp = Experiment::from_value(experiment)?;
                let files = exp.data.set_info().map_or(&[][..], |s| s.files);
                Ok((Reply::Files { paths: files.iter().map(|f| f.path.to_string()).collect() }, Vec::new()))
            }
            Command::Load { experiment } => self.load(experiment, buffers, How::Anew),
            Command::Open { experiment } => {
                let bytes = buffers.pop().ok_or_else(|| arrays::missing(1))?;
                let weights = Weights::read(&bytes).map_err(one)?;
                self.load(experiment, buffers, How::Trained(Box::new(weights)))
            }
            Command::Update { experiment, keep, carry } => self.load(experiment, buffers, How::Update { keep, carry }),
            Command::Play { until, steps_per_s } => {
                self.run()?.diverged = None;
                let ms_per_step = steps_per_s.map(|s| 1000.0 / f64::from(s.clamp(0.1, 1000.0)));
                self.play(Stop { until, ..Stop::default() }, ms_per_step, now());
                done()
            }
            Command::Pause => {
                self.playing = None;
                if let Some(run) = &mut self.run {
                    run.measure_at_rest(now);
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
                    (s.experiment().clone(), s.share_data())
                };
                self.playing = None;
                self.begin(exp, data, How::Anew)
            }
            Command::Evaluate => {
                let session = &mut self.run()?.session;
                let m = match session.evaluate(Part::Test, usize::MAX) {
                    Some(m) => m,
                    None => session.evaluate(Part::Train, usize::MAX).unwrap_or_default(),
                };
                let writes = session.experiment().task.kind == TaskKind::LanguageModel;
                let perplexity = writes.then(|| m.loss.exp());
                let Metrics { loss, accuracy, r2, clouds, samples } = m;
                let energy_distance = clouds.map(|c| c.energy);
                Ok((Reply::Metrics { loss, accuracy, r2, energy_distance, perplexity, samples }, Vec::new()))
            }
            Command::Seek { step } => {
                self.playing = None;
                self.run()?.seek(step, now);
                done()
            }
            Command::Matmul { size, reps } => {
                let size = size.clamp(1, 2048);
                let product = self.product.take().filter(|p| p.size() == size).unwrap_or_else(|| Product::new(size));
                let m = self.product.insert(product).time(reps.clamp(1, 1000), now);
                Ok((Reply::Matmul { ms: m.ms, gflop_per_s: m.gflop_per_s }, Vec::new()))
            }
            array @ (Command::Predict { .. }
            | Command::Sample { .. }
            | Command::Generate { .. }
            | Command::Look { .. }
            | Command::Climb { .. }
            | Command::Values
            | Command::Probe { .. }
            | Command::Write { .. }
            | Command::SetData { .. }
            | Command::Weights
            | Command::Rows
            | Command::Checkpoint
            | Command::Restore) => self.array_command(array, buffers),
            // `message` has taken these two.
            Command::Frame { .. } | Command::Train { .. } => done(),
        }
    }

    fn load(&mut self, value: serde_json::Value, buffers: Vec<Vec<u8>>, how: How) -> Answer {
        let update = matches!(how, How::Update { .. });
        let exp = Experiment::from_value(value)?;
        let problems = exp.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        // What this build cannot run is refused while the old run is still there.
        self.backends.choose(exp.backend).map_err(one)?;
        if !buffers.is_empty() {
            let paths = exp.data.set_info().map_or(&[][..], |s| s.files).iter().map(|f| f.path.to_string());
            self.files = paths.zip(buffers).collect();
            self.files_of.clone_from(&exp.data.set);
        }
        let same_data = |s: &Session| {
            let running = s.experiment();
            running.seed == exp.seed && running.data.same_rows(&exp.data) && tasks::same_rows(running, &exp)
        };
        let data = match &mut self.run {
            Some(run) if update && run.session.can_tune(&exp) => {
                if run.session.experiment().backend != exp.backend {
                    let exec = self.backends.choose(exp.backend).map_err(one)?;
                    run.session.move_to(exp.backend, exec).map_err(|fault| one(backend::no_card(&fault)))?;
                    run.moved();
                }
                run.session.tune(&Settings::of(&exp));
                return Ok((self.loaded(false, Vec::new()), Vec::new()));
            }
            Some(run) if update && same_data(&run.session) => run.session.share_data(),
            Some(_) | None => {
                let files: &[data::File] = if self.files_of == exp.data.set { &self.files } else { &[] };
                let rows = data::build(&exp.data, u64::from(exp.seed), files)?;
                Rc::new(tasks::data(&exp, rows))
            }
        };
        self.begin(exp, data, how)
    }

    /// Starts a run. Only weights from outside can fail, and the old run is untouched then.
    fn begin(&mut self, exp: Experiment, data: Rc<Dataset>, how: How) -> Answer {
        let exec = self.backends.choose(exp.backend).map_err(one)?;
        let mut kept = Vec::new();
        let old = match how {
            How::Update { .. } => self.run.take(),
            // Whether a card takes it is known only when it is there.
            How::Anew if exp.backend == Backend::Webgpu => self.run.take(),
            // Both at once would need the memory of two.
            How::Anew => self.run.take().and(None),
            How::Trained(_) => None,
        };
        let mut session = Session::new(exp, data, exec);
        // A card that cannot run this network is said, not passed over.
        if let Some(fault) = session.fault() {
            if old.is_some() {
                self.run = old;
            }
            return Err(one(backend::no_card(&fault)));
        }
        let mut carried = None;
        match how {
            How::Anew => {}
            How::Update { keep, carry } => {
                // First weights that nothing has happened to are not worth keeping: the seed's own are as good.
                let may = |old: &Run| {
                    carry || (keep && session.experiment().same_but_for_the_network(old.session.experiment()))
                };
                if let Some(old) = old.filter(|old| old.has_learned() && may(old)) {
                    kept = session.keep_from(&old.session);
                    carried = facts::carried(&session, &old.session, &kept);
                }
            }
            How::Trained(weights) => session.open_weights(&weights)?,
        }
        self.runs += 1;
        // A new run is shown at once, whatever the last frame of the old one cost.
        self.showing = Share::default();
        let run = self.run.insert(Run::new(self.runs, session));
        run.carried = carried;
        let (preview, mut buffers) = frames::preview(run);
        let scale = frames::picture_scale(run);
        let mut reply = self.loaded(true, kept);
        if let (Reply::Loaded(l), Some(run)) = (&mut reply, &self.run) {
            (l.scale, l.typical) = (facts::scale(run.session.data()), facts::typical(run.session.data()));
            l.contained = super::contained::contained(run.session.data());
            (l.preview_x, l.preview_y, l.preview_train, l.target_range, l.target_floor) = preview;
            l.x_scale = scale.map(|scale| {
                buffers.push(scale);
                buffers.len() - 1
            });
        }
        Ok((reply, buffers))
    }

    fn loaded(&self, restarted: bool, kept: Vec<String>) -> Reply {
        let Some(run) = &self.run else { return Reply::Done };
        let s = &run.session;
        Reply::Loaded(Box::new(Loaded {
            run: run.id,
            restarted,
            step: s.steps(),
            kept,
            n_params: s.n_params(),
            n_train: s.data().n_train,
            n_test: s.data().n_test(),
            flops_per_step: s.flops_per_step(),
            backend: s.backend().to_string(),
            reason: backend::reason(s.experiment().backend).to_string(),
            // Diffusion reads rows with their time beside them; the page draws the rows.
            input: match s.diffusion() {
                Some(_) => s.info().target.shape(),
                None => s.info().input.clone(),
            },
            tokens: s.data().token_names.clone(),
            majority: s.majority(),
            baselines: baselines(s.data()),
            ..Loaded::default()
        }))
    }
}

fn baselines(data: &Dataset) -> Vec<Baseline> {
    data.baselines.iter().map(|b| Baseline { name: b.name.to_string(), mse: b.mse, r2: b.r2 }).collect()
}
