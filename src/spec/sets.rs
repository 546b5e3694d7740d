//! The registry of data sets: what exists, how large, with which classes and files, and under which licence.
//!
//! Not responsible for making or decoding any of them: `engine::data` does; nor for reading what the learner chose:
//! [`super::data`] does.

use super::tables::{self, Table};

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
    /// PNG sprites of 4-bit grey tiles, row by row, for train and test, and one label byte per tile.
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
    },
    /// The learner's own table.
    Csv,
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

    /// Bytes to fetch for this set.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|f| f.bytes).sum()
    }
}

/// Every data set, in the order in which the page shows them.
pub fn sets() -> &'static [SetInfo] {
    SETS
}

/// The set called `name`.
pub fn set(name: &str) -> Option<&'static SetInfo> {
    SETS.iter().find(|s| s.name == name)
}

/// The names of all sets, for "one of …".
pub fn set_names() -> String {
    SETS.iter().map(|s| s.name).collect::<Vec<_>>().join(", ")
}

/// Most classes a shape can be drawn with, and a learner can draw: more colours cannot be told apart.
pub const MAX_SHAPE_CLASSES: usize = 6;

const BASE: SetInfo = SetInfo {
    name: "",
    kind: SetKind::Points,
    samples: 500,
    max_samples: 5000,
    classes: 2,
    class_range: None,
    test_fraction: Some(0.5),
    noise: true,
    standardize: false,
    files: &[],
    source: "",
    licence: "",
};

const fn shape(name: &'static str, shape: Shape) -> SetInfo {
    SetInfo { name, kind: SetKind::Shape(shape), ..BASE }
}

const fn many(name: &'static str, kind: Shape) -> SetInfo {
    SetInfo { class_range: Some((2, MAX_SHAPE_CLASSES)), ..shape(name, kind) }
}

const fn surface(name: &'static str, surface: Surface) -> SetInfo {
    SetInfo { name, kind: SetKind::Surface(surface), classes: 0, ..BASE }
}

const fn table(
    name: &'static str,
    table: &'static Table,
    files: &'static [DataFile],
    source: &'static str,
    licence: &'static str,
) -> SetInfo {
    SetInfo {
        name,
        kind: SetKind::Table(table),
        samples: table.rows,
        max_samples: table.rows,
        classes: table.classes().len(),
        test_fraction: if table.test_rows > 0 { None } else { Some(0.25) },
        noise: false,
        standardize: true,
        files,
        source,
        licence,
        ..BASE
    }
}

const BSD: &str = "BSD-3-Clause (scikit-learn)";
const FACTS: &str = "no licence stated with the data; packaged as BSD-3-Clause (vega-datasets)";

static SETS: &[SetInfo] = &[
    shape("circle", Shape::Circle),
    shape("xor", Shape::Xor),
    many("gauss", Shape::Gauss),
    many("spiral", Shape::Spiral),
    shape("moons", Shape::Moons),
    many("checkerboard", Shape::Checkerboard),
    many("rings", Shape::Rings),
    shape("heart", Shape::Heart),
    surface("plane", Surface::Plane),
    surface("waves", Surface::Waves),
    surface("multi_gauss", Surface::MultiGauss),
    SetInfo { name: "formula", kind: SetKind::Formula, ..BASE },
    SetInfo {
        name: "points",
        kind: SetKind::Points,
        samples: 0,
        class_range: Some((2, MAX_SHAPE_CLASSES)),
        test_fraction: Some(0.2),
        noise: false,
        ..BASE
    },
    table(
        "iris",
        &tables::IRIS,
        &[DataFile { path: "data/tabular/iris.csv", bytes: 3857 }],
        "R. A. Fisher (1936), as shipped by scikit-learn 1.9.1",
        BSD,
    ),
    table(
        "penguins",
        &tables::PENGUINS,
        &[DataFile { path: "data/tabular/penguins.csv", bytes: 16735 }],
        "Gorman, Williams & Fraser (2014); palmerpenguins",
        "CC0 1.0",
    ),
    table(
        "wine",
        &tables::WINE,
        &[DataFile { path: "data/tabular/wine.csv", bytes: 13329 }],
        "Forina et al. (1991), as shipped by scikit-learn 1.9.1",
        BSD,
    ),
    table(
        "breast_cancer",
        &tables::BREAST_CANCER,
        &[DataFile { path: "data/tabular/breast_cancer.csv", bytes: 124_866 }],
        "Wolberg, Street & Mangasarian (1995), as shipped by scikit-learn 1.9.1",
        BSD,
    ),
    table(
        "titanic",
        &tables::TITANIC,
        &[DataFile { path: "data/tabular/titanic.csv", bytes: 49964 }],
        "British Board of Trade (1912); Dawson (1995)",
        "MIT",
    ),
    table(
        "adult",
        &tables::ADULT,
        &[
            DataFile { path: "data/tabular/adult_train.csv", bytes: 397_335 },
            DataFile { path: "data/tabular/adult_test.csv", bytes: 119_800 },
        ],
        "Becker & Kohavi (1996), Adult, doi:10.24432/C5XW20; a part of it, without rows that miss a value",
        "CC BY 4.0",
    ),
    table(
        "diabetes",
        &tables::DIABETES,
        &[DataFile { path: "data/tabular/diabetes.csv", bytes: 25677 }],
        "Efron, Hastie, Johnstone & Tibshirani (2004), as shipped by scikit-learn 1.9.1",
        BSD,
    ),
    table(
        "cars_mpg",
        &tables::CARS_MPG,
        &[DataFile { path: "data/tabular/cars_mpg.csv", bytes: 22516 }],
        "Ramos & Donoho (1983), StatLib",
        FACTS,
    ),
    table(
        "sacramento_houses",
        &tables::SACRAMENTO_HOUSES,
        &[DataFile { path: "data/tabular/sacramento_houses.csv", bytes: 45954 }],
        "Sacramento Bee real estate sales (2008); caret / modeldata",
        "MIT",
    ),
    SetInfo {
        name: "digits8",
        kind: SetKind::Pictures { shape: [8, 8, 1], format: Pictures::Gzip { top: 16 } },
        samples: 1797,
        max_samples: 1797,
        classes: 10,
        test_fraction: Some(0.25),
        noise: false,
        files: &[
            DataFile { path: "data/digits8/digits8_u8.bin.gz", bytes: 44089 },
            DataFile { path: "data/digits8/digits8_labels.bin", bytes: 1797 },
        ],
        source: "Alpaydin & Kaynak (1998), as shipped by scikit-learn 1.9.1",
        licence: BSD,
        ..BASE
    },
    SetInfo {
        name: "mnist",
        kind: SetKind::Pictures {
            shape: [28, 28, 1],
            format: Pictures::Sprites { train_columns: 50, test_columns: 20, test: 2000 },
        },
        samples: 10_000,
        max_samples: 10_000,
        classes: 10,
        test_fraction: None,
        noise: false,
        files: &[
            DataFile { path: "data/mnist/train10k.q4.png", bytes: 942_414 },
            DataFile { path: "data/mnist/train10k.labels.bin", bytes: 10_000 },
            DataFile { path: "data/mnist/test2k.q4.png", bytes: 187_791 },
            DataFile { path: "data/mnist/test2k.labels.bin", bytes: 2000 },
        ],
        source: "Y. LeCun & C. Cortes, MNIST (a balanced part, grey levels reduced to 16)",
        licence: "CC BY-SA 3.0",
        ..BASE
    },
    SetInfo {
        name: "csv",
        kind: SetKind::Csv,
        samples: 0,
        classes: 0,
        test_fraction: Some(0.25),
        noise: false,
        standardize: true,
        ..BASE
    },
    SetInfo {
        name: "random",
        kind: SetKind::Random,
        samples: 1000,
        max_samples: 200_000,
        classes: 0,
        test_fraction: Some(0.2),
        noise: false,
        ..BASE
    },
];
