//! The developer commands: `cargo xtask serve | test | build | bench | fixtures | doctor`.
//!
//! Each command first makes sure of the tools it needs (`tools`), then runs them (`sh`). A package of its own that
//! uses the standard library only, so that it builds in a second on a fresh machine, and without a network. Not responsible for anything the site itself does.

mod bench;
mod check;
mod engines;
mod finish;
mod node;
mod policy;
mod run;
mod serve;
mod sh;
mod sha256;
mod site;
mod split;
mod tally;
mod tools;
mod zip;

fn main() -> std::process::ExitCode {
    run::main()
}
