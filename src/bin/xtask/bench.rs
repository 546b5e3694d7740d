//! `cargo xtask bench`: builds the site and hands over to `tests/bench/run.mjs`. Not responsible for the measuring.

use std::path::PathBuf;

use crate::node;
use crate::sh::{Fail, run};
use crate::site::{self, Site};

/// Builds the release site and runs the named benchmarks (all, if none is named) in a headless browser. Options that
/// start with `--` go to the script as they are; with `--dist DIR` that site is measured and nothing is built.
pub fn bench(args: Vec<String>) -> Result<(), Fail> {
    if !args.iter().any(|a| a == "--dist") {
        site::build(&Site { dev: false, dist: PathBuf::from("dist"), zip: false })?;
    }
    node::modules("tests/e2e")?;
    node::modules("tests/bench")?;
    run("the benchmarks", node::node("tests/bench/run.mjs")?.args(args))
}
