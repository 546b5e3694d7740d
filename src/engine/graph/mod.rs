//! The network as data: named values, ops between them, and the plan that an executor runs.
//!
//! `Graph` is built by `nn`, extended with backward ops by [`autodiff`], laid out in flat arenas by [`plan`].
//! Not responsible for computing (`exec`, `backend`).

pub mod autodiff;
pub mod layout;
pub mod plan;
pub mod value;

pub use layout::{Group, GroupId, Layout};
pub use plan::{Direction, Gradients, Instr, Loc, Plan, Slot, Space};
pub use value::{ParamInit, Role, Value, ValueId};

use super::ops::{Op, OpRule};

/// Names of values begin so where a part runs a second time in one graph: it computes anew, with the same parameters.
pub const AGAIN: &str = "fake.";
/// And so where it runs a third time.
pub const THIRD: &str = "between.";

/// One op applied to values.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What is computed.
    pub op: Op,
    /// Its inputs; the op's file says in which order.
    pub ins: Vec<ValueId>,
    /// Its outputs: the result first, then what backward needs.
    pub outs: Vec<ValueId>,
}

/// Values and the ops between them, in an order in which they can run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// All values, in the order they were made.
    pub values: Vec<Value>,
    /// All ops.
    pub nodes: Vec<Node>,
    /// What the network answers, `(B, …)`.
    pub output: Option<ValueId>,
    /// The mean loss of the batch, a single number.
    pub loss: Option<ValueId>,
}

impl Graph {
    /// Adds a value.
    pub fn value(&mut self, value: Value) -> ValueId {
        self.values.push(value);
        ValueId(self.values.len() - 1)
    }

    /// Adds data that is written from outside before each run, `(B, dims…)`.
    pub fn input(&mut self, name: &str, dims: &[usize], role: Role) -> ValueId {
        self.value(Value { name: name.into(), dims: dims.into(), batched: true, role, alias: None })
    }

    /// The value that a part run once more shares with its first run, [`AGAIN`] and [`THIRD`].
    fn shared(&self, name: &str) -> Option<ValueId> {
        self.find(name.strip_prefix(AGAIN).or_else(|| name.strip_prefix(THIRD))?)
    }

    /// Adds a learned parameter; of a part that is run once more, it is the one of the first run.
    pub fn param(&mut self, name: String, dims: &[usize], init: ParamInit, decay: bool) -> ValueId {
        if let Some(first) = self.shared(&name) {
            return first;
        }
        let role = Role::Param { init, decay, frozen: false };
        self.value(Value { name, dims: dims.into(), batched: false, role, alias: None })
    }

    /// Freezes every parameter among the values from number `first` on.
    pub fn freeze(&mut self, first: usize) {
        for v in &mut self.values[first..] {
            if let Role::Param { frozen, .. } = &mut v.role {
                *frozen = true;
            }
        }
    }

    /// Adds a number that is kept between steps but not learned, such as a running mean, starting at `fill`.
    pub fn buffer(&mut self, name: String, dims: &[usize], fill: f32) -> ValueId {
        if let Some(first) = self.shared(&name) {
            return first;
        }
        self.value(Value { name, dims: dims.into(), batched: false, role: Role::Buffer { fill }, alias: None })
    }

    /// Another name (and shape) for the numbers of `of`: reshape and flatten compute nothing.
    pub fn alias(&mut self, name: String, of: ValueId, dims: &[usize]) -> ValueId {
        let root = self.root(of);
        let batched = self[root].batched;
        self.value(Value { name, dims: dims.into(), batched, role: Role::Activation, alias: Some(root) })
    }

    /// Adds an op; its result is named `name`, what it saves for backward `name.<what>`. Returns the result.
    pub fn op(&mut self, op: Op, ins: &[ValueId], name: &str) -> ValueId {
        let shapes: Vec<(&[usize], bool)> = ins.iter().map(|v| (self[*v].dims.as_slice(), self[*v].batched)).collect();
        let outs: Vec<ValueId> = op
            .outputs(&shapes)
            .into_iter()
            .map(|o| {
                let full = if o.suffix.is_empty() { name.to_string() } else { format!("{name}.{}", o.suffix) };
                self.value(Value { name: full, dims: o.dims, batched: o.batched, role: o.role, alias: None })
            })
            .collect();
        let first = outs[0];
        self.nodes.push(Node { op, ins: ins.to_vec(), outs });
        first
    }

    /// The value whose storage `v` uses.
    pub fn root(&self, v: ValueId) -> ValueId {
        self[v].alias.unwrap_or(v)
    }

    /// Finds a value by name; where several have it (an alias), the latest.
    pub fn find(&self, name: &str) -> Option<ValueId> {
        self.values.iter().rposition(|v| v.name == name).map(ValueId)
    }

    /// Single numbers that the loss is made of, in graph order.
    pub fn terms(&self) -> impl Iterator<Item = ValueId> {
        let losses = self.values.iter().enumerate().filter(|(_, v)| v.role == Role::Loss);
        losses.map(|(i, _)| ValueId(i)).filter(|v| Some(*v) != self.loss)
    }

    /// Parameters in graph order.
    pub fn params(&self) -> impl Iterator<Item = (ValueId, &Value)> {
        self.values.iter().enumerate().filter(|(_, v)| v.role.is_param()).map(|(i, v)| (ValueId(i), v))
    }
}

impl std::ops::Index<ValueId> for Graph {
    type Output = Value;
    fn index(&self, v: ValueId) -> &Value {
        &self.values[v.0]
    }
}
