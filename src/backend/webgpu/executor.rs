//! The executor on the graphics card. Calls are put into a submission that begins with one write from the processor and runs
//! in one compute pass; it leaves when somebody asks for numbers or when its inbox is full.
//!
//! Unlike on a processor, an update does nothing after a loss that is not finite. Not responsible for shaders (`ops`, `kernels`)
//! nor for the choice between executors (`backend`).

mod held;
mod pair;
mod read_back;

pub use pair::Pair;

use super::device::{Counts, Device, Fault, Memory};
use super::kernel::{Arena, Kernel, Place, SLOT_BYTES, scratch};
use super::kernels::gemm::Sums;
use super::kernels::{memory, optimizer};
use super::memory::{Arenas, INBOX_LEN, List};
use super::ops::{Tables, Unsupported, lower};
use crate::engine::draws::Draws;
use crate::engine::exec::{At, Executor, Penalty, PlanId, Reduction, Ticket};
use crate::engine::graph::{Direction, GroupId, Layout, Plan, Space};
use crate::engine::host::Host;
use crate::engine::optim::Hyper;
use read_back::Answer;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Words of a slot.
const SLOT: usize = SLOT_BYTES / 4;
/// Dispatches after which a submission leaves, so that the card has something to do.
const DISPATCHES_MAX: usize = 4096;

/// Part of a list, or one command.
#[derive(Debug)]
enum Command {
    /// Dispatches `from..to` of a list; where the words of its call stand.
    Part(Rc<List>, std::ops::Range<usize>, usize),
    /// One kernel.
    One(One),
}

/// One kernel whose slot comes with the submission.
#[derive(Debug)]
struct One {
    pipeline: Rc<wgpu::ComputePipeline>,
    groups: [u32; 3],
    /// Where its slot stands.
    slot: usize,
    /// The plan whose values it sees.
    plan: usize,
    /// Whether it sees the training data in place of parameters.
    feeds: bool,
}

/// A submission that has not left.
#[derive(Debug, Default)]
struct Pending {
    inbox: Vec<u32>,
    commands: Vec<Command>,
    dispatches: usize,
}

impl Pending {
    /// Where the next block of so many words will stand.
    fn place(&mut self, words: impl IntoIterator<Item = u32>) -> usize {
        let at = self.inbox.len();
        self.inbox.extend(words);
        self.inbox.resize(self.inbox.len().next_multiple_of(SLOT), 0);
        at
    }
}

/// See the module.
#[derive(Debug)]
pub struct WebGpu {
    gpu: Rc<Device>,
    arenas: Arenas,
    layout: Rc<Layout>,
    plans: Vec<Rc<Plan>>,
    pending: RefCell<Pending>,
    answers: BTreeMap<Ticket, Answer>,
    asked: u64,
    /// A copy of everything, made when somebody looks and thrown away by whatever changes a number.
    mirror: OnceCell<Host<f32>>,
}

impl WebGpu {
    /// An executor on the fastest card.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn request() -> Result<WebGpu, Fault> {
        Ok(WebGpu::on(Rc::new(Device::request().await?)))
    }

    /// An executor on this card.
    pub fn on(gpu: Rc<Device>) -> WebGpu {
        WebGpu {
            arenas: Arenas::new(&gpu),
            gpu,
            layout: Rc::default(),
            plans: Vec::new(),
            pending: RefCell::default(),
            answers: BTreeMap::new(),
            asked: 0,
            mirror: OnceCell::new(),
        }
    }

    /// [`WebGpu::request`], waiting for it.
    ///
    /// # Errors
    /// Why there is none.
    #[cfg(feature = "gpu-native")]
    pub fn new() -> Result<WebGpu, Fault> {
        pollster::block_on(WebGpu::request())
    }

    /// Whether every op of a plan has its shaders: to be asked before a run is given to the card.
    ///
    /// # Errors
    /// The first op that has none.
    pub fn supports(plan: &Plan) -> Result<(), Unsupported> {
        let half =
            |direction| lower(plan, direction, plan.capacity, &mut Tables::default(), Sums::default()).map(|_| ());
        half(Direction::Forward)?;
        half(Direction::Backward)
    }

    /// What went wrong; from then on every call does nothing, and numbers that were asked for never come.
    pub fn fault(&self) -> Option<Fault> {
        self.gpu.fault()
    }

    /// What was done so far.
    pub fn counts(&self) -> Counts {
        self.gpu.counts.get()
    }

    /// Bytes in all buffers.
    pub fn bytes(&self) -> u64 {
        self.gpu.bytes()
    }

    /// The card.
    pub fn device(&self) -> &Device {
        &self.gpu
    }

    /// [`Executor::prepare`], and why it cannot be.
    ///
    /// # Errors
    /// [`Fault::Unsupported`] and [`Fault::TooLarge`]: then all is as it was.
    pub fn try_prepare(&mut self, layout: Rc<Layout>, plans: Vec<Rc<Plan>>) -> Result<(), Fault> {
        self.submit(&[]);
        self.mirror.take();
        self.arenas.prepare(&self.gpu, &layout, &plans)?;
        (self.layout, self.plans) = (layout, plans);
        Ok(())
    }

    /// Opens the gate: updates move parameters until a loss is no number.
    fn open(&mut self) {
        let gate = Place { arena: Arena::Ctl, off: 0 };
        self.run(0, &memory::fill(gate, 1, 1.0));
    }

    /// Makes room in the inbox.
    fn reserve(&mut self, words: usize) {
        let full = {
            let pending = self.pending.borrow();
            pending.inbox.len() + words.next_multiple_of(SLOT) > INBOX_LEN || pending.dispatches >= DISPATCHES_MAX
        };
        if full {
            self.submit(&[]);
        }
    }

    /// Adds one kernel whose slot comes with the submission.
    fn run(&mut self, plan: usize, k: &Kernel) {
        self.reserve(SLOT);
        self.add(plan, k, false);
    }

    fn add(&mut self, plan: usize, k: &Kernel, feeds: bool) {
        if !self.arenas.has_room(k.scratch_len) {
            self.submit(&[]);
            self.arenas.more_scratch(&self.gpu, k.scratch_len);
        }
        let pipeline = self.gpu.pipeline(k.name, k.wgsl());
        let mut pending = self.pending.borrow_mut();
        let slot = pending.place(k.words.iter().copied());
        pending.commands.push(Command::One(One { pipeline, groups: k.groups.map(|g| g as u32), slot, plan, feeds }));
        pending.dispatches += 1;
        self.mirror.take();
    }

    /// Adds part of a list: the dispatches of all instructions from number `from` on.
    fn run_list(&mut self, plan: PlanId, backward: bool, rows: usize, from: usize, draws: Draws) {
        let which = (plan.0, backward, rows);
        let list = match self.arenas.ready(which) {
            Some(list) => list,
            None => {
                self.submit(&[]);
                match self.arenas.build(&self.gpu, &self.plans[plan.0], which) {
                    Ok(list) => list,
                    Err(fault) => return self.gpu.fail(fault),
                }
            }
        };
        self.reserve(SLOT);
        let first = list.starts.get(from).copied().unwrap_or(list.dispatches.len());
        let range = first..list.dispatches.len();
        let mut pending = self.pending.borrow_mut();
        let call = pending.place([draws.seed, draws.step as u32, (draws.step >> 32) as u32]);
        pending.dispatches += range.len();
        pending.commands.push(Command::Part(list, range, call));
        self.mirror.take();
    }

    /// Sends what is pending, and after it copies of these blocks (buffer, first byte, bytes) to a buffer of their own.
    fn submit(&self, wanted: &[(&wgpu::Buffer, u64, u64)]) -> Option<Memory> {
        let pending = self.pending.take();
        if self.gpu.fault().is_some() || (pending.commands.is_empty() && wanted.is_empty()) {
            return None;
        }
        let mut encoder = self.gpu.encoder();
        if !pending.commands.is_empty() {
            let bytes: Vec<u8> = pending.inbox.iter().flat_map(|w| w.to_le_bytes()).collect();
            self.gpu.queue.write_buffer(&self.arenas.inbox.buffer, 0, &bytes);
            self.gpu.count(|c| {
                (c.writes, c.passes, c.words) = (c.writes + 1, c.passes + 1, c.words + pending.inbox.len());
                c.dispatches += pending.dispatches;
            });
            let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
            pending.commands.iter().for_each(|command| self.encode(&mut pass, command));
        }
        let total: u64 = wanted.iter().map(|w| w.2).sum();
        let staging = (!wanted.is_empty())
            .then(|| self.gpu.memory(total as usize / 4, wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST));
        let mut at = 0;
        for (buffer, from, bytes) in wanted.iter().filter(|w| w.2 > 0) {
            if let Some(to) = &staging {
                encoder.copy_buffer_to_buffer(buffer, *from, &to.buffer, at, *bytes);
            }
            at += bytes;
        }
        self.gpu.queue.submit([encoder.finish()]);
        self.gpu.count(|c| c.submissions += 1);
        staging
    }

    fn encode(&self, pass: &mut wgpu::ComputePass, command: &Command) {
        let bytes = |words: usize| (words * 4) as u32;
        match command {
            Command::One(One { pipeline, groups: [x, y, z], slot, plan, feeds }) => {
                let held = self.arenas.feeding(*plan).filter(|_| *feeds);
                pass.set_pipeline(pipeline);
                pass.set_bind_group(0, held.map_or(self.arenas.transient(*plan), |h| h.0), &[bytes(*slot), 0]);
                pass.dispatch_workgroups(*x, *y, *z);
            }
            Command::Part(list, range, call) => {
                for i in range.clone() {
                    let (pipeline, [x, y, z]) = &list.dispatches[i];
                    pass.set_pipeline(pipeline);
                    pass.set_bind_group(0, &list.bind, &[(i * SLOT_BYTES) as u32, bytes(*call)]);
                    pass.dispatch_workgroups(*x, *y, *z);
                }
            }
        }
    }
}

impl Executor<f32> for WebGpu {
    fn name(&self) -> &'static str {
        "webgpu"
    }

    /// What cannot be prepared becomes the fault.
    fn prepare(&mut self, layout: Rc<Layout>, plans: Vec<Rc<Plan>>) {
        if let Err(fault) = self.try_prepare(layout, plans) {
            self.gpu.fail(fault);
        }
    }

    fn write(&mut self, at: At, numbers: &[f32]) {
        assert_eq!(numbers.len(), at.loc.len(at.rows), "a block of another length");
        let mut off = at.loc.off;
        for part in numbers.chunks(INBOX_LEN / 2) {
            self.reserve(part.len().next_multiple_of(SLOT) + SLOT);
            let from = self.pending.borrow_mut().place(part.iter().map(|x| x.to_bits()));
            let (from, to) = (Place { arena: Arena::Inbox, off: from }, Place { arena: Arena::of(at.loc.space), off });
            self.run(at.plan.0, &memory::copy(from, to, part.len()));
            off += part.len();
        }
    }

    fn fill(&mut self, at: At, number: f32) {
        let count = at.loc.len(at.rows);
        if count > 0 {
            self.run(at.plan.0, &memory::fill(at.loc.into(), count, number));
        }
    }

    fn forward(&mut self, plan: PlanId, rows: usize, draws: Draws) {
        self.run_list(plan, false, rows, 0, draws);
    }

    fn backward(&mut self, plan: PlanId, rows: usize, from: usize) {
        if let Some(seed) = self.plans[plan.0].seed.filter(|_| from == 0) {
            self.fill(At { plan, loc: seed, rows }, 1.0);
        }
        self.run_list(plan, true, rows, from, Draws::default());
    }

    fn update(&mut self, group: GroupId, penalty: &Penalty, hyper: &Hyper) {
        let (layout, mut ranges) = (self.layout.clone(), penalty.weights.clone());
        ranges.sort_by_key(|r| r.start);
        let words: Vec<u32> = ranges.iter().flat_map(|r| [r.start as u32, r.end as u32]).collect();
        let runs = &layout.group(group).runs;
        // Ranges and kernels must come with the same submission.
        self.reserve(words.len().next_multiple_of(SLOT) + (2 * runs.len() + 1) * SLOT);
        let at = self.pending.borrow_mut().place(words);
        let weights = optimizer::Weights { l1: penalty.l1, l2: penalty.l2, at, ranges: ranges.len() };
        let kernels = optimizer::kernels(runs, layout.whole(Space::Params).size, weights, hyper);
        kernels.iter().for_each(|k| self.run(0, k));
    }

    fn clamp(&mut self, at: At, bound: f32) {
        let count = at.loc.len(at.rows);
        if count > 0 {
            self.run(at.plan.0, &memory::clamp(at.loc.into(), count, bound));
        }
    }

    fn blend(&mut self, from: GroupId, to: GroupId, keep: f32) {
        let layout = self.layout.clone();
        let (from, to) = (layout.group(from), layout.group(to));
        assert_eq!(from.numbers(), to.numbers(), "groups of different sizes");
        let mut pairs = (from.runs.iter().cloned(), to.runs.iter().cloned());
        let (mut a, mut b) = (0..0, 0..0);
        loop {
            if a.is_empty() {
                let Some(next) = pairs.0.next() else { return };
                a = next;
            }
            if b.is_empty() {
                let Some(next) = pairs.1.next() else { return };
                b = next;
            }
            let count = a.len().min(b.len());
            if count > 0 {
                self.run(0, &memory::blend(a.start, b.start, count, keep));
            }
            (a.start, b.start) = (a.start + count, b.start + count);
        }
    }

    fn reduce(&mut self, of: &[(At, Reduction)]) -> Ticket {
        if !self.arenas.has_room(of.len()) {
            self.submit(&[]);
            self.arenas.more_scratch(&self.gpu, of.len());
        }
        for (k, (at, how)) in of.iter().enumerate() {
            self.run(at.plan.0, &memory::reduce(at.loc.into(), at.loc.len(at.rows), *how, k));
        }
        let results = self.arenas.buffer(scratch(0).arena, 0);
        let answer = self.send_for(&[(results, 0, of.len() as u64 * 4)]);
        self.ticket(answer)
    }

    fn read(&mut self, of: &[At]) -> Ticket {
        let wanted: Vec<_> = of.iter().map(|at| self.block(at)).collect();
        let answer = self.send_for(&wanted);
        self.ticket(answer)
    }

    fn take(&mut self, ticket: Ticket) -> Option<Vec<f32>> {
        if !self.is_there(self.answers.get(&ticket)?) {
            return None;
        }
        self.answers.remove(&ticket).and_then(|answer| self.numbers(&answer))
    }

    fn host(&self) -> &Host<f32> {
        self.mirror.get_or_init(|| self.copy())
    }
}
