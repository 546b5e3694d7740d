//! What is run by Node and Python: the modules of the browser tests and benchmarks, and the fixtures' script. Not
//! responsible for what those scripts do.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh::{Fail, ask, run, which};
use crate::tools;

/// Installs the locked modules of a folder with a `package-lock.json`, unless they are there and current.
pub fn modules(folder: &str) -> Result<(), Fail> {
    let dir = Path::new(folder);
    let age = |p: PathBuf| std::fs::metadata(p).and_then(|m| m.modified()).ok();
    let (wanted, have) = (age(dir.join("package-lock.json")), age(dir.join("node_modules/.package-lock.json")));
    if have.is_some() && have >= wanted {
        return Ok(());
    }
    println!("xtask: installing the Node modules of {folder}: npm ci");
    let mut command = tools::npm()?;
    command.args(["ci", "--no-audit", "--no-fund"]).current_dir(dir).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run("npm ci", &mut command).map_err(|fail| {
        eprintln!("xtask: {fail}");
        Fail::Fetch { what: format!("the Node modules of {folder}"), by_hand: format!("cd {folder} && npm ci") }
    })
}

/// `node` with a script, in the repository, told where the browser is.
pub fn node(script: &str) -> Result<Command, Fail> {
    let chromium = tools::chromium()?;
    let mut command = Command::new("node");
    command.arg(script).env("CHROMIUM", chromium).env_remove("NO_COLOR").env_remove("FORCE_COLOR");
    Ok(command)
}

/// The first Python that can import torch: `$PYTHON`, the one on `PATH`, the system's.
pub fn python_with_torch() -> Option<PathBuf> {
    let named = std::env::var_os("PYTHON").map(PathBuf::from);
    let usual = which("python3").into_iter().chain([PathBuf::from("/usr/bin/python3")]);
    named.into_iter().chain(usual).find(|p| ask(p, &["-c", "import torch"]).is_some())
}

/// `cargo xtask fixtures`: makes the PyTorch fixtures anew.
pub fn fixtures() -> Result<(), Fail> {
    let python = python_with_torch().ok_or_else(|| Fail::Missing {
        tool: "Python with PyTorch".to_owned(),
        purpose: "the fixtures are PyTorch's answers".to_owned(),
        install: "apt-get install python3-torch, or pip install torch, and set PYTHON to that python3".to_owned(),
    })?;
    let mut command = Command::new(python);
    command.arg("tests/fixtures/make.py");
    run("tests/fixtures/make.py", &mut command)
}
