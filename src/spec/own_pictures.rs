//! The learner's own pictures: made square, of one size, and kept in the experiment with their classes.
//!
//! Which class a file belongs to is in [`sort`], what it is in [`kind`], how it becomes a square in [`fit`]. The browser
//! decodes, so the pixels are kept, not the files. Not responsible for collecting files (`ui`) nor for making rows
//! (`engine::data`).

pub mod fit;
pub mod kind;
pub mod sort;

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::problem::{Code, Problem, check_range};

/// Fewest pixels a side.
pub const MIN_SIDE: usize = 8;
/// Most pixels a side.
pub const MAX_SIDE: usize = 64;
/// Fewest pictures.
pub const MIN_PICTURES: usize = 10;
/// Most classes.
pub const MAX_CLASSES: usize = 50;
/// Most bytes of all pixels together: what an experiment file can carry.
pub const MAX_BYTES: usize = 4 << 20;
/// Most pixels of one file before it is made smaller.
pub const MAX_FILE_PIXELS: usize = 100_000_000;
/// Most bytes of one file.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// Pictures `(H, W, 3)` or, where they are grey, `(H, W, 1)` with `H = W = side`, one byte a number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnPictures {
    /// Pixels a side.
    pub side: usize,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Class of each picture, one byte each, as base64.
    pub labels: String,
    /// Red, green and blue of every pixel of every picture, or its light alone where they are grey, as base64.
    pub pixels: String,
    /// How many at the end are the test part, where the pictures came with one; 0 where it is drawn by chance.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub test: usize,
    /// Whether a pixel is one number, its light, as in shipped pictures of digits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub grey: bool,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The bytes behind [`OwnPictures`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureBytes {
    /// Class of each.
    pub labels: Vec<u8>,
    /// `(n, side, side, channels)`.
    pub pixels: Vec<u8>,
}

type Unpacked = Result<PictureBytes, Vec<Problem>>;

thread_local! {
    /// The last pictures that were unpacked: an experiment is checked on every edit.
    static LAST: RefCell<Option<(OwnPictures, Rc<Unpacked>)>> = const { RefCell::new(None) };
}

impl OwnPictures {
    /// Packs bytes that are known to belong together.
    pub fn pack(side: usize, classes: Vec<String>, bytes: &PictureBytes, test: usize) -> OwnPictures {
        let (labels, pixels) = (STANDARD.encode(&bytes.labels), STANDARD.encode(&bytes.pixels));
        OwnPictures { side, classes, labels, pixels, test, grey: false }
    }

    /// Numbers of a pixel.
    pub fn channels(&self) -> usize {
        if self.grey { 1 } else { 3 }
    }

    /// How many pictures of this size an experiment can carry.
    pub fn room(side: usize) -> usize {
        MAX_BYTES / (side * side * 3).max(1)
    }

    /// The bytes, checked; remembers the last answer.
    pub fn unpacked(&self) -> Rc<Unpacked> {
        LAST.with_borrow_mut(|last| {
            if let Some((_, known)) = last.as_ref().filter(|(p, _)| p == self) {
                return Rc::clone(known);
            }
            let unpacked = Rc::new(self.unpack());
            *last = Some((self.clone(), Rc::clone(&unpacked)));
            unpacked
        })
    }

    fn unpack(&self) -> Unpacked {
        let mut problems = Vec::new();
        check_range(&mut problems, "data.pictures.side", self.side as f64, MIN_SIDE as f64, MAX_SIDE as f64);
        let classes = self.classes.len() as f64;
        check_range(&mut problems, "data.pictures.classes", classes, 2.0, MAX_CLASSES as f64);
        let bytes = |text: &str, path: &str, problems: &mut Vec<Problem>| {
            STANDARD.decode(text).unwrap_or_else(|_| {
                problems.push(Problem::new(path, Code::BadValue).arg("index", 0));
                Vec::new()
            })
        };
        let labels = bytes(&self.labels, "data.pictures.labels", &mut problems);
        let pixels = bytes(&self.pixels, "data.pictures.pixels", &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        if labels.len() < MIN_PICTURES {
            let problem = Problem::new("data.pictures", Code::TooFewPictures).arg("got", labels.len());
            return Err(vec![problem.arg("min", MIN_PICTURES)]);
        }
        if let Some(i) = labels.iter().position(|l| usize::from(*l) >= self.classes.len()) {
            return Err(vec![Problem::new("data.pictures.labels", Code::BadValue).arg("index", i)]);
        }
        if self.test >= labels.len() {
            let problem = Problem::new("data.pictures.test", Code::OutOfRange).arg("got", self.test);
            return Err(vec![problem.arg("min", 0).arg("max", labels.len() - 1)]);
        }
        let expected = labels.len() * self.side * self.side * self.channels();
        if pixels.len() != expected || expected > MAX_BYTES {
            let problem = Problem::new("data.pictures.pixels", Code::WrongLength).arg("got", pixels.len());
            return Err(vec![problem.arg("expected", expected.min(MAX_BYTES))]);
        }
        Ok(PictureBytes { labels, pixels })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn good() -> OwnPictures {
        let bytes = PictureBytes { labels: [0, 1].repeat(6), pixels: [7].repeat(12 * 192) };
        OwnPictures::pack(8, vec!["cat".into(), "dog".into()], &bytes, 0)
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let unpacked = good().unpacked();
        let bytes = unpacked.as_ref().as_ref().unwrap();
        assert_eq!((bytes.labels.len(), bytes.pixels.len()), (12, 12 * 192));
        assert!(OwnPictures { test: 11, ..good() }.unpacked().is_ok());
        assert_eq!(OwnPictures::room(32), 1365);
        let text = serde_json::to_string(&good()).unwrap();
        assert!(!text.contains("test"), "files of before stay as they were: {text}");
    }

    #[test]
    fn junk_in_an_experiment_is_a_problem() {
        for bad in [
            OwnPictures { pixels: "!".into(), ..good() },
            OwnPictures { pixels: String::new(), ..good() },
            OwnPictures { side: 7, ..good() },
            OwnPictures { labels: STANDARD.encode([9; 12]), ..good() },
            OwnPictures { labels: String::new(), ..good() },
            OwnPictures { classes: vec!["cat".into()], ..good() },
            OwnPictures { test: 12, ..good() },
            OwnPictures { grey: true, ..good() },
        ] {
            assert!(bad.unpacked().is_err());
        }
    }
}
