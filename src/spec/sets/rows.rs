//! The rows of the registry, in the order in which the page shows them.
//!
//! Not responsible for what the columns mean: [`super`] says.

use super::sequences;
use super::{DataFile, MAX_SHAPE_CLASSES, Pictures, SetInfo, SetKind, Shape, Surface};
use crate::spec::tables::{self, Table};

pub(super) const BASE: SetInfo = SetInfo {
    name: "",
    kind: SetKind::Points,
    samples: 500,
    max_samples: 5000,
    classes: 2,
    class_range: None,
    test_fraction: Some(0.5),
    context: None,
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

pub(super) static SETS: &[SetInfo] = &[
    shape("circle", Shape::Circle),
    shape("xor", Shape::Xor),
    many("gauss", Shape::Gauss),
    many("spiral", Shape::Spiral),
    shape("moons", Shape::Moons),
    many("checkerboard", Shape::Checkerboard),
    many("rings", Shape::Rings),
    shape("heart", Shape::Heart),
    shape("ring", Shape::Ring),
    shape("grid", Shape::Grid),
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
        kind: SetKind::Pictures { shape: [8, 8, 1], format: Pictures::Gzip { top: 16 }, names: &[] },
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
            names: &[],
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
        name: "fashion_mnist",
        kind: SetKind::Pictures {
            shape: [28, 28, 1],
            format: Pictures::Sprites { train_columns: 50, test_columns: 20, test: 2000 },
            names: &[
                "T-shirt",
                "trouser",
                "pullover",
                "dress",
                "coat",
                "sandal",
                "shirt",
                "sneaker",
                "bag",
                "ankle boot",
            ],
        },
        samples: 10_000,
        max_samples: 10_000,
        classes: 10,
        test_fraction: None,
        noise: false,
        files: &[
            DataFile { path: "data/fashion-mnist/train10k.q4.png", bytes: 1_764_694 },
            DataFile { path: "data/fashion-mnist/train10k.labels.bin", bytes: 10_000 },
            DataFile { path: "data/fashion-mnist/test2k.q4.png", bytes: 353_660 },
            DataFile { path: "data/fashion-mnist/test2k.labels.bin", bytes: 2000 },
        ],
        source: "Xiao, Rasul & Vollgraf (2017), Fashion-MNIST, © Zalando SE (a balanced part, grey levels reduced to 16)",
        licence: "MIT",
        ..BASE
    },
    SetInfo {
        name: "emoji32",
        kind: SetKind::Pictures {
            shape: [32, 32, 3],
            format: Pictures::Sprites { train_columns: 40, test_columns: 40, test: 578 },
            names: &[
                "smiley", "person", "hand", "animal", "food", "vehicle", "building", "clothing", "weather", "flag",
            ],
        },
        samples: 3531,
        max_samples: 3531,
        classes: 10,
        test_fraction: None,
        noise: false,
        files: &[
            DataFile { path: "data/emoji32/train.pal256.png", bytes: 1_078_048 },
            DataFile { path: "data/emoji32/train.labels.bin", bytes: 3531 },
            DataFile { path: "data/emoji32/test.pal256.png", bytes: 184_683 },
            DataFile { path: "data/emoji32/test.labels.bin", bytes: 578 },
        ],
        source: "Twemoji, EmojiOne, Noto, FxEmoji, Fluent, OpenClipart; each picture in data/emoji32/attribution.tsv",
        licence: "CC BY 4.0, Apache-2.0, MIT, public domain",
        ..BASE
    },
    sequences::SHAKESPEARE,
    sequences::TANG300,
    sequences::JUEJU5,
    sequences::JUEJU7,
    sequences::NAME_LIST,
    sequences::AIRLINE,
    sequences::SUNSPOTS,
    sequences::SUNSPOTS_YEARLY,
    sequences::CO2,
    sequences::ELECTRICITY,
    sequences::WEATHER,
    sequences::NAMES,
    sequences::G2P,
    sequences::DATES,
    sequences::REVERSE,
    sequences::SORT,
    sequences::ADD,
    sequences::COPY_MEMORY,
    sequences::ADDING,
    sequences::OWN_TEXT,
    SetInfo {
        name: "pictures",
        kind: SetKind::OwnPictures,
        samples: 0,
        classes: 0,
        test_fraction: Some(0.25),
        noise: false,
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
        name: "series",
        kind: SetKind::OwnSeries,
        samples: 0,
        classes: 0,
        test_fraction: Some(0.2),
        context: Some((12, 1, 512)),
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
