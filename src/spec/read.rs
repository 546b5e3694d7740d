//! JSON into spec types, with findings a learner can use: the place, what is there, what is allowed.
//!
//! serde_json's own errors are English sentences; this deserializer over [`Value`] keeps them as facts ([`Problem`]).
//! Not responsible for ranges and shapes: those are checked after reading.

use super::problem::{Code, Problem};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt;

/// A finding while reading; its path grows from the inside out.
#[derive(Clone, Debug)]
pub struct ReadError(pub Box<Problem>);

/// Stands for a [`ReadError`] that travels through `de::Error::custom`, which takes nothing but text.
const MARK: &str = "\u{1}";

thread_local! {
    /// The finding that [`MARK`] stands for; serde asks for the text where it makes the error, before any other is made.
    static CARRIED: RefCell<Option<Box<Problem>>> = const { RefCell::new(None) };
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        CARRIED.with(|c| *c.borrow_mut() = Some(self.0.clone()));
        f.write_str(MARK)
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    fn of(p: Problem) -> Self {
        ReadError(Box::new(p))
    }

    /// With a path that starts with `key`.
    pub fn under(mut self, key: &str) -> Self {
        self.0.path = join(key, &self.0.path);
        self
    }
}

/// `a` + `b` as a JSON path: `model.layers` + `[3]` + `units`.
pub fn join(a: &str, b: &str) -> String {
    match (a.is_empty(), b.is_empty()) {
        (true, _) => b.to_string(),
        (_, true) => a.to_string(),
        (false, false) if b.starts_with('[') => format!("{a}{b}"),
        (false, false) => format!("{a}.{b}"),
    }
}

/// Simplifies serde's words for what it expected to a closed little vocabulary that `i18n` can translate.
fn expected_word(exp: &dyn de::Expected) -> &'static str {
    let e = exp.to_string();
    let has = |words: &[&str]| words.iter().any(|w| e.contains(w));
    if has(&["usize", "u32", "u64", "u8", "i32", "i64"]) {
        "integer"
    } else if has(&["f32", "f64"]) {
        "number"
    } else if has(&["bool"]) {
        "true_false"
    } else if has(&["sequence", "array", "tuple", "Vec"]) {
        "list"
    } else if has(&["string", "str", "variant identifier"]) {
        "text"
    } else {
        "object"
    }
}

fn allowed(names: &[&str]) -> String {
    names.join(", ")
}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(msg: T) -> Self {
        let text = msg.to_string();
        if let Some(p) = CARRIED.with(|c| c.borrow_mut().take()).filter(|_| text == MARK) {
            return ReadError(p);
        }
        ReadError::of(Problem::new("", Code::WrongType).arg("got", text).arg("expected", "object"))
    }

    fn invalid_type(unexp: de::Unexpected<'_>, exp: &dyn de::Expected) -> Self {
        let got = match unexp {
            de::Unexpected::Bool(b) => b.to_string(),
            de::Unexpected::Unsigned(n) => n.to_string(),
            de::Unexpected::Signed(n) => n.to_string(),
            de::Unexpected::Float(x) => x.to_string(),
            de::Unexpected::Str(s) => format!("“{s}”"),
            de::Unexpected::Unit => "null".into(),
            de::Unexpected::Seq => "[…]".into(),
            de::Unexpected::Map => "{…}".into(),
            other => other.to_string(),
        };
        ReadError::of(Problem::new("", Code::WrongType).arg("got", got).arg("expected", expected_word(exp)))
    }

    fn invalid_value(unexp: de::Unexpected<'_>, exp: &dyn de::Expected) -> Self {
        let whole = match unexp {
            de::Unexpected::Unsigned(n) => n.to_string(),
            de::Unexpected::Signed(n) => n.to_string(),
            other => return Self::invalid_type(other, exp),
        };
        // A whole number that does not fit: all of ours are counts, none of them below 0.
        let problem = Problem::new("", Code::OutOfRange).arg("got", whole);
        ReadError::of(problem.arg("min", 0).arg("max", u32::MAX))
    }

    fn invalid_length(len: usize, exp: &dyn de::Expected) -> Self {
        ReadError::of(Problem::new("", Code::WrongLength).arg("got", len).arg("expected", exp))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        ReadError::of(Problem::new("", Code::UnknownName).arg("got", variant).arg("allowed", allowed(expected)))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        ReadError::of(Problem::new(field, Code::UnknownField).arg("field", field).arg("allowed", allowed(expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        ReadError::of(Problem::new(field, Code::MissingField).arg("field", field))
    }
}

/// The value that a JSON text stands for.
pub fn json(text: &str) -> Result<Value, Problem> {
    serde_json::from_str(text)
        .map_err(|e| Problem::new("", Code::NotJson).arg("line", e.line()).arg("column", e.column()))
}

/// Reads `value` as a `T`; findings carry paths that start with `path`.
pub fn from_value<T: DeserializeOwned>(value: &Value, path: &str) -> Result<T, ReadError> {
    T::deserialize(De(value)).map_err(|e| e.under(path))
}

/// Reads a JSON text as a `T`. The page reads everything with this one: a second deserializer would be written out for every
/// type again.
pub fn text<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    from_value(&json(text)?, "").map_err(|e| *e.0)
}

struct De<'a>(&'a Value);

struct Items<'a>(std::slice::Iter<'a, Value>, usize);
struct Fields<'a>(serde_json::map::Iter<'a>, Option<(&'a str, &'a Value)>);

impl<'de> Deserializer<'de> for De<'_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, v: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Value::Null => v.visit_unit(),
            Value::Bool(b) => v.visit_bool(*b),
            Value::Number(n) => match (n.as_u64(), n.as_i64(), n.as_f64()) {
                (Some(u), _, _) => v.visit_u64(u),
                (None, Some(i), _) => v.visit_i64(i),
                (None, None, f) => v.visit_f64(f.unwrap_or(f64::NAN)),
            },
            Value::String(s) => v.visit_str(s),
            Value::Array(items) => v.visit_seq(Items(items.iter(), 0)),
            Value::Object(map) => v.visit_map(Fields(map.iter(), None)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, v: V) -> Result<V::Value, ReadError> {
        if self.0.is_null() { v.visit_none() } else { v.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, v: V) -> Result<V::Value, ReadError> {
        v.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        v: V,
    ) -> Result<V::Value, ReadError> {
        match self.0 {
            Value::String(s) => v.visit_enum(s.as_str().into_deserializer()),
            // A variant with content, such as `{"classes": 3}`: one field, its name is the variant.
            Value::Object(map) if !map.is_empty() => match map.keys().nth(1) {
                None => v.visit_enum(de::value::MapAccessDeserializer::new(Fields(map.iter(), None))),
                Some(second) => Err(de::Error::unknown_field(second, variants)),
            },
            other => Err(de::Error::invalid_type(unexpected(other), &"a string")),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

fn unexpected(v: &Value) -> de::Unexpected<'_> {
    match v {
        Value::Null => de::Unexpected::Unit,
        Value::Bool(b) => de::Unexpected::Bool(*b),
        Value::Number(n) => de::Unexpected::Float(n.as_f64().unwrap_or(f64::NAN)),
        Value::String(s) => de::Unexpected::Str(s),
        Value::Array(_) => de::Unexpected::Seq,
        Value::Object(_) => de::Unexpected::Map,
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = ReadError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ReadError> {
        let Some(v) = self.0.next() else { return Ok(None) };
        let at = self.1;
        self.1 += 1;
        seed.deserialize(De(v)).map(Some).map_err(|e| e.under(&format!("[{at}]")))
    }
}

impl<'de> de::MapAccess<'de> for Fields<'_> {
    type Error = ReadError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ReadError> {
        let Some((k, v)) = self.0.next() else { return Ok(None) };
        self.1 = Some((k, v));
        seed.deserialize(k.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let Some((k, v)) = self.1.take() else { return Err(de::Error::missing_field("value")) };
        seed.deserialize(De(v)).map_err(|e| e.under(k))
    }
}
