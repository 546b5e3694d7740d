//! The fields of a layer's card as data: what there is to set, its value now, and what it may be.
//!
//! The page draws them and knows their words by `label`. Not responsible for words (`i18n::layer_fields`).

use crate::spec::activation::Activation;
use crate::spec::init::Init;
use crate::spec::window::{Padding, Pair};

/// A new value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// A whole number.
    Whole(usize),
    /// Any number.
    Real(f32),
    /// On or off.
    On(bool),
    /// One of a few names.
    Name(String),
    /// Height and width.
    Pair(Pair),
    /// What is put around an image.
    Padding(Padding),
    /// How weights start.
    Init(Init),
    /// A shape.
    Shape(Vec<usize>),
    /// A nonlinearity.
    Activation(Activation),
}

/// What a field is, with its value now.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// A whole number from `min` to `max`.
    Whole {
        /// Now.
        value: usize,
        /// Least.
        min: usize,
        /// Greatest.
        max: usize,
    },
    /// A number from `min` to `max`; as a slider too where it is a share.
    Real {
        /// Now.
        value: f32,
        /// Least.
        min: f32,
        /// Greatest.
        max: f32,
        /// Whether there is a slider.
        slider: bool,
    },
    /// On or off.
    Check(bool),
    /// One of a few names.
    Choice {
        /// All of them.
        names: Vec<&'static str>,
        /// The one in force.
        chosen: &'static str,
    },
    /// Height and width.
    Pair(Pair),
    /// What is put around an image.
    Padding(Padding),
    /// How weights start.
    Init(Init),
    /// A shape.
    Shape(Vec<usize>),
}

impl Control {
    /// The value now, as it would be set.
    pub fn setting(&self) -> Setting {
        match self {
            Control::Whole { value, .. } => Setting::Whole(*value),
            Control::Real { value, .. } => Setting::Real(*value),
            Control::Check(on) => Setting::On(*on),
            Control::Choice { chosen, .. } => Setting::Name((*chosen).to_string()),
            Control::Pair(p) => Setting::Pair(*p),
            Control::Padding(p) => Setting::Padding(*p),
            Control::Init(i) => Setting::Init(*i),
            Control::Shape(s) => Setting::Shape(s.clone()),
        }
    }
}

/// One field of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What [`super::LayerKind::with`] calls it, and its test id.
    pub key: &'static str,
    /// What the words call it.
    pub label: &'static str,
    /// What it is.
    pub control: Control,
}

impl Field {
    /// A field whose words go by its key.
    pub fn new(key: &'static str, control: Control) -> Self {
        Field { key, label: key, control }
    }

    /// With other words.
    pub fn labelled(self, label: &'static str) -> Self {
        Field { label, ..self }
    }

    /// A whole number.
    pub fn whole(key: &'static str, value: usize, min: usize, max: usize) -> Self {
        Field::new(key, Control::Whole { value, min, max })
    }

    /// A number.
    pub fn real(key: &'static str, value: f32, min: f32, max: f32) -> Self {
        Field::new(key, Control::Real { value, min, max, slider: false })
    }

    /// A share of one, with a slider.
    pub fn share(key: &'static str, value: f32, max: f32) -> Self {
        Field::new(key, Control::Real { value, min: 0.0, max, slider: true })
    }

    /// A choice.
    pub fn choice(key: &'static str, names: Vec<&'static str>, chosen: &'static str) -> Self {
        Field::new(key, Control::Choice { names, chosen })
    }
}

/// What a card's header shows of the layer's size.
#[derive(Clone, Debug, PartialEq)]
pub enum Head {
    /// Nothing.
    Nothing,
    /// A fact.
    Fact(String),
    /// A number to set.
    Field(Field),
}
