//! A graph of ONNX while it is written: nodes, constants, names.

use super::proto::{F32, I64, Message, Value, attribute, tensor};

/// See the module.
#[derive(Default)]
pub(super) struct Graph {
    nodes: Vec<Message>,
    constants: Vec<Message>,
    count: usize,
}

impl Graph {
    fn name(&mut self, of: &str) -> String {
        self.count += 1;
        format!("{}_{}", of.to_lowercase(), self.count)
    }

    /// A node with so many outputs; their names.
    pub fn nodes(&mut self, op: &str, ins: &[&str], settings: &[(&str, Value<'_>)], outputs: usize) -> Vec<String> {
        let name = self.name(op);
        let outs: Vec<String> =
            (0..outputs).map(|k| if k == 0 { name.clone() } else { format!("{name}_{k}") }).collect();
        let m = ins.iter().fold(Message::default(), |m, x| m.text(1, x));
        let m = outs.iter().fold(m, |m, y| m.text(2, y)).text(3, &name).text(4, op);
        self.nodes.push(settings.iter().fold(m, |m, (name, v)| m.inside(5, &attribute(name, v))));
        outs
    }

    /// A node with settings; its output's name.
    pub fn node(&mut self, op: &str, ins: &[&str], settings: &[(&str, Value<'_>)]) -> String {
        self.nodes(op, ins, settings, 1).swap_remove(0)
    }

    /// A node without settings.
    pub fn op(&mut self, op: &str, ins: &[&str]) -> String {
        self.node(op, ins, &[])
    }

    /// Named numbers.
    pub fn named(&mut self, name: &str, shape: &[usize], data: &[f32]) -> String {
        let bytes: Vec<u8> = data.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.constants.push(tensor(name, shape, F32, &bytes));
        name.to_string()
    }

    /// Numbers.
    pub fn floats(&mut self, shape: &[usize], data: &[f32]) -> String {
        let name = self.name("constant");
        self.named(&name, shape, data)
    }

    /// One number.
    pub fn one(&mut self, x: f32) -> String {
        self.floats(&[], &[x])
    }

    /// Whole numbers.
    pub fn ints(&mut self, data: &[i64]) -> String {
        let name = self.name("constant");
        let bytes: Vec<u8> = data.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.constants.push(tensor(&name, &[data.len()], I64, &bytes));
        name
    }

    /// The same values in another shape; −1 is what is left.
    pub fn reshape(&mut self, x: &str, shape: &[i64]) -> String {
        let shape = self.ints(shape);
        self.op("Reshape", &[x, &shape])
    }

    /// Axes in another order.
    pub fn transpose(&mut self, x: &str, order: &[i64]) -> String {
        self.node("Transpose", &[x], &[("perm", Value::Ints(order.to_vec()))])
    }

    /// Places `from..to` of an axis.
    pub fn slice(&mut self, x: &str, axis: i64, from: usize, to: usize) -> String {
        let [from, to, axis] = [from as i64, to as i64, axis].map(|n| self.ints(&[n]));
        self.op("Slice", &[x, &from, &to, &axis])
    }

    /// `GraphProto`, with `output` under that name.
    pub fn finish(mut self, last: &str, input: &Message, output: &Message) -> Message {
        self.nodes.push(Message::default().text(1, last).text(2, "output").text(3, "output").text(4, "Identity"));
        let m = self.nodes.iter().fold(Message::default(), |m, n| m.inside(1, n)).text(2, "gradarium");
        let m = self.constants.iter().fold(m, |m, t| m.inside(5, t));
        m.inside(11, input).inside(12, output)
    }
}
