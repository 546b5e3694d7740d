//! The few messages of ONNX's protobuf that a network needs, written field by field.
//!
//! Protobuf on the wire is field numbers, lengths and bytes, and we only write: a crate with the generated types of all of
//! ONNX would be larger than everything else in this room. Numbers are those of onnx.proto3, `onnx.checker` reads what comes.

/// A message under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Message(pub Vec<u8>);

impl Message {
    fn varint(&mut self, mut x: u64) {
        while x >= 0x80 {
            self.0.push(x as u8 | 0x80);
            x >>= 7;
        }
        self.0.push(x as u8);
    }

    /// A whole number.
    pub fn int(mut self, field: u64, x: i64) -> Self {
        self.varint(field << 3);
        self.varint(x as u64);
        self
    }

    /// A number of 32 bits.
    pub fn float(mut self, field: u64, x: f32) -> Self {
        self.varint(field << 3 | 5);
        self.0.extend(x.to_le_bytes());
        self
    }

    /// Bytes.
    pub fn bytes(mut self, field: u64, x: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(x.len() as u64);
        self.0.extend(x);
        self
    }

    /// A text.
    pub fn text(self, field: u64, x: &str) -> Self {
        self.bytes(field, x.as_bytes())
    }

    /// A message inside.
    pub fn inside(self, field: u64, x: &Message) -> Self {
        self.bytes(field, &x.0)
    }
}

/// A setting of a node.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    /// One whole number.
    Int(i64),
    /// Several.
    Ints(Vec<i64>),
    /// One number.
    Float(f32),
    /// A word.
    Text(&'a str),
    /// Several.
    Texts(Vec<&'a str>),
}

/// `AttributeProto`.
pub(super) fn attribute(name: &str, value: &Value<'_>) -> Message {
    let m = Message::default().text(1, name);
    match value {
        Value::Float(x) => m.float(2, *x).int(20, 1),
        Value::Int(x) => m.int(3, *x).int(20, 2),
        Value::Text(x) => m.text(4, x).int(20, 3),
        Value::Ints(all) => all.iter().fold(m, |m, x| m.int(8, *x)).int(20, 7),
        Value::Texts(all) => all.iter().fold(m, |m, x| m.text(9, x)).int(20, 8),
    }
}

/// Kinds of numbers: `TensorProto.DataType`.
pub(super) const F32: i64 = 1;
/// See [`F32`].
pub(super) const I64: i64 = 7;

/// `TensorProto`.
pub(super) fn tensor(name: &str, shape: &[usize], kind: i64, bytes: &[u8]) -> Message {
    let m = shape.iter().fold(Message::default(), |m, d| m.int(1, *d as i64));
    m.int(2, kind).text(8, name).bytes(9, bytes)
}

/// `ValueInfoProto` of `(N, …shape)`.
pub(super) fn value(name: &str, kind: i64, shape: &[usize]) -> Message {
    let dim = |d: &usize| Message::default().int(1, *d as i64);
    let rows = Message::default().inside(1, &Message::default().text(2, "N"));
    let shape = shape.iter().fold(rows, |m, d| m.inside(1, &dim(d)));
    let tensor = Message::default().int(1, kind).inside(2, &shape);
    Message::default().text(1, name).inside(2, &Message::default().inside(1, &tensor))
}
