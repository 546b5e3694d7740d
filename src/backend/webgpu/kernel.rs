//! A kernel to be: its WGSL, the numbers it reads from its slot, and how many groups run.
//!
//! The text of a shader is put together here: one struct for the slot, an accessor for each block (`get_x`, `put_y`),
//! the functions of `kernels/*.wgsl` that are called, and the op's own text. Equal texts are one pipeline, so only what
//! differs in kind is a constant of the text; sizes and offsets are numbers of the slot. Not responsible for devices.

use crate::engine::graph::{Loc, Slot, Space};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Bytes of a slot: the alignment that every WebGPU device allows for dynamic offsets.
pub const SLOT_BYTES: usize = 256;
/// Most groups along one axis (WebGPU's guaranteed limit).
pub const GROUPS_MAX: usize = 65_535;
/// Threads of a group.
pub const THREADS: usize = 256;

/// Which storage buffer; the number is its binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arena {
    /// Learned parameters.
    Params,
    /// Their gradients.
    Grads,
    /// Optimizer state.
    State,
    /// Running statistics.
    Buffers,
    /// Values of the plan.
    Values,
    /// What lives for a few dispatches.
    Scratch,
    /// The gate, and tables that ops bring along.
    Ctl,
    /// What came with the submission; read only.
    Inbox,
}

impl Arena {
    /// All, in the order of their bindings.
    pub const ALL: [Arena; 8] = [
        Arena::Params,
        Arena::Grads,
        Arena::State,
        Arena::Buffers,
        Arena::Values,
        Arena::Scratch,
        Arena::Ctl,
        Arena::Inbox,
    ];

    /// Its name in shaders.
    pub fn word(self) -> &'static str {
        match self {
            Arena::Params => "params",
            Arena::Grads => "grads",
            Arena::State => "state",
            Arena::Buffers => "buffers",
            Arena::Values => "values",
            Arena::Scratch => "scratch",
            Arena::Ctl => "ctl",
            Arena::Inbox => "inbox",
        }
    }

    /// That of a plan's space.
    pub fn of(space: Space) -> Arena {
        match space {
            Space::Params => Arena::Params,
            Space::Grads => Arena::Grads,
            Space::State => Arena::State,
            Space::Buffers => Arena::Buffers,
            Space::Values => Arena::Values,
        }
    }
}

/// Where a block of numbers begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which buffer.
    pub arena: Arena,
    /// Offset of the first number.
    pub off: usize,
}

impl From<Loc> for Place {
    fn from(loc: Loc) -> Place {
        Place { arena: Arena::of(loc.space), off: loc.off }
    }
}

/// A place in scratch memory.
pub fn scratch(off: usize) -> Place {
    Place { arena: Arena::Scratch, off }
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// For messages and measurements.
    pub name: &'static str,
    /// The op's own text.
    body: String,
    /// Accessors and constants.
    head: String,
    /// Names and types of the slot's numbers.
    fields: String,
    /// The numbers.
    pub words: Vec<u32>,
    /// Groups along each axis.
    pub groups: [usize; 3],
    /// Numbers of scratch that it needs.
    pub scratch_len: usize,
    /// Whether it reads the numbers of the call (seed and step).
    pub calls: bool,
    arenas: BTreeSet<Arena>,
    threads: usize,
}

impl Kernel {
    fn new(name: &'static str, body: &str) -> Kernel {
        Kernel {
            name,
            body: body.to_string(),
            head: String::new(),
            fields: String::new(),
            words: Vec::new(),
            groups: [1; 3],
            scratch_len: 0,
            calls: false,
            arenas: BTreeSet::new(),
            threads: THREADS,
        }
    }

    /// A kernel of `count` threads: the body has `fn each(i: u32)`.
    pub fn each(name: &'static str, body: &str, count: usize) -> Kernel {
        let entry = "fn run(l: u32, g: vec3<u32>, n: vec3<u32>) {\n  let i = (g.x + g.y * n.x) * THREADS + l;\n  \
                     if (i < slot.count) { each(i); }\n}\n";
        Kernel::new(name, entry).text(body).int("count", count).spread(count.div_ceil(THREADS))
    }

    /// A kernel of `count` groups: the body has `fn row(item: u32, l: u32)`, called by all threads of a group.
    pub fn rows(name: &'static str, body: &str, count: usize) -> Kernel {
        let entry = "fn run(l: u32, g: vec3<u32>, n: vec3<u32>) {\n  let item = g.x + g.y * n.x;\n  \
                     if (item < slot.items) { row(item, l); }\n}\n";
        Kernel::new(name, entry).text(body).int("items", count).spread(count)
    }

    /// A kernel that divides its grid itself: the body has `fn run(l, g, n)`, thread of the group, group, groups.
    pub fn grid(name: &'static str, body: &str, groups: [usize; 3], threads: usize) -> Kernel {
        Kernel { groups, threads, ..Kernel::new(name, body) }
    }

    /// Groups of fewer threads; a power of two, for kernels of [`Kernel::rows`] only.
    pub fn threads(mut self, threads: usize) -> Kernel {
        self.threads = threads;
        self
    }

    /// Groups in two axes, because one has an end.
    fn spread(mut self, groups: usize) -> Kernel {
        let groups = groups.max(1);
        let y = groups.div_ceil(GROUPS_MAX);
        self.groups = [groups.div_ceil(y), y, 1];
        self
    }

    /// More text.
    pub fn text(mut self, text: &str) -> Kernel {
        self.body.push_str(text);
        self.body.push('\n');
        self
    }

    /// A whole number of the slot.
    pub fn int(mut self, name: &str, number: usize) -> Kernel {
        let _ = writeln!(self.fields, "  {name}: u32,");
        self.words.push(number as u32);
        self
    }

    /// Several.
    pub fn ints(self, numbers: &[(&str, usize)]) -> Kernel {
        numbers.iter().fold(self, |k, (name, number)| k.int(name, *number))
    }

    /// A number of the slot.
    pub fn float(mut self, name: &str, number: f32) -> Kernel {
        let _ = writeln!(self.fields, "  {name}: f32,");
        self.words.push(number.to_bits());
        self
    }

    /// A constant of the text.
    pub fn constant(mut self, name: &str, number: usize) -> Kernel {
        let _ = writeln!(self.head, "const {name}: u32 = {number}u;");
        self
    }

    /// A yes or no of the text.
    pub fn flag(mut self, name: &str, on: bool) -> Kernel {
        let _ = writeln!(self.head, "const {name}: bool = {on};");
        self
    }

    /// Seed and step, as `call.seed`, `call.step_low`, `call.step_high`.
    pub fn call(mut self) -> Kernel {
        self.calls = true;
        self
    }

    /// `get_<name>(i)`: number `i` of a block.
    pub fn read(self, name: &str, at: impl Into<Place>) -> Kernel {
        let at = at.into();
        let mut k = self.int(&format!("{name}_at"), at.off);
        k.arenas.insert(at.arena);
        let (arena, get) = (at.arena.word(), if at.arena == Arena::Inbox { "bitcast<f32>" } else { "" });
        let _ = writeln!(k.head, "fn get_{name}(i: u32) -> f32 {{ return {get}({arena}[slot.{name}_at + i]); }}");
        k
    }

    /// [`Kernel::read`] of a block that may be missing, and then is zeros.
    pub fn read_or_zero(self, name: &str, at: Option<impl Into<Place>>) -> Kernel {
        match at {
            Some(at) => self.read(name, at),
            None => {
                let mut k = self;
                let _ = writeln!(k.head, "fn get_{name}(i: u32) -> f32 {{ return 0.0; }}");
                k
            }
        }
    }

    /// `put_<name>(i, x)`: overwrites number `i` of a block, or adds to it; `get_<name>` reads it.
    pub fn write(self, name: &str, at: impl Into<Place>, add: bool) -> Kernel {
        let at = at.into();
        let mut k = self.read(name, at);
        let (arena, sign) = (at.arena.word(), if add { "+" } else { "" });
        let _ = writeln!(k.head, "fn put_{name}(i: u32, x: f32) {{ {arena}[slot.{name}_at + i] {sign}= x; }}");
        k
    }

    /// [`Kernel::write`] of a gradient that perhaps nobody asks for; `HAS_<NAME>` says whether somebody does.
    pub fn gradient(self, name: &str, slot: Option<Slot>) -> Kernel {
        let k = self.flag(&format!("HAS_{}", name.to_uppercase()), slot.is_some());
        match slot {
            Some(slot) => k.flag(&format!("ADD_{}", name.to_uppercase()), slot.add).write(name, slot.loc, slot.add),
            None => {
                let mut k = k.flag(&format!("ADD_{}", name.to_uppercase()), false);
                let _ = writeln!(k.head, "fn put_{name}(i: u32, x: f32) {{ }}");
                k
            }
        }
    }

    /// That it reads or writes this buffer by its own name.
    pub fn uses(mut self, arena: Arena) -> Kernel {
        self.arenas.insert(arena);
        self
    }

    /// That it needs so many numbers of scratch, from the start.
    pub fn with_scratch(mut self, len: usize) -> Kernel {
        self.scratch_len = self.scratch_len.max(len);
        self.uses(Arena::Scratch)
    }

    /// The whole shader.
    pub fn wgsl(&self) -> String {
        let mut out = String::new();
        for arena in &self.arenas {
            let (mode, of) = if *arena == Arena::Inbox { ("read", "u32") } else { ("read_write", "f32") };
            let (i, name) = (*arena as usize, arena.word());
            let _ = writeln!(out, "@group(0) @binding({i}) var<storage, {mode}> {name}: array<{of}>;");
        }
        let _ = writeln!(out, "struct Slot {{\n{}}}\n@group(0) @binding(8) var<uniform> slot: Slot;", self.fields);
        if self.calls {
            out.push_str("struct Call { seed: u32, step_low: u32, step_high: u32, }\n");
            out.push_str("@group(0) @binding(9) var<uniform> call: Call;\n");
        }
        let _ = writeln!(out, "const THREADS: u32 = {}u;\n{}", self.threads, self.head);
        // Comments are for those who read the sources.
        for line in self.body.lines().filter(|l| !l.trim_start().starts_with("//")) {
            out.push_str(line);
            out.push('\n');
        }
        super::kernels::link(&mut out);
        let _ = write!(
            out,
            "@compute @workgroup_size({})\nfn main(@builtin(local_invocation_index) l: u32, \
             @builtin(workgroup_id) g: vec3<u32>,\n  @builtin(num_workgroups) n: vec3<u32>) {{ run(l, g, n); }}",
            self.threads
        );
        out
    }
}
