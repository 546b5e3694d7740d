//! The messages of an ONNX file that a network is read from: nodes with their settings, named arrays, the input.
//!
//! Not responsible for what they mean (`net`). Everything that gets memory of its own is counted.

use super::half::{self, BFLOAT16, FLOAT16};
use super::wire::{Broken, Fields, Wire};
use crate::spec::{Code, Problem};
use std::rc::Rc;

/// Most nodes, names, settings and whole numbers in all: far more than the largest network that the page trains.
const ENTRIES_MAX: usize = 200_000;
/// Most axes of an array.
const AXES_MAX: usize = 8;

/// A network in a file.
#[derive(Default)]
pub(super) struct File<'a> {
    /// In the order in which they compute.
    pub nodes: Vec<Node<'a>>,
    /// Named arrays.
    pub arrays: Vec<(&'a str, Array)>,
    /// Names of inputs with their sizes; a size that is left open is 0.
    pub inputs: Vec<(&'a str, Vec<usize>)>,
    /// Names of outputs.
    pub outputs: Vec<&'a str>,
    /// The program that wrote it.
    pub producer: &'a str,
    /// How many arrays had numbers of sixteen bits.
    pub halves: usize,
}

/// One operation.
#[derive(Default)]
pub(super) struct Node<'a> {
    pub op: &'a str,
    pub domain: &'a str,
    pub ins: Vec<&'a str>,
    pub outs: Vec<&'a str>,
    settings: Vec<Setting<'a>>,
}

#[derive(Default)]
struct Setting<'a> {
    name: &'a str,
    float: f32,
    int: i64,
    text: &'a [u8],
    ints: Vec<i64>,
    texts: Vec<&'a [u8]>,
    array: Option<Array>,
}

/// Numbers with their shape.
#[derive(Clone, Debug)]
pub(super) struct Array {
    pub shape: Vec<usize>,
    pub data: Data,
}

/// The numbers.
#[derive(Clone, Debug)]
pub(super) enum Data {
    Floats(Rc<Vec<f32>>),
    Ints(Rc<Vec<i64>>),
    /// Of a kind that no weight here has: its number in ONNX.
    Other(i64),
}

impl File<'_> {
    /// How many numbers its arrays hold.
    pub fn numbers(&self) -> usize {
        self.arrays.iter().filter_map(|(_, a)| a.floats()).map(|f| f.len()).sum()
    }
}

impl Node<'_> {
    fn setting(&self, name: &str) -> Option<&Setting<'_>> {
        self.settings.iter().find(|s| s.name == name)
    }

    pub fn int(&self, name: &str, or: i64) -> i64 {
        self.setting(name).map_or(or, |s| s.int)
    }

    pub fn float(&self, name: &str, or: f32) -> f32 {
        self.setting(name).map_or(or, |s| s.float)
    }

    pub fn text(&self, name: &str) -> &str {
        self.setting(name).and_then(|s| std::str::from_utf8(s.text).ok()).unwrap_or("")
    }

    pub fn ints(&self, name: &str) -> Option<&[i64]> {
        self.setting(name).map(|s| s.ints.as_slice())
    }

    pub fn texts(&self, name: &str) -> Vec<&str> {
        let all = self.setting(name).map(|s| s.texts.as_slice()).unwrap_or_default();
        all.iter().map(|t| std::str::from_utf8(t).unwrap_or("")).collect()
    }

    /// The array of a `Constant`.
    pub fn constant(&self) -> Option<Array> {
        let one = |data| Array { shape: Vec::new(), data };
        let value = self.setting("value").and_then(|s| s.array.clone());
        let int = self.setting("value_int").map(|s| one(Data::Ints(Rc::new(vec![s.int]))));
        let float = self.setting("value_float").map(|s| one(Data::Floats(Rc::new(vec![s.float]))));
        let ints = self
            .setting("value_ints")
            .map(|s| Array { shape: vec![s.ints.len()], data: Data::Ints(Rc::new(s.ints.clone())) });
        value.or(int).or(float).or(ints)
    }

    /// Name of input `i`; empty where it is left out.
    pub fn input(&self, i: usize) -> &str {
        self.ins.get(i).copied().unwrap_or("")
    }
}

impl Array {
    pub fn floats(&self) -> Option<&Rc<Vec<f32>>> {
        if let Data::Floats(f) = &self.data { Some(f) } else { None }
    }

    pub fn ints(&self) -> Option<&[i64]> {
        if let Data::Ints(i) = &self.data { Some(i) } else { None }
    }

    /// The one number of an array with one.
    pub fn one(&self) -> Option<f32> {
        let [x] = self.floats()?[..] else { return None };
        Some(x)
    }
}

/// A reader and what it may still take.
struct Reader {
    left: usize,
    halves: usize,
}

/// The network of a file.
pub(super) fn file(bytes: &[u8]) -> Result<File<'_>, Problem> {
    let broken = || Problem::new("model", Code::OnnxBroken);
    let mut file = File::default();
    let mut r = Reader { left: ENTRIES_MAX, halves: 0 };
    let (mut graph, mut version) = (None, None);
    for field in Fields(bytes) {
        match field.map_err(|_| broken())? {
            (1, w) => version = w.int().ok(),
            (2, w) => file.producer = w.text().unwrap_or(""),
            (7, w) => graph = w.bytes().ok(),
            _ => {}
        }
    }
    let (Some(graph), Some(_)) = (graph, version) else { return Err(broken()) };
    let read = r.graph(graph, &mut file);
    file.halves = r.halves;
    match read {
        Ok(None) if !file.nodes.is_empty() && !file.outputs.is_empty() => Ok(file),
        Ok(Some(name)) => Err(Problem::new("model", Code::OnnxOutside).arg("name", name)),
        Err(Broken) if r.left == 0 => Err(Problem::new("model", Code::OnnxTooMuch).arg("max", ENTRIES_MAX)),
        Ok(None) | Err(Broken) => Err(broken()),
    }
}

impl Reader {
    /// Counts what is about to be kept.
    fn take(&mut self) -> Result<(), Broken> {
        self.left = self.left.checked_sub(1).ok_or(Broken)?;
        if self.left == 0 { Err(Broken) } else { Ok(()) }
    }

    /// The graph; the name of an array whose numbers lie outside.
    fn graph<'a>(&mut self, bytes: &'a [u8], file: &mut File<'a>) -> Result<Option<&'a str>, Broken> {
        for field in Fields(bytes) {
            match field? {
                (1, w) => {
                    let node = self.node(w.bytes()?)?;
                    file.nodes.push(node);
                }
                (5, w) => {
                    let (name, array, outside) = self.array(w.bytes()?)?;
                    if outside {
                        return Ok(Some(name));
                    }
                    file.arrays.push((name, array));
                }
                (11, w) => {
                    let input = self.value(w.bytes()?)?;
                    file.inputs.push(input);
                }
                (12, w) => {
                    let (name, _) = self.value(w.bytes()?)?;
                    file.outputs.push(name);
                }
                _ => {}
            }
        }
        Ok(None)
    }

    fn node<'a>(&mut self, bytes: &'a [u8]) -> Result<Node<'a>, Broken> {
        self.take()?;
        let mut node = Node::default();
        for field in Fields(bytes) {
            match field? {
                (1, w) => {
                    self.take()?;
                    node.ins.push(w.text()?);
                }
                (2, w) => {
                    self.take()?;
                    node.outs.push(w.text()?);
                }
                (4, w) => node.op = w.text()?,
                (5, w) => {
                    let setting = self.setting(w.bytes()?)?;
                    node.settings.push(setting);
                }
                (7, w) => node.domain = w.text()?,
                _ => {}
            }
        }
        Ok(node)
    }

    fn setting<'a>(&mut self, bytes: &'a [u8]) -> Result<Setting<'a>, Broken> {
        self.take()?;
        let mut s = Setting::default();
        for field in Fields(bytes) {
            match field? {
                (1, w) => s.name = w.text()?,
                (2, w) => s.float = w.float()?,
                (3, w) => s.int = w.int()?,
                (4, w) => s.text = w.bytes()?,
                (5, w) => s.array = Some(self.array(w.bytes()?)?.1),
                (8, w) => self.ints(w, &mut s.ints)?,
                (9, w) => {
                    self.take()?;
                    s.texts.push(w.bytes()?);
                }
                _ => {}
            }
        }
        Ok(s)
    }

    fn ints(&mut self, w: Wire<'_>, to: &mut Vec<i64>) -> Result<(), Broken> {
        w.ints(|n| {
            self.take()?;
            to.push(n);
            Ok(())
        })
    }

    /// `ValueInfoProto`: the name and the sizes.
    fn value<'a>(&mut self, bytes: &'a [u8]) -> Result<(&'a str, Vec<usize>), Broken> {
        self.take()?;
        let (mut name, mut sizes) = ("", Vec::new());
        for field in Fields(bytes) {
            match field? {
                (1, w) => name = w.text()?,
                (2, w) => {
                    // Type, tensor, shape, one message inside the other.
                    let Some(tensor) = inside(w.bytes()?, 1)? else { continue };
                    let Some(shape) = inside(tensor, 2)? else { continue };
                    for dim in Fields(shape) {
                        let (1, dim) = dim? else { continue };
                        self.take()?;
                        let size = Fields(dim.bytes()?).find_map(|f| f.ok().filter(|f| f.0 == 1));
                        let size = size.and_then(|(_, w)| usize::try_from(w.int().ok()?).ok());
                        sizes.push(size.unwrap_or(0));
                    }
                }
                _ => {}
            }
        }
        Ok((name, sizes))
    }

    /// `TensorProto`: its name, its numbers, and whether these lie outside.
    fn array<'a>(&mut self, bytes: &'a [u8]) -> Result<(&'a str, Array, bool), Broken> {
        self.take()?;
        let (mut name, mut kind, mut outside) = ("", 0, false);
        let (mut shape, mut raw) = (Vec::new(), None);
        let (mut floats, mut ints) = (Vec::new(), Vec::new());
        for field in Fields(bytes) {
            match field? {
                (1, w) => w.ints(|n| {
                    shape.push(usize::try_from(n).map_err(|_| Broken)?);
                    if shape.len() > AXES_MAX { Err(Broken) } else { Ok(()) }
                })?,
                (2, w) => kind = w.int()?,
                (4, Wire::Four(b)) => floats.push(f32::from_le_bytes(b)),
                (4, w) => floats.extend(w.bytes()?.chunks_exact(4).map(four)),
                (5 | 7, w) => self.ints(w, &mut ints)?,
                (8, w) => name = w.text()?,
                (9, w) => raw = Some(w.bytes()?),
                (10, w) => floats.extend(w.bytes()?.chunks_exact(8).map(|b| eight(b).0 as f32)),
                (14, w) => outside = w.int()? == 1,
                _ => {}
            }
        }
        if outside {
            return Ok((name, Array { shape, data: Data::Other(kind) }, true));
        }
        let data = match (kind, raw) {
            (FLOAT16 | BFLOAT16, raw) => {
                self.halves += 1;
                Data::Floats(Rc::new(half::widened(kind, raw, &ints)))
            }
            (1, Some(raw)) => Data::Floats(Rc::new(raw.chunks_exact(4).map(four).collect())),
            (11, Some(raw)) => Data::Floats(Rc::new(raw.chunks_exact(8).map(|b| eight(b).0 as f32).collect())),
            (1 | 11, None) => Data::Floats(Rc::new(floats)),
            (6, Some(raw)) => {
                self.many(raw.len() / 4)?;
                let whole = |b: &[u8]| i64::from(i32::from_le_bytes([b[0], b[1], b[2], b[3]]));
                Data::Ints(Rc::new(raw.chunks_exact(4).map(whole).collect()))
            }
            (7, Some(raw)) => {
                self.many(raw.len() / 8)?;
                Data::Ints(Rc::new(raw.chunks_exact(8).map(|b| eight(b).1).collect()))
            }
            (6 | 7, None) => Data::Ints(Rc::new(ints)),
            _ => return Ok((name, Array { shape, data: Data::Other(kind) }, false)),
        };
        let len = match &data {
            Data::Floats(f) => f.len(),
            Data::Ints(i) => i.len(),
            Data::Other(_) => 0,
        };
        let whole = shape.iter().try_fold(1usize, |n, d| n.checked_mul(*d)) == Some(len);
        if whole { Ok((name, Array { shape, data }, false)) } else { Err(Broken) }
    }

    fn many(&mut self, n: usize) -> Result<(), Broken> {
        match self.left.checked_sub(n) {
            Some(left) if left > 0 => self.left = left,
            _ => {
                self.left = 0;
                return Err(Broken);
            }
        }
        Ok(())
    }
}

/// The message in a field of a message.
fn inside(bytes: &[u8], field: u64) -> Result<Option<&[u8]>, Broken> {
    for f in Fields(bytes) {
        let (number, w) = f?;
        if number == field {
            return w.bytes().map(Some);
        }
    }
    Ok(None)
}

/// Of chunks of four bytes.
fn four(b: &[u8]) -> f32 {
    f32::from_le_bytes([b[0], b[1], b[2], b[3]])
}

/// Of chunks of eight bytes, as either kind of number.
fn eight(b: &[u8]) -> (f64, i64) {
    let b = [b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]];
    (f64::from_le_bytes(b), i64::from_le_bytes(b))
}
