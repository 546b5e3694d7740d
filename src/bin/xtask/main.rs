//! The developer commands: `cargo xtask serve | test | build | bench | fixtures | doctor`.
//!
//! Each command first makes sure of the tools it needs (`tools`), then runs them (`sh`). Standard library only, so that
//! it builds in seconds on a fresh machine. Not responsible for anything the site itself does.

#[cfg(not(target_arch = "wasm32"))]
mod bench;
#[cfg(not(target_arch = "wasm32"))]
mod check;
#[cfg(not(target_arch = "wasm32"))]
mod node;
#[cfg(not(target_arch = "wasm32"))]
mod run;
#[cfg(not(target_arch = "wasm32"))]
mod serve;
#[cfg(not(target_arch = "wasm32"))]
mod sh;
#[cfg(not(target_arch = "wasm32"))]
mod site;
#[cfg(not(target_arch = "wasm32"))]
mod tally;
#[cfg(not(target_arch = "wasm32"))]
mod tools;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    run::main()
}

/// On wasm32 this binary is only compiled, by the lint stage that covers every target; it has nothing to do there.
#[cfg(target_arch = "wasm32")]
fn main() {}
