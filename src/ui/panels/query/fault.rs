//! Why a query cannot be shown, as facts and in words.
//!
//! Pure. Not responsible for finding it out.

use crate::i18n::{Lang, query as words};
use crate::protocol::Missing;
use crate::ui::plots::number;

/// Why a query cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is asked.
    Empty,
    /// `[` without `]`.
    Unclosed,
    /// `]` without `[`.
    Unopened,
    /// A sign that no query has.
    Character(char),
    /// Neither index nor slice.
    Index(String),
    /// `...` twice.
    Rests,
    /// A slice with step 0.
    ZeroStep,
    /// More indices than axes.
    Indices {
        /// Indices.
        got: usize,
        /// Axes.
        axes: usize,
    },
    /// An index, or a whole slice, beyond the end.
    Outside {
        /// Which axis, from 0.
        axis: usize,
        /// What was asked.
        item: String,
        /// Length of the axis.
        size: usize,
    },
    /// This network has no such value.
    Unknown {
        /// What was asked for.
        name: String,
        /// What it may have meant, best first.
        nearest: Vec<String>,
    },
    /// Nothing is differentiated with respect to it.
    Gradient(String),
    /// A gradient or state of what the optimizer keeps.
    Twice(String),
    /// More numbers than one answer holds.
    Large {
        /// Numbers asked for.
        numbers: usize,
        /// Most of them.
        most: usize,
    },
}

/// Sizes as people write a shape: `8×2`.
pub fn shape(sizes: &[usize]) -> String {
    sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join("×")
}

impl Fault {
    /// The sentence; `of` is the value that the query names and its shape, where there is one.
    pub fn say(&self, of: Option<(&str, &[usize])>, lang: Lang) -> String {
        let (name, sizes) = of.unwrap_or_default();
        let shape = if sizes.is_empty() { words::ONE_NUMBER.get(lang).to_string() } else { shape(sizes) };
        let count = |n: usize| number::integer(n as u64);
        match self {
            Fault::Empty => words::EMPTY.get(lang).into(),
            Fault::Unclosed => words::UNCLOSED.get(lang).into(),
            Fault::Unopened => words::UNOPENED.get(lang).into(),
            Fault::Character(c) => words::CHARACTER.with(lang, &[("got", &c.to_string())]),
            Fault::Index(got) => words::INDEX.with(lang, &[("got", got)]),
            Fault::Rests => words::RESTS.get(lang).into(),
            Fault::ZeroStep => words::ZERO_STEP.get(lang).into(),
            Fault::Indices { got, axes } => {
                let facts = [("name", name), ("shape", &shape), ("got", &got.to_string()), ("axes", &axes.to_string())];
                words::INDICES.with(lang, &facts)
            }
            Fault::Outside { axis, item, size } => {
                let (axis, last) = (axis.to_string(), size.saturating_sub(1).to_string());
                let facts = [("name", name), ("shape", &shape), ("axis", &axis), ("item", item), ("last", &last)];
                words::OUTSIDE.with(lang, &facts)
            }
            Fault::Unknown { name, nearest } => {
                let nearest = nearest.join(words::OR.get(lang));
                words::UNKNOWN.with(lang, &[("name", name), ("nearest", &nearest)])
            }
            Fault::Gradient(name) => words::NO_GRADIENT.with(lang, &[("name", name)]),
            Fault::Twice(name) => words::TWICE.with(lang, &[("name", name)]),
            Fault::Large { numbers, most } => words::LARGE
                .with(lang, &[("name", name), ("shape", &shape), ("n", &count(*numbers)), ("most", &count(*most))]),
        }
    }
}

/// What the worker could not give, in words.
pub fn say_missing(missing: Missing, name: &str, lang: Lang) -> String {
    let text = match missing {
        Missing::Value | Missing::State => words::GONE,
        Missing::Gradient => words::NO_GRADIENT,
        Missing::Step => words::NO_STEP,
        Missing::Size => words::TOO_MUCH,
    };
    text.with(lang, &[("name", name)])
}
