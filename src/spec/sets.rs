//! The registry of data sets: what exists, how large, with which classes and files, and under which licence.
//!
//! Not responsible for making or decoding any of them: `engine::data` does; nor for reading what the learner chose:
//! [`super::data`] does.

use super::sequences::{Series, Task, Text};
use super::tables::Table;

mod rows;
mod sequences;

/// A two-dimensional classification shape, drawn roughly within `[-1, 1]²`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A disc inside a ring.
    Circle,
    /// Opposite quadrants share a class.
    Xor,
    /// One Gaussian cloud per class, centres on a circle.
    Gauss,
    /// One arm per class.
    Spiral,
    /// Two interleaved half circles.
    Moons,
    /// A 4×4 board whose colours repeat along the diagonals.
    Checkerboard,
    /// One concentric ring per class.
    Rings,
    /// Inside or outside of a heart.
    Heart,
    /// Eight small clouds on a circle, every other one of a class.
    Ring,
    /// Twenty-five small clouds in rows and columns, every other one of a class.
    Grid,
}

/// A two-dimensional regression surface over `[-1, 1]²` with values in `[-1, 1]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// `(x + y) / 2`.
    Plane,
    /// `sin(4x)·cos(3y)`.
    Waves,
    /// Three hills and three hollows (TensorFlow Playground's "multi gaussian").
    MultiGauss,
}

/// How a picture set is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pictures {
    /// A gzip stream of one byte per pixel with values `0..=top`, and one label byte per picture.
    Gzip {
        /// The byte that becomes 1.0.
        top: u8,
    },
    /// PNG sprites of tiles, row by row, for train and test, and one label byte per tile: 4-bit grey, or a palette of
    /// colours where the pictures have three channels.
    Sprites {
        /// Tiles in one row of the training sprite.
        train_columns: usize,
        /// Tiles in one row of the test sprite.
        test_columns: usize,
        /// Number of test pictures.
        test: usize,
    },
}

/// What kind of thing a data set is; decides who builds it and which fields of the spec it uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SetKind {
    /// Seeded points of a shape, with classes.
    Shape(Shape),
    /// Seeded points on a surface, with a value.
    Surface(Surface),
    /// Seeded points, class 1 where `y > f(x)` for the learner's own `f`.
    Formula,
    /// Points the learner drew.
    Points,
    /// A shipped table.
    Table(&'static Table),
    /// Shipped pictures `(H, W, C)`.
    Pictures {
        /// Height, width, channels.
        shape: [usize; 3],
        /// Packing.
        format: Pictures,
        /// Names of the classes; empty where they are digits.
        names: &'static [&'static str],
    },
    /// A shipped text.
    Text(Text),
    /// The learner's own text.
    OwnText,
    /// A shipped time series.
    Series(&'static Series),
    /// A task on sequences, generated or from a file.
    Task(Task),
    /// The learner's own pictures.
    OwnPictures,
    /// The learner's own table.
    Csv,
    /// The learner's own series: a table whose rows are moments.
    OwnSeries,
    /// Seeded noise of any shape.
    Random,
}

/// A file the page fetches when the set is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Path relative to the site, under `data/`.
    pub path: &'static str,
    /// Size, for the progress bar.
    pub bytes: usize,
}

/// One data set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SetInfo {
    /// JSON name.
    pub name: &'static str,
    /// What kind of thing it is.
    pub kind: SetKind,
    /// Rows when `samples` is left out; for sets with a test part of their own, training rows. 0: given by the text
    /// or points themselves.
    pub samples: usize,
    /// The largest `samples`; equal to `samples` for shipped files, which hold no more.
    pub max_samples: usize,
    /// Classes when `classes` is left out; 0 for regression and where only the data tell.
    pub classes: usize,
    /// Range of `classes` when the learner may choose it.
    pub class_range: Option<(usize, usize)>,
    /// Part held out when `test_fraction` is left out; `None` when the files bring their own test part.
    pub test_fraction: Option<f32>,
    /// Length of a window or source when `context` is left out, the least and the most; `None` where it means nothing.
    pub context: Option<(usize, usize, usize)>,
    /// Whether `noise` means something.
    pub noise: bool,
    /// Whether inputs (and a regression target) are standardised when `standardize` is left out.
    pub standardize: bool,
    /// Files to fetch; empty for generated sets.
    pub files: &'static [DataFile],
    /// Where it comes from, for the attribution page; empty for generated sets.
    pub source: &'static str,
    /// Its licence; empty for generated sets.
    pub licence: &'static str,
}

impl SetInfo {
    /// Whether the input is a point of the plane `[-1, 1]²`, so that neuron maps and decision regions make sense.
    pub fn plane(&self) -> bool {
        matches!(self.kind, SetKind::Shape(_) | SetKind::Surface(_) | SetKind::Formula | SetKind::Points)
    }

    /// Whether the last part is tested, by position in the text or in time: the seed has no say.
    pub fn by_position(&self) -> bool {
        matches!(self.kind, SetKind::Text(_) | SetKind::OwnText | SetKind::Series(_) | SetKind::OwnSeries)
    }

    /// Whether its rows are windows of a series of numbers.
    pub fn series(&self) -> bool {
        matches!(self.kind, SetKind::Series(_) | SetKind::OwnSeries)
    }

    /// Whether the inputs are pictures `(H, W, C)` that can be augmented.
    pub fn pictures(&self) -> bool {
        matches!(self.kind, SetKind::Pictures { .. } | SetKind::OwnPictures)
    }

    /// Bytes to fetch for this set.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|f| f.bytes).sum()
    }
}

/// Every data set, in the order in which the page shows them.
pub fn sets() -> &'static [SetInfo] {
    rows::SETS
}

/// The set called `name`.
pub fn set(name: &str) -> Option<&'static SetInfo> {
    sets().iter().find(|s| s.name == name)
}

/// The names of all sets, for "one of …".
pub fn set_names() -> String {
    sets().iter().map(|s| s.name).collect::<Vec<_>>().join(", ")
}

/// Most classes a shape can be drawn with, and a learner can draw: more colours cannot be told apart.
pub const MAX_SHAPE_CLASSES: usize = 6;
