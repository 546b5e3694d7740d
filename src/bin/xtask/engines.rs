//! `cargo xtask test --browsers`: the page in Firefox and WebKitGTK, and the crates' licences and sources (`cargo deny`). Not
//! responsible for what is tested there (`tests/e2e/engines.mjs`, `deny.toml`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh::{Fail, ask, run, which};
use crate::site::{self, Site};
use crate::tools;

/// A package of Debian's.
struct Package {
    name: &'static str,
    /// Any of these programs is what it brings.
    programs: &'static [&'static str],
    /// A variable that stands in for it.
    variable: &'static str,
    purpose: &'static str,
}

const PACKAGES: [Package; 3] = [
    Package { name: "firefox-esr", programs: &["firefox-esr", "firefox"], variable: "FIREFOX", purpose: "Firefox" },
    Package {
        name: "webkit2gtk-driver",
        programs: &["WebKitWebDriver"],
        variable: "WEBKIT_DRIVER",
        purpose: "WebKitGTK",
    },
    Package { name: "xvfb", programs: &["Xvfb"], variable: "DISPLAY", purpose: "a screen for WebKitGTK" },
];

impl Package {
    fn is_there(&self) -> bool {
        self.programs.iter().any(|p| which(p).is_some()) || std::env::var_os(self.variable).is_some()
    }
}

fn missing() -> Vec<&'static str> {
    PACKAGES.iter().filter(|p| !p.is_there()).map(|p| p.name).collect()
}

/// Builds the site (unless `E2E_DIST` names one) and runs the tests of the engines named, or of both.
pub fn test(names: &[String]) -> Result<(), Fail> {
    if let Some(other) = names.iter().find(|n| !matches!(n.as_str(), "firefox" | "webkit")) {
        return Err(Fail::Usage(format!("--browsers knows firefox and webkit, not `{other}`")));
    }
    tools::npm()?;
    let missing = missing();
    if !missing.is_empty() && !tools::apt_install(&missing)? {
        // What is left out is named by the tests, too; the engine that is there is tested.
        println!("xtask: not installed, so not tested: {}; to have them: apt-get install {0}", missing.join(" "));
    }
    if std::env::var_os("E2E_DIST").is_none() {
        site::build(&Site { dev: false, dist: PathBuf::from("dist"), zip: false })?;
    }
    let mut command = Command::new("node");
    command.arg("engines.mjs").args(names).current_dir("tests/e2e");
    run("the tests in other engines", &mut command)
}

/// How to get what checks the crates.
const DENY: &str = "cargo install --locked cargo-deny";

/// Licences, sources and doubled crates, by `cargo deny` where it is installed; elsewhere one line says how to get it.
pub fn deny() -> Result<(), Fail> {
    if deny_version().is_none() {
        println!(
            "xtask: cargo-deny is not installed, so licences and sources of crates are not checked; to have it: {DENY}"
        );
        return Ok(());
    }
    let mut command = Command::new("cargo");
    // Advisories need a database from the network; `cargo deny check` by hand reads that too.
    // Doubled crates are told of in a line each, without the trees of who asks for them.
    command.args(["deny", "--locked", "--offline", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]);
    run("cargo deny", &mut command)
}

fn deny_version() -> Option<String> {
    ask("cargo", &["deny", "--version"])
}

/// Python modules that make fixtures, and what each makes.
const MODULES: [(&str, &str); 5] = [
    ("onnx", "checks exported ONNX files"),
    ("onnxruntime", "answers as exported ONNX files do"),
    ("safetensors", "weights of exported scripts"),
    ("keras", "runs exported Keras scripts"),
    ("jax", "what Keras computes with there"),
];

/// Lines of `cargo xtask doctor`.
pub fn doctor() {
    let say = |found: bool, name: &str, purpose: &str, by_hand: &str| match found {
        true => println!("  ok       {name:<14} — {purpose}"),
        false => println!("  missing  {name:<14} {purpose}; {by_hand}"),
    };
    for p in &PACKAGES {
        let purpose = format!("{}, for `cargo xtask test --browsers`", p.purpose);
        say(p.is_there(), p.name, &purpose, &format!("apt-get install {}", p.name));
    }
    say(deny_version().is_some(), "cargo-deny", "checks licences and sources of crates", DENY);
    // The script that runs exported scripts is started with the same Python.
    let python = crate::node::python_with_torch().unwrap_or_else(|| PathBuf::from("python3"));
    for (name, purpose) in MODULES {
        let purpose = format!("{purpose}, for `cargo xtask fixtures`");
        say(has_module(&python, name), name, &purpose, &format!("pip install {name}"));
    }
}

fn has_module(python: &Path, name: &str) -> bool {
    // Found without being loaded: Keras takes seconds to start.
    let find = format!("import importlib.util, sys; print('yes' if importlib.util.find_spec('{name}') else 'no')");
    ask(python, &["-c", &find]).as_deref() == Some("yes")
}
