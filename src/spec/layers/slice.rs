//! `slice`: some places of a sequence.

use super::{Field, Head, LayerRule, Setting, Word};
use crate::spec::model::UNITS_MAX;
use crate::spec::shape::{LayerInfo, Site};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Settings of a `slice` layer: the places `start..start + length` of tokens `[T]` or of a sequence `[T, C]`. PyTorch's
/// `narrow(x, 1, start, length)`, Keras's `x[:, start:start + length]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// The first place, counted from 0.
    #[serde(default)]
    pub start: usize,
    /// How many places.
    pub length: usize,
}

/// A slice of which nothing has been read yet: of two bare numbers the first is the start.
const UNREAD: Slice = Slice { start: usize::MAX, length: usize::MAX };

/// The rule.
pub(crate) struct Rule;

impl LayerRule for Rule {
    type Settings = Slice;

    fn starter() -> Slice {
        Slice { start: 0, length: 1 }
    }

    fn unread() -> Slice {
        UNREAD
    }

    /// The words must say how long it is; it starts at 0 where they did not say.
    fn whole(s: &mut Slice) -> bool {
        if s.start == UNREAD.start {
            s.start = 0;
        }
        s.length != UNREAD.length
    }

    fn write(s: &Slice, to: &mut String) {
        // Writing to a String cannot fail.
        _ = write!(to, " {} {}", s.start, s.length);
    }

    fn read(s: &mut Slice, w: Word<'_>) -> Option<()> {
        match w.keyed() {
            ("start", v) => s.start = v.parse().ok()?,
            ("", v) if s.start == UNREAD.start => s.start = v.parse().ok()?,
            ("" | "length", v) => s.length = v.parse().ok()?,
            _ => return None,
        }
        Some(())
    }

    /// Places out of range are named, and the shape stays as it was.
    fn shape(s: &Slice, site: &mut Site<'_>, info: &mut LayerInfo) {
        let len = match *info.input.as_slice() {
            [len] | [len, _] if len > 0 => len,
            _ => return site.walk.no_sequence("slice", info),
        };
        let before = site.walk.problems.len();
        site.range(info, "start", s.start as f64, 0.0, (len - 1) as f64);
        let left = len - s.start.min(len - 1);
        site.range(info, "length", s.length as f64, 1.0, left as f64);
        if site.walk.problems.len() == before {
            info.output[0] = s.length;
            // The tokens behind the places go along.
            site.holds(s.length as u64);
        }
    }

    fn head(s: &Slice, _: &LayerInfo) -> Head {
        Head::Fact(format!("{}:{}", s.start, s.start.saturating_add(s.length)))
    }

    fn formula(s: &Slice) -> Vec<String> {
        vec![format!("y = x[{}:{}]", s.start, s.start.saturating_add(s.length))]
    }

    fn fields(s: &Slice) -> Vec<Field> {
        vec![Field::whole("start", s.start, 0, UNITS_MAX), Field::whole("length", s.length, 1, UNITS_MAX)]
    }

    fn set(s: &mut Slice, key: &str, to: Setting) -> bool {
        match (key, to) {
            ("start", Setting::Whole(n)) => s.start = n,
            ("length", Setting::Whole(n)) => s.length = n,
            _ => return false,
        }
        true
    }

    fn fit(s: &mut Slice, comes_in: &[usize]) {
        s.length = comes_in.first().copied().unwrap_or(1);
    }
}
