//! What the recurrent layers share: settings, words, shape and fields.
//!
//! Not responsible for what a cell computes (`engine::ops::recurrent`).

use super::word::{self, Word};
use super::{Control, Field, Head, LayerRule, Setting};
use crate::spec::activation::Activation;
use crate::spec::init::Init;
use crate::spec::model::{LayerKind, UNITS_MAX, is_default};
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{LayerInfo, Site, count};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::marker::PhantomData;

/// Names of the parameters of the forward and of the reverse direction, PyTorch's without their `_l0`.
pub const NAMES: [[&str; 4]; 2] = [
    ["weight_ih", "weight_hh", "bias_ih", "bias_hh"],
    ["weight_ih_reverse", "weight_hh_reverse", "bias_ih_reverse", "bias_hh_reverse"],
];

/// The nonlinearity of a plain recurrent layer: those that PyTorch's `nn.RNN` has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RnnActivation {
    /// Bounded: the usual choice.
    #[default]
    Tanh,
    /// Unbounded: states may grow without end.
    Relu,
}

impl RnnActivation {
    /// Both.
    pub const ALL: [RnnActivation; 2] = [RnnActivation::Tanh, RnnActivation::Relu];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        Activation::from(self).name()
    }

    /// By its JSON name.
    pub fn from_name(name: &str) -> Option<Self> {
        RnnActivation::ALL.into_iter().find(|a| a.name() == name)
    }
}

impl From<RnnActivation> for Activation {
    fn from(a: RnnActivation) -> Self {
        match a {
            RnnActivation::Tanh => Activation::Tanh,
            RnnActivation::Relu => Activation::Relu,
        }
    }
}

/// Settings of `rnn`, `lstm` and `gru`, layers over a sequence `[T, C]` (PyTorch's `nn.RNN`, `nn.LSTM`, `nn.GRU` with one
/// layer; several in a row stack). Bias always; the first state is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recurrent {
    /// Size of the state; PyTorch's `hidden_size`, Keras's `units`.
    pub units: usize,
    /// Only `rnn`: its nonlinearity, `tanh` if left out; PyTorch's `nonlinearity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<RnnActivation>,
    /// Every step's state goes on, `[T, units]`; else only the last one, `[units]` (Keras's default; PyTorch gives both).
    #[serde(default, skip_serializing_if = "is_default")]
    pub return_sequences: bool,
    /// A second cell with parameters of its own reads from the end; the states stand side by side, `2·units`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bidirectional: bool,
    /// Truncated back-propagation in time: the gradient is cut every so many steps, counted from the first that the cell
    /// reads; the state goes on. Default: through all steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tbptt: Option<usize>,
    /// How weights start; default PyTorch's, all within ±1/√units (Keras: Glorot uniform, orthogonal and zero).
    #[serde(default, skip_serializing_if = "is_default")]
    pub init: Init,
    /// Only `lstm`: added to the first biases of the forget gate, so that a memory lasts from the start (Gers 2000;
    /// Jozefowicz 2015). Default 0 as in PyTorch (Keras: 1).
    #[serde(default, skip_serializing_if = "is_default")]
    pub forget_bias: f32,
}

/// Greatest size of a forget bias.
pub const FORGET_MAX: f32 = 10.0;
/// Most steps between two cuts of the gradient.
pub const TBPTT_MAX: usize = 1_000_000;

impl Recurrent {
    /// The settings that only say the size.
    pub fn of(units: usize) -> Self {
        Recurrent { units, ..Recurrent::default() }
    }

    /// Width of what goes out of each step.
    pub fn width(&self) -> usize {
        self.units.saturating_mul(if self.bidirectional { 2 } else { 1 })
    }
}

/// What tells the cells apart.
pub(crate) trait Cell {
    /// JSON name of the layer.
    const NAME: &'static str;
    /// Sums for each unit.
    const GATES: usize;
    /// The setting that only this cell has.
    const OWN: Option<&'static str> = None;

    /// What follows from the sums, one line each.
    fn formula(s: &Recurrent) -> Vec<String>;

    /// What the card says where it has no activation.
    fn note(_: &Recurrent) -> String {
        String::new()
    }
}

/// The rule of a layer with this cell.
pub(crate) struct Of<C>(PhantomData<C>);

impl<C: Cell> LayerRule for Of<C> {
    type Settings = Recurrent;

    fn starter() -> Recurrent {
        Recurrent::of(32)
    }

    fn unread() -> Recurrent {
        Recurrent::default()
    }

    fn whole(s: &mut Recurrent) -> bool {
        s.units != 0
    }

    fn write(s: &Recurrent, to: &mut String) {
        write(s, to);
    }

    fn read(s: &mut Recurrent, w: Word<'_>) -> Option<()> {
        read(s, w)
    }

    fn shape(s: &Recurrent, site: &mut Site<'_>, info: &mut LayerInfo) {
        shape::<C>(s, site, info);
    }

    fn keeps_tokens(s: &Recurrent) -> bool {
        s.return_sequences
    }

    fn note(s: &Recurrent) -> String {
        C::note(s)
    }

    fn head(s: &Recurrent, _: &LayerInfo) -> Head {
        Head::Field(Field::whole("units", s.units, 1, UNITS_MAX))
    }

    /// The sums that every cell begins with, in PyTorch's letters; `·` is the product number by number.
    fn formula(s: &Recurrent) -> Vec<String> {
        std::iter::once("p = W_ih x + b_ih, q = W_hh h + b_hh".into()).chain(C::formula(s)).collect()
    }

    fn fields(s: &Recurrent) -> Vec<Field> {
        fields::<C>(s)
    }

    fn set(s: &mut Recurrent, key: &str, to: Setting) -> bool {
        set(s, key, to)
    }
}

/// Writes the words.
fn write(r: &Recurrent, s: &mut String) {
    // Writing to a String cannot fail.
    _ = write!(s, " {}", r.units);
    r.activation.iter().for_each(|a| _ = write!(s, " {}", a.name()));
    for (word, _) in
        [("return_sequences", r.return_sequences), ("bidirectional", r.bidirectional)].iter().filter(|f| f.1)
    {
        _ = write!(s, " {word}");
    }
    r.tbptt.iter().for_each(|n| _ = write!(s, " tbptt={n}"));
    if r.forget_bias != 0.0 {
        _ = write!(s, " forget_bias={}", r.forget_bias);
    }
    word::write_init(s, &r.init);
}

/// Applies one word; a bare toggle is on.
fn read(r: &mut Recurrent, w: Word<'_>) -> Option<()> {
    match w.pair.unwrap_or((w.text, "true")) {
        ("return_sequences", v) => r.return_sequences = v.parse().ok()?,
        ("bidirectional", v) => r.bidirectional = v.parse().ok()?,
        ("units", v) => r.units = v.parse().ok()?,
        ("forget_bias", v) => r.forget_bias = v.parse().ok()?,
        ("tbptt", v) => r.tbptt = Some(v.parse().ok()?),
        ("activation", v) => r.activation = Some(RnnActivation::from_name(v)?),
        ("init", v) => r.init = word::init(v)?,
        (word, "true") if w.pair.is_none() => match word.parse() {
            Ok(units) => r.units = units,
            Err(_) => r.activation = Some(RnnActivation::from_name(word)?),
        },
        _ => return None,
    }
    Some(())
}

/// Shape, parameters and problems.
fn shape<C: Cell>(r: &Recurrent, site: &mut Site<'_>, info: &mut LayerInfo) {
    let unused = [("activation", r.activation.is_some()), ("forget_bias", r.forget_bias != 0.0)];
    for (field, _) in unused.into_iter().filter(|(field, said)| *said && C::OWN != Some(field)) {
        let p = Problem::new(format!("{}.{field}", info.path), Code::FieldNotUsed);
        site.walk.problems.push(p.arg("field", field).arg("choice", C::NAME));
    }
    let max = f64::from(FORGET_MAX);
    site.range(info, "forget_bias", f64::from(r.forget_bias), -max, max);
    site.range(info, "units", r.units as f64, 1.0, UNITS_MAX as f64);
    if let Some(n) = r.tbptt {
        site.range(info, "tbptt", n as f64, 1.0, TBPTT_MAX as f64);
    }
    let Some((steps, features)) = site.walk.sequence(C::NAME, info) else { return };
    let sums = C::GATES * r.units.min(UNITS_MAX);
    for names in NAMES.iter().take(if r.bidirectional { 2 } else { 1 }) {
        let shapes = [vec![sums, features], vec![sums, r.units], vec![sums], vec![sums]];
        names.iter().zip(shapes).for_each(|(name, shape)| info.param(name, &shape));
    }
    info.output = if r.return_sequences { vec![steps, r.width()] } else { vec![r.width()] };
    site.walk.last_state = site.walk.top(&info.path).filter(|_| !r.return_sequences).or(site.walk.last_state);
    // States, gates and one more value a unit and step.
    site.holds(count(&[steps, r.width(), C::GATES + 2]));
}

/// The fields of the opened card, with those that only this cell has.
fn fields<C: Cell>(r: &Recurrent) -> Vec<Field> {
    let mut fields = Vec::new();
    if C::OWN == Some("activation") {
        let names = RnnActivation::ALL.map(RnnActivation::name).to_vec();
        fields.push(Field::choice("activation", names, r.activation.unwrap_or_default().name()));
    }
    fields.push(Field::new("sequences", Control::Check(r.return_sequences)));
    fields.push(Field::new("bidirectional", Control::Check(r.bidirectional)));
    fields.push(Field::whole("tbptt", r.tbptt.unwrap_or(0), 0, TBPTT_MAX));
    if C::OWN == Some("forget_bias") {
        fields.push(Field::real("forget-bias", r.forget_bias, -FORGET_MAX, FORGET_MAX));
    }
    fields.push(Field::new("init", Control::Init(r.init)));
    fields
}

/// Puts one of them.
fn set(r: &mut Recurrent, key: &str, to: Setting) -> bool {
    match (key, to) {
        ("units", Setting::Whole(n)) => r.units = n,
        ("activation", Setting::Name(name)) => match RnnActivation::from_name(&name) {
            Some(a) => r.activation = Some(a),
            None => return false,
        },
        ("sequences", Setting::On(on)) => r.return_sequences = on,
        ("bidirectional", Setting::On(on)) => r.bidirectional = on,
        ("tbptt", Setting::Whole(n)) => r.tbptt = Some(n).filter(|n| *n > 0),
        ("forget-bias", Setting::Real(x)) => r.forget_bias = x,
        ("init", Setting::Init(init)) => r.init = init,
        _ => return false,
    }
    true
}

impl LayerKind {
    /// The settings, of a recurrent layer.
    pub fn recurrent(&self) -> Option<&Recurrent> {
        match self {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => Some(r),
            _ => None,
        }
    }

    /// The settings, of a recurrent layer, to change.
    pub fn recurrent_mut(&mut self) -> Option<&mut Recurrent> {
        match self {
            LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => Some(r),
            _ => None,
        }
    }
}
