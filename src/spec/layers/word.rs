//! One word of the model text behind a layer's name, and the words of what several layers have.
//!
//! Not responsible for the grammar around them (`spec::text`).

use crate::spec::activation::Activation;
use crate::spec::init::Init;
use crate::spec::read;
use crate::spec::window::{Padding, Pair};
use std::fmt::Write as _;
use std::str::FromStr;

/// A word: alone, or `key=value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// All of it.
    pub text: &'a str,
    /// Key and value.
    pub pair: Option<(&'a str, &'a str)>,
}

impl<'a> Word<'a> {
    /// Of this text.
    pub fn new(text: &'a str) -> Self {
        Word { text, pair: text.split_once('=') }
    }

    /// Key and value; a word alone has no key.
    pub fn keyed(self) -> (&'a str, &'a str) {
        self.pair.unwrap_or(("", self.text))
    }

    /// The value of a layer's one setting, said alone or under its key.
    pub fn value(self, key: &str) -> Option<&'a str> {
        let (k, v) = self.keyed();
        (self.pair.is_none() || k == key).then_some(v)
    }

    /// The same, read.
    pub fn parsed<T: FromStr>(self, key: &str) -> Option<T> {
        self.value(key)?.parse().ok()
    }
}

/// `5x5`.
pub fn both(p: Pair) -> String {
    format!("{}x{}", p.0[0], p.0[1])
}

/// `2` where both are the same.
pub fn short(p: Pair) -> String {
    if p.0[0] == p.0[1] { p.0[0].to_string() } else { both(p) }
}

/// `5` or `5x3`.
pub fn pair(w: &str) -> Option<Pair> {
    match w.split_once(['x', '×']) {
        Some((h, w)) => Some(Pair([h.parse().ok()?, w.parse().ok()?])),
        None => w.parse().ok().map(Pair::square),
    }
}

/// `valid`, `same` or a number.
pub fn padding(w: &str) -> Option<Padding> {
    match w {
        "valid" => Some(Padding::Valid),
        "same" => Some(Padding::Same),
        n => n.parse().ok().map(Padding::Of),
    }
}

/// `valid` or `same`: a number alone is something else.
pub fn named_padding(w: &str) -> Option<Padding> {
    padding(w).filter(|p| !matches!(p, Padding::Of(_)))
}

/// Writes a padding, unless there is none.
pub fn write_padding(s: &mut String, p: Padding) {
    // Writing to a String cannot fail.
    match p {
        Padding::Valid => {}
        Padding::Same => s.push_str(" same"),
        Padding::Of(n) => _ = write!(s, " padding={n}"),
    }
}

/// Writes an activation, unless it is linear.
pub fn write_activation(s: &mut String, a: Activation) {
    if a != Activation::Linear {
        // Writing to a String cannot fail.
        _ = write!(s, " {}", a.name());
    }
}

/// Writes an initialiser that is not the default, as one word.
pub fn write_init(s: &mut String, init: &Init) {
    if *init == Init::default() {
        return;
    }
    let text = match serde_json::to_value(init) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(other) => other.to_string().replace(' ', ""),
        Err(_) => String::new(),
    };
    // Writing to a String cannot fail.
    _ = write!(s, " init={text}");
}

/// An initialiser as [`write_init`] writes it.
pub fn init(v: &str) -> Option<Init> {
    let value = serde_json::from_str(v).unwrap_or_else(|_| serde_json::Value::String(v.to_string()));
    read::from_value(&value, "").ok()
}
