//! The card's memory: one buffer for each arena, and the lists of commands that are ready to run on it.
//!
//! Not responsible for when anything runs (`executor`).

use super::device::{Device, Fault, Memory};
use super::kernel::{Arena, Kernel, SLOT_BYTES};
use super::ops::{CTL_LEN, Tables, Unsupported, lower};
use crate::engine::graph::{Direction, Layout, Plan, Space};
use std::collections::HashMap;
use std::rc::Rc;
use wgpu::BufferUsages;

/// Words of what comes with one submission: slots, batches, weights. Longer blocks come in several submissions.
pub const INBOX_LEN: usize = 1 << 20;
/// Lists kept; more batch sizes than this come up only where somebody plays with them.
const LISTS_MAX: usize = 64;

/// Half a plan for a number of rows, ready to run.
#[derive(Debug)]
pub struct List {
    /// Pipeline, groups, and whether it reads seed and step.
    pub dispatches: Vec<(Rc<wgpu::ComputePipeline>, [u32; 3])>,
    /// Dispatches before each instruction.
    pub starts: Vec<usize>,
    /// All buffers, and the slots.
    pub bind: wgpu::BindGroup,
    /// The slots; dropping it gives the bytes back.
    _slots: Memory,
}

/// Which list: plan, half, rows.
pub type Which = (usize, bool, usize);

/// See the module.
#[derive(Debug)]
pub struct Arenas {
    /// Params, grads, state, buffers.
    shared: [Memory; 4],
    /// One for each plan.
    values: Vec<Memory>,
    scratch: Memory,
    ctl: Memory,
    /// What comes with a submission.
    pub inbox: Memory,
    /// Numbers in each arena, in the order of `shared`, then of the plans.
    lens: Vec<usize>,
    scratch_len: usize,
    tables: Tables,
    /// For commands whose slots come with the submission; one for each plan, at least one.
    transient: Vec<wgpu::BindGroup>,
    /// The training data, and where its targets begin.
    held: Option<(Memory, usize)>,
    /// The same as `transient`, with the training data in place of parameters.
    feeding: Vec<wgpu::BindGroup>,
    lists: HashMap<Which, Rc<List>>,
}

const SPACES: [Space; 4] = [Space::Params, Space::Grads, Space::State, Space::Buffers];
const STORAGE: BufferUsages = BufferUsages::STORAGE.union(BufferUsages::COPY_SRC).union(BufferUsages::COPY_DST);

fn unsupported(op: Unsupported) -> Fault {
    Fault::Unsupported(op.to_string())
}

fn lens(layout: &Layout, plans: &[Rc<Plan>]) -> Vec<usize> {
    let shared = SPACES.into_iter().map(|space| layout.whole(space).size);
    shared.chain(plans.iter().map(|p| p.values_len)).collect()
}

impl Arenas {
    /// Empty ones.
    pub fn new(gpu: &Device) -> Arenas {
        let empty = || gpu.memory(0, STORAGE);
        let inbox = BufferUsages::STORAGE.union(BufferUsages::UNIFORM).union(BufferUsages::COPY_DST);
        let mut arenas = Arenas {
            shared: [empty(), empty(), empty(), empty()],
            values: vec![empty()],
            scratch: empty(),
            ctl: gpu.memory(CTL_LEN, STORAGE),
            // A slot may begin at the last word, and is bound whole.
            inbox: gpu.memory(INBOX_LEN + SLOT_BYTES / 4, inbox),
            lens: vec![0; 5],
            scratch_len: 0,
            tables: Tables::default(),
            transient: Vec::new(),
            held: None,
            feeding: Vec::new(),
            lists: HashMap::new(),
        };
        arenas.bind(gpu);
        arenas
    }

    /// Makes room for these plans; numbers stay where an arena keeps its length. Limits and ops are looked at before
    /// anything is made.
    ///
    /// # Errors
    /// [`Fault::TooLarge`], [`Fault::Unsupported`]: then nothing has changed.
    pub fn prepare(&mut self, gpu: &Device, layout: &Layout, plans: &[Rc<Plan>]) -> Result<(), Fault> {
        let mut lens = lens(layout, plans);
        let mut tables = Tables::default();
        let mut scratch_len = 0;
        for plan in plans {
            for direction in [Direction::Forward, Direction::Backward] {
                let (kernels, _) =
                    lower(plan, direction, plan.capacity, &mut tables, gpu.sums.get()).map_err(unsupported)?;
                scratch_len = kernels.iter().map(|k| k.scratch_len).fold(scratch_len, usize::max);
            }
        }
        lens.iter().try_for_each(|len| gpu.admit(*len))?;
        gpu.admit(scratch_len)?;
        gpu.admit(CTL_LEN + tables.numbers.len())?;
        // A plan's worth at least, so that shared arenas can be written without any plan.
        if plans.is_empty() {
            lens.push(0);
        }
        self.lists.clear();
        self.transient.clear();
        for (i, len) in lens.iter().enumerate().filter(|(i, len)| self.lens.get(*i) != Some(*len)) {
            let place = if i < 4 { self.shared.get_mut(i) } else { self.values.get_mut(i - 4) };
            match place {
                Some(place) => {
                    // First gone, then made: the two need not fit side by side.
                    *place = gpu.memory(0, STORAGE);
                    *place = gpu.memory(*len, STORAGE);
                }
                None => self.values.push(gpu.memory(*len, STORAGE)),
            }
        }
        self.values.truncate(lens.len() - 4);
        self.lens = lens;
        self.replace_tables(gpu, tables);
        self.grow(gpu, scratch_len);
        Ok(())
    }

    /// Makes room in scratch. What a burst has kept stays.
    fn grow(&mut self, gpu: &Device, scratch_len: usize) {
        if scratch_len > self.scratch_len {
            self.scratch = gpu.memory(scratch_len, STORAGE);
            self.scratch_len = scratch_len;
        }
        self.lists.clear();
        self.bind(gpu);
    }

    fn replace_tables(&mut self, gpu: &Device, tables: Tables) {
        self.tables = tables;
        self.ctl = gpu.memory(CTL_LEN + self.tables.numbers.len(), STORAGE);
        // The gate is open at first.
        let mut words = vec![0u8; CTL_LEN * 4];
        words[..4].copy_from_slice(&1f32.to_le_bytes());
        words.extend(self.tables.numbers.iter().flat_map(|x| x.to_le_bytes()));
        gpu.queue.write_buffer(&self.ctl.buffer, 0, &words);
    }

    fn buffers(&self, plan: usize) -> [&wgpu::Buffer; 8] {
        let [params, grads, state, buffers] = &self.shared;
        let values = self.values.get(plan).unwrap_or(&self.values[0]);
        [params, grads, state, buffers, values, &self.scratch, &self.ctl, &self.inbox].map(|m| &m.buffer)
    }

    fn bind(&mut self, gpu: &Device) {
        let plans = 0..self.values.len();
        self.transient = plans.clone().map(|plan| gpu.bind(self.buffers(plan), &self.inbox.buffer)).collect();
        let with = |held: &Memory, plan| {
            let mut buffers = self.buffers(plan);
            buffers[Arena::Params as usize] = &held.buffer;
            gpu.bind(buffers, &self.inbox.buffer)
        };
        self.feeding = self.held.iter().flat_map(|(held, _)| plans.clone().map(|plan| with(held, plan))).collect();
    }

    /// Keeps training data, in place of what was kept; false where it does not fit into one buffer.
    pub fn hold(&mut self, gpu: &Device, inputs: &[f32], targets: &[f32]) -> bool {
        self.held = None;
        let len = inputs.len() + targets.len();
        if gpu.admit(len).is_ok() {
            let memory = gpu.memory(len, STORAGE);
            for (from, numbers) in [(0, inputs), (inputs.len(), targets)] {
                for (i, part) in numbers.chunks(INBOX_LEN).enumerate() {
                    let bytes: Vec<u8> = part.iter().flat_map(|x| x.to_le_bytes()).collect();
                    gpu.queue.write_buffer(&memory.buffer, (from + i * INBOX_LEN) as u64 * 4, &bytes);
                }
            }
            self.held = Some((memory, inputs.len()));
        }
        self.bind(gpu);
        self.held.is_some()
    }

    /// Where a plan's inputs are fed from what is held, and where its targets begin.
    pub fn feeding(&self, plan: usize) -> Option<(&wgpu::BindGroup, usize)> {
        self.feeding.get(plan).zip(self.held.as_ref().map(|held| held.1))
    }

    /// Where commands are bound whose slots come with the submission.
    pub fn transient(&self, plan: usize) -> &wgpu::BindGroup {
        self.transient.get(plan).unwrap_or(&self.transient[0])
    }

    /// The buffer of an arena.
    pub fn buffer(&self, arena: Arena, plan: usize) -> &wgpu::Buffer {
        self.buffers(plan)[arena as usize]
    }

    /// Whether a kernel has scratch enough.
    pub fn has_room(&self, scratch_len: usize) -> bool {
        scratch_len <= self.scratch_len
    }

    /// Makes more scratch; what is under way must have been submitted.
    pub fn more_scratch(&mut self, gpu: &Device, scratch_len: usize) {
        self.grow(gpu, scratch_len);
    }

    /// The list, if it is ready.
    pub fn ready(&self, which: Which) -> Option<Rc<List>> {
        self.lists.get(&which).cloned()
    }

    /// Makes the list; what is under way must have been submitted.
    ///
    /// # Errors
    /// [`Fault::Unsupported`], [`Fault::TooLarge`].
    pub fn build(&mut self, gpu: &Device, plan: &Plan, which: Which) -> Result<Rc<List>, Fault> {
        let (id, backward, rows) = which;
        let direction = if backward { Direction::Backward } else { Direction::Forward };
        let mut tables = self.tables.clone();
        let (kernels, starts) = lower(plan, direction, rows, &mut tables, gpu.sums.get()).map_err(unsupported)?;
        let scratch_len = kernels.iter().map(|k| k.scratch_len).max().unwrap_or(0);
        gpu.admit(scratch_len)?;
        if tables.numbers.len() > self.tables.numbers.len() {
            self.replace_tables(gpu, tables);
            self.grow(gpu, scratch_len);
        } else if scratch_len > self.scratch_len {
            self.grow(gpu, scratch_len);
        }
        if self.lists.len() >= LISTS_MAX {
            self.lists.clear();
        }
        let list = Rc::new(self.list(gpu, id, &kernels, starts));
        self.lists.insert(which, list.clone());
        Ok(list)
    }

    fn list(&self, gpu: &Device, plan: usize, kernels: &[Kernel], starts: Vec<usize>) -> List {
        let mut bytes = Vec::with_capacity(kernels.len() * SLOT_BYTES);
        for (i, k) in kernels.iter().enumerate() {
            bytes.extend(k.words.iter().flat_map(|w| w.to_le_bytes()));
            bytes.resize((i + 1) * SLOT_BYTES, 0);
        }
        let slots = gpu.memory(bytes.len() / 4, BufferUsages::UNIFORM.union(BufferUsages::COPY_DST));
        gpu.queue.write_buffer(&slots.buffer, 0, &bytes);
        let one = |k: &Kernel| (gpu.pipeline(k.name, k.wgsl()), k.groups.map(|g| g as u32));
        List {
            dispatches: kernels.iter().map(one).collect(),
            starts,
            bind: gpu.bind(self.buffers(plan), &slots.buffer),
            _slots: slots,
        }
    }
}
