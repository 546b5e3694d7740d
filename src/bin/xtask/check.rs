//! `cargo xtask test`: every check and test, in the order in which a mistake is found soonest. Not responsible for what
//! the tests test.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::sh::{Fail, ask, run, run_and_keep};
use crate::site::{self, Site};
use crate::tally::Tally;
use crate::{engines, node, tools};

const WASM: &str = "--target=wasm32-unknown-unknown";
/// With the tests that need a Vulkan device.
const CARD: [&str; 2] = ["--features", "gpu-native"];
/// This program's own package, for cargo.
const XTASK: [&str; 2] = ["--manifest-path", "src/bin/xtask/Cargo.toml"];
const XTASK_TARGET: [&str; 2] = ["--target-dir", "target/xtask"];

/// Runs the stages, stops at the first that fails, and prints the totals as the last line.
pub fn test(all: bool) -> Result<(), Fail> {
    let mut tally = Tally::default();
    let began = Instant::now();
    let result = stages(all, &mut tally);
    if let Err(fail) = &result {
        eprintln!("xtask: {fail}");
        // A stage that is not made of tests (format, lints, build) counts as one failed check.
        if tally.failed == 0 {
            tally.failed = 1;
        }
    }
    println!("xtask: everything took {:.0} s", began.elapsed().as_secs_f64());
    println!("{tally}");
    result.map_err(|_| Fail::Counted)
}

/// Inputs of each kind for `--fuzz`, unless told otherwise.
const FUZZ: &str = "1000000";

/// Only the tests of mutated input, built to be fast, each in a thread of its own process where nextest is there.
pub fn fuzz(mut count: Vec<String>) -> Result<(), Fail> {
    let asked = count.pop().filter(|_| count.is_empty());
    if asked.as_ref().is_some_and(|n| n.parse::<u32>().is_err()) || !count.is_empty() {
        return Err(Fail::Usage("--fuzz takes one number of inputs".to_owned()));
    }
    let mut command = Command::new("cargo");
    if ask("cargo", &["nextest", "--version"]).is_some() {
        command.args(["nextest", "run", "--locked", "--cargo-profile=curves", "fuzz::"]);
    } else {
        command.args(["test", "--locked", "--profile=curves", "--test=it", "fuzz::", "--", "--test-threads=1"]);
    }
    run("the fuzzed tests", command.env("FUZZ", asked.as_deref().unwrap_or(FUZZ)))
}

fn stages(all: bool, tally: &mut Tally) -> Result<(), Fail> {
    stage("Rust components and crates", || {
        // First what says in one line that there is no network.
        tools::crates()?;
        tools::rust_components()?;
        tools::wasm_target()
    })?;
    stage("format", || {
        cargo("cargo fmt", &["fmt", "--check"])?;
        cargo("cargo fmt", &[&["fmt", "--check"], &XTASK[..]].concat())
    })?;
    let deny = ["--", "-D", "warnings"];
    stage("clippy, native", || {
        cargo("clippy", &[&["clippy", "--locked", "--all-targets"], &CARD[..], &deny[..]].concat())?;
        cargo("clippy", &[&["clippy", "--all-targets"], &XTASK[..], &XTASK_TARGET, &deny].concat())
    })?;
    stage("clippy, wasm", || {
        cargo("clippy", &[&["clippy", "--locked", "--lib", "--bins", WASM], &deny[..]].concat())?;
        let card = ["clippy", "--locked", "--bin=card", "--features=webgpu", WASM];
        cargo("clippy", &[&card, &deny[..]].concat())
    })?;
    stage("licences and sources", engines::deny)?;
    stage("native tests", || native(all, tally))?;
    let site = Site { dev: false, dist: PathBuf::from("dist"), zip: false };
    stage("the site, release", || site::build(&site))?;
    stage("browser tests", || browser(all, tally))
}

fn stage(name: &str, work: impl FnOnce() -> Result<(), Fail>) -> Result<(), Fail> {
    println!("\n== {name}");
    let began = Instant::now();
    let result = work();
    let end = if result.is_ok() { "ok" } else { "FAILED" };
    println!("== {name}: {end}, {:.1} s", began.elapsed().as_secs_f64());
    result
}

fn cargo(what: &str, args: &[&str]) -> Result<(), Fail> {
    run(what, Command::new("cargo").args(args))
}

/// nextest where it is installed, cargo's own runner elsewhere.
fn native(all: bool, tally: &mut Tally) -> Result<(), Fail> {
    let nextest = ask("cargo", &["nextest", "--version"]).is_some();
    let card: &[&str] = if tools::vulkan() { &CARD } else { &[] };
    let mut command = Command::new("cargo");
    if nextest {
        // The long tests train networks: they need a build that is fast.
        command.args(["nextest", "run", "--locked"]).args(card);
        command.args(all.then_some(["--run-ignored=all", "--cargo-profile=curves"]).into_iter().flatten());
    } else {
        println!("xtask: cargo-nextest is not installed, so `cargo test` runs the tests");
        command.args(["test", "--locked", "--no-fail-fast"]).args(card);
        command.args(all.then_some("--profile=curves"));
        command.args(all.then_some(["--", "--include-ignored"]).into_iter().flatten());
    }
    let (output, end) = run_and_keep("native tests", &mut command)?;
    *tally += if nextest { Tally::of_nextest(&output) } else { Tally::of_cargo_test(&output) };
    end?;
    let mut own = Command::new("cargo");
    let (output, end) = run_and_keep("xtask's own tests", own.arg("test").args(XTASK).args(XTASK_TARGET))?;
    *tally += Tally::of_cargo_test(&output);
    end
}

fn browser(all: bool, tally: &mut Tally) -> Result<(), Fail> {
    node::modules("tests/e2e")?;
    let mut command = node::node("node_modules/@playwright/test/cli.js")?;
    command.arg("test").current_dir("tests/e2e");
    if !all {
        command.args(["--grep-invert", "@slow"]);
    }
    let (output, end) = run_and_keep("browser tests", &mut command)?;
    *tally += Tally::of_playwright(&output);
    end
}
